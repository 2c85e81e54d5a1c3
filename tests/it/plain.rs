//! Tests what other programs use to fill in a session: `langfit questions --plain` and `langfit check SESSION`.

use serde_json::Value;

use crate::cli::{folder, run, write};
use crate::support::shipped;

/// A session as an assistant would write it from a design document, with the place of each fact as a note.
const FILLED: &str = r#"(
    format: 1,
    questionnaire: (id: "language-fit", version: "2"),
    title: "Language of the parcel tracker",
    parts: [
        (kind: "api", name: "Tracker", answers: [(question: "workload", answer: Chosen(["connections"]))]),
    ],
    answers: [
        (question: "team-stack", answer: Chosen(["go"]), note: "Design, section 2: the team runs Go."),
        (question: "lifetime", answer: Chosen(["years"]), note: "Design, section 4."),
    ],
)"#;

#[test]
fn plain_questions_tell_all_that_can_be_answered_and_no_points() {
    let json = run(folder().path(), &["questions", "--plain", "--format", "json"]);
    assert_eq!((json.code, json.err.as_str()), (Some(0), ""));
    let plain: Value = serde_json::from_str(&json.out).expect("it is JSON");
    let questionnaire = shipped();
    let questions = plain["questions"].as_array().expect("questions are listed");
    assert_eq!(questions.len(), questionnaire.questions().len());
    for (asked, plain) in questionnaire.questions().iter().zip(questions) {
        assert_eq!(plain["id"], asked.id.as_str());
        let options = plain["options"].as_array().map_or(0, Vec::len);
        assert_eq!(options, asked.options.len(), "{}", asked.id);
        assert_eq!(plain["when"].is_null(), asked.when.is_none(), "{}", asked.id);
    }
    let text = run(folder().path(), &["questions", "--plain"]).out;
    for asked in questionnaire.questions() {
        assert!(text.contains(&format!("\n{}: {}\n", asked.id, asked.ask)), "{}", asked.id);
    }
    let because = &questionnaire.lines()[0].because;
    assert!(!text.contains(because.trim_start_matches("{} ")) && !json.out.contains("points"));
}

#[test]
fn a_session_from_elsewhere_is_checked() {
    let folder = folder();
    write(&folder, "s.ron", FILLED);
    let checked = run(folder.path(), &["check", "s.ron"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(0), ""));
    assert!(checked.out.starts_with("s.ron: no errors; 4 of "), "{}", checked.out);
    let advice = run(folder.path(), &["advise", "s.ron"]);
    assert_eq!(advice.code, Some(0), "{}", advice.err);
}

#[test]
fn what_does_not_count_in_a_session_is_reported() {
    let folder = folder();
    write(
        &folder,
        "s.ron",
        &FILLED.replace("\"years\"", "\"yaers\"").replace("\"workload\"", "\"wrokload\""),
    );
    let checked = run(folder.path(), &["check", "s.ron"]);
    assert_eq!(checked.code, Some(0));
    for what in ["Lifespan: yaers", "wrokload for Tracker"] {
        let why = "does not count, because it is unknown or its options exclude each other";
        let warning = format!("s.ron: warning: {why}: {what}\n");
        assert!(checked.out.contains(&warning), "{}", checked.out);
    }
}

#[test]
fn answers_to_questions_that_do_not_apply_are_reported() {
    let folder = folder();
    let part = "(question: \"stream-engine\", answer: Chosen([\"kafka-streams\"])), (question: \"workload\"";
    let filled = FILLED.replace("(question: \"workload\"", part);
    write(&folder, "s.ron", &filled.replace("answers: [\n        (question: \"team", "answers: [\n        (question: \"limits\", answer: Chosen([\"throughput\"])),\n        (question: \"team"));
    let checked = run(folder.path(), &["check", "s.ron"]);
    assert_eq!(checked.code, Some(0));
    for what in ["limits", "stream-engine for Tracker"] {
        let warning = format!("does not count, because the question does not apply: {what}\n");
        assert!(checked.out.contains(&warning), "{what}: {}", checked.out);
    }
    let json: Value = serde_json::from_str(&run(folder.path(), &["check", "s.ron", "--format", "json"]).out)
        .expect("it is JSON");
    assert_eq!((json.as_array().map(Vec::len), &json[0]["severity"]), (Some(2), &"warning".into()));
}

#[test]
fn errors_of_a_session_are_found_in_text_and_json() {
    let folder = folder();
    write(&folder, "s.ron", &FILLED.replace("Chosen([\"go\"])", "Chosen(\"go\")"));
    let checked = run(folder.path(), &["check", "s.ron"]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.out.starts_with("s.ron:9:"), "{}", checked.out);
    assert!(checked.out.ends_with("1 error\n"), "{}", checked.out);
    let json = run(folder.path(), &["check", "s.ron", "--format", "json"]);
    let found: Value = serde_json::from_str(&json.out).expect("it is JSON");
    assert_eq!((json.code, &found[0]["line"]), (Some(1), &9.into()));
    let other = run(folder.path(), &["check", "s.ron", "--questions", "missing.ron"]);
    assert_eq!((other.code, other.err.as_str()), (Some(2), "missing.ron: no such file; check the name\n"));
}
