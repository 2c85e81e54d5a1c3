//! Tests the built-in example: it fits the shipped questionnaire and writes nothing until the user saves it.

use std::fs;
use std::path::Path;

use langfit::questionnaire::Kind;
use langfit::session::{EXAMPLE_TEXT, Session};
use langfit::source::Source;
use langfit::workbook::Workbook;

use super::{CommandBuilder, Pty, after_leaving};
use crate::linear::program::lines_in;
use crate::screen::today;
use crate::support::shipped;

/// Starts the demo in a folder that also serves as the state folder.
fn demo(folder: &Path) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_langfit"));
    command.arg("demo");
    command.cwd(folder);
    command.env_remove("RUST_BACKTRACE");
    command.env("LC_ALL", "C.UTF-8");
    command.env("XDG_STATE_HOME", folder);
    Pty::run(command)
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.map(|entry| name(entry.expect("it can be read"))).collect();
    names.sort();
    names
}

/// The example must answer every question that is asked, except those answered in words. Otherwise the demo
/// would not look finished.
#[test]
fn the_example_fits_the_questionnaire() {
    let questionnaire = shipped();
    let session = Session::parse(&Source::new("example.ron", EXAMPLE_TEXT), &questionnaire)
        .unwrap_or_else(|rejected| panic!("{rejected}"));
    assert!(session.orphans.is_empty(), "every answer has its question");
    assert!(session.id.is_empty(), "each copy gets an id for this part only");
    assert_eq!(session.answers.parts().len(), 3);
    assert_eq!(session.decided.len(), 3, "each part is decided");
    let open = session.answers.open(&questionnaire);
    for question in questionnaire.question_ids() {
        let asked = &questionnaire[question];
        let visible = session.answers.visible(&questionnaire)[question];
        assert!(!(visible && open[question] && asked.kind != Kind::Text), "{} is open", asked.id);
    }
    assert!(questionnaire.question_ids().any(|it| !session.answers.given(it).note.is_empty()), "with notes");
    let mut workbook = Workbook::new(questionnaire, session, "example.ron".to_owned(), today());
    workbook.find_outlook();
    assert!(workbook.is_final());
}

#[test]
fn looking_at_the_example_and_changing_it_writes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut pty = demo(folder.path());
    pty.wait_for("This is a finished example; your changes are not saved; S saves a copy");
    pty.wait_for("Python for API and Pipeline; TypeScript");
    pty.press("1");
    pty.wait_for("Now: ");
    pty.wait_for("  example");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 0);
    assert!(after_leaving(&output).contains("Nothing was saved; the example is unchanged."));
    assert_eq!(files(folder.path()), Vec::<String>::new());
}

#[test]
fn the_example_is_kept_once_it_is_saved_under_a_name() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut pty = demo(folder.path());
    pty.wait_for("S saves a copy");
    pty.press("S");
    pty.wait_for("This example has no file.");
    pty.press("\r");
    pty.wait_for("example-mine.ron");
    pty.press("\r");
    pty.wait_for("Saved as example-mine.ron");
    pty.press("1");
    pty.wait_for("Now: ");
    pty.wait_for("  saved");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    let text = fs::read_to_string(folder.path().join("example-mine.ron")).expect("it was saved");
    assert!(text.contains("\"scripts\"") && text.contains("    id: \""), "with what was changed, and its id");
}

#[test]
fn the_example_is_read_line_by_line_too() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let run = lines_in(folder.path(), &["demo", "--linear"], &["1", "a", "q"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(
        run.out.starts_with("Languages of the billing platform\nSession example.ron. 15 of 15 answered.\n")
    );
    assert!(run.out.contains("This is a finished example; your changes are not saved."));
    assert!(!run.out.contains("Every answer is saved"), "{}", run.out);
    assert!(run.out.ends_with("Nothing was saved; the example is unchanged.\n"), "{}", run.out);
    assert_eq!(files(folder.path()), Vec::<String>::new());
    let screen = lines_in(folder.path(), &["demo"], &[]);
    assert_eq!(screen.code, Some(2), "there is no terminal");
    assert_eq!(screen.err.lines().count(), 1, "{}", screen.err);
}
