//! `langfit advise`; must not change a session file unless asked to.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use super::{apply, hold, keep, load, print, questionnaire};
use crate::cli::{AdviceFormat, Common};
use crate::record::{advice_json, advice_text};
use crate::session::{DEFAULT_FILE, Session};

/// Prints the recommendation; without a session, answers given with --set are enough.
pub fn run(path: Option<PathBuf>, format: AdviceFormat, common: &Common) -> Result<ExitCode> {
    let questionnaire = questionnaire(common)?;
    let from_set_alone = path.is_none() && !common.set.is_empty();
    let path = path.unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
    let (store, mut session) = match (from_set_alone, common.save) {
        (true, false) => (None, Session::new(&questionnaire)),
        (_, true) if !common.set.is_empty() => {
            let (store, session) = hold(&path, &questionnaire)?;
            (Some(store), session.unwrap_or_else(|| Session::new(&questionnaire)))
        }
        _ => load(&path, &questionnaire, common)?,
    };
    apply(&mut session, &questionnaire, common)?;
    keep(&mut session, store, &questionnaire)?;
    print(&match format {
        AdviceFormat::Text => advice_text(&questionnaire, &session),
        AdviceFormat::Json => advice_json(&questionnaire, &session)?,
    })?;
    Ok(ExitCode::SUCCESS)
}
