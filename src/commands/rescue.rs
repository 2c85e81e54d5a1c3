//! What becomes of a session that could not be saved when the program ends: a rescue file beside it,
//! else standard output; must be called after the terminal was given back.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::questionnaire::Questionnaire;
use crate::session::{RescueFiles, Session};

/// How long writing a rescue file may take: a disk that does not answer has been waited for already.
const PATIENCE: Duration = Duration::from_millis(300);

/// Keeps a session in a rescue file if it can, else prints it; says where it is, as the end of a sentence.
pub(super) fn rescue_or_print(
    questionnaire: &Arc<Questionnaire>,
    session: &Session,
    rescue: RescueFiles,
) -> Result<String> {
    let text = session.to_ron(questionnaire)?;
    // On a thread of its own, for the disk may not answer at all.
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

/// Prints a session; unlike other output it must have arrived before anybody says so.
pub(super) fn print_session(text: &str) -> Result<String> {
    let mut output = io::stdout().lock();
    output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
        .context("the answers given last are lost, for standard output takes nothing either")?;
    Ok("the session is printed above, copy it into a file".to_owned())
}
