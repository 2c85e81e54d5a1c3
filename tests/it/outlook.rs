//! Tests the outlook against its definitions: random questionnaires, and brute-force enumeration of
//! completions and changes. Must not depend on engine internals.

mod changes;
mod completions;
mod questions;
mod sources;

use langfit::advice::{Advice, Certificate, Choices, Outlook, Verdict, outlook, recommend};
use langfit::answers::Answers;
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, CandidateSet, OptionSet, QuestionId, Questionnaire};
use proptest::prelude::*;

use crate::engine::reference::{Place, World, leaders};

/// Maximum number of sheets to enumerate.
const SHEETS: usize = 1000;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Returns the engine's advice and outlook.
fn looked_at(questionnaire: &Questionnaire, answers: &Answers) -> (Advice, Outlook) {
    let advice = recommend(questionnaire, answers);
    let outlook = outlook(questionnaire, answers, &advice);
    (advice, outlook)
}

/// One completion of a part's sheet.
pub struct Completion {
    /// The choice for each question, or `None` while the question is hidden.
    chosen: Vec<Option<OptionSet>>,
    places: Vec<Place>,
}

impl Completion {
    fn alive(&self) -> CandidateSet {
        (0..self.places.len())
            .filter(|index| !self.places[*index].ruled_out)
            .map(CandidateId::from_index)
            .collect()
    }

    /// Returns the lead of `rival` over `candidate` in points.
    fn ahead(&self, rival: CandidateId, candidate: CandidateId) -> i64 {
        self.places[rival.index()].score - self.places[candidate.index()].score
    }
}

/// Enumerates all completions, or returns `None` if there are too many.
pub fn completions(sheet: &World<'_>, questions: usize, single: bool) -> Option<Vec<Completion>> {
    if sheet.most_completions() > SHEETS {
        return None;
    }
    let mut all = Vec::new();
    sheet.completions(&mut |world| {
        let chosen = |question| world.is_visible(question).then(|| world.chosen(question));
        let chosen = (0..questions).map(QuestionId::from_index).map(chosen).collect();
        all.push(Completion { chosen, places: world.places(single) });
    });
    Some(all)
}

/// Checks a verdict against all completions: a witness leads, a certificate holds, and one of them is
/// present.
pub fn check_verdict(
    questionnaire: &Questionnaire,
    today: &World<'_>,
    (all, single): (&[Completion], bool),
    candidate: CandidateId,
    verdict: &Verdict,
) -> Result<(), TestCaseError> {
    let wins = all.iter().any(|it| leaders(&it.places).contains(candidate));
    let alive = || all.iter().filter(|it| it.alive().contains(candidate));
    match verdict {
        Verdict::CanWin(choices) => {
            prop_assert!(wins, "{candidate:?} never leads");
            let world = completed(questionnaire, today, choices)?;
            prop_assert!(leaders(&world.places(single)).contains(candidate), "{choices:?} is no witness");
        }
        Verdict::CannotWin(Certificate::RuledOut) => prop_assert_eq!(alive().count(), 0),
        Verdict::CannotWin(Certificate::Rivals(rivals)) => {
            prop_assert!(!rivals.is_empty());
            prop_assert!(rivals.iter().all(|(rival, weight)| *weight > 0 && *rival != candidate));
            for completion in alive() {
                let stays = |(rival, _): &(CandidateId, i64)| completion.alive().contains(*rival);
                prop_assert!(rivals.iter().all(stays), "a rival in {rivals:?} can be ruled out");
                let ahead =
                    |(rival, weight): &(CandidateId, i64)| weight * completion.ahead(*rival, candidate);
                let sum: i64 = rivals.iter().map(ahead).sum();
                prop_assert!(sum > 0, "{rivals:?} are not ahead together");
            }
        }
        Verdict::CannotWin(Certificate::Exhausted(_)) => prop_assert!(!wins),
        Verdict::NotRuledOut => prop_assert!(false, "no verdict on {candidate:?}"),
    }
    Ok(())
}

/// Applies choices to a sheet and completes it. A question without a choice stays open if it is skippable,
/// and otherwise takes its first option.
fn completed<'a>(
    questionnaire: &Questionnaire,
    today: &World<'a>,
    choices: &Choices,
) -> Result<World<'a>, TestCaseError> {
    let mut world = today.clone();
    for question in questionnaire.question_ids().filter(|question| today.is_open(*question)) {
        let named = choices.iter().find(|(named, _)| *named == question);
        let allowed = world.choices(question);
        let choice = named.map_or(allowed[0], |(_, options)| *options);
        world = world.with(question, choice);
        prop_assert!(
            !world.is_visible(question) || allowed.contains(&choice),
            "{choice:?} is no answer to {}",
            questionnaire[question].id
        );
    }
    let answered = choices.iter().find(|(question, _)| !today.is_open(*question));
    prop_assert_eq!(answered, None, "only open questions may be answered");
    Ok(world)
}
