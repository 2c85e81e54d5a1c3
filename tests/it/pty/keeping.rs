//! Tests a session file that another program opens, changes or removes, and the rescued answers.

use std::path::Path;

use rustix::process::Signal;

use super::{Pty, after_leaving, answered, assert_saved, program};

fn read(session: &Path) -> String {
    std::fs::read_to_string(session).expect("the session was saved")
}

#[test]
fn a_second_program_is_told_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut first = answered(program(&session, &[]));
    let mut second = Pty::start(&session, &[]);
    second.wait_for("Open in another langfit (process");
    second.wait_for("  read-only");
    second.press("l1");
    second.wait_for("2 of ");
    second.press("q");
    let (code, output) = second.end();
    assert_eq!(code, 2, "{output}");
    let rest = after_leaving(&output);
    assert!(rest.contains("is open in another langfit") && rest.contains("printed above"), "{rest}");
    assert!(rest.contains("ecosystem"), "what was tried there is not lost: {rest}");
    let answered = |text: &str| crate::support::on_one_line(text).contains(r#""ecosystem", answer"#);
    assert!(!answered(&read(&session)), "and not written");

    first.press("l1");
    first.wait_for("2 of ");
    first.wait_for("  saved");
    first.press("q");
    assert_eq!(first.end().0, 0);
    assert!(answered(&read(&session)));
    let mut third = Pty::start(&session, &[]);
    third.wait_for("  saved");
    assert!(!third.screen.screen().contents().contains("read-only"));
    third.press("q");
    assert_eq!(third.end().0, 0);
    assert_eq!(crate::saving::names(folder.path()), ["s.ron"]);
}

#[test]
fn looking_alone_is_no_trouble() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut first = answered(program(&session, &[]));
    let mut second = Pty::start(&session, &[]);
    second.wait_for("  read-only");
    second.press("q");
    let (code, output) = second.end();
    assert_eq!(code, 0);
    assert!(after_leaving(&output).contains("is unchanged."), "{output}");
    first.press("q");
    assert_eq!(first.end().0, 0);
}

#[test]
fn read_only_it_can_be_saved_elsewhere() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (session, copy) = (folder.path().join("s.ron"), folder.path().join("copy.ron"));
    let mut first = answered(program(&session, &[]));
    let mut second = Pty::start(&session, &[]);
    second.wait_for("  read-only");
    second.press("S\r");
    second.wait_for("New file for the session");
    second.press(&format!("{}\r", copy.display()));
    second.wait_for("  saved");
    second.press("q");
    assert_eq!(second.end().0, 0);
    assert_saved(&copy);
    first.press("q");
    assert_eq!(first.end().0, 0);
}

/// After a kill, no lock or file has to be removed by hand.
#[test]
fn after_a_kill_it_opens_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let first = answered(program(&session, &[]));
    first.signal(Signal::KILL);
    let mut child = first.child;
    child.wait().expect("it was killed");
    assert!(crate::saving::personal(&session).join("lock").exists());
    let mut second = Pty::start(&session, &[]);
    second.wait_for("  saved");
    assert!(!second.screen.screen().contents().contains("read-only"));
    second.press("q");
    assert_eq!(second.end().0, 0);
    assert_eq!(crate::saving::names(folder.path()), ["s.ron"]);
}

/// Starts the program, changes the file as another program would, and then answers a question.
fn in_conflict(session: &Path) -> Pty {
    let mut pty = answered(program(session, &[]));
    let theirs = read(session).replace("packages", "language");
    std::fs::write(session, theirs).expect("it can be written");
    pty.press("l1");
    pty.wait_for("NOT SAVED: another program changed");
    pty
}

#[test]
fn a_change_by_another_program_is_not_overwritten_unasked() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = in_conflict(&session);
    pty.press("S");
    pty.wait_for("Keep mine: overwrite the file");
    pty.press("\u{1b}");
    pty.wait_until("closed", |pty| !pty.screen.screen().contents().contains("Keep mine"));
    assert!(read(&session).contains("language"), "theirs is there");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 2);
    let rest = after_leaving(&output);
    assert!(rest.contains("another program changed") && rest.contains("/rescue"), "{rest}");
    assert!(read(&session).contains("language"));
    let mine = read(&crate::saving::personal(&session).join("rescue"));
    assert!(mine.contains("packages") && mine.contains("ecosystem"), "{mine}");

    // The recovered answers are offered, not applied.
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recovered answers");
    pty.wait_for(", written 2");
    pty.wait_for("Delete them");
    pty.press("\u{1b}[A\r");
    pty.wait_for("The recovered answers are loaded");
    pty.wait_for("  saved");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert!(read(&session).contains("packages"));
    let kept = read(&crate::saving::personal(&session).join("version-1.ron"));
    assert!(kept.contains("language"), "what was there is kept");
    assert_eq!(crate::saving::names(folder.path()), ["s.ron"]);
}

#[test]
fn mine_or_theirs_is_a_choice() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = in_conflict(&session);
    pty.press("S\r");
    pty.wait_for("  saved");
    assert_saved(&session);
    pty.press("q");
    assert_eq!(pty.end().0, 0);

    let other = folder.path().join("other.ron");
    let mut pty = in_conflict(&other);
    pty.press("S\u{1b}[B\r");
    pty.wait_for("Reloaded ");
    let theirs = read(&other);
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_eq!(read(&other), theirs, "what was read is not written");
}

#[test]
fn a_failed_save_succeeds_by_itself_once_it_can() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let place = folder.path().join("gone");
    let session = place.join("s.ron");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recommendation");
    pty.press("2");
    pty.wait_for("NOT SAVED");
    std::fs::create_dir(&place).expect("it can be made");
    pty.wait_for("Saving works again");
    pty.wait_for("  saved");
    assert_saved(&session);
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_eq!(crate::saving::names(&place), ["s.ron"]);
}

/// No shell expands `~` in a name typed inside the program.
#[test]
fn a_name_typed_in_the_program_may_begin_at_home() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (session, home) = (folder.path().join("s.ron"), folder.path().join("home"));
    std::fs::create_dir(&home).expect("it can be made");
    let mut command = program(&session, &[]);
    command.env("HOME", &home);
    let mut pty = answered(command);
    pty.press("S\r");
    pty.wait_for("New file for the session");
    pty.press("~/mine.ron\r");
    pty.wait_for("later changes go to that file");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_saved(&home.join("mine.ron"));
}

/// If loaded rescued answers are saved and then undone, the rescue file is their only copy.
#[test]
fn rescued_answers_that_are_taken_back_after_they_were_saved_are_not_lost() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let questionnaire = crate::support::sample();
    let text = |answer: &str| {
        crate::support::session(&questionnaire, &[answer]).to_ron(&questionnaire).expect("it can be written")
    };
    std::fs::write(&session, text("draw=language")).expect("it can be written");
    let rescue = folder.path().join(".s.ron.rescue");
    std::fs::write(&rescue, text("draw=packages")).expect("it can be written");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recovered answers");
    pty.press("\u{1b}[A\r");
    pty.wait_for("The recovered answers are loaded");
    pty.wait_for("  saved");
    assert_saved(&session);
    pty.press("u");
    pty.wait_for("Undone: the answers of ");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert!(read(&session).contains("language"));
    assert_saved(&rescue);
}

#[test]
fn a_session_that_git_took_away_is_not_made_again_on_the_other_branch() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = answered(program(&session, &[]));
    std::fs::remove_file(&session).expect("it was saved");
    pty.press("l1");
    pty.wait_for("NOT SAVED: another program removed");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 2);
    assert!(after_leaving(&output).contains("/rescue and are offered at the next start"), "{output}");
    assert_eq!(crate::saving::names(folder.path()), [""; 0]);
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recovered answers");
    pty.wait_for("which no longer exists");
    assert!(!pty.screen.screen().contents().contains("differs from"), "there is nothing to differ from");
    pty.press("\rq");
    let (_, output) = pty.end();
    let rest = after_leaving(&output);
    assert!(rest.contains("are still offered at the next start"), "{rest}");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recovered answers");
    pty.press("\u{1b}[A\r");
    pty.wait_for("  saved");
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 0);
    assert!(!after_leaving(&output).contains("offered"), "they were taken: {output}");
    assert_saved(&session);
}

#[test]
fn a_file_that_git_took_away_after_the_last_answer_is_not_said_to_be_saved() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = answered(program(&session, &[]));
    pty.wait_for("  saved");
    std::fs::remove_file(&session).expect("it was saved");
    pty.press("q");
    let (code, output) = pty.end();
    let rest = after_leaving(&output);
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("Another program removed") && rest.contains("nothing was written"), "{rest}");
    assert!(!rest.contains("Saved in"), "{rest}");
    assert!(!session.exists());
}

#[test]
fn a_record_can_be_written_below_home() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let (session, home) = (folder.path().join("s.ron"), folder.path().join("home"));
    std::fs::create_dir(&home).expect("it can be made");
    let mut command = program(&session, &[]);
    command.env("HOME", &home);
    let mut pty = answered(command);
    pty.press("e");
    pty.wait_for("Export the decision record");
    // Move to the last entry, the file name, where the cursor stops.
    pty.press(&"j".repeat(20));
    pty.press(" ");
    pty.press("\u{15}~/adr/\r");
    pty.press("\r");
    pty.wait_for("Written");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert!(home.join("adr/0001-languages-for-this-system.md").exists());
}
