//! Computes how firm the choices are: when the open questions are answered at random, and when the points
//! change.
//!
//! Shares are counted over random sheets, which are the same on every machine; the steps are exact. The
//! recommendation must not depend on this module, which can take longer than a frame.

mod sheets;
mod steps;

use super::Advice;
use crate::answers::{Answers, Subject};
use crate::questionnaire::{CandidateId, CandidateSet, PerCandidate, PerId, Questionnaire};

pub use steps::{Step, Steps};

/// Number of random sheets over which a share is counted. The standard error of a share is at most 1.12
/// percentage points.
pub const SHEETS: u32 = 2_000;

/// The firmness of the choice for each part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firmness {
    /// One entry per part of the advice, in the same order.
    pub parts: Vec<PartFirmness>,
}

/// The firmness of the choice for one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFirmness {
    /// The part, or the system as a whole.
    pub subject: Subject,
    /// How often each candidate is the choice if the open questions are answered at random; `None` if
    /// there is no open question that could be answered at random.
    pub answers: Option<Shares>,
    /// How often each candidate is the choice if the points of every line may be one step lower or higher.
    pub points: Shares,
    /// The fewest lines whose points would have to move by one step for the choice to lose its sole lead;
    /// `None` unless there is a single choice.
    pub steps: Option<Steps>,
}

/// The firmness is no longer wanted, because the answers have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotWanted;

/// How often each candidate is the choice on random sheets; tied candidates share a sheet equally. These are
/// rank acceptability indices of the first rank (Lahdelma, Hokkanen and Salminen 1998).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    sheets: u32,
    /// For each candidate, the sheets on which it is the choice, in units of 1/[`Shares::WHOLE`] of a sheet.
    won: PerCandidate<u64>,
}

impl Shares {
    /// The units in one sheet: the least common multiple of 1 to 16, so up to sixteen tied candidates share
    /// evenly.
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

    /// Returns the number of sheets drawn.
    pub const fn sheets(&self) -> u32 {
        self.sheets
    }

    /// Returns a candidate's share in thousandths, rounded.
    pub fn per_mille(&self, candidate: CandidateId) -> u32 {
        let all = Self::WHOLE * u64::from(self.sheets.max(1));
        u32::try_from((self.won[candidate] * 1000 + all / 2) / all).unwrap_or(1000)
    }

    /// Returns whether a candidate is the only choice on every sheet.
    pub fn is_always(&self, candidate: CandidateId) -> bool {
        self.sheets > 0 && self.won[candidate] == Self::WHOLE * u64::from(self.sheets)
    }

    /// Returns the candidates that are the choice on some sheet, most frequent first.
    pub fn ranked(&self) -> Vec<CandidateId> {
        let ever = self.won.iter().filter(|(_, won)| **won > 0);
        let mut ranked: Vec<CandidateId> = ever.map(|(candidate, _)| candidate).collect();
        ranked.sort_by_key(|candidate| std::cmp::Reverse(self.won[*candidate]));
        ranked
    }
}

/// Computes the firmness of advice that was computed from the same answers. Returns an error if `is_wanted`
/// returns false before the firmness is complete.
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
