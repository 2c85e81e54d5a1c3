//! An open text field with what it is for above it; must not change the text.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Content, Scrolled, pane, text, theme};
use crate::app::{App, Editor, Purpose};
use crate::wording::{choice_names, subject_name};

/// Draws the field in a pane.
pub fn draw(
    frame: &mut Frame<'_>,
    app: &App,
    editor: &Editor,
    title: &str,
    area: Rect,
    scrolled: &mut Scrolled,
) {
    let width = pane::text_width(area);
    let mut content = Content::default();
    content.lines.extend(text::paragraph(&about(app, editor), theme::STRONG, width));
    content.lines.push(Line::default());
    // On a low screen the field comes first.
    let above = content.lines.len().min(usize::from(area.height.saturating_sub(4)));
    content.lines.truncate(above);
    let inner = pane::draw(frame, area, title, true, content, scrolled);
    let above = above as u16;
    let field = Rect { y: inner.y + above, height: inner.height.saturating_sub(above), ..inner };
    draw_field(frame, editor, field);
}

/// Draws the text and puts the real cursor on the caret.
pub fn draw_field(frame: &mut Frame<'_>, editor: &Editor, field: Rect) {
    if field.is_empty() {
        return;
    }
    frame.render_widget(&editor.area, field);
    let caret = editor.area.screen_cursor();
    let (x, y) = (field.x + caret.col as u16, field.y + caret.row as u16);
    frame.set_cursor_position((
        x.min(field.right().saturating_sub(1)),
        y.min(field.bottom().saturating_sub(1)),
    ));
}

/// Returns what the field is for.
fn about(app: &App, editor: &Editor) -> String {
    match editor.purpose {
        Purpose::Note(question) => format!("Note on: {}", app.questionnaire[question].ask),
        Purpose::Text(question) => app.questionnaire[question].ask.clone(),
        Purpose::PartName(part) => format!("Name of the part {}", app.answers()[part].name),
        Purpose::StaysIn(part) => format!(
            "{} stays as it is. In which {}? {}, or anything else, which is only shown; nothing puts it up for \
             decision.",
            app.answers()[part].name,
            app.questionnaire.called().one,
            app.questionnaire.names(app.questionnaire.all_candidates(), "or")
        ),
        Purpose::Detail(field) => format!("{}: {}", field.name(), field.hint()),
        Purpose::Because { subject, candidate } => {
            let name = &app.questionnaire[candidate].name;
            let about = subject_name(app.answers(), subject);
            let advised = app.advice.of(subject).map(|part| part.choice).unwrap_or_default();
            if advised.contains(candidate) {
                format!("{name} for {about}, as advised. A sentence why, if there is more to say.")
            } else {
                let advised = choice_names(&app.questionnaire, advised);
                format!("{name} for {about}; the advice is {advised}. Why is it decided otherwise?")
            }
        }
        Purpose::Path => "File for the record, or a folder of records, where it gets the next number; \
                          a folder that is still to be made ends in /"
            .to_owned(),
        Purpose::SaveAs => {
            "File to save the session in; it must not exist yet, and the session goes on there".to_owned()
        }
        Purpose::Find => "Words to find".to_owned(),
    }
}
