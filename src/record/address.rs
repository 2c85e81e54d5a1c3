//! Web addresses in texts of anybody; must not take for an address what could hide something.

/// Returns the address of the web that a text begins with, as far as a reader would take it for one;
/// `None` if only a part of what stands there could be an address.
pub fn leading(text: &str) -> Option<&str> {
    let scheme = scheme(text)?;
    let end = text[scheme..].find(|it| !is_allowed(it)).map_or(text.len(), |at| scheme + at);
    // A shorter address would lead elsewhere than the text says.
    if text[end..].starts_with(|it: char| it.is_alphanumeric() || r"[{\^".contains(it)) {
        return None;
    }
    let address = without_punctuation(&text[..end]);
    let host = address.get(scheme..)?;
    let is_whole = host.starts_with(|it: char| it.is_ascii_alphanumeric())
        && address.match_indices('%').all(|(at, _)| is_escape(&address[at + 1..]))
        && address.match_indices('&').all(|(at, _)| !is_reference(&address[at + 1..]));
    is_whole.then_some(address)
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

/// The characters of RFC 3986, without the brackets that Markdown has another use for.
fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(character)
}

/// An address without what ends the sentence around it.
fn without_punctuation(mut address: &str) -> &str {
    loop {
        let is_open = address.matches('(').count() >= address.matches(')').count();
        match address.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '(') => {}
            Some(')') if !is_open => {}
            _ => return address,
        }
        address = &address[..address.len() - 1];
    }
}

/// Says whether two hexadecimal digits follow a percent sign.
fn is_escape(rest: &str) -> bool {
    rest.get(..2).is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Says whether what follows an ampersand could be read as a character's name or number; at the end of
/// a text the semicolon may still come.
pub fn is_reference(rest: &str) -> bool {
    let end = rest.find(|it: char| !it.is_ascii_alphanumeric() && it != '#').unwrap_or(rest.len());
    end == rest.len() || end > 0 && rest[end..].starts_with(';')
}
