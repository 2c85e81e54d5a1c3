//! Tests the program with lines on standard input: exit codes, standard error, the environment, completions
//! and the manual. The replies to single lines are out of scope.

use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;

use super::STORAGE;
use crate::cli::{Run, folder, read, write};
use crate::support::{on_one_line, on_sample, state_home};

/// Runs the program in a folder with these lines on standard input.
pub fn lines_in(folder: &Path, arguments: &[&str], lines: &[&str]) -> Run {
    let text = lines.iter().flat_map(|line| [*line, "\n"]).collect::<String>();
    bytes_in(folder, arguments, &[], text.as_bytes())
}

fn bytes_in(folder: &Path, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Run {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
        .current_dir(folder)
        .env_remove("TERM")
        .env_remove("ACCESSIBLE")
        .env("XDG_STATE_HOME", state_home())
        .envs(variables.iter().copied())
        .args(on_sample(arguments))
        .write_stdin(input)
        .timeout(Duration::from_secs(60))
        .output()
        .expect("the program was built");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A running program whose input and output are pipes.
pub struct Talk {
    child: std::process::Child,
    output: std::process::ChildStdout,
    heard: Vec<u8>,
}

impl Talk {
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        use std::process::Stdio;

        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
            .current_dir(folder)
            .env_remove("TERM")
            .env_remove("ACCESSIBLE")
            .env("XDG_STATE_HOME", state_home())
            .args(on_sample(arguments))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program was built");
        let output = child.stdout.take().expect("it is piped");
        Self { child, output, heard: Vec::new() }
    }

    pub fn say(&mut self, lines: &str) {
        use std::io::Write as _;

        let input = self.child.stdin.as_mut().expect("it is piped");
        input.write_all(lines.as_bytes()).expect("the program reads");
    }

    /// Reads output until it contains these words. Fails if the output ends first.
    #[track_caller]
    pub fn wait_for(&mut self, words: &str) {
        use std::io::Read as _;

        let mut buffer = [0; 4096];
        while !String::from_utf8_lossy(&self.heard).contains(words) {
            let count = self.output.read(&mut buffer).expect("it can be read");
            assert!(count > 0, "never: {words}\n{}", String::from_utf8_lossy(&self.heard));
            self.heard.extend_from_slice(&buffer[..count]);
        }
    }

    /// Sends a signal while the program waits for a line. Returns the exit code and the output.
    #[cfg(unix)]
    pub fn end_by(mut self, signal: rustix::process::Signal) -> (Option<i32>, String) {
        use std::io::Read as _;

        let process = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        rustix::process::kill_process(process.expect("it runs"), signal).expect("it can be told");
        // Keeps the input open, so that only the signal can end the program.
        let _input = self.child.stdin.take();
        let code = self.child.wait().expect("it ends").code();
        self.output.read_to_end(&mut self.heard).expect("it can be read");
        (code, String::from_utf8_lossy(&self.heard).into_owned())
    }

    pub fn end(mut self) -> Run {
        use std::io::Read as _;

        drop(self.child.stdin.take());
        self.output.read_to_end(&mut self.heard).expect("it can be read");
        let output = self.child.wait_with_output().expect("it ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        Run { code: output.status.code(), out: text(self.heard), err: text(output.stderr) }
    }
}

#[test]
fn lines_that_are_no_text_are_refused() {
    let folder = folder();
    let mut input = b"n caf\xe9\n".to_vec();
    input.extend(std::iter::repeat_n(b'x', 5_000_000));
    input.extend(b"\nn ");
    input.extend("é".repeat(3998).bytes());
    input.extend(b"\nq\n");
    let run = bytes_in(folder.path(), &["--linear"], &[], &input);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("\nThat line is not UTF-8 text and was ignored; type it again.\n"));
    assert!(
        run.out.contains("\nThat line is longer than 4000 characters and was ignored; type a shorter one.\n")
    );
    assert!(read(&folder, "langfit-session.ron").contains(&format!("note: \"{}\"", "é".repeat(3998))));
}

#[test]
fn the_end_of_the_input_names_what_is_open() {
    let folder = folder();
    let run = lines_in(folder.path(), &["--linear"], &["2", "1", "-", "-", "-", "-"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.err,
        "the input ended with 6 questions open:\nWhat is delivered\nParts of the system\nWhat the team runs\n\
         What exists already\nConstraints\nLife and teams\n"
    );
    assert!(run.out.ends_with("\nSaved in langfit-session.ron.\n"), "{}", run.out);
    let run = lines_in(folder.path(), &["--linear"], &["go 6", "-", "-", "-", "-", "-", "-"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "free texts may stay open: {}", run.out);
    assert!(
        run.out.starts_with("Languages for this system\nSession langfit-session.ron. 6 of 12 answered.\n")
    );
    let nothing = lines_in(folder.path(), &["--linear", "new.ron"], &[]);
    assert_eq!(nothing.code, Some(2));
    assert!(nothing.out.ends_with("\nNo answers, so nothing was saved.\n"), "{}", nothing.out);
    assert!(!folder.path().join("new.ron").exists());
    let titled = lines_in(folder.path(), &["--linear", "--title", "T", "new.ron"], &["q"]);
    assert!(titled.out.ends_with("\nSaved in new.ron.\n"), "{}", titled.out);
    assert!(read(&folder, "new.ron").contains("title: \"T\""));
}

#[test]
fn what_cannot_be_saved_is_said_and_printed() {
    let folder = folder();
    write(&folder, "no-folder", "");
    let nowhere = folder.path().join("no-folder").to_string_lossy().into_owned();
    let nowhere = [("XDG_STATE_HOME", nowhere.as_str())];
    let run = bytes_in(folder.path(), &["--linear", "gone/s.ron"], &nowhere, b"2\n1\nq\n");
    assert_eq!(run.code, Some(2));
    assert_eq!(run.out.matches("\nNOT SAVED: gone/s.ron cannot be written").count(), 1, "{}", run.out);
    let out = on_one_line(&run.out);
    assert!(out.contains("(question: \"draw\", answer: Chosen([\"packages\"]),"), "{out}");
    assert!(run.err.starts_with("not saved to gone/s.ron: "), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
}

#[test]
fn the_environment_can_ask_for_plain_lines() {
    let folder = folder();
    for variables in [[("TERM", "dumb")], [("ACCESSIBLE", "1")]] {
        let run = bytes_in(folder.path(), &[], &variables, b"q\n");
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{variables:?}");
        assert!(run.out.contains("\nQuestion 1: What draws you\n"), "{}", run.out);
    }
    for variables in [[("TERM", "xterm")], [("ACCESSIBLE", "")]] {
        let run = bytes_in(folder.path(), &[], &variables, b"q\n");
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{variables:?}");
        assert!(run.err.contains("--linear") && run.err.lines().count() == 1, "{}", run.err);
    }
}

#[test]
fn answers_of_the_command_line_are_in_the_conversation() {
    let folder = folder();
    let arguments = ["--linear", "s.ron", "--set", "draw=packages", "--title", "One\u{1b}[31m"];
    let run = lines_in(folder.path(), &arguments, &["q"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("One␛[31m\nSession s.ron. 1 of 12 answered.\n"), "{}", run.out);
    assert!(run.out.contains("\n2 (chosen): Packages"), "{}", run.out);
    assert!(read(&folder, "s.ron").contains("date: \"2"));
}

/// A questionnaire on another subject can be answered, and none of the output mentions languages.
#[test]
fn another_questionnaire_works() {
    let folder = folder();
    write(&folder, "storage.ron", STORAGE);
    let arguments = ["--linear", "--questions", "storage.ron", "s.ron"];
    let mut lines = vec!["1,1,2", "stays 3 Graph", "stays 2 paper", "?", "w", "a", "for 1", "for all", ""];
    lines.extend(["1", "w", "o", "?"].repeat(20));
    let run = lines_in(folder.path(), &arguments, &[&lines[..], &["r", "q"]].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert!(run.out.contains("the store it stays in"), "{}", run.out);
    assert!(run.out.contains("not among the stores here"), "{}", run.out);
    crate::another::assert_knows_no_languages("the conversation", &run.out);
}

#[test]
fn the_manual_knows_every_command() {
    let folder = folder();
    let commands =
        ["advise", "export", "check", "decide", "compare", "recheck", "questions", "completions", "man"];
    let run = lines_in(folder.path(), &["man"], &[]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("\n.TH langfit 1 "), "{}", run.out);
    for command in commands {
        assert!(run.out.contains(&format!("\n.SS {command}\n")), "{command}: {}", run.out);
    }
    assert!(run.out.contains("Exit codes: 0 success"), "{}", run.out);
    assert_eq!(lines_in(folder.path(), &["completions", "nonsense"], &[]).code, Some(2));
}

/// The question at which a user stopped is remembered for the session, not for its file name.
#[test]
fn the_place_is_resumed_but_not_for_a_recreated_session() {
    let folder = folder();
    let shown = |lines: &[&str]| {
        let run = lines_in(folder.path(), &["--linear", "s.ron"], lines);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        run.out
    };
    assert!(shown(&["1", "go 3", "q"]).contains("Question 1: "));
    assert!(!shown(&["q"]).contains("Question 1: ") && shown(&["q"]).contains("Question 3: "));
    std::fs::remove_file(folder.path().join("s.ron")).expect("it is there");
    assert!(shown(&["1", "q"]).contains("Question 1: "));
}

#[cfg(unix)]
#[test]
fn signals_end_it_with_everything_saved_and_the_lock_given_back() {
    use rustix::process::Signal;

    let cases = [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)];
    for (signal, expected) in cases {
        let folder = folder();
        let mut conversation = Talk::start(folder.path(), &["--linear", "s.ron"]);
        conversation.wait_for("or ? for help");
        conversation.say("2\n");
        conversation.wait_for("Question 1a");
        let (code, out) = conversation.end_by(signal);
        assert_eq!(code, Some(expected), "{signal:?}: {out}");
        assert!(on_one_line(&read(&folder, "s.ron")).contains("(question: \"draw\", answer: Chosen"));
        let personal = crate::saving::personal(&folder.path().join("s.ron"));
        assert!(!personal.join("lock").exists(), "{signal:?}");
        assert!(personal.join("place").exists(), "it goes on where it was killed");
    }
}
