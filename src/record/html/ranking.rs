//! The ranking of one part as bars, laid out in numbers.

use serde::Serialize;

use super::cut;
use crate::record::model::{ScoreRow, ScoreTable};

/// Height of a row.
const ROW: i64 = 17;
/// Where the bars' room begins, right of the names, and how wide it is.
const LEFT: i64 = 118;
const ROOM: i64 = 150;
/// Width of the room for the numbers.
const NUMBERS: i64 = 92;
/// Characters of a name.
const NAME: usize = 17;

/// One part's candidates as bars.
#[derive(Debug, Serialize)]
pub struct Ranking {
    name: String,
    /// All of it in words.
    words: String,
    width: i64,
    height: i64,
    /// Where zero is.
    zero: i64,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    name: String,
    x: i64,
    y: i64,
    width: i64,
    /// The baseline of the row's text.
    base: i64,
    /// Where the number begins.
    end: i64,
    label: String,
    class: &'static str,
}

impl Ranking {
    /// Lays out a table of scores, in its order.
    pub fn new(table: &ScoreTable) -> Self {
        let scores = table.rows.iter().map(|row| row.score);
        let (low, high) = (scores.clone().min().unwrap_or(0).min(0), scores.max().unwrap_or(0).max(0));
        let span = (high - low).max(1);
        let at = |score: i64| LEFT + (score - low) * ROOM / span;
        let best = table.rows.iter().filter(|row| row.ruled_out.is_none()).map(|row| row.score).max();
        let ruled_out = |row: &ScoreRow| row.ruled_out.map_or_else(String::new, |how| format!(" ({how})"));
        let label = |row: &ScoreRow| format!("{}{}", row.score, ruled_out(row));
        let bars = table.rows.iter().enumerate().map(|(index, row)| {
            let y = index as i64 * ROW;
            let (from, to) = (at(row.score.min(0)), at(row.score.max(0)));
            let class = match row.ruled_out.is_some() {
                true => "out",
                false if Some(row.score) == best => "lead",
                false => "bar",
            };
            Bar {
                name: cut(&row.name, NAME),
                x: from,
                y: y + 3,
                width: (to - from).max(1),
                base: y + 13,
                end: to + 5,
                label: label(row),
                class,
            }
        });
        let words = table.rows.iter().map(|row| format!("{} {}", row.name, label(row)));
        Self {
            name: table.name.clone(),
            words: words.collect::<Vec<_>>().join(", "),
            width: LEFT + ROOM + NUMBERS,
            height: table.rows.len() as i64 * ROW + 4,
            zero: at(0),
            bars: bars.collect(),
        }
    }
}
