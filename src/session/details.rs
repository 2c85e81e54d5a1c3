//! What a record says about itself, as lines that people edit.

use jiff::civil::Date;

use super::Details;
use crate::source::TITLE;

/// One of the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailField {
    /// Title of the decision.
    Title,
    /// The system the decision is about.
    System,
    /// Who decides.
    Deciders,
    /// Whose opinion was asked.
    Consulted,
    /// Who is kept informed.
    Informed,
    /// The day of the decision.
    Date,
    /// When to look at it again.
    ReviewBy,
}

impl DetailField {
    /// All of them, in the order of a record.
    pub const ALL: [Self; 7] = [
        Self::Title,
        Self::System,
        Self::Deciders,
        Self::Consulted,
        Self::Informed,
        Self::Date,
        Self::ReviewBy,
    ];

    /// Returns its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::System => "System",
            Self::Deciders => "Deciders",
            Self::Consulted => "Consulted",
            Self::Informed => "Informed",
            Self::Date => "Date",
            Self::ReviewBy => "Review by",
        }
    }

    /// Says whether several belong there.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Deciders | Self::Consulted | Self::Informed)
    }

    /// Returns what belongs there, in a few words.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Title => "title of the decision",
            Self::System => "the system the decision is about",
            Self::Deciders => "who decides; several with ; between them",
            Self::Consulted => "whose opinion was asked; several with ; between them",
            Self::Informed => "who is kept informed; several with ; between them",
            Self::Date => "day of the decision, as 2026-11-21",
            Self::ReviewBy => "when to look at it again, as 2027-11-21",
        }
    }
}

impl Details {
    /// Returns a detail as one line, empty if it is missing.
    pub fn line(&self, field: DetailField) -> String {
        let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        match field {
            DetailField::Title => self.title.clone(),
            DetailField::System => self.system.clone(),
            DetailField::Deciders => self.deciders.join("; "),
            DetailField::Consulted => self.consulted.join("; "),
            DetailField::Informed => self.informed.join("; "),
            DetailField::Date => day(self.date),
            DetailField::ReviewBy => day(self.review_by),
        }
    }

    /// Takes a detail from a line; an error says in a sentence what is wrong with it.
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
                .map_err(|_| format!("“{line}” is no day of the calendar; write it as 2026-11-21")),
        };
        match field {
            DetailField::Title => line.clone_into(&mut self.title),
            DetailField::System => line.clone_into(&mut self.system),
            DetailField::Deciders => self.deciders = names()?,
            DetailField::Consulted => self.consulted = names()?,
            DetailField::Informed => self.informed = names()?,
            DetailField::Date => self.date = day()?,
            DetailField::ReviewBy => self.review_by = day()?,
        }
        Ok(())
    }
}
