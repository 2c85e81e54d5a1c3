//! `langfit recheck` over folders: what it looks into, what it counts, and what is wrong among records;
//! must not test the advice.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{dated, exported, full, with_session};
use crate::cli::{folder, langfit, write};
use crate::support::shipped;

const DAY: [&str; 2] = ["--today", "2026-12-01"];

/// Writes files into folders that are made for them.
fn with_files(files: &[(&str, &str)]) -> TempDir {
    let folder = folder();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        write(&folder, name, text);
    }
    folder
}

/// The exit code, what is printed and what is said.
fn recheck(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = langfit(folder.path(), &[&["recheck"], &DAY[..], arguments].concat());
    (run.code, run.out, run.err)
}

fn session() -> String {
    dated(&["parts=api"]).to_ron(&shipped()).expect("it can be written")
}

/// A record with a status.
fn record(title: &str, status: &str) -> String {
    format!("# {title}\n\n## Status\n\n{status}\n")
}

#[test]
fn finding_nothing_is_no_success() {
    let folder = with_files(&[("empty/README.md", "# Nothing\n"), ("notes/questions.ron", "(x: 1)")]);
    for path in ["empty", "empty/README.md", "notes"] {
        let nothing = format!(
            "{path}: there is neither a session nor a record here; name a session, or a folder that holds one\n"
        );
        assert_eq!(recheck(&folder, &[path]), (Some(2), String::new(), nothing.clone()));
        assert_eq!(recheck(&folder, &[path, "--format", "json"]), (Some(2), String::new(), nothing));
    }
    let both = "empty, notes: there is neither a session nor a record here; name a session, or a folder that holds one\n";
    assert_eq!(recheck(&folder, &["empty", "notes"]).2, both);
}

#[test]
fn what_was_found_is_counted_at_the_end() {
    let folder = with_files(&[("a/s.ron", &session()), ("a/b/t.ron", &session())]);
    write(&folder, "a/0001-x.md", &record("1. X", "Accepted"));
    let (code, out, err) = recheck(&folder, &["a"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out.lines().last(), Some("2 sessions and 1 record looked at"), "{out}");
    let (_, out, _) = recheck(&folder, &["a/s.ron"]);
    assert_eq!(out.lines().last(), Some("1 session looked at"), "{out}");
    let (code, out, err) = recheck(&folder, &["a", "--format", "json"]);
    assert_eq!((code, err.as_str()), (Some(0), "2 sessions and 1 record looked at\n"));
    assert_eq!(out.lines().count(), 2, "one line a session: {out}");
    assert!(out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{out}");
    fs::remove_file(folder.path().join("a/s.ron")).expect("it can be removed");
    fs::remove_file(folder.path().join("a/b/t.ron")).expect("it can be removed");
    assert_eq!(recheck(&folder, &["a"]), (Some(0), "1 record looked at\n".to_owned(), String::new()));
}

/// Neither what is hidden or ignored, nor what others installed; what is named is looked at all the same.
#[test]
fn ignored_and_hidden_folders_are_not_walked() {
    let session = session();
    let folder = with_files(&[
        ("good.ron", session.as_str()),
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".gitignore", "build/\n*.local.ron\n"),
        (".hidden/s.ron", &session),
        (".hidden.ron", &session),
        ("build/s.ron", &session),
        ("my.local.ron", &session),
        ("node_modules/package/s.ron", &session),
        ("deep/node_modules/package/0001-x.md", &record("1. X", "Superseded by [2. Y](0002-y.md)")),
    ]);
    let (code, out, err) = recheck(&folder, &["."]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.starts_with("./good.ron: ") && out.ends_with("\n1 session looked at\n"), "{out}");
    for path in [".hidden/s.ron", "build/s.ron", "build", "node_modules", ".hidden"] {
        let (code, out, _) = recheck(&folder, &[path]);
        assert!(code == Some(0) && out.ends_with("\n1 session looked at\n"), "{path}: {out}");
    }
}

/// Two branches that gave the same number, whatever it looks like.
#[test]
fn numbers_that_were_given_twice_are_found() {
    let folder = with_files(&[
        ("adr/0007-a.md", &record("7. A", "Accepted")),
        ("adr/0007-b.md", &record("7. B", "Accepted")),
        ("adr/0008-c.md", &record("8. C", "Accepted")),
        ("adr/ADR-008-d.md", &record("D", "Accepted")),
    ]);
    let (code, out, err) = recheck(&folder, &["adr"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert_eq!(
        out,
        "adr/0007-b.md: has the number of 0007-a.md; give one of the two another number\n\
         4 records looked at\n"
    );
    let (_, out, err) = recheck(&folder, &["adr", "--format", "json"]);
    let found: Value = serde_json::from_str(&out).expect("one line is one JSON value");
    assert_eq!(found["file"], "adr/0007-b.md");
    assert_eq!(found["problem"], "has the number of 0007-a.md; give one of the two another number");
    assert_eq!(err, "4 records looked at\n");
}

/// Numbers are a matter of one folder; an annex shares the number of its record, and a translation too.
#[test]
fn numbers_that_belong_together_are_no_mistake() {
    let text = record("X", "Accepted");
    let folder = with_files(&[
        ("a/0001-x.md", text.as_str()),
        ("b/0001-y.md", &text),
        ("c/0002-sign.md", &text),
        ("c/0002-sign-annex.md", &text),
        ("c/0002-sign.de.md", &text),
        ("c/0003-x.md", &text),
        ("c/0003-x.png", "picture"),
        ("c/2024-plan.md", &text),
        ("c/2024-report.md", &text),
        ("c/2024-09-01-x.md", &text),
        ("c/2024-09-01-y.md", &text),
    ]);
    let (code, out, _) = recheck(&folder, &["."]);
    assert_eq!(code, Some(0), "{out}");
    // Chapters of a guide have no status, and are no records.
    let folder = with_files(&[
        ("s.ron", &session()),
        ("guide/01-a.md", "# A\n"),
        ("guide/01-b.md", "# B\n\nSuperseded by [x](y.md)\n"),
    ]);
    let (code, out, _) = recheck(&folder, &["."]);
    assert!(code == Some(0) && out.ends_with("\n1 session looked at\n"), "{out}");
}

/// Each way to speak of a successor or a predecessor that is not there.
#[test]
fn supersessions_that_point_nowhere_are_found() {
    for (text, problem) in [
        ("---\nstatus: superseded by ADR-0009\n---\n# X\n", "is superseded by ADR-0009, which is not here"),
        (
            "---\nstatus: \"superseded by [ADR-9](0009-z.md)\"\n---\n# X\n",
            "is superseded by 0009-z.md, which is not here",
        ),
        (
            "---\nstatus: superseded by 20260101-z\n---\n# X\n",
            "is superseded by 20260101-z, which is not here",
        ),
        (
            "# 1. X\n\n## Status\n\nSuperseded by [9. Z](0009-z.md)\n",
            "is superseded by 0009-z.md, which is not here",
        ),
        ("# 1. X\n\n## Status\n\nSuperceded by ADR 9\n", "is superseded by ADR 9, which is not here"),
        ("# X\n\n- Status: superseded by [z](0009-z.md)\n", "is superseded by 0009-z.md, which is not here"),
        (
            "# X\n\n## Status\n\nAccepted\n\nSupersedes [9. Z](0009-z.md)\n",
            "supersedes 0009-z.md, which is not here",
        ),
        (
            "# X\n\n- Status: accepted\n\n## Links\n\n* Supersedes [Z](../old/z%20z.md#x)\n",
            "supersedes ../old/z z.md, which is not here",
        ),
    ] {
        let folder = with_files(&[("adr/0001-x.md", text)]);
        let (code, out, _) = recheck(&folder, &["adr"]);
        let expected = format!(
            "adr/0001-x.md: {problem}; correct the link or bring the record back\n1 record looked at\n"
        );
        assert_eq!((code, out), (Some(1), expected), "{text}");
    }
}

#[test]
fn supersessions_that_lead_somewhere_are_no_mistake() {
    let folder = with_files(&[
        ("adr/0001-a.md", "---\nstatus: superseded by ADR-0002\n---\n# A\n"),
        ("adr/0002-b.md", "---\nstatus: superseded by [ADR-3](ADR-003-c.md#x)\n---\n# B\n"),
        ("adr/ADR-003-c.md", &record("3. C", "Superseded by [4. D](20260101-d.md)")),
        ("adr/20260101-d.md", "# D\n\n- Status: superseded by [20260102-e](20260102-e.md)\n"),
        ("adr/20260102-e.md", "---\nstatus: superseded by 20260103-f\n---\n# E\n"),
        (
            "adr/20260103-f.md",
            &record("F", "Accepted\n\nSupersedes [E](20260102-e.md) and [web](https://example.org)"),
        ),
        ("adr/0006-g.md", &record("G", "Accepted\n\nThis supersedes all that was said.")),
        ("adr/0007-h.md", &record("H", "Superseded by a later discussion")),
        ("adr/0008-i.md", "# I\n\n- Status: accepted\n\n```\nSupersedes [x](gone.md)\n```\n"),
    ]);
    let (code, out, _) = recheck(&folder, &["adr"]);
    assert_eq!((code, out.as_str()), (Some(0), "9 records looked at\n"));
}

/// What the program writes itself is found to be right, and to be wrong once a part of it is gone.
#[test]
fn own_records_are_checked() {
    for format in ["madr", "nygard", "log4brains", "markdown"] {
        let folder = with_session(&full());
        let (old, _) = exported(&folder, &["-o", "adr/", "--format", format]);
        write(&folder, "other.ron", &full().to_ron(&shipped()).expect("it can be written"));
        let new = ["export", "other.ron", "-o", "adr/", "--format", format, "--title", "New", "--supersedes"];
        let run = langfit(folder.path(), &[&new[..], &[old.trim_end()]].concat());
        let (code, out, _) = recheck(&folder, &["adr"]);
        assert_eq!((code, out.as_str()), (Some(0), "2 records looked at\n"), "{format}: {}", run.err);
        fs::remove_file(folder.path().join(run.out.trim_end())).expect("it can be removed");
        let (code, out, _) = recheck(&folder, &["adr"]);
        let expected = if format == "markdown" { Some(0) } else { Some(1) };
        assert_eq!(code, expected, "{format}: {out}");
    }
}
