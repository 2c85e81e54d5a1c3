//! A session: a team's answers, kept in a file together with the details of the record and the decisions.
//!
//! Must not depend on a terminal. Must not store the current advice, which is always recomputed.

mod assignment;
mod attributes;
mod chosen;
mod decide;
mod details;
mod differences;
mod drafts;
mod durable_write;
mod format;
mod lines;
mod lock;
mod read;
mod rescue;
mod saver;
mod state_folder;
mod store;
mod versions;
mod write;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Result, bail};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::answers::{Answers, PartId};
use crate::questionnaire::{QuestionId, Questionnaire};
use crate::source::{self, Rejected, Source};

pub use crate::sanitize::name_of;
pub use assignment::{limited_text, part_called};
pub use chosen::{Chosen, likely_meant};
pub use details::DetailField;
pub use drafts::{Drafts, Written};
pub use durable_write::{save, save_new};
pub use format::Orphan;
pub use rescue::{RescueFile, RescueFiles};
pub use saver::{Saver, SaverReport};
pub use state_folder::{Bookmark, StateFolder};
pub use store::{Store, Unsaved};

/// The session file that is opened if none is named.
pub const DEFAULT_FILE: &str = "langfit-session.ron";

/// The name of the built-in example.
pub const EXAMPLE: &str = "example.ron";

/// The text of the example, a finished session of the built-in questionnaire.
pub const EXAMPLE_TEXT: &str = include_str!("../docs/example.ron");

/// Length of a generated id, in lowercase letters and digits. A collision is unlikely even among a million
/// sessions.
const ID: usize = 10;
/// Maximum length of an id, which may be written by hand.
const LONGEST_ID: usize = 40;

/// The details of a record. Every field is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Title of the decision.
    pub title: String,
    /// The system the decision is about.
    pub system: String,
    /// People who decide.
    pub deciders: Vec<String>,
    /// People who were consulted.
    pub consulted: Vec<String>,
    /// People who are kept informed.
    pub informed: Vec<String>,
    /// Date of the record. Defaults to the day on which the session was first opened or saved.
    pub date: Option<Date>,
    /// Day on which the deciders accepted the decision; `None` while it is proposed.
    pub accepted: Option<Date>,
    /// Day by which to review the decision. Defaults to one year after the date.
    pub review_by: Option<Date>,
}

/// The team's decision for one part or for the whole system. It is recorded as stated and may differ from the
/// advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Name of the part; `None` means the system as a whole.
    pub part: Option<String>,
    /// The candidate or other text that was decided on.
    pub chosen: Chosen,
    /// Ids of the candidates that the kit chose on that day; several on a tie.
    pub advised: Vec<String>,
    /// The reason. Required if the decision differs from the kit's choice, otherwise optional.
    pub because: String,
    /// The day of the decision.
    pub date: Date,
    /// Version of the questionnaire that the advice came from.
    pub version: String,
    /// Digest of that questionnaire.
    pub digest: String,
}

/// Answers with their details, decisions and metadata.
#[derive(Debug, Clone)]
pub struct Session {
    /// The id by which records refer to the session; empty until [`Session::stamp`] generates it.
    pub id: String,
    /// The questionnaire's path relative to the session's folder, with `/` as separator. `None` for the
    /// built-in questionnaire, or if the path is not stored.
    pub questions: Option<String>,
    /// The details of the record.
    pub details: Details,
    /// The answers.
    pub answers: Answers,
    /// The question whose answer changed last or, after opening, the question where the user stopped. This is
    /// per-user state: it is not in the file, and comparing sessions ignores it.
    pub at: Option<QuestionId>,
    /// The decisions, in the order of the parts.
    pub decided: Vec<Decision>,
    /// Entries of the file that do not fit the questionnaire. They are kept in the file, but do not count as
    /// answers.
    pub orphans: Vec<Orphan>,
    /// The questionnaire's version when the session was saved, if the questionnaire has changed since.
    pub saved_under: Option<String>,
    /// The number of hidden characters that reading the file made visible, to be reported once.
    pub hidden: usize,
}

/// The reference to a questionnaire in a session file. It is read before the questionnaire is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionsOf {
    /// The questionnaire's id.
    pub id: String,
    /// The questionnaire's path, relative to the session's folder.
    pub file: Option<String>,
}

impl QuestionsOf {
    /// Reads the reference from a session file. Returns `None` if the file is missing or invalid; loading the
    /// session then reports the error.
    pub fn read(path: &Path) -> Option<Self> {
        read::questions_of(&source::read(path).ok()?)
    }
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        // Destructured, so that the compiler reports new fields. The ignored fields do not affect what the
        // team answered or decided.
        let Self { id, questions: _, details, answers, at: _, decided, orphans, saved_under, hidden: _ } =
            self;
        // The order may differ if parts were removed and added again.
        let same_decided = decided.len() == other.decided.len()
            && decided.iter().all(|decision| other.decided.contains(decision));
        (id, details, answers) == (&other.id, &other.details, &other.answers)
            && same_decided
            && (orphans, saved_under) == (&other.orphans, &other.saved_under)
    }
}

impl Eq for Session {}

impl Session {
    /// Returns a session without answers.
    pub fn new(questionnaire: &Questionnaire) -> Self {
        Self {
            id: String::new(),
            questions: None,
            details: Details::default(),
            answers: Answers::new(questionnaire),
            at: None,
            decided: Vec::new(),
            orphans: Vec::new(),
            saved_under: None,
            hidden: 0,
        }
    }

    /// Reads a session file.
    ///
    /// Fails if the file does not exist, is not a session, has a newer format or belongs to another
    /// questionnaire. The error says where the problem is and what to do. The file is left unchanged.
    pub fn load(path: &Path, questionnaire: &Questionnaire) -> Result<Self> {
        if let Err(error) = std::fs::metadata(path)
            && error.kind() == std::io::ErrorKind::NotFound
        {
            let hint = "open it with langfit to create it, or answer with --set";
            bail!("{}: no such session; {hint}", name_of(path));
        }
        Ok(Self::parse(&source::read(path)?, questionnaire)?)
    }

    /// Parses the text of a session file.
    pub fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Self, Rejected> {
        read::parse(source, questionnaire)
            .map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
    }

    /// Sets the id, the date and the review date if they are missing. The date is set to `today`, and the
    /// review date to one year after the date.
    pub fn stamp(&mut self, today: Date) {
        if self.id.is_empty() {
            self.id = std::iter::repeat_with(|| fastrand::digit(36)).take(ID).collect();
        }
        let date = *self.details.date.get_or_insert(today);
        self.details.review_by.get_or_insert_with(|| date.saturating_add(1.year()));
    }

    /// Renames a part, also in its decision and its orphans. Drops the decision and orphans that were kept
    /// for a removed part with the new name. If another part has the name, a number is appended.
    pub fn rename_part(&mut self, part: PartId, name: &str) {
        let before = self.answers[part].name.clone();
        self.answers.rename(part, name);
        let name = self.answers[part].name.clone();
        if before == name {
            return;
        }
        self.orphans.retain_mut(|it| it.part_mut().is_none_or(|part| *part != name));
        self.decided.retain(|it| it.part.as_ref() != Some(&name));
        let orphans = self.orphans.iter_mut().filter_map(Orphan::part_mut);
        let decided = self.decided.iter_mut().filter_map(|it| it.part.as_mut());
        for kept in orphans.chain(decided).filter(|kept| **kept == before) {
            kept.clone_from(&name);
        }
    }
}

/// Returns today's date in the local time zone.
pub fn today() -> Date {
    // A clock past the end of the calendar is no reason to fail.
    let now = Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
    now.to_zoned(TimeZone::system()).date()
}

/// Converts text typed in the program to a path. Replaces a leading `~` with the home folder, because no
/// shell does.
pub fn typed_path(text: &str) -> PathBuf {
    let home = || std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let below_home = match text {
        "~" => Some(""),
        text => text.strip_prefix("~/").map(|rest| rest.trim_start_matches('/')),
    };
    match below_home.zip(home()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(text),
    }
}

/// Returns whether a text is a valid session id.
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
