//! Looks into the advice on a thread of its own, so that no key waits for it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};

use super::{Message, panics};
use crate::workbook::Study;

/// Whoever looks into the advice.
pub struct Analyst {
    studies: Sender<Study>,
    /// The state of the answers that was handed over last; what is about earlier ones is dropped.
    newest: Arc<AtomicU64>,
}

impl Analyst {
    /// Starts the thread; it ends with the analyst.
    pub fn start(messages: Sender<Message>) -> io::Result<Self> {
        let (studies, waiting) = channel::<Study>();
        let newest = Arc::new(AtomicU64::new(0));
        let wanted = Arc::clone(&newest);
        let run = move |messages: &Sender<Message>| {
            for study in waiting {
                let revision = study.revision;
                let is_wanted = || wanted.load(Ordering::Relaxed) == revision;
                study.run(&is_wanted, |finding| {
                    // A shell that has ended does not listen any more.
                    let _ = messages.send(Message::Found(revision, finding));
                });
            }
        };
        panics::spawn(messages, run, || ())?;
        Ok(Self { studies, newest })
    }

    /// Takes a study; returns at once.
    pub fn take(&self, study: Study) {
        self.newest.store(study.revision, Ordering::Relaxed);
        // A thread that panicked has told the shell so.
        let _ = self.studies.send(study);
    }
}
