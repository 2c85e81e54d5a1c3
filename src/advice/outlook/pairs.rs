//! Computes, for every pair of candidates, the most points that answers can move from the first to the
//! second.

use crate::advice::prospects::{Branch, Diagram, Fork};
use crate::id_set::SmallId as _;
use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, PerCandidate, PerId, QuestionId};

/// Lower than any sum of points, but high enough that adding up diagrams does not overflow.
const IMPOSSIBLE: i64 = i64::MIN / 4096;

/// The combined effect of many diagrams, from which each can be subtracted again. The effects of single
/// diagrams are not stored, because each takes memory quadratic in the number of candidates.
pub(super) struct Sum {
    candidates: usize,
    /// For each pair, the most points moved, summed over the diagrams that can leave both candidates in the
    /// running.
    most: Vec<i64>,
    /// For each pair, the number of diagrams that cannot leave both candidates in the running.
    blocking: Vec<u32>,
    /// For each candidate, the number of diagrams that always rule it out.
    fatal: PerCandidate<u32>,
    /// For each candidate, the number of diagrams that may rule it out.
    risky: PerCandidate<u32>,
}

impl Sum {
    /// Sums the effects of diagrams, which must be independent of each other.
    pub fn of(diagrams: &[Diagram], candidates: usize) -> Self {
        let size = candidates * candidates;
        let mut sum = Self {
            candidates,
            most: vec![0; size],
            blocking: vec![0; size],
            fatal: PerId::filled(candidates, 0),
            risky: PerId::filled(candidates, 0),
        };
        for diagram in diagrams {
            let pairs = Pairs::new(diagram, candidates);
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

    /// Returns the most points moved from `leader` to `rival` with both in the running; `None` if that is
    /// impossible.
    pub fn most(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        let at = leader.index() * self.candidates + rival.index();
        (self.blocking[at] == 0).then_some(self.most[at])
    }

    /// Returns the combined effect without some of the diagrams; `forks` holds their effects.
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

/// The effect of one diagram, or of several together, on each pair of candidates.
#[derive(Clone)]
pub(super) struct Pairs {
    candidates: usize,
    /// For each pair, the most points moved by any answers that leave both candidates in the running.
    most: Vec<i64>,
    /// Candidates that some answer leaves in the running.
    pub alive: CandidateSet,
    /// Candidates that some answer rules out.
    pub may_be_out: CandidateSet,
}

impl Pairs {
    /// Computes the effect of a diagram over all its branches.
    pub fn new(diagram: &Diagram, candidates: usize) -> Self {
        let (alive, may_be_out) = left_and_out(diagram, candidates, &|_, _| true);
        let mut most = Vec::with_capacity(candidates * candidates);
        for leader in CandidateSet::first(candidates).iter() {
            most.extend_from_slice(Rows::new(diagram, candidates, leader).top());
        }
        Self { candidates, most, alive, may_be_out }
    }

    /// Computes the effect of a diagram over all its branches. Also computes the effect for each of several
    /// answers to `question`.
    pub fn answered(
        diagram: &Diagram,
        candidates: usize,
        question: QuestionId,
        answers: &[OptionSet],
    ) -> (Self, Vec<Self>) {
        let depends = diagram.values(|fork, below: &[bool]| {
            let mut then = fork.branches.iter().flat_map(|branch| &branch.then);
            fork.question == Some(question) || then.any(|fork| below[*fork])
        });
        let depends: Vec<usize> = (0..depends.len()).filter(|position| depends[*position]).collect();
        let allowed = |options: OptionSet| {
            move |fork: &Fork, branch: &Branch| fork.question != Some(question) || branch.is_of(options)
        };
        let pairs = |(alive, may_be_out): (CandidateSet, CandidateSet)| {
            let most = Vec::with_capacity(candidates * candidates);
            Self { candidates, most, alive, may_be_out }
        };
        let mut whole = pairs(left_and_out(diagram, candidates, &|_, _| true));
        let answered = |options: &OptionSet| pairs(left_and_out(diagram, candidates, &allowed(*options)));
        let mut all: Vec<Self> = answers.iter().map(answered).collect();
        for leader in CandidateSet::first(candidates).iter() {
            let mut rows = Rows::new(diagram, candidates, leader);
            whole.most.extend_from_slice(rows.top());
            for (pairs, options) in all.iter_mut().zip(answers) {
                for position in &depends {
                    rows.fill(*position, &allowed(*options));
                }
                pairs.most.extend_from_slice(rows.top());
            }
        }
        (whole, all)
    }

    /// Adds the effect of another diagram, which must be independent.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in self.most.iter_mut().zip(&other.most) {
            *sum = (*sum + more).max(IMPOSSIBLE);
        }
        self.alive = self.alive.intersection(other.alive);
        self.may_be_out = self.may_be_out.union(other.may_be_out);
    }

    /// Returns the most points moved from `leader` to `rival` with both in the running; `None` if that is
    /// impossible.
    pub fn most(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        possible(self.most[leader.index() * self.candidates + rival.index()])
    }
}

/// Returns the candidates that the allowed branches can leave in the running, and those they can rule out.
fn left_and_out(
    diagram: &Diagram,
    candidates: usize,
    allowed: &impl Fn(&Fork, &Branch) -> bool,
) -> (CandidateSet, CandidateSet) {
    let all = CandidateSet::first(candidates);
    diagram.value(|fork, below: &[(CandidateSet, CandidateSet)]| {
        let branches = fork.branches.iter().filter(|branch| allowed(fork, branch));
        branches.fold((CandidateSet::EMPTY, CandidateSet::EMPTY), |(alive, may_be_out), branch| {
            let mut here = (all.without(branch.ruled_out), branch.ruled_out);
            for (left, out) in branch.then.iter().map(|fork| below[*fork]) {
                here = (here.0.intersection(left), here.1.union(out));
            }
            (alive.union(here.0), may_be_out.union(here.1))
        })
    })
}

/// For each fork and rival, the most points that answers move from one leader to the rival while both stay in
/// the running. The rows hold one leader at a time, because all pairs of all forks would take too much
/// memory.
struct Rows<'d> {
    diagram: &'d Diagram,
    candidates: usize,
    leader: CandidateId,
    most: Vec<i64>,
    /// Points moved by one branch; a buffer reused across branches.
    branch: Vec<i64>,
}

impl<'d> Rows<'d> {
    fn new(diagram: &'d Diagram, candidates: usize, leader: CandidateId) -> Self {
        let forks = diagram.top_position() + 1;
        let (most, branch) = (vec![0; forks * candidates], vec![0; candidates]);
        let mut rows = Self { diagram, candidates, leader, most, branch };
        (0..forks).for_each(|position| rows.fill(position, &|_, _| true));
        rows
    }

    /// Computes the row of a fork from its allowed branches. The rows of the forks below must be filled.
    fn fill(&mut self, position: usize, allowed: &impl Fn(&Fork, &Branch) -> bool) {
        let Self { diagram, candidates, leader, most, branch: moved } = self;
        let row = |position: usize| position * *candidates..(position + 1) * *candidates;
        let (below, rest) = most.split_at_mut(row(position).start);
        let own = &mut rest[..*candidates];
        own.fill(IMPOSSIBLE);
        let fork = diagram.fork(position);
        let spares = |branch: &&Branch| allowed(fork, branch) && !branch.ruled_out.contains(*leader);
        for branch in fork.branches.iter().filter(spares) {
            let lost = branch.change[*leader];
            moved.iter_mut().zip(branch.change.values()).for_each(|(moved, change)| *moved = change - lost);
            for further in &branch.then {
                let further = &below[row(*further)];
                moved.iter_mut().zip(further).for_each(|(sum, more)| *sum = (*sum + more).max(IMPOSSIBLE));
            }
            for rival in branch.ruled_out.iter() {
                moved[rival.index()] = IMPOSSIBLE;
            }
            own.iter_mut().zip(&*moved).for_each(|(most, moved)| *most = (*most).max(*moved));
        }
    }

    fn top(&self) -> &[i64] {
        &self.most[self.diagram.top_position() * self.candidates..]
    }
}
