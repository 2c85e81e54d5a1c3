//! Makes text from files and the command line harmless to look at; must not change ordinary text.

mod joiners;

use std::borrow::Cow;

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, PrependedConcatenationMark};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_segmentation::UnicodeSegmentation as _;

/// Says whether a character, wherever it stands, would act on a terminal or hide what is written
/// instead of being seen.
///
/// Newline and tab are left to the caller, for they are layout.
pub fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        _ => character.is_control() || is_invisible(character) && !joiners::may_matter(character),
    }
}

/// Says whether Unicode gives a character no shape of its own, so that programs may ignore it.
pub fn is_default_ignorable(character: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Says whether a character is one of those that make a flag of a region behind a black flag.
pub fn is_tag(character: char) -> bool {
    joiners::is_tag(character)
}

/// Says whether a character is not seen itself, but may change what is seen around it.
fn is_invisible(character: char) -> bool {
    /// The first such character.
    const FIRST: char = '\u{ad}';
    let formats = || match CodePointMapData::<GeneralCategory>::new().get(character) {
        GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => true,
        // Some stand around a number and are drawn.
        GeneralCategory::Format => !CodePointSetData::new::<PrependedConcatenationMark>().contains(character),
        _ => false,
    };
    character >= FIRST && (is_default_ignorable(character) || formats())
}

/// Combining marks kept on one character; the rest only fills memory and the terminal's buffer.
const MARKS_KEPT: usize = 16;

/// Returns the text with every hidden character spelled out, newline and tab kept.
///
/// ESC becomes `␛`, the other C0 controls their pictures, anything else `\u{…}`. Joiners, variation
/// selectors and tags stay where a script or an emoji needs them, and are spelled out elsewhere.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed(text);
    if is_plain(text) {
        return shown;
    }
    loop {
        let next = spelled_out(&with_few_marks(&shown)).0;
        if next == *shown {
            return shown;
        }
        // Marks that stood alone behind a hidden character now belong to what it is spelled with, and
        // a joiner may have lost what it joined.
        shown = Cow::Owned(next);
    }
}

/// Returns the text without the marks that are too many on one character.
fn with_few_marks(text: &str) -> String {
    text.graphemes(true).flat_map(|cluster| cluster.chars().take(1 + MARKS_KEPT)).collect()
}

/// Returns the text with its hidden characters spelled out, and their number.
fn spelled_out(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let mut count = 0;
    for (at, character) in text.char_indices() {
        let after = &text[at + character.len_utf8()..];
        let stays = if joiners::may_matter(character) {
            joiners::matters(character, &out, after)
        } else {
            !is_hidden(character)
        };
        count += usize::from(!stays);
        match character {
            _ if stays => out.push(character),
            '\u{0}'..='\u{1f}' => out.extend(char::from_u32(0x2400 + character as u32)),
            '\u{7f}' => out.push('\u{2421}'),
            _ => out.extend(character.escape_unicode()),
        }
    }
    (out, count)
}

/// Returns how many characters [`sanitize`] spells out.
pub fn count_hidden(text: &str) -> usize {
    if is_plain(text) { 0 } else { spelled_out(text).1 }
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
pub fn sanitize_json(json: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        if is_hidden(character) || joiners::may_matter(character) {
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

/// Returns the text as [`sanitize`] does, on one line.
pub fn sanitize_line(text: &str) -> String {
    sanitize(text).replace(['\n', '\t'], " ")
}
