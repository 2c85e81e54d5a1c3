//! Tests user journeys: what a series of keys leads to. Details of drawing are out of scope.

use std::sync::Arc;

use langfit::action::Pane;
use langfit::advice::recommend;
use langfit::answers::{Answer, Emphasis, Plan};
use langfit::questionnaire::CandidateId;
use langfit::session::Session;
use langfit::tui::{Capabilities, Host, Message, messages};
use langfit::workbook::Saving;
use ratatui::crossterm::event::{Event, KeyCode};

use crate::screen::{
    chosen, idle_shell, new_session, opened, parse, play, play_app, play_events, play_on, questionnaire,
};
use crate::support::{about_three, of_part, question};

/// Options that exclude each other look like any others, so a message names the options that were
/// deselected.
#[test]
fn deselected_exclusive_options_are_reported() {
    let asked = question("has", "Many", "x: 1 a; y: 1 b; none")
        .replace("(id: \"none\"", "(alone: true, id: \"none\"");
    let questionnaire = Arc::new(about_three(&asked, ""));
    let session = Session::new(&questionnaire);
    let played = play_app(opened(questionnaire, session), "123", (120, 40));
    played.assert_shows("Cleared because they do not go with this option: x and y");
    let questionnaire = Arc::clone(played.workbook().questionnaire());
    let session = played.workbook().session().clone();
    play_app(opened(questionnaire, session), "1", (120, 40))
        .assert_shows("Cleared because it does not go with this option: none");
}

#[test]
fn space_chooses_and_enter_goes_on() {
    let played = play("<down><space>");
    assert_eq!(played.chosen("draw"), ["packages"], "space chooses the option under the cursor");
    played.assert_shows("1a Which packages");

    let played = play("<enter>");
    assert_eq!(played.chosen("draw"), ["language"], "enter chooses in a single choice");
    assert_eq!(played.shown_question(), "arrival", "and goes to the next question");

    let played = play("<down><space><enter>");
    assert_eq!(played.shown_question(), "ecosystem", "a follow-up that the answer revealed comes next");
}

#[test]
fn arrows_between_questions_never_answer() {
    let played = play("<go:lifetime><go:parts><down><up><right><left>");
    let blank = new_session();
    assert_eq!(*played.answers(), blank.answers);
    assert!(played.saves.is_empty(), "nothing changed, so nothing is saved");
}

#[test]
fn digits_choose_and_backspace_clears() {
    assert_eq!(play("3").chosen("draw"), ["both"]);
    assert_eq!(*play("3<back>").answer("draw"), Answer::Open);
    assert_eq!(play("31").chosen("draw"), ["language"], "a single choice is replaced");
    assert_eq!(play("<draw=packages><go:ecosystem>12").chosen("ecosystem").len(), 2, "several can be chosen");
    assert_eq!(play("<draw=packages><go:ecosystem>121").chosen("ecosystem").len(), 1, "and taken back");
}

#[test]
fn the_two_non_answers_are_told_apart() {
    assert_eq!(*play("s").answer("draw"), Answer::NotSure);
    assert_eq!(*play("-").answer("draw"), Answer::NotApplicable);
    let played = play("s");
    played.assert_shows("0 of 11 answered, 1 not sure");
    let played = play("-");
    played.assert_shows("1 of 11 answered");
}

#[test]
fn follow_ups_come_and_go_and_their_answers_are_kept() {
    let played = play("<draw=packages><ecosystem=data-ml>");
    played.assert_shows("1a Which packages");
    let played = play("<draw=packages><ecosystem=data-ml><draw=language>");
    played.assert_shows("1 question no longer asked, 1 answer set aside and kept");
    assert!(!played.shows("1a Which packages"));
    let played = play("<draw=packages><ecosystem=data-ml><draw=language><draw=packages>");
    played.assert_shows("1 question added by this answer");
    assert_eq!(played.chosen("ecosystem").len(), 1, "the answer is back with its question");
}

#[test]
fn the_option_under_the_cursor_shows_what_it_would_do() {
    let played = play("<down>l");
    assert_eq!(*played.answers(), new_session().answers, "looking is not choosing");
    let played = play("<go:parts><to:api>");
    played.assert_shows("With this option:");
    let preview = played.workbook().preview().expect("an option is under the cursor");
    let chosen = play("<go:parts><to:api><space>");
    assert_eq!(preview.advice, *chosen.advice(), "the preview is what choosing does");
}

#[test]
fn every_key_that_changes_an_answer_changes_the_advice_with_it() {
    let mut session = new_session();
    for keys in [
        "<draw=packages>",
        "<ecosystem=statistics>",
        "<arrival=interactive>",
        "<start-often=each-command>",
        "<control=platform>",
        "<types=invariants>",
        "<parallelism=accelerators>",
    ] {
        let played = play_on(session, keys, (120, 40));
        let again = recommend(played.questionnaire(), played.answers());
        assert_eq!(*played.advice(), again, "after {keys}");
        session = played.session().clone();
        session.at = None;
    }
}

#[test]
fn parts_are_picked_named_doubled_and_kept() {
    let played = play("<parts=api>a<to:API>n<c-u>");
    assert!(played.is_typing(), "n on a part opens its name");
    let played = play("<parts=api>a<to:API>nAPI for partners<enter>");
    assert_eq!(played.part_names(), ["API for partners", "API 2"]);
    played.assert_shows("API for partners (undecided)");

    let played = play("<parts=api>a<to:API>nAPI 2<enter>");
    assert_eq!(played.part_names(), ["API 2 2", "API 2"], "a name that is taken gets a number");
}

#[test]
fn a_part_can_stay_in_a_candidate_or_in_anything_else() {
    let stays = |language: &str| {
        let played = play(&format!("<parts=api><to:API><space>{language}<enter>"));
        played.answers().parts()[0].plan.clone()
    };
    let ruby = questionnaire().find_candidate("ruby").expect("it is a candidate");
    assert_eq!(stays("ruby"), Plan::StaysIn(ruby), "by id");
    assert_eq!(stays("RUBY (rails)"), Plan::StaysIn(ruby), "by name, in any case");
    assert_eq!(stays("COBOL"), Plan::StaysOther("COBOL".to_owned()));
    assert_eq!(stays(""), Plan::ToDecide, "nothing typed leaves it to be decided");
    assert_eq!(stays("COBOL<enter><space>Ruby (Rails)"), Plan::StaysIn(ruby), "what is typed replaces it");
    assert_eq!(stays("COBOL<enter><space>"), Plan::StaysOther("COBOL".to_owned()), "a look changes nothing");
    assert_eq!(stays("COBOL<enter><space><back>"), Plan::ToDecide, "nothing puts it up for decision");
    play("<parts=api><to:API><space>COBOL<enter>").assert_shows("not among the languages here");
    let played = play("<parts=api><to:API><space>COBOL<enter>");
    played.assert_shows("Every part stays as it is; there is nothing to decide");
    played.assert_shows("API stays in COBOL");
}

#[test]
fn a_kind_is_taken_back_only_while_nothing_was_done_with_it() {
    assert!(play("<parts=api><parts=api>").answers().parts().is_empty(), "the part is removed again");
    let played = play("<parts=api><to:API>n!<enter><to:api><space>");
    assert_eq!(played.answers().parts().len(), 1, "a named part is not lost to a stray key");
    let played = play("<parts=api><to:API>n!<enter><back>");
    assert!(played.answers().parts().is_empty(), "backspace on a part removes it");
    let played = play("<parts=api>s");
    assert_eq!(played.answers().parts().len(), 1, "a non-answer does not remove parts");
    played.assert_shows("Parts are already picked");
}

#[test]
fn a_focused_part_is_answered_alone() {
    // Picks API and pipeline, focuses the API and answers how work arrives for it alone.
    let keys = "<parts=api><parts=pipeline>p<arrival=batch>";
    let played = play(keys);
    let question = played.questionnaire().find("arrival").expect("the question exists");
    assert_eq!(played.shown_question(), "arrival");
    assert_eq!(*played.answer("arrival"), Answer::Open);
    assert!(matches!(played.answers().answer(question, of_part(played.answers(), 0)), Answer::Chosen(_)));
    played.assert_shows("API has its own answer; Backspace returns to the answer for all parts");
    let narrow = |keys: &str| play_on(new_session(), keys, (60, 20));
    narrow(keys).assert_shows("Answer for API only");
    narrow(&format!("{keys}pp")).assert_shows("Different for API");
    let cleared = play(&format!("{keys}<back>"));
    assert!(
        cleared.answers().parts()[0].overrides.is_empty(),
        "backspace makes it follow the answer for all"
    );
}

#[test]
fn a_note_fits_any_answer_and_is_not_an_answer() {
    let played = play("nsee q & a\nline<esc>");
    assert_eq!(played.note(), "see q & a\nline", "letters are text in a note");
    assert_eq!(*played.answer(played.shown_question()), Answer::Open, "a note is not an answer");
    played.assert_shows("see q & a");
    let quit = play("nhalf<c-c>");
    assert!(quit.left, "Ctrl-C leaves from a note");
    assert_eq!(quit.note(), "half", "and the text is kept");
}

#[test]
fn a_paste_is_text_and_never_submits() {
    let mut events: Vec<Event> = parse("n").into_iter().map(Event::Key).collect();
    events.push(Event::Paste("one\r\ntwo\rq\u{1b}[31m".to_owned()));
    let played = play_events(new_session(), events, (80, 24), None);
    assert_eq!(played.note(), "one\ntwo\nq␛[31m");
    let events = vec![Event::Paste("3q".to_owned())];
    let played = play_events(new_session(), events, (80, 24), None);
    assert_eq!(*played.answers(), new_session().answers, "outside a text field a paste does nothing");
    assert!(!played.left);
}

#[test]
fn a_text_has_a_limit_and_says_so() {
    let mut events: Vec<Event> = parse("n").into_iter().map(Event::Key).collect();
    events.push(Event::Paste("x".repeat(5000)));
    events.extend(parse("y").into_iter().map(Event::Key));
    let played = play_events(new_session(), events, (120, 40), None);
    assert_eq!(played.note().chars().count(), langfit::source::TEXT);
    played.assert_shows("The limit is 4000 characters");
}

/// A hidden character is one key press, but takes eight characters once it is escaped. A text beyond the
/// limit could not be read back.
#[test]
fn a_hidden_character_counts_as_what_is_shown_of_it() {
    let mut events: Vec<Event> = parse("n").into_iter().map(Event::Key).collect();
    events.push(Event::Paste("x".repeat(3997)));
    events.push(Event::Key(KeyCode::Char('\u{200b}').into()));
    let played = play_events(new_session(), events, (120, 40), None);
    assert_eq!(played.note().strip_prefix(&"x".repeat(3997)), Some("\\u{"));
    played.assert_shows("The limit is 4000 characters; 5 were left out");
}

#[test]
fn texts_are_answers_outside_progress() {
    let played = play("<go:own-removal><space>The platform team<esc>");
    let shown = &played.questionnaire()[played.workbook().question()];
    assert_eq!(shown.kind, langfit::questionnaire::Kind::Text, "the last questions are answered in words");
    assert_eq!(*played.answer(&shown.id), Answer::Text("The platform team".to_owned()));
    played.assert_shows("0 of 11 answered");
}

#[test]
fn the_ledger_of_a_candidate_is_one_key_away() {
    let played = play("<parts=ui><tab><enter>");
    assert_eq!(played.pane(), Pane::Advice);
    let leader = played.advice().parts[0].leaders.single().expect("one leads");
    let title = |candidate: CandidateId, part: &str| {
        format!("All reasons: {} for {part}", played.questionnaire()[candidate].name)
    };
    assert_eq!(played.title(), title(leader, played.part_names()[0]));
    played.assert_shows("All reasons");
    // With several parts, the cursor moves through the displayed candidates of each part.
    let fourth = "<down>".repeat(3);
    let played = play_on(crate::frames::billing(), &format!("<tab>{fourth}<enter>"), (120, 40));
    let second = &played.advice().parts[1];
    let part = &played.answers()[second.subject.part().expect("it is a part")].name;
    let expected = title(second.ranking[0].candidate, part);
    assert_eq!(played.title(), expected, "the fourth one is the first of the second part");
    let closed = play("<parts=ui><tab><enter><esc>");
    assert!(closed.is_closed());
}

#[test]
fn escape_closes_and_never_discards() {
    let played = play("<draw=packages><ecosystem=data-ml><esc><esc>?<esc>n note<esc><esc>");
    assert_eq!(played.chosen("draw"), ["packages"]);
    assert_eq!(played.chosen("ecosystem").len(), 1);
    assert!(!played.left, "Esc never leaves the program");
    assert_eq!(played.note(), " note");
}

#[test]
fn it_opens_where_it_was_left() {
    let before = play("<draw=packages><ecosystem=data-ml><types=static><go:parts>");
    let saved = before.saves.last().expect("answers were saved").clone();
    let after = play_on(saved, "", (120, 40));
    assert_ne!(before.shown_question(), after.shown_question(), "moving on is not answering");
    assert_eq!(after.shown_question(), "types", "the question answered last");
    assert_eq!(after.advice(), before.advice(), "the same answers give the same advice");
}

#[test]
fn every_change_is_handed_to_the_saver() {
    let played = play("<draw=packages><ecosystem=data-ml><types=static>");
    assert_eq!(played.saves.len(), 3);
    assert_eq!(played.saves.last().map(|session| &session.answers), Some(played.answers()));
    assert_eq!(chosen(&played.saves[0], "draw"), ["packages"]);
    assert_eq!(played.workbook().saving, Saving::Saved);
}

#[test]
fn a_failed_save_is_said_and_the_answers_stay() {
    let events = parse("2l1").into_iter().map(Event::Key).collect();
    let played = play_events(new_session(), events, (120, 40), Some("the disk is full"));
    played.assert_shows("NOT SAVED: the disk is full");
    assert_eq!(played.chosen("draw"), ["packages"]);
    assert_eq!(played.saves.len(), 2, "each change tries again");
}

#[test]
fn quitting_asks_nothing() {
    assert!(play("2q").left);
    assert!(play("2<c-c>").left);
}

#[test]
fn many_keys_at_once_are_all_read_and_drawn_once() {
    let events: Vec<Event> = parse(&"<down><up>".repeat(500)).into_iter().map(Event::Key).collect();
    let mut all = vec![Event::Key(parse("3")[0])];
    all.extend(events);
    let mut app = opened(questionnaire(), new_session());
    let (sender, receiver) = messages();
    sender.send(Message::Input(all)).expect("the receiver is alive");
    drop(sender);
    let backend = ratatui::backend::TestBackend::new(120, 40);
    let mut terminal = ratatui::Terminal::new(backend).expect("the test backend cannot fail");
    let mut host = Counter(0);
    idle_shell(&receiver, Capabilities::default())
        .run(&mut terminal, &mut app, &mut host)
        .expect("the test backend cannot fail");
    assert_eq!(host.0, 2, "one frame before and one after");
    assert_eq!(app.workbook().row_index(), 2, "the last state is right");
}

struct Counter(usize);

impl Host for Counter {
    fn show(&mut self) -> std::io::Result<()> {
        self.0 += 1;
        Ok(())
    }
}

#[test]
fn emphasis_goes_round_and_counts() {
    let id = questionnaire().find("draw").expect("the question exists");
    let emphasis = |keys: &str| play(keys).answers().given(id).emphasis;
    assert_eq!(emphasis("x"), Emphasis::Normal, "an open question has none");
    assert_eq!(
        [emphasis("1x"), emphasis("1xx"), emphasis("1xxx")],
        [Emphasis::Double, Emphasis::Ignored, Emphasis::Normal]
    );
    let top = |keys: &str| play(keys).advice().parts[0].ranking[0].fit;
    assert_eq!(top("1x"), 2 * top("1"));
    play("1x").assert_shows("Points count double");
}

#[test]
fn emphasis_of_a_loaded_session_is_kept() {
    let mut session = new_session();
    let questionnaire = questionnaire();
    session.assign(&questionnaire, "draw=packages").expect("the option exists");
    let id = questionnaire.find("draw").expect("the question exists");
    session.answers.given_mut(id).emphasis = Emphasis::Double;
    let played = play_on(session, "l2", (120, 40));
    assert_eq!(played.saves[0].answers.given(id).emphasis, Emphasis::Double);
}

#[test]
fn a_note_goes_to_another_editor_only_where_there_is_one() {
    let played = play("nold<c-o>!");
    assert_eq!(played.note_on("draw"), "old!");
    play("nold<c-o>").assert_shows("The text is unchanged: no editor can be started here");
    let mut session = new_session();
    session.assign(&questionnaire(), "parts=api").expect("the option exists");
    let played = play_on(session, "<down>n<c-o>", (120, 40));
    played.assert_shows("Name of the part");
    assert!(!played.shows("The text is unchanged"), "a line is too little for an editor");
}

#[test]
fn stopping_is_refused_where_nothing_can_be_stopped() {
    for keys in ["", "?", "n", "w", "<tab>"] {
        play(&format!("{keys}<c-z>")).assert_shows("langfit cannot be suspended here");
    }
}

/// Withdrawing a part's own answer also resets its emphasis, whichever key does it.
#[test]
fn emphasis_goes_with_the_answer_of_a_part() {
    let mut session = new_session();
    let questionnaire = questionnaire();
    for given in ["parts=api,ui", "arrival=request-response"] {
        session.assign(&questionnaire, given).expect("the option exists");
    }
    let load = questionnaire.find("load").expect("the question exists");
    session.at = Some(load);
    let after = |keys: &str| play_on(session.clone(), keys, (120, 40));
    let doubled = after("p1x");
    assert!(doubled.answers().given(load).answer.is_open(), "only one part has an answer");
    doubled.assert_shows("Points count double");
    let cleared = after("p1x<back>1");
    assert_eq!(cleared.answers().given(load).emphasis, Emphasis::Normal);
    assert!(!cleared.shows("Points count double"));
}
