//! Lints for texts that are too long for the terminal, addresses without a scheme, and points that are not on
//! the ladder.

use std::collections::HashSet;
use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

use super::Warnings;
use crate::questionnaire::{Impact, LADDER, Line, Question, Questionnaire};

/// Columns of the outline on a screen of 120 columns.
const OUTLINE: usize = 24;
/// Columns before a number in the outline: the cursor, the answer's symbol and a space.
const SIGN: usize = 3;
/// Columns by which a follow-up is indented in the outline.
const INDENT: usize = 2;
/// Columns for a section or the name of a part in a list.
const LABEL: usize = 22;
/// Columns for a candidate in a table.
const CANDIDATE: usize = 12;
/// Columns of one line of text.
const LINE: usize = 76;

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut fits = |span: &Range<usize>, what: &str, text: &str, columns: usize| {
        let width = text.width();
        if width > columns {
            let room = match columns / LINE {
                0 => format!("there is room for {columns}"),
                1 => format!("one line has {LINE}"),
                lines => format!("{lines} lines have {columns}"),
            };
            warnings.warn(span, format!("{what} takes {width} columns"), format!("{room}, shorten it"));
        }
    };
    for candidate in questionnaire.candidates() {
        fits(&candidate.span, "the name of this candidate", &candidate.name, CANDIDATE);
    }
    let labels = questionnaire.labels(&questionnaire.question_ids().map(|_| true).collect());
    for (question, number) in questionnaire.questions().iter().zip(labels.values()) {
        let span = &question.span;
        fits(span, "the title of this question", &question.title, title_room(question, number));
        fits(span, "the section of this question", question.section.as_deref().unwrap_or_default(), LABEL);
        fits(span, "what this question asks", &question.ask, 2 * LINE);
        fits(span, "why this question matters", &question.why, 3 * LINE);
        if question.of_candidates {
            continue;
        }
        for option in &question.options {
            fits(&option.span, "the text of this option", &option.text, LINE);
            if question.is_parts() {
                fits(&option.span, "the name of this kind of part", &option.name, LABEL);
            }
        }
    }
    // A line that expands to one line per candidate is checked once.
    let mut seen = HashSet::new();
    let written: Vec<&Line> =
        questionnaire.lines().iter().filter(|line| seen.insert(line.span.start)).collect();
    for line in &written {
        let names = line.candidates.iter().map(|it| questionnaire.reason(&line.because, it));
        let widest = names.max_by_key(|reason| reason.width()).unwrap_or_default();
        fits(&line.span, "this reason", &widest, 2 * LINE);
    }
    for say in questionnaire.says() {
        fits(&say.span, "this remark", &say.text, 3 * LINE);
    }
    for boundary in questionnaire.boundaries() {
        fits(&boundary.span, "this reason", &boundary.because, 2 * LINE);
    }
    for dimension in questionnaire.dimensions() {
        fits(&dimension.span, "the title of this dimension", &dimension.title, 28);
        for fact in &dimension.facts {
            fits(&fact.span, "this fact", &fact.text, 3 * LINE);
        }
    }
    for source in questionnaire.sources() {
        if source.url.as_deref().is_some_and(lacks_scheme) {
            let what = format!("the address of `{}` has no scheme, so it is not a link", source.id);
            warnings.warn(&source.span, what, "start it with https://");
        }
    }
    for line in written {
        if let Impact::Points(points) = line.impact
            && (points == 0 || !LADDER.contains(&points))
        {
            let what = format!("{points} points are not on the scale");
            warnings.warn(&line.points_span, what, "give 1, 3, 6 or 9, for or against");
        }
    }
}

/// Returns whether a text looks like a web address without a scheme: `example.org/page`.
fn lacks_scheme(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
    let ending = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.chars().all(is_host)
        && ending.len() >= 2
        && ending.chars().all(|it| it.is_ascii_alphabetic())
        && !text.contains(' ')
}

/// Returns the columns left for a title in the outline, after everything before it.
fn title_room(question: &Question, number: &str) -> usize {
    let indent = if question.is_follow_up() { INDENT } else { 0 };
    let number = if number.is_empty() { 0 } else { number.len() + 1 };
    OUTLINE - SIGN - indent - number
}
