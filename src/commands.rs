//! Implements the subcommands. Each one reads its input, calls the layers below and prints the result.

mod advise;
mod check;
mod compare;
mod decide;
mod export;
mod full_screen;
mod interruptible_input;
mod linear;
mod manual;
pub mod open_session;
mod precedents;
mod questions;
mod questions_file;
mod recheck;
mod record_files;
mod rescue;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow, bail};

use self::questions_file::{name_for, questions_for};
use crate::answers::{Part, Plan};
use crate::built_in;
use crate::cli::{Cli, Commands, OpenOptions, SessionEdits, SessionOptions, meant_as_command};
use crate::precedents::{Shelf, path_beside};
use crate::questionnaire::Questionnaire;
use crate::sanitize::sanitize_line;
use crate::session::{self, DEFAULT_FILE, DetailField, RescueFiles, Session, StateFolder, Store, name_of};
use crate::source::{self, Source, TITLE};
use crate::wording::counted;

/// Runs the command given on the command line. An error means exit code 2.
pub fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        None => begin(&cli.open),
        Some(Commands::Advise { session, format, questionnaire, given }) => {
            advise::run(session, format, &questionnaire, &given)
        }
        Some(Commands::Export { session, export }) => export::run(&session, &export),
        Some(Commands::Check { file, format, questionnaire, tables }) => {
            check::run(file.as_deref(), questionnaire.questions.as_deref(), format, tables)
        }
        Some(Commands::Decide { session, part, because, questionnaire, given }) => {
            decide::run(&session, &part, because.as_deref(), &questionnaire, &given)
        }
        Some(Commands::Compare { sessions, format, questionnaire }) => {
            compare::run(&sessions, format, &questionnaire)
        }
        Some(Commands::Recheck { paths, format, today, questionnaire }) => {
            recheck::run(&paths, format, today, &questionnaire)
        }
        Some(Commands::Demo { linear, screen }) => begin(&OpenOptions::example(linear, screen)),
        Some(Commands::Questions { plain, format, questions }) => {
            questions::run(plain, format, questions.as_deref())
        }
        Some(Commands::Precedents { session, part, questionnaire, given }) => {
            precedents::run(session, &part, &questionnaire, &given)
        }
        Some(Commands::Completions { shell }) => manual::completions(shell),
        Some(Commands::Man) => manual::page(),
    }
}

/// Opens a session, full screen or in linear mode.
fn begin(options: &OpenOptions) -> Result<ExitCode> {
    refuse_folder(options.path())?;
    if let Some(sentence) = options.session.as_deref().and_then(meant_as_command) {
        bail!("{sentence}");
    }
    if linear::is_wanted(options.linear) { linear::run(options) } else { full_screen::run(options) }
}

fn questionnaire(questions: Option<&Path>) -> Result<Questionnaire> {
    match questions {
        Some(path) => Ok(Questionnaire::parse(&read_questions(path)?)?),
        None => Ok(built_in::questionnaire()),
    }
}

/// Reads the precedents that come with the questionnaire. Returns `None` if the questionnaire has no such
/// file.
fn precedents_source(questions: Option<&Path>) -> Result<Option<Source>> {
    match questions {
        None => Ok(Some(built_in::precedents())),
        Some(questions) => read_beside(questions, crate::precedents::ENDING),
    }
}

/// Reads a companion file of a questionnaire, if there is one.
fn read_beside(questions: &Path, ending: &str) -> Result<Option<Source>> {
    let beside = path_beside(questions, ending);
    if is_input(questions) || beside.symlink_metadata().is_err() {
        return Ok(None);
    }
    source::read(&beside).map(Some)
}

/// Returns the precedents as a shelf, which parses them on first use.
fn shelf(questions: Option<&Path>) -> Shelf {
    let read = precedents_source(questions).map_err(|error| sanitize_line(&format!("{error:#}")));
    Shelf::new(read.transpose())
}

/// Returns whether the path means standard input. A file with that name must be given as `./-`.
fn is_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a questionnaire from a file or from standard input.
fn read_questions(path: &Path) -> Result<Source> {
    if is_input(path) { source::read_input("standard input", io::stdin().lock()) } else { source::read(path) }
}

/// Applies the edits given on the command line. Returns a message for [`tell`], if there is one.
fn apply(
    session: &mut Session,
    questionnaire: &Questionnaire,
    edits: &SessionEdits,
) -> Result<Option<String>> {
    let line = |name: &str, text: &str| session::limited_text(name, &sanitize_line(text), TITLE);
    if let Some(title) = &edits.title {
        session.details.title = line("--title", title)?;
    }
    if let Some(system) = &edits.system {
        session.details.system = line("--system", system)?;
    }
    if !edits.decider.is_empty() {
        let deciders: Result<Vec<String>> =
            edits.decider.iter().map(|name| line("--decider", name)).collect();
        session.details.deciders = deciders?;
    }
    if let Some(day) = &edits.accepted {
        let set = session.details.set_line(DetailField::Accepted, &sanitize_line(day));
        set.map_err(|wrong| anyhow!("--accepted: {wrong}"))?;
    }
    let assignments: Vec<&str> = edits.set.iter().map(String::as_str).collect();
    let before = session.answers.parts().to_vec();
    session.assign_all(questionnaire, &assignments)?;
    Ok(removed_parts(&before, session))
}

/// Returns a message about the removed parts, the settings lost with them, and the decisions kept for them.
fn removed_parts(before: &[Part], session: &Session) -> Option<String> {
    let stays = |part: &&Part| session.answers.parts().iter().any(|it| it.name == part.name);
    let removed: Vec<&Part> = before.iter().filter(|part| !stays(part)).collect();
    let described: Vec<String> = removed.iter().map(|part| described(part)).collect();
    let is_decided = |part: &&&Part| session.decided.iter().any(|it| it.part.as_ref() == Some(&part.name));
    let decided: Vec<&str> = removed.iter().filter(is_decided).map(|part| part.name.as_str()).collect();
    let kept = match decided.as_slice() {
        [] => String::new(),
        [only] => format!("; the decision for {only} is kept"),
        several => format!("; the decisions for {} are kept", several.join(", ")),
    };
    match removed.len() {
        0 => None,
        1 => Some(format!("Removed part: {}{kept}.", described[0])),
        _ => Some(format!("Removed parts: {}{kept}.", described.join(", "))),
    }
}

/// Returns a part's name, with a summary of the settings that are lost when it is removed.
fn described(part: &Part) -> String {
    let answers = counted(part.overrides.len() as i64, "own answer");
    let own = [
        (part.plan != Plan::ToDecide).then(|| "stays as it is".to_owned()),
        (!part.overrides.is_empty()).then_some(answers),
    ];
    let own: Vec<String> = own.into_iter().flatten().collect();
    if own.is_empty() { part.name.clone() } else { format!("{} ({})", part.name, own.join(", ")) }
}

/// Writes a message, if there is one, to standard error. Errors are ignored, because standard error may be
/// closed.
fn tell(sentence: Option<String>) {
    if let Some(sentence) = sentence {
        let _ = writeln!(io::stderr(), "{}", sanitize_line(&sentence));
    }
}

/// Tells the user on standard error if a rescue file has unsaved answers of the session.
fn remind(path: &Path, session: &Session, questionnaire: &Questionnaire) {
    let rescue = RescueFiles::beside(path, &StateFolder::of_person());
    if let Some(found) = rescue.look(questionnaire, session) {
        let (name, file) = (name_of(path), found.name());
        let words = format!("Answers that could not be saved to {name} are in {file}");
        // Standard error may be closed.
        let _ = writeln!(io::stderr(), "{words}; open {name} with langfit to load them");
    }
}

/// Rejects a path that ends in a separator, even if no such folder exists.
fn refuse_folder(session: &Path) -> Result<()> {
    if session.to_string_lossy().ends_with(std::path::is_separator) {
        bail!("{}: ends in a slash, so it names a folder; name a file", name_of(session));
    }
    Ok(())
}

/// Loads a session that may be saved later, and locks it. The lock is held until the returned store is dropped.
fn hold(path: &Path, questionnaire: &Questionnaire) -> Result<(Store, Option<Session>)> {
    refuse_folder(path)?;
    let mut store = Store::open_alone(path, &StateFolder::of_person())?;
    let cut_off = store.was_cut_off();
    let session = store.load(questionnaire);
    let session = if cut_off {
        session.context(
            "saving was interrupted the last time; open the session with langfit to recover the answers",
        )?
    } else {
        session?
    };
    if let Some(session) = &session {
        remind(path, session, questionnaire);
    }
    Ok((store, session))
}

/// Like [`hold`], but the session must exist.
fn hold_existing(path: &Path, questionnaire: &Questionnaire) -> Result<(Store, Session)> {
    let (store, session) = hold(path, questionnaire)?;
    // Loading a missing file returns the appropriate error.
    let session = session.map_or_else(|| Session::load(path, questionnaire), Ok)?;
    Ok((store, session))
}

/// Loads a session. Locks it if it is to be saved.
fn load(path: &Path, questionnaire: &Questionnaire, save: bool) -> Result<(Option<Store>, Session)> {
    refuse_folder(path)?;
    if save {
        let (store, session) = hold_existing(path, questionnaire)?;
        return Ok((Some(store), session));
    }
    let session = Session::load(path, questionnaire)?;
    remind(path, &session, questionnaire);
    Ok((None, session))
}

/// Loads the session, applies the edits from the command line, and saves the result with `--save`. `--set`
/// with neither a named session nor `--save` starts from a blank one. `--set` with `--save` creates a missing file.
fn load_or_begin(
    path: Option<PathBuf>,
    questions: Option<&Path>,
    questionnaire: &Questionnaire,
    SessionOptions { edits, save }: &SessionOptions,
) -> Result<Session> {
    let answers = !edits.set.is_empty();
    let unnamed = path.is_none();
    let path = path.unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
    let (store, mut session) = match (answers, *save) {
        (true, false) if unnamed => (None, Session::new(questionnaire)),
        (true, true) => {
            let (store, session) = hold(&path, questionnaire)?;
            let begin = || Session { questions: name_for(&path, questions), ..Session::new(questionnaire) };
            (Some(store), session.unwrap_or_else(begin))
        }
        _ => load(&path, questionnaire, *save)?,
    };
    let removed = apply(&mut session, questionnaire, edits)?;
    save_if_held(&mut session, store, questionnaire)?;
    tell(removed);
    Ok(session)
}

/// Saves the session if a store is given.
fn save_if_held(session: &mut Session, store: Option<Store>, questionnaire: &Questionnaire) -> Result<()> {
    let Some(mut store) = store else { return Ok(()) };
    session.stamp(session::today());
    store.save(&session.to_ron_checked(questionnaire)?).context("not saved")
}

/// Prints to standard output. A closed pipe is not an error.
fn print(text: &str) -> Result<()> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("standard output cannot be written"),
    }
}
