//! `langfit export`; must not overwrite a file unless asked to, and never the session itself.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use super::{apply, keep, print, questionnaire};
use crate::cli::{Common, RecordFormat};
use crate::record;
use crate::session::{self, Session, name_of};

/// Writes the record to a file or to standard output.
pub fn run(
    path: &Path,
    format: RecordFormat,
    output: Option<&Path>,
    force: bool,
    common: &Common,
) -> Result<ExitCode> {
    let questionnaire = questionnaire(common)?;
    let mut session = Session::load(path, &questionnaire)?;
    apply(&mut session, &questionnaire, common)?;
    let text = match format {
        RecordFormat::Madr => record::madr(&questionnaire, &session)?,
        RecordFormat::Json => record::advice_json(&questionnaire, &session)?,
    };
    // What cannot be written is refused before anything is saved.
    if let Some(output) = output {
        refuse(output, path, force, common)?;
    }
    keep(&mut session, path, &questionnaire, common)?;
    match output {
        None => print(&text)?,
        Some(output) => write(output, &text, force)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn refuse(output: &Path, session: &Path, force: bool, common: &Common) -> Result<()> {
    let name = name_of(output);
    for (input, what) in [(Some(session), "session"), (common.questions.as_deref(), "questionnaire")] {
        if input.is_some_and(|input| is_same(input, output)) {
            bail!("{name}: is the {what} itself; name another file");
        }
    }
    if output.is_dir() {
        bail!("{name}: is a folder; name a file");
    }
    if !force && output.exists() {
        bail!("{name}: exists already; add --force to overwrite it");
    }
    Ok(())
}

fn is_same(left: &Path, right: &Path) -> bool {
    matches!((fs::canonicalize(left), fs::canonicalize(right)), (Ok(left), Ok(right)) if left == right)
}

fn write(output: &Path, text: &str, force: bool) -> Result<()> {
    if force {
        return session::save(output, text);
    }
    // Made anew in one step, for the file may have appeared since it was looked for.
    let file = OpenOptions::new().write(true).create_new(true).open(output);
    match file {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{}: exists already; add --force to overwrite it", name_of(output))
        }
        file => file
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("{}: cannot be written", name_of(output))),
    }
}
