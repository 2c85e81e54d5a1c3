//! What can be done about the session's file, and with rescued answers; must not do it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::{Content, Scrolled, pane, text, theme};
use crate::action::Target;
use crate::app::{App, Beside, Choice, Keeping, RescueChoice, Saving};
use crate::wording::capital;

/// Draws what can be done about the file over the panes.
pub fn draw(frame: &mut Frame<'_>, app: &App, keeping: &Keeping, area: Rect, scrolled: &mut Scrolled) {
    let width = pane::text_width(area);
    let mut content = Content::default();
    let file = &app.around.file;
    let (words, style) = match &app.saving {
        Saving::Conflict(words) => (
            format!(
                "{} since it was read. Nothing is written until you choose; your answers are in memory.",
                capital(words)
            ),
            theme::SAID,
        ),
        Saving::Gone(words) => (
            format!(
                "{} while it was open, so there is nothing to reload. Nothing is written until you choose; your \
                 answers are in memory.",
                capital(words)
            ),
            theme::SAID,
        ),
        Saving::Failed(reason) => (
            format!("{reason}. Your answers are in memory, and saving is tried again by itself."),
            theme::SAID,
        ),
        Saving::ReadOnly => {
            (format!("Another langfit has {file} open, so nothing is written here."), theme::SAID)
        }
        Saving::Untouched | Saving::Waiting | Saving::Saved => {
            (format!("Every answer is saved in {file} as it is given."), theme::FAINT)
        }
    };
    content.lines.extend(text::paragraph(&words, style, width));
    content.lines.push(ratatui::text::Line::default());
    for (index, choice) in app.choices().into_iter().enumerate() {
        let (name, does) = match choice {
            Choice::TryAgain => ("Try again", "now, and not only by itself"),
            Choice::KeepMine => ("Keep mine: overwrite it", "what the other program wrote is lost"),
            Choice::WriteAgain => ("Write it again here", "the file is made anew with your answers"),
            Choice::TakeTheirs => ("Take theirs: reload it", "undo brings yours back"),
            Choice::SaveAs => ("Save mine as …", "under another name; the session goes on there"),
        };
        row(&mut content, (index, keeping.at), name, does, width);
    }
    if let Some(refused) = &keeping.refused {
        content.lines.push(ratatui::text::Line::default());
        content.lines.extend(text::paragraph(refused, theme::SAID, width));
    }
    pane::draw(frame, area, "The session's file", true, content, scrolled);
}

/// Draws what can be done with rescued answers over the panes.
pub fn draw_rescue(frame: &mut Frame<'_>, app: &App, at: usize, area: Rect, scrolled: &mut Scrolled) {
    let width = pane::text_width(area);
    let mut content = Content::default();
    if let Some(rescued) = &app.rescued {
        let written =
            if rescued.written.is_empty() { String::new() } else { format!(", {}", rescued.written) };
        let (file, name) = (&app.around.file, &rescued.name);
        let words = match rescued.beside {
            Beside::Ruins => format!(
                "Saving was cut off the last time, and {file} is not whole any more. All that was being saved is in \
                 {name}{written}. Until you take that, nothing is written to {file}."
            ),
            Beside::Nothing => format!(
                "The last time the answers could not be saved in {file}. They are in {name}{written}. There is no \
                 such file now."
            ),
            Beside::Session => format!(
                "The last time the answers could not be saved in {file}. They are in {name}{written}, which differs \
                 from it in {}.",
                app.apart_from(&rescued.session)
            ),
        };
        content.lines.extend(text::paragraph(&words, theme::SAID, width));
        content.lines.push(ratatui::text::Line::default());
    }
    for (index, choice) in RescueChoice::ALL.into_iter().enumerate() {
        let (name, does) = match choice {
            RescueChoice::Take => (
                "Take them",
                "undo brings back what the session held; the rescue file stays until they are saved",
            ),
            RescueChoice::Leave => ("Leave them", "they are offered again the next time"),
            RescueChoice::Discard => ("Throw them away", "the rescue file is removed"),
        };
        row(&mut content, (index, at), name, does, width);
    }
    pane::draw(frame, area, "Rescued answers", true, content, scrolled);
}

fn row(content: &mut Content, (index, at): (usize, usize), name: &str, does: &str, width: u16) {
    let here = index == at;
    let style = if here { theme::STRONG } else { theme::TEXT };
    let sign = Span::styled(if here { theme::HERE } else { " " }, theme::CURSOR);
    let prefix = vec![sign, Span::styled(format!(" {name}  "), style)];
    content.row(here, Target::Entry(index), text::hang(prefix, does, theme::FAINT, width));
}
