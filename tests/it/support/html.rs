//! Reads HTML as a browser's tokenizer does. Must not know how the program escapes.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata};
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The start of an element, with its attributes.
    Start(String, Vec<(String, String)>),
    /// The end of an element.
    End(String),
    /// Text as shown. Adjacent pieces are joined.
    Text(String),
    /// A comment, a document type or a parse error.
    Other(String),
}

#[derive(Default)]
struct Sink(RefCell<Vec<Piece>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut pieces = self.0.borrow_mut();
        let piece = match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                if tag.kind == TagKind::EndTag {
                    pieces.push(Piece::End(name));
                    return TokenSinkResult::Continue;
                }
                let attribute = |it: &html5ever::Attribute| (it.name.local.to_string(), it.value.to_string());
                let attributes = tag.attrs.iter().map(attribute).collect();
                pieces.push(Piece::Start(name.clone(), attributes));
                return match name.as_str() {
                    "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
                    "style" | "script" => TokenSinkResult::RawData(Rawtext),
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::CharacterTokens(text) => {
                if let Some(Piece::Text(before)) = pieces.last_mut() {
                    before.push_str(&text);
                    return TokenSinkResult::Continue;
                }
                Piece::Text(text.to_string())
            }
            Token::EOFToken => return TokenSinkResult::Continue,
            other => Piece::Other(format!("{other:?}")),
        };
        pieces.push(piece);
        TokenSinkResult::Continue
    }
}

/// Returns the pieces of a page.
pub fn pieces(page: &str) -> Vec<Piece> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// Returns all texts that a page shows, and the values of its attributes.
pub fn texts(page: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for piece in pieces(page) {
        match piece {
            Piece::Text(text) => texts.push(text),
            Piece::Start(_, attributes) => texts.extend(attributes.into_iter().map(|(_, value)| value)),
            Piece::End(_) | Piece::Other(_) => {}
        }
    }
    texts
}
