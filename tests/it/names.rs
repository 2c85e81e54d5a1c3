//! Tests that part names that look the same are the same name, regardless of their encoding. How hidden
//! characters are displayed is out of scope.

use crate::cli::{folder, langfit, read, write};
use crate::support::{nth_part, of_part, sample, session};

use langfit::answers::Subject;
use langfit::compare::compare;
use langfit::session::Session;
use langfit::source::Source;

/// é as one character, and as e with a combining mark.
const COMPOSED: &str = "Caf\u{e9}";
const DECOMPOSED: &str = "Cafe\u{301}";

/// Returns a session file with one part per name, all of the same kind.
fn file(names: &[&str]) -> String {
    let sample = sample();
    let text = session(&sample, &["draw=packages"]).to_ron(&sample).expect("it can be written");
    let parts: Vec<String> = names.iter().map(|name| format!("(kind: \"api\", name: {name:?})")).collect();
    let parts = parts.join(", ");
    let text = text.trim_end().strip_suffix(')').expect("a structure ends there").to_owned();
    assert!(!text.contains("parts: ["), "{text}");
    format!("{text}  parts: [{parts}],\n)\n")
}

fn parsed(text: &str) -> Result<Session, String> {
    Session::parse(&Source::new("s.ron", text), &sample()).map_err(|rejected| rejected.to_string())
}

/// Pairs of names that look the same.
const ALIKE: [(&str, &str); 6] = [
    ("API", "API\u{2800}"),
    (COMPOSED, DECOMPOSED),
    ("\u{1e9b}\u{323}", "\u{17f}\u{323}\u{307}"),
    ("\u{ac00}", "\u{1100}\u{1161}"),
    ("Order API", "Order\u{a0}API"),
    ("می\u{200c}خواهم", "میخواهم"),
];

#[test]
fn a_part_is_found_however_its_name_is_written() {
    for (one, other) in ALIKE.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
        let folder = folder();
        write(&folder, "s.ron", &file(&[one, "Batch"]));
        let run = langfit(
            folder.path(),
            &["decide", "s.ron", "--part", &format!("{other}=python"), "--because", "b"],
        );
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{one:?} as {other:?}");
        // The decision is found for the part, whichever form was typed or stored.
        let run = langfit(folder.path(), &["recheck", "s.ron", "--format", "json"]);
        assert!(run.out.contains("\"undecided\":[{\"part\":\"Batch\""), "{}", run.out);
        let run = langfit(folder.path(), &["decide", "s.ron", "--part", &format!("{other}=")]);
        assert!(run.out.ends_with(": decision withdrawn\n"), "{} {}", run.out, run.err);
    }
}

/// A decision with another form of the name, written into the file by hand, still refers to the part.
#[test]
fn a_handwritten_decision_matches_its_part() {
    let folder = folder();
    write(&folder, "s.ron", &file(&[COMPOSED]));
    langfit(folder.path(), &["decide", "s.ron", "--part", &format!("{COMPOSED}=python"), "--because", "b"]);
    let text = read(&folder, "s.ron");
    let decided = text.find("decided:").expect("it is decided");
    let by_hand = text[..decided].to_owned() + &text[decided..].replace(COMPOSED, DECOMPOSED);
    assert_ne!(by_hand, text);
    let session = parsed(&by_hand).expect("it can be read");
    assert!(session.decision(of_part(&session.answers, 0)).is_some(), "{:?}", session.decided);
}

#[test]
fn two_parts_never_look_the_same() {
    for (one, other) in ALIKE {
        let error = parsed(&file(&[one, other])).expect_err("they look the same");
        assert!(error.contains("is given twice; it is already in line"), "{error}");
    }
    // A joiner without effect is escaped, so these two names differ.
    let session = parsed(&file(&["API", "API\u{200d}"])).expect("they can be told apart");
    let names: Vec<&str> = session.answers.parts().iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["API", "API\\u{200d}"]);
    let error = parsed(&file(&["API", "api"])).map(|_| ());
    assert_eq!(error, Ok(()), "upper case is seen");
}

/// A new name that looks like an existing one gets a number, as an equal name does.
#[test]
fn a_typed_name_that_looks_like_another_gets_a_number() {
    let sample = sample();
    for (one, other) in ALIKE {
        let mut session = session(&sample, &["parts=pipeline,pipeline"]);
        session.rename_part(nth_part(&session.answers, 0), one);
        let free = session.answers.free_name(other);
        assert_eq!(free, format!("{} 2", langfit::names::normalized(other)), "{one:?} {other:?}");
    }
}

#[test]
fn sessions_are_compared_by_names_as_people_read_them() {
    let sample = sample();
    for (one, other) in ALIKE {
        let left = parsed(&file(&["first", one])).expect("it can be read");
        let right = parsed(&file(&[other, "last"])).expect("it can be read");
        let compared = compare(&sample, [&left.answers, &right.answers]);
        let position = |session: &Session, name: &str| {
            let mut parts = session.answers.part_ids();
            let part = parts.find(|part| langfit::names::are_alike(&session.answers[*part].name, name));
            Subject::Part(part.expect("it is picked"))
        };
        let pair = compared
            .parts
            .iter()
            .find(|pair| pair.sides[0].is_some_and(|(subject, _)| subject == position(&left, one)))
            .expect("the part is compared");
        assert_eq!(
            pair.sides[1].map(|(subject, _)| subject),
            Some(position(&right, other)),
            "{one:?} {other:?}"
        );
    }
}

#[test]
fn flags_of_regions_are_different_names() {
    let (england, scotland) = (
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    );
    assert!(!langfit::names::are_alike(england, scotland));
    let session = parsed(&file(&[england, scotland])).expect("they can be told apart");
    assert_eq!(session.answers.parts()[0].name, england);
}
