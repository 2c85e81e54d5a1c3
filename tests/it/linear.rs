//! Tests linear mode: the same answers as on the screen lead to the same file, and every line gets a reply.
//! The advice itself is out of scope.

pub mod program;
mod same;

use std::fmt::Write as _;
use std::io::{self, BufReader};
use std::sync::Arc;

use langfit::advice::recommend;
use langfit::id_set::SmallId as _;
use langfit::linear::{COMMANDS, Conversation, Ending, Keeper, converse};
use langfit::questionnaire::Questionnaire;
use langfit::session::Session;
use langfit::source::Source;
use proptest::prelude::*;

use crate::screen::{questionnaire, workbook};

const STORAGE: &str = include_str!("data/storage.ron");

/// Checks that the last line leaves the session unchanged and is answered with this sentence.
#[track_caller]
fn check_refused(lines: &[&str], sentence: &str) {
    let mut conversation = conversation(&questionnaire());
    conversation.opening();
    let (last, first) = lines.split_last().expect("there is a line");
    for line in first {
        conversation.answer(line);
    }
    let before = conversation.session().clone();
    let reply = conversation.answer(last);
    assert_eq!(reply.text.lines().next(), Some(sentence), "{lines:?}");
    assert!(!reply.changed && !reply.left);
    assert_eq!(*conversation.session(), before);
}

#[test]
fn a_wrong_line_gets_one_clear_sentence_and_loses_nothing() {
    check_refused(
        &["perhaps"],
        "“perhaps” is neither a number nor a command; type a number from 1 to 4, or ? for help.",
    );
    check_refused(
        &["\u{1b}[2J"],
        "“␛[2J” is neither a number nor a command; type a number from 1 to 4, or ? for help.",
    );
    check_refused(&["5"], "There is no option 5; type 1 to 4.");
    check_refused(&["0"], "There is no option 0; type 1 to 4.");
    check_refused(&["99999999999999999999999"], "There is no option 99999999999999999999999; type 1 to 4.");
    check_refused(&["1,2"], "This question takes one option; type one number.");
    check_refused(&["b 3"], "b takes nothing after it; type b only.");
    check_refused(&["name 1 x"], "That works on question 7 Parts of the system; type go 7 to get there.");
    check_refused(&["go 9", "1,2"], "Option 1 excludes the others; type it alone, or leave it out.");
    check_refused(&["go 12"], "There is no question 12 at present; r lists the questions.");
    check_refused(&["go 1a"], "There is no question 1a at present; r lists the questions.");
    check_refused(&["b"], "This is the first question.");
    check_refused(&["x"], "Answer first; only an answer can be emphasized.");
    check_refused(&["c"], "There is no answer to clear.");
    check_refused(&["go 7", "remove 1"], "No parts are picked yet.");
    check_refused(&["go 7", "3", "remove 2"], "There is no part 2; parts are numbered 1 to 1.");
    check_refused(&["go 7", "3", "name 1"], "Type the name after it: name 1 and a new name.");
    check_refused(
        &["go 7", "3", "s"],
        "Parts are already picked; type remove and the number of a part to remove it.",
    );
    check_refused(
        &["go 7", "3", "stays 1 Go", "for 1"],
        "API stays in Go, so there are no questions about it.",
    );
    check_refused(&["go 11", "", "", "A team", "b", "s"], "There is already a text; c clears it.");
}

#[test]
fn changes_are_said_after_the_answer() {
    let mut conversation = conversation(&questionnaire());
    conversation.opening();
    let said = conversation.answer("2").text;
    assert!(said.contains("\n1 question added by this answer.\n"), "{said}");
    let said = conversation.answer("1").text;
    assert!(said.contains("\nRecommendation: Python for the whole system.\n"), "{said}");
    conversation.answer("go 1");
    let said = conversation.answer("1").text;
    assert!(said.contains("\n1 question no longer asked, 1 answer set aside and kept.\n"), "{said}");
    let said = conversation.answer("r").text;
    assert!(said.contains("\n1 answer set aside because "), "{said}");
}

#[test]
fn a_focused_part_is_asked_its_own_questions() {
    let mut conversation = conversation(&questionnaire());
    conversation.opening();
    for line in ["2", "go 2", "3", "go 7", "3,8", "for 2", "go 2"] {
        conversation.answer(line);
    }
    assert_eq!(conversation.prompt(), "3 of 14 answered. For Pipeline only. Your answer, or ? for help: ");
    let said = conversation.answer("2").text;
    assert!(said.contains("\nQuestion 2b: Start frequency\n"), "2a is asked for the API only: {said}");
    let said = conversation.answer("go 2a").text;
    assert!(said.contains("\nThis question does not apply to Pipeline.\n"), "{said}");
    let said = conversation.answer("").text;
    assert!(said.contains("\nQuestion 2b: Start frequency\n"), "{said}");
    let said = conversation.answer("b").text;
    assert!(said.contains("\nAnswer for Pipeline only.\nAnswer so far: Batch"), "{said}");
    let said = conversation.answer("for 1").text;
    assert!(said.contains("\nDifferent for Pipeline: Batch"), "{said}");
    conversation.answer("go 7");
    let said = conversation.answer("remove 1").text;
    assert!(said.contains("\nAnswers now apply to all parts.\n"), "the focused part is gone: {said}");
    assert_eq!(
        conversation.prompt(),
        "Question 7 Parts of the system. 3 of 13 answered. Your answer, or ? for help: "
    );
}

#[test]
fn why_says_what_the_recommendation_rests_on() {
    let mut conversation = conversation(&questionnaire());
    conversation.opening();
    let said = conversation.answer("w").text;
    assert!(said.ends_with("\nThe whole system: no answer favors any choice yet.\n"), "{said}");
    for line in ["go 7", "3,8"] {
        conversation.answer(line);
    }
    let said = conversation.answer("w").text;
    assert!(said.contains("\nPipeline: not settled"), "{said}");
    conversation.answer("for 2");
    let said = conversation.answer("w").text;
    assert!(said.contains("\nPipeline: Python; "), "{said}");
    assert!(said.contains(" points for Python: ") && said.contains("; source guide"), "{said}");
    let advice = conversation.answer("a").text;
    assert_eq!(advice, langfit::wording::advice_text(&questionnaire(), conversation.session()));
}

#[test]
fn after_the_last_question_it_is_said_what_is_open() {
    let mut conversation = conversation(&questionnaire());
    conversation.opening();
    for line in ["go 11", "", "", "", "", ""] {
        conversation.answer(line);
    }
    let said = conversation.answer("").text;
    assert!(said.starts_with("That was the last question.\n11 questions are open; f goes to "), "{said}");
    let said = conversation.answer("f").text;
    assert!(said.contains("\nQuestion "), "{said}");
}

#[test]
fn a_note_that_is_too_long_for_a_session_says_what_was_left_out() {
    let mut conversation = conversation(&questionnaire());
    conversation.opening();
    conversation.answer("n");
    conversation.answer(&"x".repeat(3000));
    let said = conversation.answer(&"y".repeat(1000)).text;
    assert_eq!(said, "The limit is 4000 characters; 1 were left out.\n");
    conversation.answer(".");
    let first = conversation.session().answers.given(langfit::questionnaire::QuestionId::from_index(0));
    assert_eq!(first.note.chars().count(), 4000);
}

#[test]
fn help_comes_from_the_table_of_commands() {
    let questionnaire = questionnaire();
    let mut said = String::new();
    for line in ["", "go 7", "3", "go 11", ""] {
        let mut conversation = conversation(&questionnaire);
        conversation.opening();
        conversation.answer(line);
        conversation.answer(if line == "3" { "go 7" } else { "" });
        said.push_str(&conversation.answer("?").text);
        said.push_str(&conversation.answer("help").text);
    }
    let mut conversation = conversation(&questionnaire);
    for line in ["go 7", "3", "?", "go 11", "", "?"] {
        said.push_str(&conversation.answer(line).text);
    }
    for command in COMMANDS {
        let row = format!("\n{}: {}\n", command.shown, command.does);
        assert!(said.contains(&row), "{row} is in no help");
    }
}

fn conversation(questionnaire: &Arc<Questionnaire>) -> Conversation {
    Conversation::new(workbook(Arc::clone(questionnaire), Session::new(questionnaire)))
}

/// Collects the sessions to save. If `failure` is set, reports every save as failed.
#[derive(Default)]
struct Memory {
    saves: Vec<Session>,
    failure: Option<&'static str>,
    told: usize,
}

impl Keeper for Memory {
    fn keep(&mut self, session: &Session) {
        self.saves.push(session.clone());
    }

    fn report(&mut self) -> Option<Result<(), String>> {
        let news = self.told < self.saves.len();
        self.told = self.saves.len();
        news.then(|| self.failure.map_or(Ok(()), |reason| Err(reason.to_owned())))
    }
}

/// Runs a conversation on lines from a string. `echoed` says whether a terminal shows what is typed.
fn hold(lines: &str, memory: &mut Memory, echoed: bool) -> (Conversation, String, Ending) {
    let mut conversation = conversation(&questionnaire());
    let mut output = Vec::new();
    // A small buffer, so that lines arrive in pieces.
    let mut input = BufReader::with_capacity(7, lines.as_bytes());
    let ending = converse(&mut conversation, &mut input, &mut output, memory, echoed);
    let text = String::from_utf8(output).expect("it is text");
    (conversation, text, ending.expect("strings do not fail"))
}

/// Accepts output up to the first prompt, and fails after that.
struct Gone(Vec<u8>);

impl io::Write for Gone {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if self.0.ends_with(b"? for help: ") {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.0.extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_answer_is_saved_even_if_the_output_is_closed() {
    let mut conversation = conversation(&questionnaire());
    let mut memory = Memory::default();
    let mut output = Gone(Vec::new());
    let ending = converse(&mut conversation, &mut "2\n".as_bytes(), &mut output, &mut memory, false);
    assert_eq!(ending.expect("it is no failure"), Ending::Ended);
    assert_eq!(crate::screen::chosen(&memory.saves[0], "draw"), ["packages"]);
}

/// A complete conversation. The snapshot marks the lines that were typed.
#[test]
fn a_conversation() {
    let lines = [
        "2",
        "1,3",
        "?",
        "3",
        "9",
        "n The gateway is ours.",
        "",
        "b",
        "go 7",
        "3,3,6",
        "name 2 API for partners",
        "stays 3 TypeScript",
        "for 2",
        "go 2",
        "2",
        "for all",
        "x",
        "w",
        "go 7",
        "",
        "r",
        "go 11",
        "2",
        "",
        "The platform team",
        "q",
    ];
    let mut conversation = conversation(&questionnaire());
    let mut text = format!("{}{}", conversation.opening(), conversation.prompt());
    for line in lines {
        let reply = conversation.answer(line);
        let _ = write!(text, "<{line}>\n{}", reply.text);
        if !reply.left {
            text.push_str(&conversation.prompt());
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_change_is_handed_over_and_a_failure_is_said_once() {
    let mut memory = Memory::default();
    let (conversation, text, ending) = hold("2\n1\nw\nq\nnever\n", &mut memory, true);
    assert_eq!((memory.saves.len(), ending), (2, Ending::Left));
    assert_eq!(memory.saves.last(), Some(conversation.session()));
    assert!(!text.contains("NOT SAVED"), "{text}");
    assert!(text.contains("or ? for help: Answer: "), "the terminal shows the line's end: {text}");

    let mut memory = Memory { failure: Some("the disk is full"), ..Memory::default() };
    let (_, text, ending) = hold("2\n1\n", &mut memory, false);
    assert_eq!((memory.saves.len(), ending), (2, Ending::Ended));
    assert_eq!(text.matches("NOT SAVED: the disk is full\n").count(), 1, "{text}");
    assert!(text.contains("or ? for help: \nAnswer: "), "a pipe shows nothing: {text}");
}

#[test]
fn a_note_is_kept_line_by_line_and_when_the_input_ends() {
    let mut memory = Memory::default();
    let (conversation, _, _) = hold("n\none\ntwo", &mut memory, false);
    let first = conversation.session().answers.given(langfit::questionnaire::QuestionId::from_index(0));
    assert_eq!(first.note, "one\ntwo");
    assert_eq!(memory.saves.last(), Some(conversation.session()));
    let (conversation, _, _) = hold("2\r\nn a\r\n", &mut memory, false);
    let second = conversation.session().answers.given(langfit::questionnaire::QuestionId::from_index(1));
    assert_eq!(second.note, "a", "a carriage return is no text");
}

fn some_line() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "",
        "s",
        "-",
        "c",
        "x",
        "n",
        ".",
        "w",
        "a",
        "r",
        "o",
        "b",
        "f",
        "?",
        "go",
        "go 7",
        "go 9",
        "for all",
        "for 1",
        "for 2",
        "name 1 Front",
        "name 2 ",
        "stays 1 Go",
        "stays 1",
        "stays 2 paper",
        "remove 1",
        "n a note",
        "1",
        "2",
        "3",
        "1,2",
        "2,3,3",
        "8",
        "17",
        "99",
        "1,,2",
        "-1",
        "\u{1b}[31m",
        "\u{202e}",
        "\t",
        "  ",
        "\u{9b}2J",
    ]);
    let anything = prop_oneof![8 => words.prop_map(str::to_owned), 1 => ".{0,30}", 1 => "(go|for|name|stays|remove|n) .{0,8}"];
    // `q` ends the conversation.
    anything.prop_filter("it leaves", |line| !line.trim().eq_ignore_ascii_case("q"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Every line gets harmless text as its reply, and the session can always be saved and read.
    #[test]
    fn any_lines_are_answered(lines in prop::collection::vec(some_line(), 1..60), other in any::<bool>()) {
        let questionnaire = if other { Arc::new(crate::support::parse(STORAGE)) } else { questionnaire() };
        let mut conversation = conversation(&questionnaire);
        conversation.opening();
        for line in &lines {
            let before = conversation.session().clone();
            let reply = conversation.answer(line);
            let prompt = conversation.prompt();
            let harmless = |text: &str| !text.chars().any(|it| langfit::sanitize::is_hidden(it) || it == '\t');
            prop_assert!(harmless(&reply.text) && harmless(&prompt), "{line:?}: {}{prompt}", reply.text);
            prop_assert!(!reply.text.is_empty() || prompt.starts_with("Line "), "no answer to {line:?}");
            prop_assert_eq!(reply.changed, before != *conversation.session(), "{:?}", line);
            prop_assert!(!reply.left);
        }
        conversation.end();
        let session = conversation.session();
        let text = session.to_ron(&questionnaire).expect("it can be written");
        let again = Session::parse(&Source::new("again", text), &questionnaire).expect("it can be read");
        prop_assert_eq!(&again.answers, &session.answers);
        let workbook = conversation.into_workbook();
        prop_assert_eq!(&recommend(&questionnaire, workbook.answers()), workbook.advice());
    }
}
