//! The binding table: the only place that names a physical key.
//!
//! Lookup, footer, help and the README's table all come from it. Must not do what the keys ask for.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::Input;

use crate::action::{Action, Scroll, Step};
use crate::app::Context;

/// A key without the state of the lock keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// One row of the table: keys that belong together and what they do.
#[derive(Debug)]
pub struct Binding {
    /// The keys, as help shows them.
    pub shown: &'static str,
    /// What they do, as help says it.
    pub does: &'static str,
    /// The same for the footer, if it has a place there.
    pub brief: Option<(&'static str, &'static str)>,
    /// Where they work.
    pub contexts: &'static [Context],
    /// The keys.
    pub keys: &'static [(Key, Action)],
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

const fn control(character: char) -> Key {
    Key { code: KeyCode::Char(character), modifiers: KeyModifiers::CONTROL }
}

use Context::{Advice, Help, Ledger, Line, Note, Options, Outline, Parts, Text};

const PANES: &[Context] = &[Outline, Options, Parts, Text, Advice];
const QUESTIONS: &[Context] = &[Options, Parts, Text];
const SCROLLED: &[Context] = &[Outline, Options, Parts, Text, Advice, Ledger, Help];

/// The table, in the order of help.
pub const BINDINGS: &[Binding] = &[
    Binding {
        shown: "↑ ↓ k j",
        does: "move the cursor; an option shows at once what choosing it would do",
        brief: Some(("↑↓", "move")),
        contexts: PANES,
        keys: &[
            (key(KeyCode::Up), Action::Move(Step::Previous)),
            (letter('k'), Action::Move(Step::Previous)),
            (key(KeyCode::Down), Action::Move(Step::Next)),
            (letter('j'), Action::Move(Step::Next)),
        ],
    },
    Binding {
        shown: "Space",
        does: "choose the option, or take it back where several can be chosen",
        brief: Some(("space", "choose")),
        contexts: &[Options],
        keys: &[(letter(' '), Action::Choose)],
    },
    Binding {
        shown: "Space",
        does: "pick a kind of part; on a part, say that it stays as it is and in which language",
        brief: Some(("space", "pick, stays")),
        contexts: &[Parts],
        keys: &[(letter(' '), Action::Choose)],
    },
    Binding {
        shown: "+ a",
        does: "pick one more part of the same kind",
        brief: Some(("a", "one more")),
        contexts: &[Parts],
        keys: &[(letter('+'), Action::AddPart), (letter('a'), Action::AddPart)],
    },
    Binding {
        shown: "n",
        does: "name the part, or write a note on the question",
        brief: Some(("n", "name, note")),
        contexts: &[Parts],
        keys: &[(letter('n'), Action::Write)],
    },
    Binding {
        shown: "Enter",
        does: "choose in a single choice and go to the next question; elsewhere only go on",
        brief: Some(("enter", "go on")),
        contexts: QUESTIONS,
        keys: &[(key(KeyCode::Enter), Action::GoOn)],
    },
    Binding {
        shown: "Enter",
        does: "go to the question",
        brief: Some(("enter", "open")),
        contexts: &[Outline],
        keys: &[(key(KeyCode::Enter), Action::GoOn)],
    },
    Binding {
        shown: "Enter",
        does: "show every line of the candidate's score",
        brief: Some(("enter", "ledger")),
        contexts: &[Advice],
        keys: &[(key(KeyCode::Enter), Action::Ledger)],
    },
    Binding {
        shown: "← → h l",
        does: "go to the previous or next question without answering",
        brief: Some(("←→", "question")),
        contexts: PANES,
        keys: &[
            (key(KeyCode::Left), Action::Question(Step::Previous)),
            (letter('h'), Action::Question(Step::Previous)),
            (key(KeyCode::Right), Action::Question(Step::Next)),
            (letter('l'), Action::Question(Step::Next)),
        ],
    },
    Binding {
        shown: "1 … 9",
        does: "choose one of the first nine options",
        brief: None,
        contexts: &[Options, Parts],
        keys: &[
            (letter('1'), Action::Pick(0)),
            (letter('2'), Action::Pick(1)),
            (letter('3'), Action::Pick(2)),
            (letter('4'), Action::Pick(3)),
            (letter('5'), Action::Pick(4)),
            (letter('6'), Action::Pick(5)),
            (letter('7'), Action::Pick(6)),
            (letter('8'), Action::Pick(7)),
            (letter('9'), Action::Pick(8)),
        ],
    },
    Binding {
        shown: "n",
        does: "write a note on the question, or its text; a note alone is not an answer",
        brief: Some(("n", "note")),
        contexts: &[Options, Text],
        keys: &[(letter('n'), Action::Write)],
    },
    Binding {
        shown: "Space",
        does: "write the text",
        brief: Some(("space", "write")),
        contexts: &[Text],
        keys: &[(letter(' '), Action::Write)],
    },
    Binding {
        shown: "Tab Shift-Tab",
        does: "go to the next or previous pane",
        brief: Some(("tab", "pane")),
        contexts: PANES,
        keys: &[
            (key(KeyCode::Tab), Action::Pane(Step::Next)),
            (key(KeyCode::BackTab), Action::Pane(Step::Previous)),
        ],
    },
    Binding {
        shown: "p P",
        does: "focus the next or previous part: its ranking, and answers for it alone",
        brief: Some(("p", "part")),
        contexts: PANES,
        keys: &[(letter('p'), Action::Focus(Step::Next)), (capital('P'), Action::Focus(Step::Previous))],
    },
    Binding {
        shown: "s",
        does: "answer: not sure; counts as open and is listed as an assumption",
        brief: None,
        contexts: QUESTIONS,
        keys: &[(letter('s'), Action::NotSure)],
    },
    Binding {
        shown: "-",
        does: "answer: does not apply; final, nothing counts",
        brief: None,
        contexts: QUESTIONS,
        keys: &[(letter('-'), Action::NotApplicable)],
    },
    Binding {
        shown: "Backspace",
        does: "clear the answer; on a part, remove the part",
        brief: None,
        contexts: QUESTIONS,
        keys: &[(key(KeyCode::Backspace), Action::Clear), (key(KeyCode::Delete), Action::Clear)],
    },
    Binding {
        shown: "PgUp PgDn Home End",
        does: "scroll the pane",
        brief: Some(("pgup/pgdn", "scroll")),
        contexts: SCROLLED,
        keys: &[
            (key(KeyCode::PageUp), Action::Scroll(Scroll::PageUp)),
            (key(KeyCode::PageDown), Action::Scroll(Scroll::PageDown)),
            (key(KeyCode::Home), Action::Scroll(Scroll::Home)),
            (key(KeyCode::End), Action::Scroll(Scroll::End)),
        ],
    },
    Binding {
        shown: "Esc",
        does: "done: the text is kept",
        brief: Some(("esc", "done")),
        contexts: &[Note],
        keys: &[(key(KeyCode::Esc), Action::Close)],
    },
    Binding {
        shown: "Enter Esc",
        does: "done: the line is kept",
        brief: Some(("enter", "done")),
        contexts: &[Line],
        keys: &[(key(KeyCode::Enter), Action::Accept), (key(KeyCode::Esc), Action::Accept)],
    },
    Binding {
        shown: "↑ ↓ k j",
        does: "scroll by a line",
        brief: Some(("↑↓", "scroll")),
        contexts: &[Ledger, Help],
        keys: &[
            (key(KeyCode::Up), Action::Move(Step::Previous)),
            (letter('k'), Action::Move(Step::Previous)),
            (key(KeyCode::Down), Action::Move(Step::Next)),
            (letter('j'), Action::Move(Step::Next)),
        ],
    },
    Binding {
        shown: "Esc Enter",
        does: "close what is open; on the main screen, go to the question",
        brief: Some(("esc", "close")),
        contexts: &[Ledger, Help],
        keys: &[(key(KeyCode::Esc), Action::Close), (key(KeyCode::Enter), Action::Close)],
    },
    Binding {
        shown: "Esc",
        does: "go to the question",
        brief: None,
        contexts: PANES,
        keys: &[(key(KeyCode::Esc), Action::Close)],
    },
    Binding {
        shown: "?",
        does: "show or hide the keys",
        brief: Some(("?", "help")),
        contexts: SCROLLED,
        keys: &[(letter('?'), Action::Help)],
    },
    Binding {
        shown: "q Ctrl-C",
        does: "quit; everything is saved",
        brief: Some(("q", "quit")),
        contexts: SCROLLED,
        keys: &[(letter('q'), Action::Quit), (control('c'), Action::Quit)],
    },
    Binding {
        shown: "Ctrl-C",
        does: "quit; the text is kept and everything is saved",
        brief: None,
        contexts: &[Note, Line],
        keys: &[(control('c'), Action::Quit)],
    },
];

/// Returns what a key asks for in a context, or nothing.
///
/// In a text field every key without a binding is typed.
pub fn resolve(context: Context, event: KeyEvent) -> Option<Action> {
    let pressed = normalise(event);
    let bindings = BINDINGS.iter().filter(|binding| binding.contexts.contains(&context));
    let bound = bindings.flat_map(|binding| binding.keys).find(|(key, _)| *key == pressed);
    match bound {
        Some((_, action)) => Some(action.clone()),
        None if context.is_typing() => Some(Action::Type(Input::from(event))),
        None => None,
    }
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
