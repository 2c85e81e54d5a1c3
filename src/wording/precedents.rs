//! Wording of precedents: what was chosen, where the answers agree and differ, and why none is near.

use std::fmt::Write as _;

use super::{WHOLE, capital, counted, subject_name, without_full_stop};
use crate::answers::{Answers, Subject};
use crate::precedents::{Choice, Near, Precedents, SHARED, nearest, worth_answering};
use crate::questionnaire::{QuestionId, Questionnaire, join};

/// Introduction to a list of precedents.
pub const PRECEDENTS: &str =
    "Published decisions with similar answers, the most similar first. They do not affect the points.";

/// A precedent that is near a part, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearWords {
    /// Who decided what.
    pub title: String,
    /// Year of the decision, if known.
    pub year: Option<u16>,
    /// The choice: one name, or several that the deciders named as equals.
    pub choice: String,
    /// What the choice was for, and whether that is another kind of part.
    pub chosen_for: String,
    /// The reasons that the deciders gave; empty if unknown.
    pub why: String,
    /// Whether the precedent is for the same kind of part.
    pub same_kind: bool,
    /// Titles of the questions that both answer alike.
    pub agrees: Vec<String>,
    /// The questions that both answer, but differently.
    pub differs: Vec<Difference>,
    /// Addresses where the decision can be read.
    pub addresses: Vec<String>,
}

/// A question that a precedent answers differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Title of the question.
    pub title: String,
    /// The session's answer.
    pub here: String,
    /// The precedent's answer.
    pub there: String,
    /// The fact behind the precedent's answer, marked if the deciders did not state it; may be empty.
    pub because: String,
}

impl NearWords {
    /// Returns the title and the year.
    pub fn heading(&self) -> String {
        self.year.map_or_else(|| self.title.clone(), |year| format!("{} ({year})", self.title))
    }

    /// Returns what was chosen and what for.
    pub fn outcome(&self) -> String {
        format!("Chosen for {}: {}.", self.chosen_for, without_full_stop(&self.choice))
    }

    /// Returns what the choice was for and which answers agree, without the choice.
    pub fn agrees_in_short(&self) -> String {
        let titles = join(self.agrees.iter().map(String::as_str), "and");
        format!("the answers for its \u{201c}{}\u{201d} match on {titles}.", self.chosen_for)
    }

    /// Returns the questions that both answer alike.
    pub fn agrees_words(&self) -> String {
        format!("Same answers: {}.", join(self.agrees.iter().map(String::as_str), "and"))
    }

    /// Returns the questions that both answer, but differently; `None` if there are none.
    pub fn differs_words(&self) -> Option<String> {
        let titles = self.differs.iter().map(|it| it.title.as_str());
        (!self.differs.is_empty()).then(|| format!("Different answers: {}.", join(titles, "and")))
    }
}

impl Difference {
    /// Returns both answers, and the fact behind the precedent's answer.
    pub fn words(&self) -> String {
        let Self { title, here, there, because } = self;
        let because = if because.is_empty() { String::new() } else { format!(" ({because})") };
        format!("{title}: here \u{201c}{here}\u{201d}, there \u{201c}{there}\u{201d}{because}")
    }
}

/// Returns the precedents nearest to a part in words, nearest first.
pub fn near_words(
    questionnaire: &Questionnaire,
    precedents: &Precedents,
    answers: &Answers,
    subject: Subject,
) -> Vec<NearWords> {
    let own = answers.effective(questionnaire, subject);
    let words = |near: Near<'_>| NearWords {
        title: near.precedent.title.clone(),
        year: near.precedent.year,
        choice: choice_words(questionnaire, &near.part.choice),
        chosen_for: chosen_for(questionnaire, &near, subject),
        why: near.precedent.why.clone(),
        same_kind: near.same_kind,
        agrees: near.agrees.iter().map(|it| questionnaire[*it].title.clone()).collect(),
        differs: near
            .differs
            .iter()
            .map(|question| {
                let asked = &questionnaire[*question];
                Difference {
                    title: asked.title.clone(),
                    here: asked.names(own.chosen(*question)),
                    there: asked.names(near.part.sheet.chosen(*question)),
                    because: ground_words(&near, *question),
                }
            })
            .collect(),
        addresses: near.precedent.addresses.iter().map(|(_, address)| address.clone()).collect(),
    };
    nearest(questionnaire, precedents, answers, subject).into_iter().map(words).collect()
}

fn choice_words(questionnaire: &Questionnaire, choice: &Choice) -> String {
    match choice {
        Choice::Other(text) => text.clone(),
        Choice::Candidates(chosen) if chosen.len() == 1 => questionnaire.names(*chosen, "or"),
        Choice::Candidates(equals) => {
            format!("{}, which the deciders found equally good", questionnaire.names(*equals, "or"))
        }
    }
}

/// Returns the deciders' name for the part, with its kind if that differs from the kind of the part here.
fn chosen_for(questionnaire: &Questionnaire, near: &Near<'_>, subject: Subject) -> String {
    let name = &near.part.name;
    let kind = near.part.sheet.sheet().kind.zip(questionnaire.parts_question());
    match kind.filter(|_| !near.same_kind) {
        None => name.clone(),
        Some((kind, parts)) => {
            let kind = &questionnaire[parts][kind].name;
            let another = if subject == Subject::System { "" } else { "a different kind of part: " };
            format!("{name} ({another}{kind})")
        }
    }
}

fn ground_words(near: &Near<'_>, question: QuestionId) -> String {
    match near.precedent.ground(question, near.part.subject) {
        Some(ground) if ground.inferred => format!("not stated: {}", ground.because),
        Some(ground) => ground.because.clone(),
        None => String::new(),
    }
}

/// Text for a questionnaire without precedents.
pub const NO_PRECEDENTS: &str = "No published decisions come with this questionnaire.";

/// Returns why no precedent is near a part, and which questions to answer.
pub fn none_near(
    questionnaire: &Questionnaire,
    precedents: &Precedents,
    answers: &Answers,
    subject: Subject,
) -> String {
    let name = subject_name(answers, subject);
    if precedents.all.is_empty() {
        return NO_PRECEDENTS.to_owned();
    }
    let sheet = answers.effective(questionnaire, subject);
    let counts = |question: &QuestionId| !questionnaire[*question].is_parts();
    let answered = questionnaire.question_ids().filter(counts);
    let answered = answered.filter(|question| !sheet.chosen(*question).is_empty()).count();
    let why = if answered < SHARED {
        let answered = counted(answered as i64, "question");
        format!("you have answered {answered}, and a match has to cover at least {SHARED}")
    } else {
        format!(
            "a match has to cover at least {SHARED} of the questions that you have answered, mostly with the same answers"
        )
    };
    let worth = worth_answering(questionnaire, precedents, answers, subject);
    let titles = join(worth.iter().map(|question| questionnaire[*question].title.as_str()), "and");
    let parts = questionnaire.parts_question().filter(|_| subject == Subject::System);
    let next = match (parts, worth.len()) {
        (None, 0) => String::new(),
        (None, _) => format!(" Answer {titles} next; some published decisions cover these."),
        (Some(parts), count) => {
            let parts = &questionnaire[parts].title;
            let then = if count == 0 {
                String::new()
            } else {
                format!(", then {titles}; some published decisions cover these")
            };
            format!(" Answer {parts} first, because decisions are compared part by part{then}.")
        }
    };
    format!("No published decision matches {name} closely enough: {why}.{next}")
}

/// Returns the precedents near each of some parts, as text.
pub fn precedents_text(
    questionnaire: &Questionnaire,
    precedents: &Precedents,
    answers: &Answers,
    subjects: &[Subject],
) -> String {
    if precedents.all.is_empty() {
        return format!("{NO_PRECEDENTS}\n");
    }
    let mut out = format!("{PRECEDENTS}\n");
    for subject in subjects {
        let name = subject_name(answers, *subject);
        let title = if name == WHOLE { capital(name) } else { name.to_owned() };
        let near = near_words(questionnaire, precedents, answers, *subject);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "\n{title}");
        if near.is_empty() {
            let _ = writeln!(out, "  {}", none_near(questionnaire, precedents, answers, *subject));
        }
        for (at, near) in near.iter().enumerate() {
            let _ = writeln!(out, "  {}. {}", at + 1, near.heading());
            let said = [near.outcome(), near.why.clone(), near.agrees_words()].into_iter();
            let said = said.chain(near.differs_words()).chain(near.addresses.iter().cloned());
            for line in said.filter(|line| !line.is_empty()) {
                let _ = writeln!(out, "     {line}");
            }
        }
    }
    out
}

/// Returns how many precedents are near each part and which command shows them; `None` if none are near.
pub fn precedents_near(
    questionnaire: &Questionnaire,
    precedents: &Precedents,
    answers: &Answers,
    command: &str,
) -> Option<String> {
    let subjects = answers.subjects();
    let count = |subject: &Subject| nearest(questionnaire, precedents, answers, *subject).len();
    let counts: Vec<(usize, &Subject)> = subjects.iter().map(|subject| (count(subject), subject)).collect();
    let near = counts.iter().filter(|(count, _)| *count > 0);
    let named: Vec<String> =
        near.map(|(count, subject)| format!("{count} for {}", subject_name(answers, **subject))).collect();
    let (first, _) = counts.first()?;
    let said = match (named.len(), subjects.len()) {
        (0, _) => return None,
        (_, 1) => first.to_string(),
        _ => named.join(", "),
    };
    Some(format!("Published decisions with similar answers: {said}. {command} shows them."))
}
