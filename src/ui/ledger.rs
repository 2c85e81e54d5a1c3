//! The ledger of one candidate: every line of its score; must not leave a line out.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::advice::{Why, ledger, rulings};
use crate::answers::Subject;
use crate::app::App;
use crate::questionnaire::CandidateId;
use crate::wording::{subject_name, verdict_words};

/// Draws the ledger over the panes.
pub fn draw(
    frame: &mut Frame<'_>,
    app: &App,
    subject: Subject,
    candidate: CandidateId,
    area: Rect,
    scrolled: &mut Scrolled,
) {
    let name = &app.questionnaire[candidate].name;
    let title = format!("Ledger of {name} for {}", subject_name(app.answers(), subject));
    let content = content(app, subject, candidate, pane::text_width(area));
    pane::draw(frame, area, &title, true, content, scrolled);
}

fn content(app: &App, subject: Subject, candidate: CandidateId, width: u16) -> Content {
    let mut content = Content::default();
    let Some(standing) = app.advice.of(subject).and_then(|advice| advice.standing(candidate)) else {
        return content;
    };
    let cost = standing.fit - standing.score;
    let mut sum = format!(
        "Score {}: {} for, {} against",
        standing.score, standing.points_for, -standing.points_against
    );
    if cost != 0 {
        sum = format!("{sum}, {cost} adoption cost");
    }
    content.lines.extend(text::paragraph(&sum, theme::STRONG, width));
    let verdict = app.outlook.as_ref().and_then(|outlook| {
        verdict_words(&app.questionnaire, app.answers(), &app.advice, outlook, subject, candidate)
    });
    if let Some(verdict) = verdict {
        content.lines.extend(text::paragraph(&verdict, theme::TEXT, width));
    }
    content.lines.push(Line::default());
    for ruling in rulings(&app.questionnaire, app.answers(), subject) {
        if ruling.candidates.contains(candidate) {
            let words = format!("{} ({})", ruling.because, place(app, ruling.why));
            content.lines.extend(text::hang(
                vec![Span::styled("Ruled out: ", theme::BAD)],
                &words,
                theme::TEXT,
                width,
            ));
            content.lines.extend(sources(app, ruling.sources, width));
        }
    }
    let entries = ledger(&app.questionnaire, app.answers(), subject, app.advice.is_single(), candidate);
    for entry in &entries {
        let style = if entry.points > 0 { theme::FOR } else { theme::AGAINST };
        let prefix = vec![Span::styled(format!("{:+4}  ", entry.points), style)];
        content.lines.extend(text::hang(prefix, entry.because, theme::TEXT, width));
        content.lines.extend(text::hang(
            vec![Span::raw("      ")],
            &place(app, entry.why),
            theme::FAINT,
            width,
        ));
        content.lines.extend(sources(app, entry.sources, width));
    }
    if entries.is_empty() {
        content.lines.extend(text::paragraph(
            "No answer so far counts for or against it.",
            theme::FAINT,
            width,
        ));
    }
    content
}

fn place(app: &App, why: Why) -> String {
    let asked = |question: crate::questionnaire::QuestionId| {
        format!("{} {}", app.labels[question], app.questionnaire[question].title)
    };
    match why {
        Why::Option(question, option) => {
            format!("{}: {}", asked(question), app.questionnaire[question][option].text)
        }
        Why::NotChosen(question) => format!("{}: not chosen", asked(question)),
        Why::Rule(rule) => format!("several answers together (rule {})", app.questionnaire.rules()[rule].id),
        Why::Adoption => format!("adoption cost of one more {}", app.questionnaire.called().one),
    }
}

fn sources(app: &App, sources: &[crate::questionnaire::SourceId], width: u16) -> Vec<Line<'static>> {
    let full = |source: &crate::questionnaire::SourceId| {
        let cited = &app.questionnaire[*source];
        let author = cited.author.as_ref().map(|author| format!(", {author}")).unwrap_or_default();
        format!(
            "[{}] {}{author}, {}",
            cited.id,
            cited.title,
            cited.date.as_deref().unwrap_or("date not given")
        )
    };
    sources
        .iter()
        .flat_map(|source| text::hang(vec![Span::raw("      ")], &full(source), theme::FAINT, width))
        .collect()
}
