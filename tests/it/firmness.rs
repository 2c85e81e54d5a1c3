//! Tests firmness against exhaustive enumeration of sheets and against published figures. Must not do any
//! random sampling itself.

use std::collections::HashMap;

use langfit::advice::{Firmness, NotWanted, PartFirmness, SHEETS, Shares, appraise, firmness, recommend};
use langfit::answers::{Answer, Answers, PartId, Subject};
use langfit::id_set::{IdSet, SmallId as _};
use langfit::questionnaire::{
    CandidateId, CandidateSet, Impact, Kind, Line, OptionSet, QuestionId, Questionnaire,
};
use proptest::prelude::*;

use super::engine::reference::World;
use super::support::generate::cases;
use super::support::{about_three, question, session};

/// Maximum number of completions to enumerate.
const COMPLETIONS: usize = 3000;
const LADDER: [i64; 9] = [-9, -6, -3, -1, 0, 1, 3, 6, 9];

fn found(questionnaire: &Questionnaire, answers: &Answers) -> Firmness {
    let advice = recommend(questionnaire, answers);
    firmness(questionnaire, answers, &advice, &|| true).expect("it is wanted all the time")
}

fn of_system(questionnaire: &Questionnaire, assignments: &[&str]) -> PartFirmness {
    let session = session(questionnaire, assignments);
    found(questionnaire, &session.answers).parts.remove(0)
}

fn amount(count: usize) -> f64 {
    f64::from(u32::try_from(count).expect("it is a small number"))
}

fn candidate(questionnaire: &Questionnaire, id: &str) -> CandidateId {
    questionnaire.find_candidate(id).expect("it is in the file")
}

/// A partial completion with its probability.
type Way = (f64, Answers);

/// Enumerates the random completions with their probabilities, and returns whether there is any question to
/// answer. Returns `None` if there are too many.
fn completions(questionnaire: &Questionnaire, answers: &Answers) -> Option<(Vec<Way>, bool)> {
    let mut ways = vec![(1.0, answers.clone())];
    let mut is_any = false;
    for question in questionnaire.question_ids() {
        let asked = &questionnaire[question];
        if !matches!(asked.kind, Kind::One | Kind::Many) || asked.is_hard() {
            continue;
        }
        let parts: Vec<Option<PartId>> = if asked.each_part {
            answers.subjects().iter().map(|subject| subject.part()).collect()
        } else {
            vec![None]
        };
        for part in parts {
            let mut next = Vec::new();
            for (likely, sheet) in ways {
                if !is_asked(questionnaire, answers, &sheet, question, part) {
                    next.push((likely, sheet));
                    continue;
                }
                is_any = true;
                for (chance, options) in choices(questionnaire, question) {
                    let mut sheet = sheet.clone();
                    sheet.set(question, Subject::from(part), Answer::Chosen(options));
                    next.push((likely * chance, sheet));
                }
            }
            if next.len() > COMPLETIONS {
                return None;
            }
            ways = next;
        }
    }
    Some((ways, is_any))
}

/// Returns whether a question is open in the answers and visible on a sheet.
fn is_asked(
    questionnaire: &Questionnaire,
    answers: &Answers,
    sheet: &Answers,
    question: QuestionId,
    part: Option<PartId>,
) -> bool {
    let asked_of = |subject: &Subject| {
        World::today(questionnaire, answers, *subject).is_open(question)
            && World::today(questionnaire, sheet, *subject).is_visible(question)
    };
    match part {
        Some(_) => asked_of(&Subject::from(part)),
        None => answers.subjects().iter().any(asked_of),
    }
}

/// Returns the possible answers to a question with their probabilities.
fn choices(questionnaire: &Questionnaire, question: QuestionId) -> Vec<(f64, OptionSet)> {
    let asked = &questionnaire[question];
    let all: Vec<_> = asked.all_options().iter().collect();
    let together: Vec<_> = asked.all_options().without(asked.alone_options()).iter().collect();
    let several = asked.kind == Kind::Many && !together.is_empty();
    let one = if several { 0.5 } else { 1.0 } / amount(all.len());
    let mut choices: Vec<(f64, OptionSet)> = all.iter().map(|it| (one, IdSet::only(*it))).collect();
    if several {
        let sets = (1_u32 << together.len()) - 1;
        for set in 1..=sets {
            let chosen = together.iter().enumerate().filter(|(bit, _)| set & (1 << bit) != 0);
            choices.push((0.5 / f64::from(sets), chosen.map(|(_, it)| *it).collect()));
        }
    }
    choices
}

/// Adds the choices of one sheet to the shares. A tie counts in equal shares.
fn count(shares: &mut [HashMap<CandidateId, f64>], likely: f64, choices: &[CandidateSet]) {
    for (shares, choice) in shares.iter_mut().zip(choices) {
        for candidate in choice.iter() {
            *shares.entry(candidate).or_default() += likely / amount(choice.len());
        }
    }
}

/// Checks sampled shares against exact ones. Shares of 0 and 1 must be equal. Others may differ by six
/// standard errors for this number of sheets, plus rounding.
fn check(drawn: &Shares, exact: &HashMap<CandidateId, f64>, all: CandidateSet) -> Result<(), TestCaseError> {
    prop_assert_eq!(drawn.sheets(), SHEETS);
    for candidate in all.iter() {
        let exact = exact.get(&candidate).copied().unwrap_or(0.0);
        let drawn_share = f64::from(drawn.per_mille(candidate)) / 1000.0;
        let error = (exact * (1.0 - exact) / f64::from(SHEETS)).max(0.0).sqrt();
        let missed = (drawn_share - exact).abs();
        prop_assert!(missed <= 6.0 * error + 0.0006, "{candidate:?}: {drawn_share} of {exact}");
        // A certain choice is always recognized, and an impossible one is never counted.
        prop_assert!(drawn.is_always(candidate) || exact < 1.0 - 1e-9);
        prop_assert!(!drawn.ranked().contains(&candidate) || exact > 1e-9);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        max_global_rejects: 1_000_000,
        ..ProptestConfig::default()
    })]

    /// Shares match the enumeration of all completions.
    #[test]
    fn shares_are_those_of_all_sheets(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let Some((ways, is_any)) = completions(questionnaire, answers) else { return Ok(()) };
        let firmness = found(questionnaire, answers);
        let mut exact = vec![HashMap::new(); firmness.parts.len()];
        for (likely, sheet) in &ways {
            let advice = appraise(questionnaire, sheet, None);
            let choices: Vec<CandidateSet> = advice.parts.iter().map(|part| part.choice).collect();
            count(&mut exact, *likely, &choices);
        }
        for (part, exact) in firmness.parts.iter().zip(&exact) {
            prop_assert_eq!(part.answers.is_some(), is_any);
            if let Some(drawn) = &part.answers {
                check(drawn, exact, questionnaire.all_candidates())?;
            }
        }
    }

    /// Shares match the enumeration of all sheets on which each line counts a step less, the same or a step
    /// more. Covers only single parts, whose choice is easy to find.
    #[test]
    fn shares_are_those_of_all_points(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let firmness = found(questionnaire, answers);
        let [part] = firmness.parts.as_slice() else { return Ok(()) };
        let world = World::today(questionnaire, answers, part.subject);
        let scored = |line: &&Line| world.applies(line) && matches!(line.impact, Impact::Points(_));
        let lines: Vec<&Line> = questionnaire.lines().iter().filter(scored).collect();
        if lines.len() > 8 {
            return Ok(());
        }
        let places = world.places(true);
        let mut exact = [HashMap::new()];
        let sheets = 3_u32.pow(u32::try_from(lines.len()).expect("there are few"));
        for sheet in 0..sheets {
            let mut scores: Vec<i64> = places.iter().map(|place| place.score).collect();
            for (at, line) in lines.iter().enumerate() {
                let Impact::Points(points) = line.impact else { continue };
                let (down, up) = steps_from(points);
                let moved = [down, points, up][(sheet / 3_u32.pow(at as u32) % 3) as usize] - points;
                line.candidates.iter().for_each(|it| scores[it.index()] += moved * world.times(line));
            }
            let alive = || questionnaire.all_candidates().iter().filter(|it| !places[it.index()].ruled_out);
            let best = alive().map(|it| scores[it.index()]).max();
            let choice = alive().filter(|it| Some(scores[it.index()]) == best).collect();
            count(&mut exact, 1.0 / f64::from(sheets), &[choice]);
        }
        check(&part.points, &exact[0], questionnaire.all_candidates())?;
    }

    /// If each line may move one step on the ladder, no set of lines smaller than the one found makes a rival
    /// tie.
    #[test]
    fn steps_are_the_fewest(case in cases()) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let advice = recommend(questionnaire, answers);
        for (part, found) in advice.parts.iter().zip(found(questionnaire, answers).parts) {
            let Some(choice) = part.choice.single() else {
                prop_assert_eq!(found.steps, None);
                continue;
            };
            let steps = found.steps.expect("there is one choice");
            let world = World::today(questionnaire, answers, part.subject);
            for (rival, steps) in &steps.rivals {
                let score = |it| part.standing(it).expect("all are ranked").score;
                let lead = score(choice) - score(*rival);
                let moves: Vec<i64> = questionnaire
                    .lines()
                    .iter()
                    .filter(|line| world.applies(line))
                    .filter_map(|line| most(&world, line, choice, *rival))
                    .collect();
                let fewest = (0..=4.min(moves.len())).find(|size| sums(&moves, *size).any(|sum| sum >= lead));
                match (steps, fewest) {
                    (Some(steps), Some(fewest)) => prop_assert_eq!(steps.len(), fewest),
                    (Some(steps), None) => prop_assert!(steps.len() > 4),
                    (None, fewest) => {
                        prop_assert_eq!(fewest, None);
                        prop_assert!(moves.iter().sum::<i64>() < lead);
                    }
                }
            }
        }
    }
}

/// Returns the largest gain of the rival on the choice from one step of a line.
fn most(world: &World<'_>, line: &Line, choice: CandidateId, rival: CandidateId) -> Option<i64> {
    let Impact::Points(points) = line.impact else { return None };
    let (down, up) = steps_from(points);
    let moved = |to: i64| {
        let side = |candidate| if line.candidates.contains(candidate) { to - points } else { 0 };
        (side(rival) - side(choice)) * world.times(line)
    };
    Some(moved(up).max(moved(down)))
}

/// Returns the next points down and up the ladder, or the same points at the end of the ladder.
fn steps_from(points: i64) -> (i64, i64) {
    let down = LADDER.into_iter().filter(|it| *it < points).max();
    let up = LADDER.into_iter().filter(|it| *it > points).min();
    (down.unwrap_or(points), up.unwrap_or(points))
}

/// Returns the sums of all subsets of this size.
fn sums(numbers: &[i64], size: usize) -> Box<dyn Iterator<Item = i64> + '_> {
    match size {
        0 => Box::new(std::iter::once(0)),
        _ => Box::new((0..numbers.len()).flat_map(move |first| {
            sums(&numbers[first + 1..], size - 1).map(move |sum| sum + numbers[first])
        })),
    }
}

/// Efron's dice (Gardner 1970): each die beats the next one in two thirds of all throws, and the last one
/// beats the first. A die is a question, its faces are options, and the numbers on them are points.
#[test]
fn a_share_is_how_often_a_die_wins() {
    let dice = [[0, 0, 4, 4, 4, 4], [3, 3, 3, 3, 3, 3], [2, 2, 2, 2, 6, 6], [1, 1, 1, 5, 5, 5]];
    for at in 0..dice.len() {
        let die = |faces: [i64; 6], candidate: &str| {
            let faces = faces.iter().enumerate();
            let options: Vec<String> = faces
                .map(|(face, points)| match points {
                    0 => format!("f{face}"),
                    _ => format!("f{face}: {points} {candidate}"),
                })
                .collect();
            question(&format!("die-{candidate}"), "One", &options.join("; "))
        };
        let questions = die(dice[at], "a")
            + &die(dice[(at + 1) % dice.len()], "b")
            + &question("rest", "One", "x: -9 c; y: -9 c");
        let questionnaire = about_three(&questions, "");
        let part = of_system(&questionnaire, &["rest=x"]);
        let shares = part.answers.expect("two dice are open");
        let [first, second] = ["a", "b"].map(|id| shares.per_mille(candidate(&questionnaire, id)));
        assert!((620..=713).contains(&first), "die {at} wins {first} of 1,000");
        assert!((290..=380).contains(&second), "die {at} loses {second} of 1,000");
    }
}

/// There are two criteria, and all weights between them are equally likely. Two candidates are each best by
/// one criterion, and each is first for half of the weights. A candidate halfway between is never ahead of
/// both. This is the simplest case of rank acceptability (Lahdelma, Hokkanen and Salminen 1998). The
/// weights are eleven options.
#[test]
fn a_share_is_how_many_weights_favour_a_candidate() {
    let weight = |at: i64| format!("w{at}: {} a, {} b, 11 c", 1 + 2 * at, 21 - 2 * at);
    let weights: Vec<String> = (0..=10).map(weight).collect();
    let questionnaire = about_three(&question("weight", "One", &weights.join("; ")), "");
    let shares = of_system(&questionnaire, &[]).answers.expect("the weight is open");
    let share = |id| shares.per_mille(candidate(&questionnaire, id));
    // A and B each win five of the eleven options. At the middle option, all three tie and get a third each.
    assert!((452..=518).contains(&share("a")), "{}", share("a"));
    assert!((452..=518).contains(&share("b")), "{}", share("b"));
    assert!((18..=42).contains(&share("c")), "{}", share("c"));
}

/// Random completion does not answer hard questions: a host, a standard, code that must be called.
#[test]
fn hard_questions_stay_as_they_are() {
    let hard = question("host", "One", "x: 9 b; y: 9 b").replace("kind: One", "hard: true, kind: One");
    let questionnaire = about_three(&(hard + &question("soft", "One", "x: 1 a; y: 3 a")), "");
    let shares = of_system(&questionnaire, &[]).answers.expect("a soft question is open");
    assert!(shares.is_always(candidate(&questionnaire, "a")));
}

/// Each step names its line and the points that the line would have.
#[test]
fn steps_say_which_lines() {
    let questionnaire = about_three(&question("q", "One", "x: 6 a, 3 a, 3 b, -1 c; y"), "");
    let part = of_system(&questionnaire, &["q=x"]);
    let steps = part.steps.expect("a leads alone");
    let (rival, fewest) = steps.fewest().expect("b can become level");
    assert_eq!(questionnaire[rival].id, "b");
    let named: Vec<(i64, i64)> = fewest
        .iter()
        .map(|step| match questionnaire.lines()[step.line].impact {
            Impact::Points(points) => (points, step.points),
            Impact::Excludes(_) => panic!("it has points"),
        })
        .collect();
    assert_eq!(named, [(6, 3), (3, 6)]);
    assert_eq!(part.answers, None);
}

/// The computation stops when its result is no longer wanted.
#[test]
fn it_stops_when_it_is_not_wanted() {
    let questionnaire = about_three(&question("q", "One", "x: 6 a; y"), "");
    let answers = Answers::new(&questionnaire);
    let advice = recommend(&questionnaire, &answers);
    let left = std::cell::Cell::new(100);
    let is_wanted = || {
        left.set(left.get() - 1);
        left.get() > 0
    };
    assert_eq!(firmness(&questionnaire, &answers, &advice, &is_wanted), Err(NotWanted));
    assert_eq!(left.get(), 0);
}
