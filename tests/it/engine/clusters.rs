//! Tests answers that are coupled because they lift exclusions, in a questionnaire of typical size. Must
//! not measure time.

use std::fmt::Write as _;

use langfit::advice::{Analysis, Kit, recommend};
use langfit::questionnaire::Questionnaire;

use crate::support::{parse, session};

/// Returns a questionnaire with seventeen candidates. The questions about existing code and admitted
/// candidates share a gate, and the answers to both lift exclusions.
fn seventeen() -> Questionnaire {
    let mut text = String::from(
        "(format: 2, id: \"unless\", version: \"1\", title: \"t\", subject: \"c0\", sources: [(id: \"s\", title: \"s\")], candidates: [",
    );
    let ids: Vec<String> = (0..17).map(|at| format!("\"c{at}\"")).collect();
    for id in &ids {
        let _ = write!(text, "(id: {id}, name: {id}),");
    }
    let all = ids.join(",");
    let _ = write!(
        text,
        r#"], adoption: (points: 6, because: "cost", source: ["s"]),
        suitability: (unless: [ChosenBy("code"), ChosenBy("admitted"), Is("host/odd")],
            unusual: [(parts: ["api"], candidates: [{all}], because: "unusual", source: ["s"])]),
        questions: [
        (id: "parts", title: "t", ask: "a", why: "w", kind: Parts, options: [(id: "ui", text: "ui"), (id: "api", text: "api")]),
        (id: "gate", title: "t", ask: "a", why: "w", hard: true, kind: Many, options: [(id: "code", text: "c"), (id: "rule", text: "r")]),
        (id: "code", title: "t", ask: "a", why: "w", hard: true, when: Is("gate/code"), kind: Candidates(many: true,
            chosen: (evidence: [(points: 3, because: "it is there", source: ["s"])]))),
        (id: "admitted", title: "t", ask: "a", why: "w", hard: true, when: Is("gate/rule"), kind: Candidates(many: true,
            not_chosen: (exclusions: [(because: "not admitted", source: ["s"], unless: [ChosenBy("code")])]))),
        (id: "host", title: "t", ask: "a", why: "w", hard: true, kind: One, options: [(id: "own", text: "o"), (id: "odd", text: "d",
            exclusions: [(candidates: [{all}], because: "odd", source: ["s"], unless: [ChosenBy("code"), ChosenBy("admitted")])])]),
        ])"#
    );
    parse(&text)
}

/// Once the gate is fixed, a candidate's options in both questions are independent of those of other
/// candidates, so the search is exhaustive.
#[test]
fn lifted_exclusions_are_exact_for_seventeen_candidates() {
    let questionnaire = seventeen();
    for given in [
        &[][..],
        &["parts=api"],
        &["parts=ui"],
        &["parts=api", "gate=code,rule"],
        &["parts=api,ui,ui", "gate=rule"],
    ] {
        let session = session(&questionnaire, given);
        let advice = recommend(&questionnaire, &session.answers);
        let analysis = Analysis::new(&questionnaire, &session.answers, &advice);
        for part in analysis.parts() {
            assert_eq!(analysis.too_large(part), [], "{given:?}");
        }
        assert!(advice.kits.exact, "{given:?}");
    }
}

/// With up to twenty candidates the search covers kits of every size up to the number of parts.
#[test]
fn kits_of_seventeen_and_twenty_candidates_are_exact() {
    for (candidates, parts) in [(17, 5), (17, 12), (20, 5), (20, 12)] {
        let mut text = String::from(
            "(format: 2, id: \"kits\", version: \"1\", title: \"t\", subject: \"c0\", sources: [(id: \"s\", title: \"s\")], candidates: [",
        );
        for at in 0..candidates {
            let _ = write!(text, "(id: \"c{at}\", name: \"c{at}\"),");
        }
        text.push_str("], adoption: (points: 6, because: \"r\", source: [\"s\"]), questions: [(id: \"parts\", title: \"t\", ask: \"a\", why: \"w\", kind: Parts, options: [");
        // Each part has its own candidate that is worth its cost, and a second one that is not.
        for at in 0..parts {
            let line = |points: i64, own: usize| {
                format!("(points: {points}, candidates: [\"c{own}\"], because: \"r\", source: [\"s\"]),")
            };
            let (best, next) = (line(9, at), line(1, (at + 1) % candidates));
            let _ = write!(text, "(id: \"k{at}\", text: \"t\", evidence: [{best}{next}]),");
        }
        text.push_str("])])");
        let questionnaire = parse(&text);
        let kinds: Vec<String> = (0..parts).map(|at| format!("k{at}")).collect();
        let session = session(&questionnaire, &[&format!("parts={}", kinds.join(","))]);
        let kits = recommend(&questionnaire, &session.answers).kits;
        assert!(kits.exact && kits.looked_up_to == parts, "{candidates} candidates, {parts} parts");
        assert_eq!(kits.best.iter().map(Kit::net).max(), Some(3 * parts as i64));
        assert!(kits.best.iter().any(|kit| kit.candidates.len() == parts));
    }
}
