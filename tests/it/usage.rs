//! Tests that an invalid command line gets a one-sentence message, and that hidden characters are never
//! printed raw. The effect of valid command lines is out of scope.

use langfit::sanitize::is_hidden;

use crate::cli::{Run, folder, langfit, write};

/// Checks that a command line is rejected with one harmless sentence.
#[track_caller]
fn check(arguments: &[&str], sentence: &str) {
    let run = langfit(folder().path(), arguments);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
    let commands = ["advise", "export", "compare"];
    let command = arguments.first().filter(|first| commands.contains(first));
    let command = command.map_or(String::new(), |name| format!("{name} "));
    assert_eq!(run.err, format!("{sentence}; see langfit {command}--help\n"), "{arguments:?}");
}

#[test]
fn a_wrong_command_line_gets_one_sentence() {
    check(&["--nonsense"], "unexpected argument '--nonsense' found");
    check(&["--titel"], "unexpected argument '--titel' found; a similar argument exists: '--title'");
    check(
        &["advise", "--format", "yaml"],
        "invalid value 'yaml' for '--format <FORMAT>' [possible values: text, json]",
    );
    check(&["export"], "the following required arguments were not provided: <SESSION>");
    check(
        &["export", "a.ron", "--force"],
        "the following required arguments were not provided: --output <FILE-OR-FOLDER>",
    );
    check(
        &["export", "a.ron", "--number", "0"],
        "invalid value '0' for '--number <N>': 0 is not in 1..=9999",
    );
    check(&["--title"], "a value is required for '--title <TITLE>' but none was supplied");
    check(&["compare", "one.ron"], "2 values required by '<SESSION> <SESSION>...'; only 1 was provided");
}

#[test]
fn a_wrong_command_line_is_shown_harmless() {
    check(&["--non\u{1b}[2J\u{202e}sense"], "unexpected argument '--non␛[2J\\u{202e}sense' found");
    check(
        &["advise", "--format", "y\u{9b}31m\n\nUsage: a\tb"],
        "invalid value 'y\\u{9b}31m Usage: a b' for '--format <FORMAT>' [possible values: text, json]",
    );
    for bad in ["20\u{1b}]0;x\u{7}", "\u{200b}", "2026-01-\n\n01"] {
        let run = langfit(folder().path(), &["recheck", "a.ron", "--today", bad]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.starts_with("invalid value '"), "{}", run.err);
        check_harmless(&run);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
    let long = "x".repeat(100_000);
    let run = langfit(folder().path(), &["advise", "--format", &long]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.len() < 4000 && run.err.ends_with("; see langfit advise --help\n"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn what_is_no_text_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let run = |arguments: &[&[u8]]| {
        let output = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
            .current_dir(folder().path())
            .env("XDG_STATE_HOME", crate::support::state_home())
            .args(arguments.iter().map(|bytes| OsStr::from_bytes(bytes)))
            .output()
            .expect("the program was built");
        (output.status.code(), String::from_utf8(output.stderr).expect("a message is text"))
    };
    let (code, message) = run(&[b"advise", b"--title", b"\xff\x1b"]);
    assert_eq!((code, message.lines().count()), (Some(2), 1), "{message}");
    // File names may contain any bytes, and are shown with replacement characters.
    let (code, message) = run(&[b"advise", b"\xff\x1b.ron"]);
    assert_eq!(code, Some(2));
    assert!(message.starts_with("\u{fffd}␛.ron: no such session; "), "{message}");
}

#[test]
fn help_and_version_are_no_errors() {
    let folder = folder();
    for arguments in [&["--help"][..], &["-h"], &["--version"], &["help"], &["advise", "--help"]] {
        let run = langfit(folder.path(), arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(!run.out.is_empty(), "nothing is printed");
    }
}

#[track_caller]
fn check_harmless(run: &Run) {
    for text in [&run.out, &run.err] {
        assert!(!text.contains(|it| is_hidden(it) && it != '\n'), "{text:?}");
    }
}

/// Hidden characters in a file name are escaped in every message.
#[cfg(unix)]
#[test]
fn names_of_files_are_shown_harmless_everywhere() {
    let folder = folder();
    let name = "a\u{1b}]0;x\u{7}\u{202e}\nb.ron";
    let shown = "a␛]0;x␇\\u{202e} b.ron";
    let run = |arguments: &[&str]| {
        let run = langfit(folder.path(), arguments);
        check_harmless(&run);
        run
    };
    let begun = run(&["advise", name, "--set", "draw=packages", "--save"]);
    assert_eq!((begun.code, begun.err.as_str()), (Some(0), ""));
    write(&folder, "other.ron", &crate::cli::read(&folder, name));
    for format in ["text", "json", "markdown"] {
        let compared = run(&["compare", name, "other.ron", "--format", format]);
        assert_eq!((compared.code, compared.err.as_str()), (Some(0), ""));
        assert!(compared.out.contains("a␛"), "{}", compared.out);
    }
    for (format, said) in [("text", ""), ("json", "2 sessions checked\n")] {
        let rechecked = run(&["recheck", ".", "--format", format]);
        // One session is a copy of the other, which `recheck` reports.
        assert_eq!((rechecked.code, rechecked.err.as_str()), (Some(1), said));
        assert!(rechecked.out.contains("a␛"), "{}", rechecked.out);
    }
    let decided = run(&["decide", name, "--part", "the whole\u{1b} system=go"]);
    assert_eq!(decided.code, Some(2));
    let record = "r\u{9b}31m\u{200b}.md";
    assert_eq!(run(&["export", name, "-o", record]).code, Some(0));
    let again = run(&["export", name, "-o", record]).err;
    assert!(again.starts_with("r\\u{9b}31m\\u{200b}.md: is the record of this session; "), "{again}");
    let superseding = run(&["export", name, "-o", "new\u{1b}.md", "--supersedes", record]);
    assert_eq!(superseding.code, Some(0), "{}", superseding.err);
    assert!(
        superseding.err.starts_with("r\\u{9b}31m\\u{200b}.md: status changed to superseded"),
        "{}",
        superseding.err
    );
    let refused = run(&["export", name, "-o", name, "--force"]);
    assert_eq!(refused.err, format!("{shown}: is the session itself; name another file\n"));
    write(&folder, name, "(");
    for arguments in
        [&["check", name][..], &["advise", name], &["compare", name, "other.ron"], &["recheck", name]]
    {
        let bad = run(arguments);
        let said = format!("{}{}", bad.out, bad.err);
        assert!(said.starts_with(&format!("{shown}:1:1: ")), "{arguments:?}: {said}");
    }
}
