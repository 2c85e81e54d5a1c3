//! Wording of where reasons come from, and the grouping of equal reasons.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use crate::advice::{Ruling, Why, rulings};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{QuestionId, Questionnaire, join};

/// Returns the exclusions for a part. Groups candidates that the same answer rules out for the same reason.
pub fn grouped_rulings<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
) -> Vec<Ruling<'a>> {
    let mut groups: Vec<Ruling<'a>> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    for ruling in rulings(questionnaire, answers, subject) {
        match known.entry(ruling.reason()) {
            Occupied(at) => {
                let group = &mut groups[*at.get()];
                group.candidates = group.candidates.union(ruling.candidates);
                group.because = questionnaire.shared_reason(group.written, group.candidates);
            }
            Vacant(free) => {
                free.insert(groups.len());
                groups.push(ruling);
            }
        }
    }
    groups
}

/// Returns the answer or rule that a ledger line comes from.
pub fn reason_origin(questionnaire: &Questionnaire, why: Why) -> String {
    match why {
        Why::Option(question, option) => {
            format!("{}: {}", questionnaire[question].title, questionnaire[question][option].name)
        }
        Why::NotChosen(question) => format!("{}: not chosen", questionnaire[question].title),
        Why::Rule(rule) => {
            let mut titles: Vec<&str> = Vec::new();
            for literal in &questionnaire.rules()[rule].all {
                let title = questionnaire[literal.question].title.as_str();
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
            join(titles, "and")
        }
        Why::Adoption => "adoption cost".to_owned(),
    }
}

/// Returns the origin of a ledger line in full, for a view of one candidate; `asked` returns the label of a
/// question.
pub fn reason_origin_in_full(
    questionnaire: &Questionnaire,
    why: Why,
    asked: impl Fn(QuestionId) -> String,
) -> String {
    match why {
        Why::Option(question, option) => {
            format!("{}: {}", asked(question), questionnaire[question][option].text)
        }
        Why::NotChosen(question) => format!("{}: not chosen", asked(question)),
        Why::Rule(rule) => format!("several answers together (rule {})", questionnaire.rules()[rule].id),
        Why::Adoption => format!("adoption cost of a new {}", questionnaire.noun().one),
    }
}

/// Returns a reason without its full stop, to follow "because".
pub fn without_full_stop(reason: &str) -> String {
    reason.trim_end_matches('.').to_owned()
}
