//! A bordered pane that scrolls its lines and says how many are out of view; must not know what the
//! lines mean.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget as _};

use super::{Content, text, theme};
use crate::action::{Scroll, Target};

/// How far a pane is scrolled.
#[derive(Debug, Default)]
pub struct Scrolled {
    offset: usize,
    height: usize,
    count: usize,
    /// The cursor's lines when the pane was drawn last; only a cursor that moved pulls the view.
    cursor: Option<(usize, usize)>,
    /// Where the pane was drawn last, border and all; empty if it was not.
    area: Rect,
    /// Where its first line was.
    top: u16,
    /// First and last line of what a click can be on.
    targets: Vec<(usize, usize, Target)>,
}

impl Scrolled {
    /// Scrolls by what a key asks for.
    pub fn scroll(&mut self, scroll: Scroll) {
        let page = self.height.saturating_sub(1).max(1);
        self.offset = match scroll {
            Scroll::PageUp => self.offset.saturating_sub(page),
            Scroll::PageDown => self.offset + page,
            Scroll::Home => 0,
            Scroll::End => usize::MAX,
        };
        self.clamp();
    }

    /// Scrolls by lines.
    pub fn by(&mut self, lines: isize) {
        self.offset = self.offset.saturating_add_signed(lines);
        self.clamp();
    }

    /// Notes that the pane is not on the screen.
    pub fn forget_place(&mut self) {
        self.area = Rect::default();
        self.targets.clear();
    }

    /// Says whether the pane is at a place of the screen.
    pub fn is_at(&self, at: Position) -> bool {
        self.area.contains(at)
    }

    /// Returns what a click there is on.
    pub fn target(&self, at: Position) -> Option<Target> {
        let row = usize::from(at.y.checked_sub(self.top)?);
        let line = (row < self.height).then_some(self.offset + row)?;
        let hit = |(first, last, _): &&(usize, usize, Target)| (*first..=*last).contains(&line);
        self.targets.iter().find(hit).map(|(_, _, target)| *target)
    }

    fn clamp(&mut self) {
        self.offset = self.offset.min(self.count.saturating_sub(self.height));
    }

    fn follow(&mut self, count: usize, height: usize, cursor: Option<(usize, usize)>) {
        let resized = self.height != height;
        (self.count, self.height) = (count, height);
        if let Some((first, last)) = cursor
            && (self.cursor != cursor || resized)
        {
            self.offset = self.offset.max((last + 1).saturating_sub(height)).min(first);
            // What stands above the first row belongs to it.
            if last < height {
                self.offset = 0;
            }
        }
        self.cursor = cursor;
        self.clamp();
    }
}

/// Returns the width that a pane's text may take: inside the border, with a column of air.
pub fn text_width(area: Rect) -> u16 {
    area.width.saturating_sub(4)
}

/// Draws a pane and returns where its content is.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    focused: bool,
    content: Content,
    scrolled: &mut Scrolled,
) -> Rect {
    let style = if focused { theme::FOCUSED } else { theme::FAINT };
    let title_style = if focused { theme::TITLE } else { theme::TEXT };
    let mut block = Block::bordered().border_style(style);
    let inner = block.inner(area);
    let inner = Rect { x: inner.x + 1.min(inner.width), width: text_width(area), ..inner };
    let title = text::cut(title, usize::from(area.width.saturating_sub(4)));
    block = block.title(Span::styled(format!(" {title} "), title_style));
    scrolled.follow(content.lines.len(), usize::from(inner.height), content.cursor);
    (scrolled.area, scrolled.top, scrolled.targets) = (area, inner.y, content.targets);
    let below = content.lines.len().saturating_sub(scrolled.offset + scrolled.height);
    let hint = match (scrolled.offset, below) {
        (0, 0) => None,
        (above, 0) => Some(format!(" ↑ {above} ")),
        (0, below) => Some(format!(" ↓ {below} ")),
        (above, below) => Some(format!(" ↑ {above}  ↓ {below} ")),
    };
    if let Some(hint) = hint {
        block = block.title_bottom(Line::styled(hint, theme::IN_BORDER).right_aligned());
    }
    block.render(area, frame.buffer_mut());
    if focused {
        // Screen readers and magnifiers follow the real cursor: what is scrolled away, or has none,
        // is read from the top.
        let shown = scrolled.offset..scrolled.offset + scrolled.height;
        let row = content.cursor.map(|(first, _)| first).filter(|first| shown.contains(first));
        let y = inner.y + row.map_or(0, |row| row - scrolled.offset) as u16;
        frame.set_cursor_position(Position { x: inner.x, y });
    }
    for (row, line) in inner.rows().zip(content.lines.into_iter().skip(scrolled.offset)) {
        line.render(row, frame.buffer_mut());
    }
    inner
}
