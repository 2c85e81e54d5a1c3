//! Parses which records a record supersedes, and which supersede it.

use percent_encoding::percent_decode_str;

use super::blocks::{Block, Document, TextLine, TextLink, blocks};
use super::{Status, StatusPlace, labelled};
use crate::record::RecordName;

/// One record's relation to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The direction of the relation.
    pub kind: RelationKind,
    /// The other record.
    pub target: RecordReference,
    /// Text of the link to it; empty if there is no link.
    pub title: String,
}

/// Which of two records supersedes the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// The other record supersedes this one.
    SupersededBy,
    /// This record supersedes the other one.
    Supersedes,
}

/// How a record names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordReference {
    /// The path of its file, relative to the record that names it.
    File(String),
    /// Its number, and the reference as written, such as `ADR-0012`.
    Number(u32, String),
    /// The name of its file, without the extension.
    Stem(String),
}

/// Returns all relations that a document states.
pub(super) fn all(document: &Document<'_>, status: Option<&Status>) -> Vec<Relation> {
    // A status outside the text blocks is parsed separately.
    let is_apart = |it: &&Status| {
        matches!(it.place, StatusPlace::FrontMatter | StatusPlace::Heading | StatusPlace::Table)
    };
    let front = status.filter(is_apart).map(|it| blocks(&it.text, 0));
    let own = document.blocks.iter().filter(|block| block.is_text());
    let lines = |block: &Block| block.lines.iter().flat_map(of_line).collect::<Vec<_>>();
    front.iter().flatten().chain(own).flat_map(lines).collect()
}

/// Returns whether a line in a status section is about another record rather than the status itself.
pub(super) fn speaks_of_others(text: &str) -> bool {
    const WORDS: [&str; 8] =
        ["supersedes", "supercedes", "amends", "amended", "clarifies", "clarified", "relates", "linked"];
    let word = text.split(|it: char| !it.is_alphabetic()).find(|word| !word.is_empty());
    word.is_some_and(|word| WORDS.iter().any(|it| word.eq_ignore_ascii_case(it)))
}

fn of_line(line: &TextLine) -> Vec<Relation> {
    let text = labelled(&line.text).filter(|(label, _)| label.eq_ignore_ascii_case("status"));
    let text = text.map_or(line.text.as_str(), |(_, value)| &line.text[value..]).trim();
    let Some((kind, rest)) = spoken(text) else { return Vec::new() };
    let linked = |link: &TextLink| {
        let target = RecordReference::File(file(&link.target)?);
        Some(Relation { kind, target, title: link.text.clone() })
    };
    let mut relations: Vec<Relation> = line.links.iter().filter_map(linked).collect();
    if line.links.is_empty() && kind == RelationKind::SupersededBy {
        let unlinked = |target| Relation { kind, target, title: String::new() };
        relations.extend(named(rest).map(unlinked));
    }
    relations
}

/// Returns the direction that a line states, and the rest of the line. Accepts `superseded` and `superceded`.
fn spoken(text: &str) -> Option<(RelationKind, &str)> {
    let begins = |words: &str| {
        let begin = text.get(..words.len())?;
        begin.eq_ignore_ascii_case(words).then(|| text[words.len()..].trim_start_matches([' ', ':']))
    };
    let successor = || begins("superseded by").or_else(|| begins("superceded by"));
    let predecessor = || begins("supersedes").or_else(|| begins("supercedes"));
    successor()
        .map(|rest| (RelationKind::SupersededBy, rest))
        .or_else(|| predecessor().map(|rest| (RelationKind::Supersedes, rest)))
}

/// Returns the decoded path of a link, if it is a relative path.
pub(super) fn file(link: &str) -> Option<String> {
    let path = link.split(['#', '?']).next().filter(|path| !path.is_empty() && !path.starts_with('/'))?;
    let scheme =
        path.split_once(':').is_some_and(|(scheme, _)| scheme.bytes().all(|it| it.is_ascii_alphanumeric()));
    (!scheme).then(|| percent_decode_str(path).decode_utf8_lossy().into_owned())
}

/// Parses a reference to a record that is not a link.
fn named(text: &str) -> Option<RecordReference> {
    let text = text.trim_end_matches('.');
    let adr = text
        .get(..3)
        .filter(|it| it.eq_ignore_ascii_case("adr"))
        .map(|_| text[3..].trim_start_matches(['-', ' ', '#']));
    let rest = adr.unwrap_or(text);
    let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    // Without the prefix `ADR`, a number followed by text may count something else.
    let is_number =
        if adr.is_some() { !rest[digits..].starts_with(char::is_alphanumeric) } else { digits == rest.len() };
    if let Some(number) = rest[..digits].parse().ok().filter(|_| is_number) {
        return Some(RecordReference::Number(number, text[..text.len() - rest.len() + digits].to_owned()));
    }
    let is_stem = !text.contains(char::is_whitespace) && RecordName::parse(text).is_some();
    is_stem.then(|| RecordReference::Stem(text.to_owned()))
}
