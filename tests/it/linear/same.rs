//! Tests that equivalent keys on the screen and lines in a pipe write the same bytes to the session file.
//! The output is out of scope.

use langfit::session::Session;
use langfit::source::Source;

use super::program::lines_in;
use crate::cli::{folder, read, write};
use crate::screen::{play_on, questionnaire};

/// Returns a session file with dates but no answers. The dates make the result independent of the clock.
fn dated() -> String {
    let questionnaire = questionnaire();
    let mut session = Session::new(&questionnaire);
    session.stamp(jiff::civil::date(2026, 1, 2));
    session.to_ron(&questionnaire).expect("it can be written")
}

/// Checks that keys on the screen and lines in a pipe write the same bytes to the session file.
#[track_caller]
fn check_same(keys: &str, lines: &[&str]) {
    let begun = dated();
    let parsed = Session::parse(&Source::new("s.ron", begun.as_str()), &questionnaire());
    let played = play_on(parsed.expect("it was just written"), keys, (120, 40));
    let expected = played.session().to_ron(&questionnaire()).expect("it can be written");
    let folder = folder();
    write(&folder, "s.ron", &begun);
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &[lines, &["q"]].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.out);
    assert_eq!(read(&folder, "s.ron"), expected, "keys {keys}, lines {lines:?}:\n{}", run.out);
    assert_ne!(expected, begun, "something was answered");
}

#[test]
fn single_and_several_choices_are_the_same_as_on_the_screen() {
    check_same("<draw=packages><go:ecosystem>13<go:control>2", &["2", "1,3", "", "2"]);
    check_same("2l13", &["2", "3 1"]);
    check_same("31", &["\u{feff}3", "b", "1"]);
    // A line of numbers is the complete answer, so options that it omits are deselected.
    check_same("2l123142", &["2", "1,2,3", "b", "3, 4"]);
    check_same("<draw=packages><ecosystem=data-ml>", &["2", "1,2,3", "b", "1,1"]);
    // An option that excludes all others must be given alone.
    check_same("<go:existing>23", &["go 9", "1", "b", "2,3"]);
    check_same("<go:existing>231", &["go 9", "2,3", "go 9", "1,2", "1"]);
}

#[test]
fn follow_ups_come_and_go_as_on_the_screen() {
    check_same("<draw=packages><ecosystem=data-ml><draw=language>", &["2", "1", "b", "b", "1"]);
    check_same(
        "<draw=packages><ecosystem=data-ml><draw=language><draw=packages>",
        &["2", "1", "b", "b", "1", "b", "2"],
    );
    check_same("<arrival=request-response><load=upto-10k><control=ours>", &["", "3", "2", "1"]);
}

#[test]
fn answers_that_are_no_option_are_the_same_as_on_the_screen() {
    check_same("s<go:parallelism>s", &["s", "", "", "", "S"]);
    check_same("-l-ls", &["-", "-", "s"]);
    check_same("<go:parts>s", &["go 7", "s"]);
    check_same("3<back>2<back>l1", &["3", "b", "c", "2", "go 1", "c", "", "1"]);
    check_same("2x", &["2", "b", "x"]);
    check_same("2xx", &["2", "b", "x", "x"]);
    check_same("2xxxl1x", &["2", "b", "x", "x", "x", "", "1", "b", "x"]);
}

#[test]
fn what_is_undone_is_the_same_as_on_the_screen() {
    check_same("<draw=packages><ecosystem=data-ml>u3", &["2", "1", "u", "3"]);
    check_same("13uul2", &["1", "b", "3", "u", "u", "", "2"]);
}

#[test]
fn notes_and_texts_are_the_same_as_on_the_screen() {
    check_same("nsee q & a\n  line<esc>", &["n", "see q & a", "  line", "."]);
    check_same("nsee q & a<esc>", &["n see q & a"]);
    check_same("nfirst<esc>n, second<esc>2", &["N first", "n first, second", "2"]);
    check_same("2nkept<esc>", &["2", "b", "n kept", "n", ".", "o"]);
    check_same("2", &["2", "b", "n gone", "n", "", "."]);
    check_same("<go:parts>na note<esc>3", &["go 7", "3", "n a note"]);
    let owner = "<go:own-owner>";
    check_same(&format!("{owner}<space>The platform team<esc>"), &["go 11", "", "", "The platform team"]);
    check_same(&format!("{owner}nb\n\n.a<esc>"), &["go 11", "", "", "n", "b", "", ".a", "."]);
    check_same(&format!("{owner}<space>A team<esc>l-"), &["go 11", "", "", "Nobody", "b", "A team", "-"]);
    check_same(&format!("2{owner}<space>x<esc><back>"), &["2", "go 11", "", "", "Nobody", "b", "c"]);
}

#[test]
fn parts_are_the_same_as_on_the_screen() {
    check_same(
        "<parts=api>a<to:API 2>nAPI for partners<enter><parts=ui><to:UI><space>TypeScript<enter>",
        &["go 7", "3,3", "name 2 API for partners", "6", "stays 3 TypeScript"],
    );
    check_same("<parts=api><to:API><space>COBOL<enter>", &["go 7", "3", "STAYS 1 COBOL"]);
    check_same(
        "<parts=api><to:API><space>COBOL<enter><space><back><enter>",
        &["go 7", "3", "stays 1 COBOL", "stays 1"],
    );
    check_same("<parts=api>a<to:API>nAPI 2<enter>", &["go 7", "3", "3", "name 1 API 2"]);
    check_same("<parts=api><parts=pipeline><to:Pipeline><back>", &["go 7", "8,3", "s", "c", "remove 2"]);
}

#[test]
fn answers_of_one_part_are_the_same_as_on_the_screen() {
    let parts = "<parts=api><parts=pipeline><go:arrival>";
    check_same(&format!("{parts}p2"), &["go 7", "3,8", "go 2", "for 1", "2"]);
    check_same(&format!("{parts}P3"), &["go 7", "3,8", "for 2", "go 2", "3"]);
    check_same(&format!("{parts}p2pp1"), &["go 7", "3,8", "go 2", "for 1", "2", "go 2", "for all", "1"]);
    check_same(&format!("{parts}p2<back>"), &["go 7", "3,8", "go 2", "for 1", "2", "b", "c"]);
    check_same(&format!("{parts}pslPs"), &["go 7", "3,8", "go 2", "for 1", "s", "for all", "s"]);
}
