//! What the shell offers while a command is typed: questions and options of the questionnaire in use, parts
//! of the session that is named; must not say that something is wrong, for a message would stand in the
//! middle of the line.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::builder::StyledStr;
use clap::{ArgMatches, CommandFactory as _};
use clap_complete::engine::CompletionCandidate;

use super::Cli;
use crate::questionnaire::{Kind, OptionId, Question, Questionnaire};
use crate::session::Session;
use crate::source;
use crate::wording::subject_name;

/// Completes `QUESTION[@PART]=` and then, behind it, `OPTION[,OPTION]`.
pub fn assignment(typed: &OsStr) -> Vec<CompletionCandidate> {
    let command = TypedCommand::typed();
    let Some((typed, questionnaire)) = typed.to_str().zip(command.questionnaire()) else {
        return Vec::new();
    };
    let offered = |(value, help): (String, &str)| offered(typed, value, help);
    let Some((target, options)) = typed.rsplit_once('=') else {
        let Some((id, _)) = typed.split_once('@') else {
            let questions = questionnaire.questions().iter();
            return questions.filter_map(|it| offered((format!("{}=", it.id), &it.title))).collect();
        };
        let named = parts(&command, &questionnaire, id);
        return named
            .iter()
            .filter_map(|(part, help)| offered((format!("{id}@{part}="), help.as_str())))
            .collect();
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
    all.filter_map(|(id, text)| offered((format!("{before}{id}"), text))).collect()
}

/// Completes `PART=` and then, behind it, `CANDIDATE`.
pub fn decision(typed: &OsStr) -> Vec<CompletionCandidate> {
    let command = TypedCommand::typed();
    let (Some(typed), Some(questionnaire)) = (typed.to_str(), command.questionnaire()) else {
        return Vec::new();
    };
    let Some(session) = command.session(&questionnaire) else { return Vec::new() };
    let subjects = session.answers.subjects();
    let names = subjects.iter().map(|subject| subject_name(&session.answers, *subject));
    let parts: Vec<_> = names.filter_map(|name| offered(typed, format!("{name}="), "")).collect();
    match typed.rsplit_once('=') {
        Some((part, _)) if parts.is_empty() => {
            let candidates = questionnaire.candidates().iter();
            candidates.filter_map(|it| offered(typed, format!("{part}={}", it.id), &it.name)).collect()
        }
        _ => parts,
    }
}

/// Completes the name of a part that is to be decided.
pub fn part(typed: &OsStr) -> Vec<CompletionCandidate> {
    let command = TypedCommand::typed();
    let (Some(typed), Some(questionnaire)) = (typed.to_str(), command.questionnaire()) else {
        return Vec::new();
    };
    let Some(session) = command.session(&questionnaire) else { return Vec::new() };
    let subjects = session.answers.subjects();
    let names = subjects.iter().map(|subject| subject_name(&session.answers, *subject).to_owned());
    names.filter_map(|name| offered(typed, name, "")).collect()
}

/// A value, if it begins with what is typed.
fn offered(typed: &str, value: String, help: &str) -> Option<CompletionCandidate> {
    let help = (!help.is_empty()).then(|| StyledStr::from(help.to_owned()));
    value.starts_with(typed).then(|| CompletionCandidate::new(value).help(help))
}

/// What may stand behind the @ of a question, each with its help: the parts of the session that is named,
/// and the kinds of part.
fn parts(command: &TypedCommand, questionnaire: &Questionnaire, id: &str) -> Vec<(String, String)> {
    let asked = questionnaire.find(id).map(|question| &questionnaire[question]).filter(|it| it.each_part);
    let Some((asked, kinds)) = asked.zip(questionnaire.parts_question()) else { return Vec::new() };
    let session = command.session(questionnaire);
    let concerned = |kind: OptionId| asked.concerns.covers(Some(kind));
    let own = session.iter().flat_map(|session| session.answers.parts());
    let own = own.filter(|part| concerned(part.kind));
    let own = own.map(|part| (part.name.clone(), questionnaire[kinds][part.kind].text.clone()));
    let mut all: Vec<(String, String)> = own.collect();
    for kind in questionnaire[kinds].option_ids().filter(|kind| concerned(*kind)) {
        let kind = &questionnaire[kinds][kind];
        if all.iter().all(|(name, _)| *name != kind.id) {
            all.push((kind.id.clone(), kind.text.clone()));
        }
    }
    all
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

/// The command line as far as it is typed.
struct TypedCommand(Option<ArgMatches>);

impl TypedCommand {
    /// Reads what the script of the shell passes on behind two dashes.
    fn typed() -> Self {
        let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
        let command = Cli::command().ignore_errors(true);
        Self(command.try_get_matches_from(words.collect::<Vec<OsString>>()).ok())
    }

    /// The path that is named for an argument of the command.
    fn path(&self, argument: &str) -> Option<&Path> {
        let all = self.0.as_ref()?;
        let own = all.subcommand().map_or(all, |(_, own)| own);
        own.try_get_one::<PathBuf>(argument).ok().flatten().map(PathBuf::as_path)
    }

    /// The questionnaire that is named, or the one that is built in.
    fn questionnaire(&self) -> Option<Questionnaire> {
        match self.path("questions") {
            // What waits on standard input is not for a completion.
            Some(file) if file == Path::new("-") => None,
            Some(file) => Questionnaire::parse(&source::read(file).ok()?).ok(),
            None => Some(crate::built_in::questionnaire()),
        }
    }

    /// The session that is named.
    fn session(&self, questionnaire: &Questionnaire) -> Option<Session> {
        Session::load(self.path("session")?, questionnaire).ok()
    }
}
