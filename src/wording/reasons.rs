//! Where reasons come from, and those that belong together.

use std::collections::HashMap;
use std::collections::hash_map::Entry::{Occupied, Vacant};

use crate::advice::{Ruling, Why, rulings};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{QuestionId, Questionnaire};

/// Returns the exclusions that hold for a part; candidates that are ruled out for the same reason by the
/// same answer stand together.
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

/// Says which answer a line comes from.
pub fn reason_origin(questionnaire: &Questionnaire, why: Why) -> String {
    match why {
        Why::Option(question, option) => {
            format!("{}: {}", questionnaire[question].title, questionnaire[question][option].name)
        }
        Why::NotChosen(question) => format!("{}: not chosen", questionnaire[question].title),
        Why::Rule(rule) => format!("rule {}", questionnaire.rules()[rule].id),
        Why::Adoption => "adoption cost".to_owned(),
    }
}

/// The same in full, for whoever looks at one candidate alone; `asked` is how a question is called there.
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
        Why::Adoption => format!("adoption cost of one more {}", questionnaire.noun().one),
    }
}

/// Makes a reason fit behind "because": without its full stop.
pub fn without_full_stop(reason: &str) -> String {
    reason.trim_end_matches('.').to_owned()
}
