//! Recognizes web addresses in untrusted text.
//!
//! Text that could hide something must not be recognized as an address.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

/// Returns the web address that a text begins with, up to where a reader would see it end.
///
/// Returns `None` if there is none, or if the apparent address is not valid and safe as a whole.
pub fn leading(text: &str) -> Option<&str> {
    let scheme = scheme(text)?;
    let is_part = |it: char| is_allowed(it) || "[]{}^".contains(it) || is_letter_or_sign(it);
    let end = text[scheme..].find(|it| !is_part(it)).map_or(text.len(), |at| scheme + at);
    // The text suggests a longer address, so cutting it at the backslash would lead to a different page.
    if text[end..].starts_with('\\') {
        return None;
    }
    let address = without_punctuation(&text[..end]);
    let host = address.get(scheme..)?;
    let is_whole = host.starts_with(|it: char| it.is_alphanumeric() || "[{".contains(it))
        && !UNSAFE.iter().any(|it| text[..end].contains(it))
        && address.match_indices('&').all(|(at, _)| !is_reference(&address[at + 1..]));
    is_whole.then_some(address)
}

/// Sequences that site generators expand as templates, or that Markdown parsers read as links, even in an
/// address.
const UNSAFE: [&str; 5] = ["{{", "{%", "{#", "](", "]["];

/// Returns whether a non-ASCII character belongs to an address: a letter, digit, mark or symbol, but not
/// punctuation.
fn is_letter_or_sign(character: char) -> bool {
    let is_mark = || {
        use GeneralCategory::{EnclosingMark, NonspacingMark, OtherSymbol, SpacingMark};
        let category = CodePointMapData::<GeneralCategory>::new().get(character);
        matches!(category, EnclosingMark | NonspacingMark | OtherSymbol | SpacingMark)
    };
    // Control pictures stand for hidden characters.
    let is_picture = ('\u{2400}'..='\u{243f}').contains(&character);
    !character.is_ascii() && !is_picture && (character.is_alphanumeric() || is_mark())
}

/// Returns whether the whole text is one web address.
pub fn is_address(text: &str) -> bool {
    scheme(text)
        .is_some_and(|at| at < text.len() && text[at..].chars().all(|it| is_allowed(it) || "[]".contains(it)))
}

/// Returns the length of the leading `http://` or `https://`, in upper or lower case.
fn scheme(text: &str) -> Option<usize> {
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    ["http://", "https://"].into_iter().find(|scheme| begins(scheme)).map(str::len)
}

/// Returns whether RFC 3986 allows a character in an address. Square brackets are left to the caller.
fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(character)
}

/// Strips trailing punctuation and unbalanced brackets, which belong to the surrounding sentence.
fn without_punctuation(mut address: &str) -> &str {
    loop {
        let is_open =
            |open: char, close: char| address.matches(open).count() >= address.matches(close).count();
        match address.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '(' | '[' | '{') => {}
            Some(')') if !is_open('(', ')') => {}
            Some(']') if !is_open('[', ']') => {}
            Some('}') if !is_open('{', '}') => {}
            _ => return address,
        }
        address = &address[..address.len() - 1];
    }
}

/// Returns whether the text after an ampersand could be read as an HTML character reference.
///
/// If the text ends too early to tell, a semicolon may still follow, so the result is `true`.
pub fn is_reference(rest: &str) -> bool {
    let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '#').unwrap_or(rest.len());
    end == rest.len() || end > 0 && rest[end..].starts_with(';')
}
