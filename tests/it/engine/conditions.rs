//! Tests conditions about the part itself and the picked parts. Must not enumerate all answers.

use langfit::answers::{Plan, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, Questionnaire};
use langfit::session::Session;

use crate::support::{about_three, answer_for, of_part, question, session};

fn parts() -> String {
    question("parts", "Parts", "api; ui; job")
}

/// Returns the ids of the questions that are asked of a subject.
fn asked(questionnaire: &Questionnaire, session: &Session, subject: Subject) -> Vec<String> {
    let effective = session.answers.effective(questionnaire, subject);
    let asked = questionnaire.question_ids().filter(|it| effective.is_visible(*it));
    asked.map(|it| questionnaire[it].id.clone()).collect()
}

/// Returns the fit of candidate A for a picked part.
fn fit_of_a(questionnaire: &Questionnaire, session: &Session, part: usize) -> i64 {
    let advice = langfit::advice::recommend(questionnaire, &session.answers);
    let part = advice.of(of_part(&session.answers, part)).expect("it is open for decision");
    part.standing(CandidateId::from_index(0)).expect("it is ranked").fit
}

#[test]
fn a_question_is_asked_of_the_parts_that_it_concerns() {
    let own = question("q", "One, concerns: [\"api\", \"job\"]", "x: 3 a; y: 3 b");
    let follow_up = question("then", "One, each_part: true, when: Is(\"q/x\")", "u: 1 a; v: 1 b");
    let questionnaire = about_three(&(parts() + &own + &follow_up), "");
    let mut session = session(&questionnaire, &["q=x"]);
    let whole =
        |session: &Session| session.answers.visible(&questionnaire).values().copied().collect::<Vec<_>>();
    assert_eq!(whole(&session), [true, false, false], "no parts are picked");
    session.assign(&questionnaire, "parts=api,ui,ui").expect("they are kinds");
    assert_eq!(whole(&session), [true, true, true]);
    assert_eq!(asked(&questionnaire, &session, of_part(&session.answers, 0)), ["parts", "q", "then"]);
    assert_eq!(asked(&questionnaire, &session, of_part(&session.answers, 1)), ["parts"]);
    assert_eq!(asked(&questionnaire, &session, Subject::System), ["parts"]);
    assert_eq!([0, 1, 2].map(|part| fit_of_a(&questionnaire, &session, part)), [3, 0, 0]);
    // An answer for a part that is not asked the question has no effect.
    answer_for(&questionnaire, &mut session, 1, "q=y");
    assert_eq!([0, 1, 2].map(|part| fit_of_a(&questionnaire, &session, part)), [3, 0, 0]);
    let open = session.answers.unanswered(&questionnaire);
    assert_eq!(open[questionnaire.find("then").expect("it is there")], [of_part(&session.answers, 0)]);
    // A part that stays is asked nothing, and the question does not concern the other parts.
    session
        .answers
        .set_plan(session.answers.find_part("api").expect("it is picked"), Plan::StaysOther("C".into()));
    assert_eq!(whole(&session), [true, false, false]);
}

#[test]
fn a_condition_can_ask_for_the_part_itself_and_for_several_parts() {
    let this = question("this", "One, each_part: true, when: All([This(\"api\"), Is(\"parts/ui\")])", "x; y");
    let other =
        question("other", "One, each_part: true, when: Not(Any([This(\"api\"), This(\"ui\")]))", "x; y");
    let several = question("several", "One, when: SeveralParts", "x; y");
    let questionnaire = about_three(&(parts() + &this + &other + &several), "");
    let of = |given: &str, part: Option<usize>| {
        let session = session(&questionnaire, &[given]);
        let subject = part.map_or(Subject::System, |part| of_part(&session.answers, part));
        asked(&questionnaire, &session, subject)[1..].join(" ")
    };
    assert_eq!(of("parts=", None), "other");
    assert_eq!(of("parts=api", Some(0)), "");
    assert_eq!(of("parts=api,ui", Some(0)), "this several");
    assert_eq!(of("parts=api,ui", Some(1)), "several");
    assert_eq!(of("parts=job,job", Some(1)), "other several");
    // A part that stays still counts as picked.
    let mut session = session(&questionnaire, &["parts=api,ui"]);
    let ui = session.answers.find_part("ui").expect("it is picked");
    session.answers.set_plan(ui, Plan::StaysOther("C".into()));
    assert_eq!(asked(&questionnaire, &session, of_part(&session.answers, 0))[1..].join(" "), "this several");
}

#[test]
fn a_rule_can_ask_for_the_part_itself_and_for_any_of_several_options() {
    let asked = parts() + &question("q", "One", "x; y; z") + &question("m", "Many", "u; v; w");
    let rule = |id: &str, points: i64, when: &str, parts: &str| {
        format!(
            "(id: {id:?}, when: All([{when}]), evidence: [(points: {points}, candidates: [\"a\"], because: \"r\", source: [\"s\"]{parts})]),"
        )
    };
    let rules = [
        rule("any", 1, "Any([Is(\"q/x\"), Is(\"q/y\")]), Any([Is(\"m/u\"), Is(\"m/v\")])", ""),
        rule("this", 10, "This(\"api\"), Is(\"q/x\"), Is(\"m/u\")", ""),
        rule("not-this", 100, "Not(This(\"api\")), Is(\"q/x\"), Not(Is(\"m/w\"))", ""),
        rule(
            "any-this",
            1000,
            "Any([This(\"api\"), This(\"job\")]), Is(\"q/x\"), Is(\"m/u\")",
            ", parts: [\"ui\", \"job\"]",
        ),
    ];
    let questionnaire = about_three(&asked, &format!("rules: [{}]", rules.concat()));
    let fits = |given: &[&str]| {
        let session = session(&questionnaire, &[given, &["parts=api,ui,job"]].concat());
        [0, 1, 2].map(|part| fit_of_a(&questionnaire, &session, part))
    };
    assert_eq!(fits(&["q=x", "m=u"]), [11, 101, 1101]);
    assert_eq!(fits(&["q=y", "m=v,w"]), [1, 1, 1]);
    assert_eq!(fits(&["q=y", "m=w"]), [0, 0, 0]);
    assert_eq!(fits(&["q=x", "m=v"]), [1, 101, 101]);
    let whole = session(&questionnaire, &["q=x", "m=u"]);
    let advice = langfit::advice::recommend(&questionnaire, &whole.answers);
    assert_eq!(advice.parts[0].standing(CandidateId::from_index(0)).map(|it| it.fit), Some(101));
}

/// An answer for all parts applies to the parts that the question concerns, and the text says so.
#[test]
fn an_answer_for_all_says_which_parts_it_is_for() {
    let own = question("q", "One, concerns: [\"api\", \"job\"]", "x; y")
        + &question("r", "One, each_part: true", "x; y");
    let questionnaire = about_three(&(parts() + &own), "");
    let session = session(&questionnaire, &["parts=api,ui"]);
    let said = |id: &str| {
        let id = questionnaire.find(id).expect("it is there");
        langfit::wording::whom_it_counts_for(&questionnaire, &session.answers, id, Subject::System)
    };
    assert_eq!(said("q").as_deref(), Some("Applies to these kinds of part: api and job"));
    assert_eq!(said("r").as_deref(), Some("Applies to every part"));
    let (id, ui) = (questionnaire.find("q").expect("it is there"), of_part(&session.answers, 1));
    let said = langfit::wording::whom_it_counts_for(&questionnaire, &session.answers, id, ui);
    assert_eq!(
        said.as_deref(),
        Some("This question does not apply to ui; the answer is for the other parts")
    );
}
