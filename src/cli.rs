//! The command line's shape.

mod complete;
mod options;
mod usage;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::engine::ArgValueCompleter;

pub use options::{
    CheckTables, ColorChoice, CompareFormat, ExportOptions, OpenOptions, OutputFormat, QuestionnaireOption,
    ScreenOptions, SessionEdits, SessionOptions,
};
pub use usage::{meant_as_command, usage};

/// Steps an architect through a questionnaire and recommends what to use for each part of a system: a language, or
/// whatever the questionnaire is about.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; without a command the questionnaire is opened.
    #[command(subcommand)]
    pub command: Option<Commands>,
    /// How to open it.
    #[command(flatten)]
    pub open: OpenOptions,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 errors found (check), another outcome (compare), a decision that comes out differently or is due, or records that contradict each other (recheck); 2 usage or trouble; 101 an error of langfit itself; 128 and its number if a signal ended it.";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Commands {
    /// Prints the recommendation for a session, or for answers given with --set alone.
    Advise {
        /// Session file [default: langfit-session.ron].
        session: Option<PathBuf>,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
        format: OutputFormat,
        /// Which questionnaire the session belongs to.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// What is said of the session.
        #[command(flatten)]
        given: SessionOptions,
    },
    /// Writes the decision record of a session.
    Export {
        /// Session file.
        session: PathBuf,
        /// How the record is to be written.
        #[command(flatten)]
        export: ExportOptions,
    },
    /// Looks for errors in a questionnaire and runs the scenarios beside it.
    Check {
        /// Questionnaire file; - reads it from standard input, absent is the one built in.
        // Not called as the option is: clap would take them for the same argument.
        #[arg(value_name = "QUESTIONS", conflicts_with = "questions")]
        file: Option<PathBuf>,
        /// How to print what was found.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
        format: OutputFormat,
        /// The questionnaire, as other commands name it.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// What to print in place of what is wrong.
        #[command(flatten)]
        tables: CheckTables,
    },
    /// Keeps what the team decided for a part, beside the advice.
    Decide {
        /// Session file.
        session: PathBuf,
        /// The part by its name or kind, or "the whole system" where none is picked; without a candidate
        /// the decision is withdrawn; repeatable. A text that names no candidate is kept as it is; write
        /// other: in front of one that is almost a candidate's name.
        #[arg(
            long,
            required = true,
            value_name = "PART=CANDIDATE",
            add = ArgValueCompleter::new(complete::decision)
        )]
        part: Vec<String>,
        /// Why; required where it is not what the advice chooses.
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
        /// Which questionnaire the session belongs to.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// What is said of the session.
        #[command(flatten)]
        given: SessionOptions,
    },
    /// Shows where sessions agree and differ, in answers and in outcome.
    Compare {
        /// Two or more session files; three and more are compared in pairs.
        #[arg(required = true, num_args = 2.., value_name = "SESSION")]
        sessions: Vec<PathBuf>,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
        format: CompareFormat,
        /// Which questionnaire the sessions belong to.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
    },
    /// Asks decisions again: which come out differently today, and which are due for review; looks at
    /// records beside them: numbers given twice, and superseded ones that lead nowhere.
    Recheck {
        /// Session files, records in Markdown, and folders that are searched for them.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How to print what was found; JSON is one line for each session.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
        format: OutputFormat,
        /// The day to go by, instead of today.
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<jiff::civil::Date>,
        /// Which questionnaire the sessions belong to.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
    },
    /// Opens a finished example to look around in; writes no file until it is saved under another name.
    Demo {
        /// Ask line by line, without a full screen: for screen readers, simple terminals and pipes.
        #[arg(long, conflicts_with_all = ["mouse", "ascii", "color"])]
        linear: bool,
        /// Options of the screen.
        #[command(flatten)]
        screen: ScreenOptions,
    },
    /// Prints the questionnaire that is built in, to start one's own from.
    Questions,
    /// Shows published decisions made under answers like these: what was chosen, why, and where it can be read.
    Precedents {
        /// Session file [default: langfit-session.ron].
        session: Option<PathBuf>,
        /// One part alone, by its name or kind; repeatable.
        #[arg(long, value_name = "PART", add = ArgValueCompleter::new(complete::part))]
        part: Vec<String>,
        /// Which questionnaire the session belongs to.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// What is said of the session.
        #[command(flatten)]
        given: SessionOptions,
    },
    /// Prints completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page.
    Man,
}
