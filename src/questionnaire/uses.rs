//! An index of what depends on which answers, computed once for a questionnaire.

use serde::{Deserialize, Serialize};

use super::{Condition, OptionSet, PerId, PerQuestion, QuestionId, Questionnaire, SourceId};

/// An index of what in a questionnaire depends on which answers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Uses {
    /// For each question, the options that a line, the waiver or another question's condition refers to.
    options: PerQuestion<OptionSet>,
    /// For each question, whether a line has a literal with several of its options.
    as_whole: PerQuestion<bool>,
    /// For each question, the questions whose visibility depends on it, directly or indirectly, in file
    /// order.
    reveals: PerQuestion<Vec<QuestionId>>,
    /// Sources that are the only source of some line.
    carrying: Vec<SourceId>,
}

impl Uses {
    /// Builds the index of a questionnaire.
    pub(super) fn new(questionnaire: &Questionnaire) -> Self {
        let count = questionnaire.questions.len();
        let mut uses = Self {
            options: PerId::filled(count, OptionSet::EMPTY),
            as_whole: PerId::filled(count, false),
            reveals: PerId::filled(count, Vec::new()),
            carrying: questionnaire
                .lines
                .iter()
                .filter_map(|line| match line.sources.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                })
                .collect(),
        };
        uses.carrying.sort_unstable();
        uses.carrying.dedup();
        let mut ask = |question: QuestionId, options: OptionSet| {
            uses.options[question] = uses.options[question].union(options);
        };
        for literal in questionnaire.lines.iter().flat_map(|line| &line.guard) {
            ask(literal.question, literal.options);
            uses.as_whole[literal.question] |= literal.options.len() > 1;
        }
        if let Some((question, options)) = &questionnaire.adoption.waiver {
            for own in options.values() {
                ask(*question, *own);
            }
        }
        let mut above: PerQuestion<Vec<QuestionId>> = PerId::default();
        for id in questionnaire.question_ids() {
            let mut asked: Vec<QuestionId> = Vec::new();
            for literal in questionnaire[id].when.as_ref().map(Condition::literals).unwrap_or_default() {
                ask(literal.question, literal.options);
                asked.push(literal.question);
            }
            // A condition may name the same question thousands of times.
            asked.sort_unstable();
            asked.dedup();
            // Conditions refer to earlier questions only.
            let mut own: Vec<QuestionId> =
                asked.iter().flat_map(|other| &above[*other]).chain(&asked).copied().collect();
            own.sort_unstable();
            own.dedup();
            for other in &own {
                uses.reveals[*other].push(id);
            }
            above.push(own);
        }
        uses
    }

    /// Returns the options of a question that a line, the waiver or another question's condition refers to.
    pub fn options(&self, question: QuestionId) -> OptionSet {
        self.options[question]
    }

    /// Returns the sources that are the only source of some line, in file order.
    pub fn carrying(&self) -> &[SourceId] {
        &self.carrying
    }

    /// Returns whether a line has a literal with several options of a question.
    pub fn as_whole(&self, question: QuestionId) -> bool {
        self.as_whole[question]
    }

    /// Returns for each question the questions whose visibility depends on it, directly or indirectly, in
    /// file order.
    pub fn reveals(&self) -> &PerQuestion<Vec<QuestionId>> {
        &self.reveals
    }
}
