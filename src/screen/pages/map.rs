//! The map: the system on one page, with parts grouped by choice, the boundaries between them, and the gain
//! from each additional candidate.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Page, PageId, PageKind};
use crate::action::Action;
use crate::answers::{Plan, Subject};
use crate::keys::{At, Binding, Group, letter};
use crate::questionnaire::Boundary;
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};
use crate::wording::{
    Crossing, capital, choice_names, crossings, decided_for, kit_figures, none_left_for, or_other_kits,
    single_kits_tie, subject_name,
};
use crate::workbook::Workbook;

const ID: PageId = PageId("map");

/// The page that shows the map.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(
            Group::Pages,
            "m",
            "show the parts on a map: what is chosen for each and how they connect",
        )
        .at(&[At::Browsing])
        .opens("m", "map")
        .keys(&[(letter('m'), Action::Open(ID))]),
    ),
    ..PageKind::new(ID, "Map of the parts", |_| Ok(Box::new(MapPage)))
};

/// Minimum and maximum width of a box, in columns.
const BOX: (usize, usize) = (20, 60);

#[derive(Debug)]
struct MapPage;

impl Page for MapPage {
    fn content(&self, desk: &Desk, width: u16) -> Content {
        Writer { workbook: &desk.workbook, width }.content()
    }
}

struct Writer<'a> {
    workbook: &'a Workbook,
    width: u16,
}

/// The parts with the same choice.
struct ChoiceGroup<'a> {
    choice: String,
    parts: Vec<(&'a str, &'static str)>,
}

/// A boundary between two parts, with the two rows where it leaves their boxes and the lane in between.
struct Wire<'a> {
    boundary: &'a Boundary,
    ends: (&'a str, &'a str),
    rows: (usize, usize),
    lane: usize,
}

impl Writer<'_> {
    fn content(&self) -> Content {
        let workbook = self.workbook;
        let mut content = Content::default();
        if workbook.answers().parts().is_empty() {
            let words = match workbook.questionnaire().parts_question() {
                Some(question) => format!(
                    "No parts are picked yet, so the recommendation is for the whole system. {} picks parts.",
                    workbook.named(question)
                ),
                None => "The recommendation is for the whole system.".to_owned(),
            };
            content.paragraph(&words, theme::TEXT, self.width);
            content.space();
        } else {
            self.map(&mut content);
        }
        self.kits(&mut content);
        content
    }

    fn groups(&self) -> Vec<ChoiceGroup<'_>> {
        let workbook = self.workbook;
        let mut groups: Vec<ChoiceGroup<'_>> = Vec::new();
        for id in workbook.answers().part_ids() {
            let part = &workbook.answers()[id];
            let (choice, note) = match &part.plan {
                Plan::ToDecide => {
                    let advised = workbook.advice().of(Subject::Part(id)).map(|part| part.choice);
                    match decided_for(workbook.questionnaire(), workbook.session(), Subject::Part(id)) {
                        Some(decided) => (decided.name(workbook.questionnaire()).to_owned(), "decided"),
                        None => (choice_names(workbook.questionnaire(), advised.unwrap_or_default()), ""),
                    }
                }
                Plan::StaysIn(candidate) => (workbook.questionnaire()[*candidate].name.clone(), "stays"),
                Plan::StaysOther(other) => (other.clone(), "stays"),
            };
            let entry = (part.name.as_str(), note);
            match groups.iter_mut().find(|group| group.choice == choice) {
                Some(group) => group.parts.push(entry),
                None => groups.push(ChoiceGroup { choice, parts: vec![entry] }),
            }
        }
        groups
    }

    fn map(&self, content: &mut Content) {
        let workbook = self.workbook;
        let groups = self.groups();
        let crossings = crossings(workbook.questionnaire(), workbook.answers());
        let longest = groups.iter().flat_map(|group| {
            let parts = group.parts.iter().map(|(name, note)| Span::raw(*name).width() + note.len() + 3);
            parts.chain([Span::raw(group.choice.as_str()).width() + 2])
        });
        let most = usize::from(self.width).min(BOX.1);
        let inner = longest.max().unwrap_or(0).clamp(BOX.0.min(most), most).saturating_sub(2);
        let (mut boxes, mut wires) = lay_out(&groups, &crossings.pairs);
        assign_lanes(&mut wires);
        let lanes = wires.iter().map(|wire| wire.lane + 1).max().unwrap_or(0);
        let wired = lanes * 2 + 4;
        // If there is no room for the wires, the list below still names the boundaries.
        let fits = BOX.0 + wired <= usize::from(self.width);
        let inner = if fits { inner.min(usize::from(self.width) - wired - 2) } else { inner };
        if !fits {
            boxes.retain(|cell| !matches!(cell, Cell::Port));
        }
        for (row, cell) in boxes.iter().enumerate() {
            let mut spans =
                cell.spans(inner, fits && wires.iter().any(|wire| wire.rows.0 == row || wire.rows.1 == row));
            if fits {
                spans.push(Span::styled(wiring(&wires, row, lanes), theme::FAINT));
            }
            content.lines.push(Line::from(spans));
        }
        content.space();
        for (number, wire) in wires.iter().enumerate() {
            let prefix = vec![Span::styled(format!("{:>3} ", number + 1), theme::STRONG)];
            let because = wire.boundary.because.trim_end_matches('.');
            let words = format!(
                "{} and {}: {}, because {because} [{}]",
                wire.ends.0,
                wire.ends.1,
                wire.boundary.by,
                workbook.questionnaire().cite(&wire.boundary.sources)
            );
            content.hang(prefix, &words, theme::TEXT, self.width);
        }
        if let Some(more) = crossings.more() {
            content.paragraph(&more, theme::TEXT, self.width);
        }
        if !wires.is_empty() {
            content.space();
        }
    }

    /// Adds the best kit of each size, with the gain from one more candidate.
    fn kits(&self, content: &mut Content) {
        let workbook = self.workbook;
        let kits = &workbook.advice().kits;
        let one = workbook.questionnaire().noun();
        if kits.by_size.is_empty() {
            return content.paragraph("There is nothing to decide.", theme::FAINT, self.width);
        }
        let heading = format!("What each additional {} adds (points minus adoption cost)", one.one);
        content.paragraph(&heading, theme::STRONG, self.width);
        let mut last = None;
        for tied in &kits.by_size {
            let Some(kit) = tied.first() else { continue };
            let is_best = kits.best.iter().any(|best| tied.contains(best));
            let names = if tied.len() > 4 && kit.candidates.len() == 1 {
                single_kits_tie(tied.len(), &workbook.questionnaire().noun().one)
            } else {
                let names = workbook.questionnaire().names(kit.candidates, "and");
                names + &or_other_kits(tied.len())
            };
            let gain = last.map_or_else(String::new, |last: i64| format!("({:+})", kit.net() - last));
            last = Some(kit.net());
            let style = if is_best { theme::STRONG } else { theme::TEXT };
            let prefix = vec![
                Span::styled(if is_best { theme::CHOICE } else { " " }, theme::CURSOR),
                Span::styled(format!(" {:>4} {gain:<6} ", kit.net()), style),
            ];
            let size = one.counted(kit.candidates.len());
            let words = format!("{size}: {names}; {}", kit_figures(kit));
            content.hang(prefix, &words, style, self.width);
        }
        for index in &kits.unserved {
            let part = &workbook.advice().parts[*index];
            let name = subject_name(workbook.answers(), part.subject);
            let words = capital(&none_left_for(part, name)) + ".";
            content.paragraph(&words, theme::SAID, self.width);
        }
    }
}

/// One row of the boxes.
enum Cell<'a> {
    Top(&'a str),
    Part(&'a str, &'static str),
    Port,
    Bottom,
}

impl Cell<'_> {
    fn spans(&self, inner: usize, is_port: bool) -> Vec<Span<'static>> {
        let edge = Span::styled(if is_port { "├" } else { "│" }, theme::FAINT);
        let row = |text: String, style: Style| {
            let gap = " ".repeat(inner.saturating_sub(Span::raw(text.as_str()).width()));
            vec![Span::styled("│", theme::FAINT), Span::styled(text, style), Span::raw(gap), edge.clone()]
        };
        match self {
            Self::Top(choice) => {
                let title = text::cut(choice, inner.saturating_sub(2));
                let rest = "─".repeat(inner.saturating_sub(Span::raw(title.as_str()).width() + 2));
                vec![
                    Span::styled("┌ ", theme::FAINT),
                    Span::styled(title, theme::STRONG),
                    Span::styled(format!(" {rest}┐"), theme::FAINT),
                ]
            }
            Self::Part(name, note) => {
                let room = inner.saturating_sub(if note.is_empty() { 1 } else { note.len() + 4 });
                let name = text::cut(name, room);
                row(
                    if note.is_empty() { format!(" {name}") } else { format!(" {name} ({note})") },
                    theme::TEXT,
                )
            }
            Self::Port => row(String::new(), theme::TEXT),
            Self::Bottom => vec![Span::styled(format!("└{}┘", "─".repeat(inner)), theme::FAINT)],
        }
    }
}

/// Returns the rows of the boxes, with a separate row for every end of a boundary, and the boundaries with
/// the rows where they end.
fn lay_out<'a>(groups: &'a [ChoiceGroup<'a>], crossings: &[Crossing<'a>]) -> (Vec<Cell<'a>>, Vec<Wire<'a>>) {
    let mut cells = Vec::new();
    let mut ends: Vec<Vec<usize>> = vec![Vec::new(); crossings.len()];
    for group in groups {
        cells.push(Cell::Top(&group.choice));
        for (name, note) in &group.parts {
            let touching =
                crossings.iter().enumerate().filter(|(_, (from, to, _))| from == name || to == name);
            let first = cells.len();
            cells.push(Cell::Part(name, note));
            for (count, (crossing, _)) in touching.enumerate() {
                if count > 0 {
                    cells.push(Cell::Port);
                }
                ends[crossing].push(first + count);
            }
        }
        cells.push(Cell::Bottom);
    }
    let wire = |(&(from, to, boundary), ends): (&Crossing<'a>, Vec<usize>)| match ends[..] {
        [top, bottom] => Some(Wire { boundary, ends: (from, to), rows: (top, bottom), lane: 0 }),
        _ => None,
    };
    let wires = crossings.iter().zip(ends).filter_map(wire).collect();
    (cells, wires)
}

/// Assigns each boundary the first lane that no overlapping boundary uses.
fn assign_lanes(wires: &mut [Wire<'_>]) {
    for index in 0..wires.len() {
        let (before, rest) = wires.split_at_mut(index);
        let wire = &mut rest[0];
        let meets = |other: &&Wire<'_>| other.rows.0 <= wire.rows.1 && wire.rows.0 <= other.rows.1;
        let taken: Vec<usize> = before.iter().filter(meets).map(|other| other.lane).collect();
        // One of these lanes is always free, because there is one more than are taken.
        wire.lane = (0..=taken.len()).find(|lane| !taken.contains(lane)).unwrap_or_default();
    }
}

/// Formats one row of the wires beside the boxes. Every end has a separate row, so wires cross but never
/// join.
fn wiring(wires: &[Wire<'_>], row: usize, lanes: usize) -> String {
    let ending = wires.iter().position(|wire| wire.rows.0 == row || wire.rows.1 == row);
    let mut out = match ending {
        Some(index) => format!("{}{}", index + 1, if index < 9 { "─" } else { "" }),
        None => "  ".to_owned(),
    };
    let own = ending.map(|index| &wires[index]);
    for lane in 0..lanes {
        let runs = wires.iter().any(|wire| wire.lane == lane && wire.rows.0 < row && row < wire.rows.1);
        let (mark, then) = match own {
            Some(wire) if lane == wire.lane => (if wire.rows.0 == row { '┐' } else { '┘' }, ' '),
            Some(wire) if lane < wire.lane => (if runs { '┼' } else { '─' }, '─'),
            _ => (if runs { '│' } else { ' ' }, ' '),
        };
        out.push(mark);
        out.push(then);
    }
    out
}
