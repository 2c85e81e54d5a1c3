//! Saves sessions on a thread of its own, because syncing a disk can take seconds; must not show
//! anything.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::{Message, panics};
use crate::questionnaire::Questionnaire;
use crate::session::{Session, save};
use crate::source::Source;

/// The newest session wins: one that was not written yet is replaced, not queued.
#[derive(Debug, Clone)]
pub struct Saver {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    questionnaire: Arc<Questionnaire>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// What was handed over last.
    newest: Option<Session>,
    waiting: Option<Session>,
    writing: bool,
    /// Why the last save failed, if it did.
    failure: Option<String>,
    /// The thread panicked: nothing is written any more.
    dead: bool,
}

impl Saver {
    /// Starts the thread; `messages` is told how each save went.
    pub fn spawn(
        path: PathBuf,
        questionnaire: Arc<Questionnaire>,
        messages: Sender<Message>,
    ) -> io::Result<Self> {
        let (state, changed) = (Mutex::default(), Condvar::new());
        let shared = Arc::new(Shared { path, questionnaire, state, changed });
        let saver = Self { shared: Arc::clone(&shared) };
        let dying = Arc::clone(&shared);
        panics::spawn(messages, move |messages| shared.write_on(messages), move || dying.die())?;
        Ok(saver)
    }

    /// Hands over the newest session; one that was handed over already is not
    /// written twice.
    pub fn submit(&self, session: Session) {
        let mut state = self.shared.lock();
        if state.newest.as_ref() == Some(&session) && state.failure.is_none() {
            return;
        }
        state.newest = Some(session.clone());
        state.waiting = Some(session);
        self.shared.changed.notify_all();
    }

    /// Waits until everything handed over is written; a failed save is tried once more.
    ///
    /// If the thread died, the session is written here instead. An error says why the session is not
    /// on disk.
    pub fn finish(&self, session: &Session, patience: Duration) -> Result<()> {
        let deadline = Instant::now() + patience;
        let mut state = self.shared.lock();
        let mut tried_again = false;
        loop {
            if state.dead {
                drop(state);
                return self.shared.write_here(session);
            }
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

    /// Writes what is handed over until nobody listens.
    fn write_on(&self, messages: &Sender<Message>) {
        loop {
            let session = self.next();
            #[cfg(debug_assertions)]
            super::fault::cause(super::fault::SAVE);
            let failure = self.write(&session).err().map(|error| format!("{error:#}"));
            let newest = self.done(failure.clone());
            if newest && messages.send(Message::Saved(failure)).is_err() {
                return;
            }
        }
    }

    fn die(&self) {
        self.lock().dead = true;
        self.changed.notify_all();
    }

    /// Writes a session; what killed the thread may happen again.
    fn write_here(&self, session: &Session) -> Result<()> {
        match catch_unwind(AssertUnwindSafe(|| self.write(session))) {
            Ok(written) => written,
            Err(_) => bail!("saving panics"),
        }
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

    /// Writes a session, having made sure that what is written can be read back.
    fn write(&self, session: &Session) -> Result<()> {
        let text = session.to_ron(&self.questionnaire)?;
        let read_back =
            Session::parse(&Source::new("the session in memory", text.as_str()), &self.questionnaire)?;
        if read_back.answers != session.answers || read_back.details != session.details {
            bail!("the session would not be read back as it is");
        }
        save(&self.path, &text)
    }
}
