//! Why one candidate stands before another: two lists that add up.

use crate::advice::{Advice, Entry, PartAdvice, versus};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, Questionnaire};

/// What is said of one of two candidates.
pub struct Side<'a> {
    /// The candidate.
    pub name: &'a str,
    /// The reasons that are told, largest first.
    pub entries: Vec<Entry<'a>>,
    /// The points of those that are not, and how many they are; nothing if all are told.
    pub rest: Option<(i64, usize)>,
    /// All points of the list.
    pub sum: i64,
}

/// What sets two candidates apart.
pub struct Sides<'a> {
    /// The first and the second one.
    pub both: [Side<'a>; 2],
    /// The points that both have alike, which are in neither list.
    pub alike: i64,
}

/// Returns what sets two candidates apart for a part, with at most so many reasons for each.
///
/// In each list the reasons and the rest make the sum; the sum and what is alike make what is shown of the
/// candidate.
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
    /// Says how the lists make the lead: `8 less 5 is 3; the 6 points that both have alike are left out`.
    pub fn total(&self) -> String {
        let [first, second] = &self.both;
        let lead = format!("{} less {} is {}", first.sum, second.sum, first.sum - second.sum);
        match self.alike {
            0 => lead,
            alike => format!("{lead}; what is said alike of both, {}, is left out", super::points(alike)),
        }
    }
}
