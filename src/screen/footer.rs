//! Draws header, message and footer.
//!
//! The footer is derived from the binding table and must not show a key without effect.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::pages::{bindings, decide, export, firmness, help, precedents, rescue, session_file, versus};
use super::view::MEDIUM;
use super::{App, Desk, text, theme};
use crate::action::{Action, PageId, Pane};
use crate::keys::{Binding, Brief, Context, key_for};
use crate::wording::{capital, headline, progress_words, title};
use crate::workbook::{Saving, Workbook};

/// Draws title, progress and saving state.
pub fn draw_header(frame: &mut Frame<'_>, workbook: &Workbook, area: Rect) {
    let (saved, style) = match &workbook.saving {
        Saving::Untouched | Saving::Saved => ("saved", theme::FAINT),
        Saving::Waiting => ("saving", theme::FAINT),
        Saving::Failed(_) | Saving::Conflict(_) | Saving::Gone(_) => ("NOT SAVED", theme::BAD),
        Saving::ReadOnly => ("read-only", theme::SAID),
        Saving::Example => ("example", theme::SAID),
    };
    let saved = if workbook.is_new() { "new" } else { saved };
    let right = progress_words(workbook.questionnaire(), workbook.answers()) + "  ";
    let room = usize::from(area.width).saturating_sub(right.len() + saved.len() + 12);
    let title = if room < 8 {
        String::new()
    } else {
        text::cut(&title(workbook.questionnaire(), workbook.session()), room)
    };
    frame.render_widget(Line::from(vec![Span::styled(" langfit  ", theme::STRONG), Span::raw(title)]), area);
    let right =
        Line::from(vec![Span::raw(right), Span::styled(saved, style), Span::raw(" ")]).right_aligned();
    frame.render_widget(right, area);
}

/// Draws the message and the keys that apply now. On a short screen, the message replaces the keys.
pub fn draw_footer(frame: &mut Frame<'_>, app: &App, message: Rect, footer: Rect) {
    let desk = app.desk();
    let said: Vec<&str> = desk.message.iter().chain(&desk.news).map(String::as_str).collect();
    let happened = match &desk.workbook.saving {
        // A message is shown only once and therefore comes first; the header always shows the saving state.
        Saving::Failed(reason) | Saving::Conflict(reason) | Saving::Gone(reason)
            if desk.message.is_none() =>
        {
            // The hint is omitted if a page that resolves the problem is already open.
            let open = [Some(session_file::ID), Some(rescue::ID)].contains(&app.is_open().0);
            let asked = Action::Open(session_file::ID);
            let key = key_for(bindings(), app.context(), &asked).filter(|_| !open);
            let hint = key.map(|key| format!("; {key} shows what you can do")).unwrap_or_default();
            Some(Line::styled(format!(" NOT SAVED: {reason}{hint}"), theme::SAID))
        }
        _ if !said.is_empty() => Some(Line::styled(format!(" {}", said.join("; ")), theme::SAID)),
        _ => None,
    };
    let width = usize::from(footer.width);
    let low = message.height == 0;
    match happened {
        // A message that is too long continues in the row of the keys, so the layout stays unchanged.
        Some(words) if !low && words.width() > width => {
            let lines = text::paragraph(&words.to_string(), words.style, footer.width);
            let rest: Vec<String> = lines.iter().skip(1).map(ToString::to_string).collect();
            frame.render_widget(lines.first(), message);
            return draw_cut(frame, &Line::styled(format!(" {}", rest.join(" ")), words.style), footer);
        }
        Some(words) if low => return draw_cut(frame, &words, footer),
        Some(words) => draw_cut(frame, &words, message),
        // The forecast lasts as long as the cursor stays, so on a short screen it would always hide the keys.
        None if low => {}
        None => {
            if let Some(words) = foresight(desk) {
                draw_cut(frame, &Line::styled(format!(" {words}"), theme::SAID), message);
            }
        }
    }
    frame.render_widget(keys(app, width), footer);
}

/// Returns the recommendation that the option under the cursor would lead to; `None` if it would not change.
///
/// The text has a separate row, so the layout stays unchanged while the cursor moves through the options.
fn foresight(desk: &Desk) -> Option<String> {
    let preview = desk.preview.as_ref()?;
    let workbook = &desk.workbook;
    let today = headline(workbook.questionnaire(), workbook.answers(), workbook.advice());
    let then = headline(workbook.questionnaire(), &preview.answers, &preview.advice);
    (then != today).then(|| format!("With this option: {}", capital(&then)))
}

fn draw_cut(frame: &mut Frame<'_>, line: &Line<'static>, area: Rect) {
    let cut = text::cut(&line.to_string(), usize::from(area.width));
    frame.render_widget(Line::styled(cut, line.style), area);
}

/// Returns the keys that apply now, most useful first, as many as fit.
fn keys(app: &App, width: usize) -> Line<'static> {
    let context = app.context();
    let in_panes = matches!(context, Context::Pane(_));
    let can = |binding: &&Binding| binding.keys.iter().any(|(_, action)| app.can(action));
    let here = bindings().filter(|binding| binding.works(context)).filter(can);
    let first = if in_panes { first_pages(app, width) } else { (0, [].as_slice()) };
    let mut ranked: Vec<(u8, Brief)> = Vec::new();
    for binding in here {
        let opens = |id: &PageId| binding.keys.iter().any(|(_, action)| *action == Action::Open(*id));
        match binding.brief {
            // While a page is open, the keys of other pages are left out.
            Some(brief) if brief.opens && !in_panes => {}
            Some(brief) => {
                let rank = first.1.iter().any(opens).then_some(first.0);
                ranked.push((rank.unwrap_or(brief.rank), brief));
            }
            None => {}
        }
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    // The trailing blank of the last key may be cut off.
    let mut room = width + 1;
    let fits = |(_, brief): &(u8, Brief)| {
        let size = Span::raw(brief.key).width() + Span::raw(brief.does).width() + 3;
        let rest = room.checked_sub(size);
        room = rest.unwrap_or(0);
        rest.is_some()
    };
    let spans = ranked.into_iter().take_while(fits).flat_map(|(_, brief)| {
        let does = format!(" {} ", brief.does);
        [Span::raw(" "), Span::styled(brief.key, theme::KEY), Span::styled(does, theme::FAINT)]
    });
    Line::from(spans.collect::<Vec<_>>())
}

/// The pages that examine a ranking.
const LOOKING_IN: [PageId; 3] = [firmness::PAGE.id, versus::PAGE.id, precedents::PAGE.id];

/// Returns the pages to offer first, with their rank. Once no open question can change the advice, these are
/// help and the pages that lead to a record. While a ranking is in view, these are the pages that examine it.
fn first_pages(app: &App, width: usize) -> (u8, &'static [PageId]) {
    let desk = app.desk();
    let beside = width >= usize::from(MEDIUM) && !desk.zoomed;
    match desk.pane {
        _ if desk.workbook.is_final() => (0, &[decide::ID, export::ID, help::ID]),
        _ if desk.workbook.is_blank() => (0, &[]),
        Pane::Advice => (1, &LOOKING_IN),
        _ if beside => (3, &LOOKING_IN),
        _ => (0, &[]),
    }
}
