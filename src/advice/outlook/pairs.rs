//! For every pair of candidates, the most that answers can move from the first to the second.

use crate::advice::prospects::{Branch, Fork};
use crate::id_set::SmallId as _;
use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, PerCandidate, PerId, QuestionId};

/// Less than any sum of points, yet far from overflow when forks are added.
const IMPOSSIBLE: i64 = i64::MIN / 4096;

/// What many forks can do together, such that each can be taken out again: what would otherwise be
/// kept for each of them takes the room of all candidates squared.
pub(super) struct Sum {
    candidates: usize,
    /// Over the forks that leave both in the running in some way.
    most: Vec<i64>,
    /// By pair, how many forks leave no way for both.
    blocking: Vec<u32>,
    /// By candidate, how many forks rule it out whatever happens, and how many may.
    fatal: PerCandidate<u32>,
    risky: PerCandidate<u32>,
}

impl Sum {
    /// Adds up what forks can do that are independent of each other.
    pub fn of<'c>(forks: impl IntoIterator<Item = &'c Fork>, candidates: usize) -> Self {
        let size = candidates * candidates;
        let mut sum = Self {
            candidates,
            most: vec![0; size],
            blocking: vec![0; size],
            fatal: PerId::filled(candidates, 0),
            risky: PerId::filled(candidates, 0),
        };
        for fork in forks {
            let pairs = Pairs::new(fork, candidates);
            for ((sum, blocking), most) in sum.most.iter_mut().zip(&mut sum.blocking).zip(&pairs.most) {
                match possible(*most) {
                    Some(most) => *sum += most,
                    None => *blocking += 1,
                }
            }
            for candidate in CandidateSet::first(candidates).without(pairs.alive).iter() {
                sum.fatal[candidate] += 1;
            }
            for candidate in pairs.may_be_out.iter() {
                sum.risky[candidate] += 1;
            }
        }
        sum
    }

    /// The most moved from `leader` to `rival` while both are in the running.
    pub fn most(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        let at = leader.index() * self.candidates + rival.index();
        (self.blocking[at] == 0).then_some(self.most[at])
    }

    /// What the others can do without some of the forks that were added.
    pub fn without<'p>(&self, forks: &(impl Iterator<Item = &'p Pairs> + Clone)) -> Pairs {
        let most = (0..self.most.len()).map(|at| {
            let own = forks.clone().map(|pairs| possible(pairs.most[at]));
            let blocking = own.clone().filter(Option::is_none).count();
            if blocking < self.blocking[at] as usize {
                return IMPOSSIBLE;
            }
            self.most[at] - own.flatten().sum::<i64>()
        });
        let all = CandidateSet::first(self.candidates);
        let count = |is: &dyn Fn(&Pairs) -> bool| forks.clone().filter(|pairs| is(pairs)).count();
        let alive = |it: &CandidateId| count(&|pairs| !pairs.alive.contains(*it)) == self.fatal[*it] as usize;
        let may_be_out =
            |it: &CandidateId| count(&|pairs| pairs.may_be_out.contains(*it)) < self.risky[*it] as usize;
        Pairs {
            candidates: self.candidates,
            most: most.collect(),
            alive: all.iter().filter(alive).collect(),
            may_be_out: all.iter().filter(may_be_out).collect(),
        }
    }
}

fn possible(most: i64) -> Option<i64> {
    (most > IMPOSSIBLE / 2).then_some(most)
}

/// What one fork, or several together, can do to each pair.
#[derive(Clone)]
pub(super) struct Pairs {
    candidates: usize,
    /// Over answers that leave both in the running.
    most: Vec<i64>,
    /// Candidates that some answer leaves in the running.
    pub alive: CandidateSet,
    /// Candidates that some answer rules out.
    pub may_be_out: CandidateSet,
}

impl Pairs {
    /// Looks at all branches of a fork.
    pub fn new(fork: &Fork, candidates: usize) -> Self {
        Self::of(fork, candidates, &|_, _| true)
    }

    /// Looks at what can happen when a question is answered with just these options.
    pub fn answered(fork: &Fork, candidates: usize, question: QuestionId, options: OptionSet) -> Self {
        Self::of(fork, candidates, &|fork, branch| fork.question != Some(question) || branch.is_of(options))
    }

    /// Adds what another fork can do; the two are independent.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for (sum, more) in self.most.iter_mut().zip(&other.most) {
            *sum = (*sum + more).max(IMPOSSIBLE);
        }
        self.alive = self.alive.intersection(other.alive);
        self.may_be_out = self.may_be_out.union(other.may_be_out);
        self
    }

    fn of(fork: &Fork, candidates: usize, allowed: &impl Fn(&Fork, &Branch) -> bool) -> Self {
        let size = candidates * candidates;
        let mut pairs = Self {
            candidates,
            most: vec![IMPOSSIBLE; size],
            alive: CandidateSet::EMPTY,
            may_be_out: CandidateSet::EMPTY,
        };
        for branch in fork.branches.iter().filter(|branch| allowed(fork, branch)) {
            let below = branch.then.iter().map(|fork| Self::of(fork, candidates, allowed));
            let below = below.reduce(|all, own| all.and(&own));
            pairs.raise(branch, below.as_ref());
        }
        pairs
    }

    /// Notes what a branch can do, with all that can happen below it.
    fn raise(&mut self, branch: &Branch, below: Option<&Self>) {
        let candidates = self.candidates;
        let here = CandidateSet::first(candidates).without(branch.ruled_out);
        self.may_be_out = self.may_be_out.union(branch.ruled_out);
        self.alive = self.alive.union(below.map_or(here, |below| below.alive.intersection(here)));
        if let Some(below) = below {
            self.may_be_out = self.may_be_out.union(below.may_be_out);
        }
        for leader in here.iter() {
            let lost = branch.change[leader];
            let row = leader.index() * candidates..(leader.index() + 1) * candidates;
            let below = below.map(|below| &below.most[row.clone()]);
            for (most, (rival, change)) in self.most[row].iter_mut().zip(branch.change.iter()) {
                if here.contains(rival) {
                    let further = below.map_or(0, |below| below[rival.index()]);
                    *most = (*most).max((change - lost + further).max(IMPOSSIBLE));
                }
            }
        }
    }

    /// The most moved from `leader` to `rival` while both are in the running.
    pub fn most(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        possible(self.most[leader.index() * self.candidates + rival.index()])
    }
}
