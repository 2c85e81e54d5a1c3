//! A bordered box that scrolls its lines and says how many are out of view, whatever the lines mean.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Widget as _};

use super::{text, theme};
use crate::action::{ClickTarget, Scroll};

/// A few columns of some lines that a click can be on.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The lines.
    pub lines: Range<usize>,
    /// The columns, counted from where lines begin.
    pub columns: Range<u16>,
    /// What a click there is on.
    pub target: ClickTarget,
}

/// Lines of a box, and which of them must be in view.
#[derive(Debug, Default)]
pub struct Content {
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// First and last line of what has the cursor.
    pub cursor: Option<(usize, usize)>,
    /// First and last line of what a click can be on.
    pub targets: Vec<(usize, usize, ClickTarget)>,
    /// What a click can be on within a line; it goes before what the whole line is.
    pub spots: Vec<Spot>,
    /// How many of the first lines stay in view while the others scroll, where the box is high enough.
    pub pinned: usize,
}

impl Content {
    /// Adds the lines of a row that the cursor can stand on and a click can be on.
    pub fn row(&mut self, here: bool, target: ClickTarget, lines: Vec<Line<'static>>) {
        let place = (self.lines.len(), self.lines.len() + lines.len().saturating_sub(1));
        self.targets.push((place.0, place.1, target));
        if here {
            self.cursor = Some(place);
        }
        self.lines.extend(lines);
    }

    /// Adds text that hangs behind a prefix.
    pub fn hang(&mut self, prefix: Vec<Span<'static>>, words: &str, style: Style, width: u16) {
        self.lines.extend(text::hang(prefix, words, style, width));
    }

    /// Adds wrapped text.
    pub fn paragraph(&mut self, words: &str, style: Style, width: u16) {
        self.lines.extend(text::paragraph(words, style, width));
    }

    /// Adds something that can be chosen, with what it does; `at` is where the cursor is.
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

/// How far a box is scrolled.
#[derive(Debug, Default)]
pub struct Scrolled {
    offset: usize,
    /// Lines at the top that stay in view.
    pinned: usize,
    /// Rows for the lines that scroll, and how many lines these are.
    height: usize,
    count: usize,
    /// The cursor's lines when the box was drawn last; only a cursor that moved pulls the view.
    cursor: Option<(usize, usize)>,
    /// Where the box was drawn last, border and all; empty if it was not.
    area: Rect,
    /// Where its first line began.
    origin: Position,
    /// First and last line of what a click can be on.
    targets: Vec<(usize, usize, ClickTarget)>,
    /// What a click can be on within a line.
    spots: Vec<Spot>,
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

    /// Notes that the box is not on the screen.
    pub fn forget_place(&mut self) {
        self.area = Rect::default();
        self.targets.clear();
        self.spots.clear();
    }

    /// Says whether the box is at a place of the screen.
    pub fn is_at(&self, at: Position) -> bool {
        self.area.contains(at)
    }

    /// Returns what a click there is on.
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
            // What stands above the first row belongs to it.
            if last < height {
                self.offset = 0;
            }
        }
        self.cursor = cursor;
        self.clamp();
    }
}

/// Returns the width that the text in a box may take: inside the border, with a column of air.
pub fn text_width(area: Rect) -> u16 {
    area.width.saturating_sub(4)
}

/// Draws a box and returns where its content is.
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
    // In a low box they would leave too little for the others.
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
        // Screen readers and magnifiers follow the real cursor: what is scrolled away, or has none,
        // is read from the top.
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
