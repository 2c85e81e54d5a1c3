//! Help: the keys, from the binding table, and the signs.

use ratatui::text::{Line, Span};

use super::{Page, PageId, PageKind, bindings};
use crate::action::Action;
use crate::keys::{At, Binding, Group, letter};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};

const ID: PageId = PageId("help");

/// The keys.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Program, "?", "show or hide the keys")
            .at(&[At::Browsing])
            .foot(0, "?", "help")
            .keys(&[(letter('?'), Action::Open(ID))]),
    ),
    ..PageKind::new(ID, "Keys", |_| Ok(Box::new(HelpPage)))
};

/// The page.
#[derive(Debug)]
struct HelpPage;

impl Page for HelpPage {
    fn content(&self, _desk: &Desk, width: u16) -> Content {
        content(width)
    }
}

fn content(width: u16) -> Content {
    let mut content = Content::default();
    for group in Group::ALL {
        content.lines.push(Line::styled(group.title(), theme::STRONG));
        for binding in bindings().filter(|binding| binding.group == group) {
            content.lines.extend(row(binding, width));
        }
        content.space();
    }
    content.lines.push(Line::styled("Signs", theme::STRONG));
    for (sign, means) in SIGNS {
        let prefix = vec![Span::styled(format!("  {sign:<6}"), theme::CURSOR)];
        content.hang(prefix, means, theme::TEXT, width);
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
