//! `langfit recheck`: asks saved decisions again and looks at records; must not change a file.

mod records;
mod sessions;
mod walk;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use serde::Serialize;

use self::records::Records;
use self::sessions::{Found, recheck};
use self::walk::{File, files};
use super::{print, questionnaire};
use crate::cli::{AdviceFormat, QuestionnaireOption};
use crate::session::{name_of, today};
use crate::visible::harmless_json;
use crate::wording::counted;

/// Exit code 0 if every decision comes out as it was taken, none is due, and the records agree; 1 if
/// not; 2 if a file cannot be read or there is nothing to look at. Sessions are looked at one after the
/// other, so that thousands take no memory.
pub fn run(
    paths: &[PathBuf],
    format: AdviceFormat,
    day: Option<Date>,
    option: &QuestionnaireOption,
) -> Result<ExitCode> {
    let questionnaire = questionnaire(option.questions.as_deref())?;
    let day = day.unwrap_or_else(today);
    let (mut worst, mut sessions, mut unlisted) = (0, 0, 0);
    let mut records = Records::default();
    for file in paths.iter().flat_map(|path| files(path)) {
        let found = match file {
            Ok(File { path, .. }) if is_markdown(&path) => {
                records.add(path);
                continue;
            }
            Ok(File { path, is_named }) => {
                recheck(&path, is_named, &questionnaire, day).inspect(|_| sessions += 1)
            }
            Err(unread) => {
                unlisted += 1;
                Some(unread)
            }
        };
        let Some(found) = found else { continue };
        worst = worst.max(found.code());
        say(format, &found, Found::text)?;
    }
    for problem in records.problems()? {
        worst = worst.max(1);
        say(format, &problem, |problem| format!("{}: {}\n", problem.file, problem.problem))?;
    }
    let kinds = [(sessions, "session"), (records.count(), "record")];
    let counts: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    if counts.is_empty() && unlisted == 0 {
        let names: Vec<String> = paths.iter().map(|path| name_of(path)).collect();
        let hint = "name a session, or a folder that holds one";
        bail!("{}: there is neither a session nor a record here; {hint}", names.join(", "));
    }
    if !counts.is_empty() {
        conclude(format, &format!("{} looked at\n", counts.join(" and ")))?;
    }
    Ok(ExitCode::from(worst))
}

fn is_markdown(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

/// Prints what was found, as text or as one line of JSON.
fn say<T: Serialize>(format: AdviceFormat, found: &T, text: impl FnOnce(&T) -> String) -> Result<()> {
    match format {
        AdviceFormat::Text => print(&text(found)),
        AdviceFormat::Json => {
            let text = serde_json::to_string(found).context("a finding cannot be written as JSON")?;
            print(&(harmless_json(&text) + "\n"))
        }
    }
}

/// Says how much was looked at; where every line is JSON, elsewhere.
fn conclude(format: AdviceFormat, words: &str) -> Result<()> {
    match format {
        AdviceFormat::Text => print(words),
        AdviceFormat::Json => {
            // Nobody may be there to read it; the findings are printed all the same.
            let _ = io::stderr().write_all(words.as_bytes());
            Ok(())
        }
    }
}
