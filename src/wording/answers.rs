//! Wording of answers: their text, the parts they count for, and the progress.

use super::subject_name;
use crate::answers::{Answer, Answers, EffectiveAnswers, Emphasis, Subject};
use crate::questionnaire::{Kind, OptionSet, Question, QuestionId, Questionnaire, join};

/// Text for an open question.
pub const OPEN: &str = "open";
/// Text for the answer that the team is not sure.
pub const NOT_SURE: &str = "not sure";

/// Returns an answer as the full texts of its options; `None` for an open question or a text answer.
pub fn answer_words(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    subject: Subject,
) -> Option<String> {
    answer_texts(&questionnaire[question], answers.answer(question, subject))
}

/// Returns an answer with its options in quotation marks, for use in a sentence; `None` for an open question
/// or a text answer.
pub fn quoted_answer(question: &Question, answer: &Answer) -> Option<String> {
    said(answer, |options| {
        let quoted = options.iter().map(|option| format!("\u{201c}{}\u{201d}", question[option].text));
        join(quoted.collect::<Vec<String>>().iter().map(String::as_str), "and")
    })
}

/// Returns an answer as the short names of its options, or a text answer as it is; `None` for an open
/// question.
pub fn answer_names(question: &Question, answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(text) => Some(text.clone()),
        _ => said(answer, |options| question.names(options)),
    }
}

/// Returns an answer as the full texts of its options.
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

/// Returns the text for a question without an answer.
pub const fn open_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "nothing written",
        Kind::One | Kind::Many | Kind::Parts => OPEN,
    }
}

/// Returns the answer to a question, followed by the answers of parts that have their own and are asked.
///
/// `whole` is the answer for all parts in words; `None` omits it.
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

/// Returns which parts an answer is for; `None` if no part is focused and the answer cannot differ by part.
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
        return Some(format!("This question does not apply to {name}; the answer is for the other parts"));
    }
    let Subject::Part(part) = focus else {
        let several = answers.subjects().len() > 1 && each_part;
        let kinds = questionnaire[question].concerned_kinds().zip(questionnaire.parts_question());
        return several.then(|| match kinds {
            Some((kinds, parts)) => {
                let parts = &questionnaire[parts];
                let names = kinds.iter().map(|kind| parts[kind].name.as_str());
                format!("Applies to these kinds of part: {}", join(names, "and"))
            }
            None => "Applies to every part".to_owned(),
        });
    };
    if !each_part {
        return Some("This question has one answer for all parts".to_owned());
    }
    let name = subject_name(answers, focus);
    Some(if answers.has_own(question, part) {
        format!("Answer for {name} only")
    } else {
        format!("{name}: same answer as for all parts")
    })
}

/// Explains what a column in a question's table means, given the focus; `clear` is the key that clears an
/// answer.
pub fn column_words(
    answers: &Answers,
    question: QuestionId,
    column: Subject,
    focus: Subject,
    clear: &str,
) -> String {
    let Subject::Part(part) = column else {
        let all = "“all” applies to every part without its own answer";
        return match focus {
            Subject::System => format!("{all}."),
            Subject::Part(_) => {
                let name = subject_name(answers, focus);
                format!("This question does not apply to {name}; {all}.")
            }
        };
    };
    let name = subject_name(answers, column);
    match (answers.has_own(question, part), answers.answer(question, Subject::System)) {
        (false, _) => format!("{name} uses the answer for all parts. A choice here is for {name} only."),
        (true, whole) if whole == answers.answer(question, column) => {
            format!("{name} has its own answer, the same as for all parts; {clear} removes it.")
        }
        (true, _) => format!("{name} has its own answer; {clear} returns to the answer for all parts."),
    }
}

/// Returns which parts new answers are for, without a full stop.
pub fn answered_for(answers: &Answers, focus: Subject) -> String {
    match focus {
        Subject::System => "Answers now apply to all parts".to_owned(),
        Subject::Part(_) => format!("Answers and ranking are now for {} only", subject_name(answers, focus)),
    }
}

/// Returns the parts, except the focused one, that have their own answer, with that answer in words.
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

/// Returns the progress of the answers: `3 of 11 answered, 1 not sure`.
pub fn progress_words(questionnaire: &Questionnaire, answers: &Answers) -> String {
    let progress = answers.progress(questionnaire);
    let not_sure = match progress.not_sure {
        0 => String::new(),
        count => format!(", {count} {NOT_SURE}"),
    };
    format!("{} of {} answered{not_sure}", progress.answered, progress.visible)
}
