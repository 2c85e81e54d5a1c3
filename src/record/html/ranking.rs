//! Lays out the ranking of a part's candidates as bars.

use serde::Serialize;

use super::cut;
use crate::record::model::{ScoreRow, ScoreTable, ShareRow, SharesTable};

/// Height of a row, in SVG user units.
const ROW: i64 = 17;
/// Left edge of the bars, to the right of the names.
const LEFT: i64 = 118;
/// Width reserved for the bars.
const ROOM: i64 = 150;
/// Width reserved for the numbers.
const NUMBERS: i64 = 92;
/// Maximum length of a name, in grapheme clusters.
const NAME: usize = 17;

/// One part's candidates as bars.
#[derive(Debug, Serialize)]
pub struct Ranking {
    name: String,
    /// The text alternative of the drawing.
    words: String,
    width: i64,
    height: i64,
    /// The x coordinate of zero.
    zero: i64,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    name: String,
    x: i64,
    y: i64,
    width: i64,
    /// The y coordinate of the text's baseline.
    base: i64,
    /// The x coordinate where the number starts.
    end: i64,
    label: String,
    class: &'static str,
}

/// The values of one bar.
struct Row {
    name: String,
    value: i64,
    label: String,
    is_out: bool,
}

impl Ranking {
    /// Lays out a table of scores, in the order of its rows.
    pub fn of_scores(table: &ScoreTable) -> Self {
        let row = |row: &ScoreRow| Row {
            name: row.name.clone(),
            value: row.score,
            label: row
                .ruled_out
                .map_or_else(|| row.score.to_string(), |how| format!("{} ({how})", row.score)),
            is_out: row.ruled_out.is_some(),
        };
        Self::new(&table.name, table.rows.iter().map(row).collect())
    }

    /// Lays out how often each candidate is chosen with random points.
    pub fn of_shares(table: &SharesTable) -> Self {
        let row = |row: &ShareRow| Row {
            name: row.name.clone(),
            value: row.per_mille.into(),
            label: row.points.clone(),
            is_out: false,
        };
        Self::new(&table.name, table.rows.iter().map(row).collect())
    }

    fn new(name: &str, rows: Vec<Row>) -> Self {
        let values = rows.iter().map(|row| row.value);
        let (low, high) = (values.clone().min().unwrap_or(0).min(0), values.max().unwrap_or(0).max(0));
        let span = (high - low).max(1);
        let at = |value: i64| LEFT + (value - low) * ROOM / span;
        let best = rows.iter().filter(|row| !row.is_out).map(|row| row.value).max();
        let words: Vec<String> = rows.iter().map(|row| format!("{} {}", row.name, row.label)).collect();
        let height = rows.len() as i64 * ROW + 4;
        let bars = rows.into_iter().enumerate().map(|(index, row)| {
            let y = index as i64 * ROW;
            let (from, to) = (at(row.value.min(0)), at(row.value.max(0)));
            let class = match row.is_out {
                true => "out",
                false if Some(row.value) == best => "lead",
                false => "bar",
            };
            Bar {
                name: cut(&row.name, NAME),
                x: from,
                y: y + 3,
                width: (to - from).max(1),
                base: y + 13,
                end: to + 5,
                label: row.label,
                class,
            }
        });
        Self {
            name: name.to_owned(),
            words: words.join(", "),
            width: LEFT + ROOM + NUMBERS,
            height,
            zero: at(0),
            bars: bars.collect(),
        }
    }
}
