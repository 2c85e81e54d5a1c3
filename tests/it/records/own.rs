//! Tests the link between a record and its session: every dialect shows the session, and the record is
//! found under any name. Name patterns are out of scope.

use std::fs;

use langfit::record::{Dialect, RecordOptions, advice_json, render};
use langfit::session::Session;
use tempfile::TempDir;

use super::files::check_refused;
use super::{DIALECTS, exported, full, with_session, written};
use crate::cli::{langfit, read, write};
use crate::support::sample;

/// The message about an existing record of the session.
pub const IS_OWN: &str = ": is the record of this session; add --force to update it, or, if the session is a copy for another decision, remove its id: line and add --save";

/// Returns the number of files in `adr`.
fn count(folder: &TempDir) -> usize {
    fs::read_dir(folder.path().join("adr")).expect("it can be listed").count()
}

fn is_id(id: &str) -> bool {
    id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// A session gets its id together with its date, keeps it, and writes it to its file.
#[test]
fn a_session_has_an_id_from_its_first_day_on() {
    let day = "2026-11-21".parse().expect("a day");
    let mut session = Session::new(&sample());
    assert_eq!(session.id, "");
    session.stamp(day);
    let id = session.id.clone();
    assert!(is_id(&id), "{id}");
    session.stamp(day);
    assert_eq!(session.id, id);
    let text = session.to_ron(&sample()).expect("it can be written");
    assert!(text.contains(&format!("\n    id: \"{id}\",\n")), "{text}");
    let read = Session::parse(&langfit::source::Source::new("s.ron", text.as_str()), &sample());
    assert_eq!(read.expect("it can be read").id, id);
    let mut other = Session::new(&sample());
    other.stamp(day);
    assert_ne!(other.id, id);
}

#[test]
fn an_id_is_a_few_letters_and_digits() {
    let session = full();
    let text = session.to_ron(&sample()).expect("it can be written");
    for wrong in ["", "a b", "x/../y", "\\u{202e}", &"x".repeat(41)] {
        let text = text.replace(&session.id, wrong);
        let source = langfit::source::Source::new("s.ron", text.as_str());
        let rejected = Session::parse(&source, &sample()).expect_err("it is no id").to_string();
        assert!(rejected.contains("is not a valid session id"), "{rejected}");
    }
}

/// Full and brief records of every dialect show the session's id. A session without an id gets no such line.
#[test]
fn every_record_shows_its_session() {
    let session = full();
    for brief in [false, true] {
        for dialect in DIALECTS {
            let record = written(&session, &RecordOptions { brief, ..RecordOptions::new(dialect) });
            let shown = format!("Session: {}", session.id);
            assert_eq!(record.matches(&shown).count(), 1, "{dialect:?}: {record}");
            let without = Session { id: String::new(), ..session.clone() };
            let record = written(&without, &RecordOptions { brief, ..RecordOptions::new(dialect) });
            assert!(!record.contains("Session:"), "{dialect:?}: {record}");
        }
    }
    let json = advice_json(&sample(), &session, None).expect("it can be written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["session"], session.id.as_str());
}

/// Even after a new title or a renamed file, a session has only one record.
#[test]
fn a_session_has_one_record_whatever_it_is_called() {
    for (format, extension) in [
        ("madr", "md"),
        ("nygard", "md"),
        ("log4brains", "md"),
        ("markdown", "md"),
        ("html", "html"),
        ("json", "json"),
    ] {
        let folder = with_session(&full());
        let (first, _) = exported(&folder, &["-o", "adr/", "--format", format]);
        let first = first.trim_end();
        let again = ["-o", "adr/", "--format", format, "--title", "Another title"];
        check_refused(&folder, &again, &format!("{first}{IS_OWN}"));
        let (again, said) = exported(&folder, &[&again[..], &["--force"]].concat());
        assert_eq!((again.trim_end(), said.as_str()), (first, ""), "{format}");
        assert!(read(&folder, first).contains("Another title"), "{format}");
        let moved = format!("adr/0040-moved.{extension}");
        fs::rename(folder.path().join(first), folder.path().join(&moved)).expect("it can be renamed");
        let (again, _) = exported(&folder, &["-o", "adr/", "--format", format, "--force"]);
        assert_eq!(again.trim_end(), moved, "{format}");
        assert_eq!(count(&folder), 1, "{format}");
        if format == "nygard" {
            assert!(read(&folder, &moved).starts_with("# 40. "), "{}", read(&folder, &moved));
        }
        let plain = format!("adr/moved.{extension}");
        fs::rename(folder.path().join(&moved), folder.path().join(&plain)).expect("it can be renamed");
        let (again, _) = exported(&folder, &["-o", "adr/", "--format", format, "--force"]);
        assert_eq!(again.trim_end(), plain, "{format}");
    }
}

/// Two sessions with the same title are two decisions. A record without an id is matched by the title in its
/// file name.
#[test]
fn another_sessions_record_is_not_this_one() {
    let folder = with_session(&full());
    write(&folder, "other.ron", &full().to_ron(&sample()).expect("it can be written"));
    exported(&folder, &["-o", "adr/"]);
    let run = langfit(folder.path(), &["export", "other.ron", "-o", "adr/"]);
    assert_eq!(run.out, "adr/0002-languages-for-claims.md\n", "{}", run.err);
    let folder = with_session(&full());
    fs::create_dir(folder.path().join("adr")).expect("it can be made");
    write(&folder, "adr/0007-languages-for-claims.md", "# By hand\n");
    let refused = "adr/0007-languages-for-claims.md: already exists; add --force to overwrite it";
    check_refused(&folder, &["-o", "adr"], refused);
}

/// A record that supersedes an earlier record of the same session becomes that session's record.
#[test]
fn a_session_can_supersede_its_own_record() {
    let folder = with_session(&full());
    exported(&folder, &["-o", "adr/"]);
    let old = "adr/0001-languages-for-claims.md";
    let again = ["-o", "adr/", "--supersedes", old, "--title", "Another title"];
    assert_eq!(exported(&folder, &again).0, "adr/0002-another-title.md\n");
    assert!(read(&folder, old).starts_with("---\nstatus: superseded by ADR-0002\n"));
    // The new file is now the session's record.
    let refused = format!("adr/0002-another-title.md{IS_OWN}");
    check_refused(&folder, &["-o", "adr/"], &refused);
    assert_eq!(count(&folder), 2);
}

/// A record that another session has superseded must not accidentally become a proposal again.
#[test]
fn a_superseded_record_is_not_written_anew() {
    let folder = with_session(&full());
    exported(&folder, &["-o", "adr/"]);
    let old = "adr/0001-languages-for-claims.md";
    write(&folder, "other.ron", &full().to_ron(&sample()).expect("it can be written"));
    let run = langfit(folder.path(), &["export", "other.ron", "-o", "adr/", "--supersedes", old]);
    assert_eq!(run.out, "adr/0002-languages-for-claims.md\n", "{}", run.err);
    let refused = "adr/0001-languages-for-claims.md: is superseded by another record, and updating it would lose that; name the file itself to write it anyway";
    check_refused(&folder, &["-o", "adr/", "--force"], refused);
    assert!(read(&folder, old).starts_with("---\nstatus: superseded by ADR-0002\n"));
    exported(&folder, &["-o", old, "--force"]);
    assert!(read(&folder, old).starts_with("---\nstatus: proposed\n"));
}

/// Text in a note is not taken for the session line.
#[test]
fn a_note_cannot_pass_for_another_session() {
    let (mut mine, other) = (full(), full());
    let draw = sample().find("draw").expect("it is asked");
    mine.answers.given_mut(draw).note = format!("x\n\nSession: {}\n", other.id);
    mine.details.title = format!("Session: {}", other.id);
    mine.details.system = format!("Session: {}", other.id);
    let folder = with_session(&other);
    fs::create_dir(folder.path().join("adr")).expect("it can be made");
    for (number, dialect) in
        [Dialect::Madr, Dialect::Log4brains, Dialect::Nygard, Dialect::Markdown].iter().enumerate()
    {
        let record = render(&sample(), &mine, &RecordOptions::new(*dialect)).expect("it can be written");
        write(&folder, &format!("adr/000{number}-x.md"), &record);
    }
    assert_eq!(exported(&folder, &["-o", "adr"]).0, "adr/0004-languages-for-claims.md\n");
}

/// After a merge or a copy, the user has to say which of two records is meant.
#[test]
fn an_ambiguous_record_of_a_session_is_not_updated() {
    let folder = with_session(&full());
    exported(&folder, &["-o", "adr/"]);
    let first = "adr/0001-languages-for-claims.md";
    let text = read(&folder, first);
    write(&folder, "adr/0002-copy.md", &text);
    let refused = format!(
        "adr/0002-copy.md: is a record of this session, and so is {first}; remove one of the two, or the line Session: from the copy"
    );
    for force in [&["-o", "adr/", "--force"][..], &["-o", "adr"]] {
        check_refused(&folder, force, &refused);
    }
    assert_eq!((read(&folder, first), read(&folder, "adr/0002-copy.md")), (text.clone(), text));
    // Naming the file resolves the ambiguity.
    exported(&folder, &["-o", first, "--force"]);
}

/// If a session was copied for another system, the message explains how to make it a separate session.
#[test]
fn a_copied_session_says_how_to_become_another() {
    let folder = with_session(&full());
    exported(&folder, &["-o", "adr/"]);
    let first = "adr/0001-languages-for-claims.md";
    let copy = read(&folder, "s.ron");
    write(&folder, "copy.ron", &copy);
    let run = langfit(folder.path(), &["export", "copy.ron", "-o", "adr/", "--title", "Other"]);
    assert_eq!((run.code, run.err), (Some(2), format!("{first}{IS_OWN}\n")));
    let is_id = |line: &&str| line.starts_with("    id: \"");
    let without: String = copy.split_inclusive('\n').filter(|line| !is_id(line)).collect();
    write(&folder, "copy.ron", &without);
    let run = langfit(folder.path(), &["export", "copy.ron", "-o", "adr/", "--title", "Other", "--save"]);
    assert_eq!(run.out, "adr/0002-other.md\n", "{}", run.err);
}

/// Updating a record keeps the links to the records that it supersedes.
#[test]
fn an_updated_record_still_supersedes() {
    for (format, link) in [
        ("madr", "Supersedes [Use C\\#.](0001-old%20x.md).\n"),
        ("nygard", "Supersedes [1. Use C\\#.](0001-old%20x.md)\n"),
        ("log4brains", "- Supersedes [0001-old x](0001-old%20x.md)\n"),
        ("markdown", "Supersedes [Use C\\#.](0001-old%20x.md).\n"),
        ("html", "<p>Supersedes <a href=\"0001-old%20x.md\">Use C#.</a>.</p>\n"),
    ] {
        let folder = with_session(&full());
        fs::create_dir(folder.path().join("adr")).expect("it can be made");
        write(&folder, "adr/0001-old x.md", "# Use C#.\n\n## Status\n\nAccepted\n");
        let to = ["-o", "adr/", "--format", format];
        let (new, _) = exported(&folder, &[&to[..], &["--supersedes", "adr/0001-old x.md"]].concat());
        let new = new.trim_end();
        let before = read(&folder, new);
        assert!(before.contains(link), "{format}: {before}");
        exported(&folder, &[&to[..], &["--force"]].concat());
        assert_eq!(read(&folder, new), before, "{format}");
        exported(&folder, &["-o", new, "--format", format, "--force"]);
        assert_eq!(read(&folder, new), before, "{format}");
        write(&folder, "adr/0003-more.md", "# More\n\n## Status\n\nAccepted\n");
        exported(&folder, &[&to[..], &["--force", "--supersedes", "adr/0003-more.md"]].concat());
        let both = read(&folder, new);
        assert!(both.contains(link) && both.matches("0003-more.md").count() == 1, "{format}: {both}");
    }
}
