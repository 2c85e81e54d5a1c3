//! Panics on purpose, in debug builds only, so that tests see what becomes of one.
//!
//! The environment variable `LANGFIT_PANIC` names the place: draw, update, save or input. Nothing happens until the terminal
//! says that it has the focus, which it never does unasked; a test sends that when it is ready.

use std::sync::atomic::{AtomicBool, Ordering};

static ARMED: AtomicBool = AtomicBool::new(false);

/// From now on the place that was named panics.
pub fn arm() {
    ARMED.store(true, Ordering::SeqCst);
}

/// Panics once if this is the place and the time.
///
/// # Panics
///
/// That is what it is for.
pub fn cause(place: &str) {
    let named = || std::env::var("LANGFIT_PANIC").is_ok_and(|named| named == place);
    let due = ARMED.load(Ordering::SeqCst) && named() && ARMED.swap(false, Ordering::SeqCst);
    assert!(!due, "caused in {place}\u{1b}[31m");
}
