//! Help: the keys, from the binding table, those of the place where help was asked for first; and the signs.

use ratatui::text::{Line, Span};

use super::{Page, PageId, PageKind, bindings, find_page};
use crate::action::Action;
use crate::keys::{At, Binding, Context, Group, PaneKeys, letter};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};

/// Its name.
pub const ID: PageId = PageId("help");

/// The keys.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Program, "?", "show or hide the keys")
            .at(&[At::Browsing])
            .foot(2, "?", "help")
            .keys(&[(letter('?'), Action::Open(ID))]),
    ),
    ..PageKind::new(ID, "Keys", |desk| Ok(Box::new(HelpPage::on(Context::Pane(desk.pane_keys())))))
};

/// The page.
#[derive(Debug)]
pub struct HelpPage {
    here: Context,
}

impl HelpPage {
    /// Begins with the keys of the place where help is asked for.
    pub const fn on(here: Context) -> Self {
        Self { here }
    }
}

impl Page for HelpPage {
    fn content(&self, _desk: &Desk, width: u16) -> Content {
        content(self.here, width)
    }
}

fn content(here: Context, width: u16) -> Content {
    let mut content = Content::default();
    let mut add = |heading: &str, rows: &[&Binding]| {
        if !rows.is_empty() {
            content.lines.push(Line::styled(heading.to_owned(), theme::STRONG));
            content.lines.extend(rows.iter().flat_map(|binding| row(binding, width)));
            content.space();
        }
    };
    let (mut own, others): (Vec<&Binding>, Vec<&Binding>) = bindings().partition(|it| belongs(it, here));
    own.sort_by_key(|binding| !is_special(binding));
    add(&place(here), &own);
    for group in Group::ALL {
        let rows: Vec<&Binding> = others.iter().copied().filter(|it| it.group == group).collect();
        add(group.title(), &rows);
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
    ("▲ ▼", "points more or less since the last answer; in brackets, with the option under the cursor"),
];

/// Says whether a row works here but not nearly everywhere.
fn belongs(binding: &Binding, here: Context) -> bool {
    let is_general = |at: &At| matches!(at, At::Everywhere | At::Browsing);
    binding.works(here) && !binding.places.iter().any(is_general)
}

/// Says whether a row is for single panes or pages.
fn is_special(binding: &Binding) -> bool {
    binding.places.iter().all(|at| matches!(at, At::Pane(_) | At::Page(_)))
}

/// Names the place where help was asked for.
fn place(here: Context) -> String {
    let place = match here {
        Context::Pane(PaneKeys::Outline) => "the list of questions",
        Context::Pane(PaneKeys::One) => "a question with one answer",
        Context::Pane(PaneKeys::Many) => "a question with any number of answers",
        Context::Pane(PaneKeys::Parts) => "the question that picks parts",
        Context::Pane(PaneKeys::Text) => "a question answered in words",
        Context::Pane(PaneKeys::Advice) => "the recommendation",
        Context::Page { id, .. } => find_page(id).map_or("this page", |page| page.title),
        Context::Field(_) => "this text",
    };
    format!("Here: {place}")
}

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
