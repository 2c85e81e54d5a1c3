//! Facts about the advice as phrases, shared by screen, text and records.

use super::ties::{candidates_tie, named_tie, nothing_chosen_in_tie, tie_of};
use crate::advice::{Advice, AskNext, Kit, Kits, PartAdvice, Settled};
use crate::answers::{Answers, Plan, Subject};
use crate::questionnaire::{CandidateSet, Cited, Exclusion, Questionnaire, join};
use crate::session::Session;

/// What advice without picked parts is about.
pub const WHOLE: &str = "the whole system";
/// What is said of a choice where there is none, within a sentence.
pub const NOBODY: &str = "nobody";
/// What is said where every candidate is ruled out, some of them only as unusual.
const NO_USUAL_CHOICE: &str = "no usual choice is left";
/// What is said where no candidate is possible.
const NOBODY_LEFT: &str = "none is left";

/// Returns the name of what a part's advice is about.
pub fn subject_name(answers: &Answers, subject: Subject) -> &str {
    subject.part().map_or(WHOLE, |part| answers[part].name.as_str())
}

/// Returns a subject's name as a sentence needs it: with an article while it is only the kind of part it is
/// of, as in `the API`.
pub fn the_subject(questionnaire: &Questionnaire, answers: &Answers, subject: Subject) -> String {
    let Some((question, part)) = questionnaire.parts_question().zip(subject.part()) else {
        return subject_name(answers, subject).to_owned();
    };
    let part = &answers[part];
    if questionnaire[question][part.kind].name == part.name {
        format!("the {}", part.name)
    } else {
        part.name.clone()
    }
}

/// Returns a number with its unit, in the plural after any number but one: `1 point`, `3 points`.
pub fn points(count: i64) -> String {
    counted(count, "point")
}

/// Returns a number with a noun that takes a plain plural.
pub fn counted(count: i64, noun: &str) -> String {
    if count.abs() == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}

/// Returns the recommendation as one sentence without a full stop, such as `Go for API and Agent;
/// Python for Pipeline`.
pub fn headline(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> String {
    let Some(first) = advice.parts.first() else {
        return "Every part stays as it is; nothing is to be decided".to_owned();
    };
    if let [only] = advice.parts.as_slice() {
        return choice_words(questionnaire, only, subject_name(answers, only.subject));
    }
    if advice.parts.iter().all(|part| part.choice == first.choice && part.choice.len() == 1) {
        let parts =
            if advice.parts.len() == 2 { "both".to_owned() } else { format!("all {}", advice.parts.len()) };
        return format!("{} for {parts} parts", questionnaire.names(first.choice, "or"));
    }
    if advice.parts.iter().all(|part| part.choice == questionnaire.all_candidates()) {
        return format!("No candidate leads for any of the {} parts yet", advice.parts.len());
    }
    // Parts with the same choice are named together, in the order of the first of them.
    let mut groups: Vec<(&PartAdvice, Vec<&str>)> = Vec::new();
    for part in &advice.parts {
        let name = subject_name(answers, part.subject);
        let alike = |first: &PartAdvice| first.choice == part.choice && none_left(first) == none_left(part);
        match groups.iter_mut().find(|(first, _)| alike(first)) {
            Some((_, names)) => names.push(name),
            None => groups.push((part, vec![name])),
        }
    }
    let phrases: Vec<String> = groups
        .into_iter()
        .map(|(first, names)| choice_words(questionnaire, first, &join(names, "and")))
        .collect();
    phrases.join("; ")
}

fn choice_words(questionnaire: &Questionnaire, part: &PartAdvice, name: &str) -> String {
    let choice = part.choice;
    if choice.is_empty() {
        return none_left_for(part, name);
    }
    if choice == questionnaire.all_candidates() && choice.len() > 2 {
        return candidates_tie(choice.len(), true, name);
    }
    if choice.len() > 4 {
        return candidates_tie(choice.len(), false, name);
    }
    let names = questionnaire.names(choice, "or");
    let names = if choice.len() == 1 { names } else { named_tie(&names) };
    format!("{names} for {name}")
}

/// Says of a part for which no candidate is left what that means.
pub fn none_left(part: &PartAdvice) -> &'static str {
    if part.unusual().is_empty() { NOBODY_LEFT } else { NO_USUAL_CHOICE }
}

/// Says of a part, under the name it is given, that no candidate is left.
pub fn none_left_for(part: &PartAdvice, name: &str) -> String {
    format!("{} for {name}", none_left(part))
}

/// Says how an exclusion rules out.
pub const fn exclusion_words(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Unusual => "unusual here",
        Exclusion::Cannot => "can't be used",
    }
}

/// Says the same in a record.
pub const fn exclusion_in_record(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Unusual => exclusion_words(exclusion),
        Exclusion::Cannot => "cannot be used",
    }
}

/// Says that a choice of nobody, or of several, leaves a part without one; a sentence without a full stop.
pub fn nothing_chosen(questionnaire: &Questionnaire, part: &PartAdvice, name: &str) -> String {
    let choice = part.choice;
    match choice.len() {
        0 if !part.unusual().is_empty() => format!("Nothing is chosen for {name}: {NO_USUAL_CHOICE}"),
        0 => format!("Nothing is chosen for {name}: every candidate is ruled out"),
        2..=4 => nothing_chosen_in_tie(name, &questionnaire.names(choice, "and")),
        count => nothing_chosen_in_tie(name, &format!("{count} candidates")),
    }
}

/// Returns who is chosen for a part, several on a tie, in a few words.
pub fn choice_names(questionnaire: &Questionnaire, choice: CandidateSet) -> String {
    match choice.len() {
        0 => NOBODY.to_owned(),
        1..=4 => questionnaire.names(choice, "or"),
        count => tie_of(count),
    }
}

/// The same as a phrase that stands alone.
pub fn choice_alone(questionnaire: &Questionnaire, part: &PartAdvice) -> String {
    if part.choice.is_empty() {
        return none_left(part).to_owned();
    }
    choice_names(questionnaire, part.choice)
}

/// Returns who is chosen for a part and how the rivals stand to it: `Go, 3 ahead of Java`.
pub fn choice_and_lead(questionnaire: &Questionnaire, kits: &Kits, part: &PartAdvice) -> String {
    if part.leaders == questionnaire.all_candidates() {
        return "no answer speaks for anybody yet".to_owned();
    }
    let choice = choice_alone(questionnaire, part);
    if part.choice.len() > 1 {
        return format!("{choice}, a tie");
    }
    let rivals = choice_names(questionnaire, part.runner_up);
    let lead = match part.margin {
        None if part.choice.is_empty() => return choice,
        None => "no other is in the running".to_owned(),
        Some(0) => format!("level with {rivals}"),
        Some(margin @ 1..) => format!("{margin} ahead of {rivals}"),
        Some(margin) => format!("{} behind {rivals}{}", -margin, why_not_in_kit(questionnaire, kits)),
    };
    format!("{choice}, {lead}")
}

/// Says how a choice stands to the runner-up, `margin` points ahead, to stand above the reasons.
pub fn lead_words(
    questionnaire: &Questionnaire,
    kits: &Kits,
    (choice, rival): (&str, &str),
    margin: i64,
) -> String {
    match margin {
        0 => format!("{choice} is level with {rival}"),
        1.. => format!("{choice} leads {rival} by {}", points(margin)),
        _ => {
            format!("{rival} fits better by {}{}", points(-margin), why_not_in_kit(questionnaire, kits))
        }
    }
}

/// Says who `fits` a part better than the kit's choice, if anybody does, without a full stop.
pub fn fits_better(
    questionnaire: &Questionnaire,
    kits: &Kits,
    part: &PartAdvice,
    fits: &str,
) -> Option<String> {
    let is_away = !part.leaders.is_empty() && part.choice.intersection(part.leaders).is_empty();
    let behind = part.margin.filter(|_| is_away)?;
    let leaders = questionnaire.names(part.leaders, "or");
    let why = why_not_in_kit(questionnaire, kits);
    Some(format!("{leaders} {fits} better by {}{why}", points(-behind)))
}

/// Returns what a kit brings and costs: `fit 12, adoption cost 2`.
pub fn kit_figures(kit: &Kit) -> String {
    format!("fit {}, adoption cost {}", kit.fit, kit.cost)
}

/// Says what is to be done with the question to ask next.
pub const fn ask_next_words(next: AskNext) -> &'static str {
    if next.find_out { "Find out" } else { "Ask next" }
}

/// What is said of a part whose leader leads whatever the open questions bring.
pub const SETTLED: &str = "settled";

/// Returns whether the leader of a part is settled, as a phrase; it says who that is where the kit's
/// choice is another one.
pub fn settled_words(questionnaire: &Questionnaire, part: &PartAdvice) -> String {
    let leads = if part.choice == part.leaders {
        String::new()
    } else {
        format!("{} leads, ", questionnaire.names(part.leaders, "and"))
    };
    match part.settled {
        Settled::Proven { rival: Some(rival), behind } => {
            let rival = &questionnaire[rival].name;
            format!("settled: {leads}{rival} stays {} behind at best", points(behind))
        }
        Settled::Proven { rival: None, .. } => format!("settled: {leads}no other is in the running"),
        Settled::Open if part.leaders.len() > 1 => {
            let leads = if leads.is_empty() { "" } else { " leads" };
            format!("{}{leads}", tie_of(part.leaders.len()))
        }
        Settled::Open => format!("not settled: {leads}open questions can change it"),
        Settled::NotProven => format!("not proven: {leads}too many open questions hang together"),
        Settled::NoUsualChoice | Settled::NobodyLeft => none_left(part).to_owned(),
    }
}

/// Returns whether the leader of a part is settled, in a word or two that can stand beside the kit's
/// choice.
pub fn settled_brief(part: &PartAdvice) -> &'static str {
    match part.settled {
        _ if part.choice != part.leaders => "best for all parts together",
        Settled::Proven { .. } => SETTLED,
        Settled::Open if part.leaders.len() > 1 => "a tie",
        Settled::Open => "not settled",
        Settled::NotProven => "not proven",
        Settled::NoUsualChoice | Settled::NobodyLeft => none_left(part),
    }
}

/// Says why a kit goes without somebody who fits better, behind a comma or semicolon of its own.
fn why_not_in_kit(questionnaire: &Questionnaire, kits: &Kits) -> String {
    if kits.is_largest() {
        return format!(", not worth a further {}", questionnaire.noun().one);
    }
    format!("; {}", unseen_kits(questionnaire, kits))
}

/// Says which kits were not looked at, without a full stop.
pub fn unseen_kits(questionnaire: &Questionnaire, kits: &Kits) -> String {
    format!("kits of more than {} were not looked at", questionnaire.noun().counted(kits.looked_up_to))
}

/// Returns a session's title, or a stand-in made from the system's name.
pub fn title(questionnaire: &Questionnaire, session: &Session) -> String {
    let many = capital(&questionnaire.noun().many);
    match (session.details.title.as_str(), session.details.system.as_str()) {
        ("", "") => format!("{many} for this system"),
        ("", system) => format!("{many} for {system}"),
        (title, _) => title.to_owned(),
    }
}

/// Returns the text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

/// Returns a source as in a list of references: title, and author and date as far as they are known.
pub fn reference(source: &Cited) -> String {
    let author = source.author.as_ref().map(|author| format!(", {author}")).unwrap_or_default();
    let date = source.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    format!("{}{author}{date}", source.title)
}

/// Says that a part stays as it is.
pub fn stays(language: &str) -> String {
    format!("stays in {language}")
}

/// Returns the language in which a part stays.
pub fn stays_in(questionnaire: &Questionnaire, plan: &Plan) -> Option<String> {
    match plan {
        Plan::ToDecide => None,
        Plan::StaysIn(candidate) => Some(questionnaire[*candidate].name.clone()),
        Plan::StaysOther(text) => Some(text.clone()),
    }
}

/// Returns a number with its noun, small numbers in words: `three questions`.
pub fn counted_word(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number_word(count))
}

/// Returns a number, in words if it is small.
pub fn number_word(count: usize) -> String {
    match count {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        5 => "five".to_owned(),
        _ => count.to_string(),
    }
}
