//! Help: the keys, starting with those of the place where help was opened, then the words and signs.

use ratatui::text::{Line, Span};

use super::{Page, PageId, PageKind, bindings, find_page};
use crate::action::Action;
use crate::keys::{At, Binding, Context, Group, PaneKeys, letter};
use crate::questionnaire::Questionnaire;
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};
use crate::wording::glossary;

/// The page's id.
pub const ID: PageId = PageId("help");

/// The page that lists the keys.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Program, "?", "show or hide the keys")
            .at(&[At::Browsing])
            .foot(2, "?", "help")
            .keys(&[(letter('?'), Action::Open(ID))]),
    ),
    ..PageKind::new(ID, "Keys", |desk| Ok(Box::new(HelpPage::on(Context::Pane(desk.pane_keys())))))
};

/// The state of the page.
#[derive(Debug)]
pub struct HelpPage {
    here: Context,
}

impl HelpPage {
    /// Creates the page; the keys of `here` come first.
    pub const fn on(here: Context) -> Self {
        Self { here }
    }
}

impl Page for HelpPage {
    fn content(&self, desk: &Desk, width: u16) -> Content {
        content(self.here, desk.workbook.questionnaire(), width)
    }
}

fn content(here: Context, questionnaire: &Questionnaire, width: u16) -> Content {
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
    content.lines.push(Line::styled("Words", theme::STRONG));
    for (term, meaning) in glossary(questionnaire) {
        content.hang(vec![Span::styled(format!("  {term}: "), theme::KEY)], &meaning, theme::TEXT, width);
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
    (theme::SET_ASIDE, "set aside: kept but not counted while its question does not apply"),
    ("!", "conflicts with another answer; see the end of the review"),
    (theme::CHOICE, "recommended; several mean a tie"),
    ("▲ ▼", "points gained or lost since the last answer; in brackets: with the option under the cursor"),
];

/// Returns whether a row applies here and is not one of those that apply almost everywhere.
fn belongs(binding: &Binding, here: Context) -> bool {
    let is_general = |at: &At| matches!(at, At::Everywhere | At::Browsing);
    binding.works(here) && !binding.places.iter().any(is_general)
}

/// Returns whether a row is specific to single panes or pages.
fn is_special(binding: &Binding) -> bool {
    binding.places.iter().all(|at| matches!(at, At::Pane(_) | At::Page(_)))
}

/// Returns the heading for the place where help was opened.
fn place(here: Context) -> String {
    let place = match here {
        Context::Pane(PaneKeys::Outline) => "list of questions",
        Context::Pane(PaneKeys::One) => "question with one answer",
        Context::Pane(PaneKeys::Many) => "question with several answers",
        Context::Pane(PaneKeys::Parts) => "parts of the system",
        Context::Pane(PaneKeys::Text) => "question answered in words",
        Context::Pane(PaneKeys::Advice) => "recommendation",
        Context::Page { id, .. } => find_page(id).map_or("this page", |page| page.title),
        Context::Field(_) => "this text",
    };
    format!("Here: {place}")
}

/// Formats keys and description side by side, or one below the other if the width is small.
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
