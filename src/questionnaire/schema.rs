//! The shape of a questionnaire file as RON spells it; must not check what the names refer to.
//!
//! Strings borrow from the file's text wherever RON allows it, so that an error found later can
//! still point at line and column.

use serde::Deserialize;

pub(super) use crate::source::Text;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Questionnaire", deny_unknown_fields)]
pub(super) struct File<'a> {
    pub format: u32,
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub version: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub subject: Text<'a>,
    #[serde(borrow, default)]
    pub called: Option<Called<'a>>,
    #[serde(borrow)]
    pub sources: Vec<Source<'a>>,
    #[serde(borrow)]
    pub candidates: Vec<Candidate<'a>>,
    #[serde(borrow, default)]
    pub adoption: Option<Adoption<'a>>,
    #[serde(borrow)]
    pub questions: Vec<Question<'a>>,
    #[serde(borrow, default)]
    pub rules: Vec<Rule<'a>>,
    #[serde(borrow, default)]
    pub boundaries: Vec<Boundary<'a>>,
    #[serde(borrow, default)]
    pub dimensions: Vec<Dimension<'a>>,
}

/// What candidates are called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Called<'a> {
    #[serde(borrow)]
    pub one: Text<'a>,
    #[serde(borrow)]
    pub many: Text<'a>,
}

/// Something that is cited.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow, default)]
    pub author: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub date: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub url: Option<Text<'a>>,
    #[serde(borrow, default)]
    pub verified: Option<Text<'a>>,
}

/// Something that can be recommended.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Candidate<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow, default)]
    pub tags: Vec<Text<'a>>,
    #[serde(default)]
    pub adoption: Option<i64>,
}

/// What it costs to take up one more candidate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Adoption<'a> {
    pub points: i64,
    #[serde(borrow)]
    pub because: Text<'a>,
    #[serde(borrow)]
    pub source: Vec<Text<'a>>,
}

/// One question with its options.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow, default)]
    pub section: Option<Text<'a>>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub ask: Text<'a>,
    #[serde(borrow)]
    pub why: Text<'a>,
    #[serde(borrow)]
    pub kind: Kind<'a>,
    #[serde(borrow, default)]
    pub when: Option<Condition<'a>>,
    #[serde(default)]
    pub each_part: bool,
    #[serde(default = "yes")]
    pub skippable: bool,
    #[serde(borrow, default)]
    pub options: Vec<Choice<'a>>,
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
        #[serde(borrow, default)]
        chosen: Option<Template<'a>>,
        #[serde(borrow, default)]
        not_chosen: Option<Template<'a>>,
    },
}

/// What choosing, or not choosing, a candidate means for that candidate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Template<'a> {
    #[serde(borrow, default)]
    pub evidence: Vec<Evidence<'a>>,
    #[serde(borrow, default)]
    pub exclusions: Vec<Exclusion<'a>>,
    #[serde(default)]
    pub waives_adoption: bool,
}

/// One option of a question.
#[derive(Debug, Deserialize)]
#[serde(rename = "Option", deny_unknown_fields)]
pub(super) struct Choice<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow, default)]
    pub name: Option<Text<'a>>,
    #[serde(borrow)]
    pub text: Text<'a>,
    #[serde(default)]
    pub alone: bool,
    #[serde(borrow, default)]
    pub waives_adoption: Vec<Text<'a>>,
    #[serde(borrow, default)]
    pub evidence: Vec<Evidence<'a>>,
    #[serde(borrow, default)]
    pub exclusions: Vec<Exclusion<'a>>,
    #[serde(borrow, default)]
    pub says: Vec<Say<'a>>,
}

/// Points for or against candidates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence<'a> {
    #[serde(borrow, default)]
    pub candidates: Vec<Text<'a>>,
    #[serde(borrow, default)]
    pub chosen_by: Option<Text<'a>>,
    pub points: i64,
    #[serde(borrow)]
    pub because: Text<'a>,
    #[serde(borrow)]
    pub source: Vec<Text<'a>>,
    #[serde(borrow, default)]
    pub parts: Vec<Text<'a>>,
}

/// Candidates that an answer rules out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exclusion<'a> {
    #[serde(borrow, default)]
    pub candidates: Vec<Text<'a>>,
    #[serde(borrow, default)]
    pub chosen_by: Option<Text<'a>>,
    #[serde(borrow)]
    pub because: Text<'a>,
    #[serde(borrow)]
    pub source: Vec<Text<'a>>,
    #[serde(borrow, default)]
    pub parts: Vec<Text<'a>>,
}

/// A remark without points.
#[derive(Debug, Deserialize)]
#[serde(rename = "Remark", deny_unknown_fields)]
pub(super) struct Say<'a> {
    pub kind: super::SayKind,
    #[serde(borrow, default)]
    pub candidates: Vec<Text<'a>>,
    #[serde(borrow)]
    pub text: Text<'a>,
    #[serde(borrow)]
    pub source: Vec<Text<'a>>,
    #[serde(borrow, default)]
    pub parts: Vec<Text<'a>>,
}

/// A conjunction of literals with what follows from it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub all: Vec<Literal<'a>>,
    #[serde(borrow, default)]
    pub evidence: Vec<Evidence<'a>>,
    #[serde(borrow, default)]
    pub exclusions: Vec<Exclusion<'a>>,
    #[serde(borrow, default)]
    pub says: Vec<Say<'a>>,
}

/// `question/option`, chosen or not.
#[derive(Debug, Deserialize)]
pub(super) enum Literal<'a> {
    Is(#[serde(borrow)] Text<'a>),
    Not(#[serde(borrow)] Text<'a>),
}

/// When a question is asked.
#[derive(Debug, Deserialize)]
pub(super) enum Condition<'a> {
    Is(#[serde(borrow)] Text<'a>),
    Not(#[serde(borrow)] Box<Condition<'a>>),
    All(#[serde(borrow)] Vec<Condition<'a>>),
    Any(#[serde(borrow)] Vec<Condition<'a>>),
}

/// How parts of two kinds talk to each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Boundary<'a> {
    #[serde(borrow)]
    pub between: (Text<'a>, Text<'a>),
    #[serde(borrow)]
    pub by: Text<'a>,
    #[serde(borrow)]
    pub because: Text<'a>,
    #[serde(borrow)]
    pub source: Vec<Text<'a>>,
    #[serde(borrow, default)]
    pub when: Option<Condition<'a>>,
}

/// What candidates are compared by, side by side.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dimension<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub facts: Vec<Fact<'a>>,
}

/// How candidates stand in one dimension.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact<'a> {
    #[serde(borrow)]
    pub candidates: Vec<Text<'a>>,
    #[serde(borrow)]
    pub text: Text<'a>,
    #[serde(borrow)]
    pub source: Vec<Text<'a>>,
}
