//! Parses records that already exist, whether or not this program wrote them.

mod blocks;
mod relations;
mod supersede;

use std::ops::Range;

use self::blocks::{Block, BlockKind, Document, TextLine};
use crate::session::is_id;

pub use relations::{RecordReference, Relation, RelationKind};
pub use supersede::{Superseding, supersede};

/// Prefix of the line that names the session, in every Markdown dialect.
const SESSION: &str = "Session: ";
/// Prefix of the session's id in HTML; the template writes it into the head.
const SESSION_IN_HTML: &str = "<meta name=\"langfit-session\" content=\"";

/// Prefix of the line about a superseded record, in HTML.
const SUPERSEDES_IN_HTML: &str = "<p>Supersedes <a href=\"";
/// Headings that are typical of decision records.
const HEADINGS: [&str; 4] =
    ["context and problem statement", "considered options", "decision outcome", "decision"];
/// Prefixes that tell a status from other text, where two table cells could contain it.
const STATUSES: [&str; 10] = [
    "accepted",
    "approved",
    "decided",
    "deprecated",
    "draft",
    "implemented",
    "pending",
    "proposed",
    "rejected",
    "supe",
];

/// An existing record.
#[derive(Debug, Clone, Default)]
pub struct ExistingRecord {
    /// The title, as plain text.
    pub title: Option<String>,
    /// Whether the record has a title or a heading of any level.
    pub is_headed: bool,
    /// Whether the document is a decision record: it has a status, a session, or a typical heading.
    pub is_decision: bool,
    /// Id of the session that the record documents.
    pub session: Option<String>,
    /// The relations to records that this one supersedes or that supersede it.
    pub relations: Vec<Relation>,
}

impl ExistingRecord {
    /// Parses a record written in Markdown.
    pub fn in_markdown(text: &str) -> Self {
        let document = Document::new(text);
        let title = title(&document);
        let status = status(&document);
        let session = document.blocks.iter().rev().find_map(session);
        let mut headings = document.blocks.iter().filter(|it| it.is_heading());
        let is_typical =
            |it: &Block| HEADINGS.iter().any(|known| subject(&it.text()).eq_ignore_ascii_case(known));
        Self {
            is_decision: status.is_some() || session.is_some() || headings.any(is_typical),
            is_headed: title.is_some() || document.blocks.iter().any(Block::is_heading),
            relations: relations::all(&document, status.as_ref()),
            session,
            title,
        }
    }

    /// Returns whether another record supersedes this one.
    pub fn is_superseded(&self) -> bool {
        self.relations.iter().any(|it| it.kind == RelationKind::SupersededBy)
    }

    /// Parses a record that this program wrote as HTML.
    pub fn in_html(text: &str) -> Self {
        let id = text.split_once(SESSION_IN_HTML).and_then(|(_, rest)| rest.split_once('"'));
        let session = id.map(|(id, _)| id.to_owned()).filter(|id| is_id(id));
        let is_decision = session.is_some();
        Self { session, is_decision, relations: superseded_in_html(text), ..Self::default() }
    }

    /// Parses a record that this program wrote as JSON.
    pub fn in_json(text: &str) -> Self {
        let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
        let id = value.as_ref().and_then(|value| value["session"].as_str());
        let session = id.map(str::to_owned).filter(|id| is_id(id));
        Self { is_decision: session.is_some(), session, ..Self::default() }
    }
}

/// Returns the records that an HTML record says it supersedes.
fn superseded_in_html(text: &str) -> Vec<Relation> {
    let relation = |rest: &str| {
        let (link, rest) = rest.split_once("\">")?;
        let target = RecordReference::File(relations::file(link)?);
        let title = from_html(rest.split_once("</a>")?.0);
        Some(Relation { kind: RelationKind::Supersedes, target, title })
    };
    text.split(SUPERSEDES_IN_HTML).skip(1).filter_map(relation).collect()
}

/// Undoes the HTML escaping of the template.
fn from_html(text: &str) -> String {
    let pairs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

/// Returns the title of a Markdown record as plain text: the first level-1 heading, else the front matter's
/// title. Returns `None` if the record has no title.
pub fn heading(text: &str) -> Option<String> {
    title(&Document::new(text))
}

fn title(document: &Document<'_>) -> Option<String> {
    let headings = document.blocks.iter().filter(|it| it.kind == BlockKind::Heading(1) && !it.is_quoted);
    let first = headings.map(Block::text).find(|text| !text.is_empty());
    first.or_else(|| document.field("title").map(|field| field.text())).filter(|title| !title.is_empty())
}

/// Returns the session id if the block is the line that names it. Requires an unquoted paragraph of one line,
/// so that embedded text cannot pass for it.
fn session(block: &Block) -> Option<String> {
    let is_alone = block.kind == BlockKind::Paragraph && !block.is_quoted && block.lines.len() == 1;
    let id = block.lines.first().filter(|_| is_alone)?.text.strip_prefix(SESSION)?;
    is_id(id).then(|| id.to_owned())
}

/// The status of a record and where it is stated.
struct Status {
    place: StatusPlace,
    /// Byte range of the status text; `None` if it cannot be replaced.
    range: Option<Range<usize>>,
    text: String,
}

/// Where a record states its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StatusPlace {
    /// The `status` field of the front matter, as in MADR.
    FrontMatter,
    /// A line `Status: …` under the title, as in Log4brains.
    Bullet,
    /// The text under the heading `Status`, as in Nygard's records.
    Section,
    /// A heading such as `Status: …`.
    Heading,
    /// A cell of a table under the title.
    Table,
}

fn status(document: &Document<'_>) -> Option<Status> {
    in_front_matter(document)
        .or_else(|| in_bullet(document))
        .or_else(|| in_section(document))
        .or_else(|| in_heading(document))
        .or_else(|| in_table(document))
}

/// Returns a heading's text without its leading number or trailing colon.
fn subject(text: &str) -> &str {
    let is_number = |it: char| it.is_ascii_digit() || matches!(it, '.' | ')' | ' ');
    text.trim_start_matches(is_number).trim_end_matches([':', ' '])
}

fn in_heading(document: &Document<'_>) -> Option<Status> {
    let headings =
        document.blocks.iter().filter(|it| matches!(it.kind, BlockKind::Heading(2..)) && !it.is_quoted);
    headings.filter(|it| it.lines.len() == 1).find_map(|block| {
        let range = block.lines[0].range.clone();
        let source = &document.text[range.clone()];
        let is_number = |it: char| it.is_ascii_digit() || matches!(it, '.' | ')' | ' ' | '\\');
        let words = source.trim_start_matches(is_number);
        let (label, value) = labelled(words)?;
        if !label.eq_ignore_ascii_case("status") || value == words.len() {
            return None;
        }
        let range = range.start + source.len() - words.len() + value..range.end;
        let text = document.text[range.clone()].to_owned();
        Some(Status { place: StatusPlace::Heading, range: Some(range), text })
    })
}

/// Finds the status in the cell after the word Status, or below it if Status is a column header.
fn in_table(document: &Document<'_>) -> Option<Status> {
    let head = document.blocks.iter().take_while(|it| !matches!(it.kind, BlockKind::Heading(2..)));
    let rows = head.filter(|it| !it.is_quoted).find_map(|block| {
        let is_status = |cell: &TextLine| subject(&cell.text).eq_ignore_ascii_case("status");
        let row = block.rows.iter().position(|row| row.iter().any(is_status))?;
        let column = block.rows[row].iter().position(is_status)?;
        Some((&block.rows, row, column))
    });
    let (rows, row, column) = rows?;
    let below = rows.get(1).filter(|_| row == 0).and_then(|next| next.get(column));
    let cells: Vec<&TextLine> = rows[row].get(column + 1).into_iter().chain(below).collect();
    let is_known = |cell: &&&TextLine| {
        let begins =
            |status: &&str| cell.text.get(..status.len()).is_some_and(|it| it.eq_ignore_ascii_case(status));
        cells.len() == 1 || STATUSES.iter().any(begins)
    };
    let range = cells.iter().find(is_known).map(|cell| cell.range.clone()).filter(|range| !range.is_empty());
    let text = range.clone().map_or_else(String::new, |range| document.text[range].to_owned());
    Some(Status { place: StatusPlace::Table, range, text })
}

fn in_front_matter(document: &Document<'_>) -> Option<Status> {
    let field = document.field("status")?;
    Some(Status {
        place: StatusPlace::FrontMatter,
        text: field.text(),
        range: field.is_plain.then_some(field.range),
    })
}

fn in_bullet(document: &Document<'_>) -> Option<Status> {
    let head = document.blocks.iter().take_while(|it| !matches!(it.kind, BlockKind::Heading(2..)));
    head.filter(|it| it.is_text()).find_map(|block| {
        let source = |at: usize| &document.text[block.lines[at].range.clone()];
        let found = (0..block.lines.len()).find_map(|at| {
            let (label, value) = labelled(source(at))?;
            label.eq_ignore_ascii_case("status").then_some((at, value))
        });
        let (first, value) = found?;
        let next = (first + 1..block.lines.len()).find(|at| labelled(source(*at)).is_some());
        let last = next.unwrap_or(block.lines.len()) - 1;
        let range = block.lines[first].range.start + value..block.lines[last].range.end;
        let text = document.text[range.clone()].to_owned();
        // A value that starts on the next line may not be a status.
        let is_plain = value < source(first).len();
        Some(Status { place: StatusPlace::Bullet, range: is_plain.then_some(range), text })
    })
}

fn in_section(document: &Document<'_>) -> Option<Status> {
    let is_status = |it: &Block| {
        let is_heading = it.is_heading() && !it.is_quoted;
        is_heading && subject(&it.text()).eq_ignore_ascii_case("status")
    };
    let at = document.blocks.iter().position(is_status)?;
    let section = document.blocks[at + 1..].iter().take_while(|it| !it.is_heading());
    // The section can also contain lines about other records, which are not the status.
    let is_link = |text: &str| relations::speaks_of_others(text);
    let block = section.clone().find(|it| it.lines.first().is_none_or(|line| !is_link(&line.text)));
    let range = block.filter(|it| it.is_text()).map(|block| {
        let own = block.lines.iter().take_while(|line| !is_link(&line.text));
        block.lines[0].range.start..own.last().map_or(block.lines[0].range.end, |line| line.range.end)
    });
    let text = range.clone().map_or_else(String::new, |range| document.text[range].to_owned());
    Some(Status { place: StatusPlace::Section, range, text })
}

/// Returns the label before a colon at the start of a line, emphasized or not, and the offset of the text
/// after it.
fn labelled(line: &str) -> Option<(&str, usize)> {
    let marks = &line[..line.len() - line.trim_start_matches(['*', '_']).len()];
    let rest = &line[marks.len()..];
    let end = rest.find(|it: char| !it.is_alphabetic() && !" -".contains(it))?;
    let (label, rest) = rest.split_at(end);
    let behind = rest.strip_prefix(':').and_then(|rest| rest.strip_prefix(marks));
    let before = || rest.strip_prefix(marks)?.trim_start_matches(' ').strip_prefix(':');
    let value = behind.or_else(before)?.trim_start();
    (!label.trim().is_empty()).then(|| (label.trim(), line.len() - value.len()))
}
