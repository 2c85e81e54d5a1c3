//! Why something that was asked for is not done.

use std::fmt;

use crate::answers::PARTS;

/// Why a command changes nothing, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Parts are the answer already.
    PartsArePicked,
    /// A text is the answer already.
    TextIsWritten,
    /// Parts are not cleared all at once.
    PartsGoOneByOne,
    /// There is no answer that could be emphasised.
    Unanswered,
    /// Somebody worked on the parts of this kind.
    WorkedOn,
    /// There is no room for another part.
    TooManyParts,
    /// A decision against the advice has no reason.
    NoReason {
        /// Whom the decision is for.
        subject: String,
        /// What is advised.
        advised: String,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// There is nothing to do again.
    NothingToRedo,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::PartsArePicked => "Parts are picked already; remove them first",
            Self::TextIsWritten => "There is a text already; clear it first",
            Self::PartsGoOneByOne => "A part is removed on its own row",
            Self::Unanswered => "Answer first; emphasis belongs to an answer",
            Self::WorkedOn => "It was worked on, so it is removed on its own row only",
            Self::NothingToUndo => "Nothing to undo",
            Self::NothingToRedo => "Nothing to do again",
            Self::TooManyParts => return write!(formatter, "At most {PARTS} parts can be picked"),
            Self::NoReason { subject, advised } => {
                return write!(
                    formatter,
                    "Not decided for {subject}: the advice is {advised}, so a sentence why is needed"
                );
            }
        })
    }
}
