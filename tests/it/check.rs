//! Tests the findings of `langfit check` in questionnaires with one defect each. How a finding is computed
//! is out of scope.
//!
//! `data/broken` holds a questionnaire for each defect, with the expected output beside it. Run `langfit
//! check NAME.ron` in that folder to write the output for a new one, and review it before you commit it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use langfit::built_in::QUESTIONS;
use langfit::lint::lint;
use langfit::questionnaire::Questionnaire;
use langfit::source::Source;

use super::support::{about_three, parse, question};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/broken")
}

fn broken() -> Vec<String> {
    let names = fs::read_dir(folder()).expect("the folder is there");
    let names = names.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter_map(|name| name.strip_suffix(".ron").map(str::to_owned)).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_slip_is_named_where_it_stands() {
    let names = broken();
    assert!(names.len() >= 30, "{} broken questionnaires", names.len());
    for name in names {
        let mut command = Command::cargo_bin("langfit").expect("it is built");
        let output = command.current_dir(folder()).args(["check", &format!("{name}.ron")]).output();
        let output = output.expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        let code = output.status.code().expect("it ends by itself");
        let expected = fs::read_to_string(folder().join(format!("{name}.txt"))).expect("it is described");
        assert_eq!(format!("{said}exit {code}\n"), expected, "{name}.ron");
    }
}

/// Errors make a file unusable and warnings do not. The JSON distinguishes the two.
#[test]
fn json_tells_errors_from_warnings() {
    let severities = |name: &str| -> Vec<String> {
        let mut command = Command::cargo_bin("langfit").expect("it is built");
        let output = command.current_dir(folder()).args(["check", "--format", "json", name]).output();
        let found: serde_json::Value =
            serde_json::from_slice(&output.expect("it runs").stdout).expect("it is JSON");
        let found = found.as_array().expect("it is a list").iter();
        found.map(|it| it["severity"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(severities("id-twice-rule.ron"), ["error"]);
    assert_eq!(severities("text-too-long.ron"), ["warning", "warning"]);
}

#[test]
fn the_shipped_file_is_clean() {
    let shown: Vec<String> = lint(&parse(QUESTIONS))
        .iter()
        .map(|it| format!("{} ({}; {})", it.what, it.hint, &QUESTIONS[it.span.clone()]))
        .collect();
    assert_eq!(shown, Vec::<String>::new());
}

/// Returns the findings in a questionnaire about A, B and C, one string each.
fn found(questions: &str, rest: &str) -> Vec<String> {
    lint(&about_three(questions, rest)).into_iter().map(|it| it.what).collect()
}

/// A template is written once, so its findings are reported once, regardless of the number of candidates.
#[test]
fn a_template_is_checked_once() {
    let of = |line: &str| {
        format!(
            r#"(id: "h", title: "H", ask: "house?", why: "w", kind: Candidates(many: true, chosen: (evidence: [{line}]))),"#
        )
    };
    let long = "r".repeat(160);
    let line = format!(
        r#"(points: 3, because: "{long}", source: ["s", "t"]), (points: 4, because: "r\u{{200b}}", source: ["s"]),"#
    );
    let (once, other) = (question("q", "One", "x: 3 a; y: 3 b"), "points are not on the scale");
    let warnings = found(&(of(&line) + &once), "");
    let told = ["columns", "hidden", "scale"];
    let of_texts: Vec<String> =
        warnings.into_iter().filter(|it| told.iter().any(|told| it.contains(told))).collect();
    assert_eq!(
        of_texts,
        [
            "this reason takes 160 columns",
            &format!("4 {other}"),
            "1 hidden character in the texts, here the first",
        ]
    );
    let wrong = of(r#"(points: 3, because: "b", source: ["nope"]),"#);
    let text = format!(
        r#"(format: 2, id: "t", version: "1", title: "t", subject: "a", sources: [(id: "s", title: "s")],
        candidates: [(id: "a", name: "A"), (id: "b", name: "B")], questions: [{wrong}])"#
    );
    let rejected = Questionnaire::parse(&Source::new("t.ron", text)).expect_err("it cites nothing");
    assert_eq!(rejected.diagnostics.len(), 1, "{rejected}");
}

/// Warnings about useless candidates ignore adoption costs, which a team may already have paid. They also
/// consider that several parts together may justify a candidate.
#[test]
fn useless_warnings_ignore_cost_and_consider_joint_parts() {
    let never = |text: &str| text.contains("never wins") || text.contains("dominated");
    let costly = parse(
        r#"(format: 2, id: "t", version: "1", title: "t", subject: "a", sources: [(id: "s", title: "s")],
        candidates: [(id: "a", name: "A", adoption: 5), (id: "b", name: "B", adoption: 0)],
        questions: [(id: "q", title: "q", ask: "q?", why: "w", kind: One, options: [
            (id: "x", text: "x", evidence: [(points: 3, candidates: ["a"], because: "r", source: ["s"])]),
            (id: "y", text: "y", evidence: [(points: 3, candidates: ["b"], because: "r", source: ["s"])]),
        ])])"#,
    );
    let warnings: Vec<String> = lint(&costly).into_iter().map(|it| it.what).collect();
    assert!(warnings.iter().any(|it| it == "this candidate is behind before any question is answered"));
    assert!(!warnings.iter().any(|it| never(it)), "{warnings:?}");

    let asked = question("parts", "Parts", "api; ui") + &question("q", "One", "x: 3 a; y: 1 b; z: 1 a, 1 b");
    assert!(found(&asked, "").iter().any(|it| never(it)));
    let rule = |evidence: &str, all: &str| {
        format!(r#"rules: [(id: "r", when: All([{all}]), evidence: [{evidence}])]"#)
    };
    let for_c = r#"(points: 9, candidates: ["c"], because: "r", source: ["t"])"#;
    let together = rule(for_c, r#"Is("parts/api"), Is("parts/ui")"#);
    assert!(!found(&asked, &together).iter().any(|it| never(it)));
    let several = question("several", "One, when: SeveralParts", "x: 9 c; y: 1 a");
    assert!(!found(&(asked + &several), "").iter().any(|it| never(it)));
}

/// A title without a warning fits on one line of the list of questions at 120 columns, after its number and
/// its status sign. One more column takes a second line and triggers a warning.
#[test]
fn a_title_has_the_room_that_the_list_of_questions_shows() {
    use crate::screen::{opened, play_app, row};
    use langfit::session::Session;

    let first = question("one", "One", "x: 1 a; y: 1 b");
    for (before, follows, room) in [(0, false, 19), (0, true, 16), (9, false, 18), (9, true, 15)] {
        for columns in [room, room + 1] {
            let title = "W".repeat(columns);
            let others: String =
                (0..before).map(|at| question(&format!("q{at}"), "One", "x: 1 a; y: 1 b")).collect();
            let own = question("own", "One", "x: 1 a; y: 1 b")
                .replace("title: \"own\"", &format!("title: \"{title}\""));
            let follow = first.clone() + &own.replace("kind:", "when: Is(\"one/x\"), kind:");
            let own = if follows { follow } else { own };
            let questionnaire = about_three(&format!("{others}{own}"), "");
            let warns = lint(&questionnaire).iter().any(|it| it.what.contains("the title of this question"));
            assert_eq!(warns, columns > room, "{columns} columns");
            let labels = questionnaire.labels(&questionnaire.question_ids().map(|_| true).collect());
            let named = format!("{} {title}", labels.values().last().expect("it is asked"));
            let mut session = Session::new(&questionnaire);
            if follows {
                session.assign(&questionnaire, "one=x").expect("it is an option");
            }
            let played = play_app(opened(questionnaire, session), "", (120, 40));
            let buffer = played.terminal.backend().buffer();
            // Looks only at the outline, because titles have more room elsewhere.
            let shown = (0..40).any(|y| row(buffer, y).chars().take(28).collect::<String>().contains(&named));
            assert_eq!(shown, columns <= room, "{columns} columns");
        }
    }
}
