//! What in a questionnaire depends on which answers, worked out once.

use serde::{Deserialize, Serialize};

use super::{Condition, OptionSet, PerId, PerQuestion, QuestionId, Questionnaire, SourceId};

/// Which answers something depends on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Uses {
    /// By question, the options that a line, a waiver or a condition asks for.
    options: PerQuestion<OptionSet>,
    /// By question, whether a line asks whether any of several options is chosen.
    as_whole: PerQuestion<bool>,
    /// By question, those whose visibility depends on it, directly or not, in file order.
    reveals: PerQuestion<Vec<QuestionId>>,
    /// Sources that some line rests on alone.
    carrying: Vec<SourceId>,
}

impl Uses {
    /// Looks through a whole questionnaire.
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
            // It looks at earlier questions only.
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

    /// Returns the options of a question that something depends on.
    pub fn options(&self, question: QuestionId) -> OptionSet {
        self.options[question]
    }

    /// Returns the sources that some line rests on alone, in file order.
    pub fn carrying(&self) -> &[SourceId] {
        &self.carrying
    }

    /// Says whether something depends on whether any of several options of a question is chosen.
    pub fn as_whole(&self, question: QuestionId) -> bool {
        self.as_whole[question]
    }

    /// Returns, by question, those whose visibility depends on it, directly or not, in file order.
    pub fn reveals(&self) -> &PerQuestion<Vec<QuestionId>> {
        &self.reveals
    }
}
