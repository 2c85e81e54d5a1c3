//! Web addresses in texts of anybody; must not take for an address what could hide something.

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

/// Returns the address of the web that a text begins with, as far as a reader would take it for one;
/// `None` if only a part of what stands there could be an address.
pub fn leading(text: &str) -> Option<&str> {
    let scheme = scheme(text)?;
    let is_part = |it: char| is_allowed(it) || "[]{}^".contains(it) || is_letter_or_sign(it);
    let end = text[scheme..].find(|it| !is_part(it)).map_or(text.len(), |at| scheme + at);
    // A shorter address would lead elsewhere than the text says.
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

/// What site generators take for a template, and readers of Markdown for a link, even in an address.
const UNSAFE: [&str; 5] = ["{{", "{%", "{#", "](", "]["];

/// Says whether a character beyond ASCII is one that addresses have, and not punctuation around them.
fn is_letter_or_sign(character: char) -> bool {
    let is_mark = || {
        use GeneralCategory::{EnclosingMark, NonspacingMark, OtherSymbol, SpacingMark};
        let category = CodePointMapData::<GeneralCategory>::new().get(character);
        matches!(category, EnclosingMark | NonspacingMark | OtherSymbol | SpacingMark)
    };
    // Pictures of control characters stand for something that is hidden.
    let is_picture = ('\u{2400}'..='\u{243f}').contains(&character);
    !character.is_ascii() && !is_picture && (character.is_alphanumeric() || is_mark())
}

/// Says whether a text is an address of the web and nothing else.
pub fn is_address(text: &str) -> bool {
    scheme(text)
        .is_some_and(|at| at < text.len() && text[at..].chars().all(|it| is_allowed(it) || "[]".contains(it)))
}

/// Returns the length of `http://` or `https://`.
fn scheme(text: &str) -> Option<usize> {
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme));
    ["http://", "https://"].into_iter().find(|scheme| begins(scheme)).map(str::len)
}

/// The characters of RFC 3986, without the brackets.
fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(character)
}

/// An address without what ends the sentence around it, or the brackets.
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

/// Says whether what follows an ampersand could be read as a character's name or number; at the end of
/// a text the semicolon may still come.
pub fn is_reference(rest: &str) -> bool {
    let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '#').unwrap_or(rest.len());
    end == rest.len() || end > 0 && rest[end..].starts_with(';')
}
