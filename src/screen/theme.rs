//! Colours and signs: the only place that names them. Colour never carries meaning alone.
//!
//! Must not know what is styled. Only the terminal's named colours are used, so that the user's
//! theme decides how they look.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Span;

/// Plain text.
pub const TEXT: Style = Style::new();
/// Text that matters less. Dim, not dark grey, which is the background's own colour in some themes.
pub const FAINT: Style = Style::new().add_modifier(Modifier::DIM);
/// Headings and questions.
pub const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
/// Keys in footer and help.
pub const KEY: Style = STRONG;
/// The sign before the row with the cursor. The row's words are only bold: fewer bytes change while the
/// cursor moves.
pub const CURSOR: Style = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
/// Words in a border, which has a colour of its own.
pub const IN_BORDER: Style = Style::new().fg(Color::Reset);
/// The title of the pane that has the keys.
pub const TITLE: Style = IN_BORDER.add_modifier(Modifier::BOLD);
/// The border of the pane that has the keys.
pub const FOCUSED: Style = Style::new().fg(Color::Cyan);
/// Points that speak for something. Green words cannot be read on a light background.
pub const FOR: Style = TEXT;
/// Points that speak against something.
pub const AGAINST: Style = BAD;
/// The sign of something that speaks for something, or leads.
pub const GOOD: Style = Style::new().fg(Color::Green);
/// What speaks against something, or went wrong.
pub const BAD: Style = Style::new().fg(Color::Red);
/// The sign of something that needs a look. Signs alone are coloured: a sentence in yellow cannot be read
/// on a light background.
pub const NOTICE: Style = Style::new().fg(Color::Yellow);
/// A sentence that needs a look.
pub const SAID: Style = STRONG;
/// What is ruled out.
pub const RULED_OUT: Style = Style::new().add_modifier(Modifier::DIM).add_modifier(Modifier::CROSSED_OUT);

/// Marks the row with the cursor.
pub const HERE: &str = ">";
/// An answered question.
pub const ANSWERED: &str = "✓";
/// An open question.
pub const OPEN: &str = "·";
/// A question the team is not sure about.
pub const NOT_SURE: &str = "?";
/// A question that does not apply.
pub const NOT_APPLICABLE: &str = "–";
/// An answer whose question is not asked now.
pub const SET_ASIDE: &str = "~";
/// A part with an answer of its own.
pub const DIFFERS: &str = "≠";
/// More columns on the left.
pub const MORE_LEFT: &str = "‹";
/// More columns on the right.
pub const MORE_RIGHT: &str = "›";
/// Under the head of the column that keys answer for.
pub const COLUMN: &str = "─";
/// One step of a bar.
pub const BAR: &str = "█";
/// Where bars begin.
pub const ZERO: &str = "│";
/// What the kit chooses.
pub const CHOICE: &str = "•";

/// Returns what stands before a row: the sign of the cursor, or a blank.
pub fn pointer(here: bool) -> Span<'static> {
    if here { Span::styled(HERE, CURSOR) } else { Span::raw(" ") }
}
