//! Tests the table of parts in a question: one column for all parts together, and one for each part that
//! the question concerns. The effect of answers is out of scope.

use langfit::answers::{Answer, Subject};
use langfit::questionnaire::Questionnaire;
use langfit::screen::{View, draw};
use langfit::session::Session;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use unicode_width::UnicodeWidthStr as _;

use crate::screen::{Played, new_session, opened, parse, play_app, play_events, play_on, questionnaire, row};
use crate::support::{about_three, nth_part, of_part, question, session};

const WIDE: (u16, u16) = (200, 60);
const MIDDLE: (u16, u16) = (120, 40);
const LOW: (u16, u16) = (80, 24);

/// Returns a session with parts of these kinds, positioned at the question `arrival`, which is answered for
/// all parts.
fn arrival(kinds: &str) -> Session {
    let questionnaire = questionnaire();
    let mut session = new_session();
    for given in [format!("parts={kinds}"), "arrival=batch".to_owned()] {
        session.assign(&questionnaire, &given).expect("the options exist");
    }
    session
}

const FIVE: &str = "cli,api,ui,pipeline,inference";

fn arrival_of(session: &Session, part: usize) -> Answer {
    let question = questionnaire().find("arrival").expect("the question exists");
    session.answers.answer(question, of_part(&session.answers, part)).clone()
}

/// Returns the rows of the table, starting with its header, or nothing if there is no table. Each row is
/// split before the column for all parts.
fn table(played: &Played) -> Vec<(String, String)> {
    let frame = played.frame();
    let rows: Vec<Vec<&str>> = frame.lines().map(|line| line.split('│').collect()).collect();
    let heads = |pane: &&str| pane.trim_start_matches(|it| "‹› 0123456789".contains(it)).starts_with("all ");
    let first = rows.iter().enumerate().find_map(|(y, row)| Some((y, row.iter().position(heads)?)));
    let Some((first, pane)) = first else { return Vec::new() };
    let before = rows[first][pane].chars().take_while(|it| *it != 'a').count();
    let cut = |line: &&str| {
        let words = |part: String| part.split_whitespace().collect::<Vec<_>>().join(" ");
        (words(line.chars().take(before).collect()), words(line.chars().skip(before).collect()))
    };
    rows[first..].iter().map_while(|row| row.get(pane).map(cut)).collect()
}

/// Returns the header of the table, or an empty string if there is no table.
fn heads(played: &Played) -> String {
    table(played).first().map(|(_, heads)| heads.clone()).unwrap_or_default()
}

/// Returns the text before the header: the number of columns out of view.
fn more(played: &Played) -> String {
    table(played).first().map(|(more, _)| more.clone()).unwrap_or_default()
}

/// Returns the signs of the row with this text.
#[track_caller]
fn signs(played: &Played, text: &str) -> String {
    let is_meant = |words: &str| {
        let words = words.trim_start_matches("> ");
        // The key of a row may come before its text.
        words.starts_with(text) || words.split_once(' ').is_some_and(|(_, words)| words.starts_with(text))
    };
    let found = table(played).into_iter().find(|(words, _)| is_meant(words));
    found.unwrap_or_else(|| panic!("no row {text}:\n{}", played.frame())).1
}

#[test]
fn a_question_shows_a_column_for_each_part() {
    let played = play_on(arrival("api,ui"), "", MIDDLE);
    assert_eq!(heads(&played), "all API UI");
    assert_eq!(signs(&played, "Batch"), "(•) • •", "parts follow, and it shows");
    assert_eq!(signs(&played, "Long-running"), "( ) · ·");
    assert_eq!(signs(&played, "Not sure"), "( ) · ·");
    played.assert_shows("“all” applies to every part without its own answer.");
    assert!(!played.shows("≠"), "none differs");
    assert_eq!(heads(&play_on(arrival("api"), "", MIDDLE)), "", "one part needs no table");
    let types = play_on(arrival("api,ui"), "<go:types>", MIDDLE);
    assert_eq!(heads(&types), "", "nor one answer for all parts");
}

#[test]
fn keys_answer_for_the_current_column() {
    let own = play_on(arrival("api,ui"), "p3", MIDDLE);
    assert_eq!(signs(&own, "Batch"), "(•) ( ) •");
    assert_eq!(signs(&own, "Requests"), "( ) (•) ·");
    own.assert_shows("API has its own answer; Backspace returns to the answer for all parts.");
    own.assert_shows("≠ marks a part with its own answer.");
    let all = play_on(own.session().clone(), "4", MIDDLE);
    assert_eq!(signs(&all, "Batch"), "( ) ( ) ·", "what differs stays");
    assert_eq!(signs(&all, "A stream"), "(•) ( ) •");
    let back = play_on(own.session().clone(), "p<back>", MIDDLE);
    assert_eq!(signs(&back, "Batch"), "(•) • •");
    back.assert_shows("API uses the answer for all parts. A choice here is for API only.");
    for (key, option) in [("s", "Not sure"), ("-", "Does not")] {
        let played = play_on(arrival("api,ui"), &format!("p{key}"), MIDDLE);
        assert_eq!(signs(&played, option), "( ) (•) ·");
    }
    let several = play_on(arrival("api,ui"), "<go:binds>1pp2", MIDDLE);
    let rows = table(&several);
    assert_eq!(rows[2].1, "[x] x [x]");
    assert_eq!(signs(&several, "Not sure"), "( ) · ( )");
    let same = play_on(own.session().clone(), "3p", MIDDLE);
    same.assert_shows("API has its own answer, the same as for all parts; Backspace removes it.");
}

#[test]
fn enter_and_space_answer_for_the_current_column_and_the_preview_is_about_it() {
    let played = play_on(arrival("api,ui"), "P<down><space>", MIDDLE);
    assert_eq!(arrival_of(played.session(), 0), arrival_of(&arrival("api,ui"), 0));
    assert_ne!(arrival_of(played.session(), 1), arrival_of(played.session(), 0));
    let entered = play_on(arrival("api,ui"), "P<down><enter>", MIDDLE);
    assert_eq!(entered.answers(), played.answers());
    let before = play_on(arrival("api,ui"), "P<down>", MIDDLE);
    let preview = before.workbook().preview().expect("an option is under the cursor");
    assert_eq!(preview.answers, *played.answers(), "the preview is what choosing does");
}

/// Returns a questionnaire whose question `some` does not concern the kind `ui`, so such a part has no
/// column. A part for which `some` is hidden has an empty column.
fn concerning() -> Questionnaire {
    let first = question("first", "One, each_part: true", "x; y");
    let some = question("some", "One, concerns: [\"api\", \"job\", \"tool\"], when: Is(\"first/x\")", "u; v");
    about_three(&(question("parts", "Parts", "api; ui; job; tool") + &first + &some), "")
}

#[test]
fn only_parts_that_are_asked_can_be_gone_to() {
    let questionnaire = concerning();
    let mut given = session(&questionnaire, &["parts=api,ui,job,tool", "first=x"]);
    let first = questionnaire.find("first").expect("it is there");
    given.answers.set(first, of_part(&given.answers, 2), Answer::NotApplicable);
    let after = |keys: &str| play_app(opened(questionnaire.clone(), given.clone()), keys, MIDDLE);
    let played = after("<go:some>");
    assert_eq!(heads(&played), "all api job tool");
    assert_eq!(signs(&played, "u"), "( ) · ·", "nothing stands where it is not asked");
    let gone = ["p", "pp", "ppp", "P"].map(|keys| after(&format!("<go:some>{keys}")).workbook().focus());
    let (api, tool) = (of_part(&given.answers, 0), of_part(&given.answers, 3));
    assert_eq!(gone, [api, tool, Subject::System, tool]);
    // In the recommendation pane, every part can get the focus.
    assert_eq!(after("<go:some><tab>pp").workbook().focus(), of_part(&given.answers, 1));
    let elsewhere = after("<go:some><tab>pp<esc>1");
    elsewhere.assert_shows("This question does not apply to ui; “all” applies to every part");
    let some = questionnaire.find("some").expect("it is there");
    assert!(!elsewhere.answers().has_own(some, nth_part(elsewhere.answers(), 1)), "it has nothing to answer");
    assert!(!elsewhere.answers().answer(some, Subject::System).is_open());
    // A narrow screen has no columns, so its text says “the answer” instead of “all”.
    let narrow =
        play_app(opened(questionnaire.clone(), given.clone()), "<go:some>p<tab>p<tab><tab>", (60, 20));
    narrow.assert_shows("This question does not apply to ui; the answer is for");
}

#[test]
fn columns_that_do_not_fit_scroll() {
    let played = play_on(arrival(FIVE), "", WIDE);
    assert_eq!(heads(&played), "all CLI API UI Pipeline Inference", "here all fit");
    let shown = |keys: &str, size| heads(&play_on(arrival(FIVE), keys, size));
    assert_eq!(shown("", MIDDLE), "all CLI API UI");
    assert_eq!(more(&play_on(arrival(FIVE), "", MIDDLE)), "› 2");
    assert_eq!(more(&play_on(arrival(FIVE), "pppp", MIDDLE)), "‹ 2 › 1");
    assert_eq!(shown("P", MIDDLE), "all Pipe… Infe…");
    let low = ["", "p", "pp", "ppp", "pppp", "P"].map(|keys| shown(keys, LOW));
    assert_eq!(low, ["all CLI", "all CLI", "all API", "all UI", "all Pipe…", "all Infe…"]);
    // Differing answers out of view are listed in words.
    let played = play_on(arrival(FIVE), "P1ppp", MIDDLE);
    played.assert_shows("Different for Inference: Interactive");
    assert!(!play_on(arrival(FIVE), "P1ppp", WIDE).shows("Different for"));
}

#[test]
fn names_with_one_beginning_are_told_apart() {
    let mut session = arrival("api,api,pipeline,pipeline");
    for (part, name) in ["Data import", "Data import of partners", "Data export", "Data"].iter().enumerate() {
        let part = nth_part(&session.answers, part);
        session.answers.rename(part, name);
    }
    let played = play_on(session.clone(), "", MIDDLE);
    assert_eq!(heads(&played), "all Dat…t Dat…s", "{}", played.frame());
    let played = play_on(session, "P", WIDE);
    assert_eq!(heads(&played), "all Data import Data import of … Data export Data");
}

#[test]
fn a_narrow_screen_shows_one_part_at_a_time() {
    for size in [(60, 20), (40, 12), (79, 24)] {
        let played = play_on(arrival(FIVE), "pp1", size);
        assert_eq!(heads(&played), "");
        assert_eq!(played.title(), "2 How work arrives, for API");
        played.assert_shows("(•) Interactive");
        assert_ne!(arrival_of(played.session(), 1), arrival_of(played.session(), 0));
    }
}

/// In a short pane, the options scroll below the header, and a click chooses the option shown at that place.
#[test]
fn heads_stay_in_view() {
    let played = play_on(arrival(FIVE), &"<down>".repeat(6), (80, 16));
    played.assert_shows("↑");
    assert_eq!(heads(&played), "all CLI");
    played.assert_shows("> - Does not apply");
    let cursor = played.terminal.backend().cursor_position();
    let buffer = played.terminal.backend().buffer();
    assert!(row(buffer, cursor.y).contains("> - Does not apply"), "the real cursor is there");
    let clicked = click(&arrival(FIVE), &"<down>".repeat(6), (80, 16), "CLI", "- Does not");
    assert_eq!(arrival_of(clicked.session(), 0), Answer::NotApplicable);
    assert_eq!(clicked.chosen("arrival"), ["batch"], "the others are as they were");
}

/// Turns the mouse on, presses keys, and clicks in the column of this header on the row of this text.
fn click(session: &Session, keys: &str, size: (u16, u16), head: &str, on: &str) -> Played {
    let mut events: Vec<Event> = parse("M").into_iter().chain(parse(keys)).map(Event::Key).collect();
    let played = play_events(session.clone(), events.clone(), size, None);
    let buffer = played.terminal.backend().buffer();
    let column = |y: u16, text: &str| {
        let line = row(buffer, y);
        line.find(text).map(|at| line[..at].width() as u16)
    };
    let place = |text: &str| (2..size.1).find_map(|y| Some((column(y, text)?, y)));
    let is_head = |y: &u16| [" all API", " all CLI"].iter().any(|heads| column(*y, heads).is_some());
    let heads = (2..size.1).find(is_head).expect("there is a table");
    let x = column(heads, &format!(" {head}")).expect("the head is shown") + 1;
    let (_, y) = place(on).expect("the row is shown");
    let kind = MouseEventKind::Down(MouseButton::Left);
    events.push(Event::Mouse(MouseEvent { kind, column: x, row: y, modifiers: KeyModifiers::NONE }));
    play_events(session.clone(), events, size, None)
}

#[test]
fn a_click_on_a_cell_chooses_for_its_column() {
    let session = arrival("api,ui");
    let played = click(&session, "", MIDDLE, "UI", "A stream");
    assert_eq!(signs(&played, "A stream"), "( ) · (•)");
    assert_eq!(played.workbook().focus(), of_part(played.answers(), 1), "and makes it the current one");
    let played = click(&session, "p", MIDDLE, "all", "A stream");
    assert_eq!(signs(&played, "A stream"), "(•) • •");
    assert_eq!(played.workbook().focus(), Subject::System);
    let played = click(&session, "", MIDDLE, "API", "Not sure");
    assert_eq!(arrival_of(played.session(), 0), Answer::NotSure);
}

#[test]
fn a_click_on_a_head_makes_its_column_current() {
    let session = arrival("api,ui");
    let played = click(&session, "", MIDDLE, "UI", "all ");
    assert_eq!(played.workbook().focus(), of_part(played.answers(), 1));
    assert_eq!(*played.answers(), session.answers, "and answers nothing");
    played.assert_shows("Answers and ranking are now for UI only");
}

/// Snapshots of the table at every size, with answers that differ, are not asked or do not fit.
#[test]
fn the_table_at_every_size() {
    for size in [WIDE, MIDDLE, LOW, (60, 20), (40, 12)] {
        let played = play_on(arrival(FIVE), "ppp1pssp", size);
        insta::assert_snapshot!(format!("five_{}x{}", size.0, size.1), played.frame());
    }
}

/// Checks that the right border of every pane is unbroken.
#[track_caller]
fn assert_borders(buffer: &Buffer, what: &str) {
    let top: Vec<u16> = (0..buffer.area.width).filter(|x| buffer[(*x, 1)].symbol() == "┐").collect();
    let last = buffer.area.height - 3;
    for y in 2..last {
        assert!(top.iter().all(|x| buffer[(*x, y)].symbol() == "│"), "row {y} {what}:\n{}", row(buffer, y));
    }
}

#[test]
fn names_of_double_width_are_measured() {
    let mut session = arrival("api,ui,pipeline");
    for (part, name) in ["接口服务", "用户界面", "数据处理流水线"].iter().enumerate() {
        let part = nth_part(&session.answers, part);
        session.answers.rename(part, name);
    }
    for size in [WIDE, MIDDLE, LOW] {
        for keys in ["", "p1", "pp", "P2"] {
            let played = play_on(session.clone(), keys, size);
            let mut fresh = Terminal::new(TestBackend::new(size.0, size.1)).expect("it cannot fail");
            let drawn = fresh.draw(|frame| draw(frame, &played.app, &mut View::default()));
            assert_borders(drawn.expect("it cannot fail").buffer, &format!("{keys} {size:?}"));
        }
    }
    assert_eq!(heads(&play_on(session, "", WIDE)), "all 接口服务 用户界面 数据处理流水线");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// No screen size and no part names cause a panic.
    #[test]
    fn any_table_can_be_drawn(
        names in prop::collection::vec("[a-z界é\u{301}👩 ]{1,24}", 1..9),
        width in 0_u16..220,
        height in 0_u16..50,
        steps in 0_usize..10,
    ) {
        let questionnaire = questionnaire();
        let mut session = arrival(&vec!["api"; names.len()].join(","));
        for (part, name) in names.iter().enumerate() {
            let part = nth_part(&session.answers, part);
            let free = session.answers.free_name(name);
            if !free.trim().is_empty() {
                session.answers.rename(part, &free);
            }
        }
        let played = play_app(opened(questionnaire, session), &format!("{}1", "p".repeat(steps)), (width, height));
        prop_assert!(!played.left);
    }
}

/// The cursor of another part would make Enter replace the answer.
#[test]
fn the_cursor_goes_to_the_answer_of_the_part() {
    let row = |keys: &str| play_on(arrival("api,ui"), keys, MIDDLE).workbook().row_index();
    assert_eq!(row("p3pP"), 2, "API has its own answer");
    assert_eq!(row("p3<up><up>pP"), 2);
    assert_eq!(row("<down>p"), row("<down>"), "API has none of its own");
}

#[test]
fn an_answer_for_all_that_counts_for_none_is_pointed_out() {
    let said = Some("Every part has its own answer, so this one counts for none; p selects a part");
    assert_eq!(play_on(arrival("api,ui"), "p1p1p3", MIDDLE).message(), said);
    assert_ne!(play_on(arrival("api,ui"), "p1pp3", MIDDLE).message(), said, "it counts for UI");
}
