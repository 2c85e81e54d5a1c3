//! Tests that a record describes decisions and answers correctly. The look of a dialect is out of scope.

use langfit::answers::Subject;
use langfit::questionnaire::{CandidateSet, Questionnaire};
use langfit::record::{Dialect, RecordOptions, render};
use langfit::session::{Chosen, Session};

use crate::support::{about_three, answer_for, nth_part, question, session};

/// Returns the record of a session in the most detailed dialect.
#[track_caller]
pub fn record(questionnaire: &Questionnaire, session: &Session) -> String {
    render(questionnaire, session, &RecordOptions::new(Dialect::Madr)).expect("it can be written")
}

/// Checks what a record contains and what it does not.
#[track_caller]
pub fn assert_says(record: &str, says: &[&str], says_not: &[&str]) {
    for piece in says {
        assert!(record.contains(piece), "it does not say: {piece}\n{record}");
    }
    for piece in says_not {
        assert!(!record.contains(piece), "it says: {piece}\n{record}");
    }
}

/// Returns a questionnaire in which A is best for the API, B is best for the user interface, and C has few
/// points for both.
fn kit() -> Questionnaire {
    let costs = r#"adoption: (points: 1, because: "r", source: ["s"])"#;
    about_three(&question("parts", "Parts", "api: 9 a, 1 c; ui: 9 b, 1 c; cli"), costs)
}

/// Returns the record of a team that decided for these candidates, one per part.
fn decided(questionnaire: &Questionnaire, parts: &str, chosen: &[&str]) -> String {
    let mut session = session(questionnaire, &[parts]);
    for (part, id) in session.answers.part_ids().zip(chosen) {
        let chosen = questionnaire.find_candidate(id).expect("it is there");
        let advised = CandidateSet::only(chosen);
        let day = "2026-11-21".parse().expect("a day");
        session.decide(
            questionnaire,
            Subject::Part(part),
            (Chosen::of(questionnaire, chosen), advised),
            "We like it.",
            day,
        );
    }
    record(questionnaire, &session)
}

/// The figures of a decided kit follow its actual assignment, not the best assignment of its members.
#[test]
fn a_decided_kit_has_the_figures_of_its_own_assignment() {
    let kit = kit();
    let good = "* Good, because it is 8 points better than A for every part (16 points and 8).\n";
    assert_says(&decided(&kit, "parts=api,ui", &["a", "b"]), &[good], &[]);
    let bad = "* Bad, because it is 10 points worse than A for every part (-2 points and 8).\n";
    assert_says(
        &decided(&kit, "parts=api,ui", &["b", "a"]),
        &[bad, "adoption cost 2"],
        &["Good, because it is"],
    );
}

/// Every kit of two can be weighed, even one that the advice did not keep.
#[test]
fn a_decided_kit_that_was_not_advised_is_weighed_too() {
    let record = decided(&kit(), "parts=api,ui", &["c", "b"]);
    let level = "* Neutral, because it is tied with A for every part (8 points and 8).\n";
    assert_says(&record, &[level], &["did not look at"]);
}

/// A choice without any evidence is still a decision.
#[test]
fn a_decision_without_reasons_is_not_called_undecided() {
    let record = decided(&about_three(&question("parts", "Parts", "api"), ""), "parts=api", &["c"]);
    let consequences = "### Consequences\n\n* Neutral, because no answer counts against it.\n";
    assert_says(&record, &["status: proposed", consequences], &["nothing has been decided yet"]);
}

/// The table calls a part settled only if the kit's choice for the part is also the leader of the part.
#[test]
fn a_table_calls_only_leaders_settled() {
    let costs = r#"adoption: (points: 6, because: "r", source: ["s"])"#;
    let questionnaire = about_three(&question("parts", "Parts", "api: 3 b; ui: 9 a"), costs);
    let record = record(&questionnaire, &session(&questionnaire, &["parts=api,ui"]));
    assert_says(
        &record,
        &[
            "| api | A | B, 3 points ahead | best for all parts together |",
            "| ui | A | B and C, 9 points behind | all questions answered, first in ",
        ],
        &[],
    );
}

/// Returns a questionnaire with two questions that each part can answer for itself. The second is asked
/// only after `p=x`.
fn by_part() -> Questionnaire {
    let asked = question("p", "One, each_part: true", "x: 3 a; y: 3 b")
        + &question("q", "One, each_part: true, when: Is(\"p/x\")", "x: 1 a; y: 1 b");
    about_three(&(question("parts", "Parts", "api; ui") + &asked), "")
}

/// Answers of single parts are decision drivers even if the answer for all parts is "not sure".
#[test]
fn answers_of_parts_are_drivers() {
    let questionnaire = by_part();
    let mut session = session(&questionnaire, &["parts=api,ui", "p=?"]);
    answer_for(&questionnaire, &mut session, 0, "p=x");
    answer_for(&questionnaire, &mut session, 1, "p=y");
    let p = questionnaire.find("p").expect("it is there");
    session.answers.given_mut(p).emphasis = langfit::answers::Emphasis::Double;
    let record = record(&questionnaire, &session);
    assert_says(&record, &["\n* p: “x” for api; “y” for ui (counts double)\n"], &["p? (not sure)"]);
}

/// Answers of staying parts are not drivers, and neither are hidden answers.
#[test]
fn only_answers_that_count_are_drivers() {
    let questionnaire = by_part();
    let mut session = session(&questionnaire, &["parts=api,api,ui"]);
    for (part, answer) in [(0, "p=x"), (0, "q=x"), (1, "p=y"), (2, "p=y"), (2, "q=y")] {
        answer_for(&questionnaire, &mut session, part, answer);
    }
    session
        .answers
        .set_plan(nth_part(&session.answers, 1), langfit::answers::Plan::StaysOther("D".to_owned()));
    let record = record(&questionnaire, &session);
    assert_says(
        &record,
        &["\n* p: “x” for api; “y” for ui\n", "\n* q: “x” for api\n"],
        &["for api 2", "p? ("],
    );
}

/// Assumptions name the parts that they apply to.
#[test]
fn assumptions_are_those_of_their_parts() {
    let questionnaire = by_part();
    let mut session = session(&questionnaire, &["parts=api,ui", "p=x", "q=?"]);
    answer_for(&questionnaire, &mut session, 0, "p=?");
    assert_says(
        &record(&questionnaire, &session),
        &["\n* p: “x”; not sure for api\n", "\n* p? (not sure for api)\n", "\n* q? (not sure)\n"],
        &["(open"],
    );
    answer_for(&questionnaire, &mut session, 0, "p=x");
    session.assign(&questionnaire, "q=").expect("it fits");
    answer_for(&questionnaire, &mut session, 1, "q=?");
    let open = "\n* q? (open for api; not sure for ui)\n";
    assert_says(&record(&questionnaire, &session), &[open], &["p? ("]);
}

/// An answer for all parts is not a driver if every part overrides it.
#[test]
fn an_answer_that_no_part_keeps_is_no_driver() {
    let questionnaire = by_part();
    let mut session = session(&questionnaire, &["parts=api,ui", "p=x"]);
    answer_for(&questionnaire, &mut session, 0, "p=y");
    let keeps = "\n* p: \u{201c}x\u{201d}; \u{201c}y\u{201d} for api\n";
    assert_says(&record(&questionnaire, &session), &[keeps], &[]);
    answer_for(&questionnaire, &mut session, 1, "p=y");
    let own = "\n* p: \u{201c}y\u{201d} for api; \u{201c}y\u{201d} for ui\n";
    assert_says(&record(&questionnaire, &session), &[own], &[]);
}

/// If the choice is not the best candidate, the record lists the arguments for the best one.
#[test]
fn what_is_given_up_is_a_consequence() {
    let record = decided(&about_three(&question("parts", "Parts", "api: 9 a, 1 c"), ""), "parts=api", &["c"]);
    let given_up = "* Bad, because the choice goes against an argument for A: 9 for a (+9; s).\n";
    let says = [
        "questionnaire recommends A for the api, 8 points ahead of C",
        "| api | C | A | A, 8 points ahead |",
        given_up,
    ];
    assert_says(&record, &says, &[]);
}

/// If the choice is settled, the record lists no arguments for its rivals.
#[test]
fn a_settled_choice_lists_no_advantages_of_rivals() {
    let questionnaire = about_three(&question("parts", "Parts", "api: 9 a, 1 c"), "");
    let mut session = session(&questionnaire, &["parts=api"]);
    assert_says(
        &record(&questionnaire, &session),
        &["| api | A | C, 8 points behind | all questions answered, first in "],
        &["goes against an argument"],
    );
    let open = question("parts", "Parts", "api: 9 a, 1 c") + &question("q", "One", "x; y: 9 c");
    let open = about_three(&open, "");
    session = crate::support::session(&open, &["parts=api"]);
    let given_up = "the choice goes against an argument for C: 1 for c";
    assert_says(&record(&open, &session), &["| not settled, first in ", given_up], &[]);
}

/// The record names the open questions that can change the recommendation, and plans a review once they are
/// answered.
#[test]
fn a_decision_names_the_answers_that_it_is_made_without() {
    let asked = question("parts", "Parts", "api: 9 a, 1 c") + &question("q", "One", "x; y: 9 c");
    let record = decided(&about_three(&asked, ""), "parts=api", &["a"]);
    let says = [
        "Decided without the answers to q, which can still change the recommendation for the api.\n",
        "The team will review the decision once q is answered.\n",
    ];
    assert_says(&record, &says, &[]);
}

/// If an answer lifted the exclusion of the choice, the record calls the choice unusual and says why.
#[test]
fn what_an_answer_lifted_is_a_consequence() {
    let unusual = r#"exclusions: [(candidates: ["a"], unless: [Is("fact/yes")], because: "{} is slow", source: ["s"])]"#;
    let parts =
        question("parts", "Parts", "api: 9 a").replacen("evidence: [", &format!("{unusual}, evidence: ["), 1);
    let fact = question("fact", "One", "yes; no").replacen("kind: One", "kind: One, hard: true", 1);
    let questionnaire = about_three(&(fact + &parts), "");
    let lifted = "* Bad, because the choice is unusual here: A is slow (s).\n";
    assert_says(
        &record(&questionnaire, &session(&questionnaire, &["parts=api", "fact=yes"])),
        &[lifted],
        &[],
    );
    let plain = record(&questionnaire, &session(&questionnaire, &["parts=api", "fact=no"]));
    assert_says(&plain, &["A for the api: unusual here; A is slow"], &["because unusual here"]);
}

/// A table cell is never empty, because some Markdown readers do not recognize a table with empty cells.
#[test]
fn a_table_says_none_if_no_rival_is_left() {
    let out = r#"exclusions: [(candidates: ["b", "c"], because: "{} cannot", source: ["s"])], evidence: ["#;
    let parts = question("parts", "Parts", "api: 9 a").replacen("evidence: [", out, 1);
    let questionnaire = about_three(&parts, "");
    assert_says(
        &record(&questionnaire, &session(&questionnaire, &["parts=api"])),
        &["| api | A | none | "],
        &["|  |"],
    );
}

/// Each language is named once with its parts; only the last one follows "and".
#[test]
fn three_choices_make_one_sentence() {
    let questionnaire = about_three(&question("parts", "Parts", "api: 9 a; ui: 9 b; job: 9 c"), "");
    let session = session(&questionnaire, &["parts=api,ui,job"]);
    assert_says(
        &record(&questionnaire, &session),
        &["We propose to use A for the api, B for the ui, and C for the job."],
        &[", and B"],
    );
}

/// Only some parts are decided, so the decisions are listed one by one below the team's reason.
#[test]
fn a_reason_is_quoted_once() {
    let questionnaire = kit();
    let mut session = session(&questionnaire, &["parts=api,ui"]);
    let chosen = questionnaire.find_candidate("a").expect("it is there");
    let part = session.answers.part_ids().next().expect("there are two");
    session.decide(
        &questionnaire,
        Subject::Part(part),
        (Chosen::of(&questionnaire, chosen), CandidateSet::only(chosen)),
        "We like it.",
        "2026-11-21".parse().expect("a day"),
    );
    for dialect in [Dialect::Madr, Dialect::Html] {
        let record =
            render(&questionnaire, &session, &RecordOptions::new(dialect)).expect("it can be written");
        assert_eq!(record.matches("We like it.").count(), 1, "{record}");
        assert_eq!(record.matches("Decided: A for").count(), 1, "{record}");
    }
}

#[test]
fn a_page_leaves_room_for_signatures_until_it_is_accepted() {
    let questionnaire = kit();
    let mut session = session(&questionnaire, &["parts=api,ui"]);
    let page = |session: &Session| {
        render(&questionnaire, session, &RecordOptions::new(Dialect::Html)).expect("it is written")
    };
    assert!(!page(&session).contains("Signature"), "nobody is named");
    session.details.deciders = vec!["Ada".to_owned(), "Bob".to_owned()];
    let proposed = page(&session);
    assert!(
        proposed.contains("To be decided by") && proposed.contains("<tr><th scope=\"row\">Bob</th><td></td>")
    );
    for part in session.answers.part_ids() {
        let chosen = questionnaire.find_candidate("a").expect("it is there");
        let choice = (Chosen::of(&questionnaire, chosen), CandidateSet::only(chosen));
        let day = "2026-11-21".parse().expect("a day");
        session.decide(&questionnaire, Subject::Part(part), choice, "We like it.", day);
        session.details.accepted = Some(day);
    }
    let accepted = page(&session);
    assert!(accepted.contains("Decided by") && !accepted.contains("Signature"), "{accepted}");
}

#[test]
fn a_page_gives_no_reason_for_a_choice_that_is_open() {
    let questionnaire = kit();
    for (parts, is_chosen) in [("parts=api,ui", true), ("parts=cli", false)] {
        let session = session(&questionnaire, &[parts]);
        let page =
            render(&questionnaire, &session, &RecordOptions::new(Dialect::Html)).expect("it is written");
        assert_eq!(page.contains("<p>Chosen because "), is_chosen, "{parts}: {page}");
    }
}
