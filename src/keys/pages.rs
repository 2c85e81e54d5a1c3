//! The keys of what opens over the panes, and of undoing; must not do what they ask for.

use super::Group::{Answering, Moving, Pages};
use super::{
    ACROSS, Binding, KeyCode, LISTS, OVERLAYS, SCROLLED, UNDOING, UP_AND_DOWN, capital, control, key, letter,
    row,
};
use crate::action::{Action, Scroll};
use crate::app::Context::{Decide, Details, Export, Keeping, Overwrite, Review, Versus};

pub(super) const TABLE: &[Binding] = &[
    row(Pages, "r", "review every answer and note on one page; Enter goes to the question")
        .at(SCROLLED)
        .opens("r", "review")
        .keys(&[(letter('r'), Action::Review)]),
    row(Pages, "m", "map of parts, languages and boundaries, and what each further language buys")
        .at(SCROLLED)
        .opens("m", "map")
        .keys(&[(letter('m'), Action::Map)]),
    row(Pages, "D", "decide: what the team chose for each part, and why")
        .at(SCROLLED)
        .opens("D", "decide")
        .keys(&[(capital('D'), Action::Decide)]),
    row(Pages, "e", "export the decision record")
        .at(SCROLLED)
        .opens("e", "export")
        .keys(&[(letter('e'), Action::Export)]),
    row(Pages, "S", "the session's file: save it elsewhere; what to do where it cannot be saved")
        .at(SCROLLED)
        .opens("S", "not saved?")
        .keys(&[(capital('S'), Action::Keeping)]),
    row(Pages, "i", "details of the record: title, system, people, dates")
        .at(SCROLLED)
        .opens("i", "details")
        .keys(&[(letter('i'), Action::Details)]),
    row(Pages, "w", "show how firm the advice is: what could change it, the kit, the sources")
        .at(SCROLLED)
        .opens("w", "how firm")
        .keys(&[(letter('w'), Action::Firm)]),
    row(Pages, "v", "put two candidates beside each other: what counts for each, and facts without points")
        .at(SCROLLED)
        .opens("v", "versus")
        .keys(&[(letter('v'), Action::Versus)]),
    row(
        Pages,
        "← → h l",
        "with two candidates beside each other: take the previous or next one as the second",
    )
    .at(&[Versus])
    .foot(4, "←→", "other candidate")
    .keys(ACROSS),
    row(Pages, "↑ ↓ k j", "scroll the page by a line").at(OVERLAYS).foot(4, "↑↓", "scroll").keys(UP_AND_DOWN),
    row(Pages, "↑ ↓ k j", "in a list: move the cursor").at(LISTS).foot(4, "↑↓", "move").keys(UP_AND_DOWN),
    row(Pages, "Enter Space", "in the review: go to the question")
        .at(&[Review])
        .foot(1, "enter", "go there")
        .keys(&[(key(KeyCode::Enter), Action::GoOn), (letter(' '), Action::Choose)]),
    row(Pages, "Enter Space n", "in the details: write the line")
        .at(&[Details])
        .foot(1, "enter", "write")
        .keys(&[
            (key(KeyCode::Enter), Action::GoOn),
            (letter(' '), Action::Choose),
            (letter('n'), Action::Write),
        ]),
    row(Pages, "Enter Space", "while deciding: choose among the candidates, then take one")
        .at(&[Decide])
        .foot(1, "enter", "choose")
        .keys(&[(key(KeyCode::Enter), Action::GoOn), (letter(' '), Action::Choose)]),
    row(Pages, "n Backspace", "while deciding: write why; withdraw the decision")
        .at(&[Decide])
        .foot(3, "n", "why")
        .keys(&[
            (letter('n'), Action::Write),
            (key(KeyCode::Backspace), Action::Clear),
            (key(KeyCode::Delete), Action::Clear),
        ]),
    row(Pages, "Space", "in the export: choose the format, leave details out, name the file")
        .at(&[Export, Overwrite])
        .foot(1, "space", "choose")
        .keys(&[(letter(' '), Action::Choose), (letter('n'), Action::Write)]),
    row(Pages, "Enter", "in the export: write the record")
        .at(&[Export])
        .foot(1, "enter", "write it")
        .keys(&[(key(KeyCode::Enter), Action::GoOn)]),
    row(Pages, "o", "in the export, where the file exists: overwrite it")
        .at(&[Overwrite])
        .foot(1, "o", "overwrite")
        .keys(&[(letter('o'), Action::Overwrite)]),
    row(Pages, "Enter Space", "in the session's file and with rescued answers: do that")
        .at(&[Keeping])
        .foot(1, "enter", "do it")
        .keys(&[(key(KeyCode::Enter), Action::GoOn), (letter(' '), Action::Choose)]),
    row(Answering, "u", "undo the last change, whatever it was")
        .at(UNDOING)
        .foot(4, "u", "undo")
        .keys(&[(letter('u'), Action::Undo)]),
    row(Answering, "Ctrl-R", "do again what was undone").at(UNDOING).keys(&[(control('r'), Action::Redo)]),
    row(Moving, "PgUp PgDn Home End", "scroll the pane").at(SCROLLED).foot(4, "pgup/pgdn", "scroll").keys(&[
        (key(KeyCode::PageUp), Action::Scroll(Scroll::PageUp)),
        (key(KeyCode::PageDown), Action::Scroll(Scroll::PageDown)),
        (key(KeyCode::Home), Action::Scroll(Scroll::Home)),
        (key(KeyCode::End), Action::Scroll(Scroll::End)),
    ]),
    row(Pages, "Esc Enter", "close the page")
        .at(OVERLAYS)
        .foot(1, "esc", "close")
        .keys(&[(key(KeyCode::Esc), Action::Close), (key(KeyCode::Enter), Action::Close)]),
    row(Pages, "Esc", "close the list; while a candidate is chosen, go back to the parts")
        .at(LISTS)
        .foot(1, "esc", "close")
        .keys(&[(key(KeyCode::Esc), Action::Close)]),
];
