//! Tests that an error about a missing quote or bracket points at the line where it is missing. Wording is
//! out of scope.

use langfit::questionnaire::Questionnaire;
use langfit::source::Source;

/// A quote or bracket to delete: its kind and its byte offset.
struct Mark {
    kind: &'static str,
    at: usize,
}

/// Deletes each mark of one kind in turn. Returns how often the first error is on the line of the mark, and
/// the number of marks.
fn on_the_right_line(text: &str, marks: &[Mark], kind: &str) -> (usize, usize) {
    let meant = marks.iter().filter(|mark| mark.kind == kind);
    let is_right = |mark: &&Mark| {
        let mut without = text.to_owned();
        without.remove(mark.at);
        let rejected = Questionnaire::parse(&Source::new("q.ron", without)).expect_err("it is broken");
        let line = rejected.source.position(rejected.diagnostics[0].span.start).0;
        line == text[..mark.at].matches('\n').count() + 1
    };
    (meant.clone().filter(is_right).count(), meant.count())
}

/// Returns all quotes around texts, and all brackets outside texts and comments.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut in_text, mut escaped, mut in_comment, mut before) = (false, false, false, ' ');
    for (at, character) in text.char_indices() {
        match character {
            '\n' if in_comment => in_comment = false,
            _ if in_comment => {}
            '/' if before == '/' && !in_text => in_comment = true,
            '"' if !escaped => {
                marks.push(Mark { kind: if in_text { "closing quote" } else { "opening quote" }, at });
                in_text = !in_text;
            }
            '(' | '[' if !in_text => marks.push(Mark { kind: "opening bracket", at }),
            ')' | ']' if !in_text => marks.push(Mark { kind: "closing bracket", at }),
            _ => {}
        }
        escaped = in_text && character == '\\' && !escaped;
        before = character;
    }
    marks
}

/// At least 90% of the errors are reported on the right line. Tries every mark of one questionnaire, and a
/// sample of the marks of the shipped one. Each new line there changes the sample, so the sample is large.
#[test]
fn a_missing_quote_or_bracket_is_reported_on_its_line() {
    let shipped = include_str!("../../../questions.ron");
    for (text, step) in [(include_str!("../data/storage.ron"), 1), (shipped, 101)] {
        let marks: Vec<Mark> = marks(text).into_iter().step_by(step).collect();
        for kind in ["opening quote", "closing quote", "opening bracket", "closing bracket"] {
            let (right, all) = on_the_right_line(text, &marks, kind);
            println!("{kind}: {right} of {all}");
            assert!(10 * right >= 9 * all, "{kind}: {right} of {all}");
        }
    }
}
