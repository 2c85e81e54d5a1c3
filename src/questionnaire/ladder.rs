//! The ladder of points: slight, clear, strong, nearly decisive, for or against.

/// The recommended points of a line, in ascending order; 0 means none.
pub const LADDER: [i64; 9] = [-9, -6, -3, -1, 0, 1, 3, 6, 9];

/// Returns the next step up the ladder, or the same points at its end and beyond.
pub fn step_up(points: i64) -> i64 {
    LADDER.into_iter().find(|step| *step > points).unwrap_or(points)
}

/// Returns the next step down the ladder, or the same points at its end and beyond.
pub fn step_down(points: i64) -> i64 {
    LADDER.into_iter().rev().find(|step| *step < points).unwrap_or(points)
}
