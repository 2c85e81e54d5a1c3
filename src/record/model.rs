//! The record: everything a dialect may show, as values ready to be escaped; must not know any
//! dialect.

use std::collections::HashSet;

use serde::Serialize;

use super::arguments::{Argument, Exclusion};
use super::options::RecordOptions;
use super::sources::{SourceRow, SourceTag};
use super::why::{TeamReason, WhyPart};
use crate::wording::DecidedView;

/// The whole record.
#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct Record {
    pub title: String,
    /// What candidates are called, as a heading.
    pub candidate: String,
    pub date: Option<String>,
    pub review_by: Option<String>,
    pub deciders: Vec<String>,
    pub consulted: Vec<String>,
    pub informed: Vec<String>,
    /// What is decided, for which parts, as a sentence or two.
    pub context: String,
    /// Why a decision is needed, in the team's words.
    pub problems: Vec<String>,
    /// `accepted` once every part is decided, `proposed` before.
    pub status: &'static str,
    /// The day on which everything was decided, if it was one day.
    pub decided_on: Option<String>,
    /// Decisions for parts that are not to be decided any more, or on several days.
    pub decided: Vec<DecidedRow>,
    /// Why people decided as they did, in their own words.
    pub team_reasons: Vec<TeamReason>,
    /// What speaks for and against what is chosen, part by part.
    pub why: Vec<WhyPart>,
    /// What is chosen, or why nothing is yet.
    pub outcome: DecisionOutcome,
    /// The answers that the advice rests on.
    pub drivers: Vec<DecisionDriver>,
    /// Candidates in the running that are not among the options, by name.
    pub also_weighed: Vec<String>,
    /// Candidates worth arguing about, by name.
    pub options: Vec<ConsideredOption>,
    /// What follows from the choice.
    pub consequences: Vec<Argument>,
    pub parts: Vec<PartRow>,
    /// Whether no question is open.
    pub is_all_answered: bool,
    /// Whether one of them is said to be settled or not.
    pub has_settled: bool,
    /// Whether something else is decided for a part than was advised.
    pub differs: bool,
    /// Parts that are not to be decided.
    pub stays: Vec<StaysRow>,
    pub boundaries: Vec<BoundaryRow>,
    /// How many more pairs of parts talk than are named.
    pub more_boundaries: Option<String>,
    pub scores: Vec<ScoreTable>,
    /// Whether adoption costs are in the scores.
    pub costs: bool,
    /// How firm the choice is, a few sentences a part.
    pub firmness: Vec<String>,
    /// How often each candidate is the choice on random sheets, part by part.
    pub shares: Vec<SharesTable>,
    /// Published decisions that are near, each once.
    pub precedents: Vec<PrecedentRow>,
    pub exclusions: Vec<Exclusion>,
    pub assumptions: Vec<String>,
    pub watch: Vec<Remark>,
    pub practices: Vec<Remark>,
    pub tensions: Vec<Remark>,
    pub reviews: Vec<Remark>,
    /// Titles of the open questions that can change what people decided as advised.
    pub awaited: Option<String>,
    /// When to look at the decision again, in the team's words.
    pub revisits: Vec<String>,
    pub ownership: Vec<Ownership>,
    pub sources: Vec<SourceRow>,
    pub questionnaire: String,
    pub version: String,
    pub digest: String,
}

/// One answer with its note.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionDriver {
    pub question: String,
    pub answer: String,
    pub note: String,
}

/// What is chosen, or why nothing is yet.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionOutcome {
    /// Name of the option that is chosen.
    pub chosen: String,
    /// Goes behind "because", without a full stop.
    pub because: String,
    /// All of it in one sentence, without a full stop.
    pub decision: String,
    /// What was advised in place of what people decided, without a full stop.
    pub otherwise: Option<String>,
    /// For which parts open questions can still change what is advised though people decided, without a full
    /// stop.
    pub unsettled: Option<String>,
    /// What to find out next, without a full stop.
    pub next_step: Option<String>,
    /// What is not chosen yet and why, as sentences.
    pub open: Vec<String>,
}

/// One option with its arguments.
#[derive(Debug, Clone, Serialize)]
pub struct ConsideredOption {
    pub name: String,
    pub arguments: Vec<Argument>,
}

/// One part to decide and its outcome.
#[derive(Debug, Clone, Serialize)]
pub struct PartRow {
    pub name: String,
    /// What is decided, else what is advised.
    pub choice: String,
    /// What is advised.
    pub advised: String,
    /// The best of the others in the running, and how many points it is behind or ahead.
    pub best_other: String,
    /// How firm that is, in a word or two.
    pub settled: String,
    /// Whether people decided it.
    pub is_decided: bool,
}

/// How often each candidate is the choice for a part.
#[derive(Debug, Clone, Serialize)]
pub struct SharesTable {
    pub name: String,
    pub rows: Vec<ShareRow>,
}

/// The share of one candidate.
#[derive(Debug, Clone, Serialize)]
pub struct ShareRow {
    pub name: String,
    /// Of random answers to the open questions; nothing if none is open.
    pub answers: Option<String>,
    /// Of random points.
    pub points: String,
    /// The share of random points in thousandths.
    pub per_mille: u32,
}

/// A published decision.
#[derive(Debug, Clone, Serialize)]
pub struct PrecedentRow {
    /// Who decided what, and when.
    pub heading: String,
    /// For what it was chosen, and on what both agree, as a sentence.
    pub agrees: String,
    pub addresses: Vec<String>,
}

/// One part that stays as it is.
#[derive(Debug, Clone, Serialize)]
pub struct StaysRow {
    pub name: String,
    pub stays_in: String,
}

/// How two picked parts talk.
#[derive(Debug, Clone, Serialize)]
pub struct BoundaryRow {
    pub from: String,
    pub to: String,
    pub by: String,
    pub because: String,
}

/// One decision of people.
#[derive(Debug, Clone, Serialize)]
pub struct DecidedRow {
    pub line: String,
    pub because: String,
}

impl From<DecidedView> for DecidedRow {
    fn from(view: DecidedView) -> Self {
        Self { line: view.line, because: view.because }
    }
}

/// The scores of one part.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreTable {
    pub name: String,
    pub rows: Vec<ScoreRow>,
}

/// One candidate's score.
#[derive(Debug, Clone, Serialize)]
pub struct ScoreRow {
    pub name: String,
    pub score: i64,
    pub points_for: i64,
    pub points_against: i64,
    pub cost: i64,
    /// How it is ruled out, if it is.
    pub ruled_out: Option<&'static str>,
}

/// One remark that applies.
#[derive(Debug, Clone, Serialize)]
pub struct Remark {
    pub text: String,
    pub cited: Vec<SourceTag>,
}

/// One ownership question and its answer.
#[derive(Debug, Clone, Serialize)]
pub struct Ownership {
    pub question: String,
    pub answer: String,
}

impl Record {
    /// Keeps the sources that something in the record cites, so that each tag resolves and none is listed
    /// for nothing.
    pub(super) fn keep_cited_sources(&mut self, options: &RecordOptions<'_>) {
        let remarks = self.watch.iter().chain(&self.reviews);
        let arguments = self.consequences.iter();
        let mut cited: Vec<&[SourceTag]> = remarks.map(|it| it.cited.as_slice()).collect();
        cited.extend(arguments.map(|it| it.cited.as_slice()));
        for part in &self.why {
            cited.extend(part.reasons.iter().map(|it| it.cited.as_slice()));
        }
        if !options.brief {
            let remarks = self.practices.iter().chain(&self.tensions);
            cited.extend(remarks.map(|it| it.cited.as_slice()));
            cited.extend(self.options.iter().flat_map(|it| &it.arguments).map(|it| it.cited.as_slice()));
            cited.extend(self.exclusions.iter().map(|it| it.cited.as_slice()));
        }
        let cited: HashSet<String> = cited.into_iter().flatten().map(|tag| tag.id.clone()).collect();
        self.sources.retain(|source| cited.contains(&source.id));
    }
}
