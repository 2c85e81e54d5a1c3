//! Tests the page of precedents: the nearest ones for each part, with the answers that agree and differ.

use langfit::precedents::Shelf;
use langfit::questionnaire::Questionnaire;
use langfit::screen::App;
use langfit::session::Session;
use langfit::source::Source;

use super::{X, file, precedent, small};
use crate::another::assert_knows_no_languages;
use crate::screen::{Played, play_app, shown, workbook};
use crate::support::{parse, session, shipped};

const WIDE: (u16, u16) = (120, 40);
const TINY: (u16, u16) = (40, 12);

fn app(questionnaire: &Questionnaire, session: Session, text: &str) -> App {
    let mut book = workbook(questionnaire.clone(), session);
    book.shelf = Shelf::new(Some(Ok(Source::new("small.precedents.ron", text))));
    shown(book)
}

/// Plays keys on a session with two parts of different kinds, and with one precedent for each kind.
fn two_parts(keys: &str, size: (u16, u16)) -> Played {
    let questionnaire = small();
    let session = session(&questionnaire, &["parts=x,y", "a=one", "b=one,two", "c=two", "d=one", "f=two"]);
    let text = file(
        &[
            precedent("for-x", "x", "a=one b=one,two c=two d=one f=one"),
            precedent("for-y", "y", "a=one b=one,two c=two d=one"),
        ]
        .concat(),
    );
    play_app(app(&questionnaire, session, &text), keys, size)
}

/// Plays keys on typical answers about an API and a pipeline, with the shipped precedents.
fn billing(keys: &str, size: (u16, u16)) -> Played {
    let questionnaire = shipped();
    let session = session(
        &questionnaire,
        &[
            "parts=api,pipeline",
            "libraries=data-ml",
            "workload=ordinary",
            "team-stack=python,javascript",
            "constraints=people",
            "writers=analysts",
            "lifetime=years",
        ],
    );
    let mut book = workbook(questionnaire, session);
    book.shelf = Shelf::new(Some(Ok(langfit::built_in::precedents())));
    play_app(shown(book), keys, size)
}

#[test]
fn the_page_shows_the_nearest_for_the_first_part() {
    let played = two_parts("c", WIDE);
    assert_eq!(played.page(), Some("precedents"));
    for words in [
        "Precedents for X (part 1 of 2)",
        "1. Title of for-x (2020)",
        "Chosen for P: Red.",
        "Why for-x.",
        "Same answers: a, b, c and d.",
        "Different answers",
        "f: here “Two”, there “One” (because of f=one)",
        "https://example.org/for-x",
        "Chosen for P (a different kind of part: Y): Red.",
    ] {
        played.assert_shows(words);
    }
    assert!(two_parts("cc", WIDE).is_closed(), "the key that opens the page closes it");
    assert!(two_parts("c<esc>", WIDE).is_closed());
}

#[test]
fn it_begins_with_the_focused_part_and_goes_through_all() {
    two_parts("<tab>ppc", WIDE).assert_shows("Precedents for Y (part 2 of 2)");
    two_parts("cp", WIDE).assert_shows("for Y (part 2 of 2)");
    two_parts("cpp", WIDE).assert_shows("for X (part 1 of 2)");
    two_parts("cP", WIDE).assert_shows("for Y (part 2 of 2)");
    two_parts("c", WIDE).assert_shows("p part");
    assert!(!play_app(app(&small(), session(&small(), &X), &file("")), "c", WIDE).shows("p part"));
}

/// Moving to another part shows its precedents from the top.
#[test]
fn another_part_begins_at_the_top() {
    let played = two_parts("c<end>", TINY);
    assert!(!played.shows("1. Title"), "{}", played.frame());
    two_parts("c<end>p", TINY).assert_shows("1. Title of for-y (2020)");
}

#[test]
fn where_nothing_is_near_one_sentence_says_why() {
    let questionnaire = small();
    let played = play_app(app(&questionnaire, Session::new(&questionnaire), &file("")), "c", WIDE);
    played.assert_shows("No published decisions come with this questionnaire.");
    let text = file(&precedent("p", "x", "a=one b=one c=two d=one"));
    let played = play_app(app(&questionnaire, session(&questionnaire, &["parts=x"]), &text), "c", WIDE);
    played.assert_shows(
        "you have answered 0 questions, and a match has to cover at least 4. Answer a, b and c next",
    );
}

/// Without a precedents file, the footer does not offer the key, and pressing it shows why it does nothing.
#[test]
fn without_precedents_the_key_says_so() {
    let questionnaire = small();
    let play = |keys: &str| play_app(shown(workbook(small(), session(&questionnaire, &X))), keys, (200, 60));
    assert!(!play("").shows("precedents"));
    let played = play("c");
    assert!(played.is_closed());
    assert_eq!(played.message(), Some("No published decisions come with this questionnaire"));
    let broken = play_app(app(&questionnaire, session(&questionnaire, &X), "(format: 1"), "c", WIDE);
    assert_eq!(broken.message(), Some("small.precedents.ron:1:1: this bracket is never closed; add `)`"));
}

#[test]
fn help_and_footer_know_the_key() {
    let played = two_parts("", (200, 60));
    played.assert_shows("c precedents");
    two_parts("c?", (120, 60)).assert_shows("published decisions: next or previous part");
}

/// No text in a precedent can control the terminal, at any size.
#[test]
fn hostile_texts_are_made_visible_at_every_size() {
    let questionnaire = small();
    let text = precedent("p", "x", "a=one b=one,two c=two d=one f=two")
        .replace("Title of p", "T\\u{1b}[2J\\u{202e}")
        .replace("because of f=two", "b\\u{9b}31m")
        .replace("https://example.org/p", &format!("https://example.org/{}", "x".repeat(300)));
    for size in [(200, 60), WIDE, (80, 24), TINY, (20, 5), (1, 1), (0, 0)] {
        let played =
            play_app(app(&questionnaire, session(&questionnaire, &X), &file(&text)), "c<down><pgdn>", size);
        assert!(!played.frame().contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{size:?}");
    }
    let played = play_app(app(&questionnaire, session(&questionnaire, &X), &file(&text)), "c", WIDE);
    played.assert_shows("T␛[2J\\u{202e} (2020)");
}

/// With a questionnaire on another subject, the page mentions no languages.
#[test]
fn it_knows_no_languages() {
    let storage = parse(include_str!("../data/storage.ron"));
    let text = r#"(format: 1, questionnaire: "storage-fit", precedents: [
        (id: "p", title: "A shop: orders in tables", parts: [(name: "orders", kind: "records", chosen: "relational")], answers: [
            (set: "links=keys"), (set: "reads=by-key"), (set: "together=several"), (set: "volume=one-machine")])])"#;
    let answers = ["parts=records", "links=keys", "reads=by-key", "together=several", "volume=perhaps"];
    let played = play_app(app(&storage, session(&storage, &answers), text), "c", (200, 60));
    played.assert_shows("Chosen for orders: Relational.");
    assert_knows_no_languages("the page", &played.frame());
    assert_knows_no_languages(
        "the page",
        &play_app(app(&storage, session(&storage, &[]), text), "c", WIDE).frame(),
    );
}

#[test]
fn frames_of_the_page() {
    insta::assert_snapshot!("precedents_120x40", billing("c", WIDE).frame());
    insta::assert_snapshot!("precedents_80x24", billing("cp", (80, 24)).frame());
    insta::assert_snapshot!("precedents_40x12", billing("c", TINY).frame());
}
