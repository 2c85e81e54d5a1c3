//! Tests typical mistakes of authors. Each is reported at its position together with the fix. Malicious
//! files are out of scope.

use langfit::lint::{lint, lint_days};
use langfit::questionnaire::Questionnaire;
use langfit::source::Source;

/// Returns the errors or warnings about the storage questionnaire after one edit.
#[track_caller]
fn messages(from: &str, to: &str) -> Vec<String> {
    let right = include_str!("../data/storage.ron");
    assert!(right.contains(from), "{from} is not there");
    let source = Source::new("m.ron", right.replacen(from, to, 1));
    let found = match Questionnaire::parse(&source) {
        Ok(questionnaire) => {
            let today = "2026-11-29".parse().expect("a day");
            [lint(&questionnaire), lint_days(&questionnaire, today)].concat()
        }
        Err(rejected) => rejected.diagnostics,
    };
    found.iter().map(|diagnostic| source.headline(diagnostic)).collect()
}

#[track_caller]
fn check(from: &str, to: &str, message: &str) {
    assert_eq!(messages(from, to), [message]);
}

const FILES: &str = "(id: \"files\", name: \"Object files\"),";
const LINE: &str = "(points: -3, candidates: [\"graph\"], because: \"{}: there are no connections to follow\", source: [\"nosql\"]),";
const WHEN: &str = "      when: Is(\"links/paths\")";

#[test]
fn what_other_notations_write_is_explained() {
    let quotes = |sign: char| format!("m.ron:41:10: `{sign}` is not a quote in RON; write \" around texts");
    check(FILES, "(id: “files”, name: \"Object files\"),", &quotes('“'));
    check(FILES, "(id: 'files', name: \"Object files\"),", &quotes('\''));
    check(
        FILES,
        "- id: \"files\"\n      name: \"Object files\"",
        "m.ron:41:5: RON lists have no `-` items; write a list as [first, second, …]",
    );
    check(
        FILES,
        "(id = \"files\", name: \"Object files\"),",
        "m.ron:41:9: expected `:` after the field's name, found `=`; write `name: value`",
    );
    check(
        WHEN,
        &format!("      # on paths\n{WHEN}"),
        "m.ron:190:7: `#` does not start a comment in RON; write `//`",
    );
    check(
        WHEN,
        &WHEN.replacen(' ', "\u{a0}", 1),
        "m.ron:190:1: this is not a plain space; write a plain space",
    );
    assert!(messages(WHEN, &WHEN.replacen("      ", "\t", 1)).is_empty(), "a tab is a space");
}

#[test]
fn an_unescaped_quote_in_a_text_is_reported() {
    check(
        LINE,
        &LINE.replace("no connections", "no \"real\" connections"),
        "m.ron:152:58: `real` cannot follow this; put a text in double quotes, and write a quote within it as \\\"",
    );
}

#[test]
fn a_condition_is_not_confused_with_an_answer() {
    let message = "m.ron:190:13: expected a condition, found an answer; write `Is(\"links/paths\")`";
    check(WHEN, "      when: \"links/paths\"", message);
    check(WHEN, "      when: links/paths", message);
    check(
        WHEN,
        "      when: [Is(\"links/paths\")]",
        "m.ron:190:13: expected a condition, found `[`; write `All([…])` or `Any([…])`",
    );
}

#[test]
fn conditions_are_joined_by_name() {
    check(
        WHEN,
        &format!("{WHEN} && Is(\"links/apart\")"),
        "m.ron:190:31: `&` does not join conditions in RON; write `All([…])`, `Any([…])` or `Not(…)`",
    );
}

#[test]
fn a_structure_has_round_brackets() {
    check(
        "  adoption: (\n    points: 6,",
        "  adoption: points: 6,",
        "m.ron:44:13: the `(` before `points` is missing; write a structure as `(name: value, …)`",
    );
    check(
        FILES,
        "{id: \"files\", name: \"Object files\"),",
        "m.ron:41:5: expected `(`, found `{`; write a structure as `(name: value, …)`",
    );
}

#[test]
fn a_rule_says_what_it_joins() {
    let rule = "when: All([Is(\"together/several\"), Is(\"volume/many\")])";
    let message = "m.ron:503:12: this rule joins 1 statement about answers, and a rule joins 2 to 4; add one, or write what it says at the option itself";
    check(rule, "when: Not(Is(\"together/several\"))", message);
    check(rule, "when: Is(\"together/several\")", message);
}

/// Template lines of a question about candidates apply to any chosen candidate, so they are not evidence
/// about a particular one.
#[test]
fn a_candidate_without_evidence_is_reported() {
    let hint = "add a reason with points, or remove the candidate";
    assert_eq!(
        messages(FILES, &format!("{FILES}\n    (id: \"paper\", name: \"Paper\"),")),
        ["for", "against"].map(|side| {
            format!("m.ron:42:11: warning: no evidence speaks {side} this candidate; {hint}")
        })
    );
}

#[test]
fn duplicate_lines_and_odd_points_are_reported_in_place() {
    check(LINE, &format!("{LINE}\n{LINE}"), "m.ron:153:47: this line is here twice; remove one of them");
    let out = "(because: \"{}: the platform or a rule does not admit it; an approved exception would lift this\", source: [\"stated\"]),";
    check(
        out,
        &format!("{out}\n            {out}"),
        "m.ron:452:24: this line is here twice; remove one of them",
    );
    check(
        LINE,
        &LINE.replace("points: -3", "points: -2"),
        "m.ron:152:22: warning: -2 points are not on the scale; give 1, 3, 6 or 9, for or against",
    );
}

#[test]
fn a_source_without_a_usable_address_is_reported() {
    check(
        "https://dataintensive.net",
        "dataintensive.net",
        "m.ron:16:11: warning: the address of `ddia` has no scheme, so it is not a link; start it with https://",
    );
    check(
        "verified: \"2026-11-21\"",
        "verified: \"2027-11-21\"",
        "m.ron:21:11: warning: `mongodb-model` is verified on 2027-11-21, which is in the future; write the day on which it was checked",
    );
}

/// `Is` on a kind holds for every part once one such part is picked, so a warning suggests `This`.
#[test]
fn a_condition_on_any_part_suggests_this() {
    check(
        WHEN,
        "      when: All([Is(\"links/paths\"), Is(\"parts/records\")])",
        "m.ron:184:12: warning: `parts/records` holds for every part once one part of that kind is picked; write `This(\"records\")` if only such parts are asked",
    );
}

/// Unknown fields, unknown names and a missing field are all reported at once.
#[test]
fn several_wrong_fields_are_reported_together() {
    let right = include_str!("../data/storage.ron");
    let mut text = right.to_owned();
    for (from, to) in [
        ("(id: \"ddia\", title", "(id: \"ddia\", titel"),
        ("tags: [\"sql\"]", "colour: [\"sql\", \"(\"]"),
        (
            "      why: \"A store is chosen per part. One fact may be kept in several parts, but it is right in one of them only.\",\n",
            "",
        ),
        ("when: Is(\"links/paths\")", "wenn: Iss(\"links/paths\")"),
        ("kind: Watch", "kind: Wach"),
    ] {
        assert!(text.contains(from), "{from} is not there");
        text = text.replacen(from, to, 1);
    }
    let source = Source::new("m.ron", text);
    let rejected = Questionnaire::parse(&source).expect_err("it is wrong");
    let told: Vec<String> = rejected.diagnostics.iter().map(|it| source.headline(it)).collect();
    let begins = [
        "m.ron:16:18: unknown field `titel` of a source; did you mean `title`?",
        "m.ron:34:44: unknown field `colour` of a candidate; valid here: ",
        "m.ron:118:20: unknown name `Wach`; did you mean `Watch`?",
        "m.ron:52:5: the field `why` of `parts` is missing; ",
        "m.ron:189:7: unknown field `wenn` of a question; did you mean `when`?",
        "m.ron:189:13: unknown name `Iss`; did you mean `Is`?",
    ];
    for (told, begin) in told.iter().zip(begins) {
        assert!(told.starts_with(begin), "{told} instead of {begin}");
    }
    assert_eq!(told.len(), begins.len(), "{told:#?}");
}
