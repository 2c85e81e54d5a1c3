//! Tests the session file: it round-trips, unknown content is kept, and saving is atomic. The effect of
//! answers is out of scope.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use langfit::answers::{Answer, Emphasis, Plan, Subject};
use langfit::built_in::QUESTIONS;
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, Kind, OptionId, OptionSet, Questionnaire};
use langfit::session::{self, Session};
use langfit::source::Source;
use langfit::wording::advice_text;
use proptest::prelude::*;

use super::cli::{folder, langfit, read, write};
use super::support::{nth_part, of_part, parse, sample};

/// A small questionnaire with every kind of question.
const SMALL: &str = r#"(
  format: 2, id: "small", version: "1", title: "Small", subject: "a",
  sources: [(id: "s", title: "S")],
  candidates: [(id: "a", name: "A"), (id: "b", name: "B")],
  questions: [
    (id: "one", title: "One", ask: "?", why: "w", kind: One, each_part: true, options: [(id: "x", text: "X"), (id: "y", text: "Y")]),
    (id: "many", title: "Many", ask: "?", why: "w", kind: Many, options: [(id: "u", text: "U"), (id: "v", text: "V"), (id: "none", text: "None", alone: true)]),
    (id: "parts", title: "Parts", ask: "?", why: "w", kind: Parts, options: [(id: "api", text: "API"), (id: "ui", text: "UI")]),
    (id: "host", title: "Host", ask: "?", why: "w", kind: Candidates(many: false)),
    (id: "text", title: "Text", ask: "?", why: "w", kind: Text),
  ],
)"#;

/// The first fields of a session of the small questionnaire.
const HEAD: &str = r#"format: 1, questionnaire: (id: "small", version: "1", digest: "0"),"#;

fn small() -> Questionnaire {
    parse(SMALL)
}

fn load(questionnaire: &Questionnaire, text: &str) -> Result<Session, String> {
    Session::parse(&Source::new("mine.ron", text), questionnaire).map_err(|rejected| rejected.to_string())
}

/// Checks that a session survives saving and reading, and that saving it again gives the same bytes.
#[track_caller]
fn check(questionnaire: &Questionnaire, session: &Session) -> String {
    let text = session.to_ron(questionnaire).expect("every session can be written");
    let again = load(questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(&again, session, "{text}");
    assert_eq!(again.to_ron(questionnaire).expect("it was written before"), text);
    text
}

/// Returns the content of a session text, without layout and without entries of open questions.
fn essence(text: &str) -> String {
    let mut text = text.replace([' ', '\n'], "").replace(",]", "]").replace(",)", ")");
    for id in ["one", "many", "parts", "host", "text"] {
        let open = format!("(question:{id:?})");
        text = text.replace(&format!("{open},"), "").replace(&format!(",{open}"), "").replace(&open, "");
    }
    text.replace(",answers:[]", "")
}

/// Checks that these fields of a session survive reading and saving, and which of them become orphans.
#[track_caller]
fn check_kept(fields: &str, orphans: &[&str]) -> Session {
    let questionnaire = small();
    let session =
        load(&questionnaire, &format!("({HEAD} {fields})")).unwrap_or_else(|error| panic!("{error}"));
    let whats: Vec<&str> = session.orphans.iter().map(|orphan| orphan.what.as_str()).collect();
    assert_eq!(whats, orphans);
    let saved = session.to_ron(&questionnaire).expect("it can be written");
    assert!(essence(&saved).contains(&essence(fields)), "{fields} is not kept in:\n{saved}");
    let again = load(&questionnaire, &saved).unwrap_or_else(|error| panic!("{error}\n{saved}"));
    assert_eq!(again.to_ron(&questionnaire).expect("it can be written"), saved);
    session
}

/// Checks that a session with these fields is rejected, and the first line of the message.
#[track_caller]
fn check_refused(fields: &str, message: &str) {
    let text = format!("({HEAD}\n{fields}\n)");
    let error = load(&small(), &text).expect_err("this is not a session");
    assert_eq!(error.lines().next(), Some(message), "{error}");
}

#[test]
fn everything_a_session_holds_survives() {
    let questionnaire = sample();
    let find = |id: &str| questionnaire.find(id).expect("the sample questionnaire has it");
    let mut session = Session::new(&questionnaire);
    session.details.title = "Shop: \"which\" \\ language?".to_owned();
    session.details.system = "Shop".to_owned();
    session.details.deciders = vec!["Ann".to_owned(), "Bob, the \"B\"".to_owned()];
    session.details.consulted = vec!["Cy".to_owned()];
    session.details.informed = vec!["Di".to_owned(), String::new()];
    for assignment in ["draw=packages", "ecosystem=data-ml,jvm", "arrival=batch", "types=?", "lifetime=-"] {
        session.assign(&questionnaire, assignment).expect("it fits");
    }
    session.assign(&questionnaire, "parts=api,api,ui,pipeline").expect("it fits");
    session.assign(&questionnaire, "own-owner=We\ndo, \"mostly\"").expect("it fits");
    session.answers.given_mut(find("draw")).note = "a note".to_owned();
    session.answers.given_mut(find("control")).note = "a note without an answer".to_owned();
    session.answers.given_mut(find("types")).emphasis = Emphasis::Ignored;
    session.answers.given_mut(find("writers")).emphasis = Emphasis::Double;
    session.answers.set(find("arrival"), of_part(&session.answers, 0), Answer::NotSure);
    // An open override for one part also counts as a difference.
    session.answers.set(find("arrival"), of_part(&session.answers, 1), Answer::Open);
    session.answers.set(
        find("parallelism"),
        of_part(&session.answers, 2),
        Answer::Chosen(OptionSet::only(OptionId::from_index(1))),
    );
    session.answers.set_plan(nth_part(&session.answers, 1), Plan::StaysIn(CandidateId::from_index(3)));
    session.answers.set_plan(nth_part(&session.answers, 2), Plan::StaysOther("COBOL, \"old\"".to_owned()));
    session.stamp("2026-11-21".parse().expect("a date"));
    let text = check(&questionnaire, &session);
    assert!(text.contains("date: \"2026-11-21\"") && text.contains("review_by: \"2027-11-21\""), "{text}");
}

#[test]
fn a_session_without_answers_survives() {
    for questionnaire in [Arc::new(small()), sample()] {
        check(&questionnaire, &Session::new(&questionnaire));
    }
}

#[test]
fn notes_may_hold_any_visible_character() {
    let questionnaire = small();
    for note in [
        " space around ",
        "line\nline\n\n\tindented\n",
        "\"quotes\" 'single' \\ backslash \\n \\u{41} r#\"raw\"#",
        "( ) [ ] { } // comment /* comment */ #![enable(unwrap_newtypes)]",
        "Grüße, 日本語, עברית, 👩‍👩‍👧, e\u{301}",
        "---\nformat: 1\n<<<<<<< HEAD\n>>>>>>> x",
    ] {
        let mut session = Session::new(&questionnaire);
        session.answers.given_mut(questionnaire.find("one").expect("it is there")).note = note.to_owned();
        session.assign(&questionnaire, &format!("text={note}")).expect("it fits");
        session.at = None;
        check(&questionnaire, &session);
    }
}

#[test]
fn hidden_characters_become_visible_once() {
    let fields = r#"answers: [(question: "one", note: "a\u{1b}[31m\u{202e}b\u{200b}"), (question: "text", answer: Text("\u{7}"))]"#;
    let questionnaire = small();
    let session = load(&questionnaire, &format!("({HEAD} {fields})")).expect("it is a session");
    let one = questionnaire.find("one").expect("it is there");
    assert_eq!(session.answers.given(one).note, "a␛[31m\\u{202e}b\\u{200b}");
    check(&questionnaire, &Session { saved_under: None, ..session });
}

#[test]
fn the_file_is_made_for_diff_and_merge() {
    let questionnaire = small();
    let mut session = Session::new(&questionnaire);
    session.details.title = "Small".to_owned();
    for assignment in ["text=words", "many=v,u", "parts=ui,api", "one=x"] {
        session.assign(&questionnaire, assignment).expect("it fits");
    }
    session.answers.set(
        questionnaire.find("one").expect("it is there"),
        of_part(&session.answers, 0),
        Answer::NotSure,
    );
    let text = check(&questionnaire, &session);
    assert_eq!(
        text.replace(questionnaire.digest(), "DIGEST"),
        r#"(
    format: 1,
    questionnaire: (
        id: "small",
        version: "1",
        digest: "DIGEST",
    ),

    title: "Small",

    system: "",

    deciders: [
    ],

    consulted: [
    ],

    informed: [
    ],

    date: None,

    accepted: None,

    review_by: None,

    answers: [
        (question: "one",
            answer: Chosen(["x"]),
        ),
        (question: "many",
            answer: Chosen(["u", "v"]),
        ),
        (question: "parts",
        ),
        (question: "host",
        ),
        (question: "text",
            answer: Text("words"),
        ),
    ],
    parts: [
        (kind: "api", name: "API",
            answers: [
                (question: "one",
                    answer: NotSure,
                ),
            ],
        ),
        (kind: "ui", name: "UI",
            answers: [
                (question: "one",
                ),
            ],
        ),
    ],
    decided: [
        (part: "API",
        ),
        (part: "UI",
        ),
    ],
)
"#
    );
    // The order in which answers were given does not affect the file.
    let mut other = Session::new(&questionnaire);
    other.details.title = "Small".to_owned();
    for assignment in ["many=u", "one=y", "parts=ui,api", "many=u,v", "text=words", "one=x"] {
        other.assign(&questionnaire, assignment).expect("it fits");
    }
    other.answers.set(
        questionnaire.find("one").expect("it is there"),
        of_part(&other.answers, 0),
        Answer::NotSure,
    );
    assert_eq!(other.to_ron(&questionnaire).expect("it can be written"), text);
}

#[test]
fn one_answer_changes_one_line() {
    let questionnaire = sample();
    let mut session = Session::new(&questionnaire);
    for assignment in ["draw=packages", "arrival=batch", "types=docs"] {
        session.assign(&questionnaire, assignment).expect("it fits");
    }
    let before = session.to_ron(&questionnaire).expect("it can be written");
    session.assign(&questionnaire, "types=static").expect("it fits");
    let after = session.to_ron(&questionnaire).expect("it can be written");
    assert_eq!(before.lines().count(), after.lines().count());
    let changed: Vec<(&str, &str)> =
        before.lines().zip(after.lines()).filter(|(before, after)| before != after).collect();
    let line = |option: &str| format!("            answer: Chosen([\"{option}\"]),");
    assert_eq!(changed, [(line("docs").as_str(), line("static").as_str())]);
}

#[test]
fn unknown_entries_are_kept_and_listed() {
    check_kept(
        r#"answers: [(question: "gone", answer: Chosen(["x", "y"]), note: "n", emphasis: Double)]"#,
        &["gone"],
    );
    check_kept(r#"answers: [(question: "gone", answer: Text("some\n\"words\""))]"#, &["gone"]);
    check_kept(r#"answers: [(question: "one", answer: Chosen(["x", "gone"]))]"#, &["One: gone"]);
    check_kept(
        r#"answers: [(question: "many", answer: Chosen(["old", "gone"]), note: "n")]"#,
        &["Many: old, gone"],
    );
    check_kept(
        r#"parts: [(kind: "gone", name: "P", plan: StaysIn("a"), answers: [(question: "one", answer: NotSure)])]"#,
        &["part P of kind gone"],
    );
    check_kept(r#"parts: [(kind: "api", name: "P", plan: StaysIn("cobol"))]"#, &["P stays in cobol"]);
    check_kept(
        r#"parts: [(kind: "api", name: "P", answers: [(question: "gone", answer: NotSure)])]"#,
        &["gone for P"],
    );
    check_kept(
        r#"parts: [(kind: "api", name: "P", answers: [(question: "many", answer: Chosen(["u"]))])]"#,
        &["many for P"],
    );
    check_kept(
        r#"parts: [(kind: "api", name: "P", answers: [(question: "one", answer: Chosen(["gone"]))])]"#,
        &["One: gone"],
    );
}

#[test]
fn an_answer_the_question_does_not_take_is_kept_until_it_is_answered() {
    for (fields, orphan) in [
        (r#"answers: [(question: "one", answer: Chosen(["x", "y"]), note: "n")]"#, "One: x, y"),
        (r#"answers: [(question: "one", answer: Text("words"))]"#, "One: words"),
        (r#"answers: [(question: "many", answer: Chosen(["u", "none"]))]"#, "Many: u, none"),
        (r#"answers: [(question: "text", answer: Chosen(["u"]))]"#, "Text: u"),
        (r#"answers: [(question: "parts", answer: Chosen(["api"]))]"#, "Parts: api"),
    ] {
        let session = check_kept(fields, &[orphan]);
        assert!(advice_text(&small(), &session).contains("\n0 of "), "it does not count: {fields}");
    }
    let questionnaire = small();
    let mut session =
        check_kept(r#"answers: [(question: "one", answer: Chosen(["x", "y"]), note: "n")]"#, &["One: x, y"]);
    session.assign(&questionnaire, "one=y").expect("it fits");
    let text = session.to_ron(&questionnaire).expect("it can be written");
    assert!(essence(&text).contains(r#"(question:"one",answer:Chosen(["y"]),note:"n")"#), "{text}");
    let again = load(&questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(again.orphans, []);

    let part =
        r#"parts: [(kind: "api", name: "P", answers: [(question: "one", answer: Chosen(["x", "y"]))])]"#;
    let mut session = check_kept(part, &["One: x, y"]);
    session.answers.set(
        questionnaire.find("one").expect("it is there"),
        of_part(&session.answers, 0),
        Answer::NotSure,
    );
    let text = session.to_ron(&questionnaire).expect("it can be written");
    assert_eq!(load(&questionnaire, &text).map(|again| again.orphans), Ok(Vec::new()), "{text}");
}

#[test]
fn a_new_part_may_have_the_name_of_a_lost_one() {
    let questionnaire = small();
    let mut session = check_kept(r#"parts: [(kind: "gone", name: "API")]"#, &["part API of kind gone"]);
    session.assign(&questionnaire, "parts=api").expect("it fits");
    let text = session.to_ron(&questionnaire).expect("it can be written");
    let again = load(&questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!((again.answers.parts().len(), again.orphans.len()), (1, 1));
}

#[test]
fn what_is_kept_for_a_part_follows_its_name() {
    let questionnaire = small();
    let fields = r#"parts: [(kind: "api", name: "P", plan: StaysIn("cobol"), answers: [(question: "one", answer: Chosen(["gone"])), (question: "gone", answer: NotSure)])]"#;
    let mut session = check_kept(fields, &["P stays in cobol", "One: gone", "gone for P"]);
    session.rename_part(nth_part(&session.answers, 0), "Q");
    let text = session.to_ron(&questionnaire).expect("it can be written");
    let line = fields.trim_start_matches("parts: [").trim_end_matches(']').replace("\"P\"", "\"Q\"");
    assert!(essence(&text).contains(&essence(&line)), "{text}");
}

#[test]
fn a_part_may_take_the_name_of_a_decided_one_that_is_gone() {
    let questionnaire = small();
    let decided =
        r#"(part: "Q", candidate: "a", advised: ["a"], date: "2026-01-02", version: "1", digest: "0")"#;
    let about = r#"format: 1, questionnaire: (id: "small", version: "1", digest: "0"),"#;
    let parts = r#"parts: [(kind: "api", name: "P")]"#;
    let text = format!("({about} {parts}, decided: [{decided}, {}])", decided.replace("\"Q\"", "\"P\""));
    let mut session = load(&questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    session.rename_part(nth_part(&session.answers, 0), "Q");
    let text = session.to_ron(&questionnaire).expect("it can be written");
    let again = load(&questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(again.decided.iter().map(|it| it.part.as_deref()).collect::<Vec<_>>(), [Some("Q")]);
}

/// The file has an entry for every part, so that deciding one part does not touch the lines of another. An
/// entry without a choice is not a decision.
#[test]
fn a_part_without_a_candidate_is_not_decided() {
    let questionnaire = small();
    let text =
        format!(r#"({HEAD} parts: [(kind: "api", name: "P")], decided: [(part: "P"), (part: "gone"), ()])"#);
    let session = load(&questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(session.decided, []);
}

/// Hidden characters in the decision are escaped, as in every text.
#[test]
fn a_decision_for_something_else_survives() {
    let questionnaire = small();
    let decided = r#"advised: ["a"], because: "w", date: "2026-01-02", version: "1", digest: "0""#;
    let text = format!(r#"({HEAD} decided: [(other: "Sca\u{{202e}}la\nx", {decided})])"#);
    let session = load(&questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let text = session.to_ron(&questionnaire).expect("it can be written");
    assert!(text.contains(r#"other: "Sca\\u{202e}la x","#), "{text}");
    assert_eq!(load(&questionnaire, &text).expect("it can be read").decided, session.decided);
}

#[test]
fn parts_of_one_long_name_can_be_saved() {
    let questionnaire = small();
    let mut session = Session::new(&questionnaire);
    session.assign(&questionnaire, "parts=api,api,api").expect("it fits");
    for part in session.answers.part_ids() {
        let name = session.answers.free_name(&"é".repeat(200));
        session.rename_part(part, &name);
    }
    let text = session.to_ron(&questionnaire).expect("it can be written");
    let again = load(&questionnaire, &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(again.answers, session.answers);
}

#[test]
fn advice_lists_what_is_kept() {
    let folder = folder();
    let about = r#"format: 1, questionnaire: (id: "language-fit", version: "0", digest: "0"),"#;
    write(&folder, "mine.ron", &format!(r#"({about} answers: [(question: "gone", answer: NotSure)])"#));
    let run = langfit(folder.path(), &["advise", "mine.ron"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("No longer in the questionnaire (kept, not counted): gone.\n"), "{}", run.out);
    let run = langfit(folder.path(), &["advise", "mine.ron", "--save", "--set", "draw=both"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let saved = read(&folder, "mine.ron");
    assert!(essence(&saved).contains(r#"(question:"gone",answer:NotSure)"#), "{saved}");
}

#[test]
fn another_digest_is_accepted_and_remembered_until_the_next_save() {
    let questionnaire = small();
    let text = format!(r#"({HEAD} answers: [(question: "one", answer: Chosen(["x"]))])"#);
    let session = load(&questionnaire, &text).expect("it is a session");
    assert_eq!(session.saved_under.as_deref(), Some("1"));
    assert_eq!(session.answers.progress(&questionnaire).answered, 1);
    let text = session.to_ron(&questionnaire).expect("it can be written");
    assert!(text.contains(questionnaire.digest()));
    assert_eq!(load(&questionnaire, &text).expect("it is a session").saved_under, None);
}

#[test]
fn the_session_of_another_questionnaire_is_refused_by_both_names() {
    let text = r#"(format: 1, questionnaire: (id: "databases", version: "1", digest: "0"), answers: [(question: "one", answer: NotSure)])"#;
    let error = load(&small(), text).expect_err("it is of another questionnaire");
    assert_eq!(
        error.lines().next(),
        Some(
            "mine.ron:1:34: this session belongs to the questionnaire `databases`; the one in use is `small` (\"Small\"); name the right one with --questions"
        )
    );
}

#[test]
fn only_known_formats_are_read_and_no_other_file_is_touched() {
    let folder = folder();
    let hint = "this one reads format 1; use a newer langfit";
    for format in [2, 7] {
        let about = r#"questionnaire: (id: "language-fit", version: "1", digest: "0")"#;
        // A newer format may have fields that this version does not know.
        let text = format!("(\n  format: {format},\n  {about},\n  mood: Cheerful(3),\n)\n");
        write(&folder, "mine.ron", &text);
        for arguments in
            [&["advise", "mine.ron", "--save", "--set", "draw=both"][..], &["export", "mine.ron"]]
        {
            let run = langfit(folder.path(), arguments);
            assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
            let line = format!("mine.ron:2:3: format {format} is unknown; {hint}");
            assert_eq!(run.err.lines().next(), Some(line.as_str()));
        }
        assert_eq!(read(&folder, "mine.ron"), text);
    }
}

#[test]
fn a_slip_is_shown_where_it_was_made() {
    check_refused(
        "answers: [\n(question: \"one\"),\n(question: \"many\"),\n(question: \"one\", answer: NotSure),\n]",
        "mine.ron:5:13: the answer `one` is given twice; it is already in line 3, remove one",
    );
    check_refused(
        "parts: [\n(kind: \"api\", name: \"P\"),\n(kind: \"ui\", name: \"P\"),\n]",
        "mine.ron:4:21: the part name `P` is given twice; it is already in line 3, remove one",
    );
    check_refused(
        "parts: [\n(kind: \"api\", name: \"P\", answers: [(question: \"one\"), (question: \"one\")]),\n]",
        "mine.ron:3:67: the answer `one` is given twice; it is already in line 3, remove one",
    );
    check_refused(
        "parts: [(kind: \"api\", name: \"P\", answers: [(question: \"one\", note: \"n\")])]",
        "mine.ron:2:56: a note or an emphasis applies to all parts, not to one; move it to the answer for all parts",
    );
    check_refused("parts: [(kind: \"api\", name: \" \")]", "mine.ron:2:30: a part has no name; name it");
    check_refused("titel: \"T\"", "mine.ron:2:1: unknown field `titel` of a session; did you mean `title`?");
    check_refused(
        "answers: [(question: \"one\", anwser: NotSure)]",
        "mine.ron:2:29: unknown field `anwser` of an answer; did you mean `answer`?",
    );
    check_refused(
        "answers: [(question: \"one\", answer: Notsure)]",
        "mine.ron:2:37: unknown name `Notsure`; did you mean `NotSure`?",
    );
    check_refused(
        "answers: [(question: \"one\", emphasis: Dubble)]",
        "mine.ron:2:39: unknown name `Dubble`; did you mean `Double`?",
    );
    check_refused("date: \"2026-02-30\"", "mine.ron:2:8: `2026-02-30` is not a date; write it as 2026-11-21");
    check_refused(
        r#"decided: [(part: "P", candidate: "a")]"#,
        "mine.ron:2:35: this decision has no date; add it as date: \"2026-11-21\"",
    );
    check_refused(
        r#"decided: [(other: "Scala")]"#,
        "mine.ron:2:20: this decision has no date; add it as date: \"2026-11-21\"",
    );
    check_refused(
        r#"decided: [(candidate: "a", other: "Scala", date: "2026-01-02")]"#,
        "mine.ron:2:36: this decision names a candidate and something else; remove one of them",
    );
    check_refused(
        r#"decided: [(other: " ", date: "2026-01-02")]"#,
        "mine.ron:2:20: this decision is empty; write the decision, or remove `other` and `date`",
    );
    check_refused("review_by: \"soon\"", "mine.ron:2:13: `soon` is not a date; write it as 2026-11-21");
    check_refused(
        "answers: [(answer: NotSure)]",
        "mine.ron:2:11: the field `question` is missing; add `question: …` to the structure that begins here",
    );
}

#[test]
fn texts_have_limits_that_count_what_is_seen() {
    let note = |text: &str| format!("answers: [\n(question: \"one\", note: \"{text}\")]");
    let questionnaire = small();
    let longest = format!("({HEAD} {})", note(&"é".repeat(4000)));
    assert!(load(&questionnaire, &longest).is_ok());
    check_refused(&note(&"é".repeat(4001)), "mine.ron:3:26: the text has 4001 characters; the limit is 4000");
    // With an escape the value differs from the text of the file, but the position is still found.
    let escaped = format!("{}\\n", "é".repeat(4000));
    check_refused(&note(&escaped), "mine.ron:3:25: the text has 4001 characters; the limit is 4000");
    // The escaped text would be too long to be read again.
    let hidden = format!("{}\\u{{200b}}", "é".repeat(4000));
    check_refused(&note(&hidden), "mine.ron:3:25: the text has 4008 characters; the limit is 4000");
    let title = format!("title: \"{}\"", "x".repeat(201));
    check_refused(&title, "mine.ron:2:9: the text has 201 characters; the limit is 200");
}

#[test]
fn a_file_made_by_hand_is_welcome() {
    let questionnaire = small();
    let text = "\u{feff}#![enable(implicit_some)]\n// Ours.\n(\n  /* so far */\n  questionnaire: (digest: \"0\", id: \"small\", version: \"1\"),\n  answers: [(answer: Chosen([\"x\"]), question: \"one\")], // sure\n  format: 1,\n)\n";
    let folder = folder();
    let with_crlf = text.replace('\n', "\r\n");
    for text in [text, with_crlf.as_str()] {
        write(&folder, "mine.ron", text);
        let session =
            Session::load(&folder.path().join("mine.ron"), &questionnaire).expect("it is a session");
        assert_eq!(session.answers.progress(&questionnaire).answered, 1);
    }
    // Explicit `Some` and type names are accepted.
    let text = format!("Session({HEAD} answers: [Answer(question: \"one\", answer: Some(NotSure))])");
    assert_eq!(load(&questionnaire, &text).expect("it is a session").orphans, []);
}

#[test]
fn line_ends_do_not_make_another_questionnaire() {
    let folder = folder();
    write(&folder, "unix.ron", QUESTIONS);
    write(&folder, "windows.ron", &QUESTIONS.replace('\n', "\r\n"));
    let digest = |name: &str| {
        let source = langfit::source::read(&folder.path().join(name)).expect("it can be read");
        Questionnaire::parse(&source).expect("it is a questionnaire").digest().to_owned()
    };
    assert_eq!(digest("unix.ron"), digest("windows.ron"));
}

#[test]
fn a_save_replaces_the_whole_file_and_leaves_nothing_beside_it() {
    let folder = folder();
    let path = folder.path().join("mine.ron");
    for text in ["first\n", "a second, longer one\n", ""] {
        session::save(&path, text).expect("it can be saved");
        assert_eq!(read(&folder, "mine.ron"), text);
        assert_eq!(names(folder.path()), ["mine.ron"]);
    }
    // The leftovers of a killed run do not get in the way.
    write(&folder, ".mine.ron.AbC123.new", "half a sess");
    session::save(&path, "third\n").expect("it can be saved");
    assert_eq!(read(&folder, "mine.ron"), "third\n");
    assert_eq!(names(folder.path()).len(), 2, "it may be somebody else's who is writing it");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry.expect("the folder can be listed").file_name().to_string_lossy().into_owned()
    };
    entries.map(name).collect()
}

#[test]
fn a_save_that_cannot_be_done_leaves_no_trace() {
    let folder = folder();
    let path = folder.path().join("mine.ron");
    write(&folder, "mine.ron", "old\n");
    let mut permissions = fs::metadata(&path).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("it is ours");
    let error = session::save(&path, "new\n").expect_err("it is read-only").to_string();
    assert!(error.ends_with("mine.ron is read-only"), "{error}");
    assert_eq!(read(&folder, "mine.ron"), "old\n");

    let sub = folder.path().join("sub");
    fs::create_dir(&sub).expect("it can be made");
    let error = session::save(&sub, "new\n").expect_err("it is a folder").to_string();
    assert!(error.ends_with("sub is not a regular file"), "{error}");
    let error = format!("{:#}", session::save(&sub.join("no/mine.ron"), "new\n").expect_err("no folder"));
    assert!(error.contains("mine.ron cannot be written: "), "{error}");
    assert_eq!(names(&sub), [""; 0]);
    let mut found = names(folder.path());
    found.sort();
    assert_eq!(found, ["mine.ron", "sub"]);
}

#[cfg(unix)]
#[test]
fn a_save_keeps_the_mode_and_the_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = folder();
    let path = folder.path().join("mine.ron");
    write(&folder, "mine.ron", "old\n");
    for mode in [0o640, 0o600, 0o755] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it is ours");
        session::save(&path, "new\n").expect("it can be saved");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, mode);
    }
    let sub = folder.path().join("sub");
    fs::create_dir(&sub).expect("it can be made");
    symlink("../mine.ron", sub.join("first")).expect("links can be made");
    symlink("first", sub.join("second")).expect("links can be made");
    session::save(&sub.join("second"), "through both\n").expect("it can be saved");
    assert_eq!(read(&folder, "mine.ron"), "through both\n");
    for link in ["first", "second"] {
        assert!(sub.join(link).is_symlink(), "{link} is no link any more");
    }
    // A dangling link becomes a file at its target.
    symlink("new.ron", sub.join("dangling")).expect("links can be made");
    session::save(&sub.join("dangling"), "made\n").expect("it can be saved");
    assert!(sub.join("dangling").is_symlink());
    assert_eq!(fs::read_to_string(sub.join("new.ron")).expect("it was made"), "made\n");
}

/// Generates sessions with random answers, parts and details that the screen allows.
fn random_sessions() -> impl Strategy<Value = Session> {
    let text = prop_oneof!["", "[ -~]{0,20}", "\\PC{0,12}", "[a\"\\\\\n\t(){}\\[\\]#]{0,12}"];
    let given = (any::<u64>(), 0_u8..8, text.clone(), 0_u8..4);
    let part = (
        any::<u8>(),
        0_u8..3,
        any::<u8>(),
        text.clone(),
        prop::collection::vec((any::<u16>(), any::<u8>()), 0..4),
    );
    let details = prop::collection::vec("[^\\p{C}]{0,10}", 0..5);
    let questions = sample().questions().len();
    let all =
        (prop::collection::vec(given, questions), prop::collection::vec(part, 0..6), details, any::<u16>());
    all.prop_map(move |(givens, parts, details, at)| {
        let questionnaire = sample();
        let mut session = Session::new(&questionnaire);
        for (question, (bits, state, text, emphasis)) in questionnaire.question_ids().zip(givens) {
            let text = seen(&text);
            let answer = match (state, questionnaire[question].kind) {
                (0, _) => Answer::NotSure,
                (1, _) => Answer::NotApplicable,
                (2, _) | (_, Kind::Parts) => Answer::Open,
                (_, Kind::Text) => Answer::Text(text.clone()),
                (_, kind) => chosen(&questionnaire, question, kind, bits),
            };
            session.answers.set(question, Subject::System, answer);
            let given = session.answers.given_mut(question);
            given.note = text;
            given.emphasis = [Emphasis::Ignored, Emphasis::Normal, Emphasis::Normal, Emphasis::Double]
                [usize::from(emphasis)];
        }
        add_parts(&questionnaire, &mut session, parts);
        let text = |at: usize| details.get(at).map(|text| seen(text)).unwrap_or_default();
        session.details.title = text(0);
        session.details.system = text(1);
        session.details.deciders = details.iter().map(|text| seen(text)).collect();
        session.details.informed = details.iter().skip(3).map(|text| seen(text)).collect();
        session.at = questionnaire.question_ids().nth(usize::from(at) % (2 * questions));
        if at % 3 == 0 {
            session.stamp("2026-02-28".parse().expect("a date"));
        }
        session
    })
}

/// Before escaping, the marks attach to nothing. After escaping, they attach to the last character of the
/// escape.
#[test]
fn marks_behind_a_hidden_character_stay_as_they_are() {
    let once = seen(&format!("\u{200b}{}", "\u{301}".repeat(40)));
    assert_eq!(seen(&once), once);
}

/// Returns the text as the program stores it, without hidden characters.
fn seen(text: &str) -> String {
    langfit::sanitize::sanitize(text).into_owned()
}

fn chosen(
    questionnaire: &Questionnaire,
    question: langfit::questionnaire::QuestionId,
    kind: Kind,
    bits: u64,
) -> Answer {
    let asked = &questionnaire[question];
    let wanted = OptionSet::from_bits(bits).intersection(asked.all_options());
    let first = wanted.iter().next();
    Answer::Chosen(match (kind, first) {
        (_, None) => OptionSet::EMPTY,
        (Kind::Many, Some(_)) if wanted.intersection(asked.alone_options()).is_empty() => wanted,
        (_, Some(first)) => OptionSet::only(first),
    })
}

type RandomPart = (u8, u8, u8, String, Vec<(u16, u8)>);

fn add_parts(questionnaire: &Questionnaire, session: &mut Session, parts: Vec<RandomPart>) {
    let kinds = questionnaire[questionnaire.parts_question().expect("it is sample")].options.len();
    for (kind, plan, candidate, text, overrides) in parts {
        let kind = OptionId::from_index(usize::from(kind) % kinds);
        let part = session.answers.add_part(questionnaire, kind).expect("there are few");
        let answers = &mut session.answers;
        let candidate = CandidateId::from_index(usize::from(candidate) % questionnaire.candidates().len());
        let plan = match plan {
            0 => Plan::ToDecide,
            1 => Plan::StaysIn(candidate),
            _ => Plan::StaysOther(seen(&text).replace(['\n', '\t'], " ")),
        };
        answers.set_plan(part, plan);
        for (question, option) in overrides {
            let differing: Vec<_> =
                questionnaire.question_ids().filter(|it| questionnaire[*it].each_part).collect();
            let question = differing[usize::from(question) % differing.len()];
            let options = questionnaire[question].options.len();
            let answer = match usize::from(option) % (options + 2) {
                0 => Answer::Open,
                1 => Answer::NotSure,
                option => Answer::Chosen(OptionSet::only(OptionId::from_index(option - 2))),
            };
            answers.set(question, Subject::Part(part), answer);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_session_survives(session in random_sessions()) {
        check(&sample(), &session);
    }

    #[test]
    fn what_was_made_visible_stays_as_it_is(text in "(\\PC|[\u{0}-\u{1f}\u{ad}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2066}\u{fe0f}\u{301}👩💻]){0,40}") {
        let once = seen(&text);
        prop_assert_eq!(seen(&once), once);
    }
}
