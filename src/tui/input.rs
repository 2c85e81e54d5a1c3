//! Reads the terminal's events, all that arrived together at once; must not act on them.

use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyModifiers};

use super::{Message, panics};

/// A poll of zero denies queued events with the `use-dev-tty` source (crossterm issue 839).
const GLANCE: Duration = Duration::from_micros(50);
/// An arrow key that was split between two reads arrives as Esc and its rest within this time.
const SPLIT: Duration = Duration::from_millis(25);
/// Events taken before the screen is drawn again.
const BATCH: usize = 4096;

/// Starts the thread; it ends with the terminal or when nobody listens.
///
/// After each batch it waits for `leave`, so that keys for another program that is given the
/// terminal are not read here.
pub fn spawn(messages: Sender<Message>, leave: Receiver<()>) -> io::Result<()> {
    // The first poll makes the source, which asks to be told of resizing: before anything is drawn, for
    // a terminal that is resized while the thread starts would never be drawn anew.
    event::poll(Duration::ZERO)?;
    // The event parser can panic on input it does not expect; the answers must not go with it.
    panics::spawn(messages, move |messages| read(messages, &leave), || ())
}

fn read(messages: &Sender<Message>, leave: &Receiver<()>) {
    while let Ok(events) = read_batch(&mut Keyboard) {
        #[cfg(debug_assertions)]
        if events.contains(&Event::FocusGained) {
            super::fault::arm();
            super::fault::cause(super::fault::INPUT);
        }
        if messages.send(Message::Input(events)).is_err() || leave.recv().is_err() {
            return;
        }
    }
    let _ = messages.send(Message::Ended);
}

/// Where events come from.
pub trait Events {
    /// Waits for an event.
    fn read(&mut self) -> io::Result<Event>;
    /// Says whether one arrives within this time.
    fn poll(&mut self, patience: Duration) -> io::Result<bool>;
}

struct Keyboard;

impl Events for Keyboard {
    fn read(&mut self) -> io::Result<Event> {
        event::read()
    }

    fn poll(&mut self, patience: Duration) -> io::Result<bool> {
        event::poll(patience)
    }
}

/// Waits for an event and takes all that arrived with it.
pub fn read_batch(source: &mut impl Events) -> io::Result<Vec<Event>> {
    let mut events = read_whole(source)?;
    // What was read before the terminal ended still counts; the next reading says that it ended.
    while events.len() < BATCH && source.poll(GLANCE).unwrap_or(false) {
        let Ok(more) = read_whole(source) else { break };
        events.extend(more);
    }
    Ok(events)
}

/// Reads an event; an arrow key that arrived in two pieces is put together again.
fn read_whole(source: &mut impl Events) -> io::Result<Vec<Event>> {
    let mut events = vec![source.read()?];
    if plain(&events[0]) != Some(KeyCode::Esc) {
        return Ok(events);
    }
    while events.len() < 3 && source.poll(SPLIT)? {
        events.push(source.read()?);
        match (events.len(), plain(&events[events.len() - 1])) {
            (2, Some(KeyCode::Char('[' | 'O'))) => {}
            (3, Some(KeyCode::Char(letter @ 'A'..='D'))) => {
                let code = [KeyCode::Up, KeyCode::Down, KeyCode::Right, KeyCode::Left]
                    [letter as usize - 'A' as usize];
                return Ok(vec![Event::Key(KeyEvent::new(code, KeyModifiers::NONE))]);
            }
            _ => break,
        }
    }
    Ok(events)
}

fn plain(event: &Event) -> Option<KeyCode> {
    let key = event.as_key_press_event()?;
    (key.modifiers - KeyModifiers::SHIFT).is_empty().then_some(key.code)
}
