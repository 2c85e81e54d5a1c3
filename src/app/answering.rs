//! Answering the shown question; must not work out what follows from it.

use super::{App, Pane, Row};
use crate::action::Step;
use crate::answers::{Answer, Subject};
use crate::questionnaire::{Kind, OptionId};
use crate::set::SmallId as _;

impl App {
    pub(super) fn go_on(&mut self) {
        match self.pane {
            Pane::Outline => self.pane = Pane::Question,
            Pane::Question | Pane::Advice => {
                let question = &self.questionnaire[self.cursor.question];
                let row = self.rows().get(self.cursor.row).copied();
                if question.kind == Kind::One && row.is_some_and(|row| !self.is_chosen(row)) {
                    self.choose(self.cursor.row);
                }
                // The answer may have revealed a follow-up, which is then the next question.
                self.step_question(Step::Next);
            }
        }
    }

    pub(super) fn pick(&mut self, option: usize) {
        let rows = self.rows();
        if let Some(row) = rows.iter().position(|row| *row == Row::Option(OptionId::from_index(option))) {
            self.cursor.row = row;
            self.choose(row);
        } else {
            let count = self.questionnaire[self.cursor.question].options.len();
            self.say(format!("There is no option {}; there are {count}", option + 1));
        }
    }

    pub(super) fn choose(&mut self, row: usize) {
        match self.rows().get(row).copied() {
            Some(Row::Option(option)) if self.questionnaire[self.cursor.question].is_parts() => {
                self.pick_kind(option);
            }
            Some(Row::Option(option)) => {
                let (question, subject) = (self.cursor.question, self.answered_subject());
                self.session.answers.toggle(&self.questionnaire, question, subject, option);
                self.session.at = Some(question);
            }
            Some(Row::Part(part)) => self.ask_what_stays(part),
            Some(Row::NotSure) => self.answer(Answer::NotSure),
            Some(Row::NotApplicable) => self.answer(Answer::NotApplicable),
            Some(Row::Text) => self.write(),
            None => {}
        }
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        let question = self.cursor.question;
        if self.questionnaire[question].is_parts() && !self.answers().parts().is_empty() {
            self.say("Parts are picked already; remove them first");
            return;
        }
        if let (Answer::Text(_), true) =
            (self.answers().answer(question, Subject::System), answer != Answer::Open)
        {
            self.say("There is a text already; clear it first");
            return;
        }
        let subject = self.answered_subject();
        self.session.answers.set(question, subject, answer);
        self.session.at = Some(question);
    }

    pub(super) fn emphasise(&mut self) {
        let question = self.cursor.question;
        if self.answers().is_unanswered(&self.questionnaire, question, self.answered_subject()) {
            self.say("Answer first; emphasis belongs to an answer");
            return;
        }
        let given = self.session.answers.given_mut(question);
        given.emphasis = given.emphasis.next();
        self.session.at = Some(question);
    }

    pub(super) fn clear(&mut self) {
        if let Some(Row::Part(part)) = self.rows().get(self.cursor.row).copied() {
            self.remove_part(part);
            return;
        }
        let (question, subject) = (self.cursor.question, self.answered_subject());
        if self.questionnaire[question].is_parts() && !self.answers().parts().is_empty() {
            self.say("A part is removed on its own row");
            return;
        }
        match subject {
            // An answer of its own is taken back first; then the part follows the answer for all.
            Subject::Part(part) if self.answers()[part].overrides.contains_key(&question) => {
                self.session.answers.take_back(question, part);
            }
            _ => self.session.answers.set(question, subject, Answer::Open),
        }
        self.session.at = Some(question);
    }
}
