//! Tests what a record says besides the decision: context, communication between parts, ownership and
//! citations. The look of a dialect is out of scope.

use langfit::advice::ledger;
use langfit::answers::Subject;
use langfit::wording::crossings;

use super::decided::{assert_says, record};
use crate::support::{about_three, answer_for, nth_part, parse, question, session};

#[test]
fn parts_are_said_to_be_missing_only_where_they_can_be_picked() {
    let asked = question("q", "One", "x: 3 a; y: 3 b");
    let missing = "Its parts have not been picked yet.";
    let with_parts = about_three(&(question("parts", "Parts", "k") + &asked), "");
    let mut session = session(&with_parts, &["q=x"]);
    assert_says(&record(&with_parts, &session), &[missing], &[]);
    session.assign(&with_parts, "parts=k").expect("it fits");
    session
        .answers
        .set_plan(nth_part(&session.answers, 0), langfit::answers::Plan::StaysOther("COBOL".to_owned()));
    assert_says(&record(&with_parts, &session), &["Every part stays as it is."], &[missing]);
    let without = about_three(&asked, "");
    let session = crate::support::session(&without, &["q=x"]);
    assert_says(
        &record(&without, &session),
        &["The question is which candidate to use for this system.\n"],
        &[missing],
    );
}

#[test]
fn an_owner_who_is_set_aside_owns_nothing() {
    let text = r#"(id: "own", title: "o", ask: "Who owns it?", why: "w", kind: Text, when: Is("q/x")),"#;
    let questionnaire = about_three(&(question("q", "One", "x: 3 a; y: 3 b") + text), "");
    let owned = |answer| record(&questionnaire, &session(&questionnaire, &["own=Team Claims", answer]));
    assert_says(&owned("q=x"), &["### Ownership", "Team Claims"], &[]);
    assert_says(&owned("q=y"), &[], &["### Ownership", "Team Claims"]);
}

/// Each pair of parts is named once, if the answers of either part call for it.
#[test]
fn each_pair_that_talks_is_named_once() {
    let asked = question("parts", "Parts", "api; ui") + &question("q", "One, each_part: true", "x; y: 3 b");
    let boundary = |between: &str, more: &str| {
        let text =
            format!(r#"boundaries: [(between: ({between}), by: "HTTP", because: "b", source: ["s"]{more})]"#);
        about_three(&asked, &text)
    };
    let alike = boundary(r#""api", "api""#, "");
    let three = session(&alike, &["parts=api,api,api"]).answers;
    let pairs: Vec<_> = crossings(&alike, &three).pairs.iter().map(|(from, to, _)| (*from, *to)).collect();
    assert_eq!(pairs, [("api", "api 2"), ("api", "api 3"), ("api 2", "api 3")]);

    let where_x = boundary(r#""api", "ui""#, r#", when: Is("q/x")"#);
    let mut session = session(&where_x, &["parts=api,ui"]);
    assert!(crossings(&where_x, &session.answers).pairs.is_empty());
    answer_for(&where_x, &mut session, 1, "q=x");
    assert_eq!(crossings(&where_x, &session.answers).pairs.len(), 1);
}

/// A source is listed only if the record shows something that cites it.
#[test]
fn only_what_is_said_is_cited() {
    let questionnaire = |cost: i64| {
        parse(&format!(
            r#"(format: 2, id: "cites", version: "1", title: "t", subject: "a",
            sources: [(id: "s", title: "Reasons"), (id: "far", title: "Far"), (id: "cost", title: "Costs")],
            candidates: [(id: "a", name: "A"), (id: "b", name: "B"), (id: "c", name: "C")],
            adoption: (points: {cost}, because: "cost", source: ["cost"]),
            questions: [(id: "q", title: "q", ask: "q?", why: "w", kind: One, options: [
                (id: "x", text: "x", evidence: [
                    (points: 9, candidates: ["a"], because: "r", source: ["s"]),
                    (points: 6, candidates: ["b"], because: "r", source: ["s"]),
                ], says: [(kind: Watch, text: "w", candidates: ["c"], source: ["far"])]),
                (id: "y", text: "y"),
            ])])"#
        ))
    };
    let cited = |cost| {
        let questionnaire = questionnaire(cost);
        record(&questionnaire, &session(&questionnaire, &["q=x"]))
    };
    assert_says(&cited(0), &["Reasons"], &["Far", "Costs"]);
    assert_says(&cited(2), &["Reasons", "Costs"], &["Far"]);
}

/// For each candidate, a reason cites only its sources about that candidate or about all. If there is no such
/// source, the reason cites all its sources.
#[test]
fn a_source_about_one_candidate_is_cited_for_that_one() {
    let questionnaire = parse(
        r#"(format: 2, id: "about", version: "1", title: "t", subject: "a",
        sources: [(id: "of-a", title: "t", about: ["a"]), (id: "of-b", title: "t", about: ["b"]), (id: "of-all", title: "t")],
        candidates: [(id: "a", name: "A"), (id: "b", name: "B"), (id: "c", name: "C")],
        questions: [(id: "q", title: "q", ask: "q?", why: "w", kind: One, options: [
            (id: "x", text: "x", evidence: [
                (points: 3, candidates: ["a", "b"], because: "{} does it", source: ["of-a", "of-b", "of-all"]),
                (points: 1, candidates: ["c"], because: "{} does it", source: ["of-a", "of-b"]),
            ]),
            (id: "y", text: "y"),
        ])])"#,
    );
    let session = session(&questionnaire, &["q=x"]);
    let cited = |id: &str| {
        let candidate = questionnaire.find_candidate(id).expect("it is there");
        let entries = ledger(&questionnaire, &session.answers, Subject::System, true, candidate);
        questionnaire.cite(&entries[0].sources)
    };
    assert_eq!(cited("a"), "of-a, of-all");
    assert_eq!(cited("b"), "of-b, of-all");
    assert_eq!(cited("c"), "of-a, of-b", "where none speaks of it, all stand");
}

/// For a candidate that is ruled out everywhere, the record shows the exclusion and leaves out the evidence.
#[test]
fn an_option_that_is_ruled_out_says_so() {
    let questionnaire = parse(
        r#"(format: 2, id: "out", version: "1", title: "t", subject: "a", sources: [(id: "s", title: "s")],
        candidates: [(id: "a", name: "A"), (id: "b", name: "B")],
        questions: [(id: "q", title: "q", ask: "q?", why: "w", kind: One, options: [
            (id: "x", text: "x", evidence: [(points: 3, candidates: ["b"], because: "{} is fast", source: ["s"])],
                exclusions: [(candidates: ["b"], because: "{} has no such thing", source: ["s"])]),
            (id: "y", text: "y"),
        ])])"#,
    );
    let session = session(&questionnaire, &["q=x"]);
    let said = "### B\n\n* Bad, because B has no such thing (cannot be used; s).\n";
    assert_says(&record(&questionnaire, &session), &[said], &["B is fast"]);
}
