//! Tests permanent exclusions, exclusions as unusual, and the answers that lift the latter, one at a time.
//! Must not enumerate all answers.

use langfit::advice::{self, Settled, recommend};
use langfit::answers::Subject;
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, Exclusion, Questionnaire};
use langfit::session::Session;

use crate::support::{about_three, of_part, question, session};

/// Hard questions: existing code, admitted candidates, the host, and a follow-up on the host.
const FACTS: &str = r#"
    (id: "code", title: "Code", ask: "?", why: "w", hard: true, kind: Candidates(many: true)),
    (id: "standard", title: "Standard", ask: "?", why: "w", hard: true, kind: Candidates(many: true,
        not_chosen: (exclusions: [(because: "{} is not admitted", source: ["s"], unless: [ChosenBy("code")])]))),
    (id: "host", title: "Host", ask: "?", why: "w", hard: true, kind: One, options: [
        (id: "own", text: "Own"), (id: "strange", text: "Strange", exclusions: [
            (candidates: ["a", "b"], because: "strange", source: ["s"], unless: [ChosenBy("code"), Is("extra/x")]),
            (candidates: ["c"], because: "impossible", source: ["s"]),
        ])]),
    (id: "extra", title: "Extra", ask: "?", why: "w", hard: true, kind: One, when: Is("host/strange"), options: [
        (id: "x", text: "X"), (id: "y", text: "Y")]),"#;

const SUITABILITY: &str = r#"suitability: (unless: [ChosenBy("code")],
    cannot: [(parts: ["ui"], candidates: ["a"], because: "{} has no screen", source: ["s"])],
    unusual: [(parts: ["ui", "api"], candidates: ["b", "c"], because: "{} has few libraries", source: ["t"])],
),"#;

fn facts() -> Questionnaire {
    about_three(&(question("parts", "Parts", "api; ui; job") + FACTS), SUITABILITY)
}

/// Returns how A, B and C are ruled out for a subject: `.` for not at all, `u` as unusual, `c` permanently.
fn ruled_out(questionnaire: &Questionnaire, session: &Session, subject: Subject) -> String {
    let advice = recommend(questionnaire, &session.answers);
    let part = advice.of(subject).expect("it is open for decision");
    let sign = |at| match part.standing(CandidateId::from_index(at)).expect("it is ranked").ruled_out {
        None => '.',
        Some(Exclusion::Unusual) => 'u',
        Some(Exclusion::Cannot) => 'c',
    };
    (0..3).map(sign).collect()
}

#[test]
fn facts_lift_unusual_exclusions_but_never_permanent_ones() {
    let questionnaire = facts();
    let of = |given: &[&str]| ruled_out(&questionnaire, &session(&questionnaire, given), Subject::System);
    assert_eq!(of(&["host=strange"]), "uuc");
    assert_eq!(of(&["host=strange", "code=a"]), ".uc", "for the candidate itself");
    assert_eq!(of(&["host=strange", "extra=x"]), "..c", "for all");
    assert_eq!(of(&["host=strange", "extra=y"]), "uuc");
    assert_eq!(of(&["host=own", "extra=x"]), "...");
    assert_eq!(of(&["standard=a"]), ".uu");
    assert_eq!(of(&["standard=a", "code=b"]), "..u");
    assert_eq!(of(&["host=strange", "standard=a", "code=c"]), "uuc", "it is the stronger that counts");
}

#[test]
fn the_suitability_table_equals_exclusions_on_each_kind() {
    let table = facts();
    let own =
        |kind: &str, exclusions: &str| format!("(id: {kind:?}, text: {kind:?}, exclusions: [{exclusions}]),");
    let unusual = r#"(candidates: ["b", "c"], because: "{} has few libraries", source: ["t"], unless: [ChosenBy("code")]),"#;
    let cannot = r#"(candidates: ["a"], because: "{} has no screen", source: ["s"]),"#;
    let kinds = own("api", unusual) + &own("ui", &format!("{cannot}{unusual}")) + &own("job", "");
    let parts = format!(
        r#"(id: "parts", title: "parts", ask: "parts?", why: "w", kind: Parts, options: [{kinds}]),"#
    );
    let written_out = about_three(&(parts + FACTS), "");
    for (given, expected) in [
        (vec!["parts=api,ui,job"], ["uu", "cuu", "..."]),
        (vec!["parts=api,ui,job", "code=b"], [".u", "c.u", "..."]),
        (vec!["parts=api,ui,job", "code=a,b,c"], ["..", "c..", "..."]),
    ] {
        for (at, expected) in expected.into_iter().enumerate() {
            let of = |questionnaire: &Questionnaire| {
                let session = session(questionnaire, &given);
                let subject = of_part(&session.answers, at);
                let said = advice::rulings(questionnaire, &session.answers, subject);
                let mut said: Vec<String> = said.iter().map(|it| format!("{it:?}")).collect();
                said.sort_unstable();
                (ruled_out(questionnaire, &session, subject), said)
            };
            assert_eq!(of(&table), of(&written_out), "{given:?}, part {at}");
            assert!(of(&table).0.ends_with(expected), "{given:?}, part {at}: {:?}", of(&table));
        }
    }
}

/// If only unusual candidates are left, the advice says so and lists them by fit.
#[test]
fn no_usual_choice_is_not_the_same_as_none() {
    let asked = question("parts", "Parts", "api; ui: 1 b, 6 c; job") + FACTS;
    let questionnaire = about_three(&asked, SUITABILITY);
    let mut session = session(&questionnaire, &["parts=ui"]);
    let advice = recommend(&questionnaire, &session.answers);
    let [part] = advice.parts.as_slice() else { panic!("one part") };
    assert_eq!((part.settled, part.choice.len(), advice.kits.best.len()), (Settled::NoUsualChoice, 0, 0));
    assert_eq!(advice.kits.unserved, [0]);
    let unusual: Vec<&str> =
        part.unusual().iter().map(|it| questionnaire[it.candidate].id.as_str()).collect();
    assert_eq!(unusual, ["c", "b"]);
    let text = langfit::wording::advice_text(&questionnaire, &session);
    assert!(text.contains("Recommendation: every usual choice is ruled out for ui."), "{text}");
    assert!(
        text.contains(
            "ui (every usual choice is ruled out)\n  C                6     6 for, 0 against\n  B "
        ),
        "{text}"
    );
    assert!(text.contains("unusual here: B and C; each has few libraries (parts: ui) [t]"), "{text}");
    assert!(text.contains("can't be used: A has no screen (parts: ui) [s]"), "{text}");

    session.assign(&questionnaire, "code=b").expect("it is an option");
    let lifted = recommend(&questionnaire, &session.answers);
    assert!(lifted.parts[0].unusual().is_empty() && lifted.parts[0].choice.len() == 1);
    session.assign_all(&questionnaire, &["code=", "host=strange"]).expect("they are options");
    let strange = recommend(&questionnaire, &session.answers);
    assert_eq!(strange.parts[0].unusual().len(), 1, "C cannot be, so that B is all that is left");
}

/// A reason that is written for several candidates names the one that it is shown for.
#[test]
fn a_reason_names_the_candidate_that_it_is_about() {
    let line = |points: i64, because: &str| {
        format!(r#"(points: {points}, candidates: ["a", "b"], because: {because:?}, source: ["s"]),"#)
    };
    let lines = line(3, "{} is quick, and {} is small") + &line(1, "it is old");
    let asked = format!(
        r#"(id: "q", title: "Q", ask: "?", why: "w", kind: One, options: [(id: "x", text: "X", evidence: [{lines}])]),
        (id: "has", title: "Has", ask: "?", why: "w", kind: Candidates(many: true, chosen: (evidence: [
            (points: 1, because: "{{}} is here", source: ["s"])]), not_chosen: (evidence: [
            (points: -1, because: "{{}} is not here", source: ["s"])]))),"#
    );
    let questionnaire = about_three(&asked, "");
    let session = session(&questionnaire, &["q=x", "has=b,c"]);
    let (answers, ids) = (&session.answers, [0, 1, 2].map(CandidateId::from_index));
    let of = |candidate| -> Vec<String> {
        let entries = advice::ledger(&questionnaire, answers, Subject::System, true, candidate);
        entries.iter().map(|it| it.because.to_string()).collect()
    };
    assert_eq!(of(ids[0]), ["A is quick, and A is small", "it is old", "A is not here"]);
    assert_eq!(of(ids[1]), ["B is quick, and B is small", "it is old", "B is here"]);
    let pair = |pair| -> Vec<String> {
        let versus = advice::versus(&questionnaire, answers, Subject::System, true, pair);
        let entries = versus.first.iter().chain(&versus.second);
        entries.map(|it| format!("{:+} {}", it.points, it.because)).collect()
    };
    assert_eq!(pair((ids[0], ids[1])), ["-1 A is not here", "+1 B is here"]);
    assert_eq!(pair((ids[1], ids[2])), ["+3 B is quick, and B is small", "+1 it is old"], "both are here");
    let json = langfit::record::advice_json(&questionnaire, &session, None).expect("it is written");
    assert!(!json.contains("{}") && json.contains("B is quick, and B is small"), "{json}");
}
