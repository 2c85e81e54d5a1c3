//! Tests other writing systems on the screen: widths, borders and the caret are correct for double-width
//! characters, combining marks, right-to-left text and emoji. How a terminal handles direction is out of
//! scope.

use langfit::questionnaire::Questionnaire;
use langfit::screen::{App, View, draw};
use langfit::session::Session;
use ratatui::backend::{Backend, CrosstermBackend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::Event;
use ratatui::layout::{Position, Rect};
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::rc::Rc;
use unicode_width::UnicodeWidthStr as _;

use crate::screen::{Played, opened, parse as keys, play_app, play_events, row};
use crate::support::parse;

const SIZES: [(u16, u16); 5] = [(200, 60), (120, 40), (80, 24), (60, 20), (40, 12)];
const JOURNEYS: [&str; 9] = ["", "l1", "<down>1", "l<down>", "w", "m", "r", "1<tab><enter>", "/"];

fn chinese() -> Questionnaire {
    parse(include_str!("data/chinese.ron"))
}

fn marks() -> Questionnaire {
    parse(include_str!("data/marks.ron"))
}

fn played(questionnaire: &Questionnaire, keys: &str, size: (u16, u16)) -> Played {
    let session = Session::new(questionnaire);
    play_app(opened(questionnaire.clone(), session), keys, size)
}

/// Checks that every row of the panes starts and ends with a border, and that every vertical border is
/// closed.
#[track_caller]
fn assert_borders(buffer: &Buffer, what: &str) {
    let Rect { width, height, .. } = buffer.area;
    let symbol = |x: u16, y: u16| buffer[(x, y)].symbol();
    let is_border = |symbol: &str| matches!(symbol, "│" | "┌" | "┐" | "└" | "┘");
    let footer = if height >= 16 { 2 } else { 1 };
    for y in 1..height - footer {
        assert!(is_border(symbol(0, y)) && is_border(symbol(width - 1, y)), "row {y} of {what}");
    }
    for x in 0..width {
        if symbol(x, 1) == "┌" {
            let end = (2..height)
                .find(|y| symbol(x, *y) == "└")
                .unwrap_or_else(|| panic!("no end of column {x} of {what}"));
            assert!((2..end).all(|y| symbol(x, y) == "│" || is_border(symbol(x, y))), "column {x} of {what}");
        }
    }
}

#[test]
fn borders_stand_straight_at_every_size() {
    for (name, questionnaire) in [("Chinese", chinese()), ("marks", marks())] {
        for size in SIZES {
            for journey in JOURNEYS {
                let played = played(&questionnaire, journey, size);
                // Draw a fresh frame, because cells covered by double-width symbols keep content from earlier
                // frames.
                let fresh = fresh(&played.app, size);
                assert_borders(fresh.backend().buffer(), &format!("{name} {journey} {size:?}"));
            }
        }
    }
}

/// A terminal emulator that processes the bytes of successive frames shows what was drawn. Nothing is
/// shifted by a different width, and nothing is left over from an earlier frame.
#[test]
fn a_terminal_shows_what_was_drawn() {
    const KEYS: [&str; 12] =
        ["l", "1", "<down>", "<up>", "h", "r", "<esc>", "m", "<esc>", "w", "<esc>", "<tab>"];
    // Emoji, Devanagari and joiners are replaced with `x`: terminals disagree about the widths of joined
    // emoji and conjuncts, and the emulator counts code points.
    let text: String = include_str!("data/marks.ron").chars().map(plain).collect();
    for questionnaire in [chinese(), parse(&text)] {
        for (width, height) in [(120, 40), (80, 24), (40, 12)] {
            let bytes = Bytes::default();
            let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
            let mut terminal = Terminal::with_options(CrosstermBackend::new(bytes.clone()), options)
                .expect("a fixed viewport asks nothing of the terminal");
            let [rows, columns] = [height, width].map(|size| size.try_into().expect("it is not zero"));
            let mut screen = vt100::Parser::new(rows, columns, 0);
            for count in 0..=KEYS.len() {
                let journey = KEYS[..count].concat();
                let played = played(&questionnaire, &journey, (width, height));
                let mut view = View::default();
                terminal.draw(|frame| draw(frame, &played.app, &mut view)).expect("memory can be written");
                screen.process(&bytes.take());
                let fresh = fresh(&played.app, (width, height));
                for y in 0..height {
                    let shown = screen.screen().rows(0, width).nth(usize::from(y)).unwrap_or_default();
                    let drawn = row(fresh.backend().buffer(), y);
                    assert_eq!(shown.trim_end(), drawn, "row {y} after {journey} at {width}×{height}");
                }
            }
        }
    }
}

fn plain(character: char) -> char {
    match character {
        '\u{200d}' | '\u{900}'..='\u{97f}' | '\u{1f000}'..='\u{1faff}' => 'x',
        character => character,
    }
}

/// An in-memory output for a terminal.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Bytes {
    fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl std::io::Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Draws the state on an empty screen.
fn fresh(app: &App, (width, height): (u16, u16)) -> Terminal<TestBackend> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("the test backend cannot fail");
    terminal.draw(|frame| draw(frame, app, &mut View::default())).expect("the test backend cannot fail");
    terminal
}

fn frame(questionnaire: &Questionnaire, journey: &str, size: (u16, u16)) -> String {
    let fresh = fresh(&played(questionnaire, journey, size).app, size);
    let rows = (0..size.1).map(|y| row(fresh.backend().buffer(), y));
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn frames_in_chinese() {
    for size in [(120, 40), (80, 24), (40, 12)] {
        let frame = frame(&chinese(), "l1<down>", size);
        insta::assert_snapshot!(format!("chinese_{}x{}", size.0, size.1), frame);
    }
}

#[test]
fn frames_with_combining_marks_and_right_to_left_text() {
    for size in [(120, 40), (80, 24), (40, 12)] {
        let frame = frame(&marks(), "3<up>", size);
        insta::assert_snapshot!(format!("marks_{}x{}", size.0, size.1), frame);
    }
}

/// Pastes a text into a note and presses keys. Returns the column of the caret in the text, counted from 0.
fn caret(text: &str, moves: &str) -> u16 {
    let mut events: Vec<Event> = keys("n").into_iter().map(Event::Key).collect();
    events.push(Event::Paste(text.to_owned()));
    events.extend(keys(moves).into_iter().map(Event::Key));
    let mut played = play_events(crate::screen::new_session(), events, (40, 24), None);
    let Position { x, .. } =
        Backend::get_cursor_position(played.terminal.backend_mut()).expect("it is shown");
    // Subtract the border and one column of padding.
    x - 2
}

#[test]
fn the_caret_goes_by_what_a_reader_sees_as_one_character() {
    let decomposed = "e\u{301}a";
    assert_eq!(caret(decomposed, ""), 2);
    assert_eq!(caret(decomposed, "<left>"), 1);
    assert_eq!(caret(decomposed, "<left><left>"), 0, "letter and mark are one step");
    assert_eq!(caret(decomposed, "<left><left><right>"), 1);
    assert_eq!(caret("语言", "<left>"), 2, "double width");
    let family = "👩\u{200d}👩\u{200d}👧";
    assert_eq!(family.width(), 2);
    assert_eq!(caret(family, "<left>"), 0, "several code points, one character");
    assert_eq!(caret(&format!("{decomposed}\nab"), "<up><left><left><down>"), 0);
}

#[test]
fn deleting_takes_the_whole_character() {
    let note = |text: &str, keys_after: &str| {
        let mut events: Vec<Event> = keys("n").into_iter().map(Event::Key).collect();
        events.push(Event::Paste(text.to_owned()));
        events.extend(keys(keys_after).into_iter().map(Event::Key));
        let played = play_events(crate::screen::new_session(), events, (80, 24), None);
        played.note().to_owned()
    };
    assert_eq!(note("ae\u{301}", "<back>"), "a");
    assert_eq!(note("x👩\u{200d}👩\u{200d}👧", "<back>"), "x");
    assert_eq!(note("语言", "<back>"), "语");
    assert_eq!(note("e\u{301}a", "<left><back>"), "a");
}

#[test]
fn long_text_without_spaces_is_wrapped_and_none_of_it_is_lost() {
    let questionnaire = chinese();
    let ask = &questionnaire.questions()[1].ask;
    let played = played(&questionnaire, "l", (40, 24));
    let frame: String = played.frame().chars().filter(|character| !"│ ".contains(*character)).collect();
    let shown: String = frame.chars().filter(|character| *character != '\n').collect();
    assert!(shown.contains(ask.as_str()), "{shown}");
    // No line starts with a punctuation mark.
    let begins = |line: &str| line.trim_start_matches(['│', ' ', '>']).starts_with(['，', '。', '？']);
    assert!(!played.frame().lines().any(begins), "{}", played.frame());
}
