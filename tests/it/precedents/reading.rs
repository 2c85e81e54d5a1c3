//! Tests reading a precedents file, and the positions at which errors are reported.

use std::path::Path;

use langfit::precedents::{Precedents, Shelf, path_beside};
use langfit::source::Source;

use super::{file, precedent, read, small};
use crate::support::{about_three, question, shipped};

/// Checks that a file with these precedents is rejected with these messages, which start with positions.
#[track_caller]
fn refused(precedents: &str, says: &[&str]) {
    let text = format!("(format: 1, questionnaire: \"small\", precedents: [\n{precedents}])");
    let rejected =
        Precedents::parse(&Source::new("p.ron", text.as_str()), &small()).expect_err("it is wrong");
    let said: Vec<String> = rejected.diagnostics.iter().map(|it| rejected.source.headline(it)).collect();
    assert_eq!(said, says, "{precedents}");
}

/// Returns a precedent on one line with these parts and answers.
fn with(parts: &str, answers: &str) -> String {
    format!(r#"(id: "p", title: "T", parts: [{parts}], answers: [{answers}])"#)
}

const PART: &str = r#"(name: "P", kind: "x", chosen: "red")"#;

#[test]
fn the_shipped_file_is_whole() {
    let shelf = Shelf::new(Some(Ok(langfit::built_in::precedents())));
    let questionnaire = shipped();
    let all = &shelf.precedents(&questionnaire).expect("it can be read").all;
    assert!(all.len() >= 120, "{} precedents", all.len());
    for precedent in all {
        assert!(!precedent.grounds.is_empty() && !precedent.addresses.is_empty(), "{}", precedent.id);
        for ground in &precedent.grounds {
            assert!(!ground.because.is_empty(), "{}", precedent.id);
        }
    }
}

#[test]
fn an_answer_is_checked_as_on_the_command_line() {
    let cases = [
        ("a=thre", "`thre` is not an option of `a`; did you mean `three`?"),
        ("a=won", "`won` is not an option of `a`; valid here: one, two, three"),
        ("aa=one", "no question has this id; did you mean `a`?"),
        ("a", "write QUESTION=OPTION[,OPTION]; change or remove this answer"),
        ("a=one,two", "these options exclude each other; give one"),
        ("e=one", "this question applies only if you answer c=one; change or remove this answer"),
        ("parts=x", "parts are not set by an answer; list them in `parts`"),
        ("a@P=one", "this answer names a part; name it in `part`"),
    ];
    for (set, says) in cases {
        let column = with(PART, "").len() - 1 + "(set: \"".len();
        refused(&with(PART, &format!("(set: \"{set}\")")), &[&format!("p.ron:2:{column}: {says}")]);
    }
    refused(
        &with(PART, r#"(set: "a=one"), (set: "a=two")"#),
        &["p.ron:2:104: a is answered twice; give all options in one --set"],
    );
    refused(
        &with(PART, r#"(set: "a=one", part: "Q")"#),
        &["p.ron:2:88: no part has this name; valid here: P"],
    );
    refused(
        &with(PART, r#"(set: "c=one", part: "P")"#),
        &["p.ron:2:88: this question has one answer for the whole system; remove @P"],
    );
}

#[test]
fn a_part_needs_exactly_one_outcome() {
    let at = "p.ron:2:39";
    let outcomes =
        "give one of `chosen`, `other`, `stays` and `stays_other`, or in a scenario the expected outcome";
    refused(
        &with(r#"(name: "P", kind: "x")"#, ""),
        &[
            "p.ron:2:7: no part is decided; give at least one part a `chosen` or an `other`",
            &format!("{at}: the part `P` has 0 outcomes; {outcomes}"),
        ],
    );
    refused(
        &with(r#"(name: "P", kind: "x", chosen: "red", other: "Green")"#, ""),
        &[&format!("{at}: the part `P` has 2 outcomes; {outcomes}")],
    );
    refused(
        &with(r#"(name: "P", kind: "x", chosen: "blu")"#, ""),
        &["p.ron:2:63: no candidate has the id `blu`; did you mean `blue`?"],
    );
    refused(
        &with(r#"(name: "P", kind: "z", chosen: "red")"#, ""),
        &["p.ron:2:50: no kind of part has the id `z`; valid here: x, y"],
    );
    refused(
        &with(r#"(name: "P", chosen: "red")"#, ""),
        &[&format!("{at}: the part `P` has no kind; add `kind: …`")],
    );
    refused(
        &with(r#"(name: "P", kind: "x", chosen: "red", tie: true)"#, ""),
        &[&format!("{at}: a tie needs at least two candidates; list them in `acceptable`")],
    );
    refused(
        &with(&format!("{PART}, {PART}"), ""),
        &["p.ron:2:78: the part name `P` is given twice; it is already used in line 2, rename one"],
    );
}

#[test]
fn the_file_fits_its_questionnaire() {
    let read = |text: &str| {
        let rejected = Precedents::parse(&Source::new("p.ron", text), &small()).expect_err("it is wrong");
        rejected.source.headline(&rejected.diagnostics[0])
    };
    assert_eq!(
        read("(format: 1, questionnaire: \"smell\", precedents: [])"),
        "p.ron:1:29: these precedents belong to the questionnaire `smell`; the one they stand beside is `small`"
    );
    assert_eq!(
        read("(format: 7, questionnaire: \"small\", precedents: [])"),
        "p.ron:1:2: format 7 is unknown; this one reads format 1; use a newer langfit"
    );
    assert_eq!(
        read("(format: 1, questionnaire: \"small\", precedents: [(id: \"p\", titel: \"T\")])"),
        "p.ron:1:60: unknown field `titel` of a precedent; did you mean `title`?"
    );
}

#[test]
fn ids_years_and_texts_are_checked() {
    let twice = [precedent("p", "x", ""), "\n".to_owned(), precedent("p", "x", "")].concat();
    refused(
        &twice,
        &["p.ron:4:7: the precedent id `p` is used twice; it is already used in line 2, rename one"],
    );
    refused(
        &precedent("P p", "x", ""),
        &["p.ron:2:7: `P p` is not an id; use lower-case letters, digits and hyphens, at most 200"],
    );
    refused(
        &precedent("p", "x", "").replace("2020", "20"),
        &["p.ron:2:7: 20 cannot be the year of a decision; write the year with four digits, or leave it out"],
    );
    refused(
        &precedent("p", "x", "").replace("Title of p", " "),
        &["p.ron:2:19: the text is empty; write at least one word"],
    );
}

#[test]
fn a_file_has_limits() {
    let says = |precedents: &str, words: &str| {
        let text = file(precedents);
        let rejected =
            Precedents::parse(&Source::new("p.ron", text.as_str()), &small()).expect_err("too much");
        let said: Vec<&str> = rejected.diagnostics.iter().map(|it| it.what.as_str()).collect();
        assert_eq!(said, [words]);
    };
    says(&precedent("p", "x", "").repeat(1001), "the number of precedents is 1001");
    says(&precedent("p", "x", &"a=one ".repeat(501)), "the number of answers is 501");
    says(&with(&format!("{PART},").repeat(65), ""), "the number of parts is 65");
    let long = format!(r#"(id: "p", title: "{}", parts: [{PART}])"#, "x".repeat(201));
    says(&long, "the text has 201 characters");
}

/// A truncated or damaged file is either accepted or rejected with printable messages.
#[test]
fn damaged_files_are_refused_in_words() {
    let questionnaire = small();
    let whole = file(
        &[precedent("p", "x", "a=one b=one,two c=two"), with(r#"(name: "Ö", kind: "y", stays: "red")"#, "")]
            .concat(),
    );
    let ends = whole.char_indices().map(|(at, _)| at);
    let damaged = ends.flat_map(|at| {
        let (before, rest) = whole.split_at(at);
        let after = rest.chars().next().map_or("", |first| &rest[first.len_utf8()..]);
        [before.to_owned(), format!("{before}{after}"), format!("{before}\u{1b}{rest}")]
    });
    for text in damaged {
        if let Err(rejected) = Precedents::parse(&Source::new("p.ron", text.as_str()), &questionnaire) {
            assert!(!rejected.diagnostics.is_empty(), "{text}");
            let said = rejected.to_string();
            assert!(!said.contains('\u{1b}'), "{said}");
        }
    }
}

/// The precedents of a questionnaire without parts are about the system as a whole.
#[test]
fn without_parts_the_whole_system_is_decided() {
    let questionnaire = about_three(&question("q", "One", "x; y"), "");
    let text = r#"(format: 1, questionnaire: "three", precedents: [(id: "p", title: "T", parts: [(name: "All", chosen: "b")])])"#;
    let read = Precedents::parse(&Source::new("p.ron", text), &questionnaire).expect("it can be read");
    assert_eq!(read.all[0].parts[0].subject, langfit::answers::Subject::System);
}

/// Control characters in texts are made visible. A line break becomes a space.
#[test]
fn texts_are_made_visible() {
    let text = precedent("p", "x", "a=one").replace("Title of p", "T\\u{1b}[2J\\u{202e}");
    let read = read(&small(), &text.replace("Why p.", "W\\nW"));
    assert_eq!((read.all[0].title.as_str(), read.all[0].why.as_str()), ("T␛[2J\\u{202e}", "W W"));
}

#[test]
fn precedents_stand_beside_their_questionnaire() {
    let beside = |name: &str| path_beside(Path::new(name), "precedents.ron").to_string_lossy().into_owned();
    assert_eq!(beside("in/mine.ron"), "in/mine.precedents.ron");
    assert_eq!(beside("mine.v2.ron"), "mine.v2.precedents.ron");
    assert_eq!(beside("mine"), "mine.precedents.ron");
}

/// A broken or unreadable file is reported in one sentence when the precedents are requested.
#[test]
fn a_shelf_says_why_it_is_empty() {
    let questionnaire = small();
    let shelf = |source| Shelf::new(Some(source));
    let broken = shelf(Ok(Source::new("p.ron", "(format: 1")));
    assert_eq!(
        broken.precedents(&questionnaire).expect_err("it is broken"),
        "p.ron:1:1: this bracket is never closed; add `)`"
    );
    let unread = shelf(Err("p.ron: is a folder; name a file".to_owned()));
    assert_eq!(
        unread.precedents(&questionnaire).expect_err("it is a folder"),
        "p.ron: is a folder; name a file"
    );
    assert!(Shelf::default().precedents(&questionnaire).expect("there is none").all.is_empty());
}
