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
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
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
                '\u{200d}' if !joins_emoji(cluster) => out.push_str("\\u{200d}"),
                _ if is_hidden(character) => {
                    out.extend(character.escape_unicode());
                }
                _ if position <= MARKS_KEPT => out.push(character),
                _ => {}
            }
        }
    }
    out
}

/// Says whether a text is made of printable ASCII, newlines and tabs, so that nothing is to be done.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
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
