//! What a record says about itself, one line each; must not change it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::action::Target;
use crate::app::App;
use crate::session::Field;

/// Columns of a field's name.
const NAME: usize = 11;

/// Draws the fields over the panes.
pub fn draw(frame: &mut Frame<'_>, app: &App, at: usize, area: Rect, scrolled: &mut Scrolled) {
    let width = pane::text_width(area);
    let mut content = Content::default();
    let words = "What the decision record says about itself; a missing line stays missing there";
    content.lines.extend(text::paragraph(words, theme::FAINT, width));
    content.lines.push(Line::default());
    for (index, field) in Field::ALL.into_iter().enumerate() {
        let here = index == at;
        let line = app.session.details.line(field);
        let (words, style) = match line.as_str() {
            "" => (field.hint(), theme::FAINT),
            line => (line, if here { theme::STRONG } else { theme::TEXT }),
        };
        let prefix =
            vec![theme::pointer(here), Span::styled(format!(" {:<NAME$}", field.name()), theme::STRONG)];
        content.row(here, Target::Entry(index), text::hang(prefix, words, style, width));
    }
    pane::draw(frame, area, "Details", true, content, scrolled);
}
