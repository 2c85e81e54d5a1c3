//! The outline: all visible questions with their state; must not change the cursor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::action::Target;
use crate::answers::{Answer, Subject};
use crate::app::{App, Pane};
use crate::questionnaire::{PerQuestion, QuestionId};
use crate::wording::counted;

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, app: &App, area: Rect, scrolled: &mut Scrolled) {
    let content = content(app, pane::text_width(area));
    pane::draw(frame, area, "Questions", app.pane == Pane::Outline, content, scrolled);
}

fn content(app: &App, width: u16) -> Content {
    let visible = app.answers().visible(&app.questionnaire);
    let open = app.answers().open(&app.questionnaire);
    let mut content = Content::default();
    for id in app.questionnaire.question_ids() {
        let question = &app.questionnaire[id];
        if let Some(section) = &question.section {
            content.lines.push(Line::styled(text::cut(section, usize::from(width)), theme::FAINT));
        }
        if !visible[id] {
            continue;
        }
        let here = id == app.cursor.question;
        let (sign, style) = sign(app, id, app.focus, &open);
        let indent = if question.when.is_some() { "  " } else { "" };
        let prefix = vec![theme::pointer(here), Span::raw(indent), Span::styled(sign, style), Span::raw(" ")];
        let style = if here { theme::STRONG } else { theme::TEXT };
        let lines = text::hang(prefix, &app.named(id), style, width);
        content.row(here, Target::Question(id), lines);
    }
    let set_aside = app.answers().progress(&app.questionnaire).set_aside;
    if set_aside > 0 {
        let words = format!("{} set aside", counted(set_aside as i64, "answer"));
        content.lines.push(Line::default());
        content.lines.extend(text::paragraph(&words, theme::FAINT, width));
    }
    content
}

/// The sign of the focused part's answer, or of all parts together: open while one of them is.
pub fn sign(
    app: &App,
    question: QuestionId,
    focus: Subject,
    open: &PerQuestion<bool>,
) -> (&'static str, Style) {
    let answers = app.answers();
    let unanswered = match focus {
        Subject::Part(_) => answers.is_unanswered(&app.questionnaire, question, focus),
        Subject::System => open[question],
    };
    match (unanswered, answers.answer(question, focus)) {
        (false, Answer::NotApplicable) => (theme::NOT_APPLICABLE, theme::FAINT),
        (false, _) => (theme::ANSWERED, theme::GOOD),
        (true, Answer::NotSure) => (theme::NOT_SURE, theme::NOTICE),
        (true, _) => (theme::OPEN, theme::FAINT),
    }
}
