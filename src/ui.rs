//! Drawing: the state as a frame; must not change the state.
//!
//! What drawing has to remember, scroll offsets and heights, is in [`View`], which is never saved.

mod advice;
mod decide;
mod details;
mod editor;
mod export;
mod find;
mod firm;
mod footer;
mod help;
mod keeping;
mod ledger;
mod map;
mod outline;
mod pane;
mod question;
mod review;
mod text;
mod theme;
mod versus;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use crate::action::{Scroll, Target};
use crate::app::{App, Mode, Pane};

pub use pane::Scrolled;

/// Least size at which something useful can be shown.
const LEAST: (u16, u16) = (24, 6);
/// From this width on, two panes stand side by side.
const MEDIUM: u16 = 76;
/// From this width on, three do.
const WIDE: u16 = 112;

/// What drawing remembers from frame to frame.
#[derive(Debug, Default)]
pub struct View {
    outline: Scrolled,
    question: Scrolled,
    advice: Scrolled,
    overlay: Scrolled,
    /// Whether the screen was too small to show anything.
    hidden: bool,
}

impl View {
    /// Says whether nothing could be shown, so that nobody sees what a key does.
    pub const fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Scrolls the pane that has the keys.
    pub fn scroll(&mut self, app: &App, scroll: Scroll) {
        match (&app.mode, app.pane) {
            (Mode::Panes | Mode::Editing(_), Pane::Outline) => self.outline.scroll(scroll),
            (Mode::Panes | Mode::Editing(_), Pane::Question) => self.question.scroll(scroll),
            (Mode::Panes | Mode::Editing(_), Pane::Advice) => self.advice.scroll(scroll),
            _ => self.overlay.scroll(scroll),
        }
    }

    /// Scrolls what is open over the panes by a line.
    pub fn scroll_line(&mut self, down: bool) {
        self.overlay.by(if down { 1 } else { -1 });
    }

    /// Scrolls by lines what is under the pointer.
    pub fn wheel(&mut self, column: u16, row: u16, lines: isize) {
        let at = Position { x: column, y: row };
        if let Some((scrolled, _)) = self.drawn().into_iter().find(|(it, _)| it.is_at(at)) {
            scrolled.by(lines);
        }
    }

    /// Returns what was drawn under the pointer; nothing where a click does nothing.
    pub fn hit(&mut self, column: u16, row: u16) -> Option<Target> {
        let at = Position { x: column, y: row };
        let (scrolled, pane) = self.drawn().into_iter().find(|(it, _)| it.is_at(at))?;
        scrolled.target(at).or(pane.map(Target::Pane))
    }

    fn drawn(&mut self) -> [(&mut Scrolled, Option<Pane>); 4] {
        [
            (&mut self.outline, Some(Pane::Outline)),
            (&mut self.question, Some(Pane::Question)),
            (&mut self.advice, Some(Pane::Advice)),
            (&mut self.overlay, None),
        ]
    }

    /// Forgets how far something opened over the panes was scrolled.
    pub fn reset_overlay(&mut self) {
        self.overlay = Scrolled::default();
    }
}

/// Draws the whole screen.
pub fn draw(frame: &mut Frame<'_>, app: &App, view: &mut View) {
    let area = frame.area();
    view.drawn().into_iter().for_each(|(scrolled, _)| scrolled.forget_place());
    view.hidden = area.width < LEAST.0 || area.height < LEAST.1;
    if view.hidden {
        let text = format!("langfit needs {}×{}; nothing is lost", LEAST.0, LEAST.1);
        frame.render_widget(Paragraph::new(text).wrap(ratatui::widgets::Wrap { trim: true }), area);
        return;
    }
    let message_rows = u16::from(area.height >= 16);
    let rows =
        [Constraint::Length(1), Constraint::Min(1), Constraint::Length(message_rows), Constraint::Length(1)];
    let [header, body, message, footer] = Layout::vertical(rows).areas(area);
    footer::draw_header(frame, app, header);
    match &app.mode {
        Mode::Panes => draw_panes(frame, app, body, view),
        Mode::Editing(editor) if matches!(editor.behind, Mode::Panes) => draw_panes(frame, app, body, view),
        mode => {
            // Beside a list the recommendation stays in view where there is room.
            let is_list = mode.is_list() || matches!(mode, Mode::Editing(_));
            if is_list && body.width >= WIDE && !app.zoomed {
                let [left, middle, right] = columns(body);
                advice::draw(frame, app, right, &mut view.advice);
                draw_page(frame, app, left.union(middle), view);
            } else {
                draw_page(frame, app, body, view);
            }
        }
    }
    footer::draw_footer(frame, app, message, footer);
}

/// Outline, question and recommendation side by side; where there is room, titles of questions get more.
fn columns(body: Rect) -> [Rect; 3] {
    let outline = (body.width / 5).clamp(28, 44);
    Layout::horizontal([Constraint::Length(outline), Constraint::Fill(1), Constraint::Fill(1)]).areas(body)
}

/// Draws what is open over the panes.
fn draw_page(frame: &mut Frame<'_>, app: &App, area: Rect, view: &mut View) {
    let scrolled = &mut view.overlay;
    match &app.mode {
        Mode::Panes => {}
        Mode::Editing(editor) => {
            let title = match editor.behind {
                Mode::Details { .. } => "Details",
                Mode::Decide(_) => "Decide",
                Mode::Keeping(_) => "The session's file",
                _ => "Export the decision record",
            };
            editor::draw(frame, app, editor, title, area, scrolled);
        }
        Mode::Ledger { subject, candidate } => ledger::draw(frame, app, *subject, *candidate, area, scrolled),
        Mode::Versus { subject, pair } => versus::draw(frame, app, *subject, *pair, area, scrolled),
        Mode::Firm => firm::draw(frame, app, area, scrolled),
        Mode::Map => map::draw(frame, app, area, scrolled),
        Mode::Find(find) => find::draw(frame, app, find, area, scrolled),
        Mode::Review { at } => review::draw(frame, app, *at, area, scrolled),
        Mode::Details { at } => details::draw(frame, app, *at, area, scrolled),
        Mode::Decide(deciding) => decide::draw(frame, app, *deciding, area, scrolled),
        Mode::Export(export) => export::draw(frame, export, area, scrolled),
        Mode::Keeping(it) => keeping::draw(frame, app, it, area, scrolled),
        Mode::Rescue { at } => keeping::draw_rescue(frame, app, *at, area, scrolled),
        Mode::Help => help::draw(frame, area, scrolled),
    }
}

fn draw_panes(frame: &mut Frame<'_>, app: &App, body: Rect, view: &mut View) {
    if app.zoomed || body.width < MEDIUM {
        match app.pane {
            Pane::Outline => outline::draw(frame, app, body, &mut view.outline),
            Pane::Question => question::draw(frame, app, body, &mut view.question),
            Pane::Advice => advice::draw(frame, app, body, &mut view.advice),
        }
    } else if body.width >= WIDE {
        let [left, middle, right] = columns(body);
        outline::draw(frame, app, left, &mut view.outline);
        question::draw(frame, app, middle, &mut view.question);
        advice::draw(frame, app, right, &mut view.advice);
    } else {
        let [left, right] = Layout::horizontal([Constraint::Fill(1), Constraint::Fill(1)]).areas(body);
        if app.pane == Pane::Outline {
            outline::draw(frame, app, left, &mut view.outline);
        } else {
            question::draw(frame, app, left, &mut view.question);
        }
        advice::draw(frame, app, right, &mut view.advice);
    }
}

/// Lines of a pane, and which of them must be in view.
#[derive(Debug, Default)]
struct Content {
    lines: Vec<Line<'static>>,
    /// First and last line of what has the cursor.
    cursor: Option<(usize, usize)>,
    /// First and last line of what a click can be on.
    targets: Vec<(usize, usize, Target)>,
}

impl Content {
    /// Adds the lines of a row that the cursor can stand on and a click can be on.
    fn row(&mut self, here: bool, target: Target, lines: Vec<Line<'static>>) {
        let place = (self.lines.len(), self.lines.len() + lines.len().saturating_sub(1));
        self.targets.push((place.0, place.1, target));
        if here {
            self.cursor = Some(place);
        }
        self.lines.extend(lines);
    }
}
