//! Finds the first slip in the notation of a RON text: a lost bracket, quote, comma or colon.
//!
//! The parser stops where no token fits, often far past the place to fix. A text without its closing quote
//! ends at the next quote, and a list without its bracket continues as a structure. `diagnosis` tells from
//! the preceding tokens which slip was made. This module must not know any field or type.

mod diagnosis;

use std::ops::Range;

use super::Diagnostic;
use super::scan::{DEPTH_LIMIT, too_deep};
use super::tokens::{Token, Tokens};
use diagnosis::{quoted_name, unclosed};

pub(super) use diagnosis::condition;

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

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// A value, the name of a field or the closing bracket.
    Item,
    /// The token after a word: `:` makes it a field name, `(` the name of a structure.
    AfterWord,
    Value,
    /// A comma or the closing bracket.
    Comma,
    /// Nothing, since the outermost structure is closed.
    End,
}

/// What a bracket contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Values, or not known yet.
    Values,
    /// Named fields.
    Fields,
}

/// An open bracket.
struct Bracket {
    at: usize,
    sign: u8,
    holds: Holds,
    /// The name of the current field, or of the last one.
    field: Option<Range<usize>>,
    /// The first token of that field's value, or of the first value if there are no fields.
    value: Option<(Token, Range<usize>)>,
    /// What is expected after the closing bracket.
    outer: Expects,
}

struct Reader<'a> {
    text: &'a str,
    open: Vec<Bracket>,
    expects: Expects,
    /// The previous token.
    before: Option<(Token, Range<usize>)>,
    /// The most recent value, word or opening bracket.
    value: Option<Range<usize>>,
}

impl Reader<'_> {
    /// Consumes one token. Returns a diagnostic if it does not fit.
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
            let what = "there is no open bracket for this one";
            return Some(Diagnostic::error(place.clone(), what, "remove it"));
        };
        if closing(bracket.sign) != char::from(sign) {
            return Some(self.unlike(sign, place));
        }
        if self.expects == Expects::Value {
            let what = "a value is missing before this bracket";
            return Some(
                self.quote_or(place, Diagnostic::error(place.clone(), what, "write it after the `:`")),
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
                let hint = "add the value or the missing bracket, or remove the comma";
                let slip = Diagnostic::error(place.clone(), "there is no value before this comma", hint);
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
                let what = format!("a field is directly in a list: the `(` before `{name}` is missing");
                let place = self.indented_gap(word.start).unwrap_or(word);
                Some(Diagnostic::error(place, what, "write each structure in a list as `(name: value, …)`"))
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
            // Only maps have strings as keys.
            (Expects::Comma, Some((Token::Text, _))) if self.is_map() => {
                self.expects = Expects::Value;
                None
            }
            (Expects::Comma, Some((Token::Text, text))) if !self.is_broken(&text) && self.begins_item() => {
                Some(quoted_name(&text))
            }
            _ => {
                let what = "there is no name before this colon";
                Some(self.quote_or(place, Diagnostic::error(place.clone(), what, "write `name: value`")))
            }
        }
    }

    fn value(&mut self, token: Token, place: &Range<usize>) -> Option<Diagnostic> {
        match self.expects {
            Expects::Item if self.in_fields() && token == Token::Text => Some(self.no_field(place)),
            Expects::Item | Expects::Value => {
                // A word in the place of a value can still be the name of a structure.
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

    /// Records where a value begins.
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

    /// Returns whether the innermost open bracket can contain named fields.
    fn begins_item(&self) -> bool {
        self.open.last().is_some_and(|bracket| bracket.sign == b'(' && bracket.holds == Holds::Values)
            || self.in_fields()
    }
}

fn closing(open: u8) -> char {
    match open {
        b'(' => ')',
        b'[' => ']',
        _ => '}',
    }
}
