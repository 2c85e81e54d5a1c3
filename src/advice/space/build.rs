//! Builds the space of one part: what varies, what hangs together, what it brings; must not say what
//! that means.

use super::groups::Groups;
use super::state::State;
use super::terms::{Brought, Term, Terms, waivers};
use super::ways::Way;
use super::{Branch, Choice, Space, Vary};
use crate::advice::kind_of;
use crate::answers::{Answers, Emphasis, Subject};
use crate::questionnaire::{Literal, OptionId, OptionSet, PerCandidate, QuestionId, Questionnaire};
use crate::set::Set;

/// More branches than this are not followed for answers that hang together; the terms are bounded
/// one by one instead. It is enough for 50,000 joint answers.
const BRANCHES: usize = 100_000;
/// Terms and answers looked at on the way to them, of all groups together: a long chain of follow-ups
/// has few branches, but each takes long. Many parts share it, as far as that leaves each enough.
const LOOKED_AT: std::ops::RangeInclusive<usize> = 1_000_000..=10_000_000;

/// Finds what varying answers can bring to one part; with `single`, adoption costs count as well.
pub(in crate::advice) fn space(
    questionnaire: &Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    vary: Vary,
) -> Space {
    let kind = kind_of(answers, subject);
    let waivers = if single { waivers(questionnaire, answers) } else { Vec::new() };
    let mut terms = Terms::default();
    terms.lines(questionnaire.lines().iter().filter(|line| line.scope.covers(kind)));
    terms.waivers(&waivers);
    let state = State::new(questionnaire, answers, subject, vary);
    let most = (LOOKED_AT.end() / answers.parts().len().max(1)).max(*LOOKED_AT.start());
    let candidates = questionnaire.candidates().len();
    Builder { candidates, state, branches: 0, looked_at: 0, most, choices: 0 }.build(&terms.all())
}

/// What is decided at once: a question as far as [`ways`] go, or one option of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variable {
    pub question: QuestionId,
    pub option: Option<OptionId>,
}

/// There are too many branches.
struct TooMany;

struct Builder<'a> {
    candidates: usize,
    state: State<'a>,
    /// Made so far for the answers that hang together.
    branches: usize,
    /// Terms looked at so far; the state counts answers.
    looked_at: usize,
    /// Terms and answers that may be looked at.
    most: usize,
    /// Made so far in all.
    choices: usize,
}

/// Terms that hang together.
#[derive(Default)]
struct Group<'t> {
    terms: Vec<Term<'t>>,
    /// What decides them, each with the number of terms that join it with another one.
    variables: Vec<(Variable, usize)>,
}

impl Builder<'_> {
    fn build(mut self, terms: &[Term<'_>]) -> Space {
        let mut fixed = Brought::nothing(self.candidates);
        let groups = self.resolve(terms, &mut fixed);
        let mut space = Space {
            choices: Vec::new(),
            count: 0,
            ruled_out: fixed.ruled_out,
            exact: true,
            too_large: Vec::new(),
        };
        for group in groups {
            self.branches = 0;
            if let Ok(mut choice) = self.choose(&group) {
                let today = self.today(&group.terms);
                for branch in &mut choice.branches {
                    branch
                        .change
                        .values_mut()
                        .zip(today.values())
                        .for_each(|(change, today)| *change -= today);
                }
                space.choices.push(choice);
            } else {
                space.exact = false;
                space.too_large.extend(group.variables.first().map(|(variable, _)| variable.question));
                space.choices.extend(group.terms.iter().map(|term| self.bound(term)));
            }
        }
        space.count = self.choices;
        space
    }

    /// Adds what is certain to `brought`, and puts what is not into groups that are independent.
    fn resolve<'t>(&mut self, terms: &[Term<'t>], brought: &mut Brought) -> Vec<Group<'t>> {
        let mut open: Vec<(Term<'t>, usize)> = Vec::new();
        let mut depends: Vec<Variable> = Vec::new();
        for term in terms {
            match self.state.holds(term) {
                Some(false) => {}
                Some(true) => term.apply(self.state.factor(term), brought),
                None => {
                    open.push((*term, depends.len()));
                    self.state.depends(term, &mut depends);
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
        let mut groups = Groups::new(variables.len());
        let mut joined = vec![0; variables.len()];
        for (_, depends) in open.iter().filter(|(_, depends)| depends.len() > 1) {
            for variable in *depends {
                groups.join(depends[0], *variable);
                joined[*variable] += 1;
            }
        }
        let mut found: Vec<Group<'t>> = Vec::new();
        let mut group_of: Vec<Option<usize>> = vec![None; variables.len()];
        for (index, variable) in variables.iter().enumerate() {
            let group = *group_of[groups.root(index)].get_or_insert_with(|| {
                found.push(Group::default());
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

    /// Branches on the variable that most terms join with others, so that what is left falls apart.
    fn choose(&mut self, group: &Group<'_>) -> Result<Choice, TooMany> {
        let asked = |(variable, _): &&(Variable, usize)| self.state.visible(variable.question) == Some(true);
        let asked = group.variables.iter().filter(asked);
        let best = asked.max_by_key(|(variable, joined)| (*joined, std::cmp::Reverse(*variable)));
        let Some((Variable { question, option }, _)) = best.or(group.variables.first()).copied() else {
            return Ok(self.number(None, Vec::new()));
        };
        let (whole, single);
        let ways: &[Way] = if let Some(option) = option {
            single = one_option(option);
            &single
        } else {
            whole = self.state.ways(question);
            &whole
        };
        self.branches += ways.len();
        if self.branches > BRANCHES || self.looked_at + self.state.looked_at > self.most {
            return Err(TooMany);
        }
        let is_last = group.variables.len() == 1 && ways.iter().all(|way| way.free.is_empty());
        let branches = if is_last && self.state.is_plain(question) {
            self.last(question, &group.terms, ways)
        } else {
            let mut branches = Vec::with_capacity(ways.len());
            for way in ways {
                let undo = self.state.decide(question, way);
                let branch = self.branch(&group.terms, way);
                self.state.undo(question, undo);
                branches.push(branch?);
            }
            branches
        };
        Ok(self.number(Some(question), branches))
    }

    fn number(&mut self, question: Option<QuestionId>, branches: Vec<Branch>) -> Choice {
        self.choices += 1;
        Choice { id: self.choices - 1, question, branches }
    }

    /// The branches after which nothing is open: what [`Self::branch`] would find, but each term is
    /// looked at once.
    fn last(&self, question: QuestionId, terms: &[Term<'_>], ways: &[Way]) -> Vec<Branch> {
        let mut all = vec![Brought::nothing(self.candidates); ways.len()];
        for term in terms {
            let factor = self.state.factor(term);
            let own = || term.guard.iter().filter(|literal| literal.question == question);
            for (brought, way) in all.iter_mut().zip(ways) {
                let chosen = self.state.chosen(question).union(way.chosen);
                let is_true = |it: &Literal| chosen.intersection(it.options).is_empty() != it.holds;
                if own().all(is_true) {
                    term.apply(factor, brought);
                }
            }
        }
        ways.iter().zip(all).map(|(way, brought)| Branch::new(way, brought, Vec::new())).collect()
    }

    fn branch(&mut self, terms: &[Term<'_>], way: &Way) -> Result<Branch, TooMany> {
        let mut brought = Brought::nothing(self.candidates);
        let groups = self.resolve(terms, &mut brought);
        let then = groups.iter().map(|group| self.choose(group)).collect::<Result<_, _>>()?;
        Ok(Branch::new(way, brought, then))
    }

    /// The points that terms bring today.
    fn today(&self, terms: &[Term<'_>]) -> PerCandidate<i64> {
        let mut brought = Brought::nothing(self.candidates);
        for term in terms {
            if let Some(factor) = self.state.factor_today(term) {
                term.apply(factor, &mut brought);
            }
        }
        brought.points
    }

    /// The outcomes of one term, as if nothing else depended on its questions: it does not apply, or
    /// it does with any of the factors it may have.
    fn bound(&mut self, term: &Term<'_>) -> Choice {
        let today = self.today(std::slice::from_ref(term));
        let branch = |factor: Option<i64>| {
            let mut brought = Brought::nothing(self.candidates);
            if let Some(factor) = factor {
                term.apply(factor, &mut brought);
            }
            brought.points.values_mut().zip(today.values()).for_each(|(change, today)| *change -= today);
            Branch::new(&Way::default(), brought, Vec::new())
        };
        let factors = self.state.factors(term).into_iter().chain([Emphasis::Normal.factor()]);
        let branches = [None].into_iter().chain(factors.map(Some)).map(branch).collect();
        self.number(None, branches)
    }
}

impl Branch {
    fn new(way: &Way, brought: Brought, then: Vec<Choice>) -> Self {
        Self {
            scope: way.scope,
            chosen: way.chosen,
            change: brought.points,
            ruled_out: brought.ruled_out,
            cost: way.cost,
            then,
        }
    }
}

/// The ways to decide one option: it is not chosen, or it is.
fn one_option(option: OptionId) -> [Way; 2] {
    let scope = Set::only(option);
    let way = |chosen| Way { scope, chosen, free: OptionSet::EMPTY, cost: 0 };
    [way(OptionSet::EMPTY), way(scope)]
}
