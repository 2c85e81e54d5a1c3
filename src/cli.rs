//! The command line's shape; must not do anything.

mod usage;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use usage::usage;

/// Steps an architect through a questionnaire and recommends a language for each part of a system.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do; without a command the questionnaire is opened.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Session file to resume or to begin [default: langfit-session.ron].
    pub session: Option<PathBuf>,
    /// Ask line by line, without a full screen: for screen readers, simple terminals and pipes.
    #[arg(long)]
    pub linear: bool,
    /// Options of the screen.
    #[command(flatten)]
    pub screen: ScreenOptions,
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 errors found (check), another outcome (compare), a decision that comes out differently or is due (recheck); 2 usage or trouble; 101 an error of langfit itself; 128 and its number if a signal ended it.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Prints the recommendation for a session, or for answers given with --set alone.
    Advise {
        /// Session file [default: langfit-session.ron].
        session: Option<PathBuf>,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = AdviceFormat::Text)]
        format: AdviceFormat,
    },
    /// Writes the decision record of a session.
    Export {
        /// Session file.
        session: PathBuf,
        /// How the record is to be written.
        #[command(flatten)]
        export: ExportOptions,
    },
    /// Looks for errors in a questionnaire.
    Check {
        /// Questionnaire file; the one in use if absent.
        // Not called as the option is: clap would take them for the same argument.
        #[arg(value_name = "QUESTIONS")]
        file: Option<PathBuf>,
        /// How to print what was found.
        #[arg(long, value_enum, default_value_t = AdviceFormat::Text)]
        format: AdviceFormat,
    },
    /// Keeps what the team decided for a part, beside the advice.
    Decide {
        /// Session file.
        session: PathBuf,
        /// The part by its name, or "the whole system" where none is picked; without a candidate the
        /// decision is withdrawn; repeatable.
        #[arg(long, required = true, value_name = "PART=CANDIDATE")]
        part: Vec<String>,
        /// Why; required where it is not what the advice chooses.
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
    },
    /// Shows where sessions agree and differ, in answers and in outcome.
    Compare {
        /// Two or more session files; three and more are compared in pairs.
        #[arg(required = true, num_args = 2.., value_name = "SESSION")]
        sessions: Vec<PathBuf>,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
        format: CompareFormat,
    },
    /// Asks decisions again: which come out differently today, and which are due for review.
    Recheck {
        /// Session files, and folders that are searched for them.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How to print what was found; JSON is one line for each session.
        #[arg(long, value_enum, default_value_t = AdviceFormat::Text)]
        format: AdviceFormat,
        /// The day to go by, instead of today.
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<jiff::civil::Date>,
    },
    /// Prints the questionnaire that is built in, to start one's own from.
    Questions,
    /// Prints completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page.
    Man,
}

/// Options of `export`.
#[derive(Debug, Clone, Args)]
pub struct ExportOptions {
    /// Which dialect to write.
    #[arg(long, value_enum, default_value_t = RecordFormat::Madr)]
    pub format: RecordFormat,
    /// Leave out the details: about a page.
    #[arg(long)]
    pub brief: bool,
    /// File to write, or a folder of records in which it is numbered; standard output if absent.
    #[arg(short, long, value_name = "FILE-OR-FOLDER")]
    pub output: Option<PathBuf>,
    /// Overwrite the file if it exists.
    #[arg(long, requires = "output")]
    pub force: bool,
    /// Number of the record [default: the next one in the folder, else 1].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9999))]
    pub number: Option<u32>,
    /// The record that this one takes the place of.
    #[arg(long, value_name = "FILE")]
    pub supersedes: Option<PathBuf>,
}

/// Options of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Args)]
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

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Use this questionnaire instead of the one built in; - reads it from standard input.
    #[arg(long, global = true, value_name = "FILE")]
    pub questions: Option<PathBuf>,
    /// Answer a question: ? for not sure, - for does not apply, nothing to clear; repeatable.
    #[arg(long, global = true, value_name = "QUESTION=OPTION[,OPTION]")]
    pub set: Vec<String>,
    /// Keep what --set, --title, --system and --decider say in the session file.
    #[arg(long, global = true)]
    pub save: bool,
    /// Title of the decision.
    #[arg(long, global = true)]
    pub title: Option<String>,
    /// The system the decision is about.
    #[arg(long, global = true)]
    pub system: Option<String>,
    /// Somebody who decides; repeatable.
    #[arg(long, global = true, value_name = "NAME")]
    pub decider: Vec<String>,
}

impl Common {
    /// Says whether anything is said of a session, or kept in it.
    pub fn says_something(&self) -> bool {
        let texts = self.title.is_some() || self.system.is_some() || !self.decider.is_empty();
        self.save || texts || !self.set.is_empty()
    }
}

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AdviceFormat {
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

/// Dialects of the decision record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// Markdown Architectural Decision Records 4.0.
    Madr,
    /// Log4brains, with the sections of MADR 2.
    Log4brains,
    /// Nygard's sections, for adr-tools.
    Nygard,
    /// One screen for a chat, a wiki or a pull request.
    Markdown,
    /// The whole advice as JSON.
    Json,
    /// One page for a browser or a printer.
    Html,
}
