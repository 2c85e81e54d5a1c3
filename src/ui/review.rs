//! Every answer and note on one page, with what deserves a second look marked; must not judge an
//! answer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, outline, pane, text, theme};
use crate::action::Target;
use crate::answers::{Answer, Subject};
use crate::app::App;
use crate::questionnaire::{Kind, PerQuestion, QuestionId, Say, SayKind};
use crate::wording::{answer_words, counted, remarks_of};

/// Draws the page over the panes.
pub fn draw(frame: &mut Frame<'_>, app: &App, at: usize, area: Rect, scrolled: &mut Scrolled) {
    let tensions = remarks_of(&app.questionnaire, app.answers(), &app.advice, SayKind::Tension);
    let writer = Writer { app, width: pane::text_width(area), tensions };
    pane::draw(frame, area, "Review", true, writer.content(at), scrolled);
}

struct Writer<'a> {
    app: &'a App,
    width: u16,
    tensions: Vec<&'a Say>,
}

impl Writer<'_> {
    fn content(&self, at: usize) -> Content {
        let app = self.app;
        let mut content = Content::default();
        content.lines.extend(text::paragraph(&self.summary(), theme::STRONG, self.width));
        content.lines.push(Line::default());
        let visible = app.answers().visible(&app.questionnaire);
        let open = app.answers().open(&app.questionnaire);
        let mut is_aside = false;
        for (index, id) in app.reviewed().into_iter().enumerate() {
            if !visible[id] && !is_aside {
                is_aside = true;
                content.lines.push(Line::default());
                let words = "Set aside: kept, not counted, and back when the question is asked again";
                content.lines.extend(text::paragraph(words, theme::FAINT, self.width));
            }
            if let Some(section) = app.questionnaire[id].section.as_ref().filter(|_| visible[id]) {
                content.lines.push(Line::styled(text::cut(section, usize::from(self.width)), theme::FAINT));
            }
            content.row(index == at, Target::Entry(index), self.entry(id, index == at, visible[id], &open));
        }
        self.orphans(&mut content);
        for say in &self.tensions {
            content.lines.push(Line::default());
            let prefix = vec![Span::styled("! ", theme::NOTICE)];
            let words = format!("{} [{}]", say.text, app.questionnaire.cite(&say.sources));
            content.lines.extend(text::hang(prefix, &words, theme::TEXT, self.width));
        }
        content
    }

    fn summary(&self) -> String {
        let app = self.app;
        let progress = app.answers().progress(&app.questionnaire);
        let mut words = vec![format!("{} of {} answered", progress.answered, progress.visible)];
        let open = progress.visible - progress.answered - progress.not_sure;
        let tensions = self.tensions.len();
        for (count, what) in
            [(open, "open"), (progress.not_sure, "not sure"), (progress.set_aside, "set aside")]
        {
            if count > 0 {
                words.push(format!("{count} {what}"));
            }
        }
        if tensions > 0 {
            words.push(counted(tensions as i64, "tension"));
        }
        words.join(", ")
    }

    /// One question with its answers and its note.
    fn entry(
        &self,
        id: QuestionId,
        here: bool,
        is_visible: bool,
        open: &PerQuestion<bool>,
    ) -> Vec<Line<'static>> {
        let app = self.app;
        let (sign, style) = if is_visible {
            outline::sign(app, id, Subject::System, open)
        } else {
            (theme::SET_ASIDE, theme::FAINT)
        };
        let tense = |literal: &crate::questionnaire::Literal| literal.question == id && literal.holds;
        let is_tense = is_visible && self.tensions.iter().any(|say| say.guard.iter().any(tense));
        let prefix = vec![
            theme::pointer(here),
            Span::styled(if is_tense { "!" } else { " " }, theme::NOTICE),
            Span::styled(sign, style),
            Span::raw(" "),
        ];
        let style = match app.answers().given(id).answer {
            _ if here => theme::STRONG,
            Answer::Open if !app.questionnaire[id].is_parts() => theme::FAINT,
            _ => theme::TEXT,
        };
        let words = format!("{}: {}", app.named(id), self.answer(id));
        let mut lines = text::hang(prefix, &words, style, self.width);
        let mut below = |label: String, words: &str| {
            let prefix = vec![Span::styled(format!("       {label}: "), theme::FAINT)];
            lines.extend(text::hang(prefix, words, theme::TEXT, self.width));
        };
        for part_id in app.answers().part_ids() {
            let part = &app.answers()[part_id];
            if part.overrides.contains_key(&id) {
                let words = answer_words(&app.questionnaire, app.answers(), id, Subject::Part(part_id));
                below(format!("for {}", part.name), &words.unwrap_or_else(|| "open".to_owned()));
            }
        }
        let note = &app.answers().given(id).note;
        if !note.is_empty() {
            below("note".to_owned(), note);
        }
        lines
    }

    fn answer(&self, id: QuestionId) -> String {
        let app = self.app;
        let answers = app.answers();
        let asked = &app.questionnaire[id];
        if asked.is_parts() && !answers.parts().is_empty() {
            let words =
                answers.part_ids().map(|part| format!("{} ({})", answers[part].name, app.plan_words(part)));
            return words.collect::<Vec<_>>().join(", ");
        }
        match (&answers.given(id).answer, asked.kind) {
            (Answer::Text(text), _) => text.clone(),
            (_, Kind::Text) => "nothing written".to_owned(),
            _ => answer_words(&app.questionnaire, answers, id, Subject::System)
                .unwrap_or_else(|| "open".to_owned()),
        }
    }

    fn orphans(&self, content: &mut Content) {
        let orphans = &self.app.session.orphans;
        if orphans.is_empty() {
            return;
        }
        content.lines.push(Line::default());
        let words = "No longer in the questionnaire: kept in the file, not counted";
        content.lines.extend(text::paragraph(words, theme::FAINT, self.width));
        for orphan in orphans {
            let prefix = vec![Span::styled("  ~ ", theme::FAINT)];
            content.lines.extend(text::hang(prefix, &orphan.what, theme::TEXT, self.width));
        }
    }
}
