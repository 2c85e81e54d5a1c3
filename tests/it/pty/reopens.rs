//! Tests a questionnaire that its author edits while a session of it is open.

use std::fs;

use super::{Pty, after_leaving, program, session_in};

const STORAGE: &str = include_str!("../data/storage.ron");

#[test]
fn a_questionnaire_that_changed_is_loaded_when_that_is_asked_for() {
    let (folder, session) = session_in();
    let questions = folder.path().join("storage.ron");
    fs::write(&questions, STORAGE).expect("it can be written");
    let path = questions.to_string_lossy().into_owned();
    let mut pty = Pty::run(program(&session, &["--questions", &path]));
    pty.wait_for("Business records");
    pty.press("1");
    pty.wait_for("  saved");
    pty.press("L");
    pty.wait_for("The questionnaire has not changed since it was loaded");
    // An unusable version is reported and not loaded.
    fs::write(&questions, STORAGE.replacen("why:", "wy:", 1)).expect("it can be written");
    pty.press("\u{1b}[B");
    pty.wait_for("The questionnaire has changed and cannot be used");
    let better = STORAGE.replacen("Business records: orders", "Records of the business: orders", 1);
    assert_ne!(better, STORAGE);
    fs::write(&questions, better).expect("it can be written");
    pty.press("\u{1b}[B");
    pty.wait_for("has changed; L reloads it and keeps the answers");
    pty.press("L");
    pty.wait_for("Records of the business: orders");
    pty.wait_for("1 of ");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 0);
    assert!(after_leaving(&output).contains("s.ron"), "{output:?}");
    assert!(fs::read_to_string(&session).expect("it was saved").contains("kind: \"records\""));
}
