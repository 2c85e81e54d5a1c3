//! Implements `langfit export`. Must not overwrite a file unless asked to, and must never write a record over
//! an input file.

mod destination;
mod superseded;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use self::destination::{Destination, NewRecord};
use self::superseded::{Superseded, kept};
use super::record_files::{RecordFile, is_same};
use super::{apply, load, print, questionnaire, questions_for, save_if_held, shelf, tell};
use crate::advice::recommend;
use crate::cli::{ExportOptions, SessionOptions};
use crate::precedents::{ENDING, path_beside};
use crate::record::{self, Dialect, RecordLink, RecordOptions, slug};
use crate::sanitize::sanitize_line;
use crate::screen::{ExportOrder, Exported};
use crate::session::{self, name_of};
use crate::source;
use crate::wording;
use crate::workbook::Workbook;

/// Writes the record to a file, to a folder or to standard output.
pub fn run(path: &Path, export: &ExportOptions) -> Result<ExitCode> {
    let SessionOptions { edits, save } = &export.given;
    let questions = questions_for(Some(path), export.questionnaire.questions.as_deref())?;
    let questions = questions.as_deref();
    let questionnaire = questionnaire(questions)?;
    let (store, mut session) = load(path, &questionnaire, *save)?;
    let removed = apply(&mut session, &questionnaire, edits)?;
    if *save {
        // The record shows the date with which the session is saved.
        session.stamp(session::today());
    }
    let dialect = export.format;
    check(export, dialect)?;
    let title = wording::title(&questionnaire, &session);
    let superseded = export.supersedes.as_deref().map(|file| Superseded::read(file, dialect)).transpose()?;
    let new_record = NewRecord {
        dialect,
        session: &session.id,
        slug: slug(&title),
        date: session.details.date,
        number: export.number,
        superseded: export.supersedes.as_deref(),
    };
    // A single dash means standard output, as in most programs.
    let output = export.output.as_deref().filter(|output| *output != Path::new("-"));
    let destination = new_record.destination(output)?;
    refuse_number(export, &destination, dialect)?;
    let shelf = shelf(questions);
    let template = export.template.as_deref().map(source::read).transpose()?;
    let options = RecordOptions {
        dialect,
        template: template.as_ref(),
        brief: export.brief,
        number: destination.number,
        supersedes: links(superseded.as_ref(), &destination, &session.id),
        // A record does not need precedents, so an error in them is only reported.
        precedents: shelf.precedents(&questionnaire).map_err(|error| tell(Some(error.to_owned()))).ok(),
    };
    let text = record::render(&questionnaire, &session, &options)?;
    // Check the output file before anything is saved.
    if let Some(output) = &destination.path {
        let superseded = export.supersedes.as_deref();
        let beside = questions.map(|questions| path_beside(questions, ENDING));
        let inputs = [
            (Some(path), "session"),
            (questions, "questionnaire"),
            (beside.as_deref(), "file of precedents"),
            (superseded, "record that is superseded"),
            (export.template.as_deref(), "template"),
        ];
        refuse(output, &inputs)?;
        if !export.force && output.exists() {
            bail!(taken(output, &session.id));
        }
    }
    save_if_held(&mut session, store, &questionnaire)?;
    tell(removed);
    let advice = recommend(&questionnaire, &session.answers);
    tell(wording::accepted_too_early(&questionnaire, &session, &advice).map(|words| words + "."));
    deliver(&destination, &text, export.force)?;
    let told = superseded.and_then(|old| old.tell(&destination, &title));
    for line in destination.following().into_iter().chain(told) {
        // Standard error may be closed. The record is already written.
        let _ = writeln!(io::stderr(), "{line}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns links to the superseded records: the one given on the command line, and those listed in the
/// file being replaced.
fn links(superseded: Option<&Superseded<'_>>, destination: &Destination, session: &str) -> Vec<RecordLink> {
    let named = superseded.map(|old| old.link(destination.path.as_deref()));
    let mut links = destination.updates.as_deref().map_or_else(Vec::new, |file| kept(file, session));
    links.retain(|link| named.as_ref().is_none_or(|named| named.file != link.file));
    links.extend(named);
    links
}

/// Returns why an existing file is not overwritten, and what to do.
fn taken(output: &Path, session: &str) -> String {
    let name = name_of(output);
    if !RecordFile::read(output.to_owned()).is_some_and(|it| it.is_of(session)) {
        return format!("{name}: already exists; add --force to overwrite it");
    }
    let copy = "if the session is a copy for another decision, remove its id: line and add --save";
    format!("{name}: is the record of this session; add --force to update it, or, {copy}")
}

/// Rejects options that the dialect does not support.
fn check(export: &ExportOptions, dialect: Dialect) -> Result<()> {
    if dialect == Dialect::Json && export.brief {
        bail!("--brief: JSON always has all details; drop --brief or use another format");
    }
    if dialect == Dialect::Markdown && export.brief {
        bail!("--brief: this format has no details to leave out; drop --brief or use another format");
    }
    if matches!(dialect, Dialect::Json | Dialect::Html) && export.template.is_some() {
        bail!("--template: templates produce Markdown; drop --format or use a Markdown format");
    }
    if dialect == Dialect::Json && export.supersedes.is_some() {
        bail!("--supersedes: JSON records cannot say this; use another format");
    }
    if dialect == Dialect::Log4brains && export.number.is_some() {
        bail!("--number: Log4brains records have a date instead of a number; drop --number");
    }
    Ok(())
}

/// Rejects `--number` if neither the record, nor its file name, nor the superseded record would show the
/// number.
fn refuse_number(export: &ExportOptions, destination: &Destination, dialect: Dialect) -> Result<()> {
    let is_named_here =
        destination.folder.is_some() || (destination.path.is_none() && export.supersedes.is_some());
    if export.number.is_none() || is_named_here || dialect == Dialect::Nygard {
        return Ok(());
    }
    bail!("--number: in this format only file names have a number; name a folder with -o or drop --number")
}

/// An input file, with a description of it.
pub(super) type Input<'a> = (Option<&'a Path>, &'a str);

/// Refuses to overwrite an input file.
fn refuse(output: &Path, inputs: &[Input<'_>]) -> Result<()> {
    for (input, what) in inputs {
        if input.is_some_and(|input| is_same(input, output)) {
            bail!("{}: is the {what} itself; name another file", name_of(output));
        }
    }
    Ok(())
}

/// Writes a record that was requested on the screen.
pub(super) fn from_screen(workbook: &Workbook, order: &ExportOrder, inputs: &[Input<'_>]) -> Exported {
    let attempt = || -> Result<Exported> {
        let (questionnaire, session) = (workbook.questionnaire(), workbook.session());
        let title = wording::title(questionnaire, session);
        let new_record = NewRecord {
            dialect: order.dialect,
            session: &session.id,
            slug: slug(&title),
            date: session.details.date,
            number: None,
            superseded: None,
        };
        let destination = new_record.destination(Some(&session::typed_path(&order.path)))?;
        let Some(output) = &destination.path else { bail!("no file is named") };
        refuse(output, inputs)?;
        if !order.overwrite && output.exists() {
            return Ok(Exported::Exists(name_of(output)));
        }
        let supersedes = links(None, &destination, &session.id);
        let options = RecordOptions {
            dialect: order.dialect,
            template: None,
            brief: order.brief,
            number: destination.number,
            supersedes,
            precedents: workbook.precedents().ok(),
        };
        let text = record::render(questionnaire, session, &options)?;
        make_folder(&destination)?;
        write(output, &text, order.overwrite)?;
        let named =
            destination.follows.as_ref().map(|pattern| format!(", named like the records there: {pattern}"));
        Ok(Exported::Written(name_of(output) + &named.unwrap_or_default()))
    };
    attempt().unwrap_or_else(|error| Exported::Failed(sanitize_line(&format!("{error:#}"))))
}

fn deliver(destination: &Destination, text: &str, force: bool) -> Result<()> {
    let Some(output) = &destination.path else { return print(text) };
    make_folder(destination)?;
    write(output, text, force)?;
    match destination.folder {
        // The name was chosen here, so the user must be told.
        Some(_) => print(&format!("{}\n", name_of(output))),
        None => Ok(()),
    }
}

fn make_folder(destination: &Destination) -> Result<()> {
    let Some(folder) = &destination.folder else { return Ok(()) };
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot be created", name_of(folder)))
}

fn write(output: &Path, text: &str, force: bool) -> Result<()> {
    if force {
        return session::save(output, text);
    }
    // Must not replace an existing file, which may have appeared since the check.
    match session::save_new(output, text) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            bail!("{}: already exists; add --force to overwrite it", name_of(output))
        }
        written => written.with_context(|| format!("{}: cannot be written", name_of(output))),
    }
}
