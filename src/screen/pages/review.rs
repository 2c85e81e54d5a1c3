//! Review: every answer and note on one page, marking those that deserve a second look.

use ratatui::text::{Line, Span};

use super::{Next, Page, PageId, PageKind};
use crate::action::{Action, ClickTarget};
use crate::answers::{Answer, Subject};
use crate::keys::{At, Binding, ENTER, Group, letter};
use crate::questionnaire::{Kind, Literal, PerQuestion, QuestionId, Say, SayKind};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::sign::sign;
use crate::screen::{text, theme};
use crate::wording::{NOT_SURE, OPEN, answer_words, counted, open_words, part_words, remarks_of};
use crate::workbook::Workbook;

const ID: PageId = PageId("review");

/// The page for the review.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "r", "review all answers and notes on one page")
            .at(&[At::Browsing])
            .opens("r", "review")
            .keys(&[(letter('r'), Action::Open(ID))]),
    ),
    keys: &[Binding::row(Group::Pages, "Enter Space", "review: go to the question")
        .at(&[At::Page(ID)])
        .foot(1, "enter", "open")
        .keys(&[(ENTER, Action::GoOn), (letter(' '), Action::Choose)])],
    is_list: true,
    undoes: true,
    ..PageKind::new(ID, "Review", |desk| Ok(Box::new(ReviewPage::open(&desk.workbook))))
};

/// The state of the page: the position of the cursor.
#[derive(Debug)]
struct ReviewPage {
    at: usize,
}

impl ReviewPage {
    /// Opens the page at the current question.
    fn open(workbook: &Workbook) -> Self {
        Self { at: reviewed(workbook).iter().position(|id| *id == workbook.question()).unwrap_or(0) }
    }

    fn go_there(&self, desk: &mut Desk) -> Next {
        let Some(question) = reviewed(&desk.workbook).get(self.at).copied() else { return Next::STAY };
        if !desk.workbook.answers().visible(desk.workbook.questionnaire())[question] {
            desk.say("Set aside: this question does not apply under the current answers");
            return Next::STAY;
        }
        desk.answer_next(question, None);
        Next::CLOSE
    }
}

impl Page for ReviewPage {
    fn list(&mut self, desk: &Desk) -> Option<(&mut usize, usize)> {
        Some((&mut self.at, reviewed(&desk.workbook).len()))
    }

    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        match action {
            Action::GoOn | Action::Choose => self.go_there(desk),
            _ => Next::STAY,
        }
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let workbook = &desk.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let tensions = remarks_of(questionnaire, answers, workbook.advice(), SayKind::Tension);
        Writer { workbook, width, tensions }.content(self.at)
    }
}

/// Returns the listed questions: the visible ones, then the hidden ones that have an answer or a note.
fn reviewed(workbook: &Workbook) -> Vec<QuestionId> {
    let visible = workbook.answers().visible(workbook.questionnaire());
    let ids = || workbook.questionnaire().question_ids();
    let aside = ids().filter(|id| !visible[*id] && has_answer(workbook, *id));
    ids().filter(|id| visible[*id]).chain(aside).collect()
}

/// Returns whether a question has an answer, possibly only for one part, or a note.
fn has_answer(workbook: &Workbook, question: QuestionId) -> bool {
    let answers = workbook.answers();
    let own = answers.parts().iter().any(|part| part.overrides.contains_key(&question));
    let given = answers.given(question);
    own || !given.note.is_empty() || given.answer != Answer::Open
}

struct Writer<'a> {
    workbook: &'a Workbook,
    width: u16,
    tensions: Vec<&'a Say>,
}

impl Writer<'_> {
    fn content(&self, at: usize) -> Content {
        let workbook = self.workbook;
        let mut content = Content::default();
        content.paragraph(&self.summary(), theme::STRONG, self.width);
        content.space();
        let visible = workbook.answers().visible(workbook.questionnaire());
        let open = workbook.answers().open(workbook.questionnaire());
        let mut is_aside = false;
        for (index, id) in reviewed(workbook).into_iter().enumerate() {
            if !visible[id] && !is_aside {
                is_aside = true;
                content.space();
                let words = "Set aside: kept but not counted until the question applies again";
                content.paragraph(words, theme::FAINT, self.width);
            }
            if let Some(section) = workbook.questionnaire()[id].section.as_ref().filter(|_| visible[id]) {
                content.lines.push(Line::styled(text::cut(section, usize::from(self.width)), theme::FAINT));
            }
            content.row(
                index == at,
                ClickTarget::Entry(index),
                self.entry(id, index == at, visible[id], &open),
            );
        }
        self.orphans(&mut content);
        for say in &self.tensions {
            content.space();
            let prefix = vec![Span::styled("! ", theme::NOTICE)];
            let words = format!("{} [{}]", say.text, workbook.questionnaire().cite(&say.sources));
            content.hang(prefix, &words, theme::TEXT, self.width);
        }
        content
    }

    fn summary(&self) -> String {
        let workbook = self.workbook;
        let progress = workbook.answers().progress(workbook.questionnaire());
        let mut words = vec![format!("{} of {} answered", progress.answered, progress.visible)];
        let open = progress.visible - progress.answered - progress.not_sure;
        let tensions = self.tensions.len();
        for (count, what) in [(open, OPEN), (progress.not_sure, NOT_SURE), (progress.set_aside, "set aside")]
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

    /// Formats one question with its answers and its note.
    fn entry(
        &self,
        id: QuestionId,
        here: bool,
        is_visible: bool,
        open: &PerQuestion<bool>,
    ) -> Vec<Line<'static>> {
        let workbook = self.workbook;
        let (sign, style) = if is_visible {
            sign(workbook, id, Subject::System, open)
        } else {
            (theme::SET_ASIDE, theme::FAINT)
        };
        let tense = |literal: &Literal| literal.question == id && literal.holds;
        let is_tense = is_visible && self.tensions.iter().any(|say| say.guard.iter().any(tense));
        let prefix = vec![
            theme::pointer(here),
            Span::styled(if is_tense { "!" } else { " " }, theme::NOTICE),
            Span::styled(sign, style),
            Span::raw(" "),
        ];
        let style = match workbook.answers().given(id).answer {
            _ if here => theme::STRONG,
            Answer::Open if !workbook.questionnaire()[id].is_parts() => theme::FAINT,
            _ => theme::TEXT,
        };
        let words = format!("{}: {}", workbook.named(id), self.answer(id));
        let mut lines = text::hang(prefix, &words, style, self.width);
        let mut below = |label: String, words: &str| {
            let prefix = vec![Span::styled(format!("       {label}: "), theme::FAINT)];
            lines.extend(text::hang(prefix, words, theme::TEXT, self.width));
        };
        let answers = workbook.answers();
        let aside = answers.set_aside(workbook.questionnaire());
        for part in answers.part_ids().filter(|part| answers[*part].overrides.contains_key(&id)) {
            let words = answer_words(workbook.questionnaire(), answers, id, Subject::Part(part));
            let is_aside = is_visible && aside.contains(&(id, Subject::Part(part)));
            let aside = if is_aside { ", set aside" } else { "" };
            below(format!("for {}{aside}", answers[part].name), words.as_deref().unwrap_or(OPEN));
        }
        let note = &workbook.answers().given(id).note;
        if !note.is_empty() {
            below("note".to_owned(), note);
        }
        lines
    }

    fn answer(&self, id: QuestionId) -> String {
        let workbook = self.workbook;
        let answers = workbook.answers();
        let asked = &workbook.questionnaire()[id];
        if asked.is_parts() && !answers.parts().is_empty() {
            let words = |part| part_words(workbook.questionnaire(), workbook.session(), part);
            return answers.part_ids().map(words).collect::<Vec<_>>().join(", ");
        }
        match (&answers.given(id).answer, asked.kind) {
            (Answer::Text(text), _) => text.clone(),
            (_, Kind::Text) => open_words(Kind::Text).to_owned(),
            _ => {
                let has_own = answers.part_ids().any(|part| answers.has_own(id, part));
                let open = if has_own { "answered per part" } else { OPEN };
                answer_words(workbook.questionnaire(), answers, id, Subject::System)
                    .unwrap_or_else(|| open.to_owned())
            }
        }
    }

    fn orphans(&self, content: &mut Content) {
        let orphans = &self.workbook.session().orphans;
        if orphans.is_empty() {
            return;
        }
        content.space();
        let words = "No longer in the questionnaire (kept in the file, not counted)";
        content.paragraph(words, theme::FAINT, self.width);
        for orphan in orphans {
            let prefix = vec![Span::styled("  ~ ", theme::FAINT)];
            content.hang(prefix, &orphan.what, theme::TEXT, self.width);
        }
    }
}
