//! Wording around questions: why one applies, how many appeared or disappeared, the plan for a part, and
//! notices about a session.

use super::{counted, stays};
use crate::answers::{Answers, Plan, Subject};
use crate::questionnaire::{QuestionId, Questionnaire};
use crate::sanitize::shortened;
use crate::session::Session;

/// Returns the answers that made a follow-up appear, for the focused part or the first part that it applies
/// to.
pub fn asked_because(
    questionnaire: &Questionnaire,
    answers: &Answers,
    question: QuestionId,
    focus: Subject,
) -> Option<String> {
    let when = questionnaire[question].when.as_ref()?;
    let is_asked = |subject: &Subject| answers.effective(questionnaire, *subject).is_visible(question);
    let subject = match focus {
        Subject::System => answers.subjects().into_iter().find(is_asked).unwrap_or(focus),
        part @ Subject::Part(_) => part,
    };
    let effective = answers.effective(questionnaire, subject);
    let literals = when.literals().into_iter();
    let reasons: Vec<String> = literals
        .filter(|literal| literal.holds && effective.is_true(*literal))
        .flat_map(|literal| {
            let asked = &questionnaire[literal.question];
            let chosen = literal.options.intersection(effective.chosen(literal.question));
            chosen
                .iter()
                .map(|option| {
                    format!("your answer to {} is \u{201c}{}\u{201d}", asked.title, asked[option].name)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    (!reasons.is_empty()).then(|| reasons.join(" and "))
}

/// Returns the plan for a part in words.
pub fn plan_words(questionnaire: &Questionnaire, plan: &Plan) -> String {
    match plan {
        Plan::ToDecide => "undecided".to_owned(),
        Plan::StaysIn(candidate) => stays(&questionnaire[*candidate].name),
        Plan::StaysOther(other) => stays(other),
    }
}

/// The cause of a change of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The user answered a question.
    Answer,
    /// Undo, another file or a rescue file.
    Other,
}

/// Returns how many questions appeared or disappeared between two sets of answers; `None` if none did.
pub fn questions_moved(
    questionnaire: &Questionnaire,
    before: &Answers,
    answers: &Answers,
    cause: Cause,
) -> Option<String> {
    let by = if cause == Cause::Answer { " by this answer" } else { "" };
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

/// Returns notices about the session and the questionnaire, such as entries that do not count.
pub fn greeting(session: &Session, questionnaire: &Questionnaire) -> Vec<String> {
    /// Maximum number of orphaned entries listed; the review lists all.
    const NAMED: usize = 5;
    let mut lost: Vec<String> = session.orphans.iter().take(NAMED).map(|it| it.what.clone()).collect();
    if let Some(more) = session.orphans.len().checked_sub(NAMED).filter(|more| *more > 0) {
        lost.push(format!("and {more} more"));
    }
    let kept = (!lost.is_empty()).then(|| {
        let lost = lost.join("; ");
        format!("No longer in the questionnaire (kept, not counted): {}", shortened(&lost, 400))
    });
    let hidden = session.hidden + questionnaire.hidden().as_ref().map_or(0, |(count, _)| *count);
    let spelled_out = match hidden {
        0 => None,
        count => {
            Some(format!("{} in the files, now shown as text", counted(count as i64, "hidden character")))
        }
    };
    let changed = session.change_of_questionnaire(questionnaire);
    kept.into_iter().chain(changed).chain(spelled_out).collect()
}
