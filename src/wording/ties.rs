//! Everything that is said of a tie: of candidates for a part, and of kits.

use super::counted;

/// Says how many tie, where they are too many to be named.
pub fn tie_of(count: usize) -> String {
    format!("a tie of {count}")
}

/// Names those that tie, as the subject of a sentence.
pub(super) fn named_tie(names: &str) -> String {
    format!("{names} (a tie)")
}

/// Says how many candidates tie for a part, or that all do.
pub(super) fn candidates_tie(count: usize, are_all: bool, part: &str) -> String {
    format!("{}{count} candidates tie for {part}", if are_all { "all " } else { "" })
}

/// Says why nothing is chosen for a part while candidates tie; they are named where they are few.
pub(super) fn nothing_chosen_in_tie(part: &str, tied: &str) -> String {
    format!("Nothing is chosen for {part} yet: {tied} tie")
}

/// Says that all candidates are level.
pub(super) fn all_level(count: usize) -> String {
    format!("All {count} candidates are level.")
}

/// Says that some candidates are level, for which there is no more to say.
pub(super) fn are_level(names: &str) -> String {
    format!("{names} are level.")
}

/// Says how many kits are the best, at fit less adoption cost.
pub fn kits_tie(count: usize, net: i64) -> String {
    format!("{count} kits tie at {net}")
}

/// Says how many kits of one candidate are level, where they are too many to be named; `noun` is what one
/// candidate is called.
pub fn single_kits_tie(count: usize, noun: &str) -> String {
    format!("{} tie", counted(count as i64, noun))
}

/// Returns what stands behind the names of a kit that ties with others of its size.
pub fn or_other_kits(count: usize) -> String {
    match count {
        1 => String::new(),
        2 => ", or one other kit".to_owned(),
        count => format!(", or {} other kits", count - 1),
    }
}

/// The same, in a line that says more of the kit.
pub(super) fn one_of_tied(count: usize) -> String {
    if count > 1 { format!(" (one of {count} that tie)") } else { String::new() }
}
