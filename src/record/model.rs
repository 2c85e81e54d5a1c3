//! The model of a record: everything that a dialect may show, as values that are not escaped yet. Must not
//! depend on a dialect.

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
    /// The word for a candidate, capitalized for a heading.
    pub candidate: String,
    pub date: Option<String>,
    pub review_by: Option<String>,
    pub deciders: Vec<String>,
    pub consulted: Vec<String>,
    pub informed: Vec<String>,
    /// What is to be decided and for which parts, in a sentence or two.
    pub context: String,
    /// Why a decision is needed, in the team's words.
    pub problems: Vec<String>,
    /// `accepted` once every part is decided and the deciders have accepted it, else `proposed`.
    pub status: &'static str,
    /// The day on which the deciders accepted the decision. `None` if it is the record's date.
    pub accepted_on: Option<String>,
    /// Decisions to list apart from `parts`. If every part was decided on the same day, only those for other
    /// parts.
    pub decided: Vec<DecidedRow>,
    /// The reasons for the decisions, in people's own words.
    pub team_reasons: Vec<TeamReason>,
    /// The reasons for the choice, part by part.
    pub why: Vec<WhyPart>,
    /// What is chosen, or why nothing is chosen yet.
    pub outcome: DecisionOutcome,
    /// The answers that the advice rests on.
    pub drivers: Vec<DecisionDriver>,
    /// Names of candidates that are not among the options but in the running for at least one part.
    pub also_weighed: Vec<String>,
    /// The options to compare.
    pub options: Vec<ConsideredOption>,
    /// What follows from the choice.
    pub consequences: Vec<Argument>,
    pub parts: Vec<PartRow>,
    /// Whether no question is open.
    pub is_all_answered: bool,
    /// Whether any part is marked as settled or not settled.
    pub has_settled: bool,
    /// Whether a decision differs from the advice for some part.
    pub differs: bool,
    /// Parts that stay as they are.
    pub stays: Vec<StaysRow>,
    pub boundaries: Vec<BoundaryRow>,
    /// How many boundaries are not listed, in words.
    pub more_boundaries: Option<String>,
    pub scores: Vec<ScoreTable>,
    /// Whether the scores include adoption costs that differ between candidates.
    pub costs: bool,
    /// How firm the choice is, in a few sentences per part.
    pub firmness: Vec<String>,
    /// How often each candidate is chosen in random runs, part by part.
    pub shares: Vec<SharesTable>,
    /// Nearby published decisions, each once.
    pub precedents: Vec<PrecedentRow>,
    pub exclusions: Vec<Exclusion>,
    pub assumptions: Vec<String>,
    pub watch: Vec<Remark>,
    pub practices: Vec<Remark>,
    pub tensions: Vec<Remark>,
    pub reviews: Vec<Remark>,
    /// Titles of the open questions that can still change the advice for parts decided as advised.
    pub awaited: Option<String>,
    /// When to review the decision, in the team's words.
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

/// What is chosen, or why nothing is chosen yet.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionOutcome {
    /// Name of the chosen option.
    pub chosen: String,
    /// Follows "because", without a full stop.
    pub because: String,
    /// The whole decision in one sentence, without a full stop.
    pub decision: String,
    /// What was advised for the parts that people decided differently, without a full stop.
    pub otherwise: Option<String>,
    /// A note on parts decided as advised while open questions can still change the advice, without a full stop.
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
    /// The best other candidates that are not ruled out, and their distance in points.
    pub best_other: String,
    /// How firm the choice is, in a few words.
    pub settled: String,
    /// Whether people decided the part.
    pub is_decided: bool,
}

/// How often each candidate is chosen for a part in random runs.
#[derive(Debug, Clone, Serialize)]
pub struct SharesTable {
    pub name: String,
    pub rows: Vec<ShareRow>,
}

/// The share of one candidate.
#[derive(Debug, Clone, Serialize)]
pub struct ShareRow {
    pub name: String,
    /// Share of runs with random answers to the open questions; `None` if no question is open.
    pub answers: Option<String>,
    /// Share of runs with random points.
    pub points: String,
    /// Share of runs with random points, in thousandths.
    pub per_mille: u32,
}

/// A published decision.
#[derive(Debug, Clone, Serialize)]
pub struct PrecedentRow {
    /// Who decided what, and when.
    pub heading: String,
    /// What the choice was for and which answers agree, as a phrase with a full stop.
    pub agrees: String,
    pub addresses: Vec<String>,
}

/// One part that stays as it is.
#[derive(Debug, Clone, Serialize)]
pub struct StaysRow {
    pub name: String,
    pub stays_in: String,
}

/// How two picked parts communicate.
#[derive(Debug, Clone, Serialize)]
pub struct BoundaryRow {
    pub from: String,
    pub to: String,
    pub by: String,
    pub because: String,
}

/// One decision that people made.
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
    /// How the candidate is ruled out, if it is.
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
    /// Removes the sources that the record does not cite.
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
