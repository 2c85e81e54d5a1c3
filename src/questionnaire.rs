//! The questionnaire: an immutable, checked value made from a file such as `questions.ron`.
//!
//! Must not know answers, terminals or any particular candidate. Everything that can score or
//! rule out is lowered to one shape, the [`Line`]; what reads a questionnaire reads lines.

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
    /// Returns the number by which people know the option, counted from 1.
    pub const fn number(self) -> usize {
        self.0 + 1
    }
}

/// Options of one question.
pub type OptionSet = IdSet<OptionId>;
/// Candidates.
pub type CandidateSet = IdSet<CandidateId>;

/// A whole questionnaire that cannot be wrong: every id in it refers to something.
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
    /// By question, where its lines begin; at the end, where those of the rules begin.
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
    /// Where its id stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Short name shown beside a reason.
    pub id: String,
    /// Title of the text.
    pub title: String,
    /// The candidates that it is about; empty where it is about others or about any of them.
    pub about: CandidateSet,
    /// Author, where the text states one.
    pub author: Option<String>,
    /// Date, where the text states one.
    pub date: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// The day on which somebody last saw that it says what it is cited for.
    pub verified: Option<Date>,
}

/// A rule, whose lines and remarks are among those of the questionnaire.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    /// Where its id stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// What must be true for it to say anything.
    pub all: Vec<Literal>,
    /// The sheets on which it can say something.
    pub scope: Scope,
}

/// Something that can be recommended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Candidate {
    /// Where its id stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Id in files.
    pub id: String,
    /// Ids that it had before; files that use them are understood.
    pub aliases: Vec<String>,
    /// Name for people.
    pub name: String,
    /// Properties, such as `native`.
    pub tags: Vec<String>,
    /// Points that taking it up costs, never negative.
    pub adoption: i64,
}

/// Why taking up a candidate costs points, and which options waive that.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Adoption {
    /// The reason.
    pub because: String,
    /// Where the reason comes from.
    pub sources: Vec<SourceId>,
    /// The question that may waive the cost and, by candidate, the options that do.
    pub waiver: Option<(QuestionId, PerCandidate<OptionSet>)>,
}

/// How parts of two kinds usually talk.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Boundary {
    /// Where its reason stands.
    #[serde(skip)]
    pub span: Range<usize>,
    /// The two kinds of part.
    pub between: (OptionId, OptionId),
    /// The means: HTTP, a queue, files.
    pub by: String,
    /// The reason.
    pub because: String,
    /// Where the reason comes from.
    pub sources: Vec<SourceId>,
    /// When it applies; always if absent.
    pub when: Option<Condition>,
}

impl Questionnaire {
    /// Parses and checks a file; on failure returns everything that is wrong with it.
    pub fn parse(source: &Source) -> Result<Self, Rejected> {
        let tried = |text: &str| crate::source::try_ron::<schema::File<'_>>(text);
        crate::source::parse_ron(source, validate::FORMAT, |file: &schema::File<'_>| file.format, tried)
            .and_then(|file| validate::validate(source, &file))
            .map_err(|diagnostics| Rejected { source: source.clone(), diagnostics })
    }

    /// Returns the name that sessions refer to.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the version that the author gave it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the sixteen hexadecimal digits that change when the file's text changes.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Returns the title for people.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns the candidate the questionnaire is about, if it is about one.
    pub const fn subject(&self) -> Option<CandidateId> {
        self.subject
    }

    /// Returns what candidates are called.
    pub const fn noun(&self) -> &CandidateNoun {
        &self.noun
    }

    /// Returns what is cited.
    pub fn sources(&self) -> &[Cited] {
        &self.sources
    }

    /// Returns what can be recommended, in file order.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// Returns what it costs to take up a candidate.
    pub const fn adoption(&self) -> &Adoption {
        &self.adoption
    }

    /// Returns the questions in file order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Returns the one question whose options are kinds of part, if there is one.
    pub const fn parts_question(&self) -> Option<QuestionId> {
        self.parts_question
    }

    /// Returns all evidence and exclusions: those of the questions in file order, then those of the rules.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns all remarks without points.
    pub fn says(&self) -> &[Say] {
        &self.says
    }

    /// Returns the rules, for tracing a line back.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns how parts usually talk.
    pub fn boundaries(&self) -> &[Boundary] {
        &self.boundaries
    }

    /// Returns what candidates are compared by, side by side, without points.
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// Returns how many characters its texts hid that are spelled out, and where the first of those texts
    /// stands.
    pub const fn hidden(&self) -> Option<&(usize, Range<usize>)> {
        self.hidden.as_ref()
    }

    /// Returns which answers something depends on.
    pub const fn uses(&self) -> &Uses {
        &self.uses
    }

    /// Returns the same questionnaire, except that taking up a candidate costs nothing.
    #[must_use]
    pub fn at_no_cost(&self) -> Self {
        let mut free = self.clone();
        free.candidates.iter_mut().for_each(|candidate| candidate.adoption = 0);
        free
    }

    /// Returns the same questionnaire, except that each line is about no more candidates than `about` says.
    #[must_use]
    pub fn narrowed(&self, about: impl Fn(&Line) -> CandidateSet) -> Self {
        let mut narrowed = self.clone();
        for line in &mut narrowed.lines {
            line.candidates = line.candidates.intersection(about(line));
        }
        narrowed
    }

    /// Returns the lines written with a question, none of which applies while it has no answer.
    pub fn lines_of(&self, question: QuestionId) -> &[Line] {
        &self.lines[self.line_starts[question.0]..self.line_starts[question.0 + 1]]
    }

    /// Returns the lines written in rules.
    pub fn rule_lines(&self) -> &[Line] {
        &self.lines[self.line_starts[self.questions.len()]..]
    }

    /// Returns the questions with their ids, in file order.
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

    /// Finds a question by the id that files use.
    pub fn find(&self, id: &str) -> Option<QuestionId> {
        position(&self.questions, id, |question| (&question.id, &question.aliases)).map(QuestionId)
    }

    /// Finds a candidate by the id that files use, or used before.
    pub fn find_candidate(&self, id: &str) -> Option<CandidateId> {
        position(&self.candidates, id, |candidate| (&candidate.id, &candidate.aliases)).map(CandidateId)
    }

    /// Returns those of a reason's sources that speak of a candidate; all where none says that it does.
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

    /// Returns a reason as it is said of one candidate, whose name takes the place of `{}`.
    pub fn reason<'r>(&self, because: &'r str, candidate: CandidateId) -> Cow<'r, str> {
        if names_its_candidate(because) {
            return Cow::Owned(because.replace(CANDIDATE, &self[candidate].name));
        }
        Cow::Borrowed(because)
    }

    /// Returns a reason that several candidates share, said once of all of them.
    pub fn shared_reason<'r>(&self, because: &'r str, candidates: CandidateSet) -> Cow<'r, str> {
        match because.strip_prefix(CANDIDATE) {
            // Their names stand before it.
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

/// What stands in a reason for the name of the candidate it is about.
const CANDIDATE: &str = "{}";

/// Finds what has an id, or had it before another one took its place.
fn position<T>(all: &[T], id: &str, ids: impl Fn(&T) -> (&String, &Vec<String>)) -> Option<usize> {
    let now = all.iter().position(|it| ids(it).0 == id);
    now.or_else(|| all.iter().position(|it| ids(it).1.iter().any(|alias| alias == id)))
}

/// Says whether a reason has a place for the name of the candidate it is about.
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
