//! Tests undo and redo: every change can be undone and redone, and nothing is lost.

use langfit::answers::{Answer, Plan};
use langfit::session::Session;
use proptest::prelude::*;

use crate::screen::{new_session, parse, play, play_app, play_events, play_on, questionnaire};
use ratatui::crossterm::event::Event;

/// Returns the text of the session file. The file omits the current question, which undo need not restore.
fn content(session: &Session) -> String {
    session.to_ron(&questionnaire()).expect("a session can be written")
}

#[test]
fn an_answer_is_taken_back_and_given_again() {
    let played = play("23u");
    assert_eq!(played.chosen("draw"), ["packages"], "one step at a time");
    played.assert_shows("Undone: the answer to What draws you");
    let played = play("23uu");
    assert_eq!(content(played.session()), content(&new_session()), "back to where it began");
    let played = play("23uu<c-r>");
    assert_eq!(played.chosen("draw"), ["packages"]);
    played.assert_shows("Redone: the answer to What draws you");
    play("u").assert_shows("Nothing to undo");
    play("2<c-r>").assert_shows("Nothing to redo");
}

#[test]
fn undo_goes_to_where_the_change_was_made() {
    let played = play("<draw=packages><go:types>u");
    assert_eq!(played.shown_question(), "draw");
    assert_eq!(*played.answer("draw"), Answer::Open);
}

#[test]
fn a_new_change_ends_what_can_be_done_again() {
    let played = play("23u1<c-r>");
    assert_eq!(played.chosen("draw"), ["language"]);
}

#[test]
fn all_that_is_typed_into_a_field_is_one_step() {
    let played = play("nmeasured twice<esc>u");
    assert_eq!(played.note(), "");
    played.assert_shows("Undone: the note on What draws you");
    let played = play("none<esc>ntwo<esc>u");
    assert_eq!(played.note(), "one", "each time it is open");
}

#[test]
fn a_field_has_an_undo_of_its_own() {
    let played = play("nab<a-u>");
    assert_ne!(played.note(), "ab", "the last piece typed is taken back");
    assert!(played.is_typing(), "and the field stays open");
    let played = play("nab<a-u><a-e>");
    assert_eq!(played.note(), "ab");
}

#[test]
fn parts_and_what_was_said_of_them_come_back() {
    let named = "<parts=api><to:API>nPartners<enter><space>COBOL<enter><back>";
    assert!(play(named).answers().parts().is_empty(), "a part with a name removed by one key");
    let back = play(&format!("{named}u"));
    assert_eq!(back.answers().parts()[0].name, "Partners");
    assert_eq!(back.answers().parts()[0].plan, Plan::StaysOther("COBOL".to_owned()));
    back.assert_shows("Undone: the parts");
}

#[test]
fn details_and_decisions_come_back() {
    let played = play("i<enter>Billing<enter><esc>u");
    assert_eq!(played.session().details.title, "");
    played.assert_shows("Undone: the details");
    let played = play("2D<enter><enter><esc>u");
    assert!(played.session().decided.is_empty(), "nothing is decided");
    played.assert_shows("Undone: the decision");
}

#[test]
fn the_focus_stays_on_its_part() {
    let session = crate::support::session(&questionnaire(), &["parts=scripts,cli,api"]);
    let focused = |keys: &str| {
        let played = play_on(session.clone(), keys, (120, 40));
        played.workbook().focus().part().map(|part| played.answers()[part].name.clone())
    };
    let cli = focused("pp").expect("a part has the focus");
    let without_first = "pp<parts=scripts>";
    assert_eq!(focused(without_first), Some(cli.clone()));
    assert_eq!(focused(&format!("{without_first}u")), Some(cli.clone()));
    assert_eq!(focused(&format!("{without_first}u<c-r>")), Some(cli));
}

#[test]
fn an_undone_state_is_saved_like_any_other() {
    let played = play("2u");
    let last = played.saves.last().expect("it was saved");
    assert_eq!(content(last), content(&new_session()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// For any keys, undoing everything restores the start and redoing everything restores the end.
    #[test]
    fn everything_can_be_undone_and_done_again(keys in "[1-9hljks x\\-anpDi]{0,40}") {
        let size = (80, 24);
        let there = play_on(new_session(), &format!("{keys}<esc><esc><esc><esc>"), size);
        let (session, advice) = (content(there.session()), there.advice().clone());
        let undone = play_app(there.app, &"u".repeat(45), size);
        prop_assert_eq!(content(undone.session()), content(&new_session()));
        let again = play_app(undone.app, &"<c-r>".repeat(45), size);
        prop_assert_eq!(content(again.session()), session);
        prop_assert_eq!(again.advice(), &advice);
    }

    /// No sequence of keys at any size causes a panic or leaves the advice out of step with the answers.
    #[test]
    fn no_keys_break_it(
        keys in "([1-9hljkspPxfwvrmDeiz/?u a+\\-noMqy]|<(a-u|enter|esc|tab|backtab|back|up|down|left|right|pgdn|pgup|home|end|c-r|c-u)>){0,60}",
        size in prop::sample::select(vec![(120, 40), (80, 24), (40, 12), (20, 5), (60, 20)]),
    ) {
        let events = parse(&keys).into_iter().map(Event::Key).collect();
        let played = play_events(new_session(), events, size, None);
        let advice = langfit::advice::recommend(played.questionnaire(), played.answers());
        prop_assert_eq!(played.advice(), &advice);
        let text = content(played.session());
        let source = langfit::source::Source::new("s.ron", text.as_str());
        let read = Session::parse(&source, &questionnaire()).expect("what is saved can be read");
        prop_assert_eq!(content(&read), text);
    }
}
