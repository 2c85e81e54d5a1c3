//! Tests the engine against its definitions: random questionnaires, a naive reference implementation and
//! brute-force enumeration of completions. Must not depend on engine internals.

mod clusters;
mod conditions;
mod examples;
mod exclusions;
pub mod reference;

use std::collections::BTreeMap;

use langfit::advice::{self, Advice, Kit, Settled, Why};
use langfit::answers::{Answer, Emphasis, PartId, Plan, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, CandidateSet, Exclusion, PerCandidate};
use proptest::prelude::*;

use super::support::generate::{Case, cases};
use reference::{Used, World, assignments, leaders};

/// Maximum number of completions to enumerate.
const COMPLETIONS: usize = 2000;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_global_rejects: 1_000_000,
        ..ProptestConfig::default()
    }
}

impl Case {
    fn advice(&self) -> Advice {
        advice::recommend(&self.questionnaire, &self.session.answers)
    }

    fn today(&self, subject: Subject) -> World<'_> {
        World::today(&self.questionnaire, &self.session.answers, subject)
    }

    fn candidates(&self) -> impl Iterator<Item = CandidateId> + use<> {
        self.questionnaire.all_candidates().iter()
    }
}

proptest! {
    #![proptest_config(config(4000))]

    /// The entries of a ledger add up to the score. The entries of a comparison add up to the lead.
    #[test]
    fn ledgers_sum_to_scores_and_differences_to_leads(case in cases()) {
        let advice = case.advice();
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        for part in &advice.parts {
            let single = advice.is_single();
            let score = |candidate| part.standing(candidate).map(|standing| standing.score);
            for own in case.candidates() {
                let entries = advice::ledger(questionnaire, answers, part.subject, single, own);
                prop_assert_eq!(score(own), Some(entries.iter().map(|entry| entry.points).sum()));
                prop_assert!(single || entries.iter().all(|entry| entry.why != Why::Adoption));
                for other in case.candidates() {
                    let pair = advice::versus(questionnaire, answers, part.subject, single, (own, other));
                    let lead = score(own).zip(score(other)).map(|(own, other)| own - other);
                    let sum = |entries: &[advice::Entry<'_>]| entries.iter().map(|it| it.points).sum::<i64>();
                    prop_assert_eq!(lead, Some(sum(&pair.first) - sum(&pair.second)));
                }
            }
        }
    }

    /// Exclusions apply as the generator meant them when it wrote the file.
    #[test]
    fn exclusions_hold_as_they_were_written(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        for part in &case.advice().parts {
            let today = case.today(part.subject);
            let mut expected: Vec<(String, Exclusion, u64)> = Vec::new();
            for excluded in &case.exclusions {
                let out: CandidateSet = case.candidates().filter(|it| today.is_excluded(excluded, *it)).collect();
                let lifted = if excluded.unless.is_empty() { Exclusion::Cannot } else { Exclusion::Unusual };
                if !out.is_empty() {
                    expected.push((excluded.because.clone(), lifted, out.bits()));
                }
            }
            let mut found: BTreeMap<(String, Exclusion), CandidateSet> = BTreeMap::new();
            for ruling in advice::rulings(questionnaire, answers, part.subject) {
                let out = found.entry((ruling.because.into_owned(), ruling.exclusion)).or_default();
                *out = out.union(ruling.candidates);
            }
            let found: Vec<_> = found.into_iter().map(|((because, how), out)| (because, how, out.bits())).collect();
            expected.sort();
            prop_assert_eq!(found, expected);
        }
    }

    /// The engine and the reference agree on visibility, fit, exclusions and leaders.
    #[test]
    fn scores_and_leaders_are_those_of_the_reference(case in cases()) {
        let advice = case.advice();
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let to_decide = |part: &PartId| answers[*part].plan == Plan::ToDecide;
        let parts: Vec<Subject> = match answers.parts().len() {
            0 => vec![Subject::System],
            _ => answers.part_ids().filter(to_decide).map(Subject::Part).collect(),
        };
        prop_assert_eq!(advice.parts.iter().map(|part| part.subject).collect::<Vec<_>>(), parts.clone());
        let whole = case.today(Subject::System);
        prop_assert_eq!(&advice.costs, &case.candidates().map(|it| whole.cost(it)).collect::<PerCandidate<i64>>());

        let sheets: Vec<World<'_>> = parts.iter().map(|part| case.today(*part)).collect();
        let asked = answers.visible(questionnaire);
        for question in questionnaire.question_ids() {
            let visible = match sheets.as_slice() {
                [] => whole.is_visible(question),
                sheets => sheets.iter().any(|sheet| sheet.is_visible(question)),
            };
            prop_assert_eq!(asked[question], visible, "question {}", questionnaire[question].id);
        }
        for (part, sheet) in advice.parts.iter().zip(&sheets) {
            let places = sheet.places(advice.is_single());
            for standing in &part.ranking {
                let place = places[standing.candidate.index()];
                prop_assert_eq!(standing.fit, place.fit);
                prop_assert_eq!(standing.score, place.score);
                let exclusion = if place.cannot { Exclusion::Cannot } else { Exclusion::Unusual };
                prop_assert_eq!(standing.ruled_out, place.ruled_out.then_some(exclusion));
                prop_assert_eq!(standing.points_for + standing.points_against, place.fit);
                prop_assert!(standing.points_for >= 0 && standing.points_against <= 0);
            }
            prop_assert_eq!(part.ranking.len(), places.len());
            prop_assert!(part.ranking.is_sorted_by_key(|it| (it.ruled_out, -it.score, it.candidate)));
            prop_assert_eq!(part.leaders, leaders(&places));
            let rulings = advice::rulings(questionnaire, answers, part.subject);
            let ruled_out = rulings.iter().fold(CandidateSet::EMPTY, |all, it| all.union(it.candidates));
            prop_assert_eq!(part.ruled_out(), ruled_out);
        }
    }
}

proptest! {
    #![proptest_config(config(4000))]

    /// The best kits, overall and of every size, are those found by enumerating all assignments.
    #[test]
    fn kits_are_those_of_all_assignments(case in cases()) {
        let advice = case.advice();
        let all: Vec<_> = advice.parts.iter().map(|part| case.today(part.subject).places(false)).collect();
        let unserved: Vec<usize> =
            (0..all.len()).filter(|part| all[*part].iter().all(|place| place.ruled_out)).collect();
        prop_assert_eq!(&advice.kits.unserved, &unserved);
        let served: Vec<_> = all.iter().filter(|places| places.iter().any(|it| !it.ruled_out)).cloned().collect();
        let kits = &advice.kits;
        prop_assert!(kits.exact);
        if served.is_empty() {
            prop_assert!(kits.best.is_empty() && kits.by_size.is_empty());
            return Ok(());
        }

        let used = assignments(&served, advice.costs.values().as_slice());
        let best = used.iter().map(Used::net).max();
        let best: Vec<Used> = used.iter().filter(|it| Some(it.net()) == best).copied().collect();
        prop_assert_eq!(sorted(&kits.best), sorted_used(&best));

        // A set is useful if its fit does not fall when every member has to serve at least one part.
        let of_use = |set: &&Used| {
            let free = |places: &Vec<reference::Place>| {
                let usable = set.candidates.iter().map(|candidate| places[candidate.index()]);
                usable.filter(|place| !place.ruled_out).map(|place| place.fit).max()
            };
            served.iter().map(free).sum::<Option<i64>>() == Some(set.fit)
        };
        let mut listed = kits.by_size.iter();
        let mut smaller: Vec<Used> = Vec::new();
        for size in 1..=served.len() {
            let worth = |set: &&Used| smaller.iter().all(|it| set.fit > it.fit || set.net() >= it.net());
            let sets: Vec<&Used> = used
                .iter()
                .filter(|set| set.candidates.len() == size)
                .filter(of_use)
                .filter(worth)
                .collect();
            let most = sets.iter().map(|set| set.net()).max();
            let sets: Vec<Used> = sets.into_iter().filter(|set| Some(set.net()) == most).copied().collect();
            if !sets.is_empty() {
                prop_assert_eq!(listed.next().map(|kits| sorted(kits)), Some(sorted_used(&sets)));
                smaller.extend(sets);
            }
        }
        prop_assert_eq!(listed.next(), None);

        // With equal costs, the fit of each listed kit is the maximum over all sets of its size or smaller.
        let mut costs = advice.costs.values();
        let first = costs.next();
        if costs.all(|cost| Some(cost) == first) {
            for kit in kits.by_size.iter().flatten() {
                let fits = used.iter().filter(|it| it.candidates.len() <= kit.candidates.len()).map(|it| it.fit);
                prop_assert_eq!(fits.max(), Some(kit.fit));
            }
        }
    }

    /// Each choice follows from the best kits, and the runner-up leads the other candidates.
    #[test]
    fn choice_and_runner_up_come_from_the_best_kits(case in cases()) {
        let advice = case.advice();
        for part in &advice.parts {
            let places = case.today(part.subject).places(advice.is_single());
            let fits = case.today(part.subject).places(false);
            let best_of = |among: CandidateSet| -> CandidateSet {
                let alive = || among.iter().filter(|it| !fits[it.index()].ruled_out);
                alive().filter(|own| alive().all(|other| fits[other.index()].fit <= fits[own.index()].fit)).collect()
            };
            let kits = advice.kits.best.iter().map(|kit| best_of(kit.candidates));
            let choice = kits.fold(CandidateSet::EMPTY, CandidateSet::union);
            prop_assert_eq!(part.choice, choice);
            let mut others = places.clone();
            choice.iter().for_each(|candidate| others[candidate.index()].ruled_out = true);
            prop_assert_eq!(part.runner_up, leaders(&others));
            let margin = choice.iter().map(|it| places[it.index()].score).max();
            let behind = part.runner_up.iter().map(|it| places[it.index()].score).next();
            prop_assert_eq!(part.margin, margin.zip(behind).map(|(own, other)| own - other));
        }
    }
}

proptest! {
    #![proptest_config(config(8000))]

    /// A part is settled if and only if its leader leads alone in every enumerated completion.
    #[test]
    fn settled_is_what_all_completions_say(case in cases()) {
        let advice = case.advice();
        let sheets: Vec<World<'_>> = advice.parts.iter().map(|part| case.today(part.subject)).collect();
        prop_assume!(!sheets.is_empty());
        prop_assume!(sheets.iter().all(|sheet| sheet.most_completions() <= COMPLETIONS));
        for (part, sheet) in advice.parts.iter().zip(&sheets) {
            let single = advice.is_single();
            let today = leaders(&sheet.places(single));
            let Some(leader) = today.single() else {
                let cannot = sheet.places(single).iter().all(|place| place.cannot);
                let expected = match (today.is_empty(), cannot) {
                    (true, true) => Settled::NobodyLeft,
                    (true, false) => Settled::NoUsualChoice,
                    (false, _) => Settled::Open,
                };
                prop_assert_eq!(part.settled, expected);
                continue;
            };
            let mut leads_always = true;
            let mut nearest: Vec<(i64, CandidateId)> = Vec::new();
            sheet.completions(&mut |world| {
                let places = world.places(single);
                leads_always &= leaders(&places).single() == Some(leader);
                let rivals = case.candidates().filter(|it| *it != leader && !places[it.index()].ruled_out);
                nearest.extend(rivals.map(|it| (places[leader.index()].score - places[it.index()].score, it)));
                nearest.sort_unstable();
                nearest.truncate(case.questionnaire.candidates().len());
            });
            let expected = match nearest.first() {
                _ if !leads_always => Settled::Open,
                Some((behind, rival)) => Settled::Proven { rival: Some(*rival), behind: *behind },
                None => Settled::Proven { rival: None, behind: 0 },
            };
            prop_assert_eq!(part.settled, expected, "part {:?}", part.subject);
        }
    }
}

proptest! {
    #![proptest_config(config(4000))]

    /// A settled leader still leads alone after any one further answer.
    #[test]
    fn what_is_settled_stays_so_whatever_is_answered_next(case in cases()) {
        let (questionnaire, advice) = (&case.questionnaire, case.advice());
        // If a question must be answered, a sheet on which it is open is not a completion.
        prop_assume!(questionnaire.questions().iter().all(|asked| asked.skippable));
        let settled = |it: &&advice::PartAdvice| matches!(it.settled, Settled::Proven { .. });
        for part in advice.parts.iter().filter(settled) {
            let today = case.today(part.subject);
            for question in questionnaire.question_ids().filter(|question| today.is_open(*question)) {
                let own = part.subject.part().filter(|it| {
                    case.session.answers[*it].overrides.contains_key(&question)
                });
                for options in today.choices(question) {
                    let mut answers = case.session.answers.clone();
                    answers.set(question, own.into(), Answer::Chosen(options));
                    let then = advice::recommend(questionnaire, &answers);
                    let then = then.of(part.subject).expect("no part was removed");
                    prop_assert_eq!(then.leaders, part.leaders, "{}", questionnaire[question].id);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(config(2000))]

    /// Answers to questions that are not asked change nothing.
    #[test]
    fn hidden_answers_count_for_nothing(case in cases()) {
        let questionnaire = &case.questionnaire;
        let visible = case.session.answers.visible(questionnaire);
        let mut cleared = case.session.answers.clone();
        for question in questionnaire.question_ids().filter(|question| !visible[*question]) {
            for part in cleared.part_ids() {
                cleared.take_back(question, part);
            }
            // An open question could be answered once it becomes visible, so it stays open. "Does not
            // apply" is final.
            if !case.session.answers.is_unanswered(questionnaire, question, Subject::System) {
                cleared.set(question, Subject::System, Answer::NotApplicable);
            }
            cleared.given_mut(question).emphasis = Emphasis::Normal;
        }
        let (before, after) = (case.advice(), advice::recommend(questionnaire, &cleared));
        prop_assert_eq!(before.kits, after.kits);
        prop_assert_eq!(before.costs, after.costs);
        for (before, after) in before.parts.iter().zip(&after.parts) {
            prop_assert_eq!(&before.ranking, &after.ranking);
        }
    }

    /// Removing one candidate never reorders the others: there is no rank reversal.
    #[test]
    fn removing_a_candidate_does_not_reorder_the_others(case in cases()) {
        for gone in case.candidates() {
            let questionnaire =
                case.questionnaire.narrowed(|line| line.candidates.without(CandidateSet::only(gone)));
            let fewer = advice::recommend(&questionnaire, &case.session.answers);
            for (before, after) in case.advice().parts.iter().zip(&fewer.parts) {
                let others = |part: &advice::PartAdvice| -> Vec<advice::Standing> {
                    part.ranking.iter().filter(|standing| standing.candidate != gone).copied().collect()
                };
                prop_assert_eq!(others(before), others(after));
            }
        }
    }
}

fn sorted(kits: &[Kit]) -> Vec<(u64, i64, i64)> {
    let mut sets: Vec<_> = kits.iter().map(|kit| (kit.candidates.bits(), kit.fit, kit.cost)).collect();
    sets.sort_unstable();
    sets
}

fn sorted_used(sets: &[Used]) -> Vec<(u64, i64, i64)> {
    let mut sets: Vec<_> = sets.iter().map(|set| (set.candidates.bits(), set.fit, set.cost)).collect();
    sets.sort_unstable();
    sets
}
