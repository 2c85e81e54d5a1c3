//! The keys of the panes: moving, answering, picking parts; must not do what they ask for.

use super::Group::{Answering, Moving, Parts as OfParts};
use super::{ACROSS, Binding, KeyCode, PANES, QUESTIONS, UP_AND_DOWN, capital, key, letter, row};
use crate::action::{Action, Step};
use crate::app::Context::{Advice, Options, Outline, Parts, Text};

pub(super) const TABLE: &[Binding] = &[
    row(Moving, "↑ ↓ k j", "move the cursor; an option shows at once what choosing it would do")
        .at(PANES)
        .foot(4, "↑↓", "move")
        .keys(UP_AND_DOWN),
    row(Answering, "Space", "choose the option, or take it back where several can be chosen")
        .at(&[Options])
        .foot(1, "space", "choose")
        .keys(&[(letter(' '), Action::Choose)]),
    row(
        OfParts,
        "Space",
        "pick a kind of part; on a part, say that it stays as it is and in what, nothing to decide it",
    )
    .at(&[Parts])
    .foot(1, "space", "pick, stays")
    .keys(&[(letter(' '), Action::Choose)]),
    row(OfParts, "+ a", "pick one more part of the same kind")
        .at(&[Parts])
        .foot(3, "a", "one more")
        .keys(&[(letter('+'), Action::AddPart), (letter('a'), Action::AddPart)]),
    row(OfParts, "n", "name the part, or write a note on the question")
        .at(&[Parts])
        .foot(3, "n", "name, note")
        .keys(&[(letter('n'), Action::Write)]),
    row(Answering, "Enter", "choose in a single choice and go to the next question; elsewhere only go on")
        .at(QUESTIONS)
        .foot(1, "enter", "next")
        .keys(&[(key(KeyCode::Enter), Action::GoOn)]),
    row(Moving, "Enter", "in the list of questions: go to the question")
        .at(&[Outline])
        .foot(1, "enter", "open")
        .keys(&[(key(KeyCode::Enter), Action::GoOn)]),
    row(Moving, "Enter", "in the recommendation: show every line of the candidate's score")
        .at(&[Advice])
        .foot(1, "enter", "ledger")
        .keys(&[(key(KeyCode::Enter), Action::Ledger)]),
    row(Moving, "← → h l", "go to the previous or next question without answering")
        .at(PANES)
        .foot(4, "←→", "question")
        .keys(ACROSS),
    row(Answering, "1 … 9", "choose one of the first nine options").at(&[Options, Parts]).keys(&[
        (letter('1'), Action::Pick(0)),
        (letter('2'), Action::Pick(1)),
        (letter('3'), Action::Pick(2)),
        (letter('4'), Action::Pick(3)),
        (letter('5'), Action::Pick(4)),
        (letter('6'), Action::Pick(5)),
        (letter('7'), Action::Pick(6)),
        (letter('8'), Action::Pick(7)),
        (letter('9'), Action::Pick(8)),
    ]),
    row(Answering, "n", "write a note on the question, or its text; a note alone is not an answer")
        .at(&[Options, Text])
        .foot(3, "n", "note")
        .keys(&[(letter('n'), Action::Write)]),
    row(Answering, "Space", "write the text of a question that is answered in words")
        .at(&[Text])
        .foot(1, "space", "write")
        .keys(&[(letter(' '), Action::Write)]),
    row(Moving, "Tab Shift-Tab", "go to the next or previous pane").at(PANES).foot(2, "tab", "pane").keys(&[
        (key(KeyCode::Tab), Action::Pane(Step::Next)),
        (key(KeyCode::BackTab), Action::Pane(Step::Previous)),
    ]),
    row(Moving, "p P", "focus the next or previous part: its ranking, and answers for it alone")
        .at(PANES)
        .foot(3, "p", "part")
        .keys(&[(letter('p'), Action::Focus(Step::Next)), (capital('P'), Action::Focus(Step::Previous))]),
    row(Moving, "f", "go to the question to ask next")
        .at(PANES)
        .foot(3, "f", "ask next")
        .keys(&[(letter('f'), Action::AskNext)]),
    row(
        Answering,
        "x",
        "let the answer's points count double, not at all, or once again; exclusions always hold",
    )
    .at(&[Options, Parts])
    .keys(&[(letter('x'), Action::Emphasis)]),
    row(Answering, "s", "answer: not sure; counts as open and is listed as an assumption")
        .at(QUESTIONS)
        .keys(&[(letter('s'), Action::NotSure)]),
    row(Answering, "-", "answer: does not apply; final, nothing counts")
        .at(QUESTIONS)
        .keys(&[(letter('-'), Action::NotApplicable)]),
    row(Answering, "Backspace", "clear the answer; on a part, remove the part")
        .at(QUESTIONS)
        .keys(&[(key(KeyCode::Backspace), Action::Clear), (key(KeyCode::Delete), Action::Clear)]),
    row(Moving, "/", "find a question or an option by words")
        .at(PANES)
        .foot(4, "/", "find")
        .keys(&[(letter('/'), Action::Find)]),
    row(Moving, "z", "give the pane the whole screen, or give it back")
        .at(PANES)
        .keys(&[(letter('z'), Action::Zoom)]),
    row(Moving, "Esc", "go to the question").at(PANES).keys(&[(key(KeyCode::Esc), Action::Close)]),
];
