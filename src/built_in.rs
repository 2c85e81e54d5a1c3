//! What is built into the program: the questionnaire, as its author wrote it and as the program reads it, and
//! the published decisions beside it.
//!
//! The build script checks `questions.ron` and leaves it behind in a form that takes no parsing, for
//! that would be most of the time until the first screen.

use std::sync::LazyLock;

use crate::questionnaire::Questionnaire;
use crate::source::Source;

/// The text of the file.
pub const QUESTIONS: &str = include_str!("../questions.ron");

/// The text of the published decisions beside it.
pub const PRECEDENTS: &str = include_str!("../questions.precedents.ron");

/// The text of the scenarios beside it.
pub const SCENARIOS: &str = include_str!("../questions.scenarios.ron");

/// Returns the file, for what is to be said of places in it.
pub fn source() -> Source {
    Source::new("questions.ron (built in)", QUESTIONS)
}

/// Returns the file of published decisions, which is parsed when somebody asks for one.
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

/// Returns the checked questionnaire; its [spans](crate::questionnaire::Line::span) are empty.
pub fn questionnaire() -> Questionnaire {
    let form = include_bytes!(concat!(env!("OUT_DIR"), "/questions.postcard"));
    postcard::from_bytes(form).expect("the build script wrote it from the same types")
}
