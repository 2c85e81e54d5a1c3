//! Lints for questions that never appear and rules that never apply.
//!
//! A backtracking search decides whether some answers make a condition true. It splits each goal into smaller
//! ones until all are demands on single questions or on the sheet. It backtracks when two demands conflict.

use super::Warnings;
use crate::id_set::IdSet;
use crate::questionnaire::{
    Condition, Kind, Line, Literal, OptionSet, PerId, PerQuestion, Question, QuestionId, Questionnaire, Scope,
};

/// Maximum number of steps of one search. A longer search is abandoned, and nothing is reported.
const STEPS: usize = 20_000;
/// Maximum number of steps of all searches together, which bounds the total time.
const ALL_STEPS: usize = 400_000;
/// Maximum depth of nested alternatives, which bounds the use of the stack.
const DEPTH: usize = 700;
/// Number of goals and demands that can be copied in the time of one step.
const COPIED: usize = 64;

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut solver = Solver::new(questionnaire);
    for id in questionnaire.question_ids() {
        let question = &questionnaire[id];
        if solver.can_be(vec![Goal::Shown(id)]) {
            continue;
        }
        if question.concerned_kinds().is_some() || question.when.as_ref().is_some_and(Condition::asks_this) {
            let hint = "make `concerns` and `when` agree on a kind of part, or remove the question";
            warnings.error(&question.span, "this question applies to no kind of part", hint);
        } else {
            let hint = "its `when` needs answers that exclude each other, correct it or remove the question";
            warnings.warn(&question.span, "this question never appears", hint);
        }
    }
    for rule in questionnaire.rules() {
        let literals = rule.all.iter().map(|literal| Goal::Literal(*literal));
        if !solver.can_be(literals.chain([Goal::On(rule.scope)]).collect()) {
            let hint = "its statements exclude each other, correct them or remove the rule";
            warnings.warn(&rule.span, "this rule never applies", hint);
        }
    }
}

/// A statement that must be true.
#[derive(Clone)]
enum Goal<'q> {
    Shown(QuestionId),
    Hidden(QuestionId),
    Literal(Literal),
    Condition(&'q Condition, bool),
    /// The sheet is in this scope.
    On(Scope),
}

/// Constraints on the answer to one question.
#[derive(Clone, Default)]
struct Demand {
    chosen: OptionSet,
    not_chosen: OptionSet,
    hidden: bool,
}

/// Constraints on a sheet.
#[derive(Clone)]
struct Demands {
    answers: PerQuestion<Demand>,
    /// The subjects that the sheet can be for.
    scope: Scope,
    /// Whether at least two parts are picked; `None` if not constrained.
    several_parts: Option<bool>,
}

impl Demands {
    /// Restricts the sheet to a scope. Returns whether any sheet remains.
    fn narrow(&mut self, scope: Scope) -> bool {
        self.scope = self.scope.and(scope);
        self.scope.system || !self.scope.kinds.is_empty()
    }
}

/// Searches for answers that make conditions true.
pub(super) struct Solver<'q> {
    questionnaire: &'q Questionnaire,
    /// Steps of the current search.
    steps: usize,
    all_steps: usize,
    depth: usize,
}

impl<'q> Solver<'q> {
    pub fn new(questionnaire: &'q Questionnaire) -> Self {
        Self { questionnaire, steps: 0, all_steps: 0, depth: 0 }
    }

    /// Returns whether two lines can apply at the same time, or `true` if the search exceeds its limits.
    pub fn can_meet(&mut self, one: &Line, other: &Line) -> bool {
        let literals = one.guard.iter().chain(&other.guard).map(|literal| Goal::Literal(*literal));
        self.can_be(literals.chain([Goal::On(one.scope.and(other.scope))]).collect())
    }

    /// Returns whether some answers meet all goals, or `true` if the search exceeds its limits.
    fn can_be(&mut self, goals: Vec<Goal<'q>>) -> bool {
        let parts = self.questionnaire.parts_question().map(|parts| &self.questionnaire[parts]);
        let demands = Demands {
            answers: PerId::filled(self.questionnaire.questions().len(), Demand::default()),
            scope: Scope { kinds: parts.map_or(OptionSet::EMPTY, Question::all_options), system: true },
            several_parts: None,
        };
        self.steps = 0;
        self.solve(goals, demands)
    }

    /// Counts steps. Returns whether the search may continue.
    fn step(&mut self, count: usize) -> bool {
        self.steps += count;
        self.all_steps += count;
        self.steps <= STEPS && self.all_steps <= ALL_STEPS
    }

    /// Explores one alternative, with its own copy of goals and demands.
    fn solve(&mut self, goals: Vec<Goal<'q>>, demands: Demands) -> bool {
        if self.depth >= DEPTH || !self.step((goals.len() + demands.answers.count()) / COPIED) {
            return true;
        }
        self.depth += 1;
        let found = self.fulfil(goals, demands);
        self.depth -= 1;
        found
    }

    fn fulfil(&mut self, mut goals: Vec<Goal<'q>>, mut demands: Demands) -> bool {
        while let Some(goal) = goals.pop() {
            if !self.step(1) {
                return true;
            }
            // Each goal becomes further goals and demands, with a branch for each alternative.
            match goal {
                Goal::Shown(question) => {
                    if demands.answers[question].hidden {
                        return false;
                    }
                    goals.push(Goal::On(self.questionnaire[question].concerns));
                    goals.extend(self.when(question, true));
                }
                Goal::Hidden(question) => {
                    let (demand, asked) = (&mut demands.answers[question], &self.questionnaire[question]);
                    if !demand.chosen.is_empty() {
                        return false;
                    }
                    demand.hidden = true;
                    let mut elsewhere = goals.clone();
                    elsewhere.push(Goal::On(asked.concerns.outside()));
                    if asked.concerned_kinds().is_some() && self.solve(elsewhere, demands.clone()) {
                        return true;
                    }
                    let Some(when) = self.when(question, false) else { return false };
                    goals.push(when);
                }
                Goal::On(scope) => {
                    if !demands.narrow(scope) {
                        return false;
                    }
                }
                Goal::Literal(literal) if literal.holds => return self.chosen(literal, goals, &demands),
                Goal::Literal(literal) => {
                    if self.not_chosen(literal, &goals, &demands) {
                        return true;
                    }
                    goals.push(Goal::Hidden(literal.question));
                }
                Goal::Condition(condition, wanted) => match condition {
                    Condition::Is(literal) => {
                        goals.push(Goal::Literal(Literal { holds: literal.holds == wanted, ..*literal }));
                    }
                    Condition::This(kinds) => {
                        let scope = Scope::parts(*kinds);
                        goals.push(Goal::On(if wanted { scope } else { scope.outside() }));
                    }
                    Condition::SeveralParts => {
                        if demands.several_parts.replace(wanted) == Some(!wanted) {
                            return false;
                        }
                    }
                    Condition::Not(inner) => goals.push(Goal::Condition(inner, !wanted)),
                    Condition::All(inner) | Condition::Any(inner) => {
                        if matches!(condition, Condition::All(_)) != wanted {
                            return self.one_of(inner, wanted, &goals, &demands);
                        }
                        goals.extend(inner.iter().map(|inner| Goal::Condition(inner, wanted)));
                    }
                },
            }
        }
        true
    }

    /// Tries each option of a literal as the chosen one.
    fn chosen(&mut self, literal: Literal, mut goals: Vec<Goal<'q>>, demands: &Demands) -> bool {
        goals.push(Goal::Shown(literal.question));
        let free = literal.options.without(demands.answers[literal.question].not_chosen);
        free.iter().any(|option| {
            let mut demands = demands.clone();
            let demand = &mut demands.answers[literal.question];
            self.choose(literal.question, IdSet::only(option), demand) && self.solve(goals.clone(), demands)
        })
    }

    /// Tries the alternative in which none of the options is chosen, without requiring the question to be
    /// hidden.
    fn not_chosen(&mut self, literal: Literal, goals: &[Goal<'q>], demands: &Demands) -> bool {
        let mut demands = demands.clone();
        let demand = &mut demands.answers[literal.question];
        demand.not_chosen = demand.not_chosen.union(literal.options);
        let is_free = demand.chosen.intersection(literal.options).is_empty();
        // The kind of the sheet's own part is always picked.
        let is_of_parts = self.questionnaire.parts_question() == Some(literal.question);
        is_free
            && (!is_of_parts || demands.narrow(Scope::parts(literal.options).outside()))
            && self.solve(goals.to_vec(), demands)
    }

    /// Tries each condition as the one that evaluates to `wanted`.
    fn one_of(
        &mut self,
        conditions: &'q [Condition],
        wanted: bool,
        goals: &[Goal<'q>],
        demands: &Demands,
    ) -> bool {
        conditions.iter().any(|condition| {
            let mut goals = goals.to_vec();
            goals.push(Goal::Condition(condition, wanted));
            self.solve(goals, demands.clone())
        })
    }

    fn when(&self, question: QuestionId, wanted: bool) -> Option<Goal<'q>> {
        self.questionnaire[question].when.as_ref().map(|when| Goal::Condition(when, wanted))
    }

    /// Demands that an option is chosen. Returns whether that is consistent with the other demands.
    fn choose(&self, question: QuestionId, option: OptionSet, demand: &mut Demand) -> bool {
        let asked = &self.questionnaire[question];
        demand.chosen = demand.chosen.union(option);
        let several = demand.chosen.len() > 1;
        let excluded = several
            && (asked.kind == Kind::One || !demand.chosen.intersection(asked.alone_options()).is_empty());
        !demand.hidden && !excluded && demand.chosen.intersection(demand.not_chosen).is_empty()
    }
}
