//! Statements about answers, and what is put together from them; must not know answers.

use super::{OptionSet, QuestionId, Questionnaire};

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

    /// Returns the condition in ids, as it could be typed: `one=x and (two=y or not three=z)`.
    pub fn spelled(&self, questionnaire: &Questionnaire) -> String {
        self.phrase(questionnaire, true).text
    }

    /// The condition, or its opposite.
    fn phrase(&self, questionnaire: &Questionnaire, holds: bool) -> Phrase {
        match self {
            Self::Is(literal) => {
                let holds = literal.holds == holds;
                let (asked, not) = (&questionnaire[literal.question], if holds { "" } else { "not " });
                let chosen = literal.options.iter().map(|option| &asked[option].id);
                let pieces = chosen.map(|option| Phrase::alone(format!("{not}{}={option}", asked.id)));
                Phrase::joined(pieces.collect(), if holds { "or" } else { "and" })
            }
            Self::Not(inner) => inner.phrase(questionnaire, !holds),
            Self::All(inner) | Self::Any(inner) => {
                let pieces = inner.iter().map(|condition| condition.phrase(questionnaire, holds)).collect();
                let all = matches!(self, Self::All(_)) == holds;
                Phrase::joined(pieces, if all { "and" } else { "or" })
            }
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

/// Words for a condition, with the word that joins them, which decides where brackets are needed.
struct Phrase {
    text: String,
    by: Option<&'static str>,
}

impl Phrase {
    fn alone(text: String) -> Self {
        Self { text, by: None }
    }

    fn joined(mut pieces: Vec<Self>, by: &'static str) -> Self {
        if pieces.len() == 1 {
            return pieces.remove(0);
        }
        let bracketed = |piece: Self| match piece.by {
            Some(inner) if inner != by => format!("({})", piece.text),
            _ => piece.text,
        };
        let texts: Vec<String> = pieces.into_iter().map(bracketed).collect();
        Self { text: texts.join(&format!(" {by} ")), by: Some(by) }
    }
}
