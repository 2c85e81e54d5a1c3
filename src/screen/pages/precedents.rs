//! Precedents: the published decisions nearest to a part, with the answers that agree and those that differ.

use ratatui::text::Span;

use super::{Next, Page, PageId, PageKind};
use crate::action::Action;
use crate::answers::Subject;
use crate::keys::{At, Binding, Group, capital as capital_key, letter};
use crate::precedents::Precedents;
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::theme;
use crate::wording::{
    NO_PRECEDENTS, NearWords, PRECEDENTS, near_words, none_near, subject_name, without_full_stop,
};
use crate::workbook::Step;

const ID: PageId = PageId("precedents");

/// The page that shows published decisions near a part.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "c", "show published decisions with similar answers")
            .at(&[At::Browsing])
            .opens("c", "precedents")
            .keys(&[(letter('c'), Action::Open(ID))]),
    ),
    keys: &[Binding::row(Group::Pages, "p P", "published decisions: next or previous part")
        .at(&[At::Page(ID)])
        .foot(3, "p", "part")
        .keys(&[
            (letter('p'), Action::Focus(Step::Next)),
            (capital_key('P'), Action::Focus(Step::Previous)),
        ])],
    is_offered: |desk| !desk.workbook.shelf.is_empty(),
    ..PageKind::new(ID, "Precedents", open)
};

/// The state of the page: the parts to decide, and the position of the one shown.
#[derive(Debug)]
struct PrecedentsPage {
    subjects: Vec<Subject>,
    at: usize,
}

/// Opens the page at the focused part, or at the first one.
fn open(desk: &mut Desk) -> Result<Box<dyn Page>, String> {
    let workbook = &desk.workbook;
    let subjects = workbook.answers().subjects();
    if workbook.shelf.is_empty() {
        return Err(without_full_stop(NO_PRECEDENTS));
    }
    workbook.precedents().map_err(str::to_owned)?;
    if subjects.is_empty() {
        return Err("There is nothing to decide".to_owned());
    }
    let at = subjects.iter().position(|subject| *subject == workbook.focus()).unwrap_or(0);
    Ok(Box::new(PrecedentsPage { subjects, at }))
}

impl Page for PrecedentsPage {
    fn title(&self, desk: &Desk) -> Option<String> {
        let name = subject_name(desk.workbook.answers(), self.subjects[self.at]);
        let place = match self.subjects.len() {
            1 => String::new(),
            count => format!(" (part {} of {count})", self.at + 1),
        };
        Some(format!("Precedents for {name}{place}"))
    }

    fn update(&mut self, action: &Action, _desk: &mut Desk) -> Next {
        if let Action::Focus(step) = action {
            let count = self.subjects.len();
            self.at = match step {
                Step::Next => self.at + 1,
                Step::Previous => self.at + count - 1,
            } % count;
        }
        Next::STAY
    }

    fn can(&self, action: &Action) -> bool {
        !matches!(action, Action::Focus(_)) || self.subjects.len() > 1
    }

    fn sheet(&self) -> usize {
        self.at
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let mut content = Content::default();
        if let Ok(precedents) = desk.workbook.precedents() {
            write(&mut content, desk, precedents, self.subjects[self.at], width);
        }
        content
    }
}

fn write(content: &mut Content, desk: &Desk, precedents: &Precedents, subject: Subject, width: u16) {
    let (questionnaire, answers) = (desk.workbook.questionnaire(), desk.workbook.answers());
    let all = near_words(questionnaire, precedents, answers, subject);
    if all.is_empty() {
        let words = none_near(questionnaire, precedents, answers, subject);
        return content.paragraph(&words, theme::TEXT, width);
    }
    content.paragraph(PRECEDENTS, theme::FAINT, width);
    for (at, near) in all.iter().enumerate() {
        content.space();
        write_one(content, at + 1, near, width);
    }
}

fn write_one(content: &mut Content, number: usize, near: &NearWords, width: u16) {
    let indent = || vec![Span::raw("   ")];
    content.hang(
        vec![Span::styled(format!("{number}. "), theme::FAINT)],
        &near.heading(),
        theme::STRONG,
        width,
    );
    content.hang(indent(), &near.outcome(), theme::TEXT, width);
    if !near.why.is_empty() {
        content.hang(indent(), &near.why, theme::TEXT, width);
    }
    content.hang(indent(), &near.agrees_words(), theme::FOR, width);
    if !near.differs.is_empty() {
        content.hang(indent(), "Different answers", theme::AGAINST, width);
    }
    for difference in &near.differs {
        content.hang(vec![Span::raw("     ")], &difference.words(), theme::TEXT, width);
    }
    for address in &near.addresses {
        content.hang(indent(), address, theme::FAINT, width);
    }
}
