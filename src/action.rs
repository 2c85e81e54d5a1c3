//! What a person can ask for, whatever key asks for it; must not do anything.

use ratatui_textarea::Input;

use crate::app::Pane;
use crate::questionnaire::QuestionId;
use crate::record::Dialect;
use crate::session::{Session, Unsaved};

/// One request to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Moves the cursor by rows within the pane.
    Move(Step),
    /// Moves the cursor to this row of the question.
    Row(usize),
    /// Goes to the next or previous visible question; never answers.
    Question(Step),
    /// Goes to the next or previous pane.
    Pane(Step),
    /// Scrolls the pane without moving the cursor.
    Scroll(Scroll),
    /// Chooses or toggles the option under the cursor.
    Choose,
    /// Chooses in a single choice, then goes to the next question.
    GoOn,
    /// Chooses the option with this position.
    Pick(usize),
    /// Clears the answer, or removes the part under the cursor.
    Clear,
    /// Answers that the team does not know.
    NotSure,
    /// Answers that the question does not apply.
    NotApplicable,
    /// Lets the answer's points count once, double, or not at all, in turn.
    Emphasis,
    /// Picks one more part of the kind under the cursor.
    AddPart,
    /// Opens the note, the text, or the name of the part under the cursor.
    Write,
    /// Focuses the next or previous part, or all parts.
    Focus(Step),
    /// Opens the ledger of the candidate under the cursor.
    Ledger,
    /// Opens the search for words.
    Find,
    /// Shows every answer and note on one page, or closes it.
    Review,
    /// Shows parts, boundaries and kit, or closes them.
    Map,
    /// Opens what a record says about itself, or closes it.
    Details,
    /// Opens what the team decided, or closes it.
    Decide,
    /// Opens the export dialog, or closes it.
    Export,
    /// Writes the record although the file exists.
    Overwrite,
    /// Gives the whole screen to one pane, or back to all.
    Zoom,
    /// Opens two candidates beside each other, or closes them.
    Versus,
    /// Shows or hides how firm the advice is.
    Firm,
    /// Goes to the question to ask next.
    AskNext,
    /// Works out what could still change the advice, when there is time.
    LookAhead,
    /// Shows or hides the keys.
    Help,
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
    /// Pastes into the open text field.
    Paste(String),
    /// Empties the open text field.
    Erase,
    /// Clicks on something with the mouse.
    Click(Target),
    /// Turns the mouse on or off.
    Mouse,
    /// Draws the whole screen anew.
    Redraw,
    /// Says that a character beyond ASCII is no key, with the key at its place if that is known.
    OtherLayout(char, Option<char>),
    /// Opens the text in an editor of the person's own.
    EditOutside,
    /// That editor was left.
    Edited(Edited),
    /// Stops the program, until the shell continues it.
    Stop,
    /// Something that was asked for cannot be done, for this reason.
    Trouble(String),
    /// Leaves the program.
    Quit,
    /// The shell reports how writing a record went.
    Delivered(Delivered),
    /// Opens what can be done about the session's file, or closes it.
    Keeping,
    /// The saver reports how saving went.
    Saved(Result<(), Unsaved>),
    /// The session was read anew, or could not be, for this reason.
    Reloaded(Result<Box<Session>, String>),
    /// The session is in this file now, or could not be written there, for this reason.
    SavedAs(Result<String, String>),
}

impl Action {
    /// Says whether the action can change nothing but what is shown.
    pub const fn only_looks(&self) -> bool {
        matches!(
            self,
            Self::Move(_)
                | Self::Question(_)
                | Self::Pane(_)
                | Self::Focus(_)
                | Self::AskNext
                | Self::Ledger
                | Self::Versus
                | Self::Firm
                | Self::Map
                | Self::Review
                | Self::Find
                | Self::Zoom
                | Self::OtherLayout(..)
                | Self::Help
        )
    }
}

/// How much is deleted before a caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// To the beginning of the line.
    Line,
    /// The word.
    Word,
}

/// One step in a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Onwards.
    Next,
    /// Back.
    Previous,
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
pub enum Target {
    /// A pane, beside everything else in it.
    Pane(Pane),
    /// A question of the outline.
    Question(QuestionId),
    /// A row of the question's pane, see [`crate::app::App::rows`].
    Row(usize),
    /// A candidate of the ranking that is shown in full, by its position.
    Standing(usize),
    /// An entry of the list that is open over the panes, by its position.
    Entry(usize),
}

/// What the shell has to do after an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Hand the session to the saver.
    Save,
    /// Let somebody edit a text elsewhere and hand it back by [`Action::Edited`].
    EditOutside(Draft),
    /// Stop until the shell continues the program.
    Stop,
    /// Save and leave.
    Quit,
    /// Write a record and report how that went.
    Export(Order),
    /// Do something with the session's file, and report if there is anything to report.
    Errand(Errand),
}

/// A text for an editor of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What tells it from the other texts of the session, and can name a file.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What came of a text in an editor of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The text that takes the place of the one before, if there is one.
    pub text: Option<String>,
    /// What there is to know about it.
    pub said: Option<String>,
}

/// A record to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What it is written in.
    pub dialect: Dialect,
    /// Whether details are left out.
    pub brief: bool,
    /// File, or folder of records.
    pub path: String,
    /// Whether a file that exists may be replaced.
    pub overwrite: bool,
}

/// How writing a record went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered {
    /// It is in this file.
    Written(String),
    /// This file exists, and nothing was written.
    Exists(String),
    /// Nothing was written, for this reason.
    Failed(String),
}

/// What is to be done with the session's file beside saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Try to save again now.
    TryAgain,
    /// Save over what another program wrote, or where it removed the file.
    Overwrite,
    /// Read what another program wrote, and report by [`Action::Reloaded`].
    Reload,
    /// Save under this path and go on there, and report by [`Action::SavedAs`].
    SaveAs(String),
    /// Remove the rescue file.
    DropRescue,
}
