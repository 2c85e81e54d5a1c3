//! Adapts a frame to a terminal without colors or without Unicode symbols.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

/// What the terminal can display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether colors are shown.
    pub colour: bool,
    /// Whether the program's own symbols are replaced by ASCII characters.
    pub ascii: bool,
}

impl Default for Capabilities {
    fn default() -> Self {
        Self { colour: true, ascii: false }
    }
}

impl Capabilities {
    /// Adapts a drawn frame.
    pub fn apply(self, buffer: &mut Buffer) {
        if !self.colour {
            buffer.content.iter_mut().for_each(without_colour);
        }
        if self.ascii {
            buffer.content.iter_mut().for_each(in_ascii);
        }
    }
}

/// Returns whether the locale of these environment variables uses UTF-8, so that symbols beyond ASCII can be
/// shown.
///
/// The first nonempty variable among `LC_ALL`, `LC_CTYPE` and `LANG` is used, as in POSIX. Without one, the
/// locale is `C`.
pub fn speaks_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|it| !it.is_empty());
    let charset = set.map(|locale| locale.to_ascii_lowercase().replace('-', "")).unwrap_or_default();
    charset.contains("utf8")
}

/// Removes all colors from a cell. With colors disabled, Crossterm writes color commands as resets, which
/// would also cancel bold.
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

/// Returns the ASCII character for one of the program's own symbols. Text in other scripts is not replaced.
///
/// Symbols that could be confused remain distinct.
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
        // Pictures of control characters, which represent hidden characters.
        '\u{2400}'..='\u{2421}' => '?',
        _ => return None,
    })
}
