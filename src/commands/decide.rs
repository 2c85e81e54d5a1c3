//! `langfit decide`: keeps what the team concluded beside the advice; must not change an answer.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Error, Result, bail};

use super::{apply, hold_existing, print, questionnaire, save_if_held, tell};
use crate::advice::{Advice, recommend};
use crate::answers::Subject;
use crate::cli::{QuestionnaireOption, SessionOptions};
use crate::id_set::SmallId as _;
use crate::names::{self, are_alike_but_case};
use crate::questionnaire::{CandidateId, Questionnaire};
use crate::sanitize::sanitize_line;
use crate::session::{self, Chosen, Session};
use crate::source::{TEXT, nearest};
use crate::wording::{WHOLE, beside_advice, subject_name};

/// Records one decision for each `PART=CANDIDATE`, or withdraws it where the candidate is left out.
pub fn run(
    path: &Path,
    parts: &[String],
    because: Option<&str>,
    option: &QuestionnaireOption,
    SessionOptions { edits, save }: &SessionOptions,
) -> Result<ExitCode> {
    let questionnaire = questionnaire(option.questions.as_deref())?;
    let (store, mut session) = hold_existing(path, &questionnaire)?;
    let before = session.clone();
    let removed = apply(&mut session, &questionnaire, edits)?;
    if session != before && !save {
        bail!("a decision goes by what the file holds; add --save to keep what is given here as well");
    }
    let because = session::limited_text("--because", because.unwrap_or_default().trim(), TEXT)?;
    let mut said = String::new();
    for part in parts {
        let line = decide(&mut session, &questionnaire, part, &because)
            .with_context(|| format!("--part {}", sanitize_line(part)))?;
        said.push_str(&line);
        said.push('\n');
    }
    save_if_held(&mut session, Some(store), &questionnaire)?;
    tell(removed);
    print(&said)?;
    Ok(ExitCode::SUCCESS)
}

fn decide(session: &mut Session, questionnaire: &Questionnaire, part: &str, because: &str) -> Result<String> {
    // A part may have a sign of equality in its name, an id has none.
    let Some((name, candidate)) = part.rsplit_once('=') else { bail!("write PART=CANDIDATE") };
    let advice = recommend(questionnaire, &session.answers);
    let at = subject(session, questionnaire, &advice, name)?;
    let (own, choice) = (advice.parts[at].subject, advice.parts[at].choice);
    let shown = subject_name(&session.answers, own).to_owned();
    let candidate = candidate.trim();
    if candidate.is_empty() {
        let withdrawn = session.withdraw(own);
        return Ok(format!(
            "{shown}: {}",
            if withdrawn { "decision withdrawn" } else { "nothing was decided" }
        ));
    }
    let chosen = candidate_called(questionnaire, candidate)?;
    if !choice.contains(chosen) && because.is_empty() {
        let advised = questionnaire.names(choice, "or");
        bail!("the advice is {advised}; say with --because why it is decided otherwise");
    }
    session.decide(
        questionnaire,
        own,
        (Chosen::of(questionnaire, chosen), choice),
        because,
        session::today(),
    );
    let name = &questionnaire[chosen].name;
    let beside = beside_advice(choice.contains(chosen), &questionnaire.names(choice, "or"));
    Ok(format!("{shown}: decided {name}{beside}"))
}

/// Finds what is decided by its name, or by its kind where there is one part of that kind.
fn subject(session: &Session, questionnaire: &Questionnaire, advice: &Advice, name: &str) -> Result<usize> {
    if session.answers.parts().is_empty() {
        if !are_alike_but_case(name, WHOLE) {
            bail!("no parts are picked; write \"{WHOLE}=CANDIDATE\"");
        }
        return Ok(0);
    }
    let part = session::part_called(questionnaire, session, name).map_err(Error::msg)?;
    advice.parts.iter().position(|it| it.subject == Subject::Part(part)).with_context(|| {
        format!("{} stays as it is; nothing is to be decided for it", session.answers[part].name)
    })
}

/// Finds a candidate by its id, or by the name that is shown.
fn candidate_called(questionnaire: &Questionnaire, name: &str) -> Result<CandidateId> {
    let all = questionnaire.candidates();
    let called = || {
        let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        names::find(&names, name)
    };
    let ids: Vec<&str> = all.iter().map(|it| it.id.as_str()).collect();
    let found = questionnaire
        .find_candidate(name)
        .or_else(|| called().or_else(|| names::find(&ids, name)).map(CandidateId::from_index));
    found.with_context(|| {
        let one = &questionnaire.noun().one;
        format!("no {one} has this id or name; {}", nearest(name, &ids))
    })
}
