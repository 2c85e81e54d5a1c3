//! Tests which precedents are near a part. The submodules cover how precedents are read, printed and shown.

mod page;
mod reading;
mod said;

use langfit::answers::{Answer, Subject};
use langfit::precedents::{Choice, NEAREST, Near, Precedents, nearest, worth_answering};
use langfit::questionnaire::{QuestionId, Questionnaire};
use langfit::session::Session;
use langfit::source::Source;
use proptest::prelude::*;

use super::support::{answer_for, of_part, parse, session, shipped};

/// Returns a questionnaire with two kinds of part and six questions with options. `f` concerns only one of
/// the kinds, and `e` is asked only after `c/one`.
pub fn small() -> Questionnaire {
    parse(&small_text())
}

/// Returns the text that [`small`] parses.
pub fn small_text() -> String {
    let question = |id: &str, kind: &str, rest: &str| {
        format!(
            r#"(id: "{id}", title: "{id}", ask: "?", why: "w", kind: {kind}, {rest} options: [
            (id: "one", text: "One"), (id: "two", text: "Two"), (id: "three", text: "Three")]),"#
        )
    };
    let questions = [
        question("a", "One", "each_part: true,"),
        question("b", "Many", "each_part: true,"),
        question("c", "One", ""),
        question("d", "One", "each_part: true,"),
        question("e", "One", r#"when: Is("c/one"),"#),
        question("f", "One", r#"concerns: ["x"],"#),
    ]
    .concat();
    format!(
        r#"(format: 2, id: "small", version: "1", title: "t", subject: "red", called: (one: "colour", many: "colours"),
        sources: [], candidates: [(id: "red", name: "Red"), (id: "blue", name: "Blue")],
        questions: [(id: "parts", title: "Parts", ask: "?", why: "w", kind: Parts, options: [
            (id: "x", name: "X", text: "X"), (id: "y", name: "Y", text: "Y")]),
        {questions}
        (id: "words", title: "Words", ask: "?", why: "w", kind: Text)])"#
    )
}

/// Returns the text of a precedents file for the small questionnaire.
pub fn file(precedents: &str) -> String {
    format!(r#"(format: 1, questionnaire: "small", precedents: [{precedents}])"#)
}

/// Parses precedents for the small questionnaire.
pub fn read(questionnaire: &Questionnaire, precedents: &str) -> Precedents {
    let text = file(precedents);
    Precedents::parse(&Source::new("small.precedents.ron", text.as_str()), questionnaire)
        .unwrap_or_else(|rejected| panic!("{rejected}\n{text}"))
}

/// Returns the text of a precedent with these answers and one part, for which red was chosen.
pub fn precedent(id: &str, kind: &str, answers: &str) -> String {
    let set = |set: &str| format!(r#"(set: "{set}", because: "because of {set}"),"#);
    let answers: String = answers.split_whitespace().map(set).collect();
    format!(
        r#"(id: "{id}", title: "Title of {id}", why: "Why {id}.", year: 2020, sources: ["https://example.org/{id}"],
        parts: [(name: "P", kind: "{kind}", chosen: "red")], answers: [{answers}]),"#
    )
}

/// Formats near precedents: id, `=` or `~` for the same or another kind, then the questions that agree and
/// those that differ.
fn words(questionnaire: &Questionnaire, near: &[Near<'_>]) -> Vec<String> {
    let ids = |questions: &[QuestionId]| -> String {
        questions.iter().map(|question| questionnaire[*question].id.as_str()).collect()
    };
    let word = |it: &Near<'_>| {
        let kind = if it.same_kind { "=" } else { "~" };
        format!("{} {kind} {}/{}", it.precedent.id, ids(&it.agrees), ids(&it.differs))
    };
    near.iter().map(word).collect()
}

fn near(questionnaire: &Questionnaire, precedents: &Precedents, assignments: &[&str]) -> Vec<String> {
    let session = session(questionnaire, assignments);
    let subject = session.answers.subjects()[0];
    words(questionnaire, &nearest(questionnaire, precedents, &session.answers, subject))
}

const X: [&str; 6] = ["parts=x", "a=one", "b=one,two", "c=two", "d=one", "f=one"];

#[test]
fn four_questions_are_answered_by_both_and_more_agree_than_differ() {
    let questionnaire = small();
    let all = [
        precedent("three-shared", "x", "a=one b=one,two c=two"),
        precedent("two-and-two", "x", "a=one b=one,two c=one d=two"),
        precedent("three-and-one", "x", "a=one b=one,two c=two d=two"),
        precedent("three-and-two", "x", "a=one b=one,two c=two d=two f=two"),
        precedent("sets-differ", "x", "a=one b=one c=two d=one"),
        precedent("all", "x", "a=one b=one,two c=two d=one f=one"),
    ];
    assert_eq!(
        near(&questionnaire, &read(&questionnaire, &all.concat()), &X),
        ["all = abcdf/", "three-and-one = abc/d", "sets-differ = acd/b", "three-and-two = abc/df",]
    );
}

/// "Not sure", "does not apply" and hidden answers do not count as answers.
#[test]
fn what_is_no_answer_is_not_compared() {
    let questionnaire = small();
    let precedents = read(&questionnaire, &precedent("p", "x", "a=one b=one,two c=two d=one"));
    assert_eq!(near(&questionnaire, &precedents, &X), ["p = abcd/"]);
    for open in ["d=?", "d=-", "d="] {
        let mut assignments = X;
        assignments[4] = open;
        assert_eq!(near(&questionnaire, &precedents, &assignments), Vec::<String>::new(), "{open}");
    }
    let follow_up = read(&questionnaire, &precedent("p", "x", "a=one b=one,two c=one d=one e=one"));
    let hidden = ["parts=x", "a=one", "b=one,two", "d=one", "c=one", "e=one"];
    assert_eq!(near(&questionnaire, &follow_up, &hidden), ["p = abcde/"]);
    let mut session = session(&questionnaire, &hidden);
    let question = questionnaire.find("c").expect("it exists");
    session.answers.set(question, Subject::System, Answer::Open);
    let near = nearest(&questionnaire, &follow_up, &session.answers, session.answers.subjects()[0]);
    assert!(near.is_empty(), "e is kept, but not asked: {near:?}");
}

#[test]
fn the_same_kind_comes_first_and_file_order_last() {
    let questionnaire = small();
    let all = [
        precedent("other-kind", "y", "a=one b=one,two c=two d=one"),
        precedent("less", "x", "a=one b=one,two c=two d=two f=one"),
        precedent("first", "x", "a=one b=one,two c=two d=one"),
        precedent("second", "x", "a=one b=one,two c=two d=one"),
        precedent("more", "x", "a=one b=one,two c=two d=one f=one"),
        precedent("other-again", "y", "a=one b=one,two c=two d=one"),
    ];
    let precedents = read(&questionnaire, &all.concat());
    assert_eq!(
        near(&questionnaire, &precedents, &X),
        ["more = abcdf/", "first = abcd/", "second = abcd/", "less = abcf/d", "other-kind ~ abcd/",]
    );
}

/// Each part of a precedent is compared by its own answers. A part that stays is not compared.
#[test]
fn parts_are_compared_one_by_one() {
    let questionnaire = small();
    let precedents = read(
        &questionnaire,
        r#"(id: "two-parts", title: "T", parts: [
            (name: "Front", kind: "x", chosen: "red", acceptable: ["blue"]),
            (name: "Back", kind: "x", other: "Green"),
            (name: "Old", kind: "x", stays: "blue"),
        ], answers: [
            (set: "a=one"), (set: "b=one,two"), (set: "c=two"), (set: "d=one"), (set: "d=two", part: "Back", because: "own"),
        ])"#,
    );
    let session = session(&questionnaire, &X);
    let near = nearest(&questionnaire, &precedents, &session.answers, session.answers.subjects()[0]);
    assert_eq!(words(&questionnaire, &near), ["two-parts = abcd/", "two-parts = abc/d"]);
    assert_eq!(near[0].part.name, "Front");
    assert_eq!(near[1].part.choice, Choice::Other("Green".to_owned()));
    let d = questionnaire.find("d").expect("it exists");
    let ground = near[1].precedent.ground(d, near[1].part.subject).expect("it was given");
    assert_eq!(ground.because, "own");
}

/// Suggests the open questions that precedents for the same kind of part answer most often.
#[test]
fn what_most_precedents_answer_is_worth_answering() {
    let questionnaire = small();
    let all = [
        precedent("one", "x", "a=one b=one c=two f=one"),
        precedent("two", "x", "a=one c=two f=one"),
        precedent("three", "y", "d=one b=one c=two"),
        precedent("four", "y", "d=one"),
    ];
    let precedents = read(&questionnaire, &all.concat());
    let worth = |assignments: &[&str]| -> Vec<String> {
        let session = session(&questionnaire, assignments);
        let subject = session.answers.subjects()[0];
        let worth = worth_answering(&questionnaire, &precedents, &session.answers, subject);
        worth.iter().map(|question| questionnaire[*question].id.clone()).collect()
    };
    assert_eq!(worth(&["parts=x", "c=one"]), ["a", "f", "b"]);
    assert_eq!(worth(&["parts=y"]), ["d", "b", "c"], "of the same kind alone");
    assert_eq!(worth(&["a="]), ["c", "a", "b"], "without parts, of all");
    assert_eq!(worth(&["parts=x", "c=two", "a=one", "b=?", "f=-"]), ["b"]);
}

/// A part of a shipped precedent is among its own nearest, unless it has too few answers to compare.
#[test]
fn a_published_decision_is_nearest_to_itself() {
    let questionnaire = shipped();
    let precedents =
        Precedents::parse(&langfit::built_in::precedents(), &questionnaire).expect("it can be read");
    let mut compared = 0;
    for precedent in &precedents.all {
        for part in &precedent.parts {
            let near = nearest(&questionnaire, &precedents, &precedent.answers, part.subject);
            let Some(first) = near.first() else { continue };
            compared += 1;
            assert!(near.len() <= NEAREST && first.same_kind && first.differs.is_empty(), "{}", precedent.id);
            let own = near.iter().any(|it| it.precedent.id == precedent.id && it.part.name == part.name);
            assert!(own, "{}", precedent.id);
        }
    }
    assert!(compared > 100, "{compared} parts have at least four answers");
}

/// Finds the published decision nearest to typical answers about an API.
#[test]
fn a_worked_example() {
    let questionnaire = shipped();
    let precedents =
        Precedents::parse(&langfit::built_in::precedents(), &questionnaire).expect("it can be read");
    let session = session(
        &questionnaire,
        &[
            "parts=api",
            "libraries=data-ml",
            "workload=ordinary",
            "api-center=records",
            "team-stack=python,javascript",
            "constraints=people,hoped",
            "writers=volunteers",
            "lifetime=years",
        ],
    );
    let near = nearest(&questionnaire, &precedents, &session.answers, session.answers.subjects()[0]);
    let titles =
        |ids: &[QuestionId]| -> Vec<&str> { ids.iter().map(|id| questionnaire[*id].id.as_str()).collect() };
    let first = &near[0];
    assert_eq!(
        (first.precedent.id.as_str(), first.part.name.as_str()),
        ("hhs-grants-api-2023", "API server")
    );
    assert_eq!(titles(&first.agrees), ["libraries", "workload", "team-stack", "constraints", "writers"]);
    assert_eq!(titles(&first.differs), ["api-center", "lifetime"]);
}

/// Answers to the six questions, each as a bit set of options. Zero means no answer.
type Sheet = [u8; 6];
/// A part: whether its kind is x, and its answers.
type Drawn = (bool, Sheet);

const QUESTIONS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Reduces answers to those that count: at most one option, except in `b`; `e` only after `c/one`; `f` only
/// for kind x.
fn counting((is_x, mut sheet): Drawn) -> Sheet {
    for (at, options) in sheet.iter_mut().enumerate().filter(|(at, _)| *at != 1) {
        *options = [0, 1, 2, 4][usize::from(*options % 4)] * u8::from(at < 5 || is_x);
    }
    if sheet[2] != 1 {
        sheet[4] = 0;
    }
    sheet
}

fn assignments(sheet: Sheet) -> Vec<String> {
    let options = |set: u8| {
        let names = ["one", "two", "three"].into_iter().enumerate();
        names.filter(|(at, _)| set >> at & 1 == 1).map(|(_, name)| name).collect::<Vec<_>>().join(",")
    };
    let answered = QUESTIONS.iter().zip(sheet).filter(|(_, set)| *set > 0);
    answered.map(|(question, set)| format!("{question}={}", options(set))).collect()
}

/// Returns the five nearest by the definition alone: takes the best remaining one, up to five times.
fn naive(own: Drawn, others: &[Drawn]) -> Vec<String> {
    let mut left: Vec<(usize, i32, i32, String)> = Vec::new();
    for (at, other) in others.iter().enumerate() {
        let (mut agrees, mut differs) = (String::new(), String::new());
        for (question, (mine, theirs)) in
            QUESTIONS.iter().zip(counting(own).into_iter().zip(counting(*other)))
        {
            match (mine, theirs) {
                (0, _) | (_, 0) => {}
                (mine, theirs) if mine == theirs => agrees.push_str(question),
                _ => differs.push_str(question),
            }
        }
        let (agree, differ) = (agrees.len() as i32, differs.len() as i32);
        if agree + differ >= 4 && agree > differ {
            let kind = if own.0 == other.0 { "=" } else { "~" };
            let rank = usize::from(own.0 != other.0);
            left.push((rank, agree, differ, format!("p{at} {kind} {agrees}/{differs}")));
        }
    }
    let mut nearest = Vec::new();
    while nearest.len() < 5 && !left.is_empty() {
        let mut best = 0;
        for at in 1..left.len() {
            let (one, two) = (&left[at], &left[best]);
            let is_better = if one.0 != two.0 {
                one.0 < two.0
            } else if one.1 - one.2 != two.1 - two.2 {
                one.1 - one.2 > two.1 - two.2
            } else {
                one.1 > two.1
            };
            if is_better {
                best = at;
            }
        }
        nearest.push(left.remove(best).3);
    }
    nearest
}

/// Generates a part from few different answers, so that many agree.
fn drawn() -> impl Strategy<Value = Drawn> {
    let sheet = prop::array::uniform6(prop::sample::select(vec![1_u8, 1, 1, 1, 2, 3, 0]));
    (any::<bool>(), sheet)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_nearest_are_those_of_the_definition(own in drawn(), others in prop::collection::vec(drawn(), 0..12)) {
        let questionnaire = small();
        let kind = |(is_x, _): &Drawn| if *is_x { "x" } else { "y" };
        let texts: String = others
            .iter()
            .enumerate()
            .map(|(at, other)| {
                precedent(&format!("p{at}"), kind(other), &assignments(counting(*other)).join(" "))
            })
            .collect();
        let precedents = read(&questionnaire, &texts);
        // Some answers are overrides of the part, while the answer for all parts is `three`.
        let mut session = Session::new(&questionnaire);
        session.assign(&questionnaire, &format!("parts={}", kind(&own))).expect("the kind exists");
        for (at, assignment) in assignments(counting(own)).iter().enumerate() {
            let question = questionnaire.find(&assignment[..1]).expect("it exists");
            if at % 2 == 0 && questionnaire[question].each_part {
                session.assign(&questionnaire, &format!("{}=three", &assignment[..1])).expect("it fits");
                answer_for(&questionnaire, &mut session, 0, assignment);
            } else {
                session.assign(&questionnaire, assignment).expect("it fits");
            }
        }
        let found = nearest(&questionnaire, &precedents, &session.answers, of_part(&session.answers, 0));
        prop_assert_eq!(words(&questionnaire, &found), naive(own, &others));
    }
}
