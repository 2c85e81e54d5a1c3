//! The recommendation pane: the choice, each part's ranking, why, and what an option would change.

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::action::{Action, ClickTarget, Pane};
use crate::advice::{PartAdvice, Standing, Why, pair_ledger};
use crate::answers::{Plan, Subject};
use crate::keys::{Context, PaneKeys, key_for};
use crate::questionnaire::CandidateId;
use crate::screen::desk::Desk;
use crate::screen::scrolled::{self, Content, Scrolled};
use crate::screen::standings::shown_standings;
use crate::screen::{text, theme};
use crate::wording::{
    ask_next_words, capital, counted, exclusion_words, facts, fits_better, grouped_rulings, headline,
    kit_figures, kits_tie, lead_words, plan_words, settled_brief, subject_name,
};
use crate::workbook::Step;

/// Reasons shown for a lead.
const REASONS: usize = 5;
/// Widest bar.
const BAR: usize = 12;

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, desk: &Desk, has_keys: bool, area: Rect, scrolled: &mut Scrolled) {
    let width = scrolled::text_width(area);
    let mut writer = Writer { desk, width, content: Content::default() };
    writer.write();
    let title = match desk.workbook.focus() {
        Subject::System => "Recommendation".to_owned(),
        part @ Subject::Part(_) => format!("Recommendation: {}", subject_name(desk.workbook.answers(), part)),
    };
    scrolled::draw(frame, area, &title, has_keys, writer.content, scrolled);
}

struct Writer<'a> {
    desk: &'a Desk,
    width: u16,
    content: Content,
}

impl Writer<'_> {
    fn write(&mut self) {
        let workbook = &self.desk.workbook;
        self.paragraph(
            &capital(&headline(workbook.questionnaire(), workbook.answers(), workbook.advice())),
            theme::STRONG,
        );
        self.kit();
        self.ask_next();
        self.space();
        match workbook.ranked() {
            Some(part) => {
                if let Some(advice) = workbook.advice().of(part) {
                    self.part(advice, true);
                    self.facts(part);
                    self.reasons(advice);
                }
                let others = workbook.advice().parts.len().saturating_sub(1);
                if others > 0 {
                    let key = key_for(
                        super::KEYS.iter(),
                        Context::Pane(PaneKeys::Advice),
                        &Action::Focus(Step::Next),
                    )
                    .unwrap_or_default();
                    let words = format!("{others} more to decide; {key} goes through them");
                    self.paragraph(&words, theme::FAINT);
                }
            }
            None => workbook.advice().parts.iter().for_each(|advice| self.part(advice, false)),
        }
        self.stays();
    }

    fn kit(&mut self) {
        let workbook = &self.desk.workbook;
        let kits = &workbook.advice().kits;
        let Some(kit) = kits.best.first() else { return };
        if workbook.advice().is_single() {
            return;
        }
        let size = workbook.questionnaire().noun().counted(kit.candidates.len());
        let words = match kits.best.len() {
            1 => format!("{size}, {}", kit_figures(kit)),
            count => kits_tie(count, kit.net()),
        };
        self.paragraph(&words, theme::FAINT);
    }

    fn ask_next(&mut self) {
        let workbook = &self.desk.workbook;
        let Some(outlook) = workbook.outlook() else { return self.paragraph("Ask next: …", theme::FAINT) };
        let Some(next) = outlook.ask_next else { return };
        let verb = ask_next_words(next);
        let title = &workbook.questionnaire()[next.question].title;
        self.paragraph(&format!("{verb}: {} {title}", workbook.label(next.question)), theme::FAINT);
    }

    /// The two or three facts about a part that matter now.
    fn facts(&mut self, part: Subject) {
        let workbook = &self.desk.workbook;
        // While all candidates are level there is nothing to say about the lead.
        let level = workbook.questionnaire().all_candidates();
        if workbook.advice().of(part).is_some_and(|advice| advice.leaders == level) {
            return;
        }
        let Some(outlook) = workbook.outlook() else { return };
        for fact in facts(workbook.questionnaire(), workbook.answers(), workbook.advice(), outlook, part) {
            self.paragraph(&fact, theme::TEXT);
        }
        self.space();
    }

    fn part(&mut self, advice: &PartAdvice, full: bool) {
        let workbook = &self.desk.workbook;
        let name = capital(subject_name(workbook.answers(), advice.subject));
        let heading = vec![Span::styled(format!("{name}  "), theme::STRONG)];
        self.content.hang(heading, settled_brief(advice), theme::FAINT, self.width);
        let kits = &workbook.advice().kits;
        if let Some(words) = fits_better(workbook.questionnaire(), kits, advice, "would fit") {
            self.paragraph(&words, theme::SAID);
        }
        // Without a word the numbers below zero would look like a judgement.
        let counts_costs = workbook.advice().costs_differ();
        if full && counts_costs && advice.ranking.iter().all(|standing| standing.fit != standing.score) {
            let one = &workbook.questionnaire().noun().one;
            self.paragraph(&format!("Every score is less the adoption cost of a {one}"), theme::FAINT);
        }
        let changes = self.changes(advice);
        let top = advice.ranking.iter().map(|it| workbook.advice().shown(it).abs()).max().unwrap_or(1).max(1);
        let shown = shown_standings(workbook, advice);
        let in_running = advice.ranking.iter().filter(|standing| standing.is_alive()).count();
        let hidden = in_running.saturating_sub(shown.len());
        for standing in shown {
            self.standing(advice, standing, top, changes.get(&standing.candidate).copied());
        }
        if hidden > 0 {
            self.paragraph(&format!("   and {hidden} more"), theme::FAINT);
        }
        self.rulings(advice);
        self.space();
    }

    /// How each score would change with the option under the cursor, or how the last answer changed it:
    /// what the line at the bottom speaks of.
    fn changes(&self, advice: &PartAdvice) -> BTreeMap<CandidateId, Change> {
        let workbook = &self.desk.workbook;
        let other = match (&self.desk.earlier, &self.desk.preview) {
            (Some(earlier), _) => earlier,
            (None, Some(preview)) => preview,
            (None, None) => return BTreeMap::new(),
        };
        // There may be one part more or less, so that parts are matched by name.
        let name = subject_name(workbook.answers(), advice.subject);
        let mut others = other.advice.parts.iter();
        let Some(part) = others.find(|part| subject_name(&other.answers, part.subject) == name) else {
            return BTreeMap::new();
        };
        let (from, to) = if self.desk.earlier.is_some() { (part, advice) } else { (advice, part) };
        // Adoption cost is in the score of a single part only, so that scores compare with scores
        // only while there is one part, before and after.
        let by_score = other.advice.is_single() == workbook.advice().is_single();
        let change = |standing: &Standing| {
            let (was, is) = (from.standing(standing.candidate)?, to.standing(standing.candidate)?);
            let ruling = match (was.is_alive(), is.is_alive()) {
                (true, false) => Some("out"),
                (false, true) => Some("back"),
                _ => None,
            };
            let points = if by_score { is.score - was.score } else { is.fit - was.fit };
            (points != 0 || ruling.is_some()).then_some((standing.candidate, Change { points, ruling }))
        };
        advice.ranking.iter().filter_map(change).collect()
    }

    fn standing(&mut self, advice: &PartAdvice, standing: &Standing, top: i64, change: Option<Change>) {
        let workbook = &self.desk.workbook;
        let index = self.content.targets.len();
        let here = self.desk.pane == Pane::Advice && index == self.desk.standing;
        let name = text::cut(&workbook.questionnaire()[standing.candidate].name, 12);
        let style = match () {
            () if here => theme::STRONG,
            () if !standing.is_alive() => theme::RULED_OUT,
            () if advice.choice.contains(standing.candidate) => theme::STRONG,
            () => theme::TEXT,
        };
        let is_choice = advice.choice.contains(standing.candidate);
        let points = workbook.advice().shown(standing);
        let columns = usize::from(self.width).saturating_sub(27).min(BAR);
        let length = if standing.is_alive() { bar_length(points, top, columns) } else { 0 };
        let bar = theme::BAR.repeat(length);
        let gap = " ".repeat(columns - length);
        let padding = " ".repeat(13_usize.saturating_sub(Span::raw(name.as_str()).width()));
        let mut spans = vec![
            theme::pointer(here),
            Span::styled(if is_choice { theme::CHOICE } else { " " }, theme::CURSOR),
            Span::styled(name, style),
            Span::raw(padding),
            Span::styled(bar, theme::GOOD),
            Span::raw(gap),
            Span::styled(format!("{points:>5}"), style),
        ];
        if let Some(change) = change {
            spans.push(change.span());
        }
        let place = self.content.lines.len();
        self.content.targets.push((place, place, ClickTarget::Standing(index)));
        if here {
            self.content.cursor = Some((place, place));
        }
        self.content.lines.push(Line::from(spans));
    }

    fn rulings(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        for ruling in grouped_rulings(workbook.questionnaire(), workbook.answers(), advice.subject) {
            let names = workbook.questionnaire().names(ruling.candidates, "and");
            let text = format!(
                "{names}: {} {}[{}]",
                ruling.because,
                self.place(ruling.why),
                workbook.questionnaire().cite(ruling.sources)
            );
            let how = format!(" {} ", exclusion_words(ruling.exclusion));
            self.content.hang(vec![Span::styled(how, theme::BAD)], &text, theme::FAINT, self.width);
        }
    }

    fn reasons(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        let (Some(choice), Some(rival), Some(margin)) =
            (advice.choice.single(), advice.runner_up.iter().next(), advice.margin)
        else {
            return;
        };
        let (name, other) = (&workbook.questionnaire()[choice].name, &workbook.questionnaire()[rival].name);
        let kits = &workbook.advice().kits;
        let lead = lead_words(workbook.questionnaire(), kits, (name, other), margin);
        let title = if margin > 0 { format!("Why {lead}") } else { lead };
        self.paragraph(&title, theme::STRONG);
        let single = workbook.advice().is_single();
        let entries = pair_ledger(
            workbook.questionnaire(),
            workbook.answers(),
            advice.subject,
            single,
            (choice, rival),
        );
        for entry in entries.iter().take(REASONS) {
            let style = if entry.points > 0 { theme::FOR } else { theme::AGAINST };
            let prefix = vec![Span::styled(format!(" {:+3} ", entry.points), style)];
            let text = format!(
                "{} {}[{}]",
                entry.because,
                self.place(entry.why),
                workbook.questionnaire().cite(entry.sources)
            );
            self.content.hang(prefix, &text, theme::TEXT, self.width);
        }
        if entries.len() > REASONS {
            let rest: i64 = entries[REASONS..].iter().map(|entry| entry.points).sum();
            let more = counted((entries.len() - REASONS) as i64, "more line");
            let key = key_for(super::KEYS.iter(), Context::Pane(PaneKeys::Advice), &Action::GoOn)
                .unwrap_or_default();
            self.paragraph(&format!(" {rest:+3} in {more}; {key} on a candidate shows all"), theme::FAINT);
        }
        self.space();
    }

    fn stays(&mut self) {
        let workbook = &self.desk.workbook;
        for part in workbook.answers().parts().iter().filter(|part| part.plan != Plan::ToDecide) {
            let plan = plan_words(workbook.questionnaire(), &part.plan);
            self.paragraph(&format!("{} {plan}", part.name), theme::FAINT);
        }
    }

    /// The number of the question a line comes from.
    fn place(&self, why: Why) -> String {
        match why {
            Why::Option(question, _) | Why::NotChosen(question) => {
                format!("Q{} ", self.desk.workbook.label(question))
            }
            Why::Rule(_) | Why::Adoption => String::new(),
        }
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        self.content.paragraph(text, style, self.width);
    }

    fn space(&mut self) {
        self.content.space();
    }
}

#[derive(Clone, Copy)]
struct Change {
    points: i64,
    ruling: Option<&'static str>,
}

impl Change {
    fn span(self) -> Span<'static> {
        match (self.ruling, self.points) {
            (Some("out"), _) => Span::styled(" out", theme::BAD),
            (Some(_), _) => Span::styled(" back", theme::SAID),
            (None, points @ 1..) => Span::styled(format!(" ▲{points}"), theme::SAID),
            (None, points) => Span::styled(format!(" ▼{}", -points), theme::BAD),
        }
    }
}

/// Columns of a bar: none for zero and less, at least one for anything more.
fn bar_length(score: i64, top: i64, columns: usize) -> usize {
    let length = score.max(0).saturating_mul(columns as i64).saturating_add(top - 1) / top;
    usize::try_from(length).unwrap_or_default().min(columns)
}
