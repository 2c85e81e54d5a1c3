//! The numbers by which people name questions.

use super::{Kind, PerQuestion, Question, Questionnaire};

impl Questionnaire {
    /// Returns, by question, its number for people: `3`, `3a` for one that follows up on it, and
    /// nothing for free text.
    pub fn labels(&self) -> PerQuestion<String> {
        let (mut number, mut follow_ups) = (0_usize, 0_u8);
        let label = |question: &Question| {
            if question.kind == Kind::Text {
                return String::new();
            }
            if !question.is_follow_up() || number == 0 {
                (number, follow_ups) = (number + 1, 0);
                return number.to_string();
            }
            follow_ups += 1;
            // Past z the letter repeats; such a questionnaire has other troubles.
            format!("{number}{}", char::from(b'a' + (follow_ups - 1) % 26))
        };
        self.questions.iter().map(label).collect()
    }
}
