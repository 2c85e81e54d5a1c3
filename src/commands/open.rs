//! `langfit [SESSION]`: opens the questionnaire on the screen; must leave no answer unsaved without
//! saying so.

use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use anyhow::{Context as _, Result};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::style::Colored;

use super::{apply, export, print, questionnaire};
use crate::action::Order;
use crate::app::{App, Around};
use crate::cli::Common;
use crate::questionnaire::Questionnaire;
use crate::session::{self, Session, name_of};
use crate::tui::{self, FrameBuffer, Message, Saver, Shell};

/// How long quitting waits for the disk.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);

/// A session that is open, and what saves it.
pub(super) struct Opened {
    /// Name of the file, for people.
    pub(super) name: String,
    /// Whether there was no such file.
    pub(super) is_new: bool,
    pub(super) app: App,
    pub(super) saver: Saver,
    /// Where the saver reports.
    pub(super) messages: Receiver<Message>,
    pub(super) sender: Sender<Message>,
}

impl Opened {
    /// Loads or begins the session, with what the command line says about it.
    pub(super) fn open(path: &Path, common: &Common) -> Result<Self> {
        let questionnaire = questionnaire(common)?;
        let (mut session, is_new) = session::load_or_new(path, &questionnaire)?;
        let before = session.clone();
        apply(&mut session, &questionnaire, common)?;
        let changed = session != before;
        session.stamp(session::today());

        let name = name_of(path);
        let (sender, messages) = tui::messages();
        let saver = Saver::spawn(path.to_owned(), questionnaire.clone(), sender.clone());
        let around = Around { file: name.clone(), today: session::today(), records: records(path) };
        let app = App::new(questionnaire, session, around);
        if changed {
            saver.submit(app.session.clone());
        }
        Ok(Self { name, is_new, app, saver, messages, sender })
    }
}

/// Opens the questionnaire and returns when it was left.
pub fn run(path: &Path, common: &Common) -> Result<ExitCode> {
    tui::is_usable()?;
    let Opened { name, is_new, mut app, saver, messages, sender } = Opened::open(path, common)?;
    let save = |session| saver.submit(session);
    let inputs = [(Some(path), "session"), (common.questions.as_deref(), "questionnaire")];
    let export = |app: &App, order: &Order| export::from_screen(app, order, &inputs);
    let colour = !Colored::ansi_color_disabled_memoized();
    let shell = Shell { messages: &messages, save: &save, export: &export, today: &session::today, colour };
    let shown = show(&mut app, &shell, sender);
    let saved = saver.finish(&app.session, PATIENCE);
    tui::leave();
    if let Err(error) = saved {
        return rescue(&app.questionnaire, &app.session, &error.context(format!("not saved to {name}")));
    }
    shown?;
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

fn show(app: &mut App, shell: &Shell<'_>, sender: Sender<Message>) -> Result<()> {
    tui::enter()?;
    tui::read_input(sender);
    let mut frame = FrameBuffer::default();
    let mut terminal =
        Terminal::new(CrosstermBackend::new(frame.clone())).context("the terminal cannot be used")?;
    shell.run(&mut terminal, app, &mut frame)
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
