//! What is said of precedents: what was chosen, on what they agree and differ, and why none is near.

use std::fmt::Write as _;

use super::{WHOLE, capital, counted, subject_name, without_full_stop};
use crate::answers::{Answers, Subject};
use crate::precedents::{Choice, Near, Precedents, SHARED, nearest, worth_answering};
use crate::questionnaire::{QuestionId, Questionnaire, join};

/// What precedents are, where a list of them begins.
pub const PRECEDENTS: &str =
    "Published decisions made under answers like these, nearest first. They carry no points.";

/// A precedent that is near a part, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearWords {
    /// Who decided what.
    pub title: String,
    /// When it was decided.
    pub year: Option<u16>,
    /// What was chosen: a name, or several that the deciders named as equals.
    pub choice: String,
    /// For what it was chosen, and whether that is another kind of part.
    pub chosen_for: String,
    /// The reasons that the deciders gave; empty if they are not known.
    pub why: String,
    /// Whether it is the same kind of part.
    pub same_kind: bool,
    /// Titles of the questions that are answered alike.
    pub agrees: Vec<String>,
    /// The questions that are answered otherwise.
    pub differs: Vec<Difference>,
    /// Where it can be read.
    pub addresses: Vec<String>,
}

/// A question that a precedent answers otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Title of the question.
    pub title: String,
    /// The answer here.
    pub here: String,
    /// The answer there.
    pub there: String,
    /// What the answer there rests on; empty if it is not said.
    pub because: String,
}

impl NearWords {
    /// Returns title and year.
    pub fn heading(&self) -> String {
        self.year.map_or_else(|| self.title.clone(), |year| format!("{} ({year})", self.title))
    }

    /// Says what was chosen and for what.
    pub fn outcome(&self) -> String {
        format!("Chosen for {}: {}.", self.chosen_for, without_full_stop(&self.choice))
    }

    /// Says for what it was chosen and on which questions both agree, without what was chosen.
    pub fn agrees_in_short(&self) -> String {
        let titles = join(self.agrees.iter().map(String::as_str), "and");
        format!("for {}, the same answers on {titles}.", self.chosen_for)
    }

    /// Says on which questions both agree.
    pub fn agrees_words(&self) -> String {
        format!("Agrees on {}.", join(self.agrees.iter().map(String::as_str), "and"))
    }

    /// Says on which questions they differ, if there are any.
    pub fn differs_words(&self) -> Option<String> {
        let titles = self.differs.iter().map(|it| it.title.as_str());
        (!self.differs.is_empty()).then(|| format!("Differs on {}.", join(titles, "and")))
    }
}

impl Difference {
    /// Says both answers, and what the one there rests on.
    pub fn words(&self) -> String {
        let Self { title, here, there, because } = self;
        let because = if because.is_empty() { String::new() } else { format!(" ({because})") };
        format!("{title}: here \u{201c}{here}\u{201d}, there \u{201c}{there}\u{201d}{because}")
    }
}

/// Returns the precedents nearest to a part in words, the nearest first.
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
        Choice::Candidates(equals) => format!("{}, named as equals", questionnaire.names(*equals, "or")),
    }
}

/// The part as its deciders call it, with its kind where that is not the kind of the part here.
fn chosen_for(questionnaire: &Questionnaire, near: &Near<'_>, subject: Subject) -> String {
    let name = &near.part.name;
    let kind = near.part.sheet.sheet().kind.zip(questionnaire.parts_question());
    match kind.filter(|_| !near.same_kind) {
        None => name.clone(),
        Some((kind, parts)) => {
            let kind = &questionnaire[parts][kind].name;
            let another = if subject == Subject::System { "" } else { "another kind of part: " };
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

/// What is said of a questionnaire without precedents.
pub const NO_PRECEDENTS: &str = "No published decisions come with this questionnaire.";

/// Says why no precedent is near a part, and what to answer.
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
        let verb = if answered == 1 { "is" } else { "are" };
        let answered = counted(answered as i64, "question");
        format!("{answered} {verb} answered for it, and a comparison needs at least {SHARED}")
    } else {
        format!(
            "none answers at least {SHARED} of the same questions with more answers that agree than differ"
        )
    };
    let worth = worth_answering(questionnaire, precedents, answers, subject);
    let titles = join(worth.iter().map(|question| questionnaire[*question].title.as_str()), "and");
    let parts = questionnaire.parts_question().filter(|_| subject == Subject::System);
    let next = match (parts, worth.len()) {
        (None, 0) => String::new(),
        (None, _) => format!(" Answer {titles} next, which some of them answer."),
        (Some(parts), count) => {
            let parts = &questionnaire[parts].title;
            let then = if count == 0 {
                String::new()
            } else {
                format!("; then {titles}, which some of them answer")
            };
            format!(" Answer {parts} first, for they are compared part by part{then}.")
        }
    };
    format!("No published decision is near {name}: {why}.{next}")
}

/// Says what is near each of some parts, as text.
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

/// Says how many precedents are near each part and which command shows them, if there are any.
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
    Some(format!("Published decisions near these answers: {said}; {command} shows them."))
}
