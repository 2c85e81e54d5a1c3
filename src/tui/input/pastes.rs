//! Recognizes pasted text in the events of a console. A Windows console reports a paste as single keys, which
//! must not act as commands.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// Minimum number of keys of a paste. Nobody types that many different keys while one frame is drawn.
const KEYS: usize = 5;

/// What newer consoles send before and after a paste.
const MARKS: [&str; 2] = ["\u{1b}[200~", "\u{1b}[201~"];

/// Replaces each run of keys that was pasted with one [`Event::Paste`]. `events` have arrived together.
pub fn join_pastes(events: Vec<Event>) -> Vec<Event> {
    let mut joined = Vec::new();
    let mut run = Vec::new();
    for event in events {
        if text_of(&event).is_some() || is_release(&event) {
            run.push(event);
        } else {
            end_run(&mut run, &mut joined);
            joined.push(event);
        }
    }
    end_run(&mut run, &mut joined);
    joined
}

fn end_run(run: &mut Vec<Event>, joined: &mut Vec<Event>) {
    let keys: Vec<char> = run.iter().filter_map(text_of).collect();
    // A key that is held down repeats.
    let is_held = keys.iter().all(|key| *key == keys[0]);
    if keys.len() < KEYS || is_held {
        joined.append(run);
        return;
    }
    run.clear();
    let text: String = keys.into_iter().collect();
    joined.push(Event::Paste(MARKS.iter().fold(text, |text, mark| text.replace(mark, ""))));
}

/// Returns the character that a pressed key types.
fn text_of(event: &Event) -> Option<char> {
    /// Windows reports `AltGr` as these two.
    const ALT_GR: KeyModifiers = KeyModifiers::CONTROL.union(KeyModifiers::ALT);
    let KeyEvent { code, modifiers, .. } = event.as_key_press_event()?;
    let modifiers = modifiers.difference(KeyModifiers::SHIFT);
    match code {
        KeyCode::Char(character) if modifiers.is_empty() || modifiers == ALT_GR => Some(character),
        KeyCode::Enter if modifiers.is_empty() => Some('\n'),
        KeyCode::Tab if modifiers.is_empty() => Some('\t'),
        KeyCode::Esc => Some('\u{1b}'),
        _ => None,
    }
}

fn is_release(event: &Event) -> bool {
    event.is_key_release()
}
