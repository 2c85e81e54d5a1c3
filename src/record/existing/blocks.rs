//! Parses a Markdown document into text blocks with their byte ranges.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A parsed document.
pub struct Document<'a> {
    /// The whole text, including front matter.
    pub text: &'a str,
    /// The blocks, in document order.
    pub blocks: Vec<Block>,
    /// Byte range of the front matter, without its delimiters; empty if there is none.
    front: Range<usize>,
}

/// A block of text.
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// The lines; empty if the block is not text.
    pub lines: Vec<TextLine>,
    /// The cells of a table, row by row; empty if the block is not a table.
    pub rows: Vec<Vec<TextLine>>,
    /// Whether the block is inside a block quote.
    pub is_quoted: bool,
}

/// The kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph outside lists.
    Paragraph,
    /// Text in a list.
    Item,
    /// Code, a table or a thematic break.
    Other,
}

/// One line of a block.
#[derive(Default)]
pub struct TextLine {
    /// The text, without markup.
    pub text: String,
    /// Byte range in the document.
    pub range: Range<usize>,
    /// The links in the line.
    pub links: Vec<TextLink>,
}

/// A link in a line.
#[derive(Default)]
pub struct TextLink {
    /// The destination.
    pub target: String,
    /// The text, without markup.
    pub text: String,
}

impl TextLine {
    /// Appends a line. If it starts inside a link or emphasis of the previous line, merges the two.
    fn joined(mut lines: Vec<Self>, line: Self) -> Vec<Self> {
        match lines.last_mut().filter(|before| line.range.start < before.range.end) {
            Some(before) => {
                before.text.extend([" ", &line.text]);
                before.range.end = before.range.end.max(line.range.end);
                before.links.extend(line.links);
            }
            None => lines.push(line),
        }
        lines
    }
}

/// A field of the front matter.
pub struct FrontMatterField<'a> {
    /// The text after the colon.
    value: &'a str,
    /// Byte range of the value.
    pub range: Range<usize>,
    /// Whether the value is a string on one line, which can be replaced.
    pub is_plain: bool,
}

impl Block {
    /// Returns the text of the block on one line.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    /// Returns whether the block is a heading of any level.
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }

    /// Returns whether the block is a paragraph or list text outside block quotes.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, BlockKind::Paragraph | BlockKind::Item)
            && !self.is_quoted
            && !self.lines.is_empty()
    }
}

impl FrontMatterField<'_> {
    /// Returns the value, unquoted and unescaped.
    pub fn text(&self) -> String {
        let value = self.value;
        if let Some(inner) = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            return inner.replace("''", "'");
        }
        serde_json::from_str(value).unwrap_or_else(|_| value.to_owned())
    }
}

impl<'a> Document<'a> {
    /// Parses a document. Accepts a byte order mark and Windows line endings.
    pub fn new(text: &'a str) -> Self {
        let (front, body) = front_matter(text);
        let (title, body) = numbered_title(text, body);
        let blocks = title.into_iter().chain(blocks(&text[body..], body)).collect();
        Self { text, blocks, front }
    }

    /// Returns a front matter field by its name, ignoring ASCII case.
    pub fn field(&self, name: &str) -> Option<FrontMatterField<'a>> {
        let mut at = self.front.start;
        let mut lines = self.text[self.front.clone()].split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let key = line.get(..name.len()).filter(|key| key.eq_ignore_ascii_case(name));
            let value = key.and_then(|_| line[name.len()..].strip_prefix(':'));
            let value = value.filter(|rest| rest.trim().is_empty() || rest.starts_with([' ', '\t']));
            if let Some(value) = value {
                let begin = at + line.len() - value.trim_start_matches([' ', '\t']).len();
                let value = value.trim_matches([' ', '\t', '\r', '\n']);
                let goes_on = lines.peek().is_some_and(|next| next.starts_with([' ', '\t', '-']));
                let is_plain =
                    !value.is_empty() && !value.starts_with(|it| "|>[{&*!#".contains(it)) && !goes_on;
                return Some(FrontMatterField { value, range: begin..begin + value.len(), is_plain });
            }
            at += line.len();
        }
        None
    }
}

/// Returns the byte range of the front matter, without its delimiters, and the offset of the text after it.
fn front_matter(text: &str) -> (Range<usize>, usize) {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[begin..].split_inclusive('\n');
    let none = (begin..begin, begin);
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else { return none };
    let front = begin + first.len();
    let mut at = front;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return (front..at, at + line.len());
        }
        at += line.len();
    }
    none
}

/// Parses an underlined title that starts with a number, as in Nygard's first records. A Markdown parser
/// would take the number for a list item. Also returns the offset of the text after the title.
fn numbered_title(text: &str, body: usize) -> (Option<Block>, usize) {
    let none = (None, body);
    let begin = text.len() - text[body..].trim_start_matches(['\r', '\n']).len();
    let mut lines = text[begin..].split_inclusive('\n');
    let (Some(title), Some(underline)) = (lines.next(), lines.next()) else { return none };
    let rest = title.trim_start_matches(|it: char| it.is_ascii_digit());
    let number = &title[..title.len() - rest.len()];
    let Some(words) = rest.strip_prefix(". ").filter(|_| !number.is_empty()) else { return none };
    let line = underline.trim_end();
    if line.len() < 2 || line.bytes().any(|it| it != b'=') {
        return none;
    }
    let words = blocks(words, 0).first().map_or_else(String::new, Block::text);
    let range = begin..begin + title.trim_end().len();
    let line = TextLine { text: format!("{number}. {words}"), range, links: Vec::new() };
    let block = Block { kind: BlockKind::Heading(1), lines: vec![line], rows: Vec::new(), is_quoted: false };
    (Some(block), begin + title.len() + underline.len())
}

/// Parses a text into blocks; `at` is its byte offset in the document.
pub fn blocks(text: &str, at: usize) -> Vec<Block> {
    let mut reader =
        BlockReader { text, at, blocks: Vec::new(), open: None, is_linked: false, quotes: 0, lists: 0 };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.read(event, range);
    }
    reader.close();
    reader.blocks
}

struct BlockReader<'a> {
    text: &'a str,
    /// Byte offset of the text in the document.
    at: usize,
    blocks: Vec<Block>,
    /// The block whose text is being read.
    open: Option<Block>,
    /// Whether the parser is inside a link.
    is_linked: bool,
    quotes: usize,
    lists: usize,
}

impl BlockReader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text, range),
            // Inline HTML is not rendered, but belongs to the range of the line.
            Event::InlineHtml(_) => self.push("", range),
            Event::SoftBreak | Event::HardBreak => {
                if let Some(block) = &mut self.open {
                    block.lines.push(TextLine::default());
                }
            }
            Event::Rule => self.other(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open(if self.lists > 0 { BlockKind::Item } else { BlockKind::Paragraph }),
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(*level as u8)),
            Tag::Item => self.open(BlockKind::Item),
            Tag::List(_) => {
                self.close();
                self.lists += 1;
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) | Tag::Table(_) => self.other(),
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = self.blocks.last_mut() {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.open(BlockKind::Other),
            // HTML blocks, such as comments, contain no text.
            Tag::HtmlBlock => self.close(),
            Tag::Link { dest_url, .. } => {
                self.push("", range);
                if let Some(line) = self.open.as_mut().and_then(|block| block.lines.last_mut()) {
                    line.links.push(TextLink { target: dest_url.to_string(), text: String::new() });
                    self.is_linked = true;
                }
            }
            Tag::Emphasis | Tag::Strong | Tag::Image { .. } => self.push("", range),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.close(),
            TagEnd::Link => self.is_linked = false,
            TagEnd::TableCell => self.close_cell(),
            TagEnd::List(_) => {
                self.close();
                self.lists -= 1;
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes -= 1;
            }
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind) {
        self.close();
        let (lines, is_quoted) = (vec![TextLine::default()], self.quotes > 0);
        self.open = Some(Block { kind, lines, rows: Vec::new(), is_quoted });
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        block.lines.retain(|line| !line.range.is_empty());
        block.lines = block.lines.into_iter().fold(Vec::new(), TextLine::joined);
        if !block.lines.is_empty() {
            self.blocks.push(block);
        }
    }

    /// Appends the open cell, as one line, to the last row of the table.
    fn close_cell(&mut self) {
        let line = self.open.take().and_then(|mut cell| cell.lines.pop());
        if let Some(row) = self.blocks.last_mut().and_then(|table| table.rows.last_mut()) {
            row.push(line.unwrap_or_default());
        }
    }

    fn other(&mut self) {
        self.close();
        let (kind, is_quoted) = (BlockKind::Other, self.quotes > 0);
        self.blocks.push(Block { kind, lines: Vec::new(), rows: Vec::new(), is_quoted });
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        let Some(line) = self.open.as_mut().and_then(|block| block.lines.last_mut()) else { return };
        // The parser's range excludes the backslash that escapes a character.
        let begin = range.start - usize::from(self.text[..range.start].ends_with('\\'));
        let end = begin + self.text[begin..range.end].trim_end().len();
        let range = self.at + begin..self.at + end.max(begin);
        line.text.push_str(text);
        if let Some(link) = line.links.last_mut().filter(|_| self.is_linked) {
            link.text.push_str(text);
        }
        if range.is_empty() {
            return;
        }
        line.range = if line.range.is_empty() {
            range
        } else {
            line.range.start.min(range.start)..line.range.end.max(range.end)
        };
    }
}
