//! Implements `langfit [SESSION]`: runs the questionnaire full screen. Must not lose an answer silently, and
//! must restore the terminal.

use std::cell::{Cell, RefCell};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, bail};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::style::force_color_output;

use super::open_session::{OpenSession, records};
use super::rescue::{print_session, rescue_or_print};
use super::{apply, export, is_input, name_for, print, questionnaire, questions_for, shelf, tell};
use crate::action::Action;
use crate::cli::{ColorChoice, OpenOptions, ScreenOptions};
use crate::keys::key_for;
use crate::precedents::{ENDING, path_beside};
use crate::sanitize::{sanitize, sanitize_line};
use crate::screen::pages::{bindings, session_file};
use crate::screen::{App, Errand, ExportOrder, Exported, Questions, Report};
use crate::session::{self, Drafts, SaverReport, Session, StateFolder};
use crate::tui::{self, Bounded, Capabilities, ExitReason, Message, Shell, TerminalHost, speaks_utf8};
use crate::wording::capital;
use crate::workbook::{Saving, Workbook};

/// How long quitting waits for the disk.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
/// How long quitting waits for the disk after a signal, or when the terminal is gone.
pub(super) const HURRY: Duration = Duration::from_secs(2);
/// Exit code after a panic, the same as Rust's default.
const PANICKED: u8 = 101;
/// The number of SIGHUP, the signal sent when the terminal goes away.
const HANGUP: i32 = 1;

/// Runs the questionnaire until the user leaves it.
pub fn run(options: &OpenOptions) -> Result<ExitCode> {
    tui::is_usable()?;
    let (sender, messages) = tui::messages();
    let path = options.path();
    let saver_messages = sender.clone();
    let report = move |report| {
        let message = match report {
            SaverReport::Saved(written) => Message::Saved(written),
            SaverReport::Died => Message::Panicked,
        };
        saver_messages.send(message).is_ok()
    };
    let questions = questions_in_use(options)?;
    let (mut opened, workbook) = open(options, report)?;
    let analyst = tui::Analyst::start(sender.clone()).context("no thread can be started")?;
    let mut app = App::new(workbook, records(path));
    app.desk_mut().mouse = options.screen.mouse;
    match opened.take_rescued() {
        Some(Ok(rescued)) => app.offer(rescued),
        Some(Err(words)) => app.tell(&words),
        None if options.is_example => {
            let key = key_for(bindings(), app.context(), &Action::Open(session_file::ID));
            app.tell(&format!("{} saves a copy", key.unwrap_or_default()));
        }
        None => {}
    }
    let saver = &opened.saver;
    let save = |session| saver.submit(session);
    let beside = questions.as_deref().map(|questions| path_beside(questions, ENDING));
    // The current path of the session, which changes when it is saved under another name.
    let place = RefCell::new(path.to_owned());
    let export = |workbook: &Workbook, order: &ExportOrder| {
        let place = place.borrow();
        let inputs = [
            (Some(path), "session"),
            (Some(place.as_path()), "session"),
            (questions.as_deref(), "questionnaire"),
            (beside.as_deref(), "file of precedents"),
        ];
        let exported = export::from_screen(workbook, order, &inputs);
        // The record names the session's id, so the session file must contain the id too.
        if opened.is_unnamed && matches!(exported, Exported::Written(_)) && workbook.saving.keeps_changes() {
            saver.submit(workbook.session().clone());
        }
        exported
    };
    let errand = |workbook: &Workbook, errand: &Errand| {
        let report = opened.run(workbook, errand);
        if let (Errand::SaveAs(path), Some(Report::SavedAs(Ok(_)))) = (errand, &report) {
            place.replace(session::typed_path(path));
        }
        report
    };
    let watch = Watch::new(questions.as_deref());
    let shell = Shell {
        questions_changed: &|| watch.changed(),
        messages: &messages,
        save: &save,
        is_saving: &|| saver.is_busy(),
        errand: &errand,
        export: &export,
        analyse: &|study| analyst.take(study),
        today: &session::today,
        capabilities: capabilities(options.screen),
    };
    let shown = tui::caught(|| show(&mut app, &shell, sender, opened.drafts.clone()));
    // Quitting keeps the text of an input line that is still open.
    tui::caught(|| app.update(Action::Quit));
    let reason = match &shown {
        Some(Ok(reason)) => *reason,
        // Writing failed because the terminal is gone.
        Some(Err(_)) if tui::has_vanished() => ExitReason::Ended,
        Some(Err(_)) => ExitReason::Asked,
        None => ExitReason::Panicked,
    };
    let patience = if matches!(reason, ExitReason::Signal(_) | ExitReason::Ended) { HURRY } else { PATIENCE };
    let saved = opened.finish(app.workbook(), patience);
    tui::leave();
    let code = part(app.workbook(), reason, shown, saved, &opened, is_left_to_reopen(&app));
    opened.saver.release();
    if code.is_ok() && is_left_to_reopen(&app) {
        return begin_anew();
    }
    code
}

fn is_left_to_reopen(app: &App) -> bool {
    app.desk().questions == Questions::Reopened
}

/// Watches the questionnaire file. The event loop in `tui` checks it for changes after each batch of input.
struct Watch<'a> {
    path: Option<&'a Path>,
    seen: Cell<Option<(SystemTime, u64)>>,
}

impl<'a> Watch<'a> {
    fn new(path: Option<&'a Path>) -> Self {
        let path = path.filter(|path| !is_input(path));
        Self { path, seen: Cell::new(path.and_then(state_of)) }
    }

    /// Returns the file's name if it changed since the last call, or the first error in its new content.
    fn changed(&self) -> Option<Result<String, String>> {
        let path = self.path?;
        // The file may be missing for a moment while an editor writes it.
        let now = state_of(path)?;
        if self.seen.replace(Some(now)) == Some(now) {
            return None;
        }
        let first_line = |error: anyhow::Error| {
            let error = format!("{error:#}");
            sanitize_line(error.lines().next().unwrap_or_default())
        };
        Some(questionnaire(Some(path)).map(|_| session::name_of(path)).map_err(first_line))
    }
}

/// Returns the modification time and the size of a file.
fn state_of(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = path.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Restarts the program with the same arguments. On Unix, the new program replaces this process, which ends
/// the threads that wait for keys.
fn begin_anew() -> Result<ExitCode> {
    let mut program =
        Command::new(std::env::current_exe().context("langfit cannot find its own program file")?);
    program.args(std::env::args_os().skip(1));
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        Err(program.exec()).context("langfit cannot restart itself")
    }
    #[cfg(not(unix))]
    {
        let status = program.status().context("langfit cannot restart itself")?;
        Ok(ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)))
    }
}

/// Returns the file of the questionnaire; `None` for the built-in questionnaire.
fn questions_in_use(options: &OpenOptions) -> Result<Option<PathBuf>> {
    let session = (!options.is_example).then(|| options.path());
    questions_for(session, options.questions.as_deref())
}

/// Opens the session and applies the edits from the command line.
pub(super) fn open(
    options: &OpenOptions,
    report: impl Fn(SaverReport) -> bool + Send + 'static,
) -> Result<(OpenSession, Workbook)> {
    let questions = questions_in_use(options)?;
    let questions = questions.as_deref();
    let questionnaire = Arc::new(questionnaire(questions)?);
    let state = StateFolder::of_person();
    let (opened, mut workbook) = if options.is_example {
        OpenSession::example(&state, questionnaire, report)?
    } else {
        let is_new = options.path().symlink_metadata().is_err();
        let change = |session: &mut Session| {
            if is_new {
                session.questions = name_for(options.path(), questions);
            }
            apply(session, &questionnaire, &options.edits).map(tell)
        };
        OpenSession::open(options.path(), &state, Arc::clone(&questionnaire), change, report)?
    };
    workbook.shelf = shelf(questions);
    Ok((opened, workbook))
}

/// Rescues unsaved answers, prints how the run ended and returns the exit code. The terminal must already be
/// restored.
fn part(
    workbook: &Workbook,
    reason: ExitReason,
    shown: Option<Result<ExitReason>>,
    saved: Result<()>,
    opened: &OpenSession,
    reopens: bool,
) -> Result<ExitCode> {
    let file = &workbook.file;
    let untouched = opened.is_new && *workbook.session() == opened.before;
    let unsaved = saved.err().map(|error| {
        let rescued = if workbook.saving == Saving::ReadOnly {
            // Nothing is written next to a read-only session, not even a rescue file.
            workbook.session().to_ron(workbook.questionnaire()).and_then(|text| print_session(&text))
        } else {
            rescue_or_print(workbook.questionnaire(), workbook.session(), opened.saver.rescue())
        };
        (error, rescued)
    });
    if let Some(what) = tui::panicked() {
        let answers = match unsaved {
            None if untouched => "There are no answers yet.".to_owned(),
            None if workbook.saving == Saving::Example => "The example was not saved.".to_owned(),
            None => format!("The answers are saved in {file}."),
            Some((error, Ok(rescued))) => format!("{}; {error:#}.", capital(&rescued)),
            Some((error, Err(_))) => format!("The latest answers are lost: {error:#}."),
        };
        return Ok(own_error(&what, &answers));
    }
    if let Some((error, rescued)) = unsaved {
        bail!("{error:#}; {}", rescued?);
    }
    match (reason, shown) {
        // Print nothing, because the terminal may be gone.
        (ExitReason::Ended, _) => return Ok(after_signal(HANGUP)),
        (ExitReason::Signal(signal), _) => return Ok(after_signal(signal)),
        (_, Some(Err(error))) => return Err(error),
        _ => {}
    }
    if opened.is_untouched(workbook)
        && let Some(broken) = &opened.broken
    {
        bail!("{broken:#}; the answers are offered again at the next start");
    }
    if !reopens {
        print(&format!("{}\n", opened.farewell(workbook)))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn capabilities(options: ScreenOptions) -> Capabilities {
    let unwanted = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colour = match options.color.unwrap_or(ColorChoice::Auto) {
        ColorChoice::Auto => !unwanted(),
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    };
    force_color_output(colour);
    let speaks_utf8 = cfg!(windows) || speaks_utf8(|name| std::env::var(name).ok());
    Capabilities { colour, ascii: options.ascii || !speaks_utf8 }
}

fn show(app: &mut App, shell: &Shell<'_>, sender: Sender<Message>, drafts: Drafts) -> Result<ExitReason> {
    tui::watch(&sender)?;
    let mut screen = TerminalHost::open(sender, drafts)?;
    let mut terminal = Terminal::new(Bounded(CrosstermBackend::new(screen.frame())))
        .context("the terminal cannot be used")?;
    shell.run(&mut terminal, app, &mut screen)
}

/// Returns the exit code that shells use for a signal.
pub(super) fn after_signal(signal: i32) -> ExitCode {
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX))
}

/// Reports an internal error, and says where the answers are.
fn own_error(what: &str, answers: &str) -> ExitCode {
    let words = format!("langfit stopped because of an internal error: {what}\n{answers}\n");
    // Standard error may be closed, and there is no other way to report this.
    let _ = io::stderr().write_all(sanitize(&words).as_bytes());
    ExitCode::from(PANICKED)
}
