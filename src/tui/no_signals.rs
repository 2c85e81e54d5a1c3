//! Stands for `signals` on systems that have none of them.

use std::io;
use std::sync::mpsc::Sender;

use anyhow::Result;

use super::Message;

/// There is nothing to wait for.
pub fn watch(_messages: &Sender<Message>) -> Result<()> {
    Ok(())
}

/// There is nothing to wait for.
pub fn watch_for_end(_tell: impl Fn(i32) + Send + 'static) -> Result<()> {
    Ok(())
}

/// The end of the terminal shows when it is read or written.
pub fn has_vanished() -> bool {
    false
}

/// No program can be continued here.
pub fn has_shell() -> bool {
    false
}

/// No program can be stopped here.
pub fn stop_group() -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

// No signal has to be left to another program.
pub fn lend() {}
pub fn lend_to(_process: u32) {}
pub fn take_back() {}
