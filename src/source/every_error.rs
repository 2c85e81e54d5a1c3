//! Finds the errors after the first one, by fixing each in a copy and parsing the copy again.
//!
//! The parser stops at the first error. A file often has several, and one run of the program should report
//! them all.

use std::ops::Range;

use ron::error::{Error, SpannedError};

use super::parse::{alike, explain};
use super::scan::Scan;
use super::tokens::{Token, Tokens};
use super::{Diagnostic, Source};

/// Maximum number of errors reported, since each takes at least one parse of the whole file.
const ERRORS: usize = 20;

/// Returns the errors in the order in which the parser finds them, up to the first that cannot be fixed.
pub(super) fn every_error(
    source: &Source,
    first: SpannedError,
    tried: impl Fn(&str) -> Result<(), SpannedError>,
) -> Vec<Diagnostic> {
    let mut found = vec![explain(source, &first)];
    let mut edits: Vec<Edit> = Vec::new();
    let (mut copy, mut error) = (source.clone(), first);
    while found.len() < ERRORS {
        let span = explain(&copy, &error).span;
        let Some((next, edit, result)) = mended(&copy, &error, &span, &tried) else { break };
        (copy, edits) = (next, [edits, vec![edit]].concat());
        let Err(next_error) = result else { break };
        let mut diagnostic = explain(&copy, &next_error);
        diagnostic.span = original(&edits, diagnostic.span);
        found.push(diagnostic);
        error = next_error;
    }
    found
}

/// A range of a copy that was replaced, and the length of its replacement.
#[derive(Debug, Clone)]
struct Edit {
    replaced: Range<usize>,
    length: usize,
}

/// Maps a span of the last copy to the original text.
fn original(edits: &[Edit], place: Range<usize>) -> Range<usize> {
    let back = |at: usize| {
        edits.iter().rev().fold(at, |at, Edit { replaced, length }| {
            if at >= replaced.start + length { at - length + replaced.len() } else { at.min(replaced.end) }
        })
    };
    let start = back(place.start);
    start..back(place.end).max(start)
}

/// Returns a copy with one error fixed, the edit, and the parser's result for the copy. Returns `None` if the
/// error cannot be fixed.
fn mended(
    copy: &Source,
    error: &SpannedError,
    span: &Range<usize>,
    tried: &impl Fn(&str) -> Result<(), SpannedError>,
) -> Option<(Source, Edit, Result<(), SpannedError>)> {
    let replace = |replaced: Range<usize>, with: &str| {
        let text = [&copy.text[..replaced.start], with, &copy.text[replaced.end..]].concat();
        (Source::new(copy.name.as_str(), text), Edit { replaced, length: with.len() })
    };
    let (next, edit) = match &error.code {
        Error::NoSuchStructField { expected, found, .. } => match alike(found, expected) {
            Some(meant) => replace(span.clone(), meant),
            None => replace(span.start..field_end(&copy.text, span)?, ""),
        },
        Error::NoSuchEnumVariant { expected, found, .. } => replace(span.clone(), alike(found, expected)?),
        Error::MissingStructField { field, .. } => {
            let at = Scan::of(&copy.text)
                .structure_ending_by(copy.offset(error.span.end.line, error.span.end.col))?
                + 1;
            // The expected type is unknown, so values of several types are tried. The parser rejects a wrong
            // one at its position.
            let values = ["\"\"", "[]", "0", "()"];
            return values.into_iter().find_map(|value| {
                let (next, edit) = replace(at..at, &format!("{field}: {value}, "));
                let result = tried(&next.text);
                let is_refused = result.as_ref().is_err_and(|error| {
                    let refused = next.offset(error.span.end.line, error.span.end.col);
                    (at..=at + edit.length).contains(&refused)
                });
                (!is_refused).then_some((next, edit, result))
            });
        }
        _ => return None,
    };
    let result = tried(&next.text);
    Some((next, edit, result))
}

/// Returns the end of the field whose name is at `name`: after its comma, or before the closing bracket.
fn field_end(text: &str, name: &Range<usize>) -> Option<usize> {
    let mut depth = 0_usize;
    for (token, place) in Tokens::of(&text[name.end..]) {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) if depth == 0 => return Some(name.end + place.start),
            Token::Close(_) => depth -= 1,
            Token::Comma if depth == 0 => return Some(name.end + place.end),
            Token::Endless(_) => return None,
            _ => {}
        }
    }
    None
}
