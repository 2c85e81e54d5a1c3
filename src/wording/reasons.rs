//! Where reasons come from, and those that belong together; must not weigh anything anew.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use crate::advice::{Ruling, Why, rulings};
use crate::answers::{Answers, Subject};
use crate::questionnaire::Questionnaire;

/// Returns the exclusions that hold for a part, those for one reason together.
pub fn grouped_rulings<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
) -> Vec<Ruling<'a>> {
    grouped(rulings(questionnaire, answers, subject))
}

/// Puts candidates together that are ruled out for the same reason by the same answer.
pub fn grouped(rulings: Vec<Ruling<'_>>) -> Vec<Ruling<'_>> {
    let mut groups: Vec<Ruling<'_>> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    for ruling in rulings {
        match known.entry(ruling.reason()) {
            Occupied(at) => {
                let group = &mut groups[*at.get()];
                group.candidates = group.candidates.union(ruling.candidates);
            }
            Vacant(free) => {
                free.insert(groups.len());
                groups.push(ruling);
            }
        }
    }
    groups
}

/// Says which answer a line comes from.
pub fn place(questionnaire: &Questionnaire, why: Why) -> String {
    match why {
        Why::Option(question, option) => {
            format!("{}: {}", questionnaire[question].title, questionnaire[question][option].name)
        }
        Why::NotChosen(question) => format!("{}: not chosen", questionnaire[question].title),
        Why::Rule(rule) => format!("rule {}", questionnaire.rules()[rule].id),
        Why::Adoption => "adoption cost".to_owned(),
    }
}

/// Makes a reason fit behind "because": without its full stop.
pub fn sentence_part(reason: &str) -> String {
    reason.trim_end_matches('.').to_owned()
}
