//! The loop around a conversation: a line in, its reply out; must not keep more of a line than a
//! text may have.

use std::io::{self, BufRead, Write};

use super::Conversation;
use crate::session::Session;
use crate::source::TEXT;

/// The bytes of the longest line that can be a text.
const LONGEST: usize = TEXT * 4;

/// Where a conversation hands its session, to be saved.
pub trait Keeper {
    /// Takes a session that changed.
    fn keep(&mut self, session: &Session);
    /// Returns how saving went since it was asked last, if that is known: why it failed, if it did.
    fn report(&mut self) -> Option<Result<(), String>>;
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Somebody asked to leave.
    Left,
    /// No more lines came.
    Ended,
}

enum ReadLine {
    Text(String),
    TooLong,
    NotText,
    End,
}

/// Converses until somebody leaves or no more lines come.
///
/// Where nothing shows what is typed, as in a pipe, `echoed` is false and the prompt's line is ended
/// here. A reader that went away ends the conversation.
pub fn converse(
    conversation: &mut Conversation,
    input: &mut impl BufRead,
    output: &mut impl Write,
    keeper: &mut impl Keeper,
    echoed: bool,
) -> io::Result<Ending> {
    match take_turns(conversation, input, output, keeper, echoed) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            conclude(conversation, keeper);
            Ok(Ending::Ended)
        }
        ended => ended,
    }
}

fn take_turns(
    conversation: &mut Conversation,
    input: &mut impl BufRead,
    output: &mut impl Write,
    keeper: &mut impl Keeper,
    echoed: bool,
) -> io::Result<Ending> {
    let mut text = conversation.opening();
    loop {
        while let Some(report) = keeper.report() {
            text.push_str(&conversation.saved(report.err()));
        }
        write!(output, "{text}{}", conversation.prompt())?;
        output.flush()?;
        let line = read_line(input)?;
        // Written with the reply: where nobody reads any more the answer has been taken by then.
        let line_break = if !echoed || matches!(line, ReadLine::End) { "\n" } else { "" };
        let reply = match line {
            ReadLine::End => {
                write!(output, "{line_break}{}", conclude(conversation, keeper))?;
                return Ok(Ending::Ended);
            }
            ReadLine::TooLong => conversation.refuse(&format!(
                "That line is longer than {TEXT} characters and was not taken; type a shorter one."
            )),
            ReadLine::NotText => {
                conversation.refuse("That line is not UTF-8 text and was not taken; type it again.")
            }
            ReadLine::Text(line) => {
                let reply = conversation.answer(&line);
                if reply.changed {
                    keeper.keep(conversation.session());
                }
                if reply.left {
                    write!(output, "{line_break}{}", reply.text)?;
                    return Ok(Ending::Left);
                }
                reply.text
            }
        };
        text = format!("{line_break}{reply}");
    }
}

fn conclude(conversation: &mut Conversation, keeper: &mut impl Keeper) -> String {
    let reply = conversation.end();
    if reply.changed {
        keeper.keep(conversation.session());
    }
    reply.text
}

/// Reads a line without its end; of one that is too long only the beginning is held in memory.
fn read_line(input: &mut impl BufRead) -> io::Result<ReadLine> {
    let mut bytes = Vec::new();
    let mut any = false;
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.unwrap_or(buffer.len());
        let room = (LONGEST + 2).saturating_sub(bytes.len());
        bytes.extend_from_slice(&buffer[..length.min(room)]);
        input.consume(end.map_or(length, |end| end + 1));
        if end.is_some() {
            break;
        }
    }
    if !any {
        return Ok(ReadLine::End);
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    if bytes.len() > LONGEST {
        return Ok(ReadLine::TooLong);
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) if text.chars().count() > TEXT => ReadLine::TooLong,
        Ok(text) => ReadLine::Text(text),
        Err(_) => ReadLine::NotText,
    })
}
