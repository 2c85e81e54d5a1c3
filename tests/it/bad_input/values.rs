//! Tests numbers, texts and lists beyond their limits, and characters that are not allowed. Notation is out
//! of scope.

use super::{RIGHT, SESSION, changed, check_questions, check_session};
use crate::cli::folder;
use crate::support::{about_three, session};

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
        "17:50: the number `99999999999999999999` is out of range; write a smaller whole number",
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
    check("format: 2", "format: 0", "2:3: format 0 is unknown; write `format: 2`");
    check(
        "format: 2",
        "format: 3, mood: Cheerful",
        "2:3: format 3 is unknown; this one reads format 2; use a newer langfit",
    );
    let older = "2:3: format 1 is no longer supported; write `format: 2`; a rule has `when: All([…])` instead of \
                 `all: […]`, and `Not(Is(\"a/b\"))` instead of `Not(\"a/b\")`";
    check("format: 2", "format: 1, mood: Cheerful", older);
    check_questions(
        &folder,
        &changed(RIGHT, "format: 2", "format: 1")
            .replace("when: All([Is(\"one/x\"), Is(\"two/u\")])", "all: []"),
        older,
    );
    check("format: 2", "format: -1", "2:11: the number `-1` is out of range; write a smaller whole number");
    check(
        "kind: One",
        "kind: One, each_part: yes",
        "15:29: expected true or false, found `yes`; write one of the two",
    );
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
        "32:11: this rule joins 1 statement about answers, and a rule joins 2 to 4; add one, or write what it says at the option itself",
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
    check("Which?", "Wh\u{1b}[31mich?", "13:13: the text has the control character \\u{1b}; remove it");
    check(
        "\"Which?\"",
        "\"Wh\\u{1b}[31mich?\"",
        "13:12: the text has the control character \\u{1b}; remove it",
    );
    check("\"Which?\"", "\"Wh\\u{9b}ich?\"", "13:12: the text has the control character \\u{9b}; remove it");
}

#[test]
fn what_a_file_says_reaches_no_terminal_raw() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "[\"b\"]",
        "[\"b\u{202e}\u{200b}\u{1b}\"]",
        "32:92: no candidate has the id `b\\u{202e}\\u{200b}␛`; valid here: a, b",
    );
    check("[\"b\"]", "[\"b\\n\\t\\u{1b}[2J\"]", "32:91: no candidate has the id `b  ␛[2J`; valid here: a, b");
    check(
        "title: \"Two\"",
        "\ttit\u{1b}el: \"Two\"",
        "23:11: `␛` has no meaning here; remove it, or put the text in double quotes",
    );
    check(
        "kind: One",
        "kind: \u{202e}One",
        "15:13: `\\u{202e}` has no meaning here; remove it, or put the text in double quotes",
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
    check("format: 1", "format: 7", "2:3: format 7 is unknown; this one reads format 1; use a newer langfit");
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
        "7:17: the answer `draw` is given twice; it is already in line 6, remove one",
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
fn more_entries_than_anybody_has_are_refused() {
    let folder = folder();
    let answers = "(question: \"gone\"),".repeat(2001);
    check_session(
        &folder,
        &changed(SESSION, "answers: [", &format!("answers: [{answers}")),
        "3:24: the number of answers is 2003; give at most 2000",
    );
    let names = "\"x\",".repeat(2001);
    check_session(
        &folder,
        &changed(SESSION, "title:", &format!("deciders: [{names}], title:")),
        "3:24: the number of deciders is 2001; give at most 2000",
    );
}

/// If a kind of part has no name, its text becomes the name, joined into one line.
#[test]
fn a_kind_of_part_is_called_in_one_line() {
    let parts = r#"(id: "parts", title: "p", ask: "p?", why: "w", kind: Parts, options: [(id: "k", text: "first\nsecond")]),"#;
    let questionnaire = about_three(parts, "");
    let session = session(&questionnaire, &["parts=k"]);
    assert_eq!(session.answers.parts()[0].name, "first second");
    session.to_ron_checked(&questionnaire).expect("it is read back");
}

/// A text question has one answer for all parts, so its condition must not depend on an answer that differs
/// by part.
#[test]
fn a_text_must_not_depend_on_an_answer_that_differs_by_part() {
    let folder = folder();
    let each = changed(RIGHT, "kind: One,", "kind: One, each_part: true,");
    let text = changed(&each, "kind: Many,", "kind: Text,");
    let text = changed(&text, "options: [(id: \"u\", text: \"U\"), (id: \"v\", text: \"V\")],", "");
    let text = changed(&text, "Is(\"two/u\")", "Is(\"one/y\")");
    let message = "22:12: `two` depends on `one`, whose answer can differ between parts; \
                   a text is the same for all parts, let `when` look at other questions";
    check_questions(&folder, &text, message);
    check_questions(&folder, &changed(&text, "kind: Text,", "kind: Text, each_part: true,"), message);
}
