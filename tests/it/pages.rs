//! Tests zoom and the pages that cover panes (find, review, map, details, decide, export) by playing keys.

use langfit::action::Pane;
use langfit::answers::{Answer, Subject};
use langfit::tui::Message;
use langfit::workbook::{Row, Saving};

use crate::frames::billing;
use crate::screen::{
    Played, new_session, play, play_messages, play_on, questionnaire, shown, today, workbook,
};
use crate::support;

#[test]
fn words_find_a_question_and_an_option() {
    let played = play("/several cores<enter>");
    assert_eq!(played.shown_question(), "parallelism", "by the words of a title");
    assert!(played.is_closed() && played.pane() == Pane::Question);
    play("/several").assert_shows("enter go there  esc close  alt-u undo  ↑↓ move");

    let played = play("/platform team offers<enter>");
    assert_eq!(played.shown_question(), "control", "by the words of an option, in any order");
    assert!(matches!(played.workbook().row(), Some(Row::Option(_))));
    assert_eq!(*played.answers(), new_session().answers, "finding is not answering");
    played.assert_shows("> 2 ( ) A platform team");
}

#[test]
fn finding_lists_all_places_and_types_every_letter() {
    let played = play("/q1?");
    assert_eq!(played.page(), Some("find"), "letters and digits are text in the field");
    played.assert_shows("No question or option has all these words.");
    let played = play("/zzz<enter>");
    played.assert_shows("No question or option has all these words");
    let all = play("/");
    let count = all.workbook().asked().values().filter(|asked| **asked).count();
    all.assert_shows(&format!("{count} matches"));
    let second = play("/<down><enter>");
    assert_eq!(second.shown_question(), "arrival", "the cursor goes through the places");
    assert!(play("/x<esc>").is_closed());
    let part = play("<parts=api><to:API>nSAP bridge<enter>h/sap<enter>");
    assert_eq!(part.shown_question(), "parts", "parts are found by their names");
    part.assert_shows("- SAP bridge (undecided)");
    assert_eq!(part.workbook().row(), Some(Row::Part(support::nth_part(part.answers(), 0))));
}

#[test]
fn notes_are_found_too() {
    let played = play("nthe reconciliation library<esc><go:control>/reconciliation<enter>");
    assert_eq!(played.shown_question(), "draw");
}

#[test]
fn the_review_marks_every_state_and_jumps() {
    // Answered, not sure, does not apply, set aside (the follow-up of the first answer), and open.
    let played = play("<draw=packages><ecosystem=data-ml><draw=language><go:arrival>s<go:types>s<up>-r");
    played.assert_shows("set aside");
    for entry in [
        "✓ 1 What draws you: The language",
        "? 2 How work arrives: not sure",
        "· 3 Runtime control: open",
        "~ Which packages",
    ] {
        played.assert_shows(entry);
    }
    let jumped = play("r<to:3 Runtime control><enter>");
    assert_eq!(jumped.shown_question(), "control");
    assert!(jumped.is_closed());
    assert!(play("rr").is_closed(), "the key that opens the page closes it");
}

#[test]
fn a_set_aside_answer_is_listed_and_says_why_it_cannot_be_opened() {
    // Move to the last entry, where the cursor stops.
    let down = "<down>".repeat(questionnaire().questions().len());
    let played = play(&format!("<draw=packages><ecosystem=data-ml><draw=language>r{down}<enter>"));
    played.assert_shows("Set aside: this question does not apply");
    assert_eq!(played.page(), Some("review"));
}

#[test]
fn the_review_shows_notes_own_answers_and_tensions() {
    let played = play("<parts=api><parts=pipeline>p<arrival=batch>n per minute<esc>r");
    played.assert_shows("for API:");
    played.assert_shows("note: per minute");
    let questionnaire = questionnaire();
    let answers = ["ecosystem=data-ml", "draw=packages", "control=platform", "parts=pipeline"];
    let session = support::session(&questionnaire, &answers);
    let played = play_on(session, "r", (120, 40));
    played.assert_shows("! Native wheels must match what the platform offers");
    played.assert_shows("!✓ 3 Runtime control");
}

#[test]
fn an_entry_of_the_review_opens_its_own_part() {
    // UI has no answer of its own, so it is listed as open.
    let keys = "<parts=api><parts=ui>p<arrival=batch>P";
    play(&format!("{keys}r")).assert_shows("for UI: open");
    for part in ["API", "UI"] {
        let played = play(&format!("{keys}r<to:for {part}><enter>"));
        assert_eq!(played.shown_question(), "arrival");
        let focus = played.workbook().focus().part().expect("a part has the focus");
        assert_eq!(played.answers()[focus].name, part);
    }
}

#[test]
fn an_answer_is_confirmed_until_it_or_its_note_changes() {
    let keys = "<draw=both><arrival=batch>r<to:1 What draws you><space>";
    let played = play(keys);
    played.assert_shows("1 What draws you: Both count about the same (confirmed)");
    played.assert_shows("1 of 2 confirmed");
    let at = played.workbook().question();
    assert_eq!(played.session().answers, play("<draw=both><arrival=batch>").session().answers);
    let confirmed = |played: &Played| {
        let draw = played.questionnaire().find("draw").expect("it is asked");
        played.workbook().is_confirmed(draw, Subject::System)
    };
    assert!(confirmed(&played) && !confirmed(&play(&format!("{keys}<to:1 What draws you><space>"))));
    assert!(!confirmed(&play(&format!("{keys}<esc><draw=packages>"))), "another answer");
    assert!(confirmed(&play(&format!("{keys}<esc><draw=packages>u"))), "the answer is back");
    assert!(!confirmed(&play(&format!("{keys}<esc><go:draw>nBut why?<esc>"))), "another note");
    // The next run knows it.
    let mut next = workbook(questionnaire(), played.session().clone());
    next.restore(&played.workbook().bookmark());
    let draw = next.questionnaire().find("draw").expect("it is asked");
    assert!(next.is_confirmed(draw, Subject::System) && next.question() == at);
    let open = play("r<to:3 Runtime control><space>");
    assert_eq!(open.message(), Some("Nothing to confirm: this question is open or set aside"));
}

#[test]
fn the_review_lists_what_the_questionnaire_has_no_place_for() {
    let questionnaire = questionnaire();
    let text = r#"(format: 1, questionnaire: (id: "language-fit", version: "0", digest: "x"),
        answers: [(question: "gone", answer: Chosen(["a"]))])"#;
    let source = langfit::source::Source::new("s.ron", text);
    let session = langfit::session::Session::parse(&source, &questionnaire).expect("orphans are kept");
    let played = play_on(session, "r", (120, 40));
    played.assert_shows("No longer in the questionnaire (kept in the file, not counted)");
    played.assert_shows("gone");
}

#[test]
fn the_map_draws_parts_languages_boundaries_and_kits() {
    let played = play("m");
    played.assert_shows("No parts are picked yet");
    let questionnaire = questionnaire();
    let session =
        support::session(&questionnaire, &["parts=api,ui,pipeline", "team-stack=python,typescript"]);
    let played = play_on(session, "m", (120, 40));
    for words in ["API", "UI", "Pipeline", "HTTP", "What each additional language adds", "1 language:"] {
        played.assert_shows(words);
    }
    played.assert_shows("├1─┐");
    played.assert_shows("├1─┘");
}

#[test]
fn a_part_that_stays_or_is_decided_is_told_on_the_map() {
    let played = play("<parts=api><to:API><space>COBOL<enter>m");
    played.assert_shows("┌ COBOL");
    played.assert_shows("API (stays)");
    let played = play("<parts=api>D<enter><enter><esc>m");
    played.assert_shows("API (decided)");
}

#[test]
fn details_are_written_line_by_line() {
    let played = play(
        "i<enter>Languages of billing<enter><to:System><enter>Billing<enter><to:Deciders><enter>R. Okafor; M. Chen<enter>",
    );
    let details = &played.session().details;
    assert_eq!((details.title.as_str(), details.system.as_str()), ("Languages of billing", "Billing"));
    assert_eq!(details.deciders, ["R. Okafor", "M. Chen"]);
    assert_eq!((played.page(), played.is_typing()), (Some("details"), false), "the list stays open");
    played.assert_shows("> Deciders");
    played.assert_shows("langfit  Languages of billing");
}

#[test]
fn a_line_stays_one_line() {
    let played = play("i<enter>Languages<a-enter> of<c-m> billing<enter>");
    assert_eq!(played.session().details.title, "Languages of billing");
}

#[test]
fn viewing_a_detail_changes_nothing() {
    let mut session = new_session();
    let names: Vec<String> = (1..=20).map(|number| format!("Somebody with a long name {number}")).collect();
    session.details.deciders.clone_from(&names);
    let looked = play_on(session.clone(), "i<to:Deciders><enter><esc>", (120, 40));
    assert_eq!(*looked.session(), session);
    let added = play_on(session, "i<to:Deciders><enter><end>; M. Chen<enter>", (120, 40));
    assert_eq!(added.session().details.deciders, [names, vec!["M. Chen".to_owned()]].concat());
}

#[test]
fn a_name_without_end_is_said_and_stays_to_be_mended() {
    let played = play(&format!("i<to:Deciders><enter>{}<enter>", "x".repeat(201)));
    played.assert_shows("has more than 200 characters; put ; between names");
    assert!(played.is_typing(), "what was typed is still there");
}

#[test]
fn an_invalid_date_is_reported_and_stays_editable() {
    let to_date = "i<to:Date><enter>";
    let played = play(&format!("{to_date}2026-13-01<enter>"));
    played.assert_shows("is not a date");
    played.assert_shows("2026-13-01");
    assert!(played.is_typing(), "what was typed is still there");
    let left = play(&format!("{to_date}2026-13-01<esc>"));
    assert!(!left.is_typing(), "Esc closes it all the same");
    left.assert_shows("Date is unchanged");
    let played = play(&format!("{to_date}2026-12-01<enter>"));
    assert_eq!(played.session().details.date, Some(jiff::civil::date(2026, 12, 1)));
}

#[test]
fn the_advised_candidate_is_decided_with_two_keys() {
    let played = play("2D<enter><enter>");
    let decision = &played.session().decided[0];
    let choice = played.advice().parts[0].choice;
    let chosen = decision.chosen.candidate(&questionnaire()).expect("it is a candidate");
    assert!(choice.contains(chosen));
    assert_eq!((decision.part.as_ref(), decision.date), (None, today()));
    assert_eq!(played.saves.last().map(|session| session.decided.len()), Some(1), "and it is saved");
    played.assert_shows("decided: ");
}

#[test]
fn what_is_not_advised_needs_a_sentence_why() {
    let session =
        || support::session(&questionnaire(), &["parts=pipeline", "draw=packages", "ecosystem=data-ml"]);
    let other = "D<enter><down><enter>";
    let played = play_on(session(), &format!("{other}<esc>"), (120, 40));
    assert!(played.session().decided.is_empty(), "nothing is decided");
    played.assert_shows("so a reason is needed");
    let played = play_on(session(), &format!("{other}The team runs it.<esc>"), (120, 40));
    assert_eq!(played.session().decided[0].because, "The team runs it.");
    played.assert_shows("recommended was");
    let changed = play_on(session(), &format!("{other}The team runs it.<esc>n Twice.<esc>"), (120, 40));
    assert_eq!(changed.session().decided[0].because, "The team runs it. Twice.", "n opens the sentence");
    let withdrawn = play_on(session(), &format!("{other}The team runs it.<esc><back>"), (120, 40));
    assert!(withdrawn.session().decided.is_empty(), "the decision is withdrawn");
    withdrawn.assert_shows("is withdrawn");
}

/// Opens the entry “something else” on the decision page of a session with one part, and plays keys there.
fn play_something_else(keys: &str) -> Played {
    let session = support::session(&questionnaire(), &["parts=pipeline", "draw=packages"]);
    play_on(session, &format!("D<enter><to:something else><enter>{keys}"), (120, 40))
}

#[test]
fn something_else_is_decided_with_a_sentence_why() {
    let played = play_something_else("Scala<enter>The team knows it.<esc>");
    assert_eq!(played.session().decided[0].because, "The team knows it.");
    played.assert_shows("decided: Scala (not among the languages compared) for Pipeline on ");
    assert_eq!(played.saves.last().map(|session| session.decided.len()), Some(1), "and it is saved");
    let undone = play_something_else("Scala<enter>The team knows it.<esc>u");
    assert!(undone.session().decided.is_empty(), "the decision is undone");
    let again = play_something_else("Scala<enter>The team knows it.<esc>n Well.<esc>");
    assert_eq!(again.session().decided[0].because, "The team knows it. Well.", "n opens the sentence");
    let opened = play_something_else("Scala<enter>The team knows it.<esc><enter>");
    opened.assert_shows("something else: Scala");
    let known = play_something_else("c#<enter>The team knows it.<esc>");
    known.assert_shows("decided: C#/.NET for Pipeline on ");
}

/// Neither Esc nor a missing reason loses the typed text.
#[test]
fn what_was_typed_for_something_else_is_still_there() {
    for left in ["Scala<esc>", "Scala<enter><esc><enter>", "Scala<esc><esc><esc>D<enter>"] {
        let played = play_something_else(left);
        assert!(played.session().decided.is_empty(), "{left}");
        played.assert_shows("something else: Scala");
        let decided = play_something_else(&format!("{left}<enter><enter>We know it.<esc>"));
        decided.assert_shows("decided: Scala (not ");
    }
    let nothing = play_something_else("<enter>");
    assert!(!nothing.is_typing() && nothing.session().decided.is_empty());
}

#[test]
fn a_decision_is_for_the_focused_part() {
    let session = support::session(&questionnaire(), &["parts=api,pipeline"]);
    let played = play_on(session, "ppD<enter><enter>", (120, 40));
    assert_eq!(played.session().decided[0].part.as_deref(), Some("Pipeline"));
}

#[test]
fn a_reason_does_not_carry_over_to_another_candidate() {
    let answers = ["parts=pipeline", "draw=packages", "ecosystem=data-ml"];
    let play = |keys: &str| play_on(support::session(&questionnaire(), &answers), keys, (120, 40));
    let not_advised = "D<enter><down><down><enter>We know it best.<esc>";
    let chosen = play(not_advised).session().decided.clone();
    assert_eq!(chosen[0].because, "We know it best.");
    let other = play(&format!("{not_advised}<enter><down><enter><esc>"));
    assert_eq!(other.session().decided, chosen, "without a reason no part is decided");
    other.assert_shows("so a reason is needed");
    let advised = play(&format!("{not_advised}<enter><up><up><enter>"));
    assert_ne!(advised.session().decided[0].chosen, chosen[0].chosen);
    assert_eq!(advised.session().decided[0].because, "");
}

#[test]
fn a_record_is_exported_to_a_sensible_place() {
    let played = play("2e<enter>");
    played.assert_shows("Written: docs/decisions/");
    assert!(played.is_closed());
}

#[test]
fn the_export_asks_before_it_overwrites() {
    let to_path = "2e<to:docs/decisions/><space>";
    let named = format!("{to_path}taken.md<enter>");
    let played = play(&format!("{named}<enter>"));
    played.assert_shows("taken.md already exists, so nothing was written");
    played.assert_shows("o overwrite");
    let played = play(&format!("{named}<enter><enter>"));
    assert_eq!(played.page(), Some("export"), "the same key again does not overwrite");
    play(&format!("{named}<enter>o")).assert_shows("Written: taken.md");
    let elsewhere = play(&format!("{named}<enter><up><up>o"));
    elsewhere.assert_shows("Written: taken.md");
    let renamed = play(&format!("{named}<enter><space>other.md<enter><enter>"));
    renamed.assert_shows("Written: other.md");
    play(&format!("{to_path}full.md<enter><enter>")).assert_shows("the disk is full");
}

#[test]
fn a_format_is_chosen_and_the_file_follows_it() {
    let to_path = "2e<to:docs/decisions/><space>";
    let played = play(&format!("{to_path}taken.md<enter><to:html><enter>"));
    played.assert_shows("Written: taken.html");
    let json = play("e<to:json><space>");
    assert!(!json.shows("without the details"), "JSON holds the whole advice");
}

#[test]
fn a_pane_can_have_the_whole_screen() {
    let played = play("z");
    assert!(!played.shows("Recommendation") && !played.shows("Questions To Ask"));
    play("z<tab>").assert_shows("Recommendation");
    play("zz").assert_shows("Questions To Ask");
    let ledger = play_on(new_session(), "2z<tab><enter>", (120, 40));
    ledger.assert_shows("All reasons");
}

#[test]
fn what_an_answer_changed_is_said_in_words_and_marked() {
    play("<draw=packages><ecosystem=data-ml>").assert_shows("now leads by");
    play("<draw=packages><ecosystem=data-ml><parts=api><parts=pipeline>").assert_shows("Now: ");
    let marks = |keys: &str| play(keys).frame().contains(['▲', '▼']);
    let answered = "<draw=packages><ecosystem=data-ml>";
    assert!(marks(answered), "{}", play(answered).frame());
    assert!(!marks(&format!("{answered}<tab>")), "the differences are shown until the next key");
}

#[test]
fn one_page_opens_from_another() {
    assert_eq!(play("mr").page(), Some("review"));
    assert_eq!(play("riw").page(), Some("firmness"));
}

#[test]
fn undo_returns_the_cursor_to_where_it_was() {
    let played = play("<parts=api><to:web-app>a<to:API>n!<enter>u");
    let before = play("<parts=api><to:web-app>a<to:API>");
    assert_eq!(played.cursor(), before.cursor());
    played.assert_shows("Undone: the parts are API (undecided)");
}

#[test]
fn what_nobody_can_see_does_not_change() {
    let played = play_on(new_session(), "2l3", (20, 5));
    assert_eq!(*played.answers(), new_session().answers);
    played.assert_shows("langfit needs");
    assert!(play_on(new_session(), "q", (20, 5)).left);
}

#[test]
fn what_happens_outside_is_noted_on_the_smallest_screen() {
    let mut workbook = workbook(questionnaire(), new_session());
    workbook.saving = Saving::Failed("the disk is full".to_owned());
    let played = play_messages(shown(workbook), vec![Message::Saved(Ok(()))], (20, 5));
    assert_eq!(played.workbook().saving, Saving::Saved);
}

#[test]
fn a_digit_beyond_the_options_is_said() {
    play("9").assert_shows("There is no option 9; the last one is 4");
}

#[test]
fn the_footer_promises_only_what_works() {
    let new = play("");
    assert!(!new.shows("p part"), "no parts are picked");
    assert!(!new.shows("u undo"), "nothing was changed");
    let played = play("<parts=api>");
    played.assert_shows("p part");
    let review = play("r");
    assert!(!review.shows("r review"), "a page that is open is not offered");
    review.assert_shows("esc close");
}

#[test]
fn an_answer_in_words_is_shown_in_the_review() {
    let played = play("/way out<enter><space>Behind its contract<esc>r");
    played.assert_shows("Way out: Behind its contract");
    assert_eq!(*played.answer(played.shown_question()), Answer::Text("Behind its contract".to_owned()));
}

/// Beside the decision page, the recommendation shows the part under the cursor.
#[test]
fn the_recommendation_follows_the_part_that_is_decided() {
    let played = play_on(billing(), "D", (120, 40));
    played.assert_shows("┌ Recommendation: API ─");
    let played = play_on(billing(), "D<down>", (120, 40));
    played.assert_shows("┌ Recommendation: Enterprise core ─");
    let played = play_on(billing(), "D<down><esc>", (120, 40));
    played.assert_shows("┌ Recommendation ─");
}
