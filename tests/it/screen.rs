//! Plays the program through its real loop on a test backend: keys in, frames and session out.
//!
//! Must not reach into the state to make something happen; only keys do.

use langfit::answers::Subject;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::sync::LazyLock;
use std::sync::mpsc::Sender;

use jiff::civil::{Date, date};
use langfit::action::{Action, Delivered, Errand, Order};
use langfit::app::{App, Around};
use langfit::questionnaire::Questionnaire;
use langfit::session::{Session, Unsaved};
use langfit::tui::{Host, Look, Message, Shell, messages};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use unicode_width::UnicodeWidthStr as _;

/// What is left when the keys are used up.
pub struct Played {
    pub app: App,
    pub terminal: Terminal<TestBackend>,
    /// Every session that was handed over to be saved.
    pub saves: Vec<Session>,
    /// Whether the program was left before the keys were used up.
    pub left: bool,
}

/// Plays keys on a new session of the shipped questionnaire at 120×40.
pub fn play(keys: &str) -> Played {
    play_on(new_session(), keys, (120, 40))
}

/// Returns a session of the shipped questionnaire without answers.
pub fn new_session() -> Session {
    Session::new(&questionnaire())
}

/// Returns the shipped questionnaire.
pub fn questionnaire() -> Questionnaire {
    static SHIPPED: LazyLock<Questionnaire> =
        LazyLock::new(|| Questionnaire::built_in().expect("the shipped questionnaire has no errors"));
    SHIPPED.clone()
}

/// Plays keys on a session, at a size; each key is drawn before the next one is pressed.
pub fn play_on(session: Session, keys: &str, size: (u16, u16)) -> Played {
    play_app(App::new(questionnaire(), session, around()), keys, size)
}

/// Plays events; with `failure`, every save fails for that reason.
pub fn play_events(session: Session, events: Vec<Event>, size: (u16, u16), failure: Option<&str>) -> Played {
    let messages = events.into_iter().map(|event| Message::Input(vec![event])).collect();
    run(App::new(questionnaire(), session, around()), messages, size, &Fails(failure))
}

/// The day on which everything is played.
pub fn today() -> Date {
    date(2026, 3, 2)
}

/// What the program is told of its surroundings.
pub fn around() -> Around {
    Around { file: "test.ron".to_owned(), today: today(), records: "docs/decisions/".to_owned() }
}

/// Stands for the disk: `taken.md` exists, `full.md` cannot be written.
pub fn exported(order: &Order) -> Delivered {
    match order.path.as_str() {
        "taken.md" if !order.overwrite => Delivered::Exists(order.path.clone()),
        "full.md" => Delivered::Failed("full.md: cannot be written: the disk is full".to_owned()),
        path => Delivered::Written(path.to_owned()),
    }
}

/// Plays keys on a program that was opened already.
pub fn play_app(app: App, keys: &str, size: (u16, u16)) -> Played {
    run(app, pressed(keys), size, &Fails(None))
}

/// Sends messages to a program that was opened already.
pub fn play_messages(app: App, messages: Vec<Message>, size: (u16, u16)) -> Played {
    run(app, messages, size, &Fails(None))
}

fn pressed(keys: &str) -> Vec<Message> {
    parse(keys).into_iter().map(|key| Message::Input(vec![Event::Key(key)])).collect()
}

/// Plays keys on a program whose session is kept by something of the test's own.
pub fn play_disk(app: App, keys: &str, disk: &impl Disk) -> Played {
    run(app, pressed(keys), (120, 40), disk)
}

/// Stands for the session's file.
pub trait Disk {
    /// Is handed a session and says how saving it went.
    fn save(&self, session: &Session) -> Result<(), Unsaved>;

    /// Does something else with the file.
    fn errand(&self, _app: &App, _errand: &Errand) -> Option<Action> {
        None
    }
}

/// Every save fails for this reason, if there is one.
struct Fails<'a>(Option<&'a str>);

impl Disk for Fails<'_> {
    fn save(&self, _session: &Session) -> Result<(), Unsaved> {
        self.0.map_or(Ok(()), |reason| Err(Unsaved::Failed(reason.to_owned())))
    }
}

fn run(mut app: App, waiting: Vec<Message>, size: (u16, u16), disk: &impl Disk) -> Played {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("the test backend cannot fail");
    let (sender, receiver) = messages();
    let saves = RefCell::new(Vec::new());
    let save = |session: Session| {
        let outcome = disk.save(&session);
        saves.borrow_mut().push(session);
        // A loop that has ended does not listen any more.
        let _ = sender.send(Message::Saved(outcome));
    };
    let ended = Cell::new(false);
    let mut presser = Presser { waiting: waiting.into(), sender: sender.clone(), ended: &ended };
    let export = |_: &App, order: &Order| exported(order);
    let look = Look::default();
    let (is_saving, errand) = (|| false, |app: &App, errand: &Errand| disk.errand(app, errand));
    let shell = Shell {
        messages: &receiver,
        save: &save,
        is_saving: &is_saving,
        errand: &errand,
        export: &export,
        today: &today,
        look,
    };
    shell.run(&mut terminal, &mut app, &mut presser).expect("the test backend cannot fail");
    Played { app, terminal, saves: saves.take(), left: !ended.get() }
}

/// Sends the next message, such as a key, whenever the frame for the last one is shown, complete.
struct Presser<'a> {
    waiting: VecDeque<Message>,
    sender: Sender<Message>,
    ended: &'a Cell<bool>,
}

impl Host for Presser<'_> {
    fn show(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn idle(&mut self) {
        let message = self.waiting.pop_front().unwrap_or_else(|| {
            self.ended.set(true);
            Message::Ended
        });
        // A loop that has ended does not listen any more.
        let _ = self.sender.send(message);
    }
}

impl Played {
    /// Returns the last frame as text, without trailing blanks.
    pub fn frame(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let rows = (0..buffer.area.height).map(|y| row(buffer, y));
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Says whether the last frame shows a text, also where it is wrapped within a pane.
    pub fn shows(&self, text: &str) -> bool {
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let frame = self.frame();
        if squeeze(&frame).contains(&squeeze(text)) {
            return true;
        }
        // Panes stand side by side: each column of the frame is read from top to bottom.
        let columns = frame.lines().map(|line| line.split(['│', '┐', '┌']).count()).max().unwrap_or_default();
        (0..columns).any(|column| {
            let pane: Vec<&str> =
                frame.lines().filter_map(|line| line.split(['│', '┐', '┌']).nth(column)).collect();
            squeeze(&pane.join(" ")).contains(&squeeze(text))
        })
    }

    /// Fails with the frame if it does not show a text.
    pub fn assert_shows(&self, text: &str) {
        assert!(self.shows(text), "not shown: {text}\n{}", self.frame());
    }

    /// Returns the ids of the options chosen for a question, for all parts.
    pub fn chosen(&self, question: &str) -> Vec<String> {
        chosen(&self.app.session, question)
    }
}

/// Returns a row as text, without trailing blanks.
pub fn row(buffer: &Buffer, y: u16) -> String {
    let mut line = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        line.push_str(symbol);
        // The cell behind a symbol of double width is covered by it, whatever it held before.
        x += (symbol.width() as u16).max(1);
    }
    line.trim_end().to_owned()
}

/// Returns the ids of the options chosen for a question, for all parts.
pub fn chosen(session: &Session, question: &str) -> Vec<String> {
    let questionnaire = questionnaire();
    let id = questionnaire.find(question).expect("the question exists");
    let options = session.answers.chosen(&questionnaire, id, Subject::System);
    options.iter().map(|option| questionnaire[id][option].id.clone()).collect()
}

/// Reads a script of keys: characters, and names such as `<space>` for the others.
pub fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(character) = rest.chars().next() {
        let end = rest.find('>').filter(|_| character == '<');
        let (code, length) = match end {
            Some(end) => (named(rest[1..end].trim_start_matches("c-").trim_start_matches("a-")), end + 1),
            None => (KeyCode::Char(character), character.len_utf8()),
        };
        let modifiers = match code {
            KeyCode::Char(character) if character.is_uppercase() => KeyModifiers::SHIFT,
            _ => KeyModifiers::NONE,
        };
        let held = match rest.get(..3) {
            Some("<c-") => Some(KeyModifiers::CONTROL),
            Some("<a-") => Some(KeyModifiers::ALT),
            _ => None,
        };
        let held = held.filter(|_| end.is_some()).unwrap_or(modifiers);
        events.push(KeyEvent::new(code, held));
        rest = &rest[length..];
    }
    events
}

fn named(name: &str) -> KeyCode {
    match name {
        "space" => KeyCode::Char(' '),
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "back" => KeyCode::Backspace,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgdn" => KeyCode::PageDown,
        "pgup" => KeyCode::PageUp,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        name => match name.chars().next() {
            Some(letter) if letter.len_utf8() == name.len() => KeyCode::Char(letter),
            _ => panic!("no key is called {name}"),
        },
    }
}
