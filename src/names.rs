//! Normalizes names and compares them as a reader would, regardless of encoding.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::sanitize::{is_default_ignorable, is_tag, sanitize_line};
use crate::source::TITLE;

/// Returns the stored form of a name: on one line, with hidden characters spelled out, in NFC.
pub fn normalized(name: &str) -> String {
    if is_nfc(name) { sanitize_line(name) } else { sanitize_line(&name.nfc().collect::<String>()) }
}

/// Returns whether two names look the same.
pub fn are_alike(left: &str, right: &str) -> bool {
    left == right || key(left) == key(right)
}

/// Returns whether two names look the same apart from case.
pub fn are_alike_but_case(left: &str, right: &str) -> bool {
    key(left).to_lowercase() == key(right).to_lowercase()
}

/// Returns whether a text is a valid id: lowercase letters, digits and hyphens, not too long.
pub fn is_id(text: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=TITLE).contains(&text.len()) && text.bytes().all(legal)
}

/// Returns the position of the name that `name` refers to.
///
/// The normalized name itself is preferred, then a name that looks the same. Otherwise, a single name that
/// differs only in case is accepted.
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

/// Returns a comparison key, equal for all names that look the same.
pub fn key(name: &str) -> String {
    // Tags are kept because a flag without its tags is a different flag.
    let is_seen = |character: &char| is_tag(*character) || !is_default_ignorable(*character);
    let seen: String =
        name.chars().filter(is_seen).map(|it| if it == BRAILLE_BLANK { ' ' } else { it }).nfc().collect();
    // Different space characters can look the same.
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The blank Braille pattern, which looks like a space but is not white space in Unicode.
const BRAILLE_BLANK: char = '\u{2800}';
