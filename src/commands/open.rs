//! `langfit [SESSION]`: opens the questionnaire on the screen; must leave no answer unsaved without
//! saying so, and the terminal as it was.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use anyhow::{Context as _, Result};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::style::force_color_output;

use super::{apply, export, print, questionnaire};
use crate::action::{Action, Order};
use crate::app::{App, Around};
use crate::cli::{ColorChoice, Common, ScreenOptions};
use crate::questionnaire::Questionnaire;
use crate::session::{self, Session, name_of};
use crate::tui::{self, Left, Look, Message, Saver, Screen, Shell};
use crate::visible::visible;

/// How long quitting waits for the disk.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);
/// How long it does when the program was told to end.
const HURRY: Duration = Duration::from_secs(2);
/// Exit code after a panic, as without anybody who catches it.
const PANICKED: u8 = 101;
/// The number of the signal that tells of a terminal's end.
const HANGUP: i32 = 1;

/// A session that is open, and what saves it.
pub(super) struct Opened {
    /// Name of the file, for people.
    pub(super) name: String,
    /// Whether there was no such file.
    pub(super) is_new: bool,
    /// The session as it was opened.
    pub(super) before: Session,
    pub(super) app: App,
    pub(super) saver: Saver,
    /// Where the saver reports.
    pub(super) messages: Receiver<Message>,
    pub(super) sender: Sender<Message>,
}

impl Opened {
    /// Loads or begins the session, with what the command line says about it.
    pub(super) fn open(path: &Path, common: &Common) -> Result<Self> {
        let questionnaire = Arc::new(questionnaire(common)?);
        let (mut session, is_new) = session::load_or_new(path, &questionnaire)?;
        let before = session.clone();
        apply(&mut session, &questionnaire, common)?;
        let changed = session != before;
        session.stamp(session::today());

        let name = name_of(path);
        let before = session.clone();
        let (sender, messages) = tui::messages();
        let saver = Saver::spawn(path.to_owned(), Arc::clone(&questionnaire), sender.clone())?;
        let around = Around { file: name.clone(), today: session::today(), records: records(path) };
        let app = App::new(questionnaire, session, around);
        if changed {
            saver.submit(app.session.clone());
        }
        Ok(Self { name, is_new, before, app, saver, messages, sender })
    }
}

/// Opens the questionnaire and returns when it was left.
pub fn run(path: &Path, options: ScreenOptions, common: &Common) -> Result<ExitCode> {
    tui::is_usable()?;
    let Opened { name, is_new, before, mut app, saver, messages, sender } = Opened::open(path, common)?;
    app.mouse = options.mouse;
    let save = |session| saver.submit(session);
    let inputs = [(Some(path), "session"), (common.questions.as_deref(), "questionnaire")];
    let export = |app: &App, order: &Order| export::from_screen(app, order, &inputs);
    let look = look(options);
    let shell = Shell { messages: &messages, save: &save, export: &export, today: &session::today, look };
    let shown = tui::caught(|| show(&mut app, &shell, sender));
    // What is typed into a line is kept as if it had been closed.
    tui::caught(|| app.update(Action::Quit));
    if app.session != before {
        saver.submit(app.session.clone());
    }
    let left = match &shown {
        Some(Ok(left)) => *left,
        // A terminal that is gone cannot be written.
        Some(Err(_)) if tui::has_vanished() => Left::Ended,
        Some(Err(_)) => Left::Asked,
        None => Left::Panicked,
    };
    let patience = if matches!(left, Left::Signal(_) | Left::Ended) { HURRY } else { PATIENCE };
    let saved =
        saver.finish(&app.session, patience).map_err(|error| error.context(format!("not saved to {name}")));
    tui::leave();
    if let Some(what) = tui::panicked() {
        let answered = !is_new || app.session.at.is_some();
        return Ok(own_error(&what, answered.then_some(&name), &app, saved));
    }
    if let Err(error) = saved {
        return rescue(&app.questionnaire, &app.session, &error);
    }
    match (left, shown) {
        // Nobody may be there to read anything any more.
        (Left::Ended, _) => return Ok(after_signal(HANGUP)),
        (Left::Signal(signal), _) => return Ok(after_signal(signal)),
        (_, Some(Err(error))) => return Err(error),
        _ => {}
    }
    if is_new && app.session.at.is_none() {
        print("Nothing was answered, nothing was saved.\n")?;
    } else {
        print(&format!("Saved in {name}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a record goes unless somebody says otherwise: the folder of records of this project if it has
/// one, else a file beside the session.
fn records(path: &Path) -> String {
    const FOLDERS: [&str; 5] = [
        "docs/decisions/",
        "docs/adr/",
        "doc/adr/",
        "docs/architecture/decisions/",
        "docs/architecture-decisions/",
    ];
    let folder = FOLDERS.into_iter().find(|folder| Path::new(folder).is_dir());
    let beside = || path.with_extension("md").to_string_lossy().into_owned();
    folder.map_or_else(beside, str::to_owned)
}

fn look(options: ScreenOptions) -> Look {
    let unwanted = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colour = match options.color.unwrap_or(ColorChoice::Auto) {
        ColorChoice::Auto => !unwanted(),
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    };
    force_color_output(colour);
    Look { colour, ascii: options.ascii }
}

fn show(app: &mut App, shell: &Shell<'_>, sender: Sender<Message>) -> Result<Left> {
    tui::watch(&sender)?;
    let mut screen = Screen::open(sender)?;
    let mut terminal =
        Terminal::new(CrosstermBackend::new(screen.frame())).context("the terminal cannot be used")?;
    shell.run(&mut terminal, app, &mut screen)
}

/// The exit code that tells of a signal, as shells give it.
fn after_signal(signal: i32) -> ExitCode {
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX))
}

/// Says that the program failed, not the person, and where the answers are.
fn own_error(what: &str, file: Option<&String>, app: &App, saved: Result<()>) -> ExitCode {
    let answers = match (saved, file) {
        (Ok(()), Some(file)) => format!("The answers are saved in {file}."),
        (Ok(()), None) => "Nothing was answered yet.".to_owned(),
        (Err(error), _) => {
            let printed = app.session.to_ron(&app.questionnaire).and_then(|text| print(&text));
            match printed {
                Ok(()) => format!("The answers are printed above, copy them into a file; {error:#}."),
                Err(_) => format!("The answers given last are lost; {error:#}."),
            }
        }
    };
    let words = format!("langfit ended by an error of its own: {what}\n{answers}\n");
    // Without anybody to read it there is nothing else to be done.
    let _ = io::stderr().write_all(visible(&words).as_bytes());
    ExitCode::from(PANICKED)
}

/// Prints the session where it can be copied from, because it could not be written.
pub(super) fn rescue(
    questionnaire: &Questionnaire,
    session: &Session,
    error: &anyhow::Error,
) -> Result<ExitCode> {
    print(&session.to_ron(questionnaire)?)?;
    Err(anyhow::anyhow!("{error:#}; the session is printed above, copy it into a file"))
}
