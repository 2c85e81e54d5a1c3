//! Builds the space of one part: variables, clusters, outcomes; must not say what they mean.

use super::choices::{Choices, product};
use super::groups::Groups;
use super::terms::{Brought, Term, effects, waivers};
use super::{Case, Cluster, Space, Table, Vary};
use crate::advice::kind_of;
use crate::answers::{Answers, Emphasis, Sheet};
use crate::questionnaire::{
    CandidateSet, Condition, Effect, Kind, Literal, OptionSet, QuestionId, Questionnaire,
};
use crate::set::Set;

/// More joint states than this are not enumerated; the terms are bounded one by one instead.
const STATES: usize = 50_000;

/// Finds what varying answers can bring to one part; with `single`, adoption costs count as well.
pub(in crate::advice) fn space(
    questionnaire: &Questionnaire,
    answers: &Answers,
    part: Option<usize>,
    single: bool,
    vary: Vary,
) -> Space {
    let today = answers.sheet(questionnaire, part);
    let mut builder = Builder { questionnaire, answers, part, vary, today, variables: Vec::new() };
    builder.variables = builder.variables();
    let waivers = if single { waivers(questionnaire, answers) } else { Vec::new() };
    let kind = kind_of(answers, part);
    let lines = questionnaire.lines.iter().filter(|line| line.scope.covers(kind));
    let mut terms: Vec<Term<'_>> =
        lines.map(|line| Term::of_line(questionnaire, answers, part, line)).collect();
    terms.extend(waivers.iter().map(|(guard, candidates, points)| Term {
        guard,
        candidates: *candidates,
        effect: Effect::Points(*points),
        factors: Vec::new(),
    }));
    builder.build(&terms)
}

/// One decision: which of some choices is added to what is chosen of a question.
struct Variable {
    question: QuestionId,
    /// The options it decides.
    options: OptionSet,
    choices: Choices,
}

struct Builder<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    part: Option<usize>,
    vary: Vary,
    today: Sheet,
    variables: Vec<Variable>,
}

impl Builder<'_> {
    fn variables(&self) -> Vec<Variable> {
        let mut variables = Vec::new();
        // Questions of which some line asks whether any option is chosen.
        let lines = self.questionnaire.lines.iter().flat_map(|line| &line.guard);
        let mut as_whole = vec![false; self.questionnaire.questions.len()];
        for literal in lines.filter(|literal| literal.options.len() > 1) {
            as_whole[literal.question.0] = true;
        }
        for id in self.questionnaire.question_ids() {
            let question = &self.questionnaire[id];
            if !matches!(question.kind, Kind::One | Kind::Many) || !self.varies(id) {
                continue;
            }
            let (all, alone) = (question.all_options(), question.alone_options());
            let today = (self.vary == Vary::Given).then(|| self.today.chosen(id));
            let nothing = self.vary == Vary::Open && question.skippable;
            match question.kind {
                Kind::One => {
                    let nothing = nothing.then_some((OptionSet::EMPTY, 0));
                    let choice = |option| {
                        let choice = Set::only(option);
                        (choice, u32::from(today.is_some_and(|today| today != choice)))
                    };
                    let choices = nothing.into_iter().chain(all.iter().map(choice)).collect();
                    variables.push(Variable {
                        question: id,
                        options: all,
                        choices: Choices::Listed(choices),
                    });
                }
                // Without conditions on the whole set, each option is a variable of its own.
                _ if nothing && alone.is_empty() && !as_whole[id.0] => {
                    variables.extend(all.iter().map(|option| {
                        let option = Set::only(option);
                        let choices = Choices::Listed(vec![(OptionSet::EMPTY, 0), (option, 0)]);
                        Variable { question: id, options: option, choices }
                    }));
                }
                _ => {
                    let choices = Choices::Sets { nothing, alone, together: all.without(alone), today };
                    variables.push(Variable { question: id, options: all, choices });
                }
            }
        }
        variables
    }

    fn varies(&self, question: QuestionId) -> bool {
        match self.vary {
            Vary::Open => self.answers.is_unanswered(self.questionnaire, question, self.part),
            Vary::Given => !self.today.chosen(question).is_empty(),
        }
    }

    fn build(&self, terms: &[Term<'_>]) -> Space {
        let deciding = self.deciding_visibility();
        let mut groups = Groups::new(self.variables.len());
        let mut varying: Vec<(usize, &Term<'_>)> = Vec::new();
        let mut ruled_out = CandidateSet::EMPTY;
        let mut depends = Vec::new();
        for term in terms {
            depends.clear();
            for literal in term.guard {
                self.dependencies(*literal, &deciding, &mut depends);
            }
            match depends.split_first() {
                Some((first, rest)) => {
                    for other in rest {
                        groups.join(*first, *other);
                    }
                    varying.push((*first, term));
                }
                None if term.effect == Effect::Excludes && self.today.all_true(term.guard) => {
                    ruled_out = ruled_out.union(term.candidates);
                }
                None => {}
            }
        }
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.variables.len()];
        for variable in 0..self.variables.len() {
            members[groups.root(variable)].push(variable);
        }
        let mut terms: Vec<Vec<&Term<'_>>> = vec![Vec::new(); self.variables.len()];
        for (variable, term) in varying {
            terms[groups.root(variable)].push(term);
        }
        let mut space = Space { clusters: Vec::new(), ruled_out, exact: true };
        for (members, terms) in members.iter().zip(&terms).filter(|(_, terms)| !terms.is_empty()) {
            if let Some(cluster) = self.as_cases(members, terms, &deciding) {
                space.clusters.push(cluster);
            } else if let Some(table) = self.as_table(members, terms) {
                space.clusters.push(Cluster { cases: vec![Case { tables: vec![table] }] });
            } else {
                space.exact = false;
                space.clusters.extend(terms.iter().map(|term| self.bound(term)));
            }
        }
        space
    }

    /// Returns, by question, the variables that decide whether it is visible.
    fn deciding_visibility(&self) -> Vec<Vec<usize>> {
        let mut deciding: Vec<Vec<usize>> = Vec::with_capacity(self.questionnaire.questions.len());
        // A condition looks at earlier questions only, so one pass in file order is enough.
        for question in &self.questionnaire.questions {
            let mut variables = Vec::new();
            for literal in question.when.as_ref().map(Condition::literals).unwrap_or_default() {
                self.dependencies(literal, &deciding, &mut variables);
            }
            variables.sort_unstable();
            variables.dedup();
            deciding.push(variables);
        }
        deciding
    }

    /// Collects the variables that decide a literal, those that decide visibility included.
    fn dependencies(&self, literal: Literal, deciding: &[Vec<usize>], into: &mut Vec<usize>) {
        if self.varies(literal.question) {
            let first = self.variables.partition_point(|variable| variable.question < literal.question);
            let own = self.variables[first..].iter().take_while(|it| it.question == literal.question);
            for (offset, variable) in own.enumerate() {
                if !variable.options.intersection(literal.options).is_empty() {
                    into.push(first + offset);
                }
            }
        } else {
            let kept = self.kept(literal.question);
            let emphasised =
                !kept.is_empty() && self.answers.given(literal.question).emphasis != Emphasis::Normal;
            if kept.intersection(literal.options).is_empty() && !emphasised {
                // Whether the question is visible or not, none of these options is chosen.
                return;
            }
        }
        into.extend_from_slice(&deciding[literal.question.0]);
    }

    /// What is chosen of a question that does not vary, were it visible.
    fn kept(&self, question: QuestionId) -> OptionSet {
        self.answers.chosen(self.questionnaire, question, self.part)
    }

    /// Writes a single question of many options as cases: which option is the first that is chosen,
    /// the later ones freely. Possible if no term joins two of the options or another question.
    fn as_cases(&self, members: &[usize], terms: &[&Term<'_>], deciding: &[Vec<usize>]) -> Option<Cluster> {
        let [member] = members else { return None };
        let variable = &self.variables[*member];
        let question = variable.question;
        let Choices::Sets { nothing, alone, together, today } = &variable.choices else { return None };
        let any = alone.union(*together);
        let touched = |term: &Term<'_>| -> Option<OptionSet> {
            let (mut single, mut depends) = (OptionSet::EMPTY, Vec::new());
            for literal in term.guard {
                if literal.question != question {
                    // Another question must be as it is today, whatever is chosen of this one.
                    self.dependencies(*literal, deciding, &mut depends);
                } else if literal.options != any {
                    single = single.union(literal.options);
                }
            }
            (single.len() <= 1 && depends.is_empty()).then_some(single)
        };
        let touched: Vec<OptionSet> = terms.iter().map(|term| touched(term)).collect::<Option<_>>()?;
        let count = self.questionnaire.candidates.len();
        let before = self.today_of(terms);
        // What the terms that touch none but these options bring.
        let sum = |of: &dyn Fn(OptionSet) -> bool, chosen: OptionSet| {
            let terms =
                terms.iter().zip(&touched).filter(|(_, touches)| of(**touches)).map(|(term, _)| *term);
            effects(terms, count, |id| if id == question { chosen } else { self.today.chosen(id) })
        };
        let whole = |chosen: OptionSet, cost: u32| {
            let mut table = Table::new(count, vec![(question, any)]);
            table.push(&sum(&|_| true, chosen), &before, cost, &[Some(chosen)]);
            Case { tables: vec![table] }
        };
        if !self.today.is_visible(question) {
            return Some(Cluster { cases: vec![whole(OptionSet::EMPTY, 0)] });
        }
        let cost = u32::from(today.is_some());
        let mut cases: Vec<Case> = Vec::new();
        cases.extend(nothing.then(|| whole(OptionSet::EMPTY, 0)));
        cases.extend(today.map(|today| whole(today, 0)));
        cases.extend(alone.iter().map(|option| whole(Set::only(option), cost)));
        let mut later = *together;
        let listed = cases.len();
        for first in together.iter() {
            later.remove(first);
            let first = Set::only(first);
            let fixed = any.without(later);
            let mut base = Table::new(count, vec![(question, fixed)]);
            base.push(&sum(&|touches| fixed.contains_all(touches), first), &before, cost, &[Some(first)]);
            let free = later.iter().map(Set::only).filter(|option| touched.contains(option)).map(
                |option: OptionSet| {
                    let mut table = Table::new(count, vec![(question, option)]);
                    for chosen in [OptionSet::EMPTY, option] {
                        let brought = sum(&|touches| touches == option, first.union(chosen));
                        table.push(&brought, &vec![0; count], 0, &[Some(chosen)]);
                    }
                    table
                },
            );
            cases.push(Case { tables: std::iter::once(base).chain(free).collect() });
        }
        // Small sets come first, so that among equal ones the smallest is named.
        cases[listed..].reverse();
        Some(Cluster { cases })
    }

    /// What terms bring today.
    fn today_of(&self, terms: &[&Term<'_>]) -> Vec<i64> {
        let count = self.questionnaire.candidates.len();
        effects(terms.iter().copied(), count, |question| self.today.chosen(question)).0
    }

    /// Goes through all joint states of some variables; nothing if there are too many.
    fn as_table(&self, members: &[usize], terms: &[&Term<'_>]) -> Option<Table> {
        let listed: Vec<Vec<(OptionSet, u32)>> =
            members.iter().map(|member| self.variables[*member].choices.listed()).collect::<Option<_>>()?;
        listed.iter().try_fold(1_usize, |states, choices| {
            states.checked_mul(choices.len()).filter(|states| *states <= STATES)
        })?;
        let count = self.questionnaire.candidates.len();
        let before = self.today_of(terms);
        let mut own: Vec<(QuestionId, OptionSet)> = Vec::new();
        let mut joint: Vec<Vec<(OptionSet, u32)>> = Vec::new();
        for (member, choices) in members.iter().zip(listed) {
            let variable = &self.variables[*member];
            match own.last_mut() {
                Some((question, options)) if *question == variable.question => {
                    *options = options.union(variable.options);
                    let last = joint.pop().unwrap_or_default();
                    joint.push(product(&last, &choices));
                }
                _ => {
                    own.push((variable.question, variable.options));
                    joint.push(choices);
                }
            }
        }
        let mut walk = Walk {
            builder: self,
            questions: self.questions(&own, terms),
            joint: &joint,
            terms,
            before: &before,
            chosen: vec![OptionSet::EMPTY; self.questionnaire.questions.len()],
            row: vec![None; own.len()],
            table: Table::new(count, own),
        };
        walk.descend(0, 0);
        Some(walk.table)
    }

    /// The questions that matter to some terms, in file order.
    fn questions(&self, own: &[(QuestionId, OptionSet)], terms: &[&Term<'_>]) -> Vec<QuestionId> {
        let mut found = vec![false; self.questionnaire.questions.len()];
        let mut waiting: Vec<QuestionId> = own.iter().map(|(question, _)| *question).collect();
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

    /// The outcomes of one term, as if nothing else depended on its questions: it does not apply, or
    /// it does with any of the factors it may have.
    fn bound(&self, term: &Term<'_>) -> Cluster {
        let count = self.questionnaire.candidates.len();
        let before = self.today_of(&[term]);
        let mut table = Table::new(count, Vec::new());
        table.push(&(vec![0; count], CandidateSet::EMPTY), &before, 0, &[]);
        for factor in term.factors.iter().map(|(_, factor)| *factor).chain([Emphasis::Normal.factor()]) {
            let mut brought = (vec![0; count], CandidateSet::EMPTY);
            term.apply(factor, &mut brought);
            table.push(&brought, &before, 0, &[]);
        }
        Cluster { cases: vec![Case { tables: vec![table] }] }
    }
}

/// Goes through joint states question by question, so that visibility is known in time.
struct Walk<'b, 'a> {
    builder: &'b Builder<'a>,
    questions: Vec<QuestionId>,
    /// Choices of each of the table's questions.
    joint: &'b [Vec<(OptionSet, u32)>],
    terms: &'b [&'b Term<'b>],
    before: &'b [i64],
    chosen: Vec<OptionSet>,
    row: Vec<Option<OptionSet>>,
    table: Table,
}

impl Walk<'_, '_> {
    fn descend(&mut self, depth: usize, cost: u32) {
        let Some(&question) = self.questions.get(depth) else {
            let chosen = &self.chosen;
            let brought =
                effects(self.terms.iter().copied(), self.before.len(), |question| chosen[question.0]);
            self.table.push(&brought, self.before, cost, &self.row);
            return;
        };
        let when = self.builder.questionnaire[question].when.as_ref();
        let visible = when.is_none_or(|condition| condition.holds(&|literal| is_true(&self.chosen, literal)));
        let own = self.table.questions.iter().position(|(id, _)| *id == question);
        match own {
            Some(column) if visible => {
                let joint = self.joint;
                for (choice, price) in &joint[column] {
                    self.chosen[question.0] = *choice;
                    self.row[column] = Some(*choice);
                    self.descend(depth + 1, cost + price);
                }
            }
            Some(column) => {
                self.chosen[question.0] = OptionSet::EMPTY;
                self.row[column] = None;
                self.descend(depth + 1, cost);
            }
            None => {
                self.chosen[question.0] =
                    if visible { self.builder.kept(question) } else { OptionSet::EMPTY };
                self.descend(depth + 1, cost);
            }
        }
    }
}

fn is_true(chosen: &[OptionSet], literal: Literal) -> bool {
    chosen[literal.question.0].intersection(literal.options).is_empty() != literal.holds
}

impl Table {
    fn new(candidates: usize, questions: Vec<(QuestionId, OptionSet)>) -> Self {
        Self { candidates, questions, ..Self::default() }
    }

    fn push(
        &mut self,
        (points, ruled_out): &Brought,
        before: &[i64],
        cost: u32,
        choices: &[Option<OptionSet>],
    ) {
        self.changes.extend(points.iter().zip(before).map(|(after, before)| after - before));
        self.ruled_out.push(*ruled_out);
        self.costs.push(cost);
        self.choices.extend_from_slice(choices);
    }
}
