//! Tests which options each command takes: in its parser, its help, the manual and the completions. What
//! the options do is out of scope.

use crate::cli::{folder, langfit, write};

/// Options that several commands share, with a value where they take one.
const SHARED: [&[&str]; 10] = [
    &["--questions", "q.ron"],
    &["--set", "draw=both"],
    &["--title", "T"],
    &["--system", "S"],
    &["--decider", "D"],
    &["--save"],
    &["--linear"],
    &["--mouse"],
    &["--ascii"],
    &["--color", "never"],
];

const SAID: [&str; 5] = ["--set", "--title", "--system", "--decider", "--save"];

/// Returns each command with its required arguments and the shared options that it takes. The first entry
/// is the program without a command.
fn commands() -> Vec<(Vec<&'static str>, Vec<&'static str>)> {
    let with = |more: &[&'static str]| [&["--questions"], more].concat();
    let open: Vec<&str> = SHARED.iter().map(|option| option[0]).filter(|it| *it != "--save").collect();
    vec![
        (vec![], open),
        (vec!["advise", "s.ron"], with(&SAID)),
        (vec!["export", "s.ron"], with(&SAID)),
        (vec!["decide", "s.ron", "--part", "API=go"], with(&SAID)),
        (vec!["compare", "a.ron", "b.ron"], with(&[])),
        (vec!["recheck", "."], with(&[])),
        (vec!["check"], with(&[])),
        (vec!["questions"], with(&[])),
        (vec!["man"], vec![]),
        (vec!["completions", "bash"], vec![]),
    ]
}

#[test]
fn an_option_that_a_command_would_ignore_is_refused() {
    let folder = folder();
    for (command, takes) in commands() {
        for option in SHARED.iter().filter(|option| !takes.contains(&option[0])) {
            let run = langfit(folder.path(), &[&command, *option].concat());
            assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{command:?} {option:?}");
            let expected = format!("unexpected argument '{}' found; ", option[0]);
            assert!(run.err.starts_with(&expected), "{command:?}: {}", run.err);
            let name = command.first().map_or(String::new(), |name| format!("{name} "));
            assert!(run.err.ends_with(&format!("; see langfit {name}--help\n")), "{}", run.err);
            assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        }
    }
}

#[test]
fn the_help_of_a_command_shows_its_own_options_only() {
    let folder = folder();
    for (command, takes) in commands() {
        let name = command.first().copied();
        let help = langfit(folder.path(), &name.into_iter().chain(["--help"]).collect::<Vec<_>>());
        assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
        let listed =
            |option: &str| help.out.lines().any(|line| line.split([' ', ',']).any(|word| word == option));
        for option in SHARED.map(|option| option[0]) {
            assert_eq!(listed(option), takes.contains(&option), "{option} in:\n{}", help.out);
        }
    }
}

#[test]
fn the_manual_shows_options_where_they_are_taken() {
    let manual = langfit(folder().path(), &["man"]).out;
    let sections: Vec<&str> = manual.split("\n.SS ").skip(1).collect();
    for (command, takes) in commands().into_iter().skip(1) {
        let section = sections.iter().find(|section| section.lines().next() == Some(command[0]));
        let section = section.unwrap_or_else(|| panic!("{} is not in the manual", command[0]));
        // Cuts the section off at the first section of the page after the commands.
        let section = section.split("\n.SH ").next().unwrap_or_default();
        for option in SHARED.map(|option| option[0]) {
            let listed = section.contains(&option.replace('-', "\\-"));
            assert_eq!(listed, takes.contains(&option), "{option} in:\n{section}");
        }
    }
}

#[test]
fn misplaced_arguments_are_explained() {
    let folder = folder();
    let check = |arguments: &[&str], sentence: &str| {
        let run = langfit(folder.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert_eq!(run.err, format!("{sentence}\n"), "{arguments:?}");
    };
    let first = "put the command 'advise' first and its options after it: langfit advise ...; see langfit \
                 --help";
    check(&["--questions", "q.ron", "advise"], first);
    check(&["s.ron", "advise"], first);
    check(&["--set", "draw=both", "advise", "s.ron"], first);
    check(&["one.ron", "two.ron"], "unexpected argument 'two.ron' found; see langfit --help");
    check(
        &["--linear", "--mouse"],
        "the argument '--linear' cannot be used with '--mouse'; see langfit --help",
    );
    check(
        &["check", "a.ron", "--questions", "b.ron"],
        "a.ron: is not a session, so --questions does not apply; drop one of the two",
    );
    check(
        &["--questions", "-"],
        "invalid value '-' for '--questions <FILE>': standard input is needed for the answers; put the questionnaire \
         in a file; see langfit --help",
    );
    assert_eq!(std::fs::read_dir(folder.path()).expect("it can be listed").count(), 0, "nothing is begun");
}

/// An option without effect on the record is rejected, like an option that the command does not take.
#[test]
fn an_option_that_an_export_would_ignore_is_refused() {
    let folder = folder();
    let sample = crate::support::sample();
    let begun = crate::support::session(&sample, &["draw=packages"]);
    write(&folder, "s.ron", &begun.to_ron(&sample).expect("it can be written"));
    let export = |arguments: &[&str]| langfit(folder.path(), &[&["export", "s.ron"], arguments].concat());
    let number =
        "--number: in this format only file names have a number; name a folder with -o or drop --number\n";
    let brief = "--brief: this format has no details to leave out; drop --brief or use another format\n";
    for (arguments, sentence) in [
        (&["--number", "4"][..], number),
        (&["--number", "4", "-o", "-"], number),
        (&["--number", "4", "-o", "0004-record.md"], number),
        (&["--number", "4", "--format", "markdown"], number),
        (&["--number", "4", "--format", "json"], number),
        (&["--number", "4", "--format", "html"], number),
        (&["--format", "markdown", "--brief"], brief),
    ] {
        let run = export(arguments);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(2), "", sentence), "{arguments:?}");
    }
    assert!(!folder.path().join("0004-record.md").exists());
    // The options are accepted where they have an effect.
    let run = export(&["--number", "4", "--format", "nygard"]);
    assert!(run.out.starts_with("# 4. "), "{}", run.out);
    let run = export(&["--number", "4", "-o", "docs/"]);
    assert!(run.out.starts_with("docs/0004-"), "{} {}", run.out, run.err);
    for format in ["madr", "log4brains", "nygard", "html"] {
        let whole = export(&["--format", format]).out;
        let run = export(&["--format", format, "--brief"]);
        assert!(run.code == Some(0) && run.out.len() < whole.len(), "{format}: {}", run.err);
    }
}
