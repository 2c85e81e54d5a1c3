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
    /// Whether it stays in a narrow footer.
    pub always: bool,
    /// Whether it opens a page over the panes.
    pub opens: bool,
}

const fn brief(key: &'static str, does: &'static str) -> Brief {
    Brief { key, does, always: false, opens: false }
}

const fn always(key: &'static str, does: &'static str) -> Brief {
    Brief { key, does, always: true, opens: false }
}

const fn opens(key: &'static str, does: &'static str) -> Brief {
    Brief { key, does, always: false, opens: true }
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

use Context::{
    Advice, Decide, Details, Export, Find, Firm, Help, Ledger, Line, Map, Note, Options, Outline, Overwrite,
    Parts, Review, Text, Versus,
};

const PANES: &[Context] = &[Outline, Options, Parts, Text, Advice];
const QUESTIONS: &[Context] = &[Options, Parts, Text];
const OVERLAYS: &[Context] = &[Ledger, Versus, Firm, Map, Help];
const LISTS: &[Context] = &[Review, Details, Decide, Export, Overwrite];
const UNDOING: &[Context] = &[Outline, Options, Parts, Text, Advice, Review, Details, Decide];
/// Everywhere but in a text field.
const SCROLLED: &[Context] = &[
    Outline, Options, Parts, Text, Advice, Ledger, Versus, Firm, Map, Help, Review, Details, Decide, Export,
    Overwrite,
];

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

/// The table, in the order of help.
pub const BINDINGS: &[Binding] = &[
    Binding {
        shown: "↑ ↓ k j",
        does: "move the cursor; an option shows at once what choosing it would do",
        group: Group::Moving,
        brief: Some(brief("↑↓", "move")),
        contexts: PANES,
        keys: UP_AND_DOWN,
    },
    Binding {
        shown: "Space",
        does: "choose the option, or take it back where several can be chosen",
        group: Group::Answering,
        brief: Some(brief("space", "choose")),
        contexts: &[Options],
        keys: &[(letter(' '), Action::Choose)],
    },
    Binding {
        shown: "Space",
        does: "pick a kind of part; on a part, say that it stays as it is and in what, nothing to decide it",
        group: Group::Parts,
        brief: Some(brief("space", "pick, stays")),
        contexts: &[Parts],
        keys: &[(letter(' '), Action::Choose)],
    },
    Binding {
        shown: "+ a",
        does: "pick one more part of the same kind",
        group: Group::Parts,
        brief: Some(brief("a", "one more")),
        contexts: &[Parts],
        keys: &[(letter('+'), Action::AddPart), (letter('a'), Action::AddPart)],
    },
    Binding {
        shown: "n",
        does: "name the part, or write a note on the question",
        group: Group::Parts,
        brief: Some(brief("n", "name, note")),
        contexts: &[Parts],
        keys: &[(letter('n'), Action::Write)],
    },
    Binding {
        shown: "Enter",
        does: "choose in a single choice and go to the next question; elsewhere only go on",
        group: Group::Answering,
        brief: Some(brief("enter", "choose+next")),
        contexts: QUESTIONS,
        keys: &[(key(KeyCode::Enter), Action::GoOn)],
    },
    Binding {
        shown: "Enter",
        does: "in the list of questions: go to the question",
        group: Group::Moving,
        brief: Some(brief("enter", "open")),
        contexts: &[Outline],
        keys: &[(key(KeyCode::Enter), Action::GoOn)],
    },
    Binding {
        shown: "Enter",
        does: "in the recommendation: show every line of the candidate's score",
        group: Group::Moving,
        brief: Some(brief("enter", "ledger")),
        contexts: &[Advice],
        keys: &[(key(KeyCode::Enter), Action::Ledger)],
    },
    Binding {
        shown: "← → h l",
        does: "go to the previous or next question without answering",
        group: Group::Moving,
        brief: Some(brief("←→", "question")),
        contexts: PANES,
        keys: ACROSS,
    },
    Binding {
        shown: "1 … 9",
        does: "choose one of the first nine options",
        group: Group::Answering,
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
        group: Group::Answering,
        brief: Some(brief("n", "note")),
        contexts: &[Options, Text],
        keys: &[(letter('n'), Action::Write)],
    },
    Binding {
        shown: "Space",
        does: "write the text of a question that is answered in words",
        group: Group::Answering,
        brief: Some(brief("space", "write")),
        contexts: &[Text],
        keys: &[(letter(' '), Action::Write)],
    },
    Binding {
        shown: "Tab Shift-Tab",
        does: "go to the next or previous pane",
        group: Group::Moving,
        brief: Some(always("tab", "pane")),
        contexts: PANES,
        keys: &[
            (key(KeyCode::Tab), Action::Pane(Step::Next)),
            (key(KeyCode::BackTab), Action::Pane(Step::Previous)),
        ],
    },
    Binding {
        shown: "p P",
        does: "focus the next or previous part: its ranking, and answers for it alone",
        group: Group::Moving,
        brief: Some(brief("p", "part")),
        contexts: PANES,
        keys: &[(letter('p'), Action::Focus(Step::Next)), (capital('P'), Action::Focus(Step::Previous))],
    },
    Binding {
        shown: "f",
        does: "go to the question to ask next",
        group: Group::Moving,
        brief: Some(brief("f", "ask next")),
        contexts: PANES,
        keys: &[(letter('f'), Action::AskNext)],
    },
    Binding {
        shown: "/",
        does: "find a question or an option by words",
        group: Group::Moving,
        brief: Some(brief("/", "find")),
        contexts: PANES,
        keys: &[(letter('/'), Action::Find)],
    },
    Binding {
        shown: "z",
        does: "give the pane the whole screen, or give it back",
        group: Group::Moving,
        brief: None,
        contexts: PANES,
        keys: &[(letter('z'), Action::Zoom)],
    },
    Binding {
        shown: "r",
        does: "review every answer and note on one page; Enter goes to the question",
        group: Group::Pages,
        brief: Some(opens("r", "review")),
        contexts: &[Outline, Options, Parts, Text, Advice, Review],
        keys: &[(letter('r'), Action::Review)],
    },
    Binding {
        shown: "m",
        does: "map of parts, languages and boundaries, and what each further language buys",
        group: Group::Pages,
        brief: Some(opens("m", "map")),
        contexts: &[Outline, Options, Parts, Text, Advice, Map],
        keys: &[(letter('m'), Action::Map)],
    },
    Binding {
        shown: "D",
        does: "decide: what the team chose for each part, and why",
        group: Group::Pages,
        brief: Some(opens("D", "decide")),
        contexts: &[Outline, Options, Parts, Text, Advice, Decide],
        keys: &[(capital('D'), Action::Decide)],
    },
    Binding {
        shown: "e",
        does: "export the decision record",
        group: Group::Pages,
        brief: Some(opens("e", "export")),
        contexts: &[Outline, Options, Parts, Text, Advice, Export, Overwrite],
        keys: &[(letter('e'), Action::Export)],
    },
    Binding {
        shown: "i",
        does: "details of the record: title, system, people, dates",
        group: Group::Pages,
        brief: Some(opens("i", "details")),
        contexts: &[Outline, Options, Parts, Text, Advice, Details],
        keys: &[(letter('i'), Action::Details)],
    },
    Binding {
        shown: "w",
        does: "show how firm the advice is: what could change it, the kit, the sources",
        group: Group::Pages,
        brief: Some(opens("w", "how firm")),
        contexts: &[Outline, Options, Parts, Text, Advice, Firm],
        keys: &[(letter('w'), Action::Firm)],
    },
    Binding {
        shown: "v",
        does: "put two candidates beside each other: what counts for each, and facts without points",
        group: Group::Pages,
        brief: Some(opens("v", "versus")),
        contexts: &[Outline, Options, Parts, Text, Advice, Versus],
        keys: &[(letter('v'), Action::Versus)],
    },
    Binding {
        shown: "← → h l",
        does: "with two candidates beside each other: take the previous or next one as the second",
        group: Group::Pages,
        brief: Some(brief("←→", "other candidate")),
        contexts: &[Versus],
        keys: ACROSS,
    },
    Binding {
        shown: "x",
        does: "let the answer's points count double, not at all, or once again; exclusions always hold",
        group: Group::Answering,
        brief: None,
        contexts: &[Options, Parts],
        keys: &[(letter('x'), Action::Emphasis)],
    },
    Binding {
        shown: "s",
        does: "answer: not sure; counts as open and is listed as an assumption",
        group: Group::Answering,
        brief: None,
        contexts: QUESTIONS,
        keys: &[(letter('s'), Action::NotSure)],
    },
    Binding {
        shown: "-",
        does: "answer: does not apply; final, nothing counts",
        group: Group::Answering,
        brief: None,
        contexts: QUESTIONS,
        keys: &[(letter('-'), Action::NotApplicable)],
    },
    Binding {
        shown: "Backspace",
        does: "clear the answer; on a part, remove the part",
        group: Group::Answering,
        brief: None,
        contexts: QUESTIONS,
        keys: &[(key(KeyCode::Backspace), Action::Clear), (key(KeyCode::Delete), Action::Clear)],
    },
    Binding {
        shown: "u",
        does: "undo the last change, whatever it was",
        group: Group::Answering,
        brief: Some(brief("u", "undo")),
        contexts: UNDOING,
        keys: &[(letter('u'), Action::Undo)],
    },
    Binding {
        shown: "Ctrl-R",
        does: "do again what was undone",
        group: Group::Answering,
        brief: None,
        contexts: UNDOING,
        keys: &[(control('r'), Action::Redo)],
    },
    Binding {
        shown: "Ctrl-U Ctrl-R",
        does: "undo, redo within the text",
        group: Group::Writing,
        brief: Some(brief("ctrl-u", "undo")),
        contexts: &[Note, Line, Find],
        keys: &[(control('u'), Action::Undo), (control('r'), Action::Redo)],
    },
    Binding {
        shown: "PgUp PgDn Home End",
        does: "scroll the pane",
        group: Group::Moving,
        brief: Some(brief("pgup/pgdn", "scroll")),
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
        group: Group::Writing,
        brief: Some(always("esc", "done")),
        contexts: &[Note],
        keys: &[(key(KeyCode::Esc), Action::Close)],
    },
    Binding {
        shown: "Enter Esc",
        does: "done: the line is kept",
        group: Group::Writing,
        brief: Some(always("enter", "done")),
        contexts: &[Line],
        keys: &[(key(KeyCode::Enter), Action::Accept), (key(KeyCode::Esc), Action::Accept)],
    },
    Binding {
        shown: "↑ ↓ k j",
        does: "scroll the page by a line",
        group: Group::Pages,
        brief: Some(brief("↑↓", "scroll")),
        contexts: OVERLAYS,
        keys: UP_AND_DOWN,
    },
    Binding {
        shown: "↑ ↓ k j",
        does: "in a list: move the cursor",
        group: Group::Pages,
        brief: Some(brief("↑↓", "move")),
        contexts: LISTS,
        keys: UP_AND_DOWN,
    },
    Binding {
        shown: "Esc Enter",
        does: "close the page",
        group: Group::Pages,
        brief: Some(always("esc", "close")),
        contexts: OVERLAYS,
        keys: &[(key(KeyCode::Esc), Action::Close), (key(KeyCode::Enter), Action::Close)],
    },
    Binding {
        shown: "Enter Space",
        does: "in the review: go to the question",
        group: Group::Pages,
        brief: Some(brief("enter", "go there")),
        contexts: &[Review],
        keys: &[(key(KeyCode::Enter), Action::GoOn), (letter(' '), Action::Choose)],
    },
    Binding {
        shown: "Enter Space n",
        does: "in the details: write the line",
        group: Group::Pages,
        brief: Some(brief("enter", "write")),
        contexts: &[Details],
        keys: &[
            (key(KeyCode::Enter), Action::GoOn),
            (letter(' '), Action::Choose),
            (letter('n'), Action::Write),
        ],
    },
    Binding {
        shown: "Enter Space",
        does: "while deciding: choose among the candidates, then take one",
        group: Group::Pages,
        brief: Some(brief("enter", "choose")),
        contexts: &[Decide],
        keys: &[(key(KeyCode::Enter), Action::GoOn), (letter(' '), Action::Choose)],
    },
    Binding {
        shown: "n Backspace",
        does: "while deciding: write why; withdraw the decision",
        group: Group::Pages,
        brief: Some(brief("n", "why")),
        contexts: &[Decide],
        keys: &[
            (letter('n'), Action::Write),
            (key(KeyCode::Backspace), Action::Clear),
            (key(KeyCode::Delete), Action::Clear),
        ],
    },
    Binding {
        shown: "Space",
        does: "in the export: choose the format, leave details out, name the file",
        group: Group::Pages,
        brief: Some(brief("space", "choose")),
        contexts: &[Export, Overwrite],
        keys: &[(letter(' '), Action::Choose), (letter('n'), Action::Write)],
    },
    Binding {
        shown: "Enter",
        does: "in the export: write the record",
        group: Group::Pages,
        brief: Some(always("enter", "write it")),
        contexts: &[Export],
        keys: &[(key(KeyCode::Enter), Action::GoOn)],
    },
    Binding {
        shown: "o",
        does: "in the export, where the file exists: overwrite it",
        group: Group::Pages,
        brief: Some(always("o", "overwrite")),
        contexts: &[Overwrite],
        keys: &[(letter('o'), Action::Overwrite)],
    },
    Binding {
        shown: "Esc",
        does: "close the list; while a candidate is chosen, go back to the parts",
        group: Group::Pages,
        brief: Some(always("esc", "close")),
        contexts: LISTS,
        keys: &[(key(KeyCode::Esc), Action::Close)],
    },
    Binding {
        shown: "↑ ↓ Enter Esc",
        does: "while finding: move, go there, close; everything else is typed",
        group: Group::Pages,
        brief: Some(always("enter", "go there")),
        contexts: &[Find],
        keys: &[
            (key(KeyCode::Up), Action::Move(Step::Previous)),
            (key(KeyCode::Down), Action::Move(Step::Next)),
            (key(KeyCode::Enter), Action::GoOn),
            (key(KeyCode::Esc), Action::Close),
        ],
    },
    Binding {
        shown: "Esc",
        does: "go to the question",
        group: Group::Moving,
        brief: None,
        contexts: PANES,
        keys: &[(key(KeyCode::Esc), Action::Close)],
    },
    Binding {
        shown: "?",
        does: "show or hide the keys",
        group: Group::Program,
        brief: Some(always("?", "help")),
        contexts: SCROLLED,
        keys: &[(letter('?'), Action::Help)],
    },
    Binding {
        shown: "q Ctrl-C",
        does: "quit; everything is saved",
        group: Group::Program,
        brief: Some(always("q", "quit")),
        contexts: SCROLLED,
        keys: &[(letter('q'), Action::Quit), (control('c'), Action::Quit)],
    },
    Binding {
        shown: "Ctrl-C",
        does: "quit; the text is kept and everything is saved",
        group: Group::Writing,
        brief: None,
        contexts: &[Note, Line, Find],
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
