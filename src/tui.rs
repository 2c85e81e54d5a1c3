//! The shell: draws, waits for a message, lets the state change, carries out effects.
//!
//! The only place that touches terminal, threads and clock. State and drawing live on one thread;
//! two more read input and write the session, and nothing happens without a message.

mod input;
mod saver;
mod terminal;

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::crossterm::event::Event;
use ratatui::style::Color;

use crate::action::{Action, Delivered, Effect, Order, Step};
use crate::app::App;
use crate::keys;
use crate::session::Session;
use crate::ui::{self, View};

pub use saver::Saver;
pub use terminal::{FrameBuffer, Host, enter, is_usable, leave};

/// What the shell waits for.
#[derive(Debug)]
pub enum Message {
    /// Events of the terminal that arrived together.
    Input(Vec<Event>),
    /// A save ended: well, or for this reason not.
    Saved(Option<String>),
    /// No more input will come.
    Ended,
}

/// What the shell needs beside the state.
pub struct Shell<'a> {
    /// Where messages come from; the shell ends when nobody can send any more.
    pub messages: &'a Receiver<Message>,
    /// Takes every changed session, to write it; must return at once.
    pub save: &'a dyn Fn(Session),
    /// Says what day it is.
    pub today: &'a dyn Fn() -> Date,
    /// Writes a record.
    pub export: &'a dyn Fn(&App, &Order) -> Delivered,
    /// Whether colours are shown.
    pub colour: bool,
}

/// Makes the channel of messages.
pub fn messages() -> (Sender<Message>, Receiver<Message>) {
    channel()
}

/// Reads the terminal's events on a thread of its own.
pub fn read_input(messages: Sender<Message>) {
    input::spawn(messages);
}

impl Shell<'_> {
    /// Runs the program until somebody leaves it.
    pub fn run<B>(&self, terminal: &mut Terminal<B>, app: &mut App, host: &mut impl Host) -> Result<()>
    where
        B: Backend,
        B::Error: Send + Sync + 'static,
    {
        let mut view = View::default();
        let mut was_typing = false;
        loop {
            let is_typing = app.context().is_typing();
            if is_typing != was_typing {
                host.typing(is_typing);
                was_typing = is_typing;
            }
            terminal
                .draw(|frame| {
                    ui::draw(frame, app, &mut view);
                    if !self.colour {
                        without_colour(frame.buffer_mut());
                    }
                })
                .context("the terminal cannot be written")?;
            host.show().context("the terminal cannot be written")?;
            let first = match self.messages.try_recv() {
                Ok(message) => message,
                Err(TryRecvError::Disconnected) => return Ok(()),
                // What an answer could still change is worked out only when no key is waiting, so
                // that the answer itself is on the screen first.
                Err(TryRecvError::Empty) if app.outlook.is_none() => {
                    app.update(Action::LookAhead);
                    continue;
                }
                Err(TryRecvError::Empty) => {
                    host.idle();
                    let Ok(message) = self.messages.recv() else { return Ok(()) };
                    message
                }
            };
            // Everything that has arrived is applied before the next frame.
            for message in std::iter::once(first).chain(self.messages.try_iter()) {
                if self.handle(message, app, &mut view) {
                    return Ok(());
                }
            }
        }
    }

    /// Handles a message; true if the program is to be left.
    fn handle(&self, message: Message, app: &mut App, view: &mut View) -> bool {
        match message {
            Message::Ended => return true,
            Message::Saved(failure) => {
                app.update(Action::Saved(failure));
            }
            Message::Input(events) => {
                app.around.today = (self.today)();
                // What a key asks for depends on what the keys before it did.
                for event in events {
                    if action(app, event).is_some_and(|action| self.perform(action, app, view)) {
                        return true;
                    }
                }
            }
        }
        false
    }

    fn perform(&self, action: Action, app: &mut App, view: &mut View) -> bool {
        match action {
            Action::Scroll(scroll) => view.scroll(app, scroll),
            Action::Move(step) if app.mode.only_scrolls() => view.scroll_line(step == Step::Next),
            action => {
                let open = std::mem::discriminant(&app.mode);
                let effect = app.update(action);
                if std::mem::discriminant(&app.mode) != open {
                    view.reset_overlay();
                }
                match effect {
                    Some(Effect::Save) => (self.save)(app.session.clone()),
                    Some(Effect::Quit) => return true,
                    Some(Effect::Export(order)) => {
                        let delivered = (self.export)(app, &order);
                        app.update(Action::Delivered(delivered));
                    }
                    None => {}
                }
            }
        }
        false
    }
}

fn action(app: &App, event: Event) -> Option<Action> {
    match event {
        Event::Paste(text) => Some(Action::Paste(text)),
        event => keys::resolve(app.context(), event.as_key_press_event()?),
    }
}

/// Colour commands would cancel bold as well, so that no cell may ask for a colour.
fn without_colour(buffer: &mut ratatui::buffer::Buffer) {
    for cell in &mut buffer.content {
        (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
    }
}
