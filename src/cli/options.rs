//! The options of the commands, in groups that several commands share.

use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::complete;
use crate::record::Dialect;
use crate::session::{DEFAULT_FILE, EXAMPLE};

/// Which questionnaire is used.
#[derive(Debug, Clone, Args)]
pub struct QuestionnaireOption {
    /// Use this questionnaire; - reads it from standard input. Without it: the one that the session names, else the
    /// one of the variable `LANGFIT_QUESTIONS`, else the one built in.
    #[arg(long, value_name = "FILE")]
    pub questions: Option<PathBuf>,
}

/// What `langfit check` prints in place of what is wrong.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct CheckTables {
    /// With which answers each candidate leads alone for each kind of part, or why it never does.
    #[arg(long, conflicts_with = "weights")]
    pub winners: bool,
    /// What each question can add to each candidate's points and take from them, the widest swing first.
    #[arg(long)]
    pub weights: bool,
}

/// What the command line says of a session.
#[derive(Debug, Clone, Default, Args)]
pub struct SessionEdits {
    /// Answer a question, for all parts or for one: ? for not sure, - for does not apply, nothing to
    /// clear; repeatable, in any order.
    #[arg(long, value_name = "QUESTION[@PART]=OPTION[,OPTION]", add = ArgValueCompleter::new(complete::assignment))]
    pub set: Vec<String>,
    /// Title of the decision.
    #[arg(long)]
    pub title: Option<String>,
    /// The system the decision is about.
    #[arg(long)]
    pub system: Option<String>,
    /// Somebody who decides; repeatable.
    #[arg(long, value_name = "NAME")]
    pub decider: Vec<String>,
}

/// What the command line says of a session, and whether the file keeps it.
#[derive(Debug, Clone, Args)]
pub struct SessionOptions {
    /// What is said.
    #[command(flatten)]
    pub edits: SessionEdits,
    /// Keep what --set, --title, --system and --decider say in the session file.
    #[arg(long)]
    pub save: bool,
}

/// Options of the questionnaire itself.
#[derive(Debug, Clone, Args)]
pub struct OpenOptions {
    /// Session file to resume or to begin [default: langfit-session.ron].
    pub session: Option<PathBuf>,
    /// Ask line by line, without a full screen: for screen readers, simple terminals and pipes.
    #[arg(long, conflicts_with_all = ["mouse", "ascii", "color"])]
    pub linear: bool,
    /// Options of the screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Use this questionnaire instead of the one built in.
    #[arg(long, value_name = "FILE", value_parser = PathBufValueParser::new().try_map(not_input))]
    pub questions: Option<PathBuf>,
    /// What is said of the session.
    #[command(flatten)]
    pub edits: SessionEdits,
    /// Whether the example that is built in is opened, which has no file.
    #[arg(skip)]
    pub is_example: bool,
}

impl OpenOptions {
    /// Opens the example that is built in.
    pub fn example(linear: bool, screen: ScreenOptions) -> Self {
        Self {
            session: Some(EXAMPLE.into()),
            linear,
            screen,
            questions: None,
            edits: SessionEdits::default(),
            is_example: true,
        }
    }

    /// Returns the session's file.
    pub fn path(&self) -> &Path {
        self.session.as_deref().unwrap_or(Path::new(DEFAULT_FILE))
    }
}

fn not_input(path: PathBuf) -> Result<PathBuf, &'static str> {
    if path.as_os_str() == "-" {
        return Err("standard input is where answers come from; keep the questionnaire in a file");
    }
    Ok(path)
}

/// Options of the screen.
#[derive(Debug, Clone, Copy, Args)]
pub struct ScreenOptions {
    /// Turn the mouse on: click to choose, wheel to scroll.
    #[arg(long)]
    pub mouse: bool,
    /// Draw with ASCII characters alone; what people wrote stays as it is.
    #[arg(long)]
    pub ascii: bool,
    /// Whether to use colours [default: auto, which heeds `NO_COLOR`].
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<ColorChoice>,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// Unless `NO_COLOR` is set and not empty.
    Auto,
    /// Whatever `NO_COLOR` says.
    Always,
    /// Not at all.
    Never,
}

/// Options of `export`.
#[derive(Debug, Clone, Args)]
pub struct ExportOptions {
    /// Which dialect to write.
    #[arg(long, value_enum, default_value_t = Dialect::Madr)]
    pub format: Dialect,
    /// Leave out the details: about a page.
    #[arg(long)]
    pub brief: bool,
    /// Fill your own template in place of the format's; docs/templates.md says what it can use.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// File to write, or a folder of records whose names it follows; standard output if absent.
    #[arg(short, long, value_name = "FILE-OR-FOLDER")]
    pub output: Option<PathBuf>,
    /// Overwrite the file if it exists.
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Number of the record [default: the next one in the folder, else 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9999))]
    pub number: Option<u32>,
    /// The record that this one takes the place of; its status is replaced in its file.
    #[arg(long, value_name = "FILE")]
    pub supersedes: Option<PathBuf>,
    /// Which questionnaire the session belongs to.
    #[command(flatten)]
    pub questionnaire: QuestionnaireOption,
    /// What is said of the session.
    #[command(flatten)]
    pub given: SessionOptions,
}

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Text for people, JSON for programs, or Markdown for a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CompareFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a page that others read.
    Markdown,
}
