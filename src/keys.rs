//! Key bindings: the rows of the binding table, where they apply, and how a physical key maps to an action.
//!
//! Panes and pages declare their rows as data. This module is the only place that turns a key into an action.
//! The footer, the help and the README's table are generated from the same rows.

mod layouts;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::Input;

use crate::action::{Action, PageId};
use crate::questionnaire::Kind;
use crate::workbook::Step;

/// The context in which a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// A pane, with no page open.
    Pane(PaneKeys),
    /// A page over the panes.
    Page {
        /// The page.
        id: PageId,
        /// Whether the page has a cursor. Other pages only scroll.
        is_list: bool,
        /// Whether the page makes changes that can be undone there.
        undoes: bool,
    },
    /// A text field.
    Field(FieldKeys),
}

/// The panes as contexts for keys. The question pane has a context for each kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneKeys {
    /// The outline.
    Outline,
    /// A single-choice question.
    One,
    /// A multiple-choice question.
    Many,
    /// The parts question.
    Parts,
    /// A free-text question.
    Text,
    /// The recommendation.
    Advice,
}

impl PaneKeys {
    /// Returns the context of the question pane for a kind of question.
    pub const fn of_question(kind: Kind) -> Self {
        match kind {
            Kind::One => Self::One,
            Kind::Many => Self::Many,
            Kind::Parts => Self::Parts,
            Kind::Text => Self::Text,
        }
    }
}

/// The text fields as contexts for keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKeys {
    /// A field with several lines.
    Text,
    /// A field with one line.
    Line,
    /// A field with one line, on a page that binds Enter and Esc itself.
    OfPage(PageId),
}

/// Where a row of the binding table applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Everywhere.
    Everywhere,
    /// Everywhere except in a text field.
    Browsing,
    /// In every pane.
    Panes,
    /// In one pane.
    Pane(PaneKeys),
    /// On every page with a cursor.
    Lists,
    /// On every page that only scrolls.
    ScrolledPages,
    /// On every page with undoable changes.
    UndoingPages,
    /// On one page.
    Page(PageId),
    /// In every text field.
    Fields,
    /// In one kind of text field.
    Field(FieldKeys),
}

impl At {
    fn covers(self, context: Context) -> bool {
        match (self, context) {
            (Self::Everywhere, _)
            | (Self::Browsing, Context::Pane(_) | Context::Page { .. })
            | (Self::Panes, Context::Pane(_))
            | (Self::Fields, Context::Field(_)) => true,
            (Self::Pane(one), Context::Pane(other)) => one == other,
            (Self::Lists, Context::Page { is_list, .. }) => is_list,
            (Self::ScrolledPages, Context::Page { is_list, .. }) => !is_list,
            (Self::UndoingPages, Context::Page { undoes, .. }) => undoes,
            (Self::Page(one), Context::Page { id, .. }) => one == id,
            (Self::Field(one), Context::Field(other)) => one == other,
            _ => false,
        }
    }
}

/// A key with modifiers, without the state of the lock keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// One row of the binding table: related keys and their actions.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The keys as the help shows them.
    pub shown: &'static str,
    /// The description of the keys in the help.
    pub does: &'static str,
    /// The heading that lists the row in the help.
    pub group: Group,
    /// The entry in the footer, if the row has one.
    pub brief: Option<Brief>,
    /// Where the keys apply.
    pub places: &'static [At],
    /// The keys with their actions.
    pub keys: &'static [(Key, Action)],
}

/// The headings of the help, in display order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Cursor, panes and scrolling.
    Moving,
    /// Answering a question.
    Answering,
    /// Picking parts.
    Parts,
    /// Pages.
    Pages,
    /// Text fields.
    Writing,
    /// Help and quitting.
    Program,
}

impl Group {
    /// All headings, in display order.
    pub const ALL: [Self; 6] =
        [Self::Moving, Self::Answering, Self::Parts, Self::Pages, Self::Writing, Self::Program];

    /// Returns the heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Answering => "Answering",
            Self::Parts => "Parts of the system",
            Self::Pages => "Pages",
            Self::Writing => "In a text field",
            Self::Program => "Program",
        }
    }
}

/// The footer entry of a row.
#[derive(Debug, Clone, Copy)]
pub struct Brief {
    /// The key as shown.
    pub key: &'static str,
    /// What the key does, in a word or two.
    pub does: &'static str,
    /// The position in the footer. Lower ranks come first, and a narrow footer drops the highest.
    pub rank: u8,
    /// Whether the key opens a page over the panes.
    pub opens: bool,
}

impl Binding {
    /// Creates a row without keys or places.
    pub const fn row(group: Group, shown: &'static str, does: &'static str) -> Self {
        Self { shown, does, group, brief: None, places: &[], keys: &[] }
    }

    /// Sets where the row applies.
    #[must_use]
    pub const fn at(mut self, places: &'static [At]) -> Self {
        self.places = places;
        self
    }

    /// Adds a footer entry. Lower ranks come first.
    #[must_use]
    pub const fn foot(mut self, rank: u8, key: &'static str, does: &'static str) -> Self {
        self.brief = Some(Brief { key, does, rank, opens: false });
        self
    }

    /// Adds a footer entry for a row that opens a page. It is shown only while no page is open.
    #[must_use]
    pub const fn opens(mut self, key: &'static str, does: &'static str) -> Self {
        self.brief = Some(Brief { key, does, rank: 6, opens: true });
        self
    }

    /// Sets the keys and their actions.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [(Key, Action)]) -> Self {
        self.keys = keys;
        self
    }

    /// Returns whether the row applies in a context.
    pub fn works(&self, context: Context) -> bool {
        self.places.iter().any(|place| place.covers(context))
    }
}

/// Returns a key without modifiers.
pub const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

/// Returns the key for a letter, digit or symbol.
pub const fn letter(character: char) -> Key {
    key(KeyCode::Char(character))
}

/// Returns the key for a capital letter.
pub const fn capital(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::SHIFT }
}

/// Returns the key for a letter with Alt.
pub const fn alt(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::ALT }
}

/// Returns the key for a letter with Ctrl.
pub const fn control(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
}

/// Enter.
pub const ENTER: Key = key(KeyCode::Enter);
/// Escape.
pub const ESC: Key = key(KeyCode::Esc);

/// The keys that move up and down.
pub const UP_AND_DOWN: &[(Key, Action)] = &[
    (key(KeyCode::Up), Action::Move(Step::Previous)),
    (letter('k'), Action::Move(Step::Previous)),
    (key(KeyCode::Down), Action::Move(Step::Next)),
    (letter('j'), Action::Move(Step::Next)),
];

/// The keys that move left and right.
pub const ACROSS: &[(Key, Action)] = &[
    (key(KeyCode::Left), Action::Across(Step::Previous)),
    (letter('h'), Action::Across(Step::Previous)),
    (key(KeyCode::Right), Action::Across(Step::Next)),
    (letter('l'), Action::Across(Step::Next)),
];

/// Returns the first key shown for the row that triggers an action in a context, or `None` if no row does.
pub fn key_for(
    mut rows: impl Iterator<Item = &'static Binding>,
    context: Context,
    action: &Action,
) -> Option<&'static str> {
    let asks = |row: &&Binding| row.works(context) && row.keys.iter().any(|(_, asked)| asked == action);
    rows.find(asks).and_then(|row| row.shown.split(' ').next())
}

/// Returns the first character that triggers an action in a context, or `None` if there is none.
pub fn sign_for(
    rows: impl Iterator<Item = &'static Binding>,
    context: Context,
    action: &Action,
) -> Option<char> {
    let mut here = rows.filter(|row| row.works(context)).flat_map(|row| row.keys);
    here.find_map(|(key, asked)| key.code.as_char().filter(|_| asked == action))
}

/// Returns the action that a key triggers in a context, if any.
///
/// In a text field, a key without a binding is typed. Elsewhere, an unbound non-ASCII character becomes
/// [`Action::OtherLayout`].
pub fn resolve(
    rows: impl Iterator<Item = &'static Binding>,
    context: Context,
    event: KeyEvent,
) -> Option<Action> {
    let event = as_named(event);
    let pressed = normalise(event);
    let mut here = rows.filter(|row| row.works(context)).flat_map(|row| row.keys);
    match here.find(|(key, _)| *key == pressed) {
        Some((_, action)) => Some(action.clone()),
        None if matches!(context, Context::Field(_)) => Some(Action::Type(Input::from(event))),
        None => layouts::other(pressed.code),
    }
}

/// Maps control characters to the keys they stand for.
///
/// Some terminals send `Ctrl-H` for Backspace. `Ctrl-J` is a line feed, which ends the lines of a paste that
/// arrives as keys.
fn as_named(event: KeyEvent) -> KeyEvent {
    let code = match (event.code, event.modifiers) {
        (KeyCode::Char('h'), KeyModifiers::CONTROL) => KeyCode::Backspace,
        (KeyCode::Char('j'), KeyModifiers::CONTROL) => KeyCode::Enter,
        _ => return event,
    };
    KeyEvent { code, modifiers: KeyModifiers::NONE, ..event }
}

/// Makes Shift the same on all terminals, because not all of them report it.
///
/// Shift is always set for capital letters, and never for other characters or `BackTab`.
fn normalise(event: KeyEvent) -> Key {
    let upper = matches!(event.code, KeyCode::Char(character) if character.is_uppercase());
    let symbol = matches!(event.code, KeyCode::Char(_)) && !upper;
    let mut modifiers = event.modifiers;
    if upper {
        modifiers |= KeyModifiers::SHIFT;
    }
    if symbol || event.code == KeyCode::BackTab {
        modifiers -= KeyModifiers::SHIFT;
    }
    Key { code: event.code, modifiers }
}
