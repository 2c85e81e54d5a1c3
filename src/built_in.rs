//! The files built into the program: the questionnaire, published decisions and scenarios.
//!
//! The build script validates `questions.ron` and serializes the questionnaire, because parsing at run time
//! would account for most of the startup time.

use std::sync::LazyLock;

use crate::questionnaire::Questionnaire;
use crate::source::Source;

/// Text of the questionnaire file.
pub const QUESTIONS: &str = include_str!("../questions.ron");

/// Text of the file of published decisions.
pub const PRECEDENTS: &str = include_str!("../questions.precedents.ron");

/// Text of the file of scenarios.
pub const SCENARIOS: &str = include_str!("../questions.scenarios.ron");

/// Returns the questionnaire file, for diagnostics that point into it.
pub fn source() -> Source {
    Source::new("questions.ron (built in)", QUESTIONS)
}

/// Returns the file of published decisions, which is parsed on demand.
pub fn precedents() -> Source {
    Source::new("questions.precedents.ron (built in)", PRECEDENTS)
}

/// Returns the file of scenarios, which `langfit check` runs.
pub fn scenarios() -> Source {
    Source::new("questions.scenarios.ron (built in)", SCENARIOS)
}

/// Returns the id of the questionnaire.
pub fn id() -> &'static str {
    static ID: LazyLock<String> = LazyLock::new(|| questionnaire().id().to_owned());
    &ID
}

/// Returns the validated questionnaire. Its [spans](crate::questionnaire::Line::span) are empty.
pub fn questionnaire() -> Questionnaire {
    let form = include_bytes!(concat!(env!("OUT_DIR"), "/questions.postcard"));
    postcard::from_bytes(form).expect("the build script wrote it from the same types")
}
