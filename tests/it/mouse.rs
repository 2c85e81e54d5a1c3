//! Tests the mouse: what clicks and the wheel do. How a terminal reports them is out of scope.

use langfit::action::Pane;
use langfit::session::Session;
use ratatui::crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::frames::billing;
use crate::screen::{Played, new_session, parse, play_events, play_on, questionnaire};

const SIZE: (u16, u16) = (120, 40);

enum Do {
    Press(&'static str),
    /// Clicks the nth occurrence of a text on the screen after the previous steps.
    Click(&'static str, usize),
    /// Turns the wheel over this text.
    Wheel(&'static str, MouseEventKind),
}

use Do::{Click, Press, Wheel};

/// Turns the mouse on, then plays keys and clicks. Every click looks up its position on the current screen.
fn play(session: &Session, script: &[Do], size: (u16, u16)) -> Played {
    let mut events: Vec<Event> = parse("M").into_iter().map(Event::Key).collect();
    let mouse =
        |kind, (column, row)| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    for step in script {
        let now = || play_events(session.clone(), events.clone(), size, None);
        let next = match step {
            Press(keys) => parse(keys).into_iter().map(Event::Key).collect(),
            Click(text, nth) => {
                let at = place(&now(), text, *nth);
                vec![
                    mouse(MouseEventKind::Down(MouseButton::Left), at),
                    mouse(MouseEventKind::Up(MouseButton::Left), at),
                ]
            }
            Wheel(text, kind) => vec![mouse(*kind, place(&now(), text, 0))],
        };
        events.extend(next);
    }
    play_events(session.clone(), events, size, None)
}

fn place(played: &Played, text: &str, nth: usize) -> (u16, u16) {
    let frame = played.frame();
    let found = frame.lines().enumerate().flat_map(|(row, line)| {
        line.match_indices(text).map(move |(at, _)| (line[..at].chars().count() as u16, row as u16))
    });
    found.into_iter().nth(nth).unwrap_or_else(|| panic!("not shown: {text}\n{frame}"))
}

#[test]
fn a_click_on_an_option_chooses_it_and_takes_it_back() {
    let played = play(&new_session(), &[Click("Packages: the problem", 0)], SIZE);
    assert_eq!(played.chosen("draw"), ["packages"]);
    assert_eq!((played.pane(), played.workbook().row_index()), (Pane::Question, 1));
    assert_eq!(played.saves.len(), 1, "letting the button go does nothing");
    let played = play(&new_session(), &[Click("in some ecosystem", 0)], SIZE);
    assert_eq!(played.chosen("draw"), ["packages"], "its second line is the option as well");
    let mut session = new_session();
    session.assign(&questionnaire(), "team-stack=go,python").expect("the options exist");
    let played = play(&session, &[Click("[x] Python", 0)], SIZE);
    assert_eq!(played.chosen("team-stack"), ["go"]);
}

#[test]
fn a_click_in_the_outline_goes_to_the_question() {
    let played = play(&new_session(), &[Click("What the team runs", 0)], SIZE);
    assert_eq!(played.pane(), Pane::Outline);
    played.assert_shows("┌ 8 What the team runs");
    assert!(played.saves.is_empty(), "going there answers nothing");
}

#[test]
fn clicks_on_a_candidate_move_the_cursor_and_open_its_ledger() {
    let session = billing();
    let once = [Press("p"), Click("│████", 1)];
    let played = play(&session, &once, SIZE);
    assert_eq!(played.pane(), Pane::Advice);
    assert!(played.is_closed());
    played.assert_shows("> TypeScript");
    let twice = [Press("p"), Click("│████", 1), Click("│████", 1)];
    let played = play(&session, &twice, SIZE);
    assert_eq!(played.page(), Some("ledger"), "{}", played.frame());
    played.assert_shows("TypeScript");
}

/// A click in a pane but not on a candidate only moves the focus.
#[test]
fn a_click_beside_everything_gives_the_pane_the_keys() {
    let played = play(&billing(), &[Click("Recommendation", 0)], SIZE);
    assert_eq!(played.pane(), Pane::Advice);
    let played = play(&billing(), &[Click("Enterprise core", 0)], SIZE);
    let first = play(&billing(), &[Press("<tab>")], SIZE);
    assert_eq!(played.frame(), first.frame(), "the cursor stays on the first candidate");
    let played = play(&billing(), &[Click("langfit", 0)], SIZE);
    assert_eq!(played.pane(), Pane::Question, "the header is no pane");
}

#[test]
fn the_wheel_scrolls_what_is_under_the_pointer() {
    let size = (80, 24);
    let before = play(&billing(), &[Press("p")], size);
    let down = [Press("p"), Wheel("Recommendation", MouseEventKind::ScrollDown)];
    let played = play(&billing(), &down, size);
    assert_eq!(played.cursor(), before.cursor(), "nothing else happens");
    played.assert_shows("↑ 3");
    let both = [
        Press("p"),
        Wheel("Recommendation", MouseEventKind::ScrollDown),
        Wheel("↑ 3", MouseEventKind::ScrollUp),
        Wheel("↓", MouseEventKind::ScrollUp),
    ];
    let played = play(&billing(), &both, size);
    assert!(!played.shows("↑ 3"), "back at the top:\n{}", played.frame());
    let help = [Press("?"), Wheel("Here:", MouseEventKind::ScrollDown)];
    play(&billing(), &help, size).assert_shows("↑ 3");
}

#[test]
fn a_page_over_the_panes_blocks_clicks_on_them() {
    let played = play(&new_session(), &[Press("?"), Click("choose", 0)], SIZE);
    assert_eq!(played.page(), Some("help"));
    assert!(played.saves.is_empty(), "nothing has changed");
}

#[test]
fn a_click_elsewhere_ends_writing_and_keeps_the_text() {
    let written = [Press("na thought"), Click("What the team runs", 0)];
    let played = play(&new_session(), &written, SIZE);
    played.assert_shows("┌ 8 What the team runs");
    assert_eq!(played.note_on("draw"), "a thought");
    let within = [Press("na thought"), Click("a thought", 0), Press("!")];
    let played = play(&new_session(), &within, SIZE);
    assert_eq!(played.note_on("draw"), "a thought!", "the field keeps the keys");
}

#[test]
fn a_key_turns_the_mouse_on_and_off() {
    assert!(!play_on(new_session(), "", SIZE).mouse, "the terminal's own selection works");
    let played = play(&new_session(), &[], SIZE);
    assert!(played.mouse);
    played.assert_shows("Mouse on:");
    assert!(!play(&new_session(), &[Press("M")], SIZE).mouse);
}

#[test]
fn while_the_mouse_is_off_nothing_is_a_click() {
    let session = new_session();
    let played = play(&session, &[Press("M"), Click("Packages: the problem", 0)], SIZE);
    assert_eq!(*played.session(), session, "somebody else may have sent it");
    let played = play(&session, &[Press("M?"), Wheel("Here:", MouseEventKind::ScrollDown)], (80, 24));
    assert!(!played.shows("↑ 3"), "{}", played.frame());
}

/// While a page is open, a click on the recommendation beside it does not move the focus.
#[test]
fn a_click_beside_a_page_moves_nothing_that_is_hidden() {
    for page in ["i", "i<enter>New title", "r", "e", "e<end><up><enter>", "S", "D"] {
        let script = [Press(page), Click("Recommendation", 0), Press("<esc>")];
        let played = play(&billing(), &script, SIZE);
        assert_eq!(played.pane(), Pane::Question, "after {page}");
    }
    let script = [Press("i<enter>New title"), Click("Recommendation", 0), Press("<down>")];
    let played = play(&billing(), &script, SIZE);
    assert_eq!(played.session().details.title, "New title", "the line is kept");
    assert_eq!(played.page(), Some("details"), "and the page has the keys");
    played.assert_shows("> System");
}

#[test]
fn no_size_and_no_place_panics() {
    for size in [(120, 40), (80, 24), (40, 12), (24, 6), (10, 3), (1, 1)] {
        for keys in ["", "?", "nnote", "<tab>"] {
            let mut events: Vec<Event> = parse("M").into_iter().chain(parse(keys)).map(Event::Key).collect();
            for column in (0..=size.0).step_by(7) {
                for row in (0..=size.1).step_by(3) {
                    for kind in [
                        MouseEventKind::Down(MouseButton::Left),
                        MouseEventKind::ScrollDown,
                        MouseEventKind::ScrollUp,
                    ] {
                        let modifiers = KeyModifiers::NONE;
                        events.push(Event::Mouse(MouseEvent { kind, column, row, modifiers }));
                    }
                }
            }
            assert!(!play_events(billing(), events, size, None).left);
        }
    }
}
