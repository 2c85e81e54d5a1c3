//! Reads the terminal's events, all that arrived together at once; must not act on them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyModifiers};

use super::Message;

/// A poll of zero denies queued events with the `use-dev-tty` source (crossterm issue 839).
const GLANCE: Duration = Duration::from_micros(50);
/// An arrow key that was split between two reads arrives as Esc and its rest within this time.
const SPLIT: Duration = Duration::from_millis(25);
/// Events taken before the screen is drawn again.
const BATCH: usize = 4096;

/// Starts the thread; it ends with the terminal or when nobody listens.
pub fn spawn(messages: Sender<Message>) {
    thread::spawn(move || {
        // The event parser can panic on input it does not expect; the answers must not go with it.
        while let Ok(Ok(events)) = catch_unwind(AssertUnwindSafe(read_batch)) {
            if messages.send(Message::Input(events)).is_err() {
                return;
            }
        }
        let _ = messages.send(Message::Ended);
    });
}

fn read_batch() -> std::io::Result<Vec<Event>> {
    let mut events = read_whole()?;
    while events.len() < BATCH && event::poll(GLANCE)? {
        events.extend(read_whole()?);
    }
    Ok(events)
}

/// Reads an event; an arrow key that arrived in two pieces is put together again.
fn read_whole() -> std::io::Result<Vec<Event>> {
    let mut events = vec![event::read()?];
    if plain(&events[0]) != Some(KeyCode::Esc) {
        return Ok(events);
    }
    while events.len() < 3 && event::poll(SPLIT)? {
        events.push(event::read()?);
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
