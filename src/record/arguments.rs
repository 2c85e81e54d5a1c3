//! Collects the reasons for and against candidates from the ledgers of all parts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use serde::Serialize;

use super::sources::SourceTag;
use super::why::Told;
use crate::advice::{Advice, PartAdvice, Ruling, Standing, ledger};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, CandidateSet, Questionnaire, SourceId, join};
use crate::wording::{
    exclusion_in_record, grouped_rulings, reason_origin, subject_name, the_subject, without_full_stop,
};

/// Maximum number of arguments for an option, and of those against it. The scores include the rest.
const ARGUMENTS: usize = 5;
/// Maximum number of reasons against a chosen candidate among the consequences.
const DRAWBACKS: usize = 3;

/// Text for a candidate without any reason for or against it.
const NOTHING_SAID: &str = "no answer so far counts for or against it";

/// Text for a candidate whose reasons all appear elsewhere.
const TOLD_ABOVE: &str = "of the reasons given above";

/// One argument, with the verdict `Good`, `Neutral` or `Bad`.
#[derive(Debug, Clone, Serialize)]
pub struct Argument {
    pub verdict: &'static str,
    /// Follows "because", without a full stop.
    pub because: String,
    /// A note, usually the parts that the argument applies to and its points; may be empty.
    pub note: String,
    pub cited: Vec<SourceTag>,
}

impl Argument {
    /// Returns an argument in favor, without a note or sources.
    pub fn good(because: String) -> Self {
        Self { verdict: "Good", because, note: String::new(), cited: Vec::new() }
    }

    /// Returns an argument against, without a note or sources.
    pub fn bad(because: String) -> Self {
        Self { verdict: "Bad", because, note: String::new(), cited: Vec::new() }
    }
}

/// One reason that rules candidates out, with the parts that it applies to.
#[derive(Debug, Clone, Serialize)]
pub struct Exclusion {
    pub parts: String,
    pub names: String,
    pub how: &'static str,
    pub because: String,
    pub place: String,
    pub cited: Vec<SourceTag>,
}

/// A reason with its points and every part that it counts for.
struct Reason<'a> {
    points: i64,
    because: Cow<'a, str>,
    sources: Vec<SourceId>,
    parts: Vec<&'a str>,
}

/// Finds reasons in one session's advice.
pub struct ArgumentFinder<'a> {
    pub questionnaire: &'a Questionnaire,
    pub answers: &'a Answers,
    pub advice: &'a Advice,
}

impl<'a> ArgumentFinder<'a> {
    /// Returns the main reasons for and against a candidate, except those in `told`. If every part rules the
    /// candidate out, returns why.
    pub fn arguments(&self, candidate: CandidateId, told: &mut Told) -> Vec<Argument> {
        // Skip parts where the candidate is ruled out: its reasons do not matter there.
        let is_used = |part: &PartAdvice| part.standing(candidate).is_some_and(Standing::is_alive);
        let mut parts = self.advice.parts.iter();
        if !parts.any(is_used) {
            return self.why_not(candidate);
        }
        let reasons = self.reasons(candidate, is_used);
        let is_known = !reasons.is_empty();
        let is_favored = reasons.iter().any(|reason| reason.points > 0);
        let mut new: Vec<Reason<'a>> = reasons.into_iter().filter(|it| told.is_new(&it.because)).collect();
        let (mut good, mut bad) = (0, 0);
        new.retain(|reason| {
            let count = if reason.points > 0 { &mut good } else { &mut bad };
            *count += 1;
            *count <= ARGUMENTS
        });
        match new.as_slice() {
            [] if is_favored => vec![Argument::good(TOLD_ABOVE.to_owned())],
            [] if is_known => vec![Argument::bad(TOLD_ABOVE.to_owned())],
            [] => vec![neutral(NOTHING_SAID)],
            new => new.iter().map(|reason| self.argument(reason, "")).collect(),
        }
    }

    /// Returns why no part can use a candidate: for each part, the first reason that rules the candidate out.
    fn why_not(&self, candidate: CandidateId) -> Vec<Argument> {
        let argument = |part: &'a PartAdvice| {
            let rulings = grouped_rulings(self.questionnaire, self.answers, part.subject);
            let ruling = rulings.into_iter().find(|ruling| ruling.candidates.contains(candidate))?;
            let because = self.questionnaire.reason(ruling.written, candidate);
            let how = exclusion_in_record(ruling.exclusion);
            let note = match self.advice.parts.len() {
                1 => how.to_owned(),
                _ => format!("{how} for {}", subject_name(self.answers, part.subject)),
            };
            let cited = SourceTag::of(self.questionnaire, ruling.sources);
            Some(Argument { verdict: "Bad", because: without_full_stop(&because), note, cited })
        };
        self.advice.parts.iter().filter_map(argument).collect()
    }

    /// Returns the main reasons against each chosen candidate, except those in `told`.
    pub fn drawbacks(
        &self,
        chosen: impl Fn(&PartAdvice) -> Option<CandidateId>,
        told: &mut Told,
    ) -> Vec<Argument> {
        let candidates: CandidateSet = self.advice.parts.iter().filter_map(&chosen).collect();
        let mut drawbacks = Vec::new();
        for candidate in candidates.iter() {
            let name = if candidates.len() > 1 { self.questionnaire[candidate].name.as_str() } else { "" };
            let reasons = self.reasons(candidate, |part| chosen(part) == Some(candidate));
            let against = reasons.iter().filter(|reason| reason.points < 0);
            let new = against.filter(|reason| told.is_new(&reason.because)).take(DRAWBACKS);
            drawbacks.extend(new.map(|reason| self.argument(reason, name)));
        }
        drawbacks
    }

    /// Returns the reasons that rule candidates out, each once with all its parts.
    pub fn exclusions(&self) -> Vec<Exclusion> {
        let mut found: Vec<(Ruling<'a>, Vec<String>)> = Vec::new();
        let mut known: HashMap<_, usize> = HashMap::new();
        for part in &self.advice.parts {
            let name = the_subject(self.questionnaire, self.answers, part.subject);
            for ruling in grouped_rulings(self.questionnaire, self.answers, part.subject) {
                match known.entry((ruling.reason(), ruling.candidates)) {
                    Occupied(at) => found[*at.get()].1.push(name.clone()),
                    Vacant(free) => {
                        free.insert(found.len());
                        found.push((ruling, vec![name.clone()]));
                    }
                }
            }
        }
        let row = |(ruling, parts): (Ruling<'_>, Vec<String>)| Exclusion {
            parts: join(parts.iter().map(String::as_str), "and"),
            names: self.questionnaire.names(ruling.candidates, "and"),
            how: exclusion_in_record(ruling.exclusion),
            because: ruling.because.into_owned(),
            place: reason_origin(self.questionnaire, ruling.why),
            cited: SourceTag::of(self.questionnaire, ruling.sources),
        };
        found.into_iter().map(row).collect()
    }

    /// Returns a candidate's reasons in the wanted parts: those in favor before those against, each group
    /// largest first.
    fn reasons(&self, candidate: CandidateId, wanted: impl Fn(&PartAdvice) -> bool) -> Vec<Reason<'a>> {
        let mut found: Vec<Reason<'a>> = Vec::new();
        let mut known: HashMap<_, usize> = HashMap::new();
        for part in self.advice.parts.iter().filter(|part| wanted(part)) {
            let name = subject_name(self.answers, part.subject);
            let single = self.advice.is_single();
            let entries = ledger(self.questionnaire, self.answers, part.subject, single, candidate);
            for entry in entries.into_iter().filter(|entry| entry.points != 0) {
                match known.entry((entry.because.clone(), entry.points)) {
                    Occupied(at) => {
                        let parts = &mut found[*at.get()].parts;
                        // A part can give the same reason twice, once for each of two answers.
                        if parts.last() != Some(&name) {
                            parts.push(name);
                        }
                    }
                    Vacant(free) => {
                        free.insert(found.len());
                        found.push(Reason {
                            points: entry.points,
                            because: entry.because,
                            sources: entry.sources,
                            parts: vec![name],
                        });
                    }
                }
            }
        }
        found.sort_by_key(|reason| (reason.points < 0, -reason.points.abs()));
        found
    }

    fn argument(&self, reason: &Reason<'_>, name: &str) -> Argument {
        let parts = match self.advice.parts.len() {
            0 | 1 => String::new(),
            count if count == reason.parts.len() => "for every part".to_owned(),
            _ => format!("for {}", join(reason.parts.iter().copied(), "and")),
        };
        let scope =
            [name, &parts].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
        let comma = if scope.is_empty() { "" } else { ", " };
        Argument {
            verdict: if reason.points > 0 { "Good" } else { "Bad" },
            because: without_full_stop(&reason.because),
            note: format!("{scope}{comma}{:+}", reason.points),
            cited: SourceTag::of(self.questionnaire, &reason.sources),
        }
    }
}

/// Returns an argument that is neither in favor nor against.
pub fn neutral(because: &str) -> Argument {
    Argument { verdict: "Neutral", because: because.to_owned(), note: String::new(), cited: Vec::new() }
}
