//! Candidates that never win, and answers that hang together too closely; must not weigh anything
//! itself.
//!
//! Everything is asked of the blank sheet: for the system as a whole, and for one part of each kind.

use super::Warnings;
use crate::advice::{Analysis, Verdict, recommend};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, CandidateSet, QuestionId, Questionnaire};

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut never: CandidateSet = questionnaire.all_candidates();
    let mut behind: Vec<Option<CandidateId>> = vec![None; questionnaire.candidates.len()];
    let mut too_large: Vec<QuestionId> = Vec::new();
    let mut ahead = CandidateSet::EMPTY;
    for (index, answers) in sheets(questionnaire).iter().enumerate() {
        let advice = recommend(questionnaire, answers);
        let analysis = Analysis::new(questionnaire, answers, &advice);
        if index == 0 {
            ahead = advice.parts[0].leaders;
        }
        too_large.extend(analysis.too_large(0));
        let loses =
            |candidate: &CandidateId| matches!(analysis.verdict(0, *candidate), Verdict::CannotWin(_));
        never = never.iter().filter(loses).collect();
        for candidate in questionnaire.all_candidates().iter() {
            let better = analysis.never_ahead_of(0, candidate);
            let known = &mut behind[candidate.0];
            *known = if index == 0 { better } else { known.filter(|known| better == Some(*known)) };
        }
        if !too_large.is_empty() {
            // Every further sheet would take as long, and none could prove anything.
            never = CandidateSet::EMPTY;
            behind.fill(None);
        }
        if never.is_empty() && behind.iter().all(Option::is_none) {
            break;
        }
    }
    for candidate in questionnaire.all_candidates().without(ahead).iter() {
        let what = "this candidate is behind before anything is answered";
        let hint = "give every candidate the same adoption cost";
        warnings.warn(&questionnaire[candidate].place, what, hint);
    }
    for candidate in questionnaire.all_candidates().iter() {
        let place = &questionnaire[candidate].place;
        let better = behind[candidate.0].map(|better| &questionnaire[better].id);
        if never.contains(candidate) {
            let hint = "give it evidence of its own, or take it out";
            let what = match better {
                Some(better) => format!("this candidate never wins: it is never ahead of `{better}`"),
                None => "this candidate never wins, whatever is answered".to_owned(),
            };
            warnings.warn(place, what, hint);
        } else if let Some(better) = better.filter(|_| !questionnaire.lines.is_empty()) {
            let what = format!("this candidate is dominated: it is never ahead of `{better}`");
            warnings.warn(place, what, "say what speaks for it alone, or take it out");
        }
    }
    too_large.sort_unstable();
    too_large.dedup();
    for question in too_large {
        let what = "too many answers hang together with this question to be gone through";
        let hint = "fewer rules and conditions between them keep `settled` exact";
        warnings.warn(&questionnaire[question].place, what, hint);
    }
}

/// The blank sheet, as a whole and with one part of each kind.
fn sheets(questionnaire: &Questionnaire) -> Vec<Answers> {
    let blank = Answers::new(questionnaire);
    let kinds = questionnaire.parts_question.map(|parts| questionnaire[parts].all_options());
    let of_kind = |kind| {
        let mut answers = blank.clone();
        answers.add_part(questionnaire, kind);
        answers
    };
    let parts: Vec<Answers> = kinds.iter().flat_map(|kinds| kinds.iter()).map(of_kind).collect();
    [blank].into_iter().chain(parts).collect()
}
