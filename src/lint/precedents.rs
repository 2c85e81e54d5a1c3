//! Lints for precedents without answers, with a choice that their answers rule out, or without a valid
//! address.

use super::Warnings;
use crate::address::is_address;
use crate::advice::appraise;
use crate::precedents::{Choice, DecidedPart, Precedent, Precedents};
use crate::questionnaire::{Exclusion, Questionnaire};
use crate::source::Diagnostic;

/// Lints precedents. Diagnostics are in file order.
pub fn lint_precedents(questionnaire: &Questionnaire, precedents: &Precedents) -> Vec<Diagnostic> {
    let mut warnings = Warnings::default();
    for precedent in &precedents.all {
        if precedent.grounds.is_empty() {
            let hint = "answer the questions that its deciders mentioned";
            warnings.warn(&precedent.span, "this precedent has no answers, so it is never near", hint);
        }
        addresses(precedent, &mut warnings);
        ruled_out(questionnaire, precedent, &mut warnings);
    }
    warnings.found.sort_by_key(|found| found.span.start);
    warnings.found
}

fn addresses(precedent: &Precedent, warnings: &mut Warnings) {
    let hint = "add the address where the decision can be read";
    if precedent.addresses.is_empty() {
        warnings.warn(&precedent.span, "this precedent has no address", hint);
    }
    for (span, address) in &precedent.addresses {
        if !is_address(address) {
            warnings.warn(span, format!("`{address}` is not a web address"), hint);
        }
    }
}

/// Reports chosen candidates that the precedent's answers rule out. Those ruled out only as unusual are not
/// reported.
fn ruled_out(questionnaire: &Questionnaire, precedent: &Precedent, warnings: &mut Warnings) {
    let advice = appraise(questionnaire, &precedent.answers, None);
    for DecidedPart { span, subject, choice, .. } in &precedent.parts {
        let (Choice::Candidates(chosen), Some(part)) = (choice, advice.of(*subject)) else { continue };
        let cannot = part.ranking.iter().filter(|it| it.ruled_out == Some(Exclusion::Cannot));
        for standing in cannot.filter(|it| chosen.contains(it.candidate)) {
            let id = &questionnaire[standing.candidate].id;
            let what = format!("`{id}` was chosen here, and the answers say that it cannot be used");
            warnings.warn(span, what, "correct the answers, or the exclusion in the questionnaire");
        }
    }
}
