//! Tests questionnaires that are crafted to be expensive. Processing time must be proportional to size, and
//! the output must stay readable. Notation is out of scope.
//!
//! Each time is compared with the time for an eighth of the input in the same run. Linear growth would be a
//! factor of 8, quadratic growth a factor of 64.

use std::time::Duration;

use langfit::advice::recommend;
use langfit::questionnaire::Questionnaire;
use langfit::record::{Dialect, RecordOptions, advice_json, render};
use langfit::session::Session;
use langfit::wording::advice_text;
use serde_json::Value;

use super::{RIGHT, changed, check_questions};
use crate::cli::folder;
use crate::support::{parse, question, session};

/// Maximum ratio of times, each the best of three, when the input grows eightfold.
const GROWTH: u32 = 24;

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect()
}

/// Returns a questionnaire with this many candidates, this adoption cost and these other fields.
fn about(candidates: usize, adoption: i64, questions: &str, rest: &str) -> Questionnaire {
    let candidates = list(candidates, |at| format!(r#"(id: "c{at}", name: "C{at}"),"#));
    parse(&format!(
        r#"(format: 2, id: "work", version: "1", title: "t", subject: "c0", sources: [(id: "s", title: "s")],
        candidates: [{candidates}], adoption: (points: {adoption}, because: "r", source: ["s"]),
        questions: [{questions}], {rest})"#
    ))
}

/// Returns a session with this many parts, which alternate between two kinds, and these other answers.
fn of_parts(questionnaire: &Questionnaire, count: usize, more: &[&str]) -> Session {
    let kinds: Vec<&str> = (0..count).map(|at| if at % 2 == 0 { "k" } else { "l" }).collect();
    session(questionnaire, &[&[format!("parts={}", kinds.join(",")).as_str()], more].concat())
}

fn two_kinds() -> String {
    question("parts", "Parts", "k; l")
}

/// Returns a question whose only option has `count` items in the field `what`.
fn bringing(what: &str, count: usize, item: impl Fn(usize) -> String) -> String {
    let items = list(count, item);
    format!(
        r#"(id: "q", title: "q", ask: "q?", why: "w", kind: One, options: [(id: "x", text: "x", {what}: [{items}])]),"#
    )
}

/// Returns the CPU time of this thread, which other processes do not affect.
#[cfg(unix)]
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("no thread has worked less than nothing")
}

#[cfg(not(unix))]
fn worked() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

fn took(work: &impl Fn()) -> Duration {
    let once = || {
        let start = worked();
        work();
        worked().saturating_sub(start)
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

/// Checks that `most` items take at most [`GROWTH`] times as long as an eighth of them.
#[track_caller]
fn check_growth<W: Fn()>(most: usize, work_on: impl Fn(usize) -> W) {
    let (few, many) = (took(&work_on(most / 8)), took(&work_on(most)));
    assert!(many <= few * GROWTH, "an eighth takes {few:?}, all of it {many:?}");
}

#[test]
fn what_is_multiplied_has_a_limit() {
    let folder = folder();
    let say = r#"(kind: Watch, text: "w", source: ["s"]),"#.repeat(5001);
    check_questions(
        &folder,
        &changed(RIGHT, r#"(id: "u", text: "U")"#, &format!(r#"(id: "u", text: "U", says: [{say}])"#)),
        "3:8: the number of remarks is 5001; give 0 to 5000",
    );
    let rule = |at| format!(r#"(id: "r{at}", when: All([Is("one/x"), Is("two/u")])),"#);
    check_questions(
        &folder,
        &changed(RIGHT, "rules: [", &format!("rules: [{}", list(5000, rule))),
        "3:8: the number of rules is 5001; give 0 to 5000",
    );
    let boundary = r#"(between: ("u", "v"), by: "b", because: "b", source: ["s"]),"#.repeat(501);
    check_questions(
        &folder,
        &changed(RIGHT, "rules: [", &format!("boundaries: [{boundary}], rules: [")),
        "3:8: the number of boundaries is 501; give 0 to 500",
    );
}

#[test]
fn thousands_of_remarks_are_gone_through_once() {
    check_growth(4800, |count| {
        let remark = |at| format!(r#"(kind: Watch, text: "w{at}", source: ["s"]),"#);
        let questionnaire = about(3, 1, &(two_kinds() + &bringing("says", count, remark)), "");
        let session = of_parts(&questionnaire, 8, &["q=x"]);
        move || assert!(advice_text(&questionnaire, &session).contains("  w99 [s]"))
    });
}

#[test]
fn thousands_of_reasons_are_gone_through_once() {
    let evidence = |at: usize| {
        format!(r#"(points: {}, candidates: ["c0"], because: "r{at}", source: ["s"]),"#, 1 + at % 3)
    };
    let exclusion = |at: usize| format!(r#"(candidates: ["c1"], because: "r{at}", source: ["s"]),"#);
    let check = |what: &str, item: &dyn Fn(usize) -> String| {
        check_growth(9600, |count| {
            let questionnaire = about(3, 1, &(two_kinds() + &bringing(what, count, item)), "");
            let session = of_parts(&questionnaire, 8, &["q=x"]);
            move || {
                let record = render(&questionnaire, &session, &RecordOptions::new(Dialect::Madr));
                assert!(record.expect("it can be written").to_lowercase().contains("r2"));
            }
        });
    };
    check("evidence", &evidence);
    check("exclusions", &exclusion);
}

/// A condition that names the same question repeatedly counts as one dependency.
#[test]
fn a_condition_may_say_the_same_thousands_of_times() {
    check_growth(40_000, |count| {
        let asked = |at: usize| {
            let when = if at == 0 { String::new() } else { format!(r#", when: Is("q{}/x")"#, at - 1) };
            question(&format!("q{at}"), &format!("One{when}"), "x: 1 c0; y: 1 c1")
        };
        let same = r#"Is("q299/x"),"#.repeat(count);
        let last = question("last", &format!("One, when: Any([{same}])"), "x: 1 c0; y: 1 c1");
        let questions = list(300, asked) + &last;
        move || assert_eq!(about(3, 1, &questions, "").questions().len(), 301)
    });
}

/// Every candidate of every part has a ledger, so a long ledger is cut off and says what it leaves out.
#[test]
fn ledgers_of_everything_say_what_they_leave_out() {
    let all = list(64, |at| format!("\"c{at}\","));
    let line = |at| format!(r#"(points: 2, candidates: [{all}], because: "r{at}", source: ["s"]),"#);
    let questionnaire = about(64, 1, &(two_kinds() + &bringing("evidence", 100, line)), "");
    let text = advice_json(&questionnaire, &of_parts(&questionnaire, 64, &["q=x"]), None)
        .expect("it can be written");
    let json: Value = serde_json::from_str(&text).expect("it is JSON");
    let standing = &json["parts"][63]["ranking"][63];
    let lines = standing["ledger"].as_array().expect("it is a list");
    assert_eq!(lines.len(), 48);
    let left_out = serde_json::json!({ "exclusions": 0, "lines": 52, "points": 104 });
    assert_eq!(standing["left_out"], left_out);
    assert!(lines.iter().all(|line| line["points"] == 2) && standing["score"] == 200);
}

#[test]
fn kits_that_tie_are_counted_rather_than_listed() {
    let kinds = |count| (0..count).map(|at| format!("k{at}: 0 c0")).collect::<Vec<_>>().join(";");
    let questionnaire = about(16, 0, &question("parts", "Parts", &kinds(12)), "");
    let picked: Vec<String> = (0..12).map(|at| format!("k{at}")).collect();
    let session = session(&questionnaire, &[&format!("parts={}", picked.join(","))]);
    let kits = recommend(&questionnaire, &session.answers).kits;
    let text = advice_json(&questionnaire, &session, None).expect("it can be written");
    let json: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(json["kit"]["best_count"], kits.best.len());
    assert_eq!(json["kit"]["best"].as_array().map(Vec::len), Some(100));
    assert_eq!(json["kit"]["by_size_counts"][1], 120);
    assert_eq!(json["kit"]["by_size"][1].as_array().map(Vec::len), Some(100));
    assert!(text.len() < 1_000_000, "{} bytes", text.len());
}

#[test]
fn too_many_communicating_pairs_are_only_counted() {
    let boundary = r#"(between: ("k", "l"), by: "HTTP", because: "b", source: ["s"]),"#.repeat(500);
    let questionnaire = about(2, 1, &two_kinds(), &format!("boundaries: [{boundary}]"));
    let session = of_parts(&questionnaire, 64, &[]);
    let text = advice_text(&questionnaire, &session);
    assert!(text.contains("\n  And 511700 more pairs.\n"), "{}", text.len());
    assert!(text.len() < 200_000, "{} bytes", text.len());
    let record =
        render(&questionnaire, &session, &RecordOptions::new(Dialect::Madr)).expect("it can be written");
    assert!(record.contains("\n\nand 511700 more pairs\n"));
    let json = advice_json(&questionnaire, &session, None).expect("it can be written");
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["boundaries_left_out"], 511_700);
    assert_eq!(json["boundaries"].as_array().map(Vec::len), Some(300));
}
