//! Parses RON and says what went wrong in the words of somebody who writes such files; must not
//! know which kind of file it is.

use std::ops::Range;

use ron::error::{Error, SpannedError};
use ron::extensions::Extensions;
use serde::Deserialize;

use super::{Diagnostic, Source};

/// Deepest nesting that is read; a questionnaire needs about 12.
const DEPTH_LIMIT: usize = 64;

/// Parses a whole file; `Some(…)` may be left out around optional values.
pub fn parse_ron<'a, T: Deserialize<'a>>(source: &'a Source) -> Result<T, Diagnostic> {
    if let Some(diagnostic) = foreign(&source.text) {
        return Err(diagnostic);
    }
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEPTH_LIMIT)
        .from_str(&source.text)
        .map_err(|error| explain(source, &error))
}

/// Recognises text that is not RON at all, for which a parser's message would mislead.
fn foreign(text: &str) -> Option<Diagnostic> {
    let scan = Scan::of(text);
    let Some(first) = scan.first else {
        return Some(match scan.fault {
            Some(fault) => fault,
            None => Diagnostic::error(0..0, "the file is empty", "it must hold one structure: ( … )"),
        });
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
            let span = start..start + 7;
            return Some(Diagnostic::error(span, "a merge conflict is left in the file", "resolve it first"));
        }
        start += line.len();
    }
    let span = first..first + 1;
    let rest = &text[first..];
    if rest.starts_with('{') || rest.starts_with('[') {
        let hint = "this looks like JSON; the file must be RON and begin with (";
        return Some(Diagnostic::error(span, "expected (", hint));
    }
    if rest.starts_with('<') {
        let hint = "this looks like HTML or XML; the file must be RON and begin with (";
        return Some(Diagnostic::error(span, "expected (", hint));
    }
    let line = rest.lines().next().unwrap_or_default();
    if rest.starts_with("---") || line.split_once(": ").is_some_and(|(key, _)| !key.contains(['(', '"'])) {
        let hint = "this looks like YAML; the file must be RON and begin with (";
        return Some(Diagnostic::error(span, "expected (", hint));
    }
    None
}

fn explain(source: &Source, error: &SpannedError) -> Diagnostic {
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
        Error::MissingStructField { field, .. } => {
            let open = scan.structure_ending_by(end);
            let owner = open.and_then(|open| first_id(&source.text[open..]));
            let what = owner.map_or_else(
                || format!("the field `{field}` is missing"),
                |id| format!("the field `{field}` of `{id}` is missing"),
            );
            let place = open.map_or(span, |open| open..open + 1);
            Diagnostic::error(place, what, format!("add `{field}: …` to the structure that begins here"))
        }
        Error::DuplicateStructField { field, .. } => {
            let earlier = scan.structure_around(at).and_then(|open| {
                let first = source.text[open..at].find(&format!("{field}:"))? + open;
                Some(source.position(first).0)
            });
            let hint = earlier.map_or_else(
                || "leave one of the two out".to_owned(),
                |line| format!("it is given in line {line} already, leave one of the two out"),
            );
            Diagnostic::error(
                last_word(source, end, field, span),
                format!("the field `{field}` is given twice"),
                hint,
            )
        }
        Error::ExceededRecursionLimit => {
            let hint = format!("at most {DEPTH_LIMIT} levels of brackets are read");
            Diagnostic::error(span, "nested too deeply", hint)
        }
        Error::InvalidValueForType { expected, found } => Diagnostic::error(
            span,
            format!("expected {expected}, found {found}"),
            "write a value of that type",
        ),
        Error::IntegerOutOfBounds => {
            Diagnostic::error(span, "the number is out of range", "write a smaller whole number")
        }
        Error::NoSuchExtension(name) => {
            let hint =
                "known are unwrap_newtypes, implicit_some, unwrap_variant_newtypes and explicit_struct_names";
            Diagnostic::error(span, format!("unknown RON extension `{name}`"), hint)
        }
        Error::Message(message) => Diagnostic::error(span, message.clone(), "write a value of that type"),
        code => {
            // A slip in brackets or quotes shows up far behind the place where it was made.
            if let Some(string) = scan.runaway_string(&source.text, at) {
                return Diagnostic::error(
                    string,
                    "this string is not closed where its line ends",
                    "add the closing quote",
                );
            }
            if let Some(fault) = scan.fault {
                return fault;
            }
            let text = code.to_string();
            let mut what = text.chars();
            let what: String = what.next().into_iter().flat_map(char::to_lowercase).chain(what).collect();
            Diagnostic::error(span, what, "mend the notation here or just before")
        }
    }
}

fn inside(outer: Option<&String>) -> String {
    outer.map(|name| format!(" in {}", name.to_lowercase())).unwrap_or_default()
}

/// The parser's cursor stands behind the word it complains about.
fn last_word(source: &Source, end: usize, word: &str, otherwise: Range<usize>) -> Range<usize> {
    source.text[..end].rfind(word).map_or(otherwise, |start| start..start + word.len())
}

/// Returns a hint that names the nearest of the known names, or all of them.
pub fn nearest(found: &str, known: &[&str]) -> String {
    let best = known.iter().max_by(|left, right| {
        strsim::jaro_winkler(found, left).total_cmp(&strsim::jaro_winkler(found, right))
    });
    match best {
        Some(best) if strsim::jaro_winkler(found, best) > 0.8 => format!("did you mean `{best}`?"),
        Some(_) if known.len() <= 24 => format!("known here: {}", known.join(", ")),
        Some(_) => "look for the name where it is defined".to_owned(),
        None => "no name is known here".to_owned(),
    }
}

/// The id of a structure, if it is written before any nested structure.
fn first_id(structure: &str) -> Option<&str> {
    let head = &structure[1..];
    let head = &head[..head.find(['(', '[', ')']).unwrap_or(head.len())];
    let value = head[head.find("id:")? + 3..].trim_start().strip_prefix('"')?;
    value.split('"').next()
}

/// Brackets and strings of a RON text, found without understanding it.
struct Scan {
    /// Offset of the first character that is neither space, comment nor attribute.
    first: Option<usize>,
    /// Offsets of each closed pair of brackets, in the order of closing.
    pairs: Vec<(usize, usize)>,
    /// Spans of the strings.
    strings: Vec<Range<usize>>,
    /// The first slip in brackets, strings or comments.
    fault: Option<Diagnostic>,
}

impl Scan {
    fn of(text: &str) -> Self {
        let mut scan = Self { first: None, pairs: Vec::new(), strings: Vec::new(), fault: None };
        scan.fault = scan.run(text).err();
        scan
    }

    fn run(&mut self, text: &str) -> Result<(), Diagnostic> {
        let bytes = text.as_bytes();
        let mut open: Vec<(usize, u8)> = Vec::new();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let rest = &text[at..];
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
    fn structure_ending_by(&self, end: usize) -> Option<usize> {
        self.pairs
            .iter()
            .filter(|(_, close)| *close <= end)
            .max_by_key(|(_, close)| *close)
            .map(|(open, _)| *open)
    }

    /// The start of the innermost structure around `at`.
    fn structure_around(&self, at: usize) -> Option<usize> {
        self.pairs.iter().filter(|(open, close)| *open < at && at <= *close).map(|(open, _)| *open).max()
    }

    /// A string over several lines that ends on the line of `at`: its closing quote is probably
    /// the opening quote of the next one.
    fn runaway_string(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let string = self.strings.iter().rev().find(|string| string.end <= at + 1)?;
        let broken =
            text[string.clone()].contains('\n') && !text[string.end..at.max(string.end)].contains('\n');
        broken.then(|| string.start..string.start + 1)
    }
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
