//! Tests what commands and linear mode print about precedents, and what `check` finds in their file.

use std::path::Path;

use langfit::linear::Conversation;
use langfit::precedents::Shelf;
use langfit::record::advice_json;
use langfit::source::Source;
use serde_json::Value;

use super::{X, file, precedent, read, small, small_text};
use crate::cli::{Run, folder, run, write};
use crate::screen::workbook;
use crate::support::{parse, session};

/// Returns a folder with the small questionnaire and a precedents file beside it.
fn beside(precedents: &str) -> tempfile::TempDir {
    let folder = folder();
    write(&folder, "small.ron", &small_text());
    write(&folder, "small.precedents.ron", precedents);
    folder
}

/// Runs a command on the small questionnaire with these answers.
fn ask(folder: &Path, command: &[&str], assignments: &[&str]) -> Run {
    let mut arguments = command.to_vec();
    arguments.extend(["--questions", "small.ron"]);
    arguments.extend(assignments.iter().flat_map(|it| ["--set", *it]));
    run(folder, &arguments)
}

fn three() -> String {
    file(
        &[
            precedent("second", "x", "a=one b=one,two c=two d=two f=one"),
            precedent("first", "x", "a=one b=one,two c=two d=one f=one"),
            precedent("other", "y", "a=one b=one,two c=two d=one"),
        ]
        .concat(),
    )
}

#[test]
fn the_nearest_are_printed_with_what_agrees_and_differs() {
    let folder = beside(&three());
    let run = ask(folder.path(), &["precedents"], &X);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(
        run.out,
        "\
Published decisions with similar answers, the most similar first. They do not affect the points.

X
  1. Title of first (2020)
     Chosen for P: Red.
     Why first.
     Same answers: a, b, c, d and f.
     https://example.org/first
  2. Title of second (2020)
     Chosen for P: Red.
     Why second.
     Same answers: a, b, c and f.
     Different answers: d.
     https://example.org/second
  3. Title of other (2020)
     Chosen for P (a different kind of part: Y): Red.
     Why other.
     Same answers: a, b, c and d.
     https://example.org/other
"
    );
}

#[test]
fn a_part_is_asked_about_alone() {
    let folder = beside(&three());
    let assignments = ["parts=x,y", "a=one", "b=one,two", "c=two", "d=one"];
    let run = ask(folder.path(), &["precedents", "--part", "Y"], &assignments);
    assert!(run.out.contains("\nY\n  1. Title of other") && !run.out.contains("\nX\n"), "{}", run.out);
    let run = ask(folder.path(), &["precedents", "--part", "Z"], &assignments);
    assert_eq!(
        (run.code, run.err.as_str()),
        (Some(2), "--part Z: no part has this name; valid here: X, Y\n")
    );
}

#[test]
fn where_nothing_is_near_it_is_said_why_and_what_to_answer() {
    let folder = beside(&three());
    let says = |assignments: &[&str], words: &str| {
        let run = ask(folder.path(), &["precedents"], assignments);
        assert!(run.out.ends_with(&format!("  {words}\n")), "{}", run.out);
    };
    says(
        &["parts=x", "a=one"],
        "No published decision matches X closely enough: you have answered 1 question, and a match has to cover \
         at least 4. Answer b, c and d next; some published decisions cover these.",
    );
    says(
        &["a=one"],
        "No published decision matches the whole system closely enough: you have answered 1 question, and a \
         match has to cover at least 4. Answer Parts first, because decisions are compared part by part, then b, c and d; some published \
         decisions cover these.",
    );
    says(
        &["parts=x", "a=two", "b=three", "c=two", "d=one", "f=-"],
        "No published decision matches X closely enough: a match has to cover at least 4 of the questions that \
         you have answered, mostly with the same answers.",
    );
}

/// `precedents` reports a missing or broken file. The advice does not depend on the file.
#[test]
fn a_questionnaire_may_come_without() {
    let folder = folder();
    write(&folder, "small.ron", &small_text());
    let run = ask(folder.path(), &["precedents"], &X);
    assert_eq!(run.out, "No published decisions come with this questionnaire.\n");
    let advice = ask(folder.path(), &["advise"], &X);
    assert!(!advice.out.contains("ublished"), "{}", advice.out);

    write(&folder, "small.precedents.ron", "(format: 1,");
    let error = "small.precedents.ron:1:1: this bracket is never closed; add `)`\n";
    let run = ask(folder.path(), &["precedents"], &X);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(2), "", error));
    let without = ask(folder.path(), &["advise"], &X);
    assert_eq!((without.code, without.err.as_str()), (Some(0), error), "advice needs no precedents");
    assert_eq!(without.out, advice.out);
}

#[test]
fn advice_says_how_many_are_near() {
    let folder = beside(&three());
    let line = |assignments: &[&str]| {
        let run = ask(folder.path(), &["advise"], assignments);
        run.out.lines().find(|line| line.contains("ublished")).map(str::to_owned)
    };
    let said = |words: &str| {
        Some(format!("Published decisions with similar answers: {words}. langfit precedents shows them."))
    };
    assert_eq!(line(&X), said("3"));
    assert_eq!(line(&["parts=x,y", "a=one", "b=one,two", "c=two", "d=one"]), said("3 for X, 3 for Y"));
    assert_eq!(line(&["parts=x", "a=one"]), None);
    let saved = ask(folder.path(), &["advise", "s.ron", "--save"], &X);
    assert!(saved.out.contains(". langfit precedents s.ron shows them."), "{}", saved.out);
}

#[test]
fn json_has_them_and_keeps_to_the_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../../src/record/advice.schema.json")).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let folder = beside(&three());
    let run = ask(folder.path(), &["advise", "--format", "json"], &X);
    let json: Value = serde_json::from_str(&run.out).expect("it is JSON");
    let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let near = &json["parts"][0]["precedents"];
    assert_eq!(
        near[1],
        serde_json::json!({
            "id": "second", "title": "Title of second", "why": "Why second.", "year": 2020,
            "part": "P", "kind": "x", "same_kind": true, "chosen": ["red"],
            "agrees": ["a", "b", "c", "f"], "differs": ["d"], "addresses": ["https://example.org/second"],
        })
    );
    let other = read(
        &small(),
        r#"(id: "p", title: "T", parts: [(name: "P", kind: "x", other: "Green")], answers: [
            (set: "a=one"), (set: "b=one,two"), (set: "c=two"), (set: "d=one")])"#,
    );
    let json = advice_json(&small(), &session(&small(), &X), Some(&other)).expect("it can be written");
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    assert!(validator.is_valid(&json));
    assert_eq!(json["parts"][0]["precedents"][0]["other"], "Green");
    assert_eq!(json["parts"][0]["precedents"][0]["chosen"], serde_json::json!([]));
}

/// `check` also checks the precedents file beside the questionnaire.
#[test]
fn check_looks_at_the_precedents_too() {
    let check = |precedents: &str| run(beside(precedents).path(), &["check", "small.ron"]);
    let clean = check(&three());
    assert!(
        clean.out.ends_with("\nsmall.precedents.ron: no errors, no warnings; 3 precedents\n"),
        "{}",
        clean.out
    );
    assert_eq!(clean.code, Some(0));

    let poor = check(&file(&precedent("p", "x", "").replace("https://example.org/p", "see the book")));
    for warning in [
        "warning: this precedent has no answers, so it is never near; answer the questions that its deciders mentioned",
        "warning: `see the book` is not a web address; add the address where the decision can be read",
        "small.precedents.ron: no errors, 2 warnings; 1 precedent",
    ] {
        assert!(poor.out.contains(warning), "{warning}\n{}", poor.out);
    }
    assert_eq!(poor.code, Some(0), "warnings are no errors");

    let broken = check(&file(&precedent("p", "x", "a=on")));
    let error = "small.precedents.ron:2:74: `on` is not an option of `a`; did you mean `one`?";
    assert!(broken.out.contains(error) && broken.out.ends_with("\n1 error\n"), "{}", broken.out);
    assert_eq!(broken.code, Some(1));

    let folder = beside(&file(&precedent("p", "x", "a=on")));
    let json = run(folder.path(), &["check", "small.ron", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).expect("it is JSON");
    let found = json.as_array().expect("it is a list");
    let last = found.last().expect("something is found");
    assert_eq!((&last["file"], &last["severity"]), (&"small.precedents.ron".into(), &"error".into()));
}

/// A choice that the precedent's own answers rule out points to a mistake in either file.
#[test]
fn a_choice_that_cannot_be_is_found() {
    let text = small_text().replacen(
        r#"(id: "one", text: "One")"#,
        r#"(id: "one", text: "One", exclusions: [(candidates: ["red"], because: "{} cannot be mixed there", source: ["s"])])"#,
        1,
    );
    let text = text.replace("sources: []", r#"sources: [(id: "s", title: "S", url: "https://example.org")]"#);
    let questionnaire = parse(&text);
    let precedents = read(&questionnaire, &precedent("p", "x", "a=one b=one c=two d=one"));
    let found = langfit::lint::lint_precedents(&questionnaire, &precedents);
    let found: Vec<&str> = found.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(found, ["`red` was chosen here, and the answers say that it cannot be used"]);
}

#[test]
fn the_shipped_precedents_are_clean() {
    let folder = folder();
    let run = run(folder.path(), &["check"]);
    assert_eq!(run.code, Some(0));
    let line = "\nquestions.precedents.ron (built in): no errors, no warnings; 123 precedents\n";
    assert!(run.out.contains(line), "{}", run.out);
}

#[test]
fn plain_lines_say_them() {
    let questionnaire = small();
    let text = three();
    let mut book = workbook(questionnaire, session(&small(), &X));
    book.shelf = Shelf::new(Some(Ok(Source::new("small.precedents.ron", text.as_str()))));
    let mut conversation = Conversation::new(book);
    conversation.opening();
    let said = conversation.answer("p").text;
    assert!(said.contains("\nX\n  1. Title of first (2020)\n"), "{said}");
    assert!(conversation.answer("?").text.contains("\np: shows published decisions with similar answers\n"));
    let mut without = Conversation::new(workbook(small(), session(&small(), &X)));
    without.opening();
    assert_eq!(without.answer("p").text, "No published decisions come with this questionnaire.\n");
}
