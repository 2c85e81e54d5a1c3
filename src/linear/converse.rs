//! The loop around a conversation: reads lines and writes replies. Must not buffer much more of a line than
//! the longest valid text.

use std::io::{self, BufRead, Write};

use super::Conversation;
use crate::session::Session;
use crate::source::TEXT;

/// Maximum length of a text in bytes; a character in UTF-8 has at most four.
const LONGEST: usize = TEXT * 4;

/// Saves the session of a conversation.
pub trait Keeper {
    /// Accepts a changed session for saving.
    fn keep(&mut self, session: &Session);
    /// Returns the next result of a save, if there is one yet. The error is the reason for the failure.
    fn report(&mut self) -> Option<Result<(), String>>;
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The user quit.
    Left,
    /// The input ended.
    Ended,
}

enum ReadLine {
    Text(String),
    TooLong,
    NotText,
    End,
}

/// Runs the conversation until the user quits or the input ends.
///
/// `echoed` says whether a terminal shows the typed input. If not, this function ends the prompt's line. A
/// broken output pipe also ends the conversation.
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
        // Write the line break only with the reply. If the output pipe is broken, the answer has then already
        // been applied.
        let line_break = if !echoed || matches!(line, ReadLine::End) { "\n" } else { "" };
        let reply = match line {
            ReadLine::End => {
                write!(output, "{line_break}{}", conclude(conversation, keeper))?;
                return Ok(Ending::Ended);
            }
            ReadLine::TooLong => conversation.refuse(&format!(
                "That line is longer than {TEXT} characters and was ignored; type a shorter one."
            )),
            ReadLine::NotText => {
                conversation.refuse("That line is not UTF-8 text and was ignored; type it again.")
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

/// Reads a line without its line ending. Discards the rest of a line that is too long.
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
