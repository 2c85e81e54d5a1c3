//! What the shell offers, asked of the program as the shell's script asks it, and of the script in a real
//! shell; must not test how a shell shows it.

use std::path::Path;

use assert_cmd::Command;

use crate::cli::{folder, langfit, write};

/// What is offered for the last of these words.
fn offered(folder: &Path, words: &[&str]) -> Vec<String> {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
        .current_dir(folder)
        .env("COMPLETE", "bash")
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
    assert!(questions.contains(&"arrival=".to_owned()), "{questions:?}");
    assert_eq!(questions.len(), crate::support::shipped().questions.len());
    assert_eq!(offered(folder.path(), &["advise", "--set", "arr"]), ["arrival="]);
    assert_eq!(
        offered(folder.path(), &["export", "s.ron", "--set", "arrival=b"]),
        ["arrival=batch"],
        "{:?}",
        offered(folder.path(), &["export", "s.ron", "--set", "arrival="])
    );
    assert_eq!(offered(folder.path(), &["--set", "arrival@API=b"]), ["arrival@API=batch"]);
    let more = offered(folder.path(), &["advise", "--set", "ecosystem=data-ml,"]);
    assert!(more.contains(&"ecosystem=data-ml,jvm".to_owned()), "{more:?}");
    assert!(!more.contains(&"ecosystem=data-ml,data-ml".to_owned()), "{more:?}");
    // A choice of one takes no second.
    assert_eq!(offered(folder.path(), &["advise", "--set", "arrival=batch,"]), Vec::<String>::new());
    assert_eq!(offered(folder.path(), &["advise", "--set", "nonsense="]), Vec::<String>::new());
}

#[test]
fn the_questionnaire_that_is_named_is_the_one_that_is_offered() {
    let folder = folder();
    write(&folder, "own.ron", include_str!("data/storage.ron"));
    let offered = |words: &[&str]| offered(folder.path(), words);
    let questions = offered(&["advise", "--questions", "own.ron", "--set", ""]);
    assert!(!questions.is_empty() && !questions.contains(&"arrival=".to_owned()), "{questions:?}");
    for unusable in ["-", "gone.ron"] {
        assert_eq!(offered(&["advise", "--questions", unusable, "--set", ""]), Vec::<String>::new());
    }
}

#[test]
fn commands_and_their_own_options_are_offered() {
    let folder = folder();
    let commands = offered(folder.path(), &[""]);
    for command in
        ["advise", "export", "check", "decide", "compare", "recheck", "questions", "completions", "man"]
    {
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

/// The script that is printed, in a shell, with the program beside it.
#[test]
fn the_script_for_bash_works_in_bash() {
    let folder = folder();
    let script = langfit(folder.path(), &["completions", "bash"]);
    assert_eq!((script.code, script.err.as_str()), (Some(0), ""));
    write(&folder, "langfit.bash", &script.out);
    let program =
        Path::new(assert_cmd::cargo::cargo_bin!("langfit")).parent().expect("it is in a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path)));
    // Bash ends a word at = and @, replaces what stands behind them, and knows the whole line.
    let drive = r#"
        source ./langfit.bash
        COMP_TYPE=9
        ask() { COMP_LINE=$1 COMP_POINT=${#1}; _langfit_words langfit 2>/dev/null; printf '%s\n' "${COMPREPLY[@]}"; }
        ask 'langfit advise --set arrival=b'
        ask 'langfit advise --set arrival@API=b'
        ask 'langfit advise --set arr'
        ask 'langfit advise --format j'
        complete -p langfit
    "#;
    let Ok(output) = std::process::Command::new("bash")
        .args(["--norc", "-c", drive])
        .current_dir(folder.path())
        .env("PATH", path.expect("the folder can be in it"))
        .output()
    else {
        // There is no bash on this machine.
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.starts_with("batch\nbatch\narrival=\njson\ncomplete "),
        "{said} {}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(said.contains("_langfit_words"), "{said}");
    for shell in ["zsh", "fish", "elvish", "powershell"] {
        let script = langfit(folder.path(), &["completions", shell]);
        assert_eq!((script.code, script.err.as_str()), (Some(0), ""));
        assert!(script.out.contains("COMPLETE"), "{shell}: {}", script.out);
    }
}
