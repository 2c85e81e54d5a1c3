//! Lays out the map of the system: parts as boxes in a column, boundaries as lines next to them.

use serde::Serialize;

use super::cut;
use crate::record::model::{BoundaryRow, Record};
use crate::wording::stays as stays_words;

/// Width of a box, in SVG user units.
const BOX: i64 = 230;
/// Width reserved for a boundary's label, between the boxes and the vertical lines.
const WORDS: i64 = 150;
/// Height reserved for one end of a line at its box.
const PORT: i64 = 18;
/// Minimum height of a box.
const HEIGHT: i64 = 44;
/// Gap below a box.
const GAP: i64 = 14;
/// Distance between parallel vertical lines.
const LANE: i64 = 13;
/// Maximum length of a part's name or choice, in grapheme clusters.
const NAME: usize = 30;
/// Maximum length of a boundary's label, in grapheme clusters.
const BY: usize = 20;

/// The parts and the boundaries between them.
#[derive(Debug, Serialize)]
pub struct SystemMap {
    width: i64,
    height: i64,
    /// The text alternative of the drawing.
    words: String,
    boxes: Vec<PartBox>,
    lines: Vec<BoundaryLine>,
}

/// One part.
#[derive(Debug, Serialize)]
struct PartBox {
    name: String,
    choice: String,
    /// Whether the part stays as it is.
    stays: bool,
    y: i64,
    width: i64,
    height: i64,
}

/// One boundary, from the right edge of one box to that of another.
#[derive(Debug, Serialize)]
struct BoundaryLine {
    label: String,
    from: i64,
    to: i64,
    /// The x coordinate where the line leaves the boxes.
    left: i64,
    /// The x coordinate where the line runs vertically.
    lane: i64,
}

impl SystemMap {
    /// Lays out the parts of a record; `None` if there are fewer than two.
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

/// Gives each line its own port at both boxes, and a vertical lane in which it overlaps no other line.
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
        // Lanes are unlimited, so a free one always exists.
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
