//! Partially decided answers, and the truth of conditions under them.
//!
//! Truth has three values: true, false and undecided (Kleene 1938).

use std::rc::Rc;

use super::Vary;
use super::alternatives::{Alternative, Limits, Variable, alternatives};
use super::terms::Term;
use crate::answers::{Answers, EffectiveAnswers, Emphasis, Subject};
use crate::questionnaire::{
    Condition, Kind, Literal, OptionSet, PerId, PerQuestion, QuestionId, Questionnaire,
};

/// The answers of one part while questions are decided one after another.
pub(super) struct PartialAnswers<'a> {
    questionnaire: &'a Questionnaire,
    today: EffectiveAnswers,
    asked: PerQuestion<QuestionTraits>,
    decided: PerQuestion<Decided>,
    /// For each question, whether it is visible; `None` if undecided.
    visible: PerQuestion<Option<bool>>,
    /// For each question, those whose visibility depends on it, directly or indirectly, in file order.
    reveals: &'a PerQuestion<Vec<QuestionId>>,
    /// For each question, the value of `terms_seen` when its visibility was last examined.
    seen: PerQuestion<usize>,
    terms_seen: usize,
    /// Literals examined so far, as a measure of the time taken.
    pub looked_at: usize,
}

/// The fixed properties of a question.
struct QuestionTraits {
    /// The ways to answer the question; empty if its answer does not vary.
    alternatives: Rc<[Alternative]>,
    /// Factor that multiplies points while the question has an answer.
    factor: i64,
}

/// How far a question is decided.
#[derive(Debug, Clone, Copy)]
struct Decided {
    /// Whether the question is still to be decided as a whole, not option by option.
    at_once: bool,
    /// The options that are decided.
    options: OptionSet,
    /// The options in `options` that are chosen; they count only if the question is visible.
    chosen: OptionSet,
}

/// The state before a decision, to which undoing returns.
pub(super) struct Undo {
    decided: Decided,
    visible: Vec<Option<bool>>,
}

impl<'a> PartialAnswers<'a> {
    pub fn new(questionnaire: &'a Questionnaire, answers: &Answers, subject: Subject, vary: Vary) -> Self {
        let today = answers.effective(questionnaire, subject);
        let count = questionnaire.questions().len();
        let mut partial = Self {
            questionnaire,
            asked: PerId::default(),
            decided: PerId::default(),
            visible: PerId::default(),
            reveals: questionnaire.uses().reveals(),
            seen: PerId::filled(count, 0),
            terms_seen: 0,
            looked_at: 0,
            today,
        };
        for id in questionnaire.question_ids() {
            let question = &questionnaire[id];
            let open = answers.is_unanswered(questionnaire, id, subject);
            let varies = matches!(question.kind, Kind::One | Kind::Many)
                && match vary {
                    Vary::Open => open,
                    Vary::Given => !partial.today.chosen(id).is_empty(),
                };
            let factor = answers.emphasis(id).factor();
            let all = question.all_options();
            // Emphasis applies only while the question has an answer, so even options that no term depends on
            // matter.
            let emphasised = factor != Emphasis::Normal.factor();
            let limits = Limits {
                matter: if emphasised { all } else { questionnaire.uses().options(id) },
                as_whole: emphasised || questionnaire.uses().as_whole(id),
                nothing: vary == Vary::Open && question.skippable,
                today: (vary == Vary::Given).then(|| partial.today.chosen(id)),
            };
            let alternatives = if varies { alternatives(question, &limits) } else { Vec::new() };
            partial.decided.push(if varies {
                match alternatives.as_slice() {
                    // A single alternative without chosen options leaves only its free options to decide, one
                    // by one.
                    [only] if only.chosen.is_empty() => {
                        Decided { at_once: false, options: all.without(only.free), chosen: only.chosen }
                    }
                    _ => Decided { at_once: true, options: OptionSet::EMPTY, chosen: OptionSet::EMPTY },
                }
            } else {
                Decided { at_once: false, options: all, chosen: answers.chosen(questionnaire, id, subject) }
            });
            partial.asked.push(QuestionTraits { alternatives: alternatives.into(), factor });
            // A condition refers only to earlier questions, which are complete here.
            let visible = partial.look(id);
            partial.visible.push(visible);
        }
        partial
    }

    /// Returns the ways to answer a question that varies.
    pub fn alternatives(&self, question: QuestionId) -> Rc<[Alternative]> {
        Rc::clone(&self.asked[question].alternatives)
    }

    pub fn visible(&self, question: QuestionId) -> Option<bool> {
        self.visible[question]
    }

    /// Applies an alternative to a question. Returns the state needed to undo it.
    pub fn decide(&mut self, question: QuestionId, alternative: &Alternative) -> Undo {
        let before = self.decided[question];
        let (options, chosen) = if before.at_once {
            (self.questionnaire[question].all_options().without(alternative.free), alternative.chosen)
        } else {
            (before.options.union(alternative.scope), before.chosen.union(alternative.chosen))
        };
        self.decided[question] = Decided { at_once: false, options, chosen };
        let mut visible = Vec::with_capacity(self.reveals[question].len());
        for index in 0..self.reveals[question].len() {
            let other = self.reveals[question][index];
            visible.push(self.visible[other]);
            self.visible[other] = self.look(other);
        }
        Undo { decided: before, visible }
    }

    pub fn undo(&mut self, question: QuestionId, undo: Undo) {
        self.decided[question] = undo.decided;
        for (other, visible) in self.reveals[question].iter().zip(undo.visible) {
            self.visible[*other] = visible;
        }
    }

    /// Returns whether a question is visible; `None` while earlier questions leave that undecided.
    fn look(&self, question: QuestionId) -> Option<bool> {
        let question = &self.questionnaire[question];
        if !question.concerns.covers(self.today.sheet().kind) {
            return Some(false);
        }
        question.when.as_ref().map_or(Some(true), |condition| self.condition(condition))
    }

    fn condition(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::Is(literal) => self.truth(literal),
            Condition::This(_) | Condition::SeveralParts => Some(self.today.holds(condition)),
            Condition::Not(inner) => self.condition(inner).map(|holds| !holds),
            Condition::All(inner) => self.any(inner, false).map(|some_fails| !some_fails),
            Condition::Any(inner) => self.any(inner, true),
        }
    }

    /// Returns whether any of several conditions evaluates to `wanted`; `None` if undecided.
    fn any(&self, conditions: &[Condition], wanted: bool) -> Option<bool> {
        let mut known = true;
        for condition in conditions {
            match self.condition(condition) {
                Some(value) if value == wanted => return Some(true),
                Some(_) => {}
                None => known = false,
            }
        }
        known.then_some(false)
    }

    fn truth(&self, literal: &Literal) -> Option<bool> {
        let decided = &self.decided[literal.question];
        let hit = !decided.chosen.intersection(literal.options).is_empty();
        let is_chosen = if hit {
            self.visible[literal.question]
        } else if decided.options.contains_all(literal.options) {
            Some(false)
        } else {
            self.visible[literal.question].filter(|visible| !visible)
        };
        is_chosen.map(|chosen| chosen == literal.holds)
    }

    /// Returns whether a term applies; `None` while that or the term's factor is undecided.
    pub fn holds(&self, term: &Term<'_>) -> Option<bool> {
        let mut known = true;
        for literal in term.guard {
            match self.truth(literal) {
                Some(false) => return Some(false),
                Some(true) => known &= !self.factor_is_open(term, literal.question),
                None => known = false,
            }
        }
        known.then_some(true)
    }

    /// Returns the options of a question chosen so far.
    pub fn chosen(&self, question: QuestionId) -> OptionSet {
        self.decided[question].chosen
    }

    /// Returns whether answers to a question affect no visibility and have normal emphasis.
    pub fn is_plain(&self, question: QuestionId) -> bool {
        self.reveals[question].is_empty() && !self.is_emphasised(question)
    }

    fn is_emphasised(&self, question: QuestionId) -> bool {
        self.asked[question].factor != Emphasis::Normal.factor()
    }

    /// Returns whether a term's factor depends on the undecided visibility of a question. Emphasis applies
    /// only to an answer, and a hidden question has none.
    fn factor_is_open(&self, term: &Term<'_>, question: QuestionId) -> bool {
        term.emphasised && self.is_emphasised(question) && self.visible[question].is_none()
    }

    /// Returns the factor of a term that applies: the smallest emphasis of its questions.
    pub fn factor(&self, term: &Term<'_>) -> i64 {
        let has_answer = |question: QuestionId| {
            self.visible[question] == Some(true) && !self.decided[question].chosen.is_empty()
        };
        self.least_factor(term, has_answer)
    }

    /// Returns the factor of a term under the current answers; `None` if the term does not apply.
    pub fn factor_today(&self, term: &Term<'_>) -> Option<i64> {
        let has_answer = |question: QuestionId| !self.today.chosen(question).is_empty();
        self.today.all_true(term.guard).then(|| self.least_factor(term, has_answer))
    }

    fn least_factor(&self, term: &Term<'_>, has_answer: impl Fn(QuestionId) -> bool) -> i64 {
        let normal = Emphasis::Normal.factor();
        if !term.emphasised {
            return normal;
        }
        let questions = term.guard.iter().map(|literal| literal.question);
        let factor = |question: QuestionId| {
            if has_answer(question) { self.asked[question].factor } else { normal }
        };
        questions.map(factor).min().unwrap_or(normal)
    }

    /// Returns the factors that a term's questions have while answered; empty if emphasis does not count.
    pub fn factors(&self, term: &Term<'_>) -> Vec<i64> {
        let questions = term.guard.iter().filter(|_| term.emphasised);
        questions.map(|literal| self.asked[literal.question].factor).collect()
    }

    /// Returns a key for the undecided rest of some terms. Further decisions have the same effect in two
    /// states with equal keys.
    pub fn residue(&self, terms: &[Term<'_>]) -> Vec<u64> {
        let mut residue = Vec::with_capacity(4 * terms.len());
        for term in terms {
            residue.push(term.id as u64);
            for literal in term.guard {
                self.residue_of(literal, &mut residue);
                if term.emphasised && self.is_emphasised(literal.question) {
                    let decided = &self.decided[literal.question];
                    residue.extend([decided.options.bits(), decided.chosen.bits()]);
                    residue.push(self.visible[literal.question].map_or(2, u64::from));
                }
            }
        }
        residue
    }

    fn residue_of(&self, literal: &Literal, into: &mut Vec<u64>) {
        if let Some(truth) = self.truth(literal) {
            into.push(u64::from(truth));
            return;
        }
        let (decided, visible) = (&self.decided[literal.question], self.visible[literal.question]);
        into.push(2 + 2 * visible.map_or(2, u64::from) + u64::from(decided.at_once));
        into.push(literal.options.intersection(decided.options).bits());
        into.push(literal.options.intersection(decided.chosen).bits());
        if visible.is_none() {
            let when = self.questionnaire[literal.question].when.as_ref();
            for literal in when.map(Condition::literals).unwrap_or_default() {
                self.residue_of(&literal, into);
            }
        }
    }

    /// Collects the variables that decide a term, including those that decide visibility.
    pub fn depends(&mut self, term: &Term<'_>, into: &mut Vec<Variable>) {
        self.terms_seen += 1;
        let start = into.len();
        for literal in term.guard {
            if self.truth(literal).is_none() {
                self.literal(literal, into);
            } else if self.factor_is_open(term, literal.question) {
                self.visibility(literal.question, into);
            }
        }
        // A variable can be added twice, through a literal and through the visibility of another question.
        let mut own = into.split_off(start);
        own.sort_unstable();
        own.dedup();
        into.append(&mut own);
    }

    fn literal(&mut self, literal: &Literal, into: &mut Vec<Variable>) {
        self.looked_at += 1;
        let (question, decided) = (literal.question, self.decided[literal.question]);
        let open = literal.options.without(decided.options);
        if decided.at_once {
            into.push(Variable { question, option: None });
        } else {
            into.extend(open.iter().map(|option| Variable { question, option: Some(option) }));
        }
        self.visibility(question, into);
    }

    fn visibility(&mut self, question: QuestionId, into: &mut Vec<Variable>) {
        if self.visible[question].is_some() || self.seen[question] == self.terms_seen {
            return;
        }
        self.seen[question] = self.terms_seen;
        let questionnaire = self.questionnaire;
        let literals = questionnaire[question].when.as_ref().map(Condition::literals).unwrap_or_default();
        for literal in
            literals.iter().filter(|literal| self.truth(literal).is_none()).copied().collect::<Vec<_>>()
        {
            self.literal(&literal, into);
        }
    }
}
