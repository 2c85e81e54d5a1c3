//! Tests shell completions. Most tests call the program as the shell script does; one runs the script in a
//! real shell. How a shell displays completions is out of scope.

use std::path::Path;

use assert_cmd::Command;

use crate::cli::{folder, langfit, write};
use crate::support::nth_part;

/// Returns the completions for the last of these words, as bash gets them.
fn offered(folder: &Path, words: &[&str]) -> Vec<String> {
    offered_to("bash", folder, words)
}

fn offered_to(shell: &str, folder: &Path, words: &[&str]) -> Vec<String> {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
        .current_dir(folder)
        .env("COMPLETE", shell)
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
        .env("_CLAP_COMPLETE_COMP_TYPE", "9")
        .env("_CLAP_COMPLETE_SPACE", "false")
        .args(["--", "langfit"])
        .args(words)
        .output()
        .expect("the program was built");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{words:?}");
    let text = String::from_utf8(output.stdout).expect("what is offered is text");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn set_offers_questions_and_then_options() {
    let folder = folder();
    let questions = offered(folder.path(), &["advise", "--set", ""]);
    assert!(questions.contains(&"ship=".to_owned()), "{questions:?}");
    assert_eq!(questions.len(), crate::support::shipped().questions().len());
    assert_eq!(offered(folder.path(), &["advise", "--set", "shi"]), ["ship="]);
    assert_eq!(
        offered(folder.path(), &["export", "s.ron", "--set", "ship=s"]),
        ["ship=script"],
        "{:?}",
        offered(folder.path(), &["export", "s.ron", "--set", "ship="])
    );
    assert_eq!(offered(folder.path(), &["--set", "ship@CLI=s"]), ["ship@CLI=script"]);
    let more = offered(folder.path(), &["advise", "--set", "libraries=data-ml,"]);
    assert!(more.contains(&"libraries=data-ml,jvm".to_owned()), "{more:?}");
    assert!(!more.contains(&"libraries=data-ml,data-ml".to_owned()), "{more:?}");
    // A question with one answer takes no second option.
    assert_eq!(offered(folder.path(), &["advise", "--set", "ship=script,"]), Vec::<String>::new());
    assert_eq!(offered(folder.path(), &["advise", "--set", "nonsense="]), Vec::<String>::new());
}

#[test]
fn the_questionnaire_that_is_named_is_the_one_that_is_offered() {
    let folder = folder();
    write(&folder, "own.ron", include_str!("data/storage.ron"));
    let offered = |words: &[&str]| offered(folder.path(), words);
    let questions = offered(&["advise", "--questions", "own.ron", "--set", ""]);
    assert!(!questions.is_empty() && !questions.contains(&"ship=".to_owned()), "{questions:?}");
    for unusable in ["-", "gone.ron"] {
        assert_eq!(offered(&["advise", "--questions", unusable, "--set", ""]), Vec::<String>::new());
    }
}

#[test]
fn commands_and_their_own_options_are_offered() {
    let folder = folder();
    let commands = offered(folder.path(), &[""]);
    for command in [
        "advise",
        "export",
        "check",
        "decide",
        "compare",
        "recheck",
        "demo",
        "questions",
        "completions",
        "man",
    ] {
        assert!(commands.contains(&command.to_owned()), "{commands:?}");
    }
    let options = offered(folder.path(), &["recheck", "--"]);
    assert!(options.contains(&"--today".to_owned()) && !options.contains(&"--set".to_owned()), "{options:?}");
    assert_eq!(offered(folder.path(), &["advise", "--format", "j"]), ["json"]);
}

#[test]
fn a_shell_that_is_not_known_is_one_sentence() {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
        .env("COMPLETE", "\u{1b}[2Jsh")
        .output()
        .expect("the program was built");
    let message = String::from_utf8(output.stderr).expect("a message is text");
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.lines().count() == 1 && !message.contains('\u{1b}'), "{message:?}");
}

/// Returns a folder with two sessions, a subfolder and the completion script for bash.
fn for_a_shell() -> tempfile::TempDir {
    let folder = folder();
    let shipped = crate::support::shipped();
    let mut begun = crate::support::session(&shipped, &["parts=api,api"]);
    begun.rename_part(nth_part(&begun.answers, 1), "Order API");
    for name in ["session.ron", "my session.ron"] {
        write(&folder, name, &begun.to_ron(&shipped).expect("it can be written"));
    }
    std::fs::create_dir(folder.path().join("decisions")).expect("it can be made");
    let script = langfit(folder.path(), &["completions", "bash"]);
    assert_eq!((script.code, script.err.as_str()), (Some(0), ""));
    write(&folder, "langfit.bash", &script.out);
    folder
}

#[test]
fn parts_are_offered_behind_a_question_and_for_a_decision() {
    let folder = for_a_shell();
    let offered = |words: &[&str]| offered(folder.path(), words);
    let kinds = offered(&["advise", "--set", "workload@"]);
    assert!(
        kinds.contains(&"workload@api=".to_owned()) && !kinds.contains(&"workload@API=".to_owned()),
        "{kinds:?}"
    );
    let named = offered(&["advise", "session.ron", "--set", "workload@"]);
    assert_eq!(named[..2], ["workload@API=", "workload@Order API="]);
    assert_eq!(named[2..], kinds);
    assert_eq!(offered(&["--set", "workload@A", "session.ron"]), Vec::<String>::new());
    assert_eq!(offered(&["advise", "gone.ron", "--set", "workload@"]), kinds);
    // The first question has one answer for the whole system, and the second does not exist.
    assert_eq!(offered(&["advise", "--set", "team-stack@"]), Vec::<String>::new());
    assert_eq!(offered(&["advise", "--set", "nonsense@"]), Vec::<String>::new());
    assert_eq!(offered(&["decide", "session.ron", "--part", ""]), ["API=", "Order API="]);
    assert_eq!(offered(&["decide", "session.ron", "--part", "O"]), ["Order API="]);
    assert_eq!(offered(&["decide", "session.ron", "--part", "Order API=g"]), ["Order API=go"]);
    assert_eq!(offered(&["decide", "gone.ron", "--part", ""]), Vec::<String>::new());
    assert_eq!(offered(&["precedents", "session.ron", "--part", ""]), ["API", "Order API"]);
    assert_eq!(offered(&["precedents", "gone.ron", "--part", ""]), Vec::<String>::new());
}

/// Other shells get paths from the program. Bash completes paths itself.
#[test]
fn paths_are_offered_to_other_shells() {
    let folder = for_a_shell();
    for shell in ["fish", "elvish", "powershell", "zsh"] {
        let offered = offered_to(shell, folder.path(), &["export", "sess"]);
        assert!(offered.iter().any(|it| it.contains("session.ron")), "{shell}: {offered:?}");
    }
    assert_eq!(offered(folder.path(), &["export", "sess"]), Vec::<String>::new());
}

/// Runs the printed script in an interactive bash with the program on its PATH.
#[cfg(unix)]
#[test]
fn the_script_for_bash_works_in_bash() {
    let folder = for_a_shell();
    let typed = [
        ("export sess", "export session.ron "),
        ("export my", "export my\\ session.ron "),
        ("export \"my", "export \"my session.ron\" "),
        ("recheck de", "recheck decisions/"),
        ("--questions se", "--questions session.ron "),
        ("--questions=se", "--questions=session.ron "),
        ("compare ./de", "compare ./decisions/"),
        ("advise --set shi", "advise --set ship="),
        ("advise --set ship=s", "advise --set ship=script "),
        ("advise --set ship@CLI=s", "advise --set ship@CLI=script "),
        ("advise --set workload@ap", "advise --set workload@api="),
        ("advise 'my session.ron' --set workload@O", "advise 'my session.ron' --set workload@Order\\ API="),
        ("advise --format j", "advise --format json "),
        ("decide session.ron --part A", "decide session.ron --part API="),
        ("decide session.ron --part API=gol", "decide session.ron --part API=gol"),
        ("decide session.ron --part \"Order API=csh", "decide session.ron --part \"Order API=csharp\" "),
        ("decide session.ron --part Order\\ API=csh", "decide session.ron --part Order\\ API=csharp "),
        ("advise --set workload@lo", "advise --set workload@lo"),
        ("advise --set workload@AP", "advise --set workload@AP"),
    ];
    let Some(completed) = crate::pty::completed_by_bash(folder.path(), &typed.map(|(typed, _)| typed)) else {
        // Bash is not installed.
        return;
    };
    for ((typed, expected), completed) in typed.iter().zip(completed) {
        assert_eq!(completed, format!("langfit {expected}|"), "{typed}");
    }
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = langfit(folder().path(), &["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (Some(0), ""));
        assert!(script.out.contains("COMPLETE"), "{shell}: {}", script.out);
    }
}
