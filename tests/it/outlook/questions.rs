//! Tests the effect of each open question and which one to ask next, against every possible answer. Must
//! not take the engine's word that a question is moot.

use std::collections::HashMap;

use langfit::advice::{Advice, AskNext, Outlook, Settled, recommend};
use langfit::answers::{Answer, Answers, PartId, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{
    CandidateId, CandidateSet, Kind, OptionId, OptionSet, QuestionId, Questionnaire,
};
use proptest::prelude::*;

use super::{Completion, completions, config, looked_at};
use crate::engine::reference::{Place, Used, World, assignments, leaders};
use crate::support::generate::{Case, cases};
use crate::support::{about_three, answer_for, question, session};

/// The engine promises exact results up to this many joint answers.
const JOINTLY: usize = 50_000;
/// Maximum number of joint answers against which a claim of mootness is checked.
const JOINT: usize = 1000;

impl Case {
    /// Returns each option alone, and the empty choice where it is a valid answer.
    fn options_of(&self, question: QuestionId) -> Vec<OptionSet> {
        let asked = &self.questionnaire[question];
        let none = (asked.kind == Kind::Many && asked.skippable).then_some(OptionSet::EMPTY);
        (0..asked.options.len()).map(OptionId::from_index).map(OptionSet::only).chain(none).collect()
    }

    /// Returns the answers with one question answered wherever it is open. An empty choice is recorded as a
    /// final answer.
    fn tried(&self, question: QuestionId, options: OptionSet) -> Answers {
        let mut answers = self.session.answers.clone();
        let answer = if options.is_empty() { Answer::NotApplicable } else { Answer::Chosen(options) };
        for part in answers.part_ids().filter(|part| self.is_open_for(question, *part)) {
            answers.set(question, Subject::Part(part), answer.clone());
        }
        if is_open(&answers.given(question).answer) {
            answers.set(question, Subject::System, answer);
        }
        answers
    }

    /// Returns whether a part has its own open answer to the question.
    fn is_open_for(&self, question: QuestionId, part: PartId) -> bool {
        self.session.answers[part].overrides.get(&question).is_some_and(is_open)
    }

    /// Returns whether the question is visible and open for a part, or for the system as a whole.
    fn is_asked(&self, question: QuestionId, subject: Subject) -> bool {
        let today = World::today(&self.questionnaire, &self.session.answers, subject);
        today.is_visible(question) && today.is_open(question)
    }

    /// Returns the subjects for which questions are asked.
    fn subjects(&self) -> Vec<Subject> {
        let subjects = self.session.answers.subjects();
        if subjects.is_empty() { vec![Subject::System] } else { subjects }
    }
}

/// Returns the results whose change counts as a flip.
fn outcome(advice: &Advice) -> Vec<(CandidateSet, CandidateSet)> {
    let kits = advice.kits.best.iter().map(|kit| (kit.candidates, CandidateSet::EMPTY));
    advice.parts.iter().map(|part| (part.leaders, part.choice)).chain(kits).collect()
}

fn is_open(answer: &Answer) -> bool {
    matches!(answer, Answer::Open | Answer::NotSure)
}

fn is_settled(settled: Settled) -> bool {
    matches!(settled, Settled::Proven { .. })
}

proptest! {
    #![proptest_config(config(4000))]

    /// `flips` and `settles` match the result of trying each answer in turn.
    #[test]
    fn flips_and_settles_are_what_each_answer_does(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let (advice, outlook) = looked_at(questionnaire, answers);
        // A question is open if some part is asked it and has no answer, neither its own nor the one for
        // all parts.
        let open = questionnaire
            .question_ids()
            .filter(|question| case.subjects().into_iter().any(|part| case.is_asked(*question, part)));
        let listed: Vec<_> = outlook.questions.iter().map(|it| it.question).collect();
        prop_assert_eq!(listed, open.collect::<Vec<_>>());
        let exact = advice.parts.iter().all(|part| {
            World::today(questionnaire, answers, part.subject).most_completions() <= JOINTLY
        });
        for open in &outlook.questions {
            let (mut flips, mut settles) = (false, false);
            for options in case.options_of(open.question) {
                let then = recommend(questionnaire, &case.tried(open.question, options));
                flips |= outcome(&then) != outcome(&advice);
                settles |= advice.parts.iter().zip(&then.parts)
                    .any(|(now, then)| !is_settled(now.settled) && is_settled(then.settled));
            }
            let id = &questionnaire[open.question].id;
            prop_assert_eq!(open.flips, flips, "{} flips", id);
            // With too many coupled answers today, an answer may settle more than the engine can prove.
            if exact {
                prop_assert_eq!(open.settles, settles, "{} settles", id);
            }
            prop_assert!(settles || !open.settles, "{} does not settle", id);
            prop_assert!(!open.moot || !(flips || settles), "{} is moot", id);
        }
    }
}

/// An open answer: for all parts, or for one part that differs.
type Slot = (QuestionId, Subject);

/// Returns every open answer, visible or hidden, for all parts and for parts that differ.
fn slots(questionnaire: &Questionnaire, answers: &Answers) -> Vec<Slot> {
    let asked = questionnaire
        .question_ids()
        .filter(|question| matches!(questionnaire[*question].kind, Kind::One | Kind::Many));
    asked
        .flat_map(|question| {
            let own = |part: &PartId| answers[*part].overrides.get(&question).is_some_and(is_open);
            let whole = is_open(&answers.given(question).answer).then_some((question, Subject::System));
            let own = answers.part_ids().filter(own).map(move |part| (question, Subject::Part(part)));
            whole.into_iter().chain(own).collect::<Vec<_>>()
        })
        .collect()
}

/// Returns whether changing only the answer to `on` shows or hides `asked`.
fn depends(sheet: &World<'_>, asked: QuestionId, on: QuestionId) -> bool {
    let shown = |options: OptionSet| sheet.with(on, options).is_visible(asked);
    asked != on
        && sheet.is_open(on)
        && sheet.choices(on).iter().any(|it| shown(*it) != sheet.is_visible(asked))
}

/// Leaders and choice of every part, and the best kits, for one joint answer.
type Joint = (Vec<CandidateSet>, Vec<CandidateSet>, Vec<u64>);

/// Returns the joint outcome of sheets from the same session.
fn joint(whole: &World<'_>, parts: &[World<'_>]) -> Joint {
    let leading = parts.iter().map(|sheet| leaders(&sheet.places(parts.len() == 1))).collect();
    let fits: Vec<Vec<Place>> = parts.iter().map(|sheet| sheet.places(false)).collect();
    let served: Vec<Vec<Place>> =
        fits.iter().filter(|places| places.iter().any(|it| !it.ruled_out)).cloned().collect();
    let costs: Vec<i64> =
        (0..fits.first().map_or(0, Vec::len)).map(|it| whole.cost(CandidateId::from_index(it))).collect();
    let used = assignments(&served, &costs);
    let most = used.iter().map(Used::net).max();
    let best = || used.iter().filter(|it| Some(it.net()) == most).map(|it| it.candidates);
    let choice = |places: &Vec<Place>| {
        let of_kit = |kit: CandidateSet| {
            let usable = || kit.iter().filter(|it| !places[it.index()].ruled_out);
            let fit = usable().map(|it| places[it.index()].fit).max();
            usable().filter(move |it| Some(places[it.index()].fit) == fit).collect::<CandidateSet>()
        };
        best().map(of_kit).fold(CandidateSet::EMPTY, CandidateSet::union)
    };
    let mut kits: Vec<u64> = best().map(CandidateSet::bits).collect();
    kits.sort_unstable();
    (leading, fits.iter().map(choice).collect(), kits)
}

/// Checks that no outcome depends on a moot question or on the questions that it reveals.
fn check_moot(case: &Case, question: QuestionId) -> Result<(), TestCaseError> {
    let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
    let slots = slots(questionnaire, answers);
    let whole = World::today(questionnaire, answers, Subject::System);
    let choices: Vec<Vec<OptionSet>> = slots.iter().map(|(asked, _)| whole.choices(*asked)).collect();
    let count = choices.iter().map(Vec::len).try_fold(1, usize::checked_mul);
    if count.is_none_or(|count| count > JOINT) {
        return Ok(());
    }
    let subjects = answers.subjects();
    let parts: Vec<World<'_>> =
        subjects.iter().map(|part| World::today(questionnaire, answers, *part)).collect();
    let mut seen: HashMap<Vec<Option<OptionSet>>, Joint> = HashMap::new();
    for mut index in 0..count.unwrap_or(0) {
        let (mut all, mut sheets, mut chosen) = (whole.clone(), parts.clone(), Vec::new());
        let reaches = |(asked, slot): &Slot, subject: &Subject| {
            let differs = subject.part().is_some_and(|it| answers[it].overrides.contains_key(asked));
            (differs && slot == subject) || (!differs && *slot == Subject::System)
        };
        for (slot, choices) in slots.iter().zip(&choices) {
            let choice = choices[index % choices.len()];
            index /= choices.len();
            chosen.push(choice);
            if slot.1 == Subject::System {
                all = all.with(slot.0, choice);
            }
            for (_, sheet) in subjects.iter().zip(&mut sheets).filter(|(subject, _)| reaches(slot, subject)) {
                *sheet = sheet.with(slot.0, choice);
            }
        }
        // An answer varies independently unless the moot question shows or hides it in every part that it
        // reaches.
        let by_itself = |slot: &Slot| {
            let mut reached =
                subjects.iter().zip(&sheets).filter(|(subject, _)| reaches(slot, subject)).peekable();
            reached.peek().is_none() || reached.any(|(_, sheet)| !depends(sheet, slot.0, question))
        };
        let others = slots
            .iter()
            .zip(chosen)
            .filter(|(slot, _)| slot.0 != question)
            .map(|(slot, choice)| by_itself(slot).then_some(choice))
            .collect();
        let joint = joint(&all, &sheets);
        let known = seen.entry(others).or_insert_with(|| joint.clone());
        prop_assert_eq!(known, &joint, "{} is not moot", questionnaire[question].id);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(3000))]

    /// No outcome ever depends on a question that is called moot.
    #[test]
    fn nothing_depends_on_a_moot_question(case in cases()) {
        let (_, outlook) = looked_at(&case.questionnaire, &case.session.answers);
        for open in outlook.questions.iter().filter(|open| open.moot) {
            check_moot(&case, open.question)?;
        }
    }
}

/// Returns the minimax regret: the smallest worst-case lead of a rival over a candidate. A lead counts only
/// where neither of the two is ruled out.
fn regret<'a>(all: &(impl Iterator<Item = &'a Completion> + Clone), candidates: usize) -> i64 {
    let ids = || (0..candidates).map(CandidateId::from_index);
    let behind = |own: CandidateId, rival: CandidateId| {
        let both = all.clone().filter(|it| it.alive().contains(own) && it.alive().contains(rival));
        both.map(|it| it.ahead(rival, own)).max()
    };
    let alive = ids().filter(|own| all.clone().any(|it| it.alive().contains(*own)));
    // A candidate that never remains together with another one has no rival to fall behind.
    let worst =
        |own: CandidateId| ids().filter(|it| *it != own).filter_map(|it| behind(own, it)).max().unwrap_or(0);
    alive.map(worst).min().unwrap_or(0)
}

/// A part and all its completions.
type PartCompletions = (Subject, Vec<Completion>);

/// Returns the remaining regret after the worst answer to an open question, summed over the parts.
fn worst(case: &Case, parts: &[PartCompletions], question: QuestionId) -> i64 {
    let count = case.questionnaire.candidates().len();
    let left = |options: OptionSet| -> i64 {
        let of_part = |(part, all): &PartCompletions| {
            let own = !is_open(case.session.answers.answer(question, *part));
            // The answer does not reach a part with its own answer, and does not matter where the question
            // is hidden.
            let happens =
                |it: &&Completion| own || it.chosen[question.index()].is_none_or(|it| it == options);
            regret(&all.iter().filter(happens), count)
        };
        parts.iter().map(of_part).sum()
    };
    case.options_of(question).into_iter().map(left).max().unwrap_or(0)
}

fn check_ask_next(case: &Case, outlook: &Outlook, parts: &[PartCompletions]) -> Result<(), TestCaseError> {
    // A question counts as not sure only if that is the answer of every part that is asked it.
    let not_sure = |question: QuestionId| {
        let asked = case.subjects().into_iter().filter(|part| case.is_asked(question, *part));
        asked.into_iter().all(|part| case.session.answers.answer(question, part) == &Answer::NotSure)
    };
    let mattering = || outlook.questions.iter().filter(|it| !it.moot).map(|it| it.question);
    let Some(asked) = outlook.ask_next else {
        prop_assert_eq!(mattering().next(), None);
        return Ok(());
    };
    prop_assert_eq!(asked.find_out, mattering().all(not_sure));
    prop_assert_eq!(asked.find_out, not_sure(asked.question));
    let comparable = mattering().filter(|question| not_sure(*question) == asked.find_out);
    let least = comparable.map(|question| (worst(case, parts, question), question)).min();
    let own = worst(case, parts, asked.question);
    prop_assert!(mattering().any(|question| question == asked.question));
    prop_assert_eq!(Some(own), least.map(|(least, _)| least), "{:?} is the one to ask", least);
    Ok(())
}

proptest! {
    #![proptest_config(config(3000))]

    /// The next question to ask is one whose worst answer leaves the least regret.
    #[test]
    fn the_next_question_leaves_least_to_regret(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let (advice, outlook) = looked_at(questionnaire, answers);
        let part = |part: &langfit::advice::PartAdvice| {
            let today = World::today(questionnaire, answers, part.subject);
            let all = completions(&today, questionnaire.questions().len(), advice.is_single())?;
            Some((part.subject, all))
        };
        let parts: Option<Vec<_>> = advice.parts.iter().map(part).collect();
        if let Some(parts) = parts {
            check_ask_next(&case, &outlook, &parts)?;
        }
    }
}

/// A question can be open for one part only. The team has to find out the answer if all open answers to the question are "not sure".
#[test]
fn a_question_that_is_open_for_one_part_is_open() {
    let asked = question("q", "One, each_part: true", "x: 3 a; y: 3 b");
    let questionnaire = about_three(&(question("parts", "Parts", "api; ui") + &asked), "");
    let q = questionnaire.find("q").expect("it is there");
    for (assignments, own, find_out) in [
        (["parts=api,ui", "q=x"], "q=?", true),
        (["parts=api,ui", "q=x"], "q=", false),
        (["parts=api,ui", "q="], "q=?", false),
    ] {
        let mut session = session(&questionnaire, &assignments);
        answer_for(&questionnaire, &mut session, 0, own);
        let (_, outlook) = looked_at(&questionnaire, &session.answers);
        let [open] = outlook.questions.as_slice() else { panic!("one is open") };
        assert!(open.question == q && open.flips && !open.moot, "{assignments:?}, {own}: {open:?}");
        assert_eq!(outlook.ask_next, Some(AskNext { question: q, find_out }), "{assignments:?}, {own}");
        let progress = session.answers.progress(&questionnaire);
        assert_eq!(progress.not_sure, usize::from(find_out), "{assignments:?}, {own}");
    }
}

/// Checks which question is next, where A and B are tied and far ahead of C.
#[track_caller]
fn check_next(questions: &[(&str, &str)], next: &str) {
    let asked: String = questions.iter().map(|(id, options)| question(id, "One", options)).collect();
    let questionnaire = about_three(&(question("lead", "One", "x: 10 a, 10 b") + &asked), "");
    let (_, outlook) = looked_at(&questionnaire, &session(&questionnaire, &["lead=x"]).answers);
    let asked = outlook.ask_next.map(|next| questionnaire[next.question].id.as_str());
    assert_eq!(asked, Some(next), "{questions:?}");
}

/// If the worst answers leave equal regret, the question with the larger possible difference comes first.
/// If those are equal too, the first question in the file does.
#[test]
fn the_larger_difference_decides_between_equal_regrets() {
    // After the worst answer to any of these, the best choice can still fall one point behind.
    let (one_side, both_sides) = (("one-side", "x: 2 a; y"), ("both-sides", "x: 1 b; y: 1 a"));
    let wider = ("wider", "x: 1 b; y: 2 a");
    check_next(&[one_side, wider], "wider");
    check_next(&[wider, one_side], "wider");
    check_next(&[one_side, both_sides], "one-side");
    check_next(&[both_sides, one_side], "both-sides");
}

/// A question is moot if every answer to it moves all possible leaders by the same amount, whatever it does
/// to other candidates.
#[test]
fn a_question_that_moves_all_possible_leaders_alike_is_moot() {
    for (options, moot) in [
        ("x: 2 a, 2 b; y: 5 c", true),
        ("x: 2 a, 2 b; y: 1 a, 1 b", true),
        ("x: 2 a, 2 b; y: 1 a", false),
        ("x: 2 a, 2 b; y: 11 c", false),
    ] {
        let asked = question("lead", "One", "x: 10 a, 10 b") + &question("q", "One", options);
        let questionnaire = about_three(&asked, "");
        let (_, outlook) = looked_at(&questionnaire, &session(&questionnaire, &["lead=x"]).answers);
        let [open] = outlook.questions.as_slice() else { panic!("one is open") };
        assert_eq!((open.moot, outlook.ask_next.is_none()), (moot, moot), "{options}");
    }
}

/// If one of two candidates is always ruled out, neither can fall behind the other. `without-c` can leave
/// only these two, so its regret is 0. After `without-a-or-b`, C leads by ten points, a regret of -10.
#[test]
fn candidates_that_never_coexist_cannot_fall_behind() {
    let excludes = |id: &str, skippable: bool, x: &str, y: &str| {
        let option = |id: &str, out: &str| {
            let exclusion = format!("(candidates: [{out:?}], because: \"r\", source: [\"s\"])");
            let exclusions = if out.is_empty() { "" } else { exclusion.as_str() };
            format!("(id: {id:?}, text: {id:?}, exclusions: [{exclusions}]),")
        };
        format!(
            "(id: {id:?}, title: {id:?}, ask: \"a\", why: \"w\", kind: One, skippable: {skippable}, options: [{}{}]),",
            option("x", x),
            option("y", y)
        )
    };
    let asked = question("lead", "One", "x: 10 c")
        + &excludes("without-c", true, "c", "")
        + &excludes("without-a-or-b", false, "a", "b");
    let questionnaire = about_three(&asked, "");
    let (_, outlook) = looked_at(&questionnaire, &session(&questionnaire, &["lead=x"]).answers);
    let next = outlook.ask_next.map(|next| questionnaire[next.question].id.as_str());
    assert_eq!(next, Some("without-a-or-b"));
}
