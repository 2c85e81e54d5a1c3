//! Tests records as files: names and numbers in a folder, and refusals. The rest of a record is out of scope.

use std::fs;

use tempfile::TempDir;

use super::own::IS_OWN;
use super::{exported, full, with_session};
use crate::cli::{folder, langfit, read, write};
use crate::support::{sample, session};

#[track_caller]
pub fn check_refused(folder: &TempDir, arguments: &[&str], sentence: &str) {
    check_refused_for(folder, "s.ron", arguments, sentence);
}

#[track_caller]
fn check_refused_for(folder: &TempDir, session: &str, arguments: &[&str], sentence: &str) {
    let run = langfit(folder.path(), &[&["export", session], arguments].concat());
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
    assert_eq!(run.err, format!("{sentence}\n"), "{arguments:?}");
}

/// Records in a folder are numbered. A session keeps the number of its record, in every format.
#[test]
fn a_folder_gives_the_next_number_and_knows_its_own() {
    let folder = with_session(&full());
    assert_eq!(exported(&folder, &["-o", "adr/"]).0, "adr/0001-languages-for-claims.md\n");
    let refused = format!("adr/0001-languages-for-claims.md{IS_OWN}");
    check_refused(&folder, &["-o", "adr"], &refused);
    write(&folder, "adr/0041-another.md", "# 41. Another\n");
    write(&folder, "adr/20251231-dated.md", "# Dated\n");
    for other in ["other.ron", "third.ron"] {
        write(&folder, other, &full().to_ron(&sample()).expect("it can be written"));
    }
    let again = exported(&folder, &["-o", "adr", "--force", "--format", "nygard"]).0;
    assert_eq!(again, "adr/0001-languages-for-claims.md\n", "in place");
    assert!(read(&folder, "adr/0001-languages-for-claims.md").starts_with("# 1. Languages"));
    let other = ["export", "other.ron", "-o", "adr", "--title", "Why C++ & not C#?", "--format"];
    let run = langfit(folder.path(), &[&other[..], &["nygard"]].concat());
    assert_eq!(run.out, "adr/0042-why-cpp-not-csharp.md\n", "{}", run.err);
    assert!(read(&folder, "adr/0042-why-cpp-not-csharp.md").starts_with("# 42. Why C++"));
    for extension in ["html", "json"] {
        let run = langfit(folder.path(), &[&other[..], &[extension]].concat());
        assert_eq!(run.out, format!("adr/0042-why-cpp-not-csharp.{extension}\n"), "{}", run.err);
    }
    // Log4brains records continue the numbering of the others.
    let third = ["export", "third.ron", "-o", "adr", "--format", "log4brains"];
    assert_eq!(langfit(folder.path(), &third).out, "adr/0043-languages-for-claims.md\n");
    let count = fs::read_dir(folder.path().join("adr")).expect("it can be listed").count();
    assert_eq!(count, 7, "and nothing else is there");
}

#[test]
fn a_number_is_taken_once() {
    let folder = with_session(&full());
    let numbered = ["-o", "adr/", "--number", "7"];
    assert_eq!(exported(&folder, &numbered).0, "adr/0007-languages-for-claims.md\n");
    write(&folder, "other.ron", &full().to_ron(&sample()).expect("it can be written"));
    let refused = "adr/0007-languages-for-claims.md: already has number 7; use another number";
    check_refused_for(&folder, "other.ron", &["-o", "adr", "--number", "7"], refused);
    let refused = "adr/0007-languages-for-claims.md: this record has number 7, not 8; leave out --number";
    check_refused(&folder, &["-o", "adr", "--number", "8", "--force"], refused);
    let refused = "0003-x.md: the name has number 3, but --number is 4; change one of them";
    check_refused(&folder, &["-o", "0003-x.md", "--format", "nygard", "--number", "4"], refused);
    exported(&folder, &["-o", "0003-x.md", "--format", "nygard"]);
    assert!(read(&folder, "0003-x.md").starts_with("# 3. "), "number and name agree");
    assert!(exported(&folder, &["--format", "nygard", "--number", "9"]).0.starts_with("# 9. "));
    write(&folder, "adr/99999-last.md", "# Last\n");
    let refused = "adr/: number 99999 is the last one and is taken; name a free number with --number";
    check_refused_for(&folder, "other.ron", &["-o", "adr/"], refused);
    for number in ["0", "10000", "x"] {
        assert_eq!(langfit(folder.path(), &["export", "s.ron", "--number", number]).code, Some(2));
    }
}

/// An option that a dialect cannot represent is rejected, not dropped.
#[test]
fn options_without_a_place_are_refused() {
    let folder = with_session(&session(&sample(), &[]));
    let refused = "the session has no date, which a name for Log4brains begins with; add --save to date it, or name a file";
    check_refused(&folder, &["--format", "log4brains", "-o", "adr/"], refused);
    assert!(!folder.path().join("adr").exists(), "nothing is made");
    let refused = "s.ron/: is a file, not a folder; remove the slash at the end";
    check_refused(&folder, &["-o", "s.ron/"], refused);
    let refused = "--brief: JSON always has all details; drop --brief or use another format";
    check_refused(&folder, &["--format", "json", "--brief"], refused);
    let refused = "--supersedes: JSON records cannot say this; use another format";
    check_refused(&folder, &["--format", "json", "--supersedes", "s.ron"], refused);
    let refused = "--number: Log4brains records have a date instead of a number; drop --number";
    check_refused(&folder, &["--format", "log4brains", "--number", "2"], refused);
    check_refused(&folder, &["-o", "./", "--format", "markdown", "--supersedes", "gone.md"], {
        let run = langfit(folder.path(), &["export", "s.ron", "--supersedes", "gone.md"]);
        assert!(run.err.starts_with("gone.md"), "{}", run.err);
        run.err.trim_end().to_owned().leak()
    });
}

#[test]
fn neither_session_nor_questionnaire_is_overwritten_in_a_folder() {
    let folder = folder();
    let name = "0001-languages-for-claims.json";
    write(&folder, name, &full().to_ron(&sample()).expect("it can be written"));
    let run = langfit(folder.path(), &["export", name, "--format", "json", "-o", "./", "--force"]);
    assert_eq!(run.err, format!("./{name}: is the session itself; name another file\n"));
}
