//! Tests suspending and resuming under a shell with job control.

use rustix::process::Signal;

use super::{Pty, answered, assert_saved, program, shell};

/// Runs the program, reports when it is suspended, and resumes it after a line of input.
const SCRIPT: &str = r#"set -m; "$1" "$2" --questions "$SAMPLE"; echo "stopped with $?"; read -r line; fg >/dev/null; echo "ended with $?""#;

fn assert_goes_on(mut pty: Pty, session: &std::path::Path) {
    pty.wait_for("stopped with");
    assert!(pty.is_whole(), "the terminal can be used meanwhile");
    pty.press("\r");
    pty.wait_until("drawn again", |pty| {
        pty.screen.screen().alternate_screen() && pty.screen.screen().contents().contains("1a Which packages")
    });
    assert!(!pty.is_whole(), "raw mode is on again");
    pty.press("?");
    pty.wait_for("Parts of the system");
    pty.press("qq");
    pty.wait_for("ended with 0");
    assert_eq!(pty.end().0, 0);
    assert_saved(session);
}

#[test]
fn by_key_it_stops_and_is_drawn_again() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = answered(shell(SCRIPT, &session));
    pty.press("\u{1a}");
    assert_goes_on(pty, &session);
}

#[test]
fn by_signal_it_stops_and_is_drawn_again() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let pty = answered(shell(SCRIPT, &session));
    pty.signal(Signal::TSTP);
    assert_goes_on(pty, &session);
}

#[test]
fn a_text_field_stops_too_and_keeps_its_text() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = answered(shell(SCRIPT, &session));
    pty.press("nbefore");
    pty.wait_for("before");
    assert!(pty.screen.screen().bracketed_paste());
    pty.press("\u{1a}");
    pty.wait_for("stopped with");
    assert!(pty.is_whole(), "the terminal can be used meanwhile");
    pty.press("\r");
    pty.wait_until("drawn again", |pty| pty.screen.screen().bracketed_paste());
    pty.press(" and after");
    pty.wait_for("before and after");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn continued_without_having_stopped_itself_it_is_drawn_again() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = answered(program(&session, &[]));
    pty.screen.process(b"\x1b[2J\x1b[?1049l");
    assert!(!pty.screen.screen().contents().contains("Recommendation"));
    pty.signal(Signal::STOP);
    pty.signal(Signal::CONT);
    pty.wait_until("drawn again", |pty| pty.screen.screen().alternate_screen());
    pty.wait_for("1a Which packages");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn without_a_shell_suspending_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = answered(program(&session, &[]));
    pty.press("\u{1a}");
    pty.wait_for("There is no shell to return to");
    pty.press("?");
    pty.wait_for("Parts of the system");
    pty.signal(Signal::TSTP);
    pty.wait_for("There is no shell to return to");
    pty.press("qq");
    assert_eq!(pty.end().0, 0);
}
