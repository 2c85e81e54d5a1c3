//! Characters of non-ASCII keyboard layouts and input methods, which have no bindings.

use ratatui::crossterm::event::KeyCode;

use crate::action::Action;

/// The letters of each layout, with the Latin keys in the same places.
const LAYOUTS: [(&str, &str); 2] = [
    ("йцукенгшщзфывапролдячсмитьії", "qwertyuiopasdfghjklzxcvbnms]"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
];

/// Returns the action for a non-ASCII character, or `None` for any other key.
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
