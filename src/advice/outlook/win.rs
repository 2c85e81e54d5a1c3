//! Who can still lead: a search with a witness or a certificate; must not guess.
//!
//! In general the question is NP-hard: it contains the elimination problem of a season with a draw
//! rule (Kern and Paulusma 2001). What makes it tractable here are integer multipliers on the
//! rivals (a Lagrangian bound, Geoffrion 1974): if the weighted sum of the candidate's leads is
//! negative at best, it never leads; and the answers that are best for the weights are often a
//! completion in which it does.

use super::{Certificate, Choices, Verdict};
use crate::advice::space::{Cluster, Space, Table};
use crate::questionnaire::{CandidateId, CandidateSet};

/// Rounds in which the weight of the worst rival is raised.
const ROUNDS: usize = 300;
/// The same below the root of the search.
const ROUNDS_BELOW: usize = 24;
/// Nodes of the search before it gives up.
const NODES: usize = 4_000;

/// Decides whether a candidate leads, alone or with others, in some completion.
pub(super) fn verdict(space: &Space, scores: &[i64], candidate: CandidateId) -> Verdict {
    let search = Search::new(space, scores, candidate);
    if space.ruled_out.contains(candidate) || search.units.iter().any(|unit| unit.cases.is_empty()) {
        return Verdict::CannotWin(Certificate::RuledOut);
    }
    search.run(space.exact)
}

/// What one outcome of a table does to the lead over each rival.
struct Move<'a> {
    /// Change of the lead over each rival.
    leads: Vec<i64>,
    ruled_out: CandidateSet,
    /// Where the answers are, for the witness: a table and its outcome.
    pick: (&'a Table, usize),
}

/// Exactly one of the moves is made.
struct Factor<'a> {
    /// Position among all factors.
    id: usize,
    moves: Vec<Move<'a>>,
}

/// Exactly one of the cases happens, with one move of each of its factors.
struct Unit<'a> {
    cases: Vec<Vec<Factor<'a>>>,
}

struct Search<'a> {
    /// The rivals that are not ruled out for good.
    rivals: Vec<CandidateId>,
    /// Leads over them today.
    leads: Vec<i64>,
    units: Vec<Unit<'a>>,
}

/// A state of the depth-first search.
#[derive(Clone)]
struct Node {
    /// By unit, the case that is fixed.
    cases: Vec<Option<usize>>,
    /// By factor, the move that is fixed.
    moves: Vec<Option<usize>>,
}

enum Found<'s> {
    Witness(Vec<&'s Move<'s>>),
    /// Nothing below this node, shown by weights on the rivals.
    Nothing(Vec<i64>),
    /// Branch on these.
    Branch(Vec<Node>),
}

/// A rival that carries weight: its position, the weight, and whether it is sure to stay.
type Pull = (usize, i64, bool);

/// What a choice is worth: to the bound, to the weighted sum of all leads, and in rivals ruled out.
type Worth = (i64, i64, usize);

impl<'a> Search<'a> {
    fn new(space: &'a Space, scores: &[i64], candidate: CandidateId) -> Self {
        let all = CandidateSet::first(scores.len()).without(space.ruled_out);
        let rivals: Vec<CandidateId> = all.iter().filter(|rival| *rival != candidate).collect();
        let leads = rivals.iter().map(|rival| scores[candidate.0] - scores[rival.0]).collect();
        let mut id = 0;
        let mut factor = |table: &'a Table| {
            let spares = |index: &usize| !table.outcome(*index).ruled_out.contains(candidate);
            let moves = (0..table.len()).filter(spares).map(|index| {
                let outcome = table.outcome(index);
                let leads = rivals.iter().map(|rival| -outcome.gain(candidate, *rival)).collect();
                Move { leads, ruled_out: outcome.ruled_out, pick: (table, index) }
            });
            let mut factor = Factor { id, moves: moves.collect() };
            factor.drop_dominated();
            id += 1;
            factor
        };
        let unit = |cluster: &'a Cluster| {
            let cases = cluster.cases.iter().map(|case| case.tables.iter().map(&mut factor).collect());
            // A case that rules the candidate out is of no use to it.
            let possible = |case: &Vec<Factor<'_>>| case.iter().all(|factor| !factor.moves.is_empty());
            Unit { cases: cases.filter(possible).collect() }
        };
        let units = space.clusters.iter().map(unit).collect();
        Self { rivals, leads, units }
    }

    fn run(&self, exact: bool) -> Verdict {
        let factors = self.units.iter().flat_map(|unit| unit.cases.iter().flatten());
        let mut root = Node {
            cases: self.units.iter().map(|unit| (unit.cases.len() == 1).then_some(0)).collect(),
            moves: vec![None; factors.clone().map(|factor| factor.id + 1).max().unwrap_or(0)],
        };
        // What has one move only is certain, and so is what it rules out.
        for factor in factors.filter(|factor| factor.moves.len() == 1) {
            root.moves[factor.id] = Some(0);
        }
        let mut nodes = vec![root];
        let mut seen = 0;
        while let Some(node) = nodes.pop() {
            seen += 1;
            if seen > NODES {
                return Verdict::NotRuledOut;
            }
            match self.look(&node, if seen == 1 { ROUNDS } else { ROUNDS_BELOW }) {
                Found::Witness(moves) if exact => return Verdict::CanWin(witness(&moves)),
                // Outcomes that may not happen can be no witness, and no branch can mend that.
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
        let firm = self.firm(node);
        let mut weights = vec![0_i64; self.rivals.len()];
        let mut chosen = Vec::new();
        for _ in 0..=rounds {
            let weighted = weights.iter().enumerate().filter(|(_, weight)| **weight > 0);
            let pulls: Vec<Pull> = weighted.map(|(at, weight)| (at, *weight, firm[at])).collect();
            let mut bound = worth(&self.leads, &pulls).0;
            let mut leads = self.leads.clone();
            let mut gone = CandidateSet::EMPTY;
            chosen.clear();
            for (unit, fixed) in self.units.iter().zip(&node.cases) {
                let start = chosen.len();
                bound += unit.best(*fixed, &node.moves, &pulls, &mut chosen);
                for it in &chosen[start..] {
                    gone = gone.union(it.ruled_out);
                    for (lead, change) in leads.iter_mut().zip(&it.leads) {
                        *lead += change;
                    }
                }
            }
            if bound < 0 {
                let firm_weights = weights.iter().zip(&firm);
                return Found::Nothing(
                    firm_weights.map(|(weight, firm)| weight * i64::from(*firm)).collect(),
                );
            }
            let behind = (0..leads.len()).filter(|at| !gone.contains(self.rivals[*at]) && leads[*at] < 0);
            let Some(worst) = behind.min_by_key(|at| leads[*at]) else { return Found::Witness(chosen) };
            weights[worst] += 1;
        }
        self.branch(node)
    }

    /// By rival, whether it stays in the running whatever is not fixed. One that may be ruled out
    /// must not carry weight, or the bound would not hold.
    fn firm(&self, node: &Node) -> Vec<bool> {
        let mut out = CandidateSet::EMPTY;
        for (unit, fixed) in self.units.iter().zip(&node.cases) {
            for factor in unit.open_cases(*fixed).flatten() {
                for it in factor.open_moves(&node.moves) {
                    out = out.union(it.ruled_out);
                }
            }
        }
        self.rivals.iter().map(|rival| !out.contains(*rival)).collect()
    }

    /// Branches where a choice can do most, exclusions first and cases before their moves.
    fn branch(&self, node: &Node) -> Found<'_> {
        let spread = |moves: &mut dyn Iterator<Item = &Move<'a>>| {
            let mut excludes = false;
            let mut ranges = vec![(i64::MAX, i64::MIN); self.rivals.len()];
            for it in moves {
                excludes |= !it.ruled_out.is_empty();
                for (range, lead) in ranges.iter_mut().zip(&it.leads) {
                    *range = (range.0.min(*lead), range.1.max(*lead));
                }
            }
            (excludes, ranges.iter().map(|(least, most)| most - least).max().unwrap_or(0))
        };
        let mut best = None;
        for (index, (unit, fixed)) in self.units.iter().zip(&node.cases).enumerate() {
            if let Some(case) = fixed {
                for factor in unit.cases[*case].iter().filter(|factor| node.moves[factor.id].is_none()) {
                    let own = (spread(&mut factor.moves.iter()), index, Some(factor));
                    best = best.into_iter().chain([own]).max_by_key(|(spread, ..)| *spread);
                }
            } else {
                let moves = unit.cases.iter().flatten().flat_map(|factor| &factor.moves);
                let own = (spread(&mut { moves }), index, None);
                best = best.into_iter().chain([own]).max_by_key(|(spread, ..)| *spread);
            }
        }
        let below = |count: usize, fix: &dyn Fn(&mut Node, usize)| {
            let below = (0..count).map(|choice| {
                let mut below = node.clone();
                fix(&mut below, choice);
                below
            });
            Found::Branch(below.collect())
        };
        match best {
            Some((_, _, Some(factor))) => {
                below(factor.moves.len(), &|node, choice| node.moves[factor.id] = Some(choice))
            }
            Some((_, unit, None)) => {
                below(self.units[unit].cases.len(), &|node, choice| node.cases[unit] = Some(choice))
            }
            // All is fixed and somebody is ahead: no completion is left here.
            None => Found::Nothing(vec![0; self.rivals.len()]),
        }
    }
}

fn worth(leads: &[i64], pulls: &[Pull]) -> (i64, i64) {
    pulls.iter().fold((0, 0), |(bound, all), (at, weight, firm)| {
        let value = leads[*at] * weight;
        (bound + if *firm { value } else { 0 }, all + value)
    })
}

impl<'a> Unit<'a> {
    fn open_cases(&self, fixed: Option<usize>) -> impl Iterator<Item = &Vec<Factor<'a>>> {
        self.cases
            .iter()
            .enumerate()
            .filter(move |(index, _)| fixed.is_none_or(|it| it == *index))
            .map(|it| it.1)
    }

    /// Makes the moves that are best for all leads; returns the most there is for the bound.
    fn best<'s>(
        &'s self,
        fixed: Option<usize>,
        moves: &[Option<usize>],
        pulls: &[Pull],
        chosen: &mut Vec<&'s Move<'s>>,
    ) -> i64 {
        let start = chosen.len();
        let (mut bound, mut best) = (i64::MIN, None);
        for case in self.open_cases(fixed) {
            let from = chosen.len();
            let mut sums: Worth = (0, 0, 0);
            for factor in case {
                let (worth, it) = factor.best(moves, pulls);
                sums = (sums.0 + worth.0, sums.1 + worth.1, sums.2 + worth.2);
                chosen.push(it);
            }
            bound = bound.max(sums.0);
            if best.is_none_or(|best| (sums.1, sums.2) > best) {
                best = Some((sums.1, sums.2));
                chosen.drain(start..from);
            } else {
                chosen.truncate(from);
            }
        }
        bound
    }
}

impl<'a> Factor<'a> {
    fn open_moves(&self, fixed: &[Option<usize>]) -> &[Move<'a>] {
        fixed[self.id].map_or(&self.moves, |only| &self.moves[only..=only])
    }

    /// The move that is best for all leads; the first of what it is worth is the most of any.
    fn best(&self, fixed: &[Option<usize>], pulls: &[Pull]) -> (Worth, &Move<'a>) {
        let open = self.open_moves(fixed);
        let (mut best, mut bound, mut at) = ((i64::MIN, 0), i64::MIN, 0);
        for (index, it) in open.iter().enumerate() {
            let (firm, all) = worth(&it.leads, pulls);
            bound = bound.max(firm);
            if (all, it.ruled_out.len()) > best {
                (best, at) = ((all, it.ruled_out.len()), index);
            }
        }
        ((bound, best.0, best.1), &open[at])
    }

    /// Takes out moves that another one is at least as good as, against every rival.
    fn drop_dominated(&mut self) {
        /// Comparing all pairs of more moves than this costs more than it saves.
        const COMPARED: usize = 64;
        if self.moves.len() > COMPARED {
            return;
        }
        let better = |left: &Move<'_>, right: &Move<'_>| {
            left.ruled_out.contains_all(right.ruled_out)
                && left.leads.iter().zip(&right.leads).all(|(left, right)| left >= right)
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

/// The answers that moves stand for.
fn witness(moves: &[&Move<'_>]) -> Choices {
    let mut choices: Choices = Vec::new();
    for (table, outcome) in moves.iter().map(|it| it.pick) {
        let outcome = table.outcome(outcome);
        for ((question, _), chosen) in table.questions.iter().zip(outcome.choices) {
            let Some(chosen) = chosen else { continue };
            match choices.iter_mut().find(|(id, _)| id == question) {
                Some((_, options)) => *options = options.union(*chosen),
                None => choices.push((*question, *chosen)),
            }
        }
    }
    choices.sort_by_key(|(question, _)| *question);
    choices
}
