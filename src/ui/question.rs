//! The question pane: the question, its options, why it matters, its note; must not answer it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, editor, pane, text, theme};
use crate::action::Target;
use crate::answers::{Answer, Emphasis, Subject};
use crate::app::{App, Mode, Pane, Row};
use crate::questionnaire::Kind;

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, app: &App, area: Rect, scrolled: &mut Scrolled) {
    let named = app.named(app.cursor.question);
    let title = match app.answered_part() {
        Some(part) => format!("{named}, for {}", app.answers()[part].name),
        None => named,
    };
    let focused = app.pane == Pane::Question;
    if let Mode::Editing(editor) = &app.mode {
        return editor::draw(frame, app, editor, &title, area, scrolled);
    }
    let content = content(app, pane::text_width(area));
    pane::draw(frame, area, &title, focused, content, scrolled);
}

fn content(app: &App, width: u16) -> Content {
    let id = app.cursor.question;
    let question = &app.questionnaire[id];
    let mut content = Content::default();
    content.lines.extend(text::paragraph(&question.ask, theme::STRONG, width));
    if let Some(scope) = app.answered_for() {
        let style = if app.focus == Subject::System { theme::FAINT } else { theme::SAID };
        content.lines.extend(text::paragraph(&scope, style, width));
    }
    content.lines.push(Line::default());
    for (index, row) in app.rows().into_iter().enumerate() {
        if row == Row::NotSure && question.kind != Kind::Text {
            content.lines.push(Line::default());
        }
        let here = index == app.cursor.row;
        let (sign, words) = row_words(app, row);
        let indent = if matches!(row, Row::Part(_)) { "    " } else { "" };
        let prefix = vec![theme::pointer(here), Span::raw(format!(" {indent}{sign} "))];
        let style = match row {
            _ if here => theme::STRONG,
            Row::NotSure | Row::NotApplicable if !app.is_chosen(row) => theme::FAINT,
            _ => theme::TEXT,
        };
        let lines = text::hang(prefix, &words, style, width);
        content.row(here, Target::Row(index), lines);
    }
    let emphasis = match app.answers().given(id).emphasis {
        Emphasis::Normal => None,
        Emphasis::Double => Some("Its points count double"),
        Emphasis::Ignored => Some("Its points are ignored; exclusions hold"),
    };
    if let Some(words) = emphasis {
        content.lines.push(Line::default());
        content.lines.extend(text::paragraph(words, theme::SAID, width));
    }
    for (part, words) in app.differing() {
        content.lines.extend(text::paragraph(&format!("Differs for {part}: {words}"), theme::SAID, width));
    }
    content.lines.push(Line::default());
    if let Some(reason) = app.asked_because() {
        content.lines.extend(text::paragraph(&format!("Asked because of {reason}"), theme::FAINT, width));
        content.lines.push(Line::default());
    }
    content.lines.push(Line::styled("Why it matters", theme::FAINT));
    content.lines.extend(text::paragraph(&question.why, theme::TEXT, width));
    let note = &app.answers().given(id).note;
    if !note.is_empty() {
        content.lines.push(Line::default());
        content.lines.push(Line::styled("Note", theme::SAID));
        content.lines.extend(text::paragraph(note, theme::TEXT, width));
    }
    content
}

fn row_words(app: &App, row: Row) -> (String, String) {
    let id = app.cursor.question;
    let question = &app.questionnaire[id];
    let chosen = app.is_chosen(row);
    let round = if chosen { "(•)" } else { "( )" };
    match row {
        Row::Option(option) => {
            let words = question[option].text.clone();
            match question.kind {
                Kind::One => (round.to_owned(), words),
                Kind::Many => (if chosen { "[x]" } else { "[ ]" }.to_owned(), words),
                Kind::Parts | Kind::Text => {
                    let count = app.answers().parts().iter().filter(|part| part.kind == option).count();
                    let sign = if count == 0 { "[ ]".to_owned() } else { format!("[{count}]") };
                    (sign, words)
                }
            }
        }
        Row::Part(part) => {
            let plan = app.plan_words(part);
            let part = &app.answers()[part];
            ("-".to_owned(), format!("{} ({plan})", part.name))
        }
        Row::Text => match app.answers().answer(id, Subject::System) {
            Answer::Text(text) => ("¶".to_owned(), text.clone()),
            _ => ("¶".to_owned(), "nothing written yet; it is optional and goes into the record".to_owned()),
        },
        Row::NotSure => (round.to_owned(), "Not sure yet".to_owned()),
        Row::NotApplicable => (round.to_owned(), "Does not apply".to_owned()),
    }
}
