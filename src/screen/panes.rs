//! The three panes: their keys, and the effects of these keys.

pub mod advice;
pub mod outline;
pub mod question;

use ratatui::crossterm::event::KeyCode;

use super::desk::Desk;
use super::pages::{bindings, decide, export};
use super::standings::standings;
use crate::action::{Action, ClickTarget, Pane};
use crate::answers::{Answer, Subject};
use crate::keys::{
    ACROSS, At, Binding, Context, ENTER, ESC, Group, PaneKeys, UP_AND_DOWN, capital, key, key_for, letter,
};
use crate::wording::{answered_for, record_words};
use crate::workbook::Step;
use crate::workbook::Workbook;

const OUTLINE: At = At::Pane(PaneKeys::Outline);
const ONE: At = At::Pane(PaneKeys::One);
const MANY: At = At::Pane(PaneKeys::Many);
const PARTS: At = At::Pane(PaneKeys::Parts);
const TEXT: At = At::Pane(PaneKeys::Text);
const ADVICE: At = At::Pane(PaneKeys::Advice);
const QUESTIONS: &[At] = &[ONE, MANY, PARTS, TEXT];

/// The rows of the binding table for the panes.
pub const KEYS: &[Binding] = &[
    Binding::row(Group::Moving, "↑ ↓ k j", "move the cursor and preview what the option would change")
        .at(&[At::Panes])
        .foot(6, "↑↓", "move")
        .keys(UP_AND_DOWN),
    Binding::row(Group::Answering, "Space", "single choice: choose the option and stay on the question")
        .at(&[ONE])
        .foot(4, "space", "choose")
        .keys(&[(letter(' '), Action::Choose)]),
    Binding::row(Group::Answering, "Space", "multiple choice: select or clear the option")
        .at(&[MANY])
        .foot(1, "space", "choose")
        .keys(&[(letter(' '), Action::Choose)]),
    Binding::row(
        Group::Parts,
        "Space",
        "pick a kind of part; on a part: exclude it from the decision, or include it again",
    )
    .at(&[PARTS])
    .foot(1, "space", "select")
    .keys(&[(letter(' '), Action::Choose)]),
    Binding::row(Group::Parts, "+ a", "add another part of the same kind")
        .at(&[PARTS])
        .foot(5, "a", "add another")
        .keys(&[(letter('+'), Action::AddPart), (letter('a'), Action::AddPart)]),
    Binding::row(
        Group::Parts,
        "n",
        "rename the part, or the newest part of the kind; elsewhere: write a note on the question",
    )
    .at(&[PARTS])
    .foot(5, "n", "name, note")
    .keys(&[(letter('n'), Action::Write)]),
    Binding::row(Group::Answering, "Enter", "single choice: choose the option and go to the next question")
        .at(&[ONE])
        .foot(1, "enter", "choose, next")
        .keys(&[(ENTER, Action::GoOn)]),
    Binding::row(Group::Answering, "Enter", "multiple choice or text: go to the next question")
        .at(&[MANY, PARTS, TEXT])
        .foot(1, "enter", "next")
        .keys(&[(ENTER, Action::GoOn)]),
    Binding::row(Group::Moving, "Enter", "list of questions: open the question")
        .at(&[OUTLINE])
        .foot(1, "enter", "open")
        .keys(&[(ENTER, Action::GoOn)]),
    Binding::row(Group::Moving, "Enter", "recommendation: show all reasons for the score")
        .at(&[ADVICE])
        .foot(1, "enter", "all reasons")
        .keys(&[(ENTER, Action::GoOn)]),
    Binding::row(Group::Moving, "← → h l", "go to the previous or next question without answering")
        .at(&[At::Panes])
        .foot(6, "←→", "question")
        .keys(ACROSS),
    Binding::row(Group::Answering, "1 … 9", "choose one of the first nine options")
        .at(&[ONE, MANY, PARTS])
        .keys(&[
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
    Binding::row(Group::Answering, "n", "write a note on the question; a note does not count as an answer")
        .at(&[ONE, MANY, TEXT])
        .foot(5, "n", "note")
        .keys(&[(letter('n'), Action::Write)]),
    Binding::row(Group::Answering, "Space", "text answer: write the text")
        .at(&[TEXT])
        .foot(1, "space", "write")
        .keys(&[(letter(' '), Action::Write)]),
    Binding::row(Group::Moving, "Tab Shift-Tab", "go to the next or previous pane")
        .at(&[At::Panes])
        .foot(4, "tab", "pane")
        .keys(&[
            (key(KeyCode::Tab), Action::Pane(Step::Next)),
            (key(KeyCode::BackTab), Action::Pane(Step::Previous)),
        ]),
    Binding::row(
        Group::Moving,
        "p P",
        "next or previous part: show its ranking and give answers for that part only",
    )
    .at(&[At::Panes])
    .foot(3, "p", "part")
    .keys(&[(letter('p'), Action::Focus(Step::Next)), (capital('P'), Action::Focus(Step::Previous))]),
    Binding::row(Group::Moving, "f", "go to the most useful open question")
        .at(&[At::Panes])
        .foot(3, "f", "answer next")
        .keys(&[(letter('f'), Action::AskNext)]),
    Binding::row(
        Group::Answering,
        "x",
        "make the answer's points count double, not at all, or normally; what it rules out stays ruled out",
    )
    .at(&[ONE, MANY, PARTS])
    .keys(&[(letter('x'), Action::Emphasis)]),
    Binding::row(Group::Answering, "s", "answer “not sure”: counts as open and is listed as an assumption")
        .at(QUESTIONS)
        .keys(&[(letter('s'), Action::NotSure)]),
    Binding::row(Group::Answering, "-", "answer “does not apply”: final, adds no points")
        .at(QUESTIONS)
        .keys(&[(letter('-'), Action::NotApplicable)]),
    Binding::row(Group::Answering, "Backspace", "clear the answer; on a part: remove the part")
        .at(QUESTIONS)
        .keys(&[(key(KeyCode::Backspace), Action::Clear), (key(KeyCode::Delete), Action::Clear)]),
    Binding::row(Group::Moving, "z", "zoom the pane to full screen, or back")
        .at(&[At::Panes])
        .keys(&[(letter('z'), Action::Zoom)]),
    Binding::row(Group::Moving, "Esc", "return to the question")
        .at(&[At::Panes])
        .keys(&[(ESC, Action::Close)]),
];

/// Applies an action in the focused pane.
pub fn update(desk: &mut Desk, action: &Action) {
    match action {
        Action::Move(step) => move_cursor(desk, *step),
        Action::Across(step) => step_question(desk, *step),
        Action::Pane(step) => step_pane(desk, *step),
        Action::GoOn if desk.pane == Pane::Outline => desk.pane = Pane::Question,
        Action::GoOn => {
            question::choose_single(desk);
            let skipped = question::skipped(desk);
            // The answer may have revealed a follow-up, which is then the next question.
            step_question(desk, Step::Next);
            if let (Some(skipped), None) = (skipped, &desk.message) {
                desk.say(skipped);
            }
        }
        Action::Choose => question::choose(desk),
        Action::Pick(option) => question::pick(desk, *option),
        Action::Clear => question::clear(desk),
        Action::NotSure => question::answer(desk, Answer::NotSure),
        Action::NotApplicable => question::answer(desk, Answer::NotApplicable),
        Action::Emphasis => {
            let done = desk.workbook.emphasise();
            desk.say_refusal(done);
        }
        Action::AddPart => question::add_part(desk),
        Action::Write => question::write(desk),
        Action::Focus(step) => step_focus(desk, *step),
        Action::AskNext => {
            if desk.workbook.go_to_next_to_ask() {
                desk.pane = Pane::Question;
            } else {
                desk.say(format!(
                    "No open question can change anything now; {}",
                    then_record(&desk.workbook)
                ));
            }
        }
        Action::Zoom => desk.zoomed = !desk.zoomed,
        Action::Close => desk.pane = Pane::Question,
        _ => {}
    }
}

/// Focuses the clicked pane and moves its cursor to the target. Chooses a clicked row of the question.
/// Returns the action of Enter if a clicked candidate already had the cursor.
pub fn click(desk: &mut Desk, target: ClickTarget) -> Option<Action> {
    let pane = match target {
        ClickTarget::Pane(pane) => pane,
        ClickTarget::Question(_) => Pane::Outline,
        ClickTarget::Row(_) | ClickTarget::Cell(..) | ClickTarget::Column(_) => Pane::Question,
        ClickTarget::Standing(_) => Pane::Advice,
        ClickTarget::Entry(_) => return None,
    };
    if let Some(field) = desk.field.take_if(|_| pane != Pane::Question) {
        // A click outside the text field closes the field and keeps the text.
        question::take_field(desk, &field);
    }
    if desk.field.is_some() {
        return None;
    }
    let before = std::mem::replace(&mut desk.pane, pane);
    match target {
        ClickTarget::Pane(_) | ClickTarget::Entry(_) => {}
        ClickTarget::Question(question) => desk.workbook.go_to(question),
        ClickTarget::Row(row) => choose_nth(desk, row),
        ClickTarget::Cell(row, column) => {
            go_to_column(desk, column);
            choose_nth(desk, row);
        }
        ClickTarget::Column(column) => go_to_column(desk, column),
        ClickTarget::Standing(standing) if before == pane && standing == desk.standing => {
            return Some(Action::GoOn);
        }
        ClickTarget::Standing(standing) => desk.standing = standing,
    }
    None
}

fn move_cursor(desk: &mut Desk, step: Step) {
    let moved = |at: usize| match step {
        Step::Next => at + 1,
        Step::Previous => at.saturating_sub(1),
    };
    match desk.pane {
        Pane::Outline => step_question(desk, step),
        Pane::Question => desk.workbook.go_to_row_index(moved(desk.workbook.row_index())),
        Pane::Advice => {
            let last = standings(&desk.workbook).len().saturating_sub(1);
            desk.standing = moved(desk.standing).min(last);
        }
    }
}

/// Returns the keys that open the pages for decisions and records.
fn record_keys() -> (&'static str, &'static str) {
    let key = |page| key_for(bindings(), Context::Pane(PaneKeys::Advice), &Action::Open(page));
    (key(decide::ID).unwrap_or_default(), key(export::ID).unwrap_or_default())
}

/// Names the key for the next step after the answers: the decisions or, once all are made, the record.
pub fn then_record(workbook: &Workbook) -> String {
    let (decides, exports) = record_keys();
    record_words(decides, exports, workbook.all_decided())
}

fn step_question(desk: &mut Desk, step: Step) {
    match (desk.workbook.step_question(step), step) {
        (true, _) => {}
        (false, Step::Next) => {
            desk.say(format!("That was the last question; {}", then_record(&desk.workbook)));
        }
        (false, Step::Previous) => desk.say("This is the first question"),
    }
}

fn step_pane(desk: &mut Desk, step: Step) {
    desk.pane = match (desk.pane, step) {
        (Pane::Outline, Step::Next) | (Pane::Advice, Step::Previous) => Pane::Question,
        (Pane::Question, Step::Next) | (Pane::Outline, Step::Previous) => Pane::Advice,
        (Pane::Advice, Step::Next) | (Pane::Question, Step::Previous) => Pane::Outline,
    };
}

fn step_focus(desk: &mut Desk, step: Step) {
    // Outside the recommendation pane, steps follow the columns of the question, if it has any.
    let stepped = desk.pane != Pane::Advice && desk.workbook.step_column(step);
    if !stepped && !desk.workbook.step_focus(step) {
        return desk.say("No parts are picked yet");
    }
    announce_focus(desk);
}

fn go_to_column(desk: &mut Desk, column: Subject) {
    if desk.workbook.focus() != column && desk.workbook.focus_on(column) {
        announce_focus(desk);
    }
}

fn announce_focus(desk: &mut Desk) {
    desk.standing = 0;
    desk.say(answered_for(desk.workbook.answers(), desk.workbook.focus()));
}

/// Chooses a row of the question by its position.
fn choose_nth(desk: &mut Desk, row: usize) {
    if let Some(row) = desk.workbook.rows().get(row).copied() {
        question::choose_row(desk, row);
    }
}

impl Desk {
    /// Turns the mouse on or off.
    pub(super) fn toggle_mouse(&mut self) {
        self.mouse = !self.mouse;
        self.say(if self.mouse {
            "Mouse on: click to choose, wheel to scroll"
        } else {
            "Mouse off: the terminal selects text again"
        });
    }
}
