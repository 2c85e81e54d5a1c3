//! Who can still lead: a search with a witness or a certificate; must not guess.
//!
//! In general the question is NP-hard: it contains the elimination problem of a season with a draw
//! rule (Kern and Paulusma 2001). What makes it tractable here are integer multipliers on the
//! rivals (a Lagrangian bound, Geoffrion 1974): if the weighted sum of the candidate's leads is
//! negative at best, it never leads; and the answers that are best for the weights are often a
//! completion in which it does.

use super::fewest::chosen;
use super::{Certificate, Verdict};
use crate::advice::space::{Branch, Choice, Space};
use crate::questionnaire::{CandidateId, CandidateSet, QuestionId};

/// Rounds in which the weight of the worst rival is raised.
const ROUNDS: usize = 300;
/// The same below the root of the search.
const ROUNDS_BELOW: usize = 24;
/// Nodes of the search before it gives up.
const NODES: usize = 4_000;

/// Decides whether a candidate leads, alone or with others, in some completion.
pub(super) fn verdict(space: &Space, scores: &[i64], candidate: CandidateId) -> Verdict {
    if space.ruled_out.contains(candidate) {
        return Verdict::CannotWin(Certificate::RuledOut);
    }
    let mut forks = 0;
    let open: Option<Vec<Fork<'_>>> =
        space.choices.iter().map(|choice| Fork::new(choice, candidate, &mut forks)).collect();
    let Some(open) = open else { return Verdict::CannotWin(Certificate::RuledOut) };
    let all = CandidateSet::first(scores.len()).without(space.ruled_out);
    let rivals: Vec<CandidateId> = all.iter().filter(|rival| *rival != candidate).collect();
    let leads = rivals.iter().map(|rival| scores[candidate.0] - scores[rival.0]).collect();
    Search { candidate, rivals, leads, open, forks }.run(space.exact)
}

/// A choice without the branches that are of no use to the candidate; exactly one of the moves is made.
struct Fork<'a> {
    /// Position among all forks.
    id: usize,
    moves: Vec<Move<'a>>,
}

/// A branch, and what is still open below it.
struct Move<'a> {
    question: Option<QuestionId>,
    branch: &'a Branch,
    then: Vec<Fork<'a>>,
}

struct Search<'a> {
    candidate: CandidateId,
    /// The rivals that are not ruled out for good.
    rivals: Vec<CandidateId>,
    /// Leads over them today.
    leads: Vec<i64>,
    open: Vec<Fork<'a>>,
    /// Number of forks, those below others included.
    forks: usize,
}

/// A state of the depth-first search: by fork, the move that is fixed.
type Node = Vec<Option<usize>>;

enum Found<'s> {
    Witness(Vec<&'s Move<'s>>),
    /// Nothing below this node, shown by weights on the rivals.
    Nothing(Vec<i64>),
    /// Branch on these.
    Branch(Vec<Node>),
}

/// Weights on the candidate's leads, as weights on scores.
#[derive(Default)]
struct Pulls {
    /// The rivals that carry weight; with each whether it is sure to stay.
    rivals: Vec<(CandidateId, i64, bool)>,
    /// Sum of the weights of those that are sure to stay, and of all.
    sums: (i64, i64),
}

/// What a choice is worth: to the bound, to the weighted sum of all leads, and in rivals ruled out.
type Worth = (i64, i64, usize);

impl Search<'_> {
    fn run(&self, exact: bool) -> Verdict {
        let mut nodes = vec![vec![None; self.forks]];
        let mut seen = 0;
        while let Some(node) = nodes.pop() {
            seen += 1;
            if seen > NODES {
                return Verdict::NotRuledOut;
            }
            match self.look(&node, if seen == 1 { ROUNDS } else { ROUNDS_BELOW }) {
                Found::Witness(moves) if exact => {
                    let picks = moves.iter().filter_map(|it| Some((it.question?, it.branch)));
                    return Verdict::CanWin(chosen(picks));
                }
                // Branches that may not happen can be no witness, and no further search can mend that.
                Found::Witness(_) => return Verdict::NotRuledOut,
                Found::Nothing(weights) if seen == 1 => {
                    let rivals = self.rivals.iter().copied().zip(weights).filter(|(_, weight)| *weight > 0);
                    return Verdict::CannotWin(Certificate::Rivals(rivals.collect()));
                }
                Found::Nothing(_) => {}
                Found::Branch(below) => nodes.extend(below),
            }
        }
        Verdict::CannotWin(Certificate::Exhausted(seen))
    }

    fn look(&self, node: &Node, rounds: usize) -> Found<'_> {
        let gone = self.open.iter().fold(CandidateSet::EMPTY, |gone, fork| gone.union(fork.ruled_out(node)));
        // A rival that may be ruled out must not carry weight, or the bound would not hold.
        let firm: Vec<bool> = self.rivals.iter().map(|rival| !gone.contains(*rival)).collect();
        let mut weights = vec![0_i64; self.rivals.len()];
        let mut pulls = Pulls::default();
        let mut made = Vec::new();
        for _ in 0..=rounds {
            let mut bound: i64 =
                (0..weights.len()).filter(|at| firm[*at]).map(|at| weights[at] * self.leads[at]).sum();
            let mut leads = self.leads.clone();
            let mut gone = CandidateSet::EMPTY;
            made.clear();
            for fork in &self.open {
                bound += fork.best(node, self.candidate, &pulls, &mut made).0;
            }
            for branch in made.iter().map(|it: &&Move<'_>| it.branch) {
                gone = gone.union(branch.ruled_out);
                for (lead, rival) in leads.iter_mut().zip(&self.rivals) {
                    *lead -= branch.gain(self.candidate, *rival);
                }
            }
            if bound < 0 {
                let weights = weights.iter().zip(&firm).map(|(weight, firm)| weight * i64::from(*firm));
                return Found::Nothing(weights.collect());
            }
            let behind = (0..leads.len()).filter(|at| !gone.contains(self.rivals[*at]) && leads[*at] < 0);
            let Some(worst) = behind.min_by_key(|at| leads[*at]) else { return Found::Witness(made) };
            weights[worst] += 1;
            pulls.raise(self.rivals[worst], firm[worst]);
        }
        self.branch(node)
    }

    /// Branches where a move can do most, exclusions first.
    fn branch(&self, node: &Node) -> Found<'_> {
        let mut open = Vec::new();
        self.open.iter().for_each(|fork| fork.undecided(node, &mut open));
        let spread = |fork: &&Fork<'_>| {
            let most = |rival: &CandidateId| {
                let (least, most) = fork.range(self.candidate, *rival);
                most - least
            };
            let all_open = vec![None; self.forks];
            let excludes = !fork.ruled_out(&all_open).is_empty();
            (excludes, self.rivals.iter().map(most).max().unwrap_or(0))
        };
        match open.into_iter().max_by_key(spread) {
            Some(fork) => {
                let below = (0..fork.moves.len()).map(|only| {
                    let mut below = node.clone();
                    below[fork.id] = Some(only);
                    below
                });
                Found::Branch(below.collect())
            }
            // All is fixed and somebody is ahead: no completion is left here.
            None => Found::Nothing(vec![0; self.rivals.len()]),
        }
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

    /// Returns the weighted sum of leads that a branch adds, over firm rivals and over all.
    fn worth(&self, branch: &Branch, candidate: CandidateId) -> (i64, i64) {
        let own = branch.change[candidate.0];
        self.rivals.iter().fold(
            (own * self.sums.0, own * self.sums.1),
            |(bound, all), (rival, weight, firm)| {
                let value = branch.change[rival.0] * weight;
                (bound - if *firm { value } else { 0 }, all - value)
            },
        )
    }
}

impl<'a> Fork<'a> {
    /// Leaves out what rules the candidate out; nothing if everything does.
    fn new(choice: &'a Choice, candidate: CandidateId, forks: &mut usize) -> Option<Self> {
        let id = *forks;
        *forks += 1;
        let spares = choice.branches.iter().filter(|branch| !branch.ruled_out.contains(candidate));
        let moves = spares.filter_map(|branch| {
            let then = branch.then.iter().map(|choice| Fork::new(choice, candidate, forks));
            Some(Move { question: choice.question, branch, then: then.collect::<Option<_>>()? })
        });
        let mut fork = Self { id, moves: moves.collect() };
        fork.drop_dominated(candidate);
        (!fork.moves.is_empty()).then_some(fork)
    }

    fn open_moves(&self, fixed: &Node) -> &[Move<'a>] {
        fixed[self.id].map_or(&self.moves, |only| &self.moves[only..=only])
    }

    /// Who may be ruled out.
    fn ruled_out(&self, fixed: &Node) -> CandidateSet {
        self.open_moves(fixed).iter().fold(CandidateSet::EMPTY, |all, it| {
            let below = it.then.iter().map(|fork| fork.ruled_out(fixed));
            all.union(below.fold(it.branch.ruled_out, CandidateSet::union))
        })
    }

    /// Makes the moves that are best for all leads; returns what they are worth, the first of it being
    /// the most there is for the bound.
    fn best<'s>(
        &'s self,
        fixed: &Node,
        candidate: CandidateId,
        pulls: &Pulls,
        made: &mut Vec<&'s Move<'s>>,
    ) -> Worth {
        let start = made.len();
        let (mut bound, mut best) = (i64::MIN, None);
        for it in self.open_moves(fixed) {
            let from = made.len();
            made.push(it);
            let (firm, all) = pulls.worth(it.branch, candidate);
            let mut sums: Worth = (firm, all, it.branch.ruled_out.len());
            for fork in &it.then {
                let below = fork.best(fixed, candidate, pulls, made);
                sums = (sums.0 + below.0, sums.1 + below.1, sums.2 + below.2);
            }
            bound = bound.max(sums.0);
            if best.is_none_or(|best| (sums.1, sums.2) > best) {
                best = Some((sums.1, sums.2));
                made.drain(start..from);
            } else {
                made.truncate(from);
            }
        }
        let (all, ruled_out) = best.unwrap_or_default();
        (bound, all, ruled_out)
    }

    /// Collects the forks that are next to be decided.
    fn undecided<'s>(&'s self, fixed: &Node, into: &mut Vec<&'s Fork<'s>>) {
        match self.open_moves(fixed) {
            [only] => only.then.iter().for_each(|fork| fork.undecided(fixed, into)),
            _ => into.push(self),
        }
    }

    /// The least and the most that moves add to the candidate's lead over a rival.
    fn range(&self, candidate: CandidateId, rival: CandidateId) -> (i64, i64) {
        let ranges = self.moves.iter().map(|it| {
            let own = -it.branch.gain(candidate, rival);
            it.then
                .iter()
                .map(|fork| fork.range(candidate, rival))
                .fold((own, own), |sum, below| (sum.0 + below.0, sum.1 + below.1))
        });
        ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))).unwrap_or_default()
    }

    /// Takes out moves that another one is at least as good as, against every rival.
    fn drop_dominated(&mut self, candidate: CandidateId) {
        /// Comparing all pairs of more moves than this costs more than it saves.
        const COMPARED: usize = 64;
        if self.moves.len() > COMPARED {
            return;
        }
        let better = |left: &Move<'_>, right: &Move<'_>| {
            let (own, others) = (left.branch, right.branch);
            let ahead = own.change[candidate.0] - others.change[candidate.0];
            left.then.is_empty()
                && right.then.is_empty()
                && own.ruled_out.contains_all(others.ruled_out)
                && own.change.iter().zip(&others.change).all(|(own, other)| ahead >= own - other)
        };
        let mut kept: Vec<Move<'_>> = Vec::new();
        for candidate in std::mem::take(&mut self.moves) {
            if kept.iter().any(|it| better(it, &candidate)) {
                continue;
            }
            kept.retain(|it| !better(&candidate, it));
            kept.push(candidate);
        }
        self.moves = kept;
    }
}
