//! Splits a RON text into tokens without parsing it.

use std::ops::Range;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A quoted string.
    Text,
    /// A name or a number.
    Word,
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    Comma,
    Colon,
    /// A character that RON allows only in strings and comments.
    Stray(char),
    /// The start of an unterminated string or comment.
    Endless(Endless),
}

/// The kind of an unterminated token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endless {
    Comment,
    Text,
    /// A raw string with this number of hashes.
    RawText(usize),
}

/// An iterator over the tokens of a text and their spans. The last token may be unterminated.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Whether a comment has been found so far.
    pub comments: bool,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0, comments: false }
    }

    /// Returns a token of this length and advances past it.
    fn token(&mut self, token: Token, length: usize) -> (Token, Range<usize>) {
        let start = self.at;
        self.at += length;
        (token, start..self.at)
    }

    fn endless(&mut self, kind: Endless) -> (Token, Range<usize>) {
        let start = self.at;
        self.at = self.text.len();
        let length = if kind == Endless::Comment { 2 } else { 1 };
        (Token::Endless(kind), start..start + length)
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Token, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            if first.is_ascii_whitespace() {
                self.at += 1;
            } else if rest.starts_with("//") {
                self.comments = true;
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.comments = true;
                match block_comment(rest) {
                    Some(length) => self.at += length,
                    None => return Some(self.endless(Endless::Comment)),
                }
            } else if rest.starts_with("#![") {
                self.at += rest.find(']').map_or(rest.len(), |end| end + 1);
            } else {
                return Some(match first {
                    '"' => match text_length(rest) {
                        Some(length) => self.token(Token::Text, length),
                        None => self.endless(Endless::Text),
                    },
                    'r' if raw_hashes(rest).is_some() => {
                        let hashes = raw_hashes(rest).unwrap_or(0);
                        let (end, body) = (raw_end(hashes), hashes + 2);
                        match rest[body..].find(&end) {
                            Some(length) => self.token(Token::Text, body + length + end.len()),
                            None => self.endless(Endless::RawText(hashes)),
                        }
                    }
                    '(' | '[' | '{' => self.token(Token::Open(first as u8), 1),
                    ')' | ']' | '}' => self.token(Token::Close(first as u8), 1),
                    ',' => self.token(Token::Comma, 1),
                    ':' => self.token(Token::Colon, 1),
                    _ if in_word(first) => {
                        let length = rest.find(|it: char| !in_word(it)).unwrap_or(rest.len());
                        self.token(Token::Word, length)
                    }
                    _ => self.token(Token::Stray(first), first.len_utf8()),
                });
            }
        }
    }
}

/// Returns whether a character can be part of a name or a number.
pub(super) fn in_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '+' | '-')
}

/// Returns the closing delimiter of a raw string.
pub(super) fn raw_end(hashes: usize) -> String {
    format!("\"{}", "#".repeat(hashes))
}

fn text_length(rest: &str) -> Option<usize> {
    let mut escaped = false;
    rest.bytes().enumerate().skip(1).find_map(|(at, byte)| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends.then_some(at + 1)
    })
}

fn raw_hashes(rest: &str) -> Option<usize> {
    let tail = rest[1..].trim_start_matches('#');
    tail.starts_with('"').then(|| rest.len() - 1 - tail.len())
}

fn block_comment(rest: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = rest.as_bytes();
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}
