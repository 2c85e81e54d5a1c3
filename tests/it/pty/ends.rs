//! Tests how the program ends on a signal, on Ctrl-C and when it loses its terminal.

use rustix::process::Signal;

use super::{Pty, after_leaving, answered, assert_saved, program, shell};

#[test]
fn signals_end_it_with_everything_saved_and_the_terminal_whole() {
    let cases = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, expected) in cases {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let session = folder.path().join("s.ron");
        let pty = answered(program(&session, &["--mouse"]));
        pty.signal(signal);
        let (code, output) = pty.end();
        assert_eq!(code, expected, "{signal:?}: {output}");
        assert_saved(&session);
    }
}

#[test]
fn a_signal_keeps_what_is_being_written() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = answered(program(&session, &[]));
    pty.press("nhalf a thought");
    pty.wait_for("half a thought");
    pty.signal(Signal::TERM);
    assert_eq!(pty.end().0, 143);
    let text = std::fs::read_to_string(&session).expect("the session was saved");
    assert!(text.contains("half a thought"), "{text}");
}

#[test]
fn quitting_keeps_a_line_that_is_being_written() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = Pty::start(&session, &["--set", "parts=api"]);
    pty.wait_for("7 Parts of the system");
    pty.press("\u{1b}[Bn");
    pty.wait_for("Name of the part");
    pty.press("Front door\u{3}");
    let (code, output) = pty.end();
    assert_eq!(code, 0, "{output}");
    let text = std::fs::read_to_string(&session).expect("the session was saved");
    assert!(text.contains("Front door"), "{text}");
}

#[test]
fn a_closed_terminal_ends_it_with_everything_saved() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let pty = answered(program(&session, &[]));
    assert_eq!(pty.close("?"), 129);
    assert_saved(&session);
}

/// A closing terminal signals only the session leader, here a shell that does not pass the signal on. The
/// program has to notice by itself that the terminal is gone.
#[test]
fn a_terminal_that_vanishes_without_a_signal_ends_it_as_well() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let script = r#"trap "" HUP; set -m
sh -c '"$1" "$2" --questions "$SAMPLE" 2>"$2.errors"; echo "code $?" >"$2.code"' sh "$1" "$2""#;
    let pty = answered(shell(script, &session));
    pty.close("?");
    assert_saved(&session);
    let beside = |end: &str| {
        let path = folder.path().join(format!("s.ron.{end}"));
        std::fs::read_to_string(path).expect("the shell wrote it")
    };
    assert_eq!((beside("code").as_str(), beside("errors").as_str()), ("code 129\n", ""));
}

#[test]
fn an_error_leaves_the_terminal_whole_and_is_readable() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("gone").join("s.ron");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recommendation");
    pty.press("2");
    pty.wait_for("NOT SAVED");
    pty.signal(Signal::TERM);
    let (code, output) = pty.end();
    assert_eq!(code, 2, "what is not saved is worse than a signal: {output}");
    let rest = after_leaving(&output);
    assert!(rest.contains("not saved to /") && rest.contains("/rescue and are offered"), "{rest}");
    assert_saved(&crate::saving::personal(&session).join("rescue"));
}
