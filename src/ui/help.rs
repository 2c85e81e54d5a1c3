//! The keys, from the binding table; must not name a key itself.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::keys::{BINDINGS, Group};

/// Draws help over the panes.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scrolled: &mut Scrolled) {
    let content = content(pane::text_width(area));
    pane::draw(frame, area, "Keys", true, content, scrolled);
}

fn content(width: u16) -> Content {
    let mut content = Content::default();
    for group in Group::ALL {
        content.lines.push(Line::styled(group.title(), theme::STRONG));
        for binding in BINDINGS.iter().filter(|binding| binding.group == group) {
            let gap = " ".repeat(20_usize.saturating_sub(Span::raw(binding.shown).width()));
            let prefix = vec![Span::styled(format!("  {}", binding.shown), theme::CURSOR), Span::raw(gap)];
            content.lines.extend(text::hang(prefix, binding.does, theme::TEXT, width));
        }
        content.lines.push(Line::default());
    }
    content
}
