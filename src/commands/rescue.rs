//! Handles a session that could not be saved when the program ends. Writes it to a rescue file, or else to
//! standard output. Must be called after the terminal was restored.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::questionnaire::Questionnaire;
use crate::session::{RescueFiles, Session};

/// Time limit for writing a rescue file. The run has already waited for the disk once.
const PATIENCE: Duration = Duration::from_millis(300);

/// Writes the session to a rescue file, or prints it if that fails. Returns where it is, as the end of a
/// sentence.
pub(super) fn rescue_or_print(
    questionnaire: &Arc<Questionnaire>,
    session: &Session,
    rescue: RescueFiles,
) -> Result<String> {
    let text = session.to_ron(questionnaire)?;
    // Written on a separate thread, because the disk may not respond at all.
    let (sender, receiver) = channel();
    let copy = text.clone();
    let write = move || {
        let _ = sender.send(rescue.write(&copy));
    };
    if thread::Builder::new().spawn(write).is_ok()
        && let Ok(Ok(name)) = receiver.recv_timeout(PATIENCE)
    {
        return Ok(format!("the answers are in {name} and are offered at the next start"));
    }
    print_session(&text)
}

/// Prints a session. Unlike with other output, a closed pipe is an error.
pub(super) fn print_session(text: &str) -> Result<String> {
    let mut output = io::stdout().lock();
    output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
        .context("the latest answers are lost, because standard output failed too")?;
    Ok("the session is printed above; copy it into a file".to_owned())
}
