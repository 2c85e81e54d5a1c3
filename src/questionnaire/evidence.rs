//! The effects of answers on candidates: lines with points or exclusions, and remarks without points.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{CandidateSet, Literal, OptionId, OptionSet, QuestionId, SourceId};

/// A set of sheets: those for parts of some kinds, and possibly the one for the whole system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The kinds of part whose sheets are included.
    pub kinds: OptionSet,
    /// Whether the sheet for the whole system is included.
    pub system: bool,
}

/// How a candidate is ruled out. `Cannot` takes precedence over `Unusual`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Exclusion {
    /// Possible in a documented but unusual way. An answer that is a fact can lift the exclusion.
    Unusual,
    /// Not possible.
    Cannot,
}

/// The effect of a line on its candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Impact {
    /// Adds points, which count against the candidate if negative.
    Points(i64),
    /// Rules the candidate out.
    Excludes(Exclusion),
}

/// Where a line was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LineOrigin {
    /// On an option.
    Option(QuestionId, OptionId),
    /// On a question of kind Candidates, for the candidates not chosen.
    NotChosen(QuestionId),
    /// In a rule, by its position in [`super::Questionnaire::rules`].
    Rule(usize),
}

/// One piece of evidence or one exclusion. Apart from adoption costs, nothing else affects the ranking.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// Span of the reason in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Span of the points in the file, or of the reason if there are none.
    #[serde(skip)]
    pub points_span: Range<usize>,
    /// A conjunction; the line applies when all its literals are true.
    pub guard: Vec<Literal>,
    /// The sheets on which the line counts.
    pub scope: Scope,
    /// The candidates that the line is about.
    pub candidates: CandidateSet,
    /// The effect on those candidates.
    pub impact: Impact,
    /// Id of the argument, which must not count twice for a candidate on the same part.
    pub argument: Option<String>,
    /// The reason. `{}` stands for the candidate, see [`super::Questionnaire::reason`].
    pub because: String,
    /// Sources of the reason, at least one.
    pub sources: Vec<SourceId>,
    /// Where the line was written.
    pub origin: LineOrigin,
}

/// The kind of a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SayKind {
    /// Something to watch.
    Watch,
    /// Something to do.
    Practice,
    /// Answers that conflict with each other.
    Tension,
    /// A reason to review the decision.
    Review,
}

/// A remark without points.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Say {
    /// Span of the text in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// A conjunction; the remark applies when all its literals are true.
    pub guard: Vec<Literal>,
    /// The sheets on which the remark applies.
    pub scope: Scope,
    /// The candidates that the remark is about; empty for a general remark. Otherwise the remark applies only
    /// if one of them is a leader, the choice or the runner-up.
    pub candidates: CandidateSet,
    /// The kind.
    pub kind: SayKind,
    /// The text.
    pub text: String,
    /// Sources of the remark.
    pub sources: Vec<SourceId>,
}

impl Scope {
    /// Every sheet.
    pub const EVERYWHERE: Self = Self { kinds: OptionSet::from_bits(u64::MAX), system: true };

    /// Returns the scope of parts of these kinds.
    pub const fn parts(kinds: OptionSet) -> Self {
        Self { kinds, system: false }
    }

    /// Returns whether the scope includes parts of kind `kind`, or the whole system if `None`.
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
