//! Reasons for refusing a command.

use std::fmt;

use crate::answers::PARTS;

/// Why a command changes nothing, as a message for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Parts are already picked.
    PartsArePicked,
    /// There is already a text.
    TextIsWritten,
    /// Parts are removed one by one, not all together.
    PartsGoOneByOne,
    /// There is no answer to emphasize.
    Unanswered,
    /// There are several parts of this kind, or the user has worked on the only one.
    WorkedOn,
    /// No more parts can be added.
    TooManyParts,
    /// A decision that differs from the advice has no reason.
    NoReason {
        /// The subject of the decision.
        subject: String,
        /// What is advised.
        advised: String,
    },
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::PartsArePicked => "Parts are already picked; remove them first",
            Self::TextIsWritten => "There is already a text; clear it first",
            Self::PartsGoOneByOne => "Move to the part's own row to remove it",
            Self::Unanswered => "Answer first; only an answer can be emphasized",
            Self::WorkedOn => "This part has its own name or answers; move to its row to remove it",
            Self::NothingToUndo => "Nothing to undo",
            Self::NothingToRedo => "Nothing to redo",
            Self::TooManyParts => return write!(formatter, "At most {PARTS} parts can be picked"),
            Self::NoReason { subject, advised } => {
                return write!(
                    formatter,
                    "Not decided for {subject}: recommended is {advised}, so a reason is needed"
                );
            }
        })
    }
}
