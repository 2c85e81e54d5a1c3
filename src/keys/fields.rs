//! The keys of text fields and of the whole program; must not do what they ask for.

use super::Group::{Program, Writing};
use super::{Binding, EVERYWHERE, KeyCode, SCROLLED, alt, capital, control, key, letter, row};
use crate::action::{Action, Cut, Step};
use crate::app::Context::{Find, Line, Note, SaveAs};

pub(super) const TABLE: &[Binding] = &[
    row(Writing, "Ctrl-O", "go on in your own editor: $VISUAL, $EDITOR or vi")
        .at(&[Note])
        .foot(4, "ctrl-o", "own editor")
        .keys(&[(control('o'), Action::EditOutside)]),
    row(Writing, "Alt-U Alt-E", "undo, redo within the text")
        .at(&[Note, Line, SaveAs, Find])
        .foot(4, "alt-u", "undo")
        .keys(&[(alt('u'), Action::Undo), (alt('e'), Action::Redo)]),
    row(Writing, "Ctrl-U Ctrl-W", "delete to the beginning of the line, or the word before the caret")
        .at(&[Note, Line, SaveAs, Find])
        .keys(&[(control('u'), Action::Cut(Cut::Line)), (control('w'), Action::Cut(Cut::Word))]),
    row(Writing, "Esc", "done: the text is kept")
        .at(&[Note])
        .foot(1, "esc", "done")
        .keys(&[(key(KeyCode::Esc), Action::Close)]),
    row(
        Writing,
        "Enter Esc",
        "done: the line is kept; what cannot be kept stays open for Enter, and Esc leaves it",
    )
    .at(&[Line])
    .foot(1, "enter", "done")
    .keys(&[(key(KeyCode::Enter), Action::Accept), (key(KeyCode::Esc), Action::Close)]),
    row(Writing, "Enter", "while naming a file to save as: save there")
        .at(&[SaveAs])
        .foot(1, "enter", "save there")
        .keys(&[(key(KeyCode::Enter), Action::Accept)]),
    row(Writing, "Esc", "while naming a file to save as: go back; nothing is saved")
        .at(&[SaveAs])
        .foot(1, "esc", "back")
        .keys(&[(key(KeyCode::Esc), Action::Close)]),
    row(Writing, "↑ ↓", "while finding: move through the places; everything else is typed")
        .at(&[Find])
        .foot(4, "↑↓", "move")
        .keys(&[
            (key(KeyCode::Up), Action::Move(Step::Previous)),
            (key(KeyCode::Down), Action::Move(Step::Next)),
        ]),
    row(Writing, "Enter", "while finding: go there")
        .at(&[Find])
        .foot(1, "enter", "go there")
        .keys(&[(key(KeyCode::Enter), Action::GoOn)]),
    row(Writing, "Esc", "while finding: close the search")
        .at(&[Find])
        .foot(1, "esc", "close")
        .keys(&[(key(KeyCode::Esc), Action::Close)]),
    row(Writing, "Ctrl-C", "quit; the text is kept and everything is saved")
        .at(&[Note, Line, SaveAs, Find])
        .keys(&[(control('c'), Action::Quit)]),
    row(Program, "?", "show or hide the keys")
        .at(SCROLLED)
        .foot(0, "?", "help")
        .keys(&[(letter('?'), Action::Help)]),
    row(Program, "M", "turn the mouse on or off: click to choose, wheel to scroll")
        .at(SCROLLED)
        .keys(&[(capital('M'), Action::Mouse)]),
    row(Program, "Ctrl-L", "draw the screen anew, where something else has written over it")
        .at(EVERYWHERE)
        .keys(&[(control('l'), Action::Redraw)]),
    row(Program, "Ctrl-Z", "stop the program and return to the shell; fg goes on")
        .at(EVERYWHERE)
        .keys(&[(control('z'), Action::Stop)]),
    row(Program, "q Ctrl-C", "quit; everything is saved")
        .at(SCROLLED)
        .foot(2, "q", "quit")
        .keys(&[(letter('q'), Action::Quit), (control('c'), Action::Quit)]),
];
