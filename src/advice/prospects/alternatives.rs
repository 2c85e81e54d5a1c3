//! Enumerates the ways to answer a question.

use crate::id_set::IdSet;
use crate::questionnaire::{Kind, OptionId, OptionSet, Question, QuestionId};

/// One way to answer a question, or the part of an answer that one step decides.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Alternative {
    /// The options that this alternative decides.
    pub scope: OptionSet,
    /// The options in `scope` that are chosen.
    pub chosen: OptionSet,
    /// Options that may be chosen in addition, each independently.
    pub free: OptionSet,
    /// Number of given answers changed.
    pub cost: u32,
}

/// What one step decides: one option of a question or, if `option` is `None`, whatever the question's
/// [`alternatives`] decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variable {
    pub question: QuestionId,
    pub option: Option<OptionId>,
}

/// Context of a question that limits its alternatives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Options that some term, or the question's emphasis, depends on.
    pub matter: OptionSet,
    /// Whether a term tests for “at least one of several options”, or the question has emphasis.
    pub as_whole: bool,
    /// Whether the question may stay unanswered.
    pub nothing: bool,
    /// The current choice, if other choices count as changes.
    pub today: Option<OptionSet>,
}

/// Returns the alternatives.
///
/// If the question may stay unanswered, options that do not matter are equivalent to no answer. Where sets of
/// options are grouped by their first option, there is one alternative per first option, and the options after
/// it are free. Of these alternatives, those with the fewest free options come first.
pub(super) fn alternatives(question: &Question, limits: &Limits) -> Vec<Alternative> {
    let (all, alone) = (question.all_options(), question.alone_options());
    let together = all.without(alone);
    let cost = |chosen: OptionSet| u32::from(limits.today.is_some_and(|today| today != chosen));
    let whole = |scope: OptionSet, chosen: OptionSet| Alternative {
        scope,
        chosen,
        free: OptionSet::EMPTY,
        cost: cost(chosen),
    };
    let nothing = OptionSet::EMPTY;
    match question.kind {
        Kind::Many if limits.nothing && !limits.as_whole => {
            let (alone, free) = (alone.intersection(limits.matter), together.intersection(limits.matter));
            let several = Alternative { free, ..whole(alone, nothing) };
            let alone = alone.iter().map(|option| whole(alone.union(free), IdSet::only(option)));
            std::iter::once(several).chain(alone).collect()
        }
        Kind::Many => {
            let mut later = together;
            let mut sets: Vec<Alternative> = together
                .iter()
                .map(|first| {
                    later.remove(first);
                    let set = whole(all.without(later), IdSet::only(first));
                    // Every set counts as a change, because the current choice is listed separately.
                    Alternative {
                        free: later.intersection(limits.matter),
                        cost: u32::from(limits.today.is_some()),
                        ..set
                    }
                })
                .collect();
            sets.reverse();
            let nothing = limits.nothing.then(|| whole(all, nothing));
            let today = limits.today.map(|today| whole(all, today));
            let alone = alone.iter().map(|option| whole(all, IdSet::only(option)));
            nothing.into_iter().chain(today).chain(alone).chain(sets).collect()
        }
        _ => {
            let listed = if limits.nothing { limits.matter } else { all };
            let nothing = limits.nothing.then(|| whole(listed, nothing));
            nothing
                .into_iter()
                .chain(listed.iter().map(|option| whole(listed, IdSet::only(option))))
                .collect()
        }
    }
}
