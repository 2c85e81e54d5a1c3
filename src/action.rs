//! What a person can ask for, whatever key asks for it.

use ratatui_textarea::Input;

use crate::answers::Subject;
use crate::questionnaire::QuestionId;
use crate::workbook::Step;

/// One request to the screen.
///
/// Panes and pages take the same ones and do with them what fits; what one page alone can do is
/// [`Action::OfPage`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Moves the cursor by a row.
    Move(Step),
    /// Goes to the next or previous question, or what stands beside it on a page; never answers.
    Across(Step),
    /// Goes to the next or previous pane.
    Pane(Step),
    /// Scrolls without moving the cursor.
    Scroll(Scroll),
    /// Chooses or toggles what is under the cursor.
    Choose,
    /// Chooses in a single choice, then goes to the next question; on a page, does what it is for.
    GoOn,
    /// Chooses the option with this position.
    Pick(usize),
    /// Clears the answer, or takes away what is under the cursor.
    Clear,
    /// Answers that the team does not know.
    NotSure,
    /// Answers that the question does not apply.
    NotApplicable,
    /// Lets the answer's points count once, double, or not at all, in turn.
    Emphasis,
    /// Picks one more part of the kind under the cursor.
    AddPart,
    /// Opens the text that belongs to what is under the cursor.
    Write,
    /// Focuses the next or previous part, or all parts.
    Focus(Step),
    /// Opens a page over the panes, or closes it.
    Open(PageId),
    /// Does what only the open page knows, by the name it has there.
    OfPage(&'static str),
    /// Gives the whole screen to one pane, or back to all.
    Zoom,
    /// Goes to the question to ask next.
    AskNext,
    /// Takes the last change back.
    Undo,
    /// Makes a change again that was taken back.
    Redo,
    /// Closes what is open; what was written into it is kept.
    Close,
    /// Accepts the line that was typed.
    Accept,
    /// Types into the open text field.
    Type(Input),
    /// Deletes before the caret of the open text field.
    Cut(Cut),
    /// Pastes a text.
    Paste(String),
    /// Clicks on something with the mouse.
    Click(ClickTarget),
    /// Turns the mouse on or off.
    Mouse,
    /// Draws the whole screen anew.
    Redraw,
    /// Says that a character beyond ASCII is no key, with the key at its place if that is known.
    OtherLayout(char, Option<char>),
    /// Opens the text in an editor of the person's own.
    EditOutside,
    /// Stops the program, until the shell continues it.
    Stop,
    /// Begins anew with the questionnaire as its file is now.
    Reopen,
    /// Leaves the program.
    Quit,
}

/// The name of a page over the panes; each page has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageId(pub &'static str);

/// The three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// All visible questions.
    Outline,
    /// One question.
    Question,
    /// The recommendation.
    Advice,
}

/// How much is deleted before a caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// To the beginning of the line.
    Line,
    /// The word.
    Word,
}

/// A way of scrolling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scroll {
    /// One screen up.
    PageUp,
    /// One screen down.
    PageDown,
    /// To the beginning.
    Home,
    /// To the end.
    End,
}

/// What a click can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClickTarget {
    /// A pane, beside everything else in it.
    Pane(Pane),
    /// A question of the outline.
    Question(QuestionId),
    /// A row of the question's pane, by its position.
    Row(usize),
    /// The cell of such a row in the column of a part, or of all parts.
    Cell(usize, Subject),
    /// The head of that column.
    Column(Subject),
    /// A candidate of the recommendation's pane, by its position.
    Standing(usize),
    /// An entry of the page that is open, by its position.
    Entry(usize),
}
