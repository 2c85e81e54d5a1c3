//! What people conclude: kept in the session, shown beside the advice; must not test the advice.

use crate::cli::{folder, langfit, read, write};
use crate::support::{session, shipped};

/// A folder with a session of two parts for which the advice is the same.
fn decided_nothing() -> tempfile::TempDir {
    let folder = folder();
    let shipped = shipped();
    let session = session(&shipped, &["parts=api,pipeline", "draw=packages", "ecosystem=data-ml"]);
    write(&folder, "s.ron", &session.to_ron(&shipped).expect("it can be written"));
    folder
}

/// What is advised needs no reason, anything else does, and a slip changes nothing.
#[test]
fn a_reason_is_asked_for_where_the_advice_is_not_followed() {
    let folder = decided_nothing();
    let before = read(&folder, "s.ron");
    for (part, says) in [
        ("Pipeline=shell", "say with --because"),
        ("Pipelin=python", "did you mean"),
        ("Pipeline=pythn", "did you mean"),
        ("Pipeline", "write PART=CANDIDATE"),
    ] {
        let run = langfit(folder.path(), &["decide", "s.ron", "--part", part]);
        assert_eq!(run.code, Some(2), "{part}");
        assert!(run.err.contains(says), "{part}: {}", run.err);
        assert_eq!(read(&folder, "s.ron"), before, "{part}");
    }
    let run = langfit(folder.path(), &["decide", "s.ron", "--part", "Pipeline=python"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "Pipeline: decided Python, as advised\n"));
}

/// The record is proposed until every part is decided, says where people went another way, and why.
#[test]
fn a_decision_is_in_the_record_and_can_be_withdrawn() {
    let folder = decided_nothing();
    let say = |part: &str| {
        let run = langfit(
            folder.path(),
            &["decide", "s.ron", "--part", part, "--because", "The *platform* team runs it."],
        );
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        run.out
    };
    let export = || langfit(folder.path(), &["export", "s.ron"]).out;
    assert!(say("API=go").starts_with("API: decided Go; the advice was "));
    assert!(export().contains("\nstatus: proposed\n"), "a part is still to be decided");
    say("Pipeline=python");
    let record = export();
    assert!(record.contains("\nstatus: accepted\n"));
    assert!(record.contains("\nDecided: Go for API on "), "{record}");
    assert!(record.contains("\n> The \\*platform\\* team runs it.\n"), "{record}");
    assert!(record.contains("\n* Go\n"), "what was decided is an option");
    let advice = langfit(folder.path(), &["advise", "s.ron", "--format", "json"]).out;
    let advice: serde_json::Value = serde_json::from_str(&advice).expect("it is JSON");
    assert_eq!(advice["decided"][0]["differs"], true);
    assert_eq!(advice["decided"][1]["advised"], serde_json::json!(["python"]));

    assert_eq!(say("API="), "API: decision withdrawn\n");
    assert!(export().contains("\nstatus: proposed\n"));
    assert_eq!(say("API="), "API: nothing was decided\n");
}

/// A decision follows its part when that is renamed, and stays with a session that is saved again.
#[test]
fn a_decision_survives_and_follows_a_new_name() {
    let folder = decided_nothing();
    langfit(folder.path(), &["decide", "s.ron", "--part", "Pipeline=python"]);
    let shipped = shipped();
    let path = folder.path().join("s.ron");
    let mut session = langfit::session::Session::load(&path, &shipped).expect("it can be read");
    assert_eq!(session.decided.len(), 1);
    let at = session.answers.parts.iter().position(|part| part.name == "Pipeline").expect("it is there");
    session.rename_part(at, "Nightly = load");
    let text = session.to_ron(&shipped).expect("it can be written");
    write(&folder, "s.ron", &text);
    let again = langfit::session::Session::load(&path, &shipped).expect("it can be read");
    assert_eq!(again, session);
    assert_eq!(again.decided[0].part.as_deref(), Some("Nightly = load"));
    let run = langfit(folder.path(), &["decide", "s.ron", "--part", "Nightly = load=python"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

/// Hand-made decisions that contradict each other are refused where they stand.
#[test]
fn a_part_is_decided_once() {
    let folder = decided_nothing();
    langfit(folder.path(), &["decide", "s.ron", "--part", "Pipeline=python"]);
    let text = read(&folder, "s.ron");
    let (before, decided) = text.split_once("decided: [\n").expect("it is kept");
    let decision = decided.strip_suffix("    ],\n)\n").expect("it is the last thing in the file");
    write(&folder, "s.ron", &format!("{before}decided: [\n{decision}{decided}"));
    let run = langfit(folder.path(), &["advise", "s.ron"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("the decision for the part `Pipeline` is given twice"), "{}", run.err);
}

/// Answers given beside a decision are kept only if that is asked for.
#[test]
fn answers_given_beside_a_decision_need_save() {
    let folder = decided_nothing();
    let before = read(&folder, "s.ron");
    let decide = ["decide", "s.ron", "--part", "Pipeline=python", "--set", "types=docs"];
    let run = langfit(folder.path(), &decide);
    assert_eq!((run.code, read(&folder, "s.ron") == before), (Some(2), true), "{}", run.err);
    assert!(run.err.contains("add --save"), "{}", run.err);
    let run = langfit(folder.path(), &[&decide[..], &["--save"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(read(&folder, "s.ron").contains("answer: Chosen([\"docs\"])"));
}
