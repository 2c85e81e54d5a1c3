//! When two names are the same to a reader, however they are written.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::sanitize::{is_default_ignorable, is_tag, sanitize_line};
use crate::source::TITLE;

/// Returns a name as it is kept: on one line, nothing hidden, each letter in its shortest form.
pub fn normalized(name: &str) -> String {
    if is_nfc(name) { sanitize_line(name) } else { sanitize_line(&name.nfc().collect::<String>()) }
}

/// Says whether nobody could tell two names apart.
pub fn are_alike(left: &str, right: &str) -> bool {
    left == right || key(left) == key(right)
}

/// Says whether two names differ at most in upper and lower case.
pub fn are_alike_but_case(left: &str, right: &str) -> bool {
    key(left).to_lowercase() == key(right).to_lowercase()
}

/// Says whether a text can be an id: lower-case letters, digits and hyphens.
pub fn is_id(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=TITLE).contains(&text.len()) && text.bytes().all(legal)
}

/// Returns which of several names is meant: the one that is written like this, else the one that looks
/// like this, else the only one that differs in upper and lower case.
pub fn find(names: &[&str], name: &str) -> Option<usize> {
    let normalized = normalized(name);
    let exact = names.iter().position(|it| *it == normalized);
    let alike = || names.iter().position(|it| are_alike(it, name));
    let but_case = || {
        let mut all = (0..names.len()).filter(|at| are_alike_but_case(names[*at], name));
        all.next().filter(|_| all.next().is_none())
    };
    exact.or_else(alike).or_else(but_case)
}

/// Returns a text that is the same for all names that look the same.
pub fn key(name: &str) -> String {
    // A flag made of tags is another flag without them.
    let is_seen = |character: &char| is_tag(*character) || !is_default_ignorable(*character);
    let seen: String =
        name.chars().filter(is_seen).map(|it| if it == BRAILLE_BLANK { ' ' } else { it }).nfc().collect();
    // Spaces of the same width are not the same character.
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A pattern of Braille without a dot, which is no space to Unicode.
const BRAILLE_BLANK: char = '\u{2800}';
