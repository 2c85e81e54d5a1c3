//! Where somebody is: the question at hand, the row in it, and the part that has the focus.

use super::Workbook;
use crate::answers::{Answer, PartId, Subject};
use crate::questionnaire::{Kind, OptionId, PerQuestion, QuestionId};
use crate::session::Bookmark;

/// The question at hand, and a row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The question.
    pub question: QuestionId,
    /// Position among [`Workbook::rows`].
    pub row: usize,
}

/// Something in a question that can be pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An option, or a kind of part.
    Option(OptionId),
    /// A picked part.
    Part(PartId),
    /// The text of a question answered in words.
    Text,
    /// The answer that the team does not know.
    NotSure,
    /// The answer that the question does not apply.
    NotApplicable,
}

/// A way through the questions, rows or parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Onwards.
    Next,
    /// Back.
    Previous,
}

impl Workbook {
    /// Returns the question at hand.
    pub fn question(&self) -> QuestionId {
        self.position.question
    }

    /// Returns the position of the row at hand among [`Workbook::rows`].
    pub fn row_index(&self) -> usize {
        self.position.row
    }

    /// Returns the row at hand.
    pub fn row(&self) -> Option<Row> {
        self.rows().get(self.position.row).copied()
    }

    /// Returns the part that answers and ranking are about; the system as a whole means all parts.
    pub fn focus(&self) -> Subject {
        self.focus
    }

    /// Returns whom an answer to the question at hand is given for: the focused part if the question is
    /// asked of it, else all parts.
    pub fn answered_for(&self) -> Subject {
        let differs = self.questionnaire[self.question()].each_part;
        if differs && self.is_asked_of(self.focus) { self.focus } else { Subject::System }
    }

    /// Says whether the question at hand is asked of a part; of the system it always is.
    pub fn is_asked_of(&self, subject: Subject) -> bool {
        let effective = || self.answers().effective(&self.questionnaire, subject);
        subject == Subject::System || effective().is_visible(self.question())
    }

    /// Returns whom the question at hand can be answered for one by one: all parts together, then each
    /// part to decide that it concerns. Empty unless it concerns two parts or more, each of which may
    /// differ.
    pub fn columns(&self) -> Vec<Subject> {
        let (question, answers) = (&self.questionnaire[self.question()], self.answers());
        if !question.each_part || !matches!(question.kind, Kind::One | Kind::Many) {
            return Vec::new();
        }
        let concerned = |part: &Subject| question.concerns.covers(answers.sheet(*part).kind);
        let parts: Vec<Subject> = answers.subjects().into_iter().filter(concerned).collect();
        if parts.len() < 2 {
            return Vec::new();
        }
        std::iter::once(Subject::System).chain(parts).collect()
    }

    /// Returns what has its ranking shown in full: the focused part, or the only subject.
    pub fn ranked(&self) -> Option<Subject> {
        self.ranked_for(self.focus)
    }

    /// Returns what has its ranking shown in full where somebody looks at a subject.
    pub fn ranked_for(&self, subject: Subject) -> Option<Subject> {
        match (subject, self.advice.parts.as_slice()) {
            (Subject::Part(_), _) => self.advice.of(subject).map(|advice| advice.subject),
            (Subject::System, [only]) => Some(only.subject),
            (Subject::System, _) => None,
        }
    }

    /// Returns the rows of the question at hand.
    pub fn rows(&self) -> Vec<Row> {
        let question = &self.questionnaire[self.question()];
        let mut rows: Vec<Row> = match question.kind {
            Kind::One | Kind::Many => question.option_ids().map(Row::Option).collect(),
            Kind::Text => vec![Row::Text],
            Kind::Parts => {
                let answers = self.answers();
                let of_kind = |kind| answers.part_ids().filter(move |part| answers[*part].kind == kind);
                let rows_of = |kind| std::iter::once(Row::Option(kind)).chain(of_kind(kind).map(Row::Part));
                question.option_ids().flat_map(rows_of).collect()
            }
        };
        rows.extend([Row::NotSure, Row::NotApplicable]);
        rows
    }

    /// Says whether a row is what the question at hand is answered with.
    pub fn is_chosen(&self, row: Row) -> bool {
        self.is_chosen_for(row, self.answered_for())
    }

    /// Says whether a row is what the question at hand is answered with for a part, or for all parts.
    pub fn is_chosen_for(&self, row: Row, subject: Subject) -> bool {
        let question = self.question();
        let answer = self.answers().answer(question, subject);
        let has_parts = self.questionnaire[question].is_parts() && !self.answers().parts().is_empty();
        match row {
            Row::Option(option) => {
                self.answers().chosen(&self.questionnaire, question, subject).contains(option)
            }
            Row::Part(_) => false,
            Row::Text => matches!(answer, Answer::Text(_)),
            Row::NotSure => !has_parts && *answer == Answer::NotSure,
            Row::NotApplicable => !has_parts && *answer == Answer::NotApplicable,
        }
    }

    /// Goes to a question: to the row that is chosen there, or the first.
    pub fn go_to(&mut self, question: QuestionId) {
        self.position.question = question;
        let rows = self.rows();
        self.position.row = rows.iter().position(|row| self.is_chosen(*row)).unwrap_or(0);
    }

    /// Goes to a row of the question at hand, if it has that row.
    pub fn go_to_row(&mut self, wanted: Row) {
        if let Some(row) = self.rows().iter().position(|row| *row == wanted) {
            self.position.row = row;
        }
    }

    /// Goes to a row by its position; past the end, to the last.
    pub fn go_to_row_index(&mut self, row: usize) {
        self.position.row = row.min(self.rows().len().saturating_sub(1));
    }

    /// Goes to the next or previous question that is asked, of the focused part if there is one; says
    /// whether there was one.
    pub fn step_question(&mut self, step: Step) -> bool {
        let asked = self.asked();
        let here = self.question();
        let mut ids = self.questionnaire.question_ids();
        let next = match step {
            Step::Next => ids.find(|it| *it > here && asked[*it]),
            Step::Previous => ids.rev().find(|it| *it < here && asked[*it]),
        };
        if let Some(question) = next {
            self.go_to(question);
        }
        next.is_some()
    }

    /// Says by question whether it is asked; where a part has the focus, whether it is asked of that
    /// part.
    pub fn asked(&self) -> PerQuestion<bool> {
        let visible = self.answers().visible(&self.questionnaire);
        if self.focus == Subject::System {
            return visible;
        }
        let effective = self.answers().effective(&self.questionnaire, self.focus);
        visible.iter().map(|(id, visible)| *visible && effective.is_visible(id)).collect()
    }

    /// Goes to the question to ask next; says whether there is one.
    pub fn go_to_next_to_ask(&mut self) -> bool {
        let Some(next) = self.find_outlook().ask_next else { return false };
        self.go_to(next.question);
        let parts = self.open_for(next.question);
        if let Some(first) = parts.first().filter(|_| !parts.contains(&self.focus)) {
            self.focus = *first;
        }
        true
    }

    /// Returns the parts for which a question is still open where it is answered for others; empty where
    /// all are alike.
    pub fn open_for(&self, question: QuestionId) -> Vec<Subject> {
        if !self.questionnaire[question].each_part {
            return Vec::new();
        }
        let asked = |part: &Subject| {
            let sheet = self.answers().effective(&self.questionnaire, *part);
            *part != Subject::System && sheet.is_visible(question)
        };
        let asked: Vec<Subject> = self.answers().subjects().into_iter().filter(asked).collect();
        let is_open = |part: &Subject| self.answers().is_unanswered(&self.questionnaire, question, *part);
        let open: Vec<Subject> = asked.iter().copied().filter(is_open).collect();
        if open.len() < asked.len() { open } else { Vec::new() }
    }

    /// Leaves a question that is not asked any more.
    pub(super) fn stay_visible(&mut self) {
        let visible = self.answers().visible(&self.questionnaire);
        let here = Some(self.question());
        let stays = |it: &QuestionId| visible[*it];
        let mut ids = self.questionnaire.question_ids();
        let question = here.filter(stays).or(self.session.at.filter(stays)).or_else(|| ids.find(stays));
        if let Some(question) = question {
            self.go_to(question);
        }
    }

    /// Gives a part that is to be decided the focus, or takes it from all; says whether it could.
    pub fn focus_on(&mut self, subject: Subject) -> bool {
        let can = subject == Subject::System || self.answers().subjects().contains(&subject);
        if can {
            self.focus = subject;
        }
        can
    }

    /// Gives the part of this name the focus, if there is one to decide.
    pub fn focus_on_called(&mut self, name: Option<&str>) {
        let answers = self.answers();
        let called = |part: &PartId| Some(answers[*part].name.as_str()) == name;
        let found = answers.part_ids().find(called);
        self.focus_on(found.map_or(Subject::System, Subject::Part));
    }

    /// Gives the next or previous part the focus, or takes it from all; says whether there are parts.
    pub fn step_focus(&mut self, step: Step) -> bool {
        let parts = self.answers().subjects().into_iter().filter(|it| *it != Subject::System);
        let round: Vec<Subject> = std::iter::once(Subject::System).chain(parts).collect();
        self.focus = neighbour(&round, self.focus, step);
        round.len() > 1
    }

    /// Gives the next or previous column of the question at hand the focus, leaving out parts that are not
    /// asked; says whether the question has columns.
    pub fn step_column(&mut self, step: Step) -> bool {
        let round: Vec<Subject> = self.columns().into_iter().filter(|it| self.is_asked_of(*it)).collect();
        if !round.is_empty() {
            self.focus = neighbour(&round, self.answered_for(), step);
        }
        !round.is_empty()
    }

    /// Returns where somebody is, as it is kept for the next time.
    pub fn bookmark(&self) -> Bookmark {
        let question = Some(self.questionnaire[self.question()].id.clone());
        let part = self.focus.part().map(|part| self.answers()[part].name.clone());
        Bookmark { question, part }
    }
}

/// Returns what comes after or before a subject, and round from the end to the beginning.
fn neighbour(round: &[Subject], here: Subject, step: Step) -> Subject {
    let at = round.iter().position(|it| *it == here).unwrap_or(0);
    let next = match step {
        Step::Next => at + 1,
        Step::Previous => at + round.len() - 1,
    };
    round[next % round.len()]
}
