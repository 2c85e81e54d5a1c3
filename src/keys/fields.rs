//! The keys of text fields and of the whole program; must not do what they ask for.

use super::Group::{Program, Writing};
use super::{Binding, EVERYWHERE, KeyCode, SCROLLED, capital, control, key, letter, row};
use crate::action::{Action, Step};
use crate::app::Context::{Find, Line, Note};

pub(super) const TABLE: &[Binding] = &[
    row(Writing, "Ctrl-O", "go on in your own editor: $VISUAL, $EDITOR or vi")
        .at(&[Note])
        .foot("ctrl-o", "own editor")
        .keys(&[(control('o'), Action::EditOutside)]),
    row(Writing, "Ctrl-U Ctrl-R", "undo, redo within the text")
        .at(&[Note, Line, Find])
        .foot("ctrl-u", "undo")
        .keys(&[(control('u'), Action::Undo), (control('r'), Action::Redo)]),
    row(Writing, "Esc", "done: the text is kept")
        .at(&[Note])
        .foot_always("esc", "done")
        .keys(&[(key(KeyCode::Esc), Action::Close)]),
    row(Writing, "Enter Esc", "done: the line is kept")
        .at(&[Line])
        .foot_always("enter", "done")
        .keys(&[(key(KeyCode::Enter), Action::Accept), (key(KeyCode::Esc), Action::Accept)]),
    row(Writing, "↑ ↓", "while finding: move through the places; everything else is typed")
        .at(&[Find])
        .foot("↑↓", "move")
        .keys(&[
            (key(KeyCode::Up), Action::Move(Step::Previous)),
            (key(KeyCode::Down), Action::Move(Step::Next)),
        ]),
    row(Writing, "Enter", "while finding: go there")
        .at(&[Find])
        .foot_always("enter", "go there")
        .keys(&[(key(KeyCode::Enter), Action::GoOn)]),
    row(Writing, "Esc", "while finding: close the search")
        .at(&[Find])
        .foot_always("esc", "close")
        .keys(&[(key(KeyCode::Esc), Action::Close)]),
    row(Writing, "Ctrl-C", "quit; the text is kept and everything is saved")
        .at(&[Note, Line, Find])
        .keys(&[(control('c'), Action::Quit)]),
    row(Program, "?", "show or hide the keys")
        .at(SCROLLED)
        .foot_always("?", "help")
        .keys(&[(letter('?'), Action::Help)]),
    row(Program, "M", "turn the mouse on or off: click to choose, wheel to scroll")
        .at(SCROLLED)
        .keys(&[(capital('M'), Action::Mouse)]),
    row(Program, "Ctrl-Z", "stop the program and return to the shell; fg goes on")
        .at(EVERYWHERE)
        .keys(&[(control('z'), Action::Stop)]),
    row(Program, "q Ctrl-C", "quit; everything is saved")
        .at(SCROLLED)
        .foot_always("q", "quit")
        .keys(&[(letter('q'), Action::Quit), (control('c'), Action::Quit)]),
];
