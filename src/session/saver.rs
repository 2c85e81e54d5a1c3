//! Saves sessions on a separate thread, because an fsync can take seconds. Must not draw anything, and must
//! not wake up unless there is work.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;

use super::{Bookmark, RescueFiles, Session, StateFolder, Store, Unsaved};
use crate::questionnaire::Questionnaire;

/// Pauses before the automatic retries after consecutive failures. The last one repeats.
const PAUSES: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2)];

/// A report from the saver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaverReport {
    /// The outcome of a save. A saved session survives a power cut.
    Saved(Result<(), Unsaved>),
    /// The thread panicked. Nothing more is written, except by [`Saver::finish`].
    Died,
}

/// A handle to the thread that saves. A submitted session replaces an earlier one that is still waiting.
#[derive(Debug, Clone)]
pub struct Saver {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Locked while the file is written, which may take as long as the disk needs.
    store: Mutex<Store>,
    questionnaire: Arc<Questionnaire>,
    state: Mutex<SaverState>,
    changed: Condvar,
}

#[derive(Debug)]
struct SaverState {
    /// The last session submitted, reloaded or saved under a new name.
    newest: Option<Session>,
    waiting: Option<Session>,
    writing: bool,
    /// Why the last save failed, if it did.
    failure: Option<Unsaved>,
    /// The number of consecutive failed saves.
    failures: usize,
    /// Whether to overwrite what another program wrote.
    overwrite: bool,
    /// The store that replaces the current one.
    moved: Option<Store>,
    /// Counts the switches to another file or to content from another program. The outcome of a save that
    /// began before a switch is not reported.
    moves: usize,
    /// Where to write a rescue file if the session cannot be saved.
    rescue: RescueFiles,
    /// The folder for per-user state.
    folder: StateFolder,
    /// Whether the thread panicked and no longer writes.
    dead: bool,
}

impl Saver {
    /// Starts the thread. `report` receives the outcomes of saves, and returns whether anyone still listens.
    pub fn spawn(
        store: Store,
        questionnaire: Arc<Questionnaire>,
        report: impl Fn(SaverReport) -> bool + Send + 'static,
    ) -> io::Result<Self> {
        let state = SaverState {
            newest: None,
            waiting: None,
            writing: false,
            failure: None,
            failures: 0,
            overwrite: false,
            moved: None,
            moves: 0,
            rescue: store.rescue(),
            folder: store.state().clone(),
            dead: false,
        };
        let (store, state, changed) = (Mutex::new(store), Mutex::new(state), Condvar::new());
        let shared = Arc::new(Shared { store, questionnaire, state, changed });
        let saver = Self { shared: Arc::clone(&shared) };
        let write_on = move || {
            if catch_unwind(AssertUnwindSafe(|| shared.run_thread(&report))).is_err() {
                shared.die();
                report(SaverReport::Died);
            }
        };
        thread::Builder::new().spawn(write_on)?;
        Ok(saver)
    }

    /// Submits the newest session. Does nothing if the session was already submitted and the last save did
    /// not fail.
    pub fn submit(&self, session: Session) {
        let mut state = self.shared.lock();
        if state.newest.as_ref() == Some(&session) && state.failure.is_none() {
            return;
        }
        state.newest = Some(session.clone());
        state.waiting = Some(session);
        self.shared.changed.notify_all();
    }

    /// Returns whether a session is still waiting or being written, so that another report will follow.
    pub fn is_busy(&self) -> bool {
        let state = self.shared.lock();
        state.waiting.is_some() || state.writing
    }

    /// Saves the session over what another program wrote.
    pub fn overwrite(&self, session: Session) {
        self.shared.lock().overwrite = true;
        self.submit(session);
    }

    /// Reads the current content of the file and continues with it. Sets the id and the dates if they are
    /// missing.
    pub fn reload(&self, today: Date) -> Result<Session> {
        let mut store = match self.shared.store.try_lock() {
            Ok(store) => store,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => bail!("the disk does not answer; try again"),
        };
        let mut session = store.load(&self.shared.questionnaire)?.context("the file no longer exists")?;
        session.stamp(today);
        let mut state = self.shared.lock();
        (state.waiting, state.failure, state.failures) = (None, None, 0);
        state.moves += 1;
        // The content of the file need not be written again.
        state.newest = Some(session.clone());
        Ok(session)
    }

    /// Writes a session to a file that does not exist yet, and continues there. Returns the file's name.
    ///
    /// Runs on the calling thread, because the saver's thread may be waiting for the disk of the old file.
    pub fn save_as(&self, path: &Path, session: &Session) -> Result<String> {
        let folder = self.shared.lock().folder.clone();
        let mut store = Store::begin(path, &folder)?;
        store.save(&session.to_ron_checked(&self.shared.questionnaire)?)?;
        let name = store.name().to_owned();
        let mut state = self.shared.lock();
        (state.waiting, state.failure, state.failures, state.overwrite) = (None, None, 0, false);
        state.newest = Some(session.clone());
        state.rescue = store.rescue();
        state.moved = Some(store);
        state.moves += 1;
        drop(state);
        self.shared.changed.notify_all();
        // Releases the old file immediately, unless it is being written.
        if let Ok(mut left) = self.shared.store.try_lock() {
            self.shared.take_over(&mut left);
        }
        Ok(name)
    }

    /// Waits for at most `patience` until everything submitted is written. A failed save is retried once.
    ///
    /// If the thread panicked, writes the session on the calling thread. The error says why the session is
    /// not on disk.
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

    /// Returns whether the file on disk currently contains this session. Returns false while the disk is
    /// busy.
    pub fn holds(&self, session: &Session) -> bool {
        let Ok(mut store) = self.shared.store.try_lock() else { return false };
        self.shared.take_over(&mut store);
        store.holds(session, &self.shared.questionnaire)
    }

    /// Returns what another program did to the file since it was last read or written. Returns `None` while
    /// the disk is busy.
    pub fn done_by_others(&self) -> Option<Unsaved> {
        let mut store = self.shared.store.try_lock().ok()?;
        self.shared.take_over(&mut store);
        store.done_by_others()
    }

    /// Saves the bookmark, unless the disk is busy.
    pub fn keep_bookmark(&self, bookmark: Bookmark) {
        if let Ok(mut store) = self.shared.store.try_lock() {
            self.shared.take_over(&mut store);
            store.keep_bookmark(bookmark);
        }
    }

    /// Returns the location of the rescue files.
    pub fn rescue(&self) -> RescueFiles {
        self.shared.lock().rescue.clone()
    }

    /// Releases the lock on the file, because nothing more will be written.
    pub fn release(&self) {
        {
            let mut state = self.shared.lock();
            (state.waiting, state.failure) = (None, None);
        }
        // A thread that waits for the disk keeps the lock until the process ends.
        if let Ok(mut store) = self.shared.store.try_lock() {
            self.shared.take_over(&mut store);
            store.release();
        }
    }
}

impl SaverState {
    /// Returns how long to wait before a retry; `None` if the last save succeeded. A save refused because of
    /// another program's changes is retried too, because the changes may be reverted.
    fn pause(&self) -> Option<Duration> {
        self.failure.is_some().then(|| PAUSES[(self.failures.max(1) - 1).min(PAUSES.len() - 1)])
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, SaverState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes submitted sessions until `report` returns false.
    fn run_thread(&self, report: &impl Fn(SaverReport) -> bool) {
        loop {
            let (session, moves) = self.wait_for_session();
            #[cfg(debug_assertions)]
            crate::fault::cause("save");
            let written = self.write(&session);
            if self.note_outcome(&written, moves) && !report(SaverReport::Saved(written)) {
                return;
            }
        }
    }

    fn die(&self) {
        self.lock().dead = true;
        self.changed.notify_all();
    }

    /// Writes a session on the calling thread. Catches panics, because the one that ended the saver's thread
    /// may occur again.
    fn write_here(&self, session: &Session) -> Result<()> {
        match catch_unwind(AssertUnwindSafe(|| self.write(session))) {
            Ok(written) => Ok(written?),
            Err(_) => bail!("saving panics"),
        }
    }

    fn wait_for_session(&self) -> (Session, usize) {
        let mut state = self.lock();
        loop {
            if let Some(session) = state.waiting.take() {
                state.writing = true;
                return (session, state.moves);
            }
            state = match state.pause() {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(pause) => {
                    let waited = self.changed.wait_timeout(state, pause);
                    let (mut state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
                    if waited.timed_out() && state.failure.is_some() && state.waiting.is_none() {
                        let newest = state.newest.clone();
                        state.waiting = newest;
                    }
                    state
                }
            };
        }
    }

    /// Stores the outcome of a save. Returns whether to report it. It is not reported if a newer session is
    /// waiting, or after a switch to another file or content.
    fn note_outcome(&self, written: &Result<(), Unsaved>, moves: usize) -> bool {
        let mut state = self.lock();
        state.writing = false;
        self.changed.notify_all();
        if state.moves != moves {
            return false;
        }
        state.failures = if written.is_ok() { 0 } else { state.failures + 1 };
        state.failure = written.clone().err();
        state.waiting.is_none()
    }

    fn take_over(&self, store: &mut Store) {
        let mut state = self.lock();
        if let Some(moved) = state.moved.take() {
            *store = moved;
        }
        if std::mem::take(&mut state.overwrite) {
            store.allow_overwrite();
        }
    }

    fn write(&self, session: &Session) -> Result<(), Unsaved> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        self.take_over(&mut store);
        let text = session
            .to_ron_checked(&self.questionnaire)
            .map_err(|error| Unsaved::Failed(format!("{error:#}")))?;
        store.save(&text)?;
        // If the program is killed, the next start opens at the question answered last.
        if let Some(question) = session.at {
            let question = Some(self.questionnaire[question].id.clone());
            let bookmark = Bookmark { question, ..store.bookmark().clone() };
            store.keep_bookmark(bookmark);
        }
        Ok(())
    }
}
