//! Moves between questions.

use super::{Conversation, Step, ThenSay, shortened};
use crate::questionnaire::QuestionId;

impl Conversation {
    /// Goes to the next or previous question that applies to the focus.
    pub(super) fn step(&mut self, step: Step) {
        match (self.workbook.step_question(step), step) {
            (true, _) => self.next = ThenSay::Question,
            (false, Step::Next) => self.say_end(),
            (false, Step::Previous) => self.say("This is the first question."),
        }
    }

    pub(super) fn go_on(&mut self) {
        self.step(Step::Next);
    }

    pub(super) fn ask_next(&mut self) {
        if self.workbook.go_to_next_to_ask() {
            self.next = ThenSay::Question;
        } else {
            self.say("No open question can change anything now.");
        }
    }

    pub(super) fn go_to(&mut self, label: &str) {
        let questionnaire = self.workbook.questionnaire();
        let visible = self.workbook.answers().visible(questionnaire);
        let named = |id: &QuestionId| self.workbook.label(*id).eq_ignore_ascii_case(label);
        let mut ids = questionnaire.question_ids();
        match ids.find(|id| !label.is_empty() && visible[*id] && named(id)) {
            Some(there) => {
                self.workbook.go_to(there);
                self.next = ThenSay::Question;
            }
            None if label.is_empty() => {
                self.say("Type go and the number of a question, such as go 3; r lists the questions.");
            }
            None => {
                self.say(format!(
                    "There is no question {} at present; r lists the questions.",
                    shortened(label)
                ));
            }
        }
    }
}
