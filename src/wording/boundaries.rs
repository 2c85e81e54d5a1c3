//! Lists the boundaries between picked parts, including parts that stay as they are.

use super::phrases::counted;
use crate::answers::{Answers, EffectiveAnswers, Subject};
use crate::questionnaire::{Boundary, Questionnaire};

/// Maximum number of pairs listed. More would be unreadable on a map or in a list.
const PAIRS: usize = 300;

/// The names of two parts that usually communicate, and how.
pub type Crossing<'a> = (&'a str, &'a str, &'a Boundary);

/// The pairs of picked parts that usually communicate.
#[derive(Debug, Clone)]
pub struct Crossings<'a> {
    /// The pairs, with the boundaries in file order.
    pub pairs: Vec<Crossing<'a>>,
    /// Number of pairs that are not listed.
    pub left_out: usize,
}

impl Crossings<'_> {
    /// Returns how many pairs are not listed, without a full stop; `None` if all are.
    pub fn more(&self) -> Option<String> {
        (self.left_out > 0).then(|| format!("and {}", counted(self.left_out as i64, "more pair")))
    }
}

/// Returns the pairs of picked parts that usually communicate, each once per boundary.
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
            // Within one kind, count each unordered pair once.
            for to in of(other).filter(|to| one != other || *to > from) {
                // It is enough if the condition holds for one of the two parts.
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
