//! The ways a question can be answered; must not know what they are worth.

use crate::questionnaire::{Kind, OptionSet, Question};
use crate::set::Set;

/// One way to answer a question, as far as it is decided at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Way {
    /// The options that are decided.
    pub scope: OptionSet,
    /// Those of them that are chosen.
    pub chosen: OptionSet,
    /// Options that may be chosen besides, each for itself.
    pub free: OptionSet,
    /// How many given answers are changed.
    pub cost: u32,
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

/// Returns the ways to answer, small sets first.
///
/// Options that nothing depends on are the same as no answer where that is allowed. A set of several
/// options is described by the first of them, the later ones being free.
pub(super) fn ways(question: &Question, limits: &Limits) -> Vec<Way> {
    let (all, alone) = (question.all_options(), question.alone_options());
    let together = all.without(alone);
    let cost = |chosen: OptionSet| u32::from(limits.today.is_some_and(|today| today != chosen));
    let whole = |scope: OptionSet, chosen: OptionSet| Way {
        scope,
        chosen,
        free: OptionSet::EMPTY,
        cost: cost(chosen),
    };
    let nothing = OptionSet::EMPTY;
    match question.kind {
        Kind::Many if limits.nothing && !limits.as_whole => {
            let (alone, free) = (alone.intersection(limits.matter), together.intersection(limits.matter));
            let several = Way { free, ..whole(alone, nothing) };
            let alone = alone.iter().map(|option| whole(alone.union(free), Set::only(option)));
            std::iter::once(several).chain(alone).collect()
        }
        Kind::Many => {
            let mut later = together;
            let mut sets: Vec<Way> = together
                .iter()
                .map(|first| {
                    later.remove(first);
                    let set = whole(all.without(later), Set::only(first));
                    // Whatever is added to it, it is another set than today's.
                    Way {
                        free: later.intersection(limits.matter),
                        cost: u32::from(limits.today.is_some()),
                        ..set
                    }
                })
                .collect();
            sets.reverse();
            let nothing = limits.nothing.then(|| whole(all, nothing));
            let today = limits.today.map(|today| whole(all, today));
            let alone = alone.iter().map(|option| whole(all, Set::only(option)));
            nothing.into_iter().chain(today).chain(alone).chain(sets).collect()
        }
        _ => {
            let listed = if limits.nothing { limits.matter } else { all };
            let nothing = limits.nothing.then(|| whole(listed, nothing));
            nothing.into_iter().chain(listed.iter().map(|option| whole(listed, Set::only(option)))).collect()
        }
    }
}
