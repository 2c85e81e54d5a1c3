//! The options of a question as a table: a column for all parts together, and one for each part.
//!
//! The column for all parts and those of parts with a separate answer have boxes, `(•)` and `( )`. The other
//! columns have bare signs instead, which tells them apart without color.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr as _;

use super::box_sign;
use crate::action::{ClickTarget, Pane};
use crate::answers::Subject;
use crate::questionnaire::Kind;
use crate::screen::scrolled::{Content, Spot};
use crate::screen::{text, theme};
use crate::workbook::{Row, Workbook};

/// Width of the cursor sign and the key of the row, with a blank after each.
const POINTER: usize = 4;
/// Minimum width of the options' texts, unless all of them are shorter.
const LEAST_TEXT: usize = 22;
/// Width of the blank before a head or a cell.
const GAP: usize = 1;
/// Width of a sign such as `(•)`, and minimum width of a column.
const CELL: usize = 3;
/// Width of a part's column if not all columns fit.
const NARROW: usize = 5;
/// The head of the column for all parts.
const ALL: &str = "all";

/// The columns that fit, and their layout.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    text_width: usize,
    /// Number of parts hidden on the left and on the right.
    hidden: (usize, usize),
}

#[derive(Debug)]
struct Column {
    subject: Subject,
    head: String,
    width: usize,
    /// Whether the question applies to the subject; otherwise the cells are empty.
    is_asked: bool,
    /// Whether the part has a separate answer.
    differs: bool,
    /// Whether keys answer for the subject of this column.
    is_current: bool,
}

impl Table {
    /// Lays out the current question; `None` if it has no columns, or no part's column fits.
    ///
    /// `longest` is the width of the longest option text. Columns that do not fit are scrolled out as a
    /// whole. The current column is in view, with as many of those before it as fit.
    pub fn new(workbook: &Workbook, longest: usize, width: usize) -> Option<Self> {
        let subjects = workbook.columns();
        let (all, parts) = subjects.split_first()?;
        let least = longest.min(LEAST_TEXT);
        let fixed = POINTER + least + GAP + CELL;
        let room = width.checked_sub(fixed).filter(|room| *room >= GAP + CELL)?;
        let names: Vec<&str> =
            parts.iter().filter_map(|it| Some(workbook.answers()[it.part()?].name.as_str())).collect();
        let heads = text::cut_apart(&names, head_width(&names, room));
        let mut columns: Vec<Column> =
            parts.iter().zip(heads).map(|(part, head)| Column::new(workbook, *part, head)).collect();
        let widths: Vec<usize> = columns.iter().map(|column| GAP + column.width).collect();
        let current = columns.iter().position(|column| column.is_current).unwrap_or(0);
        let shown = in_view(&widths, current, room);
        let hidden = (shown.start, columns.len() - shown.end);
        let room = room - widths[shown.clone()].iter().sum::<usize>();
        columns = columns.drain(shown).collect();
        columns.insert(0, Column::new(workbook, *all, ALL.to_owned()));
        Some(Self { columns, text_width: longest.min(least + room), hidden })
    }

    /// Returns whether a part's column is in view.
    pub fn shows(&self, subject: Subject) -> bool {
        self.columns.iter().any(|column| column.subject == subject)
    }

    /// Returns whether the sign of a part with a separate answer is in view.
    pub fn has_differing(&self) -> bool {
        self.columns.iter().any(|column| column.differs)
    }

    /// Adds the names of the parts, which stay in view. The line below marks the current column and the parts
    /// that differ.
    pub fn add_heads(&self, content: &mut Content) {
        let width = POINTER + self.text_width;
        let mut heads = vec![Span::styled(format!("{:>width$}", self.more()), theme::FAINT)];
        let mut below = vec![Span::raw(" ".repeat(width))];
        for column in &self.columns {
            let style = match (column.is_current, column.is_asked) {
                (true, _) => theme::STRONG,
                (false, true) => theme::TEXT,
                (false, false) => theme::FAINT,
            };
            heads.extend([Span::raw(" "), Span::styled(column.centred(&column.head), style)]);
            below.push(Span::raw(" "));
            below.extend(column.below());
        }
        let first = content.lines.len();
        content.lines.extend([Line::from(heads), Line::from(below)]);
        content.pinned = content.lines.len();
        self.add_spots(content, first..first + 2, ClickTarget::Column);
    }

    /// Returns the width of the options, including the cursor sign and the key before their texts.
    pub fn options_width(&self) -> u16 {
        (POINTER + self.text_width) as u16
    }

    /// Adds the lines of a row with its sign in each column; `index` is the position of the row.
    pub fn add_row(
        &self,
        content: &mut Content,
        workbook: &Workbook,
        (index, row): (usize, Row),
        mut lines: Vec<Line<'static>>,
    ) {
        let here = index == workbook.row_index();
        if let Some(line) = lines.first_mut() {
            let room = (POINTER + self.text_width).saturating_sub(line.width());
            line.push_span(Span::raw(" ".repeat(room)));
            for column in &self.columns {
                let (sign, style) = column.sign(workbook, row);
                let style = if here && column.is_current { theme::STRONG } else { style };
                line.push_span(Span::raw(" "));
                line.push_span(Span::styled(column.centred(sign), style));
            }
        }
        let first = content.lines.len();
        self.add_spots(content, first..first + lines.len(), |column| ClickTarget::Cell(index, column));
        content.row(here, ClickTarget::Row(index), lines);
    }

    fn add_spots(&self, content: &mut Content, lines: Range<usize>, target: impl Fn(Subject) -> ClickTarget) {
        let mut left = POINTER + self.text_width;
        for column in &self.columns {
            let right = left + GAP + column.width;
            // A column where the question does not apply cannot be answered.
            let pane = ClickTarget::Pane(Pane::Question);
            let target = if column.is_asked { target(column.subject) } else { pane };
            let columns = left as u16..right as u16;
            content.spots.push(Spot { lines: lines.clone(), columns, target });
            left = right;
        }
    }

    /// Formats the number of parts out of view on either side.
    fn more(&self) -> String {
        let side = |sign: &str, count: usize| (count > 0).then(|| format!("{sign} {count}"));
        let sides = [side(theme::MORE_LEFT, self.hidden.0), side(theme::MORE_RIGHT, self.hidden.1)];
        sides.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}

impl Column {
    fn new(workbook: &Workbook, subject: Subject, head: String) -> Self {
        let has_own = |part| workbook.answers().has_own(workbook.question(), part);
        Self {
            subject,
            width: head.width().max(CELL),
            head,
            is_asked: workbook.is_asked_of(subject),
            differs: subject.part().is_some_and(has_own),
            is_current: subject == workbook.answered_for(),
        }
    }

    fn centred(&self, sign: &str) -> String {
        let (before, after) = self.beside(sign);
        format!("{}{sign}{}", " ".repeat(before), " ".repeat(after))
    }

    /// Returns the number of blanks on either side of a centered sign.
    fn beside(&self, sign: &str) -> (usize, usize) {
        let blank = self.width.saturating_sub(sign.width());
        (blank / 2, blank - blank / 2)
    }

    /// Returns the line below the head: a rule if the column is current, and a sign in the middle if the part
    /// differs.
    fn below(&self) -> [Span<'static>; 3] {
        let line = if self.is_current { theme::COLUMN } else { " " };
        let sign = if self.differs { theme::DIFFERS } else { line };
        let style = if self.differs { theme::NOTICE } else { theme::CURSOR };
        let (before, after) = self.beside(sign);
        let line = |width: usize| Span::styled(line.repeat(width), theme::CURSOR);
        [line(before), Span::styled(sign, style), line(after)]
    }

    /// Returns the sign of a row; empty where the question does not apply.
    fn sign(&self, workbook: &Workbook, row: Row) -> (&'static str, Style) {
        let question = &workbook.questionnaire()[workbook.question()];
        let is_square = question.kind == Kind::Many && matches!(row, Row::Option(_));
        let is_chosen = workbook.is_chosen_for(row, self.subject);
        let follows = !self.differs && self.subject != Subject::System;
        match (self.is_asked, follows) {
            (false, _) => ("", theme::TEXT),
            (true, false) => (box_sign(is_square, is_chosen), theme::TEXT),
            (true, true) => (bare_sign(is_square, is_chosen), theme::FAINT),
        }
    }
}

/// Returns the sign of an option in a column that follows all parts; see [`box_sign`].
const fn bare_sign(is_square: bool, is_chosen: bool) -> &'static str {
    match (is_square, is_chosen) {
        (_, false) => "·",
        (false, true) => "•",
        (true, true) => "x",
    }
}

/// Returns the width to which names are cut: the largest at which all columns fit, otherwise a narrow one.
fn head_width(names: &[&str], room: usize) -> usize {
    let widths: Vec<usize> = names.iter().map(|name| name.width()).collect();
    let widest = widths.iter().copied().max().unwrap_or(CELL).max(CELL);
    let fits =
        |limit: &usize| widths.iter().map(|width| GAP + (*width).clamp(CELL, *limit)).sum::<usize>() <= room;
    (CELL..=widest).rev().find(fits).unwrap_or(NARROW.min(room - GAP))
}

/// Returns the columns in view: the leftmost range that fits and includes the current one.
fn in_view(widths: &[usize], current: usize, room: usize) -> Range<usize> {
    let fits = |range: Range<usize>| widths[range].iter().sum::<usize>() <= room;
    let start = (0..current).find(|start| fits(*start..current + 1)).unwrap_or(current);
    let end = (current + 1..=widths.len()).rev().find(|end| fits(start..*end)).unwrap_or(current + 1);
    start..end
}
