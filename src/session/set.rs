//! Answers given on the command line; must refuse what the screen would not allow.

use anyhow::{Context as _, Result, bail};

use super::Session;
use crate::answers::{Answer, PARTS};
use crate::questionnaire::{Kind, OptionSet, Questionnaire};
use crate::source::{TEXT, nearest};
use crate::visible::{visible, visible_line};

/// Returns a text of the command line made visible, unless it is longer than a session may hold.
pub fn text(name: &str, text: &str, limit: usize) -> Result<String> {
    let text = visible(text).into_owned();
    let count = text.chars().count();
    if count > limit {
        bail!("{name}: the text has {count} characters; the limit is {limit}");
    }
    Ok(text)
}

pub(super) fn set(session: &mut Session, questionnaire: &Questionnaire, assignment: &str) -> Result<()> {
    let Some((id, value)) = assignment.split_once('=') else {
        bail!("--set {}: write QUESTION=OPTION[,OPTION]", visible_line(assignment));
    };
    let Some(question) = questionnaire.find(id) else {
        let known: Vec<&str> = questionnaire.questions.iter().map(|question| question.id.as_str()).collect();
        bail!("--set {}: no question has this id; {}", visible_line(assignment), nearest(id, &known));
    };
    let asked = &questionnaire[question];
    let unknown = |option: &str| {
        let known: Vec<&str> = asked.options.iter().map(|option| option.id.as_str()).collect();
        format!(
            "--set {}: `{}` is no option of `{id}`; {}",
            visible_line(assignment),
            visible_line(option),
            nearest(option, &known)
        )
    };
    let ids = || value.split(',').map(str::trim).filter(|id| !id.is_empty());
    let answer = match (value.trim(), asked.kind) {
        (mark @ ("?" | "-"), kind) => {
            if kind == Kind::Parts {
                session.answers.remove_parts();
            }
            if mark == "?" { Answer::NotSure } else { Answer::NotApplicable }
        }
        (_, Kind::Text) => Answer::Text(text(&format!("--set {id}"), value, TEXT)?),
        (_, Kind::Parts) => {
            session.answers.remove_parts();
            for id in ids() {
                let kind = asked.find(id).with_context(|| unknown(id))?;
                if session.answers.add_part(questionnaire, kind).is_none() {
                    bail!("--set {}: more than {PARTS} parts; leave some out", visible_line(assignment));
                }
            }
            Answer::Open
        }
        (_, Kind::One | Kind::Many) => {
            let mut chosen = OptionSet::EMPTY;
            for id in ids() {
                chosen.insert(asked.find(id).with_context(|| unknown(id))?);
            }
            let with_alone = chosen.len() > 1 && !chosen.intersection(asked.alone_options()).is_empty();
            if (asked.kind == Kind::One && chosen.len() > 1) || with_alone {
                bail!("--set {}: these options exclude each other; give one", visible_line(assignment));
            }
            Answer::Chosen(chosen)
        }
    };
    session.answers.set(question, None, answer);
    session.at = Some(question);
    Ok(())
}
