//! What something is said of: one picked part, or the system as a whole.

use std::ops::Index;

use super::{Answers, Part};

/// A picked part, by its position in [`Answers::parts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(pub(super) usize);

/// What advice, an answer, a decision or a ledger is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The system as a whole; of an answer, all parts that have none of their own.
    System,
    /// One part.
    Part(PartId),
}

impl PartId {
    /// Returns the number by which people know the part, counted from 1.
    pub const fn number(self) -> usize {
        self.0 + 1
    }

    /// Returns the position, counted from 0.
    pub const fn index(self) -> usize {
        self.0
    }
}

impl Subject {
    /// Returns the part, unless it is the system as a whole.
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
