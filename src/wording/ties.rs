//! Wording of ties: of candidates for a part, and of kits.

use super::counted;

/// Returns how many candidates tie, if they are too many to name.
pub fn tie_of(count: usize) -> String {
    format!("a tie of {count}")
}

/// Returns the names of tied candidates, marked as a tie.
pub(super) fn named_tie(names: &str) -> String {
    format!("{names} (a tie)")
}

/// Returns how many candidates tie for a part, or that all do.
pub(super) fn candidates_tie(candidates: &str, are_all: bool, part: &str) -> String {
    format!("{}{candidates} are tied for {part}", if are_all { "all " } else { "" })
}

/// Returns a sentence saying that a tie leaves a part without a choice, without a full stop; `tied` names or
/// counts the candidates.
pub(super) fn nothing_chosen_in_tie(part: &str, tied: &str) -> String {
    format!("Nothing is chosen for {part} yet because {tied} are tied")
}

/// Returns a sentence saying that all candidates tie.
pub(super) fn all_tie(candidates: &str) -> String {
    format!("All {candidates} are tied.")
}

/// Returns a sentence saying that the named candidates tie.
pub(super) fn they_tie(names: &str) -> String {
    format!("{names} are tied.")
}

/// Returns how many kits tie for first place; `net` is fit minus adoption cost.
pub fn kits_tie(count: usize, net: i64) -> String {
    format!("{count} combinations are tied at {net}")
}

/// Returns how many kits of one candidate tie, instead of naming them; `noun` is the word for a candidate.
pub fn single_kits_tie(count: usize, noun: &str) -> String {
    format!("{} tie", counted(count as i64, noun))
}

/// Returns the suffix for the names of a kit that ties with others of its size.
pub fn or_other_kits(count: usize) -> String {
    match count {
        1 => String::new(),
        2 => ", or one other combination".to_owned(),
        count => format!(", or {} other combinations", count - 1),
    }
}

/// Returns the note that a kit ties with others of its size, for a line with further details.
pub(super) fn one_of_tied(count: usize) -> String {
    if count > 1 { format!(" (one of {count} in a tie)") } else { String::new() }
}
