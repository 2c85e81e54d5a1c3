//! Undo and redo, by storing whole sessions.

use super::{Position, Provenance, Refusal, Workbook};
use crate::answers::{Answers, Part, Subject};
use crate::questionnaire::{QuestionId, Questionnaire};
use crate::session::Session;
use crate::wording::plan_words;

/// Maximum number of undo steps. Each is a whole session, which may take a megabyte.
const STEPS: usize = 200;

/// The undo and redo stacks. The last state in each is the next one to restore.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<Earlier>,
    future: Vec<Earlier>,
    /// Whether the newest undo step is for the text that is being written. All consecutive changes to it are
    /// one step.
    writing: bool,
}

/// A stored state of the session, with the user's position.
#[derive(Debug)]
pub(super) struct Earlier {
    pub session: Session,
    pub position: Position,
    /// Where the session came from.
    pub origin: Provenance,
}

impl History {
    /// Records the state before a change.
    pub fn record(&mut self, before: Earlier, is_writing: bool) {
        self.future.clear();
        if !(is_writing && self.writing) {
            self.past.push(before);
            if self.past.len() > STEPS {
                self.past.remove(0);
            }
        }
        self.writing = is_writing;
    }

    /// Returns whether there is a change to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Ends the current writing, so that further writing is a separate step.
    pub fn end_writing(&mut self) {
        self.writing = false;
    }
}

/// The direction of a step through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// To the state before the last change.
    Undo,
    /// To the state before the last undo.
    Redo,
}

impl Workbook {
    /// Replaces the session and returns the previous one. The focus stays on the same part, if it still
    /// exists.
    pub(super) fn exchange(&mut self, session: Session) -> Session {
        let before = std::mem::replace(&mut self.session, session);
        let (was, is) = (&before.answers, &self.session.answers);
        if let Subject::Part(part) = self.focus {
            let same = |it: &Part| it.name == was[part].name;
            let moved = is.part_ids().find(|it| same(&is[*it]));
            // A renamed part keeps its index.
            let stays = (is.parts().len() == was.parts().len()).then_some(part);
            self.focus = moved.or(stays).map_or(Subject::System, Subject::Part);
        }
        before
    }

    /// Undoes or redoes a change and goes to where it was made. Returns a description of it.
    pub fn travel(&mut self, way: Travel) -> Result<String, Refusal> {
        self.history.end_writing();
        let (from, word, refusal) = match way {
            Travel::Undo => (&mut self.history.past, "Undone", Refusal::NothingToUndo),
            Travel::Redo => (&mut self.history.future, "Redone", Refusal::NothingToRedo),
        };
        let Earlier { session, position, origin } = from.pop().ok_or(refusal)?;
        let left = self.exchange(session);
        let change = Difference::between(&left, &self.session, &self.questionnaire);
        let before = left.answers.clone();
        // Both the undo and the redo of a change go to the position at which it was made.
        let to = match way {
            Travel::Undo => &mut self.history.future,
            Travel::Redo => &mut self.history.past,
        };
        let origin = std::mem::replace(&mut self.origin, origin);
        to.push(Earlier { session: left, position, origin });
        self.update_derived(before);
        let words = match self.origin {
            now if now == origin => change.words(self),
            Provenance::File => format!("the answers of {} are back", self.file),
            Provenance::Rescue => "the recovered answers are back".to_owned(),
        };
        let question = change.question().unwrap_or(position.question);
        if self.answers().visible(&self.questionnaire)[question] {
            self.go_to(question);
            if question == position.question {
                self.go_to_row_index(position.row);
            }
        }
        Ok(format!("{word}: {words}"))
    }
}

/// The first difference between two states of a session.
#[derive(Debug, Clone, Copy)]
enum Difference {
    Answer(QuestionId),
    Note(QuestionId),
    Parts(Option<QuestionId>),
    Details,
    Decision,
}

impl Difference {
    fn between(before: &Session, after: &Session, questionnaire: &Questionnaire) -> Self {
        if before.decided != after.decided && before.answers == after.answers {
            return Self::Decision;
        }
        if before.details != after.details {
            return Self::Details;
        }
        let (was, is) = (&before.answers, &after.answers);
        let first =
            |differs: &dyn Fn(QuestionId) -> bool| questionnaire.question_ids().find(|id| differs(*id));
        if let Some(id) = first(&|id| was.given(id).note != is.given(id).note) {
            return Self::Note(id);
        }
        if let Some(id) = first(&|id| was.given(id) != is.given(id)) {
            return Self::Answer(id);
        }
        let pairs = || was.parts().iter().zip(is.parts());
        let same = |(was, is): (&Part, &Part)| (&was.name, &was.plan) == (&is.name, &is.plan);
        let same_parts = was.parts().len() == is.parts().len() && pairs().all(same);
        let own = |id| pairs().any(|(was, is)| was.overrides.get(&id) != is.overrides.get(&id));
        match first(&|id| same_parts && own(id)) {
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

    fn words(self, workbook: &Workbook) -> String {
        let title = |question: QuestionId| &workbook.questionnaire[question].title;
        match self {
            Self::Answer(question) => format!("the answer to {}", title(question)),
            Self::Note(question) => format!("the note on {}", title(question)),
            Self::Parts(_) => parts_words(&workbook.questionnaire, workbook.answers()),
            Self::Details => "the details".to_owned(),
            Self::Decision => "the decision".to_owned(),
        }
    }
}

fn parts_words(questionnaire: &Questionnaire, answers: &Answers) -> String {
    let words = |part: &Part| format!("{} ({})", part.name, plan_words(questionnaire, &part.plan));
    let words: Vec<String> = answers.parts().iter().map(words).collect();
    if words.is_empty() {
        "no parts are picked".to_owned()
    } else {
        format!("the parts are {}", words.join(", "))
    }
}
