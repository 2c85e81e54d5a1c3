//! Standard input that a signal can interrupt while a reader waits for a line. The reader can then find
//! out which signal it was. Must not read far ahead.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use anyhow::{Context as _, Result};

use crate::tui;

/// What arrived while waiting for input.
enum Arrival {
    Bytes(Vec<u8>),
    End,
    Failure(io::Error),
    Signal(i32),
}

/// Standard input up to its end or a signal.
pub(super) struct InterruptibleInput {
    arrivals: Receiver<Arrival>,
    bytes: Vec<u8>,
    /// How many of `bytes` are already consumed.
    taken: usize,
    /// Whether the input has ended.
    ended: bool,
    signal: Option<i32>,
}

impl InterruptibleInput {
    /// Starts one thread that reads standard input and one that waits for signals.
    pub fn open() -> Result<Self> {
        // The small bound keeps the thread from reading far ahead.
        let (sender, arrivals) = sync_channel(1);
        let signals = sender.clone();
        tui::watch_for_end(move |signal| {
            let _ = signals.send(Arrival::Signal(signal));
        })?;
        thread::Builder::new().spawn(move || read(&sender)).context("standard input cannot be read")?;
        Ok(Self { arrivals, bytes: Vec::new(), taken: 0, ended: false, signal: None })
    }

    /// Returns the signal that ended the input, if there was one.
    pub const fn signal(&self) -> Option<i32> {
        self.signal
    }
}

fn read(sender: &SyncSender<Arrival>) {
    let mut input = io::stdin().lock();
    loop {
        let arrival = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Arrival::Failure(error),
            Ok([]) => Arrival::End,
            Ok(bytes) => Arrival::Bytes(bytes.to_vec()),
        };
        let length = if let Arrival::Bytes(bytes) = &arrival { bytes.len() } else { 0 };
        input.consume(length);
        if sender.send(arrival).is_err() || length == 0 {
            return;
        }
    }
}

impl BufRead for InterruptibleInput {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken == self.bytes.len() && !self.ended {
            (self.bytes, self.taken) = (Vec::new(), 0);
            match self.arrivals.recv() {
                Ok(Arrival::Bytes(bytes)) => self.bytes = bytes,
                Ok(Arrival::End) | Err(_) => self.ended = true,
                Ok(Arrival::Failure(error)) => {
                    self.ended = true;
                    return Err(error);
                }
                Ok(Arrival::Signal(signal)) => {
                    (self.ended, self.signal) = (true, Some(signal));
                }
            }
        }
        Ok(&self.bytes[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        self.taken = (self.taken + amount).min(self.bytes.len());
    }
}

impl Read for InterruptibleInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}
