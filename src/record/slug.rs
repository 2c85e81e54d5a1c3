//! A title as part of a file's name.

use deunicode::deunicode_char;

/// Long enough to be told from others, short enough for a listing.
const LONGEST: usize = 60;

/// Returns the title as part of a file's name: lower case letters, digits and hyphens.
///
/// Other letters are written in Latin ones. What has no letters, or is too long, leaves a few digits
/// that tell one title from another.
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    let mut lost = false;
    for character in title.to_lowercase().chars() {
        if let Some(letters) = deunicode_char(character) {
            letters.chars().for_each(|letter| push(&mut out, letter));
        } else {
            lost |= character.is_alphanumeric();
            push(&mut out, ' ');
        }
    }
    if out.len() > LONGEST {
        lost = true;
        out.truncate(out[..LONGEST].rfind('-').unwrap_or(LONGEST));
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
