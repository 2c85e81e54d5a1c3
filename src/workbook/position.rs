//! The user's position: the current question, the row in it, and the focused part.

use super::Workbook;
use crate::answers::{Answer, PartId, Subject};
use crate::questionnaire::{Kind, OptionId, PerQuestion, QuestionId};
use crate::session::Bookmark;

/// The current question and a row in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The question.
    pub question: QuestionId,
    /// Index into [`Workbook::rows`].
    pub row: usize,
}

/// A row of a question that can have the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// An option, or a kind of part.
    Option(OptionId),
    /// A picked part.
    Part(PartId),
    /// The text of a question answered in words.
    Text,
    /// The answer that the team is not sure.
    NotSure,
    /// The answer that the question does not apply.
    NotApplicable,
}

/// A direction through the questions, rows or parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Forward.
    Next,
    /// Backward.
    Previous,
}

impl Workbook {
    /// Returns the current question.
    pub fn question(&self) -> QuestionId {
        self.position.question
    }

    /// Returns the index of the current row in [`Workbook::rows`].
    pub fn row_index(&self) -> usize {
        self.position.row
    }

    /// Returns the current row.
    pub fn row(&self) -> Option<Row> {
        self.rows().get(self.position.row).copied()
    }

    /// Returns the subject to which answers and ranking refer. The system as a whole means all parts.
    pub fn focus(&self) -> Subject {
        self.focus
    }

    /// Returns the subject of an answer to the current question: the focused part if the question applies to
    /// it, otherwise all parts.
    pub fn answered_for(&self) -> Subject {
        let differs = self.questionnaire[self.question()].each_part;
        if differs && self.is_asked_of(self.focus) { self.focus } else { Subject::System }
    }

    /// Returns whether the current question applies to a part. It always applies to the system.
    pub fn is_asked_of(&self, subject: Subject) -> bool {
        let effective = || self.answers().effective(&self.questionnaire, subject);
        subject == Subject::System || effective().is_visible(self.question())
    }

    /// Returns the subjects for which the current question can be answered separately: all parts together,
    /// then each part to decide that it concerns. Empty unless it concerns at least two parts and may be
    /// answered differently for each.
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

    /// Returns the subject whose ranking is shown in full: the focused part, or the only subject.
    pub fn ranked(&self) -> Option<Subject> {
        self.ranked_for(self.focus)
    }

    /// Returns the subject whose ranking is shown in full if this subject has the focus.
    pub fn ranked_for(&self, subject: Subject) -> Option<Subject> {
        match (subject, self.advice.parts.as_slice()) {
            (Subject::Part(_), _) => self.advice.of(subject).map(|advice| advice.subject),
            (Subject::System, [only]) => Some(only.subject),
            (Subject::System, _) => None,
        }
    }

    /// Returns the rows of the current question.
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

    /// Returns whether a row is chosen in the answer to the current question.
    pub fn is_chosen(&self, row: Row) -> bool {
        self.is_chosen_for(row, self.answered_for())
    }

    /// Returns whether a row is chosen in the answer to the current question, for one part or for all.
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

    /// Goes to a question, at its chosen row or else the first.
    pub fn go_to(&mut self, question: QuestionId) {
        self.position.question = question;
        let rows = self.rows();
        self.position.row = rows.iter().position(|row| self.is_chosen(*row)).unwrap_or(0);
    }

    /// Goes to a row of the current question, if there is such a row.
    pub fn go_to_row(&mut self, wanted: Row) {
        if let Some(row) = self.rows().iter().position(|row| *row == wanted) {
            self.position.row = row;
        }
    }

    /// Goes to a row by its index, clamped to the last row.
    pub fn go_to_row_index(&mut self, row: usize) {
        self.position.row = row.min(self.rows().len().saturating_sub(1));
    }

    /// Goes to the next or previous question that applies. If a part has the focus, the question must apply
    /// to it. Returns whether there was such a question.
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

    /// Returns for each question whether it applies. If a part has the focus, the question must apply to it.
    pub fn asked(&self) -> PerQuestion<bool> {
        let visible = self.answers().visible(&self.questionnaire);
        if self.focus == Subject::System {
            return visible;
        }
        let effective = self.answers().effective(&self.questionnaire, self.focus);
        visible.iter().map(|(id, visible)| *visible && effective.is_visible(id)).collect()
    }

    /// Goes to the question to ask next, if there is one, and returns whether there is. If it is open only
    /// for some parts, focuses one of them.
    pub fn go_to_next_to_ask(&mut self) -> bool {
        let Some(next) = self.find_outlook().ask_next else { return false };
        self.go_to(next.question);
        let parts = self.open_for(next.question);
        if let Some(first) = parts.first().filter(|_| !parts.contains(&self.focus)) {
            self.focus = *first;
        }
        true
    }

    /// Returns the parts for which a question is open although it is answered for others. Empty if it is open
    /// for all or for none.
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

    /// Goes to a question that applies: the current one, the one answered last, or the first.
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

    /// Focuses a part to decide, or all parts. Returns whether that was possible.
    pub fn focus_on(&mut self, subject: Subject) -> bool {
        let can = subject == Subject::System || self.answers().subjects().contains(&subject);
        if can {
            self.focus = subject;
        }
        can
    }

    /// Focuses the part to decide with this name, or all parts if there is none.
    pub fn focus_on_called(&mut self, name: Option<&str>) {
        let answers = self.answers();
        let called = |part: &PartId| Some(answers[*part].name.as_str()) == name;
        let found = answers.part_ids().find(called);
        self.focus_on(found.map_or(Subject::System, Subject::Part));
    }

    /// Focuses the next or previous part, or all parts. Returns whether there are parts.
    pub fn step_focus(&mut self, step: Step) -> bool {
        let parts = self.answers().subjects().into_iter().filter(|it| *it != Subject::System);
        let round: Vec<Subject> = std::iter::once(Subject::System).chain(parts).collect();
        self.focus = neighbour(&round, self.focus, step);
        round.len() > 1
    }

    /// Focuses the next or previous column of the current question, skipping parts to which it does not
    /// apply. Returns whether the question has columns. Goes to the row that is chosen for a part with its own answer.
    pub fn step_column(&mut self, step: Step) -> bool {
        let round: Vec<Subject> = self.columns().into_iter().filter(|it| self.is_asked_of(*it)).collect();
        if !round.is_empty() {
            self.focus = neighbour(&round, self.answered_for(), step);
            let has_own = self.focus.part().is_some_and(|part| self.answers().has_own(self.question(), part));
            if let Some(row) = self.rows().iter().position(|row| has_own && self.is_chosen(*row)) {
                self.position.row = row;
            }
        }
        !round.is_empty()
    }

    /// Returns the position to restore at the next start.
    pub fn bookmark(&self) -> Bookmark {
        let question = Some(self.questionnaire[self.question()].id.clone());
        let part = self.focus.part().map(|part| self.answers()[part].name.clone());
        Bookmark { question, part, confirmed: self.confirmed.clone() }
    }

    /// Restores the focus and the confirmations of an earlier run.
    pub fn restore(&mut self, bookmark: &Bookmark) {
        self.focus_on_called(bookmark.part.as_deref());
        self.confirmed.clone_from(&bookmark.confirmed);
    }
}

/// Returns the subject after or before `here`, wrapping around at the ends.
fn neighbour(round: &[Subject], here: Subject, step: Step) -> Subject {
    let at = round.iter().position(|it| *it == here).unwrap_or(0);
    let next = match step {
        Step::Next => at + 1,
        Step::Previous => at + round.len() - 1,
    };
    round[next % round.len()]
}
