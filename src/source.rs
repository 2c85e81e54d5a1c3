//! A file's text with its name, and messages that point into it.

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

/// Longest title, name or id in a file, in characters.
pub const TITLE: usize = 200;
/// Longest other text in a file, in characters.
pub const TEXT: usize = 4000;

/// The text of one file and the name it is spoken of by.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path as the user gave it, or a name such as `questions.ron (built in)`.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    // In a box, for sources are returned with every error.
    index: Box<Index>,
}

/// Whether something must be mended or is only worth mending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It must be mended.
    Error,
    /// It is worth mending.
    Warning,
}

/// One message about one place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Bytes of the text that are meant.
    pub span: Range<usize>,
    /// What is wrong: lower case, no full stop.
    pub what: String,
    /// What to do about it: lower case, no full stop.
    pub hint: String,
}

impl Diagnostic {
    /// Makes an error; what is said is made visible, and shortened if a name in it is absurdly long.
    pub fn error(span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        /// A list of what is known is the longest that anybody reads.
        const SAID: usize = 600;
        let said = |text: String| shortened(&sanitize_line(&text), SAID).into_owned();
        Self { severity: Severity::Error, span, what: said(what.into()), hint: said(hint.into()) }
    }

    /// Makes a warning.
    pub fn warning(span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(span, what, hint) }
    }
}

impl Source {
    /// Makes a source from text that is already in memory.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), index: Box::default() }
    }

    /// Returns line and column, from 1, of a byte offset; the column counts characters.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let end = self.character(offset);
        let lines = self.index.lines(&self.text);
        let line = lines.partition_point(|start| *start <= end);
        let start = lines[line.saturating_sub(1)];
        (line, self.text[start..end].chars().count() + 1)
    }

    /// Returns where the character begins that an offset lies in.
    fn character(&self, offset: usize) -> usize {
        (0..=offset.min(self.text.len())).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }

    /// Returns the byte offset of line and column, both from 1.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let lines = self.index.lines(&self.text);
        let start = lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let rest = &self.text[start..];
        start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }

    /// Returns where `part`, a piece of this text or the content of one of its strings, stands.
    ///
    /// A string with an escape in it is no piece of the text; the first one of the same content is
    /// meant then. The start of the text if there is none.
    pub fn span_of(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        match start.checked_add(part.len()) {
            Some(end) if end <= self.text.len() => start..end,
            _ if part.is_empty() => 0..0,
            _ => self.index.string(&self.text, part).unwrap_or(0..0),
        }
    }

    /// Returns `file:line:column: what; hint`, made visible; a warning says that it is one.
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
        // A line that no terminal could show is not shown.
        if end - start > 400 {
            return self.headline(diagnostic);
        }
        // The line is made visible before the caret is placed, so that the columns stay true.
        let middle = self.character(diagnostic.span.start).clamp(start, end);
        // A place may end within a character, which then belongs to it.
        let stop = (diagnostic.span.end.clamp(middle, end)..end).find(|&at| self.text.is_char_boundary(at));
        let stop = stop.unwrap_or(end);
        let pieces = [&self.text[start..middle], &self.text[middle..stop], &self.text[stop..end]]
            .map(|piece| sanitize(piece).replace('\t', " "));
        let from = pieces[0].len();
        let shown = pieces.concat();
        // The caret stands under one character at least.
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

/// A file that cannot be used, with everything that is wrong with it.
#[derive(Debug, Clone)]
pub struct Rejected {
    /// The file.
    pub source: Source,
    /// At least one error, in file order.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for Rejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// More than this many messages at once help nobody.
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
