//! `langfit advise`; must not change a session file unless asked to.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::{apply, hold, load, print, questionnaire, save_if_held, tell};
use crate::cli::{OutputFormat, QuestionnaireOption, SessionOptions};
use crate::record::advice_json;
use crate::session::{DEFAULT_FILE, Session};
use crate::wording::advice_text;

/// Prints the recommendation; without a session, answers given with --set are enough.
pub fn run(
    path: Option<PathBuf>,
    format: OutputFormat,
    option: &QuestionnaireOption,
    SessionOptions { edits, save }: &SessionOptions,
) -> Result<ExitCode> {
    let questionnaire = questionnaire(option.questions.as_deref())?;
    let answers = !edits.set.is_empty();
    let unnamed = path.is_none();
    let path = path.unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
    let (store, mut session) = match (answers, *save) {
        (true, false) if unnamed => (None, Session::new(&questionnaire)),
        (true, true) => {
            let (store, session) = hold(&path, &questionnaire)?;
            (Some(store), session.unwrap_or_else(|| Session::new(&questionnaire)))
        }
        _ => load(&path, &questionnaire, *save)?,
    };
    let removed = apply(&mut session, &questionnaire, edits)?;
    save_if_held(&mut session, store, &questionnaire)?;
    tell(removed);
    print(&match format {
        OutputFormat::Text => advice_text(&questionnaire, &session),
        OutputFormat::Json => advice_json(&questionnaire, &session)?,
    })?;
    Ok(ExitCode::SUCCESS)
}
