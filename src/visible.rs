//! Makes text from files and the command line harmless to look at; must not change ordinary text.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;

/// Says whether a character would act on a terminal or hide what is written instead of being seen.
///
/// Newline and tab are left to the caller, for they are layout.
pub fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        // Letters and signs without a shape of their own.
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        // Tags, and what is set aside for more of their kind; the selectors between them are not.
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Combining marks kept on one character; the rest only fills memory and the terminal's buffer.
const MARKS_KEPT: usize = 16;

/// Returns the text with every hidden character spelled out, newline and tab kept.
///
/// ESC becomes `␛`, the other C0 controls their pictures, anything else `\u{…}`. A zero-width
/// joiner outside an emoji sequence is spelled out as well.
pub fn visible(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let out = spelled_out(text);
    // Marks that stood alone behind a hidden character now belong to what it is spelled with.
    let is_settled = !text.contains(is_hidden);
    Cow::Owned(if is_settled { out } else { spelled_out(&out) })
}

fn spelled_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        for (position, character) in cluster.chars().enumerate() {
            match character {
                '\u{0}'..='\u{1f}' if is_hidden(character) => {
                    out.push(char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'));
                }
                '\u{7f}' => out.push('\u{2421}'),
                _ if is_spelled_out(character, cluster) => {
                    out.extend(character.escape_unicode());
                }
                _ if position <= MARKS_KEPT => out.push(character),
                _ => {}
            }
        }
    }
    out
}

fn is_spelled_out(character: char, cluster: &str) -> bool {
    is_hidden(character) || character == '\u{200d}' && !joins_emoji(cluster)
}

/// Returns how many characters [`visible`] spells out.
pub fn hidden_in(text: &str) -> usize {
    if is_plain(text) {
        return 0;
    }
    let hidden = |cluster: &str| cluster.chars().filter(|it| is_spelled_out(*it, cluster)).count();
    text.graphemes(true).map(hidden).sum()
}

/// Returns the text, the middle left out if it has more bytes than `most`, whole characters kept as
/// people see them.
///
/// Beginning and end say what a message is about; a name of a million letters says no more.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let head = text.grapheme_indices(true).find(|(at, cluster)| at + cluster.len() > most / 2);
    let tail = text.grapheme_indices(true).rev().take_while(|(at, _)| text.len() - at <= most / 4).last();
    let head = &text[..head.map_or(0, |(at, _)| at)];
    let tail = tail.map_or("", |(at, _)| &text[at..]);
    Cow::Owned(format!("{head} … {tail}"))
}

/// Escapes what JSON lets through but a terminal or an editor would act on; the value stays the same.
pub fn harmless_json(json: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) || character == '\u{200d}' {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

/// Says whether a text is made of printable ASCII, newlines and tabs, so that nothing is to be done.
pub fn is_plain(text: &str) -> bool {
    // Not `all`, which looks at one byte at a time.
    text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
}

/// Returns the text as [`visible`] does, on one line.
pub fn visible_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

fn joins_emoji(cluster: &str) -> bool {
    cluster
        .chars()
        .next()
        .is_some_and(|first| matches!(first, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'))
}
