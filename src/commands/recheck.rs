//! Implements `langfit recheck`: recomputes the advice for saved decisions and checks records. Must not
//! change any file.

mod records;
mod sessions;
mod walk;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use serde::Serialize;

use self::records::{Problem, Records};
use self::sessions::{Rechecked, SessionIds, recheck};
use self::walk::{WalkedFile, files};
use super::print;
use super::questions_file::Questionnaires;
use super::record_files::is_document;
use crate::cli::{OutputFormat, QuestionnaireOption};
use crate::sanitize::sanitize_json;
use crate::session::{name_of, today};
use crate::wording::counted;

/// The exit code is 0 if every decision still holds, no session is due for review, and sessions and records
/// are consistent. Otherwise it is 1, or 2 if a file cannot be read or a path contains nothing to check.
/// Sessions are checked one at a time, so that thousands of them take little memory.
pub fn run(
    paths: &[PathBuf],
    format: OutputFormat,
    day: Option<Date>,
    option: &QuestionnaireOption,
) -> Result<ExitCode> {
    let mut questionnaires = Questionnaires::new(option.questions.as_deref())?;
    let day = day.unwrap_or_else(today);
    let (mut worst, mut sessions) = (0, 0);
    let (mut records, mut ids) = (Records::default(), SessionIds::default());
    // For each path on the command line, whether it contained anything to check.
    let mut answered = vec![false; paths.len()];
    let files = paths.iter().enumerate().flat_map(|(named, path)| files(path).map(move |file| (named, file)));
    for (named, file) in files {
        let (found, path) = match file {
            Ok(WalkedFile { path, .. }) if is_document(&path) => {
                records.add(path, named);
                continue;
            }
            Ok(WalkedFile { path, is_named }) => {
                let found = recheck(&path, is_named, &mut questionnaires, day).inspect(|_| sessions += 1);
                (found, Some(path))
            }
            Err(unread) => (Some(unread), None),
        };
        let Some(found) = found else { continue };
        answered[named] = true;
        worst = worst.max(found.code());
        say(format, &found, Rechecked::text)?;
        if let Some(problem) = path.and_then(|path| ids.add(&path, &found)) {
            worst = worst.max(1);
            say(format, &problem, Problem::text)?;
        }
    }
    records.keep_records()?;
    for problem in records.problems()? {
        worst = worst.max(1);
        say(format, &problem, Problem::text)?;
    }
    records.named().for_each(|named| answered[named] = true);
    let kinds = [(sessions, "session"), (records.count(), "record")];
    let counts: Vec<String> =
        kinds.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    let nothing = "no session and no record here; name a session, or a folder that has one";
    if !answered.contains(&true) {
        let names: Vec<String> = paths.iter().map(|path| name_of(path)).collect();
        bail!("{}: {nothing}", names.join(", "));
    }
    for (path, _) in paths.iter().zip(answered).filter(|(_, answered)| !answered) {
        let file = name_of(path);
        let empty = Rechecked::Bad { error: format!("{file}: {nothing}"), file };
        worst = worst.max(empty.code());
        say(format, &empty, Rechecked::text)?;
    }
    if !counts.is_empty() {
        conclude(format, &format!("{} checked\n", counts.join(" and ")))?;
    }
    Ok(ExitCode::from(worst))
}

/// Prints a finding as text or as one line of JSON.
fn say<T: Serialize>(format: OutputFormat, found: &T, text: impl FnOnce(&T) -> String) -> Result<()> {
    match format {
        OutputFormat::Text => print(&text(found)),
        OutputFormat::Json => {
            let text = serde_json::to_string(found).context("a finding cannot be written as JSON")?;
            print(&(sanitize_json(&text) + "\n"))
        }
    }
}

/// Prints how much was checked. With JSON output, prints it to standard error.
fn conclude(format: OutputFormat, words: &str) -> Result<()> {
    match format {
        OutputFormat::Text => print(words),
        OutputFormat::Json => {
            // Standard error may be closed. The findings are already printed.
            let _ = io::stderr().write_all(words.as_bytes());
            Ok(())
        }
    }
}
