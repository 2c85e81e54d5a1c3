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
    /// Any options.
    Many,
    /// Kinds of part, each picked any number of times.
    Parts,
    /// Free text that counts for nothing.
    Text,
}

/// Where a record shows what is answered in words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextPlace {
    /// With the context: why a decision is needed.
    Context,
    /// Under ownership.
    #[default]
    Ownership,
    /// With the day of the review: when to look at the decision again.
    Review,
}

/// One question.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct Question {
    /// Where its id stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Ids that it had before; files that use them are understood.
    pub aliases: Vec<String>,
    /// Heading that begins with this question.
    pub section: Option<String>,
    /// Label of a few words.
    pub title: String,
    /// The question itself.
    pub ask: String,
    /// Why it matters.
    pub why: String,
    /// How it is answered.
    pub kind: Kind,
    /// Whether the options are the candidates.
    pub of_candidates: bool,
    /// When it is asked; always if absent.
    pub when: Option<Condition>,
    /// Whether the answer may differ by part.
    pub each_part: bool,
    /// The sheets on which it can be asked: all of them, or those of some kinds of part.
    pub concerns: Scope,
    /// See [`Question::is_hard`].
    pub(super) hard: bool,
    /// Whether it may stay open for ever.
    pub skippable: bool,
    /// Where a record shows its text.
    pub place: TextPlace,
    /// What can be chosen.
    pub options: Vec<AnswerOption>,
}

/// One option.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswerOption {
    /// Where its id stands; for a candidate as an option, where that of the question does.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Ids that it had before; files that use them are understood.
    pub aliases: Vec<String>,
    /// A word or two, for lists; a part is called so until it is named.
    pub name: String,
    /// Words for people.
    pub text: String,
    /// Whether it excludes the other options of a question that takes many.
    pub alone: bool,
    /// Whether it states a technical fact, so that it should say something of every candidate.
    pub technical: bool,
    /// The candidates for which it means nothing.
    pub neutral: CandidateSet,
}

impl Question {
    /// Says whether the options are kinds of part.
    pub fn is_parts(&self) -> bool {
        self.kind == Kind::Parts
    }

    /// Says whether its answer is a fact, which may rule out and lift what rules out.
    pub fn is_hard(&self) -> bool {
        self.hard
    }

    /// Says whether other answers make it appear, so that it stands below them in lists.
    pub fn is_follow_up(&self) -> bool {
        self.when.as_ref().is_some_and(|when| !when.literals().is_empty())
    }

    /// Returns the kinds of part it is asked for, of a question that is not asked for all of them.
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

    /// Returns the names of options in file order; some are whole clauses, so no word joins them.
    pub fn names(&self, options: OptionSet) -> String {
        let names: Vec<&str> = options.iter().map(|option| self[option].name.as_str()).collect();
        names.join("; ")
    }

    /// Finds an option by the id that files use.
    pub fn find(&self, id: &str) -> Option<OptionId> {
        super::position(&self.options, id, |option| (&option.id, &option.aliases)).map(OptionId)
    }
}
