//! Decodes the bytes of a terminal into events, such as keys, pastes and clicks. Replies and unknown
//! sequences are discarded as a whole, even if they arrive in pieces.
//!
//! Crossterm's parser is not used. It accepts no bytes from outside. It also gives up in the middle of an
//! unknown sequence, and then reads the rest as keys. The ends of sequences follow ECMA-48, section 5.4, and
//! xterm's *Control Sequences*.

use std::mem::take;
use std::time::Duration;

use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// The time after which a lone Esc is a key.
const ESCAPE: Duration = Duration::from_millis(25);
/// The time without input after which an unfinished sequence or paste is ended.
const SILENCE: Duration = Duration::from_secs(1);
/// Maximum number of bytes to keep of a paste, far more than any text field takes.
const PASTE: usize = 1 << 20;
/// Maximum number of bytes to keep of a sequence. No key is that long.
const SEQUENCE: usize = 32;
/// CAN, which aborts a sequence.
const CANCEL: u8 = 0x18;
/// SUB, which also aborts a sequence.
const SUBSTITUTE: u8 = 0x1a;
/// The first C1 control character. Each of them stands for Esc and a character, starting with `@`.
const FIRST_C1: u8 = 0x80;
/// The last C1 control character.
const LAST_C1: u8 = 0x9f;
/// The sequence that ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// A decoder that keeps unfinished input.
#[derive(Debug, Default)]
pub struct Decoder {
    state: DecoderState,
    held: Vec<u8>,
    /// Whether the last event was the Esc key, because no byte followed in time.
    gave_way: bool,
}

/// What the next byte is part of.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum DecoderState {
    #[default]
    Ground,
    /// A character of several bytes, with the modifiers of its key.
    Character(KeyModifiers),
    /// The byte after Esc.
    Escape,
    /// A control sequence, or a key in the form that starts with `Esc O`.
    Sequence,
    /// The three bytes of a click in the oldest encoding.
    Click,
    /// The text of a reply, with its previous byte.
    Reply { before: u8 },
    /// A paste, with the number of bytes of its end sequence read so far.
    Paste { ending: usize },
}

impl Decoder {
    /// Decodes bytes and returns the events that they complete.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        if take(&mut self.gave_way) && is_rest_of_reply(bytes) {
            // On a slow connection, the rest of a reply may arrive after its Esc was taken for a key.
            self.state = DecoderState::Escape;
        }
        for byte in bytes {
            self.step(*byte, &mut events);
        }
        events
    }

    /// Returns how long to wait for more bytes before [`Decoder::give_way`]; `None` if no input is
    /// unfinished.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            DecoderState::Ground => None,
            DecoderState::Escape => Some(ESCAPE),
            _ => Some(SILENCE),
        }
    }

    /// Ends unfinished input when no more bytes arrive. Esc alone is a key, a paste contains what was pasted
    /// so far, and other input is discarded.
    pub fn give_way(&mut self) -> Option<Event> {
        let held = take(&mut self.held);
        let state = take(&mut self.state);
        self.gave_way = state == DecoderState::Escape;
        match state {
            DecoderState::Escape => Some(press(KeyCode::Esc, KeyModifiers::NONE)),
            DecoderState::Paste { .. } => Some(pasted(&held)),
            _ => None,
        }
    }

    fn step(&mut self, byte: u8, events: &mut Vec<Event>) {
        match self.state {
            DecoderState::Ground => self.begin(byte, KeyModifiers::NONE, events),
            DecoderState::Character(modifiers) => self.continue_character(byte, modifiers, events),
            DecoderState::Escape => self.introduce(byte, events),
            DecoderState::Sequence => self.continue_sequence(byte, events),
            DecoderState::Click => {
                self.held.push(byte);
                if let [button, column, row] = self.held[..] {
                    self.state = DecoderState::Ground;
                    let [button, column, row] =
                        [button, column, row].map(|it| u16::from(it.saturating_sub(b' ')));
                    events.extend(mouse(button, column, row, button & 3 != 3));
                }
            }
            DecoderState::Reply { before } => {
                // A reply may contain any text, so only its end is recognized, and no other sequence within
                // it.
                self.state = match (before, byte) {
                    (0x1b, b'\\') | (0xc2, 0x9c) | (_, 0x07 | CANCEL | SUBSTITUTE) => DecoderState::Ground,
                    _ => DecoderState::Reply { before: byte },
                };
            }
            DecoderState::Paste { ending } => self.continue_paste(byte, ending, events),
        }
    }

    /// Starts a key or a sequence.
    fn begin(&mut self, byte: u8, modifiers: KeyModifiers, events: &mut Vec<Event>) {
        self.state = DecoderState::Ground;
        self.held.clear();
        match byte {
            0x1b => self.state = DecoderState::Escape,
            0..=0x7f => events.push(key(byte, modifiers)),
            FIRST_C1..=LAST_C1 => self.control(byte, events),
            _ => {
                self.held.push(byte);
                self.state = DecoderState::Character(modifiers);
            }
        }
    }

    /// Decodes the byte after Esc.
    fn introduce(&mut self, byte: u8, events: &mut Vec<Event>) {
        self.held.clear();
        match byte {
            0x1b => events.push(press(KeyCode::Esc, KeyModifiers::NONE)),
            b'[' => self.state = DecoderState::Sequence,
            b'O' => {
                self.held.push(byte);
                self.state = DecoderState::Sequence;
            }
            byte if is_introducer(byte) => self.state = DecoderState::Reply { before: byte },
            byte => self.begin(byte, KeyModifiers::ALT, events),
        }
    }

    /// Decodes a C1 control character. It is discarded unless it starts a sequence.
    fn control(&mut self, byte: u8, events: &mut Vec<Event>) {
        self.state = DecoderState::Ground;
        let letter = byte - FIRST_C1 + b'@';
        if is_introducer(letter) {
            self.introduce(letter, events);
        }
    }

    fn continue_character(&mut self, byte: u8, modifiers: KeyModifiers, events: &mut Vec<Event>) {
        if byte & 0b1100_0000 != 0b1000_0000 {
            // The bytes so far are not UTF-8, so they were not typed and are dropped.
            return self.begin(byte, KeyModifiers::NONE, events);
        }
        self.held.push(byte);
        match std::str::from_utf8(&self.held) {
            // A C1 control character in UTF-8.
            Ok(_) if matches!(self.held[..], [0xc2, FIRST_C1..=LAST_C1]) => self.control(byte, events),
            Ok(text) => {
                events.extend(text.chars().map(|character| press(KeyCode::Char(character), modifiers)));
                self.state = DecoderState::Ground;
            }
            Err(error) if error.error_len().is_some() => self.state = DecoderState::Ground,
            Err(_) => {}
        }
    }

    fn continue_sequence(&mut self, byte: u8, events: &mut Vec<Event>) {
        match byte {
            // Parameters. The Linux console starts a function key with a second bracket.
            b' '..=b'?' | b'[' if byte != b'[' || self.held.is_empty() => {
                if self.held.len() < SEQUENCE {
                    self.held.push(byte);
                }
            }
            b'M' if self.held.is_empty() => self.state = DecoderState::Click,
            b'~' if self.held == b"200" => {
                self.held.clear();
                self.state = DecoderState::Paste { ending: 0 };
            }
            b'@'..=b'~' => {
                self.state = DecoderState::Ground;
                events.extend(sequence(&self.held, byte));
            }
            // The byte cannot be part of a sequence, so it starts a new key or sequence.
            _ => self.begin(byte, KeyModifiers::NONE, events),
        }
    }

    fn continue_paste(&mut self, byte: u8, ending: usize, events: &mut Vec<Event>) {
        let mut hold = |bytes: &[u8]| {
            let room = PASTE.saturating_sub(self.held.len());
            self.held.extend_from_slice(&bytes[..bytes.len().min(room)]);
        };
        let ending = if byte == PASTE_END[ending] {
            ending + 1
        } else {
            // Only the first byte of the end sequence can start it again.
            hold(&PASTE_END[..ending]);
            let again = usize::from(byte == PASTE_END[0]);
            if again == 0 {
                hold(&[byte]);
            }
            again
        };
        self.state = DecoderState::Paste { ending };
        if ending == PASTE_END.len() {
            self.state = DecoderState::Ground;
            events.push(pasted(&take(&mut self.held)));
        }
    }
}

/// Returns whether Esc and this byte start a sequence.
const fn is_introducer(byte: u8) -> bool {
    matches!(byte, b'[' | b'O' | b']' | b'P' | b'X' | b'^' | b'_')
}

/// Returns whether bytes that were read together are the rest of a reply after its Esc. Typing does not
/// produce them.
const fn is_rest_of_reply(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [b'[', b'<'..=b'?', _, ..]
            | [b']', b'0'..=b'9', _, ..]
            | [b'P', b'>', _, ..]
            | [b'P', b'0' | b'1', b'$' | b'+', ..]
            | [b'_', b'G', _, ..]
    )
}

/// Returns the key for a single byte.
fn key(byte: u8, modifiers: KeyModifiers) -> Event {
    let control = |letter: u8| press(KeyCode::Char(char::from(letter)), modifiers | KeyModifiers::CONTROL);
    match byte {
        b'\r' => press(KeyCode::Enter, modifiers),
        b'\t' => press(KeyCode::Tab, modifiers),
        0x7f => press(KeyCode::Backspace, modifiers),
        0 => control(b' '),
        0x01..=0x1a => control(byte + b'a' - 1),
        0x1b..=0x1f => control(byte - 0x1b + b'3'),
        _ => press(KeyCode::Char(char::from(byte)), modifiers),
    }
}

/// Returns the event for a complete control sequence; `None` if it is unknown.
fn sequence(held: &[u8], last: u8) -> Option<Event> {
    let (form, held) = match held {
        [form @ (b'<' | b'O'), rest @ ..] => (*form, rest),
        rest => (b'[', rest),
    };
    let text = std::str::from_utf8(held).ok()?;
    // A colon is followed by the key on another layout, or by whether the key was released.
    let number = |text: &str| text.split(':').next().unwrap_or_default().parse::<u32>();
    let numbers: Vec<u32> = text
        .split(';')
        .map(|it| if it.is_empty() { Ok(1) } else { number(it) })
        .collect::<Result<_, _>>()
        .ok()?;
    let modifiers = modifiers(numbers.get(1).copied().unwrap_or(1));
    match (form, last, numbers.as_slice()) {
        (b'<', b'M' | b'm', [button, column, row]) => {
            let [button, column, row] = [*button, *column, *row].map(|it| u16::try_from(it).unwrap_or(0));
            mouse(button, column, row, last == b'M')
        }
        (b'<', ..) => None,
        (b'[', b'I', [1]) => Some(Event::FocusGained),
        (b'[', b'O', [1]) => Some(Event::FocusLost),
        (b'[', b'Z', _) => Some(press(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)),
        (b'[', b'u', [code, ..]) => key_of_code(*code, modifiers),
        (b'[', b'~', [code, ..]) => Some(press(key_of_number(*code)?, modifiers)),
        (_, letter, [1] | [1, _]) => Some(press(key_of_letter(letter)?, modifiers)),
        _ => None,
    }
}

const fn key_of_letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        _ => return None,
    })
}

const fn key_of_number(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        _ => return None,
    })
}

/// Returns the key for a Unicode code point, as sent by terminals that encode every key in this way.
fn key_of_code(code: u32, modifiers: KeyModifiers) -> Option<Event> {
    Some(match code {
        9 if modifiers.contains(KeyModifiers::SHIFT) => press(KeyCode::BackTab, modifiers),
        9 => press(KeyCode::Tab, modifiers),
        13 => press(KeyCode::Enter, modifiers),
        27 => press(KeyCode::Esc, modifiers),
        127 => press(KeyCode::Backspace, modifiers),
        // Keys without a character have codes from the private use area of Unicode.
        0xe000..=0xf8ff => return None,
        code => press(KeyCode::Char(char::from_u32(code).filter(|it| !it.is_control())?), modifiers),
    })
}

/// Returns the modifiers for a parameter, which is 1 plus one bit per modifier.
fn modifiers(parameter: u32) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let held = |bit: u32, modifier| if bits & bit == 0 { KeyModifiers::NONE } else { modifier };
    held(1, KeyModifiers::SHIFT) | held(2, KeyModifiers::ALT) | held(4, KeyModifiers::CONTROL)
}

/// Returns the event for a click or a step of the wheel. Columns and rows count from 1. Returns `None` for
/// other buttons and for moves.
fn mouse(button: u16, column: u16, row: u16, pressed: bool) -> Option<Event> {
    /// The bits for Shift, Alt and Control.
    const HELD: u16 = 0b1_1100;
    let kind = match (button & !HELD, pressed) {
        (0, true) => MouseEventKind::Down(MouseButton::Left),
        (0, false) => MouseEventKind::Up(MouseButton::Left),
        (64, _) => MouseEventKind::ScrollUp,
        (65, _) => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (column.checked_sub(1)?, row.checked_sub(1)?);
    Some(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

fn press(code: KeyCode, modifiers: KeyModifiers) -> Event {
    let upper = matches!(code, KeyCode::Char(character) if character.is_uppercase());
    let shift = if upper { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new(code, modifiers | shift))
}

fn pasted(bytes: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(bytes).into_owned())
}
