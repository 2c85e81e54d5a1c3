//! The advice as it leaves the program: JSON that keeps to its schema, and sentences that answer a
//! reviewer; must not test the engine.

use langfit::record::{advice_json, advice_text};
use langfit::session::Session;
use serde_json::Value;

use crate::screen::{new_session, play_on, questionnaire};
use crate::support::session;

/// Sessions that between them show every kind of fact.
fn sessions() -> Vec<(&'static str, Session)> {
    let questionnaire = questionnaire();
    let mut stays = session(&questionnaire, &["draw=packages", "ecosystem=data-ml", "parts=api,ui,pipeline"]);
    stays.answers.parts[1].plan = langfit::answers::Plan::StaysOther("Elm".to_owned());
    vec![
        ("blank", new_session()),
        ("one part", session(&questionnaire, &["draw=packages", "ecosystem=data-ml", "parts=pipeline"])),
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
    ]
}

/// A pipeline whose remaining questions are all set aside.
fn settled() -> Session {
    let questionnaire = questionnaire();
    let mut session = session(&questionnaire, &["parts=pipeline", "team-stack=python"]);
    for question in questionnaire.question_ids() {
        let answers = &mut session.answers;
        let open = answers.is_unanswered(&questionnaire, question, None);
        if open && questionnaire[question].kind != langfit::questionnaire::Kind::Text {
            answers.set(question, None, langfit::answers::Answer::NotApplicable);
        }
    }
    session
}

/// A browser user interface under a house standard that admits nothing a browser runs.
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
        let text = advice_json(&questionnaire, &session).expect("advice can be written");
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
    let text = advice_json(&questionnaire(), &new_session()).expect("advice can be written");
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
    shows("blank", &["all 12 candidates tie", "All 12 candidates are level", "its parts are not picked yet"]);
    shows(
        "one part",
        &["Python leads", "the open questions can still move", "Ask next:", "No change of the given answers"],
    );
    shows("settled", &["Settled: whatever the open questions bring, Python leads"]);
    shows("a tie", &["Java and C#/.NET are level; a tie is a tie."]);
    shows("a part that stays", &["UI stays in Elm.", "UI and API: usually HTTP"]);
    shows("nothing left", &["Every candidate is ruled out.", "would be back with What is admitted"]);
    shows("three languages", &["1 language:", "2 languages:", "3 languages:", "points better"]);
}

#[test]
fn the_screen_says_how_firm_it_is() {
    let (_, session) = sessions().swap_remove(1);
    for size in [(120, 40), (80, 24)] {
        let played = play_on(session.clone(), "w", size);
        played.assert_shows("Python leads");
        played.assert_shows("the open questions can still move");
        assert!(play_on(session.clone(), "w<esc>", size).shows("Recommendation"));
    }
}

#[test]
fn f_goes_to_the_question_to_ask_next() {
    let (_, session) = sessions().swap_remove(1);
    let played = play_on(session, "f", (120, 40));
    let next = played.app.outlook.as_ref().and_then(|outlook| outlook.ask_next).expect("something is open");
    assert_eq!(played.app.cursor.question, next.question);
    played.assert_shows("Ask next:");
    let settled = play_on(settled(), "f", (120, 40));
    settled.assert_shows("No open question can change anything any more");
}
