//! Tests the comparison of two candidates by playing key presses. The facts themselves are out of scope.

use crate::screen::{Played, play, play_on};

/// Answers that separate the candidates.
const ANSWERED: &str = "<draw=packages><ecosystem=data-ml>";

/// Returns the names of the two candidates.
fn pair(played: &Played) -> (String, String) {
    let title = played.title();
    let (one, rest) = title.split_once(" versus ").expect("two candidates stand beside each other");
    // On a narrow screen the end of the title is cut off.
    let other = rest.split_once(" for ").map_or(rest, |(other, _)| other);
    (one.to_owned(), other.to_owned())
}

/// The key v compares the first two candidates of the ranking in every dimension.
#[test]
fn v_puts_the_first_two_beside_each_other() {
    let played = play(&format!("{ANSWERED}v"));
    let ranking = &played.advice().parts[0].ranking;
    let name = |at: usize| played.questionnaire()[ranking[at].candidate].name.clone();
    assert_eq!(pair(&played), (name(0), name(1)));
    played.assert_shows(&format!("{} versus {} for the whole system", name(0), name(1)));
    played.assert_shows("Facts that carry no points");
    for dimension in played.questionnaire().dimensions() {
        let found = (0..12).any(|pages| {
            let keys = format!("{ANSWERED}v{}", "<pgdn>".repeat(pages));
            play(&keys).shows(&dimension.title)
        });
        assert!(found, "{} is shown", dimension.title);
    }
}

/// If the recommendation has the focus, the comparison starts from the candidate under the cursor. Arrow keys
/// change the other candidate.
#[test]
fn the_other_candidate_can_be_changed() {
    let first = play(&format!("{ANSWERED}<tab><down><down>v"));
    let ranking = &first.advice().parts[0].ranking;
    assert_eq!(pair(&first).0, first.questionnaire()[ranking[2].candidate].name);
    let (one, other) = pair(&play(&format!("{ANSWERED}<tab><down><down>v<right>")));
    assert_eq!(one, pair(&first).0);
    assert_ne!(other, pair(&first).1);
    assert_eq!(pair(&play(&format!("{ANSWERED}<tab><down><down>v<right><left>"))), pair(&first));
    let round = "<right>".repeat(first.questionnaire().candidates().len() - 1);
    assert_eq!(pair(&play(&format!("{ANSWERED}<tab><down><down>v{round}"))), pair(&first), "all round");
}

/// Esc and v close the comparison. Arrow keys in the comparison change no answer.
#[test]
fn it_closes_without_a_trace() {
    for close in ["<esc>", "v"] {
        let played = play(&format!("{ANSWERED}v<right>{close}"));
        assert!(played.is_closed());
        assert_eq!(played.answers(), play(ANSWERED).answers());
    }
}

/// With several parts the comparison is about the focused part, or the first one. On a narrow screen the
/// candidates are stacked.
#[test]
fn a_part_is_named_and_narrow_screens_stack() {
    let played = play("<parts=scripts><parts=cli>v");
    let first = &played.answers().parts()[0].name;
    played.assert_shows(&format!("for {first}"));
    let second = &played.answers().parts()[1].name;
    play("<parts=scripts><parts=cli>ppv").assert_shows(&format!("for {second}"));
    let played = play_on(crate::screen::new_session(), &format!("{ANSWERED}v"), (40, 12));
    let (one, _) = pair(&played);
    played.assert_shows(&format!("{one}:"));
}
