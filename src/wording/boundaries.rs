//! How the picked parts talk, those that stay as they are included.

use super::phrases::counted;
use crate::answers::{Answers, EffectiveAnswers, Subject};
use crate::questionnaire::{Boundary, Questionnaire};

/// Pairs that are named; more than that nobody can follow, on a map or in a list.
const PAIRS: usize = 300;

/// Two parts that usually talk, by name, and how.
pub type Crossing<'a> = (&'a str, &'a str, &'a Boundary);

/// The pairs of picked parts that usually talk.
#[derive(Debug, Clone)]
pub struct Crossings<'a> {
    /// The pairs, boundaries in file order.
    pub pairs: Vec<Crossing<'a>>,
    /// How many more there are.
    pub left_out: usize,
}

impl Crossings<'_> {
    /// Says how many pairs are not named, without a full stop.
    pub fn more(&self) -> Option<String> {
        (self.left_out > 0).then(|| format!("and {}", counted(self.left_out as i64, "more pair")))
    }
}

/// Returns the pairs of picked parts that usually talk, each once.
pub fn crossings<'a>(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Crossings<'a> {
    let effective_all: Vec<EffectiveAnswers> =
        answers.part_ids().map(|part| answers.effective(questionnaire, Subject::Part(part))).collect();
    let mut crossings = Crossings { pairs: Vec::new(), left_out: 0 };
    for boundary in questionnaire.boundaries() {
        let holds: Vec<bool> = effective_all
            .iter()
            .map(|effective| boundary.when.as_ref().is_none_or(|when| effective.holds(when)))
            .collect();
        let (one, other) = boundary.between;
        let of = |kind| answers.part_ids().filter(move |part| answers[*part].kind == kind);
        for from in of(one) {
            // Within one kind each two parts are one pair.
            for to in of(other).filter(|to| one != other || *to > from) {
                // What is said of either side is said of what they have in common.
                if !holds[from.index()] && !holds[to.index()] {
                    continue;
                }
                if crossings.pairs.len() < PAIRS {
                    crossings.pairs.push((&answers[from].name, &answers[to].name, boundary));
                } else {
                    crossings.left_out += 1;
                }
            }
        }
    }
    crossings
}
