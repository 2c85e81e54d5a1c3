//! A question and its options.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{CandidateSet, Condition, OptionId, OptionSet, Scope};
use crate::id_set::IdSet;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// One option.
    One,
    /// Any number of options.
    Many,
    /// Kinds of part, each picked any number of times.
    Parts,
    /// Free text, which does not score.
    Text,
}

/// Where a record shows a free-text answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextPlace {
    /// With the context, as a reason why a decision is needed.
    Context,
    /// Under ownership.
    #[default]
    Ownership,
    /// With the review date, as an event that calls for a review.
    Review,
}

/// One question.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct Question {
    /// Span of the id in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Former ids, which files may still use.
    pub aliases: Vec<String>,
    /// Heading of the section that begins with this question.
    pub section: Option<String>,
    /// Label of a few words.
    pub title: String,
    /// The text of the question.
    pub ask: String,
    /// Why the question matters.
    pub why: String,
    /// How the question is answered.
    pub kind: Kind,
    /// Whether the options are the candidates.
    pub of_candidates: bool,
    /// The condition under which the question applies; `None` if it always applies.
    pub when: Option<Condition>,
    /// Whether the answer may differ by part.
    pub each_part: bool,
    /// The sheets to which the question can apply: all of them, or those of some kinds of part.
    pub concerns: Scope,
    /// See [`Question::is_hard`].
    pub(super) hard: bool,
    /// Whether the question may stay open.
    pub skippable: bool,
    /// Where a record shows the answer, if it is free text.
    pub place: TextPlace,
    /// The options.
    pub options: Vec<AnswerOption>,
}

/// One option.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswerOption {
    /// Span of the id in the file, or of the question's id if the option is a candidate.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Former ids, which files may still use.
    pub aliases: Vec<String>,
    /// A short name for lists. For a kind of part, it is also the initial name of a part.
    pub name: String,
    /// The full text.
    pub text: String,
    /// Whether the option excludes the others in a multiple-choice question.
    pub alone: bool,
    /// Whether the option states a technical fact, which should affect every candidate or be neutral for it.
    pub technical: bool,
    /// The candidates that the option is declared not to affect.
    pub neutral: CandidateSet,
}

impl Question {
    /// Returns whether the options are kinds of part.
    pub fn is_parts(&self) -> bool {
        self.kind == Kind::Parts
    }

    /// Returns whether the answer is a fact. Only facts can lift exclusions.
    pub fn is_hard(&self) -> bool {
        self.hard
    }

    /// Returns whether the question's visibility depends on answers to other questions.
    pub fn is_follow_up(&self) -> bool {
        self.when.as_ref().is_some_and(|when| !when.literals().is_empty())
    }

    /// Returns the kinds of part that the question applies to, or `None` if it applies to all.
    pub fn concerned_kinds(&self) -> Option<OptionSet> {
        (self.concerns != Scope::EVERYWHERE).then_some(self.concerns.kinds)
    }

    /// Returns the ids of the options, in file order.
    pub fn option_ids(&self) -> impl Iterator<Item = OptionId> + use<> {
        (0..self.options.len()).map(OptionId)
    }

    /// Returns all options.
    pub fn all_options(&self) -> OptionSet {
        IdSet::first(self.options.len())
    }

    /// Returns the options that exclude all others.
    pub fn alone_options(&self) -> OptionSet {
        self.option_ids().filter(|option| self[*option].alone).collect()
    }

    /// Returns the names of options in file order, joined with semicolons because some are whole clauses.
    pub fn names(&self, options: OptionSet) -> String {
        let names: Vec<&str> = options.iter().map(|option| self[option].name.as_str()).collect();
        names.join("; ")
    }

    /// Finds an option by its current or a former id.
    pub fn find(&self, id: &str) -> Option<OptionId> {
        super::position(&self.options, id, |option| (&option.id, &option.aliases)).map(OptionId)
    }
}
