//! Files that are wrong in every way we could think of: each gets one line that says where, what and
//! what to do, and none makes the program panic, hang or write; must not test files that are right.

use std::fs;

use langfit::questionnaire::{BUILT_IN, Questionnaire};
use langfit::session::Session;
use langfit::source::Source;
use langfit::visible::is_hidden;
use tempfile::TempDir;

use super::cli::{folder, langfit, read, write};
use super::support::shipped;

/// A small questionnaire in which every line can be spoiled.
const RIGHT: &str = r#"(
  format: 1,
  id: "t",
  version: "1",
  title: "T",
  subject: "a",
  sources: [(id: "s", title: "S")],
  candidates: [(id: "a", name: "A"), (id: "b", name: "B")],
  questions: [
    (
      id: "one",
      title: "One",
      ask: "Which?",
      why: "So.",
      kind: One,
      options: [
        (id: "x", text: "X", evidence: [(points: 1, candidates: ["a"], because: "it is", source: ["s"])]),
        (id: "y", text: "Y"),
      ],
    ),
    (
      id: "two",
      title: "Two",
      ask: "And?",
      why: "So.",
      kind: Many,
      when: Is("one/x"),
      options: [(id: "u", text: "U"), (id: "v", text: "V")],
    ),
  ],
  rules: [
    (id: "r", all: [Is("one/x"), Is("two/u")], evidence: [(points: -3, candidates: ["b"], because: "both", source: ["s"])]),
  ],
)
"#;

/// A session of the shipped questionnaire in which every line can be spoiled.
const SESSION: &str = r#"(
  format: 1,
  questionnaire: (id: "language-fit", version: "1", digest: "0"),
  title: "T",
  answers: [
    (question: "draw", answer: Chosen(["packages"]), note: "n"),
    (question: "types", answer: NotSure),
  ],
)
"#;

/// Spoils a text in one place.
#[track_caller]
fn changed(right: &str, from: &str, to: &str) -> String {
    assert!(right.contains(from), "{from} is not there to be spoiled");
    right.replacen(from, to, 1)
}

/// Checks the message about a questionnaire, from `check` and from a command that needs one.
#[track_caller]
fn check_questions(folder: &TempDir, text: &str, message: &str) {
    write(folder, "bad.ron", text);
    let line = format!("bad.ron:{message}");
    let checked = langfit(folder.path(), &["check", "bad.ron"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""), "{line}");
    check_message(&checked.out, &line, text);
    let used = langfit(folder.path(), &["advise", "--questions", "bad.ron", "--set", "one=x", "--save"]);
    assert_eq!((used.code, used.out.as_str()), (Some(2), ""), "{line}");
    check_message(&used.err, &line, text);
    check_untouched(folder, text);
}

/// Checks the message about a session.
#[track_caller]
fn check_session(folder: &TempDir, text: &str, message: &str) {
    write(folder, "bad.ron", text);
    let line = format!("bad.ron:{message}");
    for arguments in [&["advise", "bad.ron", "--save", "--set", "draw=both"][..], &["export", "bad.ron"]] {
        let run = langfit(folder.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{line}");
        check_message(&run.err, &line, text);
    }
    check_untouched(folder, text);
}

/// Checks that the first line is the one expected, and that a caret stands under its column.
#[track_caller]
fn check_message(found: &str, line: &str, text: &str) {
    assert_eq!(found.lines().next(), Some(line), "{found}");
    assert!(!found.chars().any(|it| is_hidden(it) || it == '\t'), "something gets through: {found:?}");
    let number = line.split(':').nth(1).expect("the line's number");
    let offending = text.lines().nth(number.parse::<usize>().expect("a number") - 1).unwrap_or_default();
    if offending.len() <= 120 {
        let shown = found.lines().nth(1).unwrap_or_default();
        assert!(shown.starts_with(&format!("{number} |")), "the line itself is missing: {found}");
        assert!(found.lines().nth(2).is_some_and(|caret| caret.contains('^')), "no caret: {found}");
    }
}

#[track_caller]
fn check_untouched(folder: &TempDir, text: &str) {
    assert_eq!(read(folder, "bad.ron"), text);
    assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 1, "something was written");
}

#[test]
fn the_questionnaire_to_be_spoiled_is_right() {
    let questionnaire = Questionnaire::parse(&Source::new("right.ron", RIGHT)).expect("it is right");
    assert_eq!(questionnaire.questions.len(), 2);
    Session::parse(&Source::new("right.ron", SESSION), &shipped()).expect("it is right");
}

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
    check("because: \"both\",", "because: \"both,", "32:118: this string is never closed; add `\"`");
    check("(\n  format", "/* begin\n(\n  format", "1:1: this comment is never closed; add `*/`");
    check(
        "[\"a\"], because",
        "[\"a\"), because",
        "17:69: expected `]`, for the `[` of line 17; close the inner bracket first",
    );
    check(
        "title: \"Two\",",
        "title: \"Two\"",
        "23:18: a comma is missing behind this; put a comma between this and what follows",
    );
    check(
        "title: \"Two\"",
        "title = \"Two\"",
        "23:13: expected `:` behind the field's name, found `=`; write `name: value`",
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
        "27:13: expected a name, found a text in quotes; write it without quotes",
    );
    check("[\"b\"]", "\"b\"", "32:84: expected a list, found a text in quotes; put it in [ and ]");
    check(
        "(id: \"s\", title: \"S\")",
        "{id: \"s\", title: \"S\"}",
        "7:13: expected `(`, found `{`; write a structure as `(name: value, …)`",
    );
    let trailing = format!("{RIGHT}\nhello\n");
    check_questions(
        &folder,
        &trailing,
        "36:1: nothing may follow the closing bracket, found `hello`; take it out",
    );
    let twice_closed = format!("{RIGHT})\n");
    check_questions(&folder, &twice_closed, "35:1: nothing is open that this could close; take it out");
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
    let message = "a merge conflict is left in the file; resolve it first";
    let text = changed(RIGHT, "  title: \"T\",\n", conflict);
    check_questions(&folder, &text, &format!("5:1: {message}"));
    let text = changed(SESSION, "  title: \"T\",\n", conflict);
    check_session(&folder, &text, &format!("4:1: {message}"));
    let expected = "expected `(`, found `hello`; write a structure as `(name: value, …)`";
    check_questions(&folder, "hello world\n", &format!("1:1: {expected}"));
    check_session(&folder, "hello world\n", &format!("1:1: {expected}"));
}

#[test]
fn a_file_with_nothing_in_it_is_told_what_it_must_hold() {
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
        // Brackets where a text is expected are an error before they are too many.
        let what = rejected.diagnostics[0].what.as_str();
        assert!(["nested too deeply", "expected text in quotes, found `(`"].contains(&what), "{what}");
    }
    let deep = changed(SESSION, "answer: NotSure", &format!("answer: {}", "(".repeat(10_000)));
    let rejected = Session::parse(&Source::new("deep.ron", deep), &shipped()).expect_err("it is too deep");
    assert!(rejected.to_string().starts_with("deep.ron:7:"), "{rejected}");
}

#[test]
fn unknown_names_come_with_the_nearest_known_one() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "title: \"Two\"",
        "titel: \"Two\"",
        "23:7: unknown field `titel` of a question; did you mean `title`?",
    );
    check(
        "title: \"Two\"",
        "zzz: 1",
        "23:7: unknown field `zzz` of a question; known here: id, section, title, ask, why, kind, when, each_part, skippable, options",
    );
    check("text: \"Y\"", "test: \"Y\"", "18:19: unknown field `test` of an option; did you mean `text`?");
    check("subject", "subjekt", "6:3: unknown field `subjekt` of a questionnaire; did you mean `subject`?");
    check(
        "kind: One",
        "kind: Oen",
        "15:13: unknown name `Oen`; known here: One, Many, Parts, Text, Candidates",
    );
    check("kind: Many", "kind: many", "26:13: unknown name `many`; did you mean `Many`?");
    check("when: Is", "when: Ist", "27:13: unknown name `Ist`; did you mean `Is`?");
    check(
        "(\n  format",
        "#![enable(magic)]\n(\n  format",
        "1:11: unknown RON extension `magic`; known are unwrap_newtypes, implicit_some, unwrap_variant_newtypes and explicit_struct_names",
    );
    let known = format!("#![enable(implicit_some)]\n{RIGHT}");
    assert!(Questionnaire::parse(&Source::new("right.ron", known)).is_ok());
}

#[test]
fn missing_fields_are_told_with_their_owner_and_where_it_begins() {
    let folder = folder();
    let check = |from: &str, to: &str, field: &str, place: &str, whose: &str| {
        let message = format!(
            "{place}: the field `{field}` {whose}; add `{field}: …` to the structure that begins here"
        );
        check_questions(&folder, &changed(RIGHT, from, to), &message);
    };
    check("  version: \"1\",\n", "", "version", "1:1", "of `t` is missing");
    check("  format: 1,\n", "", "format", "1:1", "of `t` is missing");
    check("      ask: \"And?\",\n", "", "ask", "21:5", "of `two` is missing");
    check(", text: \"Y\"", "", "text", "18:9", "of `y` is missing");
    check("id: \"y\", ", "", "id", "18:9", "is missing inside `one`");
    check("points: 1, ", "", "points", "17:41", "is missing inside `x`");
    check(", source: [\"s\"])]),\n        (", ")]),\n        (", "source", "17:41", "is missing inside `x`");
    check(", title: \"S\"", "", "title", "7:13", "of `s` is missing");
}

#[test]
fn what_is_given_twice_is_told_with_both_lines() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "  title: \"T\",",
        "  title: \"T\",\n  title: \"U\",",
        "6:3: the field `title` is given twice; it is given in line 5 already, leave one of the two out",
    );
    check(
        "ask: \"And?\"",
        "ask: \"And?\", ask: \"Or?\"",
        "24:20: the field `ask` is given twice; it is given in line 24 already, leave one of the two out",
    );
    check(
        "id: \"two\"",
        "id: \"one\"",
        "22:12: the question id `one` is used twice; it stands in line 11 already, rename one",
    );
    check(
        "id: \"y\"",
        "id: \"x\"",
        "18:15: the option id `x` is used twice; it stands in line 17 already, rename one",
    );
    check(
        "(id: \"b\",",
        "(id: \"a\",",
        "8:44: the candidate id `a` is used twice; it stands in line 8 already, rename one",
    );
    check(
        "[(id: \"s\", title: \"S\")]",
        "[(id: \"s\", title: \"S\"), (id: \"s\", title: \"S\")]",
        "7:42: the source id `s` is used twice; it stands in line 7 already, rename one",
    );
    check("[\"b\"]", "[\"b\", \"b\"]", "32:91: `b` is named twice; name it once");
    // An escape in an id hides neither the id nor its place.
    check(
        "id: \"two\"",
        "id: \"\\u{6f}ne\"",
        "22:11: the question id `one` is used twice; it stands in line 11 already, rename one",
    );
}

#[test]
fn references_must_lead_somewhere() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "candidates: [\"b\"]",
        "candidates: [\"bb\"]",
        "32:86: no candidate has the id `bb`; did you mean `b`?",
    );
    check("subject: \"a\"", "subject: \"c\"", "6:13: no candidate has the id `c`; known here: a, b");
    check("source: [\"s\"]", "source: [\"ss\"]", "17:100: no source has the id `ss`; did you mean `s`?");
    check(
        "because: \"both\", source: [\"s\"]",
        "because: \"both\", source: []",
        "32:101: no source is given; name at least one in `source`",
    );
    check(
        "Is(\"two/u\")",
        "Is(\"two/w\")",
        "32:38: no option of that question has the id `w`; known here: u, v",
    );
    check("Is(\"two/u\")", "Is(\"tow/u\")", "32:38: no question has the id `tow`; known here: one, two");
    check(
        "Is(\"two/u\")",
        "Is(\"two\")",
        "32:38: `two` is not of the form question/option; write both ids with / between",
    );
    check(
        "candidates: [\"b\"]",
        "chosen_by: \"on\"",
        "32:84: no question has the id `on`; did you mean `one`?",
    );
    check(
        "candidates: [\"b\"]",
        "chosen_by: \"one\"",
        "32:84: the question `one` is not about candidates; name one of kind Candidates",
    );
    check(
        "candidates: [\"b\"], ",
        "",
        "32:82: no candidate is named; add `candidates: […]` or `chosen_by: …`",
    );
    check(
        "points: -3,",
        "points: -3, parts: [\"p\"],",
        "32:81: there is no question of kind Parts; leave `parts` out, or add such a question",
    );
    let parts = RIGHT.replace("kind: Many,\n      when: Is(\"one/x\"),", "kind: Parts,");
    let text = changed(&parts, "points: -3,", "points: -3, parts: [\"p\"],");
    check_questions(&folder, &text, "31:81: no kind of part has the id `p`; known here: u, v");
}

#[test]
fn conditions_look_back_and_follow_the_parts() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "kind: One,",
        "kind: One, when: Is(\"two/u\"),",
        "15:28: a condition looks at a question that comes later; move one of the two questions",
    );
    check(
        "kind: One,",
        "kind: One, when: Not(Is(\"one/x\")),",
        "15:32: a condition looks at a question that comes later; move one of the two questions",
    );
    check(
        "kind: One,",
        "kind: One, each_part: true,",
        "22:12: `two` depends on `one`, whose answer may differ by part; add `each_part: true`",
    );
    check(
        "kind: Many,\n      when: Is(\"one/x\")",
        "kind: Parts,\n      each_part: true",
        "22:12: a question of this kind has one answer for all parts; leave `each_part` out",
    );
    check("kind: Many", "kind: Parts", "22:12: the question of kind Parts is always asked; leave `when` out");
}

#[test]
fn numbers_are_whole_and_within_reason() {
    let folder = folder();
    for (number, place) in [("NaN", "17:50"), ("inf", "17:50"), ("1e400", "17:50"), ("1.0", "17:50")] {
        let text = changed(RIGHT, "points: 1,", &format!("points: {number},"));
        let message =
            format!("{place}: expected a whole number, found `{number}`; write digits only, without quotes");
        check_questions(&folder, &text, &message);
    }
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "points: 1,",
        "points: \"1\",",
        "17:50: expected a whole number, found a text in quotes; write digits only, without quotes",
    );
    check(
        "points: 1,",
        "points: 99999999999999999999,",
        "17:50: the number `99999999999999999999` is out of range; write a whole number within reason",
    );
    check(
        "points: 1,",
        "points: 1000000001,",
        "17:91: evidence of 1000000001 points; give at most 1000000000; 1, 3, 6 and 9 are usual",
    );
    check(
        "name: \"A\"",
        "name: \"A\", adoption: -1",
        "8:22: an adoption cost of -1 points; give 0 to 1000000000",
    );
    check("format: 1", "format: 0", "2:3: format 0 is not known to this program; write `format: 1`");
    check(
        "format: 1",
        "format: 2, mood: Cheerful",
        "2:3: format 2 is not known to this program; this one reads format 1, use a newer langfit",
    );
    check(
        "format: 1",
        "format: -1",
        "2:11: the number `-1` is out of range; write a whole number within reason",
    );
    check(
        "kind: One",
        "kind: One, each_part: yes",
        "15:29: expected true or false, found `yes`; write one of the two",
    );
}

#[test]
fn a_word_without_end_is_cut_in_its_message() {
    let text = changed(RIGHT, "title: \"Two\"", &format!("{}: 1", "x".repeat(100_000)));
    let rejected = Questionnaire::parse(&Source::new("long.ron", text)).expect_err("no field has this name");
    let message = rejected.to_string();
    assert!(message.starts_with("long.ron:23:7: unknown field `xxx"), "{message}");
    assert!(message.len() < 1000, "{} bytes", message.len());
}

#[test]
fn texts_and_lists_have_limits() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check("\"Which?\"", "\"\"", "13:13: the text is empty; write at least one word");
    check("\"Which?\"", "\" \\n \"", "13:12: the text is empty; write at least one word");
    check(
        "\"Which?\"",
        &format!("\"{}\"", "é".repeat(4001)),
        "13:13: the text has 4001 characters; the limit is 4000",
    );
    check(
        "\"Which?\"",
        &format!("\"\\n{}\"", "é".repeat(4000)),
        "13:12: the text has 4001 characters; the limit is 4000",
    );
    check(
        "\"One\"",
        &format!("\"{}\"", "x".repeat(201)),
        "12:15: the text has 201 characters; the limit is 200",
    );
    check(
        "options: [(id: \"u\", text: \"U\"), (id: \"v\", text: \"V\")]",
        "options: []",
        "22:12: the number of options is 0; give 1 to 64",
    );
    check(", (id: \"b\", name: \"B\")", "", "3:8: the number of candidates is 1; give 2 to 64");
    check(
        "[Is(\"one/x\"), Is(\"two/u\")]",
        "[Is(\"one/x\")]",
        "32:11: the number of literals is 1; give 2 to 4",
    );
    let more = (0..499)
        .map(|it| format!("(id: \"q{it}\", title: \"Q\", ask: \"?\", why: \"w\", kind: Text),\n"))
        .collect::<Vec<_>>()
        .concat();
    check(
        "  ],\n  rules",
        &format!("{more}  ],\n  rules"),
        "528:7: the number of questions is 501; give 1 to 500",
    );
}

#[test]
fn ids_are_plain_and_texts_are_without_control_characters() {
    let folder = folder();
    let rule = "use lower-case letters, digits and hyphens, at most 200";
    for (id, shown) in [
        ("One", "One"),
        ("o ne", "o ne"),
        ("o/ne", "o/ne"),
        ("é", "é"),
        ("o\u{200b}", "o\\u{200b}"),
        ("\u{202e}o", "\\u{202e}o"),
    ] {
        let text = changed(RIGHT, "id: \"y\"", &format!("id: \"{id}\""));
        check_questions(&folder, &text, &format!("18:15: `{shown}` is not an id; {rule}"));
    }
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check("id: \"y\"", "id: \"\"", &format!("18:15: the id is empty; {rule}"));
    check("Which?", "Wh\u{1b}[31mich?", "13:13: the text has the control character \\u{1b}; take it out");
    check(
        "\"Which?\"",
        "\"Wh\\u{1b}[31mich?\"",
        "13:12: the text has the control character \\u{1b}; take it out",
    );
    check(
        "\"Which?\"",
        "\"Wh\\u{9b}ich?\"",
        "13:12: the text has the control character \\u{9b}; take it out",
    );
}

#[test]
fn what_a_file_says_reaches_no_terminal_raw() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "[\"b\"]",
        "[\"b\u{202e}\u{200b}\u{1b}\"]",
        "32:86: no candidate has the id `b\\u{202e}\\u{200b}␛`; known here: a, b",
    );
    check("[\"b\"]", "[\"b\\n\\t\\u{1b}[2J\"]", "32:85: no candidate has the id `b  ␛[2J`; known here: a, b");
    check(
        "title: \"Two\"",
        "\ttit\u{1b}el: \"Two\"",
        "23:8: unknown field `tit` of a question; did you mean `title`?",
    );
    check(
        "kind: One",
        "kind: \u{202e}One",
        "15:13: expected a name, found `\\u{202e}`; write it without quotes",
    );
    let about = "questionnaire: (id: \"language-fit\"";
    let other = changed(SESSION, about, "questionnaire: (id: \"\\u{1b}[31mother\\n\"");
    let rest = "the one in use is `language-fit` (\"Which language for which part\"); name the right one with --questions";
    check_session(
        &folder,
        &other,
        &format!("3:23: this session belongs to the questionnaire `␛[31mother `; {rest}"),
    );
}

#[test]
fn sessions_get_the_same_care() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_session(&folder, &changed(SESSION, from, to), message);
    check(
        "note: \"n\"",
        "note: \"n",
        "6:60: this string is not closed where its line ends; add the closing quote",
    );
    check(
        "\"packages\"]",
        "\"packages\")",
        "6:50: expected `]`, for the `[` of line 6; close the inner bracket first",
    );
    check(
        "  format: 1,\n",
        "",
        "1:1: the field `format` is missing; add `format: …` to the structure that begins here",
    );
    check(
        "format: 1",
        "format: 7",
        "2:3: format 7 is not known to this program; this one reads format 1, use a newer langfit",
    );
    check(
        "format: 1",
        "format: 1.0",
        "2:11: expected a whole number, found `1.0`; write digits only, without quotes",
    );
    check("title:", "titel:", "4:3: unknown field `titel` of a session; did you mean `title`?");
    check("NotSure", "Notsure", "7:33: unknown name `Notsure`; did you mean `NotSure`?");
    check(
        "\"types\"",
        "\"draw\"",
        "7:17: the answer `draw` is given twice; it stands in line 6 already, leave one out",
    );
    check(
        ", version: \"1\"",
        "",
        "3:18: the field `version` of `language-fit` is missing; add `version: …` to the structure that begins here",
    );
    let half = &SESSION[..SESSION.find("NotSure").expect("it is there")];
    check_session(&folder, half, "7:5: this bracket is never closed; add `)`");
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
    assert_eq!(places, ["13:13", "18:15", "32:86"], "{}", run.out);
    assert!(run.out.ends_with("\n3 errors\n"), "{}", run.out);
}

#[test]
fn what_is_no_text_file_is_refused_before_it_is_parsed() {
    let folder = folder();
    let wide =
        |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin = changed(RIGHT, "Which?", "Wé?").chars().map(|it| it as u8).collect();
    let nul = changed(RIGHT, "Which?", "W\0").into_bytes();
    let marked = format!("\u{feff}{RIGHT}");
    let utf16 = "is not UTF-8 text, it looks like UTF-16; save it as UTF-8";
    let nul_byte = "is not UTF-8 text, it has a NUL byte and may be UTF-16; save it as UTF-8";
    for (bytes, message) in [
        (wide(&marked, u16::to_le_bytes), format!(":1:1: {utf16}")),
        (wide(&marked, u16::to_be_bytes), format!(":1:1: {utf16}")),
        (wide(RIGHT, u16::to_le_bytes), format!(":1:2: {nul_byte}")),
        (latin, ":13:14: is not UTF-8 text; save it as UTF-8".to_owned()),
        (nul, format!(":13:14: {nul_byte}")),
        (
            vec![b' '; 1024 * 1024 + 1],
            ": has 1048577 bytes, the limit is 1048576; split it or shorten it".to_owned(),
        ),
    ] {
        fs::write(folder.path().join("bad.ron"), &bytes).expect("it can be written");
        check_unreadable(&folder, "bad.ron", &format!("bad.ron{message}\n"));
        assert_eq!(fs::read(folder.path().join("bad.ron")).expect("it is there"), bytes);
    }
    fs::write(folder.path().join("large.ron"), vec![b' '; 1024 * 1024]).expect("it can be written");
    let run = langfit(folder.path(), &["check", "large.ron"]);
    assert!(
        run.out.starts_with("large.ron:1:1: the file is empty; "),
        "the limit itself is allowed: {}",
        run.out
    );
}

/// Checks that every command that could read the file says the one sentence and ends with 2.
#[track_caller]
fn check_unreadable(folder: &TempDir, name: &str, message: &str) {
    let commands: [&[&str]; 4] = [
        &["check", name],
        &["advise", "--questions", name, "--set", "one=x"],
        &["advise", name],
        &["export", name],
    ];
    for arguments in commands {
        let run = langfit(folder.path(), arguments);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(2), "", message), "{arguments:?}");
    }
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub.ron")).expect("it can be made");
    check_unreadable(&folder, "sub.ron", "sub.ron: is a folder; name a file\n");
    for arguments in [["check", "no\u{1b}\n.ron"], ["advise", "no\u{1b}\n.ron"]] {
        let run = langfit(folder.path(), &arguments);
        assert_eq!(run.code, Some(2));
        assert!(run.err.starts_with("no␛ .ron: there is no such "), "{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_loops_are_refused_at_once() {
    use std::os::unix::fs::symlink;

    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(path("fifo.ron")).status();
    assert!(made.is_ok_and(|status| status.success()), "a named pipe can be made");
    symlink("/dev/zero", path("zero.ron")).expect("links can be made");
    let _socket = std::os::unix::net::UnixListener::bind(path("socket.ron")).expect("a socket can be made");
    let refused = "is not a regular file; copy its content into one";
    for name in ["fifo.ron", "zero.ron", "socket.ron"] {
        check_unreadable(&folder, name, &format!("{name}: {refused}\n"));
    }
    symlink("loop.ron", path("loop.ron")).expect("links can be made");
    for arguments in [["check", "loop.ron"], ["advise", "loop.ron"]] {
        let run = langfit(folder.path(), &arguments);
        assert_eq!((run.code, run.err.lines().count()), (Some(2), 1), "{}", run.err);
        assert!(run.err.starts_with("loop.ron: cannot be read: "), "{}", run.err);
    }
    write(&folder, "right.ron", RIGHT);
    symlink("right.ron", path("link.ron")).expect("links can be made");
    assert_eq!(langfit(folder.path(), &["check", "link.ron"]).code, Some(0));
}

/// Checks that whatever the parser thinks of a text, it says so in a line that is safe to print.
fn check_survives(shipped: &Questionnaire, text: &str) {
    let source = Source::new("fuzz.ron", text);
    let questionnaire = Questionnaire::parse(&source).map(|_| ());
    let session = Session::parse(&source, shipped).map(|_| ());
    for rejected in [questionnaire, session].into_iter().filter_map(Result::err) {
        let message = rejected.to_string();
        assert!(message.starts_with("fuzz.ron:"), "{message}");
        assert!(
            !message.chars().any(|it| is_hidden(it) || it == '\t'),
            "something gets through: {message:?}"
        );
        for diagnostic in &rejected.diagnostics {
            assert!(diagnostic.span.end <= text.len(), "{diagnostic:?}");
            assert!(!diagnostic.what.is_empty() && !diagnostic.hint.is_empty(), "{diagnostic:?}");
        }
    }
}

#[test]
fn no_truncated_questionnaire_makes_the_parser_panic() {
    let shipped = shipped();
    // A prime, so that the cuts fall on every kind of place; further on, the kinds repeat.
    let cuts = (0..12_000).step_by(97).chain((12_000..BUILT_IN.len()).step_by(1_999));
    for cut in cuts.filter(|cut| BUILT_IN.is_char_boundary(*cut)) {
        check_survives(&shipped, &BUILT_IN[..cut]);
    }
    for cut in (0..SESSION.len()).step_by(3) {
        check_survives(&shipped, &SESSION[..cut]);
    }
}

#[test]
fn no_spoiled_character_makes_the_parser_panic() {
    const SPOILS: [&str; 20] = [
        "(", ")", "[", "]", "{", "}", "\"", "\\", ",", ":", "/*", "*/", "r#\"", "#", "'", "\n", "é",
        "\u{202e}", "-", "",
    ];
    let shipped = shipped();
    for right in [RIGHT, SESSION] {
        for (at, _) in right.char_indices() {
            // Every place once, with a spoil that differs from its neighbours'.
            let spoil = SPOILS[at * 7 % SPOILS.len()];
            check_survives(&shipped, &format!("{}{spoil}{}", &right[..at], &right[at + 1..]));
        }
    }
}

#[test]
fn a_file_made_of_errors_is_given_up_on() {
    // Each of these refers to nothing, under a name with an escape, which is looked for by content.
    let rules = (0..1_000)
        .map(|it| format!("(id: \"r{it}\", all: [Is(\"\\u{{6f}}n/{it}\"), Is(\"one/{it}\")]),\n"))
        .collect::<Vec<_>>()
        .concat();
    let text = changed(RIGHT, "  rules: [\n", &format!("  rules: [\n{rules}"));
    let rejected = Questionnaire::parse(&Source::new("errors.ron", text)).expect_err("it is wrong");
    assert_eq!(rejected.diagnostics.len(), 500);
    assert_eq!(rejected.to_string().lines().last(), Some("and 480 more"));
}
