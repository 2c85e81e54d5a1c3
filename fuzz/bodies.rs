//! The bodies of the fuzz targets. Each function panics if the program's output fails a check.
//!
//! cargo-fuzz runs them, and `tests/it/fuzz.rs` runs them briefly. They must not depend on the caller.

use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use langfit::action::Action;
use langfit::keys::resolve;
use langfit::linear::{Conversation, Keeper, converse};
use langfit::lint::lint;
use langfit::questionnaire::Questionnaire;
use langfit::record::{Dialect, RecordOptions, advice_json, render};
use langfit::sanitize::is_hidden;
use langfit::screen::{App, Report, View, bindings, draw};
use langfit::session::{Session, Unsaved};
use langfit::source::{Rejected, Source};
use langfit::wording::advice_text;
use langfit::workbook::Workbook;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

static SHIPPED: LazyLock<Arc<Questionnaire>> = LazyLock::new(|| Arc::new(langfit::built_in::questionnaire()));

/// Parses a questionnaire. If it is valid, checks its warnings, advice, records and a blank session.
pub fn questionnaire(data: &[u8]) {
    let source = Source::new("fuzz.ron", String::from_utf8_lossy(data));
    let questionnaire = match Questionnaire::parse(&source) {
        Ok(questionnaire) => questionnaire,
        Err(rejected) => return check_message(&rejected),
    };
    for warning in lint(&questionnaire) {
        check_text(&source.render(&warning));
    }
    let session = Session::new(&questionnaire);
    check_outputs(&questionnaire, &session);
    check_round(&questionnaire, &session);
}

/// Parses a session of the built-in questionnaire. A valid session must read back unchanged after it is
/// saved.
pub fn session(data: &[u8]) {
    let source = Source::new("fuzz.ron", String::from_utf8_lossy(data));
    match Session::parse(&source, &SHIPPED) {
        Ok(session) => {
            check_outputs(&SHIPPED, &session);
            check_round(&SHIPPED, &session);
        }
        Err(rejected) => check_message(&rejected),
    }
}

/// Feeds the input to linear mode, and checks the output and the session.
pub fn linear(data: &[u8]) {
    let mut conversation = Conversation::new(workbook());
    let mut output = Vec::new();
    let mut input = Cursor::new(&data[..data.len().min(2000)]);
    let ended = converse(&mut conversation, &mut input, &mut output, &mut Nowhere, false);
    assert!(ended.is_ok(), "{ended:?}");
    check_text(std::str::from_utf8(&output).expect("what is said is text"));
    check_round(&SHIPPED, conversation.session());
}

/// Sends events such as keys, pastes and clicks, and checks every frame.
pub fn keys(data: &[u8]) {
    /// Maximum number of events; longer runs cost time and find little more.
    const KEYS: usize = 300;
    let mut app = App::new(workbook(), "docs/decisions/".to_owned());
    let mut view = View::default();
    let (width, height) = data.first().map_or((80, 24), |first| SIZES[usize::from(*first) % SIZES.len()]);
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("the test backend cannot fail");
    let mut bytes = data.iter().copied().skip(1);
    for _ in 0..KEYS {
        let Some(byte) = bytes.next() else { break };
        terminal.draw(|frame| draw(frame, &app, &mut view)).expect("the test backend cannot fail");
        match happening(&app, &mut view, byte, &mut bytes) {
            Some(Happening::Asked(Action::Quit)) => break,
            Some(Happening::Asked(action)) => drop(app.update(action)),
            Some(Happening::Reported(report)) => drop(app.take_report(report)),
            Some(Happening::Paused) => drop(app.desk_mut().workbook.find_outlook()),
            None => {}
        }
        for cell in terminal.backend().buffer().content() {
            assert!(!cell.symbol().contains(is_hidden), "on the screen: {:?}", cell.symbol());
        }
    }
    app.update(Action::Quit);
    check_round(&SHIPPED, app.workbook().session());
}

/// Screen sizes in columns and rows, some of them extreme.
const SIZES: [(u16, u16); 6] = [(80, 24), (120, 40), (40, 12), (1, 1), (200, 5), (20, 60)];

/// Keys without a character, selected by the bytes 128 to 199.
const NAMED: [KeyCode; 14] = [
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
];

/// Texts to paste, selected by the bytes 200 to 215.
const PASTED: [&str; 8] = [
    "\u{1b}[31m\u{202e}\u{200b}",
    "e\u{301}\u{301} 👩\u{200d}💻 日本語 עברית",
    "two\nlines\r\n\tthree",
    "\\u{41} \"quoted\" # | `x` <b>",
    "\u{e0041}\u{ad}\u{9b}",
    "=cmd() {{ 7*7 }}",
    "2026-02-30; 2026-12-31",
    "\u{fffd}\u{0}",
];

/// An event for the program.
enum Happening {
    /// The user requests an action.
    Asked(Action),
    /// The terminal front end reports the result of an effect.
    Reported(Report),
    /// The user is idle, so the outlook is computed.
    Paused,
}

fn happening(
    app: &App,
    view: &mut View,
    byte: u8,
    bytes: &mut impl Iterator<Item = u8>,
) -> Option<Happening> {
    let key = |code, modifiers| resolve(bindings(), app.context(), KeyEvent::new(code, modifiers));
    let action = match byte {
        1..=26 => key(KeyCode::Char(char::from(b'a' + byte - 1)), KeyModifiers::CONTROL),
        0..=127 => key(KeyCode::Char(char::from(byte)), KeyModifiers::NONE),
        128..=199 => key(NAMED[usize::from(byte - 128) % NAMED.len()], KeyModifiers::NONE),
        200..=215 => Some(Action::Paste(PASTED[usize::from(byte - 200) % PASTED.len()].to_owned())),
        216..=219 => Some(Action::Paste(PASTED[0].repeat(usize::from(bytes.next().unwrap_or(0)) * 30))),
        220..=229 => {
            let at = (u16::from(bytes.next().unwrap_or(0)), u16::from(bytes.next().unwrap_or(0)));
            view.hit(at.0, at.1).map(Action::Click)
        }
        230..=233 => {
            view.wheel(u16::from(bytes.next().unwrap_or(0)), 5, if byte.is_multiple_of(2) { 3 } else { -3 });
            None
        }
        234..=240 => return Some(Happening::Paused),
        241 => {
            let failed = Unsaved::Failed("\u{1b}[2Jfull".to_owned());
            return Some(Happening::Reported(Report::Saved(Err(failed))));
        }
        242 => return Some(Happening::Reported(Report::Saved(Ok(())))),
        _ => key(KeyCode::Char(char::from_u32(0x2000 + u32::from(byte)).unwrap_or('x')), KeyModifiers::ALT),
    };
    action.map(Happening::Asked)
}

fn workbook() -> Workbook {
    let today = jiff::civil::date(2026, 3, 2);
    Workbook::new(Arc::clone(&SHIPPED), Session::new(&SHIPPED), "fuzz.ron".to_owned(), today)
}

/// A keeper that accepts and discards every session.
struct Nowhere;

impl Keeper for Nowhere {
    fn keep(&mut self, _: &Session) {}

    fn report(&mut self) -> Option<Result<(), String>> {
        None
    }
}

/// Asserts that a text contains no control or hidden characters, except newlines and tabs.
fn check_text(text: &str) {
    let found = text.chars().find(|it| is_hidden(*it) && !matches!(it, '\n' | '\t'));
    assert_eq!(found, None, "something gets through");
}

fn check_message(rejected: &Rejected) {
    let message = rejected.to_string();
    check_text(&message);
    assert!(message.starts_with("fuzz.ron:") && message.len() < 40_000, "{message}");
    for diagnostic in &rejected.diagnostics {
        assert!(diagnostic.span.end <= rejected.source.text.len(), "{diagnostic:?}");
        assert!(!diagnostic.what.is_empty() && !diagnostic.hint.is_empty(), "{diagnostic:?}");
    }
}

fn check_outputs(questionnaire: &Questionnaire, session: &Session) {
    check_text(&advice_text(questionnaire, session));
    check_text(&advice_json(questionnaire, session, None).expect("advice can be written"));
    for dialect in [Dialect::Madr, Dialect::Html] {
        check_text(
            &render(questionnaire, session, &RecordOptions::new(dialect)).expect("a record can be written"),
        );
    }
}

/// Asserts that a session is unchanged after it is saved and read back.
fn check_round(questionnaire: &Questionnaire, session: &Session) {
    let text = session.to_ron(questionnaire).expect("a session can be written");
    let again = Session::parse(&Source::new("again.ron", &*text), questionnaire);
    let again = again.unwrap_or_else(|rejected| panic!("{rejected}\n{text}"));
    assert_eq!(again.to_ron(questionnaire).expect("it was written before"), text);
    assert_eq!(
        (&again.answers, &again.details, &again.decided),
        (&session.answers, &session.details, &session.decided)
    );
}
