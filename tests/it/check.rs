//! What `langfit check` finds in questionnaires that are wrong, each in one way; must not look at how
//! it is found.
//!
//! `data/broken` holds a questionnaire for each slip and beside it what is said about it. A new one is
//! written with `langfit check NAME.ron` in that folder, and read before it is kept.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use langfit::lint::lint;
use langfit::questionnaire::BUILT_IN;

use super::support::shipped;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/broken")
}

fn broken() -> Vec<String> {
    let names = fs::read_dir(folder()).expect("the folder is there");
    let names = names.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".ron").map(str::to_owned)).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_slip_is_named_where_it_stands() {
    let names = broken();
    assert!(names.len() >= 30, "{} broken questionnaires", names.len());
    for name in names {
        let mut command = Command::cargo_bin("langfit").expect("it is built");
        let output = command.current_dir(folder()).args(["check", &format!("{name}.ron")]).output();
        let output = output.expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        let code = output.status.code().expect("it ends by itself");
        let expected = fs::read_to_string(folder().join(format!("{name}.txt"))).expect("it is described");
        assert_eq!(format!("{said}exit {code}\n"), expected, "{name}.ron");
    }
}

/// Errors make a file unusable and warnings do not; a reader of the JSON can tell them apart.
#[test]
fn json_tells_errors_from_warnings() {
    let severities = |name: &str| -> Vec<String> {
        let mut command = Command::cargo_bin("langfit").expect("it is built");
        let output = command.current_dir(folder()).args(["check", "--format", "json", name]).output();
        let found: serde_json::Value =
            serde_json::from_slice(&output.expect("it runs").stdout).expect("it is JSON");
        let found = found.as_array().expect("it is a list").iter();
        found.map(|it| it["severity"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(severities("id-twice-rule.ron"), ["error"]);
    assert_eq!(severities("text-too-long.ron"), ["warning", "warning"]);
}

#[test]
fn the_shipped_file_is_clean() {
    let warnings = lint(&shipped());
    let shown: Vec<String> = warnings
        .iter()
        .map(|it| format!("{} ({}; {})", it.what, it.hint, &BUILT_IN[it.span.clone()]))
        .collect();
    assert_eq!(shown, Vec::<String>::new());
}
