//! Phrases about the advice, shared by screen, text and records.

use super::ties::{candidates_tie, named_tie, nothing_chosen_in_tie, tie_of};
use crate::advice::{Advice, AskNext, Kit, Kits, PartAdvice, Settled};
use crate::answers::{Answers, Plan, Subject};
use crate::questionnaire::{CandidateSet, Cited, Exclusion, Questionnaire, join};
use crate::session::Session;

/// Name of the system as a whole, which is the subject of advice without picked parts.
pub const WHOLE: &str = "the whole system";
/// Text for an empty choice, within a sentence.
pub const NOBODY: &str = "none";
/// Text for a part whose candidates are all ruled out, some of them only as unusual.
const NO_USUAL_CHOICE: &str = "every usual choice is ruled out";
/// Text for a part without a possible candidate.
const NOBODY_LEFT: &str = "every choice is ruled out";

/// Returns the name of a part, or [`WHOLE`] for the system as a whole.
pub fn subject_name(answers: &Answers, subject: Subject) -> &str {
    subject.part().map_or(WHOLE, |part| answers[part].name.as_str())
}

/// Returns a subject's name for use in a sentence. Adds an article if the name is just the kind of part, as
/// in `the API`.
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

/// Returns a number of points: `1 point`, `3 points`.
pub fn points(count: i64) -> String {
    counted(count, "point")
}

/// Returns a number with a noun that has a regular plural.
pub fn counted(count: i64, noun: &str) -> String {
    if count.abs() == 1 { format!("{count} {noun}") } else { format!("{count} {noun}s") }
}

/// Returns the recommendation as one sentence without a full stop, such as `Go for API and Agent;
/// Python for Pipeline`.
pub fn headline(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> String {
    let Some(first) = advice.parts.first() else {
        return "Every part stays as it is; there is nothing to decide".to_owned();
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
        return format!(
            "No {} leads in any of the {} parts yet",
            questionnaire.noun().one,
            advice.parts.len()
        );
    }
    // Group parts with the same choice, in the order of the first part of each group.
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
        return candidates_tie(&questionnaire.noun().counted(choice.len()), true, name);
    }
    if choice.len() > 4 {
        return candidates_tie(&questionnaire.noun().counted(choice.len()), false, name);
    }
    let names = questionnaire.names(choice, "or");
    let names = if choice.len() == 1 { names } else { named_tie(&names) };
    format!("{names} for {name}")
}

/// Returns the text for a part without a remaining candidate.
pub fn none_left(part: &PartAdvice) -> &'static str {
    if part.unusual().is_empty() { NOBODY_LEFT } else { NO_USUAL_CHOICE }
}

/// Returns the text for a part without a remaining candidate, followed by the part's name.
pub fn none_left_for(part: &PartAdvice, name: &str) -> String {
    format!("{} for {name}", none_left(part))
}

/// Returns how an exclusion rules candidates out.
pub const fn exclusion_words(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Unusual => "unusual here",
        Exclusion::Cannot => "can't be used",
    }
}

/// Returns how an exclusion rules candidates out, in the style of a record.
pub const fn exclusion_in_record(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Unusual => exclusion_words(exclusion),
        Exclusion::Cannot => "cannot be used",
    }
}

/// Returns a sentence, without a full stop, saying that nothing is chosen for a part because all candidates
/// are ruled out or several tie.
pub fn nothing_chosen(questionnaire: &Questionnaire, part: &PartAdvice, name: &str) -> String {
    let choice = part.choice;
    match choice.len() {
        0 if !part.unusual().is_empty() => format!("Nothing is chosen for {name}: {NO_USUAL_CHOICE}"),
        0 => format!("Nothing is chosen for {name}: {NOBODY_LEFT}"),
        2..=4 => nothing_chosen_in_tie(name, &questionnaire.names(choice, "and")),
        count => nothing_chosen_in_tie(name, &questionnaire.noun().counted(count)),
    }
}

/// Returns the names of the candidates chosen for a part, or just their number if many tie.
pub fn choice_names(questionnaire: &Questionnaire, choice: CandidateSet) -> String {
    match choice.len() {
        0 => NOBODY.to_owned(),
        1..=4 => questionnaire.names(choice, "or"),
        count => tie_of(count),
    }
}

/// Returns the choice for a part as a phrase that stands alone.
pub fn choice_alone(questionnaire: &Questionnaire, part: &PartAdvice) -> String {
    if part.choice.is_empty() {
        return none_left(part).to_owned();
    }
    choice_names(questionnaire, part.choice)
}

/// Returns the choice for a part and its lead over the rivals: `Go, 3 ahead of Java`.
pub fn choice_and_lead(questionnaire: &Questionnaire, kits: &Kits, part: &PartAdvice) -> String {
    if part.leaders == questionnaire.all_candidates() {
        return format!("no answer favors any {} yet", questionnaire.noun().one);
    }
    let choice = choice_alone(questionnaire, part);
    if part.choice.len() > 1 {
        return format!("{choice}, a tie");
    }
    let rivals = match part.runner_up.len() {
        count @ 5.. => questionnaire.noun().counted(count),
        _ => choice_names(questionnaire, part.runner_up),
    };
    let lead = match part.margin {
        None if part.choice.is_empty() => return choice,
        None => "all others are ruled out".to_owned(),
        Some(0) => format!("tied with {rivals}"),
        Some(margin @ 1..) => format!("{margin} ahead of {rivals}"),
        Some(margin) => format!("{} behind {rivals}{}", -margin, why_not_in_kit(questionnaire, kits)),
    };
    format!("{choice}, {lead}")
}

/// Returns how a choice compares with the runner-up, as a heading for the reasons; `margin` is its lead in
/// points.
pub fn lead_words(
    questionnaire: &Questionnaire,
    kits: &Kits,
    (choice, rival): (&str, &str),
    margin: i64,
) -> String {
    match margin {
        0 => format!("{choice} and {rival} are tied"),
        1.. => format!("{choice} leads {rival} by {}", points(margin)),
        _ => {
            format!("{rival} fits {} better{}", points(-margin), why_not_in_kit(questionnaire, kits))
        }
    }
}

/// Returns which candidates fit a part better than the kit's choice, without a full stop; `None` if none
/// does. `fits` is the verb phrase to use.
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
    Some(format!("{leaders} {fits} {} better{why}", points(-behind)))
}

/// Returns a kit's fit, adoption cost and net: `12 points - 2 adoption cost = 10`.
pub fn kit_figures(kit: &Kit) -> String {
    match kit.cost {
        0 => points(kit.fit),
        cost => format!("{} - {cost} adoption cost = {}", points(kit.fit), kit.net()),
    }
}

/// Returns what to do with the question to ask next.
pub const fn ask_next_words(next: AskNext) -> &'static str {
    if next.find_out { "Find out" } else { "Answer next" }
}

/// Text for a part whose leader stays in the lead whatever the answers to open questions.
pub const SETTLED: &str = "settled";

/// Returns whether the leader of a part is settled, as a phrase. Names the leader if the kit chooses another
/// candidate.
pub fn settled_words(questionnaire: &Questionnaire, part: &PartAdvice) -> String {
    let leads = if part.choice == part.leaders {
        String::new()
    } else {
        format!("{} leads, ", questionnaire.names(part.leaders, "and"))
    };
    match part.settled {
        Settled::Proven { rival: Some(rival), behind } => {
            let rival = &questionnaire[rival].name;
            format!("settled: {leads}{rival} stays at least {} behind", points(behind))
        }
        Settled::Proven { rival: None, .. } => format!("settled: {leads}all others stay ruled out"),
        Settled::Open if part.leaders.len() > 1 => {
            let leads = if leads.is_empty() { "" } else { " leads" };
            format!("{}{leads}", tie_of(part.leaders.len()))
        }
        Settled::Open => format!("not settled: {leads}open questions can still change this"),
        Settled::NotProven => format!("not proven: {leads}too many open questions depend on each other"),
        Settled::NoUsualChoice | Settled::NobodyLeft => none_left(part).to_owned(),
    }
}

/// Returns whether the leader of a part is settled, in a few words that fit next to the kit's choice.
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

/// Returns why a kit omits a candidate that fits better, starting with a comma or semicolon.
fn why_not_in_kit(questionnaire: &Questionnaire, kits: &Kits) -> String {
    if kits.is_largest() {
        return format!(", which does not justify another {}", questionnaire.noun().one);
    }
    format!("; {}", unseen_kits(questionnaire, kits))
}

/// Returns which kits were not examined, without a full stop.
pub fn unseen_kits(questionnaire: &Questionnaire, kits: &Kits) -> String {
    format!("combinations of more than {} were not compared", questionnaire.noun().counted(kits.looked_up_to))
}

/// Returns a session's title, or one made from the system's name.
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

/// Returns a source as in a bibliography: the title, and author and date if known.
pub fn reference(source: &Cited) -> String {
    let author = source.author.as_ref().map(|author| format!(", {author}")).unwrap_or_default();
    let date = source.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    format!("{}{author}{date}", source.title)
}

/// Returns the phrase for a part that stays in a language or in something else.
pub fn stays(language: &str) -> String {
    format!("stays in {language}")
}

/// Returns what a part stays in; `None` if the part is to be decided.
pub fn stays_in(questionnaire: &Questionnaire, plan: &Plan) -> Option<String> {
    match plan {
        Plan::ToDecide => None,
        Plan::StaysIn(candidate) => Some(questionnaire[*candidate].name.clone()),
        Plan::StaysOther(text) => Some(text.clone()),
    }
}

/// Returns a number with its noun, one to five in words: `three questions`.
pub fn counted_word(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", number_word(count))
}

/// Returns a number; one to five in words.
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
