//! Tests a questionnaire on another subject, because no code may depend on languages. The details of its
//! recommendations are out of scope.

use langfit::advice::{outlook, recommend};
use langfit::answers::Answers;
use langfit::lint::lint;
use langfit::questionnaire::Questionnaire;
use langfit::record::{Dialect, RecordOptions, advice_json, render};
use langfit::session::Session;
use langfit::wording::advice_text;

use super::support::{parse, session};

fn storage() -> Questionnaire {
    parse(include_str!("data/storage.ron"))
}

/// Words that may come only from the shipped questionnaire.
const FOREIGN: [&str; 6] = ["language", "Python", "python", "Rust", "guide,", "programming"];

#[track_caller]
pub fn assert_knows_no_languages(what: &str, text: &str) {
    for word in FOREIGN {
        let line = text.lines().find(|line| line.contains(word));
        assert_eq!(line, None, "{what} speaks of `{word}`");
    }
}

#[test]
fn another_questionnaire_has_no_warnings() {
    let storage = storage();
    let warnings: Vec<String> = lint(&storage).into_iter().map(|warning| warning.what).collect();
    assert_eq!(warnings, Vec::<String>::new());
    let advice = recommend(&storage, &Answers::new(&storage));
    assert_eq!(advice.parts[0].leaders, storage.all_candidates(), "the blank sheet is a tie");
}

/// Advice, record and JSON use the questionnaire's own noun for its candidates.
#[test]
fn no_output_mentions_languages() {
    let storage = storage();
    let parts = storage.parts_question().expect("it has parts");
    let kinds: Vec<&str> = storage[parts].options.iter().map(|kind| kind.id.as_str()).collect();
    let given = format!("parts={}", kinds.join(","));
    for assignments in [vec![], vec![given.as_str()]] {
        let session = session(&storage, &assignments);
        assert_knows_no_languages("advise", &advice_text(&storage, &session));
        for dialect in [Dialect::Madr, Dialect::Log4brains, Dialect::Nygard, Dialect::Markdown, Dialect::Html]
        {
            let record = render(&storage, &session, &RecordOptions::new(dialect)).expect("it can be written");
            assert_knows_no_languages("the record", &record);
        }
        assert_knows_no_languages("JSON", &advice_json(&storage, &session, None).expect("it can be written"));
    }
}

/// Every option of every question can be chosen on the screen, and no frame contains a word from
/// [`FOREIGN`].
#[test]
fn it_can_be_walked_through_on_the_screen() {
    let storage = storage();
    let mut shown = String::new();
    for question in storage.question_ids() {
        for option in 0..storage[question].options.len().max(1) {
            let mut session = Session::new(&storage);
            session.at = Some(question);
            let app = crate::screen::opened(storage.clone(), session);
            let played = crate::screen::play_app(app, &format!("{}wv<esc>", option + 1), (120, 40));
            shown.push_str(&played.frame());
        }
    }
    assert_knows_no_languages("the screen", &shown);
    assert!(shown.contains(&storage[storage.question_ids().next_back().expect("it has questions")].title));
}

/// The outlook has a verdict on every candidate, and a question to ask next.
#[test]
fn its_outlook_is_exact() {
    let storage = storage();
    let answers = Answers::new(&storage);
    let advice = recommend(&storage, &answers);
    let outlook = outlook(&storage, &answers, &advice);
    assert_eq!(outlook.parts[0].verdicts.count(), storage.candidates().len());
    assert!(outlook.ask_next.is_some());
}
