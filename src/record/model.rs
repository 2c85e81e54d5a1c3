//! The record: everything a dialect may show, as values ready to be escaped; must not know any
//! dialect.

use std::collections::HashSet;

use serde::Serialize;

use super::arguments::{Argument, ArgumentFinder, Exclusion};
use super::options::RecordOptions;
use super::outcome::as_option;
use super::sources::{SourceRow, SourceTag, source_rows};
use super::why::{TeamReason, Told, WhyPart};
use crate::advice::{self, Advice, Firmness, Outlook, PartAdvice, PartFirmness, outlook};
use crate::answers::{Answer, Answers, Subject};
use crate::questionnaire::{CandidateId, CandidateSet, QuestionId, Questionnaire, Say, SayKind, join};
use crate::session::Session;
use crate::wording::{
    Crossing, Crossings, DecidedView, SETTLED, WHOLE, capital, choice_alone, choice_names, crossings,
    decided, exclusion_in_record, firmness_in_brief, is_accepted, near_words, percent, remarks_of,
    settled_brief, stays_in, subject_name, title,
};

/// Candidates of which the share is shown.
const SHARES: usize = 5;
/// Precedents that are named for each part.
const PRECEDENTS: usize = 3;

/// The whole record.
#[derive(Debug, Clone, Serialize)]
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
    /// Candidates worth arguing about, by name.
    pub options: Vec<ConsideredOption>,
    /// What follows from the choice.
    pub consequences: Vec<Argument>,
    pub parts: Vec<PartRow>,
    /// Whether one of them is settled.
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
    /// What was advised in place of what people decided, as sentences.
    pub otherwise: Vec<String>,
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
    /// By how many points the choice is ahead of the next one.
    pub margin: String,
    /// The best of the others in the running.
    pub runner_up: String,
    /// How firm that is, in a word or two.
    pub settled: &'static str,
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
    /// What was chosen for what, as a sentence.
    pub outcome: String,
    /// On what both agree, as a sentence.
    pub agrees: String,
    pub addresses: Vec<String>,
}

/// One part that stays as it is.
#[derive(Debug, Clone, Serialize)]
pub struct StaysRow {
    pub name: String,
    pub language: String,
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
    /// Makes the record of a session.
    pub fn new(
        questionnaire: &Questionnaire,
        session: &Session,
        advice: &Advice,
        options: &RecordOptions<'_>,
    ) -> Self {
        let answers = &session.answers;
        let outlook = &outlook(questionnaire, answers, advice);
        let firmness = advice::firmness(questionnaire, answers, advice, &|| true).ok();
        let mut record =
            RecordBuilder { questionnaire, session, answers, advice, outlook, firmness, options }.record();
        record.keep_cited_sources(options);
        record
    }

    /// Keeps the sources that something in the record cites, so that each tag resolves and none is listed
    /// for nothing.
    fn keep_cited_sources(&mut self, options: &RecordOptions<'_>) {
        let remarks = self.watch.iter().chain(&self.reviews);
        let arguments = self.consequences.iter();
        let mut cited: Vec<&[SourceTag]> = remarks.map(|it| it.cited.as_slice()).collect();
        cited.extend(arguments.map(|it| it.cited.as_slice()));
        for part in &self.why {
            let reasons = part.reasons.iter().chain(&part.next_reason);
            cited.extend(reasons.map(|it| it.cited.as_slice()));
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

/// Makes a record; the outcome and its options are made in `outcome`.
pub(super) struct RecordBuilder<'a> {
    pub questionnaire: &'a Questionnaire,
    pub session: &'a Session,
    pub answers: &'a Answers,
    pub advice: &'a Advice,
    pub outlook: &'a Outlook,
    pub firmness: Option<Firmness>,
    options: &'a RecordOptions<'a>,
}

impl RecordBuilder<'_> {
    fn record(&self) -> Record {
        let details = &self.session.details;
        let crossings = crossings(self.questionnaire, self.answers);
        // In the order in which a reader meets them, so that each reason is told where it counts most.
        let mut told = Told::default();
        let why = self.why(&mut told);
        let consequences = self.consequences(&mut told);
        let options = self.options(&mut told);
        Record {
            title: title(self.questionnaire, self.session),
            candidate: capital(&self.questionnaire.noun().one),
            date: details.date.map(|date| date.to_string()),
            review_by: details.review_by.map(|date| date.to_string()),
            deciders: details.deciders.clone(),
            consulted: details.consulted.clone(),
            informed: details.informed.clone(),
            context: self.context(),
            outcome: self.outcome(),
            status: if is_accepted(self.questionnaire, self.session, self.advice) {
                "accepted"
            } else {
                "proposed"
            },
            decided_on: self.decided_on(),
            decided: self.decided_apart(),
            team_reasons: self.team_reasons(),
            why,
            drivers: self.drivers(),
            options,
            consequences,
            has_settled: self.advice.parts.iter().any(|part| self.part_row(part).settled == SETTLED),
            differs: self.advice.parts.iter().any(|part| {
                self.decided(part).is_some_and(|it| !it.is_one_of(self.questionnaire, part.choice))
            }),
            parts: self.advice.parts.iter().map(|part| self.part_row(part)).collect(),
            stays: self.stays(),
            boundaries: boundaries(&crossings),
            more_boundaries: crossings.more(),
            scores: self.advice.parts.iter().map(|part| self.scores(part)).collect(),
            costs: self.advice.costs_differ(),
            firmness: self.firmness(),
            shares: self.shares(),
            precedents: self.precedents(),
            exclusions: self.arguer().exclusions(),
            assumptions: self.assumptions(),
            watch: self.remarks(SayKind::Watch),
            practices: self.remarks(SayKind::Practice),
            tensions: self.remarks(SayKind::Tension),
            reviews: self.remarks(SayKind::Review),
            revisits: self.texts(true).map(|(_, text)| text.clone()).collect(),
            ownership: self.ownership(),
            sources: source_rows(self.questionnaire, self.answers, self.advice, details.date),
            questionnaire: self.questionnaire.id().to_owned(),
            version: self.questionnaire.version().to_owned(),
            digest: self.questionnaire.digest().to_owned(),
        }
    }

    pub(super) fn arguer(&self) -> ArgumentFinder<'_> {
        ArgumentFinder { questionnaire: self.questionnaire, answers: self.answers, advice: self.advice }
    }

    pub(super) fn kit_languages(&self) -> CandidateSet {
        self.advice.parts.iter().fold(CandidateSet::EMPTY, |all, part| all.union(part.choice))
    }

    pub(super) fn system(&self) -> String {
        let system = self.session.details.system.as_str();
        if system.is_empty() { "this system".to_owned() } else { system.to_owned() }
    }

    fn context(&self) -> String {
        let to_decide = self.advice.parts.iter().filter_map(|part| part.subject.part());
        let names: Vec<&str> = to_decide.map(|part| self.answers[part].name.as_str()).collect();
        let one = &self.questionnaire.noun().one;
        if names.is_empty() {
            let parts = match self.questionnaire.parts_question() {
                Some(_) if self.answers.parts().is_empty() => " Its parts have not been picked yet.",
                Some(_) => " Every part stays as it is.",
                None => "",
            };
            return format!("Which {one} is right for {}?{parts}", self.system());
        }
        let parts = join(names.iter().copied(), "and");
        match names.len() {
            1 => format!("Which {one} is right for {parts} in {}?", self.system()),
            _ => format!("Which {one} is right for each part of {}: {parts}?", self.system()),
        }
    }

    /// The one day on which every part was decided.
    fn decided_on(&self) -> Option<String> {
        let mut days = self.advice.parts.iter().map(|part| {
            self.decided(part)?;
            Some(self.session.decision(part.subject)?.date)
        });
        let first = days.next()??;
        days.all(|day| day == Some(first)).then(|| first.to_string())
    }

    /// Decisions that the table of parts does not show whole.
    fn decided_apart(&self) -> Vec<DecidedRow> {
        let several_days = self.decided_on().is_none();
        let is_gone = |view: &DecidedView| {
            let mut parts = self.advice.parts.iter();
            !parts.any(|part| subject_name(self.answers, part.subject) == view.part)
        };
        let all = decided(self.questionnaire, self.session).into_iter();
        all.filter(|view| several_days || is_gone(view)).map(DecidedRow::from).collect()
    }

    fn part_row(&self, part: &PartAdvice) -> PartRow {
        let decided = self.decided(part);
        let is_advised = decided.is_none_or(|it| it.is_one_of(self.questionnaire, part.choice));
        let chosen = decided.and_then(|it| it.candidate(self.questionnaire)).or(part.choice.single());
        let rivals = || part.ranking.iter().filter(|it| it.is_alive() && Some(it.candidate) != chosen);
        let best = rivals().map(|it| it.score).max();
        let next: CandidateSet =
            rivals().filter(|it| Some(it.score) == best).map(|it| it.candidate).collect();
        let own = chosen.and_then(|it| part.standing(it)).filter(|it| it.is_alive());
        let advised = choice_alone(self.questionnaire, part);
        PartRow {
            name: subject_name(self.answers, part.subject).to_owned(),
            choice: decided.map_or_else(|| advised.clone(), |it| as_option(it.name(self.questionnaire))),
            advised,
            margin: own
                .zip(best)
                .map_or_else(|| "none".to_owned(), |(own, best)| format!("{:+}", own.score - best)),
            runner_up: if next.is_empty() || own.is_none() {
                "none".to_owned()
            } else {
                choice_names(self.questionnaire, next)
            },
            settled: if is_advised { settled_brief(part) } else { "decided otherwise" },
            is_decided: decided.is_some(),
        }
    }

    fn stays(&self) -> Vec<StaysRow> {
        let row = |part: &crate::answers::Part| {
            Some(StaysRow { name: part.name.clone(), language: stays_in(self.questionnaire, &part.plan)? })
        };
        self.answers.parts().iter().filter_map(row).collect()
    }

    fn scores(&self, part: &PartAdvice) -> ScoreTable {
        let row = |standing: &crate::advice::Standing| ScoreRow {
            name: self.option_name(standing.candidate),
            score: standing.score,
            points_for: standing.points_for,
            points_against: -standing.points_against,
            cost: standing.fit - standing.score,
            ruled_out: standing.ruled_out.map(exclusion_in_record),
        };
        ScoreTable {
            name: subject_name(self.answers, part.subject).to_owned(),
            // Who is ruled out stands with the reason below.
            rows: part
                .ranking
                .iter()
                .filter(|it| it.is_alive() || part.leaders.is_empty())
                .map(row)
                .collect(),
        }
    }

    fn firmness(&self) -> Vec<String> {
        let counted = self.firmness.as_ref();
        let of = |part: &PartAdvice| {
            let chosen = self.decided(part).and_then(|it| it.candidate(self.questionnaire));
            let name = subject_name(self.answers, part.subject);
            let lines = firmness_in_brief(
                self.questionnaire,
                self.answers,
                (self.advice, self.outlook, counted),
                part.subject,
                chosen,
            );
            let lines = lines.join(" ");
            if name == WHOLE { lines } else { format!("{name}: {lines}") }
        };
        self.advice.parts.iter().map(of).collect()
    }

    fn shares(&self) -> Vec<SharesTable> {
        let Some(firmness) = &self.firmness else { return Vec::new() };
        let row = |part: &PartFirmness, candidate: CandidateId| ShareRow {
            name: self.option_name(candidate),
            answers: part.answers.as_ref().map(|shares| percent(shares, candidate)),
            points: percent(&part.points, candidate),
            per_mille: part.points.per_mille(candidate),
        };
        let table = |part: &PartFirmness| SharesTable {
            name: subject_name(self.answers, part.subject).to_owned(),
            rows: part.points.ranked().into_iter().take(SHARES).map(|it| row(part, it)).collect(),
        };
        firmness.parts.iter().map(table).collect()
    }

    /// The nearest published decisions of each part, each of them once.
    fn precedents(&self) -> Vec<PrecedentRow> {
        let Some(precedents) = self.options.precedents else { return Vec::new() };
        let mut rows: Vec<PrecedentRow> = Vec::new();
        for part in &self.advice.parts {
            let near = near_words(self.questionnaire, precedents, self.answers, part.subject);
            // What is another kind of part would have to be explained.
            let alike = near.into_iter().filter(|words| words.same_kind);
            for words in alike.take(PRECEDENTS) {
                let heading = words.heading();
                if rows.iter().all(|row| row.heading != heading) {
                    let (outcome, agrees) = (words.outcome(), words.agrees_words());
                    rows.push(PrecedentRow { heading, outcome, agrees, addresses: words.addresses });
                }
            }
        }
        rows
    }

    fn remarks(&self, kind: SayKind) -> Vec<Remark> {
        let remark = |say: &Say| Remark {
            text: say.text.clone(),
            cited: SourceTag::of(self.questionnaire, &say.sources),
        };
        // Of what is decided, not of what was advised.
        let mut decided = self.advice.clone();
        for part in &mut decided.parts {
            if let Some(chosen) = self.chosen_for(part) {
                let chosen = CandidateSet::only(chosen);
                (part.choice, part.leaders, part.runner_up) = (chosen, chosen, CandidateSet::EMPTY);
            }
        }
        remarks_of(self.questionnaire, self.answers, &decided, kind).into_iter().map(remark).collect()
    }

    fn ownership(&self) -> Vec<Ownership> {
        let row = |(question, text): (QuestionId, &String)| Ownership {
            question: self.questionnaire[question].ask.clone(),
            answer: text.clone(),
        };
        self.texts(false).map(row).collect()
    }

    /// The answers in words to visible questions: those that say when to look again, or the others.
    fn texts(&self, revisit: bool) -> impl Iterator<Item = (QuestionId, &String)> {
        let visible = self.answers.visible(self.questionnaire);
        let questions = self.questionnaire.question_ids();
        let meant = move |question: &QuestionId| {
            visible[*question] && self.questionnaire[*question].revisit == revisit
        };
        questions.filter(meant).filter_map(|question| match self.answers.answer(question, Subject::System) {
            Answer::Text(text) => Some((question, text)),
            _ => None,
        })
    }
}

fn boundaries(crossings: &Crossings<'_>) -> Vec<BoundaryRow> {
    let row = |(from, to, boundary): &Crossing<'_>| BoundaryRow {
        from: (*from).to_owned(),
        to: (*to).to_owned(),
        by: boundary.by.clone(),
        because: boundary.because.clone(),
    };
    crossings.pairs.iter().map(row).collect()
}
