//! Lints for valid questionnaires: warnings, and errors where the advice would be wrong, each with a hint.

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

/// Lints a questionnaire. Diagnostics are in file order.
pub fn lint(questionnaire: &Questionnaire) -> Vec<Diagnostic> {
    let mut warnings = Warnings::default();
    if let Some((count, span)) = questionnaire.hidden() {
        let what = format!("{} in the texts, here the first", counted(*count as i64, "hidden character"));
        warnings.warn(span, what, "they are shown escaped, remove them");
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

/// Reports sources with a verification date in the future.
pub fn lint_days(questionnaire: &Questionnaire, today: Date) -> Vec<Diagnostic> {
    let mut warnings = Warnings::default();
    for source in questionnaire.sources() {
        if let Some(day) = source.verified.filter(|day| *day > today) {
            let what = format!("`{}` is verified on {day}, which is in the future", source.id);
            warnings.warn(&source.span, what, "write the day on which it was checked");
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
        /// Maximum number of diagnostics, since each takes time to display.
        const FOUND: usize = 500;
        if self.found.len() < FOUND {
            self.found.push(diagnostic);
        }
    }
}
