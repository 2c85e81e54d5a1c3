//! The pages that open over the panes. Each page is one file with its state, keys, update and drawing.
//!
//! To add a page, write its file, declare its module here and list it in [`PAGES`].

pub mod decide;
pub mod details;
pub mod export;
pub mod find;
pub mod firmness;
pub mod help;
pub mod ledger;
pub mod map;
pub mod precedents;
pub mod rescue;
pub mod review;
pub mod session_file;
pub mod versus;

use std::fmt::Debug;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::desk::Desk;
use super::effect::{Effect, Report};
use super::field::TextField;
use super::scrolled::{self, Content, Scrolled};
use super::{keymap, panes};
use crate::action::{Action, PageId};
use crate::answers::Subject;
use crate::keys::{Binding, Group};

/// All pages, in the order in which footer and help list their keys.
pub const PAGES: &[&PageKind] = &[
    &find::PAGE,
    &review::PAGE,
    &map::PAGE,
    &decide::PAGE,
    &export::PAGE,
    &session_file::PAGE,
    &details::PAGE,
    &firmness::PAGE,
    &versus::PAGE,
    &precedents::PAGE,
    &ledger::PAGE,
    &rescue::PAGE,
    &help::PAGE,
];

/// The static description of a page.
#[derive(Debug)]
pub struct PageKind {
    /// The page's id.
    pub id: PageId,
    /// The title in the border, unless the page provides another one.
    pub title: &'static str,
    /// The key that opens and closes the page; `None` if the page is opened in another way.
    pub opens: Option<Binding>,
    /// The keys that work only on this page.
    pub keys: &'static [Binding],
    /// Whether a cursor moves through entries; otherwise the page only scrolls.
    pub is_list: bool,
    /// Whether the page makes changes that can be undone there.
    pub undoes: bool,
    /// Opens the page, or returns the reason why it cannot be opened.
    pub open: fn(&mut Desk) -> Result<Box<dyn Page>, String>,
    /// Returns whether the footer offers the page now.
    pub is_offered: fn(&Desk) -> bool,
}

impl PageKind {
    /// Describes a page that only scrolls.
    pub const fn new(
        id: PageId,
        title: &'static str,
        open: fn(&mut Desk) -> Result<Box<dyn Page>, String>,
    ) -> Self {
        Self { id, title, opens: None, keys: &[], is_list: false, undoes: false, open, is_offered: |_| true }
    }
}

/// Returns all rows of the binding table, in the order of help and footer.
pub fn bindings() -> impl Iterator<Item = &'static Binding> {
    let opens = |of_program: bool| {
        let rows = PAGES.iter().filter_map(|page| page.opens.as_ref());
        rows.filter(move |row| (row.group == Group::Program) == of_program)
    };
    let own = PAGES.iter().flat_map(|page| page.keys);
    let pages = opens(false).chain(keymap::MOVING).chain(keymap::FIELDS).chain(own).chain(keymap::CHANGING);
    panes::KEYS.iter().chain(pages).chain(opens(true)).chain(keymap::PROGRAM)
}

/// Returns the description of a page.
pub fn find_page(id: PageId) -> Option<&'static PageKind> {
    PAGES.iter().copied().find(|page| page.id == id)
}

/// The state of an open page.
pub trait Page: Debug {
    /// Returns the lines of the page for a width.
    fn content(&self, desk: &Desk, width: u16) -> Content;

    /// Returns the title, if it depends on the content.
    fn title(&self, _desk: &Desk) -> Option<String> {
        None
    }

    /// Returns the subject of the entry under the cursor, which the recommendation beside the page shows
    /// first.
    fn about(&self, desk: &Desk) -> Subject {
        desk.workbook.focus()
    }

    /// Applies an action, except moving the cursor, writing and closing.
    fn update(&mut self, _action: &Action, _desk: &mut Desk) -> Next {
        Next::STAY
    }

    /// Closes the page, or an inner level of it.
    fn close(&mut self) -> Next {
        Next::CLOSE
    }

    /// Returns whether the footer should offer an action, because it can have an effect now.
    fn can(&self, _action: &Action) -> bool {
        true
    }

    /// Returns a number that identifies the current content. New content is shown from its beginning.
    fn sheet(&self) -> usize {
        0
    }

    /// Returns the cursor and the number of entries; `None` if the page only scrolls.
    fn list(&mut self, _desk: &Desk) -> Option<(&mut usize, usize)> {
        None
    }

    /// Receives the current text of the page's text field.
    fn take_written(&mut self, _written: &str) {}

    /// Receives the page's text field after it was closed, by Enter (`accepted`) or otherwise. To allow
    /// corrections, the page can open the field again.
    fn take_field(&mut self, _field: TextField, _accepted: bool, _desk: &mut Desk) -> Next {
        Next::STAY
    }

    /// Handles a report of the shell; `None` if the report is not for this page.
    fn take_report(&mut self, _report: &Report, _desk: &mut Desk) -> Option<Next> {
        None
    }

    /// Draws the page; an open text field replaces its lines.
    fn draw(&self, frame: &mut Frame<'_>, desk: &Desk, title: &str, area: Rect, scrolled: &mut Scrolled) {
        if let Some(field) = &desk.field {
            field.draw_in_box(frame, title, area, scrolled);
        } else {
            let content = self.content(desk, scrolled::text_width(area));
            scrolled::draw(frame, area, title, true, content, scrolled);
        }
    }
}

/// The result of an action on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Whether the page closes.
    pub closes: bool,
    /// The effect for the shell.
    pub effect: Option<Effect>,
}

impl Next {
    /// The page stays open.
    pub const STAY: Self = Self { closes: false, effect: None };
    /// The page closes.
    pub const CLOSE: Self = Self { closes: true, effect: None };

    /// Adds an effect for the shell.
    #[must_use]
    pub fn and(self, effect: Effect) -> Self {
        Self { effect: Some(effect), ..self }
    }
}
