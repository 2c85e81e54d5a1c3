//! Characters of keyboard layouts and input methods other than ASCII ones, which are bound to nothing.

use ratatui::crossterm::event::KeyCode;

use crate::action::Action;

/// Letters and the Latin keys at their places.
const LAYOUTS: [(&str, &str); 2] = [
    ("йцукенгшщзфывапролдячсмитьії", "qwertyuiopasdfghjklzxcvbnms]"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
];

/// Returns what is said of a character that no key of an ASCII layout sends; nothing of any other key.
pub(super) fn other(code: KeyCode) -> Option<Action> {
    let KeyCode::Char(character) = code else { return None };
    let is_foreign = !character.is_ascii() && !character.is_control();
    is_foreign.then(|| Action::OtherLayout(character, latin(character)))
}

fn latin(letter: char) -> Option<char> {
    let lower = letter.to_lowercase().next()?;
    let key = LAYOUTS.iter().find_map(|(letters, keys)| {
        letters.chars().zip(keys.chars()).find(|(it, _)| *it == lower).map(|(_, key)| key)
    })?;
    Some(if letter.is_uppercase() { key.to_ascii_uppercase() } else { key })
}
