//! The table of typed commands, used for lookup and help. Must not execute commands.

use crate::questionnaire::Kind;

/// The action of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineCommand {
    /// Answers that the team is not sure.
    NotSure,
    /// Answers that the question does not apply.
    NotApplicable,
    /// Clears the answer.
    Clear,
    /// Cycles how the answer's points count: double, ignored, normal.
    Emphasis,
    /// Writes a note, or a multi-line answer to a text question.
    Write,
    /// Renames a part.
    Name,
    /// Keeps a part as it is, or reopens it.
    Stays,
    /// Removes a part.
    Remove,
    /// Sets whether answers are for one part or for all.
    For,
    /// Undoes the last change.
    Undo,
    /// Explains why the question matters and what the recommendation rests on.
    Why,
    /// Shows the whole advice.
    Advice,
    /// Lists the published decisions with similar answers.
    Precedents,
    /// Lists all answers.
    Review,
    /// Repeats the question.
    Again,
    /// Goes to the previous question.
    Back,
    /// Goes to the most useful open question.
    AskNext,
    /// Goes to a question by its number.
    Go,
    /// Lists the commands.
    Help,
    /// Quits.
    Quit,
}

/// Whether a command takes an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    Anything,
}

/// One row of the command table.
#[derive(Debug)]
pub struct CommandRow {
    /// The word to type.
    word: &'static str,
    /// Other words for the same command.
    instead: &'static [&'static str],
    takes: Takes,
    /// The command as help shows it. Symbols that a screen reader may skip are spelled out.
    pub shown: &'static str,
    /// The description in help.
    pub does: &'static str,
    /// The kinds of question that accept the command.
    on: &'static [Kind],
    /// The action.
    pub order: LineCommand,
}

impl CommandRow {
    /// Returns whether a kind of question accepts the command.
    pub fn is_on(&self, kind: Kind) -> bool {
        self.on.contains(&kind)
    }

    fn is_called(&self, word: &str) -> bool {
        let same = |it: &str| it.eq_ignore_ascii_case(word);
        same(self.word) || self.instead.iter().any(|it| same(it))
    }
}

const EVERYWHERE: &[Kind] = &[Kind::One, Kind::Many, Kind::Parts, Kind::Text];
/// Kinds of question whose answers affect the advice.
const COUNTING: &[Kind] = &[Kind::One, Kind::Many, Kind::Parts];
const PARTS: &[Kind] = &[Kind::Parts];

const fn letter(word: &'static str, order: LineCommand, does: &'static str) -> CommandRow {
    CommandRow { word, instead: &[], takes: Takes::Nothing, shown: word, does, on: EVERYWHERE, order }
}

const fn part(word: &'static str, order: LineCommand, shown: &'static str, does: &'static str) -> CommandRow {
    CommandRow { word, instead: &[], takes: Takes::Anything, shown, does, on: PARTS, order }
}

/// All commands, in the order in which help lists them.
pub const COMMANDS: &[CommandRow] = &[
    part("name", LineCommand::Name, "name 2 and a name", "renames part 2"),
    part(
        "stays",
        LineCommand::Stays,
        "stays 2 and what it is written in",
        "part 2 stays as it is; stays 2 without a name reopens it",
    ),
    part("remove", LineCommand::Remove, "remove 2", "removes part 2 and its own answers"),
    letter("s", LineCommand::NotSure, "answers not sure; counts as open and is listed as an assumption"),
    CommandRow {
        shown: "- (minus sign)",
        ..letter("-", LineCommand::NotApplicable, "answers does not apply; final, adds no points")
    },
    letter("c", LineCommand::Clear, "clears the answer"),
    CommandRow {
        on: COUNTING,
        ..letter(
            "x",
            LineCommand::Emphasis,
            "lets the answer's points count double, not at all, or normally; exclusions always apply",
        )
    },
    CommandRow {
        takes: Takes::Anything,
        on: COUNTING,
        ..letter("n", LineCommand::Write, "writes a note; type it after n, or type n alone for several lines")
    },
    CommandRow { on: &[Kind::Text], ..letter("n", LineCommand::Write, "writes a text of several lines") },
    CommandRow {
        takes: Takes::Anything,
        shown: "for 2",
        on: COUNTING,
        ..letter("for", LineCommand::For, "answers apply to part 2 only; for all: to all parts again")
    },
    letter("u", LineCommand::Undo, "undoes the last change of any kind"),
    letter("w", LineCommand::Why, "says why the question matters and what the recommendation is based on"),
    letter("a", LineCommand::Advice, "shows the whole recommendation"),
    letter("p", LineCommand::Precedents, "shows published decisions with similar answers"),
    letter("r", LineCommand::Review, "lists all answers and open questions"),
    letter("o", LineCommand::Again, "shows the question and its options again"),
    letter("b", LineCommand::Back, "goes back to the previous question"),
    letter("f", LineCommand::AskNext, "goes to the most useful open question"),
    CommandRow {
        takes: Takes::Anything,
        shown: "go 3",
        on: COUNTING,
        ..letter("go", LineCommand::Go, "goes to the question with this number")
    },
    CommandRow {
        instead: &["h", "help"],
        shown: "? (question mark) or h",
        ..letter("?", LineCommand::Help, "shows this list")
    },
    letter("q", LineCommand::Quit, "saves everything and quits"),
];

/// Finds the command in a line typed at this kind of question, and returns it with its argument.
///
/// On a text question, only a line of one character can be a command; any other line is the answer.
pub fn find(line: &str, kind: Kind) -> Option<(LineCommand, &str)> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if kind == Kind::Text && line.chars().count() > 1 {
        return None;
    }
    let command = on(kind).find(|command| command.is_called(word))?;
    (command.takes == Takes::Anything || rest.is_empty()).then_some((command.order, rest))
}

/// Returns the command that the first word of a line names, for any kind of question.
pub fn begun(line: &str) -> Option<&'static CommandRow> {
    let word = line.split_whitespace().next()?;
    COMMANDS.iter().find(|command| command.is_called(word))
}

/// Returns the commands for a kind of question, in the order in which help lists them.
pub fn on(kind: Kind) -> impl Iterator<Item = &'static CommandRow> {
    COMMANDS.iter().filter(move |command| command.is_on(kind))
}
