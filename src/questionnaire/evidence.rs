//! What answers say of candidates: lines with points or exclusions, and remarks without points.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{CandidateSet, Literal, OptionId, OptionSet, QuestionId, SourceId};

/// The sheets on which something counts or is asked: those of parts, by kind, and that of the whole system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The kinds of part.
    pub kinds: OptionSet,
    /// Whether the sheet of the whole system is meant too.
    pub system: bool,
}

/// How a candidate is ruled out; of two ways the last one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Exclusion {
    /// There is a documented way, which a hard answer can make the usual one.
    Unusual,
    /// It cannot be.
    Cannot,
}

/// What a line does to its candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Impact {
    /// Adds points; negative ones speak against it.
    Points(i64),
    /// Rules it out.
    Excludes(Exclusion),
}

/// Where a line was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineOrigin {
    /// On an option.
    Option(QuestionId, OptionId),
    /// On a question of candidates, for those that are not chosen.
    NotChosen(QuestionId),
    /// In a rule, by its position in [`Questionnaire::rules`].
    Rule(usize),
}

/// One piece of evidence or one exclusion: the only thing that scores or rules out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// Where its reason stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Where its points stand; where its reason does, if it has none.
    #[serde(skip)]
    pub points_span: Range<usize>,
    /// A conjunction; the line applies when all its literals are true.
    pub guard: Vec<Literal>,
    /// The parts it counts for.
    pub scope: Scope,
    /// The candidates it is about.
    pub candidates: CandidateSet,
    /// What it does to them.
    pub impact: Impact,
    /// The argument it makes, which counts once for a candidate and part.
    pub argument: Option<String>,
    /// The reason; `{}` stands for the candidate, see [`super::Questionnaire::reason`].
    pub because: String,
    /// Where the reason comes from; at least one.
    pub sources: Vec<SourceId>,
    /// Where it was written.
    pub origin: LineOrigin,
}

/// What a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SayKind {
    /// Something to keep an eye on.
    Watch,
    /// Something to do.
    Practice,
    /// Answers that sit badly together.
    Tension,
    /// A reason to look at the decision again.
    Review,
}

/// A remark without points.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Say {
    /// Where its text stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// A conjunction; the remark is made when all its literals are true.
    pub guard: Vec<Literal>,
    /// The parts it is about.
    pub scope: Scope,
    /// Whom it is about; said only where one of them is chosen or comes next. Nobody in particular if
    /// empty.
    pub candidates: CandidateSet,
    /// What it is.
    pub kind: SayKind,
    /// The remark.
    pub text: String,
    /// Where it comes from.
    pub sources: Vec<SourceId>,
}

impl Scope {
    /// Every sheet.
    pub const EVERYWHERE: Self = Self { kinds: OptionSet::from_bits(u64::MAX), system: true };

    /// Makes the scope of parts of these kinds.
    pub const fn parts(kinds: OptionSet) -> Self {
        Self { kinds, system: false }
    }

    /// Says whether the sheet of a part of kind `kind` is meant; `None` is the whole system.
    pub fn covers(self, kind: Option<OptionId>) -> bool {
        kind.map_or(self.system, |kind| self.kinds.contains(kind))
    }

    /// Returns the sheets that are in both scopes.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { kinds: self.kinds.intersection(other.kinds), system: self.system && other.system }
    }

    /// Returns the sheets that are in either scope.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self { kinds: self.kinds.union(other.kinds), system: self.system || other.system }
    }

    /// Returns all other sheets.
    #[must_use]
    pub const fn outside(self) -> Self {
        Self { kinds: Self::EVERYWHERE.kinds.without(self.kinds), system: !self.system }
    }
}
