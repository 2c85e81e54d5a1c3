//! Moving: between rows, questions, panes and parts; must not answer anything.

use super::{App, Mode, Pane, Row};
use crate::action::Step;
use crate::questionnaire::QuestionId;
use crate::session::Place;
use crate::wording::subject_name;

impl App {
    /// Returns where the person is.
    pub fn place(&self) -> Place {
        let question = Some(self.questionnaire[self.cursor.question].id.clone());
        Place { question, part: self.focus.map(|part| self.answers().parts[part].name.clone()) }
    }

    /// Focuses the part of this name, if it is still to be decided.
    pub fn focus_on(&mut self, name: Option<&str>) {
        let subjects = self.answers().subjects().into_iter().flatten();
        let mut found = subjects.filter(|part| Some(self.answers().parts[*part].name.as_str()) == name);
        self.focus = found.next();
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
    pub fn asked(&self) -> Vec<bool> {
        let mut asked = self.answers().visible(&self.questionnaire);
        if self.focus.is_some() {
            let sheet = self.answers().sheet(&self.questionnaire, self.focus);
            for id in self.questionnaire.question_ids() {
                asked[id.0] &= sheet.is_visible(id);
            }
        }
        asked
    }

    pub(super) fn step_question(&mut self, step: Step) {
        let asked = self.asked();
        let asked = |it: &QuestionId| asked[it.0];
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
        let parts: Vec<usize> = self.answers().subjects().into_iter().flatten().collect();
        if parts.is_empty() {
            self.say("No parts to decide are picked yet");
            return;
        }
        let at = self.focus.and_then(|part| parts.iter().position(|it| *it == part));
        self.focus = match (at, step) {
            (None, Step::Next) => parts.first().copied(),
            (None, Step::Previous) => parts.last().copied(),
            (Some(at), Step::Next) => parts.get(at + 1).copied(),
            (Some(at), Step::Previous) => at.checked_sub(1).map(|at| parts[at]),
        };
        self.cursor.standing = 0;
        match self.focus {
            Some(part) => self
                .say(format!("Answers and ranking are for {} now", subject_name(self.answers(), Some(part)))),
            None => self.say("Answers are for all parts now"),
        }
    }

    pub(super) fn open_ledger(&mut self) {
        let Some((part, candidate)) = self.standings().get(self.cursor.standing).copied() else {
            self.say("Nothing is to be decided");
            return;
        };
        self.find_outlook();
        self.mode = Mode::Ledger { part, candidate };
    }

    /// Puts the candidate under the cursor, or the first one, beside the best of the others.
    pub(super) fn open_versus(&mut self) {
        let at = if self.pane == Pane::Advice { self.cursor.standing } else { 0 };
        let Some((part, one)) = self.standings().get(at).copied() else {
            self.say("Nothing is to be decided");
            return;
        };
        let Some(advice) = self.advice.for_part(part) else { return };
        let mut others = advice.ranking.iter().map(|standing| standing.candidate);
        let Some(other) = others.find(|other| *other != one) else { return };
        self.mode = Mode::Versus { part, pair: (one, other) };
    }

    /// Takes the next or previous candidate of the ranking as the second one, all round.
    pub(super) fn step_versus(&mut self, step: Step) {
        let Mode::Versus { part, pair: (one, other) } = self.mode else { return };
        let Some(advice) = self.advice.for_part(part) else { return };
        let others: Vec<_> =
            advice.ranking.iter().map(|standing| standing.candidate).filter(|it| *it != one).collect();
        let at = others.iter().position(|it| *it == other).unwrap_or_default();
        let next = match step {
            Step::Next => at + 1,
            Step::Previous => at + others.len() - 1,
        };
        self.mode = Mode::Versus { part, pair: (one, others[next % others.len()]) };
    }
}
