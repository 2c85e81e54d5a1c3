//! Handles panics while the screen is in use. Keeps the first message until the terminal is restored, so that
//! nothing is printed over the screen.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::Message;

/// The message of the first panic. Later ones are probably its consequences.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Runs a function that uses the screen. Returns `None` if it panics.
///
/// From then on, panics print nothing, and the first one of any thread is kept for [`panicked`].
pub fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    set_hook(Box::new(keep));
    catch_unwind(AssertUnwindSafe(run)).ok()
}

/// Returns the message of the first panic, if there was one. After this call, panics are printed as usual.
pub fn panicked() -> Option<String> {
    // Removing this module's hook restores the default hook.
    drop(take_hook());
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).take()
}

fn keep(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let words = payload.downcast_ref::<&str>().copied();
    let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = info.location().map(|place| format!(" ({place})")).unwrap_or_default();
    // Empty unless `RUST_BACKTRACE` enables it.
    let trace = match Backtrace::capture() {
        trace if trace.status() == BacktraceStatus::Captured => format!("\n{trace}"),
        _ => String::new(),
    };
    let message = format!("{}{place}{trace}", words.unwrap_or("a panic without a message"));
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(message);
}

/// Starts a thread. If it panics, calls `last` and then notifies the shell.
pub(super) fn spawn(
    messages: Sender<Message>,
    run: impl FnOnce(&Sender<Message>) + Send + 'static,
    last: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    let guarded = move || {
        if catch_unwind(AssertUnwindSafe(|| run(&messages))).is_err() {
            last();
            // Fails only if the shell has ended.
            let _ = messages.send(Message::Panicked);
        }
    };
    thread::Builder::new().spawn(guarded).map(|_| ())
}
