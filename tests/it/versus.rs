//! Two candidates beside each other: journeys with keys; must not test what the facts say.

use langfit::app::Mode;
use langfit::questionnaire::CandidateId;

use crate::screen::{Played, play, play_on};

/// The candidates that stand beside each other, by name.
fn pair(played: &Played) -> (String, String) {
    let Mode::Versus { pair: (one, other), .. } = played.app.mode else {
        panic!("no two candidates stand beside each other")
    };
    let name = |candidate: CandidateId| played.app.questionnaire[candidate].name.clone();
    (name(one), name(other))
}

/// The first of the ranking is put beside the second, with its evidence and every dimension.
#[test]
fn v_puts_the_first_two_beside_each_other() {
    let played = play("2l1v");
    let ranking = &played.app.advice.parts[0].ranking;
    let name = |at: usize| played.app.questionnaire[ranking[at].candidate].name.clone();
    assert_eq!(pair(&played), (name(0), name(1)));
    played.assert_shows(&format!("{} versus {} for the whole system", name(0), name(1)));
    played.assert_shows("Side by side, without points");
    for dimension in played.app.questionnaire.dimensions() {
        let found = (0..12).any(|pages| {
            let keys = format!("2l1v{}", "<pgdn>".repeat(pages));
            play(&keys).shows(&dimension.title)
        });
        assert!(found, "{} is shown", dimension.title);
    }
}

/// In the recommendation the candidate under the cursor is meant, and arrows change the other one.
#[test]
fn the_other_candidate_can_be_changed() {
    let first = play("2l1<tab><down><down>v");
    let ranking = &first.app.advice.parts[0].ranking;
    assert_eq!(pair(&first).0, first.app.questionnaire[ranking[2].candidate].name);
    let (one, other) = pair(&play("2l1<tab><down><down>v<right>"));
    assert_eq!(one, pair(&first).0);
    assert_ne!(other, pair(&first).1);
    assert_eq!(pair(&play("2l1<tab><down><down>v<right><left>")), pair(&first));
    let round = "<right>".repeat(first.app.questionnaire.candidates().len() - 1);
    assert_eq!(pair(&play(&format!("2l1<tab><down><down>v{round}"))), pair(&first), "all round");
}

/// Esc and v close it, and nothing was answered by the arrows.
#[test]
fn it_closes_without_a_trace() {
    for close in ["<esc>", "v"] {
        let played = play(&format!("2l1v<right>{close}"));
        assert!(matches!(played.app.mode, Mode::Panes));
        assert_eq!(played.app.session.answers, play("2l1").app.session.answers);
    }
}

/// With several parts the focused one is meant, or the first; where there is little room the two
/// candidates follow each other.
#[test]
fn a_part_is_named_and_narrow_screens_stack() {
    let played = play("llllll12v");
    let first = &played.app.answers().parts()[0].name;
    played.assert_shows(&format!("for {first}"));
    let second = &played.app.answers().parts()[1].name;
    play("llllll12ppv").assert_shows(&format!("for {second}"));
    let played = play_on(crate::screen::new_session(), "2l1v", (40, 12));
    let (one, _) = pair(&played);
    played.assert_shows(&format!("{one}:"));
}
