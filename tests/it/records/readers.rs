//! Tests each escaper against a third-party parser: HTML, JSON and YAML. Must not rely on the escapers' own
//! model of a format.

use std::fmt::Write as _;

use langfit::built_in::QUESTIONS;
use langfit::record::{Dialect, RecordOptions, advice_json, escape_html};
use langfit::sanitize::{is_hidden, sanitize, sanitize_json, sanitize_line};
use saphyr::{LoadableYamlNode as _, Yaml};

use super::hostile::{STRINGS, strings};
use super::{dated, written};
use crate::support::html::{Piece, pieces};
use crate::support::{nth_part, parse, session};

/// A browser shows the exact characters as element text, as a title and in an attribute.
#[test]
fn html_shows_the_very_characters() {
    let strings = strings(STRINGS);
    let mut page = String::from("<!DOCTYPE html>");
    for string in &strings {
        let text = escape_html(string).expect("it can be escaped");
        let _ =
            write!(page, "<p title=\"{text}\">{text}</p><title>{text}</title><svg><text>{text}</text></svg>");
    }
    assert!(!page.contains(is_hidden));
    let mut found = pieces(&page).into_iter();
    assert!(matches!(found.next(), Some(Piece::Other(_))), "the document type stands first");
    let start = |name: &str| Piece::Start(name.to_owned(), Vec::new());
    let end = |name: &str| Piece::End(name.to_owned());
    for string in &strings {
        let shown = sanitize(string).into_owned();
        let text = Piece::Text(shown.clone());
        let expected = [
            Piece::Start("p".to_owned(), vec![("title".to_owned(), shown)]),
            text.clone(),
            end("p"),
            start("title"),
            text.clone(),
            end("title"),
            start("svg"),
            start("text"),
            text,
            end("text"),
            end("svg"),
        ];
        for piece in expected {
            assert_eq!(found.next(), Some(piece), "{string:?}");
        }
    }
    assert_eq!(found.next(), None);
}

/// YAML and JSON parsers read the sanitized names in the front matter exactly, except that `|` becomes `/`.
#[test]
fn names_in_front_matter_stay_names() {
    let mut session = dated(&[]);
    session.details.deciders = strings(STRINGS);
    let record = written(&session, &RecordOptions { brief: true, ..RecordOptions::new(Dialect::Madr) });
    let expected: Vec<String> =
        session.details.deciders.iter().map(|name| sanitize_line(name).replace('|', "/")).collect();

    let line =
        record.lines().find_map(|line| line.strip_prefix("decision-makers: ")).expect("they are there");
    let read: Vec<String> = serde_json::from_str(line).expect("it is a list of strings");
    assert_eq!(read, expected);

    let front =
        record.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("it is first").0;
    let read = Yaml::load_from_str(front).expect("it is YAML");
    let makers = &read[0]["decision-makers"];
    assert_eq!(makers.as_vec().map(Vec::len), Some(STRINGS));
    for (index, name) in expected.iter().enumerate() {
        assert_eq!(makers[index].as_str(), Some(name.as_str()));
    }
    let keys: Vec<&str> =
        read[0].as_mapping().expect("it is a map").keys().filter_map(Yaml::as_str).collect();
    assert_eq!(keys, ["status", "date", "decision-makers", "tags", "review-by"], "no name makes a key");
}

/// JSON contains nothing that acts on a terminal, and parses back to the original text.
#[test]
fn json_holds_the_very_characters() {
    for chunk in strings(STRINGS).chunks(500) {
        let text = serde_json::to_string_pretty(chunk).expect("it can be written");
        let harmless = sanitize_json(&text);
        assert!(!harmless.contains(|it| is_hidden(it) && it != '\n'), "{harmless}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&harmless).expect("it is JSON"), chunk);
    }
    // The advice uses texts from the session unchanged.
    for string in strings(200) {
        let text = sanitize_line(&format!("x{string}x"));
        let mut session = dated(&["parts=api"]);
        session.details.title.clone_from(&text);
        session.rename_part(nth_part(&session.answers, 0), &text);
        let json = advice_json(&crate::support::sample(), &session, None).expect("it can be written");
        let read: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!((&read["title"], &read["parts"][0]["name"]), (&text.clone().into(), &text.into()));
    }
}

/// The findings of `check` quote texts and the file name, so both are escaped.
/// Windows allows no control characters in the names of files.
#[cfg(unix)]
#[test]
fn findings_as_json_are_harmless() {
    let folder = crate::cli::folder();
    let name = "a\u{202e}\u{1b}[31m.ron";
    let text = QUESTIONS.replacen("subject: \"python\"", "subject: \"p\u{202e}\u{9b}\u{200b}\"", 1);
    crate::cli::write(&folder, name, &text);
    let run = crate::cli::langfit(folder.path(), &["check", "--format", "json", name]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    assert!(!run.out.contains(|it| is_hidden(it) && it != '\n'), "{:?}", run.out);
    let read: serde_json::Value = serde_json::from_str(&run.out).expect("it is JSON");
    assert_eq!(read[0]["what"], "no candidate has the id `p\\u{202e}\\u{9b}\\u{200b}`");
    assert_eq!(read[0]["file"], "a\\u{202e}␛[31m.ron");
}

/// A tag consists only of letters, digits and hyphens, whatever the questionnaire calls its candidates.
#[test]
fn tags_are_words() {
    for string in strings(300) {
        let name = sanitize_line(&format!("{string}x")).chars().filter(|it| *it != '\\').collect::<String>();
        let text = format!(
            "(format: 2, id: \"t\", version: \"1\", title: \"T\", subject: \"a\", called: (one: {}, many: \"m\"),
             sources: [(id: \"s\", title: \"S\")], candidates: [(id: \"a\", name: \"A\"), (id: \"b\", name: \"B\")],
             questions: [(id: \"q\", title: \"Q\", ask: \"?\", why: \"w\", kind: Text)])",
            ron::to_string(&name).expect("it can be written")
        );
        let questionnaire = parse(&text);
        let record = langfit::record::render(
            &questionnaire,
            &session(&questionnaire, &[]),
            &RecordOptions::new(Dialect::Madr),
        );
        let record = record.expect("it can be written");
        let tags = record.lines().find_map(|line| line.strip_prefix("tags: [")).expect("they are there");
        let tags = tags.strip_suffix(']').expect("the list ends");
        assert!(tags.chars().all(|it| it.is_alphanumeric() || it == '-'), "{tags:?}");
    }
}
