//! Entering and leaving the terminal; must leave it as it was, whatever happened.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write};
use std::panic;
use std::rc::Rc;

use anyhow::{Context as _, Result, bail};
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

/// Says in one sentence why the screen cannot be used here, if it cannot.
pub fn is_usable() -> Result<()> {
    let advice = "answer line by line with --linear, or with --set and `langfit advise`";
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        bail!("langfit needs a terminal for input and output; without one, {advice}");
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        bail!("this terminal (TERM=dumb) cannot show a full screen; {advice}");
    }
    Ok(())
}

/// Takes the terminal over; a panic gives it back before its message is printed.
pub fn enter() -> Result<()> {
    let earlier = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        leave();
        earlier(info);
    }));
    enable_raw_mode().context("the terminal cannot be put into raw mode")?;
    execute!(io::stdout(), EnterAlternateScreen).context("the terminal cannot be written")
}

/// Gives the terminal back; may run twice, ignores errors, prints nothing.
pub fn leave() {
    let mut output = io::stdout();
    let _ = queue!(output, DisableBracketedPaste, Show, LeaveAlternateScreen);
    let _ = output.flush();
    let _ = disable_raw_mode();
}

/// Collects a frame, so that each frame is one write and nothing tears.
///
/// The backend flushes in mid-frame, to place the cursor; here that does nothing.
#[derive(Debug, Clone, Default)]
pub struct FrameBuffer(Rc<RefCell<Vec<u8>>>);

impl Write for FrameBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the shell asks of the terminal beside drawing.
pub trait Host {
    /// Shows the frame that was drawn.
    fn show(&mut self) -> io::Result<()>;
    /// Is told when a text field is opened or closed.
    fn typing(&mut self, on: bool);
    /// Is told when everything is worked out and shown, and the shell begins to wait.
    fn idle(&mut self) {}
}

impl Host for FrameBuffer {
    fn show(&mut self) -> io::Result<()> {
        let mut frame = self.0.borrow_mut();
        let mut output = io::stdout().lock();
        let shown = output.write_all(&frame).and_then(|()| output.flush());
        frame.clear();
        shown
    }

    /// Bracketed paste is on only in a text field: a paste without end would swallow all keys.
    fn typing(&mut self, on: bool) {
        let frame = &mut *self.0.borrow_mut();
        // Writing to memory cannot fail.
        let _ = if on { queue!(frame, EnableBracketedPaste) } else { queue!(frame, DisableBracketedPaste) };
    }
}
