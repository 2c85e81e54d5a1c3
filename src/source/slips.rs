//! Finds the first slip in the notation of a RON text: a lost bracket, quote, comma or colon.
//!
//! The parser stops where nothing fits any more, which is often far behind the place that is to be mended: a
//! text without its closing quote ends at the next quote, a list without its bracket goes on as a structure.
//! What stands before that place tells which slip it was. Must not know any field or type.

use std::ops::Range;

use super::Diagnostic;
use super::scan::{DEPTH_LIMIT, too_deep};
use super::tokens::{Endless, Token, Tokens, in_word, raw_end};

/// Finds the first slip.
pub(super) fn first_slip(text: &str) -> Option<Diagnostic> {
    let mut reader = Reader { text, open: Vec::new(), expects: Expects::Value, before: None, value: None };
    let mut tokens = Tokens::of(text);
    for (token, place) in &mut tokens {
        if let Some(slip) = reader.take(token, place) {
            return Some(slip);
        }
    }
    reader.end()
}

/// What may stand next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// A value, or the name of a field, or the closing bracket.
    Item,
    /// What goes with a word: `:` makes it a name, `(` the name of a structure.
    AfterWord,
    Value,
    /// A comma or the closing bracket.
    Comma,
    /// Nothing: the structure that is the file is closed.
    End,
}

/// What kind of thing a bracket holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Values, or not known yet.
    Values,
    /// Fields with names.
    Fields,
}

/// A bracket that is open.
struct Bracket {
    at: usize,
    sign: u8,
    holds: Holds,
    /// The field that is being written, or was written last.
    field: Option<Range<usize>>,
    /// Where this field's value begins.
    value: Option<(Token, Range<usize>)>,
    /// What was expected when it was opened.
    outer: Expects,
}

struct Reader<'a> {
    text: &'a str,
    open: Vec<Bracket>,
    expects: Expects,
    /// The token before.
    before: Option<(Token, Range<usize>)>,
    /// The value before, if a comma or bracket must follow.
    value: Option<Range<usize>>,
}

impl Reader<'_> {
    /// Takes one token, or says what is wrong with it.
    fn take(&mut self, token: Token, place: Range<usize>) -> Option<Diagnostic> {
        let slip = match token {
            Token::Endless(kind) => Some(self.endless(kind, &place)),
            Token::Stray(sign) => Some(self.stray(sign, &place)),
            Token::Open(sign) => self.opens(sign, &place),
            Token::Close(sign) => self.closes(sign, &place),
            Token::Comma => self.comma(&place),
            Token::Colon => self.colon(&place),
            Token::Text | Token::Word => self.value(token, &place),
        };
        self.before = Some((token, place));
        slip
    }

    fn end(&mut self) -> Option<Diagnostic> {
        let bracket = self.open.pop()?;
        Some(unclosed(bracket.at..bracket.at + 1, "this bracket", &closing(bracket.sign).to_string()))
    }

    fn opens(&mut self, sign: u8, place: &Range<usize>) -> Option<Diagnostic> {
        match self.expects {
            Expects::AfterWord if sign == b'(' => {}
            Expects::AfterWord | Expects::Comma => return Some(self.no_comma(place)),
            Expects::End => return Some(self.behind_the_end(place)),
            Expects::Item if self.in_fields() => return Some(self.no_field(place)),
            Expects::Item | Expects::Value => self.begin_value(Token::Open(sign), place),
        }
        if self.open.len() >= DEPTH_LIMIT {
            return Some(too_deep(place.clone()));
        }
        let outer = if self.open.is_empty() { Expects::End } else { Expects::Comma };
        let (at, holds) = (place.start, Holds::Values);
        self.open.push(Bracket { at, sign, holds, field: None, value: None, outer });
        self.expects = Expects::Item;
        None
    }

    fn closes(&mut self, sign: u8, place: &Range<usize>) -> Option<Diagnostic> {
        let Some(bracket) = self.open.last() else {
            let what = "nothing is open that this could close";
            return Some(Diagnostic::error(place.clone(), what, "take it out"));
        };
        if closing(bracket.sign) != char::from(sign) {
            return Some(self.unlike(sign, place));
        }
        if self.expects == Expects::Value {
            let what = "a value is missing before this bracket";
            return Some(
                self.quote_or(place, Diagnostic::error(place.clone(), what, "write it behind the `:`")),
            );
        }
        let bracket = self.open.pop()?;
        self.expects = bracket.outer;
        self.value = Some(bracket.at..place.end);
        None
    }

    fn comma(&mut self, place: &Range<usize>) -> Option<Diagnostic> {
        match self.expects {
            Expects::Comma | Expects::AfterWord => {
                self.expects = Expects::Item;
                None
            }
            Expects::End => Some(self.behind_the_end(place)),
            Expects::Item | Expects::Value => {
                let hint = "write it, or the bracket that is missing, or take the comma out";
                let slip = Diagnostic::error(place.clone(), "nothing stands before this comma", hint);
                Some(self.quote_or(place, slip))
            }
        }
    }

    fn colon(&mut self, place: &Range<usize>) -> Option<Diagnostic> {
        let before = self.before.clone();
        let in_list = self.open.last().is_none_or(|bracket| bracket.sign == b'[');
        match (self.expects, before) {
            (Expects::AfterWord, Some((_, word))) if in_list => {
                let name = &self.text[word.clone()];
                let what = format!("a field stands in a list: the `(` before `{name}` is missing");
                let place = self.indented_gap(word.start).unwrap_or(word);
                Some(Diagnostic::error(place, what, "write each structure of a list as `(name: value, …)`"))
            }
            (Expects::AfterWord, Some((_, word))) if self.in_fields() && !self.names_a_field() => {
                let what = format!("the `(` before `{}` is missing", &self.text[word.clone()]);
                Some(Diagnostic::error(word, what, "write a structure as `(name: value, …)`"))
            }
            (Expects::AfterWord, Some((_, word))) => {
                if let Some(bracket) = self.open.last_mut() {
                    bracket.holds = Holds::Fields;
                    (bracket.field, bracket.value) = (Some(word), None);
                }
                self.expects = Expects::Value;
                None
            }
            // Only a map has texts as names.
            (Expects::Comma, Some((Token::Text, _))) if self.is_map() => {
                self.expects = Expects::Value;
                None
            }
            (Expects::Comma, Some((Token::Text, text))) if !self.is_broken(&text) && self.begins_item() => {
                Some(quoted_name(&text))
            }
            _ => {
                let what = "no name stands before this colon";
                Some(self.quote_or(place, Diagnostic::error(place.clone(), what, "write `name: value`")))
            }
        }
    }

    fn value(&mut self, token: Token, place: &Range<usize>) -> Option<Diagnostic> {
        match self.expects {
            Expects::Item if self.in_fields() && token == Token::Text => Some(self.no_field(place)),
            Expects::Item | Expects::Value => {
                // A word that stands for a value can still be the name of a structure.
                let is_word = token == Token::Word;
                let fields = self.expects == Expects::Item && self.in_fields();
                if !fields {
                    self.begin_value(token, place);
                }
                self.expects = if is_word { Expects::AfterWord } else { Expects::Comma };
                self.value = Some(place.clone());
                None
            }
            Expects::AfterWord if self.open.is_empty() => {
                let name = self.value.clone().unwrap_or(place.clone());
                let what = format!("expected `(`, found {}", self.found(&name));
                Some(Diagnostic::error(name, what, "write a structure as `(name: value, …)`"))
            }
            Expects::AfterWord | Expects::Comma => Some(self.no_comma(place)),
            Expects::End => Some(self.behind_the_end(place)),
        }
    }

    /// Notes where the value of a field begins.
    fn begin_value(&mut self, token: Token, place: &Range<usize>) {
        if let Some(bracket) = self.open.last_mut() {
            bracket.value.get_or_insert((token, place.clone()));
        }
        self.value = Some(place.clone());
    }

    fn in_fields(&self) -> bool {
        self.open.last().is_some_and(|bracket| bracket.holds == Holds::Fields)
    }

    fn is_map(&self) -> bool {
        self.open.last().is_some_and(|bracket| bracket.sign == b'{')
    }

    /// Whether the value before is the first of a structure or of an item behind a comma.
    fn begins_item(&self) -> bool {
        self.open.last().is_some_and(|bracket| bracket.sign == b'(' && bracket.holds == Holds::Values)
            || self.in_fields()
    }

    /// Something follows a value, or a word, without a comma.
    fn no_comma(&self, place: &Range<usize>) -> Diagnostic {
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
            let what = format!("expected `:` behind the field's name, found {follows}");
            return Diagnostic::error(place.clone(), what, "write `name: value`");
        }
        let adjacent = value.end == place.start;
        if &self.text[value.clone()] == "-" {
            let hint = "write a list as [first, second, …]";
            return Diagnostic::error(value, "`-` begins no item of a list in RON", hint);
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
        let hint = "put a comma between this and what follows";
        Diagnostic::error(last..value.end, "a comma is missing behind this", hint)
    }

    /// A value stands where the name of a field must: a list lost its bracket, or a structure the closing one.
    fn no_field(&self, place: &Range<usize>) -> Diagnostic {
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
                let what = format!("the `(` of line {line} is not closed behind this");
                Diagnostic::error(value.end.saturating_sub(1)..value.end, what, "add `)`")
            }
            _ => {
                Diagnostic::error(place.clone(), "the name of a field is missing here", "write `name: value`")
            }
        }
    }

    /// A closing bracket that is not the one expected.
    fn unlike(&self, sign: u8, place: &Range<usize>) -> Diagnostic {
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
        // On a line of its own it closes what was opened further out, or a list that lost its bracket.
        let lost_list = sign == b']'
            && bracket.value.as_ref().is_some_and(|(token, _)| matches!(token, Token::Open(b'(')));
        match (&bracket.field, value) {
            (Some(field), _) if lost_list => {
                let name = &self.text[field.clone()];
                let what = format!("the list of `{name}` is closed but not opened");
                Diagnostic::error(field.clone(), what, "write `[` before its values")
            }
            (_, Some(value)) if own_line => {
                let what = format!("the `{opened}` of line {line} is not closed behind this");
                Diagnostic::error(value.end.saturating_sub(1)..value.end, what, format!("add `{expected}`"))
            }
            _ => {
                let what = format!("expected `{expected}`, for the `{opened}` of line {line}");
                Diagnostic::error(place.clone(), what, "close the inner bracket first")
            }
        }
    }

    fn stray(&self, sign: char, place: &Range<usize>) -> Diagnostic {
        let value = self.value.clone().unwrap_or(place.clone());
        if self.is_broken(&value) {
            return not_closed(&value);
        }
        let (what, hint) = match sign {
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' | '\u{2018}' | '\u{2019}' | '\'' => {
                (format!("`{sign}` is no quote in RON"), "write \" around texts")
            }
            '&' | '|' | '!' => {
                let what = format!("`{sign}` joins no conditions in RON");
                (what, "write `All([…])`, `Any([…])` or `Not(…)`")
            }
            '#' => ("`#` begins no comment in RON".to_owned(), "write `//`"),
            '=' if self.expects == Expects::AfterWord => {
                ("expected `:` behind the field's name, found `=`".to_owned(), "write `name: value`")
            }
            '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{3000}' | '\u{feff}' => {
                ("this is no plain space".to_owned(), "write a plain space")
            }
            _ if self.has_odd_quotes(place.start) => return self.no_quote(&value, place),
            '/' if self.expects == Expects::AfterWord => {
                let end =
                    self.text[place.end..].find(|it| !in_word(it)).map_or(place.end, |it| place.end + it);
                let answer = &self.text[value.start..end];
                return condition(value.start..end, answer);
            }
            _ => {
                (format!("`{sign}` stands for nothing here"), "take it out, or put the text in double quotes")
            }
        };
        Diagnostic::error(place.clone(), what, hint)
    }

    fn endless(&self, kind: Endless, place: &Range<usize>) -> Diagnostic {
        match kind {
            Endless::Comment => unclosed(place.clone(), "this comment", "*/"),
            Endless::RawText(hashes) => unclosed(place.clone(), "this string", &raw_end(hashes)),
            Endless::Text => {
                // Where nothing can follow a value, a quote before it is missing, not one behind.
                let value = self.value.clone().unwrap_or(place.clone());
                match self.expects {
                    Expects::Comma | Expects::AfterWord => self.no_quote(&value, place),
                    _ => unclosed(place.clone(), "this string", "\""),
                }
            }
        }
    }

    /// A line has an odd number of quotes.
    fn no_quote(&self, value: &Range<usize>, place: &Range<usize>) -> Diagnostic {
        let same_line = !self.text[value.start.min(place.start)..place.start].contains('\n');
        let shown = if same_line && self.has_odd_quotes(value.start) { value.clone() } else { place.clone() };
        let hint = "put each text in double quotes, and write a quote within it as \\\"";
        Diagnostic::error(shown, "a quote is missing in this line, or one too many", hint)
    }

    /// The message, unless a quote is the reason.
    fn quote_or(&self, place: &Range<usize>, slip: Diagnostic) -> Diagnostic {
        match &self.value {
            Some(value) if self.is_broken(value) => not_closed(value),
            _ if self.has_odd_quotes(place.start) => self.no_quote(place, place),
            _ => slip,
        }
    }

    fn behind_the_end(&self, place: &Range<usize>) -> Diagnostic {
        let what = format!("nothing may follow the closing bracket, found {}", self.found(place));
        Diagnostic::error(place.clone(), what, "take it out")
    }

    /// Whether a text runs over the end of its line and stops where another one begins.
    fn is_broken(&self, value: &Range<usize>) -> bool {
        let text = &self.text[value.clone()];
        text.starts_with('"') && text.contains('\n') && self.has_odd_quotes(value.start)
    }

    /// Whether the line of an offset has a quote without a partner, if texts do not run over lines.
    fn has_odd_quotes(&self, at: usize) -> bool {
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

    /// Whether the word before stands where the name of a field does.
    fn names_a_field(&self) -> bool {
        let before = self.before.as_ref().map(|(_, word)| word.start);
        self.open.last().is_some_and(|bracket| match &bracket.value {
            // Behind a comma the value of the field before is complete.
            Some((_, value)) => Some(value.start) != before,
            None => false,
        })
    }

    /// The end of a line of nothing but spaces right before a word: what stood there is gone.
    fn indented_gap(&self, at: usize) -> Option<Range<usize>> {
        let end = self.text[..at].rfind('\n')?;
        let line = &self.text[self.text[..end].rfind('\n')? + 1..end];
        (!line.is_empty() && line.trim().is_empty()).then_some(end..end)
    }

    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// How to speak of what stands at a place.
    fn found(&self, place: &Range<usize>) -> String {
        /// Longer words are cut; their beginning tells which one is meant.
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

/// What is said where an answer stands for a condition on it.
pub(super) fn condition(place: Range<usize>, answer: &str) -> Diagnostic {
    let hint = format!("write `Is(\"{answer}\")`");
    Diagnostic::error(place, "expected a condition, found an answer", hint)
}

fn quoted_name(name: &Range<usize>) -> Diagnostic {
    let what = "expected a name, found a text in quotes";
    Diagnostic::error(name.start..name.start + 1, what, "write it without quotes")
}

fn not_closed(text: &Range<usize>) -> Diagnostic {
    let what = "this string is not closed where its line ends";
    Diagnostic::error(text.start..text.start + 1, what, "add the closing quote")
}

fn unclosed(span: Range<usize>, what: &str, closing: &str) -> Diagnostic {
    Diagnostic::error(span, format!("{what} is never closed"), format!("add `{closing}`"))
}

fn closing(open: u8) -> char {
    match open {
        b'(' => ')',
        b'[' => ']',
        _ => '}',
    }
}
