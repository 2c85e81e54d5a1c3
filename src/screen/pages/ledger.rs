//! The ledger of one candidate: every line of its score and every exclusion.

use ratatui::text::{Line, Span};

use super::{Page, PageId, PageKind};
use crate::advice::{ledger, lifted, rulings};
use crate::answers::Subject;
use crate::questionnaire::{CandidateId, QuestionId, Questionnaire, SourceId};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::standings::standings;
use crate::screen::{text, theme};
use crate::wording::{
    capital, exclusion_words, reason_origin_in_full, reference, subject_name, verdict_words,
};
use crate::workbook::Workbook;

/// The page's id.
pub const ID: PageId = PageId("ledger");

/// The page that shows a ledger.
pub const PAGE: PageKind = PageKind::new(ID, "All reasons", open);

/// The state of the page: a candidate, and the subject that it is scored for.
#[derive(Debug)]
struct LedgerPage {
    subject: Subject,
    candidate: CandidateId,
}

/// Opens the ledger of the candidate under the cursor.
fn open(desk: &mut Desk) -> Result<Box<dyn Page>, String> {
    let standings = standings(&desk.workbook);
    let (subject, candidate) = *standings.get(desk.standing).ok_or("There is nothing to decide")?;
    desk.workbook.find_outlook();
    Ok(Box::new(LedgerPage { subject, candidate }))
}

impl Page for LedgerPage {
    fn title(&self, desk: &Desk) -> Option<String> {
        let name = &desk.workbook.questionnaire()[self.candidate].name;
        Some(format!("All reasons: {name} for {}", subject_name(desk.workbook.answers(), self.subject)))
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        content(&desk.workbook, self.subject, self.candidate, width)
    }
}

fn content(workbook: &Workbook, subject: Subject, candidate: CandidateId, width: u16) -> Content {
    let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
    let advice = workbook.advice();
    let mut content = Content::default();
    let Some(standing) = advice.of(subject).and_then(|advice| advice.standing(candidate)) else {
        return content;
    };
    let asked =
        |question: QuestionId| format!("{} {}", workbook.label(question), questionnaire[question].title);
    let origin = |why| reason_origin_in_full(questionnaire, why, asked);
    let shown = advice.shown(standing);
    let cost = standing.fit - shown;
    let mut sum =
        format!("Score {}: {} for, {} against", shown, standing.points_for, -standing.points_against);
    if cost != 0 {
        sum = format!("{sum}, {cost} adoption cost");
    }
    content.paragraph(&sum, theme::STRONG, width);
    let verdict = workbook
        .outlook()
        .and_then(|outlook| verdict_words(questionnaire, answers, advice, outlook, subject, candidate));
    if let Some(verdict) = verdict {
        content.paragraph(&verdict, theme::TEXT, width);
    }
    content.space();
    for ruling in rulings(questionnaire, answers, subject) {
        if ruling.candidates.contains(candidate) {
            let words = format!("{} ({})", ruling.because, origin(ruling.why));
            let how = format!("{}: ", capital(exclusion_words(ruling.exclusion)));
            content.hang(vec![Span::styled(how, theme::BAD)], &words, theme::TEXT, width);
            content.lines.extend(sources(questionnaire, ruling.sources, width));
        }
    }
    for ruling in lifted(questionnaire, answers, subject, candidate) {
        let how = vec![Span::styled("Unusual here, but allowed by an answer: ", theme::BAD)];
        content.hang(how, &ruling.because, theme::TEXT, width);
        content.lines.extend(sources(questionnaire, ruling.sources, width));
    }
    let entries = ledger(questionnaire, answers, subject, advice.costs_differ(), candidate);
    for entry in &entries {
        let style = if entry.points > 0 { theme::FOR } else { theme::AGAINST };
        let prefix = vec![Span::styled(format!("{:+4}  ", entry.points), style)];
        content.hang(prefix, &entry.because, theme::TEXT, width);
        content.hang(vec![Span::raw("      ")], &origin(entry.why), theme::FAINT, width);
        content.lines.extend(sources(questionnaire, &entry.sources, width));
    }
    if entries.is_empty() {
        content.paragraph("No answer so far counts for or against this choice.", theme::FAINT, width);
    }
    content
}

fn sources(questionnaire: &Questionnaire, sources: &[SourceId], width: u16) -> Vec<Line<'static>> {
    let full = |source: &SourceId| {
        let cited = &questionnaire[*source];
        format!("[{}] {}", cited.id, reference(cited))
    };
    sources
        .iter()
        .flat_map(|source| text::hang(vec![Span::raw("      ")], &full(source), theme::FAINT, width))
        .collect()
}
