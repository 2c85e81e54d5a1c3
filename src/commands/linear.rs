//! Implements `langfit --linear`: the questionnaire as plain lines on standard input and output. Must not
//! lose an answer silently.

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::full_screen::{HURRY, PATIENCE, after_signal, open};
use super::interruptible_input::InterruptibleInput;
use super::print;
use super::rescue::rescue_or_print;
use crate::cli::OpenOptions;
use crate::linear::{Conversation, Ending, Keeper, converse};
use crate::session::{Saver, SaverReport, Session, Unsaved};
use crate::wording::counted;

/// How long a reply waits for the disk. A slower save is reported with a later line.
const SOON: Duration = Duration::from_millis(500);

/// Returns whether linear mode is requested, by the option or by the environment.
pub fn is_wanted(option: bool) -> bool {
    let variable = |name| std::env::var_os(name).unwrap_or_default();
    option || variable("TERM") == "dumb" || !variable("ACCESSIBLE").is_empty()
}

/// Runs the conversation to its end. If the input ends early, the error lists the open questions.
pub fn run(options: &OpenOptions) -> Result<ExitCode> {
    let (sender, reports) = channel();
    let (mut opened, mut workbook) = open(options, move |report| sender.send(report).is_ok())?;
    let name = workbook.file.clone();
    if let Some(holder) = &opened.holder {
        // Linear mode has no permanent header to show that nothing is saved.
        bail!("{name}: is open in {holder}; close it there, then try again");
    }
    if let Some(broken) = opened.broken {
        bail!(
            "{broken:#}; saving was interrupted the last time. Start langfit without --linear to recover the answers"
        );
    }
    if let Some(found) = opened.rescued.take() {
        let file = found.name();
        workbook.notices.push(format!(
            "Answers that could not be saved the last time are in {file}. Start langfit without --linear to load \
             them, copy that file over {name}, or remove it"
        ));
    }
    let keeps = workbook.saving.keeps_changes();
    let mut conversation = Conversation::new(workbook);
    let mut keeper = Disk { saver: &opened.saver, reports: &reports, waiting: false, keeps };
    let (mut input, mut output) = (InterruptibleInput::open()?, io::stdout().lock());
    let echoed = io::stdin().is_terminal();
    let ended = converse(&mut conversation, &mut input, &mut output, &mut keeper, echoed);
    drop(output);
    let open = conversation.open_questions();
    let workbook = conversation.into_workbook();
    let patience = if input.signal().is_some() { HURRY } else { PATIENCE };
    let saved = opened.finish(&workbook, patience);
    opened.saver.release();
    if let Err(error) = saved {
        let rescued = rescue_or_print(workbook.questionnaire(), workbook.session(), opened.saver.rescue())?;
        bail!("{error:#}; {rescued}");
    }
    if let Some(signal) = input.signal() {
        return Ok(after_signal(signal));
    }
    let ended = ended.context("standard input or output failed")?;
    print(&format!("{}\n", opened.farewell(&workbook)))?;
    match (ended, open.len()) {
        (Ending::Left, _) | (Ending::Ended, 0) => Ok(ExitCode::SUCCESS),
        (Ending::Ended, count) => {
            let questions = counted(count as i64, "question");
            bail!("the input ended with {questions} open:\n{}", open.join("\n"))
        }
    }
}

/// The saver, as the conversation uses it.
struct Disk<'a> {
    saver: &'a Saver,
    reports: &'a Receiver<SaverReport>,
    /// Whether a report is still expected.
    waiting: bool,
    /// Whether changes are saved to a file.
    keeps: bool,
}

impl Keeper for Disk<'_> {
    fn keep(&mut self, session: &Session) {
        if self.keeps {
            self.saver.submit(session.clone());
            self.waiting = true;
        }
    }

    fn report(&mut self) -> Option<Result<(), String>> {
        // Waits a little, so that a failure is reported with the answer that was not saved.
        let patience = if self.waiting { SOON } else { Duration::ZERO };
        self.waiting = false;
        match self.reports.recv_timeout(patience) {
            Ok(SaverReport::Saved(outcome)) => Some(match outcome {
                Ok(()) => Ok(()),
                Err(Unsaved::Failed(reason)) => Err(reason),
                Err(Unsaved::Gone(words)) => Err(format!("{words}, so nothing was saved")),
                Err(Unsaved::Conflict(words)) => Err(format!("{words}, so nothing was overwritten")),
            }),
            Ok(SaverReport::Died) => Some(Err("saving stopped because of an internal error".to_owned())),
            Err(_) => None,
        }
    }
}
