//! Tests scenarios: the required results of simple cases, and how `langfit check` reports deviations. The
//! computation of advice is out of scope.

use std::collections::HashSet;

use langfit::built_in;
use langfit::questionnaire::{CandidateSet, OptionId, Questionnaire};
use langfit::scenarios::{Scenario, deviations, parse};
use langfit::source::Source;

use super::cli::{langfit, write};
use super::support::{about_three, about_three_text, ids, question, shipped};

fn scenarios(questionnaire: &Questionnaire) -> Vec<Scenario> {
    parse(&built_in::scenarios(), questionnaire).unwrap_or_else(|rejected| panic!("{rejected}"))
}

#[test]
fn plain_cases_come_out_as_an_architect_expects() {
    let questionnaire = shipped();
    let source = built_in::scenarios();
    let scenarios = scenarios(&questionnaire);
    let found = scenarios.iter().flat_map(|scenario| deviations(&questionnaire, scenario));
    let said: Vec<String> = found.map(|deviation| source.headline(&deviation)).collect();
    assert!(said.is_empty(), "{said:#?}");
    assert!(scenarios.len() >= 60, "{} scenarios", scenarios.len());
}

/// Every language comes first in some scenario, and every kind of part occurs in one.
#[test]
fn every_language_and_kind_of_part_is_tried() {
    let questionnaire = shipped();
    let (mut first, mut kinds) = (CandidateSet::EMPTY, HashSet::<OptionId>::new());
    for scenario in scenarios(&questionnaire) {
        first = scenario.parts.iter().fold(first, |all, part| all.union(part.first));
        kinds.extend(scenario.parts.iter().filter_map(|it| Some(scenario.answers[it.subject.part()?].kind)));
    }
    let missing = questionnaire.all_candidates().without(first);
    assert!(missing.is_empty(), "{:?} never comes first", ids(&questionnaire, missing));
    let parts = questionnaire.parts_question().expect("there are parts");
    assert_eq!(kinds.len(), questionnaire[parts].options.len(), "a kind of part is not tried");
}

/// An answer to a hidden question would have no effect.
#[test]
fn every_answer_of_a_scenario_is_asked_for() {
    let questionnaire = shipped();
    for scenario in scenarios(&questionnaire) {
        let visible = scenario.answers.visible(&questionnaire);
        for question in questionnaire.question_ids() {
            let given = !scenario.answers.given(question).answer.is_open();
            assert!(
                !given || visible[question],
                "{}: `{}` is hidden",
                scenario.id,
                questionnaire[question].id
            );
        }
    }
}

/// Checks a questionnaire with a scenarios file. Returns the exit code and the lines that name the file.
fn checked(parts: &str, answers: &str) -> (Option<i32>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "q.ron", &text());
    let scenarios = format!(
        "(format: 1, questionnaire: \"{}\", scenarios: [\n(id: \"case\", because: \"So.\", parts: [{parts}], answers: [{answers}]),\n])",
        asked().id()
    );
    write(&folder, "q.scenarios.ron", &scenarios);
    let run = langfit(folder.path(), &["check", "q.ron"]);
    let said = run.out.lines().filter(|line| line.starts_with("q.scenarios.ron:"));
    (run.code, said.map(str::to_owned).collect())
}

fn asked() -> Questionnaire {
    super::support::parse(&text())
}

/// Returns a questionnaire in which A is best for the API unless an answer rules it out.
fn text() -> String {
    let out =
        r#"exclusions: [(candidates: ["a"], because: "{} is too slow for it", source: ["s"])], evidence: ["#;
    let fast = question("fast", "One", "yes: 1 b; no: 1 c").replacen("evidence: [", out, 1);
    let asked = question("parts", "Parts", "api: 9 a, 3 b") + &fast;
    about_three_text(&asked, "")
}

#[test]
fn a_deviation_is_reported_with_its_cause() {
    let fine = |parts: &str, answers: &str| {
        assert_eq!(
            checked(parts, answers),
            (Some(0), vec!["q.scenarios.ron: no errors, no warnings; 1 scenario".to_owned()])
        );
    };
    fine(r#"(name: "API", kind: "api", chosen: "a")"#, "");
    fine(r#"(name: "API", kind: "api", acceptable: ["a", "c"])"#, "");
    fine(r#"(name: "API", kind: "api", chosen: "b", ruled_out: ["a"])"#, r#"(set: "fast=yes")"#);
    let wrong = |parts: &str, answers: &str, says: &str| {
        let (code, said) = checked(parts, answers);
        assert_eq!(code, Some(1), "{said:?}");
        assert_eq!(said[0], format!("q.scenarios.ron:2:{says}"));
    };
    wrong(
        r#"(name: "API", kind: "api", chosen: "b")"#,
        "",
        "46: case, API: A comes first, 6 points ahead of B; what decides: +9 9 for a (parts: api); against +3 3 for b (parts: api)",
    );
    wrong(
        r#"(name: "API", kind: "api", acceptable: ["a"])"#,
        r#"(set: "fast=yes")"#,
        "46: case, API: B comes first, and A is ruled out; what rules out: A is too slow for it (fast: yes)",
    );
    wrong(
        r#"(name: "API", kind: "api", ruled_out: ["a", "c"])"#,
        r#"(set: "fast=yes")"#,
        "46: case, API: C is possible and must be ruled out; no exclusion applies to C, which has 0 points",
    );
}

#[test]
fn a_file_of_scenarios_is_checked_like_any_other() {
    let questionnaire = about_three(&question("parts", "Parts", "api: 9 a"), "");
    let errors = |text: &str| -> Vec<String> {
        let source = Source::new("s.ron", text);
        let rejected = parse(&source, &questionnaire).expect_err("it is wrong");
        rejected.diagnostics.iter().map(|it| source.headline(it)).collect()
    };
    let id = questionnaire.id();
    let file = |scenarios: &str| format!("(format: 1, questionnaire: \"{id}\", scenarios: [{scenarios}])");
    let part = r#"parts: [(name: "API", kind: "api", chosen: "a")]"#;
    assert!(errors(&file(&format!("(id: \"x\", because: \"\", {part})")))[0].contains("the text is empty"));
    assert!(
        errors(&file(r#"(id: "x", because: "So.", parts: [(name: "API", kind: "apo", chosen: "d")])"#))
            .iter()
            .any(|it| it.contains("no kind of part has the id `apo`; did you mean `api`?"))
    );
    let none = errors(&file(r#"(id: "x", because: "So.", parts: [(name: "API", kind: "api")])"#));
    assert!(none[0].contains("the part `API` has 0 outcomes"), "{none:?}");
    let twice = format!("(id: \"x\", because: \"So.\", {part}), (id: \"x\", because: \"So.\", {part})");
    assert!(errors(&file(&twice))[0].contains("the scenario id `x` is used twice"));
    let other = errors("(format: 1, questionnaire: \"other\", scenarios: [])");
    assert!(other[0].contains("these scenarios belong to the questionnaire `other`"), "{other:?}");
}

/// If the kit decides, the message says so. No candidate is reported as ahead of itself.
#[test]
fn a_kit_that_decides_is_said_to_decide() {
    let text = about_three_text(
        &question("parts", "Parts", "api: 9 a; ui: 3 b"),
        r#"adoption: (points: 3, because: "r", source: ["s"])"#,
    );
    let questionnaire = super::support::parse(&text);
    let scenario = |chosen: &str| {
        format!(
            "(format: 1, questionnaire: \"three\", scenarios: [(id: \"x\", because: \"So.\", parts: [(name: \"API\", kind: \"api\", chosen: \"a\"), (name: \"UI\", kind: \"ui\", {chosen})])])"
        )
    };
    let said = |chosen: &str| -> Vec<String> {
        let source = Source::new("s.ron", scenario(chosen));
        let scenarios = parse(&source, &questionnaire).unwrap_or_else(|rejected| panic!("{rejected}"));
        scenarios.iter().flat_map(|it| deviations(&questionnaire, it)).map(|it| it.what).collect()
    };
    // B's advantage for the user interface equals the cost of a second candidate.
    assert!(said(r#"acceptable: ["a", "b"]"#).is_empty(), "both are acceptable");
    let tie = "x, UI: A and B come first in a tie for all parts together, after adoption costs, though for this part B is 3 points ahead";
    assert_eq!(said(r#"chosen: "b""#), [tie]);
    assert_eq!(said(r#"acceptable: ["b"]"#), [tie]);
}
