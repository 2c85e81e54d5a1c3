//! The pages that open over the panes; each is one file with its state, keys, update and drawing.
//!
//! To add a page, write its file and name it twice here: as a module and in [`PAGES`].

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

/// All pages, in the order in which footer and help list the keys that open them.
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

/// What is known of a page before it is opened.
#[derive(Debug)]
pub struct PageKind {
    /// Its name.
    pub id: PageId,
    /// The words in its border, unless it says others.
    pub title: &'static str,
    /// The key that opens it and closes it again; nothing if it is opened by something else.
    pub opens: Option<Binding>,
    /// The keys that work on it alone.
    pub keys: &'static [Binding],
    /// Whether a cursor goes through its entries; otherwise it only scrolls.
    pub is_list: bool,
    /// Whether changes are made on it, which can be taken back there.
    pub undoes: bool,
    /// Opens it, or says why it cannot be.
    pub open: fn(&mut Desk) -> Result<Box<dyn Page>, String>,
    /// Says whether the footer offers it now.
    pub is_offered: fn(&Desk) -> bool,
}

impl PageKind {
    /// A page that only scrolls.
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

/// Returns what is known of a page.
pub fn find_page(id: PageId) -> Option<&'static PageKind> {
    PAGES.iter().copied().find(|page| page.id == id)
}

/// The state of a page that is open.
pub trait Page: Debug {
    /// Returns its lines, for a width.
    fn content(&self, desk: &Desk, width: u16) -> Content;

    /// Returns the words in its border, where they depend on what it shows.
    fn title(&self, _desk: &Desk) -> Option<String> {
        None
    }

    /// Returns what the entry under the cursor is about; the recommendation beside it shows that first.
    fn about(&self, desk: &Desk) -> Subject {
        desk.workbook.focus()
    }

    /// Does what was asked for, other than moving the cursor, writing and closing.
    fn update(&mut self, _action: &Action, _desk: &mut Desk) -> Next {
        Next::STAY
    }

    /// Closes it, or what is open on it.
    fn close(&mut self) -> Next {
        Next::CLOSE
    }

    /// Says whether an action would do anything now, as far as the footer has to know.
    fn can(&self, _action: &Action) -> bool {
        true
    }

    /// Tells what it shows from something else that it could show, which is read from its beginning.
    fn sheet(&self) -> usize {
        0
    }

    /// Returns the cursor and the number of entries.
    fn list(&mut self, _desk: &Desk) -> Option<(&mut usize, usize)> {
        None
    }

    /// Is told what its text field holds by now.
    fn take_written(&mut self, _written: &str) {}

    /// Takes what its text field holds, which was closed by Enter (`accepted`) or in another way; to let
    /// somebody mend it, opens it again.
    fn take_field(&mut self, _field: TextField, _accepted: bool, _desk: &mut Desk) -> Next {
        Next::STAY
    }

    /// Takes what the shell reports, if that is for it.
    fn take_report(&mut self, _report: &Report, _desk: &mut Desk) -> Option<Next> {
        None
    }

    /// Draws it; what is written takes the place of its lines.
    fn draw(&self, frame: &mut Frame<'_>, desk: &Desk, title: &str, area: Rect, scrolled: &mut Scrolled) {
        if let Some(field) = &desk.field {
            field.draw_in_box(frame, title, area, scrolled);
        } else {
            let content = self.content(desk, scrolled::text_width(area));
            scrolled::draw(frame, area, title, true, content, scrolled);
        }
    }
}

/// What follows what a page did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Whether the page closes.
    pub closes: bool,
    /// What the shell has to do.
    pub effect: Option<Effect>,
}

impl Next {
    /// Nothing follows.
    pub const STAY: Self = Self { closes: false, effect: None };
    /// The page closes.
    pub const CLOSE: Self = Self { closes: true, effect: None };

    /// Asks something of the shell as well.
    #[must_use]
    pub fn and(self, effect: Effect) -> Self {
        Self { effect: Some(effect), ..self }
    }
}
