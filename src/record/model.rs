//! The record: everything a dialect may show, as values ready to be escaped; must not know any
//! dialect.

use serde::Serialize;

use super::arguments::{Argument, ArgumentFinder, Exclusion};
use super::outcome::as_option;
use super::sources::{SourceRow, source_rows};
use crate::advice::{self, Advice, Firmness, Outlook, PartAdvice, outlook};
use crate::answers::{Answer, Answers, Subject};
use crate::questionnaire::{CandidateSet, QuestionId, Questionnaire, Say, SayKind, join};
use crate::session::Session;
use crate::wording::{
    Crossing, Crossings, DecidedView, Section, capital, choice_alone, choice_names, crossings, decided,
    decided_for, exclusion_in_record, firmness, headline, is_accepted, remarks_of, settled_brief, stays_in,
    subject_name, title,
};

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
    /// The decision as one sentence (Y-statement, Zdun et al. 2013).
    pub statement: Option<String>,
    /// The recommendation without a full stop.
    pub headline: String,
    /// `accepted` once every part is decided, `proposed` before.
    pub status: &'static str,
    /// What people concluded.
    pub decided: Vec<DecidedRow>,
    /// What is chosen, or why nothing is yet.
    pub outcome: DecisionOutcome,
    /// The answers that the advice rests on.
    pub drivers: Vec<DecisionDriver>,
    /// Candidates worth arguing about, by name.
    pub options: Vec<ConsideredOption>,
    /// What follows from the choice.
    pub consequences: Vec<Argument>,
    pub parts: Vec<PartRow>,
    /// Parts that are not to be decided.
    pub stays: Vec<StaysRow>,
    pub boundaries: Vec<BoundaryRow>,
    /// How many more pairs of parts talk than are named.
    pub more_boundaries: Option<String>,
    pub scores: Vec<ScoreTable>,
    pub firmness: Vec<String>,
    pub exclusions: Vec<Exclusion>,
    pub assumptions: Vec<String>,
    pub watch: Vec<Remark>,
    pub practices: Vec<Remark>,
    pub tensions: Vec<Remark>,
    pub reviews: Vec<Remark>,
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
    /// The same as one phrase, such as `Go for API; Python for Pipeline`.
    pub phrase: String,
    /// What is to be done, such as `use Go for API`.
    pub uses: Vec<String>,
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
    pub choice: String,
    pub margin: String,
    pub runner_up: String,
    /// How firm that is, in a word or two.
    pub settled: &'static str,
    /// What people decided, by name.
    pub decided: Option<String>,
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
    pub cited: String,
}

/// One ownership question and its answer.
#[derive(Debug, Clone, Serialize)]
pub struct Ownership {
    pub question: String,
    pub answer: String,
}

impl Record {
    /// Makes the record of a session.
    pub fn new(questionnaire: &Questionnaire, session: &Session, advice: &Advice) -> Self {
        let answers = &session.answers;
        let outlook = &outlook(questionnaire, answers, advice);
        let firmness = advice::firmness(questionnaire, answers, advice, &|| true).ok();
        RecordBuilder { questionnaire, session, answers, advice, outlook, firmness }.record()
    }
}

/// Makes a record; the outcome and its options are made in `outcome`.
pub(super) struct RecordBuilder<'a> {
    pub questionnaire: &'a Questionnaire,
    pub session: &'a Session,
    pub answers: &'a Answers,
    pub advice: &'a Advice,
    pub outlook: &'a Outlook,
    firmness: Option<Firmness>,
}

impl RecordBuilder<'_> {
    fn record(&self) -> Record {
        let details = &self.session.details;
        let crossings = crossings(self.questionnaire, self.answers);
        Record {
            title: title(self.questionnaire, self.session),
            candidate: capital(&self.questionnaire.noun().one),
            date: details.date.map(|date| date.to_string()),
            review_by: details.review_by.map(|date| date.to_string()),
            deciders: details.deciders.clone(),
            consulted: details.consulted.clone(),
            informed: details.informed.clone(),
            context: self.context(),
            statement: self.statement(),
            headline: capital(&headline(self.questionnaire, self.answers, self.advice)),
            outcome: self.outcome(),
            status: if is_accepted(self.questionnaire, self.session, self.advice) {
                "accepted"
            } else {
                "proposed"
            },
            decided: decided(self.questionnaire, self.session).into_iter().map(DecidedRow::from).collect(),
            drivers: self.drivers(),
            options: self.options(),
            consequences: self.consequences(),
            parts: self.advice.parts.iter().map(|part| self.part_row(part)).collect(),
            stays: self.stays(),
            boundaries: boundaries(&crossings),
            more_boundaries: crossings.more(),
            scores: self.advice.parts.iter().map(|part| self.scores(part)).collect(),
            firmness: self.firmness(),
            exclusions: self.arguer().exclusions(),
            assumptions: self.assumptions(),
            watch: self.remarks(SayKind::Watch),
            practices: self.remarks(SayKind::Practice),
            tensions: self.remarks(SayKind::Tension),
            reviews: self.remarks(SayKind::Review),
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
        let names: Vec<&str> = self
            .advice
            .parts
            .iter()
            .filter_map(|part| part.subject.part())
            .map(|part| self.answers[part].name.as_str())
            .collect();
        let one = &self.questionnaire.noun().one;
        if !names.is_empty() {
            let parts = join(names.iter().copied(), "and");
            return format!("Which {one} is right for each part of {}? To decide: {parts}.", self.system());
        }
        let parts = match self.questionnaire.parts_question() {
            Some(_) if self.answers.parts().is_empty() => " Its parts have not been picked yet.",
            Some(_) => " Every part stays as it is.",
            None => "",
        };
        format!("Which {one} is right for {}?{parts}", self.system())
    }

    fn part_row(&self, part: &PartAdvice) -> PartRow {
        PartRow {
            name: subject_name(self.answers, part.subject).to_owned(),
            choice: choice_alone(self.questionnaire, part),
            margin: part.margin.map_or_else(|| "none".to_owned(), |margin| format!("{margin:+}")),
            runner_up: if part.runner_up.is_empty() {
                "none".to_owned()
            } else {
                choice_names(self.questionnaire, part.runner_up)
            },
            settled: settled_brief(part),
            decided: decided_for(self.questionnaire, self.session, part.subject)
                .map(|it| as_option(it.name(self.questionnaire))),
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
            rows: part.ranking.iter().map(row).collect(),
        }
    }

    fn firmness(&self) -> Vec<String> {
        let (advice, counted) = (self.advice, self.firmness.as_ref());
        let sections = firmness(self.questionnaire, self.answers, advice, self.outlook, counted);
        let sentences = |section: &Section| format!("{}. {}", section.title, section.lines.join(" "));
        sections.iter().map(sentences).collect()
    }

    fn remarks(&self, kind: SayKind) -> Vec<Remark> {
        let remark =
            |say: &Say| Remark { text: say.text.clone(), cited: self.questionnaire.cite(&say.sources) };
        remarks_of(self.questionnaire, self.answers, self.advice, kind).into_iter().map(remark).collect()
    }

    fn ownership(&self) -> Vec<Ownership> {
        let visible = self.answers.visible(self.questionnaire);
        let questions = self.questionnaire.question_ids().filter(|question| visible[*question]);
        let row = |question: QuestionId| match self.answers.answer(question, Subject::System) {
            Answer::Text(text) => {
                Some(Ownership { question: self.questionnaire[question].ask.clone(), answer: text.clone() })
            }
            _ => None,
        };
        questions.filter_map(row).collect()
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
