//! How firm the advice is, over the panes; must not word anything itself.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::app::App;
use crate::wording::{Section, beside, capital, firmness};

/// Draws the sections below each other.
pub fn draw(frame: &mut Frame<'_>, app: &App, area: Rect, scrolled: &mut Scrolled) {
    let width = pane::text_width(area);
    let mut content = Content::default();
    let outlook = app.outlook.iter();
    let mut sections: Vec<Section> =
        outlook.flat_map(|it| firmness(&app.questionnaire, app.answers(), &app.advice, it)).collect();
    sections.extend(beside(&app.questionnaire, app.answers(), &app.advice));
    for section in sections {
        content.lines.extend(text::paragraph(&capital(&section.title), theme::STRONG, width));
        for line in &section.lines {
            content.lines.extend(text::hang(vec![Span::raw("  ")], line, theme::TEXT, width));
        }
        content.lines.push(Line::default());
    }
    pane::draw(frame, area, "How firm this is", true, content, scrolled);
}
