//! A session: the answers a team keeps in a file, with who decides and where they stopped.
//!
//! Must not know a terminal and must not hold advice, which is always computed anew.

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
use crate::sanitize::sanitize_line;
use crate::source::{self, Rejected, Source};

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

/// The session opened when none is named.
pub const DEFAULT_FILE: &str = "langfit-session.ron";

/// The name of the example that is built in.
pub const EXAMPLE: &str = "example.ron";

/// The example, a finished session of the questionnaire that is built in.
pub const EXAMPLE_TEXT: &str = include_str!("../docs/example.ron");

/// Letters and digits of an id that the program makes: enough for all sessions there will be.
const ID: usize = 10;
/// The same of one that somebody wrote.
const LONGEST_ID: usize = 40;

/// What a record says about itself; everything may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Title of the decision.
    pub title: String,
    /// The system the decision is about.
    pub system: String,
    /// Who decides.
    pub deciders: Vec<String>,
    /// Whose opinion was asked.
    pub consulted: Vec<String>,
    /// Who is kept informed.
    pub informed: Vec<String>,
    /// Day of the first save, unless edited.
    pub date: Option<Date>,
    /// When to look at the decision again; a year after the date, unless edited.
    pub review_by: Option<Date>,
}

/// What people concluded for one part; not advice, and kept as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Name of the part; `None` is the system as a whole.
    pub part: Option<String>,
    /// What it is for.
    pub chosen: Chosen,
    /// Ids of what the kit chose on that day; several on a tie.
    pub advised: Vec<String>,
    /// Why, where it is not what the kit chose.
    pub because: String,
    /// The day.
    pub date: Date,
    /// Version of the questionnaire that the advice came from.
    pub version: String,
    /// Its digest.
    pub digest: String,
}

/// Answers and what belongs to them.
#[derive(Debug, Clone)]
pub struct Session {
    /// Says which records belong to it; made with its date, empty before.
    pub id: String,
    /// Where its questionnaire is, relative to its folder, with `/` between names; nothing for the one that is
    /// built in, or if that was not to be said.
    pub questions: Option<String>,
    /// What a record says about itself.
    pub details: Details,
    /// The answers.
    pub answers: Answers,
    /// The question whose answer changed last: one person's, so that it is not in the file, and two
    /// sessions which differ in nothing else are equal.
    pub at: Option<QuestionId>,
    /// What people concluded, in the order of the parts.
    pub decided: Vec<Decision>,
    /// What the file holds that this questionnaire has no place for; kept, not counted.
    pub orphans: Vec<Orphan>,
    /// The version under which the file was saved, if it is another one than today's.
    pub saved_under: Option<String>,
    /// How many characters the file hid that are spelled out now; said once.
    pub hidden: usize,
}

/// Which questionnaire a session file says it belongs to, read before that questionnaire is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionsOf {
    /// Its id.
    pub id: String,
    /// Where it is, relative to the session's folder.
    pub file: Option<String>,
}

impl QuestionsOf {
    /// Looks into a file; nothing if it is not there or does not say, which whoever reads all of it will tell.
    pub fn read(path: &Path) -> Option<Self> {
        read::questions_of(&source::read(path).ok()?)
    }
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        // Written out, so that a new field is not forgotten here.
        // Where the questionnaire is says nothing of what was answered.
        let Self { id, questions: _, details, answers, at: _, decided, orphans, saved_under, hidden: _ } =
            self;
        // Parts that went and came again may have changed the order.
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
    /// A file that is no session, has a newer format or belongs to another questionnaire is an
    /// error that says where and what to do; the file is left alone.
    pub fn load(path: &Path, questionnaire: &Questionnaire) -> Result<Self> {
        if let Err(error) = std::fs::metadata(path)
            && error.kind() == std::io::ErrorKind::NotFound
        {
            let hint = "open it with langfit to begin it, or answer with --set";
            bail!("{}: there is no such session; {hint}", name_of(path));
        }
        Ok(Self::parse(&source::read(path)?, questionnaire)?)
    }

    /// Parses the text of a session file.
    pub fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Self, Rejected> {
        read::parse(source, questionnaire)
            .map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
    }

    /// Gives the session an id and a date if it has none yet: today, to be reviewed in a year.
    pub fn stamp(&mut self, today: Date) {
        if self.id.is_empty() {
            self.id = std::iter::repeat_with(|| fastrand::digit(36)).take(ID).collect();
        }
        let date = *self.details.date.get_or_insert(today);
        self.details.review_by.get_or_insert_with(|| date.saturating_add(1.year()));
    }

    /// Gives a part another name; what is kept for it follows, and takes the place of what is kept for
    /// a part of that name which is gone. A name that another part has gets a number.
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
    // A clock beyond the calendar's end is no reason to fail.
    let now = Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX);
    now.to_zoned(TimeZone::system()).date()
}

/// Returns the path that a person typed within the program, where no shell has read it: `~` at the
/// start is the home folder.
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

/// Says whether a text could be the id of a session.
pub fn is_id(text: &str) -> bool {
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Returns the path's name for messages.
pub fn name_of(path: &Path) -> String {
    sanitize_line(&path.to_string_lossy())
}
