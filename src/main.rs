//! The program: parses the arguments, runs a command and returns an exit code. Prints at most one error.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use clap_complete::CompleteEnv;
use langfit::cli::{Cli, usage};
use langfit::commands;
use langfit::sanitize::{sanitize, shortened};

/// Maximum bytes per line of a message, since file contents and arguments can be arbitrarily long.
const LINE: usize = 2000;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    // A shell's completion script sets this environment variable when it requests completions.
    let folder = if std::env::var_os("COMPLETE").is_some_and(|shell| shell != "bash") {
        std::env::current_dir().ok()
    } else {
        // Bash completes paths itself, with its own quoting.
        None
    };
    match CompleteEnv::with_factory(Cli::command).try_complete(&arguments, folder.as_deref()) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => return refuse(&usage(error, &[])),
    }
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        // The user requested the help or the version.
        Err(error) if !error.use_stderr() => return show(&error),
        Err(error) => return refuse(&usage(error, arguments.get(1..).unwrap_or_default())),
    };
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => refuse(&format!("{error:#}")),
    }
}

/// Prints the help or version. A failed write is an error, unless the pipe was closed.
fn show(help: &clap::Error) -> ExitCode {
    match help.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            refuse(&format!("standard output cannot be written: {error}"))
        }
        _ => ExitCode::SUCCESS,
    }
}

fn refuse(message: &str) -> ExitCode {
    let message = sanitize(message);
    let lines: Vec<_> = message.lines().map(|line| shortened(line, LINE)).collect();
    // Ignore a failed write: standard error may be closed, which must not cause a panic.
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
    ExitCode::from(2)
}
