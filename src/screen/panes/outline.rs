//! The outline: all visible questions and their state.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::action::{ClickTarget, Pane};
use crate::screen::desk::Desk;
use crate::screen::scrolled::{self, Content, Scrolled};
use crate::screen::sign::sign;
use crate::screen::{text, theme};
use crate::wording::counted;
use crate::workbook::Workbook;

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, desk: &Desk, area: Rect, scrolled: &mut Scrolled) {
    let content = content(&desk.workbook, scrolled::text_width(area));
    scrolled::draw(frame, area, "Questions", desk.pane == Pane::Outline, content, scrolled);
}

fn content(workbook: &Workbook, width: u16) -> Content {
    let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
    let visible = answers.visible(questionnaire);
    let open = answers.open(questionnaire);
    let mut content = Content::default();
    // A heading is shown only above a question; alone it would look like a stray question.
    let mut section = None;
    for id in questionnaire.question_ids() {
        let question = &questionnaire[id];
        section = question.section.as_ref().or(section);
        if !visible[id] {
            continue;
        }
        if let Some(section) = section.take() {
            content.lines.push(Line::styled(text::cut(section, usize::from(width)), theme::FAINT));
        }
        let here = id == workbook.question();
        let (sign, style) = sign(workbook, id, workbook.focus(), &open);
        // A follow-up, such as 3a, is indented below its question.
        let indent = if workbook.label(id).ends_with(char::is_alphabetic) { "  " } else { "" };
        let prefix = vec![theme::pointer(here), Span::raw(indent), Span::styled(sign, style), Span::raw(" ")];
        let style = if here { theme::STRONG } else { theme::TEXT };
        let lines = text::hang(prefix, &workbook.named(id), style, width);
        content.row(here, ClickTarget::Question(id), lines);
    }
    let set_aside = answers.progress(questionnaire).set_aside;
    if set_aside > 0 {
        let words = format!("{} set aside", counted(set_aside as i64, "answer"));
        content.space();
        content.paragraph(&words, theme::FAINT, width);
    }
    content
}
