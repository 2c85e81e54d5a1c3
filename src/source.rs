//! The text of a file with its name, and diagnostics that point into it.

mod every_error;
mod index;
mod parse;
mod read;
mod scan;
mod slips;
mod source_str;
mod tokens;

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use crate::sanitize::{sanitize, sanitize_line, shortened};

use index::Index;
pub use parse::{Format, nearest, parse_ron, peek, try_ron};
pub use read::{SIZE_LIMIT, read, read_input, read_with_bytes};
pub use scan::has_comments;
pub use source_str::SourceStr;

/// Maximum length of a title, name or id in a file, in characters.
pub const TITLE: usize = 200;
/// Maximum length of any other text in a file, in characters.
pub const TEXT: usize = 4000;

/// The text of one file and its display name.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path as the user gave it, or a name such as `questions.ron (built in)`.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    // Boxed to keep errors small, since they contain a source.
    index: Box<Index>,
}

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Must be fixed.
    Error,
    /// Should be fixed.
    Warning,
}

/// One message about one place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// Byte range of the text.
    pub span: Range<usize>,
    /// What is wrong, starting in lowercase and without a period.
    pub what: String,
    /// What to do about it, starting in lowercase and without a period.
    pub hint: String,
}

impl Diagnostic {
    /// Creates an error. Its texts are sanitized, and shortened if they are too long.
    pub fn error(span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        /// Maximum bytes of a text. Lists of known names are the longest legitimate ones.
        const SAID: usize = 600;
        let said = |text: String| shortened(&sanitize_line(&text), SAID).into_owned();
        Self { severity: Severity::Error, span, what: said(what.into()), hint: said(hint.into()) }
    }

    /// Creates a warning, as [`Diagnostic::error`] does.
    pub fn warning(span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(span, what, hint) }
    }
}

impl Source {
    /// Creates a source from text in memory.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), index: Box::default() }
    }

    /// Returns the line and column of a byte offset, counted from 1. Columns count characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let end = self.character(offset);
        let lines = self.index.lines(&self.text);
        let line = lines.partition_point(|start| *start <= end);
        let start = lines[line.saturating_sub(1)];
        (line, self.text[start..end].chars().count() + 1)
    }

    /// Returns the start of the character that contains an offset.
    fn character(&self, offset: usize) -> usize {
        (0..=offset.min(self.text.len())).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }

    /// Returns the byte offset of a line and column, both counted from 1.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let lines = self.index.lines(&self.text);
        let start = lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let rest = &self.text[start..];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }

    /// Returns the span of `part`, a slice of this text or the content of one of its strings.
    ///
    /// The content of a string with an escape is not a slice of the text. Its span is that of the first such
    /// string with the same content, or else empty at the start of the text.
    pub fn span_of(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        match start.checked_add(part.len()) {
            Some(end) if end <= self.text.len() => start..end,
            _ if part.is_empty() => 0..0,
            _ => self.index.string(&self.text, part).unwrap_or(0..0),
        }
    }

    /// Returns `file:line:column: what; hint`, sanitized. Warnings are labeled.
    pub fn headline(&self, diagnostic: &Diagnostic) -> String {
        let (line, column) = self.position(diagnostic.span.start);
        let severity = match diagnostic.severity {
            Severity::Error => "",
            Severity::Warning => "warning: ",
        };
        let text =
            format!("{}:{line}:{column}: {severity}{}; {}", self.name, diagnostic.what, diagnostic.hint);
        sanitize_line(&text)
    }

    /// Returns the headline with the offending line and a caret below it.
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        let (line, _) = self.position(diagnostic.span.start);
        let start = self.offset(line, 1);
        let end = self.text[start..].find('\n').map_or(self.text.len(), |length| start + length);
        // A line too long for a terminal is left out.
        if end - start > 400 {
            return self.headline(diagnostic);
        }
        // The line is sanitized before the caret is placed, so that the columns match.
        let middle = self.character(diagnostic.span.start).clamp(start, end);
        // A span that ends inside a character includes all of it.
        let stop = (diagnostic.span.end.clamp(middle, end)..end).find(|&at| self.text.is_char_boundary(at));
        let stop = stop.unwrap_or(end);
        let pieces = [&self.text[start..middle], &self.text[middle..stop], &self.text[stop..end]]
            .map(|piece| sanitize(piece).replace('\t', " "));
        let from = pieces[0].len();
        let shown = pieces.concat();
        // The caret marks at least one character.
        let first = shown[from..].chars().next().map_or(0, char::len_utf8);
        let to = from + pieces[1].len().max(first);
        let report = [Level::ERROR.no_name().primary_title("").element(
            Snippet::source(&shown).line_start(line).annotation(AnnotationKind::Primary.span(from..to)),
        )];
        let drawing = Renderer::plain().render(&report);
        let body = drawing.split_once('\n').map_or("", |(_, body)| body);
        format!("{}\n{body}", self.headline(diagnostic))
    }
}

/// A rejected file, with all errors found in it.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// The file.
    pub source: Source,
    /// At least one error.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Rejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Maximum number of messages shown.
        const SHOWN: usize = 20;
        for (index, diagnostic) in self.diagnostics.iter().take(SHOWN).enumerate() {
            if index > 0 {
                writeln!(formatter)?;
            }
            write!(formatter, "{}", self.source.render(diagnostic))?;
        }
        if self.diagnostics.len() > SHOWN {
            write!(formatter, "\nand {} more", self.diagnostics.len() - SHOWN)?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejected {}
