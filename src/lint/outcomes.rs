//! Candidates that never win, and answers that hang together too closely.
//!
//! Everything is asked of the blank sheet: for the system as a whole, and for one part of each kind. What
//! several parts together bring is not gone through.

use super::Warnings;
use crate::advice::{Analysis, Verdict, appraise, recommend};
use crate::answers::Answers;
use crate::questionnaire::{
    CandidateId, CandidateSet, Condition, PerCandidate, PerId, QuestionId, Questionnaire,
};

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    behind_from_the_start(questionnaire, warnings);
    // With several parts a rule about kinds of part, or a question that several parts open, can bring what it brings no single one.
    let (all, none) = (questionnaire.all_candidates(), CandidateSet::EMPTY);
    let single = !asks_for_parts(questionnaire);
    let mut never = if single { all } else { none };
    let start = if single { all } else { none };
    let mut better: PerCandidate<CandidateSet> = PerId::filled(questionnaire.candidates().len(), start);
    let mut too_large: Vec<QuestionId> = Vec::new();
    // A team can have paid for every candidate already.
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
            // Every further sheet would take as long, and none could prove anything.
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
            let hint = "give it evidence of its own, or take it out";
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
            warnings.warn(span, what, "say what speaks for it alone, or take it out");
        }
    }
    too_large.sort_unstable();
    too_large.dedup();
    for question in too_large {
        let what = "too many answers hang together with this question to be gone through";
        let hint = "fewer rules and conditions between them keep `settled` exact";
        warnings.warn(&questionnaire[question].span, what, hint);
    }
}

fn behind_from_the_start(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let blank = appraise(questionnaire, &Answers::new(questionnaire), None);
    for candidate in questionnaire.all_candidates().without(blank.parts[0].leaders).iter() {
        let what = "this candidate is behind before anything is answered";
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

/// The blank sheet, as a whole and with one part of each kind.
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
