//! Makes text from files and the command line safe to display. Ordinary text must stay unchanged.

mod joiners;

use std::borrow::Cow;
use std::path::Path;

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, PrependedConcatenationMark};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_segmentation::UnicodeSegmentation as _;

/// Returns whether a character is a control character, or invisible and not needed in any context.
///
/// Newline and tab are not hidden, because they are layout. The caller decides what to do with them.
pub fn is_hidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        _ => character.is_control() || is_invisible(character) && !joiners::may_matter(character),
    }
}

/// Returns whether Unicode classifies a character as default-ignorable, so that it has no visible shape.
pub fn is_default_ignorable(character: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Returns whether a character is a tag. Tags after a black flag spell the region of a flag emoji.
pub fn is_tag(character: char) -> bool {
    joiners::is_tag(character)
}

/// Returns whether a character is invisible, but may change how the text around it looks.
fn is_invisible(character: char) -> bool {
    /// The lowest code point that can be invisible.
    const FIRST: char = '\u{ad}';
    let formats = || match CodePointMapData::<GeneralCategory>::new().get(character) {
        GeneralCategory::LineSeparator | GeneralCategory::ParagraphSeparator => true,
        // Prepended concatenation marks enclose a number and are visible.
        GeneralCategory::Format => !CodePointSetData::new::<PrependedConcatenationMark>().contains(character),
        _ => false,
    };
    character >= FIRST && (is_default_ignorable(character) || formats())
}

/// Maximum number of combining marks kept on one character. More would only fill memory and the terminal's
/// buffer.
const MARKS_KEPT: usize = 16;

/// Returns the text with every hidden character spelled out. Newline and tab are kept. Excess combining marks
/// are dropped.
///
/// C0 controls and DEL become their control pictures, such as `␛` for ESC. Anything else becomes `\u{…}`.
/// Joiners, variation selectors and tags are kept where a script or an emoji needs them, and spelled out
/// elsewhere.
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
        // Combining marks after a hidden character now apply to its spelling, and a joiner may have lost its
        // neighbor.
        shown = Cow::Owned(next);
    }
}

/// Returns the text without excess combining marks.
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

/// Returns the number of hidden characters, which [`sanitize`] spells out.
pub fn count_hidden(text: &str) -> usize {
    if is_plain(text) { 0 } else { spelled_out(text).1 }
}

/// Returns the text without its middle if it has more than `most` bytes. Grapheme clusters stay whole.
///
/// The beginning and the end are enough to identify a long name in a message.
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

/// Escapes characters that JSON allows but a terminal or an editor would interpret. The JSON value stays the
/// same.
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

/// Returns whether a text is only printable ASCII, newlines and tabs, and so needs no escaping.
pub fn is_plain(text: &str) -> bool {
    // `all` would stop early, so the compiler could not check several bytes at a time.
    text.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
}

/// Returns the text as [`sanitize`] does, on one line.
pub fn sanitize_line(text: &str) -> String {
    sanitize(text).replace(['\n', '\t'], " ")
}

/// Returns the path as sanitized text for messages, with forward slashes on every system.
pub fn name_of(path: &Path) -> String {
    let name = path.to_string_lossy();
    if !cfg!(windows) {
        return sanitize_line(&name);
    }
    // Paths from `canonicalize` have a prefix that nobody types.
    let name = match name.strip_prefix(r"\\?\UNC\") {
        Some(share) => format!(r"\\{share}"),
        None => name.strip_prefix(r"\\?\").unwrap_or(&name).to_owned(),
    };
    sanitize_line(&name.replace('\\', "/"))
}
