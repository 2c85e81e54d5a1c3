//! How firm the choices are: against the answers that are still open, and against the points.
//!
//! Shares are counted over random sheets, which are the same on every machine; the steps are exact. Must
//! not be needed for the recommendation itself: this takes longer than a frame may.

mod sheets;
mod steps;

use super::Advice;
use crate::answers::{Answers, Subject};
use crate::questionnaire::{CandidateId, CandidateSet, PerCandidate, PerId, Questionnaire};

pub use steps::{Step, Steps};

/// How many random sheets a share is counted over; its standard error is at most 1.1 points of a hundred.
pub const SHEETS: u32 = 2_000;

/// How firm the choice for each part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firmness {
    /// One entry per part of the advice, in its order.
    pub parts: Vec<PartFirmness>,
}

/// How firm the choice for one part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFirmness {
    /// What it is about.
    pub subject: Subject,
    /// How often each candidate is the choice when the open questions are answered at random; nothing if
    /// none is open that could be.
    pub answers: Option<Shares>,
    /// How often each candidate is the choice when every line may count one step less or more.
    pub points: Shares,
    /// How few lines would have to count one step less or more until the choice is not ahead alone; nothing
    /// unless there is one choice.
    pub steps: Option<Steps>,
}

/// The firmness is not wanted any more, as the answers have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotWanted;

/// How often each candidate is the choice on random sheets, ties in equal shares (rank acceptability
/// indices of the first rank; Lahdelma, Hokkanen and Salminen 1998).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    sheets: u32,
    /// By candidate, in parts of [`Shares::WHOLE`].
    won: PerCandidate<u64>,
}

impl Shares {
    /// One sheet: the least number that up to sixteen candidates share evenly.
    const WHOLE: u64 = 720_720;

    fn new(candidates: usize) -> Self {
        Self { sheets: 0, won: PerId::filled(candidates, 0) }
    }

    fn count(&mut self, choice: CandidateSet) {
        self.sheets += 1;
        for candidate in choice.iter() {
            self.won[candidate] += Self::WHOLE / choice.len() as u64;
        }
    }

    /// Returns how many sheets were drawn.
    pub const fn sheets(&self) -> u32 {
        self.sheets
    }

    /// Returns a candidate's share in thousandths, rounded.
    pub fn per_mille(&self, candidate: CandidateId) -> u32 {
        let all = Self::WHOLE * u64::from(self.sheets.max(1));
        u32::try_from((self.won[candidate] * 1000 + all / 2) / all).unwrap_or(1000)
    }

    /// Says whether a candidate is the choice on every sheet, alone.
    pub fn is_always(&self, candidate: CandidateId) -> bool {
        self.sheets > 0 && self.won[candidate] == Self::WHOLE * u64::from(self.sheets)
    }

    /// Returns the candidates that are ever the choice, the most frequent first.
    pub fn ranked(&self) -> Vec<CandidateId> {
        let ever = self.won.iter().filter(|(_, won)| **won > 0);
        let mut ranked: Vec<CandidateId> = ever.map(|(candidate, _)| candidate).collect();
        ranked.sort_by_key(|candidate| std::cmp::Reverse(self.won[*candidate]));
        ranked
    }
}

/// Works out how firm the choices are, for advice that was computed from the same answers; an error if it
/// is not wanted any more before it is done.
pub fn firmness(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Firmness, NotWanted> {
    let points = sheets::with_other_points(questionnaire, answers, advice, is_wanted)?;
    let open = sheets::with_open_answers(questionnaire, answers, advice, is_wanted)?;
    let mut open = open.map(Vec::into_iter);
    let part = |(part, points): (&super::PartAdvice, Shares)| PartFirmness {
        subject: part.subject,
        answers: open.as_mut().and_then(Iterator::next),
        points,
        steps: part.choice.single().map(|choice| steps::steps(questionnaire, answers, part, choice)),
    };
    Ok(Firmness { parts: advice.parts.iter().zip(points).map(part).collect() })
}
