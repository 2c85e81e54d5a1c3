//! Tests mistakes in brackets, quotes and commas, and files that are not RON. The meaning of names is out
//! of scope.

use langfit::questionnaire::Questionnaire;
use langfit::session::Session;
use langfit::source::Source;

use super::{RIGHT, SESSION, changed, check_questions, check_session};
use crate::cli::{folder, langfit, write};
use crate::support::sample;

#[test]
fn notation_is_explained_where_it_goes_wrong() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "title: \"One\",",
        "title: \"One,",
        "12:14: this string is not closed where its line ends; add the closing quote",
    );
    check(
        "because: \"both\",",
        "because: \"both,",
        "32:106: a quote is missing in this line, or one too many; put each text in double quotes, and write a quote within it as \\\"",
    );
    check("(\n  format", "/* begin\n(\n  format", "1:1: this comment is never closed; add `*/`");
    check(
        "[\"a\"], because",
        "[\"a\"), because",
        "17:69: expected `]`, for the `[` of line 17; close the inner bracket first",
    );
    check(
        "title: \"Two\",",
        "title: \"Two\"",
        "23:18: a comma is missing after this; put a comma between this and the next value",
    );
    check(
        "title: \"Two\"",
        "title = \"Two\"",
        "23:13: expected `:` after the field's name, found `=`; write `name: value`",
    );
    check(
        "title: \"Two\"",
        "\"title\": \"Two\"",
        "23:7: expected a name, found a text in quotes; write it without quotes",
    );
    check(
        "title: \"Two\"",
        "title: Two",
        "23:14: expected text in quotes, found `Two`; put it in double quotes",
    );
    check(
        "title: \"Two\"",
        "title: \"T\\qwo\"",
        "23:15: this escape is not known; write a backslash as `\\\\`",
    );
    check(
        "when: Is(\"one/x\")",
        "when: \"one/x\"",
        "27:13: expected a condition, found an answer; write `Is(\"one/x\")`",
    );
    check("[\"b\"]", "\"b\"", "32:90: expected a list, found a text in quotes; put it in [ and ]");
    check(
        "(id: \"s\", title: \"S\")",
        "{id: \"s\", title: \"S\"}",
        "7:13: expected `(`, found `{`; write a structure as `(name: value, …)`",
    );
    let trailing = format!("{RIGHT}\nhello\n");
    check_questions(
        &folder,
        &trailing,
        "36:1: nothing may follow the closing bracket, found `hello`; remove it",
    );
    let twice_closed = format!("{RIGHT})\n");
    check_questions(&folder, &twice_closed, "35:1: there is no open bracket for this one; remove it");
    let half = &RIGHT[..RIGHT.find(" [\"s\"]").expect("it is there")];
    check_questions(&folder, half, "17:41: this bracket is never closed; add `)`");
}

#[test]
fn other_formats_are_recognised() {
    let folder = folder();
    let hint = "begin with ( and write each field as `name: value`";
    for (text, format) in [
        ("{\"format\": 1}\n", "JSON"),
        ("[1, 2]\n", "JSON"),
        ("<!DOCTYPE html>\n<html>\n", "HTML or XML"),
        ("format: 1\nid: t\n", "YAML"),
        ("---\nformat: 1\n", "YAML"),
    ] {
        check_questions(&folder, text, &format!("1:1: this looks like {format}, not like RON; {hint}"));
        check_session(&folder, text, &format!("1:1: this looks like {format}, not like RON; {hint}"));
    }
    let conflict = "<<<<<<< ours\n  title: \"A\",\n=======\n  title: \"B\",\n>>>>>>> theirs\n";
    let message = "the file has an unresolved merge conflict; resolve it first";
    let text = changed(RIGHT, "  title: \"T\",\n", conflict);
    check_questions(&folder, &text, &format!("5:1: {message}"));
    let text = changed(SESSION, "  title: \"T\",\n", conflict);
    check_session(&folder, &text, &format!("4:1: {message}"));
    let expected = "expected `(`, found `hello`; write a structure as `(name: value, …)`";
    check_questions(&folder, "hello world\n", &format!("1:1: {expected}"));
    check_session(&folder, "hello world\n", &format!("1:1: {expected}"));
}

#[test]
fn an_empty_file_error_says_what_the_file_needs() {
    let folder = folder();
    for text in ["", "  \n\t\n", "// to do\n", "/* to do */\n", "\n// a\n// b\n"] {
        let message = "1:1: the file is empty; it must hold one structure: ( … )";
        check_questions(&folder, text, message);
        check_session(&folder, text, message);
    }
    check_questions(
        &folder,
        "()",
        "1:1: the field `format` is missing; add `format: …` to the structure that begins here",
    );
}

#[test]
fn nesting_has_a_limit() {
    let folder = folder();
    let deep = format!("Is({}\"one/x\"{})", "(".repeat(10_000), ")".repeat(10_000));
    let message = "at most 64 levels of brackets are read";
    check_questions(&folder, &"(".repeat(10_000), &format!("1:65: nested too deeply; {message}"));
    check_questions(
        &folder,
        &"[".repeat(10_000),
        "1:1: this looks like JSON, not like RON; begin with ( and write each field as `name: value`",
    );
    let nots = format!("when: {}Is(\"one/x\"){}", "Not(".repeat(10_000), ")".repeat(10_000));
    for text in [changed(RIGHT, "Is(\"one/x\")", &deep), changed(RIGHT, "when: Is(\"one/x\")", &nots)] {
        let rejected = Questionnaire::parse(&Source::new("deep.ron", text)).expect_err("it is too deep");
        assert_eq!(rejected.diagnostics.len(), 1);
        // A bracket where text is expected is reported before the nesting limit is reached.
        let what = rejected.diagnostics[0].what.as_str();
        assert!(["nested too deeply", "expected text in quotes, found `(`"].contains(&what), "{what}");
    }
    let deep = changed(SESSION, "answer: NotSure", &format!("answer: {}", "(".repeat(10_000)));
    let rejected = Session::parse(&Source::new("deep.ron", deep), &sample()).expect_err("it is too deep");
    assert!(rejected.to_string().starts_with("deep.ron:7:"), "{rejected}");
}

#[test]
fn several_errors_are_told_at_once_in_file_order() {
    let folder = folder();
    let text = changed(&changed(RIGHT, "ask: \"Which?\"", "ask: \"\""), "[\"b\"]", "[\"c\"]");
    let text = changed(&text, "id: \"y\"", "id: \"Y\"");
    write(&folder, "bad.ron", &text);
    let run = langfit(folder.path(), &["check", "bad.ron"]);
    let places: Vec<&str> = run
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("bad.ron:"))
        .filter_map(|line| line.split(": ").next())
        .collect();
    assert_eq!(places, ["13:13", "18:15", "32:92"], "{}", run.out);
    assert!(run.out.ends_with("\n3 errors\n"), "{}", run.out);
}

#[test]
fn an_endless_word_is_truncated_in_its_message() {
    let text = changed(RIGHT, "title: \"Two\"", &format!("{}: 1", "x".repeat(100_000)));
    let rejected = Questionnaire::parse(&Source::new("long.ron", text)).expect_err("no field has this name");
    let message = rejected.to_string();
    assert!(message.starts_with("long.ron:23:7: unknown field `xxx"), "{message}");
    assert!(message.len() < 1000, "{} bytes", message.len());
}

#[test]
fn a_place_that_begins_with_a_wide_character_is_shown_whole() {
    for text in ["日本: 1\n", "é", "(😀: 1)", "\u{fffd}(", "(format: \u{c}", "(a: 日", "(format: 1, é)"]
    {
        let source = Source::new("wide.ron", text);
        let said = Questionnaire::parse(&source).expect_err("it is no questionnaire").to_string();
        assert!(said.starts_with("wide.ron:1:") && said.contains('^'), "{text}: {said}");
    }
}
