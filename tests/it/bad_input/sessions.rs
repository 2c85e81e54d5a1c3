//! Tests hidden characters in sessions and questionnaires, missing session files, and sessions that cannot
//! be read back. Other errors are out of scope.

use std::fs;

use langfit::questionnaire::Questionnaire;
use langfit::session::Session;
use langfit::source::Source;

use super::{RIGHT, SESSION, changed};
use crate::cli::{Run, folder, langfit, read, write};
use crate::linear::program::lines_in;

/// Returns a session whose note and title contain four hidden characters. The joiner inside the emoji does
/// not count.
fn hiding() -> String {
    let text = changed(SESSION, "note: \"n\"", "note: \"a\u{202e}b\\u{200b}\u{200d}c 👩\u{200d}💻\"");
    changed(&text, "title: \"T\"", "title: \"T\u{e0041}\"")
}

fn count(run: &Run, words: &str) -> usize {
    run.out.matches(words).count()
}

#[test]
fn how_many_characters_are_hidden_is_said_once() {
    let folder = folder();
    write(&folder, "s.ron", &hiding());
    let said = "4 hidden characters in the files, now shown as text";
    let first = lines_in(folder.path(), &["--linear", "s.ron"], &["", "b", "1", "q"]);
    assert_eq!((first.code, first.err.as_str()), (Some(0), ""));
    assert_eq!(count(&first, said), 1, "{}", first.out);
    let again = lines_in(folder.path(), &["--linear", "s.ron"], &["q"]);
    assert_eq!(count(&again, "hidden character"), 0, "they were saved as they are shown: {}", again.out);
    assert!(
        read(&folder, "s.ron").contains("a\\\\u{202e}b\\\\u{200b}\\\\u{200d}c 👩"),
        "{}",
        read(&folder, "s.ron")
    );
}

#[test]
fn an_author_is_warned_of_hidden_characters() {
    let folder = folder();
    let text = changed(RIGHT, "ask: \"Which?\"", "ask: \"Wh\u{202e}ich\\u{200b}?\"");
    write(&folder, "q.ron", &changed(&text, "why: \"So.\"", "why: \"S\u{ad}o.\""));
    let run = langfit(folder.path(), &["check", "q.ron"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let warning = "q.ron:13:12: warning: 3 hidden characters in the texts, here the first; they are shown escaped, remove them\n";
    assert_eq!(count(&run, warning), 1, "{}", run.out);
    assert_eq!(count(&run, "hidden"), 1, "{}", run.out);
}

#[test]
fn hidden_characters_of_a_session_are_escaped_in_all_output() {
    let folder = folder();
    write(&folder, "s.ron", &hiding());
    for format in ["madr", "log4brains", "nygard", "markdown", "json", "html"] {
        let run = langfit(folder.path(), &["export", "s.ron", "--format", format]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{format}");
        assert!(!run.out.contains(['\u{202e}', '\u{200b}', '\u{e0041}']), "{format}: {}", run.out);
        assert!(run.out.contains("e0041"), "{format}: {}", run.out);
    }
    assert_eq!(read(&folder, "s.ron"), hiding(), "the session is not touched");
}

/// Commands without `--save` report a missing session. `langfit SESSION` creates it and prints its path.
#[test]
fn only_opening_a_missing_session_creates_it() {
    let folder = folder();
    for arguments in [
        &["advise", "new.ron"][..],
        &["export", "new.ron"],
        &["compare", "new.ron", "new.ron"],
        &["decide", "new.ron", "--part", "the whole system=go"],
    ] {
        let run = langfit(folder.path(), arguments);
        let said = format!("{}{}", run.out, run.err);
        assert_eq!(run.code, Some(2), "{arguments:?}: {said}");
        assert!(said.starts_with("new.ron: no such session; open it with langfit"), "{said}");
        assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 0);
    }
    let run = lines_in(folder.path(), &["--linear", "new.ron"], &["1", "q"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("new.ron") && folder.path().join("new.ron").exists(), "{}", run.out);
}

/// A session that could not be read back is not written, and the reason is given in one line.
#[test]
fn a_session_that_could_not_be_read_back_is_not_written() {
    let questionnaire = Questionnaire::parse(&Source::new("right.ron", RIGHT)).expect("it is right");
    let mut session = Session::new(&questionnaire);
    let text = session.to_ron_checked(&questionnaire).expect("it can be read back");
    assert_eq!(text, session.to_ron(&questionnaire).expect("it can be written"));
    session.details.title = "x".repeat(201);
    let message = session.to_ron_checked(&questionnaire).expect_err("it is too long").to_string();
    assert!(message.starts_with("the session in memory:"), "{message}");
    assert!(message.ends_with("the text has 201 characters; the limit is 200"), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

/// If a session does not name its questionnaire, the message gives the line to add.
#[test]
fn a_session_without_its_questionnaire_says_which_one_to_write() {
    let folder = folder();
    let sample = crate::support::sample();
    let whole = crate::support::session(&sample, &["draw=both"]).to_ron(&sample).expect("it can be written");
    let without = changed(&whole, "        id: \"language-fit\",\n", "");
    write(&folder, "s.ron", &without);
    let run = langfit(folder.path(), &["advise", "s.ron"]);
    let (id, title) = (sample.id(), sample.title());
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_eq!(
        run.err.lines().next().unwrap_or_default(),
        format!(
            "s.ron:4:19: this session does not say which questionnaire it belongs to; write `id: \"{id}\",` before \
             `version` if it is \"{title}\""
        )
    );
    write(
        &folder,
        "s.ron",
        &changed(&without, "        version:", &format!("        id: \"{id}\",\n        version:")),
    );
    assert_eq!(langfit(folder.path(), &["advise", "s.ron"]).code, Some(0));
}
