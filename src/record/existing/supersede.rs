//! Marks an old record as superseded by a new one. Must not change anything but its status.

use super::blocks::Document;
use super::{StatusPlace, status};
use crate::record::RecordLink;
use crate::record::markdown::{escape_link, target};

/// The result of marking an old record as superseded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Superseding {
    /// The status was replaced.
    Replaced {
        /// The new text of the old record.
        text: String,
        /// An instruction with the line to write, in case the file cannot be written.
        line: String,
    },
    /// The status already names the new record.
    Already,
    /// The record must be edited by hand.
    ByHand {
        /// The reason, as a phrase that follows the record's name.
        why: &'static str,
        /// An instruction with the line to write.
        line: String,
    },
}

/// Replaces an old record's status with a reference to the new record, in the style of the old one.
pub fn supersede(text: &str, by: &RecordLink) -> Superseding {
    let document = Document::new(text);
    let Some(status) = status(&document) else {
        let line = format!("add this line under its title:\n{}", words(StatusPlace::Section, by));
        return Superseding::ByHand { why: "has no status to replace", line };
    };
    let value = words(status.place, by);
    let line = match status.place {
        StatusPlace::FrontMatter => format!("write in its front matter:\nstatus: {value}"),
        StatusPlace::Bullet => format!("write under its title:\n- Status: {value}"),
        StatusPlace::Section => format!("write under its heading Status:\n{value}"),
        StatusPlace::Heading => format!("write as its heading:\n## Status: {value}"),
        StatusPlace::Table => format!("write in its table:\n| Status | {value} |"),
    };
    let Some(range) = status.range else {
        return Superseding::ByHand { why: "its status cannot be replaced", line };
    };
    if status.text == value {
        return Superseding::Already;
    }
    let is_taken = status.text.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("super"));
    if is_taken {
        return Superseding::ByHand { why: "is superseded by another record already", line };
    }
    Superseding::Replaced { text: format!("{}{value}{}", &text[..range.start], &text[range.end..]), line }
}

fn words(place: StatusPlace, by: &RecordLink) -> String {
    let RecordLink { number, title, stem, file } = by;
    match (place, number) {
        (StatusPlace::FrontMatter, Some(digits)) => format!("superseded by ADR-{digits}"),
        (StatusPlace::FrontMatter, None) => {
            let is_plain = stem.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it));
            let words = format!("superseded by {stem}");
            if is_plain { words } else { serde_json::Value::from(words).to_string() }
        }
        (StatusPlace::Bullet, _) => format!("superseded by [{}]({})", escape_link(stem), target(file)),
        (StatusPlace::Section | StatusPlace::Heading | StatusPlace::Table, number) => {
            let number = number.as_deref().and_then(|digits| digits.parse::<u32>().ok());
            let number = number.map(|number| format!("{number}. ")).unwrap_or_default();
            format!("Superseded by [{number}{}]({})", escape_link(title), target(file))
        }
    }
}
