//! The questionnaire: an immutable, validated value parsed from a file such as `questions.ron`.
//!
//! This module must not depend on answers, terminals or any particular candidate. All evidence and all
//! exclusions are lowered to one type, the [`Line`].

mod candidate_noun;
mod checker;
mod condition;
mod conjunction;
mod dimension;
mod evidence;
mod labels;
mod ladder;
mod lower;
mod per_id;
mod question;
mod schema;
mod uses;
mod validate;

use std::borrow::Cow;
use std::ops::{Index, Range};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use candidate_noun::CandidateNoun;
pub use condition::{Condition, Literal, Sheet};
pub use dimension::{Dimension, Fact};
pub use evidence::{Exclusion, Impact, Line, LineOrigin, Say, SayKind, Scope};
pub use ladder::{LADDER, step_down, step_up};
pub use per_id::{PerCandidate, PerId, PerOption, PerQuestion};
pub use question::{AnswerOption, Kind, Question, TextPlace};
pub use uses::Uses;

use crate::id_set::{IdSet, SmallId};
use crate::source::{Rejected, Source};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(usize);

        impl SmallId for $name {
            fn from_index(index: usize) -> Self {
                Self(index)
            }

            fn index(self) -> usize {
                self.0
            }
        }
    };
}

id!(/** A question, by its position in file order; there are at most 500, so it is not for [`IdSet`]. */ QuestionId);
id!(/** An option of a question, by its position. */ OptionId);
id!(/** A candidate, by its position. */ CandidateId);
id!(/** A source, by its position. */ SourceId);

impl OptionId {
    /// Returns the number shown to users, counted from 1.
    pub const fn number(self) -> usize {
        self.0 + 1
    }
}

/// A set of options of one question.
pub type OptionSet = IdSet<OptionId>;
/// A set of candidates.
pub type CandidateSet = IdSet<CandidateId>;

/// A valid questionnaire: every id in it resolves.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Questionnaire {
    id: String,
    version: String,
    digest: String,
    title: String,
    subject: Option<CandidateId>,
    noun: CandidateNoun,
    sources: Vec<Cited>,
    candidates: Vec<Candidate>,
    adoption: Adoption,
    questions: Vec<Question>,
    parts_question: Option<QuestionId>,
    lines: Vec<Line>,
    /// The index of each question's first line, followed by the index of the rules' first line.
    line_starts: Vec<usize>,
    says: Vec<Say>,
    rules: Vec<Rule>,
    boundaries: Vec<Boundary>,
    dimensions: Vec<Dimension>,
    hidden: Option<(usize, Range<usize>)>,
    uses: Uses,
}

/// A source that reasons cite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cited {
    /// Span of the id in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id, shown beside a reason.
    pub id: String,
    /// Title of the source.
    pub title: String,
    /// The candidates that the source is about. Empty if it is about something else or about candidates in
    /// general.
    pub about: CandidateSet,
    /// Author, if stated.
    pub author: Option<String>,
    /// Date, if stated.
    pub date: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// The date on which the source was last verified to support what it is cited for.
    pub verified: Option<Date>,
}

/// A rule. Its lines and remarks are in [`Questionnaire::lines`] and [`Questionnaire::says`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    /// Span of the id in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// A conjunction; the rule applies when all its literals are true.
    pub all: Vec<Literal>,
    /// The sheets on which the rule can apply.
    pub scope: Scope,
}

/// Something that can be recommended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Candidate {
    /// Span of the id in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Former ids, which files may still use.
    pub aliases: Vec<String>,
    /// Display name.
    pub name: String,
    /// Properties, such as `native`.
    pub tags: Vec<String>,
    /// Adoption cost in points, never negative.
    pub adoption: i64,
}

/// Why adopting a candidate costs points, and which options waive the cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Adoption {
    /// The reason.
    pub because: String,
    /// Sources of the reason.
    pub sources: Vec<SourceId>,
    /// The question that can waive the cost, with the options that do so for each candidate.
    pub waiver: Option<(QuestionId, PerCandidate<OptionSet>)>,
}

/// How parts of two kinds usually communicate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Boundary {
    /// Span of the reason in the file.
    #[serde(skip)]
    pub span: Range<usize>,
    /// The two kinds of part.
    pub between: (OptionId, OptionId),
    /// The means of communication, such as HTTP, a queue or files.
    pub by: String,
    /// The reason.
    pub because: String,
    /// Sources of the reason.
    pub sources: Vec<SourceId>,
    /// The condition under which the boundary applies; `None` if it always applies.
    pub when: Option<Condition>,
}

impl Questionnaire {
    /// Parses and validates a file. On failure, returns all errors found.
    pub fn parse(source: &Source) -> Result<Self, Rejected> {
        let tried = |text: &str| crate::source::try_ron::<schema::File<'_>>(text);
        crate::source::parse_ron(source, validate::FORMAT, |file: &schema::File<'_>| file.format, tried)
            .and_then(|file| validate::validate(source, &file))
            .map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
    }

    /// Returns the id that sessions refer to.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the version that the author assigned.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the digest of the file's text, as sixteen hexadecimal digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Returns the title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the candidate that the questionnaire is about, if any.
    pub const fn subject(&self) -> Option<CandidateId> {
        self.subject
    }

    /// Returns the noun for candidates.
    pub const fn noun(&self) -> &CandidateNoun {
        &self.noun
    }

    /// Returns the cited sources.
    pub fn sources(&self) -> &[Cited] {
        &self.sources
    }

    /// Returns the candidates in file order.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Returns why adopting a candidate costs points, and what waives the cost.
    pub const fn adoption(&self) -> &Adoption {
        &self.adoption
    }

    /// Returns the questions in file order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Returns the question whose options are kinds of part, if there is one.
    pub const fn parts_question(&self) -> Option<QuestionId> {
        self.parts_question
    }

    /// Returns all evidence and exclusions: those of the questions in file order, then those of the rules.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns all remarks.
    pub fn says(&self) -> &[Say] {
        &self.says
    }

    /// Returns the rules, which [`LineOrigin::Rule`] refers to.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns how parts usually communicate.
    pub fn boundaries(&self) -> &[Boundary] {
        &self.boundaries
    }

    /// Returns the dimensions by which candidates are compared side by side, without points.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// Returns the number of hidden characters that were spelled out, and the span of the first affected
    /// text.
    pub const fn hidden(&self) -> Option<&(usize, Range<usize>)> {
        self.hidden.as_ref()
    }

    /// Returns the index of what depends on which answers.
    pub const fn uses(&self) -> &Uses {
        &self.uses
    }

    /// Returns a copy in which adopting a candidate costs nothing.
    #[must_use]
    pub fn at_no_cost(&self) -> Self {
        let mut free = self.clone();
        free.candidates.iter_mut().for_each(|candidate| candidate.adoption = 0);
        free
    }

    /// Returns a copy in which each line keeps only the candidates that `about` returns for it.
    #[must_use]
    pub fn narrowed(&self, about: impl Fn(&Line) -> CandidateSet) -> Self {
        let mut narrowed = self.clone();
        for line in &mut narrowed.lines {
            line.candidates = line.candidates.intersection(about(line));
        }
        narrowed
    }

    /// Returns the lines of a question. None of them applies while the question has no answer.
    pub fn lines_of(&self, question: QuestionId) -> &[Line] {
        &self.lines[self.line_starts[question.0]..self.line_starts[question.0 + 1]]
    }

    /// Returns the lines of the rules.
    pub fn rule_lines(&self) -> &[Line] {
        &self.lines[self.line_starts[self.questions.len()]..]
    }

    /// Returns the ids of the questions, in file order.
    pub fn question_ids(&self) -> impl DoubleEndedIterator<Item = QuestionId> + use<> {
        (0..self.questions.len()).map(QuestionId)
    }

    /// Returns the first question; there is always one.
    pub fn first_question(&self) -> QuestionId {
        QuestionId(0)
    }

    /// Returns all candidates.
    pub fn all_candidates(&self) -> CandidateSet {
        IdSet::first(self.candidates.len())
    }

    /// Finds a question by its current or a former id.
    pub fn find(&self, id: &str) -> Option<QuestionId> {
        position(&self.questions, id, |question| (&question.id, &question.aliases)).map(QuestionId)
    }

    /// Finds a candidate by its current or a former id.
    pub fn find_candidate(&self, id: &str) -> Option<CandidateId> {
        position(&self.candidates, id, |candidate| (&candidate.id, &candidate.aliases)).map(CandidateId)
    }

    /// Returns the sources of a reason except those about other candidates only, or all of them if none
    /// remains.
    pub fn sources_about(&self, sources: &[SourceId], candidate: CandidateId) -> Vec<SourceId> {
        let is_about = |source: &&SourceId| {
            let about = self[**source].about;
            about.is_empty() || about.contains(candidate)
        };
        let about: Vec<SourceId> = sources.iter().filter(is_about).copied().collect();
        if about.is_empty() { sources.to_vec() } else { about }
    }

    /// Returns the ids of sources, as shown beside a reason: `guide, upkeep`.
    pub fn cite(&self, sources: &[SourceId]) -> String {
        let ids: Vec<&str> = sources.iter().map(|source| self[*source].id.as_str()).collect();
        ids.join(", ")
    }

    /// Returns the names of candidates in file order, joined as in a sentence: `Go, Rust or C++`.
    pub fn names(&self, candidates: CandidateSet, conjunction: &str) -> String {
        join(candidates.iter().map(|candidate| self[candidate].name.as_str()), conjunction)
    }

    /// Returns a reason for one candidate, with its name in place of `{}`.
    pub fn reason<'r>(&self, because: &'r str, candidate: CandidateId) -> Cow<'r, str> {
        if names_its_candidate(because) {
            return Cow::Owned(because.replace(CANDIDATE, &self[candidate].name));
        }
        Cow::Borrowed(because)
    }

    /// Returns a reason worded for all candidates that share it.
    pub fn shared_reason<'r>(&self, because: &'r str, candidates: CandidateSet) -> Cow<'r, str> {
        match because.strip_prefix(CANDIDATE) {
            // The reason is shown after the names, so `each` stands for them.
            Some(rest) => Cow::Owned(format!("each{}", rest.replace(CANDIDATE, "it"))),
            None if names_its_candidate(because) => {
                Cow::Owned(because.replace(CANDIDATE, &self.names(candidates, "or")))
            }
            None => Cow::Borrowed(because),
        }
    }

    /// Returns the ids of candidates.
    pub fn ids_of(&self, candidates: CandidateSet) -> Vec<String> {
        candidates.iter().map(|candidate| self[candidate].id.clone()).collect()
    }
}

/// The placeholder for the candidate's name in a reason.
const CANDIDATE: &str = "{}";

/// Returns the position of the item with this id, or else of the item with this former id.
fn position<T>(all: &[T], id: &str, ids: impl Fn(&T) -> (&String, &Vec<String>)) -> Option<usize> {
    let now = all.iter().position(|it| ids(it).0 == id);
    now.or_else(|| all.iter().position(|it| ids(it).1.iter().any(|alias| alias == id)))
}

/// Returns whether a reason contains the placeholder for the candidate's name.
pub fn names_its_candidate(because: &str) -> bool {
    because.contains(CANDIDATE)
}

/// Joins words as in a sentence: `a`, `a or b`, `a, b or c`.
pub fn join<'a>(words: impl IntoIterator<Item = &'a str>, conjunction: &str) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

macro_rules! index {
    ($($of:ty, $id:ty => $field:ident, $item:ty;)*) => {
        $(impl Index<$id> for $of {
            type Output = $item;

            fn index(&self, id: $id) -> &$item {
                &self.$field[id.0]
            }
        })*
    };
}

index! {
    Questionnaire, QuestionId => questions, Question;
    Questionnaire, CandidateId => candidates, Candidate;
    Questionnaire, SourceId => sources, Cited;
    Question, OptionId => options, AnswerOption;
}
