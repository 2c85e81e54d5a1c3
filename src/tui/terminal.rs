//! Entering and leaving the terminal; must leave it as it was, whatever happened.

use std::io::{self, IsTerminal as _, Write as _};
use std::panic;

use anyhow::{Context as _, Result, bail};
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::DisableBracketedPaste;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

/// Says in one sentence why the screen cannot be used here, if it cannot.
pub fn is_usable() -> Result<()> {
    let advice = "answer with --set and see `langfit advise --help`";
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
