//! The session that a record belongs to, shown in every dialect; must not test where records are kept.

use langfit::record::{Form, advice_json};
use langfit::session::Session;

use super::{DIALECTS, full, written};
use crate::support::shipped;

fn is_id(id: &str) -> bool {
    id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// A session gets its id with its date, keeps it, and writes it into its file.
#[test]
fn a_session_has_an_id_from_its_first_day_on() {
    let day = "2026-11-21".parse().expect("a day");
    let mut session = Session::new(&shipped());
    assert_eq!(session.id, "");
    session.stamp(day);
    let id = session.id.clone();
    assert!(is_id(&id), "{id}");
    session.stamp(day);
    assert_eq!(session.id, id);
    let text = session.to_ron(&shipped()).expect("it can be written");
    assert!(text.contains(&format!("\n    id: \"{id}\",\n")), "{text}");
    let read = Session::parse(&langfit::source::Source::new("s.ron", text.as_str()), &shipped());
    assert_eq!(read.expect("it can be read").id, id);
    let mut other = Session::new(&shipped());
    other.stamp(day);
    assert_ne!(other.id, id);
}

#[test]
fn an_id_is_a_few_letters_and_digits() {
    let session = full();
    let text = session.to_ron(&shipped()).expect("it can be written");
    for wrong in ["", "a b", "x/../y", "\\u{202e}", &"x".repeat(41)] {
        let text = text.replace(&session.id, wrong);
        let source = langfit::source::Source::new("s.ron", text.as_str());
        let rejected = Session::parse(&source, &shipped()).expect_err("it is no id").to_string();
        assert!(rejected.contains("is no id of a session"), "{rejected}");
    }
}

/// Every dialect shows it, brief or not; a session that has none leaves the line out.
#[test]
fn every_record_shows_its_session() {
    let session = full();
    for brief in [false, true] {
        for dialect in DIALECTS {
            let record = written(&session, &Form { brief, ..Form::new(dialect) });
            let shown = format!("Session: {}", session.id);
            assert_eq!(record.matches(&shown).count(), 1, "{dialect:?}: {record}");
            let without = Session { id: String::new(), ..session.clone() };
            let record = written(&without, &Form { brief, ..Form::new(dialect) });
            assert!(!record.contains("Session:"), "{dialect:?}: {record}");
        }
    }
    let json = advice_json(&shipped(), &session).expect("it can be written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["session"], session.id.as_str());
}
