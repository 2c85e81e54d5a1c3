//! `langfit [SESSION]`: opens the questionnaire on the screen; must leave no answer unsaved without
//! saying so.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::style::Colored;

use super::{apply, print, questionnaire};
use crate::app::App;
use crate::cli::Common;
use crate::questionnaire::Questionnaire;
use crate::session::{self, Session, name_of};
use crate::tui::{self, FrameBuffer, Saver, Shell};

/// How long quitting waits for the disk.
const PATIENCE: Duration = Duration::from_secs(8);

/// Opens the questionnaire and returns when it was left.
pub fn run(path: PathBuf, common: &Common) -> Result<ExitCode> {
    tui::is_usable()?;
    let questionnaire = questionnaire(common)?;
    let (mut session, is_new) = session::load_or_new(&path, &questionnaire)?;
    let before = session.clone();
    apply(&mut session, &questionnaire, common)?;
    let changed = session != before;
    session.stamp(session::today());

    let name = name_of(&path);
    let (sender, messages) = tui::messages();
    let saver = Saver::spawn(path, questionnaire.clone(), sender.clone());
    let mut app = App::new(questionnaire, session, name.clone());
    if changed {
        saver.submit(app.session.clone());
    }
    let save = |session| saver.submit(session);
    let shell = Shell { messages: &messages, save: &save, colour: !Colored::ansi_color_disabled_memoized() };
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

fn show(app: &mut App, shell: &Shell<'_>, sender: std::sync::mpsc::Sender<tui::Message>) -> Result<()> {
    tui::enter()?;
    tui::read_input(sender);
    let mut frame = FrameBuffer::default();
    let mut terminal =
        Terminal::new(CrosstermBackend::new(frame.clone())).context("the terminal cannot be used")?;
    shell.run(&mut terminal, app, &mut frame)
}

/// Prints the session where it can be copied from, because it could not be written.
fn rescue(questionnaire: &Questionnaire, session: &Session, error: &anyhow::Error) -> Result<ExitCode> {
    print(&session.to_ron(questionnaire)?)?;
    Err(anyhow::anyhow!("{error:#}; the session is printed above, copy it into a file"))
}
