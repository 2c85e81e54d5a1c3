//! Finds the errors behind the first one, by mending each in a copy and parsing that again.
//!
//! The parser stops at the first field or name that it does not know. Whoever wrote one wrong has often written
//! several wrong, and should not have to run the program once for each.

use std::ops::Range;

use ron::error::{Error, SpannedError};

use super::parse::{alike, explain};
use super::scan::Scan;
use super::tokens::{Token, Tokens};
use super::{Diagnostic, Source};

/// Errors that are looked for; each takes a parse of the whole file.
const ERRORS: usize = 20;

/// Returns everything that is wrong, in the order in which the parser meets it, as far as each error can be
/// mended.
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

/// A piece of a copy that was replaced by one of another length.
#[derive(Debug, Clone)]
struct Edit {
    replaced: Range<usize>,
    length: usize,
}

/// Where a place of the last copy lies in the original text.
fn original(edits: &[Edit], place: Range<usize>) -> Range<usize> {
    let back = |at: usize| {
        edits.iter().rev().fold(at, |at, Edit { replaced, length }| {
            if at >= replaced.start + length { at - length + replaced.len() } else { at.min(replaced.end) }
        })
    };
    let start = back(place.start);
    start..back(place.end).max(start)
}

/// A copy without one error, what was changed, and what the parser says of it.
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
            // What kind of value it wants is not known; the wrong ones are refused where they stand.
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

/// Where a field ends whose name stands at a place: behind its comma, or before the closing bracket.
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
