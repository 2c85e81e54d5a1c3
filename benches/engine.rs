//! Benchmarks of the engine, with a lower bound measured in the same run.
//!
//! `cargo bench` prints a table. `floor_dense_add` does the minimum work possible: it adds one row of points
//! per answered question and takes the maximum. Compare times only within one run.

use std::fmt::Write as _;

use divan::{Bencher, black_box};
use langfit::advice::{Analysis, appraise, outlook, recommend};
use langfit::lint::lint;
use langfit::questionnaire::Questionnaire;
use langfit::session::Session;
use langfit::source::Source;

fn main() {
    divan::main();
}

/// The size of a generated questionnaire. Of every four questions, `answered_of_four` are answered.
struct Size {
    questions: usize,
    options: usize,
    candidates: usize,
    parts: usize,
    answered_of_four: usize,
}

const SMALL: Size = Size { questions: 20, options: 5, candidates: 12, parts: 1, answered_of_four: 2 };
const MIDDLE: Size = Size { questions: 181, options: 5, candidates: 32, parts: 1, answered_of_four: 2 };
const LARGE: Size = Size { questions: 499, options: 5, candidates: 50, parts: 12, answered_of_four: 2 };

/// The pseudo-random number generator `SplitMix64` (Steele, Lea and Flood 2014). Fixed seeds make every run
/// measure the same questionnaire.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

fn generated(size: &Size) -> (Questionnaire, Session) {
    let mut numbers = Numbers(7);
    let mut text =
        String::from("(format: 2, id: \"bench\", version: \"1\", title: \"Bench\", subject: \"c0\",");
    text.push_str("sources: [(id: \"s\", title: \"Source\")], candidates: [");
    for candidate in 0..size.candidates {
        let _ = write!(text, "(id: \"c{candidate}\", name: \"C{candidate}\"),");
    }
    text.push_str("], adoption: (points: 6, because: \"cost\", source: [\"s\"]), questions: [");
    for question in 0..size.questions {
        let when =
            if question % 7 == 3 { format!("when: Is(\"q{}/o0\"),", question - 1) } else { String::new() };
        let _ = write!(
            text,
            "(id: \"q{question}\", title: \"Q\", ask: \"Q?\", why: \"W\", kind: One, {when} options: ["
        );
        for option in 0..size.options {
            let _ = write!(text, "(id: \"o{option}\", text: \"O\", evidence: [");
            for _ in 0..4 {
                let points = [-6, -3, -1, 1, 3, 6][numbers.below(6)];
                let (one, other) = (numbers.below(size.candidates), numbers.below(size.candidates));
                let others = if one == other { String::new() } else { format!(", \"c{other}\"") };
                let _ = write!(
                    text,
                    "(points: {points}, candidates: [\"c{one}\"{others}], because: \"b\", source: [\"s\"]),"
                );
            }
            text.push_str("]),");
        }
        text.push_str("]),");
    }
    text.push_str("(id: \"parts\", title: \"P\", ask: \"P?\", why: \"W\", kind: Parts, options: [");
    for kind in 0..12 {
        let candidate = numbers.below(size.candidates);
        let _ = write!(
            text,
            "(id: \"k{kind}\", text: \"K{kind}\", evidence: [(points: 9, candidates: [\"c{candidate}\"], because: \"b\", source: [\"s\"])]),"
        );
    }
    text.push_str("])])");
    let questionnaire = Questionnaire::parse(&Source::new("bench", text))
        .map_err(|rejected| rejected.diagnostics)
        .expect("the generated file is valid");
    let mut session = Session::new(&questionnaire);
    for question in (0..size.questions).filter(|question| question % 4 < size.answered_of_four) {
        let answer = format!("q{question}=o{}", numbers.below(size.options));
        session.assign(&questionnaire, &answer).expect("the option exists");
    }
    let kinds: Vec<String> = (0..size.parts).map(|kind| format!("k{}", kind % 12)).collect();
    session.assign(&questionnaire, &format!("parts={}", kinds.join(","))).expect("the kinds exist");
    (questionnaire, session)
}

fn stock(assignments: &[&str]) -> (Questionnaire, Session) {
    let questionnaire = langfit::built_in::questionnaire();
    let mut session = Session::new(&questionnaire);
    for assignment in assignments {
        session.assign(&questionnaire, assignment).expect("the option exists");
    }
    (questionnaire, session)
}

const ONE_PART: &[&str] = &["parts=api", "libraries=data-ml", "workload=ordinary"];
const FIVE_PARTS: &[&str] =
    &["parts=api,pipeline,ui,inference,enterprise-core", "workload=ordinary", "team-stack=python,java"];

fn sizes(name: &str) -> (Questionnaire, Session) {
    match name {
        "stock blank" => stock(&[]),
        "stock, one part" => stock(ONE_PART),
        "stock, five parts" => stock(FIVE_PARTS),
        "20 x 5 x 12" => generated(&SMALL),
        "181 x 5 x 32" => generated(&MIDDLE),
        _ => generated(&LARGE),
    }
}

const KEY_PRESS: [&str; 6] = [
    "stock blank",
    "stock, one part",
    "stock, five parts",
    "20 x 5 x 12",
    "181 x 5 x 32",
    "500 x 5 x 50 x 12 parts",
];

/// Adds up one dense row of points per answered question and takes the maximum.
#[divan::bench(args = [(10, 12), (90, 32), (250, 50)])]
fn floor_dense_add(bencher: Bencher<'_, '_>, (answered, candidates): (usize, usize)) {
    let mut numbers = Numbers(3);
    let rows: Vec<Vec<i64>> =
        (0..answered).map(|_| (0..candidates).map(|_| numbers.below(13) as i64 - 6).collect()).collect();
    bencher.bench(|| {
        let mut sums = vec![0_i64; candidates];
        for row in black_box(&rows) {
            for (sum, points) in sums.iter_mut().zip(row) {
                *sum += points;
            }
        }
        sums.iter().enumerate().max_by_key(|(_, sum)| **sum).map(|(index, _)| index)
    });
}

/// Computes the ranking for every part, and the kit.
#[divan::bench(args = KEY_PRESS)]
fn ranking_and_kit(bencher: Bencher<'_, '_>, name: &str) {
    let (questionnaire, session) = sizes(name);
    bencher.bench(|| appraise(black_box(&questionnaire), black_box(&session.answers), None));
}

/// Computes what a key press needs: the rankings, the kit and which parts are settled.
#[divan::bench(args = KEY_PRESS)]
fn ranking_kit_settled(bencher: Bencher<'_, '_>, name: &str) {
    let (questionnaire, session) = sizes(name);
    bencher.bench(|| recommend(black_box(&questionnaire), black_box(&session.answers)));
}

/// The sizes for the analyses of the outlook: all but the largest.
const REVIEW: [&str; 5] =
    ["stock blank", "stock, one part", "stock, five parts", "20 x 5 x 12", "181 x 5 x 32"];

/// Computes the possible effects of open questions on each part. The analyses below use the result, except
/// `fewest_changes` and `sources_struck`.
#[divan::bench(args = REVIEW)]
fn space_of_open_answers(bencher: Bencher<'_, '_>, name: &str) {
    let (questionnaire, session) = sizes(name);
    let advice = recommend(&questionnaire, &session.answers);
    bencher.bench(|| Analysis::new(black_box(&questionnaire), &session.answers, black_box(&advice)));
}

/// Measures one analysis, run for every part.
fn analysis<T>(bencher: Bencher<'_, '_>, name: &str, analyse: impl Fn(&Analysis<'_>) -> T + Sync) {
    let (questionnaire, session) = sizes(name);
    let advice = recommend(&questionnaire, &session.answers);
    let analysis = Analysis::new(&questionnaire, &session.answers, &advice);
    bencher.bench(|| analyse(black_box(&analysis)));
}

/// Decides for each candidate whether it can still win.
#[divan::bench(args = REVIEW)]
fn can_still_win(bencher: Bencher<'_, '_>, name: &str) {
    analysis(bencher, name, |it| it.parts().map(|part| it.verdicts(part)).collect::<Vec<_>>());
}

/// Finds the fewest given answers that would have to change, overall and for each rival.
#[divan::bench(args = REVIEW)]
fn fewest_changes(bencher: Bencher<'_, '_>, name: &str) {
    analysis(bencher, name, |it| it.parts().map(|part| it.changes(part)).collect::<Vec<_>>());
}

/// Computes what each open question can change, and which question to ask next.
#[divan::bench(args = REVIEW)]
fn open_questions(bencher: Bencher<'_, '_>, name: &str) {
    let (questionnaire, session) = sizes(name);
    let advice = recommend(&questionnaire, &session.answers);
    let analysis = Analysis::new(&questionnaire, &session.answers, &advice);
    let verdicts: Vec<_> = analysis.parts().map(|part| analysis.verdicts(part)).collect();
    let verdicts: Vec<_> = verdicts.iter().collect();
    bencher.bench(|| black_box(&analysis).questions(&verdicts));
}

/// Computes the kit without each source that is the only source of some line.
#[divan::bench(args = REVIEW)]
fn sources_struck(bencher: Bencher<'_, '_>, name: &str) {
    let (questionnaire, session) = sizes(name);
    let advice = recommend(&questionnaire, &session.answers);
    let analysis = Analysis::new(&questionnaire, &session.answers, &advice);
    bencher.bench(|| black_box(&analysis).sources());
}

/// Computes everything, from the answers to the complete outlook.
#[divan::bench(args = REVIEW)]
fn everything(bencher: Bencher<'_, '_>, name: &str) {
    let (questionnaire, session) = sizes(name);
    bencher.bench(|| {
        let advice = recommend(black_box(&questionnaire), black_box(&session.answers));
        outlook(&questionnaire, &session.answers, &advice)
    });
}

/// Loads the built-in questionnaire, which delays every start.
#[divan::bench]
fn parse_stock() -> Questionnaire {
    langfit::built_in::questionnaire()
}

/// Runs the lints of `langfit check`.
#[divan::bench(args = ["stock", "500 x 5 x 50 x 12 parts"], sample_count = 10)]
fn lint_questionnaire(bencher: Bencher<'_, '_>, name: &str) {
    let questionnaire = sizes(if name == "stock" { "stock blank" } else { name }).0;
    bencher.bench(|| lint(black_box(&questionnaire)));
}
