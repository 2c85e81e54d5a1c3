//! Checks that every sum on the screen is correct: reads frames as a user does and adds up the numbers.

use langfit::questionnaire::Questionnaire;
use langfit::session::Session;

use crate::screen::{Played, opened, play_app};
use crate::support::{session, shipped};

/// A screen size that is large enough to show everything.
const SIZE: (u16, u16) = (200, 240);

/// One part whose candidates differ in adoption cost, one without costs, two parts, five parts, and a tie.
const SESSIONS: [&[&str]; 5] = [
    &["parts=api", "workload=rate", "types=compile", "team-stack=java,python"],
    &["parts=cli", "lifetime=years", "types=compile"],
    &["parts=api,ui", "workload=rate", "types=compile", "team-stack=typescript,python"],
    &["parts=api,ui,pipeline,cli,inference", "workload=rate", "types=compile", "team-stack=java,python"],
    &["parts=api"],
];

fn shown(questionnaire: &Questionnaire, assignments: &[&str], keys: &str) -> Played {
    play_app(opened(questionnaire.clone(), session(questionnaire, assignments)), keys, SIZE)
}

/// Returns the lines of the recommendation pane.
fn pane(played: &Played) -> Vec<String> {
    let frame = played.frame();
    let line = |line: &str| Some(line.rsplit_once("││")?.1.trim_end_matches('│').trim_end().to_owned());
    frame.lines().filter_map(line).collect()
}

/// Returns the number at the start of a text, with or without a sign.
fn first_number(text: &str) -> Option<i64> {
    text.split_whitespace().next()?.parse().ok()
}

/// Parses a row with a bar: whether it is the choice, its name, and the text after the bar.
fn row(line: &str) -> Option<(bool, &str, &str)> {
    let (name, rest) = line.split_once('│')?;
    let name = name.trim_end_matches(['█', ' ']).trim_start_matches(['>', ' ']);
    // Cut off the marks of changes: ▲ and ▼, with or without brackets.
    let points = rest.trim_start_matches(['█', ' ']).split(['▲', '▼', '(']).next()?.trim_end();
    Some((name.starts_with('•'), name.trim_start_matches('•'), points))
}

/// Returns the points of a row: `12`, or `12 - 3 = 9`, whose arithmetic is checked.
fn points(words: &str) -> i64 {
    let number = |word: &str| word.trim().parse::<i64>().unwrap_or_else(|_| panic!("no number in {words}"));
    match words.split_once('=') {
        None => number(words),
        Some((difference, result)) => {
            let (fit, cost) = difference.split_once(" - ").expect("a difference");
            assert_eq!(number(fit) - number(cost), number(result), "{words}");
            number(result)
        }
    }
}

/// Checks the total of every list in one pane and returns the number of lists.
fn check_lists(lines: &[String]) -> usize {
    let (mut sum, mut sums, mut lists) = (0, Vec::new(), 0);
    let mut rows: Vec<(String, i64)> = Vec::new();
    for line in lines {
        let words = line.trim_start();
        if let Some((_, name, behind)) = row(line) {
            rows.push((name.to_owned(), points(behind)));
        } else if let Some(all) = words.strip_suffix(" total") {
            assert_eq!(all.parse(), Ok(sum), "{lines:#?}");
            sums.push(sum);
            (sum, lists) = (0, lists + 1);
        } else if words.starts_with(['+', '-']) && line.starts_with(' ') {
            sum += first_number(words).unwrap_or_else(|| panic!("no points in {line}"));
        } else if !line.starts_with(' ') {
            sum = 0;
        }
        if let [.., first, second] = sums.as_slice()
            && let Some((_, rest)) = line.split_once(" less ")
            && first_number(line) == Some(*first)
        {
            let (less, is) = rest.split_once(" is ").expect("it says what that is");
            let lead = is.split([';', ' ']).next().and_then(|it| it.parse().ok());
            assert_eq!((less.parse(), lead), (Ok(*second), Some(first - second)), "{line}");
            let alike = is.split_once("alike of both, ").and_then(|(_, it)| first_number(it)).unwrap_or(0);
            let shown: Vec<i64> = rows.iter().map(|(_, points)| *points).collect();
            for own in [first + alike, second + alike] {
                assert!(shown.contains(&own), "no candidate has {own} points: {lines:#?}");
            }
        }
    }
    lists
}

#[test]
fn reasons_make_the_sums_and_sums_the_points() {
    let questionnaire = shipped();
    let mut lists = 0;
    for assignments in SESSIONS {
        lists += check_lists(&pane(&shown(&questionnaire, assignments, "")));
        lists += check_lists(&pane(&shown(&questionnaire, assignments, "p")));
    }
    assert!(lists >= 12, "only {lists} lists were shown");
}

#[test]
fn the_points_of_the_choices_make_the_fit_of_the_kit() {
    let questionnaire = shipped();
    for assignments in SESSIONS.iter().filter(|it| it[0].contains(',')) {
        let lines = pane(&shown(&questionnaire, assignments, ""));
        let figures = |line: &String| Some(line.split_once(" language")?.1.split_once(", ")?.1.to_owned());
        let kit = lines.iter().find_map(figures).expect("the kit's figures are shown");
        let chosen = lines.iter().filter_map(|line| row(line)).filter(|(is_choice, ..)| *is_choice);
        let sum: i64 = chosen.map(|(.., behind)| points(behind)).sum();
        assert_eq!(first_number(&kit), Some(sum), "{lines:#?}");
    }
}

#[test]
fn nothing_is_below_zero_on_a_blank_sheet() {
    let questionnaire = shipped();
    let played = play_app(opened(questionnaire.clone(), Session::new(&questionnaire)), "<backtab>", SIZE);
    let lines = pane(&played);
    let rows: Vec<i64> =
        lines.iter().filter_map(|line| row(line)).map(|(.., behind)| points(behind)).collect();
    assert!(rows.iter().all(|points| *points == 0), "{lines:#?}");
}
