//! Tests deliberate panics, which only debug builds support.

#![cfg(debug_assertions)]

use super::{Pty, after_leaving, answered, assert_saved, program};

/// A focus event, which the program never requests. It triggers the deliberate panic.
const FOCUS: &str = "\u{1b}[I";

fn panicking(place: &str, session: &std::path::Path) -> Pty {
    let mut command = program(session, &[]);
    command.env("LANGFIT_PANIC", place);
    answered(command)
}

fn assert_told(place: &str, output: &str) {
    let rest = after_leaving(output);
    assert!(rest.contains("an internal error"), "{place}: {rest}");
    assert!(rest.contains(&format!("caused in {place}")), "{place}: it says what: {rest}");
    assert!(rest.contains("src/fault.rs:"), "{place}: it says where: {rest}");
    assert!(rest.contains("The answers are saved in /"), "{place}: it says where the answers are: {rest}");
    assert!(!rest.contains('\u{1b}'), "{place}: nothing acts on the terminal: {rest:?}");
    let over = output.rfind("caused in") < output.rfind("\u{1b}[?1049l");
    assert!(!over, "{place}: nothing is printed over the screen");
    assert_eq!(rest.matches("panicked at").count(), 0, "{place}: it is said once: {rest}");
}

#[test]
fn a_panic_wherever_it_is_saves_leaves_and_says_so() {
    for (place, key) in [("draw", ""), ("update", "?"), ("input", "")] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let session = folder.path().join("s.ron");
        let mut pty = panicking(place, &session);
        pty.press(&format!("{FOCUS}{key}"));
        let (code, output) = pty.end();
        assert_eq!(code, 101, "{place}: {output}");
        assert_told(place, &output);
        assert_saved(&session);
    }
}

#[test]
fn a_panic_of_the_saver_loses_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = panicking("save", &session);
    pty.press(FOCUS);
    pty.press("nwritten by the other thread");
    let (code, output) = pty.end();
    assert_eq!(code, 101, "{output}");
    assert_told("save", &output);
    // The state after the first key of the note was the last one to reach the saver.
    let text = std::fs::read_to_string(&session).expect("the session was saved");
    let text = crate::support::on_one_line(&text);
    assert!(text.contains(r#"answer: Chosen(["packages"]), note: "w"#), "{text}");
}

#[test]
fn a_panic_of_the_saver_where_nothing_can_be_written_prints_the_answers() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("gone").join("s.ron");
    let mut command = program(&session, &[]);
    command.env("LANGFIT_PANIC", "save");
    command.env("XDG_STATE_HOME", "/dev/null");
    let mut pty = Pty::run(command);
    pty.wait_for("Recommendation");
    pty.press(&format!("{FOCUS}2"));
    let (code, output) = pty.end();
    assert_eq!(code, 101, "{output}");
    let rest = after_leaving(&output);
    assert!(rest.contains(r#"Chosen(["packages"])"#) && rest.contains("printed above"), "{rest}");
}
