//! Tests the fewest changes against every way to change given answers. Open questions must stay open.

use langfit::advice::{Choices, Fewest};
use langfit::answers::Answer;
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{Kind, OptionSet, QuestionId, Questionnaire};
use langfit::session::Session;
use proptest::prelude::*;

use super::{SHEETS, config, looked_at};
use crate::engine::reference::{Place, World};
use crate::support::generate::cases;
use crate::support::{about_three, question};

/// A sheet with some given answers changed.
struct Changed {
    changes: Choices,
    places: Vec<Place>,
}

/// Enumerates all ways to change given visible answers, or returns `None` if there are too many.
fn all_changes(questionnaire: &Questionnaire, today: &World<'_>, single: bool) -> Option<Vec<Changed>> {
    let given = |question: &QuestionId| {
        matches!(questionnaire[*question].kind, Kind::One | Kind::Many) && !today.chosen(*question).is_empty()
    };
    let others = |question: QuestionId| {
        let mut choices = today.choices(question);
        choices.retain(|choice| !choice.is_empty() && *choice != today.chosen(question));
        (question, choices)
    };
    let given: Vec<(QuestionId, Vec<OptionSet>)> =
        questionnaire.question_ids().filter(given).map(others).collect();
    if given.iter().map(|(_, others)| others.len() + 1).product::<usize>() > SHEETS {
        return None;
    }
    let mut sheets = vec![(Choices::new(), today.clone())];
    for (question, others) in &given {
        for index in 0..sheets.len() {
            for choice in others {
                let (mut changes, world) = sheets[index].clone();
                changes.push((*question, *choice));
                sheets.push((changes, world.with(*question, *choice)));
            }
        }
    }
    Some(
        sheets
            .into_iter()
            .map(|(changes, world)| Changed { changes, places: world.places(single) })
            .collect(),
    )
}

/// Checks that the number of changes is minimal, and that these changes reach the goal.
fn check(all: &[Changed], fewest: &Fewest, reached: impl Fn(&[Place]) -> bool) -> Result<(), TestCaseError> {
    let ways = || all.iter().filter(|it| reached(&it.places));
    let least = ways().map(|it| it.changes.len()).min();
    match fewest {
        Fewest::Changes(changes) => {
            prop_assert_eq!(Some(changes.len()), least, "{:?}", changes);
            prop_assert!(ways().any(|it| it.changes == *changes), "{changes:?} do not do it");
        }
        Fewest::None => prop_assert_eq!(least, None),
        Fewest::AtLeast(_) => prop_assert!(false, "so few answers are no reason for a bound"),
    }
    Ok(())
}

/// If several options would each suffice, the example adds only one, and it keeps the options that are
/// already chosen.
#[test]
fn an_example_changes_no_more_options_than_it_must() {
    let questionnaire = about_three(&question("q", "Many", "x: 2 a; y: 3 b; z: 3 b; w: 3 b"), "");
    let mut session = Session::new(&questionnaire);
    session.assign(&questionnaire, "q=x").expect("the option exists");
    let (_, outlook) = looked_at(&questionnaire, &session.answers);
    let Some(Fewest::Changes(changes)) = &outlook.parts[0].fewest else { panic!("one change does it") };
    let [(_, options)] = changes.as_slice() else { panic!("{changes:?}") };
    assert!(options.len() == 2 && options.iter().any(|option| option.index() == 0), "{changes:?}");
}

proptest! {
    #![proptest_config(config(5000))]

    /// The number of changes is minimal, and the listed changes reach the goal.
    #[test]
    fn fewest_is_what_all_changes_say(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let (advice, outlook) = looked_at(questionnaire, answers);
        for (part, now) in outlook.parts.iter().zip(&advice.parts) {
            let today = World::today(questionnaire, answers, part.subject);
            let Some(all) = all_changes(questionnaire, &today, advice.is_single()) else { continue };

            let leader = now.leaders.single();
            prop_assert_eq!(part.fewest.is_some(), leader.is_some());
            let rivals: Vec<_> = questionnaire.all_candidates().iter().filter(|it| Some(*it) != leader).collect();
            if let (Some(leader), Some(fewest)) = (leader, &part.fewest) {
                let level = |places: &[Place], rival: usize| {
                    !places[rival].ruled_out && places[rival].score >= places[leader.index()].score
                };
                prop_assert_eq!(part.rivals.iter().map(|(rival, _)| *rival).collect::<Vec<_>>(), rivals.clone());
                for (rival, fewest) in &part.rivals {
                    check(&all, fewest, |places| level(places, rival.index()))?;
                }
                check(&all, fewest, |places| {
                    places[leader.index()].ruled_out || rivals.iter().any(|rival| level(places, rival.index()))
                })?;
            } else {
                prop_assert_eq!(&part.rivals, &[]);
            }

            let relax: Vec<_> = part.relax.iter().map(|(candidate, _)| *candidate).collect();
            prop_assert_eq!(relax, now.ruled_out().iter().collect::<Vec<_>>());
            for (candidate, fewest) in &part.relax {
                check(&all, fewest, |places| !places[candidate.index()].ruled_out)?;
            }
        }
    }

    /// Answering an open question is not a change, and neither is withdrawing an answer.
    #[test]
    fn only_given_answers_change(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let (_, outlook) = looked_at(questionnaire, answers);
        for part in &outlook.parts {
            let every = part.fewest.iter().chain(part.rivals.iter().chain(&part.relax).map(|(_, fewest)| fewest));
            for fewest in every {
                let Fewest::Changes(changes) = fewest else { continue };
                for (question, choice) in changes {
                    let given = answers.answer(*question, part.subject);
                    prop_assert!(matches!(given, Answer::Chosen(today) if today != choice));
                    prop_assert!(!choice.is_empty());
                }
            }
        }
    }
}
