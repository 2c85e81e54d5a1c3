//! Implements `langfit advise`. Must not change a session file without `--save`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::{load_or_begin, print, questionnaire, questions_for, shelf, tell};
use crate::cli::{OutputFormat, QuestionnaireOption, SessionOptions};
use crate::record::advice_json;
use crate::session::name_of;
use crate::wording::{advice_text, precedents_near};

/// Prints the recommendation. Without a session, answers given with `--set` are enough.
pub fn run(
    path: Option<PathBuf>,
    format: OutputFormat,
    option: &QuestionnaireOption,
    given: &SessionOptions,
) -> Result<ExitCode> {
    let questions = questions_for(path.as_deref(), option.questions.as_deref())?;
    let questions = questions.as_deref();
    let questionnaire = questionnaire(questions)?;
    let command = match &path {
        Some(path) => format!("langfit precedents {}", name_of(path)),
        None => "langfit precedents".to_owned(),
    };
    let session = load_or_begin(path, questions, &questionnaire, given)?;
    let shelf = shelf(questions);
    // Advice does not need precedents, so an error in them is only reported.
    let precedents = shelf.precedents(&questionnaire).map_err(|error| tell(Some(error.to_owned()))).ok();
    print(&match format {
        OutputFormat::Text => {
            let near = precedents.and_then(|precedents| {
                precedents_near(&questionnaire, precedents, &session.answers, &command)
            });
            let near = near.map(|near| near + "\n").unwrap_or_default();
            advice_text(&questionnaire, &session) + &near
        }
        OutputFormat::Json => advice_json(&questionnaire, &session, precedents)?,
    })?;
    Ok(ExitCode::SUCCESS)
}
