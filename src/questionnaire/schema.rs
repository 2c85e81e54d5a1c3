//! The structure of a questionnaire file in RON.
//!
//! Strings borrow from the file's text where RON allows it, so that later errors can point at a line and
//! column. Serde needs the `borrow` attribute on only one field of each type.

use serde::Deserialize;

pub(super) use crate::source::SourceStr;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Questionnaire", deny_unknown_fields)]
pub(super) struct File<'a> {
    pub format: u32,
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    pub version: SourceStr<'a>,
    pub title: SourceStr<'a>,
    pub subject: Option<SourceStr<'a>>,
    pub called: Option<Called<'a>>,
    pub sources: Vec<Source<'a>>,
    pub candidates: Vec<Candidate<'a>>,
    pub adoption: Option<Adoption<'a>>,
    pub suitability: Option<Suitability<'a>>,
    pub questions: Vec<Question<'a>>,
    #[serde(default)]
    pub rules: Vec<Rule<'a>>,
    #[serde(default)]
    pub boundaries: Vec<Boundary<'a>>,
    #[serde(default)]
    pub dimensions: Vec<Dimension<'a>>,
}

/// The noun for candidates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Called<'a> {
    #[serde(borrow)]
    pub one: SourceStr<'a>,
    pub many: SourceStr<'a>,
}

/// A cited source.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source<'a> {
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    pub title: SourceStr<'a>,
    #[serde(default)]
    pub about: Vec<SourceStr<'a>>,
    pub author: Option<SourceStr<'a>>,
    pub date: Option<SourceStr<'a>>,
    pub url: Option<SourceStr<'a>>,
    pub verified: Option<SourceStr<'a>>,
}

/// Something that can be recommended.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Candidate<'a> {
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    #[serde(default)]
    pub aliases: Vec<SourceStr<'a>>,
    pub name: SourceStr<'a>,
    #[serde(default)]
    pub tags: Vec<SourceStr<'a>>,
    pub adoption: Option<i64>,
}

/// The cost of adopting a candidate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Adoption<'a> {
    pub points: i64,
    #[serde(borrow)]
    pub because: SourceStr<'a>,
    pub source: Vec<SourceStr<'a>>,
}

/// One question with its options.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub(super) struct Question<'a> {
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    #[serde(default)]
    pub aliases: Vec<SourceStr<'a>>,
    pub section: Option<SourceStr<'a>>,
    pub title: SourceStr<'a>,
    pub ask: SourceStr<'a>,
    pub why: SourceStr<'a>,
    pub kind: Kind<'a>,
    pub when: Option<Condition<'a>>,
    #[serde(default)]
    pub each_part: bool,
    #[serde(default)]
    pub concerns: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub hard: bool,
    #[serde(default = "yes")]
    pub skippable: bool,
    #[serde(default)]
    pub place: super::TextPlace,
    #[serde(default)]
    pub options: Vec<AnswerOption<'a>>,
}

fn yes() -> bool {
    true
}

/// How a question is answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Kind<'a> {
    One,
    Many,
    Parts,
    Text,
    Candidates {
        #[serde(default)]
        many: bool,
        #[serde(borrow)]
        chosen: Option<Template<'a>>,
        not_chosen: Option<Template<'a>>,
    },
}

/// The effects of choosing, or not choosing, a candidate on that candidate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template<'a> {
    #[serde(borrow, default)]
    pub evidence: Vec<Evidence<'a>>,
    #[serde(default)]
    pub exclusions: Vec<Exclusion<'a>>,
    #[serde(default)]
    pub waives_adoption: bool,
}

/// One option of a question.
#[derive(Debug, Deserialize)]
#[serde(rename = "Option", deny_unknown_fields)]
pub(super) struct AnswerOption<'a> {
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    #[serde(default)]
    pub aliases: Vec<SourceStr<'a>>,
    pub name: Option<SourceStr<'a>>,
    pub text: SourceStr<'a>,
    #[serde(default)]
    pub alone: bool,
    #[serde(default)]
    pub technical: bool,
    #[serde(default)]
    pub neutral: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub waives_adoption: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub evidence: Vec<Evidence<'a>>,
    #[serde(default)]
    pub exclusions: Vec<Exclusion<'a>>,
    #[serde(default)]
    pub says: Vec<Say<'a>>,
}

/// Points for or against candidates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence<'a> {
    #[serde(borrow, default)]
    pub candidates: Vec<SourceStr<'a>>,
    pub chosen_by: Option<SourceStr<'a>>,
    pub points: i64,
    pub argument: Option<SourceStr<'a>>,
    pub because: SourceStr<'a>,
    pub source: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub parts: Vec<SourceStr<'a>>,
}

/// Candidates that an answer rules out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exclusion<'a> {
    #[serde(borrow, default)]
    pub candidates: Vec<SourceStr<'a>>,
    pub chosen_by: Option<SourceStr<'a>>,
    #[serde(default)]
    pub unless: Vec<Lift<'a>>,
    pub because: SourceStr<'a>,
    pub source: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub parts: Vec<SourceStr<'a>>,
}

/// An answer that lifts an exclusion.
#[derive(Debug, Deserialize)]
pub(super) enum Lift<'a> {
    Is(#[serde(borrow)] SourceStr<'a>),
    ChosenBy(#[serde(borrow)] SourceStr<'a>),
}

/// The table of candidates that do not suit some kinds of part.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Suitability<'a> {
    #[serde(borrow, default)]
    pub unless: Vec<Lift<'a>>,
    #[serde(default)]
    pub cannot: Vec<Unsuited<'a>>,
    #[serde(default)]
    pub unusual: Vec<Unsuited<'a>>,
}

/// One row of a [`Suitability`] table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unsuited<'a> {
    #[serde(borrow)]
    pub parts: Vec<SourceStr<'a>>,
    pub candidates: Vec<SourceStr<'a>>,
    pub because: SourceStr<'a>,
    pub source: Vec<SourceStr<'a>>,
}

/// A remark without points.
#[derive(Debug, Deserialize)]
#[serde(rename = "Remark", deny_unknown_fields)]
pub(super) struct Say<'a> {
    pub kind: super::SayKind,
    #[serde(borrow, default)]
    pub candidates: Vec<SourceStr<'a>>,
    pub text: SourceStr<'a>,
    pub source: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub parts: Vec<SourceStr<'a>>,
}

/// A conjunction with its consequences.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule<'a> {
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    pub when: Condition<'a>,
    #[serde(default)]
    pub evidence: Vec<Evidence<'a>>,
    #[serde(default)]
    pub exclusions: Vec<Exclusion<'a>>,
    #[serde(default)]
    pub says: Vec<Say<'a>>,
}

/// A condition under which something applies.
#[derive(Debug, Deserialize)]
pub(super) enum Condition<'a> {
    Is(#[serde(borrow)] SourceStr<'a>),
    Not(#[serde(borrow)] Box<Condition<'a>>),
    All(#[serde(borrow)] Vec<Condition<'a>>),
    Any(#[serde(borrow)] Vec<Condition<'a>>),
    This(#[serde(borrow)] SourceStr<'a>),
    SeveralParts,
}

impl Condition<'_> {
    /// Returns whether the condition tests only the kind of part.
    pub fn is_about_this(&self) -> bool {
        match self {
            Self::This(_) => true,
            Self::Is(_) | Self::SeveralParts => false,
            Self::Not(inner) => inner.is_about_this(),
            Self::All(inner) | Self::Any(inner) => inner.iter().all(Self::is_about_this),
        }
    }
}

/// How parts of two kinds communicate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Boundary<'a> {
    #[serde(borrow)]
    pub between: (SourceStr<'a>, SourceStr<'a>),
    pub by: SourceStr<'a>,
    pub because: SourceStr<'a>,
    pub source: Vec<SourceStr<'a>>,
    pub when: Option<Condition<'a>>,
}

/// A dimension by which candidates are compared side by side.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dimension<'a> {
    #[serde(borrow)]
    pub id: SourceStr<'a>,
    pub title: SourceStr<'a>,
    pub facts: Vec<Fact<'a>>,
}

/// A fact about candidates in one dimension.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact<'a> {
    #[serde(borrow)]
    pub candidates: Vec<SourceStr<'a>>,
    pub text: SourceStr<'a>,
    pub source: Vec<SourceStr<'a>>,
}
