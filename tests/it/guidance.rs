//! Tests guidance for newcomers: question numbers, keys shown beside options, help, the footer, and the
//! texts of a new and of a final session. The effect of answers is out of scope.

use langfit::linear::Conversation;
use langfit::questionnaire::Questionnaire;

use crate::frames::billing;
use crate::screen::{Played, new_session, opened, play, play_app, play_on, workbook};
use crate::support::{about_three, question, session};

const SIZES: [(u16, u16); 5] = [(200, 60), (120, 40), (80, 24), (60, 20), (40, 12)];

/// Returns a questionnaire with questions for all parts and for some, two follow-ups and a last question.
fn branching() -> Questionnaire {
    let first = question("first", "One, each_part: true", "x; y");
    let some = question("some", "One, concerns: [\"api\"]", "u; v");
    let below = question("below", "One, each_part: true, when: Is(\"first/x\")", "k; l");
    let more = question("more", "One, each_part: true, when: Is(\"first/x\")", "m; n");
    let last = question("last", "One", "p; q");
    about_three(&(question("parts", "Parts", "api; ui") + &first + &some + &below + &more + &last), "")
}

/// Returns the labels of the visible questions, after checking that the screen shows them.
fn listed(questionnaire: &Questionnaire, given: &[&str], keys: &str) -> Vec<String> {
    let given = session(questionnaire, given);
    let played = play_app(opened(questionnaire.clone(), given), keys, (120, 40));
    let visible = played.answers().visible(played.questionnaire());
    let ids = played.questionnaire().question_ids().filter(|id| visible[*id]);
    let named: Vec<String> = ids.map(|id| played.workbook().named(id)).collect();
    for named in &named {
        played.assert_shows(named);
    }
    named
}

#[test]
fn numbers_of_questions_have_no_holes() {
    let questionnaire = branching();
    let with_api = listed(&questionnaire, &["parts=api", "first=x"], "");
    assert_eq!(with_api, ["1 parts", "2 first", "3 some", "3a below", "3b more", "4 last"]);
    let without = listed(&questionnaire, &["parts=ui", "first=x"], "");
    assert_eq!(without, ["1 parts", "2 first", "3 below", "4 more", "5 last"], "no letter without a number");
    assert_eq!(listed(&questionnaire, &["parts=ui", "first=y"], ""), ["1 parts", "2 first", "3 last"]);
    // An answer renumbers the questions, and undo restores the numbers.
    assert_eq!(listed(&questionnaire, &["parts=ui"], "<go:first>1").len(), 5);
    assert_eq!(listed(&questionnaire, &["parts=ui"], "<go:first>1u"), ["1 parts", "2 first", "3 last"]);
}

#[test]
fn questions_are_found_by_the_number_they_show() {
    let questionnaire = branching();
    for (typed, found) in [("4 more", "more"), ("5 last", "last")] {
        let given = session(&questionnaire, &["parts=ui", "first=x"]);
        let played = play_app(opened(questionnaire.clone(), given), &format!("/{typed}<enter>"), (120, 40));
        assert_eq!(played.shown_question(), found);
    }
}

#[test]
fn messages_name_questions_without_numbers() {
    let questionnaire = branching();
    for size in SIZES {
        let given = session(&questionnaire, &["parts=ui"]);
        let played = play_app(opened(questionnaire.clone(), given), "<go:last>1u", size);
        assert!(played.message().is_some_and(|said| said.contains("the answer to last")), "{size:?}");
    }
}

#[test]
fn options_show_the_keys_that_choose_them() {
    let options = (1..=11).map(|at| format!("o{at}")).collect::<Vec<_>>().join("; ");
    let questionnaire = about_three(&question("many", "Many", &options), "");
    let shown = |keys: &str, size| {
        let played = play_app(opened(questionnaire.clone(), session(&questionnaire, &[])), keys, size);
        let keys = |line: &str| line.split(['│', '>']).any(|pane| pane.trim_start().starts_with("1 [ ] o1"));
        (played.frame().lines().any(keys), played)
    };
    for size in SIZES {
        let (is_shown, played) = shown("", size);
        assert!(is_shown, "{}", played.frame());
        let played = shown("<end>", size).1;
        for row in ["s ( ) Not sure yet", "- ( ) Does not apply", "  [ ] o10"] {
            played.assert_shows(row);
        }
        assert!(!played.shows("0 [ ] o10"), "the tenth option has no key");
        assert!(!shown("<tab>", size).0 && !shown("<backtab>", size).0, "elsewhere digits do nothing");
        assert!(!shown("n", size).0, "digits are text in a note");
    }
}

#[test]
fn options_in_a_table_show_their_keys_too() {
    let questionnaire = branching();
    for size in [(200, 60), (120, 40), (80, 24)] {
        let given = session(&questionnaire, &["parts=api,ui"]);
        let played = play_app(opened(questionnaire.clone(), given), "<go:first>", size);
        played.assert_shows("> 1 x");
        played.assert_shows("2 y");
        played.assert_shows("s Not sure yet");
        played.assert_shows("- Does not apply");
    }
}

/// Returns the lines of help at the place that the keys lead to.
fn help(keys: &str, size: (u16, u16)) -> Vec<String> {
    let played = play_on(billing(), &format!("{keys}?"), size);
    assert_eq!(played.page(), Some("help"), "{keys} at {size:?}");
    played.frame().lines().map(|line| line.trim_matches(['│', ' ']).to_owned()).collect()
}

#[test]
fn help_begins_with_the_keys_of_the_place() {
    let places = [
        ("<go:draw>", "Here: question with one answer", "Space"),
        ("<go:parts>", "Here: parts of the system", "Space"),
        ("<go:own-removal>", "Here: question answered in words", "Enter"),
        ("<tab>", "Here: recommendation", "Enter"),
        ("<backtab>", "Here: list of questions", "Enter"),
        ("r", "Here: Review", "Enter"),
        ("w", "Here: How firm this is", "↑ ↓ k j"),
        ("m", "Here: Map of the parts", "↑ ↓ k j"),
    ];
    for size in SIZES {
        for (keys, place, first) in places {
            let lines = help(keys, size);
            assert_eq!(lines[2], place, "at {size:?}");
            assert!(lines[3].starts_with(first), "{place} at {size:?}: {}", lines[3]);
        }
    }
    // Every key is on the page exactly once.
    let all = help("<go:draw>", (200, 120));
    for binding in langfit::screen::bindings() {
        let times =
            all.iter().filter(|line| line.starts_with(binding.shown) && line.ends_with(binding.does)).count();
        assert_eq!(times, 1, "{}: {}", binding.shown, binding.does);
    }
}

#[test]
fn q_closes_what_is_open_and_quits_in_the_questions_alone() {
    for size in SIZES {
        for page in ["?", "r", "m", "i", "w", "D", "e", "S"] {
            let played = play_on(billing(), &format!("{page}q"), size);
            assert!(played.is_closed() && !played.left, "{page} at {size:?}");
            assert!(play_on(billing(), &format!("{page}qq"), size).left, "{page} at {size:?}");
            assert!(play_on(billing(), &format!("{page}<c-c>"), size).left, "{page} at {size:?}");
        }
        for pane in ["<tab>q", "<backtab>q"] {
            assert!(play_on(billing(), pane, size).left);
        }
        assert!(!play_on(billing(), "nq", size).left, "in a text it is a letter");
    }
}

#[test]
fn closing_help_returns_to_the_page_below() {
    for size in SIZES {
        for close in ["?", "q", "<esc>", "<enter>"] {
            let played = play_on(billing(), &format!("r<down><down>?{close}"), size);
            assert_eq!(played.page(), Some("review"));
            let before = play_on(billing(), "r<down><down>", size);
            assert_eq!(played.frame(), before.frame(), "the cursor is where it was");
        }
        assert!(play_on(billing(), "r?qq", size).is_closed());
    }
}

/// Returns the last line of the screen.
fn footer(played: &Played) -> String {
    played.frame().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_footer_begins_with_the_way_forward() {
    let questionnaire = about_three(&question("only", "One", "x: 3 a; y: 3 b"), "");
    for size in SIZES {
        let shown = |keys: &str| footer(&play_on(billing(), keys, size));
        let in_question = shown("<go:draw>");
        assert!(in_question.starts_with(" enter choose, next  ? help"), "{size:?}: {in_question}");
        assert_eq!(in_question.contains("  p part  f answer next  w how firm  v versus"), size.0 >= 80);
        let in_ranking = shown("<tab>");
        assert!(in_ranking.starts_with(" enter all reasons  w how firm  v versus"), "{size:?}: {in_ranking}");
        let on_page = shown("i");
        assert!(on_page.starts_with(" enter edit  esc close  ? help"), "{size:?}: {on_page}");
        for (answer, start) in [("<enter>", " D decide  e export  ? help"), ("", " enter choose, next")] {
            let app = opened(questionnaire.clone(), session(&questionnaire, &[]));
            // The message disappears with the next key.
            let played = play_app(app, &format!("{answer}<right><left><tab><esc>"), size);
            assert_eq!(played.workbook().is_final(), !answer.is_empty());
            assert!(footer(&played).starts_with(start), "{size:?}: {}", footer(&played));
        }
    }
}

#[test]
fn what_does_not_fit_in_the_footer_is_left_out_from_the_end() {
    for keys in ["<go:draw>", "<tab>", "<backtab>", "i", "<go:parts>", "n"] {
        let all = footer(&play_on(billing(), keys, (400, 40)));
        let entries: Vec<&str> = all.split("  ").collect();
        for width in 24..120 {
            let shown = footer(&play_on(billing(), keys, (width, 40)));
            // From a certain width, a ranking is shown beside the question and adds its own keys to the
            // footer.
            let is_same = keys != "<go:draw>" && keys != "<go:parts>" && keys != "<backtab>" || width >= 76;
            let kept: Vec<&str> = shown.split("  ").collect();
            assert!(!is_same || entries.starts_with(&kept), "{keys} at {width}: {shown}\n{all}");
        }
    }
}

#[test]
fn a_new_session_begins_with_what_to_do() {
    let lines = [
        "langfit recommends languages for the parts of your system.",
        "Answer, watch the recommendation, decide (D), export the record (e).",
        "It takes about ten minutes.",
        "Every answer is saved to test.ron immediately.",
        "? shows the keys.",
    ];
    for size in SIZES {
        let played = play_on(new_session(), "", size);
        if size.1 > 12 {
            for line in lines {
                played.assert_shows(line);
            }
        } else {
            let shown = lines.iter().filter(|line| played.shows(line)).count();
            assert!((1..5).contains(&shown), "{}", played.frame());
        }
        let first = if size.1 > 12 { "it checks, how it runs" } else { "> 1 ( ) The language" };
        assert!(played.shows(first) || played.shows("what it checks, how it runs"), "{}", played.frame());
        assert!(!played.frame().contains("↑ "), "nothing is scrolled away at {size:?}");
        for keys in ["1", "1<back>", "s"] {
            let played = play_on(new_session(), keys, size);
            assert!(lines.iter().all(|line| !played.shows(line)), "{keys} at {size:?}:\n{}", played.frame());
        }
    }
}

#[test]
fn the_first_lines_name_what_the_questionnaire_is_about() {
    let questionnaire = about_three(&question("only", "One", "x: 3 a; y: 3 b"), "");
    let played = play_app(opened(questionnaire.clone(), session(&questionnaire, &[])), "", (120, 40));
    played.assert_shows("langfit recommends candidates for your system.");
    assert!(!played.shows("language"));
}

const FINAL: &str = "Final: no open question can change this.";

#[test]
fn a_final_recommendation_says_how_to_make_a_record_of_it() {
    let questionnaire = about_three(&question("only", "One", "x: 3 a; y: 3 b; z"), "");
    let shown =
        |keys: &str, size| play_app(opened(questionnaire.clone(), session(&questionnaire, &[])), keys, size);
    for size in SIZES {
        shown("1<end>", size).assert_shows(&format!("{FINAL} D records the decision, e exports it."));
        for keys in ["", "s", "3", "-", "1<back>"] {
            assert!(!shown(&format!("{keys}<end>"), size).shows("Final:"), "{keys:?}: open, or a tie");
        }
    }
    let said = |lines: &[&str]| {
        let mut lines_of = Conversation::new(workbook(questionnaire.clone(), session(&questionnaire, &[])));
        lines.iter().map(|line| lines_of.answer(line).text).collect::<String>()
    };
    let command = "langfit decide records the decision, langfit export exports it.";
    assert!(said(&["1"]).contains(&format!("{FINAL} {command}")), "{}", said(&["1"]));
    assert!(!said(&["s", ""]).contains("Final:") && !said(&["3", ""]).contains("Final:"));
}

#[test]
fn the_list_has_no_heading_without_a_question() {
    let headed = |id: &str, heading: &str, rest: &str| {
        let title = format!("title: \"{id}\"");
        question(id, &format!("One{rest}"), "x; y")
            .replace(&title, &format!("section: \"{heading}\", {title}"))
    };
    let hidden = headed("second", "Never", ", when: Is(\"first/x\")");
    let questions = headed("first", "Begin", "") + &hidden + &headed("third", "End", "");
    let questionnaire = about_three(&questions, "");
    for (given, is_shown) in [("first=x", true), ("first=y", false)] {
        let given = session(&questionnaire, &[given]);
        let played = play_app(opened(questionnaire.clone(), given), "", (120, 40));
        assert_eq!(played.shows("Never"), is_shown, "{}", played.frame());
        for heading in ["Begin", "End"] {
            played.assert_shows(heading);
        }
    }
}

#[test]
fn enter_says_that_it_chose_nothing_where_several_can_be_chosen() {
    let said = "Parts of the system has no answer yet; Space chooses an option";
    let played = play("<go:parts><enter>");
    assert_ne!(played.shown_question(), "parts");
    assert_eq!(played.message(), Some(said));
    let by_part = play("<parts=api><parts=ui><go:binds>p<space>p<space><enter>");
    assert_eq!(by_part.message(), None, "both parts have an answer");
    for keys in ["<go:parts><space><enter>", "<go:parts>s<enter>", "<go:parts><right>"] {
        assert_ne!(play(keys).message(), Some(said), "{keys}");
    }
}

#[test]
fn a_part_can_be_named_as_soon_as_its_kind_is_picked() {
    let played = play("<go:parts><space>nLedger<enter>anCustomer<enter>");
    assert_eq!(played.part_names(), ["Ledger", "Customer"]);
    let note = play("<go:parts>nWhy these?<esc>");
    assert_eq!(note.note_on("parts"), "Why these?", "there is no part to name yet");
}
