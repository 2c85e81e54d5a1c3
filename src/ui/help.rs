//! The keys, from the binding table; must not name a key itself.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::keys::{Binding, Group, bindings};

/// Draws help over the panes.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scrolled: &mut Scrolled) {
    let content = content(pane::text_width(area));
    pane::draw(frame, area, "Keys", true, content, scrolled);
}

fn content(width: u16) -> Content {
    let mut content = Content::default();
    for group in Group::ALL {
        content.lines.push(Line::styled(group.title(), theme::STRONG));
        for binding in bindings().filter(|binding| binding.group == group) {
            content.lines.extend(row(binding, width));
        }
        content.lines.push(Line::default());
    }
    content.lines.push(Line::styled("Signs", theme::STRONG));
    for (sign, means) in SIGNS {
        let prefix = vec![Span::styled(format!("  {sign:<6}"), theme::CURSOR)];
        content.lines.extend(text::hang(prefix, means, theme::TEXT, width));
    }
    content
}

const SIGNS: [(&str, &str); 8] = [
    (theme::ANSWERED, "answered"),
    (theme::OPEN, "open"),
    (theme::NOT_SURE, "not sure; counts as open"),
    (theme::NOT_APPLICABLE, "does not apply"),
    (theme::SET_ASIDE, "set aside: kept, not counted, while its question is not asked"),
    ("!", "sits badly with another answer, see the end of the review"),
    (theme::CHOICE, "what is recommended; several are a tie"),
    ("▲ ▼", "points more or less with the option under the cursor, or since the last answer"),
];

/// Keys and words side by side, or below each other where there is little room.
fn row(binding: &Binding, width: u16) -> Vec<Line<'static>> {
    let keys = Span::styled(format!("  {}", binding.shown), theme::KEY);
    if width < 60 {
        let mut lines = vec![Line::from(keys)];
        lines.extend(text::hang(vec![Span::raw("    ")], binding.does, theme::TEXT, width));
        return lines;
    }
    let gap = " ".repeat(22_usize.saturating_sub(keys.width()));
    text::hang(vec![keys, Span::raw(gap)], binding.does, theme::TEXT, width)
}
