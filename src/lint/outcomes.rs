//! Lints for candidates that never win or start behind, and for questions that too many answers depend on.
//!
//! Each check starts from a blank sheet, for the system as a whole and for one part of each kind.
//! Combinations of several parts are not checked.

use super::Warnings;
use crate::advice::{Analysis, Verdict, appraise, recommend};
use crate::answers::Answers;
use crate::questionnaire::{
    CandidateId, CandidateSet, Condition, PerCandidate, PerId, QuestionId, Questionnaire,
};

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    behind_from_the_start(questionnaire, warnings);
    // With several parts, rules about kinds of part and questions that need several parts can add evidence
    // that no single part gets. The checks cannot prove anything then.
    let (all, none) = (questionnaire.all_candidates(), CandidateSet::EMPTY);
    let single = !asks_for_parts(questionnaire);
    let mut never = if single { all } else { none };
    let start = if single { all } else { none };
    let mut better: PerCandidate<CandidateSet> = PerId::filled(questionnaire.candidates().len(), start);
    let mut too_large: Vec<QuestionId> = Vec::new();
    // A team may have adopted any candidate already, so adoption costs are ignored.
    let free = questionnaire.at_no_cost();
    for answers in &sheets(questionnaire) {
        let advice = recommend(&free, answers);
        let analysis = Analysis::new(&free, answers, &advice);
        too_large.extend(analysis.too_large(0));
        let loses =
            |candidate: &CandidateId| matches!(analysis.verdict(0, *candidate), Verdict::CannotWin(_));
        never = never.iter().filter(loses).collect();
        for (candidate, better) in
            all.iter().zip(better.values_mut()).filter(|(_, better)| !better.is_empty())
        {
            *better = better.intersection(analysis.never_ahead_of(0, candidate));
        }
        if !too_large.is_empty() {
            // Further sheets would take as long and prove nothing.
            never = none;
            better.values_mut().for_each(|better| *better = none);
        }
        if never.is_empty() && better.values().all(|better| better.is_empty()) {
            break;
        }
    }
    for candidate in all.iter() {
        let span = &questionnaire[candidate].span;
        let better = better[candidate].iter().next().map(|better| &questionnaire[better].id);
        if never.contains(candidate) {
            let hint = "give it its own evidence, or remove it";
            let what = match better {
                Some(better) => {
                    format!("this candidate never wins a single part: it is never ahead of `{better}`")
                }
                None => "this candidate never wins a single part, whatever is answered".to_owned(),
            };
            warnings.warn(span, what, hint);
        } else if let Some(better) = better.filter(|_| !questionnaire.lines().is_empty()) {
            let what =
                format!("this candidate is dominated: for a single part it is never ahead of `{better}`");
            warnings.warn(span, what, "add what only this one has, or remove it");
        }
    }
    too_large.sort_unstable();
    too_large.dedup();
    for question in too_large {
        let what = "too many answers depend on this question to check them all";
        let hint = "fewer rules and conditions between them keep `settled` exact";
        warnings.warn(&questionnaire[question].span, what, hint);
    }
}

fn behind_from_the_start(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let blank = appraise(questionnaire, &Answers::new(questionnaire), None);
    for candidate in questionnaire.all_candidates().without(blank.parts[0].leaders).iter() {
        let what = "this candidate is behind before any question is answered";
        let hint = "give every candidate the same adoption cost";
        warnings.warn(&questionnaire[candidate].span, what, hint);
    }
}

fn asks_for_parts(questionnaire: &Questionnaire) -> bool {
    let mut asked = questionnaire.rules().iter().flat_map(|rule| &rule.all);
    let mut conditions = questionnaire.questions().iter().filter_map(|question| question.when.as_ref());
    asked.any(|literal| Some(literal.question) == questionnaire.parts_question())
        || conditions.any(Condition::asks_several_parts)
}

/// Returns blank answers for the system as a whole and for one part of each kind.
fn sheets(questionnaire: &Questionnaire) -> Vec<Answers> {
    let blank = Answers::new(questionnaire);
    let kinds = questionnaire.parts_question().map(|parts| questionnaire[parts].all_options());
    let of_kind = |kind| {
        let mut answers = blank.clone();
        answers.add_part(questionnaire, kind);
        answers
    };
    let parts: Vec<Answers> = kinds.iter().flat_map(|kinds| kinds.iter()).map(of_kind).collect();
    [blank].into_iter().chain(parts).collect()
}
