//! What the session has to do with its file: whether it is on disk, what another program made of the
//! file, and what was rescued.

use super::Workbook;
use super::history::Earlier;
use crate::questionnaire::join;
use crate::session::{Session, Unsaved};
use crate::wording::counted;

/// Whether the session is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Nothing was changed yet.
    Untouched,
    /// The newest state is on its way.
    Waiting,
    /// The newest state survives a power cut.
    Saved,
    /// Saving failed, for this reason; answers are in memory.
    Failed(String),
    /// Another program changed the file; answers are in memory and somebody has to choose.
    Conflict(String),
    /// Another program removed the file; answers are in memory and somebody has to choose.
    Gone(String),
    /// Another program holds the session; nothing is written here.
    ReadOnly,
    /// The session is an example without a file; nothing is written until it is saved under a name.
    Example,
}

impl Saving {
    /// Says whether answers are in memory that the file does not hold and should.
    pub const fn is_behind(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Conflict(_) | Self::Gone(_))
    }

    /// Says whether changes are kept in a file, now or as soon as that can be done.
    pub const fn keeps_changes(&self) -> bool {
        !matches!(self, Self::ReadOnly | Self::Example)
    }

    /// Is told that the session changed.
    pub(super) fn expect_save(&mut self) {
        // What went wrong is so until the saver says otherwise.
        if matches!(self, Self::Untouched | Self::Saved) {
            *self = Self::Waiting;
        }
    }
}

/// Answers that could not be saved when the program ended the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// The file that holds them, for people.
    pub name: String,
    /// When it was written, for people; empty if that is not known.
    pub written: String,
    /// What it holds.
    pub session: Session,
    /// What there is beside it.
    pub beside: BesideRescue,
}

/// What the file of a session holds for which answers were rescued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BesideRescue {
    /// The session as it was before.
    Session,
    /// There is no such file.
    Nothing,
    /// Half of something: what was rescued is all there is.
    Ruins,
}

/// What the session at hand came of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Provenance {
    /// Its file, and all that was answered since.
    File,
    /// What was rescued, and all that was answered since.
    Rescue,
}

impl Workbook {
    /// Takes how saving went and returns what was known of it before.
    pub fn saved(&mut self, outcome: Result<(), Unsaved>) -> Saving {
        let now = match outcome {
            Ok(()) => Saving::Saved,
            Err(Unsaved::Failed(reason)) => Saving::Failed(reason),
            Err(Unsaved::Conflict(words)) => Saving::Conflict(words),
            Err(Unsaved::Gone(words)) => Saving::Gone(words),
        };
        std::mem::replace(&mut self.saving, now)
    }

    /// Goes on with what another program wrote, and says what it differs in; what was in memory can be
    /// brought back.
    pub fn reloaded(&mut self, theirs: Session) -> String {
        let position = self.position;
        let before = self.exchange(theirs);
        let differs = self.differs_in(&before);
        let answers = before.answers.clone();
        let origin = std::mem::replace(&mut self.origin, Provenance::File);
        self.history.record(Earlier { session: before, position, origin }, false);
        self.update_derived(answers);
        self.saving = Saving::Saved;
        self.stay_visible();
        differs
    }

    /// Goes on with what was rescued; what the file held can be brought back.
    pub fn take_rescued(&mut self, session: Session) {
        let before = self.earlier();
        let answers = before.session.answers.clone();
        self.origin = Provenance::Rescue;
        self.exchange(session);
        self.stay_visible();
        if self.session != before.session {
            self.history.record(before, false);
            self.update_derived(answers);
        }
    }

    /// Says whether the session is what was rescued, with nothing but later changes: then what was rescued
    /// is safe as soon as the session is saved. Who takes it back has it in the rescue file alone.
    pub fn has_rescued(&self) -> bool {
        self.origin == Provenance::Rescue
    }

    /// Says what another session differs in from the one at hand.
    pub fn differs_in(&self, other: &Session) -> String {
        let differing = self.session.differing(other, &self.questionnaire).len() as i64;
        let details = (self.session.details != other.details).then(|| "the details".to_owned());
        let decided = (self.session.decided != other.decided).then(|| "the decisions".to_owned());
        let answers = (differing > 0).then(|| counted(differing, "answer"));
        let all: Vec<String> = [answers, details, decided].into_iter().flatten().collect();
        if all.is_empty() { "nothing".to_owned() } else { join(all.iter().map(String::as_str), "and") }
    }
}
