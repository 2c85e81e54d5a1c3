//! What a person can ask for, whatever key asks for it; must not do anything.

use ratatui_textarea::Input;

/// One request to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Moves the cursor by rows within the pane.
    Move(Step),
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
    /// Closes what is open; never discards.
    Close,
    /// Accepts the line that was typed.
    Accept,
    /// Types into the open text field.
    Type(Input),
    /// Pastes into the open text field.
    Paste(String),
    /// Leaves the program.
    Quit,
    /// The saver reports how saving went; `None` if all is on disk.
    Saved(Option<String>),
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

/// What the shell has to do after an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Hand the session to the saver.
    Save,
    /// Save and leave.
    Quit,
}
