//! The export dialog; must not write anything.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::action::Target;
use crate::app::{Export, ExportRow};

/// Columns of a dialect's name.
const NAME: usize = 11;

/// Draws the dialog over the panes.
pub fn draw(frame: &mut Frame<'_>, export: &Export, area: Rect, scrolled: &mut Scrolled) {
    let width = pane::text_width(area);
    let mut content = Content::default();
    content.lines.push(Line::styled("Format", theme::FAINT));
    for (index, row) in export.rows().into_iter().enumerate() {
        let here = index == export.at;
        let style = if here { theme::STRONG } else { theme::TEXT };
        let sign = theme::pointer(here);
        let lines = match row {
            ExportRow::Dialect(dialect) => {
                let round = if export.dialect == dialect { "(•)" } else { "( )" };
                let prefix = vec![sign, Span::styled(format!(" {round} {:<NAME$}", dialect.name()), style)];
                text::hang(prefix, dialect.purpose(), theme::FAINT, width)
            }
            ExportRow::Brief => {
                content.lines.push(Line::default());
                let square = if export.brief { "[x]" } else { "[ ]" };
                let prefix = vec![sign, Span::styled(format!(" {square} {:<NAME$}", "brief"), style)];
                text::hang(prefix, "without the details: about a page", theme::FAINT, width)
            }
            ExportRow::Path => {
                content.lines.push(Line::default());
                content.lines.push(Line::styled("File, or folder of records", theme::FAINT));
                text::hang(vec![sign, Span::raw(" ")], &export.path, style, width)
            }
        };
        content.row(here, Target::Entry(index), lines);
    }
    if let Some(name) = &export.exists {
        content.lines.push(Line::default());
        let words =
            format!("{name} exists already, and nothing was written: overwrite it, or name another file");
        content.lines.extend(text::paragraph(&words, theme::SAID, width));
    }
    pane::draw(frame, area, "Export the decision record", true, content, scrolled);
}
