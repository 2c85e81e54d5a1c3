//! Tests problems with known answers, most of them published, expressed as questionnaires. All data is in
//! this repository.

use std::fmt::Write as _;

use langfit::advice::{
    Advice, Certificate, Choices, Entry, Fewest, Outlook, PartAdvice, Settled, Verdict, Why, outlook,
    recommend, versus,
};
use langfit::answers::{Answer, Answers, Subject};
use langfit::id_set::SmallId as _;
use langfit::lint::lint;
use langfit::questionnaire::{CandidateId, CandidateSet, OptionId, OptionSet, Questionnaire};
use serde::Deserialize;

use super::support::parse;

/// The effects of an option: points by candidate, and the candidates that it rules out.
#[derive(Clone, Default)]
struct Brings {
    points: Vec<i64>,
    excludes: Vec<usize>,
}

impl Brings {
    fn points(points: &[i64]) -> Self {
        Self { points: points.to_vec(), excludes: Vec::new() }
    }
}

/// Writes options `o0`, `o1` and so on.
fn options(text: &mut String, options: &[Brings]) {
    for (index, option) in options.iter().enumerate() {
        let _ = write!(text, "(id: \"o{index}\", text: \"t\", evidence: [");
        for (candidate, points) in option.points.iter().enumerate().filter(|(_, points)| **points != 0) {
            let about = format!("candidates: [\"c{candidate}\"], because: \"r\", source: [\"s\"]");
            let _ = write!(text, "(points: {points}, {about}),");
        }
        text.push_str("], exclusions: [");
        for candidate in &option.excludes {
            let _ = write!(text, "(candidates: [\"c{candidate}\"], because: \"r\", source: [\"s\"]),");
        }
        text.push_str("]),");
    }
}

/// Returns a questionnaire with these adoption costs and one question of this kind per list of options.
fn questionnaire(costs: &[i64], questions: &[Vec<Brings>], (kind, skippable): (&str, bool)) -> Questionnaire {
    let mut text = "(format: 2, id: \"case\", version: \"1\", title: \"t\", subject: \"c0\", sources: \
                    [(id: \"s\", title: \"s\")], adoption: (points: 0, because: \"r\", source: [\"s\"]), \
                    candidates: ["
        .to_owned();
    for (index, cost) in costs.iter().enumerate() {
        let _ = write!(text, "(id: \"c{index}\", name: \"c\", adoption: {cost}),");
    }
    text.push_str("], questions: [");
    for (index, question) in questions.iter().enumerate() {
        let about = "title: \"t\", ask: \"a\", why: \"w\"";
        let _ = write!(text, "(id: \"q{index}\", {about}, kind: {kind}, skippable: {skippable}, options: [");
        options(&mut text, question);
        text.push_str("]),");
    }
    text.push_str("])");
    parse(&text)
}

/// Returns a questionnaire without adoption costs, whose questions take one option each.
fn sheet(candidates: usize, questions: &[Vec<Brings>], skippable: bool) -> Questionnaire {
    questionnaire(&vec![0; candidates], questions, ("One", skippable))
}

/// Returns answers given as option positions, one per question. `None` leaves the question open.
fn answers(questionnaire: &Questionnaire, given: impl IntoIterator<Item = Option<usize>>) -> Answers {
    let mut answers = Answers::new(questionnaire);
    for (question, option) in questionnaire.question_ids().zip(given) {
        if let Some(option) = option {
            answers.set(
                question,
                Subject::System,
                Answer::Chosen(OptionSet::only(OptionId::from_index(option))),
            );
        }
    }
    answers
}

fn set(candidates: &[usize]) -> CandidateSet {
    candidates.iter().copied().map(CandidateId::from_index).collect()
}

/// Returns the advice and the outlook for a single part or for the system as a whole.
fn looked_at(questionnaire: &Questionnaire, answers: &Answers) -> (Advice, Outlook) {
    let advice = recommend(questionnaire, answers);
    let outlook = outlook(questionnaire, answers, &advice);
    (advice, outlook)
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    serde_json::from_str(text).expect("the figures are written down as they are read")
}

fn score(part: &PartAdvice, candidate: usize) -> i64 {
    part.standing(CandidateId::from_index(candidate)).expect("every candidate is ranked").score
}

/// Points by question and candidate. `scores` is empty where only the ranks were published.
#[derive(Deserialize)]
struct WeightedSum {
    id: String,
    points: Vec<Vec<i64>>,
    #[serde(default)]
    scores: Vec<i64>,
    rank: Vec<usize>,
}

/// Published weighted sums from three sources. The first is scikit-criteria, `tests/agg/test_simple.py`. The
/// second is the example in the article "Weighted sum model", with weights times 100 and a tie between the
/// first two. The third is the docstring of pymcdm's `wsm.py`, with normalized columns times a million.
#[test]
fn weighted_sums_have_their_published_ranks() {
    let cases: Vec<WeightedSum> = read(include_str!("data/weighted-sums.json"));
    for case in &cases {
        let questions: Vec<_> = case.points.iter().map(|points| vec![Brings::points(points)]).collect();
        let questionnaire = sheet(case.rank.len(), &questions, true);
        let answers = answers(&questionnaire, questions.iter().map(|_| Some(0)));
        let advice = recommend(&questionnaire, &answers);
        let part = &advice.parts[0];
        let first = (0..case.rank.len()).filter(|candidate| case.rank[*candidate] == 1);
        assert_eq!(part.leaders, first.map(CandidateId::from_index).collect(), "{}", case.id);
        for (candidate, rank) in case.rank.iter().enumerate() {
            let ahead = part.ranking.iter().filter(|it| it.score > score(part, candidate)).count();
            assert_eq!(ahead + 1, *rank, "{}", case.id);
        }
        for (candidate, expected) in case.scores.iter().enumerate() {
            assert_eq!(score(part, candidate), *expected, "{}", case.id);
        }
    }
}

#[derive(Deserialize)]
struct Scorecard {
    questions: Vec<Characteristic>,
    score: i64,
    losses: Vec<i64>,
    /// Questions with a positive loss, largest first.
    reasons: Vec<usize>,
}

#[derive(Deserialize)]
struct Characteristic {
    baseline: i64,
    /// Points by option. The first option means that the question was not answered.
    points: Vec<i64>,
    answer: usize,
}

/// The scorecard sample of the Data Mining Group for points below the baseline, as published with
/// jpmml-evaluator (`CharacteristicReasonCodeTest.pmml`). The baseline is a second candidate.
#[test]
fn differences_match_the_published_scorecard_reasons() {
    let card: Scorecard = read(include_str!("data/scorecard.json"));
    let brings = |it: &Characteristic| -> Vec<Brings> {
        it.points.iter().map(|points| Brings::points(&[*points, it.baseline])).collect()
    };
    let questions: Vec<_> = card.questions.iter().map(brings).collect();
    let questionnaire = sheet(2, &questions, true);
    let answers = answers(&questionnaire, card.questions.iter().map(|it| Some(it.answer)));
    let advice = recommend(&questionnaire, &answers);
    assert_eq!(score(&advice.parts[0], 0), card.score);

    let pair = (CandidateId::from_index(0), CandidateId::from_index(1));
    let versus = versus(&questionnaire, &answers, Subject::System, true, pair);
    let loss = |question: usize| -> i64 {
        let sum = |entries: &[Entry<'_>]| -> i64 {
            let is_own =
                |entry: &&Entry<'_>| matches!(entry.why, Why::Option(id, _) if id.index() == question);
            entries.iter().filter(is_own).map(|entry| entry.points).sum()
        };
        sum(&versus.second) - sum(&versus.first)
    };
    let losses: Vec<i64> = (0..card.questions.len()).map(loss).collect();
    assert_eq!(losses, card.losses);
    let mut reasons: Vec<usize> = (0..losses.len()).filter(|question| losses[*question] > 0).collect();
    reasons.sort_by_key(|question| -losses[*question]);
    assert_eq!(reasons, card.reasons);
}

#[derive(Deserialize)]
struct Filters {
    alternatives: Vec<String>,
    r#return: Vec<i64>,
    risk: Vec<i64>,
    return_above: i64,
    risk_above: i64,
    survivors: Vec<String>,
    capital: Vec<i64>,
    /// The dominated alternative and the one that dominates it.
    dominated: (String, String),
}

/// scikit-criteria, `tests/preprocessing/test_filters.py`, `test_FilterGT`: an alternative that fails the
/// filter is ruled out regardless of its points.
#[test]
fn exclusions_leave_the_published_survivors() {
    let filters: Filters = read(include_str!("data/exclusions.json"));
    let fails = |values: &[i64], above: i64| {
        let excludes = (0..values.len()).filter(|index| values[*index] <= above).collect();
        vec![Brings { points: vec![0, 100, 0, 100, 0], excludes }]
    };
    let questions =
        [fails(&filters.r#return, filters.return_above), fails(&filters.risk, filters.risk_above)];
    let questionnaire = sheet(filters.alternatives.len(), &questions, true);
    let advice = recommend(&questionnaire, &answers(&questionnaire, [Some(0), Some(0)]));
    let survives = |id: &CandidateId| !advice.parts[0].ruled_out().contains(*id);
    let survivors = questionnaire.all_candidates().iter().filter(survives);
    let survivors: Vec<&String> = survivors.map(|id| &filters.alternatives[id.index()]).collect();
    assert_eq!(survivors, filters.survivors.iter().collect::<Vec<_>>());
    assert_eq!(advice.parts[0].leaders, set(&[0, 2, 4]));
}

/// From the same file, `test_FilterNonDominated`: a warning names the dominated alternative and the one
/// that dominates it. A smaller risk is better.
#[test]
fn the_published_dominated_alternative_is_named() {
    let table: Filters = read(include_str!("data/exclusions.json"));
    let risk: Vec<i64> = table.risk.iter().map(|risk| -risk).collect();
    let questions = [&table.r#return, &table.capital, &risk].map(|points| vec![Brings::points(points)]);
    let questionnaire = sheet(table.alternatives.len(), &questions, true);
    let position = |name: &String| table.alternatives.iter().position(|it| it == name).expect("it is listed");
    let (worse, better) = (position(&table.dominated.0), position(&table.dominated.1));
    let warnings = lint(&questionnaire);
    let named: Vec<_> = warnings.iter().filter(|it| it.what.contains("dominated")).collect();
    assert_eq!(named.len(), 1, "{warnings:?}");
    assert_eq!(named[0].span, questionnaire.candidates()[worse].span);
    assert!(named[0].what.contains(&format!("`c{better}`")), "{}", named[0].what);
}

/// Points by question and candidate. The last candidate has the lowest score.
#[derive(Deserialize)]
struct Reversal {
    points: Vec<Vec<i64>>,
    scores: Vec<i64>,
}

/// With min-max normalized sums, adding the last candidate changes the winner, an effect described by
/// Belton and Gear 1983. With fixed points it does not. The figures were found by search.
#[test]
fn a_last_candidate_does_not_change_the_winner() {
    let case: Reversal = read(include_str!("data/rank-reversal.json"));
    for count in [case.scores.len() - 1, case.scores.len()] {
        let questions: Vec<_> =
            case.points.iter().map(|points| vec![Brings::points(&points[..count])]).collect();
        let questionnaire = sheet(count, &questions, true);
        let advice = recommend(&questionnaire, &answers(&questionnaire, [Some(0), Some(0)]));
        let scores: Vec<i64> = (0..count).map(|candidate| score(&advice.parts[0], candidate)).collect();
        assert_eq!(scores, case.scores[..count]);
        assert_eq!(advice.parts[0].leaders, set(&[0]));
    }
}

/// A season: wins so far, remaining games between pairs of teams, and remaining games against other teams.
#[derive(Deserialize)]
struct Season {
    id: String,
    base: Vec<i64>,
    games: Vec<(usize, usize, i64)>,
    solo: Vec<(usize, i64)>,
    impossible: Vec<usize>,
    decided: Option<usize>,
}

impl Season {
    /// Returns the remaining series as questions, with an option for each possible result.
    fn series(&self) -> Vec<Vec<Brings>> {
        let brings = |won: &[(usize, i64)]| {
            let mut points = vec![0; self.base.len()];
            for (team, wins) in won {
                points[*team] += wins;
            }
            Brings { points, excludes: Vec::new() }
        };
        let games = self.games.iter().map(|(one, other, count)| {
            (0..=*count).map(|wins| brings(&[(*one, wins), (*other, count - wins)])).collect()
        });
        let solo =
            self.solo.iter().map(|(team, count)| (0..=*count).map(|it| brings(&[(*team, it)])).collect());
        games.chain(solo).collect()
    }

    /// Checks that the weighted sum of the team's leads over the rivals is negative whatever the results.
    /// The maximum is found for each series separately.
    fn check_certificate(&self, team: usize, rivals: &[(CandidateId, i64)]) {
        assert!(rivals.iter().all(|(rival, weight)| *weight > 0 && rival.index() != team), "{}", self.id);
        let lead = |wins: &[i64]| -> i64 {
            rivals.iter().map(|(rival, weight)| weight * (wins[team] - wins[rival.index()])).sum()
        };
        let best = |outcomes: &Vec<Brings>| outcomes.iter().map(|it| lead(&it.points)).max();
        let most = self.series().iter().map(best).sum::<Option<i64>>().expect("each series ends somehow");
        assert!(lead(&self.base) + most < 0, "{}: {rivals:?} do not stay ahead of {team}", self.id);
    }

    /// Checks that the team leads, alone or tied, if the series end this way.
    fn check_witness(&self, questionnaire: &Questionnaire, team: usize, choices: &Choices) {
        let mut ended = answers(questionnaire, [Some(0)]);
        for (question, options) in choices {
            assert!(options.single().is_some(), "{}: each series ends in one way", self.id);
            ended.set(*question, Subject::System, Answer::Chosen(*options));
        }
        // A series that the witness does not name cannot change the result, but it needs an outcome.
        for question in questionnaire.question_ids() {
            if ended.is_unanswered(questionnaire, question, Subject::System) {
                ended.set(
                    question,
                    Subject::System,
                    Answer::Chosen(OptionSet::only(OptionId::from_index(0))),
                );
            }
        }
        let leaders = recommend(questionnaire, &ended).parts[0].leaders;
        assert!(
            leaders.contains(CandidateId::from_index(team)),
            "{}: {choices:?} does not let {team} win",
            self.id
        );
    }
}

/// The data set of the assignment "Baseball Elimination" (R. Sedgewick and K. Wayne, Princeton COS 226):
/// which teams can still win. A witness proves each yes, and a certificate proves each no.
#[test]
fn eliminated_teams_are_the_published_ones() {
    let seasons: Vec<Season> = read(include_str!("data/eliminations.json"));
    for season in &seasons {
        let mut questions = vec![vec![Brings::points(&season.base)]];
        questions.extend(season.series());
        let questionnaire = sheet(season.base.len(), &questions, false);
        let (advice, outlook) = looked_at(&questionnaire, &answers(&questionnaire, [Some(0)]));
        for (team, verdict) in outlook.parts[0].verdicts.values().enumerate() {
            match verdict {
                Verdict::CanWin(choices) => {
                    assert!(!season.impossible.contains(&team), "{}: {team}", season.id);
                    season.check_witness(&questionnaire, team, choices);
                }
                Verdict::CannotWin(Certificate::Rivals(rivals)) => {
                    assert!(season.impossible.contains(&team), "{}: {team}", season.id);
                    season.check_certificate(team, rivals);
                }
                other => panic!("{}: {team} has {other:?}", season.id),
            }
        }
        let settled = matches!(advice.parts[0].settled, Settled::Proven { .. });
        let leader = advice.parts[0].leaders.single().filter(|_| settled);
        assert_eq!(leader, season.decided.map(CandidateId::from_index), "{}", season.id);
    }
}

/// Facility location problems that share their transport costs.
#[derive(Deserialize)]
struct Facilities {
    instances: Vec<Instance>,
    /// Costs by customer and facility.
    transport: Vec<Vec<i64>>,
}

#[derive(Deserialize)]
struct Instance {
    id: String,
    fixed: Vec<i64>,
    optimum: i64,
    opened: usize,
    /// The minimum cost with one facility, with two, and so on.
    sizes: Vec<i64>,
}

/// OR-Library (J. E. Beasley), cap71 to cap74 with the optima of `uncapopt`, all times 80 to make them
/// integers. Opening a facility stands for adopting a language, and a customer stands for a part. The
/// minimum costs by number of facilities were found by full enumeration.
#[test]
fn kits_solve_published_facility_locations() {
    let set: Facilities = read(include_str!("data/facilities.json"));
    let kinds: Vec<Brings> = set
        .transport
        .iter()
        .map(|costs| Brings::points(&costs.iter().map(|cost| -cost).collect::<Vec<_>>()))
        .collect();
    for instance in &set.instances {
        let questionnaire = questionnaire(&instance.fixed, std::slice::from_ref(&kinds), ("Parts", true));
        let mut answers = Answers::new(&questionnaire);
        for kind in 0..kinds.len() {
            answers
                .add_part(&questionnaire, OptionId::from_index(kind))
                .expect("fifty parts are not too many");
        }
        let kits = recommend(&questionnaire, &answers).kits;
        assert_eq!(-kits.best[0].net(), instance.optimum, "{}", instance.id);
        assert_eq!(kits.best[0].candidates.len(), instance.opened, "{}", instance.id);
        for (size, least) in (1..).zip(&instance.sizes) {
            let kit = kits.by_size.iter().flatten().find(|kit| kit.candidates.len() == size);
            assert_eq!(kit.map(|kit| -kit.net()), Some(*least), "{} with {size}", instance.id);
        }
    }
}

/// Values by language and part, or `None` where the language cannot serve the part.
#[derive(Deserialize)]
struct Portfolio {
    values: Vec<Vec<Option<i64>>>,
    /// Cost of every language after the first.
    cost: i64,
    /// The best fit with at most one language, with at most two, and so on.
    fits: Vec<i64>,
    net: i64,
}

/// Small portfolios, each solved by enumeration.
#[test]
fn kits_are_those_of_enumerated_portfolios() {
    let cases: Vec<Portfolio> = read(include_str!("data/kits.json"));
    for case in &cases {
        let count = case.values.len();
        let kind = |part: usize| Brings {
            points: case.values.iter().map(|values| values[part].unwrap_or(0)).collect(),
            excludes: (0..count).filter(|language| case.values[*language][part].is_none()).collect(),
        };
        let kinds: Vec<Brings> = (0..case.values[0].len()).map(kind).collect();
        let questionnaire =
            questionnaire(&vec![case.cost; count], std::slice::from_ref(&kinds), ("Parts", true));
        let mut answers = Answers::new(&questionnaire);
        for kind in 0..kinds.len() {
            answers
                .add_part(&questionnaire, OptionId::from_index(kind))
                .expect("a few parts are not too many");
        }
        let kits = recommend(&questionnaire, &answers).kits;
        // The enumeration does not count the cost of the first language.
        assert_eq!(kits.best[0].net() + case.cost, case.net);
        for (size, fit) in (1..).zip(&case.fits) {
            let kits = kits.by_size.iter().flatten();
            let most = kits.filter(|kit| kit.candidates.len() <= size).map(|kit| kit.fit).max();
            assert_eq!(most, Some(*fit), "{size} languages");
        }
    }
}

/// A sheet of answers with the results of enumerating all completions and all changes.
#[derive(Deserialize)]
struct Enumerated {
    points: Vec<Vec<Vec<i64>>>,
    excludes: Vec<Vec<Vec<usize>>>,
    answers: Vec<Option<usize>>,
    leaders: Vec<usize>,
    forced: Completed,
    skippable: Completed,
    fewest: Option<usize>,
}

#[derive(Deserialize)]
struct Completed {
    /// Candidates that lead in some completion, alone or tied.
    winners: Vec<usize>,
    /// The candidate that leads alone in all completions.
    decided: Option<usize>,
}

impl Enumerated {
    fn check(&self, skippable: bool, expected: &Completed) {
        let brings = |(points, excludes): (&Vec<i64>, &Vec<usize>)| Brings {
            points: points.clone(),
            excludes: excludes.clone(),
        };
        let options = |(points, excludes): (&Vec<Vec<i64>>, &Vec<Vec<usize>>)| -> Vec<Brings> {
            points.iter().zip(excludes).map(brings).collect()
        };
        let questions: Vec<_> = self.points.iter().zip(&self.excludes).map(options).collect();
        let questionnaire = sheet(self.points[0][0].len(), &questions, skippable);
        let (advice, outlook) =
            looked_at(&questionnaire, &answers(&questionnaire, self.answers.iter().copied()));
        let part = &advice.parts[0];
        assert_eq!(part.leaders, set(&self.leaders));
        let can_win = |verdict: &Verdict| matches!(verdict, Verdict::CanWin(_));
        let winners = outlook.parts[0].verdicts.values().enumerate().filter(|(_, verdict)| can_win(verdict));
        assert_eq!(winners.map(|(candidate, _)| candidate).collect::<Vec<_>>(), expected.winners);
        // "Settled" is only about today's leader. If all questions must be answered, another candidate may
        // lead in every completion.
        let settled = matches!(part.settled, Settled::Proven { .. });
        let leader = part.leaders.single();
        assert_eq!(settled, leader.is_some() && leader == expected.decided.map(CandidateId::from_index));
        let fewest = match &outlook.parts[0].fewest {
            Some(Fewest::Changes(changes)) => Some(changes.len()),
            Some(Fewest::AtLeast(_)) => panic!("a few answers are no reason for a bound"),
            Some(Fewest::None) | None => None,
        };
        assert_eq!(fewest, self.fewest);
    }
}

/// Small sheets with exclusions, each enumerated with and without skippable open questions.
#[test]
fn outlooks_are_those_of_enumerated_sheets() {
    let cases: Vec<Enumerated> = read(include_str!("data/answers.json"));
    for case in &cases {
        case.check(false, &case.forced);
        case.check(true, &case.skippable);
    }
}
