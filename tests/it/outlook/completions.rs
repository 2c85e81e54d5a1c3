//! Tests what all completions imply for a part: cover, safest pick and verdicts. Must not vary given
//! answers.

use langfit::advice::Cover;
use langfit::answers::{Answer, Answers, Emphasis};
use langfit::questionnaire::{CandidateId, Questionnaire};
use proptest::prelude::*;

use super::{Completion, check_verdict, completions, config, looked_at};
use crate::engine::reference::World;
use crate::support::generate::cases;
use crate::support::{about_three, of_part, question, session};

/// Returns the largest lead of `rival` over `leader` among the completions that do not rule the rival out.
fn catch_up(all: &[Completion], leader: CandidateId, rival: CandidateId) -> Option<i64> {
    let alive = all.iter().filter(|it| it.alive().contains(rival));
    alive.map(|it| it.ahead(rival, leader)).max()
}

/// Checks cover, safest pick and verdicts against the enumeration of all completions.
fn check_parts(questionnaire: &Questionnaire, answers: &Answers) -> Result<(), TestCaseError> {
    let (advice, outlook) = looked_at(questionnaire, answers);
    let single = advice.is_single();
    let candidates = || questionnaire.all_candidates().iter();
    prop_assert_eq!(outlook.parts.len(), advice.parts.len());
    for (part, now) in outlook.parts.iter().zip(&advice.parts) {
        prop_assert_eq!(part.subject, now.subject);
        let today = World::today(questionnaire, answers, part.subject);
        let Some(all) = completions(&today, questionnaire.questions().len(), single) else { continue };

        let nearest = |leader: CandidateId| {
            // A leader that can be ruled out has no cover.
            if all.iter().any(|it| !it.alive().contains(leader)) {
                return None;
            }
            let rivals = candidates().filter(|rival| *rival != leader);
            let rivals = rivals.filter_map(|rival| Some((catch_up(&all, leader, rival)?, rival)));
            let (most, rival) = rivals.min_by_key(|(most, rival)| (-most, *rival))?;
            let lead = now.standing(leader)?.score - now.standing(rival)?.score;
            Some(Cover { rival, lead, movable: most + lead })
        };
        prop_assert_eq!(part.cover, now.leaders.single().and_then(nearest), "cover");

        let sure = candidates().filter(|own| all.iter().all(|it| it.alive().contains(*own)));
        let behind = |own: CandidateId| {
            candidates().filter(|rival| *rival != own).filter_map(|rival| catch_up(&all, own, rival)).max()
        };
        let sure: Vec<(CandidateId, Option<i64>)> = sure.map(|own| (own, behind(own))).collect();
        let least = sure.iter().map(|(_, behind)| *behind).min();
        let safest = sure.iter().filter(|(_, behind)| Some(*behind) == least).map(|(own, _)| *own);
        prop_assert_eq!(part.safest, safest.collect(), "safest");

        prop_assert_eq!(part.verdicts.count(), questionnaire.candidates().len());
        for (candidate, verdict) in part.verdicts.iter() {
            check_verdict(questionnaire, &today, (&all, single), candidate, verdict)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(5000))]

    #[test]
    fn a_part_is_what_all_completions_say(case in cases()) {
        check_parts(&case.questionnaire, &case.session.answers)?;
    }
}

/// An emphasis applies only once its question is answered. Here one answer both rules out a rival and
/// causes a rule to be ignored.
#[test]
fn an_emphasis_waits_for_its_answer() {
    let out = r#"exclusions: [(candidates: ["c"], because: "no", source: ["s"])]"#;
    let many = question("q", "Many", "x; y; z").replacen("evidence: []", out, 1);
    let ask = (many + &question("p", "One", "u; v")).replace("kind:", "each_part: true, kind:");
    let parts = r#"(id: "parts", title: "P", ask: "?", why: "w", kind: Parts, options: [(id: "k", text: "K",
        evidence: [(points: 2, candidates: ["a"], because: "k", source: ["s"]), (points: 5, candidates: ["c"], because: "k", source: ["s"])])]),"#;
    let rules = r#"rules: [(id: "r", when: All([Not(Is("q/y")), Is("p/v")]),
        evidence: [(points: -3, candidates: ["a"], because: "r", source: ["s"])])]"#;
    let questionnaire = about_three(&(ask + parts), rules);
    let mut session = session(&questionnaire, &["parts=k,k", "q=x,z"]);
    let question = questionnaire.find("q").expect("it is there");
    session.answers.given_mut(question).emphasis = Emphasis::Ignored;
    session.answers.set(question, of_part(&session.answers, 0), Answer::Open);
    check_parts(&questionnaire, &session.answers).expect("it is what all completions say");
}
