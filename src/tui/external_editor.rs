//! A text in the person's own editor; must not know what the text is for, and must not lose what the
//! editor wrote, whenever and however it ends.

use std::env;
use std::path::Path;
use std::process::Command;

use super::signals;
use crate::screen::{Draft, Edited};
use crate::session::{Drafts, Written, name_of};

/// What is run if nobody chose an editor.
const USUAL: &str = "vi";
/// What makes it more than one command with arguments.
const BEYOND_EXEC: &[char] = &['=', ';', '&', '|', '(', ')', '{', '}', '<', '>', '`', '$', '!', '\n'];

/// Lets somebody edit a text; the terminal must have been left before.
///
/// If an editor wrote the text after it had returned, that is taken instead of opening it again, unless
/// the text is another one by now.
pub fn edit(drafts: &Drafts, draft: &Draft) -> Edited {
    if let Ok(Some(late)) = drafts.take_late(&draft.name, Some(&draft.text)) {
        return take_late(late);
    }
    let path = match drafts.lend(&draft.name, &draft.text) {
        Ok(path) => path,
        Err(error) => return unchanged(&format!("no file for the editor can be written: {error}")),
    };
    let (editor, kept) = (editor(), name_of(&path));
    let ended = run(&editor, &path);
    match (drafts.take(&draft.name), ended) {
        (Err(error), Ok(())) => unchanged(&format!("what {editor} wrote cannot be read: {error}")),
        (Err(_) | Ok(None), Err(reason)) => unchanged(&reason),
        (Ok(None), Ok(())) => Edited {
            text: None,
            said: Some(format!(
                "The editor changed nothing. If it is still open, save there and press Ctrl-O again; its file is kept \
                 for seven days: {kept}"
            )),
        },
        (Ok(Some(Written::Text(text))), ended) => {
            let said = ended.err().map(|reason| format!("{reason}; what it wrote is taken"));
            Edited { text: Some(text), said }
        }
        (Ok(Some(Written::NoText(_) | Written::Outdated(_) | Written::Nothing(_))), _) => {
            unchanged(&format!("{kept}, which {editor} wrote, is not UTF-8 text; it is kept for seven days"))
        }
    }
}

/// Takes what the editor wrote after it had returned.
fn take_late(late: Written) -> Edited {
    let said = match &late {
        Written::Text(_) => {
            "What the editor wrote after it had returned is taken; undo brings back the text before"
                .to_owned()
        }
        Written::Outdated(path) => format!(
            "The text changed since the editor had it, so that what it wrote is not taken; it is kept for seven \
             days: {}",
            name_of(path)
        ),
        Written::Nothing(_) => "What the editor wrote is empty and not taken".to_owned(),
        Written::NoText(path) => format!(
            "What the editor wrote is not UTF-8 text and not taken; it is kept for seven days: {}",
            name_of(path)
        ),
    };
    let text = if let Written::Text(text) = late { Some(text) } else { None };
    Edited { text, said: Some(said) }
}

fn unchanged(reason: &str) -> Edited {
    Edited { text: None, said: Some(format!("The text is as it was: {reason}")) }
}

fn run(editor: &str, path: &Path) -> Result<(), String> {
    // Through a shell, so that an editor can be named with arguments. Where that is possible the
    // editor takes the shell's place, so that a signal that is passed on reaches it.
    let exec = if editor.contains(BEYOND_EXEC) { "" } else { "exec " };
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{exec}{editor} \"$1\"")).arg("sh").arg(path);
    let status = command.spawn().and_then(|mut child| {
        signals::lend_to(child.id());
        child.wait()
    });
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => Err(format!("the editor {editor} was not found")),
        Ok(status) => Err(match status.code() {
            Some(code) => format!("the editor {editor} ended with code {code}"),
            None => format!("the editor {editor} was ended"),
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
