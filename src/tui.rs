//! The shell: draws, waits for a message, lets the state change, carries out effects.
//!
//! The only place that touches the terminal's modes and signals. State and drawing live on one thread;
//! others read input, write the session, wait for signals and for the end of the terminal, and nothing
//! happens without a message.

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
pub use input::{Bytes, Decoder, read_batch};
pub use panics::{caught, panicked};
pub use signals::{watch, watch_for_end};
pub use terminal::{FrameBuffer, Host, TerminalHost, has_vanished, is_usable, leave};

/// What the shell waits for.
#[derive(Debug)]
pub enum Message {
    /// Events of the terminal that arrived together.
    Input(Vec<Event>),
    /// A save ended.
    Saved(Result<(), Unsaved>),
    /// The advice on one state of the answers was looked into.
    Found(u64, Finding),
    /// No more input will come: the terminal is gone.
    Ended,
    /// A signal asks the program to end.
    Signal(i32),
    /// Somebody outside asks the program to stop until it is continued.
    Stop,
    /// The program was stopped and goes on; others may have used the terminal.
    Continued,
    /// The terminal has another size.
    Resized,
    /// Another thread panicked.
    Panicked,
}

/// Why the program was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitReason {
    /// Somebody asked for it by key, or nobody sends messages any more.
    Asked,
    /// The terminal is gone.
    Ended,
    /// A signal asked for it.
    Signal(i32),
    /// A thread panicked.
    Panicked,
}

/// What the shell needs beside the state.
pub struct Shell<'a> {
    /// Where messages come from; the shell ends when nobody can send any more.
    pub messages: &'a Receiver<Message>,
    /// Takes every changed session, to write it; must return at once.
    pub save: &'a dyn Fn(Session),
    /// Says whether the newest session is still being written, so that there will be more to say.
    pub is_saving: &'a dyn Fn() -> bool,
    /// Does something else with the session's file; returns what is to be reported.
    pub errand: &'a dyn Fn(&Workbook, &Errand) -> Option<Report>,
    /// Looks into the advice, and reports as [`Message::Found`]; must return at once.
    pub analyse: &'a dyn Fn(Study),
    /// Says if the file of the questionnaire is another one than the last time: its name, or why it cannot be used.
    pub questions_changed: &'a dyn Fn() -> Option<Result<String, String>>,
    /// Says what day it is.
    pub today: &'a dyn Fn() -> Date,
    /// Writes a record.
    pub export: &'a dyn Fn(&Workbook, &ExportOrder) -> Exported,
    /// How frames are changed for the terminal.
    pub capabilities: Capabilities,
}

/// Lines that one step of the wheel scrolls.
const WHEEL: isize = 3;

/// Makes the channel of messages.
pub fn messages() -> (Sender<Message>, Receiver<Message>) {
    channel()
}

impl Shell<'_> {
    /// Runs the program until somebody or something ends it.
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
                    // Only when no key is waiting, so that the answer itself is on the screen first.
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
            // Everything that has arrived is applied before the next frame.
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
            // Not `clear`, which asks the terminal where the cursor is and waits for the answer.
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

    /// Handles a message; says so if the program is to be left.
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
            // Every frame looks at the size.
            Message::Resized => {}
            Message::Continued => host.resume().context("the terminal cannot be taken over again")?,
            Message::Found(revision, finding) => app.desk_mut().workbook.take_finding(revision, finding),
            // What is said of an earlier session would be taken for the newest one.
            Message::Saved(_) if (self.is_saving)() => {}
            Message::Saved(outcome) => {
                let effect = app.take_report(Report::Saved(outcome));
                self.perform(effect, app, view, host);
            }
            Message::Input(events) => {
                app.desk_mut().workbook.today = (self.today)();
                // What a key asks for depends on what the keys before it did.
                for event in events {
                    // What nobody can see must not change; leaving works everywhere.
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
                        Ok(name) => format!("{name} has changed; L loads it, the answers are kept"),
                        Err(error) => format!("The questionnaire has changed and cannot be used: {error}"),
                    });
                }
                host.read_on();
            }
        }
        Ok(None)
    }

    /// Does what an action asks for; true if the program is to be left.
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

    /// Carries out an effect and reports how that went; true if the program is to be left.
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

/// Changes the state; a page that was opened or closed is shown from its beginning.
fn change(app: &mut App, view: &mut View, change: impl FnOnce(&mut App) -> Option<Effect>) -> Option<Effect> {
    let shown = app.shown();
    let effect = change(app);
    if app.shown() != shown {
        view.reset_page();
    }
    effect
}

fn stop(app: &mut App, host: &mut impl Host) {
    if let Err(reason) = host.stop() {
        app.take_report(Report::Trouble(reason));
    }
}

/// What an event asks for; scrolling by wheel is done at once, for it concerns nothing but the view.
fn action(app: &App, view: &mut View, event: Event) -> Option<Action> {
    match event {
        Event::Paste(text) => Some(Action::Paste(text)),
        // Whoever turned it off means no click.
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
