//! What the open questions of one part can still do to points and exclusions, split into clusters
//! that do not touch each other; must not compare candidates.
//!
//! A *completion* answers every open question that is visible in it. The change a completion makes
//! is the sum of the changes of its clusters, and each cluster's outcome can be chosen freely, so a
//! maximum over completions is a sum of maxima over clusters.

use super::kind_of;
use super::score::factor;
use crate::answers::{Answers, Sheet};
use crate::questionnaire::{CandidateSet, Effect, Kind, Line, Literal, OptionSet, QuestionId, Questionnaire};
use crate::set::Set;

/// More joint states than this are not enumerated; the cluster is bounded line by line instead.
const STATES: usize = 50_000;

/// All clusters of one part.
pub(super) struct Clusters {
    pub clusters: Vec<Cluster>,
    /// Candidates ruled out whatever the open questions bring.
    pub ruled_out: CandidateSet,
    /// Whether every outcome can really happen. If not, outcomes were added that may not, so a
    /// maximum over them is an upper bound.
    pub exact: bool,
}

/// Open questions that together decide some lines, and what they can bring.
pub(super) struct Cluster {
    candidates: usize,
    /// Change of each candidate's score against today, one row per outcome.
    changes: Vec<i64>,
    /// Candidates ruled out, per outcome.
    ruled_out: Vec<CandidateSet>,
}

impl Cluster {
    /// Returns the outcomes: the change by candidate, and who is ruled out.
    pub fn outcomes(&self) -> impl Iterator<Item = (&[i64], CandidateSet)> {
        self.changes.chunks_exact(self.candidates).zip(self.ruled_out.iter().copied())
    }
}

/// One decision to be made: which of some masks is added to a question's choice.
struct Variable {
    question: QuestionId,
    /// The options this variable is about.
    options: OptionSet,
    choices: Vec<OptionSet>,
}

/// A line, or the waiver of an adoption cost, in the shape the enumeration needs.
struct Term<'a> {
    guard: &'a [Literal],
    candidates: CandidateSet,
    effect: Effect,
}

/// Finds the clusters of one part; with `single`, waivers of adoption costs count as well.
pub(super) fn clusters(
    questionnaire: &Questionnaire,
    answers: &Answers,
    part: Option<usize>,
    single: bool,
) -> Clusters {
    Builder { questionnaire, answers, part, variables: variables(questionnaire, answers, part) }.run(single)
}

fn variables(questionnaire: &Questionnaire, answers: &Answers, part: Option<usize>) -> Vec<Variable> {
    let mut variables = Vec::new();
    for id in questionnaire.question_ids() {
        let question = &questionnaire[id];
        if !answers.is_unanswered(questionnaire, id, part) {
            continue;
        }
        let singles = |options: OptionSet| options.iter().map(Set::only).collect::<Vec<OptionSet>>();
        let nothing = question.skippable.then_some(OptionSet::EMPTY);
        let all = question.all_options();
        let alone = question.alone_options();
        match question.kind {
            Kind::Parts | Kind::Text => {}
            Kind::One => {
                let choices = nothing.into_iter().chain(singles(all)).collect();
                variables.push(Variable { question: id, options: all, choices });
            }
            // Without conditions on the whole choice, each option is a variable of its own.
            Kind::Many if question.skippable && alone.is_empty() => {
                variables.extend(singles(all).into_iter().map(|option| Variable {
                    question: id,
                    options: option,
                    choices: vec![OptionSet::EMPTY, option],
                }));
            }
            Kind::Many => {
                let together = all.without(alone);
                let choices =
                    nothing.into_iter().chain(singles(alone)).chain(non_empty_subsets(together)).collect();
                variables.push(Variable { question: id, options: all, choices });
            }
        }
    }
    variables
}

/// All non-empty subsets, or one more than [`STATES`] of them where there are that many.
fn non_empty_subsets(options: OptionSet) -> impl Iterator<Item = OptionSet> {
    let bits = options.bits();
    let mut subset = 0_u64;
    std::iter::from_fn(move || {
        subset = subset.wrapping_sub(bits) & bits;
        (subset != 0).then(|| Set::from_bits(subset))
    })
    .take(STATES + 1)
}

struct Builder<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    part: Option<usize>,
    variables: Vec<Variable>,
}

impl Builder<'_> {
    fn run(&self, single: bool) -> Clusters {
        let waivers = if single { self.waivers() } else { Vec::new() };
        let waiver_terms = waivers.iter().map(|(literal, candidates, points)| Term {
            guard: std::slice::from_ref(literal),
            candidates: *candidates,
            effect: Effect::Points(*points),
        });
        let kind = kind_of(self.answers, self.part);
        let lines = self.questionnaire.lines.iter().filter(|line| line.scope.covers(kind));
        let today = self.answers.sheet(self.questionnaire, self.part);

        let mut groups = Groups::new(self.variables.len());
        let mut varying: Vec<(usize, Term<'_>)> = Vec::new();
        let mut ruled_out = CandidateSet::EMPTY;
        for term in lines.map(|line| self.term(line)).chain(waiver_terms) {
            let mut depends = Vec::new();
            for literal in term.guard {
                self.dependencies(*literal, &mut depends);
            }
            match depends.split_first() {
                Some((first, rest)) => {
                    rest.iter().for_each(|other| groups.join(*first, *other));
                    varying.push((*first, term));
                }
                None if term.effect == Effect::Excludes && today.all_true(term.guard) => {
                    ruled_out = ruled_out.union(term.candidates);
                }
                None => {}
            }
        }

        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.variables.len()];
        for variable in 0..self.variables.len() {
            members[groups.root(variable)].push(variable);
        }
        let mut terms: Vec<Vec<Term<'_>>> = Vec::new();
        terms.resize_with(self.variables.len(), Vec::new);
        for (variable, term) in varying {
            terms[groups.root(variable)].push(term);
        }
        let mut result = Clusters { clusters: Vec::new(), ruled_out, exact: true };
        for (members, terms) in members.iter().zip(&terms).filter(|(_, terms)| !terms.is_empty()) {
            let states = members.iter().try_fold(1_usize, |states, variable| {
                states.checked_mul(self.variables[*variable].choices.len()).filter(|states| *states <= STATES)
            });
            if states.is_some() {
                result.clusters.push(self.enumerate(members, terms, &today));
            } else {
                result.exact = false;
                result.clusters.extend(terms.iter().map(|term| self.bound(term, &today)));
            }
        }
        result
    }

    fn term<'t>(&self, line: &'t Line) -> Term<'t> {
        let effect = match line.effect {
            Effect::Points(points) => Effect::Points(points * factor(self.answers, line)),
            Effect::Excludes => Effect::Excludes,
        };
        Term { guard: &line.guard, candidates: line.candidates, effect }
    }

    /// What waiving each candidate's adoption cost would add to its score.
    fn waivers(&self) -> Vec<(Literal, CandidateSet, i64)> {
        let Some((question, options)) = &self.questionnaire.adoption.waiver else { return Vec::new() };
        let costs = super::adoption_costs(self.questionnaire, self.answers);
        let all = self.questionnaire.all_candidates().iter();
        all.filter(|candidate| costs[candidate.0] != 0 && !options[candidate.0].is_empty())
            .map(|candidate| {
                let literal = Literal { question: *question, options: options[candidate.0], holds: true };
                (literal, Set::only(candidate), costs[candidate.0])
            })
            .collect()
    }

    /// Collects the variables that decide a literal, those that decide visibility included.
    fn dependencies(&self, literal: Literal, into: &mut Vec<usize>) {
        let open = self.answers.is_unanswered(self.questionnaire, literal.question, self.part);
        if open {
            let about = |variable: &Variable| {
                variable.question == literal.question
                    && !variable.options.intersection(literal.options).is_empty()
            };
            into.extend((0..self.variables.len()).filter(|index| about(&self.variables[*index])));
        } else if self
            .answers
            .chosen(self.questionnaire, literal.question, self.part)
            .intersection(literal.options)
            .is_empty()
        {
            // Whether the question is visible or not, none of these options is chosen.
            return;
        }
        if let Some(when) = &self.questionnaire[literal.question].when {
            when.literals().into_iter().for_each(|literal| self.dependencies(literal, into));
        }
    }

    /// Goes through all joint states of some variables.
    fn enumerate(&self, members: &[usize], terms: &[Term<'_>], today: &Sheet) -> Cluster {
        let count = self.questionnaire.candidates.len();
        let before = effects(terms, count, |literal| today.is_true(literal));
        let mut cluster = Cluster { candidates: count, changes: Vec::new(), ruled_out: Vec::new() };
        let questions = self.questions(members, terms);
        let mut state = State { chosen: vec![OptionSet::EMPTY; self.questionnaire.questions.len()] };
        self.descend(&questions, members, &mut state, &mut |state| {
            let (points, ruled_out) = effects(terms, count, |literal| state.is_true(literal));
            cluster.changes.extend(points.iter().zip(&before.0).map(|(after, before)| after - before));
            cluster.ruled_out.push(ruled_out);
        });
        cluster
    }

    /// The questions that matter to some terms, in file order.
    fn questions(&self, members: &[usize], terms: &[Term<'_>]) -> Vec<QuestionId> {
        let mut found = vec![false; self.questionnaire.questions.len()];
        let mut waiting: Vec<QuestionId> =
            members.iter().map(|variable| self.variables[*variable].question).collect();
        waiting.extend(terms.iter().flat_map(|term| term.guard).map(|literal| literal.question));
        while let Some(question) = waiting.pop() {
            if !std::mem::replace(&mut found[question.0], true)
                && let Some(when) = &self.questionnaire[question].when
            {
                waiting.extend(when.literals().iter().map(|literal| literal.question));
            }
        }
        self.questionnaire.question_ids().filter(|question| found[question.0]).collect()
    }

    fn descend(
        &self,
        questions: &[QuestionId],
        members: &[usize],
        state: &mut State,
        leaf: &mut impl FnMut(&State),
    ) {
        let Some((&question, rest)) = questions.split_first() else { return leaf(state) };
        let when = self.questionnaire[question].when.as_ref();
        state.chosen[question.0] = OptionSet::EMPTY;
        if !when.is_none_or(|condition| condition.holds(&|literal| state.is_true(literal))) {
            return self.descend(rest, members, state, leaf);
        }
        let own: Vec<&Variable> = members
            .iter()
            .map(|index| &self.variables[*index])
            .filter(|it| it.question == question)
            .collect();
        if own.is_empty() {
            state.chosen[question.0] = self.answers.chosen(self.questionnaire, question, self.part);
            return self.descend(rest, members, state, leaf);
        }
        for choice in joint_choices(&own) {
            state.chosen[question.0] = choice;
            self.descend(rest, members, state, leaf);
        }
    }

    /// The two outcomes of one line, as if nothing else depended on its questions.
    fn bound(&self, term: &Term<'_>, today: &Sheet) -> Cluster {
        let count = self.questionnaire.candidates.len();
        let terms = std::slice::from_ref(term);
        let fires = today.all_true(term.guard);
        let (fired, ruled_out) = effects(terms, count, |_| true);
        let sign = if fires { -1 } else { 1 };
        let mut changes = vec![0; count];
        changes.extend(fired.iter().map(|points| points * sign));
        let now = if fires { ruled_out } else { CandidateSet::EMPTY };
        let then = if fires { CandidateSet::EMPTY } else { ruled_out };
        Cluster { candidates: count, changes, ruled_out: vec![now, then] }
    }
}

fn joint_choices(variables: &[&Variable]) -> Vec<OptionSet> {
    variables.iter().fold(vec![OptionSet::EMPTY], |joint, variable| {
        joint.iter().flat_map(|so_far| variable.choices.iter().map(|choice| so_far.union(*choice))).collect()
    })
}

/// Choices under a partial assignment; hidden questions have none.
struct State {
    chosen: Vec<OptionSet>,
}

impl State {
    fn is_true(&self, literal: Literal) -> bool {
        !self.chosen[literal.question.0].intersection(literal.options).is_empty() == literal.holds
    }
}

fn effects(terms: &[Term<'_>], count: usize, is_true: impl Fn(Literal) -> bool) -> (Vec<i64>, CandidateSet) {
    let mut points = vec![0; count];
    let mut ruled_out = CandidateSet::EMPTY;
    for term in terms.iter().filter(|term| term.guard.iter().all(|literal| is_true(*literal))) {
        match term.effect {
            Effect::Points(value) => {
                term.candidates.iter().for_each(|candidate| points[candidate.0] += value)
            }
            Effect::Excludes => ruled_out = ruled_out.union(term.candidates),
        }
    }
    (points, ruled_out)
}

/// Disjoint sets of variables (union-find with path halving).
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        self.parent[right] = left;
    }
}
