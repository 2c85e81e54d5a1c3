//! Says in an old record which one takes its place; must not change anything but its status.

use super::blocks::Document;
use super::{StatusPlace, status};
use crate::record::RecordLink;
use crate::record::markdown::{escape_link, target};

/// What becomes of the old record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Superseding {
    /// Its status is replaced.
    Replaced {
        /// What the old record is now.
        text: String,
        /// The line that changed and its place in words, for a file that cannot be written.
        line: String,
    },
    /// It says so already.
    Already,
    /// It must be changed by hand.
    ByHand {
        /// Why, to stand behind its name.
        why: &'static str,
        /// The line that it needs and its place in words.
        line: String,
    },
}

/// Puts the new record into the place of the old one's status, in the manner of the old one.
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
