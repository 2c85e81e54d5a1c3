//! Tests a questionnaire and a session in which every text is hostile. Each record shows the exact
//! characters and keeps its shape. The advice itself is out of scope.

use std::collections::BTreeSet;

use langfit::questionnaire::Questionnaire;
use langfit::record::{Dialect, RecordOptions, advice_json, render};
use langfit::sanitize::sanitize_line;
use langfit::session::Session;
use langfit::source::Source;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::DIALECTS;
use super::hostile::extensions;
use crate::support::html;

/// A questionnaire with one of everything. `@` is a placeholder for a text with [`MARKS`], and `%` for a name
/// with [`NAME_MARKS`].
const QUESTIONS: &str = r#"(
  format: 2, id: "hostile", version: "@", title: "@", subject: "a", called: (one: "@", many: "@"),
  sources: [(id: "s", title: "@", author: "@", date: "@", url: "javascript:@"), (id: "t", title: "@")],
  candidates: [(id: "a", name: "%"), (id: "b", name: "%"), (id: "c", name: "%", adoption: 3)],
  adoption: (points: 2, because: "@", source: ["t"]),
  questions: [
    (id: "one", section: "@", title: "@", ask: "@", why: "@", kind: One, options: [
      (id: "x", name: "@", text: "@",
        evidence: [(points: 6, candidates: ["a"], because: "@", source: ["s"]), (points: -3, candidates: ["b"], because: "@", source: ["s"]), (points: 1, candidates: ["b", "c"], because: "@", source: ["s", "t"])],
        exclusions: [(candidates: ["c"], because: "@", source: ["s"])],
        says: [(kind: Watch, text: "@", source: ["s"]), (kind: Practice, text: "@", source: ["s"]), (kind: Tension, text: "@", source: ["s"]), (kind: Review, text: "@", source: ["s"])]),
      (id: "y", name: "@", text: "@")]),
    (id: "open", title: "@", ask: "@", why: "@", kind: One, options: [(id: "x", name: "@", text: "@", evidence: [(points: 9, candidates: ["b"], because: "@", source: ["s"])]), (id: "y", text: "@")]),
    (id: "unsure", title: "@", ask: "@", why: "@", kind: Many, options: [(id: "x", name: "@", text: "@", evidence: [(points: 1, candidates: ["b"], because: "@", source: ["s"])])]),
    (id: "parts", title: "@", ask: "@", why: "@", kind: Parts, options: [
      (id: "k", name: "@", text: "@", evidence: [(points: 3, candidates: ["a"], because: "@", source: ["s"])]),
      (id: "l", name: "@", text: "@", evidence: [(points: 9, candidates: ["b"], because: "@", source: ["s"])])]),
    (id: "own", section: "@", title: "@", ask: "@", why: "@", kind: Text),
  ],
  rules: [(id: "r", when: All([Is("one/x"), Is("parts/k")]), evidence: [(points: 1, candidates: ["a"], because: "@", source: ["t"])])],
  boundaries: [(between: ("k", "l"), by: "@", because: "@", source: ["s"])],
  dimensions: [(id: "d", title: "@", facts: [(candidates: ["a"], text: "@", source: ["s"])])],
)"#;

const ANSWERS: &str = r#"(
  format: 1, questionnaire: (id: "hostile", version: "@", digest: "0"),
  title: "@", system: "@", deciders: ["%", "%"], consulted: ["%"], informed: ["%"],
  date: "2026-01-02", review_by: "2027-01-02",
  answers: [
    (question: "one", answer: Chosen(["x"]), note: "@"),
    (question: "unsure", answer: NotSure, note: "@"),
    (question: "own", answer: Text("@")),
  ],
  parts: [(kind: "k", name: "@"), (kind: "l", name: "@"), (kind: "l", name: "@", plan: StaysOther("@"))],
  decided: [
    (part: "@", candidate: "b", advised: ["a"], because: "@", date: "2026-01-02", version: "1", digest: "0"),
    (part: "second", other: "%", advised: ["a"], because: "@", date: "2026-01-02", version: "1", digest: "0"),
  ],
)"#;

/// Characters that a reader of Markdown, HTML or a template could take for more than text.
const MARKS: &str = r"<b>*y*_z_`c`[l](javascript:1)![i](j)|~~s~~#&amp;&lt; =cmd() --> <!-- {{ 7*7 }} {% if %} $x$ ||| </svg></script> \";
/// Like [`MARKS`], but without vertical bars, which a record replaces in names.
const NAME_MARKS: &str = r"<i>*n*_m_`d`[o](javascript:2)~~t~~#&amp; --> {{ 8*8 }} $y$ \";

/// Fills the placeholders with distinct texts. Returns the result and the texts.
fn filled(template: &str, hostile: bool, first: usize) -> (String, Vec<String>) {
    let (mut out, mut texts) = (String::new(), Vec::new());
    for character in template.chars() {
        let marks = match character {
            '@' => MARKS,
            '%' => NAME_MARKS,
            other => {
                out.push(other);
                continue;
            }
        };
        let number = first + texts.len();
        let text = format!("X{number}{}{number}Z", if hostile { marks } else { "word" });
        out.push_str(&text.replace('\\', "\\\\").replace('"', "\\\""));
        texts.push(text);
    }
    (out, texts)
}

struct Case {
    questionnaire: Questionnaire,
    session: Session,
    texts: Vec<String>,
}

fn case(hostile: bool) -> Case {
    let (questions, mut texts) = filled(QUESTIONS, hostile, 1000);
    let (answers, of_session) = filled(ANSWERS, hostile, 2000);
    texts.extend(of_session);
    let questionnaire = Questionnaire::parse(&Source::new("hostile.ron", questions));
    let questionnaire = questionnaire.unwrap_or_else(|rejected| panic!("{rejected}"));
    let session = Session::parse(&Source::new("session.ron", answers), &questionnaire);
    let mut session = session.unwrap_or_else(|rejected| panic!("{rejected}"));
    // The part has a generated name, so the second decision can refer to it only now.
    let second = session.answers.parts()[1].name.clone();
    session.decided.iter_mut().for_each(|it| {
        if it.part.as_deref() == Some("second") {
            it.part = Some(second.clone());
        }
    });
    Case { questionnaire, session, texts }
}

fn written(case: &Case, dialect: Dialect) -> String {
    render(&case.questionnaire, &case.session, &RecordOptions::new(dialect)).expect("it can be written")
}

/// Returns the texts that a reader sees, and the elements around them.
fn read(record: &str, dialect: Dialect) -> (Vec<String>, Vec<String>) {
    if dialect == Dialect::Html {
        let shape = html::pieces(record).into_iter().filter_map(|piece| match piece {
            html::Piece::Start(name, attributes) => {
                Some(format!("{name} {:?}", attributes.iter().map(|(name, _)| name).collect::<Vec<_>>()))
            }
            html::Piece::End(name) => Some(format!("/{name}")),
            html::Piece::Other(other) => Some(other),
            html::Piece::Text(_) => None,
        });
        return (html::texts(record), shape.collect());
    }
    let (front, body) = match record.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => (front, body),
        None => ("", record),
    };
    // Names in the front matter are JSON strings, which `records::readers` checks.
    let names =
        front.lines().filter_map(|line| serde_json::from_str::<Vec<String>>(line.split_once(": ")?.1).ok());
    let mut texts: Vec<String> = names.flatten().collect();
    let mut shape = Vec::new();
    for event in Parser::new_ext(body, extensions()) {
        match event {
            Event::Text(text) => texts.last_mut().expect("a block was begun").push_str(&text),
            Event::SoftBreak => texts.last_mut().expect("a block was begun").push(' '),
            Event::Start(tag) => {
                shape.push(format!("{tag:?}"));
                if !matches!(tag, Tag::Link { .. } | Tag::Strong | Tag::Emphasis) {
                    texts.push(String::new());
                }
            }
            Event::End(tag) => {
                if !matches!(tag, TagEnd::Link | TagEnd::Strong | TagEnd::Emphasis) {
                    texts.push(String::new());
                }
            }
            other => shape.push(format!("{other:?}")),
        }
    }
    (texts, shape)
}

/// Returns the texts that are shown. Wherever a text starts, it must continue unchanged to its end, or to “…”
/// if `cut` is set.
#[track_caller]
fn shown<'t>(seen: &[String], texts: &'t [String], cut: bool) -> BTreeSet<&'t str> {
    let mut found = BTreeSet::new();
    for text in texts {
        let begin = text.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
        for block in seen {
            for (at, _) in block.match_indices(begin) {
                let rest = &block[at..];
                let whole = rest.starts_with(text.as_str())
                    || rest.starts_with(&text.replace(", because", " because"));
                let is_cut = cut
                    && rest
                        .split('…')
                        .next()
                        .is_some_and(|start| text.starts_with(start) && start.len() < text.len());
                assert!(whole || is_cut, "{text:?} is shown as {rest:?}");
                found.insert(text.as_str());
            }
        }
    }
    found
}

#[test]
fn every_text_is_shown_as_it_is_in_every_record() {
    let (hostile, plain) = (case(true), case(false));
    for dialect in DIALECTS {
        let record = written(&hostile, dialect);
        let (seen, shape) = read(&record, dialect);
        let (_, expected) = read(&written(&plain, dialect), dialect);
        let differs = shape.iter().zip(&expected).find(|(own, plain)| own != plain);
        assert_eq!(differs, None, "{dialect:?} has another shape");
        assert_eq!(shape.len(), expected.len(), "{dialect:?} has another shape");
        // Labels in a drawing may be truncated. Everything else is complete.
        let found = shown(&seen, &hostile.texts, dialect == Dialect::Html);
        assert!(found.len() >= 12, "{dialect:?} shows {} of {}", found.len(), hostile.texts.len());
    }
}

#[test]
fn json_has_every_text_as_it_is() {
    let case = case(true);
    let json = advice_json(&case.questionnaire, &case.session, None).expect("it can be written");
    let value: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let mut seen = Vec::new();
    collect(&value, &mut seen);
    let found = shown(&seen, &case.texts, false);
    assert!(found.len() >= 25, "{} of {}", found.len(), case.texts.len());
}

fn collect(value: &serde_json::Value, into: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => into.push(sanitize_line(text)),
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, into)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| collect(value, into)),
        _ => {}
    }
}
