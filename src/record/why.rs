//! Explains the choice for each part in a few sentences. No reason may appear twice in a record.

use std::collections::HashSet;

use serde::Serialize;

use super::builder::RecordBuilder;
use super::sources::SourceTag;
use crate::advice::{Entry, PartAdvice, Standing, ledger};
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::wording::{WHOLE, capital, points, without_full_stop};

/// Maximum number of reasons listed for a choice.
pub(super) const REASONS: usize = 3;

/// Minimum points of a reason that is more than slight.
const CLEAR: i64 = 3;

/// The reasons that a record already contains.
#[derive(Debug, Default)]
pub struct Told(HashSet<String>);

impl Told {
    /// Records a reason, and returns whether it is new.
    pub fn is_new(&mut self, because: &str) -> bool {
        self.0.insert(because.to_owned())
    }
}

/// A reason with its sources.
#[derive(Debug, Clone, Serialize)]
pub struct CitedReason {
    /// Without a full stop.
    pub text: String,
    pub cited: Vec<SourceTag>,
}

/// The reasons for the choice for one part. Reasons against it, and reasons for other candidates, are listed
/// as consequences.
#[derive(Debug, Clone, Serialize)]
pub struct WhyPart {
    /// Such as `Go for API`.
    pub heading: String,
    /// The strongest reasons for the choice.
    pub reasons: Vec<CitedReason>,
    /// Notes without a full stop: why no reason is listed, and whether rivals tie, are ahead or are all ruled
    /// out.
    pub notes: Vec<String>,
}

/// Why people made a decision, in their own words.
#[derive(Debug, Clone, Serialize)]
pub struct TeamReason {
    /// What was decided for which parts, such as `Go for API and Agent`.
    pub heading: String,
    pub text: String,
}

impl RecordBuilder<'_> {
    /// Returns the reasons part by part, without those in `told`.
    pub(super) fn why(&self, told: &mut Told) -> Vec<WhyPart> {
        self.advice.parts.iter().filter_map(|part| self.why_part(part, told)).collect()
    }

    /// Returns the reasons that people gave, each once with all the choices that it was given for.
    pub(super) fn team_reasons(&self) -> Vec<TeamReason> {
        let mut given: Vec<(&str, &str, Vec<String>)> = Vec::new();
        for part in &self.advice.parts {
            let Some(chosen) = self.decided(part) else { continue };
            let Some(decision) = self.session.decision(part.subject) else { continue };
            let (text, chosen) = (decision.because.as_str(), chosen.name(self.questionnaire));
            if text.trim().is_empty() {
                continue;
            }
            match given.iter_mut().find(|(other, name, _)| (*other, *name) == (text, chosen)) {
                Some((.., parts)) => parts.push(self.the_part(part)),
                None => given.push((text, chosen, vec![self.the_part(part)])),
            }
        }
        let mut reasons: Vec<TeamReason> = Vec::new();
        for (text, chosen, parts) in given {
            let heading = of_parts(chosen, &join(parts.iter().map(String::as_str), "and"));
            match reasons.iter_mut().find(|reason| reason.text == text) {
                Some(reason) => reason.heading = format!("{}, and {heading}", reason.heading),
                None => reasons.push(TeamReason { heading, text: text.to_owned() }),
            }
        }
        reasons
    }

    fn why_part(&self, part: &PartAdvice, told: &mut Told) -> Option<WhyPart> {
        let chosen = self.chosen_for(part)?;
        let entries = self.entries(part, chosen);
        // Start with the reasons that the best rival lacks, unless they count little.
        let other = rival(part, chosen).map(|it| (it.candidate, self.entries(part, it.candidate)));
        let is_shared = |entry: &Entry<'_>| {
            let has_too =
                |(rival, entries): &(_, Vec<Entry<'_>>)| self.has_too((entry, chosen), (entries, *rival));
            entry.points < CLEAR || other.as_ref().is_some_and(has_too)
        };
        let (shared, own): (Vec<Entry<'_>>, Vec<Entry<'_>>) = entries.iter().cloned().partition(is_shared);
        let mut reasons = strongest(&own, REASONS, told);
        reasons.extend(strongest(&shared, REASONS.saturating_sub(reasons.len()), told));
        let reasons: Vec<CitedReason> = reasons.into_iter().map(|it| self.cited_reason(it)).collect();
        let speaks = entries.iter().any(|entry| entry.points > 0);
        let none = match (reasons.is_empty(), speaks) {
            (false, _) => None,
            (true, true) => Some("The reasons are given above".to_owned()),
            (true, false) => Some("No answer counts in its favor".to_owned()),
        };
        let notes = none.into_iter().chain(self.ahead(part, chosen)).collect();
        let heading = of_parts(&self.questionnaire[chosen].name, &self.the_part(part));
        Some(WhyPart { heading, reasons, notes })
    }

    pub(super) fn entries(&self, part: &PartAdvice, candidate: CandidateId) -> Vec<Entry<'_>> {
        ledger(self.questionnaire, self.answers, part.subject, self.advice.is_single(), candidate)
    }

    fn cited_reason(&self, entry: &Entry<'_>) -> CitedReason {
        let cited = SourceTag::of(self.questionnaire, &entry.sources);
        CitedReason { text: capital(&without_full_stop(&entry.because)), cited }
    }

    /// Returns whether a reason for one candidate applies to another with at least as many points.
    pub(super) fn has_too(
        &self,
        (entry, candidate): (&Entry<'_>, CandidateId),
        (entries, other): (&[Entry<'_>], CandidateId),
    ) -> bool {
        let nameless =
            |entry: &Entry<'_>, name: CandidateId| entry.because.replace(&self.questionnaire[name].name, "");
        entries.iter().any(|it| {
            let same_argument = entry.argument.is_some() && entry.argument == it.argument;
            let words = || nameless(entry, candidate) == nameless(it, other);
            it.points >= entry.points && (same_argument || words())
        })
    }

    /// Returns a note if rivals tie with the choice, are all ruled out, or are ahead of a choice people did not make.
    fn ahead(&self, part: &PartAdvice, chosen: CandidateId) -> Option<String> {
        let Some(rival) = rival(part, chosen) else {
            return Some("All others are ruled out".to_owned());
        };
        let level = part.ranking.iter().filter(|it| it.is_alive() && it.score == rival.score);
        let level: CandidateSet = level.map(|it| it.candidate).filter(|it| *it != chosen).collect();
        let names = self.questionnaire.names(level, "and");
        let (is, has) = if level.len() == 1 { ("is tied", "has") } else { ("are tied", "have") };
        let own = part.standing(chosen).map_or(0, |own| own.score);
        match rival.score - own {
            0 => Some(format!("{names} {is} with {}", self.questionnaire[chosen].name)),
            ahead @ 1.. if self.decided(part).is_none() => {
                let (ahead, one) = (points(ahead), &self.questionnaire.noun().one);
                Some(format!("{names} {has} {ahead} more, which does not justify another {one}"))
            }
            _ => None,
        }
    }
}

/// Returns the strongest reasons in favor that are new, and records them in `told`.
pub(super) fn strongest<'a, 'b>(
    entries: &'a [Entry<'b>],
    most: usize,
    told: &mut Told,
) -> Vec<&'a Entry<'b>> {
    let mut meant: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.points > 0).collect();
    meant.sort_by_key(|entry| -entry.points);
    meant.into_iter().filter(|entry| told.is_new(&entry.because)).take(most).collect()
}

/// Returns the best candidate that is not ruled out and not chosen for a part.
pub(super) fn rival(part: &PartAdvice, chosen: CandidateId) -> Option<&Standing> {
    part.ranking.iter().find(|it| it.is_alive() && it.candidate != chosen)
}

/// Returns the choice with its parts, such as `Go for the API`.
fn of_parts(chosen: &str, parts: &str) -> String {
    if parts == WHOLE { chosen.to_owned() } else { format!("{chosen} for {parts}") }
}
