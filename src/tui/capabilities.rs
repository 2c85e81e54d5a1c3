//! How a frame is changed for a terminal without colours or without signs.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether colours are shown.
    pub colour: bool,
    /// Whether the program's own signs are shown by ASCII characters.
    pub ascii: bool,
}

impl Default for Capabilities {
    fn default() -> Self {
        Self { colour: true, ascii: false }
    }
}

impl Capabilities {
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

/// Says whether the locale of these environment variables has UTF-8, so that signs beyond ASCII are shown
/// as they are.
///
/// The first variable that is not empty decides, as POSIX has it; without any the locale is `C`.
pub fn speaks_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|it| !it.is_empty());
    let charset = set.map(|locale| locale.to_ascii_lowercase().replace('-', "")).unwrap_or_default();
    charset.contains("utf8")
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
        '←' | '‹' => '<',
        '→' | '›' => '>',
        '≠' => '!',
        '…' => '~',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        // Pictures of control characters, by which hidden characters are made visible.
        '\u{2400}'..='\u{2421}' => '?',
        _ => return None,
    })
}
