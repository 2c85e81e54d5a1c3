//! Tests that a mistyped command is not taken for a session name. What commands do is out of scope.

use std::fs;

use crate::cli::{folder, langfit, write};
use crate::linear::program::lines_in;

#[track_caller]
fn check(arguments: &[&str], sentence: &str) {
    let folder = folder();
    let run = langfit(folder.path(), arguments);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
    assert_eq!(run.err, format!("{sentence}\n"), "{arguments:?}");
    assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 0, "nothing is begun");
}

fn sentence(name: &str, command: &str) -> String {
    format!(
        "{name}: no such file; did you mean langfit {command}? To create a session with that name, write ./{name} \
         or {name}.ron"
    )
}

#[test]
fn a_mistyped_command_begins_no_session() {
    for (name, command) in [
        ("exprot", "export"),
        ("Export", "export"),
        ("ADVISE", "advise"),
        ("advice", "advise"),
        ("chekc", "check"),
        ("re-check", "recheck"),
        ("completion", "completions"),
        ("question", "questions"),
        ("hlep", "help"),
        ("mna", "man"),
    ] {
        check(&[name], &sentence(name, command));
        check(&["--linear", name], &sentence(name, command));
        check(&["--set", "draw=both", "--linear", name], &sentence(name, command));
    }
}

/// A mistyped command is reported first, because errors about its arguments would be less helpful.
#[test]
fn a_mistyped_command_is_reported_before_its_arguments() {
    for behind in [&["mine.ron"][..], &["--format", "html"], &["mine.ron", "-o", "docs/"]] {
        check(&[&["exprot"], behind].concat(), &sentence("exprot", "export"));
    }
    // A command after an option would be taken for a session name too.
    check(
        &["--linear", "advise"],
        "put the command 'advise' first and its options after it: langfit advise ...; see langfit --help",
    );
}

#[test]
fn other_names_begin_a_session() {
    for name in ["billing", "./exprot", "exprot.ron", "Überblick", "export me", "platform", "decisions"] {
        let folder = folder();
        let run = lines_in(folder.path(), &["--linear", name, "--title", "T"], &["q"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{name}");
        assert!(folder.path().join(name).exists(), "{name}");
    }
    let folder = folder();
    let sample = crate::support::sample();
    let session = crate::support::session(&sample, &["draw=both"]);
    write(&folder, "exprot", &session.to_ron(&sample).expect("it can be written"));
    let run = lines_in(folder.path(), &["--linear", "exprot"], &["q"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "a file of that name is opened");
}

#[test]
fn help_for_a_mistyped_command_names_the_one_that_is_meant() {
    for (name, command) in [("exprot", "export"), ("Advise", "advise"), ("re-check", "recheck")] {
        check(&["help", name], &format!("{name}: no such command; did you mean langfit help {command}?"));
    }
    check(&["help", "platform"], "platform: no such command; see langfit --help");
    check(&["help", "a\u{1b}b"], "a␛b: no such command; see langfit --help");
}

/// A trailing slash always means a folder, whether it exists or not.
#[test]
fn a_name_that_ends_in_a_slash_is_a_folder() {
    for name in ["chek/", "exprot//", "./new/", "a\u{1b}/"] {
        let shown = name.replace('\u{1b}', "␛");
        let sentence = format!("{shown}: ends in a slash, so it names a folder; name a file");
        check(&[name], &sentence);
        check(&["--linear", name], &sentence);
        check(&["advise", name], &sentence);
        check(&["advise", name, "--set", "draw=both", "--save"], &sentence);
        check(&["export", name], &sentence);
        check(&["decide", name, "--part", "the whole system=go"], &sentence);
    }
}
