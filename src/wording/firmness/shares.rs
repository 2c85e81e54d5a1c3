//! Wording of the tests of a choice: random answers, random points, and the fewest reasons that would change
//! it.

use super::Words;
use crate::advice::{Firmness, PartAdvice, PartFirmness, Shares, Step};
use crate::answers::Subject;
use crate::questionnaire::{CandidateId, Impact, Questionnaire};
use crate::wording::phrases::number_word;

/// Maximum number of candidates named with their share; the others are counted together.
const NAMED: usize = 3;

impl Words<'_> {
    /// Returns the test results for a part: which candidates come first with random answers and points, and
    /// the fewest steps to a tie.
    pub(super) fn tests(&self, part: &PartAdvice) -> Vec<String> {
        let Some(firm) = self.firmness.and_then(|firmness| of(firmness, part.subject)) else {
            return Vec::new();
        };
        // While all candidates tie, shares add no information.
        if part.leaders == self.questionnaire.all_candidates() {
            return Vec::new();
        }
        let answers = firm
            .answers
            .as_ref()
            .map(|shares| self.ending(shares, "With the open questions answered at random"));
        let points = self.ending(
            &firm.points,
            "With each reason's points raised or lowered at random by at most one step",
        );
        answers.into_iter().chain([points]).chain(steps_words(self.questionnaire, part, firm)).collect()
    }

    /// Returns which candidates rank first in random runs; `doing` describes what is random.
    fn ending(&self, shares: &Shares, doing: &str) -> String {
        let ranked = shares.ranked();
        let runs = format!("{} runs", thousands(shares.sheets()));
        if let Some(always) = ranked.first().filter(|first| shares.is_always(**first)) {
            return format!("{doing}, {} comes first in all {runs}.", self.name(*always));
        }
        let Some(first) = ranked.first() else {
            return format!("{doing}, every choice is ruled out in all {runs}.");
        };
        let share =
            |candidate: &CandidateId| format!("{} in {}", self.name(*candidate), percent(shares, *candidate));
        // Candidates that rank first in under 1 % of the runs are only counted.
        let (named, rest): (Vec<&CandidateId>, Vec<&CandidateId>) =
            ranked.iter().skip(1).partition(|candidate| shares.per_mille(**candidate) >= 10);
        let shown = named.iter().take(NAMED - 1).map(|candidate| shares.per_mille(**candidate));
        let left = 1000_u32.saturating_sub(shares.per_mille(*first) + shown.sum::<u32>());
        let others = named.len().saturating_sub(NAMED - 1) + rest.len();
        let mut named: Vec<String> = named.into_iter().take(NAMED - 1).map(share).collect();
        match others {
            // Omit a rest under 1 %, which may be due to rounding.
            _ if left < 10 => {}
            0 => {}
            1 => named.push("one other in the remaining runs".to_owned()),
            count => named.push(format!("{count} others in the remaining runs")),
        }
        let rest = if named.is_empty() { String::new() } else { format!(", {}", named.join(", ")) };
        let (name, percent) = (self.name(*first), percent(shares, *first));
        format!("{doing}, {name} comes first in {percent} of {runs}{rest}.")
    }
}

/// Returns the fewest reasons whose points must move by one step for a rival to tie with the choice for a
/// part. Returns `None` if there is no single choice, or if a rival already ties or is ahead.
pub fn steps_words(questionnaire: &Questionnaire, part: &PartAdvice, firm: &PartFirmness) -> Option<String> {
    let (choice, steps) = part.choice.single().zip(firm.steps.as_ref())?;
    let Some((rival, fewest)) = steps.fewest() else {
        return Some(
            "No rival would catch up even if every reason counted one step more or less.".to_owned(),
        );
    };
    let reasons: Vec<String> =
        fewest.iter().map(|step| step_words(questionnaire, *step, choice, rival)).collect();
    if fewest.is_empty() {
        return None;
    }
    let moved = match fewest.len() {
        1 => "this reason moved".to_owned(),
        count => format!("each of these {} reasons moved", number_word(count)),
    };
    let rival = &questionnaire[rival].name;
    Some(format!("{rival} would catch up if {moved} by one step: {}.", reasons.join("; ")))
}

/// Formats a step as `“it compiles to one file” from +3 to +1`.
fn step_words(questionnaire: &Questionnaire, step: Step, choice: CandidateId, rival: CandidateId) -> String {
    let line = &questionnaire.lines()[step.line];
    let about = if line.candidates.contains(choice) { choice } else { rival };
    let because = questionnaire.reason(&line.because, about);
    let before = match line.impact {
        Impact::Points(points) => points,
        Impact::Excludes(_) => 0,
    };
    let because = because.trim_end_matches('.');
    format!("\u{201c}{because}\u{201d} from {before:+} to {:+}", step.points)
}

/// Returns briefly how firm the choice for a part is: `First in 71 % of runs with random answers, 94 % with
/// points varied at random`.
pub fn firmness_brief(firmness: &Firmness, part: &PartAdvice) -> Option<String> {
    let choice = part.choice.single()?;
    let firm = of(firmness, part.subject)?;
    let points = format!("{} with points varied at random", percent(&firm.points, choice));
    Some(match &firm.answers {
        Some(answers) => {
            format!("First in {} of runs with random answers, {points}", percent(answers, choice))
        }
        None => format!("First in {} of runs with points varied at random", percent(&firm.points, choice)),
    })
}

fn of(firmness: &Firmness, subject: Subject) -> Option<&PartFirmness> {
    firmness.parts.iter().find(|part| part.subject == subject)
}

/// Formats a share in whole percent; never as 0 % or 100 % unless that is exact.
pub fn percent(shares: &Shares, candidate: CandidateId) -> String {
    if shares.is_always(candidate) {
        return "100 %".to_owned();
    }
    match shares.per_mille(candidate) {
        0 if !shares.ranked().contains(&candidate) => "0 %".to_owned(),
        0..10 => "under 1 %".to_owned(),
        991.. => "over 99 %".to_owned(),
        share => format!("{} %", (share + 5) / 10),
    }
}

/// Formats a number with a comma after the thousands.
pub fn thousands(count: u32) -> String {
    match (count / 1000, count % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}
