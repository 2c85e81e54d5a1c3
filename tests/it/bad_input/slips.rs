//! A lost quote or bracket is told of where it was lost; must not look at words.

use langfit::questionnaire::Questionnaire;
use langfit::source::Source;

/// What is deleted, where, and whether it opens or closes something.
struct Mark {
    kind: &'static str,
    at: usize,
}

/// Deletes each mark alone; returns how many first messages are about the line it stood in, by kind.
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

/// The quotes around texts and the brackets outside of them.
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

/// Shares of at least nine in ten, of every mark of a whole questionnaire and of some of the built-in one.
#[test]
fn a_lost_mark_is_told_of_on_its_line() {
    let shipped = include_str!("../../../questions.ron");
    for (text, step) in [(include_str!("../data/storage.ron"), 1), (shipped, 301)] {
        let marks: Vec<Mark> = marks(text).into_iter().step_by(step).collect();
        for kind in ["opening quote", "closing quote", "opening bracket", "closing bracket"] {
            let (right, all) = on_the_right_line(text, &marks, kind);
            println!("{kind}: {right} of {all}");
            assert!(10 * right >= 9 * all, "{kind}: {right} of {all}");
        }
    }
}
