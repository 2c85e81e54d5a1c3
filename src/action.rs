//! The actions that a user can request, independent of the keys bound to them.

use ratatui_textarea::Input;

use crate::answers::Subject;
use crate::questionnaire::QuestionId;
use crate::workbook::Step;

/// One request to the screen.
///
/// All panes and pages receive the same actions, and each handles those that apply to it. An action specific
/// to one page is an [`Action::OfPage`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Moves the cursor by one row.
    Move(Step),
    /// Goes to the next or previous question, or to the item beside the cursor on a page. Never changes an
    /// answer.
    Across(Step),
    /// Focuses the next or previous pane.
    Pane(Step),
    /// Scrolls without moving the cursor.
    Scroll(Scroll),
    /// Chooses or toggles the item under the cursor.
    Choose,
    /// Goes to the next question, after choosing the option under the cursor in a single-choice question.
    /// Elsewhere, runs the main action of the pane or page.
    GoOn,
    /// Chooses the option at this position.
    Pick(usize),
    /// Clears the answer, or removes the part or entry under the cursor.
    Clear,
    /// Answers that the team is not sure.
    NotSure,
    /// Answers that the question does not apply.
    NotApplicable,
    /// Cycles how often the answer's points count: once, twice, not at all.
    Emphasis,
    /// Adds a part of the kind under the cursor.
    AddPart,
    /// Opens the text field for the item under the cursor.
    Write,
    /// Moves the focus to the next or previous part, or to all parts.
    Focus(Step),
    /// Opens a page over the panes, or closes it if it is open.
    Open(PageId),
    /// Runs an action specific to the open page. The name identifies the action there.
    OfPage(&'static str),
    /// Enlarges the focused pane to the whole screen, or restores all panes.
    Zoom,
    /// Goes to the question to ask next.
    AskNext,
    /// Undoes the last change.
    Undo,
    /// Redoes the last undone change.
    Redo,
    /// Closes the open page or text field, or returns to the question pane.
    Close,
    /// Accepts the typed line.
    Accept,
    /// Sends input to the open text field.
    Type(Input),
    /// Deletes text before the cursor in the open text field.
    Cut(Cut),
    /// Pastes text.
    Paste(String),
    /// Clicks a target with the mouse.
    Click(ClickTarget),
    /// Turns mouse support on or off.
    Mouse,
    /// Redraws the whole screen.
    Redraw,
    /// Reports a non-ASCII character without a binding, and the ASCII key in the same place if known.
    OtherLayout(char, Option<char>),
    /// Opens the text in the user's editor.
    EditOutside,
    /// Suspends the program until the shell resumes it.
    Stop,
    /// Restarts the program with the current content of the questionnaire file.
    Reopen,
    /// Quits the program.
    Quit,
}

/// The unique name of a page over the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageId(pub &'static str);

/// The three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// All visible questions.
    Outline,
    /// The current question.
    Question,
    /// The recommendation.
    Advice,
}

/// How much text to delete before the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Back to the beginning of the line.
    Line,
    /// The previous word.
    Word,
}

/// How far to scroll.
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

/// The target of a click.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClickTarget {
    /// A pane, outside any more specific target.
    Pane(Pane),
    /// A question in the outline.
    Question(QuestionId),
    /// A row of the question pane, by its position.
    Row(usize),
    /// A cell of such a row, in the column of a part or of all parts.
    Cell(usize, Subject),
    /// The header of such a column.
    Column(Subject),
    /// A candidate in the advice pane, by its position.
    Standing(usize),
    /// An entry of the open page, by its position.
    Entry(usize),
}
