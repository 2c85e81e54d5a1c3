//! Undo and redo: earlier states of the session, newest last; must not know what an answer means.

use super::{App, Cursor, Origin};
use crate::answers::Answers;
use crate::questionnaire::{QuestionId, Questionnaire};
use crate::session::Session;

/// Most steps that can be taken back; each is a whole session, and a session may have a megabyte.
const STEPS: usize = 200;

/// What can be undone and redone.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<Step>,
    future: Vec<Step>,
    /// Whether the newest step belongs to the text field that is open: all that is typed into it
    /// is one step.
    typing: bool,
}

/// A state, and where the cursor was when it was left.
#[derive(Debug)]
pub(super) struct Step {
    pub session: Session,
    pub cursor: Cursor,
    /// What it came of.
    pub origin: Origin,
}

impl History {
    /// Remembers the state before a change.
    pub fn record(&mut self, before: Step, is_typing: bool) {
        self.future.clear();
        if !(is_typing && self.typing) {
            self.past.push(before);
            if self.past.len() > STEPS {
                self.past.remove(0);
            }
        }
        self.typing = is_typing;
    }

    /// Says whether anything can be undone.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Is told that no text field is open any more.
    pub fn end_typing(&mut self) {
        self.typing = false;
    }
}

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

impl App {
    /// Goes on with another session and returns the one before; the focus stays on the part that had it.
    pub(super) fn exchange(&mut self, session: Session) -> Session {
        let before = std::mem::replace(&mut self.session, session);
        let (was, is) = (&before.answers, &self.session.answers);
        let focus = self.focus.part().and_then(|part| {
            // A part that has another name now is where it was.
            is.find_part(&was[part].name).or((is.parts().len() == was.parts().len()).then_some(part))
        });
        self.focus = focus.into();
        before
    }

    /// Takes the last change back, or makes it again, and goes to where it was made.
    pub(super) fn travel(&mut self, way: Way) {
        if let Some(editor) = self.editor_mut() {
            match way {
                Way::Undo => editor.area.undo(),
                Way::Redo => editor.area.redo(),
            };
            self.keep_text();
            return;
        }
        let (from, word) = match way {
            Way::Undo => (&mut self.history.past, "Undone"),
            Way::Redo => (&mut self.history.future, "Done again"),
        };
        let Some(Step { session, cursor, origin }) = from.pop() else {
            self.say(if way == Way::Undo { "Nothing to undo" } else { "Nothing to do again" });
            return;
        };
        let left = self.exchange(session);
        let change = Change::between(&left, &self.session, &self.questionnaire);
        // Where the change was made: on the way back where the cursor was before it, on the way forth
        // where it was when the change was taken back.
        let to = match way {
            Way::Undo => &mut self.history.future,
            Way::Redo => &mut self.history.past,
        };
        let origin = std::mem::replace(&mut self.origin, origin);
        to.push(Step { session: left, cursor, origin });
        let words = match self.origin {
            now if now == origin => change.words(self),
            Origin::File => format!("the answers of {} are back", self.around.file),
            Origin::Rescue => "the rescued answers are back".to_owned(),
        };
        self.say(format!("{word}: {words}"));
        let question = change.question().unwrap_or(cursor.question);
        if self.answers().visible(&self.questionnaire)[question] {
            self.go_to(question);
            if question == cursor.question {
                self.cursor.row = cursor.row.min(self.rows().len().saturating_sub(1));
            }
        }
    }
}

/// What two states of a session differ in first.
#[derive(Debug, Clone, Copy)]
enum Change {
    Answer(QuestionId),
    Note(QuestionId),
    Parts(Option<QuestionId>),
    Details,
    Decision,
}

impl Change {
    fn between(before: &Session, after: &Session, questionnaire: &Questionnaire) -> Self {
        if before.decided != after.decided && before.answers == after.answers {
            return Self::Decision;
        }
        if before.details != after.details {
            return Self::Details;
        }
        let differs = |of: &dyn Fn(&Answers, QuestionId) -> bool| {
            questionnaire.question_ids().find(|id| of(&before.answers, *id))
        };
        let note = |answers: &Answers, id| answers.given(id).note != after.answers.given(id).note;
        let given = |answers: &Answers, id| answers.given(id) != after.answers.given(id);
        if let Some(id) = differs(&note) {
            return Self::Note(id);
        }
        if let Some(id) = differs(&given) {
            return Self::Answer(id);
        }
        let parts = before.answers.parts().iter().zip(after.answers.parts());
        let own = |id: QuestionId| {
            parts.clone().any(|(before, after)| before.overrides.get(&id) != after.overrides.get(&id))
        };
        let same_parts = before.answers.parts().len() == after.answers.parts().len()
            && parts
                .clone()
                .all(|(before, after)| (&before.name, &before.plan) == (&after.name, &after.plan));
        match questionnaire.question_ids().find(|id| same_parts && own(*id)) {
            Some(id) => Self::Answer(id),
            None => Self::Parts(questionnaire.parts_question()),
        }
    }

    fn question(self) -> Option<QuestionId> {
        match self {
            Self::Answer(question) | Self::Note(question) => Some(question),
            Self::Parts(question) => question,
            Self::Details | Self::Decision => None,
        }
    }

    fn words(self, app: &App) -> String {
        match self {
            Self::Answer(question) => format!("the answer to {}", app.named(question)),
            Self::Note(question) => format!("the note on {}", app.named(question)),
            Self::Parts(_) => {
                let answers = app.answers();
                let words: Vec<String> = answers
                    .part_ids()
                    .map(|part| format!("{} ({})", answers[part].name, app.plan_words(part)))
                    .collect();
                if words.is_empty() {
                    "no part is picked".to_owned()
                } else {
                    format!("the parts are {}", words.join(", "))
                }
            }
            Self::Details => "the details".to_owned(),
            Self::Decision => "the decision".to_owned(),
        }
    }
}
