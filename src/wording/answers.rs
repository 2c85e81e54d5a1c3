//! What is said of answers: in words, for whom they count, and how many there are.

use super::subject_name;
use crate::answers::{Answer, Answers, EffectiveAnswers, Emphasis, Subject};
use crate::questionnaire::{Kind, OptionSet, Question, QuestionId, Questionnaire, join};

/// What is said of an open question.
pub const OPEN: &str = "open";
/// What is said where the team does not know the answer.
pub const NOT_SURE: &str = "not sure";

/// Returns an answer in words, unless the question is open or answered in words itself.
pub fn answer_words(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    subject: Subject,
) -> Option<String> {
    answer_texts(&questionnaire[question], answers.answer(question, subject))
}

/// Returns an answer as a quotation, as files need it where it stands in a sentence of its own; nothing if
/// the question is open or answered in words itself.
pub fn quoted_answer(question: &Question, answer: &Answer) -> Option<String> {
    said(answer, |options| {
        let quoted = options.iter().map(|option| format!("\u{201c}{}\u{201d}", question[option].text));
        join(quoted.collect::<Vec<String>>().iter().map(String::as_str), "and")
    })
}

/// Returns an answer by the short names of its options; nothing if the question is open.
pub fn answer_names(question: &Question, answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(text) => Some(text.clone()),
        _ => said(answer, |options| question.names(options)),
    }
}

/// An answer by the full texts of its options.
fn answer_texts(question: &Question, answer: &Answer) -> Option<String> {
    said(answer, |options| {
        let texts: Vec<&str> = options.iter().map(|option| question[option].text.as_str()).collect();
        texts.join("; ")
    })
}

fn said(answer: &Answer, chosen: impl FnOnce(OptionSet) -> String) -> Option<String> {
    match answer {
        Answer::Chosen(options) => Some(chosen(*options)),
        Answer::NotApplicable => Some("does not apply".to_owned()),
        Answer::NotSure => Some(NOT_SURE.to_owned()),
        Answer::Text(_) | Answer::Open => None,
    }
}

/// Says that a question has no answer.
pub const fn open_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "nothing written",
        Kind::One | Kind::Many | Kind::Parts => OPEN,
    }
}

/// Returns what was said about a question, with what differs for parts, as far as it counts there;
/// `whole` is the answer for all parts in words, nothing if it is not to be named.
pub fn answer_in_full(
    questionnaire: &Questionnaire,
    answers: &Answers,
    sheets: &[(Subject, EffectiveAnswers)],
    question: QuestionId,
    whole: Option<String>,
) -> String {
    let emphasis = match answers.emphasis(question) {
        Emphasis::Normal => "",
        Emphasis::Double => " (counts double)",
        Emphasis::Ignored => " (points ignored)",
    };
    let own = sheets.iter().filter(|(_, sheet)| sheet.is_visible(question)).filter_map(|(subject, _)| {
        let part = &answers[subject.part()?];
        let words = match part.overrides.get(&question)? {
            Answer::Open => OPEN.to_owned(),
            answer => quoted_answer(&questionnaire[question], answer)?,
        };
        Some(format!("{words} for {}", part.name))
    });
    let own: Vec<String> = own.collect();
    match whole {
        Some(whole) if own.is_empty() => whole + emphasis,
        Some(whole) => format!("{whole}{emphasis}; {}", own.join("; ")),
        None if own.is_empty() => String::new(),
        None => own.join("; ") + emphasis,
    }
}

/// Says whom an answer is for, where there are several parts.
pub fn whom_it_counts_for(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    focus: Subject,
) -> Option<String> {
    let each_part = questionnaire[question].each_part;
    let is_asked = || answers.effective(questionnaire, focus).is_visible(question);
    if each_part && focus != Subject::System && !is_asked() {
        let name = subject_name(answers, focus);
        return Some(format!("{name} is not asked this question; the answer is for the other parts"));
    }
    let Subject::Part(part) = focus else {
        let several = answers.subjects().len() > 1 && each_part;
        let kinds = questionnaire[question].concerned_kinds().zip(questionnaire.parts_question());
        return several.then(|| match kinds {
            Some((kinds, parts)) => {
                let parts = &questionnaire[parts];
                let names = kinds.iter().map(|kind| parts[kind].name.as_str());
                format!("Counts for every part of kind {}", join(names, "or"))
            }
            None => "Counts for every part".to_owned(),
        });
    };
    if !each_part {
        return Some("This question has one answer for all parts".to_owned());
    }
    let name = subject_name(answers, focus);
    Some(if answers.has_own(question, part) {
        format!("Answer for {name} alone")
    } else {
        format!("{name}: same answer as for all parts")
    })
}

/// Says what a column of a question's table is, for the focused part if it has one; `clear` is the key that
/// clears an answer.
pub fn column_words(
    answers: &Answers,
    question: QuestionId,
    column: Subject,
    focus: Subject,
    clear: &str,
) -> String {
    let Subject::Part(part) = column else {
        let all = "“all” counts for every part without an answer of its own";
        return match focus {
            Subject::System => format!("{all}."),
            Subject::Part(_) => {
                let name = subject_name(answers, focus);
                format!("{name} is not asked this question; {all}.")
            }
        };
    };
    let name = subject_name(answers, column);
    match (answers.has_own(question, part), answers.answer(question, Subject::System)) {
        (false, _) => format!("{name} follows all; a choice here is for {name} alone."),
        (true, whole) if whole == answers.answer(question, column) => {
            format!("{name} has an answer of its own, the same as all; {clear} follows all again.")
        }
        (true, _) => format!("{name} differs from all; {clear} follows all again."),
    }
}

/// Says whom answers are given for from now on, without a full stop.
pub fn answered_for(answers: &Answers, focus: Subject) -> String {
    match focus {
        Subject::System => "Answers are for all parts now".to_owned(),
        Subject::Part(_) => format!("Answers and ranking are for {} now", subject_name(answers, focus)),
    }
}

/// Returns the parts, other than the focused one, that have an answer of their own, with it.
pub fn differing(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    focus: Subject,
) -> Vec<(String, String)> {
    let asked = &questionnaire[question];
    let words = |answer: &Answer| answer_texts(asked, answer).unwrap_or_else(|| OPEN.to_owned());
    let others = answers.part_ids().filter(|part| focus != Subject::Part(*part)).map(|part| &answers[part]);
    others.filter_map(|part| Some((part.name.clone(), words(part.overrides.get(&question)?)))).collect()
}

/// Says how far the answers are: `3 of 11 answered, 1 not sure`.
pub fn progress_words(questionnaire: &Questionnaire, answers: &Answers) -> String {
    let progress = answers.progress(questionnaire);
    let not_sure = match progress.not_sure {
        0 => String::new(),
        count => format!(", {count} {NOT_SURE}"),
    };
    format!("{} of {} answered{not_sure}", progress.answered, progress.visible)
}
