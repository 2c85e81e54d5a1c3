//! Tests renamed ids: data saved under an old id is read as if it had been saved under the new one.

use langfit::answers::{Answer, Subject};
use langfit::questionnaire::{OptionSet, Questionnaire};
use langfit::session::{Chosen, Session};
use langfit::source::Source;

use super::support::{about_three_text, parse, question};

/// Returns the same questionnaire before and after its author renamed a kind of part, a question, an option
/// and a candidate.
fn renamed() -> [Questionnaire; 2] {
    let asked = question("parts", "Parts", "api: 3 a")
        + &question("load", "One, each_part: true", "low: 1 b; high: 3 c");
    let before = about_three_text(&asked, "");
    let mut after = before.clone();
    for (old, new) in [("api", "service"), ("load", "traffic"), ("high", "heavy"), ("c", "d")] {
        let (id, renamed) = (format!("(id: \"{old}\""), format!("(id: \"{new}\", aliases: [\"{old}\"]"));
        assert!(after.contains(&id), "{id}");
        after = after.replacen(&id, &renamed, 1);
    }
    [parse(&before), parse(&after)]
}

#[test]
fn a_session_goes_on_under_the_new_ids() {
    let [before, after] = renamed();
    let mut session = Session::new(&before);
    for answer in ["parts=api,api", "load=low"] {
        session.assign(&before, answer).expect("it fits");
    }
    let first = session.answers.part_ids().next().expect("it is picked");
    let load = before.find("load").expect("it is there");
    let high = before[load].find("high").expect("it is there");
    session.answers.set(load, Subject::Part(first), Answer::Chosen(OptionSet::only(high)));
    let chosen = before.find_candidate("c").expect("it is there");
    let advised = langfit::questionnaire::CandidateSet::only(chosen);
    let day = "2026-11-29".parse().expect("a day");
    session.decide(&before, Subject::Part(first), (Chosen::of(&before, chosen), advised), "So.", day);
    let saved = session.to_ron(&before).expect("it can be written");

    let read = Session::parse(&Source::new("s.ron", saved), &after).expect("it is still read");
    assert!(read.orphans.is_empty(), "{:?}", read.orphans);
    let again = read.to_ron(&after).expect("it can be written");
    for new in ["\"traffic\"", "\"heavy\"", "\"service\""] {
        assert!(again.contains(new), "{new} is missing in\n{again}");
    }
    let decision = read.decision(Subject::Part(first)).expect("it was decided");
    let candidate = decision.chosen.candidate(&after);
    assert_eq!(candidate, after.find_candidate("d"));
}

#[test]
fn an_answer_may_be_given_under_an_old_id() {
    let [_, after] = renamed();
    let mut session = Session::new(&after);
    session.assign(&after, "load=high").expect("both are known");
    let traffic = after.find("traffic").expect("it is there");
    let heavy = after[traffic].find("heavy").expect("it is there");
    assert_eq!(*session.answers.answer(traffic, Subject::System), Answer::Chosen(OptionSet::only(heavy)));
}

/// An alias must not be the current id of another item.
#[test]
fn an_alias_must_not_be_the_id_of_another_item() {
    let asked = question("p", "One", "x; y")
        + &question("q", "One", "x; y").replacen("(id: \"q\"", "(id: \"q\", aliases: [\"p\"]", 1);
    let rejected =
        Questionnaire::parse(&Source::new("q.ron", about_three_text(&asked, ""))).expect_err("it is wrong");
    assert!(rejected.diagnostics[0].what.contains("the question id `p` is used twice"), "{rejected}");
}
