//! One part of the recommendation: the choice, its rivals, reasons, firmness and decision.

use std::collections::BTreeMap;

use ratatui::text::Span;

use super::bars::Scale;
use super::{Change, Detail, Writer};
use crate::action::{ClickTarget, Pane};
use crate::advice::{Entry, PartAdvice, Standing, Why, ledger};
use crate::questionnaire::CandidateId;
use crate::screen::standings::shown_standings;
use crate::screen::{text, theme};
use crate::wording::{
    capital, choice_and_lead, counted, exclusion_words, facts, firmness_brief, grouped_rulings, name_decided,
    sides, subject_name,
};

/// Maximum number of tied candidates for which a reason is shown.
const TIED: usize = 3;
/// Maximum number of reasons shown for each of two candidates.
const REASONS: usize = 5;
/// Maximum width of a bar, in columns, with both sides and the zero line.
const BAR: usize = 24;
/// Width of everything but the bar, in columns: cursor, sign of the choice, name, points, change.
const BESIDE_BAR: usize = 25;
/// Width of a name, in columns.
const NAME: usize = 12;

impl Writer<'_> {
    /// Adds the description of a part, up to a level of detail.
    pub(super) fn part(&mut self, advice: &PartAdvice, detail: Detail) {
        let workbook = &self.desk.workbook;
        let name = capital(subject_name(workbook.answers(), advice.subject));
        let heading = vec![Span::styled(format!("{name}  "), theme::STRONG)];
        self.content.hang(
            heading,
            &choice_and_lead(workbook.questionnaire(), &workbook.advice().kits, advice),
            theme::TEXT,
            self.width,
        );
        self.decision(advice);
        // Bars say nothing while all candidates are tied, but the cursor needs them.
        let level = advice.leaders == workbook.questionnaire().all_candidates();
        if detail >= Detail::Bars && (!level || self.desk.pane == Pane::Advice) {
            self.rivals(advice);
        }
        if detail >= Detail::Reasons {
            if detail < Detail::Everything {
                self.strongest(advice);
            }
            self.firmness(advice);
        }
        if detail == Detail::Everything {
            self.facts(advice);
            self.versus(advice);
        }
        if detail > Detail::Choice {
            self.space();
        }
        if detail == Detail::Everything && self.ranked.is_some() {
            self.ruled_out(advice);
        }
    }

    fn decision(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        let Some(decision) = workbook.session().decision(advice.subject) else { return };
        let name = name_decided(workbook.questionnaire(), &decision.chosen);
        self.paragraph(&format!("Decided: {name}, {}", decision.date), theme::SAID);
    }

    /// Adds the candidates in the running, as bars; if no usual one is left, the unusual ones.
    fn rivals(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        let changes = self.changes(advice);
        let unusual = advice.unusual().len();
        let is_shown = |(at, it): &(usize, &Standing)| it.is_alive() || *at < unusual;
        let shown: Vec<&Standing> = self.rows(advice, is_shown);
        let points = shown.iter().map(|it| workbook.advice().shown(it));
        let scale = Scale::new(points, usize::from(self.width).saturating_sub(self.beside_bar()).min(BAR));
        let in_running = advice.ranking.iter().filter(|standing| standing.is_alive()).count();
        let hidden = in_running.saturating_sub(shown.len());
        if workbook.advice().costs_differ() {
            self.paragraph("points - adoption cost = score", theme::FAINT);
        }
        for standing in shown {
            self.standing(advice, standing, Some(scale), changes.get(&standing.candidate).copied());
        }
        if hidden > 0 {
            self.paragraph(&format!("  and {hidden} more"), theme::FAINT);
        }
    }

    /// Returns the rows that the cursor can be on and that satisfy `is_wanted`.
    fn rows<'p>(
        &self,
        advice: &'p PartAdvice,
        is_wanted: impl Fn(&(usize, &Standing)) -> bool,
    ) -> Vec<&'p Standing> {
        let shown = shown_standings(&self.desk.workbook, advice);
        shown.into_iter().enumerate().filter(|(at, it)| is_wanted(&(*at, *it))).map(|(_, it)| it).collect()
    }

    fn beside_bar(&self) -> usize {
        let sum = if self.desk.workbook.advice().costs_differ() { "14 - 6 = 8".len() } else { 0 };
        BESIDE_BAR + sum
    }

    fn standing(
        &mut self,
        advice: &PartAdvice,
        standing: &Standing,
        scale: Option<Scale>,
        change: Option<Change>,
    ) {
        let workbook = &self.desk.workbook;
        let index = self.content.targets.len();
        let here = self.desk.pane == Pane::Advice && index == self.desk.standing;
        let is_choice = advice.choice.contains(standing.candidate);
        let style = match () {
            () if here || is_choice => theme::STRONG,
            () if !standing.is_alive() => theme::RULED_OUT,
            () => theme::TEXT,
        };
        let name = text::cut(&workbook.questionnaire()[standing.candidate].name, NAME);
        let padding = " ".repeat((NAME + 1).saturating_sub(Span::raw(name.as_str()).width()));
        let mark = if is_choice { theme::CHOICE } else { " " };
        let mut spans = vec![
            theme::pointer(here),
            Span::styled(mark, theme::CURSOR),
            Span::styled(name, style),
            Span::raw(padding),
        ];
        if let Some(scale) = scale {
            let points = workbook.advice().shown(standing);
            spans.extend(scale.bar(points));
            let sum = if workbook.advice().costs_differ() {
                format!("{:>4} - {} ={points:>3}", standing.fit, standing.fit - standing.score)
            } else {
                format!("{points:>4}")
            };
            spans.push(Span::styled(sum, style));
        }
        spans.extend(change.map(Change::span));
        self.content.row(here, ClickTarget::Standing(index), vec![spans.into()]);
    }

    /// Adds the strongest reason for the choice and the strongest against it. If a few candidates tie, adds
    /// the strongest reason for each.
    fn strongest(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let single = workbook.advice().costs_differ();
        if advice.choice.len() > TIED {
            return;
        }
        for choice in advice.choice.iter() {
            let entries = ledger(questionnaire, answers, advice.subject, single, choice);
            let speaks_for = entries.iter().find(|entry| entry.points > 0);
            let against = entries.iter().find(|entry| entry.points < 0 && advice.choice.len() == 1);
            speaks_for.into_iter().chain(against).for_each(|entry| self.reason(entry));
        }
    }

    fn reason(&mut self, entry: &Entry<'_>) {
        let style = if entry.points > 0 { theme::FOR } else { theme::AGAINST };
        let prefix = vec![Span::styled(format!("{:+3} ", entry.points), style)];
        let cited = self.desk.workbook.questionnaire().cite(&entry.sources);
        let words = format!("{} {}[{cited}]", entry.because, self.place(entry.why));
        self.content.hang(prefix, &words, theme::TEXT, self.width);
    }

    fn firmness(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        // Without a single choice there is no lead to describe.
        if advice.choice.single().is_none() {
            return;
        }
        match workbook.firmness() {
            Some(firmness) => {
                let words = firmness_brief(firmness, advice).unwrap_or_default();
                self.paragraph(&words, theme::TEXT);
            }
            None => self.paragraph("How firm: …", theme::FAINT),
        }
    }

    /// Adds the two or three most relevant facts about a part.
    fn facts(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        let Some(outlook) = workbook.outlook() else { return };
        if advice.leaders == workbook.questionnaire().all_candidates() {
            return;
        }
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        for fact in facts(questionnaire, answers, workbook.advice(), outlook, advice.subject) {
            self.paragraph(&fact, theme::TEXT);
        }
    }

    /// Adds the comparison of the choice with the runner-up: a list of reasons for each, with its total.
    fn versus(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        let pair = advice.choice.single().zip(advice.runner_up.iter().next());
        let Some(pair) = pair else { return self.strongest(advice) };
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let sides = sides(questionnaire, answers, workbook.advice(), advice, pair, REASONS);
        self.space();
        let [first, second] = &sides.both;
        self.paragraph(&format!("What sets {} and {} apart", first.name, second.name), theme::STRONG);
        for side in &sides.both {
            self.paragraph(side.name, theme::TEXT);
            side.entries.iter().for_each(|entry| self.reason(entry));
            if let Some((points, count)) = side.rest {
                self.paragraph(
                    &format!("{points:+3} from {}", counted(count as i64, "more reason")),
                    theme::FAINT,
                );
            }
            self.paragraph(&format!("{:>3} total", side.sum), theme::STRONG);
        }
        self.paragraph(&sides.total(), theme::FAINT);
    }

    /// Adds the candidates that are ruled out, with reasons. They come last because they do not help to
    /// choose.
    fn ruled_out(&mut self, advice: &PartAdvice) {
        let workbook = &self.desk.workbook;
        let unusual = advice.unusual().len();
        let out = self.rows(advice, |(at, it)| !it.is_alive() && *at >= unusual);
        if out.is_empty() {
            return;
        }
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let rulings = grouped_rulings(questionnaire, answers, advice.subject);
        self.paragraph("Ruled out", theme::STRONG);
        let changes = self.changes(advice);
        for standing in out {
            self.standing(advice, standing, None, changes.get(&standing.candidate).copied());
            for ruling in rulings.iter().filter(|it| it.candidates.contains(standing.candidate)) {
                let because = questionnaire.reason(ruling.written, standing.candidate);
                let cited = questionnaire.cite(ruling.sources);
                let words = format!("{because} {}[{cited}]", self.place(ruling.why));
                let how = format!("  {} ", exclusion_words(ruling.exclusion));
                self.content.hang(vec![Span::styled(how, theme::BAD)], &words, theme::FAINT, self.width);
            }
        }
        self.space();
    }

    /// Returns the number of the question that a line comes from; empty for a rule or the adoption cost.
    fn place(&self, why: Why) -> String {
        match why {
            Why::Option(question, _) | Why::NotChosen(question) => {
                format!("Q{} ", self.desk.workbook.label(question))
            }
            Why::Rule(_) | Why::Adoption => String::new(),
        }
    }

    /// Returns how the last answer changed each score or, after a key that changed nothing, how the option
    /// under the cursor would change it. The footer describes the same change.
    fn changes(&self, advice: &PartAdvice) -> BTreeMap<CandidateId, Change> {
        let workbook = &self.desk.workbook;
        let other = match (&self.desk.earlier, &self.desk.preview) {
            (Some(earlier), _) => earlier,
            (None, Some(preview)) => preview,
            (None, None) => return BTreeMap::new(),
        };
        // Parts are matched by name, because one may have been added or removed.
        let name = subject_name(workbook.answers(), advice.subject);
        let mut others = other.advice.parts.iter();
        let Some(part) = others.find(|part| subject_name(&other.answers, part.subject) == name) else {
            return BTreeMap::new();
        };
        let (from, to) = if self.desk.earlier.is_some() { (part, advice) } else { (advice, part) };
        // Only the score of a single part includes adoption cost. If only one of the two states has a single
        // part, fits are compared instead.
        let by_score = other.advice.is_single() == workbook.advice().is_single();
        let change = |standing: &Standing| {
            let (was, is) = (from.standing(standing.candidate)?, to.standing(standing.candidate)?);
            let ruling = match (was.is_alive(), is.is_alive()) {
                (true, false) => Some("out"),
                (false, true) => Some("back"),
                _ => None,
            };
            let points = if by_score { is.score - was.score } else { is.fit - was.fit };
            let is_forecast = self.desk.earlier.is_none();
            let change = Change { is_forecast, points, ruling };
            (points != 0 || ruling.is_some()).then_some((standing.candidate, change))
        };
        advice.ranking.iter().filter_map(change).collect()
    }
}
