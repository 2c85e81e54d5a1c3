//! The shell: draws, waits for a message, updates the state and carries out effects.
//!
//! No other module changes the terminal's modes or handles signals. State and drawing are on one thread.
//! Other threads read input, analyze the advice, write the session, and wait for signals and the end of the
//! terminal. They report only by messages.

mod analyst;
mod bounded;
mod capabilities;
mod external_editor;
mod input;
mod panics;
#[cfg_attr(not(unix), path = "tui/no_signals.rs")]
mod signals;
mod terminal;

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::crossterm::event::{Event, MouseButton, MouseEventKind};
use ratatui::layout::{Position, Rect};

use crate::action::Action;
use crate::keys;
use crate::screen::{self, App, Effect, Errand, ExportOrder, Exported, Questions, Report, View};
use crate::session::{Session, Unsaved};
use crate::workbook::{Finding, Step, Study, Workbook};

pub use analyst::Analyst;
pub use bounded::Bounded;
pub use capabilities::{Capabilities, speaks_utf8};
pub use input::{Bytes, Decoder, join_pastes, read_batch};
pub use panics::{caught, panicked};
pub use signals::{watch, watch_for_end};
pub use terminal::{FrameBuffer, Host, TerminalHost, has_vanished, is_usable, leave};

/// A message to the shell.
#[derive(Debug)]
pub enum Message {
    /// Terminal events that arrived together.
    Input(Vec<Event>),
    /// A save ended.
    Saved(Result<(), Unsaved>),
    /// A finding about the advice for one revision of the answers.
    Found(u64, Finding),
    /// The terminal is gone, so no more input will arrive.
    Ended,
    /// A signal asks the program to end.
    Signal(i32),
    /// A signal asks the program to stop until it is continued.
    Stop,
    /// The program continues after a stop. Other programs may have used the terminal.
    Continued,
    /// The size of the terminal changed.
    Resized,
    /// Another thread panicked.
    Panicked,
}

/// Why the shell ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// The user asked for it with a key, or all senders of messages are gone.
    Asked,
    /// The terminal is gone.
    Ended,
    /// A signal asked for it.
    Signal(i32),
    /// A thread panicked.
    Panicked,
}

/// What the shell needs in addition to the state.
pub struct Shell<'a> {
    /// The source of messages. The shell ends when all senders are gone.
    pub messages: &'a Receiver<Message>,
    /// Submits a changed session for writing. Must return immediately.
    pub save: &'a dyn Fn(Session),
    /// Returns whether the newest session is still being written, so that another report will follow.
    pub is_saving: &'a dyn Fn() -> bool,
    /// Carries out an errand on the session's file and returns the report.
    pub errand: &'a dyn Fn(&Workbook, &Errand) -> Option<Report>,
    /// Starts an analysis of the advice, which reports each finding as [`Message::Found`]. Must return
    /// immediately.
    pub analyse: &'a dyn Fn(Study),
    /// Returns the name of the questionnaire's file if it changed since the last call, or why it cannot be
    /// used.
    pub questions_changed: &'a dyn Fn() -> Option<Result<String, String>>,
    /// Returns the current day.
    pub today: &'a dyn Fn() -> Date,
    /// Writes a record.
    pub export: &'a dyn Fn(&Workbook, &ExportOrder) -> Exported,
    /// How frames are adapted to the terminal.
    pub capabilities: Capabilities,
}

/// Lines to scroll per step of the mouse wheel.
const WHEEL: isize = 3;

/// Creates the channel of messages.
pub fn messages() -> (Sender<Message>, Receiver<Message>) {
    channel()
}

impl Shell<'_> {
    /// Runs until the user, a signal, the end of the terminal or an error ends the program.
    pub fn run(
        &self,
        terminal: &mut Terminal<impl Backend<Error: Send + Sync + 'static>>,
        app: &mut App,
        host: &mut impl Host,
    ) -> Result<ExitReason> {
        let mut view = View::default();
        let mut mouse = false;
        let mut is_drawn = false;
        loop {
            if app.desk().mouse != mouse {
                mouse = app.desk().mouse;
                host.mouse(mouse);
            }
            if !is_drawn {
                app.refresh_preview();
                self.draw(terminal, app, &mut view, host).context("the terminal cannot be written")?;
                is_drawn = true;
            }
            let first = match self.messages.try_recv() {
                Ok(message) => message,
                Err(TryRecvError::Disconnected) => return Ok(ExitReason::Asked),
                Err(TryRecvError::Empty) => {
                    // Analyzes only when no input is waiting, so that the effect of an answer is drawn first.
                    if let Some(study) = app.desk_mut().workbook.study() {
                        (self.analyse)(study);
                        continue;
                    }
                    host.idle();
                    let Ok(message) = self.messages.recv() else { return Ok(ExitReason::Asked) };
                    message
                }
            };
            is_drawn = false;
            // All messages that have arrived are applied before the next frame.
            for message in std::iter::once(first).chain(self.messages.try_iter()) {
                if let Some(reason) = self.handle(message, app, &mut view, host)? {
                    return Ok(reason);
                }
            }
        }
    }

    fn draw(
        &self,
        terminal: &mut Terminal<impl Backend<Error: Send + Sync + 'static>>,
        app: &App,
        view: &mut View,
        host: &mut impl Host,
    ) -> Result<()> {
        if host.is_spoiled() {
            // `clear` would query the cursor position and wait for the reply.
            let size = terminal.size()?;
            terminal.resize(Rect::from((Position::ORIGIN, size)))?;
        }
        terminal.draw(|frame| {
            #[cfg(debug_assertions)]
            crate::fault::cause("draw");
            screen::draw(frame, app, view);
            self.capabilities.apply(frame.buffer_mut());
        })?;
        Ok(host.show()?)
    }

    /// Handles a message. Returns the reason if the shell is to end.
    fn handle(
        &self,
        message: Message,
        app: &mut App,
        view: &mut View,
        host: &mut impl Host,
    ) -> Result<Option<ExitReason>> {
        match message {
            Message::Ended => return Ok(Some(ExitReason::Ended)),
            Message::Signal(signal) => return Ok(Some(ExitReason::Signal(signal))),
            Message::Panicked => return Ok(Some(ExitReason::Panicked)),
            Message::Stop => stop(app, host),
            // Every frame checks the size.
            Message::Resized => {}
            Message::Continued => host.resume().context("the terminal cannot be restored")?,
            Message::Found(revision, finding) => app.desk_mut().workbook.take_finding(revision, finding),
            // A report about an earlier session would be mistaken for one about the newest session.
            Message::Saved(_) if (self.is_saving)() => {}
            Message::Saved(outcome) => {
                let effect = app.take_report(Report::Saved(outcome));
                self.perform(effect, app, view, host);
            }
            Message::Input(events) => {
                app.desk_mut().workbook.today = (self.today)();
                // The meaning of a key depends on the effects of earlier keys.
                for event in events {
                    // While the content is hidden, keys must not change it. Quitting and stopping are still
                    // possible.
                    let Some(action) = action(app, view, event) else { continue };
                    let works = !view.is_hidden() || matches!(action, Action::Quit | Action::Stop);
                    if works && self.act(action, app, view, host) {
                        return Ok(Some(ExitReason::Asked));
                    }
                }
                if let Some(changed) = (self.questions_changed)() {
                    app.desk_mut().questions =
                        if changed.is_ok() { Questions::Changed } else { Questions::AsRead };
                    app.tell(&match changed {
                        Ok(name) => format!("{name} has changed; L reloads it and keeps the answers"),
                        Err(error) => format!("The questionnaire has changed and cannot be used: {error}"),
                    });
                }
                host.read_on();
            }
        }
        Ok(None)
    }

    /// Carries out an action. Returns true if the shell is to end.
    fn act(&self, action: Action, app: &mut App, view: &mut View, host: &mut impl Host) -> bool {
        match action {
            Action::Scroll(scroll) => view.scroll(app, scroll),
            Action::Redraw => host.spoil(),
            Action::Move(step) if app.page().is_some_and(|page| !page.kind.is_list) => {
                view.scroll_line(step == Step::Next);
            }
            action => {
                #[cfg(debug_assertions)]
                crate::fault::cause("update");
                let effect = change(app, view, |app| app.update(action));
                return self.perform(effect, app, view, host);
            }
        }
        false
    }

    /// Carries out an effect and reports the result. Returns true if the shell is to end.
    fn perform(&self, effect: Option<Effect>, app: &mut App, view: &mut View, host: &mut impl Host) -> bool {
        let report = match effect {
            None => return false,
            Some(Effect::Quit) => return true,
            Some(Effect::Save) => {
                (self.save)(app.workbook().session().clone());
                None
            }
            Some(Effect::Export(order)) => Some(Report::Exported((self.export)(app.workbook(), &order))),
            Some(Effect::Errand(errand)) => (self.errand)(app.workbook(), &errand),
            Some(Effect::Stop) => {
                stop(app, host);
                None
            }
            Some(Effect::EditOutside(draft)) => Some(Report::Edited(host.edit(&draft))),
        };
        let Some(report) = report else { return false };
        let effect = change(app, view, |app| app.take_report(report));
        self.perform(effect, app, view, host)
    }
}

/// Changes the state. Resets the scroll position if a page was opened or closed.
fn change(app: &mut App, view: &mut View, change: impl FnOnce(&mut App) -> Option<Effect>) -> Option<Effect> {
    let shown = app.shown();
    let effect = change(app);
    if app.shown() != shown {
        view.turn_page(shown.0, app.shown().0);
    }
    effect
}

fn stop(app: &mut App, host: &mut impl Host) {
    if let Err(reason) = host.stop() {
        app.take_report(Report::Trouble(reason));
    }
}

/// Returns the action for an event. The mouse wheel only affects the view, so it scrolls immediately and
/// gives no action.
fn action(app: &App, view: &mut View, event: Event) -> Option<Action> {
    match event {
        Event::Paste(text) => Some(Action::Paste(text)),
        // The user turned the mouse off, but events may still arrive.
        Event::Mouse(_) if !app.desk().mouse => None,
        Event::Mouse(mouse) => {
            match mouse.kind {
                MouseEventKind::ScrollUp => view.wheel(mouse.column, mouse.row, -WHEEL),
                MouseEventKind::ScrollDown => view.wheel(mouse.column, mouse.row, WHEEL),
                MouseEventKind::Down(MouseButton::Left) => {
                    return view.hit(mouse.column, mouse.row).map(Action::Click);
                }
                _ => {}
            }
            None
        }
        event => keys::resolve(screen::bindings(), app.context(), event.as_key_press_event()?),
    }
}
