//! What the shell offers while a command is typed: questions and options of the questionnaire in use;
//! must not say that something is wrong, for a message would stand in the middle of the line.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::builder::StyledStr;
use clap_complete::engine::CompletionCandidate;

use crate::questionnaire::{Kind, Question, Questionnaire};
use crate::source;

/// Completes `QUESTION=` and then, behind it, `OPTION[,OPTION]`.
pub fn assignment(typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some((typed, questionnaire)) = typed.to_str().zip(questionnaire(std::env::args_os())) else {
        return Vec::new();
    };
    let offered = |value: String, help: &str| {
        value
            .starts_with(typed)
            .then(|| CompletionCandidate::new(value).help(Some(StyledStr::from(help.to_owned()))))
    };
    let Some((target, options)) = typed.rsplit_once('=') else {
        let questions = questionnaire.questions.iter();
        return questions.filter_map(|it| offered(format!("{}=", it.id), &it.title)).collect();
    };
    let id = target.split('@').next().unwrap_or_default();
    let Some(asked) = questionnaire.find(id).map(|question| &questionnaire[question]) else {
        return Vec::new();
    };
    let before = options.rsplit_once(',').map(|(before, _)| before);
    let before = before.map_or_else(|| format!("{target}="), |before| format!("{target}={before},"));
    let answers = asked.options.iter().map(|option| (option.id.as_str(), option.text.as_str()));
    let others = [("?", "Not sure yet"), ("-", "Does not apply")];
    let others = others.into_iter().filter(|_| !before.ends_with(','));
    let all = answers.chain(others).filter(|(id, _)| is_free(asked, &before, id));
    all.filter_map(|(id, text)| offered(format!("{before}{id}"), text)).collect()
}

/// Says whether an option can stand behind those that are named already.
fn is_free(asked: &Question, before: &str, id: &str) -> bool {
    let mut named = before.rsplit('=').next().unwrap_or_default().split(',');
    match asked.kind {
        Kind::Parts => true,
        Kind::Many => !named.any(|named| named == id),
        Kind::One | Kind::Text => !before.ends_with(','),
    }
}

/// The questionnaire that the command line names, or the one that is built in.
fn questionnaire(arguments: impl Iterator<Item = OsString>) -> Option<Questionnaire> {
    let arguments: Vec<OsString> = arguments.collect();
    let named = arguments.windows(2).rev().find(|pair| pair[0] == "--questions").map(|pair| &pair[1]);
    match named {
        // What waits on standard input is not for a completion.
        Some(file) if file == "-" => None,
        Some(file) => Questionnaire::parse(&source::read(Path::new(file)).ok()?).ok(),
        None => Questionnaire::built_in().ok(),
    }
}
