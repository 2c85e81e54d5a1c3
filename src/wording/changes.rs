//! Describes in one sentence how a change of answers affected the advice.

use super::phrases::{capital, choice_names, headline, points, subject_name};
use super::ties::named_tie;
use crate::advice::{Advice, PartAdvice, Settled};
use crate::answers::Answers;
use crate::questionnaire::{CandidateSet, Questionnaire};

/// Maximum number of parts named individually.
const NAMED: usize = 2;

/// Returns which candidates lead now and which led before, without a full stop; `None` without a notable
/// change.
pub fn advice_change(
    questionnaire: &Questionnaire,
    before: (&Answers, &Advice),
    now: (&Answers, &Advice),
) -> Option<String> {
    let names = |(answers, advice): (&Answers, &Advice)| -> Vec<String> {
        advice.parts.iter().map(|part| subject_name(answers, part.subject).to_owned()).collect()
    };
    if names(before) != names(now) {
        let words = headline(questionnaire, now.0, now.1);
        return (words != headline(questionnaire, before.0, before.1)).then(|| format!("Now: {words}"));
    }
    let pairs = || before.1.parts.iter().zip(&now.1.parts);
    if let ([was], [is]) = (before.1.parts.as_slice(), now.1.parts.as_slice()) {
        return of_one(questionnaire, was, is);
    }
    let changed: Vec<String> = pairs()
        .filter(|(was, is)| was.choice != is.choice)
        .map(|(was, is)| {
            let name = capital(subject_name(now.0, is.subject));
            let (new, old) =
                (choice_names(questionnaire, is.choice), choice_names(questionnaire, was.choice));
            format!("{name}: {new} instead of {old}")
        })
        .collect();
    if changed.is_empty() {
        // If the kit's choice is not the leader, a settled leader would be misread as a settled choice.
        let leads = |part: &PartAdvice| part.choice == part.leaders;
        let settled = pairs().filter(|(was, is)| !is_settled(was) && is_settled(is) && leads(is));
        let names: Vec<&str> = settled.map(|(_, is)| subject_name(now.0, is.subject)).collect();
        return (!names.is_empty()).then(|| format!("Now settled: {}", names.join(", ")));
    }
    let more = changed.len().saturating_sub(NAMED);
    let named = changed.into_iter().take(NAMED).collect::<Vec<_>>().join("; ");
    Some(if more > 0 { format!("{named}; and {more} more") } else { named })
}

fn of_one(questionnaire: &Questionnaire, was: &PartAdvice, is: &PartAdvice) -> Option<String> {
    let all = questionnaire.all_candidates();
    let settled = if !is_settled(was) && is_settled(is) { ", settled" } else { "" };
    let by = match is.margin {
        Some(margin) if margin > 0 => format!(" by {}", points(margin)),
        _ => String::new(),
    };
    let names = |choice: CandidateSet| choice_names(questionnaire, choice);
    if was.choice != is.choice {
        let old = if was.choice == all { String::new() } else { format!("; before: {}", names(was.choice)) };
        return Some(match is.choice.len() {
            0 => format!("Every choice is ruled out{old}"),
            1 => format!("{} now leads{by}{settled}{old}", names(is.choice)),
            _ if is.choice == all => format!("No {} leads now{old}", questionnaire.noun().one),
            _ => format!("Now: {}{old}", named_tie(&names(is.choice))),
        });
    }
    let leader = is.choice.single()?;
    let name = &questionnaire[leader].name;
    match (was.margin, is.margin) {
        (Some(old), Some(new)) if old != new && old > 0 && new > 0 => {
            Some(format!("{name} still leads by {} instead of {old}{settled}", points(new)))
        }
        _ if !settled.is_empty() => Some(format!("{name} still leads{settled}")),
        _ => None,
    }
}

fn is_settled(part: &PartAdvice) -> bool {
    matches!(part.settled, Settled::Proven { .. })
}
