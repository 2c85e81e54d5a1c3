//! Facts about the advice as phrases, shared by screen, text and records; must not decide anything.

use crate::advice::{Advice, Kits, PartAdvice, Settled};
use crate::answers::{Answer, Answers, Emphasis, Plan, Sheet, Subject};
use crate::questionnaire::{CandidateSet, QuestionId, Questionnaire, join};
use crate::session::Session;

/// What advice without picked parts is about.
pub const WHOLE: &str = "the whole system";

/// Returns the name of what a part's advice is about.
pub fn subject_name(answers: &Answers, subject: Subject) -> &str {
    subject.part().map_or(WHOLE, |part| answers[part].name.as_str())
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
        return choice_words(questionnaire, only.choice, subject_name(answers, only.subject));
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
    let mut groups: Vec<(CandidateSet, Vec<&str>)> = Vec::new();
    for part in &advice.parts {
        let name = subject_name(answers, part.subject);
        match groups.iter_mut().find(|(choice, _)| *choice == part.choice) {
            Some((_, names)) => names.push(name),
            None => groups.push((part.choice, vec![name])),
        }
    }
    let phrases: Vec<String> = groups
        .into_iter()
        .map(|(choice, names)| choice_words(questionnaire, choice, &join(names, "and")))
        .collect();
    phrases.join("; ")
}

fn choice_words(questionnaire: &Questionnaire, choice: CandidateSet, name: &str) -> String {
    if choice.is_empty() {
        return format!("nobody is left for {name}");
    }
    if choice == questionnaire.all_candidates() && choice.len() > 2 {
        return format!("all {} candidates tie for {name}", choice.len());
    }
    if choice.len() > 4 {
        return format!("{} candidates tie for {name}", choice.len());
    }
    let names = questionnaire.names(choice, "or");
    if choice.len() == 1 { format!("{names} for {name}") } else { format!("{names} (a tie) for {name}") }
}

/// Returns who is chosen for a part, several on a tie, in a few words.
pub fn choice_names(questionnaire: &Questionnaire, choice: CandidateSet) -> String {
    match choice.len() {
        0 => "nobody".to_owned(),
        1..=4 => questionnaire.names(choice, "or"),
        count => format!("a tie of {count}"),
    }
}

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
        Settled::Proven { rival: None, .. } => format!("settled: {leads}nobody else is in the running"),
        Settled::Open if part.leaders.len() > 1 => {
            let leads = if leads.is_empty() { "" } else { " leads" };
            format!("a tie of {}{leads}", part.leaders.len())
        }
        Settled::Open => format!("not settled: {leads}open questions can change it"),
        Settled::NotProven => format!("not proven: {leads}too many open questions hang together"),
        Settled::NobodyLeft => "nobody is left".to_owned(),
    }
}

/// Returns whether the leader of a part is settled, in a word or two that can stand beside the kit's
/// choice.
pub fn settled_brief(part: &PartAdvice) -> &'static str {
    match part.settled {
        _ if part.choice != part.leaders => "the kit's choice",
        Settled::Proven { .. } => "settled",
        Settled::Open if part.leaders.len() > 1 => "a tie",
        Settled::Open => "not settled",
        Settled::NotProven => "not proven",
        Settled::NobodyLeft => "nobody is left",
    }
}

/// Says why a kit goes without somebody who fits better, to stand behind a comma or semicolon of its
/// own.
pub fn why_not_in_kit(questionnaire: &Questionnaire, kits: &Kits) -> String {
    if kits.is_largest() {
        return format!(", not worth a further {}", questionnaire.called().one);
    }
    format!("; {}", unseen_kits(questionnaire, kits))
}

/// Says which kits were not looked at, without a full stop.
pub fn unseen_kits(questionnaire: &Questionnaire, kits: &Kits) -> String {
    format!("kits of more than {} were not looked at", questionnaire.called().counted(kits.looked_up_to))
}

/// Returns an answer in words, unless the question is open or answered in words itself.
pub fn answer_words(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    subject: Subject,
) -> Option<String> {
    said(questionnaire, question, answers.answer(question, subject))
}

fn said(questionnaire: &Questionnaire, question: QuestionId, answer: &Answer) -> Option<String> {
    let asked = &questionnaire[question];
    match answer {
        Answer::Chosen(options) => {
            let texts = options.iter().map(|option| asked[option].text.as_str());
            Some(texts.collect::<Vec<_>>().join("; "))
        }
        Answer::NotApplicable => Some("does not apply".to_owned()),
        Answer::NotSure => Some("not sure".to_owned()),
        Answer::Text(_) | Answer::Open => None,
    }
}

/// Returns what was said about a question, with what differs for parts, as far as it counts there;
/// `whole` is the answer for all parts in words, nothing if it is not to be named.
pub fn answer_in_full(
    questionnaire: &Questionnaire,
    answers: &Answers,
    sheets: &[(Subject, Sheet)],
    question: QuestionId,
    whole: Option<String>,
) -> String {
    let emphasis = match answers.emphasis(question) {
        Emphasis::Normal => "",
        Emphasis::Double => " (counts double)",
        Emphasis::Ignored => " (points ignored)",
    };
    let own = sheets.iter().filter(|(_, sheet)| sheet.is_visible(question)).filter_map(|(subject, _)| {
        let part = &answers[subject.part()?];
        let words = match part.overrides.get(&question)? {
            Answer::Open => "open".to_owned(),
            answer => said(questionnaire, question, answer)?,
        };
        Some(format!("for {}: {words}", part.name))
    });
    let own: Vec<String> = own.collect();
    match whole {
        Some(whole) if own.is_empty() => whole + emphasis,
        Some(whole) => format!("{whole}{emphasis}; {}", own.join("; ")),
        None if own.is_empty() => String::new(),
        None => own.join("; ") + emphasis,
    }
}

/// Returns a session's title, or a stand-in made from the system's name.
pub fn title(questionnaire: &Questionnaire, session: &Session) -> String {
    let many = capital(&questionnaire.called().many);
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

/// Says in which language a part stays.
pub fn stays_in(questionnaire: &Questionnaire, plan: &Plan) -> Option<String> {
    match plan {
        Plan::ToDecide => None,
        Plan::StaysIn(candidate) => Some(questionnaire[*candidate].name.clone()),
        Plan::StaysOther(text) => Some(text.clone()),
    }
}
