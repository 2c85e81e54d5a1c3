//! Implements `langfit decide`: records the team's decision next to the advice. Changes no answer, except for
//! edits given with `--save`.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Error, Result, bail};

use super::{apply, hold_existing, print, questionnaire, questions_for, save_if_held, tell};
use crate::advice::{Advice, recommend};
use crate::answers::Subject;
use crate::cli::{QuestionnaireOption, SessionOptions};
use crate::names::are_alike_but_case;
use crate::questionnaire::Questionnaire;
use crate::sanitize::sanitize_line;
use crate::session::{self, Chosen, Session, likely_meant};
use crate::source::{TEXT, TITLE};
use crate::wording::{WHOLE, beside_advice, name_decided, subject_name};

/// The prefix of a decision that is not checked for typos.
const AS_IT_IS: &str = "other:";

/// Records one decision for each `PART=CANDIDATE`. Without a candidate, withdraws the decision.
pub fn run(
    path: &Path,
    parts: &[String],
    because: Option<&str>,
    option: &QuestionnaireOption,
    SessionOptions { edits, save }: &SessionOptions,
) -> Result<ExitCode> {
    let questions = questions_for(Some(path), option.questions.as_deref())?;
    let questionnaire = questionnaire(questions.as_deref())?;
    let (store, mut session) = hold_existing(path, &questionnaire)?;
    let before = session.clone();
    let removed = apply(&mut session, &questionnaire, edits)?;
    if session != before && !save {
        bail!("a decision is based on the session file; add --save to save these options too");
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
    // A part's name can contain `=`, but a decision cannot.
    let Some((name, decided)) = part.rsplit_once('=') else { bail!("write PART=CANDIDATE") };
    let advice = recommend(questionnaire, &session.answers);
    let at = subject(session, questionnaire, &advice, name)?;
    let (own, choice) = (advice.parts[at].subject, advice.parts[at].choice);
    let shown = subject_name(&session.answers, own).to_owned();
    if decided.trim().is_empty() {
        let withdrawn = session.withdraw(own);
        return Ok(format!(
            "{shown}: {}",
            if withdrawn { "decision withdrawn" } else { "there was no decision" }
        ));
    }
    let chosen = chosen(questionnaire, name, decided.trim())?;
    let is_advised = chosen.is_one_of(questionnaire, choice);
    let advised = questionnaire.names(choice, "or");
    if !is_advised && because.is_empty() {
        let weighed = match &chosen {
            Chosen::Candidate(_) => String::new(),
            Chosen::Other(text) => {
                format!("{text} is not among the {} compared, and ", questionnaire.noun().many)
            }
        };
        bail!("{weighed}recommended is {advised}; give the reason with --because");
    }
    let name = name_decided(questionnaire, &chosen);
    session.decide(questionnaire, own, (chosen, choice), because, session::today());
    let beside = beside_advice(is_advised, &advised);
    Ok(format!("{shown}: decided {name}{beside}"))
}

/// Returns the index in [`Advice::parts`] of the part with this name, or of the only part of this kind. If no
/// parts are picked, the name must be [`WHOLE`].
fn subject(session: &Session, questionnaire: &Questionnaire, advice: &Advice, name: &str) -> Result<usize> {
    if session.answers.parts().is_empty() {
        if !are_alike_but_case(name, WHOLE) {
            bail!("no parts are picked; write \"{WHOLE}=CANDIDATE\"");
        }
        return Ok(0);
    }
    let part = session::part_called(questionnaire, session, name).map_err(Error::msg)?;
    advice.parts.iter().position(|it| it.subject == Subject::Part(part)).with_context(|| {
        format!("{} stays as it is; there is nothing to decide for it", session.answers[part].name)
    })
}

/// Parses the decision for a part. Rejects a probable typo of a candidate's name unless the text starts with
/// [`AS_IT_IS`].
fn chosen(questionnaire: &Questionnaire, part: &str, text: &str) -> Result<Chosen> {
    let (text, is_meant) = match text.strip_prefix(AS_IT_IS) {
        Some(text) => (text, true),
        None => (text, false),
    };
    let text = session::limited_text("the decision", text, TITLE)?;
    let chosen = Chosen::called(questionnaire, &text)
        .with_context(|| format!("write the decision after {AS_IT_IS}"))?;
    if let (Chosen::Other(text), false) = (&chosen, is_meant)
        && let Some(meant) = likely_meant(questionnaire, text)
    {
        bail!(
            "no {} has this id or name; did you mean `{}`? To record the text as it is, write {}={AS_IT_IS}{text}",
            questionnaire.noun().one,
            questionnaire[meant].id,
            sanitize_line(part),
        );
    }
    Ok(chosen)
}
