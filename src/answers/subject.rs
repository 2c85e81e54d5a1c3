//! The subject of an answer or of advice: one picked part, or the system as a whole.

use std::ops::Index;

use super::{Answers, Part};

/// A picked part, by its position in [`Answers::parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(pub(super) usize);

/// The subject of advice, an answer, a decision or a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The system as a whole. For an answer, all parts without an override.
    System,
    /// One part.
    Part(PartId),
}

impl PartId {
    /// Returns the number shown to users, counted from 1.
    pub const fn number(self) -> usize {
        self.0 + 1
    }

    /// Returns the position, counted from 0.
    pub const fn index(self) -> usize {
        self.0
    }
}

impl Subject {
    /// Returns the part, or `None` for the system as a whole.
    pub const fn part(self) -> Option<PartId> {
        match self {
            Self::System => None,
            Self::Part(part) => Some(part),
        }
    }
}

impl From<Option<PartId>> for Subject {
    fn from(part: Option<PartId>) -> Self {
        part.map_or(Self::System, Self::Part)
    }
}

impl Index<PartId> for Answers {
    type Output = Part;

    fn index(&self, part: PartId) -> &Part {
        &self.parts[part.0]
    }
}
