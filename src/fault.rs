//! Deliberate panics in debug builds, which let tests check how the program handles them.
//!
//! The environment variable `LANGFIT_PANIC` names the place: draw, update, save or input. The panic is armed
//! when the terminal reports that it gained focus. The program never requests such reports, so only a test
//! sends one.

use std::sync::atomic::{AtomicBool, Ordering};

static ARMED: AtomicBool = AtomicBool::new(false);

/// Arms the panic at the named place.
pub fn arm() {
    ARMED.store(true, Ordering::SeqCst);
}

/// Panics once, if `LANGFIT_PANIC` names `place` and the panic is armed.
///
/// # Panics
///
/// Panics by design, as described above.
pub fn cause(place: &str) {
    let named = || std::env::var("LANGFIT_PANIC").is_ok_and(|named| named == place);
    let due = ARMED.load(Ordering::SeqCst) && named() && ARMED.swap(false, Ordering::SeqCst);
    assert!(!due, "caused in {place}\u{1b}[31m");
}
