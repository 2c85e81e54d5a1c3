//! The question pane: the question with its options, its importance and its note, and the ways to answer it.

mod start;
mod table;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use table::Table;
use unicode_width::UnicodeWidthStr as _;

use crate::action::{Action, ClickTarget, Pane};
use crate::answers::{Answer, Emphasis, PartId, Plan, Subject};
use crate::id_set::SmallId as _;
use crate::keys::{Context, PaneKeys, key_for, sign_for};
use crate::questionnaire::{Kind, OptionId, OptionSet, join};
use crate::screen::desk::{Desk, Writing};
use crate::screen::field::TextField;
use crate::screen::pages::bindings;
use crate::screen::scrolled::{self, Content, Scrolled};
use crate::screen::{text, theme};
use crate::wording::{
    asked_because, column_words, differing, final_words, part_words, subject_name, whom_it_counts_for,
};
use crate::workbook::{Row, Text, Workbook};

/// Minimum screen width at which options are shown in a table of parts.
const TABLE: u16 = 80;

/// Chooses the row under the cursor.
pub fn choose(desk: &mut Desk) {
    if let Some(row) = desk.workbook.row() {
        choose_row(desk, row);
    }
}

/// Chooses a row and moves the cursor there; undo moves the cursor back.
pub fn choose_row(desk: &mut Desk, row: Row) {
    let workbook = &mut desk.workbook;
    match row {
        Row::Option(kind) if workbook.questionnaire()[workbook.question()].is_parts() => {
            let picked = workbook.pick_kind(kind);
            if let Some(Some(part)) = desk.say_refusal(picked) {
                desk.say(format!("{} removed", part.name));
            }
        }
        Row::Option(option) => choose_option(desk, option),
        Row::Part(part) => ask_what_stays(desk, part),
        Row::NotSure => answer(desk, Answer::NotSure),
        Row::NotApplicable => answer(desk, Answer::NotApplicable),
        Row::Text => write(desk),
    }
    desk.workbook.go_to_row(row);
}

/// Chooses or deselects an option. Checkboxes do not show that they exclude each other, so deselected options
/// are reported. In a single choice this is obvious.
fn choose_option(desk: &mut Desk, option: OptionId) {
    let workbook = &mut desk.workbook;
    let (question, subject) = (workbook.question(), workbook.answered_for());
    let chosen = |it: &Workbook| it.answers().chosen(it.questionnaire(), question, subject);
    let before = chosen(workbook);
    workbook.choose(option);
    let out = before.without(chosen(workbook)).without(OptionSet::only(option));
    let asked = &workbook.questionnaire()[question];
    if asked.kind == Kind::Many && !out.is_empty() {
        let they_do = if out.len() == 1 { "it does not" } else { "they do not" };
        let names = join(out.iter().map(|it| asked[it].name.as_str()), "and");
        desk.say(format!("Cleared because {they_do} go with this option: {names}"));
    } else {
        say_if_for_none(desk);
    }
}

/// Says that an answer for all parts changes nothing if every part has its own.
fn say_if_for_none(desk: &mut Desk) {
    let workbook = &desk.workbook;
    let own =
        |part: &Subject| part.part().is_none_or(|part| workbook.answers().has_own(workbook.question(), part));
    let columns = workbook.columns();
    if !columns.is_empty() && workbook.answered_for() == Subject::System && columns.iter().all(own) {
        desk.say("Every part has its own answer, so this one counts for none; p selects a part");
    }
}

/// Chooses the row under the cursor in a single choice, unless it is already chosen.
pub fn choose_single(desk: &mut Desk) {
    let workbook = &desk.workbook;
    let is_single = workbook.questionnaire()[workbook.question()].kind == Kind::One;
    if is_single && workbook.row().is_some_and(|row| !workbook.is_chosen(row)) {
        choose(desk);
    }
}

/// Returns a message if leaving the question leaves it without an answer that Enter could have been meant to
/// give.
pub fn skipped(desk: &Desk) -> Option<String> {
    let (workbook, answers) = (&desk.workbook, desk.workbook.answers());
    let (questionnaire, question) =
        (workbook.questionnaire(), &workbook.questionnaire()[workbook.question()]);
    let is_choice = matches!(question.kind, Kind::Many | Kind::Parts);
    let is_open = match workbook.answered_for() {
        Subject::System => answers.open(questionnaire)[workbook.question()],
        part @ Subject::Part(_) => answers.is_unanswered(questionnaire, workbook.question(), part),
    };
    let is_not_sure = *answers.answer(workbook.question(), workbook.answered_for()) == Answer::NotSure;
    (is_choice && is_open && !is_not_sure)
        .then(|| format!("{} has no answer yet; Space chooses an option", question.title))
}

/// Chooses an option by its position.
pub fn pick(desk: &mut Desk, position: usize) {
    let question = &desk.workbook.questionnaire()[desk.workbook.question()];
    if let Some(option) = question.option_ids().nth(position) {
        choose_row(desk, Row::Option(option));
    } else {
        let count = question.options.len();
        desk.say(format!("There is no option {}; the last one is {count}", position + 1));
    }
}

/// Answers that the team is not sure, or that the question does not apply.
pub fn answer(desk: &mut Desk, answer: Answer) {
    let done = desk.workbook.answer(answer);
    if desk.say_refusal(done).is_some() {
        say_if_for_none(desk);
    }
}

/// Clears the answer, or removes the part under the cursor.
pub fn clear(desk: &mut Desk) {
    if let Some(Row::Part(part)) = desk.workbook.row() {
        let removed = desk.workbook.remove_part(part);
        return desk.say(format!("{} removed", removed.name));
    }
    let done = desk.workbook.clear();
    desk.say_refusal(done);
}

/// Picks one more part of the kind under the cursor.
pub fn add_part(desk: &mut Desk) {
    let kind = match desk.workbook.row() {
        Some(Row::Option(kind)) => kind,
        Some(Row::Part(part)) => desk.workbook.answers()[part].kind,
        _ => return desk.say("Move the cursor to a kind of part first"),
    };
    let done = desk.workbook.add_part(kind);
    desk.say_refusal(done);
}

/// Opens a text field for the name of the part under the cursor, or else for the question's answer or note.
///
/// Right after a kind was picked, the cursor is still on the kind, so its newest part counts as well.
pub fn write(desk: &mut Desk) {
    let workbook = &desk.workbook;
    let part = match workbook.row() {
        Some(Row::Part(part)) => Some(part),
        Some(Row::Option(kind)) if workbook.questionnaire()[workbook.question()].kind == Kind::Parts => {
            workbook.answers().part_ids().rfind(|part| workbook.answers()[*part].kind == kind)
        }
        _ => None,
    };
    let (writing, field) = match (part, workbook.text_at_hand()) {
        (Some(part), _) => {
            let name = &workbook.answers()[part].name;
            (Writing::Name(part), TextField::line(format!("Name of the part {name}"), name))
        }
        (_, text) => {
            let ask = &workbook.questionnaire()[workbook.question()].ask;
            let about = match text {
                Text::Note(_) => format!("Note on: {ask}"),
                Text::Answer(_) => ask.clone(),
            };
            (Writing::Text(text), TextField::text(about, workbook.text(text), workbook.text_name(text)))
        }
    };
    (desk.writing, desk.field) = (Some(writing), Some(field));
}

/// Asks which language (or other candidate) a part stays in, starting with the previous answer.
fn ask_what_stays(desk: &mut Desk, part: PartId) {
    let (questionnaire, answers) = (desk.workbook.questionnaire(), desk.workbook.answers());
    let before = match &answers[part].plan {
        Plan::ToDecide => "",
        Plan::StaysIn(candidate) => &questionnaire[*candidate].name,
        Plan::StaysOther(other) => other,
    };
    let about = format!(
        "{} stays as it is. In which {}? {}, or any other name, which is only shown. Leave this empty to reopen \
         the decision.",
        answers[part].name,
        questionnaire.noun().one,
        questionnaire.names(questionnaire.all_candidates(), "or")
    );
    let field = TextField::line(about, before);
    (desk.writing, desk.field) = (Some(Writing::Plan(part)), Some(field));
}

/// Stores the current text of a note or answer.
pub fn keep_text(desk: &mut Desk, written: &str) {
    if let Some(Writing::Text(text)) = desk.writing {
        desk.workbook.write_text(text, written);
    }
}

/// Applies the text of a closed field.
pub fn take_field(desk: &mut Desk, field: &TextField) {
    let Some(writing) = desk.writing.take() else { return };
    // Closing the field without a change has no effect.
    if !field.is_changed() {
        return;
    }
    let written = field.written();
    match writing {
        Writing::Text(_) => {}
        Writing::Name(part) => {
            if let Some(taken) = desk.workbook.rename_part(part, &written).taken() {
                desk.say(taken);
            }
        }
        Writing::Plan(part) => {
            desk.workbook.plan_part(part, &written);
            let part = &desk.workbook.answers()[part];
            let many = &desk.workbook.questionnaire().noun().many;
            match &part.plan {
                Plan::ToDecide => desk.say(format!("{} is open for decision", part.name)),
                Plan::StaysIn(_) => {}
                Plan::StaysOther(other) => {
                    desk.say(format!("“{other}” is not among the {many} here, so it is only shown"));
                }
            }
        }
    }
}

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, desk: &Desk, area: Rect, scrolled: &mut Scrolled) {
    let workbook = &desk.workbook;
    let named = workbook.named(workbook.question());
    let title = match workbook.answered_for() {
        Subject::System => named,
        part @ Subject::Part(_) => format!("{named}, for {}", subject_name(workbook.answers(), part)),
    };
    if let Some(field) = &desk.field {
        return field.draw_in_box(frame, &title, area, scrolled);
    }
    let width = scrolled::text_width(area);
    let table = (frame.area().width >= TABLE).then(|| table_of(workbook, width)).flatten();
    let has_keys = desk.pane == Pane::Question;
    let lines_below = |start: &[String]| content(workbook, table.as_ref(), has_keys, start, width);
    let question = lines_below(&[]);
    let start = start::lines(desk, &question, area.height.saturating_sub(2), width);
    let content = if start.is_empty() { question } else { lines_below(&start) };
    scrolled::draw(frame, area, &title, has_keys, content, scrolled);
}

/// Lays out the options as a table if there are columns for several parts, at least one of which fits.
fn table_of(workbook: &Workbook, width: u16) -> Option<Table> {
    let rows = workbook.rows().into_iter().map(|row| row_words(workbook, row).1.width());
    Table::new(workbook, rows.max().unwrap_or_default(), usize::from(width))
}

fn content(
    workbook: &Workbook,
    table: Option<&Table>,
    has_keys: bool,
    start: &[String],
    width: u16,
) -> Content {
    let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
    let id = workbook.question();
    let question = &questionnaire[id];
    // If the question does not apply to the focused part, the answer for all parts is shown.
    let focus = if question.each_part { workbook.answered_for() } else { workbook.focus() };
    let mut content = Content::default();
    for line in start {
        content.paragraph(line, theme::TEXT, width);
    }
    if !start.is_empty() {
        content.space();
    }
    content.paragraph(&question.ask, theme::STRONG, width);
    match (table, whom_it_counts_for(questionnaire, answers, id, workbook.focus())) {
        (None, Some(scope)) => {
            let style = if workbook.focus() == Subject::System { theme::FAINT } else { theme::SAID };
            content.paragraph(&scope, style, width);
            content.space();
        }
        _ => content.space(),
    }
    add_rows(&mut content, workbook, table, has_keys, width);
    if let Some(table) = table {
        content.space();
        let key = key_for(bindings(), Context::Pane(PaneKeys::Many), &Action::Clear);
        let words = column_words(answers, id, focus, workbook.focus(), key.unwrap_or_default());
        content.paragraph(&words, theme::SAID, width);
        if table.has_differing() {
            let legend = format!("{} marks a part with its own answer.", theme::DIFFERS);
            content.paragraph(&legend, theme::FAINT, width);
        }
    }
    if workbook.is_final() {
        let (decides, exports) = super::record_keys();
        content.space();
        content.paragraph(&final_words(decides, exports, workbook.all_decided()), theme::SAID, width);
    }
    let emphasis = match answers.given(id).emphasis {
        Emphasis::Normal => None,
        Emphasis::Double => Some("Points count double"),
        Emphasis::Ignored => Some("Points are ignored; exclusions still apply"),
    };
    if let Some(words) = emphasis {
        content.space();
        content.paragraph(words, theme::SAID, width);
    }
    // A part whose column is in view already shows its answer there.
    let is_shown = |part: &str| {
        let part = answers.find_part(part).map(Subject::Part);
        table.zip(part).is_some_and(|(table, part)| table.shows(part))
    };
    let others = differing(questionnaire, answers, id, focus).into_iter();
    for (part, words) in others.filter(|(part, _)| !is_shown(part)) {
        content.paragraph(&format!("Different for {part}: {words}"), theme::SAID, width);
    }
    content.space();
    if let Some(reason) = asked_because(questionnaire, answers, id, focus) {
        content.paragraph(&format!("Asked because {reason}"), theme::FAINT, width);
        content.space();
    }
    content.lines.push(Line::styled("Why it matters", theme::FAINT));
    content.paragraph(&question.why, theme::TEXT, width);
    let note = &answers.given(id).note;
    if !note.is_empty() {
        content.space();
        content.lines.push(Line::styled("Note", theme::SAID));
        content.paragraph(note, theme::TEXT, width);
    }
    content
}

/// Adds the rows that can be chosen. While the pane is focused, their keys are shown as well.
fn add_rows(content: &mut Content, workbook: &Workbook, table: Option<&Table>, has_keys: bool, width: u16) {
    let question = &workbook.questionnaire()[workbook.question()];
    if let Some(table) = table {
        table.add_heads(content);
    }
    for (index, row) in workbook.rows().into_iter().enumerate() {
        if row == Row::NotSure && question.kind != Kind::Text {
            content.space();
        }
        let here = index == workbook.row_index();
        let (sign, words) = row_words(workbook, row);
        let style = match row {
            _ if here => theme::STRONG,
            Row::NotSure | Row::NotApplicable if !workbook.is_chosen(row) => theme::FAINT,
            _ => theme::TEXT,
        };
        let key = sign_of(question.kind, row).filter(|_| has_keys).unwrap_or(' ');
        let mut prefix = vec![theme::pointer(here), Span::styled(format!(" {key} "), theme::FAINT)];
        if let Some(table) = table {
            table.add_row(
                content,
                workbook,
                (index, row),
                text::hang(prefix, &words, style, table.options_width()),
            );
            continue;
        }
        let indent = if matches!(row, Row::Part(_)) { "    " } else { "" };
        prefix.push(Span::raw(format!("{indent}{sign} ")));
        let lines = text::hang(prefix, &words, style, width);
        content.row(here, ClickTarget::Row(index), lines);
    }
}

/// Returns the key that chooses a row from anywhere in the pane, if any.
fn sign_of(kind: Kind, row: Row) -> Option<char> {
    let action = match row {
        Row::Option(option) => Action::Pick(option.index()),
        Row::NotSure => Action::NotSure,
        Row::NotApplicable => Action::NotApplicable,
        Row::Part(_) | Row::Text => return None,
    };
    sign_for(bindings(), Context::Pane(PaneKeys::of_question(kind)), &action)
}

/// Returns the sign of an option: round in a single choice, square in a multiple choice.
const fn box_sign(is_square: bool, is_chosen: bool) -> &'static str {
    match (is_square, is_chosen) {
        (false, false) => "( )",
        (false, true) => "(•)",
        (true, false) => "[ ]",
        (true, true) => "[x]",
    }
}

fn row_words(workbook: &Workbook, row: Row) -> (String, String) {
    let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
    let question = &questionnaire[workbook.question()];
    let chosen = workbook.is_chosen(row);
    let round = box_sign(false, chosen);
    match row {
        Row::Option(option) => {
            let words = question[option].text.clone();
            match question.kind {
                Kind::One => (round.to_owned(), words),
                Kind::Many => (box_sign(true, chosen).to_owned(), words),
                Kind::Parts | Kind::Text => {
                    let count = answers.parts().iter().filter(|part| part.kind == option).count();
                    let sign = if count == 0 { "[ ]".to_owned() } else { format!("[{count}]") };
                    (sign, words)
                }
            }
        }
        Row::Part(part) => ("-".to_owned(), part_words(questionnaire, workbook.session(), part)),
        Row::Text => match answers.answer(workbook.question(), Subject::System) {
            Answer::Text(text) => ("¶".to_owned(), text.clone()),
            _ => ("¶".to_owned(), "nothing written yet (optional; goes into the record)".to_owned()),
        },
        Row::NotSure => (round.to_owned(), "Not sure yet".to_owned()),
        Row::NotApplicable => (round.to_owned(), "Does not apply".to_owned()),
    }
}
