//! Reads events where the system knows keys instead of bytes.

use std::io;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event};

use super::BATCH;

/// Waits for an event and takes all that arrived with it.
pub fn read_batch() -> io::Result<Vec<Event>> {
    let mut events = vec![event::read()?];
    // What was read before the terminal ended still counts; the next reading says that it ended.
    while events.len() < BATCH && event::poll(Duration::ZERO).unwrap_or(false) {
        let Ok(more) = event::read() else { break };
        events.push(more);
    }
    Ok(events)
}
