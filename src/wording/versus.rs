//! Compares two candidates: two lists of reasons whose sums differ by the lead.

use crate::advice::{Advice, Entry, PartAdvice, versus};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, Questionnaire};

/// One candidate's side of a comparison.
pub struct Side<'a> {
    /// Name of the candidate.
    pub name: &'a str,
    /// The listed reasons, largest first.
    pub entries: Vec<Entry<'a>>,
    /// Points and number of the reasons that are not listed; `None` if all are listed.
    pub rest: Option<(i64, usize)>,
    /// Sum of all points on this side.
    pub sum: i64,
}

/// The differences between two candidates.
pub struct Sides<'a> {
    /// The first and the second candidate.
    pub both: [Side<'a>; 2],
    /// The points that both share, which neither list contains.
    pub alike: i64,
}

/// Returns the differences between two candidates for a part, with at most `most` reasons for each.
///
/// On each side, the listed reasons and the rest add up to the sum. The sum and `alike` add up to the
/// displayed points of the candidate.
pub fn sides<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    advice: &Advice,
    part: &PartAdvice,
    pair: (CandidateId, CandidateId),
    most: usize,
) -> Sides<'a> {
    let single = advice.costs_differ();
    let versus = versus(questionnaire, answers, part.subject, single, pair);
    let side = |candidate: CandidateId, mut entries: Vec<Entry<'a>>| {
        let sum = entries.iter().map(|entry| entry.points).sum();
        let more = entries.split_off(most.min(entries.len()));
        let rest = (!more.is_empty()).then(|| (more.iter().map(|it| it.points).sum(), more.len()));
        Side { name: &questionnaire[candidate].name, entries, rest, sum }
    };
    let both = [side(pair.0, versus.first), side(pair.1, versus.second)];
    let shown = part.standing(pair.0).map_or(0, |standing| advice.shown(standing));
    Sides { alike: shown - both[0].sum, both }
}

impl Sides<'_> {
    /// Returns how the sums of the lists give the lead, such as `8 - 5 = 3`, and the points that both share.
    pub fn total(&self) -> String {
        let [first, second] = &self.both;
        let lead = format!("{} - {} = {}", first.sum, second.sum, first.sum - second.sum);
        match self.alike {
            0 => lead,
            alike => format!("{lead}. Not listed: {} in common", super::points(alike)),
        }
    }
}
