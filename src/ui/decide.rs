//! What the team decided, part by part, beside the advice; must not decide anything.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::action::Target;
use crate::advice::{PartAdvice, Standing};
use crate::app::{App, Deciding};
use crate::wording::{capital, choice_names, decided, settled_brief, subject_name};

/// Draws the parts over the panes.
pub fn draw(frame: &mut Frame<'_>, app: &App, deciding: Deciding, area: Rect, scrolled: &mut Scrolled) {
    let writer = Writer { app, deciding, width: pane::text_width(area) };
    pane::draw(frame, area, "Decide", true, writer.content(), scrolled);
}

struct Writer<'a> {
    app: &'a App,
    deciding: Deciding,
    width: u16,
}

impl Writer<'_> {
    fn content(&self) -> Content {
        let app = self.app;
        let mut content = Content::default();
        let words = "What the team concluded, kept beside the advice. A choice that is not advised needs a \
                     sentence why.";
        content.lines.extend(text::paragraph(words, theme::FAINT, self.width));
        content.lines.push(Line::default());
        for (index, part) in app.advice.parts.iter().enumerate() {
            self.part(&mut content, index, part);
        }
        let gone: Vec<_> = decided(&app.questionnaire, &app.session)
            .into_iter()
            .filter(|it| {
                !app.advice.parts.iter().any(|part| subject_name(app.answers(), part.subject) == it.part)
            })
            .collect();
        if !gone.is_empty() {
            content.lines.extend(text::paragraph(
                "Decided, and not to be decided any more",
                theme::FAINT,
                self.width,
            ));
            for decision in gone {
                content.lines.extend(text::hang(
                    vec![Span::raw("  ")],
                    &decision.line,
                    theme::TEXT,
                    self.width,
                ));
            }
        }
        content
    }

    fn part(&self, content: &mut Content, index: usize, part: &PartAdvice) {
        let app = self.app;
        let here = index == self.deciding.at;
        let has_cursor = here && self.deciding.candidate.is_none();
        let name = capital(subject_name(app.answers(), part.subject));
        let prefix = vec![theme::pointer(has_cursor), Span::styled(format!(" {name}  "), theme::STRONG)];
        let advised = choice_names(&app.questionnaire, part.choice);
        let words = format!("advised: {advised}, {}", settled_brief(part));
        let lines = text::hang(prefix, &words, theme::FAINT, self.width);
        match self.deciding.candidate {
            // While a candidate is chosen, the candidates are the list.
            Some(_) => content.lines.extend(lines),
            None => content.row(has_cursor, Target::Entry(index), lines),
        }
        let all = decided(&app.questionnaire, &app.session);
        let own = part.subject.part().map(|part| app.answers()[part].name.as_str());
        let position = app.session.decided.iter().position(|decision| decision.part.as_deref() == own);
        match position.and_then(|position| all.get(position)) {
            Some(decision) => {
                let prefix = vec![Span::styled("    decided: ", theme::SAID)];
                content.lines.extend(text::hang(prefix, &decision.line, theme::TEXT, self.width));
                if !decision.because.is_empty() {
                    let prefix = vec![Span::styled("    because: ", theme::FAINT)];
                    content.lines.extend(text::hang(prefix, &decision.because, theme::TEXT, self.width));
                }
            }
            None => content.lines.push(Line::styled("    nothing decided yet", theme::FAINT)),
        }
        if let (true, Some(at)) = (here, self.deciding.candidate) {
            for (index, standing) in part.ranking.iter().enumerate() {
                let lines = self.candidate(part, standing, index == at);
                content.row(index == at, Target::Entry(index), lines);
            }
        }
        content.lines.push(Line::default());
    }

    fn candidate(&self, part: &PartAdvice, standing: &Standing, here: bool) -> Vec<Line<'static>> {
        let name = &self.app.questionnaire[standing.candidate].name;
        let is_advised = part.choice.contains(standing.candidate);
        let words = match (is_advised, standing.ruled_out) {
            (true, _) => format!("{name} {}, advised", standing.score),
            (false, true) => format!("{name}, ruled out"),
            (false, false) => format!("{name} {}", standing.score),
        };
        let style = match () {
            () if here => theme::STRONG,
            () if standing.ruled_out => theme::RULED_OUT,
            () => theme::TEXT,
        };
        let sign = theme::pointer(here);
        let mark = Span::raw(if is_advised { format!(" {} ", theme::CHOICE) } else { "   ".to_owned() });
        text::hang(vec![Span::raw("   "), sign, mark], &words, style, self.width)
    }
}
