//! Tests that no file makes the parser panic, and that every error message is safe to print. The wording is
//! out of scope.

use langfit::questionnaire::Questionnaire;
use langfit::sanitize::is_hidden;
use langfit::session::Session;
use langfit::source::Source;

use super::{RIGHT, SESSION, changed};
use crate::support::{SAMPLE_TEXT, sample};

/// Checks that every error from the parsers has a position and a hint, and is safe to print.
fn check_survives(sample: &Questionnaire, text: &str) {
    let source = Source::new("fuzz.ron", text);
    let questionnaire = Questionnaire::parse(&source).map(|_| ());
    let session = Session::parse(&source, sample).map(|_| ());
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
    let sample = sample();
    // The steps are primes, so that the cuts hit every kind of position. Later kinds repeat earlier ones.
    let cuts = (0..12_000).step_by(97).chain((12_000..SAMPLE_TEXT.len()).step_by(1_999));
    for cut in cuts.filter(|cut| SAMPLE_TEXT.is_char_boundary(*cut)) {
        check_survives(&sample, &SAMPLE_TEXT[..cut]);
    }
    for cut in (0..SESSION.len()).step_by(3) {
        check_survives(&sample, &SESSION[..cut]);
    }
}

#[test]
fn no_spoiled_character_makes_the_parser_panic() {
    const SPOILS: [&str; 20] = [
        "(", ")", "[", "]", "{", "}", "\"", "\\", ",", ":", "/*", "*/", "r#\"", "#", "'", "\n", "é",
        "\u{202e}", "-", "",
    ];
    let sample = sample();
    for right in [RIGHT, SESSION] {
        for (at, _) in right.char_indices() {
            // Replaces each character once. Adjacent characters get different replacements.
            let spoil = SPOILS[at * 7 % SPOILS.len()];
            check_survives(&sample, &format!("{}{spoil}{}", &right[..at], &right[at + 1..]));
        }
    }
}

#[test]
fn a_file_made_of_errors_is_given_up_on() {
    // Every literal has an unknown id, and half of the ids contain an escape.
    let rules = (0..1_000)
        .map(|it| format!("(id: \"r{it}\", when: All([Is(\"\\u{{6f}}n/{it}\"), Is(\"one/{it}\")])),\n"))
        .collect::<Vec<_>>()
        .concat();
    let text = changed(RIGHT, "  rules: [\n", &format!("  rules: [\n{rules}"));
    let rejected = Questionnaire::parse(&Source::new("errors.ron", text)).expect_err("it is wrong");
    assert_eq!(rejected.diagnostics.len(), 500);
    assert_eq!(rejected.to_string().lines().last(), Some("and 480 more"));
}
