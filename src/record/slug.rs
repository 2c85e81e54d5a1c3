//! Turns a title into part of a file name.

use deunicode::deunicode_char;

use crate::sanitize::is_default_ignorable;

/// Maximum bytes of a slug before the hash: long enough to be distinctive, short enough for a listing.
const LONGEST: usize = 70;

/// Returns the title as part of a file name: lower-case ASCII letters, digits and hyphens.
///
/// Other scripts are transliterated, and invisible characters are dropped. A long title is cut at the end of
/// a word. If letters cannot be transliterated, eight hex digits of a hash keep the slug distinctive.
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    let mut lost = false;
    for character in title.to_lowercase().chars().filter(|it| !is_default_ignorable(*it)) {
        if let Some(letters) = deunicode_char(character) {
            letters.chars().for_each(|letter| push(&mut out, letter));
        } else {
            lost |= character.is_alphanumeric();
            push(&mut out, ' ');
        }
    }
    if out.len() > LONGEST {
        // The first byte beyond the limit may be the hyphen that ends a word.
        let end = out[..=LONGEST].rfind('-').filter(|end| *end > 0).unwrap_or(LONGEST);
        out.truncate(end);
    }
    let words = out.trim_matches('-');
    let words = if words.is_empty() { "decision" } else { words };
    if lost {
        let digest = xxhash_rust::xxh3::xxh3_64(title.as_bytes()) >> 32;
        return format!("{words}-{digest:08x}");
    }
    words.to_owned()
}

fn push(out: &mut String, letter: char) {
    let follows = out.ends_with(|it: char| it != '-');
    match letter.to_ascii_lowercase() {
        letter @ ('a'..='z' | '0'..='9') => out.push(letter),
        '+' if follows => out.push('p'),
        '#' if follows => out.push_str("sharp"),
        '\'' => {}
        _ if follows => out.push('-'),
        _ => {}
    }
}
