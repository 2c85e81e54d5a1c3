//! Brackets, strings and comments of a RON text, found without understanding it.

use std::ops::Range;

use super::Diagnostic;

/// Deepest nesting that is read; a questionnaire needs about 12.
pub(super) const DEPTH_LIMIT: usize = 64;

/// What a look at the bare notation shows.
pub(super) struct Scan {
    /// Offset of the first character that is neither space, comment nor attribute.
    pub first: Option<usize>,
    /// Offsets of each pair of brackets, in the order of closing; one never closed ends with the text.
    pairs: Vec<(usize, usize)>,
    /// Spans of the strings.
    pub strings: Vec<Range<usize>>,
    /// Whether there are comments.
    comments: bool,
    /// The first slip in brackets, strings or comments.
    pub fault: Option<Diagnostic>,
}

impl Scan {
    /// Looks through a text, as far as its first slip.
    pub fn of(text: &str) -> Self {
        let mut scan =
            Self { first: None, pairs: Vec::new(), strings: Vec::new(), comments: false, fault: None };
        scan.fault = scan.run(text).err();
        scan
    }

    fn run(&mut self, text: &str) -> Result<(), Diagnostic> {
        let bytes = text.as_bytes();
        let mut open: Vec<(usize, u8)> = Vec::new();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let rest = &text[at..];
            self.comments |= rest.starts_with("//") || rest.starts_with("/*");
            let next = if rest.starts_with("//") {
                at + rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                at + block_comment(rest).ok_or_else(|| unclosed(at..at + 2, "this comment", "*/"))?
            } else if rest.starts_with("#![") {
                at + rest.find(']').map_or(rest.len(), |end| end + 1)
            } else if byte.is_ascii_whitespace() {
                at + 1
            } else {
                self.first.get_or_insert(at);
                match byte {
                    b'"' => {
                        let length =
                            string_length(rest).ok_or_else(|| unclosed(at..at + 1, "this string", "\""))?;
                        self.strings.push(at..at + length);
                        at + length
                    }
                    b'r' if raw_hashes(rest).is_some() => {
                        let end = format!("\"{}", "#".repeat(raw_hashes(rest).unwrap_or(0)));
                        let body = end.len() + 1;
                        let length = rest[body..]
                            .find(&end)
                            .ok_or_else(|| unclosed(at..at + 1, "this string", &end))?;
                        self.strings.push(at..at + body + length + end.len());
                        at + body + length + end.len()
                    }
                    b'(' | b'[' | b'{' => {
                        open.push((at, byte));
                        if open.len() > DEPTH_LIMIT {
                            return Err(too_deep(at..at + 1));
                        }
                        at + 1
                    }
                    b')' | b']' | b'}' => {
                        let (start, opened) = open.pop().ok_or_else(|| {
                            Diagnostic::error(
                                at..at + 1,
                                "nothing is open that this could close",
                                "take it out",
                            )
                        })?;
                        let expected = closing(opened);
                        if expected != byte {
                            let line = text[..start].matches('\n').count() + 1;
                            let what = format!(
                                "expected `{}`, for the `{}` of line {line}",
                                char::from(expected),
                                char::from(opened)
                            );
                            return Err(Diagnostic::error(at..at + 1, what, "close the inner bracket first"));
                        }
                        self.pairs.push((start, at));
                        at + 1
                    }
                    _ => at + rest.chars().next().map_or(1, char::len_utf8),
                }
            };
            at = next;
        }
        match open.pop() {
            Some((start, opened)) => {
                let closing = char::from(closing(opened)).to_string();
                Err(unclosed(start..start + 1, "this bracket", &closing))
            }
            None => Ok(()),
        }
    }

    /// The start of the structure that was closed last before `end`.
    pub fn structure_ending_by(&self, end: usize) -> Option<usize> {
        self.pairs
            .iter()
            .filter(|(_, close)| *close <= end)
            .max_by_key(|(_, close)| *close)
            .map(|(open, _)| *open)
    }

    /// The start of the innermost structure around `at`.
    pub fn structure_around(&self, at: usize) -> Option<usize> {
        self.pairs.iter().filter(|(open, close)| *open < at && at <= *close).map(|(open, _)| *open).max()
    }

    /// Where a field stands that is given again at `at`: in the same structure, in no string.
    pub fn earlier_field(&self, text: &str, field: &str, at: usize) -> Option<usize> {
        /// A name that stands in more places than this is not looked for any further.
        const LOOKED_AT: usize = 100;
        let open = self.structure_around(at)?;
        let named = text[open..at].match_indices(field).map(|(found, _)| open + found).take(LOOKED_AT);
        let mut fields = named.filter(|found| {
            let is_letter = |it: char| it.is_alphanumeric() || it == '_';
            let after = text[found + field.len()..].trim_start();
            after.starts_with(':') && !text[..*found].ends_with(is_letter)
        });
        fields.find(|found| {
            let in_string = self.strings.iter().any(|string| string.contains(found));
            !in_string && self.structure_around(*found) == Some(open)
        })
    }

    /// A string over several lines that ends on the line of `at`: its closing quote is probably
    /// the opening quote of the next one.
    pub fn runaway_string(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let string = self.strings.iter().rev().find(|string| string.end <= at + 1)?;
        let broken =
            text[string.clone()].contains('\n') && !text[string.end..at.max(string.end)].contains('\n');
        broken.then(|| string.start..string.start + 1)
    }
}

/// Says whether there are comments in a text.
pub fn has_comments(text: &str) -> bool {
    Scan::of(text).comments
}

/// The message about brackets in brackets in brackets.
pub(super) fn too_deep(span: Range<usize>) -> Diagnostic {
    Diagnostic::error(span, "nested too deeply", format!("at most {DEPTH_LIMIT} levels of brackets are read"))
}

fn unclosed(span: Range<usize>, what: &str, closing: &str) -> Diagnostic {
    Diagnostic::error(span, format!("{what} is never closed"), format!("add `{closing}`"))
}

fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

fn string_length(rest: &str) -> Option<usize> {
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
