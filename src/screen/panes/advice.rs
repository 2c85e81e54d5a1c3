//! The recommendation pane: the choice; each part's rivals, reasons and firmness; and the effect of an
//! option.

mod bars;
mod part;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::action::Action;
use crate::advice::PartAdvice;
use crate::answers::{Plan, Subject};
use crate::keys::{Context, PaneKeys, key_for};
use crate::questionnaire::join;
use crate::screen::desk::Desk;
use crate::screen::pages::bindings;
use crate::screen::panes::then_record;
use crate::screen::scrolled::{self, Content, Scrolled};
use crate::screen::theme;
use crate::wording::{
    ask_next_words, capital, decided_for, headline, kit_figures, kits_tie, name_decided, plan_words,
    subject_name,
};

/// The level of detail for a part, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    /// The choice and its lead.
    Choice,
    /// Also the strongest reasons and the firmness.
    Reasons,
    /// Also the first candidates as bars.
    Bars,
    /// All details.
    Everything,
}

/// Height, in lines, below which only the essentials are shown above the candidates.
const LOW: usize = 14;
/// Maximum number of parts for which details are shown while no part is focused.
const PARTS: usize = 12;

/// Draws the pane.
pub fn draw(frame: &mut Frame<'_>, desk: &Desk, has_keys: bool, area: Rect, scrolled: &mut Scrolled) {
    draw_about(frame, desk, (desk.workbook.focus(), has_keys), area, scrolled);
}

/// Draws the pane about one part, or about all parts.
pub fn draw_about(
    frame: &mut Frame<'_>,
    desk: &Desk,
    (about, has_keys): (Subject, bool),
    area: Rect,
    scrolled: &mut Scrolled,
) {
    let width = scrolled::text_width(area);
    let height = usize::from(area.height.saturating_sub(2));
    let ranked = desk.workbook.ranked_for(about);
    let writer = || Writer { desk, width, is_low: height < LOW, ranked, content: Content::default() };
    let details = details(desk, writer, has_keys, height);
    let mut writer = writer();
    writer.write(&details);
    let title = match about {
        Subject::System => "Recommendation".to_owned(),
        part @ Subject::Part(_) => format!("Recommendation: {}", subject_name(desk.workbook.answers(), part)),
    };
    scrolled::draw(frame, area, &title, has_keys, writer.content, scrolled);
}

/// Returns the level of detail for each part. If a part is ranked, it gets everything, and the others only
/// the choice. Otherwise, all get as much as fits for all of them. If reasons do not fit for all, each part in
/// order gets them if there is still room.
fn details<'a>(
    desk: &'a Desk,
    writer: impl Fn() -> Writer<'a>,
    has_keys: bool,
    height: usize,
) -> Vec<Detail> {
    let parts = &desk.workbook.advice().parts;
    if let Some(ranked) = writer().ranked {
        let detail = |it: &PartAdvice| if it.subject == ranked { Detail::Everything } else { Detail::Choice };
        return parts.iter().map(detail).collect();
    }
    // The cursor moves along the bars, so they must be shown.
    let least = if has_keys { Detail::Bars } else { Detail::Choice };
    let mut details = vec![least; parts.len()];
    if parts.len() > PARTS {
        return details;
    }
    let length = |write: &dyn Fn(&mut Writer<'_>)| {
        let mut writer = writer();
        write(&mut writer);
        writer.content.lines.len()
    };
    let mut left = height.saturating_sub(length(&|writer| writer.write(&details)));
    let mut lengths: Vec<usize> =
        parts.iter().map(|part| length(&|writer| writer.part(part, least))).collect();
    for detail in [Detail::Reasons, Detail::Bars, Detail::Everything].into_iter().filter(|it| *it > least) {
        let longer: Vec<usize> =
            parts.iter().map(|part| length(&|writer| writer.part(part, detail))).collect();
        let more = |at: usize| longer[at].saturating_sub(lengths[at]);
        let fits = (0..parts.len()).map(more).sum::<usize>() <= left;
        // Reasons for only some of the parts are useful; bars for only some would be hard to read.
        if !fits && detail > Detail::Reasons {
            break;
        }
        for at in 0..parts.len() {
            let more = longer[at].saturating_sub(lengths[at]);
            if more <= left {
                left -= more;
                (details[at], lengths[at]) = (detail, longer[at]);
            }
        }
        if !fits {
            break;
        }
    }
    details
}

struct Writer<'a> {
    desk: &'a Desk,
    width: u16,
    is_low: bool,
    /// The part that is shown first, with its full ranking.
    ranked: Option<Subject>,
    content: Content,
}

impl Writer<'_> {
    fn write(&mut self, details: &[Detail]) {
        let workbook = &self.desk.workbook;
        let words = headline(workbook.questionnaire(), workbook.answers(), workbook.advice());
        self.paragraph(&capital(&words), theme::STRONG);
        self.decided_otherwise();
        self.kit();
        self.next();
        if !self.is_low {
            self.space();
        }
        let ranked = self.ranked;
        // The ranked part comes first.
        let mut parts: Vec<(&PartAdvice, Detail)> =
            workbook.advice().parts.iter().zip(details.iter().copied()).collect();
        parts.sort_by_key(|(part, _)| Some(part.subject) != ranked);
        for (part, detail) in parts {
            self.part(part, detail);
        }
        self.stays();
    }

    /// Adds the decisions that differ from the advice, so that the headline is not taken for the decision.
    fn decided_otherwise(&mut self) {
        let workbook = &self.desk.workbook;
        let questionnaire = workbook.questionnaire();
        let otherwise = |part: &PartAdvice| {
            let chosen = decided_for(questionnaire, workbook.session(), part.subject)?;
            let whom = subject_name(workbook.answers(), part.subject);
            let differs = !chosen.is_one_of(questionnaire, part.choice);
            differs.then(|| format!("{} for {whom}", name_decided(questionnaire, chosen)))
        };
        let all: Vec<String> = workbook.advice().parts.iter().filter_map(otherwise).collect();
        if !all.is_empty() {
            self.paragraph(&format!("Decided differently: {}", all.join("; ")), theme::SAID);
        }
    }

    fn kit(&mut self) {
        let workbook = &self.desk.workbook;
        let kits = &workbook.advice().kits;
        let Some(kit) = kits.best.first() else { return };
        if workbook.advice().is_single() || self.is_low {
            return;
        }
        let size = workbook.questionnaire().noun().counted(kit.candidates.len());
        let words = match kits.best.len() {
            1 => format!("{size}, {}", kit_figures(kit)),
            count => kits_tie(count, kit.net()),
        };
        self.paragraph(&words, theme::FAINT);
    }

    /// Adds the next step: a question to answer, or the record once everything is decided.
    fn next(&mut self) {
        let workbook = &self.desk.workbook;
        let picks =
            workbook.questionnaire().parts_question().filter(|_| workbook.answers().parts().is_empty());
        if let Some(parts) =
            picks.filter(|parts| workbook.answers().visible(workbook.questionnaire())[*parts])
        {
            let title = &workbook.questionnaire()[parts].title;
            return self.paragraph(&format!("Start with: {} {title}", workbook.label(parts)), theme::FAINT);
        }
        if workbook.is_final() {
            self.paragraph("Final: no open question can change this.", theme::SAID);
        }
        if workbook.all_decided() {
            self.paragraph(&format!("{}.", then_record(workbook)), theme::SAID);
        }
        if workbook.is_final() {
            return;
        }
        let Some(outlook) = workbook.outlook() else {
            return self.paragraph("Answer next: …", theme::FAINT);
        };
        let Some(next) = outlook.ask_next else { return };
        let verb = ask_next_words(next);
        let title = &workbook.questionnaire()[next.question].title;
        let label = workbook.label(next.question);
        // Enter follows the order of questions, whereas this key goes directly to the question.
        let key = key_for(bindings(), Context::Pane(PaneKeys::Advice), &Action::AskNext)
            .filter(|_| next.question != workbook.question())
            .map_or_else(String::new, |key| format!(" ({key})"));
        let whom: Vec<&str> = workbook
            .open_for(next.question)
            .into_iter()
            .map(|part| subject_name(workbook.answers(), part))
            .collect();
        let whom = match whom.as_slice() {
            [] => String::new(),
            names => format!(" for {}", join(names.iter().copied(), "and")),
        };
        self.paragraph(&format!("{verb}: {label} {title}{whom}{key}"), theme::FAINT);
    }

    fn stays(&mut self) {
        let workbook = &self.desk.workbook;
        for part in workbook.answers().parts().iter().filter(|part| part.plan != Plan::ToDecide) {
            let plan = plan_words(workbook.questionnaire(), &part.plan);
            self.paragraph(&format!("{} {plan}", part.name), theme::FAINT);
        }
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        self.content.paragraph(text, style, self.width);
    }

    fn space(&mut self) {
        self.content.space();
    }
}

/// The change in a candidate's points, and whether it is newly ruled out or back in the running.
#[derive(Clone, Copy)]
struct Change {
    /// Whether this is a forecast for the option under the cursor, not the effect of the last answer.
    is_forecast: bool,
    points: i64,
    ruling: Option<&'static str>,
}

impl Change {
    fn span(self) -> Span<'static> {
        let (words, style) = match (self.ruling, self.points) {
            (Some("out"), _) => ("out".to_owned(), theme::BAD),
            (Some(_), _) => ("back".to_owned(), theme::SAID),
            (None, points @ 1..) => (format!("▲{points}"), theme::SAID),
            (None, points) => (format!("▼{}", -points), theme::BAD),
        };
        Span::styled(if self.is_forecast { format!(" ({words})") } else { format!(" {words}") }, style)
    }
}
