//! The options of the commands, in groups that several commands share.

use std::path::{Path, PathBuf};

use clap::builder::{PathBufValueParser, TypedValueParser as _};
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;

use super::complete;
use crate::record::Dialect;
use crate::session::{DEFAULT_FILE, EXAMPLE};

/// The questionnaire to use.
#[derive(Debug, Clone, Args)]
pub struct QuestionnaireOption {
    /// Use this questionnaire, or - for standard input [default: the one named in the session, else in
    /// `LANGFIT_QUESTIONS`, else the built-in one].
    #[arg(long, value_name = "FILE")]
    pub questions: Option<PathBuf>,
}

/// Tables that `langfit check` prints instead of its findings.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct CheckTables {
    /// Which answers make each candidate lead each kind of part, or why none do.
    #[arg(long, conflicts_with = "weights")]
    pub winners: bool,
    /// How many points each question can add to or take from each candidate, the widest range first.
    #[arg(long)]
    pub weights: bool,
}

/// Changes to a session given on the command line.
#[derive(Debug, Clone, Default, Args)]
pub struct SessionEdits {
    /// Answer a question for all parts or for one: ? for "not sure", - for "does not apply", an empty value to clear
    /// the answer; repeatable, in any order.
    #[arg(long, value_name = "QUESTION[@PART]=OPTION[,OPTION]", add = ArgValueCompleter::new(complete::assignment))]
    pub set: Vec<String>,
    /// Title of the decision.
    #[arg(long)]
    pub title: Option<String>,
    /// The system the decision is about.
    #[arg(long)]
    pub system: Option<String>,
    /// A person who decides; repeatable.
    #[arg(long, value_name = "NAME")]
    pub decider: Vec<String>,
    /// Day on which the deciders accepted the decision, such as 2026-11-21; until then the record says "proposed".
    #[arg(long, value_name = "DATE")]
    pub accepted: Option<String>,
}

/// Changes to a session given on the command line, and whether to save them.
#[derive(Debug, Clone, Args)]
pub struct SessionOptions {
    /// The changes to the session.
    #[command(flatten)]
    pub edits: SessionEdits,
    /// Save --set, --title, --system, --decider and --accepted in the session file.
    #[arg(long)]
    pub save: bool,
}

/// Options for opening a session in the questionnaire.
#[derive(Debug, Clone, Args)]
pub struct OpenOptions {
    /// Session file to open or create [default: langfit-session.ron].
    pub session: Option<PathBuf>,
    /// Ask line by line instead of full screen, for screen readers, simple terminals and pipes.
    #[arg(long, conflicts_with_all = ["mouse", "ascii", "color"])]
    pub linear: bool,
    /// Options of the screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Use this questionnaire instead of the built-in one.
    #[arg(long, value_name = "FILE", value_parser = PathBufValueParser::new().try_map(not_input))]
    pub questions: Option<PathBuf>,
    /// Changes to the session.
    #[command(flatten)]
    pub edits: SessionEdits,
    /// Whether to open the built-in example, which has no file.
    #[arg(skip)]
    pub is_example: bool,
}

impl OpenOptions {
    /// Returns the options that open the built-in example.
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

    /// Returns the path of the session file.
    pub fn path(&self) -> &Path {
        self.session.as_deref().unwrap_or(Path::new(DEFAULT_FILE))
    }
}

fn not_input(path: PathBuf) -> Result<PathBuf, &'static str> {
    if path.as_os_str() == "-" {
        return Err("standard input is needed for the answers; put the questionnaire in a file");
    }
    Ok(path)
}

/// Options of the screen.
#[derive(Debug, Clone, Copy, Args)]
pub struct ScreenOptions {
    /// Turn on the mouse: click to choose, wheel to scroll.
    #[arg(long)]
    pub mouse: bool,
    /// Draw with ASCII characters only; your own texts stay unchanged.
    #[arg(long)]
    pub ascii: bool,
    /// When to use colors [default: auto, which respects `NO_COLOR`].
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<ColorChoice>,
}

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// Unless `NO_COLOR` is set and not empty.
    Auto,
    /// Always, regardless of `NO_COLOR`.
    Always,
    /// Not at all.
    Never,
}

/// Options of `export`.
#[derive(Debug, Clone, Args)]
pub struct ExportOptions {
    /// Format of the record.
    #[arg(long, value_enum, default_value_t = Dialect::Madr)]
    pub format: Dialect,
    /// Leave out details.
    #[arg(long)]
    pub brief: bool,
    /// Fill your own template instead of the format's; see docs/templates.md.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// File to write, or a folder of records, in which the new file is named like the existing ones [default: standard output].
    #[arg(short, long, value_name = "FILE-OR-FOLDER")]
    pub output: Option<PathBuf>,
    /// Overwrite the file if it exists.
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Number of the record [default: the next one in the folder, else 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9999))]
    pub number: Option<u32>,
    /// An earlier record that this one replaces; the status in the file of the earlier record is updated.
    #[arg(long, value_name = "FILE")]
    pub supersedes: Option<PathBuf>,
    /// Questionnaire of the session.
    #[command(flatten)]
    pub questionnaire: QuestionnaireOption,
    /// Changes to the session.
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
    /// For a page or a pull request.
    Markdown,
}
