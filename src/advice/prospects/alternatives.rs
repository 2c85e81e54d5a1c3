//! The ways in which a question can be answered.

use crate::id_set::IdSet;
use crate::questionnaire::{Kind, OptionId, OptionSet, Question, QuestionId};

/// One way to answer a question, as far as it is decided at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Alternative {
    /// The options that are decided.
    pub scope: OptionSet,
    /// Those of them that are chosen.
    pub chosen: OptionSet,
    /// Options that may be chosen besides, each for itself.
    pub free: OptionSet,
    /// How many given answers are changed.
    pub cost: u32,
}

/// What is decided at once: a question as far as its [`alternatives`] go, or one option of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variable {
    pub question: QuestionId,
    pub option: Option<OptionId>,
}

/// What is known about the question besides its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Options that something depends on.
    pub matter: OptionSet,
    /// Whether something depends on whether any of several options is chosen.
    pub as_whole: bool,
    /// Whether it may stay without an answer.
    pub nothing: bool,
    /// What is chosen today, where other choices are changes.
    pub today: Option<OptionSet>,
}

/// Returns the alternatives, small sets first.
///
/// Options that nothing depends on are the same as no answer where that is allowed. A set of several
/// options is described by the first of them, the later ones being free.
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
                    // Whatever is added to it, it is another set than today's.
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
