//! Colors and signs, which are named only in this module. Color never carries meaning alone.
//!
//! This module must not know what is styled. Only the terminal's named colors are used, so their appearance
//! follows the user's theme.

use ratatui::style::{Color, Modifier, Style};
use ratatui::text::Span;

/// Plain text.
pub const TEXT: Style = Style::new();
/// Text of minor importance. Dim, not dark gray, which is the background color of some themes.
pub const FAINT: Style = Style::new().add_modifier(Modifier::DIM);
/// Headings and questions.
pub const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
/// Keys in the footer and in help.
pub const KEY: Style = STRONG;
/// The sign before the row with the cursor. The row's text is only bold, which changes fewer bytes while the
/// cursor moves.
pub const CURSOR: Style = Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD);
/// Text in a border, which does not take the border's color.
pub const IN_BORDER: Style = Style::new().fg(Color::Reset);
/// The title of the focused pane.
pub const TITLE: Style = IN_BORDER.add_modifier(Modifier::BOLD);
/// The border of the focused pane.
pub const FOCUSED: Style = Style::new().fg(Color::Cyan);
/// Positive points. Green text is unreadable on a light background.
pub const FOR: Style = TEXT;
/// Negative points.
pub const AGAINST: Style = BAD;
/// A sign for something favorable or leading.
pub const GOOD: Style = Style::new().fg(Color::Green);
/// Something unfavorable, or an error.
pub const BAD: Style = Style::new().fg(Color::Red);
/// A sign that needs attention. Only signs are colored, because a yellow sentence is unreadable on a light
/// background.
pub const NOTICE: Style = Style::new().fg(Color::Yellow);
/// A sentence that needs attention.
pub const SAID: Style = STRONG;
/// A candidate that is ruled out.
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
/// An answer to a question that is currently hidden.
pub const SET_ASIDE: &str = "~";
/// A part with a separate answer.
pub const DIFFERS: &str = "≠";
/// More columns on the left.
pub const MORE_LEFT: &str = "‹";
/// More columns on the right.
pub const MORE_RIGHT: &str = "›";
/// Marks the head of the column that keys answer for.
pub const COLUMN: &str = "─";
/// One column of a bar.
pub const BAR: &str = "█";
/// The zero line of bars.
pub const ZERO: &str = "│";
/// The kit's choice.
pub const CHOICE: &str = "•";

/// Returns the mark before a row: the sign of the cursor, or a blank.
pub fn pointer(here: bool) -> Span<'static> {
    if here { Span::styled(HERE, CURSOR) } else { Span::raw(" ") }
}
