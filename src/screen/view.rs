//! Draws the state as a frame.
//!
//! Data kept between frames, such as scroll offsets and heights, is in [`View`], which is never saved.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::widgets::{Paragraph, Wrap};

use super::pages::help;
use super::panes::{advice, outline, question};
use super::scrolled::Scrolled;
use super::{App, footer};
use crate::action::{ClickTarget, PageId, Pane, Scroll};

/// Minimum screen size, in columns and rows.
const LEAST: (u16, u16) = (24, 6);
/// Minimum width for two panes side by side.
pub(super) const MEDIUM: u16 = 76;
/// Minimum width for three panes side by side.
const WIDE: u16 = 112;

/// Drawing data kept between frames.
#[derive(Debug, Default)]
pub struct View {
    outline: Scrolled,
    question: Scrolled,
    advice: Scrolled,
    page: Scrolled,
    /// The scroll position of the page below the help.
    below_help: Scrolled,
    /// Whether the screen was too small to show anything in the last frame.
    hidden: bool,
}

impl View {
    /// Returns whether nothing could be shown, so that the effect of a key would not be visible.
    pub const fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Scrolls the open page, or the focused pane.
    pub fn scroll(&mut self, app: &App, scroll: Scroll) {
        let scrolled = match app.desk().pane {
            _ if app.page().is_some() => &mut self.page,
            Pane::Outline => &mut self.outline,
            Pane::Question => &mut self.question,
            Pane::Advice => &mut self.advice,
        };
        scrolled.scroll(scroll);
    }

    /// Scrolls the page by a line.
    pub fn scroll_line(&mut self, down: bool) {
        self.page.by(if down { 1 } else { -1 });
    }

    /// Scrolls the box under the pointer by a number of lines.
    pub fn wheel(&mut self, column: u16, row: u16, lines: isize) {
        let at = Position { x: column, y: row };
        if let Some((scrolled, _)) = self.drawn().into_iter().find(|(it, _)| it.is_at(at)) {
            scrolled.by(lines);
        }
    }

    /// Returns the click target under the pointer, if any.
    pub fn hit(&mut self, column: u16, row: u16) -> Option<ClickTarget> {
        let at = Position { x: column, y: row };
        let (scrolled, pane) = self.drawn().into_iter().find(|(it, _)| it.is_at(at))?;
        scrolled.target(at).or(pane.map(ClickTarget::Pane))
    }

    fn drawn(&mut self) -> [(&mut Scrolled, Option<Pane>); 4] {
        [
            (&mut self.outline, Some(Pane::Outline)),
            (&mut self.question, Some(Pane::Question)),
            (&mut self.advice, Some(Pane::Advice)),
            (&mut self.page, None),
        ]
    }

    /// Adapts the scroll position when another page is shown. A page starts at its beginning, except one that the
    /// help has covered.
    pub fn turn_page(&mut self, from: Option<PageId>, to: Option<PageId>) {
        let left = std::mem::take(&mut self.page);
        if to == Some(help::ID) && from != to {
            self.below_help = left;
        } else if from == Some(help::ID) && from != to {
            self.page = std::mem::take(&mut self.below_help);
        }
    }
}

/// Draws the whole screen.
pub fn draw(frame: &mut Frame<'_>, app: &App, view: &mut View) {
    let area = frame.area();
    view.drawn().into_iter().for_each(|(scrolled, _)| scrolled.forget_place());
    view.hidden = area.width < LEAST.0 || area.height < LEAST.1;
    if view.hidden {
        let text = format!("langfit needs {}×{}; nothing is lost", LEAST.0, LEAST.1);
        frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
        return;
    }
    let message_rows = u16::from(area.height >= 16);
    let rows =
        [Constraint::Length(1), Constraint::Min(1), Constraint::Length(message_rows), Constraint::Length(1)];
    let [header, body, message, footer] = Layout::vertical(rows).areas(area);
    footer::draw_header(frame, &app.desk().workbook, header);
    match app.page() {
        None => draw_panes(frame, app, body, view),
        // Beside a list, the recommendation stays in view if there is room.
        Some(page) if page.kind.is_list && body.width >= WIDE && !app.desk().zoomed => {
            let [left, middle, right] = columns(body);
            let about = (page.about(app.desk()), false);
            advice::draw_about(frame, app.desk(), about, right, &mut view.advice);
            page.draw(frame, app.desk(), left.union(middle), &mut view.page);
        }
        Some(page) => page.draw(frame, app.desk(), body, &mut view.page),
    }
    footer::draw_footer(frame, app, message, footer);
}

/// Splits the body into outline, question and recommendation. A wider screen gives question titles more room.
fn columns(body: Rect) -> [Rect; 3] {
    let outline = (body.width / 5).clamp(28, 44);
    Layout::horizontal([Constraint::Length(outline), Constraint::Fill(1), Constraint::Fill(1)]).areas(body)
}

fn draw_panes(frame: &mut Frame<'_>, app: &App, body: Rect, view: &mut View) {
    let desk = app.desk();
    let has_keys = |pane| desk.pane == pane;
    if desk.zoomed || body.width < MEDIUM {
        match desk.pane {
            Pane::Outline => outline::draw(frame, desk, body, &mut view.outline),
            Pane::Question => question::draw(frame, desk, body, &mut view.question),
            Pane::Advice => advice::draw(frame, desk, true, body, &mut view.advice),
        }
    } else if body.width >= WIDE {
        let [left, middle, right] = columns(body);
        outline::draw(frame, desk, left, &mut view.outline);
        question::draw(frame, desk, middle, &mut view.question);
        advice::draw(frame, desk, has_keys(Pane::Advice), right, &mut view.advice);
    } else {
        let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(body);
        if has_keys(Pane::Outline) {
            outline::draw(frame, desk, left, &mut view.outline);
        } else {
            question::draw(frame, desk, left, &mut view.question);
        }
        advice::draw(frame, desk, has_keys(Pane::Advice), right, &mut view.advice);
    }
}
