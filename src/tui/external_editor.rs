//! Edits a text in an external editor. Must not know what the text is for. Must not lose what the editor
//! wrote, whenever and however it ends.

use std::env;
use std::path::Path;
use std::process::Command;

use super::signals;
use crate::screen::{Draft, Edited};
use crate::session::{Drafts, Written, name_of};

/// The editor to run if none is configured.
const USUAL: &str = if cfg!(windows) { "notepad" } else { "vi" };
/// If the setting contains any of these characters, it may be more than a single command with arguments.
#[cfg(not(windows))]
const BEYOND_EXEC: &[char] = &['=', ';', '&', '|', '(', ')', '{', '}', '<', '>', '`', '$', '!', '\n'];

/// Lets the user edit a text. The terminal must already be released.
///
/// If an editor saved the text after an earlier call had returned, uses that version instead of opening the
/// editor again. That version is not used if the text has changed in the meantime.
pub fn edit(drafts: &Drafts, draft: &Draft) -> Edited {
    if let Ok(Some(late)) = drafts.take_late(&draft.name, Some(&draft.text)) {
        return take_late(late);
    }
    let path = match drafts.lend(&draft.name, &draft.text) {
        Ok(path) => path,
        Err(error) => return unchanged(&format!("the file for the editor cannot be written: {error}")),
    };
    let (editor, kept) = (editor(), name_of(&path));
    let ended = run(&editor, &path);
    match (drafts.take(&draft.name), ended) {
        (Err(error), Ok(())) => unchanged(&format!("the text from {editor} cannot be read: {error}")),
        (Err(_) | Ok(None), Err(reason)) => unchanged(&reason),
        (Ok(None), Ok(())) => Edited {
            text: None,
            said: Some(format!(
                "The editor changed nothing. If it is still open, save there and press Ctrl-O again. Its file is kept \
                 for seven days: {kept}"
            )),
        },
        (Ok(Some(Written::Text(text))), ended) => {
            let said = ended.err().map(|reason| format!("{reason}; its text is used"));
            Edited { text: Some(text), said }
        }
        (Ok(Some(Written::NoText(_) | Written::Outdated(_) | Written::Nothing(_))), _) => {
            unchanged(&format!("{kept}, which {editor} wrote, is not UTF-8 text; it is kept for seven days"))
        }
    }
}

/// Returns a result with a message for what an editor wrote after an earlier call of [`edit`] had returned.
fn take_late(late: Written) -> Edited {
    let said = match &late {
        Written::Text(_) => {
            "The text that the editor saved later is used; undo brings back the earlier text".to_owned()
        }
        Written::Outdated(path) => format!(
            "The text changed while the editor was open, so its version is not used. It is kept for seven \
             days: {}",
            name_of(path)
        ),
        Written::Nothing(_) => "The text from the editor is empty and was ignored".to_owned(),
        Written::NoText(path) => format!(
            "The text from the editor is not UTF-8 and was ignored. It is kept for seven days: {}",
            name_of(path)
        ),
    };
    let text = if let Written::Text(text) = late { Some(text) } else { None };
    Edited { text, said: Some(said) }
}

fn unchanged(reason: &str) -> Edited {
    Edited { text: None, said: Some(format!("The text is unchanged: {reason}")) }
}

/// Returns the command that runs the editor through a shell, because the setting can contain arguments.
#[cfg(not(windows))]
fn command(editor: &str, path: &Path) -> Command {
    // If possible, `exec` replaces the shell with the editor, so that the editor receives forwarded signals.
    let exec = if editor.contains(BEYOND_EXEC) { "" } else { "exec " };
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{exec}{editor} \"$1\"")).arg("sh").arg(path);
    command
}

/// Returns the command that runs the editor through a shell, because the setting can contain arguments.
#[cfg(windows)]
fn command(editor: &str, path: &Path) -> Command {
    use std::os::windows::process::CommandExt as _;

    let mut command = Command::new("cmd");
    // With `/S`, only the outer quotes are removed. Quotes cannot be part of a path.
    command.raw_arg(format!("/S /C \"{editor} \"{}\"\"", path.display()));
    command
}

fn run(editor: &str, path: &Path) -> Result<(), String> {
    let status = command(editor, path).spawn().and_then(|mut child| {
        signals::lend_to(child.id());
        child.wait()
    });
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => Err(format!("the editor {editor} was not found")),
        Ok(status) => Err(match status.code() {
            Some(code) => format!("the editor {editor} ended with code {code}"),
            None => format!("the editor {editor} was killed"),
        }),
        Err(error) => Err(format!("the editor {editor} cannot be run: {error}")),
    }
}

fn editor() -> String {
    let chosen = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
    chosen
        .map(|editor| editor.trim().to_owned())
        .find(|editor| !editor.is_empty())
        .unwrap_or_else(|| USUAL.to_owned())
}
