//! Firmness: how firm the advice is and what could change it; then the kit, sources, boundaries and remarks.

use ratatui::text::Span;

use super::{Page, PageId, PageKind};
use crate::action::Action;
use crate::advice::{Firmness, PartFirmness, Shares};
use crate::keys::{At, Binding, Group, letter};
use crate::questionnaire::{CandidateId, Questionnaire};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};
use crate::wording::{
    Section, boundaries_and_remarks, capital, firmness as firmness_words, percent, steps_words, thousands,
};

const ID: PageId = PageId("firmness");
/// Maximum number of candidates with bars for each part.
const BARS: usize = 8;
/// Width of a name, in columns.
const NAME: usize = 13;
/// Maximum width of a bar, in columns.
const BAR: usize = 30;
/// Width of a share, in columns.
const PERCENT: usize = "under 1 %".len();

/// The page that shows how firm the advice is.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "w", "show how firm the recommendation is and what could change it")
            .at(&[At::Browsing])
            .opens("w", "how firm")
            .keys(&[(letter('w'), Action::Open(ID))]),
    ),
    ..PageKind::new(ID, "How firm this is", |desk| {
        desk.workbook.find_outlook();
        desk.workbook.find_firmness();
        Ok(Box::new(FirmnessPage))
    })
};

#[derive(Debug)]
struct FirmnessPage;

impl Page for FirmnessPage {
    fn content(&self, desk: &Desk, width: u16) -> Content {
        let workbook = &desk.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let advice = workbook.advice();
        let mut content = Content::default();
        let firmness = workbook.firmness();
        if let Some(firmness) = firmness {
            legend(&mut content, &questionnaire.noun().one, firmness, width);
        }
        let outlook = workbook.outlook().into_iter();
        let mut sections: Vec<Section> =
            outlook.flat_map(|it| firmness_words(questionnaire, answers, advice, it, None)).collect();
        sections.extend(boundaries_and_remarks(questionnaire, answers, advice));
        // The first sections are those of the parts.
        let firm_parts = firmness.map(|it| it.parts.iter().zip(&advice.parts)).into_iter().flatten();
        let mut firm_parts = firm_parts.map(Some).chain(std::iter::repeat(None));
        for section in sections {
            content.paragraph(&capital(&section.title), theme::STRONG, width);
            if let Some((firm, part)) = firm_parts.next().flatten() {
                picture(&mut content, questionnaire, firm, width);
                if let Some(words) = steps_words(questionnaire, part, firm) {
                    content.hang(vec![Span::raw("  ")], &words, theme::TEXT, width);
                }
            }
            for line in &section.lines {
                content.hang(vec![Span::raw("  ")], line, theme::TEXT, width);
            }
            content.space();
        }
        content
    }
}

/// Adds an explanation of the bars.
fn legend(content: &mut Content, one: &str, firmness: &Firmness, width: u16) {
    let mut parts = firmness.parts.iter();
    let has_open = firmness.parts.iter().any(|part| part.answers.is_some());
    let Some(part) = parts.next() else { return };
    let answers = if has_open { "Answers: open questions are answered at random. " } else { "" };
    let words = format!(
        "How often each {one} comes first in {} random runs. {answers}Points: each reason's points are raised or \
         lowered by at most one step (1, 3, 6, 9).",
        thousands(part.points.sheets())
    );
    content.paragraph(&words, theme::FAINT, width);
    content.space();
}

/// Draws bars for the candidates that are the choice on some random sheet, at most [`BARS`].
fn picture(content: &mut Content, questionnaire: &Questionnaire, firm: &PartFirmness, width: u16) {
    let kinds: Vec<(&str, &Shares)> =
        firm.answers.iter().map(|shares| ("answers", shares)).chain([("points", &firm.points)]).collect();
    let mut shown: Vec<CandidateId> = Vec::new();
    for candidate in kinds.iter().flat_map(|(_, shares)| shares.ranked()) {
        if !shown.contains(&candidate) {
            shown.push(candidate);
        }
    }
    let left_out = shown.split_off(shown.len().min(BARS));
    let columns = usize::from(width).saturating_sub(2 + NAME) / kinds.len();
    let bar = columns.saturating_sub(PERCENT + 2).min(BAR);
    let mut head = vec![Span::raw(" ".repeat(2 + NAME))];
    head.extend(
        kinds.iter().map(|(name, _)| Span::styled(format!("{name:<0$}", bar + PERCENT + 2), theme::FAINT)),
    );
    content.lines.push(head.into());
    for candidate in shown {
        let name = text::cut(&questionnaire[candidate].name, NAME - 1);
        let padding = " ".repeat(NAME.saturating_sub(Span::raw(name.as_str()).width()));
        let mut line = vec![Span::raw("  "), Span::raw(name), Span::raw(padding)];
        for (_, shares) in &kinds {
            let share = shares.per_mille(candidate) as usize;
            let length = (share * bar).div_ceil(1000);
            line.push(Span::styled(theme::BAR.repeat(length), theme::GOOD));
            line.push(Span::raw(" ".repeat(bar - length)));
            line.push(Span::raw(format!(" {:>PERCENT$} ", percent(shares, candidate))));
        }
        content.lines.push(line.into());
    }
    if !left_out.is_empty() {
        content.paragraph(&format!("  and {} more", left_out.len()), theme::FAINT, width);
    }
}
