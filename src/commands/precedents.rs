//! Implements `langfit precedents`. Must not change a session file without `--save`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};

use super::{load_or_begin, print, questionnaire, questions_for, shelf};
use crate::answers::Subject;
use crate::cli::{QuestionnaireOption, SessionOptions};
use crate::questionnaire::Questionnaire;
use crate::sanitize::sanitize_line;
use crate::session::{Session, part_called};
use crate::wording::precedents_text;

/// Prints the precedents nearest to each part, or to the parts given on the command line.
pub fn run(
    path: Option<PathBuf>,
    parts: &[String],
    option: &QuestionnaireOption,
    given: &SessionOptions,
) -> Result<ExitCode> {
    let questions = questions_for(path.as_deref(), option.questions.as_deref())?;
    let questions = questions.as_deref();
    let questionnaire = questionnaire(questions)?;
    let session = load_or_begin(path, questions, &questionnaire, given)?;
    let subjects = subjects(&questionnaire, &session, parts)?;
    let shelf = shelf(questions);
    let precedents = shelf.precedents(&questionnaire).map_err(|error| anyhow!("{error}"))?;
    print(&precedents_text(&questionnaire, precedents, &session.answers, &subjects))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the parts given on the command line, or all parts to decide.
fn subjects(questionnaire: &Questionnaire, session: &Session, parts: &[String]) -> Result<Vec<Subject>> {
    let all = session.answers.subjects();
    if all.is_empty() {
        bail!("every part stays as it is, so there is nothing to decide; open the session and reopen a part");
    }
    if parts.is_empty() {
        return Ok(all);
    }
    let named = parts.iter().map(|name| {
        let refused = |why: String| anyhow!("--part {}: {why}", sanitize_line(name));
        let part = part_called(questionnaire, session, name).map_err(refused)?;
        let subject = Subject::Part(part);
        if !all.contains(&subject) {
            return Err(refused(format!(
                "{} stays as it is; name a part that is open for decision",
                session.answers[part].name
            )));
        }
        Ok(subject)
    });
    named.collect()
}
