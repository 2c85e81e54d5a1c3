//! Tests how advice is presented: JSON that matches its schema, text that answers a reviewer's questions,
//! and the screen. What the engine computes is tested elsewhere.

use langfit::advice::recommend;
use langfit::answers::Subject;
use langfit::questionnaire::{CandidateSet, Questionnaire};
use langfit::record::advice_json;
use langfit::session::{Chosen, Session};
use langfit::wording::advice_text;
use serde_json::Value;

use crate::screen::{new_session, play_on, questionnaire, today};
use crate::support::{about_three, nth_part, parse, question, session};

/// Returns named sessions. Together their advice contains every kind of statement.
fn sessions() -> Vec<(&'static str, Session)> {
    let questionnaire = questionnaire();
    let mut stays = session(&questionnaire, &["draw=packages", "ecosystem=data-ml", "parts=api,ui,pipeline"]);
    stays.answers.set_plan(nth_part(&stays.answers, 1), langfit::answers::Plan::StaysOther("Elm".to_owned()));
    let mut other = session(&questionnaire, &["parts=pipeline"]);
    let part = Subject::Part(nth_part(&other.answers, 0));
    let advised = CandidateSet::EMPTY;
    other.decide(&questionnaire, part, (Chosen::Other("Scala".to_owned()), advised), "w", today());
    vec![
        ("blank", new_session()),
        ("one part", session(&questionnaire, &["draw=packages", "ecosystem=data-ml", "parts=pipeline"])),
        (
            "covered",
            session(
                &questionnaire,
                &[
                    "draw=packages",
                    "ecosystem=data-ml",
                    "parts=pipeline",
                    "control=-",
                    "shape=-",
                    "existing=-",
                    "binds=-",
                ],
            ),
        ),
        ("settled", settled()),
        ("a tie", session(&questionnaire, &["parts=enterprise-core"])),
        ("a part that stays", stays),
        ("nothing left", nothing_left()),
        (
            "three languages",
            session(
                &questionnaire,
                &[
                    "parts=statistics,ui,enterprise-core,pipeline,hot-path",
                    "team-stack=r,typescript,java,rust",
                ],
            ),
        ),
        ("something else", other),
    ]
}

/// Returns a session of a pipeline. All open questions but texts are answered with "does not apply".
fn settled() -> Session {
    let questionnaire = questionnaire();
    let mut session = session(&questionnaire, &["parts=pipeline", "team-stack=python"]);
    for question in questionnaire.question_ids() {
        let answers = &mut session.answers;
        let open = answers.is_unanswered(&questionnaire, question, Subject::System);
        if open && questionnaire[question].kind != langfit::questionnaire::Kind::Text {
            answers.set(question, Subject::System, langfit::answers::Answer::NotApplicable);
        }
    }
    session
}

/// Returns a session of a user interface whose standard admits no candidate that runs in a browser.
fn nothing_left() -> Session {
    session(&questionnaire(), &["parts=ui", "existing=limits", "standard=shell"])
}

#[test]
fn json_keeps_to_the_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../src/record/advice.schema.json")).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let questionnaire = questionnaire();
    for (name, session) in sessions() {
        let text = advice_json(&questionnaire, &session, None).expect("advice can be written");
        let json: Value = serde_json::from_str(&text).expect("it is JSON");
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn the_schema_refuses_what_is_not_in_it() {
    let schema: Value =
        serde_json::from_str(include_str!("../../src/record/advice.schema.json")).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let text = advice_json(&questionnaire(), &new_session(), None).expect("advice can be written");
    let mut json: Value = serde_json::from_str(&text).expect("it is JSON");
    json["kit"]["extra"] = Value::Null;
    assert!(!validator.is_valid(&json));
}

#[test]
fn the_text_answers_a_reviewer() {
    let questionnaire = questionnaire();
    let shows = |name: &str, parts: &[&str]| {
        let (_, session) = sessions().into_iter().find(|(it, _)| *it == name).expect("the session exists");
        let text = advice_text(&questionnaire, &session);
        for part in parts {
            assert!(text.contains(part), "{name} does not say: {part}\n{text}");
        }
    };
    shows("blank", &["all 12 languages are tied", "All 12 languages are tied", "no parts are picked yet"]);
    shows("one part", &["The answer to ", "Answer next:", "No change to the given answers"]);
    shows("covered", &["Python leads ", "The open questions can still shift up to "]);
    shows("settled", &["All questions are answered. Python leads"]);
    shows("a tie", &["Java and C#/.NET are tied."]);
    shows("a part that stays", &["UI stays in Elm.", "UI and API: HTTP"]);
    shows("nothing left", &["Every choice is ruled out.", "would be possible if "]);
    shows("three languages", &["1 language:", "2 languages:", "3 languages:", "points better"]);
}

#[test]
fn the_screen_says_how_firm_it_is() {
    let (_, session) = sessions().swap_remove(2);
    for size in [(120, 40), (80, 24)] {
        let played = play_on(session.clone(), "w", size);
        played.assert_shows("Python leads ");
        played.assert_shows("The open questions can still shift up to ");
        assert!(play_on(session.clone(), "w<esc>", size).shows("Recommendation"));
    }
}

#[test]
fn f_goes_to_the_question_to_ask_next() {
    let (_, session) = sessions().swap_remove(1);
    let played = play_on(session, "f", (120, 40));
    let next = played.workbook().outlook().and_then(|outlook| outlook.ask_next).expect("something is open");
    assert_eq!(played.workbook().question(), next.question);
    played.assert_shows("Answer next:");
    let settled = play_on(settled(), "f", (120, 40));
    settled.assert_shows("No open question can change anything now");
}

/// Returns the advice text for these answers.
fn text(questionnaire: &Questionnaire, assignments: &[&str]) -> String {
    advice_text(questionnaire, &session(questionnaire, assignments))
}

#[track_caller]
fn assert_says(text: &str, says: &[&str], says_not: &[&str]) {
    for part in says {
        assert!(text.contains(part), "it does not say: {part}\n{text}");
    }
    for part in says_not {
        assert!(!text.contains(part), "it says: {part}\n{text}");
    }
}

const OUT: &str = r#"exclusions: [(candidates: ["a"], because: "no", source: ["s"])]"#;

/// If an open question can rule out the leader, the text says so instead of how far the lead can shrink.
#[test]
fn a_leader_that_can_be_ruled_out_has_no_cover() {
    let open = question("q", "One", "x; y: 1 b").replacen("evidence: []", OUT, 1);
    let questionnaire = about_three(&(question("p", "One", "x: 9 a; y: 1 b") + &open), "");
    assert_says(
        &text(&questionnaire, &["p=x"]),
        &["A leads by 9 points. The answer to q can still rule out A."],
        &["can still move up to"],
    );
}

/// A rival that is ruled out today but can return is reported as ruled out, not as behind. The message
/// contains no negative number.
#[test]
fn a_rival_that_can_return_is_reported_as_ruled_out() {
    let back = |points: i64| {
        let asked = question("p", "One", "x: 9 b, 3 a; y: 1 b")
            + &question("q", "One", &format!("x: {points} b, 1 c; y: 1 c"));
        let rule = r#"rules: [(id: "r", when: All([Is("p/x"), Not(Is("q/x"))]),
            exclusions: [(candidates: ["b"], because: "no", source: ["s"])])]"#;
        text(&about_three(&asked, rule), &["p=x"])
    };
    let says = "A leads. B is currently ruled out; the open questions can bring it back";
    assert_says(
        &back(-4),
        &[&format!("{says} to a lead of up to 2 points.")],
        &["come nearest", "-6", "-4 points"],
    );
    assert_says(&back(-6), &[&format!("{says} to a tie.")], &["come nearest", "-6 points"]);
}

/// "Settled" refers to the leader of a part. If the kit chooses another candidate, the text names the
/// leader.
#[test]
fn settled_describes_the_leader_not_the_kits_choice() {
    let kinds = question("parts", "Parts", "api: 3 b; ui: 9 a");
    let costs = r#"adoption: (points: 6, because: "r", source: ["s"])"#;
    let questionnaire = about_three(&kinds, costs);
    let tied = about_three(&question("parts", "Parts", "api: 3 b, 3 c; ui: 9 a"), costs);
    assert_says(&text(&tied, &["parts=api,ui"]), &["\napi (a tie of 2 leads)\n"], &[]);
    assert_says(
        &text(&questionnaire, &["parts=api,ui"]),
        &[
            "api (settled: B leads, A stays at least 3 points behind)",
            "ui (settled: B stays at least 9 points behind)",
        ],
        &[],
    );
}

/// Returns a questionnaire with too many candidates to search every kit. `best` is the best candidate for
/// each of five kinds of part.
fn many(best: [usize; 5]) -> Questionnaire {
    let candidate = |it: usize| format!("(id: \"c{it}\", name: \"C{it}\"),");
    let candidates: String = (0..21).map(candidate).collect();
    let kinds: Vec<String> =
        best.iter().enumerate().map(|(kind, best)| format!("k{kind}: {} c{best}, 1 c1", 9 - kind)).collect();
    let parts = question("parts", "Parts", &kinds.join(";"));
    parse(&format!(
        r#"(format: 2, id: "many", version: "1", title: "t", subject: "c0", sources: [(id: "s", title: "s")],
        candidates: [{candidates}], adoption: (points: 1, because: "r", source: ["s"]), questions: [{parts}])"#
    ))
}

/// Kits that the search skipped are not called useless or too expensive. Kits that it covered are not
/// reported as skipped.
#[test]
fn unsearched_kits_are_not_called_useless() {
    let five = ["parts=k0,k1,k2,k3,k4"];
    let unseen = "of more than 4 candidates were not compared";
    assert_says(
        &text(&many([1, 2, 3, 4, 5]), &five),
        &[
            &format!("C5 fits k4 4 points better; combinations {unseen}."),
            &format!("C5 fits 4 points better; combinations {unseen}:"),
            &format!("Combinations {unseen}."),
        ],
        &["does not justify", "Adding another"],
    );
    assert_says(
        &text(&many([1, 1, 1, 1, 1]), &five),
        &[&format!("Combinations {unseen}.")],
        &["more than 1 "],
    );
    assert_says(&text(&many([1, 2, 3, 4, 5]), &["parts=k0,k1"]), &[], &["not compared"]);
    let few = text(&many([1, 1, 1, 1, 1]), &["parts=k0,k1"]);
    assert_says(&few, &["Adding another candidate would bring no gain."], &["not compared"]);
}

/// If the choice is tied with many others, they are counted, not called a tie again.
#[test]
fn many_tied_rivals_are_counted() {
    let questionnaire = crate::support::shipped();
    let session = crate::support::session(&questionnaire, &["parts=api,ui"]);
    let advice = recommend(&questionnaire, &session.answers);
    let words = langfit::wording::choice_and_lead(&questionnaire, &advice.kits, &advice.parts[0]);
    assert_eq!(words, format!("TypeScript, tied with {} languages", advice.parts[0].runner_up.len()));
}
