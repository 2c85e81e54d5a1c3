//! Numbers for the visible questions.

use super::{Kind, PerQuestion, QuestionId, Questionnaire};

impl Questionnaire {
    /// Returns the displayed number of each question: `3`, or `3a` for a follow-up to question 3.
    ///
    /// Free-text and hidden questions have an empty label. They are not counted, so the numbers have no gaps.
    /// A follow-up to a hidden question gets its own number.
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
            // Letters wrap around after z.
            format!("{number}{}", char::from(b'a' + (follow_ups - 1) % 26))
        };
        visible.iter().map(label).collect()
    }
}
