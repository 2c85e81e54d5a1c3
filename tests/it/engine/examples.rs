//! Tests single definitions of the engine, each on the smallest sheet that shows it. Must not repeat what
//! the property tests cover.

use langfit::advice::{Advice, Role, Settled, recommend, remarks, role};
use langfit::answers::{Answer, Answers, Emphasis, Plan, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, OptionSet, Questionnaire};

use super::reference::{Used, World, assignments};
use crate::support::{about_three, answer_for, ids, nth_part, of_part, parse, question, session};

/// `extra` is asked only after `need=x`. A rule adds points for `a` after `need=x`, unless `extra=x`.
const SMALL: &str = r#"(
    format: 2, id: "small", version: "1", title: "t", subject: "a",
    sources: [(id: "s", title: "s")],
    candidates: [(id: "a", name: "a"), (id: "b", name: "b")],
    adoption: (points: 5, because: "r", source: ["s"]),
    questions: [
        (id: "need", title: "t", ask: "a", why: "w", kind: One, options: [
            (id: "x", text: "x", evidence: [(points: 3, candidates: ["a"], because: "r", source: ["s"])]),
            (id: "y", text: "y",
                evidence: [(points: 1, candidates: ["b"], because: "r", source: ["s"])],
                exclusions: [(candidates: ["a"], because: "r", source: ["s"])]),
        ]),
        (id: "extra", title: "t", ask: "a", why: "w", kind: One, when: Is("need/x"), options: [
            (id: "x", text: "x", evidence: [(points: 6, candidates: ["b"], because: "r", source: ["s"])]),
            (id: "y", text: "y"),
        ]),
        (id: "team", title: "t", ask: "a", why: "w", kind: Candidates(
            many: true, chosen: (waives_adoption: true),
        ), when: Not(Is("extra/x"))),
        (id: "parts", title: "t", ask: "a", why: "w", kind: Parts, options: [
            (id: "k", text: "k", evidence: [(points: 1, candidates: ["b"], because: "r", source: ["s"])]),
        ]),
    ],
    rules: [(id: "rule", when: All([Is("need/x"), Not(Is("extra/x"))]),
        evidence: [(points: 2, candidates: ["a"], because: "r", source: ["s"])])],
)"#;

/// Checks the ranking of the only part, or of the system as a whole, in the form `a 3, b 0, c out 7`.
#[track_caller]
fn check(questionnaire: &Questionnaire, answers: &Answers, expected: &str) -> Advice {
    let advice = recommend(questionnaire, answers);
    let [part] = advice.parts.as_slice() else { panic!("there is more than one part to decide") };
    let entries = part.ranking.iter().map(|it| {
        let out = if it.is_alive() { "" } else { "out " };
        format!("{} {out}{}", questionnaire[it.candidate].id, it.score)
    });
    assert_eq!(entries.collect::<Vec<_>>().join(", "), expected);
    advice
}

/// Checks the ranking on [`SMALL`] with an emphasis on one question.
#[track_caller]
fn check_small(assignments: &[&str], (question, emphasis): (&str, Emphasis), expected: &str) {
    let questionnaire = parse(SMALL);
    let mut answers = session(&questionnaire, assignments).answers;
    let question = questionnaire.find(question).expect("the question exists");
    answers.given_mut(question).emphasis = emphasis;
    check(&questionnaire, &answers, expected);
}

/// Ignoring an answer removes its points and keeps its exclusions in force.
#[test]
fn ignored_answers_keep_their_exclusions() {
    check_small(&["need=y"], ("need", Emphasis::Normal), "b -4, a out -5");
    check_small(&["need=y"], ("need", Emphasis::Ignored), "b -5, a out -5");
}

/// Doubling an answer doubles its own points. A rule takes the smallest emphasis among its answers.
#[test]
fn a_rule_has_the_smallest_emphasis_of_its_answers() {
    check_small(&["need=x", "extra=y"], ("need", Emphasis::Normal), "a 0, b -5");
    check_small(&["need=x", "extra=y"], ("need", Emphasis::Double), "a 3, b -5");
    check_small(&["need=x", "extra=y"], ("extra", Emphasis::Ignored), "a -2, b -5");
}

/// An emphasis without an answer has no effect.
#[test]
fn emphasis_without_an_answer_counts_for_nothing() {
    check_small(&["need=x"], ("extra", Emphasis::Ignored), "a 0, b -5");
    check_small(&["need=x", "extra=?"], ("extra", Emphasis::Ignored), "a 0, b -5");
    check_small(&["need=x", "extra=-"], ("extra", Emphasis::Ignored), "a 0, b -5");
}

/// Withdrawing an answer resets its emphasis. The next answer counts once, as the outlook assumes for open
/// questions.
#[test]
fn emphasis_does_not_outlive_its_answer() {
    let questionnaire = parse(SMALL);
    let need = questionnaire.find("need").expect("it is there");
    for nothing in [Answer::Open, Answer::NotSure, Answer::Chosen(OptionSet::EMPTY)] {
        let mut answers = session(&questionnaire, &["need=x", "extra=y"]).answers;
        answers.given_mut(need).emphasis = Emphasis::Double;
        let x = answers.answer(need, Subject::System).clone();
        answers.set(need, Subject::System, Answer::NotApplicable);
        answers.set(need, Subject::System, x.clone());
        check(&questionnaire, &answers, "a 3, b -5");
        answers.set(need, Subject::System, nothing);
        assert_eq!(answers.given(need).emphasis, Emphasis::Normal);
        answers.set(need, Subject::System, x);
        check(&questionnaire, &answers, "a 0, b -5");
    }
}

/// One emphasis covers the answer for all parts and each part's own answer. It stays until the last of them
/// is withdrawn.
#[test]
fn emphasis_stays_while_a_part_has_an_answer() {
    let asked = question("q", "One, each_part: true", "x: 3 a; y: 2 b");
    let questionnaire = about_three(&(question("parts", "Parts", "k") + &asked), "");
    let mut session = session(&questionnaire, &["parts=k,k", "q=x"]);
    let q = questionnaire.find("q").expect("it is there");
    answer_for(&questionnaire, &mut session, 1, "q=y");
    session.answers.given_mut(q).emphasis = Emphasis::Double;
    session.assign(&questionnaire, "q=?").expect("it fits");
    assert_eq!(session.answers.given(q).emphasis, Emphasis::Double);
    session.answers.set(q, of_part(&session.answers, 1), Answer::Open);
    assert_eq!(session.answers.given(q).emphasis, Emphasis::Normal);
}

/// The emphasis is reset when a part's own answer is withdrawn or removed together with its part.
#[test]
fn emphasis_goes_with_the_answer_of_a_part() {
    let asked = question("q", "One, each_part: true", "x: 3 a; y: 2 b");
    let questionnaire = about_three(&(question("parts", "Parts", "k") + &asked), "");
    let q = questionnaire.find("q").expect("it is there");
    let mut before = session(&questionnaire, &["parts=k,k"]);
    answer_for(&questionnaire, &mut before, 1, "q=x");
    before.answers.given_mut(q).emphasis = Emphasis::Double;
    let goes = |change: &dyn Fn(&mut langfit::session::Session)| {
        let mut session = before.clone();
        change(&mut session);
        assert_eq!(session.answers.given(q).emphasis, Emphasis::Normal);
    };
    goes(&|session| session.answers.take_back(q, nth_part(&session.answers, 1)));
    goes(&|session| _ = session.answers.remove_part(nth_part(&session.answers, 1)));
    goes(&|session| session.assign(&questionnaire, "parts=k").expect("it fits"));
}

/// A question answered with "does not apply" has no option chosen, so `Is` fails and its negation holds.
#[test]
fn what_does_not_apply_satisfies_no_literal() {
    check_small(&["need=-", "extra=x"], ("need", Emphasis::Normal), "a -5, b -5");
    check_small(&["need=x", "extra=-"], ("need", Emphasis::Normal), "a 0, b -5");
}

/// A candidate that the team runs has no adoption cost, and emphasis does not change that.
#[test]
fn the_team_stack_waives_the_adoption_cost() {
    check_small(&["team=b"], ("team", Emphasis::Normal), "b 0, a -5");
    check_small(&["team=b"], ("team", Emphasis::Ignored), "b 0, a -5");
    check_small(&["need=x", "extra=x", "team=b"], ("team", Emphasis::Normal), "b 1, a -2");
}

/// A candidate has no adoption cost if a staying part is written in it. The staying part is not ranked.
#[test]
fn a_staying_part_waives_the_adoption_cost() {
    let questionnaire = parse(SMALL);
    let mut answers = session(&questionnaire, &["parts=k,k"]).answers;
    answers.set_plan(nth_part(&answers, 1), Plan::StaysIn(CandidateId::from_index(0)));
    check(&questionnaire, &answers, "a 0, b -4");
    answers.set_plan(nth_part(&answers, 1), Plan::StaysOther("a".to_owned()));
    check(&questionnaire, &answers, "b -4, a -5");
}

/// If an open question can hide the waiver question, the waiver may be lost, so nothing is settled.
#[test]
fn a_waiver_that_an_open_question_can_hide_settles_nothing() {
    let questionnaire = parse(SMALL);
    let answers = session(&questionnaire, &["need=x", "team=a"]).answers;
    let advice = check(&questionnaire, &answers, "a 5, b -5");
    assert_eq!(advice.parts[0].settled, Settled::Open);
    let answers = session(&questionnaire, &["need=x", "extra=y", "team=a"]).answers;
    let advice = check(&questionnaire, &answers, "a 5, b -5");
    assert_eq!(
        advice.parts[0].settled,
        Settled::Proven { rival: Some(CandidateId::from_index(1)), behind: 10 }
    );
}

/// A kit of two languages is left out if one language serves both parts better.
#[test]
fn a_size_without_use_is_left_out() {
    let questionnaire = parse(
        r#"(format: 2, id: "kit", version: "1", title: "t", subject: "a", sources: [(id: "s", title: "s")],
        candidates: [(id: "a", name: "a"), (id: "b", name: "b"), (id: "c", name: "c")],
        adoption: (points: 6, because: "r", source: ["s"]),
        questions: [(id: "parts", title: "t", ask: "a", why: "w", kind: Parts, options: [
            (id: "k", text: "k", evidence: [
                (points: 20, candidates: ["a"], because: "r", source: ["s"]),
                (points: 10, candidates: ["b"], because: "r", source: ["s"]),
            ]),
            (id: "l", text: "l", evidence: [
                (points: 20, candidates: ["a"], because: "r", source: ["s"]),
                (points: 10, candidates: ["c"], because: "r", source: ["s"]),
            ]),
        ])])"#,
    );
    let advice = recommend(&questionnaire, &session(&questionnaire, &["parts=k,l"]).answers);
    let sizes: Vec<_> = advice.kits.by_size.iter().map(|kits| kits[0].candidates.len()).collect();
    assert_eq!(sizes, [1]);
    // A second language with equal fit and more cost adds nothing either.
    let advice = recommend(&questionnaire, &session(&questionnaire, &["parts=k,k"]).answers);
    let sizes: Vec<_> = advice.kits.by_size.iter().map(|kits| kits[0].candidates.len()).collect();
    assert_eq!(sizes, [1]);
    assert_eq!(ids(&questionnaire, advice.kits.best[0].candidates), ["a"]);
}

/// With more than 20 candidates, the search covers kits of up to four. `exact` is false if a larger kit
/// could be useful.
#[test]
fn many_candidates_are_searched_up_to_four() {
    check_many(3, true, 3);
    check_many(4, true, 4);
    check_many(5, false, 4);
}

#[track_caller]
fn check_many(parts: usize, exact: bool, looked_up_to: usize) {
    let candidate = |index: usize| format!("(id: \"c{index}\", name: \"c\"),");
    let candidates: String = (0..21).map(candidate).collect();
    let kind = |(id, step): (&str, usize)| {
        let line = |index: usize| {
            let points = index * step % 23;
            format!("(points: {points}, candidates: [\"c{index}\"], because: \"r\", source: [\"s\"]),")
        };
        let evidence: String = (0..21).map(line).collect();
        format!("(id: {id:?}, text: \"t\", evidence: [{evidence}]),")
    };
    let kinds = [("k", 3), ("l", 5), ("m", 11), ("n", 7), ("o", 13)];
    let picked: Vec<&str> = kinds.iter().take(parts).map(|(id, _)| *id).collect();
    let kinds: String = kinds.into_iter().map(kind).collect();
    let questionnaire = parse(&format!(
        r#"(format: 2, id: "many", version: "1", title: "t", subject: "c0", sources: [(id: "s", title: "s")],
        candidates: [{candidates}], adoption: (points: 4, because: "r", source: ["s"]),
        questions: [(id: "parts", title: "t", ask: "a", why: "w", kind: Parts, options: [{kinds}])])"#
    ));
    let answers = session(&questionnaire, &[&format!("parts={}", picked.join(","))]).answers;
    let advice = recommend(&questionnaire, &answers);
    assert_eq!((advice.kits.exact, advice.kits.looked_up_to), (exact, looked_up_to), "{parts} parts");
    let today = |part| World::today(&questionnaire, &answers, Subject::Part(part));
    let places: Vec<_> = answers.part_ids().map(|part| today(part).places(false)).collect();
    let used = assignments(&places, advice.costs.values().as_slice());
    for (size, kits) in (1..).zip(&advice.kits.by_size) {
        let nets = used.iter().filter(|used| used.candidates.len() == size).map(Used::net);
        assert_eq!(Some(kits[0].net()), nets.max(), "kits of {size}");
    }
    assert_eq!(advice.kits.by_size.len(), looked_up_to);
    let searched = used.iter().filter(|used| used.candidates.len() <= looked_up_to);
    assert_eq!(Some(advice.kits.best[0].net()), searched.map(Used::net).max());
}

/// If there are too many coupled answers to enumerate, only a bound can prove that a part is settled. Without
/// such a proof, the part is `NotProven`, never `Open`. Here a rule couples every pair of options.
#[test]
fn too_many_joint_answers_are_bounded() {
    let questionnaire = |lead: i64| {
        let option = |index| {
            format!(
                "(id: \"o{index}\", text: \"o\", evidence: \
                 [(points: 1, candidates: [\"b\"], because: \"r\", source: [\"s\"])]),"
            )
        };
        let options: String = (0..17).map(option).collect();
        let rule = |(one, other)| {
            format!(
                "(id: \"r{one}-{other}\", when: All([Is(\"many/o{one}\"), Is(\"many/o{other}\")]), evidence: \
                 [(points: 1, candidates: [\"a\"], because: \"r\", source: [\"s\"])]),"
            )
        };
        let pairs = (0..17).flat_map(|one| (one + 1..17).map(move |other| (one, other)));
        let rules: String = pairs.map(rule).collect();
        parse(&format!(
            r#"(format: 2, id: "wide", version: "1", title: "t", subject: "a", sources: [(id: "s", title: "s")],
            candidates: [(id: "a", name: "a"), (id: "b", name: "b")],
            questions: [
                (id: "lead", title: "t", ask: "a", why: "w", kind: One, options: [(id: "x", text: "x", evidence:
                    [(points: {lead}, candidates: ["a"], because: "r", source: ["s"])])]),
                (id: "many", title: "t", ask: "a", why: "w", kind: Many, skippable: false, options: [{options}]),
            ],
            rules: [{rules}])"#
        ))
    };
    let settled = |lead| {
        let questionnaire = questionnaire(lead);
        let answers = session(&questionnaire, &["lead=x"]).answers;
        recommend(&questionnaire, &answers).parts[0].settled
    };
    assert_eq!(settled(20), Settled::Proven { rival: Some(CandidateId::from_index(1)), behind: 3 });
    assert_eq!(settled(17), Settled::NotProven);
    assert_eq!(settled(5), Settled::NotProven);
}

/// A remark about certain candidates is made only if one of them is a leader, the choice or the runner-up.
#[test]
fn a_remark_about_a_distant_candidate_is_omitted() {
    let questionnaire = parse(
        r#"(format: 2, id: "q", version: "1", title: "t", subject: "a", sources: [(id: "s", title: "s")],
        candidates: [(id: "a", name: "a"), (id: "b", name: "b"), (id: "c", name: "c")],
        questions: [(id: "q", title: "t", ask: "a", why: "w", kind: One, options: [(id: "x", text: "x", evidence: [
            (points: 6, candidates: ["a"], because: "r", source: ["s"]),
            (points: 3, candidates: ["b"], because: "r", source: ["s"])], says: [
            (kind: Watch, text: "of all", source: ["s"]),
            (kind: Watch, candidates: ["b"], text: "of b", source: ["s"]),
            (kind: Watch, candidates: ["c"], text: "of c", source: ["s"])])])])"#,
    );
    let answers = session(&questionnaire, &["q=x"]).answers;
    let advice = recommend(&questionnaire, &answers);
    let made: Vec<&str> =
        remarks(&questionnaire, &answers, &advice.parts[0]).iter().map(|say| say.text.as_str()).collect();
    assert_eq!(made, ["of all", "of b"]);
}

/// Checks the role of `a` in the kit. `plans` sets the plan of some parts by position.
#[track_caller]
fn check_role(parts: &str, plans: &[(usize, Plan)], expected: Option<Role>) {
    let kinds = question("parts", "Parts", "a: 9 a; native: 9 b; other: 9 c; tied");
    let questionnaire = parse(&format!(
        r#"(format: 2, id: "role", version: "1", title: "t", subject: "a", sources: [(id: "s", title: "s")],
        candidates: [(id: "a", name: "a"), (id: "b", name: "b", tags: ["native"]), (id: "c", name: "c")],
        questions: [{kinds}])"#
    ));
    let mut answers = session(&questionnaire, &[&format!("parts={parts}")]).answers;
    for (part, plan) in plans {
        answers.set_plan(nth_part(&answers, *part), plan.clone());
    }
    let advice = recommend(&questionnaire, &answers);
    assert_eq!(role(&questionnaire, &answers, &advice), expected, "{parts}, {plans:?}");
}

/// The role of the subject depends on how many parts it serves and on whether all other parts are native.
/// Parts that stay as they are count too.
#[test]
fn the_subject_has_a_role_once_every_part_is_decided() {
    check_role("a", &[], Some(Role::Whole));
    check_role("a,a,other", &[], Some(Role::Most));
    check_role("a,other", &[], Some(Role::Part));
    check_role("a,native", &[], Some(Role::OverNative));
    check_role("a,a,native", &[], Some(Role::OverNative));
    check_role("a,native,other", &[], Some(Role::Part));
    check_role("native,other", &[], Some(Role::None));
    check_role("a,tied", &[], None);
    let (a, b) = (CandidateId::from_index(0), CandidateId::from_index(1));
    check_role("a,other", &[(1, Plan::StaysIn(a))], Some(Role::Whole));
    check_role("a,other", &[(1, Plan::StaysIn(b))], Some(Role::OverNative));
    check_role("a,tied", &[(1, Plan::StaysOther("cobol".to_owned()))], Some(Role::Part));
}
