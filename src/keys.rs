//! Keys: what a row of the binding table is, where it works, and which action a physical key asks for.
//!
//! Panes and pages declare their rows as data; this is the only place that turns a key into an action.
//! Footer, help and the README's table come from the same rows.

mod layouts;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::Input;

use crate::action::{Action, PageId};
use crate::questionnaire::Kind;
use crate::workbook::Step;

/// Where keys are pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// In a pane, with no page open.
    Pane(PaneKeys),
    /// On a page over the panes.
    Page {
        /// Which one.
        id: PageId,
        /// Whether a cursor goes through its entries; otherwise it only scrolls.
        is_list: bool,
        /// Whether changes are made on it, which can be taken back there.
        undoes: bool,
    },
    /// In a text field.
    Field(FieldKeys),
}

/// The panes as keys see them: the question's pane differs by the kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneKeys {
    /// The list of questions.
    Outline,
    /// A question with options of which one is chosen.
    One,
    /// A question with options of which any are chosen.
    Many,
    /// The question that picks parts.
    Parts,
    /// A question answered in words.
    Text,
    /// The recommendation.
    Advice,
}

impl PaneKeys {
    /// Returns what the question's pane is for a kind of question.
    pub const fn of_question(kind: Kind) -> Self {
        match kind {
            Kind::One => Self::One,
            Kind::Many => Self::Many,
            Kind::Parts => Self::Parts,
            Kind::Text => Self::Text,
        }
    }
}

/// Text fields as keys see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKeys {
    /// Of several lines.
    Text,
    /// Of one line.
    Line,
    /// Of one line, on a page that says itself what Enter and Esc do.
    OfPage(PageId),
}

/// Where a row of the table works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Everywhere.
    Everywhere,
    /// Everywhere but in a text field.
    Browsing,
    /// In every pane.
    Panes,
    /// In one pane.
    Pane(PaneKeys),
    /// On every page with a cursor.
    Lists,
    /// On every page that only scrolls.
    ScrolledPages,
    /// On pages on which changes are made.
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

/// A key without the state of the lock keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// One row of the table: keys that belong together and what they do.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The keys, as help shows them.
    pub shown: &'static str,
    /// What they do, as help says it.
    pub does: &'static str,
    /// Heading of help that the row stands under.
    pub group: Group,
    /// The same for the footer, if it has a place there.
    pub brief: Option<Brief>,
    /// Where they work.
    pub places: &'static [At],
    /// The keys.
    pub keys: &'static [(Key, Action)],
}

/// Headings of help, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Cursor, panes and scrolling.
    Moving,
    /// Answers to a question.
    Answering,
    /// Picking parts.
    Parts,
    /// Pages over the panes.
    Pages,
    /// Text fields.
    Writing,
    /// Help and leaving.
    Program,
}

impl Group {
    /// All headings.
    pub const ALL: [Self; 6] =
        [Self::Moving, Self::Answering, Self::Parts, Self::Pages, Self::Writing, Self::Program];

    /// Returns the heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Answering => "Answering",
            Self::Parts => "Parts of the system",
            Self::Pages => "Pages over the panes",
            Self::Writing => "In a text field",
            Self::Program => "Program",
        }
    }
}

/// A row's words in the footer.
#[derive(Debug, Clone, Copy)]
pub struct Brief {
    /// The key.
    pub key: &'static str,
    /// What it does, in a word or two.
    pub does: &'static str,
    /// The lowest ranks come first, and stay in a narrow footer.
    pub rank: u8,
    /// Whether it opens a page over the panes.
    pub opens: bool,
}

impl Binding {
    /// Begins a row.
    pub const fn row(group: Group, shown: &'static str, does: &'static str) -> Self {
        Self { shown, does, group, brief: None, places: &[], keys: &[] }
    }

    /// Says where the row works.
    #[must_use]
    pub const fn at(mut self, places: &'static [At]) -> Self {
        self.places = places;
        self
    }

    /// Gives the row a place in the footer; the lowest ranks come first.
    #[must_use]
    pub const fn foot(mut self, rank: u8, key: &'static str, does: &'static str) -> Self {
        self.brief = Some(Brief { key, does, rank, opens: false });
        self
    }

    /// Gives a row that opens a page a place in the footer, as long as none is open.
    #[must_use]
    pub const fn opens(mut self, key: &'static str, does: &'static str) -> Self {
        self.brief = Some(Brief { key, does, rank: 6, opens: true });
        self
    }

    /// Says which keys they are and what each asks for.
    #[must_use]
    pub const fn keys(mut self, keys: &'static [(Key, Action)]) -> Self {
        self.keys = keys;
        self
    }

    /// Says whether the row works somewhere.
    pub fn works(&self, context: Context) -> bool {
        self.places.iter().any(|place| place.covers(context))
    }
}

/// A key of its own name.
pub const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

/// A letter, digit or sign.
pub const fn letter(character: char) -> Key {
    key(KeyCode::Char(character))
}

/// A capital letter.
pub const fn capital(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::SHIFT }
}

/// A letter with Alt.
pub const fn alt(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::ALT }
}

/// A letter with Ctrl.
pub const fn control(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
}

/// Enter.
pub const ENTER: Key = key(KeyCode::Enter);
/// Escape.
pub const ESC: Key = key(KeyCode::Esc);

/// The keys that go up and down.
pub const UP_AND_DOWN: &[(Key, Action)] = &[
    (key(KeyCode::Up), Action::Move(Step::Previous)),
    (letter('k'), Action::Move(Step::Previous)),
    (key(KeyCode::Down), Action::Move(Step::Next)),
    (letter('j'), Action::Move(Step::Next)),
];

/// The keys that go left and right.
pub const ACROSS: &[(Key, Action)] = &[
    (key(KeyCode::Left), Action::Across(Step::Previous)),
    (letter('h'), Action::Across(Step::Previous)),
    (key(KeyCode::Right), Action::Across(Step::Next)),
    (letter('l'), Action::Across(Step::Next)),
];

/// Returns the first key of some rows that asks for an action somewhere, as people read it; nothing if
/// none does.
pub fn key_for(
    mut rows: impl Iterator<Item = &'static Binding>,
    context: Context,
    action: &Action,
) -> Option<&'static str> {
    let asks = |row: &&Binding| row.works(context) && row.keys.iter().any(|(_, asked)| asked == action);
    rows.find(asks).and_then(|row| row.shown.split(' ').next())
}

/// Returns the letter, digit or sign of some rows that asks for an action somewhere; nothing if none does.
pub fn sign_for(
    rows: impl Iterator<Item = &'static Binding>,
    context: Context,
    action: &Action,
) -> Option<char> {
    let mut here = rows.filter(|row| row.works(context)).flat_map(|row| row.keys);
    here.find_map(|(key, asked)| key.code.as_char().filter(|_| asked == action))
}

/// Returns what a key asks for somewhere by some rows, or nothing.
///
/// In a text field every key without a binding is typed.
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

/// Some terminals send `Ctrl-H` for Backspace, and `Ctrl-J` is a line feed, which text that is pasted as
/// keys has for Enter.
fn as_named(event: KeyEvent) -> KeyEvent {
    let code = match (event.code, event.modifiers) {
        (KeyCode::Char('h'), KeyModifiers::CONTROL) => KeyCode::Backspace,
        (KeyCode::Char('j'), KeyModifiers::CONTROL) => KeyCode::Enter,
        _ => return event,
    };
    KeyEvent { code, modifiers: KeyModifiers::NONE, ..event }
}

/// Shift is told of letters everywhere, of symbols only by some systems: it is kept where it can be
/// relied upon.
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
