//! The session file's format, designed to be easy to read, compare and merge.
//!
//! Uses lists instead of maps, because RON silently keeps only the last of two entries with the same key.
//! Entries are in the order of the questionnaire. The file contains no per-user state. The module `lines`
//! defines the layout.

use serde::{Deserialize, Serialize};

use crate::answers::Emphasis;
use crate::questionnaire::QuestionId;
use crate::sanitize::sanitize_line;
use crate::source::SourceStr;

/// The version of the format that this program writes, which is also the newest it reads.
pub(super) const FORMAT: u32 = 1;

#[derive(Deserialize)]
#[serde(rename = "Session", deny_unknown_fields)]
pub(super) struct StoredSession<'a> {
    pub format: u32,
    #[serde(borrow)]
    pub questionnaire: QuestionnaireRef<'a>,
    pub id: Option<SourceStr<'a>>,
    #[serde(default)]
    pub title: SourceStr<'a>,
    #[serde(default)]
    pub system: SourceStr<'a>,
    #[serde(default)]
    pub deciders: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub consulted: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub informed: Vec<SourceStr<'a>>,
    pub date: Option<SourceStr<'a>>,
    pub accepted: Option<SourceStr<'a>>,
    pub review_by: Option<SourceStr<'a>>,
    #[serde(default)]
    pub answers: Vec<AnswerEntry<'a>>,
    #[serde(default)]
    pub parts: Vec<PartEntry<'a>>,
    #[serde(default)]
    pub decided: Vec<DecisionEntry<'a>>,
}

/// The decision for one part, with the advice of that day. It names either a candidate or something else. If
/// it names neither, nothing is decided yet, and all fields except `part` are omitted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename = "Decision", deny_unknown_fields)]
pub(super) struct DecisionEntry<'a> {
    /// Name of the part; omitted for the system as a whole.
    #[serde(borrow)]
    pub part: Option<SourceStr<'a>>,
    pub candidate: Option<SourceStr<'a>>,
    /// The decision, if it is not for a candidate.
    pub other: Option<SourceStr<'a>>,
    #[serde(default)]
    pub advised: Vec<SourceStr<'a>>,
    #[serde(default)]
    pub because: SourceStr<'a>,
    pub date: Option<SourceStr<'a>>,
    #[serde(default)]
    pub version: SourceStr<'a>,
    #[serde(default)]
    pub digest: SourceStr<'a>,
}

#[derive(Deserialize)]
#[serde(rename = "Questionnaire", deny_unknown_fields)]
pub(super) struct QuestionnaireRef<'a> {
    /// Empty if the file has no id. The reader then gives a better error than the parser would.
    #[serde(borrow, default)]
    pub id: SourceStr<'a>,
    pub version: SourceStr<'a>,
    /// Empty in a session that another program wrote.
    #[serde(default)]
    pub digest: SourceStr<'a>,
    /// Path relative to the session's folder; omitted for the built-in questionnaire.
    pub file: Option<SourceStr<'a>>,
}

/// The entry for one question. Without an answer, the question is open or, in a part, the answer for all
/// parts applies.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename = "Answer", deny_unknown_fields)]
pub(super) struct AnswerEntry<'a> {
    #[serde(borrow)]
    pub question: SourceStr<'a>,
    pub answer: Option<Value<'a>>,
    #[serde(default)]
    pub note: SourceStr<'a>,
    #[serde(default)]
    pub emphasis: Emphasis,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Value<'a> {
    Chosen(#[serde(borrow)] Vec<SourceStr<'a>>),
    Text(#[serde(borrow)] SourceStr<'a>),
    NotSure,
    NotApplicable,
}

/// A picked part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename = "Part", deny_unknown_fields)]
pub(super) struct PartEntry<'a> {
    #[serde(borrow)]
    pub kind: SourceStr<'a>,
    pub name: SourceStr<'a>,
    #[serde(default)]
    pub plan: PlanValue<'a>,
    #[serde(default)]
    pub answers: Vec<AnswerEntry<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum PlanValue<'a> {
    #[default]
    ToDecide,
    StaysIn(#[serde(borrow)] SourceStr<'a>),
    StaysOther(#[serde(borrow)] SourceStr<'a>),
}

impl PlanValue<'_> {
    pub fn is_to_decide(&self) -> bool {
        *self == Self::ToDecide
    }
}

/// An entry of the file that does not fit the current questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    /// Where the entry was and what it contains, for display.
    pub what: String,
    pub(super) kept: Kept,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// An answer to a question that does not exist.
    Answer(AnswerEntry<'static>),
    /// A value that does not fit the question, for all parts or for one.
    Value { question: QuestionId, part: Option<String>, value: Value<'static> },
    /// Options that the question no longer has, for all parts or for one.
    Options { question: QuestionId, part: Option<String>, options: Vec<String> },
    /// An answer for one part, to a question that does not exist or that has one answer for all parts.
    PartAnswer { part: String, entry: AnswerEntry<'static> },
    /// The candidate that a part stays in, if the questionnaire does not contain it.
    Plan { part: String, candidate: String },
    /// A part of a kind that does not exist.
    Part(PartEntry<'static>),
}

impl Orphan {
    /// Returns the name of the part, if the orphan belongs to one.
    pub(super) fn part_mut(&mut self) -> Option<&mut String> {
        match &mut self.kept {
            Kept::Value { part, .. } | Kept::Options { part, .. } => part.as_mut(),
            Kept::PartAnswer { part, .. } | Kept::Plan { part, .. } => Some(part),
            Kept::Answer(_) | Kept::Part(_) => None,
        }
    }
}

impl Value<'_> {
    /// Returns a copy that does not borrow from the file.
    pub fn to_owned(&self) -> Value<'static> {
        match self.clone() {
            Value::Chosen(options) => Value::Chosen(options.into_iter().map(SourceStr::into_owned).collect()),
            Value::Text(text) => Value::Text(text.into_owned()),
            Value::NotSure => Value::NotSure,
            Value::NotApplicable => Value::NotApplicable,
        }
    }

    /// Returns the value for display.
    pub fn words(&self) -> String {
        let words = match self {
            Value::Chosen(options) => options.iter().map(|option| &**option).collect::<Vec<_>>().join(", "),
            Value::Text(text) => text.to_string(),
            Value::NotSure => "not sure".to_owned(),
            Value::NotApplicable => "does not apply".to_owned(),
        };
        sanitize_line(&words)
    }
}

impl AnswerEntry<'_> {
    /// Returns whether the entry has no answer, no note and normal emphasis.
    pub fn is_empty(&self) -> bool {
        self.answer.is_none() && self.note.is_empty() && self.emphasis == Emphasis::Normal
    }

    /// Returns a copy that does not borrow from the file.
    pub fn to_owned(&self) -> AnswerEntry<'static> {
        AnswerEntry {
            question: self.question.clone().into_owned(),
            answer: self.answer.as_ref().map(Value::to_owned),
            note: self.note.clone().into_owned(),
            emphasis: self.emphasis,
        }
    }
}

impl PartEntry<'_> {
    /// Returns a copy that does not borrow from the file.
    pub fn to_owned(&self) -> PartEntry<'static> {
        PartEntry {
            kind: self.kind.clone().into_owned(),
            name: self.name.clone().into_owned(),
            plan: match self.plan.clone() {
                PlanValue::ToDecide => PlanValue::ToDecide,
                PlanValue::StaysIn(id) => PlanValue::StaysIn(id.into_owned()),
                PlanValue::StaysOther(text) => PlanValue::StaysOther(text.into_owned()),
            },
            answers: self.answers.iter().map(AnswerEntry::to_owned).collect(),
        }
    }
}
