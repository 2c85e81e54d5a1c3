//! Reads events on systems that report keys instead of bytes.

use std::io;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event};

use super::BATCH;

/// Waits for an event and returns all events that arrived with it.
pub fn read_batch() -> io::Result<Vec<Event>> {
    let mut events = vec![event::read()?];
    // Events before the end of the terminal are still returned. The next call reports the end.
    while events.len() < BATCH && event::poll(Duration::ZERO).unwrap_or(false) {
        let Ok(more) = event::read() else { break };
        events.push(more);
    }
    Ok(events)
}
