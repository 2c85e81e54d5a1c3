//! The program: arguments in, exit code out, one error printed.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};
use clap_complete::CompleteEnv;
use langfit::cli::{Cli, usage};
use langfit::commands;
use langfit::sanitize::{sanitize, shortened};

/// Bytes of a line of a message; what a file or a command line says can be as long as it likes.
const LINE: usize = 2000;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    // What the script of a shell asks, which is known by a variable of the environment.
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
        // Somebody asked for the help or the version.
        Err(error) if !error.use_stderr() => return show(&error),
        Err(error) => return refuse(&usage(error, arguments.get(1..).unwrap_or_default())),
    };
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => refuse(&format!("{error:#}")),
    }
}

/// Shows what was asked for; that it did not arrive is an error, unless the reader went away.
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
    // Nobody may be there to read it any more; that is no reason to panic.
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
    ExitCode::from(2)
}
