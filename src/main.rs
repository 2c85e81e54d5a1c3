//! The program: arguments in, exit code out, one error printed.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use langfit::cli::Cli;
use langfit::commands;
use langfit::visible::visible;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => {
            // Nobody may be there to read it any more; that is no reason to panic.
            let _ = writeln!(io::stderr(), "{}", visible(&format!("{error:#}")));
            ExitCode::from(2)
        }
    }
}
