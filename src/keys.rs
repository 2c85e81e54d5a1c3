//! The binding table: the only place that names a physical key.
//!
//! Lookup, footer, help and the README's table all come from it. Must not do what the keys ask for.

mod fields;
mod layouts;
mod pages;
mod panes;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::Input;

use crate::action::{Action, Step};
use crate::app::Context;

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
    pub contexts: &'static [Context],
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
    /// The lowest ranks stay in a narrow footer.
    pub rank: u8,
    /// Whether it opens a page over the panes.
    pub opens: bool,
}

impl Binding {
    const fn at(mut self, contexts: &'static [Context]) -> Self {
        self.contexts = contexts;
        self
    }

    /// Gives the row a place in the footer; of a lower rank, it stays longer as the footer gets narrower.
    const fn foot(mut self, rank: u8, key: &'static str, does: &'static str) -> Self {
        self.brief = Some(Brief { key, does, rank, opens: false });
        self
    }

    /// Gives a row that opens a page a place in the footer, as long as none is open.
    const fn opens(mut self, key: &'static str, does: &'static str) -> Self {
        self.brief = Some(Brief { key, does, rank: 4, opens: true });
        self
    }

    const fn keys(mut self, keys: &'static [(Key, Action)]) -> Self {
        self.keys = keys;
        self
    }
}

const fn row(group: Group, shown: &'static str, does: &'static str) -> Binding {
    Binding { shown, does, group, brief: None, contexts: &[], keys: &[] }
}

const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

const fn letter(character: char) -> Key {
    key(KeyCode::Char(character))
}

const fn capital(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::SHIFT }
}

const fn alt(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::ALT }
}

const fn control(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
}

use Context::{
    Advice, Decide, Details, Export, Firm, Help, Keeping, Ledger, Map, Options, Outline, Overwrite, Parts,
    Review, Text, Versus,
};

const PANES: &[Context] = &[Outline, Options, Parts, Text, Advice];
const QUESTIONS: &[Context] = &[Options, Parts, Text];
const OVERLAYS: &[Context] = &[Ledger, Versus, Firm, Map, Help];
const LISTS: &[Context] = &[Review, Details, Decide, Export, Overwrite, Keeping];
const UNDOING: &[Context] = &[Outline, Options, Parts, Text, Advice, Review, Details, Decide];
/// Everywhere but in a text field.
const SCROLLED: &[Context] = &[
    Outline, Options, Parts, Text, Advice, Ledger, Versus, Firm, Map, Help, Review, Details, Decide, Export,
    Overwrite, Keeping,
];

const EVERYWHERE: &[Context] = &Context::ALL;

const UP_AND_DOWN: &[(Key, Action)] = &[
    (key(KeyCode::Up), Action::Move(Step::Previous)),
    (letter('k'), Action::Move(Step::Previous)),
    (key(KeyCode::Down), Action::Move(Step::Next)),
    (letter('j'), Action::Move(Step::Next)),
];

const ACROSS: &[(Key, Action)] = &[
    (key(KeyCode::Left), Action::Question(Step::Previous)),
    (letter('h'), Action::Question(Step::Previous)),
    (key(KeyCode::Right), Action::Question(Step::Next)),
    (letter('l'), Action::Question(Step::Next)),
];

/// Returns the rows, in the order of help and footer.
pub fn bindings() -> impl Iterator<Item = &'static Binding> {
    panes::TABLE.iter().chain(pages::TABLE).chain(fields::TABLE)
}

/// Returns the first key that asks for an action in a context, as people read it; nothing if none does.
pub fn key_for(context: Context, action: &Action) -> Option<&'static str> {
    let here = bindings().filter(|binding| binding.contexts.contains(&context));
    let asks = |binding: &&Binding| binding.keys.iter().any(|(_, asked)| asked == action);
    here.into_iter().find(asks).and_then(|binding| binding.shown.split(' ').next())
}

/// Returns what a paste asks for in a context.
///
/// Outside a text field it is no row of keys, so that nothing happens, and that is said.
pub fn paste(context: Context, text: String) -> Action {
    if context.is_typing() {
        return Action::Paste(text);
    }
    let note = key_for(context, &Action::Write).filter(|_| context.is_pane());
    let hint = note.map(|key| format!("; {key} writes a note")).unwrap_or_default();
    Action::Trouble(format!("Pasted text ignored{hint}"))
}

/// Returns what a key asks for in a context, or nothing.
///
/// In a text field every key without a binding is typed.
pub fn resolve(context: Context, event: KeyEvent) -> Option<Action> {
    let event = as_named(event);
    let pressed = normalise(event);
    let here = bindings().filter(|binding| binding.contexts.contains(&context));
    let bound = here.flat_map(|binding| binding.keys).find(|(key, _)| *key == pressed);
    match bound {
        Some((_, action)) => Some(action.clone()),
        None if context.is_typing() => Some(Action::Type(Input::from(event))),
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
