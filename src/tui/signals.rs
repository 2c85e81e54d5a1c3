//! Signals, the end of the terminal, and stopping as shells expect it; must not save or draw, only
//! send messages.

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

/// How long the program may take to save and leave after a signal.
const PATIENCE: Duration = Duration::from_millis(2400);
/// How long giving the terminal back may take then; a terminal that takes no output is not waited
/// for.
const PARTING: Duration = Duration::from_millis(100);
const NOBODY: i32 = 0;
const STARTING: i32 = -1;

/// The process that has the terminal instead of this one.
static GUEST: AtomicI32 = AtomicI32::new(NOBODY);

/// Waits for signals and for the end of the terminal, each on a thread of its own.
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

/// Waits for signals that end the program, on a thread of its own, for a program that has no screen to
/// give back.
pub fn watch_for_end(tell: impl Fn(i32) + Send + 'static) -> Result<()> {
    let mut signals =
        Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT]).context("signals cannot be waited for")?;
    let wait = move || signals.forever().for_each(tell);
    thread::Builder::new().spawn(wait).context("signals cannot be waited for")?;
    Ok(())
}

/// Passes a signal on; an error means that nobody listens any more.
fn receive(signal: i32, messages: &Sender<Message>) -> Result<(), ()> {
    let guest = GUEST.load(Ordering::SeqCst);
    let message = match signal {
        // What is typed while another program has the terminal is meant for that program alone.
        SIGINT | SIGQUIT | SIGCONT if guest != NOBODY => return Ok(()),
        SIGTSTP if guest != NOBODY => {
            // The other program has stopped itself; the shell waits for this one to do the same.
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

/// A terminal may vanish without a signal; then reading it would spin for ever.
fn wait_for_hangup(messages: &Sender<Message>) {
    let tty = rustix::stdio::stdin();
    loop {
        // Nothing is asked for; the end is told anyway.
        let mut watched = [PollFd::new(&tty, PollFlags::empty())];
        match poll(&mut watched, None) {
            Err(rustix::io::Errno::INTR) => {}
            Ok(_) if has_ended(watched[0].revents()) => {
                end_soon(128 + SIGHUP);
                let _ = messages.send(Message::Ended);
                return;
            }
            // Some systems cannot wait for a terminal in this way.
            _ => return,
        }
    }
}

/// Says whether the terminal is gone.
pub fn has_vanished() -> bool {
    let tty = rustix::stdio::stdin();
    let mut watched = [PollFd::new(&tty, PollFlags::empty())];
    let polled = poll(&mut watched, Some(&Timespec::default()));
    polled.is_ok() && has_ended(watched[0].revents())
}

fn has_ended(events: PollFlags) -> bool {
    events.intersects(PollFlags::HUP | PollFlags::ERR)
}

/// Ends the program a little later if it does not end by itself: the disk may not answer, or the
/// terminal may take no more output.
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
    // Without another thread the main one is trusted to end.
    let _ = thread::Builder::new().spawn(end);
}

/// Says whether somebody could continue the program if it stopped: not where it belongs to the group
/// of the session's first process, nor where its parent is in another session.
///
/// In a container any of these numbers may be 0, for a process that is outside; `rustix` takes that
/// for impossible.
pub fn has_shell() -> bool {
    let ours = getsid(None).ok();
    let parents = getsid(Some(getppid())).ok();
    ours.is_some() && ours != Some(getpgrp()) && ours == parents
}

/// Stops the whole process group, as a terminal would; returns when it is continued.
pub fn stop_group() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::STOP)?)
}

/// Notes that another program gets the terminal; signals of the keyboard are left to it.
pub fn lend() {
    GUEST.store(STARTING, Ordering::SeqCst);
}

/// Notes which process it is.
pub fn lend_to(process: u32) {
    GUEST.store(i32::try_from(process).unwrap_or(STARTING), Ordering::SeqCst);
}

/// Notes that the terminal is this program's own again.
pub fn take_back() {
    GUEST.store(NOBODY, Ordering::SeqCst);
}
