//! The commands that can be typed: one table, from which looking up and help come; must not carry
//! anything out.

use crate::questionnaire::Kind;

/// What a command asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCommand {
    /// The answer is not known.
    NotSure,
    /// The question does not apply.
    NotApplicable,
    /// The answer is taken back.
    Clear,
    /// The answer's points count double, not at all, or once again.
    Emphasis,
    /// A note, or a text of several lines.
    Write,
    /// A part gets a name.
    Name,
    /// A part stays as it is.
    Stays,
    /// A part is removed.
    Remove,
    /// Answers are for one part alone, or for all.
    For,
    /// The last change is taken back.
    Undo,
    /// Why the question matters, and what the recommendation rests on.
    Why,
    /// The whole advice.
    Advice,
    /// The published decisions made under answers like these.
    Precedents,
    /// All answers.
    Review,
    /// The question again.
    Again,
    /// The question before.
    Back,
    /// The question to ask next.
    AskNext,
    /// A question by its number.
    Go,
    /// The list of commands.
    Help,
    /// The end.
    Quit,
}

/// Whether something follows a command's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Anything,
}

/// One row of the table.
#[derive(Debug)]
pub struct CommandRow {
    /// What is typed.
    word: &'static str,
    /// What may be typed instead.
    instead: &'static [&'static str],
    takes: Takes,
    /// How help shows it; a sign that speech may leave out is named.
    pub shown: &'static str,
    /// What it does, as help says it.
    pub does: &'static str,
    /// The kinds of question on which it works.
    on: &'static [Kind],
    /// What it asks for.
    pub order: LineCommand,
}

impl CommandRow {
    /// Says whether the command works on a kind of question.
    pub fn is_on(&self, kind: Kind) -> bool {
        self.on.contains(&kind)
    }

    fn is_called(&self, word: &str) -> bool {
        let same = |it: &str| it.eq_ignore_ascii_case(word);
        same(self.word) || self.instead.iter().any(|it| same(it))
    }
}

const EVERYWHERE: &[Kind] = &[Kind::One, Kind::Many, Kind::Parts, Kind::Text];
/// Questions whose answers count.
const COUNTING: &[Kind] = &[Kind::One, Kind::Many, Kind::Parts];
const PARTS: &[Kind] = &[Kind::Parts];

const fn letter(word: &'static str, order: LineCommand, does: &'static str) -> CommandRow {
    CommandRow { word, instead: &[], takes: Takes::Nothing, shown: word, does, on: EVERYWHERE, order }
}

const fn part(word: &'static str, order: LineCommand, shown: &'static str, does: &'static str) -> CommandRow {
    CommandRow { word, instead: &[], takes: Takes::Anything, shown, does, on: PARTS, order }
}

/// The table, in the order of help.
pub const COMMANDS: &[CommandRow] = &[
    part("name", LineCommand::Name, "name 2 and a name", "calls part 2 so"),
    part(
        "stays",
        LineCommand::Stays,
        "stays 2 and what it is written in",
        "part 2 stays as it is; stays 2 alone puts it up for decision again",
    ),
    part("remove", LineCommand::Remove, "remove 2", "takes part 2 away, with the answers given for it alone"),
    letter("s", LineCommand::NotSure, "not sure; counts as open and is listed as an assumption"),
    CommandRow {
        shown: "- (minus sign)",
        ..letter("-", LineCommand::NotApplicable, "does not apply; final, nothing counts")
    },
    letter("c", LineCommand::Clear, "clears the answer"),
    CommandRow {
        on: COUNTING,
        ..letter(
            "x",
            LineCommand::Emphasis,
            "lets the answer's points count double, not at all, or once again; exclusions always hold",
        )
    },
    CommandRow {
        takes: Takes::Anything,
        on: COUNTING,
        ..letter("n", LineCommand::Write, "a note of several lines; n and the note, on one line, is enough")
    },
    CommandRow { on: &[Kind::Text], ..letter("n", LineCommand::Write, "a text of several lines") },
    CommandRow {
        takes: Takes::Anything,
        shown: "for 2",
        on: COUNTING,
        ..letter("for", LineCommand::For, "answers are for part 2 alone; for all: for all parts again")
    },
    letter("u", LineCommand::Undo, "undoes the last change, whatever it was"),
    letter("w", LineCommand::Why, "why the question matters, and what the recommendation rests on"),
    letter("a", LineCommand::Advice, "the whole advice"),
    letter("p", LineCommand::Precedents, "published decisions made under answers like these"),
    letter("r", LineCommand::Review, "all answers so far, open questions marked"),
    letter("o", LineCommand::Again, "the question and its options again"),
    letter("b", LineCommand::Back, "back to the question before"),
    letter("f", LineCommand::AskNext, "on to the question to ask next"),
    CommandRow {
        takes: Takes::Anything,
        shown: "go 3",
        on: COUNTING,
        ..letter("go", LineCommand::Go, "to the question with this number")
    },
    CommandRow {
        instead: &["h", "help"],
        shown: "? (question mark) or h",
        ..letter("?", LineCommand::Help, "this list")
    },
    letter("q", LineCommand::Quit, "quits; everything is saved"),
];

/// Finds the command that a line asks for on a question of this kind, with what follows its word.
///
/// Where the line itself may be the answer, in words, only a single sign is a command.
pub fn find(line: &str, kind: Kind) -> Option<(LineCommand, &str)> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if kind == Kind::Text && line.chars().count() > 1 {
        return None;
    }
    let command = on(kind).find(|command| command.is_called(word))?;
    (command.takes == Takes::Anything || rest.is_empty()).then_some((command.order, rest))
}

/// Returns the command whose word a line begins with, wherever it works.
pub fn begun(line: &str) -> Option<&'static CommandRow> {
    let word = line.split_whitespace().next()?;
    COMMANDS.iter().find(|command| command.is_called(word))
}

/// Returns the commands for a kind of question, in the order of help.
pub fn on(kind: Kind) -> impl Iterator<Item = &'static CommandRow> {
    COMMANDS.iter().filter(move |command| command.is_on(kind))
}
