//! Checks a session file, which can also be written by people, scripts and assistants.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::{findings, number};
use crate::answers::Answer;
use crate::cli::OutputFormat;
use crate::commands::{print, questionnaire, questions_for};
use crate::questionnaire::Questionnaire;
use crate::sanitize::sanitize_line;
use crate::session::Session;
use crate::source;

/// Prints the errors of a session or, if there are none, how many questions it answers and which of its contents
/// do not count. The exit code is 1 if there are errors.
pub fn run(path: &Path, questions: Option<&Path>, format: OutputFormat) -> Result<ExitCode> {
    let questions = questions_for(Some(path), questions)?;
    let questionnaire = questionnaire(questions.as_deref())?;
    let source = source::read(path)?;
    match (Session::parse(&source, &questionnaire), format) {
        (Ok(session), OutputFormat::Text) => {
            print(&summary(&questionnaire, &session, &source.name))?;
            Ok(ExitCode::SUCCESS)
        }
        (Ok(_), OutputFormat::Json) => {
            print(&findings(std::iter::empty())?)?;
            Ok(ExitCode::SUCCESS)
        }
        (Err(rejected), OutputFormat::Text) => {
            print(&format!("{rejected}\n{}\n", number(rejected.diagnostics.len(), "error")))?;
            Ok(ExitCode::FAILURE)
        }
        (Err(rejected), OutputFormat::Json) => {
            print(&findings(rejected.diagnostics.iter().map(|found| (&rejected.source, found)))?)?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Returns how many questions are answered, and what the session contains that does not count.
fn summary(questionnaire: &Questionnaire, session: &Session, name: &str) -> String {
    let (name, progress) = (sanitize_line(name), session.answers.progress(questionnaire));
    let orphans = session.orphans.iter();
    let mut warnings: Vec<String> = orphans
        .map(|orphan| format!("not in the questionnaire, so it does not count: {}", orphan.what))
        .collect();
    let visible = session.answers.visible(questionnaire);
    let aside = questionnaire
        .question_ids()
        .filter(|question| session.answers.given(*question).answer != Answer::Open && !visible[*question]);
    warnings.extend(aside.map(|question| {
        let id = &questionnaire[question].id;
        format!("the question `{id}` does not apply, so its answer does not count")
    }));
    let lines: Vec<String> =
        warnings.into_iter().map(|warning| format!("{name}: warning: {warning}\n")).collect();
    let answered = format!("{} of {}", progress.answered, number(progress.visible, "question"));
    format!("{}{name}: no errors; {answered} answered\n", lines.concat())
}
