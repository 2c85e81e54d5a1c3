//! The built program in a real pseudo-terminal: starts, answers, quits, leaves the terminal whole.
//!
//! Must not test what journeys can test without a terminal.

#![cfg(unix)]

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Far longer than anything takes; reached only when something hangs.
const PATIENCE: Duration = Duration::from_secs(30);

struct Pty {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    keys: Box<dyn std::io::Write + Send>,
    /// Modes of the terminal before the program started.
    before: String,
}

/// The modes that raw mode changes, as text.
fn modes(master: &dyn MasterPty) -> String {
    let modes = master.get_termios().expect("it is a terminal");
    format!("{:?} {:?} {:?}", modes.local_flags, modes.input_flags, modes.output_flags)
}

impl Pty {
    fn start(session: &Path, arguments: &[&str]) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("the system has pseudo-terminals");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_langfit"));
        command.args(arguments);
        command.arg(session);
        command.env("TERM", "xterm-256color");
        command.env_remove("ACCESSIBLE");
        // Read before the program can have changed them.
        let before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("the pseudo-terminal can be read");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().expect("the pseudo-terminal can be written");
        let [rows, columns] = [40, 120].map(|size| NonZero::new(size).expect("it is not zero"));
        let screen = vt100::Parser::new(rows, columns, 0);
        Self { master: pair.master, child, output, screen, raw: Vec::new(), keys, before }
    }

    /// Reads until the screen shows a text.
    fn wait_for(&mut self, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(text) {
            let left = deadline.saturating_duration_since(Instant::now());
            let bytes = self.output.recv_timeout(left);
            let bytes =
                bytes.unwrap_or_else(|_| panic!("never shown: {text}\n{}", self.screen.screen().contents()));
            self.take(&bytes);
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.raw.extend_from_slice(bytes);
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the program reads its keys");
        self.keys.flush().expect("the program reads its keys");
    }

    /// Waits for the end and returns exit code and everything that was written.
    fn end(mut self) -> (u32, String) {
        let status = self.child.wait().expect("the program ends");
        assert_eq!(modes(self.master.as_ref()), self.before, "the terminal's modes are as they were");
        drop(self.master);
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.raw.extend_from_slice(&bytes);
        }
        (status.exit_code(), String::from_utf8_lossy(&self.raw).into_owned())
    }
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
    let left = output.rfind("\u{1b}[?1049l").expect("the alternate screen was left");
    assert!(output[left.saturating_sub(64)..].contains("\u{1b}[?25h"), "the cursor is shown again");
    assert!(!output.contains("\u{1b}[6n"), "nothing was asked of the terminal");
    assert!(output[left..].contains("Saved in"), "it says where the session is");
    let text = std::fs::read_to_string(&session).expect("the session was saved");
    assert!(text.contains(r#"(question: "draw", answer: Chosen(["packages"]))"#), "{text}");
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
    let left = output.rfind("\u{1b}[?1049l").expect("the alternate screen was left");
    assert!(
        output[left..].contains(r#"Chosen(["packages"])"#),
        "the answers are printed: {}",
        &output[left..]
    );
}
