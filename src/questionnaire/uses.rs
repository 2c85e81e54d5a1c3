//! What in a questionnaire depends on which answers, worked out once; must not know answers.

use super::{Condition, OptionSet, QuestionId, Questionnaire, SourceId};

/// Which answers something depends on.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// By question, the options that a line, a waiver or a condition asks for.
    options: Vec<OptionSet>,
    /// By question, whether a line asks whether any of several options is chosen.
    as_whole: Vec<bool>,
    /// By question, those whose visibility depends on it, directly or not, in file order.
    reveals: Vec<Vec<QuestionId>>,
    /// Sources that some line rests on alone.
    carrying: Vec<SourceId>,
}

impl Uses {
    /// Looks through a whole questionnaire.
    pub(super) fn new(questionnaire: &Questionnaire) -> Self {
        let count = questionnaire.questions.len();
        let mut uses = Self {
            options: vec![OptionSet::EMPTY; count],
            as_whole: vec![false; count],
            reveals: vec![Vec::new(); count],
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
            uses.options[question.0] = uses.options[question.0].union(options);
        };
        for literal in questionnaire.lines.iter().flat_map(|line| &line.guard) {
            ask(literal.question, literal.options);
            uses.as_whole[literal.question.0] |= literal.options.len() > 1;
        }
        if let Some((question, options)) = &questionnaire.adoption.waiver {
            for own in options {
                ask(*question, *own);
            }
        }
        let mut above: Vec<Vec<QuestionId>> = Vec::with_capacity(count);
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
                asked.iter().flat_map(|other| &above[other.0]).chain(&asked).copied().collect();
            own.sort_unstable();
            own.dedup();
            for other in &own {
                uses.reveals[other.0].push(id);
            }
            above.push(own);
        }
        uses
    }

    /// Returns the options of a question that something depends on.
    pub fn options(&self, question: QuestionId) -> OptionSet {
        self.options[question.0]
    }

    /// Returns the sources that some line rests on alone, in file order.
    pub fn carrying(&self) -> &[SourceId] {
        &self.carrying
    }

    /// Says whether something depends on whether any of several options of a question is chosen.
    pub fn as_whole(&self, question: QuestionId) -> bool {
        self.as_whole[question.0]
    }

    /// Returns, by question, those whose visibility depends on it, directly or not, in file order.
    pub fn reveals(&self) -> &[Vec<QuestionId>] {
        &self.reveals
    }
}
