//! Reads events on systems that report keys instead of bytes.

use std::io;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event};

use super::BATCH;
use super::pastes::join_pastes;

/// The time without input that ends a paste.
const REST: Duration = Duration::from_millis(50);
/// Number of events after which a paste is cut, far more than any text field takes.
const PASTE: usize = 1 << 20;

/// Waits for an event and returns all events that arrived with it.
pub fn read_batch() -> io::Result<Vec<Event>> {
    let mut events = vec![event::read()?];
    let (mut limit, mut patience) = (BATCH, Duration::ZERO);
    loop {
        // Events before the end of the terminal are still returned. The next call reports the end.
        while events.len() < limit && event::poll(patience).unwrap_or(false) {
            let Ok(more) = event::read() else { break };
            events.push(more);
        }
        let joined = join_pastes(events.clone());
        let is_paste = joined.iter().any(|event| matches!(event, Event::Paste(_)));
        if limit == PASTE || !is_paste {
            return Ok(joined);
        }
        // The rest of the paste may arrive a little later.
        (limit, patience) = (PASTE, REST);
    }
}
