//! Explains in one sentence what is wrong with a command line. Must not repeat an argument unsanitized, because a
//! name can contain any character.

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use strsim::osa_distance;

use super::Cli;
use crate::sanitize::sanitize_line;

/// Returns one sentence for an error, other than a request for help: what is wrong and what to do.
///
/// `arguments` are the command-line arguments without the program's name.
pub fn usage(mut error: clap::Error, arguments: &[OsString]) -> String {
    // Sanitize the values before rendering, so that a line break in a value does not look like one in the message.
    let given: Vec<(ContextKind, ContextValue)> =
        error.context().filter_map(|(kind, value)| Some((kind, harmless(value)?))).collect();
    for (kind, value) in given {
        error.insert(kind, value);
    }
    let text = error.render().to_string();
    // The rest is a usage summary, which `--help` shows in full.
    let said = text.split("\n\nUsage: ").next().unwrap_or_default();
    let said = said.split("\n\nFor more information").next().unwrap_or_default();
    let paragraphs = said.split("\n\n").map(|paragraph| {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        let words = words.join(" ");
        words.trim_start_matches("error: ").trim_start_matches("tip: ").to_owned()
    });
    // Drop clap's tip on passing the word as a value, which does not help someone who mistyped an option.
    let useful = |paragraph: &String| !paragraph.is_empty() && !paragraph.starts_with("to pass '");
    let said: Vec<String> = paragraphs.filter(useful).collect();
    let said = misplaced(&error, arguments).unwrap_or_else(|| said.join("; "));
    if let Some(sentence) = unknown_command(&error) {
        return sanitize_line(&sentence);
    }
    let first = arguments.first();
    if let Some(mistyped) = first.and_then(|first| mistyped(Path::new(first))) {
        return sanitize_line(&mistyped);
    }
    let command = first.and_then(|first| first.to_str()).filter(|first| is_command(first));
    let command = command.map_or_else(String::new, |name| format!("{name} "));
    sanitize_line(&format!("{said}; see langfit {command}--help"))
}

/// Returns the message if help was requested for an unknown command.
fn unknown_command(error: &clap::Error) -> Option<String> {
    let (ErrorKind::InvalidSubcommand, Some(ContextValue::String(name))) =
        (error.kind(), error.get(ContextKind::InvalidSubcommand))
    else {
        return None;
    };
    let hint = nearest_command(name).map_or_else(
        || "see langfit --help".to_owned(),
        |command| format!("did you mean langfit help {command}?"),
    );
    Some(format!("{name}: no such command; {hint}"))
}

/// Returns the message if a command or a second session follows arguments that belong to no command.
fn misplaced(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let behind = error.get(ContextKind::InvalidSubcommand);
    let (ErrorKind::ArgumentConflict, Some(ContextValue::String(name))) = (error.kind(), behind) else {
        return None;
    };
    let mut words = arguments.iter().filter_map(|argument| argument.to_str());
    let command = words.find(|word| is_command(word));
    Some(command.map_or_else(|| format!("unexpected argument '{name}' found"), stands_first))
}

fn stands_first(command: &str) -> String {
    format!("put the command '{command}' first and its options after it: langfit {command} ...")
}

/// Returns a message if the name of a session was probably meant as a command.
///
/// An existing file of that name is opened. A name with a folder or an extension is not taken for a command.
pub fn meant_as_command(session: &Path) -> Option<String> {
    match session.to_str() {
        Some(name) if is_command(name) && session.symlink_metadata().is_err() => {
            Some(format!("{}; see langfit --help", stands_first(name)))
        }
        _ => mistyped(session),
    }
}

/// Returns a message if the name of a session is probably a mistyped command.
///
/// The message only suggests the command, as in git and cargo: the user retypes it anyway, and a script could not
/// answer a question.
fn mistyped(session: &Path) -> Option<String> {
    let name = session.to_str()?;
    let is_bare = session.file_name()? == name && session.extension().is_none() && !name.starts_with('-');
    if !is_bare || is_command(name) || session.symlink_metadata().is_ok() {
        return None;
    }
    let command = nearest_command(name)?;
    let name = sanitize_line(name);
    Some(format!(
        "{name}: no such file; did you mean langfit {command}? To create a session with that name, write ./{name} \
         or {name}.ron"
    ))
}

/// Returns the command closest to a word, if it is close enough to be a typo.
fn nearest_command(word: &str) -> Option<String> {
    /// A command may have one typo for every three letters.
    const LETTERS: usize = 3;
    let word = word.to_lowercase();
    let slips = commands().into_iter().map(|command| (osa_distance(&word, &command), command));
    let nearest = slips.filter(|(slips, command)| slips * LETTERS <= command.len());
    nearest.min_by_key(|(slips, _)| *slips).map(|(_, command)| command)
}

fn is_command(name: &str) -> bool {
    commands().iter().any(|command| command == name)
}

fn commands() -> Vec<String> {
    let mut command = Cli::command();
    // `build` adds the `help` command.
    command.build();
    command.get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

fn harmless(value: &ContextValue) -> Option<ContextValue> {
    match value {
        ContextValue::String(text) => Some(ContextValue::String(sanitize_line(text))),
        ContextValue::Strings(texts) => {
            Some(ContextValue::Strings(texts.iter().map(|text| sanitize_line(text)).collect()))
        }
        _ => None,
    }
}
