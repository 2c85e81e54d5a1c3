//! A bordered box that scrolls its lines, whatever they mean, and shows how many are out of view.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget as _};

use super::{text, theme};
use crate::action::{ClickTarget, Scroll};

/// A click target within some columns of some lines.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The lines.
    pub lines: Range<usize>,
    /// The columns, counted from the start of the lines.
    pub columns: Range<u16>,
    /// The click target.
    pub target: ClickTarget,
}

/// The lines of a box, with its cursor and click targets.
#[derive(Debug, Default)]
pub struct Content {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// First and last line of the row with the cursor.
    pub cursor: Option<(usize, usize)>,
    /// First and last line of each click target.
    pub targets: Vec<(usize, usize, ClickTarget)>,
    /// Click targets within a line, which take precedence over those of whole lines.
    pub spots: Vec<Spot>,
    /// Number of lines at the top that stay in view while the others scroll, if the box is tall enough.
    pub pinned: usize,
}

impl Content {
    /// Adds the lines of a row that can have the cursor and be clicked.
    pub fn row(&mut self, here: bool, target: ClickTarget, lines: Vec<Line<'static>>) {
        let place = (self.lines.len(), self.lines.len() + lines.len().saturating_sub(1));
        self.targets.push((place.0, place.1, target));
        if here {
            self.cursor = Some(place);
        }
        self.lines.extend(lines);
    }

    /// Adds text with a hanging indent after a prefix.
    pub fn hang(&mut self, prefix: Vec<Span<'static>>, words: &str, style: Style, width: u16) {
        self.lines.extend(text::hang(prefix, words, style, width));
    }

    /// Adds wrapped text.
    pub fn paragraph(&mut self, words: &str, style: Style, width: u16) {
        self.lines.extend(text::paragraph(words, style, width));
    }

    /// Adds a choice with its description; `at` is the position of the cursor.
    pub fn choice(&mut self, (index, at): (usize, usize), name: &str, does: &str, width: u16) {
        let here = index == at;
        let style = if here { theme::STRONG } else { theme::TEXT };
        let prefix = vec![theme::pointer(here), Span::styled(format!(" {name}  "), style)];
        self.row(here, ClickTarget::Entry(index), text::hang(prefix, does, theme::FAINT, width));
    }

    /// Adds an empty line.
    pub fn space(&mut self) {
        self.lines.push(Line::default());
    }
}

/// The scroll state of a box.
#[derive(Debug, Default)]
pub struct Scrolled {
    offset: usize,
    /// Number of lines at the top that stay in view.
    pinned: usize,
    /// Number of rows for the scrolling lines.
    height: usize,
    /// Number of scrolling lines.
    count: usize,
    /// The cursor's lines in the last frame; the view follows the cursor only if it moved.
    cursor: Option<(usize, usize)>,
    /// Area of the box in the last frame, including the border; empty if the box was not drawn.
    area: Rect,
    /// Position of the content's top left corner on the screen.
    origin: Position,
    /// First and last line of each click target.
    targets: Vec<(usize, usize, ClickTarget)>,
    /// Click targets within a line.
    spots: Vec<Spot>,
}

impl Scrolled {
    /// Scrolls by a page, or to either end.
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

    /// Scrolls by a number of lines.
    pub fn by(&mut self, lines: isize) {
        self.offset = self.offset.saturating_add_signed(lines);
        self.clamp();
    }

    /// Records that the box is not on the screen.
    pub fn forget_place(&mut self) {
        self.area = Rect::default();
        self.targets.clear();
        self.spots.clear();
    }

    /// Returns whether the box covers a position of the screen.
    pub fn is_at(&self, at: Position) -> bool {
        self.area.contains(at)
    }

    /// Returns the click target at a position of the screen.
    pub fn target(&self, at: Position) -> Option<ClickTarget> {
        let row = usize::from(at.y.checked_sub(self.origin.y)?);
        let line = match row {
            pinned if pinned < self.pinned => pinned,
            row => (row - self.pinned < self.height).then_some(self.offset + row)?,
        };
        let column = at.x.saturating_sub(self.origin.x);
        let within = |spot: &&Spot| spot.lines.contains(&line) && spot.columns.contains(&column);
        if let Some(spot) = self.spots.iter().find(within) {
            return Some(spot.target);
        }
        let hit = |(first, last, _): &&(usize, usize, ClickTarget)| (*first..=*last).contains(&line);
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
            // Near the top, the lines above the first row are shown as well.
            if last < height {
                self.offset = 0;
            }
        }
        self.cursor = cursor;
        self.clamp();
    }
}

/// Returns the width of the text in a box: inside the border, with a blank column on each side.
pub fn text_width(area: Rect) -> u16 {
    area.width.saturating_sub(4)
}

/// Draws a box and returns the area of its content.
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
    let height = usize::from(inner.height);
    // In a short box, pinned lines would leave too little room for the others.
    let pinned = if content.pinned * 2 <= height { content.pinned } else { 0 };
    let cursor = content.cursor.map(|(first, last)| (first.saturating_sub(pinned), last - pinned.min(last)));
    scrolled.pinned = pinned;
    scrolled.follow(content.lines.len().saturating_sub(pinned), height - pinned, cursor);
    (scrolled.area, scrolled.origin) = (area, inner.as_position());
    (scrolled.targets, scrolled.spots) = (content.targets, content.spots);
    let below = scrolled.count.saturating_sub(scrolled.offset + scrolled.height);
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
        // Screen readers and magnifiers follow the terminal cursor. Without a visible cursor row, it is
        // placed at the top.
        let shown = scrolled.offset..scrolled.offset + scrolled.height;
        let row = cursor.map(|(first, _)| first).filter(|first| shown.contains(first));
        let y = inner.y + row.map_or(0, |row| pinned + row - scrolled.offset) as u16;
        frame.set_cursor_position(Position { x: inner.x, y });
    }
    let (above, rest) = content.lines.split_at(pinned.min(content.lines.len()));
    for (row, line) in inner.rows().zip(above.iter().chain(rest.iter().skip(scrolled.offset))) {
        line.render(row, frame.buffer_mut());
    }
    inner
}
