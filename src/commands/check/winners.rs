//! Implements `langfit check --winners`: for each kind of part, answers with which a candidate leads, or why
//! it never does.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::advice::{Analysis, Certificate, Choices, PartAdvice, Verdict, recommend};
use crate::answers::{Answer, Answers, Part, Plan, Subject};
use crate::questionnaire::{CandidateId, Kind, OptionId, OptionSet, PerCandidate, QuestionId, Questionnaire};
use crate::wording::grouped_rulings;

/// One candidate for one kind of part, or for the system as a whole.
#[derive(Serialize)]
struct Winner<'a> {
    part: Option<&'a str>,
    candidate: &'a str,
    /// Whether the candidate leads alone with these answers, rather than in a tie.
    #[serde(skip_serializing_if = "Option::is_none")]
    alone: Option<bool>,
    /// A minimal list of answers: none of them can be left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<String>>,
    /// Why no such answers were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Formats the winners as text.
pub fn text(questionnaire: &Questionnaire) -> String {
    let mut out = String::new();
    let mut heading = None;
    for winner in winners(questionnaire) {
        if heading != Some(winner.part) {
            heading = Some(winner.part);
            let _ = writeln!(out, "\n{}", winner.part.unwrap_or("the whole system"));
        }
        let said = match (&winner.answers, &winner.why) {
            (Some(answers), _) => match (answers.is_empty(), winner.alone == Some(true)) {
                (true, true) => "leads before anything is answered".to_owned(),
                (true, false) => "tied with others before anything is answered".to_owned(),
                (false, true) => answers.join(" "),
                (false, false) => format!("at best tied with others: {}", answers.join(" ")),
            },
            (None, why) => why.clone().unwrap_or_default(),
        };
        let _ = writeln!(out, "  {:<14} {said}", winner.candidate);
    }
    out
}

/// Formats the winners as JSON.
pub fn json(questionnaire: &Questionnaire) -> Result<String> {
    serde_json::to_string_pretty(&winners(questionnaire)).context("the winners cannot be written as JSON")
}

fn winners(questionnaire: &Questionnaire) -> Vec<Winner<'_>> {
    let kinds: Vec<Option<OptionId>> = match questionnaire.parts_question() {
        Some(parts) => questionnaire[parts].option_ids().map(Some).collect(),
        None => vec![None],
    };
    kinds.into_iter().flat_map(|kind| of_kind(questionnaire, kind)).collect()
}

fn of_kind(questionnaire: &Questionnaire, kind: Option<OptionId>) -> Vec<Winner<'_>> {
    let mut blank = Answers::new(questionnaire);
    let asked = kind.and_then(|kind| Some((questionnaire.parts_question()?, kind)));
    let subject = match asked {
        Some((question, kind)) => {
            let name = questionnaire[question][kind].name.clone();
            Subject::Part(blank.put_part(Part {
                kind,
                name,
                plan: Plan::ToDecide,
                overrides: BTreeMap::default(),
            }))
        }
        None => Subject::System,
    };
    let open = verdicts(questionnaire, &blank);
    // A candidate leads trivially if an answer names it, so answers that name no candidate are tried first.
    let unnamed = without_names(questionnaire, &blank);
    let technical = verdicts(questionnaire, &unnamed);
    let part = asked.map(|(question, kind)| questionnaire[question][kind].id.as_str());
    let winner = |candidate: CandidateId| {
        let sheets = [(&unnamed, &technical), (&blank, &open)];
        let found = sheets.iter().find_map(|(sheet, verdicts)| match &verdicts.as_ref()?[candidate] {
            Verdict::CanWin(choices) => Some(shortest(questionnaire, sheet, subject, candidate, choices)),
            _ => None,
        });
        let why = || match &open.as_ref()?[candidate] {
            Verdict::CanWin(_) => None,
            Verdict::CannotWin(certificate) => {
                Some(why(questionnaire, &blank, subject, candidate, certificate))
            }
            Verdict::NotRuledOut => Some("no answer found before the search limit".to_owned()),
        };
        let why = if found.is_some() { None } else { why() };
        let (alone, answers) = found.unzip();
        Winner { part, candidate: &questionnaire[candidate].id, alone, answers, why }
    };
    questionnaire.all_candidates().iter().map(winner).collect()
}

/// Returns whether each candidate can still lead. Returns `None` if there is nothing to decide.
fn verdicts(questionnaire: &Questionnaire, answers: &Answers) -> Option<PerCandidate<Verdict>> {
    let advice = recommend(questionnaire, answers);
    advice.parts.first()?;
    Some(Analysis::new(questionnaire, answers, &advice).part(0).verdicts)
}

/// Returns the same answers, with the questions about candidates marked as not applicable.
fn without_names(questionnaire: &Questionnaire, blank: &Answers) -> Answers {
    let mut answers = blank.clone();
    for question in questionnaire.question_ids().filter(|it| questionnaire[*it].of_candidates) {
        answers.set(question, Subject::System, Answer::NotApplicable);
    }
    answers
}

/// Returns whether the candidate leads alone, and a minimal list of answers with which it leads.
fn shortest(
    questionnaire: &Questionnaire,
    blank: &Answers,
    subject: Subject,
    candidate: CandidateId,
    choices: &Choices,
) -> (bool, Vec<String>) {
    let leads = |choices: &[(QuestionId, OptionSet)], alone: bool| {
        let answers = answered(blank, choices);
        let advice = recommend(questionnaire, &answers);
        let is_first = |part: &PartAdvice| {
            if alone { part.leaders.single() == Some(candidate) } else { part.leaders.contains(candidate) }
        };
        advice.of(subject).is_some_and(is_first)
    };
    let count =
        |kept: &[(QuestionId, OptionSet)]| kept.iter().map(|(_, options)| options.len()).sum::<usize>();
    let mut kept: Vec<_> = choices.iter().filter(|(_, options)| !options.is_empty()).copied().collect();
    if kept.is_empty() && !leads(&[], true) {
        // Before any answer, the candidate is tied with others. A single answer may make it lead alone.
        kept.extend(single_answers(questionnaire, blank).find(|answer| leads(&[*answer], true)));
    }
    if !kept.is_empty() && !leads(&kept, true) {
        // One more answer may break the tie.
        let more = single_answers(questionnaire, blank)
            .filter(|(question, _)| kept.iter().all(|(other, _)| other != question))
            .map(|answer| [kept.as_slice(), &[answer]].concat());
        kept = more.into_iter().find(|more| leads(more, true)).unwrap_or(kept);
    }
    let alone = leads(&kept, true);
    // Removing one answer may make another one redundant, so this repeats until nothing changes.
    let mut before = usize::MAX;
    while (alone || leads(&kept, false)) && count(&kept) < before {
        before = count(&kept);
        for at in (0..kept.len()).rev() {
            let mut fewer = kept.clone();
            fewer.remove(at);
            if leads(&fewer, alone) {
                kept = fewer;
                continue;
            }
            for option in kept[at].1.iter() {
                let mut fewer = kept.clone();
                fewer[at].1.remove(option);
                if !fewer[at].1.is_empty() && leads(&fewer, alone) {
                    kept = fewer;
                }
            }
        }
    }
    let words = |(question, options): &(QuestionId, OptionSet)| {
        let asked = &questionnaire[*question];
        let options: Vec<&str> = options.iter().map(|option| asked[option].id.as_str()).collect();
        format!("{}={}", asked.id, options.join(","))
    };
    (alone, kept.iter().map(words).collect())
}

/// Returns every answer that chooses one option of an open question.
fn single_answers(
    questionnaire: &Questionnaire,
    blank: &Answers,
) -> impl Iterator<Item = (QuestionId, OptionSet)> {
    let asked = questionnaire.question_ids().filter(|it| {
        matches!(questionnaire[*it].kind, Kind::One | Kind::Many) && blank.given(*it).answer.is_open()
    });
    let asked: Vec<QuestionId> = asked.collect();
    asked.into_iter().flat_map(|question| {
        questionnaire[question].option_ids().map(move |option| (question, OptionSet::only(option)))
    })
}

/// Returns the blank answers with these choices. There is at most one part, so answers for the whole system
/// apply to it.
fn answered(blank: &Answers, choices: &[(QuestionId, OptionSet)]) -> Answers {
    let mut answers = blank.clone();
    for (question, options) in choices {
        answers.set(*question, Subject::System, Answer::Chosen(*options));
    }
    answers
}

fn why(
    questionnaire: &Questionnaire,
    blank: &Answers,
    subject: Subject,
    candidate: CandidateId,
    certificate: &Certificate,
) -> String {
    match certificate {
        Certificate::RuledOut => {
            let rulings = grouped_rulings(questionnaire, blank, subject).into_iter();
            let mut reason = rulings
                .filter(|it| it.candidates.contains(candidate))
                .map(|it| questionnaire.reason(it.written, candidate).into_owned());
            reason
                .next_back()
                .map_or_else(|| "always ruled out".to_owned(), |reason| format!("never: {reason}"))
        }
        Certificate::Rivals(rivals) => {
            let rivals = rivals.iter().map(|(rival, _)| *rival).collect();
            format!("never: {} always ahead", questionnaire.names(rivals, "and"))
        }
        Certificate::Exhausted(_) => "never: all combinations of answers were checked".to_owned(),
    }
}
