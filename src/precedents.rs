//! Precedents: published decisions, answered as somebody at work on them would have, and which of them are near.
//!
//! A file of precedents stands beside its questionnaire. It is parsed only when somebody asks for it: starting and
//! answering must not wait for it. Precedents carry no points and change no advice.

mod format;
mod nearest;
mod read;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::answers::{Answers, EffectiveAnswers, Subject};
use crate::questionnaire::{CandidateSet, QuestionId, Questionnaire};
use crate::source::{Rejected, Source};

pub(crate) use format::{AnswerEntry, PartEntry};
pub use nearest::{NEAREST, Near, SHARED, nearest, worth_answering};
pub(crate) use read::Reader;

/// What the name of a file of precedents ends in.
pub const ENDING: &str = "precedents.ron";

/// The precedents of one questionnaire, in file order.
#[derive(Debug, Default)]
pub struct Precedents {
    /// The precedents.
    pub all: Vec<Precedent>,
}

/// One published decision.
#[derive(Debug)]
pub struct Precedent {
    /// Where its id stands.
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Who decided what.
    pub title: String,
    /// The reasons that the deciders gave; empty if they are not known.
    pub why: String,
    /// When it was decided.
    pub year: Option<u16>,
    /// Where it can be read, each with its place in the file.
    pub addresses: Vec<(Range<usize>, String)>,
    /// The parts that were decided, in file order.
    pub parts: Vec<DecidedPart>,
    /// The answers, for these parts and for those that stay as they are.
    pub answers: Answers,
    /// What the answers rest on.
    pub grounds: Vec<Ground>,
}

/// A part of a published decision for which something was chosen.
#[derive(Debug)]
pub struct DecidedPart {
    /// Where its name stands.
    pub span: Range<usize>,
    /// What the deciders call it.
    pub name: String,
    /// The part in the precedent's answers.
    pub subject: Subject,
    /// What was chosen.
    pub choice: Choice,
    /// The answers that hold for it.
    pub sheet: EffectiveAnswers,
}

/// What was chosen for a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A candidate; several that the deciders named as equals.
    Candidates(CandidateSet),
    /// Something that the questionnaire does not weigh.
    Other(String),
}

/// What an answer of a precedent rests on.
#[derive(Debug)]
pub struct Ground {
    /// The question.
    pub question: QuestionId,
    /// The part that the answer is for, or all of them.
    pub subject: Subject,
    /// The fact, in a few words.
    pub because: String,
    /// Whether the deciders did not state it.
    pub inferred: bool,
}

impl Precedents {
    /// Parses and checks a file; on failure returns everything that is wrong with it.
    pub fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Self, Rejected> {
        read::parse(source, questionnaire)
            .map(|all| Self { all })
            .map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
    }
}

impl Precedent {
    /// Returns what the answer that holds for a part rests on: its own, else the one for all parts.
    pub fn ground(&self, question: QuestionId, subject: Subject) -> Option<&Ground> {
        let of = |subject: Subject| {
            self.grounds.iter().find(|it| (it.question, it.subject) == (question, subject))
        };
        of(subject).or_else(|| of(Subject::System))
    }
}

/// Returns where a file that belongs to a questionnaire is if there is one: `NAME.precedents.ron` beside
/// `NAME.ron`, if it ends in `precedents.ron`.
pub fn path_beside(questions: &Path, ending: &str) -> PathBuf {
    let base = if questions.extension().is_some_and(|it| it == "ron") {
        questions.with_extension("")
    } else {
        questions.to_owned()
    };
    let mut path = base.into_os_string();
    path.push(".");
    path.push(ending);
    path.into()
}

/// The precedents of the questionnaire in use, parsed when they are first asked for.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The file's text, or why it cannot be read; nothing if there is no file.
    source: Option<Result<Source, String>>,
    parsed: OnceLock<Result<Precedents, String>>,
}

impl Shelf {
    /// Takes the text of a file, or why it cannot be read; nothing if there is no file.
    pub fn new(source: Option<Result<Source, String>>) -> Self {
        Self { source, parsed: OnceLock::new() }
    }

    /// Says whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.source.is_none()
    }

    /// Returns the precedents, none if there is no file; an error is one sentence that names the place.
    pub fn precedents(&self, questionnaire: &Questionnaire) -> Result<&Precedents, &str> {
        let parse = || match &self.source {
            None => Ok(Precedents::default()),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(source)) => Precedents::parse(source, questionnaire).map_err(|rejected| {
                let first = rejected.diagnostics.first();
                first.map(|first| rejected.source.headline(first)).unwrap_or_default()
            }),
        };
        self.parsed.get_or_init(parse).as_ref().map_err(String::as_str)
    }
}
