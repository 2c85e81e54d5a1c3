//! Tests `langfit recheck` over folders: what it visits, what it counts, and the errors that it finds in
//! records. The advice itself is out of scope.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{dated, exported, full, with_session};
use crate::cli::{folder, langfit, write};
use crate::support::sample;

const DAY: [&str; 2] = ["--today", "2026-12-01"];

/// Returns a folder with these files.
fn with_files(files: &[(&str, &str)]) -> TempDir {
    let folder = folder();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        write(&folder, name, text);
    }
    folder
}

/// Runs `recheck`. Returns the exit code, standard output and standard error.
fn recheck(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = langfit(folder.path(), &[&["recheck"], &DAY[..], arguments].concat());
    (run.code, run.out, run.err)
}

fn session() -> String {
    dated(&["parts=api"]).to_ron(&sample()).expect("it can be written")
}

/// Returns a record with this status.
fn record(title: &str, status: &str) -> String {
    format!("# {title}\n\n## Status\n\n{status}\n")
}

#[test]
fn finding_nothing_is_no_success() {
    let folder = with_files(&[("empty/README.md", "# Nothing\n"), ("notes/questions.ron", "(x: 1)")]);
    for path in ["empty", "empty/README.md", "notes"] {
        let nothing =
            format!("{path}: no session and no record here; name a session, or a folder that has one\n");
        assert_eq!(recheck(&folder, &[path]), (Some(2), String::new(), nothing.clone()));
        assert_eq!(recheck(&folder, &[path, "--format", "json"]), (Some(2), String::new(), nothing));
    }
    let both = "empty, notes: no session and no record here; name a session, or a folder that has one\n";
    assert_eq!(recheck(&folder, &["empty", "notes"]).2, both);
}

#[test]
fn what_was_found_is_counted_at_the_end() {
    let folder = with_files(&[("a/s.ron", &session()), ("a/b/t.ron", &session())]);
    write(&folder, "a/0001-x.md", &record("1. X", "Accepted"));
    let (code, out, err) = recheck(&folder, &["a"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out.lines().last(), Some("2 sessions and 1 record checked"), "{out}");
    let (_, out, _) = recheck(&folder, &["a/s.ron"]);
    assert_eq!(out.lines().last(), Some("1 session checked"), "{out}");
    let (code, out, err) = recheck(&folder, &["a", "--format", "json"]);
    assert_eq!((code, err.as_str()), (Some(0), "2 sessions and 1 record checked\n"));
    assert_eq!(out.lines().count(), 2, "one line a session: {out}");
    assert!(out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{out}");
    fs::remove_file(folder.path().join("a/s.ron")).expect("it can be removed");
    fs::remove_file(folder.path().join("a/b/t.ron")).expect("it can be removed");
    assert_eq!(recheck(&folder, &["a"]), (Some(0), "1 record checked\n".to_owned(), String::new()));
}

/// Hidden files, ignored files and installed packages are skipped. A path that is named explicitly is
/// visited anyway.
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
    assert!(out.starts_with("./good.ron: ") && out.ends_with("\n1 session checked\n"), "{out}");
    for path in [".hidden/s.ron", "build/s.ron", "build", "node_modules", ".hidden"] {
        let (code, out, _) = recheck(&folder, &[path]);
        assert!(code == Some(0) && out.ends_with("\n1 session checked\n"), "{path}: {out}");
    }
}

/// Two branches may have used the same number, possibly in different spellings.
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
        "adr/0007-b.md: has the same number as 0007-a.md; change one of them\n\
         adr/ADR-008-d.md: has the same number as 0008-c.md; change one of them\n\
         4 records checked\n"
    );
    let (_, out, err) = recheck(&folder, &["adr", "--format", "json"]);
    let first = out.lines().next().expect("there is a line");
    let found: Value = serde_json::from_str(first).expect("one line is one JSON value");
    assert_eq!(found["file"], "adr/0007-b.md");
    assert_eq!(found["problem"], "has the same number as 0007-a.md; change one of them");
    assert_eq!(err, "4 records checked\n");
}

/// Numbers are unique per folder. An annex and a translation share the number of their record.
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
    // Chapters of a guide have no status, so they are not records.
    let folder = with_files(&[
        ("s.ron", &session()),
        ("guide/01-a.md", "# A\n"),
        ("guide/01-b.md", "# B\n\nSuperseded by [x](y.md)\n"),
    ]);
    let (code, out, _) = recheck(&folder, &["."]);
    assert!(code == Some(0) && out.ends_with("\n1 session checked\n"), "{out}");
}

/// Covers every notation for a successor or a predecessor that does not exist.
#[test]
fn supersessions_that_point_nowhere_are_found() {
    for (text, problem) in [
        (
            "---\nstatus: superseded by ADR-0009\n---\n# X\n",
            "is superseded by ADR-0009, which does not exist",
        ),
        (
            "---\nstatus: \"superseded by [ADR-9](0009-z.md)\"\n---\n# X\n",
            "is superseded by 0009-z.md, which does not exist",
        ),
        (
            "---\nstatus: superseded by 20260101-z\n---\n# X\n",
            "is superseded by 20260101-z, which does not exist",
        ),
        (
            "# 1. X\n\n## Status\n\nSuperseded by [9. Z](0009-z.md)\n",
            "is superseded by 0009-z.md, which does not exist",
        ),
        ("# 1. X\n\n## Status\n\nSuperceded by ADR 9\n", "is superseded by ADR 9, which does not exist"),
        (
            "# X\n\n- Status: superseded by [z](0009-z.md)\n",
            "is superseded by 0009-z.md, which does not exist",
        ),
        (
            "# X\n\n## Status\n\nAccepted\n\nSupersedes [9. Z](0009-z.md)\n",
            "supersedes 0009-z.md, which does not exist",
        ),
        (
            "# X\n\n- Status: accepted\n\n## Links\n\n* Supersedes [Z](../old/z%20z.md#x)\n",
            "supersedes ../old/z z.md, which does not exist",
        ),
    ] {
        let folder = with_files(&[("adr/0001-x.md", text)]);
        let (code, out, _) = recheck(&folder, &["adr"]);
        let expected =
            format!("adr/0001-x.md: {problem}; correct the link or restore the record\n1 record checked\n");
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
    assert_eq!((code, out.as_str()), (Some(0), "9 records checked\n"));
}

/// Records written by the program pass. A superseded record fails once its successor is removed, except in
/// the `markdown` format.
#[test]
fn own_records_are_checked() {
    for format in ["madr", "nygard", "log4brains", "markdown"] {
        let folder = with_session(&full());
        let (old, _) = exported(&folder, &["-o", "adr/", "--format", format]);
        write(&folder, "other.ron", &full().to_ron(&sample()).expect("it can be written"));
        let new = ["export", "other.ron", "-o", "adr/", "--format", format, "--title", "New", "--supersedes"];
        let run = langfit(folder.path(), &[&new[..], &[old.trim_end()]].concat());
        let (code, out, _) = recheck(&folder, &["adr"]);
        assert_eq!((code, out.as_str()), (Some(0), "2 records checked\n"), "{format}: {}", run.err);
        fs::remove_file(folder.path().join(run.out.trim_end())).expect("it can be removed");
        let (code, out, _) = recheck(&folder, &["adr"]);
        let expected = if format == "markdown" { Some(0) } else { Some(1) };
        assert_eq!(code, expected, "{format}: {out}");
    }
}

/// `recheck` recognizes records of every shape that `export` recognizes.
#[test]
fn records_of_any_shape_have_their_numbers() {
    let madr = "# Use a\n\n## Context and Problem Statement\n\nC.\n";
    for (first, second, text) in [
        ("0001-a.md", "0001-b.md", madr),
        ("0001-a.md", "0001-b.md", "# Use a\n\n## Status: Accepted\n\n## Decision\n"),
        ("0001-a.md", "0001-b.md", "# Use a\n\n## Status: Accepted\n"),
        ("0001-a.md", "0001-b.md", "# Use a\n\n## 1. Status\n\nAccepted\n"),
        ("0001-a.md", "0001-b.md", "# Use a\n\n| Status | Accepted |\n| --- | --- |\n| Date | 2026 |\n"),
        ("0001-a.md", "0001-b.md", "---\nStatus: accepted\n---\n# Use a\n"),
        ("0001-a.md", "0001-b.md", "1. Use a\n========\n\nStatus\n------\n\nAccepted\n"),
        ("0001-a.markdown", "0001-b.md", madr),
        ("0001-a.mdx", "0001-b.md", madr),
        ("0001-a.adoc", "0001-b.md", madr),
        ("0001-a.rst", "0001-b.md", madr),
        ("0001-b.md", "ADR-0001-a.md", madr),
        ("0001-b.md", "adr001_a.md", madr),
        ("RFC-0012-a.md", "RFC-0012-b.md", madr),
        ("2024-001-a.md", "2024-001-b.md", madr),
    ] {
        let folder = with_files(&[(&format!("adr/{first}"), text), (&format!("adr/{second}"), text)]);
        let (code, out, _) = recheck(&folder, &["adr"]);
        let expected =
            format!("adr/{second}: has the same number as {first}; change one of them\n2 records checked\n");
        assert_eq!((code, out), (Some(1), expected), "{first} and {second}: {text}");
    }
    let other = with_files(&[("adr/2024-001-a.md", madr), ("adr/2025-001-b.md", madr)]);
    assert_eq!(recheck(&other, &["adr"]).0, Some(0), "each year has its own numbers");
    let twice = with_files(&[("adr/0001-a.md", madr)]);
    let (code, out, _) = recheck(&twice, &["adr", "adr/0001-a.md"]);
    assert_eq!((code, out.as_str()), (Some(0), "1 record checked\n"), "it is one record");
}

#[test]
fn a_record_cannot_take_its_own_place() {
    for text in [
        "---\nstatus: superseded by ADR-0001\n---\n# X\n",
        "---\nstatus: superseded by 0001-x\n---\n# X\n",
        "# X\n\n## Status\n\nSuperseded by [X](0001-x.md)\n",
        "# X\n\n## Status: Superseded by [X](./0001-x.md)\n",
    ] {
        let folder = with_files(&[("adr/0001-x.md", text)]);
        let (code, out, _) = recheck(&folder, &["adr"]);
        let expected =
            "adr/0001-x.md: is superseded by itself; name the record that replaces it\n1 record checked\n";
        assert_eq!((code, out.as_str()), (Some(1), expected), "{text}");
    }
    let text = record("X", "Accepted\n\nSupersedes [X](0001-x.md)");
    let folder = with_files(&[("adr/0001-x.md", &text)]);
    let (_, out, _) = recheck(&folder, &["adr"]);
    assert!(out.starts_with("adr/0001-x.md: supersedes itself; name the record that it replaces\n"));
}

/// Every path without a session or a record is reported.
#[test]
fn a_path_with_nothing_in_it_is_named() {
    let folder = with_files(&[("empty/README.md", "# Nothing\n"), ("good/s.ron", &session())]);
    let nothing = "empty: no session and no record here; name a session, or a folder that has one\n";
    for paths in [["empty", "good"], ["good", "empty"]] {
        let (code, out, err) = recheck(&folder, &paths);
        assert_eq!(code, Some(2), "{paths:?}");
        assert!(out.contains(nothing) && out.contains("good/s.ron: "), "{out}{err}");
        let (code, out, _) = recheck(&folder, &[paths[0], paths[1], "--format", "json"]);
        assert_eq!(code, Some(2));
        assert!(out.contains("{\"file\":\"empty\",\"error\":\"empty: no session and no record"), "{out}");
    }
    let (code, out, err) = recheck(&folder, &["missing"]);
    let missing = "missing: no such file or folder; check the name\n";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(2), missing, ""));
}

/// A damaged session must be reported, not skipped as an unrelated file.
#[test]
fn damaged_sessions_in_a_folder_are_found() {
    let session = session();
    let utf16: Vec<u8> = session.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&session.as_bytes()[..30], b"", b"\n", &utf16] {
        let folder = with_files(&[("a/good.ron", session.as_str())]);
        fs::write(folder.path().join("a/bad.ron"), bytes).expect("it can be written");
        let (code, out, _) = recheck(&folder, &["a"]);
        assert_eq!(code, Some(2), "{bytes:?}: {out}");
        assert!(out.starts_with("a/bad.ron:") && out.contains("a/good.ron: "), "{bytes:?}: {out}");
    }
    for text in [langfit::built_in::QUESTIONS, "(x: 1)", "Scene(name: \"x\", kind: Small)", "[1, 2]"] {
        let folder = with_files(&[("a/good.ron", session.as_str()), ("a/other.ron", text)]);
        let (code, out, _) = recheck(&folder, &["a"]);
        assert!(code == Some(0) && out.ends_with("\n1 session checked\n"), "{out}");
    }
}

/// A merge or a copy can leave two records of one session.
#[test]
fn two_records_of_one_session_are_found() {
    let text = record("X", "Accepted") + "\nSession: abcdefghij\n";
    let files = [("adr/0001-x.md", text.as_str()), ("adr/0002-y.md", &text), ("adr/0001-x.de.md", &text)];
    let (code, out, _) = recheck(&with_files(&files), &["adr"]);
    assert_eq!(code, Some(1));
    assert_eq!(
        out,
        "adr/0002-y.md: has the same session as 0001-x.md; remove one of the two, or the line Session: from the copy\n\
         3 records checked\n"
    );
    // A record that a newer record of the same session supersedes is not reported.
    let old = record("X", "Superseded by [Y](0002-y.md)") + "\nSession: abcdefghij\n";
    let (code, out, _) = recheck(&with_files(&[("adr/0001-x.md", &old), ("adr/0002-y.md", &text)]), &["adr"]);
    assert_eq!((code, out.as_str()), (Some(0), "2 records checked\n"));
    // Sessions are matched separately in each folder.
    let (code, _, _) = recheck(&with_files(&[("a/0001-x.md", &text), ("b/0001-x.md", &text)]), &["."]);
    assert_eq!(code, Some(0));
}

#[test]
fn two_sessions_with_one_id_are_found() {
    let text = session();
    let folder = with_files(&[("a.ron", text.as_str()), ("b.ron", &text)]);
    let (code, out, _) = recheck(&folder, &["."]);
    assert_eq!(code, Some(1));
    let expected = "\n./b.ron: has the same id as ./a.ron, so both claim the same record; if it is a copy for another decision, remove its id: line\n";
    assert!(out.contains(expected), "{out}");
    let (code, _, _) = recheck(&folder, &["a.ron", "./a.ron", "a.ron"]);
    assert_eq!(code, Some(0), "a file is not its own copy");
}
