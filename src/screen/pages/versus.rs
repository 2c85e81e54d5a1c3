//! Versus: two candidates side by side, with the evidence for and against each, and facts without points.

use ratatui::text::{Line, Span};

use super::{Next, Page, PageId, PageKind};
use crate::action::{Action, Pane};
use crate::advice::rulings;
use crate::answers::Subject;
use crate::keys::{ACROSS, At, Binding, Group, letter};
use crate::questionnaire::{CandidateId, SourceId};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::standings::standings;
use crate::screen::{text, theme};
use crate::wording::{Side, capital, counted, exclusion_words, sides, subject_name};
use crate::workbook::{Step, Workbook};

const ID: PageId = PageId("versus");

/// The page that compares two candidates.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "v", "compare two choices side by side")
            .at(&[At::Browsing])
            .opens("v", "versus")
            .keys(&[(letter('v'), Action::Open(ID))]),
    ),
    keys: &[Binding::row(Group::Pages, "← → h l", "side by side: show the previous or next rival")
        .at(&[At::Page(ID)])
        .foot(4, "←→", "next")
        .keys(ACROSS)],
    ..PageKind::new(ID, "Versus", open)
};

/// Minimum width at which the candidates are shown in columns.
const COLUMNS: u16 = 64;

/// The state of the page: the two candidates, of which the second can be changed.
#[derive(Debug)]
struct VersusPage {
    subject: Subject,
    pair: (CandidateId, CandidateId),
}

/// Compares the candidate under the cursor, or the first one, with the first of the others.
fn open(desk: &mut Desk) -> Result<Box<dyn Page>, String> {
    let workbook = &desk.workbook;
    let at = if desk.pane == Pane::Advice { desk.standing } else { 0 };
    let (subject, one) = *standings(workbook).get(at).ok_or("There is nothing to decide")?;
    let other = others(workbook, subject, one).first().copied();
    let other = other.ok_or("There is nothing to compare with")?;
    Ok(Box::new(VersusPage { subject, pair: (one, other) }))
}

/// Returns the candidates other than `one`, in the order of the ranking.
fn others(workbook: &Workbook, subject: Subject, one: CandidateId) -> Vec<CandidateId> {
    let ranking = workbook.advice().of(subject).map(|advice| advice.ranking.as_slice()).unwrap_or_default();
    ranking.iter().map(|standing| standing.candidate).filter(|it| *it != one).collect()
}

impl Page for VersusPage {
    fn title(&self, desk: &Desk) -> Option<String> {
        let (questionnaire, answers) = (desk.workbook.questionnaire(), desk.workbook.answers());
        let name = |candidate: CandidateId| &questionnaire[candidate].name;
        let subject = subject_name(answers, self.subject);
        Some(format!("{} versus {} for {subject}", name(self.pair.0), name(self.pair.1)))
    }

    /// Selects the next or previous candidate of the ranking as the second one, wrapping around.
    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        if let Action::Across(step) = action {
            let others = others(&desk.workbook, self.subject, self.pair.0);
            let at = others.iter().position(|it| *it == self.pair.1).unwrap_or_default();
            let next = match step {
                Step::Next => at + 1,
                Step::Previous => at + others.len() - 1,
            };
            self.pair.1 = others[next % others.len()];
        }
        Next::STAY
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        Writer { workbook: &desk.workbook, subject: self.subject, pair: self.pair, width }.content()
    }
}

struct Writer<'a> {
    workbook: &'a Workbook,
    subject: Subject,
    pair: (CandidateId, CandidateId),
    width: u16,
}

impl Writer<'_> {
    fn content(&self) -> Content {
        let mut content = Content::default();
        let (questionnaire, answers) = (self.workbook.questionnaire(), self.workbook.answers());
        let advice = self.workbook.advice();
        if let Some(part) = advice.of(self.subject) {
            let sides = sides(questionnaire, answers, advice, part, self.pair, usize::MAX);
            self.beside(&mut content, |it, candidate, width| {
                let at = usize::from(candidate != it.pair.0);
                it.evidence(&sides.both[at], candidate, width)
            });
            content.paragraph(&capital(&sides.total()), theme::FAINT, self.width);
            content.space();
        }
        let dimensions = self.workbook.questionnaire().dimensions();
        if !dimensions.is_empty() {
            let heading = "Facts that carry no points";
            content.paragraph(heading, theme::FAINT, self.width);
            content.space();
        }
        for (index, dimension) in dimensions.iter().enumerate() {
            content.paragraph(&dimension.title, theme::STRONG, self.width);
            self.beside(&mut content, |it, candidate, width| it.fact(index, candidate, width));
        }
        content
    }

    /// Adds the lines of each candidate, in columns if there is room.
    fn beside(&self, content: &mut Content, write: impl Fn(&Self, CandidateId, u16) -> Vec<Line<'static>>) {
        const GAP: u16 = 3;
        if self.width < COLUMNS {
            for candidate in [self.pair.0, self.pair.1] {
                content.lines.extend(write(self, candidate, self.width));
                content.space();
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
        content.space();
    }

    /// Returns a candidate's points, exclusions and distinguishing reasons.
    fn evidence(&self, side: &Side<'_>, candidate: CandidateId, width: u16) -> Vec<Line<'static>> {
        let (questionnaire, answers) = (self.workbook.questionnaire(), self.workbook.answers());
        let advice = self.workbook.advice();
        let standing = advice.of(self.subject).and_then(|advice| advice.standing(candidate));
        let points = standing.map_or(0, |standing| advice.shown(standing));
        let words = format!("{}: {}", side.name, counted(points, "point"));
        let mut lines = text::paragraph(&words, theme::STRONG, width);
        for ruling in rulings(questionnaire, answers, self.subject) {
            if ruling.candidates.contains(candidate) {
                let words = format!("{} {}", ruling.because, self.cite(ruling.sources));
                let how = format!("{} ", exclusion_words(ruling.exclusion));
                let prefix = vec![Span::styled(how, theme::BAD)];
                lines.extend(text::hang(prefix, &words, theme::TEXT, width));
            }
        }
        for entry in &side.entries {
            let style = if entry.points > 0 { theme::FOR } else { theme::AGAINST };
            let prefix = vec![Span::styled(format!("{:+3} ", entry.points), style)];
            let words = format!("{} {}", entry.because, self.cite(&entry.sources));
            lines.extend(text::hang(prefix, &words, theme::TEXT, width));
        }
        if side.entries.is_empty() {
            lines.extend(text::paragraph("No reason that only this one has.", theme::FAINT, width));
        } else {
            lines.extend(text::paragraph(&format!("{:>3} total", side.sum), theme::STRONG, width));
        }
        lines
    }

    fn fact(&self, dimension: usize, candidate: CandidateId, width: u16) -> Vec<Line<'static>> {
        let questionnaire = self.workbook.questionnaire();
        let name = Span::styled(format!("{}  ", questionnaire[candidate].name), theme::FAINT);
        // In columns, the heading of the column names the candidate.
        let prefix = if self.width < COLUMNS { vec![name] } else { Vec::new() };
        match questionnaire.dimensions()[dimension].fact(candidate) {
            Some(fact) => {
                let words = format!("{} {}", fact.text, self.cite(&fact.sources));
                text::hang(prefix, &words, theme::TEXT, width)
            }
            None => text::hang(prefix, "no fact recorded", theme::FAINT, width),
        }
    }

    fn cite(&self, sources: &[SourceId]) -> String {
        format!("[{}]", self.workbook.questionnaire().cite(sources))
    }
}
