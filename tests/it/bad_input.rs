//! Tests malformed and malicious files. Each error is one message with the position, the problem and the
//! fix. No file makes the program panic, hang or write.

mod files;
mod large;
mod names;
mod notation;
mod sessions;
mod slips;
mod survives;
mod typical;
mod values;
mod work;

use std::fs;

use langfit::questionnaire::Questionnaire;
use langfit::sanitize::is_hidden;
use langfit::session::Session;
use langfit::source::Source;
use tempfile::TempDir;

use super::cli::{langfit, read, write};
use super::support::sample;

/// A small valid questionnaire, which each test damages in one place.
const RIGHT: &str = r#"(
  format: 2,
  id: "t",
  version: "1",
  title: "T",
  subject: "a",
  sources: [(id: "s", title: "S")],
  candidates: [(id: "a", name: "A"), (id: "b", name: "B")],
  questions: [
    (
      id: "one",
      title: "One",
      ask: "Which?",
      why: "So.",
      kind: One,
      options: [
        (id: "x", text: "X", evidence: [(points: 1, candidates: ["a"], because: "it is", source: ["s"])]),
        (id: "y", text: "Y"),
      ],
    ),
    (
      id: "two",
      title: "Two",
      ask: "And?",
      why: "So.",
      kind: Many,
      when: Is("one/x"),
      options: [(id: "u", text: "U"), (id: "v", text: "V")],
    ),
  ],
  rules: [
    (id: "r", when: All([Is("one/x"), Is("two/u")]), evidence: [(points: -3, candidates: ["b"], because: "both", source: ["s"])]),
  ],
)
"#;

/// A valid session of the sample questionnaire, which each test damages in one place.
const SESSION: &str = r#"(
  format: 1,
  questionnaire: (id: "language-fit", version: "1", digest: "0"),
  title: "T",
  answers: [
    (question: "draw", answer: Chosen(["packages"]), note: "n"),
    (question: "types", answer: NotSure),
  ],
)
"#;

/// Replaces the first occurrence of `from` in a valid text. Fails if there is none.
#[track_caller]
fn changed(right: &str, from: &str, to: &str) -> String {
    assert!(right.contains(from), "{from} is not there to be spoiled");
    right.replacen(from, to, 1)
}

/// Checks that `check` and a command that uses the questionnaire reject it with this message and leave it
/// untouched.
#[track_caller]
fn check_questions(folder: &TempDir, text: &str, message: &str) {
    write(folder, "bad.ron", text);
    let line = format!("bad.ron:{message}");
    let checked = langfit(folder.path(), &["check", "bad.ron"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""), "{line}");
    check_message(&checked.out, &line, text);
    let used = langfit(folder.path(), &["advise", "--questions", "bad.ron", "--set", "one=x", "--save"]);
    assert_eq!((used.code, used.out.as_str()), (Some(2), ""), "{line}");
    check_message(&used.err, &line, text);
    check_untouched(folder, text);
}

/// Checks that two commands reject a session with this message and leave it untouched.
#[track_caller]
fn check_session(folder: &TempDir, text: &str, message: &str) {
    write(folder, "bad.ron", text);
    let line = format!("bad.ron:{message}");
    for arguments in [&["advise", "bad.ron", "--save", "--set", "draw=both"][..], &["export", "bad.ron"]] {
        let run = langfit(folder.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line}");
        check_message(&run.err, &line, text);
    }
    check_untouched(folder, text);
}

/// Checks that the first line is `line`. The offending line with a caret follows, unless it is long.
#[track_caller]
fn check_message(found: &str, line: &str, text: &str) {
    assert_eq!(found.lines().next(), Some(line), "{found}");
    assert!(!found.chars().any(|it| is_hidden(it) || it == '\t'), "something gets through: {found:?}");
    let number = line.split(':').nth(1).expect("the line's number");
    let offending = text.lines().nth(number.parse::<usize>().expect("a number") - 1).unwrap_or_default();
    if offending.len() <= 120 {
        let shown = found.lines().nth(1).unwrap_or_default();
        assert!(shown.starts_with(&format!("{number} |")), "the line itself is missing: {found}");
        assert!(found.lines().nth(2).is_some_and(|caret| caret.contains('^')), "no caret: {found}");
    }
}

#[track_caller]
fn check_untouched(folder: &TempDir, text: &str) {
    assert_eq!(read(folder, "bad.ron"), text);
    assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 1, "something was written");
}

#[test]
fn the_questionnaire_to_be_spoiled_is_right() {
    let questionnaire = Questionnaire::parse(&Source::new("right.ron", RIGHT)).expect("it is right");
    assert_eq!(questionnaire.questions().len(), 2);
    Session::parse(&Source::new("right.ron", SESSION), &sample()).expect("it is right");
}
