//! Wording of how firm the advice is: what is proven, what could change it, and what to ask next.
//!
//! The screen, the text output and records share these sentences. They must not speak of probability; each
//! share must say what it is a share of.

mod part;
mod shares;
mod system;

use super::phrases::{choice_names, points, subject_name, the_subject};
use crate::advice::{Advice, Certificate, Firmness, Outlook, PartAdvice, PartOutlook, Verdict};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, QuestionId, Questionnaire, join};

pub use shares::{firmness_brief, percent, steps_words, thousands};
pub use system::{boundaries_and_remarks, remarks_of};

/// Sentences under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// Complete sentences; some end with their sources in brackets.
    pub lines: Vec<String>,
}

/// Returns how firm the advice is, in sections for parts, open questions, kit and sources. Includes shares of
/// random runs only if `firmness` is given.
pub fn firmness(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    outlook: &Outlook,
    firmness: Option<&Firmness>,
) -> Vec<Section> {
    let words = Words { questionnaire, answers, advice, outlook, firmness };
    let mut sections: Vec<Section> =
        advice.parts.iter().zip(&outlook.parts).map(|(part, outlook)| words.part(part, outlook)).collect();
    sections.extend(
        [words.open(), words.kit(), words.sources()].into_iter().filter(|section| !section.lines.is_empty()),
    );
    sections
}

/// Returns the one or two most relevant facts about a part, without the final full stop.
pub fn facts(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    outlook: &Outlook,
    subject: Subject,
) -> Vec<String> {
    let words = Words { questionnaire, answers, advice, outlook, firmness: None };
    let pairs = advice.parts.iter().zip(&outlook.parts);
    let Some((advice, outlook)) = pairs.into_iter().find(|(advice, _)| advice.subject == subject) else {
        return Vec::new();
    };
    let facts = std::iter::once(words.lead(advice, outlook)).chain(words.fewest(advice, outlook));
    let facts = facts.chain(words.way_back(advice, outlook));
    facts.map(|line| line.trim_end_matches('.').to_owned()).collect()
}

/// Returns at most three sentences on how firm the choice for a part is.
///
/// If people decided for `decided` against the advice, returns what would have to change for that candidate
/// to tie.
pub fn firmness_in_brief(
    questionnaire: &Questionnaire,
    answers: &Answers,
    (advice, outlook, firmness): (&Advice, &Outlook, Option<&Firmness>),
    subject: Subject,
    decided: Option<CandidateId>,
) -> Vec<String> {
    let words = Words { questionnaire, answers, advice, outlook, firmness };
    let mut pairs = advice.parts.iter().zip(&outlook.parts);
    let Some((part, outlook)) = pairs.find(|(part, _)| part.subject == subject) else { return Vec::new() };
    let otherwise = decided.filter(|decided| !part.choice.contains(*decided));
    if let Some(decided) = otherwise {
        // The other facts are about the advice, not about what was decided.
        return words.until_level(part, outlook, decided).into_iter().collect();
    }
    if let Some(beside) = words.beside_leader(part) {
        // The other facts are about the leader only.
        return std::iter::once(beside).chain(words.tests(part).into_iter().take(1)).collect();
    }
    let lead = std::iter::once(words.lead(part, outlook));
    if part.leaders.is_empty() {
        return lead.collect();
    }
    // For a sole leader, the table of parts shows the share.
    let tests = words.tests(part).into_iter().take(usize::from(part.leaders.len() > 1));
    lead.chain(words.fewest(part, outlook)).chain(tests).collect()
}

/// Returns which answers would bring back a candidate for a part that has none left, without a full stop.
pub fn way_back_words(
    questionnaire: &Questionnaire,
    answers: &Answers,
    (advice, outlook): (&Advice, &Outlook),
    subject: Subject,
) -> Option<String> {
    let words = Words { questionnaire, answers, advice, outlook, firmness: None };
    let mut pairs = advice.parts.iter().zip(&outlook.parts);
    let (part, outlook) = pairs.find(|(part, _)| part.subject == subject)?;
    let way = words.way_back(part, outlook)?;
    Some(format!("For {}, {}", the_subject(questionnaire, answers, subject), way.trim_end_matches('.')))
}

struct Words<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    advice: &'a Advice,
    outlook: &'a Outlook,
    firmness: Option<&'a Firmness>,
}

impl Words<'_> {
    fn name(&self, candidate: CandidateId) -> &str {
        &self.questionnaire[candidate].name
    }

    fn names(&self, candidates: CandidateSet) -> String {
        self.questionnaire.names(candidates, "and")
    }

    /// Returns a sentence if the kit's choice for a part is not the part's leader.
    fn beside_leader(&self, part: &PartAdvice) -> Option<String> {
        let (choice, leader) = part.choice.single().zip(part.leaders.single())?;
        let behind = part.standing(leader)?.score - part.standing(choice)?.score;
        (choice != leader).then(|| {
            let (choice, leader) = (self.name(choice), self.name(leader));
            let behind = points(behind);
            format!(
                "{choice} is best for all parts together; for this part alone {leader} is {behind} ahead."
            )
        })
    }

    fn part(&self, part: &PartAdvice, outlook: &PartOutlook) -> Section {
        let name = subject_name(self.answers, part.subject);
        let title = format!("{name}: {}", choice_names(self.questionnaire, part.choice));
        let mut lines: Vec<String> =
            std::iter::once(self.lead(part, outlook)).chain(self.fewest(part, outlook)).collect();
        lines.extend(self.tests(part));
        lines.extend(self.why_not(outlook));
        lines.extend(self.can_lead(part, outlook));
        lines.extend(self.safest(part, outlook));
        lines.extend(self.relax(part, outlook));
        Section { title, lines }
    }

    /// Formats changed answers of a subject as clauses: `the answer to Load were “over 10,000” and “Data” were
    /// added to Libraries`.
    fn choices(&self, subject: Subject, choices: &[(QuestionId, OptionSet)]) -> String {
        let phrases: Vec<String> =
            choices.iter().map(|(question, options)| self.choice(subject, *question, *options)).collect();
        join(phrases.iter().map(String::as_str), "and")
    }

    fn choice(&self, subject: Subject, question: QuestionId, options: OptionSet) -> String {
        let asked = &self.questionnaire[question];
        let quoted = |options: OptionSet| {
            let names: Vec<String> =
                options.iter().map(|option| format!("\u{201c}{}\u{201d}", asked[option].name)).collect();
            join(names.iter().map(String::as_str), "and")
        };
        let today = self.answers.chosen(self.questionnaire, question, subject);
        let (more, less) = (options.without(today), today.without(options));
        let title = &asked.title;
        match (more.is_empty(), less.is_empty()) {
            _ if options.is_empty() => format!("{title} had no answer"),
            // The new answer keeps no option of the current one.
            _ if today.intersection(options).is_empty() => {
                format!("the answer to {title} were {}", quoted(options))
            }
            (false, true) => format!("{} were added to {title}", quoted(more)),
            (true, _) => format!("{} were removed from {title}", quoted(less)),
            (false, false) => format!("{} replaced {} in {title}", quoted(more), quoted(less)),
        }
    }
}

/// Returns under which answers a candidate leads, or why it never does, for display with its ledger.
pub fn verdict_words(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    outlook: &Outlook,
    subject: Subject,
    candidate: CandidateId,
) -> Option<String> {
    let words = Words { questionnaire, answers, advice, outlook, firmness: None };
    let position = advice.parts.iter().position(|it| it.subject == subject)?;
    let leads = advice.parts[position].leaders.contains(candidate);
    Some(match &outlook.parts[position].verdicts[candidate] {
        Verdict::CanWin(_) if leads => "Currently leads.".to_owned(),
        Verdict::CanWin(choices) => {
            let given: Vec<(QuestionId, OptionSet)> =
                choices.iter().filter(|(_, options)| !options.is_empty()).copied().collect();
            format!("Can still lead, for example if {}.", words.choices(subject, &given))
        }
        Verdict::CannotWin(Certificate::RuledOut) => {
            "Stays ruled out whatever the open answers are.".to_owned()
        }
        Verdict::CannotWin(Certificate::Rivals(rivals)) => {
            let rivals: CandidateSet = rivals.iter().map(|(rival, _)| *rival).collect();
            let stay = if rivals.len() == 1 { "stays" } else { "together stay" };
            format!("Can no longer lead: {} {stay} ahead whatever the open answers are.", words.names(rivals))
        }
        Verdict::CannotWin(Certificate::Exhausted(_)) => {
            "Can no longer lead: all combinations of open answers were checked.".to_owned()
        }
        Verdict::NotRuledOut => {
            "The search reached its limit before it was clear whether this can still lead.".to_owned()
        }
    })
}
