//! Tests the program in a real pseudo-terminal: it starts, reacts to keys, ends in every possible way, and
//! restores the terminal.
//!
//! Must not test what journeys can test without a terminal, and must not sleep.

#![cfg(unix)]

mod bash;
mod demo;
mod ends;
mod keeping;
mod outside;
mod panics;
mod reopens;
mod stops;
mod terminals;

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

pub use bash::completed_by_bash;

/// Timeout far above any real duration, reached only when the program hangs.
const PATIENCE: Duration = Duration::from_secs(30);

struct Pty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    reader: JoinHandle<()>,
    /// Tells the reader to stop after its next read.
    enough: Arc<AtomicBool>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    keys: Box<dyn std::io::Write + Send>,
    /// Terminal modes before the program started.
    before: String,
}

/// Returns the mode flags that raw mode changes, as text.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().expect("it is a terminal");
    format!("{:?} {:?} {:?}", modes.local_flags, modes.input_flags, modes.output_flags)
}

/// Returns the command that runs the program on a session, with the sample questionnaire by default.
fn program(session: &Path, arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_langfit"));
    command.args(crate::support::on_sample(arguments));
    command.arg(session);
    command.env_remove("RUST_BACKTRACE");
    command.env("LC_ALL", "C.UTF-8");
    command.env("XDG_STATE_HOME", crate::support::state_home());
    command
}

/// Returns a folder and the path of a session in it that does not exist yet.
fn session_in() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    (folder, session)
}

/// Returns the command that runs a shell script. The script gets the program as `$1`, a session as `$2` and
/// the sample questionnaire as `$SAMPLE`.
fn shell(script: &str, session: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_langfit")]);
    command.arg(session);
    command.env("SAMPLE", crate::support::SAMPLE);
    command.env("LC_ALL", "C.UTF-8");
    command.env("XDG_STATE_HOME", crate::support::state_home());
    command
}

impl Pty {
    fn start(session: &Path, arguments: &[&str]) -> Self {
        Self::run(program(session, arguments))
    }

    fn run(command: CommandBuilder) -> Self {
        Self::sized(command, PtySize { rows: 40, cols: 120, ..PtySize::default() })
    }

    fn sized(mut command: CommandBuilder, size: PtySize) -> Self {
        let pair = native_pty_system().openpty(size).expect("the system has pseudo-terminals");
        command.env("TERM", "xterm-256color");
        command.env_remove("ACCESSIBLE");
        // Read before the program can change them.
        let before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("the pseudo-terminal can be read");
        let (sender, output) = channel();
        let enough = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&enough);
        let reader = thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() || asked.load(Ordering::SeqCst) {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().expect("the pseudo-terminal can be written");
        let [rows, columns] = [40, 120].map(|size| NonZero::new(size).expect("it is not zero"));
        let screen = vt100::Parser::new(rows, columns, 0);
        Self { master: pair.master, child, output, reader, enough, screen, raw: Vec::new(), keys, before }
    }

    /// Reads output until the screen shows this text.
    fn wait_for(&mut self, text: &str) {
        self.wait_until(text, |pty| pty.screen.screen().contents().contains(text));
    }

    /// Reads output until the condition holds.
    fn wait_until(&mut self, what: &str, so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !so(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            let bytes = self.output.recv_timeout(left);
            let bytes =
                bytes.unwrap_or_else(|_| panic!("never: {what}\n{}", self.screen.screen().contents()));
            self.screen.process(&bytes);
            self.raw.extend_from_slice(&bytes);
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the program reads its keys");
        self.keys.flush().expect("the program reads its keys");
    }

    /// Sends a signal to the program, which is in the foreground of the terminal.
    fn signal(&self, signal: Signal) {
        let foreground = self.master.process_group_leader().and_then(Pid::from_raw);
        kill_process(foreground.expect("something runs"), signal).expect("it can be told");
    }

    /// Returns whether the terminal is in the state that a shell needs.
    fn is_whole(&self) -> bool {
        let screen = self.screen.screen();
        modes(self.master.as_ref()) == self.before
            && !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }

    /// Closes the terminal as closing its window does, and returns the exit code of the program. `key` makes
    /// the program draw once more, so that the reader stops.
    fn close(mut self, key: &str) -> u32 {
        self.enough.store(true, Ordering::SeqCst);
        self.press(key);
        self.reader.join().expect("the reader ends");
        drop((self.master, self.keys));
        exit_code(self.child)
    }

    /// Waits for the program to end and checks that it left the terminal intact. Returns the exit code and
    /// the complete output.
    fn end(mut self) -> (u32, String) {
        let code = exit_code(self.child);
        assert_eq!(modes(self.master.as_ref()), self.before, "the terminal's modes are as they were");
        drop((self.master, self.keys));
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.screen.process(&bytes);
            self.raw.extend_from_slice(&bytes);
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was left");
        assert!(!screen.hide_cursor(), "the cursor is shown again");
        assert!(!screen.bracketed_paste(), "bracketed paste is off");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is off");
        let output = String::from_utf8_lossy(&self.raw).into_owned();
        for question in ["\u{1b}[6n", "\u{1b}[c", "\u{1b}[>c", "\u{1b}[?u", "\u{1b}]1"] {
            assert!(!output.contains(question), "nothing was asked of the terminal: {question:?}");
        }
        (code, output)
    }
}

/// Returns the exit code of a program once it ends. Kills it after a timeout.
fn exit_code(mut child: Box<dyn Child + Send + Sync>) -> u32 {
    let (sender, ended) = channel();
    let mut killer = child.clone_killer();
    thread::spawn(move || sender.send(child.wait().expect("the program ends")));
    let status = ended.recv_timeout(PATIENCE);
    if status.is_err() {
        let _ = killer.kill();
    }
    status.expect("the program ends in time").exit_code()
}

/// Returns the output after the alternate screen was left for the last time.
fn after_leaving(output: &str) -> &str {
    let left = output.rfind("\u{1b}[?1049l").expect("the alternate screen was left");
    &output[left + "\u{1b}[?1049l".len()..]
}

/// Starts the program, answers the first question and waits until the answer is saved.
fn answered(command: CommandBuilder) -> Pty {
    let mut pty = Pty::run(command);
    pty.wait_for("Recommendation");
    pty.press("2");
    pty.wait_for("1a Which packages");
    pty.wait_for("  saved");
    pty
}

/// Checks that the first answer is in the file.
fn assert_saved(session: &Path) {
    let text = std::fs::read_to_string(session).expect("the session was saved");
    let text = crate::support::on_one_line(&text);
    assert!(text.contains(r#"(question: "draw", answer: Chosen(["packages"]),"#), "{text}");
}

#[test]
fn it_starts_answers_quits_and_restores_the_terminal() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("billing.ron");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recommendation");
    assert_ne!(modes(pty.master.as_ref()), pty.before, "raw mode is on while it runs");
    pty.press("2");
    pty.wait_for("1a Which packages");
    pty.wait_for("saved");
    pty.press("\u{1b}[B\u{1b}[A");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 0);
    assert!(output.contains("\u{1b}[?1049h"), "the alternate screen was entered");
    assert!(after_leaving(&output).contains("Saved in"), "it says where the session is");
    assert_saved(&session);
}

#[test]
fn it_resumes_where_it_was_left() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = Pty::start(&session, &["--set", "draw=packages", "--set", "types=static"]);
    pty.wait_for("4 What types are for");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("┌ 4 What types are for");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0, "Ctrl-C is a way to quit, not an accident");
}

#[test]
fn a_folder_that_cannot_be_written_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("gone").join("s.ron");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recommendation");
    pty.press("2");
    pty.wait_for("NOT SAVED");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 2);
    let rest = after_leaving(&output);
    assert!(rest.contains("/rescue and are offered at the next start"), "{rest}");
    assert_saved(&crate::saving::personal(&session).join("rescue"));
}

#[test]
fn where_nothing_can_be_written_at_all_the_answers_are_printed() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("gone").join("s.ron");
    let mut command = program(&session, &[]);
    command.env("XDG_STATE_HOME", "/dev/null");
    let mut pty = Pty::run(command);
    pty.wait_for("Recommendation");
    pty.press("2");
    pty.wait_for("NOT SAVED");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 2);
    let rest = after_leaving(&output);
    assert!(rest.contains(r#"Chosen(["packages"])"#), "the answers are printed: {rest}");
}

#[test]
fn the_mouse_is_off_until_it_is_wanted_and_off_again_when_it_is_left() {
    use vt100::{MouseProtocolEncoding, MouseProtocolMode};

    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let is = |mode| move |pty: &Pty| pty.screen.screen().mouse_protocol_mode() == mode;
    let mut pty = answered(program(&session, &[]));
    assert!(is(MouseProtocolMode::None)(&pty));
    pty.press("M");
    pty.wait_until("on", is(MouseProtocolMode::PressRelease));
    assert_eq!(pty.screen.screen().mouse_protocol_encoding(), MouseProtocolEncoding::Sgr);
    pty.press("M");
    pty.wait_until("off", is(MouseProtocolMode::None));
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let mut pty = Pty::start(&session, &["--mouse"]);
    pty.wait_until("on from the beginning", is(MouseProtocolMode::PressRelease));
    pty.wait_for("Recommendation");
    // Click question 3 in the outline, encoded as a terminal sends it.
    pty.press("\u{1b}[<0;8;7M\u{1b}[<0;8;7m");
    pty.wait_for("┌ 3 Runtime");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn colours_are_shown_as_they_are_wanted() {
    let cases: [(&[&str], &str, bool); 5] = [
        (&[], "", true),
        (&[], "1", false),
        (&["--color", "always"], "1", true),
        (&["--color", "never"], "", false),
        (&["--color", "auto"], "1", false),
    ];
    for (arguments, no_color, expected) in cases {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let session = folder.path().join("s.ron");
        let mut command = program(&session, arguments);
        command.env("NO_COLOR", no_color);
        let mut pty = answered(command);
        let cells = (0..40).flat_map(|row| (0..120).map(move |column| (row, column)));
        let coloured = cells.into_iter().any(|(row, column)| {
            let cell = pty.screen.screen().cell(row, column);
            cell.is_some_and(|cell| cell.fgcolor() != vt100::Color::Default)
        });
        assert_eq!(coloured, expected, "{arguments:?} with NO_COLOR={no_color:?}");
        pty.press("q");
        assert_eq!(pty.end().0, 0);
    }
}

#[test]
fn a_resized_terminal_is_drawn_anew() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut pty = Pty::start(&folder.path().join("s.ron"), &[]);
    pty.wait_for("Recommendation");
    for (columns, rows) in [(60_u16, 20_u16), (200, 60)] {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        pty.master.resize(size).expect("it is a terminal");
        let [rows, columns] = [rows, columns].map(|size| NonZero::new(size).expect("it is not zero"));
        pty.screen.screen_mut().set_size(rows, columns);
        // A narrow screen shows one pane; a wide one starts with the outline.
        let title = if columns.get() == 60 { "1 What draws you" } else { "Questions" };
        let width = if columns.get() == 60 { 60 } else { 40 };
        let top = format!("┌ {title} {}┐", "─".repeat(width - title.len() - 4));
        pty.wait_for(&top);
    }
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

/// Starts the program on a damaged session and declines the rescued answers. Accepts them in a second run.
pub fn take_what_was_cut_off(session: &Path) {
    let damaged = std::fs::read(session).expect("it is there");
    let mut pty = Pty::start(session, &[]);
    pty.wait_for("Saving was interrupted the last time");
    pty.press("\r");
    pty.wait_for("Recommendation");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 2);
    assert!(after_leaving(&output).contains("offered again at the next start"), "{output}");
    assert!(std::fs::read(session).expect("it is there") == damaged, "nothing is written unasked");
    let mut pty = Pty::start(session, &[]);
    pty.wait_for("Saving was interrupted the last time");
    pty.press("\u{1b}[A\r");
    pty.wait_for("The recovered answers are loaded");
    pty.wait_for("  saved");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_saved(session);
}
