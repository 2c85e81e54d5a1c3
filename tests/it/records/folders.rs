//! Tests folders with existing records from other tools: new names follow the existing pattern, and
//! existing files stay untouched. The content of a record is out of scope.

use std::fs;

use tempfile::TempDir;

use super::{exported, full, with_session};
use crate::cli::{folder, langfit, write};
use crate::support::sample;

/// The minimal content of an existing record.
const RECORD: &str = "# Another\r\n\r\n## Status\r\n\r\nAccepted";

/// Returns a folder with a session and these records in `adr`.
fn beside(names: &[&str]) -> TempDir {
    let folder = with_session(&full());
    fs::create_dir(folder.path().join("adr")).expect("it can be made");
    for name in names {
        write(&folder, &format!("adr/{name}"), RECORD);
    }
    folder
}

/// Returns the names and contents of the files in `adr`.
fn content(folder: &TempDir) -> Vec<(String, Vec<u8>)> {
    let listed = fs::read_dir(folder.path().join("adr")).expect("it can be listed");
    let mut files: Vec<_> = listed
        .map(|entry| {
            let entry = entry.expect("it can be listed");
            let name = entry.file_name().into_string().expect("names are text");
            (name, fs::read(entry.path()).expect("it can be read"))
        })
        .collect();
    files.sort();
    files
}

/// Exports a record beside these files. Checks its name, the pattern message, and that no file changes.
#[track_caller]
fn check(names: &[&str], expected: &str, pattern: &str) {
    let folder = beside(names);
    let before = content(&folder);
    let (out, err) = exported(&folder, &["-o", "adr/"]);
    assert_eq!(out, format!("adr/{expected}\n"), "beside {names:?}");
    let said = if pattern.is_empty() { String::new() } else { said(pattern) };
    assert_eq!(err, said, "beside {names:?}");
    let mut after = content(&folder);
    after.retain(|(name, _)| name != expected);
    assert_eq!(after, before, "beside {names:?}");
}

fn said(pattern: &str) -> String {
    format!("adr/: the name follows the records there: {pattern}\n")
}

/// Prefix, separator, number of digits and date format follow the folder.
#[test]
fn names_follow_the_pattern_of_the_folder() {
    for (name, expected, pattern) in [
        ("0007-a.md", "0008-languages-for-claims.md", "NNNN-title.md"),
        ("007-a.md", "008-languages-for-claims.md", "NNN-title.md"),
        ("07-a.md", "08-languages-for-claims.md", "NN-title.md"),
        ("7-a.md", "8-languages-for-claims.md", "N-title.md"),
        ("00007-a.md", "00008-languages-for-claims.md", "NNNNN-title.md"),
        ("0007_a.md", "0008_languages-for-claims.md", "NNNN_title.md"),
        ("0007_a_b.md", "0008_languages_for_claims.md", "NNNN_title.md"),
        ("0007.a.md", "0008.languages-for-claims.md", "NNNN.title.md"),
        ("0007 - A b.md", "0008 - languages for claims.md", "NNNN - title.md"),
        ("adr001-a.md", "adr002-languages-for-claims.md", "adrNNN-title.md"),
        ("ADR-0007-a.md", "ADR-0008-languages-for-claims.md", "ADR-NNNN-title.md"),
        ("ADR-007 use it.md", "ADR-008 languages for claims.md", "ADR-NNN title.md"),
        ("adr_0007_a.md", "adr_0008_languages-for-claims.md", "adr_NNNN_title.md"),
        ("decision-12-a.md", "decision-13-languages-for-claims.md", "decision-NN-title.md"),
        ("RFC-0012-a.md", "RFC-0013-languages-for-claims.md", "RFC-NNNN-title.md"),
        ("rfc-0012-a.md", "rfc-0013-languages-for-claims.md", "rfc-NNNN-title.md"),
        ("PROJ-0001-a.md", "PROJ-0002-languages-for-claims.md", "PROJ-NNNN-title.md"),
        ("D001-a.md", "D002-languages-for-claims.md", "DNNN-title.md"),
        ("2024-001-a.md", "2026-001-languages-for-claims.md", "YYYY-NNN-title.md"),
        ("2026-001-a.md", "2026-002-languages-for-claims.md", "YYYY-NNN-title.md"),
        ("ADR-2026-001-a.md", "ADR-2026-002-languages-for-claims.md", "ADR-YYYY-NNN-title.md"),
        ("9999-a.md", "10000-languages-for-claims.md", "NNNN-title.md"),
        ("10000-a.md", "10001-languages-for-claims.md", "NNNNN-title.md"),
        ("0007-a.markdown", "0008-languages-for-claims.md", "NNNN-title.md"),
        ("0007-a.mdx", "0008-languages-for-claims.md", "NNNN-title.md"),
        ("0007-a.adoc", "0008-languages-for-claims.md", "NNNN-title.md"),
        ("0007-a.rst", "0008-languages-for-claims.md", "NNNN-title.md"),
        ("2024-09-01-a.md", "2026-11-21-languages-for-claims.md", "YYYY-MM-DD-title.md"),
        ("2024_09_01_a.md", "2026_11_21_languages-for-claims.md", "YYYY_MM_DD_title.md"),
        ("20240901-a.md", "20261121-languages-for-claims.md", "YYYYMMDD-title.md"),
        ("ADR-20240901-a.md", "ADR-20261121-languages-for-claims.md", "ADR-YYYYMMDD-title.md"),
    ] {
        check(&[name], expected, pattern);
    }
}

/// The next number follows the highest one, regardless of gaps and spelling.
#[test]
fn the_next_number_is_above_every_number() {
    let plain = "NNNN-title.md";
    check(&["0001-a.md", "0003-b.md", "0009-c.md"], "0010-languages-for-claims.md", plain);
    check(&["0001-a.md", "0002-b.md", "ADR-0012-c.md"], "0013-languages-for-claims.md", plain);
    check(&["9-a.md", "10-b.md"], "11-languages-for-claims.md", "N-title.md");
    check(&["998-a.md", "999-b.md"], "1000-languages-for-claims.md", "NNN-title.md");
}

/// With mixed names, the most frequent pattern wins. A tie goes to the pattern of the newest name.
#[test]
fn the_pattern_of_most_records_is_followed() {
    let three = "NNN-title.md";
    check(&["0001-a.md", "002-b.md", "003-c.md"], "004-languages-for-claims.md", three);
    check(&["0001-a.md", "002-b.md"], "003-languages-for-claims.md", three);
    check(&["0002-a.md", "001-b.md"], "0003-languages-for-claims.md", "NNNN-title.md");
    check(&["0001_a.md", "0002-b.md"], "0003-languages-for-claims.md", "NNNN-title.md");
    let day = "YYYYMMDD-title.md";
    check(&["0001-a.md", "20240901-b.md"], "20261121-languages-for-claims.md", day);
    check(&["0001-a.md", "0002-b.md", "20240901-c.md"], "0003-languages-for-claims.md", "NNNN-title.md");
}

/// Pictures, notes, indexes and years do not count as records.
#[test]
fn only_records_count() {
    let plain = "0001-languages-for-claims.md";
    for name in [
        "2024-roadmap.png",
        "0007-a.png",
        "0007-a.txt",
        "2024-roadmap.md",
        "2024-09-roadmap.md",
        "sha256-sums.md",
        "3d-models.md",
        "0000-template.md",
        "README.md",
        "index.md",
        "notes.md",
        "1234567-ticket.md",
        "2024-13-45-a.md",
    ] {
        check(&[name], plain, "");
    }
    check(&["0041-a.md", "2024-roadmap.md"], "0042-languages-for-claims.md", "NNNN-title.md");
    // A year counts as a number once the numbering has reached it.
    check(&["1898-a.md", "1899-b.md", "1900-c.md"], "1901-languages-for-claims.md", "NNNN-title.md");
    // A prefix of letters counts if two names share it.
    check(&["rfc-0001-a.md", "rfc-0002-b.md"], "rfc-0003-languages-for-claims.md", "rfc-NNNN-title.md");
    // A file without a heading is not a record. A file that is not UTF-8 may be one.
    let folder = beside(&[]);
    write(&folder, "adr/0007-a.md", "not a record\n");
    assert_eq!(exported(&folder, &["-o", "adr"]).0, format!("adr/{plain}\n"));
    let folder = beside(&[]);
    fs::write(folder.path().join("adr/0007-a.md"), b"# Caf\xe9\n").expect("it can be written");
    assert_eq!(exported(&folder, &["-o", "adr"]).0, "adr/0008-languages-for-claims.md\n");
}

/// New names follow those in the folders of real projects.
#[test]
fn real_folders_are_followed() {
    for (list, expected, pattern) in [
        (include_str!("../data/folders/backstage.txt"), "adr016-languages-for-claims.md", "adrNNN-title.md"),
        (include_str!("../data/folders/cosmos.txt"), "adr-051-languages-for-claims.md", "adr-NNN-title.md"),
        (include_str!("../data/folders/govuk.txt"), "0040-languages-for-claims.md", "NNNN-title.md"),
        (
            include_str!("../data/folders/json-schema.txt"),
            "2026-11-21-languages-for-claims.md",
            "YYYY-MM-DD-title.md",
        ),
        (
            include_str!("../data/folders/log4brains.txt"),
            "20261121-languages-for-claims.md",
            "YYYYMMDD-title.md",
        ),
        (include_str!("../data/folders/madr.txt"), "0019-languages-for-claims.md", "NNNN-title.md"),
    ] {
        let names: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(names.len() > 4, "{names:?}");
        check(&names, expected, pattern);
    }
}

/// The title of a Nygard record has the number of its file, or none if the files are named by date.
#[test]
fn a_nygard_title_has_the_number_of_its_name() {
    for (name, expected, title) in [
        ("ADR-007-a.md", "ADR-008-languages-for-claims.md", "# 8. Languages for claims\n"),
        ("2024-09-01-a.md", "2026-11-21-languages-for-claims.md", "# Languages for claims\n"),
    ] {
        let folder = beside(&[name]);
        exported(&folder, &["-o", "adr", "--format", "nygard"]);
        let record = crate::cli::read(&folder, &format!("adr/{expected}"));
        assert!(record.starts_with(title), "{record}");
    }
}

/// Log4brains records continue the numbers of a folder, if it has numbers.
#[test]
fn log4brains_follows_the_numbers_of_a_folder() {
    let folder = beside(&["0007-a.md"]);
    let (out, err) = exported(&folder, &["-o", "adr", "--format", "log4brains"]);
    assert_eq!(out, "adr/0008-languages-for-claims.md\n");
    assert_eq!(err, "adr: the name follows the records there: NNNN-title.md\n");
}

/// A path that does not exist and has no extension is treated as a folder.
#[test]
fn a_folder_needs_no_slash() {
    let folder = beside(&[]);
    assert_eq!(
        exported(&folder, &["-o", "docs/decisions"]).0,
        "docs/decisions/0001-languages-for-claims.md\n"
    );
    assert_eq!(exported(&folder, &["-o", "docs/record.txt"]).0, "");
}

/// A folder with dated names takes no number and requires a date.
#[test]
fn days_take_no_number_and_need_a_date() {
    let folder = beside(&["2024-09-01-a.md"]);
    let run = langfit(folder.path(), &["export", "s.ron", "-o", "adr", "--number", "7"]);
    assert_eq!(run.err, "--number: the records in adr begin with a date; drop --number\n");
    let undated = crate::support::session(&sample(), &[]);
    write(&folder, "s.ron", &undated.to_ron(&sample()).expect("it can be written"));
    let run = langfit(folder.path(), &["export", "s.ron", "-o", "adr"]);
    let refused =
        "the session has no date, which names in adr begin with; add --save to date it, or name a file";
    assert_eq!(run.err, format!("{refused}\n"));
}

/// A number counts as taken regardless of the rest of the name.
#[test]
fn a_number_is_taken_in_any_spelling() {
    let folder = beside(&["ADR-007-a.md", "ADR-008-b.md"]);
    let run = langfit(folder.path(), &["export", "s.ron", "-o", "adr", "--number", "7"]);
    assert_eq!(run.err, "adr/ADR-007-a.md: already has number 7; use another number\n");
    assert_eq!(
        exported(&folder, &["-o", "adr", "--number", "70"]).0,
        "adr/ADR-070-languages-for-claims.md\n"
    );
}

/// An empty or new folder starts with the default names.
#[test]
fn a_new_folder_begins_with_the_usual_names() {
    for (format, expected) in
        [("madr", "0001-languages-for-claims.md"), ("log4brains", "20261121-languages-for-claims.md")]
    {
        let folder = beside(&[]);
        assert_eq!(
            exported(&folder, &["-o", "adr", "--format", format]),
            (format!("adr/{expected}\n"), String::new())
        );
        let folder = self::folder();
        write(&folder, "s.ron", &full().to_ron(&sample()).expect("it can be written"));
        assert_eq!(exported(&folder, &["-o", "adr/", "--format", format]).0, format!("adr/{expected}\n"));
    }
}
