//! The words and signs of a RON text, one after the other, without understanding them.

use std::ops::Range;

/// What a piece of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A text in quotes.
    Text,
    /// A name or a number.
    Word,
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    Comma,
    Colon,
    /// A character that stands nowhere in RON outside of texts and comments.
    Stray(char),
    /// The beginning of a text or comment that does not end, with what would end it.
    Endless(Endless),
}

/// What does not end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endless {
    Comment,
    Text,
    /// A raw text with so many hashes.
    RawText(usize),
}

/// Runs over the tokens of a text, with their places; the last one may be endless.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Whether a comment was met so far.
    pub comments: bool,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0, comments: false }
    }

    /// Takes what is left up to its end.
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

/// Whether a character belongs to names and numbers.
pub(super) fn in_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.' | '+' | '-')
}

/// What ends a raw text.
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
