//! Moving: between rows, questions, panes and parts; must not answer anything.

use super::{App, Mode, Pane, Row};
use crate::action::Step;
use crate::answers::{PartId, Subject};
use crate::questionnaire::{PerQuestion, QuestionId};
use crate::session::Place;

impl App {
    /// Returns where the person is.
    pub fn place(&self) -> Place {
        let question = Some(self.questionnaire[self.cursor.question].id.clone());
        Place { question, part: self.focus.part().map(|part| self.answers()[part].name.clone()) }
    }

    /// Focuses the part of this name, if it is still to be decided.
    pub fn focus_on(&mut self, name: Option<&str>) {
        let found = name.and_then(|name| self.answers().find_part(name)).map(Subject::Part);
        let to_decide = found.filter(|it| self.answers().subjects().contains(it));
        self.focus = to_decide.unwrap_or(Subject::System);
    }

    /// Goes to a question; the cursor stands on what is chosen there, or at the top.
    pub(super) fn go_to(&mut self, question: QuestionId) {
        self.cursor.question = question;
        let rows = self.rows();
        self.cursor.row = rows.iter().position(|row| self.is_chosen(*row)).unwrap_or(0);
    }

    /// Puts the cursor on a row of the shown question.
    pub(super) fn put_cursor(&mut self, wanted: Row) {
        if let Some(row) = self.rows().iter().position(|row| *row == wanted) {
            self.cursor.row = row;
        }
    }

    pub(super) fn move_cursor(&mut self, step: Step) {
        let clamp = |at: usize, count: usize| match step {
            Step::Next => (at + 1).min(count.saturating_sub(1)),
            Step::Previous => at.saturating_sub(1),
        };
        match self.pane {
            Pane::Outline => self.step_question(step),
            Pane::Question => self.cursor.row = clamp(self.cursor.row, self.rows().len()),
            Pane::Advice => {
                self.cursor.standing = clamp(self.cursor.standing, self.standings().len());
            }
        }
    }

    /// Says by question whether it is asked; where a part has the focus, whether it is asked of that part.
    pub fn asked(&self) -> PerQuestion<bool> {
        let mut asked = self.answers().visible(&self.questionnaire);
        if self.focus != Subject::System {
            let sheet = self.answers().sheet(&self.questionnaire, self.focus);
            for id in self.questionnaire.question_ids() {
                asked[id] &= sheet.is_visible(id);
            }
        }
        asked
    }

    pub(super) fn step_question(&mut self, step: Step) {
        let asked = self.asked();
        let asked = |it: &QuestionId| asked[*it];
        let here = self.cursor.question;
        let mut ids = self.questionnaire.question_ids();
        let next = match step {
            Step::Next => ids.find(|it| *it > here && asked(it)),
            Step::Previous => ids.rev().find(|it| *it < here && asked(it)),
        };
        match (next, step) {
            (Some(question), _) => self.go_to(question),
            (None, Step::Next) => self.say("That was the last question; the recommendation is beside it"),
            (None, Step::Previous) => self.say("This is the first question"),
        }
    }

    pub(super) fn ask_next(&mut self) {
        match self.find_outlook().ask_next {
            Some(next) => {
                self.mode = Mode::Panes;
                self.pane = Pane::Question;
                self.go_to(next.question);
            }
            None => self.say("No open question can change anything any more"),
        }
    }

    pub(super) fn step_pane(&mut self, step: Step) {
        self.pane = match (self.pane, step) {
            (Pane::Outline, Step::Next) | (Pane::Advice, Step::Previous) => Pane::Question,
            (Pane::Question, Step::Next) | (Pane::Outline, Step::Previous) => Pane::Advice,
            (Pane::Advice, Step::Next) | (Pane::Question, Step::Previous) => Pane::Outline,
        };
    }

    pub(super) fn step_focus(&mut self, step: Step) {
        let subjects = self.answers().subjects();
        let parts: Vec<PartId> = subjects.into_iter().filter_map(Subject::part).collect();
        if parts.is_empty() {
            self.say("No parts to decide are picked yet");
            return;
        }
        let at = self.focus.part().and_then(|part| parts.iter().position(|it| *it == part));
        let next = match (at, step) {
            (None, Step::Next) => parts.first().copied(),
            (None, Step::Previous) => parts.last().copied(),
            (Some(at), Step::Next) => parts.get(at + 1).copied(),
            (Some(at), Step::Previous) => at.checked_sub(1).map(|at| parts[at]),
        };
        self.focus = next.into();
        self.cursor.standing = 0;
        match self.focus {
            Subject::Part(part) => {
                self.say(format!("Answers and ranking are for {} now", self.answers()[part].name));
            }
            Subject::System => self.say("Answers are for all parts now"),
        }
    }

    pub(super) fn open_ledger(&mut self) {
        let Some((subject, candidate)) = self.standings().get(self.cursor.standing).copied() else {
            self.say("Nothing is to be decided");
            return;
        };
        self.find_outlook();
        self.mode = Mode::Ledger { subject, candidate };
    }

    /// Puts the candidate under the cursor, or the first one, beside the best of the others.
    pub(super) fn open_versus(&mut self) {
        let at = if self.pane == Pane::Advice { self.cursor.standing } else { 0 };
        let Some((subject, one)) = self.standings().get(at).copied() else {
            self.say("Nothing is to be decided");
            return;
        };
        let Some(advice) = self.advice.of(subject) else { return };
        let mut others = advice.ranking.iter().map(|standing| standing.candidate);
        let Some(other) = others.find(|other| *other != one) else { return };
        self.mode = Mode::Versus { subject, pair: (one, other) };
    }

    /// Takes the next or previous candidate of the ranking as the second one, all round.
    pub(super) fn step_versus(&mut self, step: Step) {
        let Mode::Versus { subject, pair: (one, other) } = self.mode else { return };
        let Some(advice) = self.advice.of(subject) else { return };
        let others: Vec<_> =
            advice.ranking.iter().map(|standing| standing.candidate).filter(|it| *it != one).collect();
        let at = others.iter().position(|it| *it == other).unwrap_or_default();
        let next = match step {
            Step::Next => at + 1,
            Step::Previous => at + others.len() - 1,
        };
        self.mode = Mode::Versus { subject, pair: (one, others[next % others.len()]) };
    }
}
