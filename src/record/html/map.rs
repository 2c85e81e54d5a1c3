//! The map of the system, laid out in numbers: parts as boxes below each other, boundaries as lines beside
//! them.

use serde::Serialize;

use super::cut;
use crate::record::model::{BoundaryRow, Record};
use crate::wording::stays as stays_words;

/// Width of a box.
const BOX: i64 = 230;
/// Room for a boundary's words between the boxes and the lines that run down.
const WORDS: i64 = 150;
/// Room for one end of a line at its box.
const PORT: i64 = 18;
/// Least height of a box, and the gap below it.
const HEIGHT: i64 = 44;
const GAP: i64 = 14;
/// Distance of two lines that run beside each other.
const LANE: i64 = 13;
/// Characters of a name and of a boundary.
const NAME: usize = 30;
const BY: usize = 20;

/// The parts and how they talk.
#[derive(Debug, Serialize)]
pub struct SystemMap {
    width: i64,
    height: i64,
    /// All of it in words.
    words: String,
    boxes: Vec<PartBox>,
    lines: Vec<BoundaryLine>,
}

/// One part.
#[derive(Debug, Serialize)]
struct PartBox {
    name: String,
    choice: String,
    /// Whether it is not to be decided.
    stays: bool,
    y: i64,
    width: i64,
    height: i64,
}

/// One boundary, from the right of a box to the right of another.
#[derive(Debug, Serialize)]
struct BoundaryLine {
    label: String,
    from: i64,
    to: i64,
    /// Where it leaves the boxes and where it runs down.
    left: i64,
    lane: i64,
}

impl SystemMap {
    /// Lays out the parts of a record; a system of one part needs no map.
    pub fn new(record: &Record) -> Option<Self> {
        let decide = record.parts.iter().map(|part| {
            let choice = part.choice.clone();
            (part.name.as_str(), choice, false)
        });
        let stays = record.stays.iter().map(|part| (part.name.as_str(), part.stays_in.clone(), true));
        let parts: Vec<(&str, String, bool)> = decide.chain(stays).collect();
        if parts.len() < 2 {
            return None;
        }
        let names: Vec<&str> = parts.iter().map(|(name, ..)| *name).collect();
        let boundaries: Vec<(usize, usize, &BoundaryRow)> =
            record.boundaries.iter().filter_map(|it| between(&names, it)).collect();
        let boxes = boxes(&parts, &boundaries);
        let lines = lines(&boxes, &boundaries);
        let height = boxes.last().map_or(0, |last| last.y + last.height) + 2;
        let width = lines.iter().map(|line| line.lane).max().unwrap_or(BOX) + 8;
        Some(Self { width, height, words: words(&parts, &boundaries), boxes, lines })
    }
}

fn between<'a>(names: &[&str], boundary: &'a BoundaryRow) -> Option<(usize, usize, &'a BoundaryRow)> {
    let at = |name: &str| names.iter().position(|it| *it == name);
    Some((at(&boundary.from)?, at(&boundary.to)?, boundary))
}

fn boxes(parts: &[(&str, String, bool)], boundaries: &[(usize, usize, &BoundaryRow)]) -> Vec<PartBox> {
    let mut y = 1;
    let mut boxes = Vec::new();
    for (index, (name, choice, stays)) in parts.iter().enumerate() {
        let ends = boundaries.iter().filter(|(from, to, _)| *from == index || *to == index).count();
        let height = HEIGHT.max(ends as i64 * PORT + 8);
        let choice = if *stays { stays_words(choice) } else { choice.clone() };
        boxes.push(PartBox {
            name: cut(name, NAME),
            choice: cut(&choice, NAME),
            stays: *stays,
            y,
            width: BOX,
            height,
        });
        y += height + GAP;
    }
    boxes
}

/// Every line has its own place at both boxes, and runs down where no other one does.
fn lines(boxes: &[PartBox], boundaries: &[(usize, usize, &BoundaryRow)]) -> Vec<BoundaryLine> {
    let mut taken = vec![0_i64; boxes.len()];
    let mut port = |part: usize| {
        taken[part] += 1;
        boxes[part].y + taken[part] * PORT
    };
    let mut lines: Vec<BoundaryLine> = Vec::new();
    for (from, to, boundary) in boundaries {
        let (from, to) = (port(*from), port(*to));
        let crosses = |line: &BoundaryLine| {
            line.from.min(line.to) <= from.max(to) && from.min(to) <= line.from.max(line.to)
        };
        let free = (0_i64..).map(|lane| BOX + WORDS + lane * LANE);
        let mut free = free.filter(|lane| !lines.iter().any(|line| line.lane == *lane && crosses(line)));
        // There is always a lane further out.
        let lane = free.next().unwrap_or(BOX + WORDS);
        lines.push(BoundaryLine { label: cut(&boundary.by, BY), from, to, left: BOX + 1, lane });
    }
    lines
}

fn words(parts: &[(&str, String, bool)], boundaries: &[(usize, usize, &BoundaryRow)]) -> String {
    let part = |(name, choice, stays): &(&str, String, bool)| {
        format!("{name}: {}", if *stays { stays_words(choice) } else { choice.clone() })
    };
    let boundary =
        |(_, _, it): &(usize, usize, &BoundaryRow)| format!("{} talks to {} by {}", it.from, it.to, it.by);
    let parts = parts.iter().map(part).collect::<Vec<_>>().join("; ");
    let boundaries = boundaries.iter().map(boundary).collect::<Vec<_>>().join("; ");
    if boundaries.is_empty() { format!("{parts}.") } else { format!("{parts}. {boundaries}.") }
}
