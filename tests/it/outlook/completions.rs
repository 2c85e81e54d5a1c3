//! What completions say of a part: cover, safest pick, who can still win; must not vary answers
//! that are given.

use langfit::advice::Cover;
use langfit::questionnaire::CandidateId;
use proptest::prelude::*;

use super::{Completion, check_verdict, completions, config, looked_at};
use crate::engine::reference::World;
use crate::support::generate::cases;

/// The largest lead of `rival` over `leader` in a completion that leaves the rival in the running.
fn catch_up(all: &[Completion], leader: CandidateId, rival: CandidateId) -> Option<i64> {
    let alive = all.iter().filter(|it| it.alive().contains(rival));
    alive.map(|it| it.ahead(rival, leader)).max()
}

proptest! {
    #![proptest_config(config(5000))]

    /// Cover, safest pick and verdicts are what writing down all completions finds.
    #[test]
    fn a_part_is_what_all_completions_say(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let (advice, outlook) = looked_at(questionnaire, answers);
        let single = advice.is_single();
        let candidates = || questionnaire.all_candidates().iter();
        prop_assert_eq!(outlook.parts.len(), advice.parts.len());
        for (part, now) in outlook.parts.iter().zip(&advice.parts) {
            prop_assert_eq!(part.part, now.part);
            let today = World::today(questionnaire, answers, part.part);
            let Some(all) = completions(&today, questionnaire.questions.len(), single) else { continue };

            let nearest = |leader: CandidateId| {
                // Nothing covers a leader who can be ruled out.
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

            prop_assert_eq!(part.verdicts.len(), questionnaire.candidates.len());
            for (candidate, verdict) in candidates().zip(&part.verdicts) {
                check_verdict(questionnaire, &today, (&all, single), candidate, verdict)?;
            }
        }
    }
}
