//! Finds the brackets, strings and comments of a RON text without parsing it.

use std::ops::Range;

use super::Diagnostic;
use super::tokens::{Token, Tokens};

/// Maximum nesting depth; a questionnaire needs about 12.
pub(super) const DEPTH_LIMIT: usize = 64;

/// The result of scanning the tokens of a text.
pub(super) struct Scan {
    /// Offset of the first character that is not white space, a comment or an attribute.
    pub first: Option<usize>,
    /// Offsets of each pair of brackets, in closing order.
    pairs: Vec<(usize, usize)>,
    /// Spans of the strings.
    pub strings: Vec<Range<usize>>,
    /// Whether there are comments.
    comments: bool,
}

impl Scan {
    /// Scans a text.
    pub fn of(text: &str) -> Self {
        let (mut first, mut pairs, mut strings) = (None, Vec::new(), Vec::new());
        let mut open = Vec::new();
        let mut tokens = Tokens::of(text);
        for (token, place) in &mut tokens {
            first.get_or_insert(place.start);
            match token {
                Token::Text => strings.push(place),
                Token::Open(_) => open.push(place.start),
                Token::Close(_) => pairs.extend(open.pop().map(|start| (start, place.start))),
                _ => {}
            }
        }
        Self { first, pairs, strings, comments: tokens.comments }
    }

    /// Returns the start of the last structure that is closed at or before `end`.
    pub fn structure_ending_by(&self, end: usize) -> Option<usize> {
        self.pairs
            .iter()
            .filter(|(_, close)| *close <= end)
            .max_by_key(|(_, close)| *close)
            .map(|(open, _)| *open)
    }

    /// Returns the start of the innermost structure around `at`.
    pub fn structure_around(&self, at: usize) -> Option<usize> {
        self.pairs.iter().filter(|(open, close)| *open < at && at <= *close).map(|(open, _)| *open).max()
    }

    /// Returns the first position of a field that is repeated at `at` in the same structure, ignoring
    /// strings.
    pub fn earlier_field(&self, text: &str, field: &str, at: usize) -> Option<usize> {
        /// Maximum number of occurrences of the name that are examined.
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
}

/// Returns whether a text contains comments.
pub fn has_comments(text: &str) -> bool {
    Scan::of(text).comments
}

/// Returns the error for excessive nesting.
pub(super) fn too_deep(span: Range<usize>) -> Diagnostic {
    Diagnostic::error(span, "nested too deeply", format!("at most {DEPTH_LIMIT} levels of brackets are read"))
}
