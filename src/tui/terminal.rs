//! Enters and leaves the terminal. Must always restore the terminal, and must not query it.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};

use anyhow::{Context as _, Result, bail};
use ratatui::crossterm::cursor::{MoveTo, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::style::Print;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

use super::{Message, external_editor, input, signals};
use crate::screen::{Draft, Edited};
use crate::session::Drafts;

pub use super::signals::has_vanished;

/// Turns on reports of buttons and the wheel, also in columns past 223, but not of every move of the pointer.
const MOUSE_ON: &str = "\u{1b}[?1000h\u{1b}[?1006h";
const MOUSE_OFF: &str = "\u{1b}[?1006l\u{1b}[?1000l";
/// A row below every screen, which terminals clamp to the last row.
const LAST_ROW: u16 = 9998;

/// Fails with a one-sentence reason if the screen cannot be used here.
pub fn is_usable() -> Result<()> {
    let advice = "answer line by line with --linear, or with --set and `langfit advise`";
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        bail!("langfit needs a terminal for input and output; without one, {advice}");
    }
    Ok(())
}

/// Whether this program uses the screen.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Takes over the terminal.
///
/// Clears the screen, because some terminals have no alternate screen and still show earlier output.
fn enter() -> Result<()> {
    enable_raw_mode().context("the terminal cannot be put into raw mode")?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut output = io::stdout();
    execute!(output, EnterAlternateScreen, Clear(ClearType::All))
        .context("the terminal cannot be written")?;
    // Always on, so that pasted text is never mistaken for keys. Some consoles do not support it.
    let _ = execute!(output, EnableBracketedPaste);
    Ok(())
}

/// Restores the terminal. May be called twice. Ignores errors and prints no message.
pub fn leave() {
    let mut output = io::stdout();
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Without an alternate screen, the shell continues at the cursor, so the cursor is left on the last
        // line, which is cleared.
        let _ = queue!(output, MoveTo(0, LAST_ROW), Clear(ClearType::CurrentLine));
    }
    let _ = queue!(output, DisableBracketedPaste, Print(MOUSE_OFF), Show, LeaveAlternateScreen);
    let _ = output.flush();
    let _ = disable_raw_mode();
}

/// Collects a frame, so that each frame is a single write and does not tear.
///
/// The backend also flushes within a frame, to place the cursor, so flushing does nothing here.
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

/// What the shell needs from the terminal in addition to drawing.
pub trait Host {
    /// Displays the frame that was drawn.
    fn show(&mut self) -> io::Result<()>;

    /// Turns the mouse on or off.
    fn mouse(&mut self, _on: bool) {}

    /// Called when everything is computed and displayed, before the shell waits.
    fn idle(&mut self) {}

    /// Called when all events were handled, so that more can be read.
    fn read_on(&mut self) {}

    /// Returns whether other programs may have overwritten the screen since the last call.
    fn is_spoiled(&mut self) -> bool {
        false
    }

    /// Records that other programs may have overwritten the screen.
    fn spoil(&mut self) {}

    /// Restores the terminal and stops the program until it is continued. The error says why this is
    /// impossible.
    fn stop(&mut self) -> Result<(), String> {
        Err("langfit cannot be suspended here".to_owned())
    }

    /// Takes over the terminal again after a stop.
    fn resume(&mut self) -> Result<()> {
        Ok(())
    }

    /// Lets the user edit a text in an external editor.
    fn edit(&mut self, _draft: &Draft) -> Edited {
        Edited { text: None, said: Some("The text is unchanged: no editor can be started here".to_owned()) }
    }
}

/// The terminal while the program uses it.
#[derive(Debug)]
pub struct TerminalHost {
    frame: FrameBuffer,
    leave_to_read: Sender<()>,
    /// Whether the mouse is on.
    mouse: bool,
    /// The texts that were given to an external editor.
    drafts: Drafts,
    /// Whether the terminal is currently left to other programs.
    away: bool,
    spoiled: bool,
}

impl TerminalHost {
    /// Takes over the terminal and reads its events on a separate thread.
    pub fn open(messages: Sender<Message>, drafts: Drafts) -> Result<Self> {
        enter()?;
        let (leave_to_read, leave) = channel();
        input::spawn(messages, leave).context("the terminal cannot be read")?;
        let frame = FrameBuffer::default();
        Ok(Self { frame, leave_to_read, mouse: false, drafts, away: false, spoiled: false })
    }

    /// Returns the buffer to which frames are written.
    pub fn frame(&self) -> FrameBuffer {
        self.frame.clone()
    }

    fn set_mouse(&self) {
        let frame = &mut *self.frame.0.borrow_mut();
        // Writing to memory cannot fail.
        let _ = queue!(frame, Print(if self.mouse { MOUSE_ON } else { MOUSE_OFF }));
    }
}

impl Host for TerminalHost {
    fn show(&mut self) -> io::Result<()> {
        let mut frame = self.frame.0.borrow_mut();
        let shown = if self.away {
            Ok(())
        } else {
            let mut output = io::stdout().lock();
            output.write_all(&frame).and_then(|()| output.flush())
        };
        frame.clear();
        shown
    }

    fn mouse(&mut self, on: bool) {
        self.mouse = on;
        self.set_mouse();
    }

    fn read_on(&mut self) {
        // Fails only if the reader has ended, which sends its own message.
        let _ = self.leave_to_read.send(());
    }

    fn is_spoiled(&mut self) -> bool {
        std::mem::take(&mut self.spoiled)
    }

    fn spoil(&mut self) {
        self.spoiled = true;
    }

    fn stop(&mut self) -> Result<(), String> {
        if !signals::has_shell() {
            return Err("There is no shell to return to".to_owned());
        }
        leave();
        // Nothing may be drawn until a message reports that the program continues.
        self.away = true;
        signals::stop_group().map_err(|error| match self.resume() {
            Ok(()) => format!("langfit cannot be suspended: {error}"),
            Err(error) => format!("{error:#}"),
        })
    }

    fn resume(&mut self) -> Result<()> {
        if !self.away {
            // Another program may have changed the modes while this one was stopped from outside. Crossterm
            // would not set raw mode again while it believes that raw mode is on.
            let _ = disable_raw_mode();
        }
        enter()?;
        self.set_mouse();
        (self.away, self.spoiled) = (false, true);
        Ok(())
    }

    fn edit(&mut self, draft: &Draft) -> Edited {
        signals::lend();
        leave();
        self.away = true;
        let mut edited = external_editor::edit(&self.drafts, draft);
        signals::take_back();
        if let Err(error) = self.resume() {
            edited.said = Some(format!("{error:#}"));
        }
        edited
    }
}
