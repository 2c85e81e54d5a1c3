//! Shared questionnaires, sessions and helpers. Must not assert anything about advice.

pub mod decided;
pub mod generate;
pub mod html;
pub mod sheets;

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use langfit::answers::{Answers, PartId, Subject};
use langfit::questionnaire::{CandidateSet, Questionnaire};
use langfit::session::Session;
use langfit::source::Source;

/// Returns the state folder for the programs under test: one for each test process, and never the user's own.
pub fn state_home() -> PathBuf {
    let folder = std::path::absolute(env!("CARGO_TARGET_TMPDIR")).expect("it is not empty");
    folder.join(format!("state-{}", std::process::id()))
}

/// Returns a text with all whitespace collapsed, so that a search does not depend on line breaks.
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parses a questionnaire written for a test.
pub fn parse(text: &str) -> Questionnaire {
    Questionnaire::parse(&Source::new("test.ron", text))
        .unwrap_or_else(|rejected| panic!("the test's own questionnaire is wrong:\n{rejected}\n{text}"))
}

/// Parses a questionnaire about A, B and C with these questions and these other fields.
pub fn about_three(questions: &str, rest: &str) -> Questionnaire {
    parse(&about_three_text(questions, rest))
}

/// Returns the text that [`about_three`] parses.
pub fn about_three_text(questions: &str, rest: &str) -> String {
    format!(
        r#"(format: 2, id: "three", version: "1", title: "t", subject: "a",
        sources: [(id: "s", title: "s"), (id: "t", title: "t")],
        candidates: [(id: "a", name: "A"), (id: "b", name: "B"), (id: "c", name: "C")],
        questions: [{questions}], {rest})"#
    )
}

/// Returns the text of a question. Options have the form `x: 3 a, -1 b; y`, with evidence after the colon.
pub fn question(id: &str, kind: &str, options: &str) -> String {
    let line = |line: &str| {
        let (points, candidate) = line.trim().split_once(' ').expect("points and a candidate");
        format!(
            "(points: {points}, candidates: [{candidate:?}], because: \"{points} for {candidate}\", source: [\"s\"]),"
        )
    };
    let option = |option: &str| {
        let (id, lines) = option.split_once(':').unwrap_or((option, ""));
        let lines: String = lines.split(',').filter(|it| !it.trim().is_empty()).map(line).collect();
        let id = id.trim();
        format!("(id: {id:?}, text: {id:?}, evidence: [{lines}]),")
    };
    let options: String = options.split(';').map(option).collect();
    format!("(id: {id:?}, title: {id:?}, ask: \"{id}?\", why: \"w\", kind: {kind}, options: [{options}]),")
}

/// Sets the answer for one part, counted from 0. The assignment has the notation of the command line.
pub fn answer_for(questionnaire: &Questionnaire, session: &mut Session, part: usize, assignment: &str) {
    let mut other = Session::new(questionnaire);
    other.assign(questionnaire, assignment).expect("the test's answer fits the questionnaire");
    let id = assignment.split('=').next().expect("there is an id");
    let question = questionnaire.find(id).expect("the question exists");
    session.answers.set(
        question,
        of_part(&session.answers, part),
        other.answers.answer(question, Subject::System).clone(),
    );
}

/// Returns a picked part by its position, counted from 0.
pub fn nth_part(answers: &Answers, at: usize) -> PartId {
    answers.part_ids().nth(at).expect("the part is picked")
}

/// Returns a picked part as a subject, by its position, counted from 0.
pub fn of_part(answers: &Answers, at: usize) -> Subject {
    Subject::Part(nth_part(answers, at))
}

/// Returns the shipped questionnaire, which is parsed once for all tests.
pub fn shipped() -> Arc<Questionnaire> {
    static SHIPPED: LazyLock<Arc<Questionnaire>> =
        LazyLock::new(|| Arc::new(langfit::built_in::questionnaire()));
    Arc::clone(&SHIPPED)
}

/// The path of the sample questionnaire.
pub const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/data/sample.ron");

/// The text of the sample questionnaire.
pub const SAMPLE_TEXT: &str = include_str!("data/sample.ron");

/// Returns the sample questionnaire, which is parsed once for all tests. Most tests use it, because the
/// handling of answers must not depend on the shipped questions.
pub fn sample() -> Arc<Questionnaire> {
    static READ: LazyLock<Arc<Questionnaire>> = LazyLock::new(|| {
        let source = Source::new("sample.ron", SAMPLE_TEXT);
        Arc::new(Questionnaire::parse(&source).expect("the tests' own questionnaire is valid"))
    });
    Arc::clone(&READ)
}

/// Returns the arguments, with the sample questionnaire added if the command reads a questionnaire and names
/// none.
pub fn on_sample(arguments: &[&str]) -> Vec<String> {
    const WITHOUT: [&str; 6] = ["check", "questions", "completions", "man", "demo", "help"];
    let mut arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
    let first = arguments.first().map_or("", String::as_str);
    if WITHOUT.contains(&first) || arguments.iter().any(|it| it.starts_with("--questions")) {
        return arguments;
    }
    let end = arguments.iter().position(|it| it == "--").unwrap_or(arguments.len());
    arguments.splice(end..end, ["--questions".to_owned(), SAMPLE.to_owned()]);
    arguments
}

/// Returns a session with these answers, in the notation of the command line.
pub fn session(questionnaire: &Questionnaire, assignments: &[&str]) -> Session {
    let mut session = Session::new(questionnaire);
    for assignment in assignments {
        session.assign(questionnaire, assignment).expect("the test's answers fit the questionnaire");
    }
    session
}

/// Returns the ids of candidates, in file order.
pub fn ids(questionnaire: &Questionnaire, candidates: CandidateSet) -> Vec<&str> {
    candidates.iter().map(|candidate| questionnaire[candidate].id.as_str()).collect()
}
