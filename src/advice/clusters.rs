//! What the open questions of one part can still do to points and exclusions, split into clusters
//! that do not touch each other; must not compare candidates.
//!
//! A *completion* answers every open question that is visible in it. The change a completion makes
//! is the sum of the changes of its clusters, and each cluster's outcome can be chosen freely, so a
//! maximum over completions is a sum of maxima over clusters.

use super::kind_of;
use crate::answers::{Answers, Emphasis};
use crate::questionnaire::{
    CandidateId, CandidateSet, Effect, Kind, Line, Literal, OptionSet, QuestionId, Questionnaire,
};
use crate::set::Set;

/// More joint states than this are not enumerated; the cluster is bounded line by line instead.
const STATES: usize = 50_000;

/// All clusters of one part.
pub(super) struct Clusters {
    pub all: Vec<Cluster>,
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
    /// What the points are multiplied by, by question that has an answer; the smallest counts.
    factors: Vec<(QuestionId, i64)>,
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
            factors: Vec::new(),
        });
        let kind = kind_of(self.answers, self.part);
        let lines = self.questionnaire.lines.iter().filter(|line| line.scope.covers(kind));
        let sheet = self.answers.sheet(self.questionnaire, self.part);
        let chosen = self.questionnaire.question_ids().map(|question| sheet.chosen(question)).collect();
        let today = State { chosen };

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
                    for other in rest {
                        groups.join(*first, *other);
                    }
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
        let mut result = Clusters { all: Vec::new(), ruled_out, exact: true };
        for (members, terms) in members.iter().zip(&terms).filter(|(_, terms)| !terms.is_empty()) {
            let states = members.iter().try_fold(1_usize, |states, variable| {
                states.checked_mul(self.variables[*variable].choices.len()).filter(|states| *states <= STATES)
            });
            if states.is_some() {
                result.all.push(self.enumerate(members, terms, &today));
            } else {
                result.exact = false;
                result.all.extend(terms.iter().map(|term| self.bound(term, &today)));
            }
        }
        result
    }

    fn term<'t>(&self, line: &'t Line) -> Term<'t> {
        let factor = |literal: &Literal| (literal.question, self.emphasis(literal.question).factor());
        let factors = line.guard.iter().map(factor).collect();
        Term { guard: &line.guard, candidates: line.candidates, effect: line.effect, factors }
    }

    /// The emphasis a question has whenever it is visible; an open one has none of its own.
    fn emphasis(&self, question: QuestionId) -> Emphasis {
        if self.answers.is_unanswered(self.questionnaire, question, self.part) {
            Emphasis::Normal
        } else {
            self.answers.given(question).emphasis
        }
    }

    /// What waiving each candidate's adoption cost adds to its score, whether it is waived today or not.
    fn waivers(&self) -> Vec<(Literal, CandidateSet, i64)> {
        let Some((question, options)) = &self.questionnaire.adoption.waiver else { return Vec::new() };
        let waiver = |candidate: CandidateId| {
            let literal = Literal { question: *question, options: options[candidate.0], holds: true };
            (literal, Set::only(candidate), super::full_cost(self.questionnaire, self.answers, candidate))
        };
        let all = self.questionnaire.all_candidates().iter();
        all.map(waiver).filter(|(literal, _, cost)| *cost != 0 && !literal.options.is_empty()).collect()
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
        } else {
            let chosen = self.answers.chosen(self.questionnaire, literal.question, self.part);
            let emphasised = !chosen.is_empty() && self.emphasis(literal.question) != Emphasis::Normal;
            if chosen.intersection(literal.options).is_empty() && !emphasised {
                // Whether the question is visible or not, none of these options is chosen.
                return;
            }
        }
        if let Some(when) = &self.questionnaire[literal.question].when {
            when.literals().into_iter().for_each(|literal| self.dependencies(literal, into));
        }
    }

    /// Goes through all joint states of some variables.
    fn enumerate(&self, members: &[usize], terms: &[Term<'_>], today: &State) -> Cluster {
        let count = self.questionnaire.candidates.len();
        let before = effects(terms, count, today);
        let mut cluster = Cluster { candidates: count, changes: Vec::new(), ruled_out: Vec::new() };
        let questions = self.questions(members, terms);
        let mut state = State { chosen: vec![OptionSet::EMPTY; self.questionnaire.questions.len()] };
        self.descend(&questions, members, &mut state, &mut |state| {
            let (points, ruled_out) = effects(terms, count, state);
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

    /// The outcomes of one line, as if nothing else depended on its questions: it does not apply, or
    /// it does with any of the factors it may have.
    fn bound(&self, term: &Term<'_>, today: &State) -> Cluster {
        let count = self.questionnaire.candidates.len();
        let (before, _) = effects(std::slice::from_ref(term), count, today);
        let mut cluster = Cluster { candidates: count, changes: Vec::new(), ruled_out: Vec::new() };
        let mut add = |factor: Option<i64>| {
            let mut outcome = (vec![0; count], CandidateSet::EMPTY);
            if let Some(factor) = factor {
                term.apply(factor, &mut outcome);
            }
            cluster.changes.extend(outcome.0.iter().zip(&before).map(|(after, before)| after - before));
            cluster.ruled_out.push(outcome.1);
        };
        add(None);
        add(Some(Emphasis::Normal.factor()));
        term.factors.iter().for_each(|(_, factor)| add(Some(*factor)));
        cluster
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
        self.chosen[literal.question.0].intersection(literal.options).is_empty() != literal.holds
    }

    fn all_true(&self, guard: &[Literal]) -> bool {
        guard.iter().all(|literal| self.is_true(*literal))
    }
}

/// The points by candidate, and who is ruled out.
type Outcome = (Vec<i64>, CandidateSet);

impl Term<'_> {
    fn apply(&self, factor: i64, (points, ruled_out): &mut Outcome) {
        match self.effect {
            Effect::Points(value) => {
                self.candidates.iter().for_each(|candidate| points[candidate.0] += value * factor);
            }
            Effect::Excludes => *ruled_out = ruled_out.union(self.candidates),
        }
    }
}

fn effects(terms: &[Term<'_>], count: usize, state: &State) -> Outcome {
    let mut outcome = (vec![0; count], CandidateSet::EMPTY);
    for term in terms.iter().filter(|term| state.all_true(term.guard)) {
        let normal = Emphasis::Normal.factor();
        let factor = |(question, factor): &(QuestionId, i64)| {
            if state.chosen[question.0].is_empty() { normal } else { *factor }
        };
        term.apply(term.factors.iter().map(factor).min().unwrap_or(normal), &mut outcome);
    }
    outcome
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
