//! Reasons for and against candidates, put together from the ledgers of all parts.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use serde::Serialize;

use crate::advice::{Advice, PartAdvice, Ruling, ledger};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, CandidateSet, Questionnaire, SourceId, join};
use crate::wording::{exclusion_in_record, grouped_rulings, reason_origin, subject_name, without_full_stop};

/// Arguments shown on either side of an option; the rest is in the scores.
const ARGUMENTS: usize = 5;
/// Arguments shown on either side of what is chosen, among the consequences.
const CONSEQUENCES: usize = 3;

/// What is said of a candidate without a reason.
const NOTHING_SAID: &str = "no answer so far speaks for or against it";

/// One argument: `Good`, `Neutral` or `Bad`.
#[derive(Debug, Clone, Serialize)]
pub struct Argument {
    pub verdict: &'static str,
    /// Goes behind "because", without a full stop.
    pub because: String,
    /// For which parts, with which points, according to whom.
    pub note: String,
}

impl Argument {
    /// Returns an argument in favour.
    pub fn good(because: String) -> Self {
        Self { verdict: "Good", because, note: String::new() }
    }

    /// Returns an argument against.
    pub fn bad(because: String) -> Self {
        Self { verdict: "Bad", because, note: String::new() }
    }
}

/// One reason that rules candidates out, for some parts.
#[derive(Debug, Clone, Serialize)]
pub struct Exclusion {
    pub parts: String,
    pub names: String,
    pub how: &'static str,
    pub because: String,
    pub place: String,
    pub cited: String,
}

/// The same reason with the same points, with every part it counts for.
struct Reason<'a> {
    points: i64,
    because: Cow<'a, str>,
    sources: &'a [SourceId],
    parts: Vec<&'a str>,
}

/// Finds reasons in one session's advice.
pub struct ArgumentFinder<'a> {
    pub questionnaire: &'a Questionnaire,
    pub answers: &'a Answers,
    pub advice: &'a Advice,
}

impl<'a> ArgumentFinder<'a> {
    /// Returns what speaks for and against a candidate in any part.
    pub fn arguments(&self, candidate: CandidateId) -> Vec<Argument> {
        let arguments = self.shown(candidate, "", ARGUMENTS, |_| true);
        if arguments.is_empty() { vec![neutral(NOTHING_SAID)] } else { arguments }
    }

    /// Returns what follows from using, in each part, the one that is chosen for it; `beside` says whether
    /// something is used that is no candidate.
    pub fn consequences(
        &self,
        beside: bool,
        chosen: impl Fn(&PartAdvice) -> Option<CandidateId>,
    ) -> Vec<Argument> {
        let languages: CandidateSet = self.advice.parts.iter().filter_map(&chosen).collect();
        let several = beside || languages.len() > 1;
        let of = |candidate: CandidateId| {
            let name = if several { self.questionnaire[candidate].name.as_str() } else { "" };
            self.shown(candidate, name, CONSEQUENCES, |part| chosen(part) == Some(candidate))
        };
        let consequences: Vec<Argument> = languages.iter().flat_map(of).collect();
        match consequences.as_slice() {
            [] if languages.is_empty() => vec![neutral("nothing is decided yet")],
            [] => vec![neutral(NOTHING_SAID)],
            _ => consequences,
        }
    }

    /// Returns what rules candidates out, each reason once.
    pub fn exclusions(&self) -> Vec<Exclusion> {
        let mut found: Vec<(Ruling<'a>, Vec<&str>)> = Vec::new();
        let mut known: HashMap<_, usize> = HashMap::new();
        for part in &self.advice.parts {
            let name = subject_name(self.answers, part.subject);
            for ruling in grouped_rulings(self.questionnaire, self.answers, part.subject) {
                match known.entry((ruling.reason(), ruling.candidates)) {
                    Occupied(at) => found[*at.get()].1.push(name),
                    Vacant(free) => {
                        free.insert(found.len());
                        found.push((ruling, vec![name]));
                    }
                }
            }
        }
        let row = |(ruling, parts): (Ruling<'_>, Vec<&str>)| Exclusion {
            parts: join(parts, "and"),
            names: self.questionnaire.names(ruling.candidates, "and"),
            how: exclusion_in_record(ruling.exclusion),
            because: ruling.because.into_owned(),
            place: reason_origin(self.questionnaire, ruling.why),
            cited: self.questionnaire.cite(ruling.sources),
        };
        found.into_iter().map(row).collect()
    }

    fn shown(
        &self,
        candidate: CandidateId,
        name: &str,
        most: usize,
        wanted: impl Fn(&PartAdvice) -> bool,
    ) -> Vec<Argument> {
        let reasons = self.reasons(candidate, wanted);
        let good = reasons.iter().filter(|reason| reason.points > 0).take(most);
        let bad = reasons.iter().filter(|reason| reason.points < 0).take(most);
        good.chain(bad).map(|reason| self.argument(reason, name)).collect()
    }

    /// Largest first, those in favour before those against.
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
        let cited = self.questionnaire.cite(reason.sources);
        let semicolon = if cited.is_empty() { "" } else { "; " };
        Argument {
            verdict: if reason.points > 0 { "Good" } else { "Bad" },
            because: without_full_stop(&reason.because),
            note: format!("{scope}{comma}{:+}{semicolon}{cited}", reason.points),
        }
    }
}

/// Returns an argument that speaks neither for nor against.
pub fn neutral(because: &str) -> Argument {
    Argument { verdict: "Neutral", because: because.to_owned(), note: String::new() }
}
