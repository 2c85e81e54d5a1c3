//! Defines the command-line interface.

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

/// Steps an architect through a questionnaire and recommends a programming language for each part of a system.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// Without a command, langfit opens the questionnaire.
    #[command(subcommand)]
    pub command: Option<Commands>,
    /// Options for opening the questionnaire.
    #[command(flatten)]
    pub open: OpenOptions,
}

const EXIT_CODES: &str = "Exit codes: 0 success; 1 errors found (check), different outcomes (compare), or a changed recommendation, a due review or contradicting records (recheck); 2 wrong usage or another failure; 101 internal error; 128 + N ended by signal N.";

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
        /// Questionnaire of the session.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// Changes to the session, and whether to save them.
        #[command(flatten)]
        given: SessionOptions,
    },
    /// Writes the decision record of a session.
    Export {
        /// Session file.
        session: PathBuf,
        /// Options for the record.
        #[command(flatten)]
        export: ExportOptions,
    },
    /// Checks a questionnaire for errors and runs its scenarios, or checks a session file.
    Check {
        /// Questionnaire file, or - for standard input, or a session file [default: the built-in questionnaire].
        // Not named like the `--questions` option, because clap would treat the two as the same argument.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// How to print the findings.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
        format: OutputFormat,
        /// The questionnaire to check, or the questionnaire of the session to check.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// What to print instead of the findings.
        #[command(flatten)]
        tables: CheckTables,
    },
    /// Records what the team decided for a part.
    Decide {
        /// Session file.
        session: PathBuf,
        /// The part by name or kind (or "the whole system" if no parts are picked), and the decision; repeatable.
        /// PART= with nothing after it withdraws the decision. Text that is not a candidate's name is recorded as
        /// it is; if it resembles one, put other: in front of it.
        #[arg(
            long,
            required = true,
            value_name = "PART=CANDIDATE",
            add = ArgValueCompleter::new(complete::decision)
        )]
        part: Vec<String>,
        /// The reason; required if the decision differs from the recommendation.
        #[arg(long, value_name = "TEXT")]
        because: Option<String>,
        /// Questionnaire of the session.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// Changes to the session, and whether to save them.
        #[command(flatten)]
        given: SessionOptions,
    },
    /// Compares the answers and outcomes of sessions.
    Compare {
        /// Two or more session files; three or more are compared in pairs.
        #[arg(required = true, num_args = 2.., value_name = "SESSION")]
        sessions: Vec<PathBuf>,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
        format: CompareFormat,
        /// Questionnaire of the sessions.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
    },
    /// Checks earlier decisions: where the recommendation has changed, which are due for review, and which records have
    /// duplicate numbers or broken links.
    Recheck {
        /// Session files, Markdown records, or folders to search for them.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// How to print the findings; JSON has one line per finding.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
        format: OutputFormat,
        /// Day to use instead of today.
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<jiff::civil::Date>,
        /// Questionnaire of the sessions.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
    },
    /// Opens a finished example; writes no file until you save it under a name.
    Demo {
        /// Ask line by line instead of full screen, for screen readers, simple terminals and pipes.
        #[arg(long, conflicts_with_all = ["mouse", "ascii", "color"])]
        linear: bool,
        /// Options of the screen.
        #[command(flatten)]
        screen: ScreenOptions,
    },
    /// Prints the built-in questionnaire, as a starting point for your own.
    Questions {
        /// Print only what can be answered: questions, options, ids and conditions, without points and reasons.
        #[arg(long)]
        plain: bool,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = OutputFormat::Text, requires = "plain")]
        format: OutputFormat,
        /// Use this questionnaire instead of the built-in one.
        #[arg(long, value_name = "FILE", requires = "plain")]
        questions: Option<PathBuf>,
    },
    /// Shows published decisions with similar answers.
    Precedents {
        /// Session file [default: langfit-session.ron].
        session: Option<PathBuf>,
        /// Only this part, by name or kind; repeatable.
        #[arg(long, value_name = "PART", add = ArgValueCompleter::new(complete::part))]
        part: Vec<String>,
        /// Questionnaire of the session.
        #[command(flatten)]
        questionnaire: QuestionnaireOption,
        /// Changes to the session, and whether to save them.
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
