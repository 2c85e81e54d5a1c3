//! Tests `--supersedes`: the link in the new record, and the replaced status in the old record, whose other
//! bytes do not change. Numbering is out of scope.

use std::fs;

use langfit::record::{RecordLink, Superseding, heading, supersede};
use tempfile::TempDir;

use super::files::check_refused;
use super::hostile::{STRINGS, strings};
use super::{exported, full, with_session};
use crate::cli::{folder, langfit, read, write};
use crate::support::sample;

/// The name of the new record beside `0003-old.md`.
const NEW: &str = "0004-languages-for-claims.md";

/// Returns a folder with a session and an old record.
fn with_old(name: &str, text: &str) -> TempDir {
    let folder = with_session(&full());
    fs::create_dir(folder.path().join("adr")).expect("it can be made");
    write(&folder, &format!("adr/{name}"), text);
    folder
}

/// Exports with `--supersedes`. Returns the messages other than the one about the folder's pattern.
#[track_caller]
fn superseding(folder: &TempDir, old: &str, arguments: &[&str]) -> String {
    let old = format!("adr/{old}");
    let (_, err) = exported(folder, &[&["-o", "adr/", "--supersedes", &old], arguments].concat());
    err.split_inclusive('\n').filter(|line| !line.contains(": the name follows ")).collect()
}

/// Checks that the old record `0003-old.md` becomes this text, byte for byte.
#[track_caller]
fn check(old: &str, new: &str) {
    let folder = with_old("0003-old.md", old);
    let said = superseding(&folder, "0003-old.md", &[]);
    assert_eq!(read(&folder, "adr/0003-old.md"), new, "{said}");
    assert_eq!(said, "adr/0003-old.md: status changed to superseded\n");
    // A second run has nothing left to change.
    let again = superseding(&folder, "0003-old.md", &["--force"]);
    assert_eq!((read(&folder, "adr/0003-old.md").as_str(), again.as_str()), (new, ""));
}

/// Checks that the old record is unchanged, and that a message says what to write in it.
#[track_caller]
fn check_said(old: &str, said: &str) {
    let folder = with_old("0003-old.md", old);
    assert_eq!(superseding(&folder, "0003-old.md", &[]), said);
    assert_eq!(read(&folder, "adr/0003-old.md"), old);
}

const LINK: &str = "[0004-languages-for-claims](0004-languages-for-claims.md)";
const TITLED: &str = "[4. Languages for claims](0004-languages-for-claims.md)";

/// Covers every place in which the tools of a dialect look for the status.
#[test]
fn the_status_is_replaced_where_it_stands() {
    let superseded = "superseded by ADR-0004";
    for (old, new) in [
        // MADR.
        ("---\nstatus: accepted\ndate: 2026-01-02\n---\n# Old\n", superseded),
        ("---\ndate: 2026-01-02\nstatus:   \"accepted\"  # by the board\n---\n\n# Old\n", superseded),
    ] {
        let begin = old.find("status:").expect("it is there");
        let value =
            begin + "status:".len() + old[begin + "status:".len()..].find(|it| it != ' ').expect("it is");
        let end = value + old[value..].find('\n').expect("a line ends");
        check(old, &format!("{}{new}{}", &old[..value], &old[end..]));
    }
    for (before, status, after, new) in [
        // Nygard, with every kind of heading.
        ("# 3. Old\n\nDate: 2026-01-02\n\n## Status\n\n", "Accepted", "\n\n## Context\n\nC.\n", TITLED),
        ("# 3. Old\n\n## Status\n", "Accepted", "", TITLED),
        ("# Old #\n\n## Status ##\n\n", "Accepted on Monday\nby all of us", "\n\n## Context\n", TITLED),
        ("Old\n======\n\nStatus\n------\n\n", "Accepted", "\n\nContext\n-------\n", TITLED),
        ("# Old\n\n### STATUS\n\n* ", "Accepted", "\n\n### Context\n", TITLED),
        ("# Old\n\n## Status\n\n<!-- one of: accepted -->\n\n", "**Accepted**", "\n", TITLED),
        // The rest of the section is kept.
        (
            "# 3. Old\n\n## Status\n\n",
            "Accepted",
            "\n\nSupersedes [1. Older](0001-older.md)\n\nAmended by [2. X](0002-x.md)\n",
            TITLED,
        ),
        ("# 3. Old\n\n## Status\n\n", "Accepted", "\nSupersedes [1. Older](0001-older.md)\n", TITLED),
        ("# 3. Old\n\n## Status\n\nSupersedes [1. X](0001-x.md)\n\n", "Accepted", "\n", TITLED),
        // In a heading, below a numbered heading, in a table, and below Nygard's original kind of title.
        ("# Old\n\n## Status: ", "Accepted", "\n\n## Context\n", TITLED),
        ("# Old\n\n## 1. **Status:** ", "Accepted", " ##\n\n## Context\n", TITLED),
        ("# Old\n\n## 1. Status\n\n", "Accepted", "\n\n## 2. Context\n", TITLED),
        ("# Old\n\n## 1\\) Status:\n\n", "Accepted", "\n\n## 2. Context\n", TITLED),
        ("# Old\n\n| Status | ", "Accepted", " |\n| --- | --- |\n| Date | 2026 |\n", TITLED),
        ("# Old\n\n| Date | 2026 |\n| --- | --- |\n| **Status** | ", "In force", "|\n", TITLED),
        ("# Old\n\n| Status | Date |\n| --- | --- |\n| ", "accepted", " | 2026 |\n", TITLED),
        ("3. Old\n======\n\nStatus\n------\n\n", "Accepted", "\n\nContext\n-------\n", TITLED),
        ("3. Old\r\n======\r\n\r\nStatus\r\n------\r\n\r\n", "Accepted", "\r\n", TITLED),
    ] {
        check(&format!("{before}{status}{after}"), &format!("{before}Superseded by {new}{after}"));
    }
    for (before, status, after) in [
        // Log4brains and MADR 2.
        ("# Old\n\n- Status: ", "accepted", "\n- Date: 2026-01-02\n\n## Context\n"),
        ("# Old\n\n* Status: ", "accepted", ""),
        ("# Old\n\n* **Status:** ", "accepted", "  \n* Date: 2026-01-02\n"),
        ("Old\n===\n\n- status : ", "accepted\n  by all of us", "\n- Date: 2026-01-02\n"),
        ("# Old\n\n**Status**: ", "Accepted", "\nDate: 2026-01-02\n"),
    ] {
        check(&format!("{before}{status}{after}"), &format!("{before}superseded by {LINK}{after}"));
    }
}

/// A field name may start with a capital letter.
#[test]
fn a_field_may_begin_with_a_capital() {
    check("---\nStatus: Accepted\n---\n# Old\n", "---\nStatus: superseded by ADR-0004\n---\n# Old\n");
}

/// If a table may label either rows or columns, its status cell is unknown.
#[test]
fn an_unclear_table_is_left_alone() {
    let said = format!(
        "adr/0003-old.md: its status cannot be replaced; write in its table:\n| Status | Superseded by {TITLED} |\n"
    );
    check_said("# Old\n\n| Status | Mine |\n| --- | --- |\n| Ours | 2026 |\n", &said);
}

/// Line ends, a byte order mark and a missing final newline stay as the author wrote them.
#[test]
fn everything_else_stays_byte_for_byte() {
    for (old, new) in [
        (
            "\u{feff}# 3. Old\r\n\r\n## Status\r\n\r\nAccepted\r\n\r\n## Context\r\n\r\n\tx  \r\ny",
            "\u{feff}# 3. Old\r\n\r\n## Status\r\n\r\nSuperseded by @\r\n\r\n## Context\r\n\r\n\tx  \r\ny",
        ),
        ("# 3. Old\n\n## Status\n\nAccepted", "# 3. Old\n\n## Status\n\nSuperseded by @"),
    ] {
        check(old, &new.replace('@', TITLED));
    }
    check(
        "\u{feff}---\r\nstatus: accepted\r\n---\r\n# Old\r\n\r\n\r\n",
        "\u{feff}---\r\nstatus: superseded by ADR-0004\r\n---\r\n# Old\r\n\r\n\r\n",
    );
}

/// A status in a code block, a quotation or a comment does not count.
#[test]
fn only_the_records_own_status_is_replaced() {
    let before = "# 3. Old\n\n```text\n## Status\n\nAccepted\n```\n\n> ## Status\n>\n> Accepted\n\n<!--\n## Status\n\nAccepted\n-->\n\n    ## Status\n\n## Status\n\n";
    let after = "\n\n## Context\n\n## Status\n\nAccepted\n";
    check(&format!("{before}Accepted{after}"), &format!("{before}Superseded by {TITLED}{after}"));
}

/// If there is no replaceable status, the message contains the line to write.
#[test]
fn what_cannot_be_written_is_said() {
    let line = format!("\nSuperseded by {TITLED}\n");
    let nowhere = format!("adr/0003-old.md: has no status to replace; add this line under its title:{line}");
    check_said("# Old\n\nText.\n", &nowhere);
    let section =
        format!("adr/0003-old.md: its status cannot be replaced; write under its heading Status:{line}");
    for old in [
        "# Old\n\n## Status\n\n## Context\n",
        "# Old\n\n## Status\n\n```\nAccepted\n```\n",
        "# Old\n\n## Status\n\n| a |\n| --- |\n| b |\n",
        "# Old\n\n## Status\n",
    ] {
        check_said(old, &section);
    }
    let front = "adr/0003-old.md: its status cannot be replaced; write in its front matter:\nstatus: superseded by ADR-0004\n";
    for status in [
        "status:\n  - accepted",
        "status: >\n  accepted",
        "status: accepted\n  by all",
        "status: [accepted]",
        "status:",
    ] {
        check_said(&format!("---\n{status}\n---\n# Old\n"), front);
    }
    // A status that already names another successor is not replaced.
    let other = format!(
        "adr/0003-old.md: is superseded by another record already; write under its heading Status:{line}"
    );
    check_said("# Old\n\n## Status\n\nSuperseded by [2. X](0002-x.md)\n", &other);
}

/// A read-only record is reported too, and the new record is still written.
#[cfg(unix)]
#[test]
fn an_old_record_that_is_read_only_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let old = "# 3. Old\n\n## Status\n\nAccepted\n";
    let folder = with_old("0003-old.md", old);
    let path = folder.path().join("adr/0003-old.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("it can be set");
    let said = superseding(&folder, "0003-old.md", &[]);
    let expected =
        format!("adr/0003-old.md is read-only; write under its heading Status:\nSuperseded by {TITLED}\n");
    assert_eq!((said, read(&folder, "adr/0003-old.md").as_str()), (expected, old));
    assert!(folder.path().join("adr").join(NEW).exists());
}

/// The mode is kept, and no other file is left behind.
#[cfg(unix)]
#[test]
fn an_old_record_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = with_old("0003-old.md", "# 3. Old\n\n## Status\n\nAccepted\n");
    let path = folder.path().join("adr/0003-old.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it can be set");
    superseding(&folder, "0003-old.md", &[]);
    let mode = fs::metadata(&path).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path().join("adr")).expect("it can be listed").count(), 2);
}

/// The new record links the old one in the style of its dialect, whatever the old heading looks like,
/// with or without a number.
#[test]
fn the_new_record_links_the_old_one() {
    for (format, old, text, link) in [
        ("madr", "0003-old.md", "# Use C\\# \\| here\n", "Supersedes [Use C\\# \\| here](0003-old.md).\n"),
        ("madr", "old.md", "Use C\n=====\n", "Supersedes [Use C](old.md).\n"),
        ("madr", "old.md", "# Use `C` *now* #\n", "Supersedes [Use C now](old.md).\n"),
        (
            "madr",
            "old.md",
            "---\ntitle: 'ADR 3: Use C'\n---\n\n## Context\n",
            "Supersedes [ADR 3: Use C](old.md).\n",
        ),
        ("nygard", "0003-old.md", "# 3. Use C\n", "\nProposed\n\nSupersedes [3. Use C](0003-old.md)\n"),
        ("nygard", "0003-old.md", "Use C\n===\n", "Supersedes [3. Use C](0003-old.md)\n"),
        ("nygard", "0003-old.md", "3. Use `C`\n===\n", "Supersedes [3. Use C](0003-old.md)\n"),
        ("nygard", "ADR-003-old.md", "# Use C\n", "Supersedes [3. Use C](ADR-003-old.md)\n"),
        ("nygard", "old.md", "# Use C\n", "Supersedes [Use C](old.md)\n"),
        ("log4brains", "20250102-old.md", "# Use C\n", "\n- Supersedes [20250102-old](20250102-old.md)\n"),
    ] {
        let folder = with_old(old, text);
        let path = format!("adr/{old}");
        let (out, _) = exported(&folder, &["--format", format, "-o", "adr", "--supersedes", &path]);
        let record = read(&folder, out.trim_end());
        assert!(record.contains(link), "{format}: {link} is missing in\n{record}");
    }
}

/// The dialect of the old record, not that of the new one, determines the notation of its status.
#[test]
fn each_dialect_speaks_of_its_successor_in_its_own_manner() {
    for (old, text, format, expected) in [
        ("adr003-old.md", "---\nstatus: accepted\n---\n# Old\n", "madr", "status: superseded by ADR-004\n"),
        (
            "2025-01-02-old.md",
            "---\nstatus: accepted\n---\n# Old\n",
            "madr",
            "status: superseded by 2026-11-21-languages-for-claims\n",
        ),
        (
            "20250102-old.md",
            "# Old\n\n- Status: accepted\n- Date: 2025-01-02\n",
            "log4brains",
            "- Status: superseded by [20261121-languages-for-claims](20261121-languages-for-claims.md)\n",
        ),
        (
            "2025-01-02-old.md",
            "# Old\n\n## Status\n\nAccepted\n",
            "madr",
            "Superseded by [Languages for claims](2026-11-21-languages-for-claims.md)\n",
        ),
    ] {
        let folder = with_old(old, text);
        superseding(&folder, old, &["--format", format]);
        let record = read(&folder, &format!("adr/{old}"));
        assert!(record.contains(expected), "{expected} is missing in\n{record}");
    }
}

/// On standard output, the new record has no file yet. The old record stays unchanged, and a message contains
/// the line to write.
#[test]
fn standard_output_leaves_the_old_record_alone() {
    let old = "# 3. Old\n\n## Status\n\nAccepted\n";
    let folder = with_old("0003-old.md", old);
    let (out, err) = exported(&folder, &["--supersedes", "adr/0003-old.md", "--number", "4"]);
    assert!(out.starts_with("---\n"));
    assert_eq!(
        err,
        format!(
            "adr/0003-old.md: after the new record is written, write under its heading Status:\nSuperseded by {TITLED}\n"
        )
    );
    assert_eq!(read(&folder, "adr/0003-old.md"), old);
}

#[test]
fn a_superseded_record_needs_a_title_and_is_not_overwritten() {
    let folder = with_session(&full());
    write(&folder, "none.md", "---\n# not: a title\n---\n```\n# nor this\n```\n## Status\n");
    let refused = "none.md: has no title; give it a first line such as \"# 3. Title\"";
    check_refused(&folder, &["--supersedes", "none.md"], refused);
    write(&folder, "old.md", "# Use C\n");
    let refused = "old.md: is the record that is superseded itself; name another file";
    check_refused(&folder, &["-o", "old.md", "--supersedes", "old.md", "--force"], refused);
    // A record with the same title is a separate record if it supersedes the old one.
    fs::create_dir(folder.path().join("adr")).expect("it can be made");
    write(&folder, "adr/0005-languages-for-claims.md", "# 5. Languages for claims\n");
    let again = ["-o", "adr", "--format", "nygard", "--supersedes", "adr/0005-languages-for-claims.md"];
    assert_eq!(exported(&folder, &again).0, "adr/0006-languages-for-claims.md\n");
    // The link is relative to the folder of the new record.
    exported(&folder, &["-o", "adr/x.md", "--supersedes", "old.md"]);
    assert!(read(&folder, "adr/x.md").contains("Supersedes [Use C](../old.md)."));
}

/// The superseded record stays unchanged if the new record cannot be written.
#[test]
fn without_a_new_record_the_old_one_stays() {
    let old = "# 3. Old\n\n## Status\n\nAccepted\n";
    let folder = folder();
    write(&folder, "s.ron", &full().to_ron(&sample()).expect("it can be written"));
    write(&folder, "old.md", old);
    write(&folder, "x.md", "here already\n");
    let run = langfit(folder.path(), &["export", "s.ron", "-o", "x.md", "--supersedes", "old.md"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(read(&folder, "old.md"), old);
}

/// Whatever an old record contains, only its status changes, and only once.
#[test]
fn superseding_changes_only_the_status() {
    let by = RecordLink {
        number: Some("0004".to_owned()),
        title: "New".to_owned(),
        stem: "0004-new".to_owned(),
        file: "0004-new.md".to_owned(),
    };
    let mut replaced = 0;
    for text in strings(STRINGS) {
        for (before, after) in [
            ("# Old\n\n## Status\n\n", "\n\n## Context\n\nC.\n"),
            ("# Old\n\n* Status: ", "\n* Date: 2026-01-02\n\n## Context\n"),
            ("---\nstatus: ", "\ndate: 2026-01-02\n---\n# Old\n"),
        ] {
            let old = format!("{before}{text}{after}");
            let Superseding::Replaced { text: new, .. } = supersede(&old, &by) else { continue };
            replaced += 1;
            let same = old.bytes().zip(new.bytes()).take_while(|(left, right)| left == right).count();
            assert!(same >= before.len() && new.ends_with(after), "{old}\nbecame\n{new}");
            assert_eq!(heading(&new), heading(&old), "{old}\nbecame\n{new}");
            assert_eq!(supersede(&new, &by), Superseding::Already, "{old}\nbecame\n{new}");
        }
    }
    assert!(replaced > STRINGS, "{replaced} were replaced");
}
