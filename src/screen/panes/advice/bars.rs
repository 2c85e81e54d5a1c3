//! Bars of points on both sides of a zero line.

use ratatui::text::Span;

use crate::screen::theme;

/// The scale of bars: the number of columns and the position of zero.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The largest points above zero; zero if there are none.
    most: i64,
    /// The largest points below zero, as an absolute value.
    least: i64,
    /// Columns to the right of the zero line.
    right: usize,
    /// Columns to the left of the zero line.
    left: usize,
}

impl Scale {
    /// Scales points to a number of columns, one of which is the zero line.
    pub fn new(points: impl Iterator<Item = i64> + Clone, columns: usize) -> Self {
        let most = points.clone().max().unwrap_or(0).max(0);
        let least = -points.min().unwrap_or(0).min(0);
        let columns = columns.saturating_sub(1);
        let left = share(least, most + least, columns);
        Self { most, least, left, right: columns - left }
    }

    /// Draws one bar with the zero line; all bars have the same width.
    pub fn bar(self, points: i64) -> Vec<Span<'static>> {
        let left = share((-points).max(0), self.least, self.left);
        let right = share(points.max(0), self.most, self.right);
        vec![
            Span::raw(" ".repeat(self.left - left)),
            Span::styled(theme::BAR.repeat(left), theme::BAD),
            Span::styled(theme::ZERO, theme::FAINT),
            Span::styled(theme::BAR.repeat(right), theme::GOOD),
            Span::raw(" ".repeat(self.right - right)),
        ]
    }
}

/// Returns how many of the columns a part of a whole takes, rounded up: none for zero, otherwise at least
/// one.
fn share(part: i64, whole: i64, columns: usize) -> usize {
    if part <= 0 || whole <= 0 {
        return 0;
    }
    let length = i128::from(part) * columns as i128;
    let length = (length + i128::from(whole) - 1) / i128::from(whole);
    usize::try_from(length).unwrap_or(columns).min(columns)
}
