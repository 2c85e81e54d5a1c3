//! The search: a field and what has the words; must not search itself.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;

use super::{Content, Scrolled, editor, pane, text, theme};
use crate::action::Target;
use crate::app::{App, Find};

/// Draws field and hits over the panes.
pub fn draw(frame: &mut Frame<'_>, app: &App, find: &Find, area: Rect, scrolled: &mut Scrolled) {
    let width = pane::text_width(area);
    let mut content = Content::default();
    let hits = app.hits();
    for (index, hit) in hits.iter().enumerate() {
        let here = index == find.at;
        let asked = &app.questionnaire[hit.question];
        let named = app.named(hit.question);
        let words = match (&hit.text, hit.row) {
            (Some(text), Some(_)) => format!("{named}: “{text}”"),
            (Some(text), None) => format!("{named}: {}", text.replace('\n', " ")),
            (None, _) => format!("{named}: {}", asked.ask),
        };
        let style = if here { theme::STRONG } else { theme::TEXT };
        let sign = theme::pointer(here);
        content.row(here, Target::Entry(index), text::hang(vec![sign, Span::raw(" ")], &words, style, width));
    }
    if hits.is_empty() {
        content.lines.extend(text::paragraph(
            "No question or option has all these words.",
            theme::FAINT,
            width,
        ));
    }
    let [field, list] = Layout::vertical([Constraint::Length(3), Constraint::Min(1)]).areas(area);
    let title = match hits.len() {
        1 => "1 place".to_owned(),
        count => format!("{count} places"),
    };
    pane::draw(frame, list, &title, false, content, scrolled);
    let inner = pane::draw(frame, field, "Find", true, Content::default(), &mut Scrolled::default());
    editor::draw_field(frame, &find.editor, inner);
}
