//! Determines which candidates can still lead: a search for a witness or a certificate.
//!
//! The general problem is NP-hard: it includes the sports elimination problem with draws (Kern and Paulusma
//! 2001). Integer multipliers on the rivals make it tractable here (a Lagrangian bound, Geoffrion 1974). If
//! the weighted sum of the candidate's leads is negative at best, the candidate never leads. The answers that
//! maximize the sum often form a completion in which the candidate leads.

use super::fewest_changes::chosen;
use super::{Certificate, Verdict};
use crate::advice::prospects::{Branch, Diagram, Fork, Prospects};
use crate::questionnaire::{CandidateId, CandidateSet, PerCandidate, QuestionId};

/// Rounds at the root of the search; each raises the weight of the rival that is furthest ahead.
const ROUNDS: usize = 300;
/// Rounds at each node below the root.
const ROUNDS_BELOW: usize = 24;
/// Limit on search nodes, which applies if the prospects are small.
const NODES: usize = 4_000;
/// Limit on forks examined over all nodes, which bounds the time for large prospects.
const FORKS: usize = 400_000;

/// Decides whether a candidate that can stay in the running leads in some completion, alone or tied.
pub(super) fn verdict(prospects: &Prospects, scores: &PerCandidate<i64>, candidate: CandidateId) -> Verdict {
    let all = CandidateSet::first(scores.count()).without(prospects.ruled_out);
    let rivals: Vec<CandidateId> = all.iter().filter(|rival| *rival != candidate).collect();
    let leads = rivals.iter().map(|rival| scores[candidate] - scores[*rival]).collect();
    LeadSearch { prospects, candidate, rivals, leads }.run()
}

struct LeadSearch<'a> {
    prospects: &'a Prospects,
    candidate: CandidateId,
    /// The rivals, except those ruled out in every completion.
    rivals: Vec<CandidateId>,
    /// Current leads over the rivals.
    leads: Vec<i64>,
}

/// A state of the depth-first search: for each fork of each diagram, the index of its fixed branch, if any.
type Node = Vec<Vec<Option<usize>>>;

/// A branch taken, with the question of its fork.
type Taken<'s> = (Option<QuestionId>, &'s Branch);

enum Finding<'s> {
    Witness(Vec<Taken<'s>>),
    /// The candidate leads in no completion below this node. The weights on the rivals prove it; all are zero
    /// if it follows from the fixed branches.
    Nothing(Vec<i64>),
    /// The child nodes to search.
    Branch(Vec<Node>),
}

/// Weights on the candidate's leads over its rivals, stored as weights on scores: one per rival, and their
/// sum for the candidate.
#[derive(Default)]
struct Pulls {
    /// The rivals with non-zero weight: rival, weight, and whether it is certain to stay in the running.
    rivals: Vec<(CandidateId, i64, bool)>,
    /// Sum of the weights of the rivals certain to stay, and of all rivals.
    sums: (i64, i64),
}

/// What a fork adds to the bound, what it adds to the weighted sum of all leads, and how many candidates it
/// rules out.
type Worth = (i64, i64, usize);

/// The minimum and maximum that a fork adds to a lead.
type Range = (i64, i64);

impl<'a> LeadSearch<'a> {
    fn run(&self) -> Verdict {
        let diagrams = self.prospects.diagrams.iter();
        let root: Node = diagrams.map(|diagram| vec![None; diagram.forks().count()]).collect();
        let forks: usize = root.iter().map(Vec::len).sum();
        let limit = NODES.min(FORKS / forks.max(1));
        let mut nodes = vec![root];
        let mut seen = 0;
        while let Some(node) = nodes.pop() {
            seen += 1;
            if seen > limit.max(1) {
                return Verdict::NotRuledOut;
            }
            match self.look(&node, if seen == 1 { ROUNDS } else { ROUNDS_BELOW }) {
                Finding::Witness(taken) if self.prospects.exact => {
                    let picks = taken.iter().filter_map(|(question, branch)| Some(((*question)?, *branch)));
                    return Verdict::CanWin(chosen(picks));
                }
                // Inexact prospects may contain branches that cannot happen. This may therefore not be a real
                // witness, and searching further does not help.
                Finding::Witness(_) => return Verdict::NotRuledOut,
                Finding::Nothing(weights) if seen == 1 => {
                    let rivals = self.rivals.iter().copied().zip(weights).filter(|(_, weight)| *weight > 0);
                    return Verdict::CannotWin(Certificate::Rivals(rivals.collect()));
                }
                Finding::Nothing(_) => {}
                Finding::Branch(below) => nodes.extend(below),
            }
        }
        Verdict::CannotWin(Certificate::Exhausted(seen))
    }

    fn look(&self, node: &Node, rounds: usize) -> Finding<'a> {
        let choices = || self.prospects.diagrams.iter().zip(node);
        let gone = choices().filter_map(|(diagram, fixed)| self.ruled_out(diagram, fixed).pop());
        let gone = gone.fold(CandidateSet::EMPTY, CandidateSet::union);
        // A rival that may be ruled out does not count toward the bound, or the bound would not hold.
        let firm: Vec<bool> = self.rivals.iter().map(|rival| !gone.contains(*rival)).collect();
        let mut weights = vec![0_i64; self.rivals.len()];
        let mut pulls = Pulls::default();
        let mut taken = Vec::new();
        for _ in 0..=rounds {
            let firmly = (0..weights.len()).filter(|at| firm[*at]);
            let mut bound: i64 = firmly.map(|at| weights[at] * self.leads[at]).sum();
            let mut leads = self.leads.clone();
            let mut gone = CandidateSet::EMPTY;
            taken.clear();
            for (diagram, fixed) in choices() {
                match self.best(diagram, fixed, &pulls, &mut taken) {
                    Some(most) => bound += most,
                    // The fixed branches always rule the candidate out.
                    None => return Finding::Nothing(vec![0; self.rivals.len()]),
                }
            }
            for (_, branch) in &taken {
                gone = gone.union(branch.ruled_out);
                for (lead, rival) in leads.iter_mut().zip(&self.rivals) {
                    *lead -= branch.gain(self.candidate, *rival);
                }
            }
            if bound < 0 {
                let weights = weights.iter().zip(&firm).map(|(weight, firm)| weight * i64::from(*firm));
                return Finding::Nothing(weights.collect());
            }
            let behind = (0..leads.len()).filter(|at| !gone.contains(self.rivals[*at]) && leads[*at] < 0);
            let Some(worst) = behind.min_by_key(|at| leads[*at]) else { return Finding::Witness(taken) };
            weights[worst] += 1;
            pulls.raise(self.rivals[worst], firm[worst]);
        }
        self.branch(node)
    }

    /// Returns the branches that are still open and do not rule the candidate out, with their positions.
    fn open<'s>(&self, fork: &'s Fork, fixed: Option<usize>) -> impl Iterator<Item = (usize, &'s Branch)> {
        let candidate = self.candidate;
        fork.branches.iter().enumerate().filter(move |(index, branch)| {
            fixed.is_none_or(|only| only == *index) && !branch.ruled_out.contains(candidate)
        })
    }

    /// Returns, for each fork, the candidates that the open branches from there down can rule out.
    fn ruled_out(&self, diagram: &Diagram, fixed: &[Option<usize>]) -> Vec<CandidateSet> {
        diagram.values(|fork, below: &[CandidateSet]| {
            self.open(fork, fixed[below.len()]).fold(CandidateSet::EMPTY, |all, (_, branch)| {
                let below = branch.then.iter().map(|fork| below[*fork]);
                all.union(below.fold(branch.ruled_out, CandidateSet::union))
            })
        })
    }

    /// Adds to `taken` the branches that maximize the weighted sum of all leads. Returns the most that the
    /// diagram can add to the bound. Returns `None` if every branch rules the candidate out.
    fn best(
        &self,
        diagram: &'a Diagram,
        fixed: &[Option<usize>],
        pulls: &Pulls,
        taken: &mut Vec<Taken<'a>>,
    ) -> Option<i64> {
        let best = diagram.values(|fork, below: &[Option<(Worth, Taken<'a>)>]| {
            let worth = |branch: &Branch| {
                let (firm, all) = pulls.worth(branch, self.candidate);
                branch.then.iter().try_fold((firm, all, branch.ruled_out.len()), |sums, fork| {
                    let (more, _) = below[*fork]?;
                    Some((sums.0 + more.0, sums.1 + more.1, sums.2 + more.2))
                })
            };
            let (mut bound, mut best) = (i64::MIN, None);
            for (_, branch) in self.open(fork, fixed[below.len()]) {
                let Some((firm, all, ruled_out)) = worth(branch) else { continue };
                bound = bound.max(firm);
                if best.is_none_or(|(known, _)| (all, ruled_out) > known) {
                    best = Some(((all, ruled_out), branch));
                }
            }
            best.map(|((all, ruled_out), branch)| ((bound, all, ruled_out), (fork.question, branch)))
        });
        let mut to_take = vec![diagram.top_position()];
        while let Some(position) = to_take.pop() {
            let (_, (question, branch)) = best[position]?;
            taken.push((question, branch));
            to_take.extend(&branch.then);
        }
        best[diagram.top_position()].map(|((bound, ..), _)| bound)
    }

    /// Branches on the undecided fork with the largest effect, exclusions first.
    fn branch(&self, node: &Node) -> Finding<'a> {
        let mut most: Option<((bool, i64), usize, usize)> = None;
        for (at, (diagram, fixed)) in self.prospects.diagrams.iter().zip(node).enumerate() {
            let undecided = self.undecided(diagram, fixed);
            if undecided.is_empty() {
                continue;
            }
            let ruled_out = self.ruled_out(diagram, fixed);
            let mut spreads = vec![0; fixed.len()];
            for rival in &self.rivals {
                let ranges = self.ranges(diagram, fixed, *rival);
                for (spread, range) in spreads.iter_mut().zip(ranges) {
                    *spread = range.map_or(0, |(least, most)| most - least).max(*spread);
                }
            }
            for position in undecided {
                let spread = (!ruled_out[position].is_empty(), spreads[position]);
                if most.is_none_or(|(known, ..)| spread >= known) {
                    most = Some((spread, at, position));
                }
            }
        }
        // If every fork is fixed and a rival is ahead, the candidate leads in no completion below this node.
        let Some((_, at, position)) = most else { return Finding::Nothing(vec![0; self.rivals.len()]) };
        let useful = self.useful(self.prospects.diagrams[at].fork(position), node[at][position]);
        let below = useful.into_iter().map(|only| {
            let mut below = node.clone();
            below[at][position] = Some(only);
            below
        });
        Finding::Branch(below.collect())
    }

    /// Returns the positions of the forks to decide next: the uppermost ones with several open branches.
    fn undecided(&self, diagram: &Diagram, fixed: &[Option<usize>]) -> Vec<usize> {
        let mut undecided = Vec::new();
        let mut to_see = vec![diagram.top_position()];
        while let Some(position) = to_see.pop() {
            let mut open = self.open(diagram.fork(position), fixed[position]);
            match (open.next(), open.next()) {
                (Some((_, only)), None) => to_see.extend(&only.then),
                _ => undecided.push(position),
            }
        }
        undecided
    }

    /// Returns, for each fork, the minimum and maximum that the open branches from there down add to a
    /// rival's lead over the candidate.
    fn ranges(&self, diagram: &Diagram, fixed: &[Option<usize>], rival: CandidateId) -> Vec<Option<Range>> {
        diagram.values(|fork, below: &[Option<Range>]| {
            let of_branch = |(_, branch): (usize, &Branch)| {
                let own = branch.gain(self.candidate, rival);
                branch.then.iter().try_fold((own, own), |sum, fork| {
                    let more = below[*fork]?;
                    Some((sum.0 + more.0, sum.1 + more.1))
                })
            };
            let ranges = self.open(fork, fixed[below.len()]).filter_map(of_branch);
            ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
        })
    }

    /// Returns the positions of the open branches, without those that another branch matches or beats against
    /// every rival. Only branches without further forks are compared.
    fn useful(&self, fork: &Fork, fixed: Option<usize>) -> Vec<usize> {
        let better = |own: &Branch, other: &Branch| {
            let ahead = own.change[self.candidate] - other.change[self.candidate];
            own.then.is_empty()
                && other.then.is_empty()
                && own.ruled_out.contains_all(other.ruled_out)
                && own.change.values().zip(other.change.values()).all(|(own, other)| ahead >= own - other)
        };
        let mut kept: Vec<(usize, &Branch)> = Vec::new();
        for (index, branch) in self.open(fork, fixed) {
            if !kept.iter().any(|(_, it)| better(it, branch)) {
                kept.retain(|(_, it)| !better(branch, it));
                kept.push((index, branch));
            }
        }
        kept.into_iter().map(|(index, _)| index).collect()
    }
}

impl Pulls {
    fn raise(&mut self, rival: CandidateId, firm: bool) {
        match self.rivals.iter_mut().find(|(known, ..)| *known == rival) {
            Some((_, weight, _)) => *weight += 1,
            None => self.rivals.push((rival, 1, firm)),
        }
        self.sums.0 += i64::from(firm);
        self.sums.1 += 1;
    }

    /// Returns what a branch adds to the weighted sum of leads: over the firm rivals, and over all rivals.
    fn worth(&self, branch: &Branch, candidate: CandidateId) -> (i64, i64) {
        let own = branch.change[candidate];
        self.rivals.iter().fold(
            (own * self.sums.0, own * self.sums.1),
            |(bound, all), (rival, weight, firm)| {
                let value = branch.change[*rival] * weight;
                (bound - if *firm { value } else { 0 }, all - value)
            },
        )
    }
}
