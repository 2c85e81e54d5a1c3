//! Runs scenarios and explains deviations: the candidate that came first, the one expected, and the lines
//! that decided it.

use super::{Expected, Scenario};
use crate::advice::{Entry, PartAdvice, Why, recommend, versus};
use crate::questionnaire::{CandidateId, Questionnaire};
use crate::source::Diagnostic;
use crate::wording::{points, reason_origin};

/// Maximum number of reasons listed for either side.
const REASONS: usize = 3;

/// Returns an error for each part whose advice deviates from a scenario, located at the part's name.
pub fn deviations(questionnaire: &Questionnaire, scenario: &Scenario) -> Vec<Diagnostic> {
    let advice = recommend(questionnaire, &scenario.answers);
    let single = advice.is_single();
    let found = scenario.parts.iter().filter_map(|expected| {
        let part = advice.of(expected.subject)?;
        let looked_at = Looked { questionnaire, scenario, expected, part, single };
        looked_at.first().or_else(|| looked_at.ruled_out())
    });
    found.collect()
}

/// One part of a scenario with its advice.
struct Looked<'a> {
    questionnaire: &'a Questionnaire,
    scenario: &'a Scenario,
    expected: &'a Expected,
    part: &'a PartAdvice,
    single: bool,
}

impl Looked<'_> {
    fn error(&self, what: &str, hint: String) -> Diagnostic {
        let (id, name) = (&self.scenario.id, &self.expected.name);
        Diagnostic::error(self.expected.span.clone(), format!("{id}, {name}: {what}"), hint)
    }

    /// Checks that all required candidates come first, and that only allowed candidates do.
    fn first(&self) -> Option<Diagnostic> {
        let (choice, Expected { first, may, .. }) = (self.part.choice, self.expected);
        let missing = first.without(choice);
        let odd = if may.is_empty() { choice.without(choice) } else { choice.without(*may) };
        let nobody = choice.is_empty() && !may.is_empty();
        if missing.is_empty() && odd.is_empty() && !nobody {
            return None;
        }
        let wanted = if first.is_empty() { *may } else { *first };
        let wanted_names = self.questionnaire.names(wanted, "or");
        if nobody {
            return Some(self.error(
                &format!("every candidate is ruled out, and {wanted_names} must come first"),
                self.out(wanted),
            ));
        }
        let came = odd.iter().chain(choice.iter()).next()?;
        // The expected candidate with the highest score, unless all of them are ruled out.
        let standing = |candidate| self.part.standing(candidate).filter(|it| it.is_alive());
        let best = wanted.iter().filter_map(standing).max_by_key(|it| it.score).map(|it| it.candidate);
        let names = self.questionnaire.names(choice, "and");
        let comes = if choice.len() == 1 { "comes" } else { "come" };
        let Some(best) = best else {
            return Some(self.error(
                &format!("{names} {comes} first, and {wanted_names} is ruled out"),
                self.out(wanted),
            ));
        };
        let score = |candidate| self.part.standing(candidate).map_or(0, |it| it.score);
        let ahead = score(came) - score(best);
        let best_name = &self.questionnaire[best].name;
        let what = match ahead {
            _ if choice.contains(best) && ahead != 0 => format!(
                "{names} {comes} first in a tie for all parts together, after adoption costs, though for this part {} is {} ahead",
                self.questionnaire[if ahead > 0 { came } else { best }].name,
                points(ahead.abs())
            ),
            ..0 => format!(
                "{names} {comes} first for all parts together, though for this part {best_name} is {} ahead",
                points(-ahead)
            ),
            0 => format!("{names} {comes} first, tied with {best_name}"),
            1.. => format!("{names} {comes} first, {} ahead of {best_name}", points(ahead)),
        };
        Some(self.error(&what, self.decided_by(came, best)))
    }

    fn ruled_out(&self) -> Option<Diagnostic> {
        let in_the_running = self.expected.ruled_out.without(self.part.ruled_out());
        let first = in_the_running.iter().next()?;
        let names = self.questionnaire.names(in_the_running, "and");
        let score = self.part.standing(first).map_or(0, |it| it.score);
        let is = if in_the_running.len() == 1 { "is" } else { "are" };
        let what = format!("{names} {is} possible and must be ruled out");
        let hint = format!(
            "no exclusion applies to {}, which has {}",
            self.questionnaire[first].name,
            points(score)
        );
        Some(self.error(&what, hint))
    }

    /// Returns the reasons that rule out the expected candidates.
    fn out(&self, wanted: crate::questionnaire::CandidateSet) -> String {
        let rulings =
            crate::advice::rulings(self.questionnaire, &self.scenario.answers, self.expected.subject);
        let of_wanted =
            rulings.into_iter().filter(|ruling| !ruling.candidates.intersection(wanted).is_empty());
        let reasons: Vec<String> = of_wanted
            .take(REASONS)
            .map(|ruling| format!("{} ({})", ruling.because, origin(self.questionnaire, ruling.why)))
            .collect();
        format!("what rules out: {}", reasons.join("; "))
    }

    /// Returns the strongest reasons for the difference between two candidates.
    fn decided_by(&self, came: CandidateId, wanted: CandidateId) -> String {
        let (questionnaire, answers) = (self.questionnaire, &self.scenario.answers);
        let versus = versus(questionnaire, answers, self.expected.subject, self.single, (came, wanted));
        let told = |entries: &[Entry<'_>]| {
            let entry = |entry: &Entry<'_>| {
                format!("{:+} {} ({})", entry.points, entry.because, origin(questionnaire, entry.why))
            };
            let rest = entries.get(REASONS..).filter(|rest| !rest.is_empty());
            let more = rest.map(|rest| {
                format!("{:+} by {} more", rest.iter().map(|it| it.points).sum::<i64>(), rest.len())
            });
            entries.iter().take(REASONS).map(entry).chain(more).collect::<Vec<_>>().join("; ")
        };
        let (first, second) = (told(&versus.first), told(&versus.second));
        match (first.is_empty(), second.is_empty()) {
            (true, true) => "the answers say the same about both".to_owned(),
            (false, true) => format!("what decides: {first}"),
            (true, false) => format!("what decides: {second}"),
            (false, false) => format!("what decides: {first}; against {second}"),
        }
    }
}

/// Describes where a line comes from, for the author of the questionnaire: the id of its rule, or its answer.
fn origin(questionnaire: &Questionnaire, why: Why) -> String {
    match why {
        Why::Rule(rule) => format!("rule {}", questionnaire.rules()[rule].id),
        _ => reason_origin(questionnaire, why),
    }
}
