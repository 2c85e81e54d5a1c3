//! Tests how a session finds its questionnaire: by the file that it names, for all commands and in folders
//! with mixed sessions.

use std::fs;

use tempfile::TempDir;

use super::cli::{read, run, run_with, write};

const STORAGE: &str = include_str!("data/storage.ron");

/// Returns a folder with a questionnaire, a session that uses it in a subfolder, and a session that uses the
/// built-in questionnaire.
fn mixed() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "storage.ron", STORAGE);
    fs::create_dir(folder.path().join("shop")).expect("it can be made");
    let made = run(
        folder.path(),
        &["advise", "shop/s.ron", "--questions", "storage.ron", "--set", "parts=records", "--save"],
    );
    assert_eq!((made.code, made.err.as_str()), (Some(0), ""));
    let made = run(folder.path(), &["advise", "own.ron", "--set", "parts=api", "--save"]);
    assert_eq!((made.code, made.err.as_str()), (Some(0), ""));
    folder
}

#[test]
fn a_session_names_its_questionnaire_relative_to_itself() {
    let folder = mixed();
    assert!(read(&folder, "shop/s.ron").contains("\n        file: \"../storage.ron\",\n"));
    assert!(!read(&folder, "own.ron").contains("file:"), "the one built in needs no file");
    let said = |arguments: &[&str]| {
        let run = run(folder.path(), arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        run.out
    };
    assert!(said(&["advise", "shop/s.ron"]).contains("Recommendation: Relational for Business records."));
    assert!(
        said(&["decide", "shop/s.ron", "--part", "Business records=relational"]).contains("as recommended")
    );
    assert!(
        said(&["export", "shop/s.ron"]).contains("We propose to use Relational for the Business records.")
    );
    // The file name survives saving by another command.
    assert!(read(&folder, "shop/s.ron").contains("file: \"../storage.ron\""));
}

#[test]
fn mixed_folders_are_looked_at_as_they_are() {
    let folder = mixed();
    let all = run(folder.path(), &["recheck", "."]);
    assert!(all.out.contains("Business records: undecided; recommended is Relational\n"), "{}", all.out);
    assert!(all.out.contains("2 sessions checked\n"), "{}", all.out);
    // The given questionnaire applies only to the sessions that belong to it.
    let given = run(folder.path(), &["recheck", ".", "--questions", "storage.ron"]);
    assert_eq!(given.out, all.out);
    let compared = run(folder.path(), &["compare", "own.ron", "shop/s.ron"]);
    assert_eq!(compared.code, Some(2));
    assert!(compared.err.contains("own.ron and shop/s.ron use different questionnaires"), "{}", compared.err);
}

#[test]
fn a_variable_names_it_for_sessions_that_name_none() {
    let folder = mixed();
    let variable = [("LANGFIT_QUESTIONS", "storage.ron")];
    let blank = run_with(folder.path(), &variable, &["advise", "--set", "parts=records"]);
    assert!(blank.out.starts_with("Stores for this system\n"), "{}{}", blank.out, blank.err);
    let own = run_with(folder.path(), &variable, &["advise", "own.ron"]);
    assert!(own.out.starts_with("Languages for this system\n"), "{}{}", own.out, own.err);
}

#[test]
fn a_questionnaire_that_is_not_there_is_asked_for() {
    let folder = mixed();
    fs::rename(folder.path().join("storage.ron"), folder.path().join("moved.ron")).expect("it moves");
    let gone = run(folder.path(), &["advise", "shop/s.ron"]);
    assert_eq!(gone.code, Some(2));
    let hint = "storage.ron does not exist; restore it, or name another one with --questions\n";
    assert!(gone.err.ends_with(hint), "{}", gone.err);
    let named = run(folder.path(), &["advise", "shop/s.ron", "--questions", "moved.ron"]);
    assert_eq!(named.code, Some(0), "{}", named.err);
    for outside in ["/etc/passwd", ""] {
        let session = read(&folder, "shop/s.ron").replace("../storage.ron", outside);
        write(&folder, "shop/odd.ron", &session);
        let odd = run(folder.path(), &["advise", "shop/odd.ron"]);
        assert!(odd.err.contains("must be relative to the session's folder"), "{}", odd.err);
    }
}
