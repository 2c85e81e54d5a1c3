//! Statements about answers, and what is put together from them; must not know answers.

use super::{OptionSet, QuestionId};

/// A statement about one question: some option of `options` is chosen, or none is.
///
/// An option counts as chosen only while its question is visible; `holds: false` is therefore true
/// of a question that is open or hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Literal {
    /// The question.
    pub question: QuestionId,
    /// The options that are meant.
    pub options: OptionSet,
    /// Whether one of them must be chosen, or none may be.
    pub holds: bool,
}

/// When something applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The literal is true.
    Is(Literal),
    /// The condition is false.
    Not(Box<Condition>),
    /// All are true.
    All(Vec<Condition>),
    /// At least one is true.
    Any(Vec<Condition>),
}

impl Condition {
    /// Returns every literal in the condition.
    pub fn literals(&self) -> Vec<Literal> {
        match self {
            Self::Is(literal) => vec![*literal],
            Self::Not(inner) => inner.literals(),
            Self::All(inner) | Self::Any(inner) => inner.iter().flat_map(Self::literals).collect(),
        }
    }

    /// Evaluates the condition, given which literals are true.
    pub fn holds(&self, is_true: &impl Fn(Literal) -> bool) -> bool {
        match self {
            Self::Is(literal) => is_true(*literal),
            Self::Not(inner) => !inner.holds(is_true),
            Self::All(inner) => inner.iter().all(|condition| condition.holds(is_true)),
            Self::Any(inner) => inner.iter().any(|condition| condition.holds(is_true)),
        }
    }
}
