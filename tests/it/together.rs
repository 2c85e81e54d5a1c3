//! Tests `compare` and `recheck`, which read sessions from different people and different days. The advice
//! itself is out of scope.

use langfit::advice::recommend;
use langfit::answers::{Answer, Answers, Emphasis, Given, Subject};
use langfit::compare::compare;
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateSet, QuestionId, Questionnaire};
use langfit::session::Session;
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{folder, langfit, write};
use crate::support::generate::{Case, cases};
use crate::support::{about_three, answer_for, nth_part, question, sample, session};

/// Returns the kit's choice for every part. Both sides have the same parts, so equal positions correspond.
fn outcome(questionnaire: &Questionnaire, answers: &Answers) -> Vec<CandidateSet> {
    recommend(questionnaire, answers).parts.iter().map(|part| part.choice).collect()
}

/// Returns a colleague's answers: those of the case, but with different answers to the questions that `picks`
/// selects.
fn colleague(case: &Case, picks: &[u8]) -> Answers {
    let (questionnaire, mut answers) = (&case.questionnaire, case.session.answers.clone());
    for (question, pick) in questionnaire.question_ids().zip(picks) {
        let options = questionnaire[question].options.len();
        if !questionnaire[question].is_parts() && options > 0 && pick % 3 == 0 {
            let option = langfit::questionnaire::OptionId::from_index(usize::from(*pick) % options);
            answers.toggle(questionnaire, question, Subject::System, option);
        }
    }
    answers
}

/// Returns whether some part has an answer of its own, other than “not sure”.
fn has_own(answers: &Answers, question: QuestionId) -> bool {
    let mut own = answers.parts().iter().filter_map(|part| part.overrides.get(&question));
    own.any(|own| !matches!(own, Answer::Open | Answer::NotSure))
}

/// Returns the answer that counts for each part. It is open where the part is not asked the question.
fn counted(questionnaire: &Questionnaire, answers: &Answers, question: QuestionId) -> Vec<Answer> {
    let asked = |subject: Subject| answers.effective(questionnaire, subject).is_visible(question);
    let subjects = answers.subjects();
    let subjects = if subjects.is_empty() { vec![Subject::System] } else { subjects };
    let said = subjects.into_iter().map(|it| asked(it).then(|| answers.answer(question, it).clone()));
    said.map(Option::unwrap_or_default).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A disagreement is called decisive if and only if copying that one answer makes the outcomes equal.
    #[test]
    fn a_deciding_disagreement_makes_the_outcomes_equal(
        (case, picks) in (cases(), prop::collection::vec(any::<u8>(), 12))
    ) {
        let questionnaire = &case.questionnaire;
        let sides = [&case.session.answers, &colleague(&case, &picks)];
        let comparison = compare(questionnaire, sides);
        let outcomes = sides.map(|answers| outcome(questionnaire, answers));
        prop_assert_eq!(comparison.same_outcome, outcomes[0] == outcomes[1]);
        for pair in &comparison.questions {
            let given = sides.map(|answers| answers.given(pair.question));
            let emphasis = |at: usize| match given[at].answer {
                Answer::Open | Answer::NotSure if !has_own(sides[at], pair.question) => Emphasis::Normal,
                _ => given[at].emphasis,
            };
            let same_parts = counted(questionnaire, sides[0], pair.question)
                == counted(questionnaire, sides[1], pair.question);
            let alike = given[0].answer == given[1].answer && emphasis(0) == emphasis(1) && same_parts;
            prop_assert_eq!(pair.agree, alike, "{}", questionnaire[pair.question].id);
            for (to, from) in [(0, 1), (1, 0)] {
                let mut copied = sides[to].clone();
                copied.given_mut(pair.question).answer = given[from].answer.clone();
                copied.given_mut(pair.question).emphasis = given[from].emphasis;
                let equal = outcome(questionnaire, &copied) == outcomes[from];
                let expected = !comparison.same_outcome && !alike && equal;
                prop_assert_eq!(pair.decides[to], expected, "{}", questionnaire[pair.question].id);
            }
        }
    }
}

fn saved(folder: &TempDir, name: &str, assignments: &[&str]) {
    let sample = sample();
    let session = session(&sample, assignments);
    write(folder, name, &session.to_ron(&sample).expect("it can be written"));
}

const ONE: [&str; 4] = ["parts=api", "draw=packages", "ecosystem=data-ml", "arrival=request-response"];
const OTHER: [&str; 4] = ["parts=api", "draw=packages", "ecosystem=infrastructure", "arrival=streaming"];

/// Comparing two sessions shows each part's choice on both sides, how many answers differ and which agree.
#[test]
fn two_sessions_are_laid_side_by_side() {
    let folder = folder();
    saved(&folder, "ada.ron", &ONE);
    saved(&folder, "bob.ron", &OTHER);
    let run = langfit(folder.path(), &["compare", "ada.ron", "bob.ron"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.out.starts_with("ada.ron and bob.ron: different outcomes\n"), "{}", run.out);
    assert!(run.out.contains("≠ API: Python  |  Go"), "{}", run.out);
    assert!(run.out.contains("2 answers differ"), "{}", run.out);
    assert!(run.out.contains("Same answers: What draws you"), "{}", run.out);
    let run = langfit(folder.path(), &["compare", "ada.ron", "bob.ron", "--format", "markdown"]);
    assert!(
        run.out.contains("| Part | ada.ron | bob.ron |\n| --- | --- | --- |\n| API | Python | Go |"),
        "{}",
        run.out
    );
    let run = langfit(folder.path(), &["compare", "ada.ron", "ada.ron"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("same outcome") && run.out.contains("No answers differ"), "{}", run.out);
}

/// Three sessions are compared in pairs. A part that one of them lacks is a difference.
#[test]
fn three_sessions_are_compared_in_pairs() {
    let folder = folder();
    saved(&folder, "a.ron", &ONE);
    saved(&folder, "b.ron", &ONE);
    saved(&folder, "c.ron", &["parts=api,pipeline", "draw=packages", "ecosystem=data-ml"]);
    let run = langfit(folder.path(), &["compare", "a.ron", "b.ron", "c.ron", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    let pairs: Value = serde_json::from_str(&run.out).expect("it is JSON");
    let same: Vec<bool> =
        pairs.as_array().expect("a list").iter().map(|pair| pair["same_outcome"] == true).collect();
    assert_eq!(same, [true, false, false]);
    let parts = pairs[1]["parts"].as_array().expect("a list");
    let lone = parts.iter().find(|part| part["names"][0].is_null()).expect("one has no such part");
    assert_eq!((&lone["names"][1], &lone["same"]), (&"Pipeline".into(), &false.into()));
    let run = langfit(folder.path(), &["compare", "a.ron", "gone.ron"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.starts_with("gone.ron: no such session"), "{}", run.err);
}

/// Parts are matched by name first; the rest are matched by kind.
#[test]
fn parts_match_by_name_then_by_kind() {
    let sample = sample();
    let mut one = session(&sample, &["parts=api,api,pipeline"]);
    let mut other = session(&sample, &["parts=api,api,pipeline"]);
    one.rename_part(nth_part(&one.answers, 0), "Orders");
    other.rename_part(nth_part(&other.answers, 1), "Orders");
    other.rename_part(nth_part(&other.answers, 2), "Nightly");
    let comparison = compare(&sample, [&one.answers, &other.answers]);
    let pairs: Vec<_> =
        comparison.parts.iter().map(|pair| pair.sides.map(|side| Some(side?.0.part()?.index()))).collect();
    assert_eq!(pairs, [[Some(0), Some(1)], [Some(1), Some(0)], [Some(2), Some(2)]]);
    assert!(comparison.same_outcome);
}

/// Returns whether both sides agree on the question `id`, and how their answers are shown.
fn said(questionnaire: &Questionnaire, sides: [&Session; 2], id: &str) -> (bool, [String; 2]) {
    let comparison = compare(questionnaire, sides.map(|session| &session.answers));
    let question = questionnaire.find(id).expect("it is there");
    let pair = comparison.questions.into_iter().find(|pair| pair.question == question);
    let pair = pair.expect("one of the two sessions answers it");
    (pair.agree, pair.answers)
}

/// Matched parts agree if the answers in effect are equal, whatever the names and the overrides of the parts.
#[test]
fn answers_of_parts_are_compared_by_the_answer_in_effect() {
    let asked = question("q", "One, each_part: true", "x; y");
    let questionnaire = about_three(&(question("parts", "Parts", "api; ui") + &asked), "");
    let with = |own: &str| {
        let mut session = session(&questionnaire, &["parts=api,ui", "q=x"]);
        answer_for(&questionnaire, &mut session, 0, own);
        session
    };
    let (one, mut renamed) = (with("q=y"), with("q=y"));
    renamed.rename_part(nth_part(&renamed.answers, 0), "Backend");
    let (agree, words) = said(&questionnaire, [&one, &renamed], "q");
    assert_eq!((agree, words), (true, ["“x”; “y” for api".to_owned(), "“x”; “y” for Backend".to_owned()]));
    // A later answer for all parts may equal the override of a part.
    let mut later = with("q=y");
    later.assign(&questionnaire, "q=y").expect("it fits");
    let plain = session(&questionnaire, &["parts=api,ui", "q=y"]);
    assert!(said(&questionnaire, [&later, &plain], "q").0);
    assert!(!said(&questionnaire, [&one, &plain], "q").0);
}

/// Options with the same text are different answers.
#[test]
fn answers_that_read_the_same_can_differ() {
    let same = question("q", "One", "x; y").replace("text: \"y\"", "text: \"x\"");
    let questionnaire = about_three(&same, "");
    let (one, other) = (session(&questionnaire, &["q=x"]), session(&questionnaire, &["q=y"]));
    assert!(!said(&questionnaire, [&one, &other], "q").0);
}

/// An answer that is set aside on one side does not count, and is marked.
#[test]
fn answers_that_are_set_aside_are_not_alike() {
    let asked = question("p", "One", "x; y") + &question("q", "One, when: Is(\"p/x\")", "x; y");
    let questionnaire = about_three(&asked, "");
    let one = session(&questionnaire, &["p=x", "q=x"]);
    let other = session(&questionnaire, &["p=y", "q=x"]);
    let (agree, words) = said(&questionnaire, [&one, &other], "q");
    assert_eq!((agree, words), (false, ["“x”".to_owned(), "“x” (set aside)".to_owned()]));
    let neither = session(&questionnaire, &["p=y"]);
    assert!(said(&questionnaire, [&other, &neither], "p").0);
    let comparison = compare(&questionnaire, [&other.answers, &neither.answers]);
    assert_eq!(comparison.questions.len(), 1, "a question that neither session asks is not compared");
}

/// Emphasis has an effect only with an answer.
#[test]
fn emphasis_without_an_answer_is_no_difference() {
    let asked = question("p", "One", "x; y") + &question("q", "One", "x; y");
    let questionnaire = about_three(&asked, "");
    let note = |emphasis: Emphasis, answer: &str| {
        let mut session = session(&questionnaire, &["p=x", answer]);
        let q = questionnaire.find("q").expect("it is there");
        *session.answers.given_mut(q) = Given {
            answer: session.answers.answer(q, Subject::System).clone(),
            note: "n".to_owned(),
            emphasis,
        };
        session
    };
    let check = |answer: &str, alike: bool, words: &str| {
        let sides = [&note(Emphasis::Double, answer), &note(Emphasis::Normal, answer)];
        let (agree, shown) = said(&questionnaire, sides, "q");
        assert_eq!((agree, shown[0].as_str()), (alike, words));
    };
    check("q=", true, "open");
    check("q=?", true, "not sure");
    check("q=x", false, "“x” (counts double)");
}

#[test]
fn one_answer_differs_and_two_differ() {
    let folder = folder();
    saved(&folder, "ada.ron", &ONE);
    saved(&folder, "bob.ron", &[ONE[0], ONE[1], ONE[2], OTHER[3]]);
    let run = langfit(folder.path(), &["compare", "ada.ron", "bob.ron"]);
    assert!(run.out.contains("\nOne answer differs\n"), "{}", run.out);
}

fn decide(folder: &TempDir, file: &str, part: &str) {
    let run = langfit(folder.path(), &["decide", file, "--part", part, "--because", "It was agreed."]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

/// `recheck` fails if the advice has changed and now contradicts a decision. A decision against an unchanged
/// recommendation is only listed.
#[test]
fn decisions_are_asked_again() {
    let folder = folder();
    saved(&folder, "kept.ron", &ONE);
    decide(&folder, "kept.ron", "API=python");
    saved(&folder, "otherwise.ron", &ONE);
    decide(&folder, "otherwise.ron", "API=go");
    let day = ["--today", "2026-12-01"];
    let run = langfit(folder.path(), &[&["recheck", "."], &day[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.contains("against the recommendation, which has not changed"), "{}", run.out);

    // Change two answers after the decision.
    let run = langfit(folder.path(), &["advise", "kept.ron", "--save", "--set", OTHER[2], "--set", OTHER[3]]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let run = langfit(folder.path(), &[&["recheck", "kept.ron", "--format", "json"], &day[..]].concat());
    assert_eq!(run.code, Some(1), "{}", run.out);
    let found: Value = serde_json::from_str(&run.out).expect("one line is one JSON value");
    assert_eq!(found["decided"][0]["differs"], true);
    assert_eq!(found["decided"][0]["advised_then"], serde_json::json!(["python"]));
    assert_eq!(found["decided"][0]["advised_today"], serde_json::json!(["go"]));

    let run = langfit(folder.path(), &["recheck", "otherwise.ron", "--today", "2030-01-01"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.contains("due for review since "), "{}", run.out);
}

/// Folders are searched recursively. Hidden folders and RON files that are not sessions are skipped. Bad
/// sessions are reported, and the other sessions are still checked.
#[test]
fn folders_are_walked_past_bad_files() {
    let folder = folder();
    std::fs::create_dir_all(folder.path().join("deep/er")).expect("it can be made");
    std::fs::create_dir_all(folder.path().join(".git")).expect("it can be made");
    saved(&folder, "deep/er/good.ron", &ONE);
    saved(&folder, ".git/hidden.ron", &ONE);
    write(&folder, "deep/questions.ron", langfit::built_in::QUESTIONS);
    write(&folder, "a-bad.ron", "(format: 1, questionnaire: (");
    write(&folder, "notes.txt", "nothing");
    let run = langfit(folder.path(), &["recheck", ".", "--format", "json", "--today", "2026-12-01"]);
    assert_eq!(run.code, Some(2));
    let found: Vec<Value> =
        run.out.lines().map(|line| serde_json::from_str(line).expect("a line is a JSON value")).collect();
    assert_eq!(found.len(), 2, "{}", run.out);
    assert!(found[0]["error"].as_str().is_some_and(|error| error.contains("a-bad.ron:1:")), "{}", run.out);
    assert_eq!(found[1]["undecided"][0]["part"], "API");
}
