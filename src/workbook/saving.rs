//! The session and its file: whether the session is saved, what another program did to the file, and rescued
//! answers.

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
    /// The newest state is being saved.
    Waiting,
    /// The newest state survives a power cut.
    Saved,
    /// Saving failed for this reason. The answers are only in memory.
    Failed(String),
    /// Another program changed the file. The answers are only in memory, and the user must choose which
    /// version to keep.
    Conflict(String),
    /// Another program removed the file. The answers are only in memory, and the user must choose whether to
    /// recreate it.
    Gone(String),
    /// Another program holds the session. Nothing is written.
    ReadOnly,
    /// The session is an example without a file. Nothing is written until it is saved under a name.
    Example,
}

impl Saving {
    /// Returns whether there are answers in memory that should be in the file but are not.
    pub const fn is_behind(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Conflict(_) | Self::Gone(_))
    }

    /// Returns whether changes are saved to a file, now or as soon as possible.
    pub const fn keeps_changes(&self) -> bool {
        !matches!(self, Self::ReadOnly | Self::Example)
    }

    /// Records that the session changed.
    pub(super) fn expect_save(&mut self) {
        // An error remains until the saver reports otherwise.
        if matches!(self, Self::Untouched | Self::Saved) {
            *self = Self::Waiting;
        }
    }
}

/// Answers that an earlier run could not save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// Name of the rescue file, for display.
    pub name: String,
    /// Time of writing, for display; empty if unknown.
    pub written: String,
    /// The rescued session.
    pub session: Session,
    /// What the session's file contains.
    pub beside: BesideRescue,
}

/// What the session's file contains while there are rescued answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BesideRescue {
    /// An earlier state of the session.
    Session,
    /// The file does not exist.
    Nothing,
    /// A damaged file. The recovered answers are all there is.
    Ruins,
}

/// Where the current session came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Provenance {
    /// The file, with all later changes.
    File,
    /// The rescue file, with all later changes.
    Rescue,
}

impl Workbook {
    /// Stores the outcome of a save and returns the previous state.
    pub fn saved(&mut self, outcome: Result<(), Unsaved>) -> Saving {
        let now = match outcome {
            Ok(()) => Saving::Saved,
            Err(Unsaved::Failed(reason)) => Saving::Failed(reason),
            Err(Unsaved::Conflict(words)) => Saving::Conflict(words),
            Err(Unsaved::Gone(words)) => Saving::Gone(words),
        };
        std::mem::replace(&mut self.saving, now)
    }

    /// Continues with what another program wrote. Returns how the two sessions differ. Undo restores the
    /// previous session.
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

    /// Continues with the rescued session. Undo restores what the file contained.
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

    /// Returns whether the session is the rescued one, apart from later changes. Saving it then makes the
    /// rescued answers safe. After undoing the rescue, they are only in the rescue file.
    pub fn has_rescued(&self) -> bool {
        self.origin == Provenance::Rescue
    }

    /// Describes how another session differs from the current one.
    pub fn differs_in(&self, other: &Session) -> String {
        let differing = self.session.differing(other, &self.questionnaire).len() as i64;
        let details = (self.session.details != other.details).then(|| "the details".to_owned());
        let decided = (self.session.decided != other.decided).then(|| "the decisions".to_owned());
        let answers = (differing > 0).then(|| counted(differing, "answer"));
        let all: Vec<String> = [answers, details, decided].into_iter().flatten().collect();
        if all.is_empty() { "nothing".to_owned() } else { join(all.iter().map(String::as_str), "and") }
    }
}
