//! Tests the balance of the shipped questionnaire: no candidate is preferred initially, and every one can
//! win. Every question and both opposing articles can decide. Which outcome is right is out of scope.

use langfit::advice::{Advice, Choices, Verdict, appraise, outlook, recommend};
use langfit::answers::{Answer, Answers, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{
    CandidateSet, Condition, LineOrigin, OptionId, OptionSet, QuestionId, Questionnaire, SourceId,
};

use super::support::sheets::{Fill, Numbers, random_sheet};
use super::support::{ids, shipped};

/// Number of randomly filled sheets, in addition to the blank ones.
const SHEETS: u64 = 300;

/// Returns one blank sheet for each kind of part, with a single part of that kind, and one without parts.
fn blank_sheets(questionnaire: &Questionnaire) -> Vec<Answers> {
    let parts = questionnaire.parts_question().expect("the shipped questionnaire has parts");
    let whole = Answers::new(questionnaire);
    let kinds = questionnaire[parts].all_options().iter().map(|kind| with_kind(questionnaire, &whole, kind));
    kinds.chain([whole.clone()]).collect()
}

/// Returns the sheet with its parts replaced by a single part of this kind.
fn with_kind(questionnaire: &Questionnaire, answers: &Answers, kind: OptionId) -> Answers {
    let mut answers = answers.clone();
    answers.keep_kinds(&[]);
    answers.add_part(questionnaire, kind).expect("one part is not too many");
    answers
}

/// Returns the sheet with this option as the only answer to the question, for every part.
fn with_option(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    option: OptionId,
) -> Answers {
    if Some(question) == questionnaire.parts_question() {
        return with_kind(questionnaire, answers, option);
    }
    let mut answers = answers.clone();
    let subjects = if questionnaire[question].each_part { answers.subjects() } else { vec![Subject::System] };
    for subject in subjects {
        answers.set(question, subject, Answer::Chosen(OptionSet::only(option)));
    }
    answers
}

/// Returns the sheet with the answers of a witness. Questions that the witness leaves empty stay open.
fn with_choices(answers: &Answers, choices: &Choices) -> Answers {
    let mut answers = answers.clone();
    for (question, options) in choices {
        answers.set(*question, Subject::System, Answer::Chosen(*options));
    }
    answers
}

/// Returns the leaders and the choice of each part.
fn outcome(advice: &Advice) -> Vec<(CandidateSet, CandidateSet)> {
    advice.parts.iter().map(|part| (part.leaders, part.choice)).collect()
}

/// Returns the sheets to search: blank ones and randomly filled ones.
fn sheets(questionnaire: &Questionnaire) -> Vec<Answers> {
    let random = (0..SHEETS).map(|seed| random_sheet(questionnaire, &mut Numbers(seed), Fill::Everything));
    blank_sheets(questionnaire).into_iter().chain(random).collect()
}

/// No candidate is preferred before the first answer.
#[test]
fn a_blank_sheet_is_a_tie_of_all() {
    let questionnaire = shipped();
    let advice = recommend(&questionnaire, &Answers::new(&questionnaire));
    let [whole] = advice.parts.as_slice() else { panic!("one entry for the system as a whole") };
    assert_eq!(whole.subject, Subject::System);
    assert_eq!(whole.leaders, questionnaire.all_candidates());
    assert_eq!(whole.choice, questionnaire.all_candidates());
    assert!(whole.ranking.iter().all(|standing| standing.fit == 0));
}

/// Every candidate leads alone on some sheet with one part and at most one other answer. An answer that
/// only makes the question visible does not count.
#[test]
fn every_candidate_can_lead() {
    let questionnaire = shipped();
    let mut missing = questionnaire.all_candidates();
    for answers in plain_sheets(&questionnaire) {
        let advice = recommend(&questionnaire, &answers);
        advice
            .parts
            .iter()
            .filter_map(|part| part.leaders.single())
            .for_each(|leader| missing.remove(leader));
        if missing.is_empty() {
            return;
        }
    }
    panic!("never leading: {:?}", ids(&questionnaire, missing));
}

fn plain_sheets(questionnaire: &Questionnaire) -> Vec<Answers> {
    let parts = questionnaire.parts_question().expect("the shipped questionnaire has parts");
    // Excludes the questions about languages that the team runs or must use, because those would let any
    // candidate lead.
    let told = |question: &QuestionId| *question != parts && !questionnaire[*question].of_candidates;
    let mut sheets = Vec::new();
    for kind in questionnaire[parts].all_options().iter() {
        let mut blank = Answers::new(questionnaire);
        blank.add_part(questionnaire, kind).expect("one part is not too many");
        sheets.push(blank.clone());
        for question in questionnaire.question_ids().filter(told) {
            let mut answers = blank.clone();
            let when = questionnaire[question].when.as_ref().map(Condition::literals).unwrap_or_default();
            if let Some(literal) = when.iter().find(|literal| told(&literal.question)) {
                answers.set(literal.question, Subject::System, Answer::Chosen(literal.options));
            }
            for option in questionnaire[question].all_options().iter() {
                answers.set(question, Subject::System, Answer::Chosen(OptionSet::only(option)));
                sheets.push(answers.clone());
            }
        }
    }
    sheets
}

/// Every candidate is the only choice on some sheet without answers about present, wanted or required
/// languages. Such an answer would let any candidate win.
#[test]
fn every_candidate_can_win() {
    let questionnaire = shipped();
    let mut missing = questionnaire.all_candidates();
    for mut answers in blank_sheets(&questionnaire) {
        for question in questionnaire.question_ids().filter(|it| questionnaire[*it].of_candidates) {
            answers.set(question, Subject::System, Answer::NotApplicable);
        }
        let advice = recommend(&questionnaire, &answers);
        let outlook = outlook(&questionnaire, &answers, &advice);
        for (candidate, verdict) in outlook.parts[0].verdicts.iter() {
            let Verdict::CanWin(witness) = verdict else { continue };
            let won = recommend(&questionnaire, &with_choices(&answers, witness));
            assert!(won.parts[0].leaders.contains(candidate), "a witness without effect: {witness:?}");
            if won.parts[0].choice.single() == Some(candidate) {
                missing.remove(candidate);
            }
        }
    }
    // A witness may lead only to a tie, so the plain sheets are searched too.
    for answers in plain_sheets(&questionnaire) {
        let advice = appraise(&questionnaire, &answers, None);
        advice.parts.iter().filter_map(|part| part.choice.single()).for_each(|choice| missing.remove(choice));
    }
    assert!(missing.is_empty(), "never chosen alone: {:?}", ids(&questionnaire, missing));
}

/// A question whose answer never changes the outcome wastes an architect's time.
#[test]
fn every_question_that_weighs_can_decide() {
    let questionnaire = shipped();
    let sheets = sheets(&questionnaire);
    let waiver = questionnaire.adoption().waiver.as_ref().map(|(question, _)| *question);
    let weighs = |question: QuestionId| {
        let mut origins = questionnaire.lines().iter().map(|line| line.origin);
        let own = |origin| matches!(origin, LineOrigin::Option(it, _) | LineOrigin::NotChosen(it) if it == question);
        origins.any(own) || waiver == Some(question)
    };
    for question in questionnaire.question_ids().filter(|it| weighs(*it)) {
        let asked = sheets.iter().filter(|answers| answers.visible(&questionnaire)[question]);
        let decides = asked.into_iter().any(|answers| {
            let options = questionnaire[question].all_options();
            let mut outcomes = options.iter().map(|option| {
                let answers = with_option(&questionnaire, answers, question, option);
                outcome(&appraise(&questionnaire, &answers, None))
            });
            let first = outcomes.next();
            outcomes.any(|other| Some(other) != first)
        });
        assert!(decides, "`{}` decides nothing", questionnaire[question].id);
    }
}

/// Each of the two articles that contradict each other counts: without it, some choice would differ.
#[test]
fn both_opposing_articles_carry_some_outcome() {
    let questionnaire = shipped();
    let sheets = sheets(&questionnaire);
    for id in ["default", "overuse"] {
        let source =
            questionnaire.sources().iter().position(|source| source.id == id).map(SourceId::from_index);
        let choices = |answers: &Answers, struck: Option<SourceId>| -> Vec<CandidateSet> {
            appraise(&questionnaire, answers, struck).parts.iter().map(|part| part.choice).collect()
        };
        let carries = sheets.iter().any(|answers| choices(answers, None) != choices(answers, source));
        assert!(source.is_some() && carries, "`{id}` carries no outcome");
    }
}

/// A blank sheet shows no negative points, because a cost that all candidates share does not distinguish
/// them.
#[test]
fn a_blank_sheet_shows_no_figure_below_zero() {
    let questionnaire = shipped();
    let advice = recommend(&questionnaire, &Answers::new(&questionnaire));
    assert!(advice.parts[0].ranking.iter().all(|it| advice.shown(it) == 0));
}
