//! What is said around a question: why it is asked, whom its answer is for, where parts differ; and what
//! is to happen with a part.

use super::{counted, subject_name};
use crate::answers::{Answer, Answers, Plan, Subject};
use crate::questionnaire::{QuestionId, Questionnaire};
use crate::session::Session;
use crate::visible::shortened;

/// Returns the answers that made a follow-up appear, for the focused part or the first that is asked it.
pub fn asked_because(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    focus: Subject,
) -> Option<String> {
    let when = questionnaire[question].when.as_ref()?;
    let is_asked = |subject: &Subject| answers.sheet(questionnaire, *subject).is_visible(question);
    let subject = match focus {
        Subject::System => answers.subjects().into_iter().find(is_asked).unwrap_or(focus),
        part @ Subject::Part(_) => part,
    };
    let sheet = answers.sheet(questionnaire, subject);
    let literals = when.literals().into_iter();
    let reasons: Vec<String> = literals
        .filter(|literal| literal.holds && sheet.is_true(*literal))
        .flat_map(|literal| {
            let asked = &questionnaire[literal.question];
            let chosen = literal.options.intersection(sheet.chosen(literal.question));
            chosen.iter().map(|option| format!("{}: {}", asked.title, asked[option].name)).collect::<Vec<_>>()
        })
        .collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// Says whom an answer is for, where there are several parts.
pub fn whom_it_counts_for(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    focus: Subject,
) -> Option<String> {
    let each_part = questionnaire[question].each_part;
    let Subject::Part(part) = focus else {
        let several = answers.subjects().len() > 1 && each_part;
        return several.then(|| "Counts for every part".to_owned());
    };
    if !each_part {
        return Some("This question has one answer for all parts".to_owned());
    }
    let name = subject_name(answers, focus);
    Some(if answers[part].overrides.contains_key(&question) {
        format!("Answer for {name} alone")
    } else {
        format!("{name}: same answer as for all parts")
    })
}

/// Returns the parts, other than the focused one, that have an answer of their own, with it.
pub fn differing(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    focus: Subject,
) -> Vec<(String, String)> {
    let words = |answer: &Answer| match answer {
        Answer::Chosen(options) => {
            let texts = options.iter().map(|option| questionnaire[question][option].text.as_str());
            texts.collect::<Vec<_>>().join("; ")
        }
        Answer::NotSure => "not sure".to_owned(),
        Answer::NotApplicable => "does not apply".to_owned(),
        Answer::Open | Answer::Text(_) => "open".to_owned(),
    };
    let others = answers.part_ids().filter(|part| focus != Subject::Part(*part)).map(|part| &answers[part]);
    others.filter_map(|part| Some((part.name.clone(), words(part.overrides.get(&question)?)))).collect()
}

/// Says what is to happen with a part.
pub fn plan_words(questionnaire: &Questionnaire, plan: &Plan) -> String {
    match plan {
        Plan::ToDecide => "to decide".to_owned(),
        Plan::StaysIn(candidate) => format!("stays in {}", questionnaire[*candidate].name),
        Plan::StaysOther(other) => format!("stays in {other}"),
    }
}

/// What changed answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Somebody answered just now.
    Answer,
    /// Undo, another file or a rescue file.
    Other,
}

/// Says which questions came or went since other answers, if any did.
pub fn questions_moved(
    questionnaire: &Questionnaire,
    before: &Answers,
    answers: &Answers,
    cause: Cause,
) -> Option<String> {
    let by = if cause == Cause::Answer { " by your answer" } else { "" };
    let (was, is) = (before.visible(questionnaire), answers.visible(questionnaire));
    let ids = || questionnaire.question_ids();
    let added = ids().filter(|id| is[*id] && !was[*id]).count() as i64;
    let gone = ids().filter(|id| was[*id] && !is[*id]).count() as i64;
    let questions = |count| counted(count, "question");
    let kept = match answers.progress(questionnaire).set_aside as i64 {
        0 => String::new(),
        count => format!(", {} set aside and kept", counted(count, "answer")),
    };
    match (added, gone) {
        (0, 0) => None,
        (added, 0) => Some(format!("{} added{by}", questions(added))),
        (0, gone) => Some(format!("{} no longer asked{kept}", questions(gone))),
        (added, gone) => {
            Some(format!("{} added, {} no longer asked{kept}", questions(added), questions(gone)))
        }
    }
}

/// Returns what there is to know about the files that were read.
pub fn greeting(session: &Session, questionnaire: &Questionnaire) -> Vec<String> {
    /// Whoever wants all of them finds them in the review.
    const NAMED: usize = 5;
    let mut lost: Vec<String> = session.orphans.iter().take(NAMED).map(|it| it.what.clone()).collect();
    if let Some(more) = session.orphans.len().checked_sub(NAMED).filter(|more| *more > 0) {
        lost.push(format!("and {more} more"));
    }
    let kept = (!lost.is_empty()).then(|| {
        let lost = lost.join("; ");
        format!("Kept but not counted, no longer in the questionnaire: {}", shortened(&lost, 400))
    });
    let hidden = session.hidden.0 + questionnaire.hidden().as_ref().map_or(0, |(count, _)| *count);
    let spelled_out = match hidden {
        0 => None,
        count => {
            Some(format!("{} in what was read, spelled out now", counted(count as i64, "hidden character")))
        }
    };
    let changed = session.change_of_questionnaire(questionnaire);
    kept.into_iter().chain(changed).chain(spelled_out).collect()
}
