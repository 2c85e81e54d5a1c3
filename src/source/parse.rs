//! Parses RON and explains errors in words that the authors of such files understand.

use std::ops::Range;

use ron::error::{Error, SpannedError};
use ron::extensions::Extensions;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::every_error::every_error;
use super::scan::{DEPTH_LIMIT, Scan, too_deep};
use super::slips::{condition, first_slip};
use super::{Diagnostic, Source};

/// The format of one type of file.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// The format number that this program reads.
    pub known: u32,
    /// How to convert a file of an older format.
    pub older: &'static str,
}

/// Parses a whole file whose field `format` must be the known one.
///
/// A file in another format is rejected for that alone, whatever other errors it has. `tried` must be
/// [`try_ron`] for the same type; it finds the errors after the first one.
pub fn parse_ron<'a, T: Deserialize<'a>>(
    source: &'a Source,
    Format { known, older }: Format,
    format_of: impl Fn(&T) -> u32,
    tried: impl Fn(&str) -> Result<(), SpannedError>,
) -> Result<T, Vec<Diagnostic>> {
    let (parsed, format) = match parse(source, tried) {
        Ok(file) => {
            let format = format_of(&file);
            (Ok(file), format)
        }
        Err(found) => (Err(found), format_in(source).unwrap_or(known)),
    };
    if format == known {
        return parsed;
    }
    let first = Scan::of(&source.text).first.unwrap_or_default();
    let at = first + source.text[first..].find("format").unwrap_or_default();
    let what = match format {
        1.. if format < known => format!("format {format} is no longer supported"),
        _ => format!("format {format} is unknown"),
    };
    let hint = match format {
        0 => format!("write `format: {known}`"),
        _ if format < known => older.to_owned(),
        _ => format!("this one reads format {known}; use a newer langfit"),
    };
    Err(vec![Diagnostic::error(at..at + 6, what, hint)])
}

/// Returns the number in the field `format`, whatever else the file contains.
fn format_in(source: &Source) -> Option<u32> {
    #[derive(Deserialize)]
    struct Peek {
        format: u32,
    }
    peek::<Peek>(source).map(|peek| peek.format)
}

/// Parses only the fields of `T` from a text that may contain others. Returns `None` if that fails.
pub fn peek<T: DeserializeOwned>(source: &Source) -> Option<T> {
    ron(&source.text).ok()
}

/// Parses RON. `Some(…)` may be omitted around optional values.
fn parse<'a, T: Deserialize<'a>>(
    source: &'a Source,
    tried: impl Fn(&str) -> Result<(), SpannedError>,
) -> Result<T, Vec<Diagnostic>> {
    // Inside a string, conflict markers are valid RON, so the parser would not report them.
    if let Some(diagnostic) = conflict(source) {
        return Err(vec![diagnostic]);
    }
    ron(&source.text).map_err(|error| {
        let foreign = foreign(&source.text).or_else(|| first_slip(&source.text));
        foreign.map_or_else(|| every_error(source, error, tried), |it| vec![it])
    })
}

fn ron<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, SpannedError> {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEPTH_LIMIT)
        .from_str(text)
}

/// Parses a text and discards the value.
///
/// # Errors
///
/// Returns the first error of the parser.
pub fn try_ron<'a, T: Deserialize<'a>>(text: &'a str) -> Result<(), SpannedError> {
    ron::<T>(text).map(drop)
}

/// Finds the markers of an unresolved merge conflict.
fn conflict(source: &Source) -> Option<Diagnostic> {
    let is_mark = |line: &&str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let line = source.text.lines().find(is_mark)?;
    let place = source.span_of(&line[..7]);
    Some(Diagnostic::error(place, "the file has an unresolved merge conflict", "resolve it first"))
}

/// Recognizes empty files and text in other formats, for which the parser's message would be misleading.
fn foreign(text: &str) -> Option<Diagnostic> {
    let scan = Scan::of(text);
    let Some(first) = scan.first else {
        return Some(Diagnostic::error(0..0, "the file is empty", "it must hold one structure: ( … )"));
    };
    let rest = &text[first..];
    let line = rest.lines().next().unwrap_or_default();
    let is_yaml =
        rest.starts_with("---") || line.split_once(": ").is_some_and(|(key, _)| !key.contains(['(', '"']));
    let looks_like = match rest.as_bytes() {
        [b'{' | b'[', ..] => "JSON",
        [b'<', ..] => "HTML or XML",
        _ if is_yaml => "YAML",
        _ => return None,
    };
    let span = first..first + 1;
    let what = format!("this looks like {looks_like}, not like RON");
    Some(Diagnostic::error(span, what, "begin with ( and write each field as `name: value`"))
}

pub(super) fn explain(source: &Source, error: &SpannedError) -> Diagnostic {
    let at = source.offset(error.span.start.line, error.span.start.col);
    let end = source.offset(error.span.end.line, error.span.end.col).max(at);
    let scan = Scan::of(&source.text);
    let span = at..end.min(at + 200);
    match &error.code {
        Error::NoSuchStructField { expected, found, outer } => {
            let what = format!("unknown field `{found}`{}", inside(outer.as_ref()));
            Diagnostic::error(last_word(source, end, found, span), what, nearest(found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let what = format!("unknown name `{found}`");
            Diagnostic::error(last_word(source, end, found, span), what, nearest(found, expected))
        }
        Error::MissingStructField { field, .. } => missing(source, &scan, end, field),
        Error::DuplicateStructField { field, .. } => {
            let earlier = scan.earlier_field(&source.text, field, at);
            let hint = earlier.map_or_else(
                || "remove one of them".to_owned(),
                |first| {
                    let line = source.position(first).0;
                    format!("it is already in line {line}, remove one of them")
                },
            );
            Diagnostic::error(
                last_word(source, end, field, span),
                format!("the field `{field}` is given twice"),
                hint,
            )
        }
        Error::ExceededRecursionLimit => too_deep(span),
        Error::IntegerOutOfBounds => {
            let (place, found) = token(source, at);
            let hint = "write a smaller whole number";
            Diagnostic::error(place, format!("the number {found} is out of range"), hint)
        }
        Error::NoSuchExtension(name) => {
            let hint =
                "known are unwrap_newtypes, implicit_some, unwrap_variant_newtypes and explicit_struct_names";
            Diagnostic::error(span, format!("unknown RON extension `{name}`"), hint)
        }
        Error::InvalidValueForType { expected, found } => Diagnostic::error(
            span,
            format!("expected {expected}, found {found}"),
            "write a value of that type",
        ),
        Error::Message(message) => Diagnostic::error(span, message.clone(), "write a value of that type"),
        code => notation(source, code, at, span),
    }
}

/// Reports a missing field at the start of its structure, since the parser notices it only at the end.
fn missing(source: &Source, scan: &Scan, end: usize, field: &str) -> Diagnostic {
    let open = scan.structure_ending_by(end);
    let own = open.and_then(|open| first_id(&source.text[open..]));
    // A structure without an id is identified by the nearest enclosing one that has an id.
    let around = std::iter::successors(open, |open| scan.structure_around(*open))
        .find_map(|open| first_id(&source.text[open..]));
    let what = match (own, around) {
        (Some(id), _) => format!("the field `{field}` of `{id}` is missing"),
        (None, Some(id)) => format!("the field `{field}` is missing inside `{id}`"),
        (None, None) => format!("the field `{field}` is missing"),
    };
    let place = open.map_or(end..end, |open| open..open + 1);
    Diagnostic::error(place, what, format!("add `{field}: …` to the structure that begins here"))
}

/// Explains in plain words what the parser expected.
fn notation(source: &Source, code: &Error, at: usize, span: Range<usize>) -> Diagnostic {
    let (place, found) = token(source, at);
    // A fraction or an exponent stops the parser in the middle of the number.
    let is_number = place.start < at && source.text[place.clone()].contains(|it: char| it.is_ascii_digit());
    let (what, hint) = match code {
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => {
            (format!("expected a whole number, found {found}"), "write digits only, without quotes")
        }
        Error::ExpectedComma if is_number => {
            (format!("expected a whole number, found {found}"), "write digits only, without quotes")
        }
        Error::ExpectedComma => {
            let before = source.text[..at].trim_end().len();
            let before = source.text[..before].char_indices().next_back().map_or(0, |(start, _)| start);
            let hint = "put a comma between this and the next value";
            return Diagnostic::error(before..before + 1, "a comma is missing after this", hint);
        }
        Error::ExpectedBoolean => (format!("expected true or false, found {found}"), "write one of the two"),
        Error::ExpectedString | Error::ExpectedStringEnd => {
            (format!("expected text in quotes, found {found}"), "put it in double quotes")
        }
        Error::ExpectedArray => (format!("expected a list, found {found}"), "put it in [ and ]"),
        Error::ExpectedMapColon => {
            (format!("expected `:` after the field's name, found {found}"), "write `name: value`")
        }
        Error::ExpectedIdentifier if is_answer(source, &place) => {
            let end = source.text[place.start + 1..].find('"').map_or(place.end, |it| place.start + 1 + it);
            let answer = source.text[place.start + 1..end].to_owned();
            return condition(place.start..end + 1, &answer);
        }
        Error::ExpectedIdentifier if found == "`[`" => {
            (format!("expected a condition, found {found}"), "write `All([…])` or `Any([…])`")
        }
        Error::ExpectedIdentifier => (
            format!("expected a name, found {found}"),
            "write it without quotes; a condition on a kind of part is `This(\"…\")`, on a candidate `ChosenBy(\"…\")`",
        ),
        Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedDifferentStructName { .. } => {
            (format!("expected `(`, found {found}"), "write a structure as `(name: value, …)`")
        }
        Error::TrailingCharacters => {
            (format!("nothing may follow the closing bracket, found {found}"), "remove it")
        }
        Error::InvalidEscape(_) => {
            let what = "this escape is not known".to_owned();
            return Diagnostic::error(span, what, "write a backslash as `\\\\`");
        }
        code => {
            let text = code.to_string();
            let mut what = text.chars();
            let what: String = what.next().into_iter().flat_map(char::to_lowercase).chain(what).collect();
            return Diagnostic::error(span, what, "correct the notation here or just before");
        }
    };
    Diagnostic::error(place, what, hint)
}

/// Returns whether a quoted text has the form `question/option`, which only conditions use.
fn is_answer(source: &Source, place: &Range<usize>) -> bool {
    let text = source.text[place.start..].strip_prefix('"').and_then(|text| text.split('"').next());
    let is_id = |id: &str| !id.is_empty() && id.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
    text.and_then(|text| text.split_once('/'))
        .is_some_and(|(question, option)| is_id(question) && is_id(option))
}

/// Returns the span of the word, number or symbol at or after an offset, and a description of it.
fn token(source: &Source, at: usize) -> (Range<usize>, String) {
    /// Maximum number of characters of a word that are shown.
    const SHOWN: usize = 30;
    let in_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '+' | '-');
    let text = source.text.as_str();
    let at = text.len() - text[at..].trim_start().len();
    let start =
        at - text[..at].chars().rev().take_while(|it| in_word(*it)).map(char::len_utf8).sum::<usize>();
    let word: usize = text[at..].chars().take_while(|it| in_word(*it)).map(char::len_utf8).sum();
    match text[at..].chars().next() {
        None => (at..at, "the end of the file".to_owned()),
        Some(_) if word > 0 => {
            let word = &text[start..at + word];
            let shown: String = word.chars().take(SHOWN).collect();
            let dots = if shown.len() < word.len() { "…" } else { "" };
            (start..start + word.len(), format!("`{shown}{dots}`"))
        }
        Some('"') => (at..at + 1, "a text in quotes".to_owned()),
        Some(sign) => (at..at + sign.len_utf8(), format!("`{sign}`")),
    }
}

fn inside(outer: Option<&String>) -> String {
    let name = outer.map(|name| name.to_lowercase()).unwrap_or_default();
    match name.chars().next() {
        None => name,
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!(" of an {name}"),
        Some(_) => format!(" of a {name}"),
    }
}

/// Returns the span of the last occurrence of a word before the parser's cursor, if there is one.
fn last_word(source: &Source, end: usize, word: &str, otherwise: Range<usize>) -> Range<usize> {
    source.text[..end].rfind(word).map_or(otherwise, |start| start..start + word.len())
}

/// Returns a hint with the nearest known name, or else with the known names.
pub fn nearest(found: &str, known: &[&str]) -> String {
    /// Maximum number of names listed.
    const NAMED: usize = 24;
    match alike(found, known) {
        Some(best) => format!("did you mean `{best}`?"),
        None if known.is_empty() => "no name is valid here".to_owned(),
        None if known.len() <= NAMED => format!("valid here: {}", known.join(", ")),
        None => {
            format!("valid here: {} and {} more", known[..NAMED].join(", "), known.len() - NAMED)
        }
    }
}

/// Returns the known name that was probably meant, if there is one.
pub(super) fn alike<'k>(found: &str, known: &[&'k str]) -> Option<&'k str> {
    /// Maximum number of characters compared, since the cost is the product of two lengths.
    const COMPARED: usize = 40;
    let start = |name: &str| -> String { name.chars().take(COMPARED).collect() };
    let found = start(found);
    let like = |name: &&str| strsim::jaro_winkler(&found, &start(name));
    let best = known.iter().map(|name| (like(name), name)).max_by(|left, right| left.0.total_cmp(&right.0));
    best.filter(|(likeness, _)| *likeness > 0.8).map(|(_, best)| *best)
}

/// Returns the id of a structure, if it is written before any nested structure.
fn first_id(structure: &str) -> Option<&str> {
    let head = &structure[1..];
    let head = &head[..head.find(['(', '[', ')']).unwrap_or(head.len())];
    let value = head[head.find("id:")? + 3..].trim_start().strip_prefix('"')?;
    value.split('"').next()
}
