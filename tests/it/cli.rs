//! Tests the commands from a script's point of view: exit codes, standard output, standard error and files.
//! The advice itself is out of scope.

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use assert_cmd::Command;
use langfit::built_in::QUESTIONS;
use serde_json::Value;
use tempfile::TempDir;

use super::support::{SAMPLE_TEXT, on_one_line, on_sample, parse, sample, shipped, state_home};

/// How long a command may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers that give one language a clear lead.
const CLEAR: [&str; 4] = ["--set", "draw=packages", "--set", "ecosystem=data-ml"];

/// The result of one run of the program.
#[derive(Debug)]
pub struct Run {
    /// The exit code, or `None` if a signal ended the program, which no test expects.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs the program on the sample questionnaire in a folder, with empty standard input and no terminal.
pub fn langfit(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &on_sample(arguments))
}

/// Runs the program with the built-in questionnaire, unless the arguments name another one.
pub fn run<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Run {
    run_with(folder, &[], arguments)
}

/// Like [`run`], with environment variables.
pub fn run_with<S: AsRef<OsStr>>(folder: &Path, variables: &[(&str, &str)], arguments: &[S]) -> Run {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
        .current_dir(folder)
        .env_remove("LANGFIT_QUESTIONS")
        .envs(variables.iter().copied())
        // Either variable can select linear mode.
        .env_remove("TERM")
        .env_remove("ACCESSIBLE")
        .env("XDG_STATE_HOME", state_home())
        .args(arguments)
        .timeout(PATIENCE)
        .output()
        .expect("the program was built");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

pub fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for temporary files")
}

/// Writes a text file into the folder.
pub fn write(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join(name), text).expect("the test's folder can be written");
}

pub fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("the file is there")
}

/// Checks that a command succeeds with nothing on standard error, and returns its output.
#[track_caller]
fn check(folder: &TempDir, arguments: &[&str]) -> String {
    let run = langfit(folder.path(), arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
    run.out
}

/// Checks that a command prints nothing, writes one sentence to standard error and exits with code 2.
#[track_caller]
fn check_refused(folder: &TempDir, arguments: &[&str], sentence: &str) {
    let run = langfit(folder.path(), arguments);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
    assert_eq!(run.err, format!("{sentence}\n"), "{arguments:?}");
}

/// Saves a new session with this name and these arguments of `advise`.
fn save(folder: &TempDir, name: &str, arguments: &[&str]) {
    write(folder, name, &new_session());
    check(folder, &[&["advise", name, "--save"], arguments].concat());
}

fn new_session() -> String {
    let questionnaire = sample();
    langfit::session::Session::new(&questionnaire).to_ron(&questionnaire).expect("it can be written")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn answers_on_the_command_line_are_enough_for_advice() {
    let folder = folder();
    let text = check(&folder, &[&["advise"], &CLEAR[..]].concat());
    assert!(text.contains("Recommendation: "), "{text}");
    assert!(text.contains("2 of "), "both answers count:\n{text}");
    assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 0, "nothing is saved");
}

#[test]
fn advice_without_a_session_says_how_to_get_one() {
    let hint = "no such session; open it with langfit to create it, or answer with --set";
    check_refused(&folder(), &["advise"], &format!("langfit-session.ron: {hint}"));
    check_refused(&folder(), &["advise", "mine.ron"], &format!("mine.ron: {hint}"));
    check_refused(&folder(), &["export", "mine.ron"], &format!("mine.ron: {hint}"));
}

#[test]
fn the_session_of_the_folder_needs_no_name() {
    let folder = folder();
    save(&folder, "langfit-session.ron", &["--title", "The default one"]);
    assert!(check(&folder, &["advise"]).starts_with("The default one\n"));
}

#[test]
fn answers_are_added_to_a_named_session_but_not_saved() {
    let folder = folder();
    save(&folder, "mine.ron", &["--set", "draw=language"]);
    let before = read(&folder, "mine.ron");
    let text = check(&folder, &["advise", "mine.ron", "--set", "arrival=batch"]);
    assert!(text.contains("2 of "), "the saved answer counts too:\n{text}");
    assert_eq!(read(&folder, "mine.ron"), before);
}

#[test]
fn a_wrong_answer_names_the_nearest_right_one() {
    let folder = folder();
    let check = |assignment: &str, sentence: &str| {
        check_refused(
            &folder,
            &["advise", "--set", assignment],
            &format!("--set {}: {sentence}", assignment.replace('\n', " ").replace('\u{1b}', "␛")),
        );
    };
    check("arrival", "write QUESTION=OPTION[,OPTION]");
    check("arival=batch", "no question has this id; did you mean `arrival`?");
    check("arrival=bacth", "`bacth` is not an option of `arrival`; did you mean `batch`?");
    check(
        "types=zzz",
        "`zzz` is not an option of `types`; valid here: docs, static, compile, invariants, boundary",
    );
    check("arrival=batch,streaming", "these options exclude each other; give one");
    check("team-stack=pyton", "`pyton` is not an option of `team-stack`; did you mean `python`?");
    check(
        "arrival=ba\u{1b}[31m\ntch",
        "`ba␛[31m tch` is not an option of `arrival`; valid here: interactive, batch, request-response, streaming, long-running",
    );
}

#[test]
fn free_text_of_the_command_line_keeps_to_the_limits_of_a_session() {
    let folder = folder();
    let long = format!("own-owner={}", "é".repeat(4001));
    let refused = "--set own-owner: the text has 4001 characters; the limit is 4000";
    check_refused(&folder, &["advise", "--save", "--set", &long], refused);
    let title = "x".repeat(201);
    let refused = "--title: the text has 201 characters; the limit is 200";
    check_refused(&folder, &["advise", "--set", "draw=both", "--title", &title], refused);
    // A hidden character is escaped, and the limit applies to the escaped text.
    let hidden = format!("own-owner={}\u{200b}", "x".repeat(3999));
    let refused = "--set own-owner: the text has 4007 characters; the limit is 4000";
    check_refused(&folder, &["advise", "--save", "--set", &hidden], refused);
    assert!(!folder.path().join("langfit-session.ron").exists());
}

#[test]
fn saved_answers_and_details_load_again() {
    let folder = folder();
    let details = ["--title", "Which one", "--system", "Shop", "--decider", "Ann", "--decider", "Bob \"B\""];
    let answers = ["--set", "arrival=batch", "--set", "draw=packages", "--set", "ecosystem=data-ml"];
    let first = check(&folder, &[&["advise", "--save"], &answers[..], &details[..]].concat());
    let again = check(&folder, &["advise"]);
    assert_eq!(first, again);
    let saved = read(&folder, "langfit-session.ron");
    for piece in [
        "\"arrival\"",
        "title: \"Which one\"",
        "system: \"Shop\"",
        "\"Ann\"",
        "\"Bob \\\"B\\\"\"",
        "date: \"2",
    ] {
        assert!(saved.contains(piece), "{piece} is missing in:\n{saved}");
    }
    let record = check(&folder, &["export", "langfit-session.ron"]);
    assert!(record.contains("\ndecision-makers: [\"Ann\", \"Bob \\\"B\\\"\"]\n"), "{record}");
    assert!(record.contains("\n# Which one\n"), "{record}");
    // An empty value after the equals sign withdraws the answer.
    check(&folder, &["advise", "--save", "--set", "arrival=", "--set", "ecosystem=?", "--set", "types=-"]);
    let saved = read(&folder, "langfit-session.ron");
    let saved = on_one_line(&saved);
    assert!(saved.contains("(question: \"arrival\", )"), "{saved}");
    assert!(saved.contains("(question: \"ecosystem\", answer: NotSure,"), "{saved}");
    assert!(saved.contains("(question: \"types\", answer: NotApplicable,"), "{saved}");
}

#[test]
fn a_title_stays_one_harmless_line() {
    let folder = folder();
    let text = check(&folder, &["advise", "--set", "draw=both", "--title", "one\ntwo\u{1b}[31m\u{202e}"]);
    assert!(text.starts_with("one two␛[31m\\u{202e}\n"), "{text}");
}

#[test]
fn advice_as_json_can_be_traced_from_choice_to_source() {
    let folder = folder();
    let arguments = ["advise", "--format", "json", "--set", "parts=api,pipeline", "--set", "arrival=batch"];
    let ruled = ["--set", "existing=limits", "--set", "standard=go,python", "--set", "team-stack=python"];
    let view = json(&check(&folder, &[&arguments[..], &ruled[..]].concat()));
    let questionnaire = sample();
    let known = |id: &Value| questionnaire.find_candidate(id.as_str().expect("an id")).is_some();
    let kit = &view["kit"]["best"][0];
    assert!(kit["candidates"].as_array().is_some_and(|ids| !ids.is_empty() && ids.iter().all(known)));
    assert_eq!(
        kit["fit"].as_i64().expect("a number") - kit["adoption_cost"].as_i64().expect("a number"),
        kit["net"].as_i64().expect("a number")
    );
    let parts = view["parts"].as_array().expect("parts");
    assert_eq!(
        parts.iter().map(|part| part["kind"].as_str()).collect::<Vec<_>>(),
        [Some("api"), Some("pipeline")]
    );
    for part in parts {
        assert!(part["choice"].as_array().is_some_and(|ids| ids.iter().all(known)));
        let ranking = part["ranking"].as_array().expect("a ranking");
        assert_eq!(ranking.len(), questionnaire.candidates().len());
        for standing in ranking {
            check_standing(standing);
        }
    }
    let rust = parts[0]["ranking"].as_array().expect("a ranking").iter().find(|it| it["candidate"] == "rust");
    let reason = &rust.expect("everybody is ranked")["exclusions"][0];
    assert_eq!((&reason["question"], &reason["origin"]), (&"standard".into(), &"not-chosen".into()));
    assert!(reason["because"].as_str().is_some_and(|because| !because.is_empty()), "{reason}");
}

/// Checks that the entries of a ledger add up to the score, and that each entry names its origin.
fn check_standing(standing: &Value) {
    let number = |name: &str| standing[name].as_i64().expect("a number");
    let ledger = standing["ledger"].as_array().expect("a ledger");
    let points: Vec<i64> = ledger.iter().map(|line| line["points"].as_i64().expect("points")).collect();
    assert_eq!(points.iter().sum::<i64>(), number("score"), "{standing}");
    let (good, bad): (Vec<i64>, Vec<i64>) = points.iter().partition(|points| **points > 0);
    assert_eq!(good.iter().sum::<i64>(), number("points_for"), "{standing}");
    assert_eq!(bad.iter().sum::<i64>().abs(), number("points_against").abs(), "{standing}");
    for line in ledger {
        assert!(line["because"].as_str().is_some_and(|because| !because.is_empty()), "{line}");
        assert!(line["source"].as_array().is_some_and(|sources| !sources.is_empty()), "{line}");
        let from_an_option = line["question"].is_string() && line["option"].is_string();
        assert_eq!(line["origin"] == "option", from_an_option, "{line}");
    }
    let exclusions = standing["exclusions"].as_array().expect("exclusions");
    assert_eq!(standing["ruled_out"].as_bool(), Some(!exclusions.is_empty()), "{standing}");
}

#[test]
fn json_has_no_character_that_acts_on_a_terminal() {
    let folder = folder();
    let questions = SAMPLE_TEXT
        .replace("title: \"Which language for which part\"", "title: \"Which\u{202e}\u{200b}\u{ad}\"");
    write(&folder, "own.ron", &questions);
    let text =
        check(&folder, &["advise", "--format", "json", "--questions", "own.ron", "--set", "draw=both"]);
    assert!(!text.contains(['\u{202e}', '\u{200b}', '\u{ad}', '\u{1b}']), "{text}");
}

#[test]
fn the_record_goes_to_standard_output_or_to_a_new_file() {
    let folder = folder();
    save(&folder, "mine.ron", &CLEAR);
    let text = check(&folder, &["export", "mine.ron"]);
    assert!(text.starts_with("---\nstatus: proposed\n"), "{text}");
    assert_eq!(check(&folder, &["export", "mine.ron", "-o", "record.md"]), "");
    assert_eq!(read(&folder, "record.md"), text);
    let view = json(&check(&folder, &["export", "mine.ron", "--format", "json"]));
    assert_eq!(view, json(&check(&folder, &["advise", "mine.ron", "--format", "json"])));
}

#[test]
fn the_record_names_what_the_advice_names() {
    let folder = folder();
    for parts in ["api", "api,pipeline", "ui,api,training", "scripts,enterprise-core"] {
        let parts = format!("parts={parts}");
        save(&folder, "mine.ron", &["--set", &parts, "--set", "arrival=request-response"]);
        let view = json(&check(&folder, &["advise", "mine.ron", "--format", "json"]));
        let record = check(&folder, &["export", "mine.ron"]);
        let considered = record.split("## Considered Options").nth(1).and_then(|it| it.split("##").next());
        let considered = considered.expect("every record has this heading");
        let questionnaire = sample();
        for part in view["parts"].as_array().expect("parts") {
            let choices = part["choice"].as_array().expect("a choice").iter();
            let names: Vec<&str> = choices
                .map(|id| questionnaire.find_candidate(id.as_str().expect("an id")).expect("known"))
                .map(|candidate| questionnaire[candidate].name.as_str())
                .collect();
            assert!(!names.is_empty(), "nobody is named");
            for name in names {
                let option = format!("* {}\n", name.replace('#', "\\#"));
                assert!(considered.contains(&option), "{parts}: {name} is missing in\n{considered}");
            }
        }
    }
}

/// A session with hostile text in every field that could break the shape of a record.
const HOSTILE: &str = r###"(
  format: 1,
  questionnaire: (id: "language-fit", version: "1", digest: "0"),
  title: "# Four | parts <b>\n---",
  system: "Shop `x`",
  deciders: ["Ann: \"A\" | B", "- Bob"],
  date: "2026-01-02",
  review_by: "2027-01-02",
  answers: [
    (question: "draw", answer: Chosen(["packages"]), note: "first\n    second *line*\n\n# not a heading\n---\n  - item\n1. one"),
    (question: "arrival", answer: Chosen(["request-response"])),
    (question: "load", answer: NotSure, note: "ask | ops"),
    (question: "control", note: "## a note only"),
    (question: "team-stack", answer: Chosen(["python", "java", "csharp"]), emphasis: Double),
    (question: "standard", answer: Chosen(["python", "go", "typescript", "csharp"])),
    (question: "lifetime", answer: NotApplicable),
    (question: "own-owner", answer: Text("Team A\n\n- item\n> quote\n```\ncode\n```\n<script>")),
    (question: "gone", answer: Text("x\n# y")),
  ],
  parts: [
    (kind: "api", name: "## API"),
    (kind: "ui", name: "Front | x"),
    (kind: "pipeline", name: "Nightly\n---", answers: [(question: "arrival", answer: Chosen(["batch"]))]),
    (kind: "enterprise-core", name: "Core", plan: StaysIn("java")),
    (kind: "inference", name: "Model", plan: StaysOther("COBOL & C\n# z")),
  ],
)
"###;

#[test]
fn nothing_that_was_written_breaks_the_shape_of_a_record() {
    let folder = folder();
    write(&folder, "hostile.ron", HOSTILE);
    write(&folder, "blank.ron", &new_session());
    save(&folder, "one.ron", &CLEAR);
    for name in ["hostile.ron", "blank.ron", "one.ron"] {
        check_shape(&check(&folder, &["export", name]));
    }
    let record = check(&folder, &["export", "hostile.ron"]);
    for piece in [
        "decision-makers: [\"Ann: \\\"A\\\" / B\", \"- Bob\"]\n",
        "# \\# Four \\| parts &lt;b> ---\n",
        "* Core stays in Java\n* Model stays in COBOL & C \\# z\n",
        "  > first\n  > second \\*line\\*\n  >\n  > \\# not a heading\n  > \\---\n  > \\- item\n  > 1\\. one\n",
        "  > Team A\n  >\n  > \\- item\n  > \\> quote\n  > \\`\\`\\`\n  > code\n  > \\`\\`\\`\n  > &lt;script>\n",
    ] {
        assert!(record.contains(piece), "{piece} is missing in:\n{record}");
    }
}

/// Checks the bytes of a record against the rules that real MADR readers rely on.
#[track_caller]
fn check_shape(record: &str) {
    const SECTIONS: [&str; 6] = [
        "## Context and Problem Statement",
        "## Decision Drivers",
        "## Considered Options",
        "## Decision Outcome",
        "## Pros and Cons of the Options",
        "## More Information",
    ];
    let (front, body) = record
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .expect("front matter stands first");
    assert!(front.starts_with("status: proposed\n") && !front.contains('|'), "{front}");
    assert!(body.starts_with("# "), "the title follows at once: {body}");
    assert!(!record.contains("\n\n\n"), "two blank lines: {record}");
    assert!(record.ends_with('\n') && !record.ends_with("\n\n"), "one newline ends a file");
    assert!(!record.contains(['\r', '\t', '\u{1b}']));
    assert!(record.lines().all(|line| line.trim_end() == line), "space at the end of a line: {record}");
    let headings = |level: &str| body.lines().filter(|line| line.starts_with(level)).collect::<Vec<_>>();
    assert_eq!(headings("# ").len(), 1, "{record}");
    let sections = headings("## ");
    let known: Vec<&str> = SECTIONS.into_iter().filter(|section| sections.contains(section)).collect();
    assert_eq!(sections, known, "only MADR's sections, in its order, once");
    for section in body.split("\n## ").skip(1) {
        let text = section.split_once('\n').map_or("", |(_, text)| text);
        assert!(!text.trim().is_empty(), "an empty section: {section}");
    }
    for section in body.split("\n### ").skip(1) {
        let text = section.split_once("\n\n").map_or("", |(_, text)| text);
        assert!(!text.trim_start().is_empty() && !text.starts_with('#'), "an empty section: {section}");
    }
    check_options(record);
    check_tables(body);
}

/// Checks that an option has the same name wherever it appears, and that there are at least two options.
#[track_caller]
fn check_options(record: &str) {
    let section = |heading: &str| {
        let text = record.split(&format!("\n## {heading}\n")).nth(1).expect("the section is there");
        text.split("\n## ").next().unwrap_or(text).to_owned()
    };
    let considered = section("Considered Options");
    let considered: Vec<&str> = considered.lines().filter_map(|line| line.strip_prefix("* ")).collect();
    let argued = section("Pros and Cons of the Options");
    let argued: Vec<&str> = argued.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    assert!(considered.len() >= 2, "{record}");
    assert_eq!(considered, argued, "{record}");
    let outcome = section("Decision Outcome");
    if let Some(rest) = outcome.trim_start().strip_prefix("Chosen option: \"") {
        let chosen = rest.split_once("\", because ").map(|(name, _)| name);
        assert!(chosen.is_some_and(|name| considered.contains(&name)), "{outcome}");
    }
    let arguments = section("Pros and Cons of the Options");
    for line in arguments.lines().filter(|line| line.starts_with("* ")) {
        let verdict = ["* Good, because ", "* Neutral, because ", "* Bad, because "];
        assert!(verdict.iter().any(|verdict| line.starts_with(verdict)), "{line}");
    }
}

/// Checks that every row of a table has as many cells as its header.
#[track_caller]
fn check_tables(body: &str) {
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut tables = 0;
    let lines: Vec<&str> = body.lines().collect();
    for table in lines.chunk_by(|left, right| left.starts_with('|') == right.starts_with('|')) {
        if !table[0].starts_with('|') {
            continue;
        }
        tables += 1;
        assert!(table.len() > 2, "a table without rows: {table:?}");
        let rule = format!("|{}", " --- |".repeat(cells(table[0]) - 1));
        assert_eq!(table[1], rule, "{table:?}");
        assert!(table.iter().all(|line| cells(line) == cells(table[0]) && line.ends_with('|')), "{table:?}");
    }
    assert!(tables > 0, "a record has tables: {body}");
}

#[test]
fn an_existing_file_is_overwritten_only_by_force() {
    let folder = folder();
    save(&folder, "mine.ron", &CLEAR);
    write(&folder, "record.md", "precious\n");
    let refused = "record.md: already exists; add --force to overwrite it";
    check_refused(&folder, &["export", "mine.ron", "-o", "record.md"], refused);
    assert_eq!(read(&folder, "record.md"), "precious\n");
    check(&folder, &["export", "mine.ron", "-o", "record.md", "--force"]);
    assert!(read(&folder, "record.md").starts_with("---\n"));
}

#[test]
fn the_sources_of_a_record_are_never_overwritten() {
    let folder = folder();
    save(&folder, "mine.ron", &CLEAR);
    write(&folder, "own.ron", QUESTIONS);
    let before = read(&folder, "mine.ron");
    let sub = folder.path().join("sub");
    fs::create_dir(&sub).expect("it can be made");
    for force in [&["--force"][..], &[]] {
        let arguments =
            |output| [&["export", "mine.ron", "--questions", "own.ron", "-o", output], force].concat();
        for output in ["mine.ron", "./mine.ron", "sub/../mine.ron"] {
            let refused = format!("{output}: is the session itself; name another file");
            check_refused(&folder, &arguments(output), &refused);
        }
        let refused = "own.ron: is the questionnaire itself; name another file";
        check_refused(&folder, &arguments("own.ron"), refused);
    }
    assert_eq!(read(&folder, "mine.ron"), before);
    assert_eq!(read(&folder, "own.ron"), QUESTIONS);
}

#[test]
fn a_refused_export_saves_nothing_either() {
    let folder = folder();
    save(&folder, "mine.ron", &CLEAR);
    let before = read(&folder, "mine.ron");
    write(&folder, "record.md", "precious\n");
    let arguments = ["export", "mine.ron", "-o", "record.md", "--save", "--title", "New"];
    check_refused(&folder, &arguments, "record.md: already exists; add --force to overwrite it");
    assert_eq!(read(&folder, "mine.ron"), before);
}

#[test]
fn a_file_that_cannot_be_written_is_said_by_name() {
    let folder = folder();
    save(&folder, "mine.ron", &CLEAR);
    for force in [&["--force"][..], &[]] {
        let arguments = [&["export", "mine.ron", "-o", "nowhere/record.md"], force].concat();
        let run = langfit(folder.path(), &arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.starts_with("nowhere/record.md"), "{}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
}

#[test]
fn the_questionnaire_that_is_built_in_can_be_printed_and_used() {
    let folder = folder();
    let text = check(&folder, &["questions"]);
    assert_eq!(text, QUESTIONS);
    let form = |questionnaire| postcard::to_allocvec(questionnaire).expect("a questionnaire has a form");
    assert_eq!(form(&parse(&text)), form(&shipped()));
    write(&folder, "own.ron", &text);
    // Uses the first option of the first question, whatever they are.
    let questionnaire = shipped();
    let first = &questionnaire[questionnaire.first_question()];
    let answer = format!("{}={}", first.id, first.options[0].id);
    let own = langfit(folder.path(), &["advise", "--questions", "own.ron", "--set", &answer]);
    assert_eq!(own.code, Some(0), "{}", own.err);
    assert_eq!(own.out, run(folder.path(), &["advise", "--set", &answer]).out);
}

#[test]
fn check_tells_right_wrong_and_unreadable_apart() {
    let folder = folder();
    write(&folder, "right.ron", include_str!("data/storage.ron"));
    write(&folder, "wrong.ron", &QUESTIONS.replacen("kind: One", "kind: Oen", 1));
    write(&folder, "twice.ron", include_str!("data/broken/argument-twice.ron"));
    fs::write(folder.path().join("bytes.ron"), b"(\xff)").expect("it can be written");
    assert!(check(&folder, &["check"]).contains("questions.ron (built in): no errors, "));
    let twice = langfit(folder.path(), &["check", "twice.ron"]);
    assert_eq!((twice.code, twice.err.as_str()), (Some(1), ""));
    assert!(twice.out.contains("twice.ron: 1 error, no warnings; "), "{}", twice.out);
    assert!(check(&folder, &["check", "right.ron"]).starts_with("right.ron: no errors, no warnings; "));
    assert_eq!(check(&folder, &["check", "right.ron", "--format", "json"]), "[]\n");
    assert!(
        check(&folder, &["check", "--questions", "right.ron"])
            .starts_with("right.ron: no errors, no warnings; ")
    );

    let wrong = langfit(folder.path(), &["check", "wrong.ron"]);
    assert_eq!((wrong.code, wrong.err.as_str()), (Some(1), ""));
    assert!(wrong.out.starts_with("wrong.ron:"), "{}", wrong.out);
    assert!(wrong.out.contains(": unknown name `Oen`; valid here: One, "), "{}", wrong.out);
    assert!(wrong.out.ends_with("\n1 error\n"), "{}", wrong.out);

    let wrong = langfit(folder.path(), &["check", "wrong.ron", "--format", "json"]);
    assert_eq!((wrong.code, wrong.err.as_str()), (Some(1), ""));
    let found = json(&wrong.out);
    let line = QUESTIONS.lines().position(|line| line.contains("kind: One")).expect("there is one") + 1;
    assert_eq!(found[0]["line"], line);
    assert_eq!((&found[0]["file"], &found[0]["severity"]), (&"wrong.ron".into(), &"error".into()));
    assert_eq!(found[0]["what"], "unknown name `Oen`");

    check_refused(&folder, &["check", "bytes.ron"], "bytes.ron:1:2: is not UTF-8 text; save it as UTF-8");
    let refused = "none.ron: no such file; check the name";
    check_refused(&folder, &["check", "none.ron"], refused);
}

#[test]
fn without_a_terminal_the_screen_says_so_and_ends() {
    let folder = folder();
    let run = langfit(folder.path(), &[]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(run.err.contains("needs a terminal"), "{}", run.err);
    assert!(run.err.contains("langfit advise"), "it names a way without one: {}", run.err);
    assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 0, "nothing is begun");
}

#[test]
fn usage_is_explained_on_request() {
    let folder = folder();
    for command in ["advise", "export", "check", "questions"] {
        assert!(check(&folder, &["--help"]).contains(command), "{command} is not in the help");
        assert!(check(&folder, &[command, "--help"]).contains("Usage: "));
    }
    assert!(check(&folder, &["--version"]).starts_with("langfit "));
}

#[test]
fn a_closed_output_pipe_is_not_an_error() {
    for arguments in [&["questions"][..], &["--help"], &["--version"], &["man"]] {
        check_closed(arguments);
    }
}

#[track_caller]
fn check_closed(arguments: &[&str]) {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built");
    // Closes the pipe after one byte, while a long output such as the questionnaire is still being written.
    let mut first = [0];
    let mut reader = child.stdout.take().expect("it is piped");
    reader.read_exact(&mut first).expect("it prints something");
    drop(reader);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
}

/// Output that could not be written is an error for every command.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let folder = folder();
    save(&folder, "s.ron", &CLEAR);
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["--version"],
        &["help"],
        &["help", "advise"],
        &["advise", "--help"],
        &["advise", "s.ron"],
        &["export", "s.ron"],
        &["check"],
        &["compare", "s.ron", "s.ron"],
        &["recheck", "s.ron"],
        &["decide", "s.ron", "--part", "the whole system="],
        &["questions"],
        &["man"],
        &["completions", "bash"],
        &["--linear", "s.ron"],
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let output = std::process::Command::new(assert_cmd::cargo::cargo_bin!("langfit"))
            .current_dir(folder.path())
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(full)
            .output()
            .expect("the program was built");
        let message = String::from_utf8(output.stderr).expect("a message is text");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(message.contains("No space left on device"), "{arguments:?}: {message}");
        assert_eq!(message.lines().count(), 1, "{arguments:?}: {message}");
    }
}
