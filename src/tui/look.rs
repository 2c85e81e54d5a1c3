//! How a frame is changed for a terminal without colours or without signs; must not know what the
//! frame shows.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are shown.
    pub colour: bool,
    /// Whether the program's own signs are shown by ASCII characters.
    pub ascii: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { colour: true, ascii: false }
    }
}

impl Look {
    /// Changes a frame that was drawn.
    pub fn apply(self, buffer: &mut Buffer) {
        if !self.colour {
            buffer.content.iter_mut().for_each(without_colour);
        }
        if self.ascii {
            buffer.content.iter_mut().for_each(in_ascii);
        }
    }
}

/// Colour commands would cancel bold as well, so that no cell may ask for a colour.
fn without_colour(cell: &mut Cell) {
    (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
}

fn in_ascii(cell: &mut Cell) {
    let mut characters = cell.symbol().chars();
    if let (Some(sign), None) = (characters.next(), characters.next())
        && let Some(replacement) = ascii(sign)
    {
        cell.set_char(replacement);
    }
}

/// The ASCII character for a sign of the program's own; text in other scripts is no such sign.
///
/// Signs that stand for different things stay different.
const fn ascii(sign: char) -> Option<char> {
    Some(match sign {
        '─' | '–' | '—' | '−' | '▼' => '-',
        '│' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '▲' => '+',
        '✓' | '×' => 'x',
        '·' => '.',
        '•' => '*',
        '█' | '¶' => '#',
        '↑' => '^',
        '↓' => 'v',
        '←' => '<',
        '→' => '>',
        '…' => '~',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        // Pictures of control characters, by which hidden characters are made visible.
        '\u{2400}'..='\u{2421}' => '?',
        _ => return None,
    })
}
