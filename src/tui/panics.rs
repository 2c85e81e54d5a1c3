//! Panics while the screen is taken: kept until it was given back, never printed over it.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Message;

/// What the first panic said; the ones after it are most likely its consequences.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Runs what has the screen; nothing is returned if it panics.
///
/// From now on every panic of any thread is kept for [`panicked`].
pub fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    set_hook(Box::new(keep));
    catch_unwind(AssertUnwindSafe(run)).ok()
}

/// Says what the first panic said, if there was one; panics after this are printed as usual.
pub fn panicked() -> Option<String> {
    // Taking ours away brings the usual hook back.
    drop(take_hook());
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).take()
}

fn keep(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let words = payload.downcast_ref::<&str>().copied();
    let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = info.location().map(|place| format!(" ({place})")).unwrap_or_default();
    // Empty unless somebody asked for it in the environment.
    let trace = match Backtrace::capture() {
        trace if trace.status() == BacktraceStatus::Captured => format!("\n{trace}"),
        _ => String::new(),
    };
    let message = format!("{}{place}{trace}", words.unwrap_or("a panic without words"));
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(message);
}

/// Starts a thread; if it panics, the shell is told, and `last` is done before.
pub(super) fn spawn(
    messages: Sender<Message>,
    run: impl FnOnce(&Sender<Message>) + Send + 'static,
    last: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(|| run(&messages))).is_err() {
            last();
            // A shell that has ended does not listen any more.
            let _ = messages.send(Message::Panicked);
        }
    };
    thread::Builder::new().spawn(guarded).map(|_| ())
}
