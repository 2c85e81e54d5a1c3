//! Going from question to question; must not answer anything.

use super::{Conversation, Next, shortened};
use crate::action::{Action, Step, Target};
use crate::app::Pane;
use crate::questionnaire::QuestionId;

impl Conversation {
    /// Goes to the next or previous question that is asked, of the focused part if there is one.
    pub(super) fn step(&mut self, step: Step) {
        let here = self.app.cursor.question;
        self.app.update(Action::Question(step));
        if self.app.cursor.question != here {
            self.next = Next::Question;
        } else if step == Step::Next {
            self.say_end();
        } else {
            self.say("This is the first question.");
        }
    }

    pub(super) fn go_on(&mut self) {
        self.step(Step::Next);
    }

    pub(super) fn ask_next(&mut self) {
        let said = self.said.len();
        self.act(Action::AskNext);
        if self.said.len() == said {
            self.next = Next::Question;
        }
    }

    pub(super) fn go_to(&mut self, label: &str) {
        let visible = self.app.answers().visible(&self.app.questionnaire);
        let mut ids = self.app.questionnaire.question_ids();
        let named = |id: &QuestionId| self.app.labels[*id].eq_ignore_ascii_case(label);
        match ids.find(|id| !label.is_empty() && visible[*id] && named(id)) {
            Some(there) => self.walk_to(there),
            None if label.is_empty() => {
                self.say("Type go and the number of a question, such as go 3; r lists the questions.");
            }
            None => {
                self.say(format!("No question {} is asked now; r lists the questions.", shortened(label)));
            }
        }
    }

    /// Goes to a question that is visible, and asks it.
    fn walk_to(&mut self, there: QuestionId) {
        self.app.update(Action::Click(Target::Question(there)));
        self.app.update(Action::Click(Target::Pane(Pane::Question)));
        self.next = Next::Question;
    }
}
