//! Precedents: published decisions with the answers that their deciders would have given, and the search for
//! those with similar answers.
//!
//! A file of precedents sits next to its questionnaire. It is parsed on first use, because startup and
//! answering must not wait for it. Precedents carry no points and do not change the advice.

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

/// The suffix of the name of a precedents file.
pub const ENDING: &str = "precedents.ron";

/// The precedents of one questionnaire, in file order.
#[derive(Debug, Default)]
pub struct Precedents {
    /// The precedents, in file order.
    pub all: Vec<Precedent>,
}

/// One published decision.
#[derive(Debug)]
pub struct Precedent {
    /// Byte range of the id in the file.
    pub span: Range<usize>,
    /// Id, unique within the file.
    pub id: String,
    /// Who decided what.
    pub title: String,
    /// The reasons that the deciders gave; empty if unknown.
    pub why: String,
    /// Year of the decision, if known.
    pub year: Option<u16>,
    /// Addresses where the decision can be read, each with its byte range in the file.
    pub addresses: Vec<(Range<usize>, String)>,
    /// The decided parts, in file order.
    pub parts: Vec<DecidedPart>,
    /// The answers, for the decided parts and for parts that stay as they are.
    pub answers: Answers,
    /// The facts that the answers rest on.
    pub grounds: Vec<Ground>,
}

/// A part that a published decision decided.
#[derive(Debug)]
pub struct DecidedPart {
    /// Byte range of the name in the file.
    pub span: Range<usize>,
    /// The deciders' name for the part.
    pub name: String,
    /// The part in [`Precedent::answers`], or the system as a whole.
    pub subject: Subject,
    /// The choice.
    pub choice: Choice,
    /// The answers in effect for the part.
    pub sheet: EffectiveAnswers,
}

/// The choice for a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// One candidate, or several that the deciders named as equals.
    Candidates(CandidateSet),
    /// Something that is not a candidate of the questionnaire.
    Other(String),
}

/// The fact that an answer of a precedent rests on.
#[derive(Debug)]
pub struct Ground {
    /// The question.
    pub question: QuestionId,
    /// The part that the answer is for, or the whole system.
    pub subject: Subject,
    /// The fact, in a few words.
    pub because: String,
    /// Whether the fact is inferred, because the deciders did not state it.
    pub inferred: bool,
}

impl Precedents {
    /// Parses and checks a file. On failure, returns all errors found.
    pub fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Self, Rejected> {
        read::parse(source, questionnaire)
            .map(|all| Self { all })
            .map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
    }
}

impl Precedent {
    /// Returns the fact behind the answer in effect for a part: from its own answer, else from the answer for
    /// all parts.
    pub fn ground(&self, question: QuestionId, subject: Subject) -> Option<&Ground> {
        let of = |subject: Subject| {
            self.grounds.iter().find(|it| (it.question, it.subject) == (question, subject))
        };
        of(subject).or_else(|| of(Subject::System))
    }
}

/// Returns the path of a questionnaire's companion file. With the ending `precedents.ron`, this is
/// `NAME.precedents.ron` next to `NAME.ron`. The file may not exist.
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

/// The precedents of the current questionnaire, parsed on first use.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The file's text, or why it cannot be read; `None` if there is no file.
    source: Option<Result<Source, String>>,
    parsed: OnceLock<Result<Precedents, String>>,
}

impl Shelf {
    /// Creates a shelf from the text of a file, or why it cannot be read; `None` if there is no file.
    pub fn new(source: Option<Result<Source, String>>) -> Self {
        Self { source, parsed: OnceLock::new() }
    }

    /// Returns whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.source.is_none()
    }

    /// Returns the precedents; empty if there is no file. The error is one line; for an invalid file, it
    /// names the position of the first error.
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
