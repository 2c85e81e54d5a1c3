//! A text in the person's own editor; must not know what the text is for.

use std::env;
use std::fs;
use std::io::Write as _;
use std::process::Command;

use super::signals;

/// What is run if nobody chose an editor.
const USUAL: &str = "vi";
/// What makes it more than one command with arguments.
const BEYOND_EXEC: &[char] = &['=', ';', '&', '|', '(', ')', '{', '}', '<', '>', '`', '$', '!', '\n'];

/// Lets somebody edit a text; the terminal must have been left before.
///
/// An error says in one sentence why there is no new text.
pub fn edit(text: &str) -> Result<String, String> {
    let mut file = tempfile::Builder::new()
        .prefix("langfit-")
        .suffix(".md")
        .tempfile()
        .map_err(|error| format!("no temporary file can be made: {error}"))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n"));
    written.map_err(|error| format!("the temporary file cannot be written: {error}"))?;
    // Closed, but kept: many editors put a new file in its place.
    let path = file.into_temp_path();
    let editor = editor();
    run(&editor, &path)?;
    let bytes = fs::read(&path).map_err(|error| format!("what {editor} wrote cannot be read: {error}"))?;
    String::from_utf8(bytes).map_err(|_| format!("what {editor} wrote is not UTF-8 text"))
}

fn run(editor: &str, path: &std::path::Path) -> Result<(), String> {
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
