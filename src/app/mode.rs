//! What is open and which keys work there; must not change anything.

use super::{Editor, Export, Find, Keeping};
use crate::answers::Subject;
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
        /// What it is about.
        subject: Subject,
        /// The candidate.
        candidate: CandidateId,
    },
    /// Two candidates beside each other.
    Versus {
        /// What it is about.
        subject: Subject,
        /// The two candidates; the second one can be changed.
        pair: (CandidateId, CandidateId),
    },
    /// How firm the advice is.
    Firm,
    /// Parts, boundaries and kit.
    Map,
    /// The search for words.
    Find(Box<Find>),
    /// Every answer and note.
    Review {
        /// Position of the cursor in [`super::App::reviewed`].
        at: usize,
    },
    /// What a record says about itself.
    Details {
        /// Position of the cursor in [`crate::session::Field::ALL`].
        at: usize,
    },
    /// What the team decided.
    Decide(Deciding),
    /// The export dialog.
    Export(Box<Export>),
    /// What can be done about the session's file.
    Keeping(Box<Keeping>),
    /// What can be done with answers that could not be saved the last time.
    Rescue {
        /// Position of the cursor in [`super::RescueChoice::ALL`].
        at: usize,
    },
    /// The keys.
    Help,
}

/// Where the cursor is while something is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deciding {
    /// Position of the part in the advice.
    pub at: usize,
    /// Position in its ranking, while a candidate is chosen.
    pub candidate: Option<usize>,
}

impl Mode {
    /// Returns the cursor of the list that is open.
    pub(super) fn list_cursor(&mut self) -> Option<&mut usize> {
        match self {
            Self::Find(find) => Some(&mut find.at),
            Self::Review { at }
            | Self::Details { at }
            | Self::Decide(Deciding { candidate: Some(at), .. } | Deciding { at, candidate: None }) => {
                Some(at)
            }
            Self::Export(export) => Some(&mut export.at),
            Self::Keeping(keeping) => Some(&mut keeping.at),
            Self::Rescue { at } => Some(at),
            _ => None,
        }
    }

    /// Says whether a list with a cursor of its own is open over the panes.
    pub const fn is_list(&self) -> bool {
        matches!(
            self,
            Self::Find(_)
                | Self::Review { .. }
                | Self::Details { .. }
                | Self::Decide(_)
                | Self::Export(_)
                | Self::Keeping(_)
                | Self::Rescue { .. }
        )
    }

    /// Says whether something without a cursor of its own is open over the panes, which only scrolls.
    pub const fn only_scrolls(&self) -> bool {
        matches!(self, Self::Ledger { .. } | Self::Versus { .. } | Self::Firm | Self::Map | Self::Help)
    }
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
    /// Parts, boundaries and kit.
    Map,
    /// The search for words.
    Find,
    /// Every answer and note.
    Review,
    /// What a record says about itself.
    Details,
    /// What the team decided.
    Decide,
    /// The export dialog.
    Export,
    /// The export dialog, where the file exists already.
    Overwrite,
    /// What can be done about the session's file, or with a rescue file.
    Keeping,
    /// The keys.
    Help,
    /// A text field of several lines.
    Note,
    /// A text field of one line.
    Line,
    /// The field that names the file to save as.
    SaveAs,
}

impl Context {
    /// All of them.
    pub const ALL: [Self; 20] = [
        Self::Outline,
        Self::Options,
        Self::Parts,
        Self::Text,
        Self::Advice,
        Self::Ledger,
        Self::Versus,
        Self::Firm,
        Self::Map,
        Self::Find,
        Self::Review,
        Self::Details,
        Self::Decide,
        Self::Export,
        Self::Overwrite,
        Self::Keeping,
        Self::Help,
        Self::Note,
        Self::Line,
        Self::SaveAs,
    ];

    /// Says whether nothing is open over the panes.
    pub const fn is_pane(self) -> bool {
        matches!(self, Self::Outline | Self::Options | Self::Parts | Self::Text | Self::Advice)
    }

    /// Says whether keys are typed into a text field.
    pub const fn is_typing(self) -> bool {
        matches!(self, Self::Note | Self::Line | Self::SaveAs | Self::Find)
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
    /// Another program changed the file; answers are in memory and somebody has to choose.
    Conflict(String),
    /// Another program removed the file; answers are in memory and somebody has to choose.
    Gone(String),
    /// Another program holds the session; nothing is written here.
    ReadOnly,
}

impl Saving {
    /// Says whether answers are in memory that the file does not hold and should.
    pub const fn is_behind(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Conflict(_) | Self::Gone(_))
    }
}
