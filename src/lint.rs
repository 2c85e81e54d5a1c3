//! What an author should mend in a questionnaire that can be used: warnings, and errors where the advice
//! would be wrong; each with a way out.

mod arguments;
mod candidates;
mod conditions;
mod effects;
mod outcomes;
mod precedents;
mod reach;
mod texts;

use std::ops::Range;

pub use precedents::lint_precedents;

use jiff::civil::Date;

use crate::questionnaire::Questionnaire;
use crate::source::Diagnostic;
use crate::wording::counted;

/// Looks a questionnaire through; what is found comes in file order.
pub fn lint(questionnaire: &Questionnaire) -> Vec<Diagnostic> {
    let mut warnings = Warnings::default();
    if let Some((count, span)) = questionnaire.hidden() {
        let what = format!("{} in the texts, here the first", counted(*count as i64, "hidden character"));
        warnings.warn(span, what, "they are spelled out, take them out");
    }
    texts::look(questionnaire, &mut warnings);
    candidates::look(questionnaire, &mut warnings);
    arguments::look(questionnaire, &mut warnings);
    conditions::look(questionnaire, &mut warnings);
    reach::look(questionnaire, &mut warnings);
    effects::look(questionnaire, &mut warnings);
    outcomes::look(questionnaire, &mut warnings);
    warnings.found.sort_by_key(|found| found.span.start);
    warnings.found
}

/// Finds days in the future, on which nobody can have looked at a source yet.
pub fn lint_days(questionnaire: &Questionnaire, today: Date) -> Vec<Diagnostic> {
    let mut warnings = Warnings::default();
    for source in questionnaire.sources() {
        if let Some(day) = source.verified.filter(|day| *day > today) {
            let what = format!("`{}` is verified on {day}, which is still to come", source.id);
            warnings.warn(&source.span, what, "write the day on which somebody looked");
        }
    }
    warnings.found
}

/// Collects warnings and errors.
#[derive(Default)]
struct Warnings {
    found: Vec<Diagnostic>,
}

impl Warnings {
    fn warn(&mut self, span: &Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        self.add(Diagnostic::warning(span.clone(), what, hint));
    }

    fn error(&mut self, span: &Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        self.add(Diagnostic::error(span.clone(), what, hint));
    }

    fn add(&mut self, diagnostic: Diagnostic) {
        /// More help nobody, and each takes time to show.
        const FOUND: usize = 500;
        if self.found.len() < FOUND {
            self.found.push(diagnostic);
        }
    }
}
