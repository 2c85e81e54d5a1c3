//! The sign before a question: answered, open, not sure, does not apply.

use ratatui::style::Style;

use super::theme;
use crate::answers::{Answer, Subject};
use crate::questionnaire::{PerQuestion, QuestionId};
use crate::workbook::Workbook;

/// Returns the sign of the focused part's answer, or of all parts together: open while the question is open
/// for any part.
pub fn sign(
    workbook: &Workbook,
    question: QuestionId,
    focus: Subject,
    open: &PerQuestion<bool>,
) -> (&'static str, Style) {
    let answers = workbook.answers();
    let unanswered = match focus {
        Subject::System => open[question],
        part @ Subject::Part(_) => answers.is_unanswered(workbook.questionnaire(), question, part),
    };
    match (unanswered, answers.answer(question, focus)) {
        (false, Answer::NotApplicable) => (theme::NOT_APPLICABLE, theme::FAINT),
        (false, _) => (theme::ANSWERED, theme::GOOD),
        (true, Answer::NotSure) => (theme::NOT_SURE, theme::NOTICE),
        (true, _) => (theme::OPEN, theme::FAINT),
    }
}
