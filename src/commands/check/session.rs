//! Checks a session file, which can also be written by people, scripts and assistants.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::{findings, number};
use crate::answers::{Answer, Subject};
use crate::cli::OutputFormat;
use crate::commands::{print, questionnaire, questions_for};
use crate::questionnaire::{QuestionId, Questionnaire};
use crate::sanitize::sanitize_line;
use crate::session::{Orphan, Session};
use crate::source::{self, Diagnostic};

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
        (Ok(session), OutputFormat::Json) => {
            let hint = "correct the entry, or remove it";
            let warnings: Vec<Diagnostic> = ignored(&questionnaire, &session)
                .into_iter()
                .map(|warning| Diagnostic::warning(0..0, warning, hint))
                .collect();
            print(&findings(warnings.iter().map(|found| (&source, found)))?)?;
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

/// Returns what the session contains that does not count.
fn ignored(questionnaire: &Questionnaire, session: &Session) -> Vec<String> {
    let unknown = |orphan: &Orphan| {
        format!("does not count, because it is unknown or its options exclude each other: {}", orphan.what)
    };
    let answers = &session.answers;
    let visible = answers.visible(questionnaire);
    let is_aside =
        |question: &QuestionId| answers.given(*question).answer != Answer::Open && !visible[*question];
    let of_all = questionnaire.question_ids().filter(is_aside).map(|question| {
        format!("does not count, because the question does not apply: {}", questionnaire[question].id)
    });
    let of_parts = answers.part_ids().flat_map(|part| {
        let effective = answers.effective(questionnaire, Subject::Part(part));
        let aside = answers[part].overrides.keys().copied();
        aside.filter(move |question| !effective.is_visible(*question)).map(move |question| {
            let (id, name) = (&questionnaire[question].id, &answers[part].name);
            format!("does not count, because the question does not apply: {id} for {name}")
        })
    });
    session.orphans.iter().map(unknown).chain(of_all).chain(of_parts).collect()
}

/// Returns the warnings, and how many questions are answered.
fn summary(questionnaire: &Questionnaire, session: &Session, name: &str) -> String {
    let (name, progress) = (sanitize_line(name), session.answers.progress(questionnaire));
    let warnings = ignored(questionnaire, session);
    let lines: Vec<String> = warnings.iter().map(|warning| format!("{name}: warning: {warning}\n")).collect();
    let answered = format!("{} of {}", progress.answered, number(progress.visible, "question"));
    let warned =
        if warnings.is_empty() { String::new() } else { format!(", {}", number(warnings.len(), "warning")) };
    format!("{}{name}: no errors{warned}; {answered} answered\n", lines.concat())
}
