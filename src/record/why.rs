//! Why each part gets what is chosen for it, in a few sentences; no reason stands twice in a record.

use std::collections::HashSet;

use serde::Serialize;

use super::builder::RecordBuilder;
use super::sources::SourceTag;
use crate::advice::{Entry, PartAdvice, Standing, ledger};
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::wording::{WHOLE, capital, points, without_full_stop};

/// Reasons told for a choice.
pub(super) const REASONS: usize = 3;

/// Points of a reason that is more than slight.
const CLEAR: i64 = 3;

/// What has been told so far in a record.
#[derive(Debug, Default)]
pub struct Told(HashSet<String>);

impl Told {
    /// Says whether a reason is new, and notes it.
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

/// What speaks for what is chosen for one part; what speaks against it and for others are consequences.
#[derive(Debug, Clone, Serialize)]
pub struct WhyPart {
    /// Such as `Go for API`.
    pub heading: String,
    /// The strongest reasons for it.
    pub reasons: Vec<CitedReason>,
    /// What else is to be said of it, without a full stop: where no reason is new, and who is level or ahead.
    pub notes: Vec<String>,
}

/// Why people decided as they did, in their own words.
#[derive(Debug, Clone, Serialize)]
pub struct TeamReason {
    /// What was decided for which parts, such as `Go for API and Agent`.
    pub heading: String,
    pub text: String,
}

impl RecordBuilder<'_> {
    /// Returns the reasons part by part; `told` is what needs not be told again.
    pub(super) fn why(&self, told: &mut Told) -> Vec<WhyPart> {
        self.advice.parts.iter().filter_map(|part| self.why_part(part, told)).collect()
    }

    /// Returns the reasons that people gave, each once with all that it was given for.
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
        // First what the best of the others has not got, unless it counts little.
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
            (true, true) => Some("What speaks for it is said above".to_owned()),
            (true, false) => Some("No answer speaks for it".to_owned()),
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

    /// Says whether what speaks for one candidate speaks for another one as much.
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

    /// Says of somebody who is level with what is chosen, or ahead of it, why it is not chosen.
    fn ahead(&self, part: &PartAdvice, chosen: CandidateId) -> Option<String> {
        let Some(rival) = rival(part, chosen) else {
            return Some("No other is in the running".to_owned());
        };
        let level = part.ranking.iter().filter(|it| it.is_alive() && it.score == rival.score);
        let level: CandidateSet = level.map(|it| it.candidate).filter(|it| *it != chosen).collect();
        let names = self.questionnaire.names(level, "and");
        let (is, has) = if level.len() == 1 { ("is", "has") } else { ("are", "have") };
        let own = part.standing(chosen).map_or(0, |own| own.score);
        match rival.score - own {
            0 => Some(format!("{names} {is} level with it")),
            ahead @ 1.. if self.decided(part).is_none() => {
                let (ahead, one) = (points(ahead), &self.questionnaire.noun().one);
                Some(format!("{names} {has} {ahead} more, which does not justify a further {one}"))
            }
            _ => None,
        }
    }
}

/// The strongest reasons in favour that are new.
pub(super) fn strongest<'a, 'b>(
    entries: &'a [Entry<'b>],
    most: usize,
    told: &mut Told,
) -> Vec<&'a Entry<'b>> {
    let mut meant: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.points > 0).collect();
    meant.sort_by_key(|entry| -entry.points);
    meant.into_iter().filter(|entry| told.is_new(&entry.because)).take(most).collect()
}

/// The best that is not chosen for a part.
pub(super) fn rival(part: &PartAdvice, chosen: CandidateId) -> Option<&Standing> {
    part.ranking.iter().find(|it| it.is_alive() && it.candidate != chosen)
}

/// What is chosen and for what, such as `Go for the API`.
fn of_parts(chosen: &str, parts: &str) -> String {
    if parts == WHOLE { chosen.to_owned() } else { format!("{chosen} for {parts}") }
}
