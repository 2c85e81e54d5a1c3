//! Replaces `signals` on systems without Unix signals.

use std::io;
use std::sync::mpsc::Sender;

use anyhow::Result;

use super::Message;

/// Does nothing, because there are no signals to wait for.
pub fn watch(_messages: &Sender<Message>) -> Result<()> {
    Ok(())
}

/// Does nothing, because there are no signals to wait for.
pub fn watch_for_end(_tell: impl Fn(i32) + Send + 'static) -> Result<()> {
    Ok(())
}

/// Returns false, because reading or writing the terminal reports its end.
pub fn has_vanished() -> bool {
    false
}

/// Returns false, because no program can be continued here.
pub fn has_shell() -> bool {
    false
}

/// Fails, because no program can be stopped here.
pub fn stop_group() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

// There are no signals to leave to another program.
pub fn lend() {}
pub fn lend_to(_process: u32) {}
pub fn take_back() {}
