//! Finds the fewest given answers that would have to change for some effect.
//!
//! Each fork has a best gain for each number of changes, and forks are joined by (max,+) convolution. The
//! result is exact because sibling forks are independent.

use std::collections::BTreeSet;

use super::{Choices, Fewest};
use crate::advice::prospects::{Branch, Diagram, Prospects};
use crate::answers::EffectiveAnswers;
use crate::questionnaire::{CandidateId, OptionSet, PerCandidate, QuestionId};

/// A search for the fewest changes in one part.
pub(super) struct ChangeSearch<'a> {
    prospects: &'a Prospects,
    scores: &'a PerCandidate<i64>,
    today: EffectiveAnswers,
}

/// The branches taken, with the questions that they answer.
type Picks<'a> = Vec<(QuestionId, &'a Branch)>;

/// For each number of changes, the best gain and the branches that achieve it.
type Best<'a> = Vec<Option<(i64, Picks<'a>)>>;

impl<'a> ChangeSearch<'a> {
    /// Creates a search. `prospects` must be those in which given answers vary.
    pub fn new(prospects: &'a Prospects, scores: &'a PerCandidate<i64>, today: EffectiveAnswers) -> Self {
        Self { prospects, scores, today }
    }

    /// Finds the fewest changes after which `rival` is in the running with at least the score of `leader`.
    pub fn until_level(&self, leader: CandidateId, rival: CandidateId) -> Fewest {
        if self.prospects.ruled_out.contains(rival) {
            return self.none();
        }
        let lead = self.scores[leader] - self.scores[rival];
        self.least(|it| !it.ruled_out.contains(rival), |it| it.gain(leader, rival), lead)
    }

    /// Finds the fewest changes after which a candidate that is now ruled out is in the running.
    pub fn until_alive(&self, candidate: CandidateId) -> Fewest {
        if self.prospects.ruled_out.contains(candidate) {
            return self.none();
        }
        self.least(|it| !it.ruled_out.contains(candidate), |_| 0, 0)
    }

    /// Finds the fewest changes after which a candidate that is now in the running is ruled out.
    pub fn until_ruled_out(&self, candidate: CandidateId) -> Fewest {
        let value = |it: &Branch| i64::from(it.ruled_out.contains(candidate));
        let hit = |diagram: &'a Diagram| {
            let ways = best_by_cost(diagram, &|_| true, &value);
            ways.into_iter().flatten().find(|(hits, _)| *hits > 0)
        };
        let changes = self.prospects.diagrams.iter().filter_map(hit).map(|(_, picks)| self.changes(&picks));
        let Some(changes) = changes.min_by_key(Vec::len) else { return self.none() };
        self.found(self.simplest(changes, |taken| taken.iter().any(|it| value(it) > 0)))
    }

    /// Finds the fewest changes that take only allowed branches and whose summed value reaches `needed`.
    fn least(
        &self,
        allowed: impl Fn(&Branch) -> bool,
        value: impl Fn(&Branch) -> i64,
        needed: i64,
    ) -> Fewest {
        let mut total: Best<'a> = vec![Some((0, Vec::new()))];
        for diagram in &self.prospects.diagrams {
            total = join(&total, &best_by_cost(diagram, &allowed, &value));
        }
        let enough = total.iter().flatten().find(|(gain, _)| *gain >= needed);
        let Some((_, picks)) = enough else { return self.none() };
        self.found(self.simplest(self.changes(picks), |taken| {
            taken.iter().all(|it| allowed(it)) && taken.iter().map(|it| value(it)).sum::<i64>() >= needed
        }))
    }

    /// Simplifies changes that are enough. A single changed answer becomes a change of one option if that is
    /// enough; otherwise, needless changes of options are dropped. The changes with the largest gain are
    /// seldom the simplest.
    fn simplest(&self, mut changes: Choices, is_enough: impl Fn(&[&Branch]) -> bool) -> Choices {
        let does_it = |changes: &Choices| self.taken(changes).is_some_and(|taken| is_enough(&taken));
        if let [(question, options)] = changes.as_slice()
            && self.toggles(*question).all(|one| one != *options)
            && let Some(simpler) = self.single_toggles().find(|changes| does_it(changes))
        {
            return simpler;
        }
        for at in 0..changes.len() {
            let (question, options) = changes[at];
            let today = self.today.chosen(question);
            for option in options.without(today).union(today.without(options)).iter() {
                let before = changes[at].1;
                let one = OptionSet::only(option);
                let after = if before.contains(option) { before.without(one) } else { before.union(one) };
                // This would restore the whole answer, but every changed answer is needed.
                if after == today {
                    continue;
                }
                changes[at].1 = after;
                if !does_it(&changes) {
                    changes[at].1 = before;
                }
            }
        }
        changes
    }

    /// Returns every way to add or remove one option of one question, or to choose it alone, in file order.
    fn single_toggles(&self) -> impl Iterator<Item = Choices> {
        let forks = self.prospects.diagrams.iter().flat_map(Diagram::forks);
        let asked: BTreeSet<QuestionId> = forks.filter_map(|fork| fork.question).collect();
        let of = |question| self.toggles(question).map(move |options| vec![(question, options)]);
        asked.into_iter().flat_map(of)
    }

    fn toggles(&self, question: QuestionId) -> impl Iterator<Item = OptionSet> {
        let today = self.today.chosen(question);
        let options = self.prospects.options_of(question).iter();
        options.flat_map(move |option| {
            let one = OptionSet::only(option);
            let more_or_less = if today.contains(option) { today.without(one) } else { today.union(one) };
            [more_or_less, one].into_iter().filter(move |after| *after != today && !after.is_empty())
        })
    }

    /// Returns the branches taken after some changes; `None` if they cannot be determined from the answers.
    fn taken(&self, changes: &Choices) -> Option<Vec<&'a Branch>> {
        let mut taken = Vec::new();
        for diagram in &self.prospects.diagrams {
            let mut ahead = vec![diagram.top_position()];
            while let Some(position) = ahead.pop() {
                let fork = diagram.fork(position);
                let question = fork.question?;
                let changed = changes.iter().find(|(changed, _)| *changed == question);
                let options = changed.map_or_else(|| self.today.chosen(question), |(_, options)| *options);
                let branch = fork.branches.iter().find(|branch| branch.is_of(options))?;
                ahead.extend(&branch.then);
                taken.push(branch);
            }
        }
        Some(taken)
    }

    fn none(&self) -> Fewest {
        if self.prospects.exact { Fewest::None } else { Fewest::AtLeast(1) }
    }

    fn found(&self, changes: Choices) -> Fewest {
        if self.prospects.exact { Fewest::Changes(changes) } else { Fewest::AtLeast(changes.len().max(1)) }
    }

    /// Combines branches into answers and returns those that differ from the current ones.
    fn changes(&self, picks: &Picks<'_>) -> Choices {
        let mut choices = chosen(picks.iter().copied());
        choices.retain(|(question, chosen)| *chosen != self.today.chosen(*question));
        choices
    }
}

/// Combines branches into one answer per question.
pub(super) fn chosen<'b>(picks: impl IntoIterator<Item = (QuestionId, &'b Branch)>) -> Choices {
    let mut choices: Choices = Vec::new();
    for (question, branch) in picks {
        match choices.iter_mut().find(|(id, _)| *id == question) {
            Some((_, options)) => *options = options.union(branch.chosen),
            None => choices.push((question, branch.chosen)),
        }
    }
    choices.sort_by_key(|(question, _)| *question);
    choices
}

/// Returns the smallest of several results; [`Fewest::None`] only if all of them are `None`.
pub(super) fn least(all: impl IntoIterator<Item = Fewest>) -> Fewest {
    let size = |fewest: &Fewest| match fewest {
        Fewest::AtLeast(count) => (*count, 0),
        Fewest::Changes(changes) => (changes.len(), 1),
        Fewest::None => (usize::MAX, 2),
    };
    all.into_iter().min_by_key(size).unwrap_or(Fewest::None)
}

/// Returns, for each number of changes, the best value of one diagram and the allowed branches that achieve
/// it.
fn best_by_cost<'a>(
    diagram: &'a Diagram,
    allowed: &impl Fn(&Branch) -> bool,
    value: &impl Fn(&Branch) -> i64,
) -> Best<'a> {
    diagram.value(|fork, ways: &[Best<'a>]| {
        let mut best: Best<'a> = Vec::new();
        for branch in fork.branches.iter().filter(|branch| allowed(branch)) {
            let mut below: Best<'a> = vec![Some((value(branch), Vec::new()))];
            for fork in &branch.then {
                below = join(&below, &ways[*fork]);
            }
            let own = fork.question.map(|question| (question, branch));
            for (cost, way) in below.into_iter().enumerate() {
                if let Some((gain, mut picks)) = way {
                    offer(&mut best, cost + branch.cost as usize, gain, || {
                        picks.extend(own);
                        picks
                    });
                }
            }
        }
        best
    })
}

/// Joins two tables: for each number of changes, finds the best way to split it between them.
fn join<'a>(left: &Best<'a>, right: &Best<'a>) -> Best<'a> {
    let mut joined: Best<'a> = Vec::new();
    for (cost, one) in left.iter().enumerate() {
        for (more, other) in right.iter().enumerate() {
            if let (Some((gain, picks)), Some((further, others))) = (one, other) {
                offer(&mut joined, cost + more, gain + further, || [picks.as_slice(), others].concat());
            }
        }
    }
    joined
}

/// Records a way unless another one gains as much with no more changes.
fn offer<'a>(best: &mut Best<'a>, cost: usize, gain: i64, picks: impl FnOnce() -> Picks<'a>) {
    if best.iter().take(cost + 1).flatten().any(|(known, _)| *known >= gain) {
        return;
    }
    if best.len() <= cost {
        best.resize(cost + 1, None);
    }
    best[cost] = Some((gain, picks()));
    // A way with more changes and no more gain is dominated.
    for dearer in best.iter_mut().skip(cost + 1) {
        if dearer.as_ref().is_some_and(|(known, _)| *known <= gain) {
            *dearer = None;
        }
    }
}
