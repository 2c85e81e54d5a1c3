//! Two candidates beside each other: what counts for and against each, and facts without points; must
//! not say which one is better.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Content, Scrolled, pane, text, theme};
use crate::advice::{ledger, rulings};
use crate::answers::Subject;
use crate::app::App;
use crate::questionnaire::{CandidateId, SourceId};
use crate::wording::{counted, subject_name};

/// From this width on, the two stand in columns.
const COLUMNS: u16 = 64;

/// Draws both over the panes.
pub fn draw(
    frame: &mut Frame<'_>,
    app: &App,
    subject: Subject,
    pair: (CandidateId, CandidateId),
    area: Rect,
    scrolled: &mut Scrolled,
) {
    let name = |candidate: CandidateId| &app.questionnaire[candidate].name;
    let title =
        format!("{} versus {} for {}", name(pair.0), name(pair.1), subject_name(app.answers(), subject));
    let writer = Writer { app, subject, pair, width: pane::text_width(area) };
    pane::draw(frame, area, &title, true, writer.content(), scrolled);
}

struct Writer<'a> {
    app: &'a App,
    subject: Subject,
    pair: (CandidateId, CandidateId),
    width: u16,
}

impl Writer<'_> {
    fn content(&self) -> Content {
        let mut content = Content::default();
        self.beside(&mut content, Self::evidence);
        let dimensions = self.app.questionnaire.dimensions();
        if !dimensions.is_empty() {
            let heading = "Side by side, without points";
            content.lines.extend(text::paragraph(heading, theme::FAINT, self.width));
            content.lines.push(Line::default());
        }
        for (index, dimension) in dimensions.iter().enumerate() {
            content.lines.extend(text::paragraph(&dimension.title, theme::STRONG, self.width));
            self.beside(&mut content, |it, candidate, width| it.fact(index, candidate, width));
        }
        content
    }

    /// Adds what is written of each candidate, in columns where there is room.
    fn beside(&self, content: &mut Content, write: impl Fn(&Self, CandidateId, u16) -> Vec<Line<'static>>) {
        const GAP: u16 = 3;
        if self.width < COLUMNS {
            for candidate in [self.pair.0, self.pair.1] {
                content.lines.extend(write(self, candidate, self.width));
                content.lines.push(Line::default());
            }
            return;
        }
        let column = (self.width - GAP) / 2;
        let (left, right) = (write(self, self.pair.0, column), write(self, self.pair.1, column));
        for row in 0..left.len().max(right.len()) {
            let mut line = left.get(row).cloned().unwrap_or_default();
            let padding = usize::from(column + GAP).saturating_sub(line.width());
            if let Some(other) = right.get(row) {
                line.push_span(Span::raw(" ".repeat(padding)));
                line.extend(other.iter().cloned());
            }
            content.lines.push(line);
        }
        content.lines.push(Line::default());
    }

    /// Score, exclusions and every line of the ledger.
    fn evidence(&self, candidate: CandidateId, width: u16) -> Vec<Line<'static>> {
        let app = self.app;
        let name = &app.questionnaire[candidate].name;
        let Some(standing) = app.advice.of(self.subject).and_then(|advice| advice.standing(candidate)) else {
            return Vec::new();
        };
        let words = format!("{name}: {}", counted(standing.score, "point"));
        let mut lines = text::paragraph(&words, theme::STRONG, width);
        for ruling in rulings(&app.questionnaire, app.answers(), self.subject) {
            if ruling.candidates.contains(candidate) {
                let words = format!("{} {}", ruling.because, self.cite(ruling.sources));
                let prefix = vec![Span::styled("ruled out ", theme::BAD)];
                lines.extend(text::hang(prefix, &words, theme::TEXT, width));
            }
        }
        let single = app.advice.is_single();
        let entries = ledger(&app.questionnaire, app.answers(), self.subject, single, candidate);
        for entry in &entries {
            let style = if entry.points > 0 { theme::FOR } else { theme::AGAINST };
            let prefix = vec![Span::styled(format!("{:+3} ", entry.points), style)];
            let words = format!("{} {}", entry.because, self.cite(entry.sources));
            lines.extend(text::hang(prefix, &words, theme::TEXT, width));
        }
        if entries.is_empty() {
            lines.extend(text::paragraph("No answer counts for or against it yet.", theme::FAINT, width));
        }
        lines
    }

    fn fact(&self, dimension: usize, candidate: CandidateId, width: u16) -> Vec<Line<'static>> {
        let questionnaire = &self.app.questionnaire;
        let name = Span::styled(format!("{}  ", questionnaire[candidate].name), theme::FAINT);
        // In columns the heading of the column says who is meant.
        let prefix = if self.width < COLUMNS { vec![name] } else { Vec::new() };
        match questionnaire.dimensions()[dimension].fact(candidate) {
            Some(fact) => {
                let words = format!("{} {}", fact.text, self.cite(&fact.sources));
                text::hang(prefix, &words, theme::TEXT, width)
            }
            None => text::hang(prefix, "Nothing is said of it.", theme::FAINT, width),
        }
    }

    fn cite(&self, sources: &[SourceId]) -> String {
        format!("[{}]", self.app.questionnaire.cite(sources))
    }
}
