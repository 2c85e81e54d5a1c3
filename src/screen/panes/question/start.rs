//! The first lines of a new session: what the program does, the steps to take, and where answers are saved.

use crate::action::Action;
use crate::keys::{Context, key_for};
use crate::screen::desk::Desk;
use crate::screen::pages::{bindings, decide, export, help};
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};

/// Returns the lines that fit above the question while its first option stays in view. Empty once anything is
/// answered or saved.
pub fn lines(desk: &Desk, question: &Content, height: u16, width: u16) -> Vec<String> {
    if !desk.workbook.is_new() {
        return Vec::new();
    }
    let first_row = question.targets.first().map_or(0, |(_, last, _)| last + 1);
    // An empty line separates these lines from the question.
    let mut room = usize::from(height).saturating_sub(first_row + 1);
    let mut lines = all(desk);
    lines.retain(|line| {
        let rest = room.checked_sub(text::paragraph(line, theme::TEXT, width).len());
        room = rest.unwrap_or(room);
        rest.is_some()
    });
    lines
}

fn all(desk: &Desk) -> Vec<String> {
    let questionnaire = desk.workbook.questionnaire();
    let many = &questionnaire.noun().many;
    let system = match questionnaire.parts_question() {
        Some(_) => "the parts of your system",
        None => "your system",
    };
    let context = Context::Pane(desk.pane_keys());
    let key = |page| key_for(bindings(), context, &Action::Open(page)).unwrap_or_default();
    let (decide, export, help) = (key(decide::ID), key(export::ID), key(help::ID));
    vec![
        format!("langfit recommends {many} for {system}."),
        format!("Answer, watch the recommendation, decide ({decide}), export the record ({export})."),
        "It takes about ten minutes.".to_owned(),
        format!("Every answer is saved to {} immediately.", desk.workbook.file),
        format!("{help} shows the keys."),
    ]
}
