//! The rows of the binding table that are not specific to one pane or page.

use ratatui::crossterm::event::KeyCode;

use crate::action::{Action, Cut, Scroll};
use crate::keys::{
    At, Binding, ENTER, ESC, FieldKeys, Group, UP_AND_DOWN, alt, capital, control, key, letter,
};

/// Keys for moving on a page.
pub const MOVING: &[Binding] = &[
    Binding::row(Group::Pages, "↑ ↓ k j", "scroll the page by a line")
        .at(&[At::ScrolledPages])
        .foot(6, "↑↓", "scroll")
        .keys(UP_AND_DOWN),
    Binding::row(Group::Pages, "↑ ↓ k j", "in a list: move the cursor")
        .at(&[At::Lists])
        .foot(6, "↑↓", "move")
        .keys(UP_AND_DOWN),
];

/// Keys for undoing, scrolling and closing.
pub const CHANGING: &[Binding] = &[
    Binding::row(Group::Answering, "u", "undo the last change of any kind")
        .at(&[At::Panes, At::UndoingPages])
        .foot(6, "u", "undo")
        .keys(&[(letter('u'), Action::Undo)]),
    Binding::row(Group::Answering, "Ctrl-R", "redo what was undone")
        .at(&[At::Panes, At::UndoingPages])
        .keys(&[(control('r'), Action::Redo)]),
    Binding::row(Group::Moving, "PgUp PgDn Home End", "scroll the pane")
        .at(&[At::Browsing])
        .foot(6, "pgup/pgdn", "scroll")
        .keys(&[
            (key(KeyCode::PageUp), Action::Scroll(Scroll::PageUp)),
            (key(KeyCode::PageDown), Action::Scroll(Scroll::PageDown)),
            (key(KeyCode::Home), Action::Scroll(Scroll::Home)),
            (key(KeyCode::End), Action::Scroll(Scroll::End)),
        ]),
    Binding::row(Group::Pages, "Esc Enter q", "close the page")
        .at(&[At::ScrolledPages])
        .foot(1, "esc", "close")
        .keys(&[(ESC, Action::Close), (ENTER, Action::Close), (letter('q'), Action::Close)]),
    Binding::row(Group::Pages, "Esc q", "close the page; in a list of choices, go back to the parts")
        .at(&[At::Lists])
        .foot(1, "esc", "close")
        .keys(&[(ESC, Action::Close), (letter('q'), Action::Close)]),
];

const TEXT: At = At::Field(FieldKeys::Text);
const LINE: At = At::Field(FieldKeys::Line);

/// Keys for writing in a text field.
pub const FIELDS: &[Binding] = &[
    Binding::row(Group::Writing, "Ctrl-O", "continue in your own editor: $VISUAL, $EDITOR or vi")
        .at(&[TEXT])
        .foot(4, "ctrl-o", "own editor")
        .keys(&[(control('o'), Action::EditOutside)]),
    Binding::row(Group::Writing, "Alt-U Alt-E", "undo or redo within the text")
        .at(&[At::Fields])
        .foot(4, "alt-u", "undo")
        .keys(&[(alt('u'), Action::Undo), (alt('e'), Action::Redo)]),
    Binding::row(
        Group::Writing,
        "Ctrl-U Ctrl-W",
        "delete to the beginning of the line, or the word before the caret",
    )
    .at(&[At::Fields])
    .keys(&[(control('u'), Action::Cut(Cut::Line)), (control('w'), Action::Cut(Cut::Word))]),
    Binding::row(Group::Writing, "Esc", "keep the text and close the field")
        .at(&[TEXT])
        .foot(1, "esc", "keep, close")
        .keys(&[(ESC, Action::Close)]),
    Binding::row(
        Group::Writing,
        "Enter Esc",
        "accept the line; if it is not valid, Enter stays in the field and Esc discards the text",
    )
    .at(&[LINE])
    .foot(1, "enter", "done")
    .keys(&[(ENTER, Action::Accept), (ESC, Action::Close)]),
];

/// Keys for the program as a whole.
pub const PROGRAM: &[Binding] = &[
    Binding::row(Group::Writing, "Ctrl-C", "quit; the text and all answers are saved")
        .at(&[At::Fields])
        .keys(&[(control('c'), Action::Quit)]),
    Binding::row(Group::Program, "M", "turn mouse support on or off: click to choose, wheel to scroll")
        .at(&[At::Browsing])
        .keys(&[(capital('M'), Action::Mouse)]),
    Binding::row(Group::Program, "Ctrl-L", "redraw the screen after another program has written over it")
        .at(&[At::Everywhere])
        .keys(&[(control('l'), Action::Redraw)]),
    Binding::row(
        Group::Program,
        "L",
        "reload the questionnaire after its file has changed; answers are kept",
    )
    .at(&[At::Browsing])
    .keys(&[(capital('L'), Action::Reopen)]),
    Binding::row(Group::Program, "Ctrl-Z", "suspend langfit and return to the shell; fg resumes")
        .at(&[At::Everywhere])
        .keys(&[(control('z'), Action::Stop)]),
    Binding::row(Group::Program, "q", "quit, when no page is open; everything is saved")
        .at(&[At::Panes])
        .foot(4, "q", "quit")
        .keys(&[(letter('q'), Action::Quit)]),
    Binding::row(Group::Program, "Ctrl-C", "quit from anywhere; everything is saved")
        .at(&[At::Browsing])
        .keys(&[(control('c'), Action::Quit)]),
];
