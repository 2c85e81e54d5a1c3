//! The answers that count, without those to hidden questions.

use crate::questionnaire::{
    Condition, Literal, OptionSet, PerId, PerQuestion, QuestionId, Questionnaire, Sheet,
};

/// The answers that count for one subject, without those to hidden questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveAnswers {
    sheet: Sheet,
    chosen: PerQuestion<OptionSet>,
    visible: PerQuestion<bool>,
}

impl EffectiveAnswers {
    /// Computes what is visible on a sheet. `raw` returns the options chosen, whether or not a question is
    /// visible.
    pub fn new(questionnaire: &Questionnaire, sheet: Sheet, raw: impl Fn(QuestionId) -> OptionSet) -> Self {
        let count = questionnaire.questions().len();
        let mut effective = Self {
            sheet,
            chosen: PerId::filled(count, OptionSet::EMPTY),
            visible: PerId::filled(count, false),
        };
        // Conditions refer to earlier questions only, so one pass in file order is enough.
        for id in questionnaire.question_ids() {
            let question = &questionnaire[id];
            let holds = |when| effective.holds(when);
            if question.concerns.covers(sheet.kind) && question.when.as_ref().is_none_or(holds) {
                effective.visible[id] = true;
                effective.chosen[id] = raw(id);
            }
        }
        effective
    }

    /// Returns the sheet.
    pub fn sheet(&self) -> Sheet {
        self.sheet
    }

    /// Returns whether a condition is true.
    pub fn holds(&self, condition: &Condition) -> bool {
        condition.holds(self.sheet, &|literal| self.is_true(literal))
    }

    /// Returns whether a literal is true.
    pub fn is_true(&self, literal: Literal) -> bool {
        self.chosen[literal.question].intersection(literal.options).is_empty() != literal.holds
    }

    /// Returns whether all literals of a conjunction are true.
    pub fn all_true(&self, guard: &[Literal]) -> bool {
        guard.iter().all(|literal| self.is_true(*literal))
    }

    /// Returns whether a question is visible.
    pub fn is_visible(&self, question: QuestionId) -> bool {
        self.visible[question]
    }

    /// Returns the chosen options, or the empty set if the question is hidden.
    pub fn chosen(&self, question: QuestionId) -> OptionSet {
        self.chosen[question]
    }
}
