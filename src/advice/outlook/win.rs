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
/// Most moves of a unit.
const MOVES: usize = 20_000;
/// Nodes of the search before it gives up.
const NODES: usize = 4_000;

/// Decides whether a candidate leads, alone or with others, in some completion.
pub(super) fn verdict(space: &Space, scores: &[i64], candidate: CandidateId) -> Verdict {
    let Some(search) = Search::new(space, scores, candidate) else { return Verdict::NotRuledOut };
    if space.ruled_out.contains(candidate) || search.units.iter().any(|unit| unit.moves.is_empty()) {
        return Verdict::CannotWin(Certificate::RuledOut);
    }
    search.run(space.exact)
}

/// One thing to be chosen: what it does to the lead over each rival.
struct Move<'a> {
    /// Change of the lead over each rival.
    leads: Vec<i64>,
    ruled_out: CandidateSet,
    /// Where the answers are, for the witness: a table and its outcome, for each table.
    picks: Vec<(&'a Table, usize)>,
}

/// Exactly one of the moves is made.
struct Unit<'a> {
    moves: Vec<Move<'a>>,
}

struct Search<'a> {
    /// The rivals that are not ruled out for good.
    rivals: Vec<CandidateId>,
    /// Leads over them today.
    leads: Vec<i64>,
    units: Vec<Unit<'a>>,
}

/// A state of the depth-first search.
struct Node {
    /// By unit, the move that is fixed.
    fixed: Vec<Option<usize>>,
}

enum Found {
    Witness(Vec<usize>),
    /// Nothing below this node, shown by weights on the rivals.
    Nothing(Vec<i64>),
    /// Branch on this unit.
    Branch(usize),
}

impl<'a> Search<'a> {
    /// Nothing if some cluster has too many moves.
    fn new(space: &'a Space, scores: &[i64], candidate: CandidateId) -> Option<Self> {
        let all = CandidateSet::first(scores.len()).without(space.ruled_out);
        let rivals: Vec<CandidateId> = all.iter().filter(|rival| *rival != candidate).collect();
        let leads = rivals.iter().map(|rival| scores[candidate.0] - scores[rival.0]).collect();
        let mut all = Vec::new();
        for cluster in &space.clusters {
            all.extend(units(cluster, candidate, &rivals)?);
        }
        for unit in &mut all {
            unit.drop_dominated();
        }
        Some(Self { rivals, leads, units: all })
    }

    fn run(&self, exact: bool) -> Verdict {
        // What has one move only is certain, and so is what it rules out.
        let fixed = self.units.iter().map(|unit| (unit.moves.len() == 1).then_some(0)).collect();
        let mut nodes = vec![Node { fixed }];
        let mut seen = 0;
        while let Some(node) = nodes.pop() {
            seen += 1;
            if seen > NODES {
                return Verdict::NotRuledOut;
            }
            match self.look(&node, if seen == 1 { ROUNDS } else { ROUNDS_BELOW }) {
                Found::Witness(moves) if exact => return Verdict::CanWin(self.witness(&moves)),
                // Outcomes that may not happen can be no witness, and no branch can mend that.
                Found::Witness(_) => return Verdict::NotRuledOut,
                Found::Nothing(weights) if seen == 1 => {
                    let rivals = self.rivals.iter().copied().zip(weights).filter(|(_, weight)| *weight > 0);
                    return Verdict::CannotWin(Certificate::Rivals(rivals.collect()));
                }
                Found::Nothing(_) => {}
                Found::Branch(unit) => {
                    nodes.extend((0..self.units[unit].moves.len()).map(|choice| {
                        let mut fixed = node.fixed.clone();
                        fixed[unit] = Some(choice);
                        Node { fixed }
                    }));
                }
            }
        }
        Verdict::CannotWin(Certificate::Exhausted(seen))
    }

    fn look(&self, node: &Node, rounds: usize) -> Found {
        let count = self.rivals.len();
        // A rival that may be ruled out must not carry weight, or the bound would not hold.
        let mut excludable = CandidateSet::EMPTY;
        let mut out = CandidateSet::EMPTY;
        for (unit, fixed) in self.units.iter().zip(&node.fixed) {
            match fixed {
                Some(choice) => out = out.union(unit.moves[*choice].ruled_out),
                None => excludable = unit.moves.iter().fold(excludable, |all, it| all.union(it.ruled_out)),
            }
        }
        let firm: Vec<bool> =
            self.rivals.iter().map(|rival| !out.contains(*rival) && !excludable.contains(*rival)).collect();
        let mut weights = vec![0_i64; count];
        let mut chosen = vec![0; self.units.len()];
        for _ in 0..=rounds {
            let mut bound: i64 = weights
                .iter()
                .zip(&self.leads)
                .zip(&firm)
                .map(|((w, lead), firm)| if *firm { w * lead } else { 0 })
                .sum();
            let mut leads = self.leads.clone();
            let mut gone = CandidateSet::EMPTY;
            for (index, unit) in self.units.iter().enumerate() {
                let value = |it: &Move<'_>| {
                    let pairs = it.leads.iter().zip(&weights).zip(&firm);
                    pairs.fold((0, 0), |(firm_sum, all), ((lead, weight), firm)| {
                        (firm_sum + if *firm { lead * weight } else { 0 }, all + lead * weight)
                    })
                };
                let best = if let Some(choice) = node.fixed[index] {
                    bound += value(&unit.moves[choice]).0;
                    choice
                } else {
                    let values: Vec<(i64, i64)> = unit.moves.iter().map(value).collect();
                    bound += values.iter().map(|(firm, _)| *firm).max().unwrap_or(0);
                    let lift = |at: usize| unit.moves[at].ruled_out.len();
                    let order = |at: &usize| (values[*at].1, lift(*at), std::cmp::Reverse(*at));
                    (0..values.len()).max_by_key(order).unwrap_or(0)
                };
                chosen[index] = best;
                gone = gone.union(unit.moves[best].ruled_out);
                for (lead, change) in leads.iter_mut().zip(&unit.moves[best].leads) {
                    *lead += change;
                }
            }
            if bound < 0 {
                let firm_weights =
                    weights.iter().zip(&firm).map(|(weight, firm)| if *firm { *weight } else { 0 });
                return Found::Nothing(firm_weights.collect());
            }
            let behind = (0..count).filter(|at| !gone.contains(self.rivals[*at]) && leads[*at] < 0);
            let Some(worst) = behind.min_by_key(|at| leads[*at]) else { return Found::Witness(chosen) };
            weights[worst] += 1;
        }
        // Branch where a choice can do most, exclusions first.
        let open = (0..self.units.len())
            .filter(|unit| node.fixed[*unit].is_none() && self.units[*unit].moves.len() > 1);
        let spread = |unit: &usize| {
            let moves = &self.units[*unit].moves;
            let excludes = moves.iter().any(|it| !it.ruled_out.is_empty());
            let range = |at: usize| {
                let leads = moves.iter().map(|it| it.leads[at]);
                leads.clone().max().unwrap_or(0) - leads.min().unwrap_or(0)
            };
            (excludes, (0..count).map(range).max().unwrap_or(0))
        };
        match open.max_by_key(spread) {
            Some(unit) => Found::Branch(unit),
            // All is fixed and somebody is ahead: no completion is left here.
            None => Found::Nothing(vec![0; count]),
        }
    }

    fn witness(&self, moves: &[usize]) -> Choices {
        let mut choices: Choices = Vec::new();
        for (unit, choice) in self.units.iter().zip(moves) {
            for (table, outcome) in &unit.moves[*choice].picks {
                let outcome = table.outcome(*outcome);
                for ((question, _), chosen) in table.questions.iter().zip(outcome.choices) {
                    let Some(chosen) = chosen else { continue };
                    match choices.iter_mut().find(|(id, _)| id == question) {
                        Some((_, options)) => *options = options.union(*chosen),
                        None => choices.push((*question, *chosen)),
                    }
                }
            }
        }
        choices.sort_by_key(|(question, _)| *question);
        choices
    }
}

/// A cluster of one case is one unit for each table; otherwise the cases are spelled out, unless
/// there are too many moves.
fn units<'a>(cluster: &'a Cluster, candidate: CandidateId, rivals: &[CandidateId]) -> Option<Vec<Unit<'a>>> {
    let of_table = |table: &'a Table| {
        let possible = (0..table.len()).filter(|index| !table.outcome(*index).ruled_out.contains(candidate));
        let moves = possible.map(|index| {
            let outcome = table.outcome(index);
            let leads = rivals.iter().map(|rival| -outcome.gain(candidate, *rival)).collect();
            Move { leads, ruled_out: outcome.ruled_out, picks: vec![(table, index)] }
        });
        Unit { moves: moves.collect() }
    };
    if let [case] = cluster.cases.as_slice() {
        return Some(case.tables.iter().map(of_table).collect());
    }
    let mut moves = Vec::new();
    for case in &cluster.cases {
        let mut joint =
            vec![Move { leads: vec![0; rivals.len()], ruled_out: CandidateSet::EMPTY, picks: Vec::new() }];
        for table in &case.tables {
            let unit = of_table(table);
            joint =
                joint.iter().flat_map(|left| unit.moves.iter().map(move |right| left.and(right))).collect();
            let mut unit = Unit { moves: joint };
            unit.drop_dominated();
            joint = unit.moves;
            if joint.len() > MOVES {
                return None;
            }
        }
        moves.extend(joint);
    }
    Some(vec![Unit { moves }])
}

impl<'a> Move<'a> {
    fn and(&self, other: &Move<'a>) -> Move<'a> {
        let leads = self.leads.iter().zip(&other.leads).map(|(left, right)| left + right).collect();
        let picks = self.picks.iter().chain(&other.picks).copied().collect();
        Move { leads, ruled_out: self.ruled_out.union(other.ruled_out), picks }
    }
}

impl Unit<'_> {
    /// Takes out moves that another one is at least as good as, against every rival.
    fn drop_dominated(&mut self) {
        /// Comparing all pairs of more moves than this costs more than it saves.
        const COMPARED: usize = 512;
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
