//! Completes questions, options, parts and candidates in the shell, from the questionnaire given with
//! `--questions` (otherwise the built-in one) and the named session. Must not report errors, because a message would
//! appear in the middle of the line.

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

/// Completes `QUESTION[@PART]=`, and then `OPTION[,OPTION]` after it.
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

/// Completes `PART=`, and then `CANDIDATE` after it.
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

/// Completes the name of a part that is open for decision.
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

/// Returns a value as a completion if it starts with what was typed.
fn offered(typed: &str, value: String, help: &str) -> Option<CompletionCandidate> {
    let help = (!help.is_empty()).then(|| StyledStr::from(help.to_owned()));
    value.starts_with(typed).then(|| CompletionCandidate::new(value).help(help))
}

/// Returns what can follow `QUESTION@`, with help texts: the parts of the named session, and the kinds of part.
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

/// Returns whether an option can be added to those already typed.
fn is_free(asked: &Question, before: &str, id: &str) -> bool {
    let mut named = before.rsplit('=').next().unwrap_or_default().split(',');
    match asked.kind {
        Kind::Parts => true,
        Kind::Many => !named.any(|named| named == id),
        Kind::One | Kind::Text => !before.ends_with(','),
    }
}

/// The command line typed so far.
struct TypedCommand(Option<ArgMatches>);

impl TypedCommand {
    /// Parses the words that the shell's completion script passes after `--`.
    fn typed() -> Self {
        let words = std::env::args_os().skip_while(|word| word != "--").skip(1);
        let command = Cli::command().ignore_errors(true);
        Self(command.try_get_matches_from(words.collect::<Vec<OsString>>()).ok())
    }

    /// Returns the path given for an argument of the command.
    fn path(&self, argument: &str) -> Option<&Path> {
        let all = self.0.as_ref()?;
        let own = all.subcommand().map_or(all, |(_, own)| own);
        own.try_get_one::<PathBuf>(argument).ok().flatten().map(PathBuf::as_path)
    }

    /// Returns the questionnaire given with `--questions`, or the built-in one.
    fn questionnaire(&self) -> Option<Questionnaire> {
        match self.path("questions") {
            // A completion must not read standard input.
            Some(file) if file == Path::new("-") => None,
            Some(file) => Questionnaire::parse(&source::read(file).ok()?).ok(),
            None => Some(crate::built_in::questionnaire()),
        }
    }

    /// Returns the session given on the command line, if it can be loaded.
    fn session(&self, questionnaire: &Questionnaire) -> Option<Session> {
        Session::load(self.path("session")?, questionnaire).ok()
    }
}
