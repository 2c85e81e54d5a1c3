//! `langfit decide`: keeps what the team concluded beside the advice; must not change an answer.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use super::{apply, hold_existing, keep, print, questionnaire, tell};
use crate::advice::recommend;
use crate::cli::{QuestionnaireOption, SessionOptions};
use crate::names::are_alike;
use crate::questionnaire::Questionnaire;
use crate::session::{self, Session};
use crate::source::{TEXT, nearest};
use crate::visible::visible_line;
use crate::wording::subject_name;

/// Records one decision for each `PART=CANDIDATE`, or withdraws it where the candidate is left out.
pub fn run(
    path: &Path,
    parts: &[String],
    because: Option<&str>,
    option: &QuestionnaireOption,
    SessionOptions { said, save }: &SessionOptions,
) -> Result<ExitCode> {
    let questionnaire = questionnaire(option.questions.as_deref())?;
    let (store, mut session) = hold_existing(path, &questionnaire)?;
    let before = session.clone();
    let removed = apply(&mut session, &questionnaire, said)?;
    if session != before && !save {
        bail!("a decision goes by what the file holds; add --save to keep what is given here as well");
    }
    let because = session::text("--because", because.unwrap_or_default().trim(), TEXT)?;
    let mut said = String::new();
    for part in parts {
        let line = decide(&mut session, &questionnaire, part, &because)
            .with_context(|| format!("--part {}", visible_line(part)))?;
        said.push_str(&line);
        said.push('\n');
    }
    keep(&mut session, Some(store), &questionnaire)?;
    tell(removed);
    print(&said)?;
    Ok(ExitCode::SUCCESS)
}

fn decide(session: &mut Session, questionnaire: &Questionnaire, part: &str, because: &str) -> Result<String> {
    // A part may have a sign of equality in its name, an id has none.
    let Some((name, candidate)) = part.rsplit_once('=') else { bail!("write PART=CANDIDATE") };
    let advice = recommend(questionnaire, &session.answers);
    let names: Vec<&str> =
        advice.parts.iter().map(|part| subject_name(&session.answers, part.part)).collect();
    let Some(at) = names.iter().position(|it| are_alike(it, name)) else {
        bail!("no undecided part has this name; {}", nearest(name, &names));
    };
    let shown = names[at].to_owned();
    let (own, choice) = (advice.parts[at].part, advice.parts[at].choice);
    if candidate.is_empty() {
        let withdrawn = session.withdraw(own);
        return Ok(format!(
            "{shown}: {}",
            if withdrawn { "decision withdrawn" } else { "nothing was decided" }
        ));
    }
    let known: Vec<&str> = questionnaire.candidates.iter().map(|it| it.id.as_str()).collect();
    let chosen = questionnaire
        .find_candidate(candidate)
        .with_context(|| format!("no candidate has this id; {}", nearest(candidate, &known)))?;
    if !choice.contains(chosen) && because.is_empty() {
        let advised = questionnaire.names(choice, "or");
        bail!("the advice is {advised}; say with --because why it is decided otherwise");
    }
    session.decide(questionnaire, own, (chosen, choice), because, session::today());
    let name = &questionnaire[chosen].name;
    Ok(if choice.contains(chosen) {
        format!("{shown}: decided {name}, as advised")
    } else {
        format!("{shown}: decided {name}; the advice was {}", questionnaire.names(choice, "or"))
    })
}
