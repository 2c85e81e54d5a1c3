//! The question pane: the question, its options, why it matters, its note; must not answer it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, editor, pane, text, theme};
use crate::answers::{Answer, Emphasis, Plan};
use crate::app::{App, Mode, Pane, Row};
use crate::questionnaire::{Kind, QuestionId};
use crate::record::subject_name;

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, app: &App, area: Rect, scrolled: &mut Scrolled) {
    let named = app.named(app.cursor.question);
    let title = match app.answered_part() {
        Some(part) => format!("{named}, for {}", subject_name(app.answers(), Some(part))),
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
    if let Some(scope) = scope(app, id) {
        content.lines.extend(text::paragraph(&scope, theme::NOTICE, width));
    }
    content.lines.push(Line::default());
    for (index, row) in app.rows().into_iter().enumerate() {
        if row == Row::NotSure && question.kind != Kind::Text {
            content.lines.push(Line::default());
        }
        let here = index == app.cursor.row;
        let (sign, words) = row_words(app, row);
        let indent = if matches!(row, Row::Part(_)) { "    " } else { "" };
        let prefix = vec![
            Span::styled(if here { theme::HERE } else { " " }, theme::CURSOR),
            Span::raw(format!(" {indent}{sign} ")),
        ];
        let style = match row {
            _ if here => theme::CURSOR,
            Row::NotSure | Row::NotApplicable if !app.is_chosen(row) => theme::FAINT,
            _ => theme::TEXT,
        };
        let lines = text::hang(prefix, &words, style, width);
        content.row(here, lines);
    }
    let emphasis = match app.answers().given(id).emphasis {
        Emphasis::Normal => None,
        Emphasis::Double => Some("Its points count double"),
        Emphasis::Ignored => Some("Its points are ignored; exclusions hold"),
    };
    if let Some(words) = emphasis {
        content.lines.push(Line::default());
        content.lines.extend(text::paragraph(words, theme::NOTICE, width));
    }
    for (part, words) in differing(app, id) {
        content.lines.extend(text::paragraph(&format!("Differs for {part}: {words}"), theme::NOTICE, width));
    }
    content.lines.push(Line::default());
    if let Some(reason) = asked_because(app, id) {
        content.lines.extend(text::paragraph(&format!("Asked because of {reason}"), theme::FAINT, width));
        content.lines.push(Line::default());
    }
    content.lines.push(Line::styled("Why it matters", theme::FAINT));
    content.lines.extend(text::paragraph(&question.why, theme::TEXT, width));
    let note = &app.answers().given(id).note;
    if !note.is_empty() {
        content.lines.push(Line::default());
        content.lines.push(Line::styled("Note", theme::NOTICE));
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
                    let count = app.answers().parts.iter().filter(|part| part.kind == option).count();
                    let sign = if count == 0 { "[ ]".to_owned() } else { format!("[{count}]") };
                    (sign, words)
                }
            }
        }
        Row::Part(part) => {
            let part = &app.answers().parts[part];
            let plan = match &part.plan {
                Plan::ToDecide => "to decide".to_owned(),
                Plan::StaysIn(candidate) => format!("stays in {}", app.questionnaire[*candidate].name),
                Plan::StaysOther(language) => format!("stays in {language}"),
            };
            ("-".to_owned(), format!("{} ({plan})", part.name))
        }
        Row::Text => match app.answers().answer(id, None) {
            Answer::Text(text) => ("¶".to_owned(), text.clone()),
            _ => ("¶".to_owned(), "nothing written yet; it is optional and goes into the record".to_owned()),
        },
        Row::NotSure => (round.to_owned(), "Not sure yet".to_owned()),
        Row::NotApplicable => (round.to_owned(), "Does not apply".to_owned()),
    }
}

fn scope(app: &App, id: QuestionId) -> Option<String> {
    let question = &app.questionnaire[id];
    let part = app.focus?;
    let name = subject_name(app.answers(), Some(part));
    if !question.each_part {
        return Some("This question has one answer for all parts".to_owned());
    }
    let own = app.answers().parts[part].overrides.contains_key(&id);
    Some(if own {
        format!("Answer for {name} alone")
    } else {
        format!("{name}: same answer as for all parts")
    })
}

fn differing(app: &App, id: QuestionId) -> Vec<(String, String)> {
    let words = |answer: &Answer| match answer {
        Answer::Chosen(options) => {
            let texts = options.iter().map(|option| app.questionnaire[id][option].text.as_str());
            texts.collect::<Vec<_>>().join("; ")
        }
        Answer::NotSure => "not sure".to_owned(),
        Answer::NotApplicable => "does not apply".to_owned(),
        Answer::Open | Answer::Text(_) => "open".to_owned(),
    };
    let parts = app.answers().parts.iter().enumerate();
    let others = parts.filter(|(index, _)| app.focus != Some(*index));
    others.filter_map(|(_, part)| Some((part.name.clone(), words(part.overrides.get(&id)?)))).collect()
}

/// The answers that made a follow-up appear.
fn asked_because(app: &App, id: QuestionId) -> Option<String> {
    let when = app.questionnaire[id].when.as_ref()?;
    let subjects = app.answers().subjects();
    let part = app.focus.or_else(|| {
        subjects
            .into_iter()
            .flatten()
            .find(|part| app.answers().sheet(&app.questionnaire, Some(*part)).is_visible(id))
    });
    let sheet = app.answers().sheet(&app.questionnaire, part);
    let mut reasons: Vec<String> = Vec::new();
    for literal in when.literals().into_iter().filter(|literal| literal.holds && sheet.is_true(*literal)) {
        let question = &app.questionnaire[literal.question];
        for option in literal.options.intersection(sheet.chosen(literal.question)).iter() {
            reasons.push(format!("{}: {}", question.title, question[option].name));
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}
