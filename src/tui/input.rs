//! Reads the terminal on a separate thread. Events that arrive together are one batch.

#[cfg(not(unix))]
mod console;
mod decoder;
mod pastes;

use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use ratatui::crossterm::event::Event;

use super::{Message, panics};

pub use decoder::Decoder;
pub use pastes::join_pastes;

/// Number of events after which a batch ends, so that the screen is drawn again.
const BATCH: usize = 4096;

/// Starts the thread, which ends with the terminal or when the receiver is gone.
///
/// The thread waits for `leave` after each batch. Otherwise it would read keys that are meant for another
/// program.
pub fn spawn(messages: Sender<Message>, leave: Receiver<()>) -> io::Result<()> {
    // No input should cause a panic. If it does, the shell must be told so that it can save the answers.
    panics::spawn(messages, move |messages| read(messages, &leave), || ())
}

fn read(messages: &Sender<Message>, leave: &Receiver<()>) {
    let mut next = batches();
    while let Ok(events) = next() {
        #[cfg(debug_assertions)]
        if events.contains(&Event::FocusGained) {
            crate::fault::arm();
            crate::fault::cause("input");
        }
        if messages.send(Message::Input(events)).is_err() || leave.recv().is_err() {
            return;
        }
    }
    let _ = messages.send(Message::Ended);
}

/// Returns a function that waits for the next events of this process's terminal.
#[cfg(unix)]
fn batches() -> impl FnMut() -> io::Result<Vec<Event>> {
    let mut decoder = Decoder::default();
    move || read_batch(&mut Terminal, &mut decoder)
}

#[cfg(not(unix))]
fn batches() -> impl FnMut() -> io::Result<Vec<Event>> {
    console::read_batch
}

/// A source of bytes.
pub trait Bytes {
    /// Waits for at most `patience`, or indefinitely if it is `None`. Returns whether there is something to
    /// read, including the end of the input.
    fn wait(&mut self, patience: Option<Duration>) -> io::Result<bool>;

    /// Reads the available bytes. Returns 0 at the end of the input.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize>;
}

/// Waits for an event and returns all events that arrived with it. Returns no events if unfinished input was
/// discarded.
///
/// Fails at the end of the input, once all earlier events were returned.
pub fn read_batch(source: &mut impl Bytes, decoder: &mut Decoder) -> io::Result<Vec<Event>> {
    let mut buffer = [0; 4096];
    let mut events = Vec::new();
    while events.len() < BATCH {
        let patience = if events.is_empty() { decoder.patience() } else { Some(Duration::ZERO) };
        match source.wait(patience) {
            Ok(true) => match source.read(&mut buffer) {
                Ok(0) if events.is_empty() => {
                    events.push(decoder.give_way().ok_or(io::ErrorKind::UnexpectedEof)?);
                }
                Ok(0) => break,
                Ok(count) => events.extend(decoder.take(&buffer[..count])),
                Err(error) if events.is_empty() => return Err(error),
                Err(_) => break,
            },
            Ok(false) if events.is_empty() => events.extend(decoder.give_way()),
            Err(error) if events.is_empty() => return Err(error),
            Ok(false) | Err(_) => break,
        }
    }
    Ok(events)
}

/// The terminal on standard input.
#[cfg(unix)]
struct Terminal;

#[cfg(unix)]
impl Bytes for Terminal {
    fn wait(&mut self, patience: Option<Duration>) -> io::Result<bool> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};

        let terminal = rustix::stdio::stdin();
        let mut watched = [PollFd::new(&terminal, PollFlags::IN)];
        let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
        Ok(rustix::io::retry_on_intr(|| poll(&mut watched, patience.as_ref()))? > 0)
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(rustix::io::retry_on_intr(|| rustix::io::read(rustix::stdio::stdin(), &mut *buffer))?)
    }
}
