//! What becomes of a session that could not be saved when the program ends: a rescue file beside it,
//! else standard output; must be called after the terminal was given back.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::questionnaire::Questionnaire;
use crate::session::{Rescue, Session};

/// How long writing a rescue file may take: a disk that does not answer has been waited for already.
const PATIENCE: Duration = Duration::from_millis(300);

/// Where answers are that are not in the session's file.
pub(super) enum Refuge {
    /// In this file, which is offered at the next start.
    File(String),
    /// On standard output.
    Printed,
}

impl Refuge {
    /// Says so, as the end of a sentence.
    pub(super) fn words(&self) -> String {
        match self {
            Self::File(name) => format!("the answers are in {name} and are offered at the next start"),
            Self::Printed => "the session is printed above, copy it into a file".to_owned(),
        }
    }
}

/// Keeps a session in a rescue file if it can, else prints it.
pub(super) fn shelter(
    questionnaire: &Arc<Questionnaire>,
    session: &Session,
    rescue: Rescue,
) -> Result<Refuge> {
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
        return Ok(Refuge::File(name));
    }
    print_out(&text)
}

/// Prints a session; unlike other output it must have arrived before anybody says so.
pub(super) fn print_out(text: &str) -> Result<Refuge> {
    let mut output = io::stdout().lock();
    output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
        .context("the answers given last are lost, for standard output takes nothing either")?;
    Ok(Refuge::Printed)
}
