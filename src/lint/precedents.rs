//! Precedents that can never be near, that their own answers rule out, or that nobody can look up.

use super::Warnings;
use crate::address::is_address;
use crate::advice::appraise;
use crate::precedents::{Choice, DecidedPart, Precedent, Precedents};
use crate::questionnaire::{Exclusion, Questionnaire};
use crate::source::Diagnostic;

/// Looks precedents through; what is found comes in file order.
pub fn lint_precedents(questionnaire: &Questionnaire, precedents: &Precedents) -> Vec<Diagnostic> {
    let mut warnings = Warnings::default();
    for precedent in &precedents.all {
        if precedent.grounds.is_empty() {
            let hint = "answer the questions that its deciders spoke of";
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
            warnings.warn(span, format!("`{address}` is not an address of the web"), hint);
        }
    }
}

/// What was chosen can be used there: what is only unusual was chosen for a reason.
fn ruled_out(questionnaire: &Questionnaire, precedent: &Precedent, warnings: &mut Warnings) {
    let advice = appraise(questionnaire, &precedent.answers, None);
    for DecidedPart { span, subject, choice, .. } in &precedent.parts {
        let (Choice::Candidates(chosen), Some(part)) = (choice, advice.of(*subject)) else { continue };
        let cannot = part.ranking.iter().filter(|it| it.ruled_out == Some(Exclusion::Cannot));
        for standing in cannot.filter(|it| chosen.contains(it.candidate)) {
            let id = &questionnaire[standing.candidate].id;
            let what = format!("`{id}` was chosen here, and the answers say that it cannot be used");
            warnings.warn(span, what, "mend the answers, or the exclusion in the questionnaire");
        }
    }
}
