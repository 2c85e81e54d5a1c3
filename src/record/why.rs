//! Why each part gets what is chosen for it, in a few sentences; no reason stands twice in a record.

use std::collections::HashSet;

use serde::Serialize;

use super::builder::RecordBuilder;
use super::sources::SourceTag;
use crate::advice::{Entry, PartAdvice, ledger};
use crate::questionnaire::CandidateId;
use crate::wording::{WHOLE, capital, points, subject_name, without_full_stop};

/// Reasons told for a choice.
const REASONS: usize = 3;

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

/// What speaks for what is chosen for one part, and who comes next; what speaks against it is a consequence.
#[derive(Debug, Clone, Serialize)]
pub struct WhyPart {
    /// Such as `Go for API`.
    pub heading: String,
    /// The strongest reasons for it.
    pub reasons: Vec<CitedReason>,
    /// Who comes next, or was advised in its place, without a full stop.
    pub next: Option<String>,
    /// The strongest reason for that one.
    pub next_reason: Option<CitedReason>,
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
        let mut reasons: Vec<TeamReason> = Vec::new();
        for part in &self.advice.parts {
            let Some(chosen) = self.decided(part) else { continue };
            let Some(decision) = self.session.decision(part.subject) else { continue };
            if decision.because.trim().is_empty() {
                continue;
            }
            let heading = self.of_part(chosen.name(self.questionnaire), part);
            match reasons.iter_mut().find(|reason| reason.text == decision.because) {
                Some(reason) => reason.heading = format!("{}; {heading}", reason.heading),
                None => reasons.push(TeamReason { heading, text: decision.because.clone() }),
            }
        }
        reasons
    }

    fn of_part(&self, chosen: &str, part: &PartAdvice) -> String {
        let name = subject_name(self.answers, part.subject);
        if name == WHOLE { chosen.to_owned() } else { format!("{chosen} for {name}") }
    }

    fn why_part(&self, part: &PartAdvice, told: &mut Told) -> Option<WhyPart> {
        let chosen = self.chosen_for(part)?;
        let entries = self.entries(part, chosen);
        let reasons = self.strongest(&entries, REASONS, told);
        let (next, next_reason) = self.next(part, chosen, told);
        if reasons.is_empty() && next.is_none() {
            return None;
        }
        let heading = self.of_part(&self.questionnaire[chosen].name, part);
        Some(WhyPart { heading, reasons, next, next_reason })
    }

    fn entries(&self, part: &PartAdvice, candidate: CandidateId) -> Vec<Entry<'_>> {
        ledger(self.questionnaire, self.answers, part.subject, self.advice.is_single(), candidate)
    }

    /// The strongest reasons in favour that are new.
    fn strongest(&self, entries: &[Entry<'_>], most: usize, told: &mut Told) -> Vec<CitedReason> {
        let mut meant: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.points > 0).collect();
        meant.sort_by_key(|entry| -entry.points);
        let new = meant.into_iter().filter(|entry| told.is_new(&entry.because)).take(most);
        new.map(|entry| self.cited_reason(entry)).collect()
    }

    fn cited_reason(&self, entry: &Entry<'_>) -> CitedReason {
        let cited = SourceTag::of(self.questionnaire, &entry.sources);
        CitedReason { text: capital(&without_full_stop(&entry.because)), cited }
    }

    /// Who comes next to what is chosen, or before it, and what speaks for that one alone.
    fn next(
        &self,
        part: &PartAdvice,
        chosen: CandidateId,
        told: &mut Told,
    ) -> (Option<String>, Option<CitedReason>) {
        let Some(rival) = part.ranking.iter().find(|it| it.is_alive() && it.candidate != chosen) else {
            return (None, None);
        };
        let name = &self.questionnaire[rival.candidate].name;
        let own = part.standing(chosen).map_or(0, |own| own.score);
        let words = match own - rival.score {
            0 => format!("{name} is level with it"),
            lead @ 1.. => format!("{name} is next, {} behind", points(lead)),
            _ if part.choice.contains(rival.candidate) => format!("{name} was advised"),
            behind if self.decided(part).is_some() => format!("{name} has {} more", points(-behind)),
            behind => {
                let one = &self.questionnaire.noun().one;
                format!("{name} has {} more, not worth a further {one}", points(-behind))
            }
        };
        // What is said alike of both separates nothing.
        let alike = |entry: &Entry<'_>, candidate: CandidateId| {
            entry.because.replace(&self.questionnaire[candidate].name, "")
        };
        let against: HashSet<String> =
            self.entries(part, chosen).iter().map(|entry| alike(entry, chosen)).collect();
        let mut own = self.entries(part, rival.candidate);
        own.retain(|entry| !against.contains(&alike(entry, rival.candidate)));
        let reason = self.strongest(&own, 1, told).pop();
        (Some(words), reason)
    }
}
