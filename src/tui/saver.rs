//! Saves sessions on a thread of its own, because syncing a disk can take seconds; must not show
//! anything.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::Message;
use crate::questionnaire::Questionnaire;
use crate::session::{Session, save};
use crate::source::Source;

/// The newest session wins: one that was not written yet is replaced, not queued.
#[derive(Debug, Clone)]
pub struct Saver {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: Option<Session>,
    writing: bool,
    /// Why the last save failed, if it did.
    failure: Option<String>,
}

impl Saver {
    /// Starts the thread; `messages` is told how each save went.
    pub fn spawn(path: PathBuf, questionnaire: Questionnaire, messages: Sender<Message>) -> Self {
        let shared = Arc::new(Shared::default());
        let saver = Self { shared: Arc::clone(&shared) };
        thread::spawn(move || {
            loop {
                let session = shared.next();
                let outcome = write(&path, &questionnaire, &session);
                let failure = outcome.err().map(|error| format!("{error:#}"));
                let newest = shared.done(failure.clone());
                if newest && messages.send(Message::Saved(failure)).is_err() {
                    return;
                }
            }
        });
        saver
    }

    /// Hands over the newest session.
    pub fn submit(&self, session: Session) {
        self.shared.lock().waiting = Some(session);
        self.shared.changed.notify_all();
    }

    /// Waits until everything handed over is written; a failed save is tried once more.
    ///
    /// An error says why the session is not on disk.
    pub fn finish(&self, session: &Session, patience: Duration) -> Result<()> {
        let deadline = Instant::now() + patience;
        let mut state = self.shared.lock();
        let mut tried_again = false;
        loop {
            let idle = state.waiting.is_none() && !state.writing;
            match &state.failure {
                None if idle => return Ok(()),
                Some(reason) if idle && tried_again => bail!("{reason}"),
                Some(_) if idle => {
                    tried_again = true;
                    state.waiting = Some(session.clone());
                    self.shared.changed.notify_all();
                }
                _ => {}
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!("the disk did not answer for {} seconds", patience.as_secs());
            }
            state = self.shared.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Session {
        let mut state = self.lock();
        loop {
            if let Some(session) = state.waiting.take() {
                state.writing = true;
                return session;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Notes how a save went; true if nothing newer is waiting.
    fn done(&self, failure: Option<String>) -> bool {
        let mut state = self.lock();
        state.writing = false;
        state.failure = failure;
        self.changed.notify_all();
        state.waiting.is_none()
    }
}

/// Writes a session, having made sure that what is written can be read back.
fn write(path: &std::path::Path, questionnaire: &Questionnaire, session: &Session) -> Result<()> {
    let text = session.to_ron(questionnaire)?;
    let read_back = Session::parse(&Source::new("the session in memory", text.as_str()), questionnaire)?;
    if read_back.answers != session.answers || read_back.details != session.details {
        bail!("the session would not be read back as it is");
    }
    save(path, &text)
}
