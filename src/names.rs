//! When two names are the same to a reader, however they are written; must not judge spelling.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::visible::{is_default_ignorable, visible_line};

/// Returns a name as it is kept: on one line, nothing hidden, each letter in its shortest form.
pub fn kept(name: &str) -> String {
    if is_nfc(name) { visible_line(name) } else { visible_line(&name.nfc().collect::<String>()) }
}

/// Says whether nobody could tell two names apart.
pub fn are_alike(left: &str, right: &str) -> bool {
    left == right || key(left) == key(right)
}

/// Returns a text that is the same for all names that look the same.
pub fn key(name: &str) -> String {
    let seen: String = name.chars().filter(|character| !is_default_ignorable(*character)).nfc().collect();
    // Spaces of the same width are not the same character.
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}
