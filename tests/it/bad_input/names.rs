//! Tests names that are unknown, missing, duplicated or dangling. Values are out of scope.

use langfit::questionnaire::Questionnaire;
use langfit::source::Source;

use super::{RIGHT, changed, check_questions};
use crate::cli::folder;

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
        "23:7: unknown field `zzz` of a question; valid here: id, aliases, section, title, ask, why, kind, when, each_part, concerns, hard, skippable, place, options",
    );
    check("text: \"Y\"", "test: \"Y\"", "18:19: unknown field `test` of an option; did you mean `text`?");
    check("subject", "subjekt", "6:3: unknown field `subjekt` of a questionnaire; did you mean `subject`?");
    check(
        "kind: One",
        "kind: Oen",
        "15:13: unknown name `Oen`; valid here: One, Many, Parts, Text, Candidates",
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
fn a_missing_field_is_reported_at_the_start_of_its_owner() {
    let folder = folder();
    let check = |from: &str, to: &str, field: &str, place: &str, whose: &str| {
        let message = format!(
            "{place}: the field `{field}` {whose}; add `{field}: …` to the structure that begins here"
        );
        check_questions(&folder, &changed(RIGHT, from, to), &message);
    };
    check("  version: \"1\",\n", "", "version", "1:1", "of `t` is missing");
    check("  format: 2,\n", "", "format", "1:1", "of `t` is missing");
    check("      ask: \"And?\",\n", "", "ask", "21:5", "of `two` is missing");
    check(", text: \"Y\"", "", "text", "18:9", "of `y` is missing");
    check("id: \"y\", ", "", "id", "18:9", "is missing inside `one`");
    check("points: 1, ", "", "points", "17:41", "is missing inside `x`");
    check(", source: [\"s\"])]),\n        (", ")]),\n        (", "source", "17:41", "is missing inside `x`");
    check(", title: \"S\"", "", "title", "7:13", "of `s` is missing");
}

#[test]
fn a_duplicate_is_reported_with_both_lines() {
    let folder = folder();
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(RIGHT, from, to), message);
    check(
        "  title: \"T\",",
        "  title: \"T\",\n  title: \"U\",",
        "6:3: the field `title` is given twice; it is already in line 5, remove one of them",
    );
    check(
        "ask: \"And?\"",
        "ask: \"And?\", ask: \"Or?\"",
        "24:20: the field `ask` is given twice; it is already in line 24, remove one of them",
    );
    check(
        "id: \"two\"",
        "id: \"one\"",
        "22:12: the question id `one` is used twice; it is already used in line 11, rename one, or remove it",
    );
    check(
        "id: \"y\"",
        "id: \"x\"",
        "18:15: the option id `x` is used twice; it is already used in line 17, rename one, or remove it",
    );
    check(
        "(id: \"b\",",
        "(id: \"a\",",
        "8:44: the candidate id `a` is used twice; it is already used in line 8, rename one, or remove it",
    );
    check(
        "[(id: \"s\", title: \"S\")]",
        "[(id: \"s\", title: \"S\"), (id: \"s\", title: \"S\")]",
        "7:42: the source id `s` is used twice; it is already used in line 7, rename one, or remove it",
    );
    check("[\"b\"]", "[\"b\", \"b\"]", "32:97: `b` is named twice; name it once");
    // An id that contains an escape is still recognized and located.
    check(
        "id: \"two\"",
        "id: \"\\u{6f}ne\"",
        "22:11: the question id `one` is used twice; it is already used in line 11, rename one, or remove it",
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
        "32:92: no candidate has the id `bb`; did you mean `b`?",
    );
    check("subject: \"a\"", "subject: \"c\"", "6:13: no candidate has the id `c`; valid here: a, b");
    check("source: [\"s\"]", "source: [\"ss\"]", "17:100: no source has the id `ss`; did you mean `s`?");
    check(
        "because: \"both\", source: [\"s\"]",
        "because: \"both\", source: []",
        "32:107: there is no source; name at least one in `source`",
    );
    check(
        "Is(\"two/u\")",
        "Is(\"two/w\")",
        "32:43: no option of that question has the id `w`; valid here: u, v",
    );
    check("Is(\"two/u\")", "Is(\"tow/u\")", "32:43: no question has the id `tow`; valid here: one, two");
    check(
        "Is(\"two/u\")",
        "Is(\"two\")",
        "32:43: `two` is not of the form question/option; write both ids with / between",
    );
    check(
        "candidates: [\"b\"]",
        "chosen_by: \"on\"",
        "32:90: no question has the id `on`; did you mean `one`?",
    );
    check(
        "candidates: [\"b\"]",
        "chosen_by: \"one\"",
        "32:90: the question `one` is not about candidates; name one of kind Candidates",
    );
    check(
        "candidates: [\"b\"], ",
        "",
        "32:88: no candidate is named; add `candidates: […]` or `chosen_by: …`",
    );
    check(
        "points: -3,",
        "points: -3, parts: [\"p\"],",
        "32:87: there is no question of kind Parts; remove `parts`, or add such a question",
    );
    let parts = RIGHT.replace("kind: Many,\n      when: Is(\"one/x\"),", "kind: Parts,");
    let text = changed(&parts, "points: -3,", "points: -3, parts: [\"p\"],");
    check_questions(&folder, &text, "31:87: no kind of part has the id `p`; valid here: u, v");
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
        "22:12: `two` depends on `one`, whose answer can differ between parts; add `each_part: true`",
    );
    check(
        "kind: Many,\n      when: Is(\"one/x\")",
        "kind: Parts,\n      each_part: true",
        "22:12: a question of this kind has the same answer for all parts; remove `each_part`",
    );
    check("kind: Many", "kind: Parts", "22:12: the question of kind Parts is always asked; remove `when`");

    let no_parts = "there is no question of kind Parts; remove";
    check(
        "kind: Many,",
        "kind: Many, concerns: [\"u\"],",
        &format!("26:31: {no_parts} `concerns`, or add such a question"),
    );
    check(
        "when: Is(\"one/x\")",
        "when: This(\"u\")",
        &format!("27:19: {no_parts} `This`, or add such a question"),
    );
    check(
        "when: Is(\"one/x\")",
        "when: SeveralParts",
        &format!("22:12: {no_parts} `SeveralParts`, or add such a question"),
    );
    check(
        "Is(\"two/u\")",
        "SeveralParts",
        "32:11: a rule joins statements about one question each; write each one as Is, Not(Is), Any of one question's options, This, Not(This) or Any of This",
    );
    check(
        "when: All([Is(\"one/x\"), Is(\"two/u\")])",
        "when: All([Is(\"one/x\"), Any([Is(\"two/u\"), Is(\"one/y\")])])",
        "32:11: a rule joins statements about one question each; write each one as Is, Not(Is), Any of one question's options, This, Not(This) or Any of This",
    );
}

/// A question that refers to the parts must come after the question of kind Parts. If it refers to its own
/// part, it must allow an answer for each part.
#[test]
fn questions_about_the_part_itself_come_after_the_parts() {
    let folder = folder();
    let parts_first = changed(RIGHT, "kind: One,", "kind: Parts,");
    let check = |from: &str, to: &str, message: &str| {
        check_questions(&folder, &changed(&parts_first, from, to), message);
    };
    check(
        "when: Is(\"one/x\")",
        "when: This(\"x\")",
        "22:12: `two` asks with `This` which part it is asked for; add `each_part: true` or `concerns: […]`",
    );
    check(
        "kind: Many,",
        "kind: Many, concerns: [\"z\"],",
        "26:31: no kind of part has the id `z`; valid here: x, y",
    );
    check(
        "kind: Parts,",
        "kind: Parts, concerns: [\"x\"],",
        "11:12: a question of this kind has the same answer for all parts; remove `concerns`",
    );
    let later = changed(RIGHT, "kind: Many,\n      when: Is(\"one/x\"),", "kind: Parts,");
    let check =
        |from: &str, to: &str, message: &str| check_questions(&folder, &changed(&later, from, to), message);
    check(
        "kind: One,",
        "kind: One, concerns: [\"u\"],",
        "15:30: `concerns` looks at the question of kind Parts, which comes later; move that question up",
    );
    check(
        "kind: One,",
        "kind: One, each_part: true, when: This(\"u\"),",
        "15:47: `This` looks at the question of kind Parts, which comes later; move that question up",
    );
    check(
        "kind: One,",
        "kind: One, when: SeveralParts,",
        "11:12: `SeveralParts` looks at the question of kind Parts, which comes later; move that question up",
    );
}

/// A source that is listed twice would count as two sources.
#[test]
fn a_source_is_named_once() {
    let twice = changed(RIGHT, "source: [\"s\"]", "source: [\"s\", \"s\"]");
    check_questions(&folder(), &twice, "17:105: `s` is named twice; remove one");
}

/// Only answers to hard questions lift exclusions. The suitability table names a candidate once per kind.
#[test]
fn only_hard_answers_lift_exclusions() {
    let folder = folder();
    let out = |unless: &str| {
        let from = "text: \"Y\"";
        let exclusion = format!(
            "text: \"Y\", exclusions: [(candidates: [\"a\"], unless: [{unless}], because: \"r\", source: [\"s\"])]"
        );
        changed(RIGHT, from, &exclusion)
    };
    let check = |unless: &str, message: &str| check_questions(&folder, &out(unless), message);
    check(
        "Is(\"two/u\")",
        "18:76: only facts can lift an exclusion, and `two` does not ask for a fact; add `hard: true` to that question, or name another one",
    );
    check(
        "ChosenBy(\"two\")",
        "18:82: the question `two` is not about candidates; name one of kind Candidates",
    );
    check("Not(Is(\"two/u\"))", "18:72: unknown name `Not`; valid here: Is, ChosenBy");
    check_questions(
        &folder,
        &out("Is(\"two/w\")").replace("kind: Many,", "kind: Many, hard: true,"),
        "18:76: no option of that question has the id `w`; valid here: u, v",
    );

    let table = |rows: &str| {
        let parts = RIGHT.replace("kind: Many,\n      when: Is(\"one/x\"),", "kind: Parts,");
        changed(&parts, "  questions: [", &format!("  suitability: ({rows}),\n  questions: ["))
    };
    let row = |kinds: &str, candidates: &str| {
        format!("(parts: [{kinds}], candidates: [{candidates}], because: \"r\", source: [\"s\"])")
    };
    let (u, a) = ("\"u\"", "\"a\"");
    let check = |rows: &str, message: &str| check_questions(&folder, &table(rows), message);
    check(
        &format!("cannot: [{}]", row("\"w\"", a)),
        "9:36: no kind of part has the id `w`; valid here: u, v",
    );
    check(
        &format!("cannot: [{}]", row("", a)),
        "9:67: no kind of part is named; name at least one in `parts`",
    );
    check(
        &format!("unusual: [{}]", row(u, a)),
        "9:71: nothing can lift `unusual`; name facts in `unless`, or move the line to `cannot`",
    );
    let both =
        format!("unless: [Is(\"one/x\")], cannot: [{}], unusual: [{}]", row(u, a), row(u, "\"b\", \"a\""));
    let hard = table(&both).replace("kind: One,", "kind: One, hard: true,");
    check_questions(
        &folder,
        &hard,
        "9:134: `a` is already named for `u` in another line of the table; put it under `cannot` or `unusual`, and only once",
    );
    let twice = format!("unless: [Is(\"one/x\")], unusual: [{}, {}]", row(u, a), row(u, a));
    let hard = table(&twice).replace("kind: One,", "kind: One, hard: true,");
    check_questions(
        &folder,
        &hard,
        "9:124: `a` is already named for `u` in another line of the table; put it under `cannot` or `unusual`, and only once",
    );
    let none = changed(
        RIGHT,
        "  questions: [",
        &format!("  suitability: (cannot: [{}]),\n  questions: [", row(u, a)),
    );
    check_questions(
        &folder,
        &none,
        "9:36: there is no question of kind Parts; remove `suitability`, or add such a question",
    );
}
