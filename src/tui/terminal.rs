//! Entering and leaving the terminal; must leave it as it was, whatever happened, and ask it
//! nothing.

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

/// Buttons and wheel, with columns past 223; not every move of the pointer.
const MOUSE_ON: &str = "\u{1b}[?1000h\u{1b}[?1006h";
const MOUSE_OFF: &str = "\u{1b}[?1006l\u{1b}[?1000l";
/// A row beyond every screen, which terminals take for the last one.
const LAST_ROW: u16 = 9998;

/// Says in one sentence why the screen cannot be used here, if it cannot.
pub fn is_usable() -> Result<()> {
    let advice = "answer line by line with --linear, or with --set and `langfit advise`";
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        bail!("langfit needs a terminal for input and output; without one, {advice}");
    }
    Ok(())
}

/// Whether the screen is this program's.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Takes the terminal over.
///
/// Some terminals have no second screen, so that what others wrote is still there: it is cleared.
fn enter() -> Result<()> {
    enable_raw_mode().context("the terminal cannot be put into raw mode")?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut output = io::stdout();
    execute!(output, EnterAlternateScreen, Clear(ClearType::All))
        .context("the terminal cannot be written")?;
    // On all the time, so that what is pasted is never taken for keys. Some consoles do not have it.
    let _ = execute!(output, EnableBracketedPaste);
    Ok(())
}

/// Gives the terminal back; may run twice, ignores errors, prints nothing.
pub fn leave() {
    let mut output = io::stdout();
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Without a second screen the shell goes on where the cursor is: on the last line, emptied.
        let _ = queue!(output, MoveTo(0, LAST_ROW), Clear(ClearType::CurrentLine));
    }
    let _ = queue!(output, DisableBracketedPaste, Print(MOUSE_OFF), Show, LeaveAlternateScreen);
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

    /// Is told when the mouse is wanted or not.
    fn mouse(&mut self, _on: bool) {}

    /// Is told when everything is worked out and shown, and the shell begins to wait.
    fn idle(&mut self) {}

    /// Is told when all that was read is handled, so that more may be read.
    fn read_on(&mut self) {}

    /// Says, once, whether others may have written over what was shown.
    fn is_spoiled(&mut self) -> bool {
        false
    }

    /// Is told that others have written over what was shown.
    fn spoil(&mut self) {}

    /// Gives the terminal back and stops the program until somebody continues it; an error says why
    /// not.
    fn stop(&mut self) -> Result<(), String> {
        Err("nothing can be stopped here".to_owned())
    }

    /// Takes the terminal over again after the program was stopped.
    fn resume(&mut self) -> Result<()> {
        Ok(())
    }

    /// Lets somebody edit a text in an editor of their own.
    fn edit(&mut self, _draft: &Draft) -> Edited {
        Edited { text: None, said: Some("The text is as it was: there is no other editor here".to_owned()) }
    }
}

/// The terminal while the program has it.
#[derive(Debug)]
pub struct TerminalHost {
    frame: FrameBuffer,
    leave_to_read: Sender<()>,
    /// Whether the mouse is wanted.
    mouse: bool,
    /// The texts that were given to another editor.
    drafts: Drafts,
    /// Whether the terminal was given back for a while.
    away: bool,
    spoiled: bool,
}

impl TerminalHost {
    /// Takes the terminal over and reads its events on a thread of its own.
    pub fn open(messages: Sender<Message>, drafts: Drafts) -> Result<Self> {
        enter()?;
        let (leave_to_read, leave) = channel();
        input::spawn(messages, leave).context("the terminal cannot be read")?;
        let frame = FrameBuffer::default();
        Ok(Self { frame, leave_to_read, mouse: false, drafts, away: false, spoiled: false })
    }

    /// Returns what frames are to be written to.
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
        // Without a reader there is nobody to tell, and its end is a message of its own.
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
        // Nothing may be drawn until a message says that the program was continued.
        self.away = true;
        signals::stop_group().map_err(|error| match self.resume() {
            Ok(()) => format!("The program cannot be stopped: {error}"),
            Err(error) => format!("{error:#}"),
        })
    }

    fn resume(&mut self) -> Result<()> {
        if !self.away {
            // Whoever stopped the program from outside may have changed the modes, and while raw
            // mode seems to be on it would not be set again.
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
