//! Identifies the slip from the tokens before the one that does not fit.

use std::ops::Range;

use super::super::Diagnostic;
use super::super::tokens::{Endless, Token, in_word, raw_end};
use super::{Expects, Reader, closing};

impl Reader<'_> {
    /// Diagnoses a token that follows a value or a word without a comma.
    pub(super) fn no_comma(&self, place: &Range<usize>) -> Diagnostic {
        let value = self.value.clone().unwrap_or(place.clone());
        if self.is_broken(&value) {
            return not_closed(&value);
        }
        if self.has_odd_quotes(value.start) || self.has_odd_quotes(place.start) {
            return self.no_quote(&value, place);
        }
        let is_word = matches!(self.before, Some((Token::Word, _)));
        let follows = self.found(place);
        if self.expects == Expects::AfterWord && is_word && self.in_fields() && self.names_a_field() {
            let what = format!("expected `:` after the field's name, found {follows}");
            return Diagnostic::error(place.clone(), what, "write `name: value`");
        }
        let adjacent = value.end == place.start;
        if &self.text[value.clone()] == "-" {
            let hint = "write a list as [first, second, …]";
            return Diagnostic::error(value, "RON lists have no `-` items", hint);
        }
        let in_word = is_word && self.expects == Expects::AfterWord;
        if in_word || adjacent && self.text[value.clone()].ends_with('"') {
            let what = format!("{follows} cannot follow this");
            let hint = "put a text in double quotes, and write a quote within it as \\\"";
            return Diagnostic::error(value, what, hint);
        }
        let last = self.text[value.clone()]
            .char_indices()
            .next_back()
            .map_or(value.start, |(at, _)| value.start + at);
        let hint = "put a comma between this and the next value";
        Diagnostic::error(last..value.end, "a comma is missing after this", hint)
    }

    /// Diagnoses a value in the place of a field name, usually because a list or structure lost a bracket.
    pub(super) fn no_field(&self, place: &Range<usize>) -> Diagnostic {
        let Some(bracket) = self.open.last() else { return self.behind_the_end(place) };
        if self.has_odd_quotes(place.start) {
            return self.no_quote(place, place);
        }
        if self.text[place.end..].trim_start().starts_with(':') {
            return quoted_name(place);
        }
        let kind = |token: Token| matches!(token, Token::Open(b'('));
        let here = self.text[place.clone()].starts_with('(');
        let lost_list = bracket.value.as_ref().is_some_and(|(token, _)| match token {
            Token::Text => !here,
            token => kind(*token) && here,
        });
        match (&bracket.field, &self.value) {
            (Some(field), _) if lost_list => {
                let name = &self.text[field.clone()];
                let what = format!("`{name}` has several values but no `[` before them");
                Diagnostic::error(field.clone(), what, "put them in [ and ]")
            }
            (_, Some(value)) => {
                let line = self.line(bracket.at);
                let what = format!("the `(` of line {line} is not closed after this");
                Diagnostic::error(value.end.saturating_sub(1)..value.end, what, "add `)`")
            }
            _ => {
                Diagnostic::error(place.clone(), "the name of a field is missing here", "write `name: value`")
            }
        }
    }

    /// Diagnoses a closing bracket other than the expected one.
    pub(super) fn unlike(&self, sign: u8, place: &Range<usize>) -> Diagnostic {
        let value = self.value.clone();
        if let Some(value) = value.as_ref().filter(|value| self.is_broken(value)) {
            return not_closed(value);
        }
        if self.has_odd_quotes(place.start) {
            return self.no_quote(place, place);
        }
        let Some(bracket) = self.open.last() else { return self.behind_the_end(place) };
        if bracket.sign == b'{' && sign == b')' {
            let what = "expected `(`, found `{`";
            return Diagnostic::error(
                bracket.at..bracket.at + 1,
                what,
                "write a structure as `(name: value, …)`",
            );
        }
        let (expected, opened) = (closing(bracket.sign), char::from(bracket.sign));
        let line = self.line(bracket.at);
        let own_line = self.text[..place.start].trim_end_matches([' ', '\t']).ends_with('\n');
        // A bracket at the start of a line probably closes an outer structure. A `]` may close a list that
        // lost its `[`.
        let lost_list = sign == b']'
            && bracket.value.as_ref().is_some_and(|(token, _)| matches!(token, Token::Open(b'(')));
        match (&bracket.field, value) {
            (Some(field), _) if lost_list => {
                let name = &self.text[field.clone()];
                let what = format!("the list of `{name}` is closed but not opened");
                Diagnostic::error(field.clone(), what, "write `[` before its values")
            }
            (_, Some(value)) if own_line => {
                let what = format!("the `{opened}` of line {line} is not closed after this");
                Diagnostic::error(value.end.saturating_sub(1)..value.end, what, format!("add `{expected}`"))
            }
            _ => {
                let what = format!("expected `{expected}`, for the `{opened}` of line {line}");
                Diagnostic::error(place.clone(), what, "close the inner bracket first")
            }
        }
    }

    pub(super) fn stray(&self, sign: char, place: &Range<usize>) -> Diagnostic {
        let value = self.value.clone().unwrap_or(place.clone());
        if self.is_broken(&value) {
            return not_closed(&value);
        }
        let (what, hint) = match sign {
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{2018}' | '\u{2019}' | '\'' => {
                (format!("`{sign}` is not a quote in RON"), "write \" around texts")
            }
            '&' | '|' | '!' => {
                let what = format!("`{sign}` does not join conditions in RON");
                (what, "write `All([…])`, `Any([…])` or `Not(…)`")
            }
            '#' => ("`#` does not start a comment in RON".to_owned(), "write `//`"),
            '=' if self.expects == Expects::AfterWord => {
                ("expected `:` after the field's name, found `=`".to_owned(), "write `name: value`")
            }
            '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{3000}' | '\u{feff}' => {
                ("this is not a plain space".to_owned(), "write a plain space")
            }
            _ if self.has_odd_quotes(place.start) => return self.no_quote(&value, place),
            '/' if self.expects == Expects::AfterWord => {
                let end =
                    self.text[place.end..].find(|it| !in_word(it)).map_or(place.end, |it| place.end + it);
                let answer = &self.text[value.start..end];
                return condition(value.start..end, answer);
            }
            _ => (format!("`{sign}` has no meaning here"), "remove it, or put the text in double quotes"),
        };
        Diagnostic::error(place.clone(), what, hint)
    }

    pub(super) fn endless(&self, kind: Endless, place: &Range<usize>) -> Diagnostic {
        match kind {
            Endless::Comment => unclosed(place.clone(), "this comment", "*/"),
            Endless::RawText(hashes) => unclosed(place.clone(), "this string", &raw_end(hashes)),
            Endless::Text => {
                // If no value can come here, the quote is missing before this one, not after it.
                let value = self.value.clone().unwrap_or(place.clone());
                match self.expects {
                    Expects::Comma | Expects::AfterWord => self.no_quote(&value, place),
                    _ => unclosed(place.clone(), "this string", "\""),
                }
            }
        }
    }

    /// Diagnoses a line with an odd number of quotes.
    pub(super) fn no_quote(&self, value: &Range<usize>, place: &Range<usize>) -> Diagnostic {
        let same_line = !self.text[value.start.min(place.start)..place.start].contains('\n');
        let shown = if same_line && self.has_odd_quotes(value.start) { value.clone() } else { place.clone() };
        let hint = "put each text in double quotes, and write a quote within it as \\\"";
        Diagnostic::error(shown, "a quote is missing in this line, or one too many", hint)
    }

    /// Returns the given diagnostic, unless a missing quote is the cause.
    pub(super) fn quote_or(&self, place: &Range<usize>, slip: Diagnostic) -> Diagnostic {
        match &self.value {
            Some(value) if self.is_broken(value) => not_closed(value),
            _ if self.has_odd_quotes(place.start) => self.no_quote(place, place),
            _ => slip,
        }
    }

    pub(super) fn behind_the_end(&self, place: &Range<usize>) -> Diagnostic {
        let what = format!("nothing may follow the closing bracket, found {}", self.found(place));
        Diagnostic::error(place.clone(), what, "remove it")
    }

    /// Returns whether a string continues past the end of its line and ends where another one begins.
    pub(super) fn is_broken(&self, value: &Range<usize>) -> bool {
        let text = &self.text[value.clone()];
        text.starts_with('"') && text.contains('\n') && self.has_odd_quotes(value.start)
    }

    /// Returns whether the line of an offset has an unpaired quote, assuming that no string spans lines.
    pub(super) fn has_odd_quotes(&self, at: usize) -> bool {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = self.text[start..].lines().next().unwrap_or_default();
        let mut in_text = false;
        let mut escaped = false;
        let mut before = ' ';
        for character in line.chars() {
            match character {
                '/' if before == '/' && !in_text => return in_text,
                '"' if !escaped => in_text = !in_text,
                _ => {}
            }
            escaped = in_text && character == '\\' && !escaped;
            before = character;
        }
        in_text
    }

    /// Returns whether the previous word is in the place of a field name.
    pub(super) fn names_a_field(&self) -> bool {
        let before = self.before.as_ref().map(|(_, word)| word.start);
        self.open.last().is_some_and(|bracket| match &bracket.value {
            // The word is a field name unless it begins the value of the current field.
            Some((_, value)) => Some(value.start) != before,
            None => false,
        })
    }

    /// Returns the end of an indented blank line directly before a word, which suggests that text was deleted
    /// there.
    pub(super) fn indented_gap(&self, at: usize) -> Option<Range<usize>> {
        let end = self.text[..at].rfind('\n')?;
        let line = &self.text[self.text[..end].rfind('\n')? + 1..end];
        (!line.is_empty() && line.trim().is_empty()).then_some(end..end)
    }

    pub(super) fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// Returns a description of the text at a place.
    pub(super) fn found(&self, place: &Range<usize>) -> String {
        /// Maximum number of characters of a word that are shown.
        const SHOWN: usize = 30;
        let piece = &self.text[place.clone()];
        if piece.starts_with('"') {
            return "a text in quotes".to_owned();
        }
        let shown: String = piece.chars().take(SHOWN).collect();
        let dots = if shown.len() < piece.len() { "…" } else { "" };
        format!("`{shown}{dots}`")
    }
}

/// Returns the diagnostic for an answer in the place of a condition.
pub fn condition(place: Range<usize>, answer: &str) -> Diagnostic {
    let hint = format!("write `Is(\"{answer}\")`");
    Diagnostic::error(place, "expected a condition, found an answer", hint)
}

pub(super) fn quoted_name(name: &Range<usize>) -> Diagnostic {
    let what = "expected a name, found a text in quotes";
    Diagnostic::error(name.start..name.start + 1, what, "write it without quotes")
}

pub(super) fn not_closed(text: &Range<usize>) -> Diagnostic {
    let what = "this string is not closed where its line ends";
    Diagnostic::error(text.start..text.start + 1, what, "add the closing quote")
}

pub(super) fn unclosed(span: Range<usize>, what: &str, closing: &str) -> Diagnostic {
    Diagnostic::error(span, format!("{what} is never closed"), format!("add `{closing}`"))
}
