//! Builds the consequences of a choice: what is gained, what is accepted, and what is given up.

use super::arguments::{Argument, neutral};
use super::builder::RecordBuilder;
use super::outcome::not_weighed;
use super::sources::SourceTag;
use super::why::{REASONS, Told, rival, strongest};
use crate::advice::{Entry, PartAdvice, Ruling, Settled, lifted};
use crate::answers::Plan;
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::wording::{number_word, subject_name, without_full_stop};

/// Points of a strong reason. A rival that trails a settled choice by more has no advantage worth mentioning.
const STRONG: i64 = 6;

impl RecordBuilder<'_> {
    /// Returns the consequences of the choice, including what it gives up.
    pub(super) fn consequences(&self, told: &mut Told) -> Vec<Argument> {
        let kit: CandidateSet = self.advice.parts.iter().filter_map(|part| self.chosen_for(part)).collect();
        let mut consequences = self.gains(kit);
        consequences.extend(self.others().into_iter().map(not_weighed));
        let stuck = self.undecided().filter(|part| part.leaders.is_empty());
        let noun = &self.questionnaire.noun().one;
        consequences.extend(stuck.map(|part| {
            Argument::bad(format!("{} has no {noun}, because every one is ruled out", self.the_part(part)))
        }));
        let stay = self.answers.parts().iter().filter_map(|part| match &part.plan {
            Plan::StaysIn(candidate) => Some(*candidate),
            _ => None,
        });
        let kept = stay.fold(kit, |all, candidate| all.union(CandidateSet::only(candidate)));
        if kept.len() > 1 {
            let names = self.questionnaire.names(kept, "and");
            let many = &self.questionnaire.noun().many;
            let count = number_word(kept.len());
            let words = format!("{count} {many} have to be maintained: {names}");
            consequences.push(Argument::bad(words));
        }
        // With a single part, adoption cost is one of the reasons and can appear as a drawback.
        let new: CandidateSet = kit.iter().filter(|candidate| self.advice.costs[*candidate] > 0).collect();
        if !new.is_empty() && !self.advice.is_single() {
            let adoption = self.questionnaire.adoption();
            let cost: i64 = new.iter().map(|candidate| self.advice.costs[candidate]).sum();
            consequences.push(Argument {
                note: format!("{}, adoption cost {cost}", self.questionnaire.names(new, "and")),
                cited: SourceTag::of(self.questionnaire, &adoption.sources),
                ..Argument::bad(without_full_stop(&adoption.because))
            });
        }
        consequences.extend(self.advice.parts.iter().flat_map(|part| self.lifted(part)));
        consequences.extend(self.arguer().drawbacks(|part| self.chosen_for(part), told));
        consequences.extend(self.advice.parts.iter().flat_map(|part| self.given_up(part, told)));
        if consequences.is_empty() {
            let words =
                if kit.is_empty() { "nothing has been decided yet" } else { "no answer counts against it" };
            consequences.push(neutral(words));
        }
        consequences
    }

    /// Returns what the choice gains across parts: one candidate for several parts, or no new candidate to
    /// adopt.
    fn gains(&self, kit: CandidateSet) -> Vec<Argument> {
        let one = &self.questionnaire.noun().one;
        let served = self.served().into_iter().filter(|(_, names)| names.len() > 1);
        let mut gains: Vec<Argument> = served
            .map(|(chosen, names)| {
                let names = join(names.iter().map(String::as_str), "and");
                Argument::good(format!("one {one}, {chosen}, covers {names}"))
            })
            .collect();
        let is_new = |candidate: CandidateId| self.advice.costs[candidate] > 0;
        let is_known = self.advice.costs_differ() && !kit.is_empty() && !kit.iter().any(is_new);
        if is_known && self.others().is_empty() {
            gains.push(Argument::good(format!("no new {one} has to be adopted")));
        }
        gains
    }

    /// Returns the reasons that would make the choice for a part unusual if no answer lifted them.
    fn lifted(&self, part: &PartAdvice) -> Vec<Argument> {
        let Some(chosen) = self.chosen_for(part) else { return Vec::new() };
        let argument = |ruling: Ruling<'_>| Argument {
            note: self.note(part, None),
            cited: SourceTag::of(self.questionnaire, ruling.sources),
            ..Argument::bad(format!("the choice is unusual here: {}", without_full_stop(&ruling.because)))
        };
        lifted(self.questionnaire, self.answers, part.subject, chosen).into_iter().map(argument).collect()
    }

    /// Returns the strongest reasons for the best candidate that is not chosen for a part: several if it was
    /// advised and scores higher, otherwise one. Returns none if it is far behind a settled choice.
    fn given_up(&self, part: &PartAdvice, told: &mut Told) -> Vec<Argument> {
        let Some(chosen) = self.chosen_for(part) else { return Vec::new() };
        let Some(rival) = rival(part, chosen) else { return Vec::new() };
        let own = part.standing(chosen).map_or(i64::MIN, |own| own.score);
        let most = match (rival.score > own, part.settled) {
            (true, _) if part.choice.contains(rival.candidate) => REASONS,
            (false, Settled::Proven { .. }) if own - rival.score > STRONG => 0,
            _ => 1,
        };
        let own = self.entries(part, chosen);
        // An advantage that the choice shares is not given up.
        let mut entries = self.entries(part, rival.candidate);
        entries.retain(|entry| !self.has_too((entry, rival.candidate), (&own, chosen)));
        let name = &self.questionnaire[rival.candidate].name;
        let argument = |entry: &Entry<'_>| Argument {
            note: self.note(part, Some(entry.points)),
            cited: SourceTag::of(self.questionnaire, &entry.sources),
            ..Argument::bad(format!(
                "the choice goes against an argument for {name}: {}",
                without_full_stop(&entry.because)
            ))
        };
        strongest(&entries, most, told).into_iter().map(argument).collect()
    }

    /// Returns the note on an argument: its part, unless there is only one, and its points.
    fn note(&self, part: &PartAdvice, points: Option<i64>) -> String {
        let part = match self.advice.parts.len() {
            1 => None,
            _ => Some(format!("for {}", subject_name(self.answers, part.subject))),
        };
        part.into_iter().chain(points.map(|points| format!("{points:+}"))).collect::<Vec<_>>().join(", ")
    }
}
