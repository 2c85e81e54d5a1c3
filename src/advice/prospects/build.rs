//! Builds the prospects of one part: which answers vary, which are interdependent, and their effects.

use std::collections::HashMap;

use super::alternatives::{Alternative, Variable};
use super::partial_answers::PartialAnswers;
use super::terms::{Brought, Term, Terms, waivers};
use super::union_find::UnionFind;
use super::{Branch, Diagram, Fork, Prospects, Vary};
use crate::advice::kind_of;
use crate::answers::{Answers, Emphasis, Subject};
use crate::id_set::IdSet;
use crate::questionnaire::{Literal, OptionId, OptionSet, PerCandidate, QuestionId, Questionnaire};

/// Limit on the branches for one group of interdependent answers. Above it, the terms are bounded one by one.
/// It allows 50,000 combinations of answers, and many more if they lead to the same forks.
const BRANCHES: usize = 100_000;
/// Limit on the terms and answers examined while building all groups. It is needed because a long chain of
/// follow-ups has few branches, but each takes a long time. The parts share the upper limit, and each gets at
/// least the lower one.
const LOOKED_AT: std::ops::RangeInclusive<usize> = 1_000_000..=10_000_000;

/// Computes how the varying answers can change one part. With `single`, adoption costs count as well.
pub(in crate::advice) fn prospects(
    questionnaire: &Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    vary: Vary,
) -> Prospects {
    let kind = kind_of(answers, subject);
    let waivers = if single { waivers(questionnaire, answers) } else { Vec::new() };
    let mut terms = Terms::default();
    terms.lines(questionnaire.lines().iter().filter(|line| line.scope.covers(kind)));
    terms.waivers(&waivers);
    let partial = PartialAnswers::new(questionnaire, answers, subject, vary);
    let most = (LOOKED_AT.end() / answers.parts().len().max(1)).max(*LOOKED_AT.start());
    let candidates = questionnaire.candidates().len();
    Builder {
        candidates,
        answers: partial,
        branches: 0,
        looked_at: 0,
        most,
        below: Vec::new(),
        known: HashMap::new(),
    }
    .build(&terms.all())
}

/// The limit on branches, or on terms and answers examined, was exceeded.
struct TooMany;

struct Builder<'a> {
    candidates: usize,
    answers: PartialAnswers<'a>,
    /// Branches made so far for the current group.
    branches: usize,
    /// Terms examined so far; `answers` has its own count.
    looked_at: usize,
    /// Limit on the terms and answers examined.
    most: usize,
    /// The forks below the top fork of the current group.
    below: Vec<Fork>,
    /// Positions of the forks in `below`, by the residue of their terms.
    known: HashMap<Vec<u64>, usize>,
}

/// A group of interdependent terms.
#[derive(Default)]
struct TermGroup<'t> {
    terms: Vec<Term<'t>>,
    /// The variables that decide the terms, each with the number of terms that join it to another variable.
    variables: Vec<(Variable, usize)>,
}

impl Builder<'_> {
    fn build(mut self, terms: &[Term<'_>]) -> Prospects {
        let mut fixed = Brought::nothing(self.candidates);
        let groups = self.resolve(terms, &mut fixed);
        let mut prospects = Prospects {
            diagrams: Vec::new(),
            ruled_out: fixed.ruled_out,
            exact: true,
            too_large: Vec::new(),
        };
        for group in groups {
            self.branches = 0;
            self.below.clear();
            self.known.clear();
            if let Ok(mut top) = self.choose(&group) {
                let today = self.today(&group.terms);
                for branch in &mut top.branches {
                    branch
                        .change
                        .values_mut()
                        .zip(today.values())
                        .for_each(|(change, today)| *change -= today);
                }
                prospects.diagrams.push(Diagram { below: std::mem::take(&mut self.below), top });
            } else {
                prospects.exact = false;
                prospects.too_large.extend(group.variables.first().map(|(variable, _)| variable.question));
                let bounds = group.terms.iter().map(|term| Diagram::of(self.bound(term)));
                prospects.diagrams.extend(bounds);
            }
        }
        prospects
    }

    /// Adds the effects of the terms that are known to hold to `brought`, and splits the undecided terms into
    /// independent groups.
    fn resolve<'t>(&mut self, terms: &[Term<'t>], brought: &mut Brought) -> Vec<TermGroup<'t>> {
        let mut open: Vec<(Term<'t>, usize)> = Vec::new();
        let mut depends: Vec<Variable> = Vec::new();
        for term in terms {
            match self.answers.holds(term) {
                Some(false) => {}
                Some(true) => term.apply(self.answers.factor(term), brought),
                None => {
                    open.push((*term, depends.len()));
                    self.answers.depends(term, &mut depends);
                }
            }
        }
        self.looked_at += terms.len();
        if open.is_empty() {
            return Vec::new();
        }
        let mut variables = depends.clone();
        variables.sort_unstable();
        variables.dedup();
        let at = |variable: &Variable| variables.binary_search(variable).unwrap_or_default();
        let depends: Vec<usize> = depends.iter().map(at).collect();
        let ends = open.iter().skip(1).map(|(_, start)| *start).chain([depends.len()]);
        let open: Vec<(Term<'t>, &[usize])> =
            open.iter().zip(ends).map(|((term, start), end)| (*term, &depends[*start..end])).collect();
        let mut groups = UnionFind::new(variables.len());
        let mut joined = vec![0; variables.len()];
        for (_, depends) in open.iter().filter(|(_, depends)| depends.len() > 1) {
            for variable in *depends {
                groups.join(depends[0], *variable);
                joined[*variable] += 1;
            }
        }
        let mut found: Vec<TermGroup<'t>> = Vec::new();
        let mut group_of: Vec<Option<usize>> = vec![None; variables.len()];
        for (index, variable) in variables.iter().enumerate() {
            let group = *group_of[groups.root(index)].get_or_insert_with(|| {
                found.push(TermGroup::default());
                found.len() - 1
            });
            found[group].variables.push((*variable, joined[index]));
        }
        for (term, depends) in open {
            if let Some(group) = group_of[groups.root(depends[0])] {
                found[group].terms.push(term);
            }
        }
        found
    }

    /// Branches on the variable that the most terms link to other variables, so that the remaining terms become
    /// independent early. Visible questions come first.
    fn choose(&mut self, group: &TermGroup<'_>) -> Result<Fork, TooMany> {
        let asked =
            |(variable, _): &&(Variable, usize)| self.answers.visible(variable.question) == Some(true);
        let asked = group.variables.iter().filter(asked);
        let best = asked.max_by_key(|(variable, joined)| (*joined, std::cmp::Reverse(*variable)));
        let Some((Variable { question, option }, _)) = best.or(group.variables.first()).copied() else {
            return Ok(Fork { question: None, branches: Vec::new() });
        };
        let (whole, single);
        let alternatives: &[Alternative] = if let Some(option) = option {
            single = one_option(option);
            &single
        } else {
            whole = self.answers.alternatives(question);
            &whole
        };
        self.branches += alternatives.len();
        if self.branches > BRANCHES || self.looked_at + self.answers.looked_at > self.most {
            return Err(TooMany);
        }
        let is_last =
            group.variables.len() == 1 && alternatives.iter().all(|alternative| alternative.free.is_empty());
        let branches = if is_last && self.answers.is_plain(question) {
            self.last(question, &group.terms, alternatives)
        } else {
            let mut branches = Vec::with_capacity(alternatives.len());
            for alternative in alternatives {
                let undo = self.answers.decide(question, alternative);
                let branch = self.branch(&group.terms, alternative);
                self.answers.undo(question, undo);
                branches.push(branch?);
            }
            branches
        };
        Ok(Fork { question: Some(question), branches })
    }

    /// Returns the position of the fork that decides a group. Groups with equal residues share one fork.
    fn fork_below(&mut self, group: &TermGroup<'_>) -> Result<usize, TooMany> {
        let residue = self.answers.residue(&group.terms);
        if let Some(position) = self.known.get(&residue) {
            return Ok(*position);
        }
        let fork = self.choose(group)?;
        self.below.push(fork);
        self.known.insert(residue, self.below.len() - 1);
        Ok(self.below.len() - 1)
    }

    /// Returns the branches after which no term is open. The result is the same as from
    /// [`Self::branch`], but is computed faster.
    fn last(&self, question: QuestionId, terms: &[Term<'_>], alternatives: &[Alternative]) -> Vec<Branch> {
        let mut all = vec![Brought::nothing(self.candidates); alternatives.len()];
        for term in terms {
            let factor = self.answers.factor(term);
            let own = || term.guard.iter().filter(|literal| literal.question == question);
            for (brought, alternative) in all.iter_mut().zip(alternatives) {
                let chosen = self.answers.chosen(question).union(alternative.chosen);
                let is_true = |it: &Literal| chosen.intersection(it.options).is_empty() != it.holds;
                if own().all(is_true) {
                    term.apply(factor, brought);
                }
            }
        }
        alternatives
            .iter()
            .zip(all)
            .map(|(alternative, brought)| Branch::new(alternative, brought, Vec::new()))
            .collect()
    }

    fn branch(&mut self, terms: &[Term<'_>], alternative: &Alternative) -> Result<Branch, TooMany> {
        let mut brought = Brought::nothing(self.candidates);
        let groups = self.resolve(terms, &mut brought);
        let then = groups.iter().map(|group| self.fork_below(group)).collect::<Result<_, _>>()?;
        Ok(Branch::new(alternative, brought, then))
    }

    /// Returns the points of the terms under the current answers.
    fn today(&self, terms: &[Term<'_>]) -> PerCandidate<i64> {
        let mut brought = Brought::nothing(self.candidates);
        for term in terms {
            if let Some(factor) = self.answers.factor_today(term) {
                term.apply(factor, &mut brought);
            }
        }
        brought.points
    }

    /// Returns the outcomes of one term, as if no other term depended on its questions. The term does not
    /// apply, or it applies with one of its possible factors.
    fn bound(&self, term: &Term<'_>) -> Fork {
        let today = self.today(std::slice::from_ref(term));
        let branch = |factor: Option<i64>| {
            let mut brought = Brought::nothing(self.candidates);
            if let Some(factor) = factor {
                term.apply(factor, &mut brought);
            }
            brought.points.values_mut().zip(today.values()).for_each(|(change, today)| *change -= today);
            Branch::new(&Alternative::default(), brought, Vec::new())
        };
        let factors = self.answers.factors(term).into_iter().chain([Emphasis::Normal.factor()]);
        let branches = [None].into_iter().chain(factors.map(Some)).map(branch).collect();
        Fork { question: None, branches }
    }
}

impl Branch {
    fn new(alternative: &Alternative, brought: Brought, then: Vec<usize>) -> Self {
        Self {
            scope: alternative.scope,
            chosen: alternative.chosen,
            change: brought.points,
            ruled_out: brought.ruled_out,
            cost: alternative.cost,
            then,
        }
    }
}

/// Returns the two alternatives for one option: not chosen, and chosen.
fn one_option(option: OptionId) -> [Alternative; 2] {
    let scope = IdSet::only(option);
    let alternative = |chosen| Alternative { scope, chosen, free: OptionSet::EMPTY, cost: 0 };
    [alternative(OptionSet::EMPTY), alternative(scope)]
}
