//! The details of a record, as lines that can be edited.

use jiff::civil::Date;

use super::Details;
use crate::source::TITLE;

/// A field of the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailField {
    /// Title of the decision.
    Title,
    /// The system the decision is about.
    System,
    /// People who decide.
    Deciders,
    /// People who were consulted.
    Consulted,
    /// People who are kept informed.
    Informed,
    /// Date of the record.
    Date,
    /// Day on which the deciders accepted the decision.
    Accepted,
    /// Day by which to review the decision.
    ReviewBy,
}

impl DetailField {
    /// All fields, in the order of a record.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::System,
        Self::Deciders,
        Self::Consulted,
        Self::Informed,
        Self::Date,
        Self::Accepted,
        Self::ReviewBy,
    ];

    /// Returns the field's name for display.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::System => "System",
            Self::Deciders => "Deciders",
            Self::Consulted => "Consulted",
            Self::Informed => "Informed",
            Self::Date => "Date",
            Self::Accepted => "Accepted",
            Self::ReviewBy => "Review by",
        }
    }

    /// Returns whether the field is a list of names.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Deciders | Self::Consulted | Self::Informed)
    }

    /// Returns a short description of the expected content.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Title => "title of the decision",
            Self::System => "the system the decision is about",
            Self::Deciders => "people who decide; separate names with ;",
            Self::Consulted => "people who were consulted; separate names with ;",
            Self::Informed => "people who are kept informed; separate names with ;",
            Self::Date => "date of the record, as 2026-11-21",
            Self::Accepted => "day of approval, as 2026-11-28; until then the record says “proposed”",
            Self::ReviewBy => "date of the review, as 2027-11-21",
        }
    }
}

impl Details {
    /// Returns a field as one line; empty if it is not set.
    pub fn line(&self, field: DetailField) -> String {
        let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        match field {
            DetailField::Title => self.title.clone(),
            DetailField::System => self.system.clone(),
            DetailField::Deciders => self.deciders.join("; "),
            DetailField::Consulted => self.consulted.join("; "),
            DetailField::Informed => self.informed.join("; "),
            DetailField::Date => day(self.date),
            DetailField::Accepted => day(self.accepted),
            DetailField::ReviewBy => day(self.review_by),
        }
    }

    /// Sets a field from a line. The error is a sentence that says what is wrong.
    pub fn set_line(&mut self, field: DetailField, line: &str) -> Result<(), String> {
        let line = line.trim();
        let names = || {
            let names = line.split(';').map(str::trim).filter(|name| !name.is_empty());
            match names.clone().find(|name| name.chars().count() > TITLE) {
                Some(name) => {
                    let name: String = name.chars().take(20).collect();
                    Err(format!("“{name}…” has more than {TITLE} characters; put ; between names"))
                }
                None => Ok(names.map(str::to_owned).collect::<Vec<_>>()),
            }
        };
        let day = || match line {
            "" => Ok(None),
            line => line
                .parse::<Date>()
                .map(Some)
                .map_err(|_| format!("“{line}” is not a date; write it as 2026-11-21")),
        };
        match field {
            DetailField::Title => line.clone_into(&mut self.title),
            DetailField::System => line.clone_into(&mut self.system),
            DetailField::Deciders => self.deciders = names()?,
            DetailField::Consulted => self.consulted = names()?,
            DetailField::Informed => self.informed = names()?,
            DetailField::Date => self.date = day()?,
            DetailField::Accepted => self.accepted = day()?,
            DetailField::ReviewBy => self.review_by = day()?,
        }
        Ok(())
    }
}
