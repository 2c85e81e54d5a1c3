//! Tests decisions: they are stored in the session and shown beside the advice. The advice itself is out of
//! scope.

use crate::cli::{folder, langfit, read, write};
use crate::support::{sample, session};

/// Returns a folder with a session of two parts that have the same advice and no decision.
fn decided_nothing() -> tempfile::TempDir {
    let folder = folder();
    let sample = sample();
    let session = session(&sample, &["parts=api,pipeline", "draw=packages", "ecosystem=data-ml"]);
    write(&folder, "s.ron", &session.to_ron(&sample).expect("it can be written"));
    folder
}

/// A decision that follows the advice needs no reason. Any other decision needs one. A rejected command
/// changes nothing.
#[test]
fn a_reason_is_asked_for_where_the_advice_is_not_followed() {
    let folder = decided_nothing();
    let before = read(&folder, "s.ron");
    for (part, says) in [
        ("Pipeline=shell", "give the reason with --because"),
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
    assert_eq!((run.code, run.out.as_str()), (Some(0), "Pipeline: decided Python, as recommended\n"));
}

/// The record is proposed until every part is decided. It says where a decision departs from the advice,
/// and why.
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
    assert!(say("API=go").starts_with("API: decided Go; recommended was "));
    assert!(export().contains("\nstatus: proposed\n"), "a part is still to be decided");
    let early = langfit(folder.path(), &["export", "s.ron", "--accepted", "2026-12-08"]);
    assert!(early.out.contains("\nstatus: proposed\n"));
    let why = "instead of “accepted on 2026-12-08”, because Pipeline is not decided.\n";
    assert!(early.err.ends_with(why), "{}", early.err);
    say("Pipeline=python");
    assert!(export().contains("\nstatus: proposed\n"), "the deciders have not accepted it yet");
    let accept = ["export", "s.ron", "--accepted", "2026-12-08", "--save"];
    let record = langfit(folder.path(), &accept).out;
    assert_eq!(record, export(), "the day is saved");
    assert!(record.contains("\nstatus: accepted\n"));
    assert!(record.contains(" Accepted on 2026-12-08.\n"), "{record}");
    assert!(record.contains("\nWe will use Go for the API, and Python for the Pipeline. "), "{record}");
    assert!(record.contains(" questionnaire recommends Python for the API, "), "{record}");
    assert!(record.contains("\n> The \\*platform\\* team runs it.\n"), "{record}");
    assert!(record.contains("\n* Go\n"), "what was decided is an option");
    let advice = langfit(folder.path(), &["advise", "s.ron", "--format", "json"]).out;
    let advice: serde_json::Value = serde_json::from_str(&advice).expect("it is JSON");
    assert_eq!(advice["decided"][0]["differs"], true);
    assert_eq!(advice["decided"][1]["advised"], serde_json::json!(["python"]));

    assert_eq!(say("API="), "API: decision withdrawn\n");
    assert!(export().contains("\nstatus: proposed\n"));
    assert_eq!(say("API="), "API: there was no decision\n");
}

/// A decision follows its part when the part is renamed, and survives saving and loading.
#[test]
fn a_decision_survives_and_follows_a_new_name() {
    let folder = decided_nothing();
    langfit(folder.path(), &["decide", "s.ron", "--part", "Pipeline=python"]);
    let sample = sample();
    let path = folder.path().join("s.ron");
    let mut session = langfit::session::Session::load(&path, &sample).expect("it can be read");
    assert_eq!(session.decided.len(), 1);
    let part = session.answers.find_part("Pipeline").expect("it is there");
    session.rename_part(part, "Nightly = load");
    let text = session.to_ron(&sample).expect("it can be written");
    write(&folder, "s.ron", &text);
    let again = langfit::session::Session::load(&path, &sample).expect("it can be read");
    assert_eq!(again, session);
    assert_eq!(again.decided[0].part.as_deref(), Some("Nightly = load"));
    let run = langfit(folder.path(), &["decide", "s.ron", "--part", "Nightly = load=python"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

/// A second decision for the same part in a hand-edited file is rejected.
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

/// Answers on the command line of `decide` are refused without `--save`.
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

/// Returns a folder with a session that has parts of these kinds and names.
fn parts_called(parts: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder();
    let sample = sample();
    let kinds: Vec<&str> = parts.iter().map(|(kind, _)| *kind).collect();
    let mut session = session(&sample, &[&format!("parts={}", kinds.join(",")), "draw=packages"]);
    for (part, (_, name)) in session.answers.part_ids().zip(parts) {
        session.rename_part(part, name);
    }
    write(&folder, "s.ron", &session.to_ron(&sample).expect("it can be written"));
    folder
}

/// Decides for a part with a reason. Returns standard output, or standard error if the command fails.
fn decide(folder: &tempfile::TempDir, part: &str) -> String {
    let run = langfit(folder.path(), &["decide", "s.ron", "--part", part, "--because", "b"]);
    if run.code == Some(0) { run.out } else { run.err }
}

#[test]
fn a_part_is_named_by_its_kind_or_in_another_case() {
    let folder = parts_called(&[("api", "Order Desk"), ("pipeline", "Café")]);
    for part in ["Order Desk", "order desk", "api"] {
        let said = decide(&folder, &format!("{part}=go"));
        assert!(said.starts_with("Order Desk: decided Go"), "{part}: {said}");
    }
    assert!(decide(&folder, "CAFÉ=go").starts_with("Café: decided Go"));
    assert_eq!(
        decide(&folder, "ui=go"),
        "--part ui=go: no part has this name; valid here: Order Desk, Café\n"
    );
    let folder = parts_called(&[("api", "One"), ("api", "Two"), ("pipeline", "same"), ("ui", "Same")]);
    assert_eq!(
        decide(&folder, "api=go"),
        "--part api=go: there are 2 parts of this kind; name one of One, Two\n"
    );
    assert!(decide(&folder, "SAME=go").contains("no part has this name"));
    for name in ["same", "Same"] {
        assert!(decide(&folder, &format!("{name}=go")).starts_with(&format!("{name}: decided Go")));
    }
}

#[test]
fn the_system_as_a_whole_is_decided_where_no_part_is_picked() {
    let folder = folder();
    let sample = sample();
    write(&folder, "s.ron", &session(&sample, &["draw=both"]).to_ron(&sample).expect("it can be written"));
    assert!(decide(&folder, "The Whole System=go").starts_with("the whole system: decided Go"));
    assert_eq!(
        decide(&folder, "API=go"),
        "--part API=go: no parts are picked; write \"the whole system=CANDIDATE\"\n"
    );
}

#[test]
fn a_candidate_is_named_as_the_screen_shows_it() {
    let folder = parts_called(&[("api", "API")]);
    for (candidate, name) in [
        ("go", "Go"),
        ("Go", "Go"),
        ("GO", "Go"),
        ("C#/.NET", "C#/.NET"),
        ("c#/.net", "C#/.NET"),
        ("CSharp", "C#/.NET"),
        (" python ", "Python"),
    ] {
        let said = decide(&folder, &format!("API={candidate}"));
        assert!(said.starts_with(&format!("API: decided {name}")), "{candidate}: {said}");
    }
    assert_eq!(
        decide(&folder, "API=pythn"),
        "--part API=pythn: no language has this id or name; did you mean `python`? To record the text as it is, write \
         API=other:pythn\n"
    );
}

/// Free text is a decision too. It requires a reason, and the output says that it was not compared.
#[test]
fn something_else_can_be_decided() {
    let folder = decided_nothing();
    let before = read(&folder, "s.ron");
    let run = langfit(folder.path(), &["decide", "s.ron", "--part", "API=Scala"]);
    assert_eq!((run.code, read(&folder, "s.ron") == before), (Some(2), true), "{}", run.err);
    assert!(run.err.contains("Scala is not among the languages compared"), "{}", run.err);
    assert!(run.err.contains("give the reason with --because"), "{}", run.err);
    let said = decide(&folder, "API= Scala 3 ");
    assert!(
        said.starts_with("API: decided Scala 3 (not among the languages compared); recommended was "),
        "{said}"
    );
    let text = read(&folder, "s.ron");
    assert!(text.contains("other: \"Scala 3\",") && !text.contains("candidate:"), "{text}");
    assert!(decide(&folder, "API=go").starts_with("API: decided Go; "));
    assert!(!read(&folder, "s.ron").contains("other:"), "it takes the place of the earlier decision");
    assert_eq!(decide(&folder, "API=other: "), "--part API=other: : write the decision after other:\n");
}

/// A typing error does not become a free-text decision. The prefix `other:` makes the intent explicit.
#[test]
fn a_typo_does_not_become_a_free_text_decision() {
    let folder = decided_nothing();
    let before = read(&folder, "s.ron");
    for (typed, meant) in [
        ("pyhton", "python"),
        ("Javascrpt", "javascript"),
        ("Go 1.26", "go"),
        ("Ruby on Rails", "ruby"),
        ("rails", "ruby"),
        ("Python plus Scala", "python"),
    ] {
        let said = decide(&folder, &format!("API={typed}"));
        assert!(said.contains(&format!("did you mean `{meant}`?")), "{typed}: {said}");
        assert_eq!(read(&folder, "s.ron"), before, "{typed}");
    }
    for other in ["Scala", "F#", "Haskell", "Vala", "Zig", "OCaml", "Objective-C", "PureScript", "buy it"] {
        assert!(decide(&folder, &format!("API={other}")).starts_with(&format!("API: decided {other} (not ")));
    }
    let said = decide(&folder, "API=other:pyhton");
    assert!(said.starts_with("API: decided pyhton (not among the languages compared)"), "{said}");
    for known in ["API=C#", "API=other:c#/.net"] {
        assert!(decide(&folder, known).starts_with("API: decided C#/.NET; "), "{known}");
    }
}

/// Every report of decisions includes free-text decisions, and the record is accepted with them.
#[test]
fn a_free_text_decision_appears_wherever_decisions_do() {
    let folder = decided_nothing();
    decide(&folder, "API=Scala");
    decide(&folder, "Pipeline=python");
    let run = |arguments: &[&str]| langfit(folder.path(), arguments).out;
    let advice = run(&["advise", "s.ron"]);
    assert!(advice.contains("Decided: Scala (not among the languages compared) for API on "), "{advice}");
    let advice: serde_json::Value =
        serde_json::from_str(&run(&["advise", "s.ron", "--format", "json"])).expect("it is JSON");
    let decided = &advice["decided"][0];
    assert_eq!((&decided["other"], &decided["differs"]), (&"Scala".into(), &true.into()));
    assert!(decided.get("candidate").is_none(), "{decided}");
    let record = run(&["export", "s.ron", "--accepted", "2026-12-08", "--save"]);
    for says in [
        "\nstatus: accepted\n",
        "\n* Scala\n",
        "\nWe will use Scala for the API, and Python for the Pipeline. Accepted on 2026-12-08.\n",
        "questionnaire recommends Python for the API, but has no data on Scala.",
        "Chosen option: \"Scala and Python\", because the team's reason (quoted above) weighs more",
        "Neutral, because the questionnaire has no reasons for or against Scala.",
        "| API | Scala | ",
        "\nPython for the Pipeline: ",
    ] {
        assert!(record.contains(says), "it does not say {says}\n{record}");
    }
    let nygard = run(&["export", "s.ron", "--format", "nygard"]);
    assert!(nygard.contains("We will use Scala for the API, and Python for the Pipeline."), "{nygard}");
}

/// The advice cannot contradict a free-text decision, but a change of the advice is reported.
#[test]
fn a_free_text_decision_is_never_contradicted() {
    let folder = decided_nothing();
    decide(&folder, "API=Scala");
    decide(&folder, "Pipeline=python");
    let recheck = |today: &str| langfit(folder.path(), &["recheck", "s.ron", "--today", today]);
    let run = recheck("2026-01-01");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("= API: decided Scala (not among the languages compared) on "), "{}", run.out);
    assert!(run.out.contains("; against the recommendation, which has not changed"), "{}", run.out);
    let text = read(&folder, "s.ron");
    let (before, api) = text.split_once("other: \"Scala\",").expect("it is there");
    let (line, after) = api.trim_start().split_once('\n').expect("more follows");
    assert!(line.starts_with("advised: "), "{line}");
    write(&folder, "s.ron", &format!("{before}other: \"Scala\", advised: [\"php\"],\n{after}"));
    let run = recheck("2026-01-01");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("; the recommendation is now "), "{}", run.out);
    assert_eq!(recheck("2099-01-01").code, Some(1), "it is due by its date");
}

/// An exact match of the name wins over a name that only looks the same.
#[test]
fn the_exact_name_comes_first() {
    let folder = parts_called(&[("api", "API"), ("api", "API\u{200c}")]);
    assert!(decide(&folder, "API\u{200c}=go").starts_with("API\\u{200c}: decided Go"));
    assert!(decide(&folder, "API=go").starts_with("API: decided Go"));
}

#[test]
fn a_part_that_stays_is_not_decided() {
    let folder = parts_called(&[("api", "API"), ("pipeline", "Pipeline")]);
    let text = read(&folder, "s.ron")
        .replace("name: \"API\",", "name: \"API\",\n            plan: StaysIn(\"go\"),");
    write(&folder, "s.ron", &text);
    assert_eq!(
        decide(&folder, "API=go"),
        "--part API=go: API stays as it is; there is nothing to decide for it\n"
    );
}
