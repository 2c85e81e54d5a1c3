//! Limits on the size of a questionnaire.

use crate::questionnaire::checker::ERRORS;
use crate::questionnaire::schema;
use crate::source::{Diagnostic, Source};

const QUESTIONS: usize = 500;
const OPTIONS: usize = 64;
const CANDIDATES: usize = 64;
const SOURCES: usize = 1000;
const RULES: usize = 5000;
const REMARKS: usize = 5000;
const BOUNDARIES: usize = 500;

/// Returns an error for each count out of range, and whether there are too many items to continue.
///
/// Such a file is not validated further, because products of the counts could exhaust memory.
pub(super) fn counts(source: &Source, file: &schema::File<'_>) -> (Vec<Diagnostic>, bool) {
    let mut errors = Vec::new();
    let mut too_many = false;
    let mut limit = |what: &str, count: usize, least: usize, most: usize, at: &str| {
        too_many |= count > most;
        if (count < least || count > most) && errors.len() < ERRORS {
            let what = format!("the number of {what} is {count}");
            errors.push(Diagnostic::error(source.span_of(at), what, format!("give {least} to {most}")));
        }
    };
    limit("sources", file.sources.len(), 0, SOURCES, &file.id);
    limit("rules", file.rules.len(), 0, RULES, &file.id);
    limit("boundaries", file.boundaries.len(), 0, BOUNDARIES, &file.id);
    let of_options = file.questions.iter().flat_map(|question| &question.options).map(|it| it.says.len());
    let remarks = of_options.chain(file.rules.iter().map(|rule| rule.says.len())).sum();
    limit("remarks", remarks, 0, REMARKS, &file.id);
    limit("candidates", file.candidates.len(), 2, CANDIDATES, &file.id);
    let at = file.questions.get(QUESTIONS).map_or(&file.id, |question| &question.id);
    limit("questions", file.questions.len(), 1, QUESTIONS, at);
    for question in &file.questions {
        let (least, most) = match question.kind {
            schema::Kind::One | schema::Kind::Many | schema::Kind::Parts => (1, OPTIONS),
            schema::Kind::Text | schema::Kind::Candidates { .. } => (0, 0),
        };
        limit("options", question.options.len(), least, most, &question.id);
    }
    for rule in &file.rules {
        let literals = match &rule.when {
            schema::Condition::All(inner) => inner.iter().filter(|it| !it.is_about_this()).count(),
            _ => 1,
        };
        if !(2..=4).contains(&literals) && errors.len() < ERRORS {
            let noun = if literals == 1 { "statement" } else { "statements" };
            let what = format!("this rule joins {literals} {noun} about answers, and a rule joins 2 to 4");
            let hint = match literals {
                0 | 1 => "add one, or write what it says at the option itself",
                _ => "remove some, or split it into two rules",
            };
            errors.push(Diagnostic::error(source.span_of(&rule.id), what, hint));
        }
    }
    errors.sort_by_key(|diagnostic| diagnostic.span.start);
    (errors, too_many)
}
