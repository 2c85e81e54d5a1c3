//! Handles signals, the end of the terminal and job control. Must not save or draw.

use std::io;
use std::process;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use nix::unistd::{getpgrp, getppid, getsid};
use ratatui::crossterm::terminal::disable_raw_mode;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_current_process_group, kill_process};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{Message, leave, panics};

/// Time limit for saving and quitting after a signal.
const PATIENCE: Duration = Duration::from_millis(2400);
/// Time limit for restoring the terminal after that, in case it accepts no output.
const PARTING: Duration = Duration::from_millis(100);
const NOBODY: i32 = 0;
const STARTING: i32 = -1;

/// The process that uses the terminal instead of this one: its id, [`NOBODY`], or [`STARTING`] until the id
/// is known.
static GUEST: AtomicI32 = AtomicI32::new(NOBODY);

/// Waits for signals and for the end of the terminal, on two separate threads.
pub fn watch(messages: &Sender<Message>) -> Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])
        .context("signals cannot be waited for")?;
    let wait = move |messages: &Sender<Message>| {
        for signal in signals.forever() {
            if receive(signal, messages).is_err() {
                return;
            }
        }
    };
    panics::spawn(messages.clone(), wait, || ())?;
    panics::spawn(messages.clone(), wait_for_hangup, || ())?;
    Ok(())
}

/// Waits for signals that end the program, on a separate thread. Used when the program does not run full
/// screen.
pub fn watch_for_end(tell: impl Fn(i32) + Send + 'static) -> Result<()> {
    let mut signals =
        Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT]).context("signals cannot be waited for")?;
    let wait = move || signals.forever().for_each(tell);
    thread::Builder::new().spawn(wait).context("signals cannot be waited for")?;
    Ok(())
}

/// Handles a signal, usually by sending a message. An error means that the receiver is gone.
fn receive(signal: i32, messages: &Sender<Message>) -> Result<(), ()> {
    let guest = GUEST.load(Ordering::SeqCst);
    let message = match signal {
        // Keys typed into another program are meant for that program alone.
        SIGINT | SIGQUIT | SIGCONT if guest != NOBODY => return Ok(()),
        SIGTSTP if guest != NOBODY => {
            // The other program has stopped itself. The shell that started this program expects it to stop
            // too.
            let _ = stop_group();
            return Ok(());
        }
        SIGTSTP => Message::Stop,
        SIGWINCH => Message::Resized,
        SIGCONT => Message::Continued,
        signal => {
            if let (Some(guest), Some(signal)) = (Pid::from_raw(guest.max(0)), Signal::from_named_raw(signal))
            {
                let _ = kill_process(guest, signal);
            }
            end_soon(128 + signal);
            Message::Signal(signal)
        }
    };
    messages.send(message).map_err(|_| ())
}

/// Waits for the end of the terminal. It may vanish without a signal, and reading it would then spin forever.
fn wait_for_hangup(messages: &Sender<Message>) {
    let tty = rustix::stdio::stdin();
    loop {
        // The end is reported even though no events are requested.
        let mut watched = [PollFd::new(&tty, PollFlags::empty())];
        match poll(&mut watched, None) {
            Err(rustix::io::Errno::INTR) => {}
            Ok(_) if has_ended(watched[0].revents()) => {
                end_soon(128 + SIGHUP);
                let _ = messages.send(Message::Ended);
                return;
            }
            // Some systems cannot poll a terminal in this way.
            _ => return,
        }
    }
}

/// Returns whether the terminal is gone.
pub fn has_vanished() -> bool {
    let tty = rustix::stdio::stdin();
    let mut watched = [PollFd::new(&tty, PollFlags::empty())];
    let polled = poll(&mut watched, Some(&Timespec::default()));
    polled.is_ok() && has_ended(watched[0].revents())
}

fn has_ended(events: PollFlags) -> bool {
    events.intersects(PollFlags::HUP | PollFlags::ERR)
}

/// Exits after a delay, unless the program ends earlier. The main thread may be blocked by a disk that does
/// not respond, or by a terminal that accepts no output.
///
/// Must not wait for anything that the main thread may hold, above all standard output.
fn end_soon(code: i32) {
    let end = move || {
        thread::sleep(PATIENCE);
        let (done, parted) = channel();
        let _ = thread::Builder::new().spawn(move || {
            leave();
            let _ = done.send(());
        });
        let _ = parted.recv_timeout(PARTING);
        let _ = disable_raw_mode();
        process::exit(code);
    };
    // If no thread can be started, only the main thread can end the program.
    let _ = thread::Builder::new().spawn(end);
}

/// Returns whether the program could be continued after a stop. It could not if it is in the session leader's
/// process group, or if its parent is in another session.
///
/// In a container, these ids may be 0 for processes outside it. `rustix` assumes that this is impossible, so
/// `nix` is used.
pub fn has_shell() -> bool {
    let ours = getsid(None).ok();
    let parents = getsid(Some(getppid())).ok();
    ours.is_some() && ours != Some(getpgrp()) && ours == parents
}

/// Stops the whole process group, as a terminal would. Returns when it is continued.
pub fn stop_group() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Records that another program gets the terminal. Signals from the keyboard are then left to it.
pub fn lend() {
    GUEST.store(STARTING, Ordering::SeqCst);
}

/// Records the process that uses the terminal.
pub fn lend_to(process: u32) {
    GUEST.store(i32::try_from(process).unwrap_or(STARTING), Ordering::SeqCst);
}

/// Records that this program uses the terminal again.
pub fn take_back() {
    GUEST.store(NOBODY, Ordering::SeqCst);
}
