//! `langfit [SESSION]`: opens the questionnaire on the screen; must leave no answer unsaved without
//! saying so, and the terminal as it was.

use std::cell::RefCell;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::style::force_color_output;

use super::unsaved::{print_out, shelter};
use super::{apply, export, print, questionnaire};
use crate::action::{Action, Errand, Order};
use crate::app::{App, Around, Rescued, Saving};
use crate::cli::{ColorChoice, Common, ScreenOptions};
use crate::record::capital;
use crate::session::{self, Found, Session, Store};
use crate::tui::{self, Bounded, Left, Look, Message, Saver, Screen, Shell, speaks_utf8};
use crate::visible::{visible, visible_line};

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
    /// Whether there was no such file.
    pub(super) is_new: bool,
    /// The session as it was found or begun, and dated.
    pub(super) before: Session,
    pub(super) app: App,
    /// Who holds the session, if that is another program; then nothing is written.
    pub(super) holder: Option<String>,
    /// What could not be saved the last time.
    pub(super) rescued: Option<Found>,
    pub(super) saver: Saver,
    /// Where the saver reports.
    pub(super) messages: Receiver<Message>,
    pub(super) sender: Sender<Message>,
}

impl Opened {
    /// Loads or begins the session, with what the command line says about it.
    pub(super) fn open(path: &Path, common: &Common) -> Result<Self> {
        let questionnaire = Arc::new(questionnaire(common)?);
        // Locked before it is read: what is read then stays as it is.
        let mut store = Store::open(path)?;
        let loaded = store.load(&questionnaire)?;
        let is_new = loaded.is_none();
        let mut session = loaded.unwrap_or_else(|| Session::new(&questionnaire));
        let notices = store.notices(&session);
        let holder = store.holder().map(str::to_owned);
        // Who holds the session is asked about what was rescued.
        let rescued = if holder.is_none() { store.rescue().find(&questionnaire) } else { None };
        let found = session.clone();
        apply(&mut session, &questionnaire, common)?;
        let changed = session != found;
        let mut before = found;
        before.stamp(session::today());
        session.stamp(session::today());

        let name = store.name().to_owned();
        let (sender, messages) = tui::messages();
        let saver = Saver::spawn(store, Arc::clone(&questionnaire), sender.clone())?;
        let around = Around { file: name, today: session::today(), records: records(path) };
        let mut app = App::new(questionnaire, session, around);
        for notice in notices {
            app.tell(&notice);
        }
        if holder.is_some() {
            app.saving = Saving::ReadOnly;
        } else if changed {
            saver.submit(app.session.clone());
        }
        Ok(Self { is_new, before, app, holder, rescued, saver, messages, sender })
    }
}

/// Opens the questionnaire and returns when it was left.
pub fn run(path: &Path, options: ScreenOptions, common: &Common) -> Result<ExitCode> {
    tui::is_usable()?;
    let Opened { is_new, before, mut app, holder, rescued, saver, messages, sender } =
        Opened::open(path, common)?;
    app.mouse = options.mouse;
    let rescue_file = rescued.as_ref().map(|found| found.path.clone());
    offer(&mut app, rescued);
    let save = |session| saver.submit(session);
    // Where the session is by now.
    let place = RefCell::new(path.to_owned());
    let export = |app: &App, order: &Order| {
        let place = place.borrow();
        let inputs = [
            (Some(path), "session"),
            (Some(place.as_path()), "session"),
            (common.questions.as_deref(), "questionnaire"),
        ];
        export::from_screen(app, order, &inputs)
    };
    let errand = |app: &App, errand: &Errand| {
        let report = run_errand(app, errand, &saver, rescue_file.as_deref());
        if let (Errand::SaveAs(path), Some(Action::SavedAs(Ok(_)))) = (errand, &report) {
            place.replace(session::typed_path(path));
        }
        report
    };
    let shell = Shell {
        messages: &messages,
        save: &save,
        is_saving: &|| saver.is_busy(),
        errand: &errand,
        export: &export,
        today: &session::today,
        look: look(options),
    };
    let shown = tui::caught(|| show(&mut app, &shell, sender));
    // What is typed into a line is kept as if it had been closed.
    tui::caught(|| app.update(Action::Quit));
    let left = match &shown {
        Some(Ok(left)) => *left,
        // A terminal that is gone cannot be written.
        Some(Err(_)) if tui::has_vanished() => Left::Ended,
        Some(Err(_)) => Left::Asked,
        None => Left::Panicked,
    };
    let patience = if matches!(left, Left::Signal(_) | Left::Ended) { HURRY } else { PATIENCE };
    let saved = finish(&app, &before, &saver, holder.as_deref(), patience);
    // Whoever took it back again has none of it on disk.
    if saved.is_ok()
        && app.session != before
        && app.rescued.as_ref().is_some_and(|rescued| rescued.taken)
        && let Some(file) = &rescue_file
    {
        // What it held is on disk now.
        let _ = std::fs::remove_file(file);
    }
    tui::leave();
    let untouched = is_new && app.session == before;
    let code = part(&app, left, shown, saved, &saver, untouched);
    saver.release();
    code
}

/// Waits until the session is on disk; an error says why it is not.
fn finish(
    app: &App,
    before: &Session,
    saver: &Saver,
    holder: Option<&str>,
    patience: Duration,
) -> Result<()> {
    let file = &app.around.file;
    if app.saving == Saving::ReadOnly {
        let holder = holder.unwrap_or("another program");
        if app.session != *before {
            bail!("not saved to {file}: it is open in {holder}");
        }
        return Ok(());
    }
    if app.session != *before {
        saver.submit(app.session.clone());
    }
    saver.finish(&app.session, patience).map_err(|error| error.context(format!("not saved to {file}")))
}

/// Says how it ended, on a terminal that was given back.
fn part(
    app: &App,
    left: Left,
    shown: Option<Result<Left>>,
    saved: Result<()>,
    saver: &Saver,
    untouched: bool,
) -> Result<ExitCode> {
    let file = &app.around.file;
    let unsaved = saved.err().map(|error| {
        let refuge = if app.saving == Saving::ReadOnly {
            // Beside the session nothing is written either.
            app.session.to_ron(&app.questionnaire).and_then(|text| print_out(&text))
        } else {
            shelter(&app.questionnaire, &app.session, saver.rescue())
        };
        (error, refuge)
    });
    if let Some(what) = tui::panicked() {
        let answers = match unsaved {
            None if untouched => "Nothing was answered yet.".to_owned(),
            None => format!("The answers are saved in {file}."),
            Some((error, Ok(refuge))) => format!("{}; {error:#}.", capital(&refuge.words())),
            Some((error, Err(_))) => format!("The answers given last are lost; {error:#}."),
        };
        return Ok(own_error(&what, &answers));
    }
    if let Some((error, refuge)) = unsaved {
        bail!("{error:#}; {}", refuge?.words());
    }
    match (left, shown) {
        // Nobody may be there to read anything any more.
        (Left::Ended, _) => return Ok(after_signal(HANGUP)),
        (Left::Signal(signal), _) => return Ok(after_signal(signal)),
        (_, Some(Err(error))) => return Err(error),
        _ => {}
    }
    if app.saving == Saving::ReadOnly {
        print(&format!("Nothing was changed in {file}.\n"))?;
    } else if untouched {
        print("Nothing was answered, nothing was saved.\n")?;
    } else {
        print(&format!("Saved in {file}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Offers what could not be saved the last time.
fn offer(app: &mut App, found: Option<Found>) {
    let Some(found) = found else { return };
    let name = found.name();
    match found.session {
        Ok(session) => {
            let written = found.written.map(|time| time.strftime("%Y-%m-%d %H:%M").to_string());
            let written = written.map(|time| format!("written {time}")).unwrap_or_default();
            app.offer(Rescued { name, written, session, taken: false });
        }
        Err(error) => {
            let error = visible_line(&format!("{error:#}"));
            app.tell(&format!("The rescued answers in {name} cannot be read: {error}"));
        }
    }
}

/// Does with the session's file what was asked for on the screen.
fn run_errand(app: &App, errand: &Errand, saver: &Saver, rescue_file: Option<&Path>) -> Option<Action> {
    let words = |error: anyhow::Error| visible_line(&format!("{error:#}"));
    match errand {
        Errand::TryAgain => saver.submit(app.session.clone()),
        Errand::Overwrite => saver.overwrite(app.session.clone()),
        Errand::Reload => {
            let reloaded = saver.reload(app.around.today);
            return Some(Action::Reloaded(reloaded.map(Box::new).map_err(words)));
        }
        Errand::SaveAs(path) => {
            let saved = saver.save_as(&session::typed_path(path), &app.session);
            return Some(Action::SavedAs(saved.map_err(words)));
        }
        Errand::DropRescue => {
            let path = rescue_file?;
            if let Err(error) = std::fs::remove_file(path) {
                let reason = format!("{} cannot be removed: {error}", session::name_of(path));
                return Some(Action::Trouble(reason));
            }
        }
    }
    None
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
    let speaks_utf8 = cfg!(windows) || speaks_utf8(|name| std::env::var(name).ok());
    Look { colour, ascii: options.ascii || !speaks_utf8 }
}

fn show(app: &mut App, shell: &Shell<'_>, sender: Sender<Message>) -> Result<Left> {
    tui::watch(&sender)?;
    let mut screen = Screen::open(sender)?;
    let mut terminal = Terminal::new(Bounded(CrosstermBackend::new(screen.frame())))
        .context("the terminal cannot be used")?;
    shell.run(&mut terminal, app, &mut screen)
}

/// The exit code that tells of a signal, as shells give it.
fn after_signal(signal: i32) -> ExitCode {
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(u8::MAX))
}

/// Says that the program failed, not the person, and where the answers are.
fn own_error(what: &str, answers: &str) -> ExitCode {
    let words = format!("langfit ended by an error of its own: {what}\n{answers}\n");
    // Without anybody to read it there is nothing else to be done.
    let _ = io::stderr().write_all(visible(&words).as_bytes());
    ExitCode::from(PANICKED)
}
