//! The numbers by which people name the questions that are asked.

use super::{Kind, PerQuestion, QuestionId, Questionnaire};

impl Questionnaire {
    /// Returns, by question, its number for people: `3`, or `3a` for one that follows up on question 3;
    /// nothing for free text and for a question that is not visible.
    ///
    /// Only visible questions are counted, so that no number is missing. A follow-up below a question that
    /// is hidden has a number of its own.
    pub fn labels(&self, visible: &PerQuestion<bool>) -> PerQuestion<String> {
        let (mut number, mut follow_ups) = (0_usize, 0_u8);
        let mut has_base = false;
        let label = |(question, is_visible): (QuestionId, &bool)| {
            let question = &self[question];
            if question.kind == Kind::Text {
                return String::new();
            }
            if !question.is_follow_up() {
                has_base = *is_visible;
            }
            if !is_visible {
                return String::new();
            }
            if !question.is_follow_up() || !has_base {
                (number, follow_ups) = (number + 1, 0);
                return number.to_string();
            }
            follow_ups += 1;
            // Past z the letter repeats; such a questionnaire has other troubles.
            format!("{number}{}", char::from(b'a' + (follow_ups - 1) % 26))
        };
        visible.iter().map(label).collect()
    }
}
