//! Analyzes the advice on a separate thread, so that the analysis never delays a key.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

use super::{Message, panics};
use crate::workbook::Study;

/// A handle to the thread that analyzes the advice.
pub struct Analyst {
    studies: Sender<Study>,
    /// The revision of the answers that was submitted last. Studies of earlier revisions are dropped.
    newest: Arc<AtomicU64>,
}

impl Analyst {
    /// Starts the thread, which ends when the analyst is dropped.
    pub fn start(messages: Sender<Message>) -> io::Result<Self> {
        let (studies, waiting) = channel::<Study>();
        let newest = Arc::new(AtomicU64::new(0));
        let wanted = Arc::clone(&newest);
        let run = move |messages: &Sender<Message>| {
            for study in waiting {
                let revision = study.revision;
                let is_wanted = || wanted.load(Ordering::Relaxed) == revision;
                study.run(&is_wanted, |finding| {
                    // Fails only if the shell has ended.
                    let _ = messages.send(Message::Found(revision, finding));
                });
            }
        };
        panics::spawn(messages, run, || ())?;
        Ok(Self { studies, newest })
    }

    /// Submits a study. Returns immediately.
    pub fn take(&self, study: Study) {
        self.newest.store(study.revision, Ordering::Relaxed);
        // Fails only if the thread panicked, which the shell already knows.
        let _ = self.studies.send(study);
    }
}
