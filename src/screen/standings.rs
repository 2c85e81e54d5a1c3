//! The candidates shown in the recommendation pane, which are also the positions of its cursor.

use crate::advice::{PartAdvice, Standing};
use crate::answers::Subject;
use crate::questionnaire::CandidateId;
use crate::workbook::Workbook;

/// Number of candidates shown for each of several parts.
const SHORT: usize = 3;

/// Returns the candidates shown for a part: all for the only or focused part, otherwise the first ones and
/// the choice. If no usual candidate is left, the unusual ones are shown.
pub fn shown_standings<'a>(workbook: &Workbook, advice: &'a PartAdvice) -> Vec<&'a Standing> {
    let full = workbook.ranked().is_some();
    let unusual = advice.unusual().len();
    let is_needed = |(index, standing): &(usize, &Standing)| {
        let is_choice = advice.choice.len() <= SHORT && advice.choice.contains(standing.candidate);
        full || (*index < SHORT || is_choice) && (standing.is_alive() || *index < unusual)
    };
    advice.ranking.iter().enumerate().filter(is_needed).map(|(_, standing)| standing).collect()
}

/// Returns the rows of the pane that the cursor can be on.
pub fn standings(workbook: &Workbook) -> Vec<(Subject, CandidateId)> {
    let ranked = workbook.ranked();
    let parts = workbook.advice().parts.iter();
    let shown = parts.filter(|advice| ranked.is_none_or(|subject| subject == advice.subject));
    let rows = |advice: &PartAdvice| -> Vec<_> {
        let standings = shown_standings(workbook, advice);
        standings.iter().map(|standing| (advice.subject, standing.candidate)).collect()
    };
    shown.flat_map(rows).collect()
}
