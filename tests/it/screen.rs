//! Plays the program through its real loop on a test backend: keys in, frames and session out.
//!
//! Must not change the state except by keys. Instead of keys, a script can name a destination; see
//! [`script::Piece`].

mod script;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use jiff::civil::{Date, date};
use langfit::action::Pane;
use langfit::advice::Advice;
use langfit::answers::{Answer, Answers, Subject};
use langfit::questionnaire::{QuestionId, Questionnaire};
use langfit::screen::{App, Errand, ExportOrder, Exported, Report};
use langfit::session::{Session, Unsaved};
use langfit::tui::{Capabilities, Host, Message, Shell, messages};
use langfit::workbook::{Row, Study, Workbook};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent};
use unicode_width::UnicodeWidthStr as _;

pub use crate::support::sample as questionnaire;
pub use script::parse;
use script::{Piece, pieces};

/// The result of playing a script.
pub struct Played {
    pub app: App,
    pub terminal: Terminal<TestBackend>,
    /// Every session that was submitted for saving.
    pub saves: Vec<Session>,
    /// Whether the terminal is asked to report the mouse.
    pub mouse: bool,
    /// Whether the program ended before the script did.
    pub left: bool,
}

/// Plays a script on a new session of the sample questionnaire at 120×40.
pub fn play(keys: &str) -> Played {
    play_on(new_session(), keys, (120, 40))
}

/// Returns a session of the sample questionnaire without answers.
pub fn new_session() -> Session {
    Session::new(&questionnaire())
}

/// Plays a script on a session at this size. Each key is drawn before the next one is pressed.
pub fn play_on(session: Session, keys: &str, size: (u16, u16)) -> Played {
    play_app(opened(questionnaire(), session), keys, size)
}

/// Plays events. With `failure`, every save fails for that reason.
pub fn play_events(session: Session, events: Vec<Event>, size: (u16, u16), failure: Option<&str>) -> Played {
    let messages = events.into_iter().map(|event| Message::Input(vec![event])).collect();
    run(opened(questionnaire(), session), messages, size, &Fails(failure))
}

/// Returns the date on which all scripts are played.
pub fn today() -> Date {
    date(2026, 3, 2)
}

/// Returns a workbook with a session of any questionnaire, named `test.ron`.
pub fn workbook(questionnaire: impl Into<Arc<Questionnaire>>, session: Session) -> Workbook {
    Workbook::new(questionnaire, session, "test.ron".to_owned(), today())
}

/// Returns an app with a session of any questionnaire.
pub fn opened(questionnaire: impl Into<Arc<Questionnaire>>, session: Session) -> App {
    shown(workbook(questionnaire, session))
}

/// Returns an app with a workbook and the default folder for records.
pub fn shown(workbook: Workbook) -> App {
    App::new(workbook, "docs/decisions/".to_owned())
}

/// Returns a shell that saves nothing and runs no errands.
pub fn idle_shell(messages: &Receiver<Message>, capabilities: Capabilities) -> Shell<'_> {
    Shell {
        questions_changed: &|| None,
        messages,
        save: &|_| {},
        is_saving: &|| false,
        errand: &|_, _| None,
        analyse: &|_| {},
        export: &|_, order| exported(order),
        today: &today,
        capabilities,
    }
}

/// Exports to a fake disk on which `taken.md` exists and `full.md` cannot be written.
fn exported(order: &ExportOrder) -> Exported {
    match order.path.as_str() {
        "taken.md" if !order.overwrite => Exported::Exists(order.path.clone()),
        "full.md" => Exported::Failed("full.md: cannot be written: the disk is full".to_owned()),
        path => Exported::Written(path.to_owned()),
    }
}

/// Plays a script on an open app.
pub fn play_app(app: App, keys: &str, size: (u16, u16)) -> Played {
    play_script(app, keys, size, &Fails(None))
}

/// Sends messages to an open app.
pub fn play_messages(app: App, messages: Vec<Message>, size: (u16, u16)) -> Played {
    run(app, messages, size, &Fails(None))
}

/// Plays a script on an app whose session is saved to the test's own disk.
pub fn play_disk(app: App, keys: &str, disk: &impl Disk) -> Played {
    play_script(app, keys, (120, 40), disk)
}

/// A fake session file.
pub trait Disk {
    /// Takes a session to save and returns the outcome.
    fn save(&self, session: &Session) -> Result<(), Unsaved>;

    /// Runs another operation on the file.
    fn errand(&self, _workbook: &Workbook, _errand: &Errand) -> Option<Report> {
        None
    }
}

/// A disk on which every save fails for this reason. Without a reason, every save succeeds.
pub struct Fails<'a>(pub Option<&'a str>);

impl Disk for Fails<'_> {
    fn save(&self, _session: &Session) -> Result<(), Unsaved> {
        self.0.map_or(Ok(()), |reason| Err(Unsaved::Failed(reason.to_owned())))
    }
}

fn play_script(app: App, script: &str, size: (u16, u16), disk: &impl Disk) -> Played {
    let mut played = Played::new(app, size);
    let pieces = pieces(script);
    if pieces.is_empty() {
        played.press([], disk);
    }
    for piece in pieces {
        match piece {
            Piece::Keys(keys) => played.press(keys, disk),
            Piece::Go(question) => played.go_to(&question, disk),
            Piece::To(entry) => played.move_to(&entry, disk),
            Piece::Answer(question, option) => played.choose(&question, &option, disk),
        }
        if played.left {
            break;
        }
    }
    played
}

fn run(app: App, waiting: Vec<Message>, size: (u16, u16), disk: &impl Disk) -> Played {
    let mut played = Played::new(app, size);
    played.run(waiting, disk);
    played
}

/// Plays pieces of a script with as many keys as each takes.
impl Played {
    fn new(app: App, size: (u16, u16)) -> Self {
        let terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("the test backend cannot fail");
        Self { app, terminal, saves: Vec::new(), mouse: false, left: false }
    }

    fn press(&mut self, keys: impl IntoIterator<Item = KeyEvent>, disk: &impl Disk) {
        self.run(keys.into_iter().map(|key| Message::Input(vec![Event::Key(key)])).collect(), disk);
    }

    fn run(&mut self, waiting: Vec<Message>, disk: &impl Disk) {
        let (sender, receiver) = messages();
        let saves = RefCell::new(std::mem::take(&mut self.saves));
        let save = |session: Session| {
            let outcome = disk.save(&session);
            saves.borrow_mut().push(session);
            // A loop that has ended no longer receives messages.
            let _ = sender.send(Message::Saved(outcome));
        };
        let ended = Cell::new(false);
        let mut presser =
            Presser { waiting: waiting.into(), sender: sender.clone(), ended: &ended, mouse: false };
        let errand = |workbook: &Workbook, errand: &Errand| disk.errand(workbook, errand);
        // Runs the analysis synchronously, so that frames are deterministic.
        let analyse = |study: Study| {
            let revision = study.revision;
            study.run(&|| true, |finding| {
                let _ = sender.send(Message::Found(revision, finding));
            });
        };
        let idle = idle_shell(&receiver, Capabilities::default());
        let shell = Shell { save: &save, errand: &errand, analyse: &analyse, ..idle };
        shell.run(&mut self.terminal, &mut self.app, &mut presser).expect("the test backend cannot fail");
        (self.mouse, self.left) = (presser.mouse, !ended.get());
        self.saves = saves.take();
    }

    fn go_to(&mut self, question: &str, disk: &impl Disk) {
        assert!(self.is_closed(), "something is open over the panes:\n{}", self.frame());
        let (here, there) = (self.workbook().question(), self.find(question));
        let asked = self.workbook().asked();
        let onwards = |it: &QuestionId| here < *it && *it <= there;
        let back = |it: &QuestionId| there <= *it && *it < here;
        let passed = self.questionnaire().question_ids().filter(|it| asked[*it] && (onwards(it) || back(it)));
        let key = if there > here { 'l' } else { 'h' };
        self.press((0..passed.count()).map(|_| KeyCode::Char(key).into()), disk);
        assert_eq!(self.shown_question(), question, "the keys lead there:\n{}", self.frame());
    }

    fn move_to(&mut self, entry: &str, disk: &impl Disk) {
        if self.is_closed() && self.pane() == Pane::Question {
            let (here, there) = (self.workbook().row_index(), self.find_row(entry));
            let key = if there > here { KeyCode::Down } else { KeyCode::Up };
            self.press((0..there.abs_diff(here)).map(|_| key.into()), disk);
            assert_eq!(self.workbook().row_index(), there, "the keys lead there:\n{}", self.frame());
            return;
        }
        for key in [KeyCode::Down, KeyCode::Up] {
            let mut before = String::new();
            while before != self.frame() {
                if self.cursor_line().contains(entry) {
                    return;
                }
                before = self.frame();
                self.press([key.into()], disk);
            }
        }
        panic!("no entry says {entry}:\n{}", self.frame());
    }

    fn choose(&mut self, question: &str, option: &str, disk: &impl Disk) {
        self.go_to(question, disk);
        let asked = self.find(question);
        let mut options = self.questionnaire()[asked].options.iter();
        let number = options.position(|it| it.id == option).expect("the option exists") + 1;
        let digit = char::from_digit(number as u32, 10).expect("a digit chooses one of the first nine");
        self.press([KeyCode::Char(digit).into()], disk);
    }

    /// Returns the row of an option or a part.
    fn find_row(&self, entry: &str) -> usize {
        let asked = &self.questionnaire()[self.workbook().question()];
        let is_meant = |row: &Row| match *row {
            Row::Option(option) => asked[option].id == entry,
            Row::Part(part) => self.answers()[part].name == entry,
            Row::Text | Row::NotSure | Row::NotApplicable => false,
        };
        self.workbook().rows().iter().position(is_meant).expect("the question has such a row")
    }

    /// Returns the line with the cursor.
    fn cursor_line(&self) -> String {
        let frame = self.frame();
        let mut lines = frame.lines().map(|line| line.trim_start_matches(['│', ' ']));
        lines.find(|line| line.starts_with('>')).unwrap_or_default().to_owned()
    }
}

/// Sends the next message, such as a key, as soon as the previous frame is displayed. The outlook is computed
/// only after the last key, as it is for a user who keeps typing.
struct Presser<'a> {
    waiting: VecDeque<Message>,
    sender: Sender<Message>,
    ended: &'a Cell<bool>,
    mouse: bool,
}

impl Host for Presser<'_> {
    fn show(&mut self) -> io::Result<()> {
        if let Some(message) = self.waiting.pop_front() {
            // A loop that has ended no longer receives messages.
            let _ = self.sender.send(message);
        }
        Ok(())
    }

    fn idle(&mut self) {
        self.ended.set(true);
        let _ = self.sender.send(Message::Ended);
    }

    fn mouse(&mut self, wanted: bool) {
        self.mouse = wanted;
    }
}

impl Played {
    /// Returns the current workbook.
    pub fn workbook(&self) -> &Workbook {
        self.app.workbook()
    }

    /// Returns the current session.
    pub fn session(&self) -> &Session {
        self.workbook().session()
    }

    /// Returns all current answers.
    pub fn answers(&self) -> &Answers {
        self.workbook().answers()
    }

    /// Returns the current advice.
    pub fn advice(&self) -> &Advice {
        self.workbook().advice()
    }

    /// Returns the questionnaire that was played.
    pub fn questionnaire(&self) -> &Questionnaire {
        self.workbook().questionnaire()
    }

    /// Returns the id of the current question.
    pub fn shown_question(&self) -> &str {
        &self.questionnaire()[self.workbook().question()].id
    }

    /// Returns the pane that has the focus.
    pub fn pane(&self) -> Pane {
        self.app.desk().pane
    }

    /// Returns the cursor: the focused pane, the question, its row, and the row of the recommendation.
    pub fn cursor(&self) -> (Pane, &str, usize, usize) {
        (self.pane(), self.shown_question(), self.workbook().row_index(), self.app.desk().standing)
    }

    /// Returns the id of the open page.
    pub fn page(&self) -> Option<&str> {
        self.app.is_open().0.map(|page| page.0)
    }

    /// Returns the title in the top left border, of the open page or of a pane.
    pub fn title(&self) -> String {
        let border = row(self.terminal.backend().buffer(), 1);
        let words = border.trim_start_matches(['┌', ' ']).split(['─', '┐', '↑']).next();
        words.unwrap_or_default().trim_end().to_owned()
    }

    /// Returns whether a text field has the focus.
    pub fn is_typing(&self) -> bool {
        self.app.is_open().1
    }

    /// Returns whether nothing is open over the panes.
    pub fn is_closed(&self) -> bool {
        self.page().is_none() && !self.is_typing()
    }

    /// Returns the message about the last key.
    pub fn message(&self) -> Option<&str> {
        self.app.desk().message.as_deref()
    }

    /// Returns the answer to a question for all parts.
    pub fn answer(&self, question: &str) -> &Answer {
        self.answers().answer(self.find(question), Subject::System)
    }

    /// Returns the note on the current question.
    pub fn note(&self) -> &str {
        &self.answers().given(self.workbook().question()).note
    }

    /// Returns the note on a question.
    pub fn note_on(&self, question: &str) -> &str {
        &self.answers().given(self.find(question)).note
    }

    /// Returns the names of the picked parts.
    pub fn part_names(&self) -> Vec<&str> {
        self.answers().parts().iter().map(|part| part.name.as_str()).collect()
    }

    fn find(&self, question: &str) -> QuestionId {
        self.questionnaire().find(question).expect("the question exists")
    }

    /// Returns the last frame as text, without trailing spaces.
    pub fn frame(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let rows = (0..buffer.area.height).map(|y| row(buffer, y));
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Returns whether the last frame shows a text, even if it is wrapped within a pane.
    pub fn shows(&self, text: &str) -> bool {
        let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let frame = self.frame();
        if squeeze(&frame).contains(&squeeze(text)) {
            return true;
        }
        // Panes are side by side, so each column of the frame is read from top to bottom.
        let columns = frame.lines().map(|line| line.split(['│', '┐', '┌']).count()).max().unwrap_or_default();
        (0..columns).any(|column| {
            let pane: Vec<&str> =
                frame.lines().filter_map(|line| line.split(['│', '┐', '┌']).nth(column)).collect();
            squeeze(&pane.join(" ")).contains(&squeeze(text))
        })
    }

    /// Fails and prints the frame unless it shows the text.
    pub fn assert_shows(&self, text: &str) {
        assert!(self.shows(text), "not shown: {text}\n{}", self.frame());
    }

    /// Returns the ids of the options chosen for a question, for all parts.
    pub fn chosen(&self, question: &str) -> Vec<String> {
        chosen(self.session(), question)
    }
}

/// Returns a row as text, without trailing spaces.
pub fn row(buffer: &Buffer, y: u16) -> String {
    let mut line = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        line.push_str(symbol);
        // The cell after a double-width symbol is covered, whatever it contained before.
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
