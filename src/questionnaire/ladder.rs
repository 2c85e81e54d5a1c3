//! The ladder of points: slight, clear, strong, nearly decisive, for or against.

/// The recommended points of a line, in ascending order, and 0 for no points.
pub const LADDER: [i64; 9] = [-9, -6, -3, -1, 0, 1, 3, 6, 9];

/// Returns the next higher step of the ladder, or `points` itself if there is none.
pub fn step_up(points: i64) -> i64 {
    LADDER.into_iter().find(|step| *step > points).unwrap_or(points)
}

/// Returns the next lower step of the ladder, or `points` itself if there is none.
pub fn step_down(points: i64) -> i64 {
    LADDER.into_iter().rev().find(|step| *step < points).unwrap_or(points)
}
