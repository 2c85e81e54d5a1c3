//! Scripts of keys: literal keys, and destinations that take as many keys as needed.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A piece of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Literal keys.
    Keys(Vec<KeyEvent>),
    /// `<go:load>`: moves to the question with this id.
    Go(String),
    /// `<to:api>`: moves to the option with this id or the part with this name. On a page, moves to the
    /// entry that contains this text.
    To(String),
    /// `<load=upto-10k>`: moves to the question with this id and presses the key of this option.
    Answer(String, String),
}

/// Splits a script into pieces.
pub fn pieces(script: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = script;
    while !rest.is_empty() {
        let start = rest.match_indices('<').find_map(|(at, _)| Some((at, led(&rest[at..])?)));
        let (before, led) = match start {
            Some((at, (piece, length))) => (at, Some((piece, at + length))),
            None => (rest.len(), None),
        };
        if before > 0 {
            pieces.push(Piece::Keys(parse(&rest[..before])));
        }
        let Some((piece, end)) = led else { break };
        pieces.push(piece);
        rest = &rest[end..];
    }
    pieces
}

/// Parses a destination at the start of the text, and returns it with its length in bytes.
fn led(text: &str) -> Option<(Piece, usize)> {
    let end = text.find('>')?;
    let name = &text[1..end];
    let piece = match (name.split_once(':'), name.split_once('=')) {
        (Some(("go", question)), _) => Piece::Go(question.to_owned()),
        (Some(("to", entry)), _) => Piece::To(entry.to_owned()),
        (None, Some((question, option))) if !question.is_empty() => {
            Piece::Answer(question.to_owned(), option.to_owned())
        }
        _ => return None,
    };
    Some((piece, end + 1))
}

/// Parses keys: characters, and names in angle brackets such as `<space>`. In brackets, `c-` adds Ctrl and
/// `a-` Alt.
pub fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(character) = rest.chars().next() {
        let end = rest.find('>').filter(|_| character == '<');
        let (code, length) = match end {
            Some(end) => (named(rest[1..end].trim_start_matches("c-").trim_start_matches("a-")), end + 1),
            None => (KeyCode::Char(character), character.len_utf8()),
        };
        let modifiers = match code {
            KeyCode::Char(character) if character.is_uppercase() => KeyModifiers::SHIFT,
            _ => KeyModifiers::NONE,
        };
        let held = match rest.get(..3) {
            Some("<c-") => Some(KeyModifiers::CONTROL),
            Some("<a-") => Some(KeyModifiers::ALT),
            _ => None,
        };
        let held = held.filter(|_| end.is_some()).unwrap_or(modifiers);
        events.push(KeyEvent::new(code, held));
        rest = &rest[length..];
    }
    events
}

fn named(name: &str) -> KeyCode {
    match name {
        "space" => KeyCode::Char(' '),
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" => KeyCode::Tab,
        "backtab" => KeyCode::BackTab,
        "back" => KeyCode::Backspace,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "pgdn" => KeyCode::PageDown,
        "pgup" => KeyCode::PageUp,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        name => match name.chars().next() {
            Some(letter) if letter.len_utf8() == name.len() => KeyCode::Char(letter),
            _ => panic!("no key is now called {name}"),
        },
    }
}
