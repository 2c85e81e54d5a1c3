//! What is open and which keys work there; must not change anything.

use super::Editor;
use crate::questionnaire::CandidateId;

/// The three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// All visible questions.
    Outline,
    /// One question.
    Question,
    /// The recommendation.
    Advice,
}

/// What is open.
#[derive(Debug)]
pub enum Mode {
    /// Nothing but the panes.
    Panes,
    /// A text field.
    Editing(Box<Editor>),
    /// Every line of a candidate's score.
    Ledger {
        /// The part, or the system as a whole.
        part: Option<usize>,
        /// The candidate.
        candidate: CandidateId,
    },
    /// Two candidates beside each other.
    Versus {
        /// The part, or the system as a whole.
        part: Option<usize>,
        /// The two candidates; the second one can be changed.
        pair: (CandidateId, CandidateId),
    },
    /// How firm the advice is.
    Firm,
    /// The keys.
    Help,
}

/// Which keys work, see [`crate::keys`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The list of questions.
    Outline,
    /// A question with options.
    Options,
    /// The question that picks parts.
    Parts,
    /// A question answered in words.
    Text,
    /// The recommendation.
    Advice,
    /// A candidate's ledger.
    Ledger,
    /// Two candidates beside each other.
    Versus,
    /// How firm the advice is.
    Firm,
    /// The keys.
    Help,
    /// A text field of several lines.
    Note,
    /// A text field of one line.
    Line,
}

impl Context {
    /// Says whether keys are typed into a text field.
    pub const fn is_typing(self) -> bool {
        matches!(self, Self::Note | Self::Line)
    }
}

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
}
