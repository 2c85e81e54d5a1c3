//! Formats a session as the text of its file. The same session must always give the same bytes.
//!
//! The text is designed for line-based merges by git. Every detail has a line, set or not, followed by an
//! empty line. Every question that applies has an entry, answered or not. Every part to decide has an entry
//! among the decisions, decided or not. Each entry begins and ends with lines that answers and decisions
//! never change. Two branches that answer different questions therefore never change adjacent lines, even if
//! only one of them adds entries.

use anyhow::{Context as _, Result, bail};

use super::format::{
    AnswerEntry, DecisionEntry, FORMAT, Kept, PartEntry, PlanValue, QuestionnaireRef, StoredSession, Value,
};
use super::lines::Lines;
use super::{Chosen, Decision, Session};
use crate::answers::{Answer, Emphasis, PartId, Plan, Subject};
use crate::questionnaire::{OptionSet, QuestionId, Questionnaire};
use crate::sanitize::sanitize_line;
use crate::source::{Source, SourceStr};

impl Session {
    /// Returns the text of the session file. The same session always gives the same bytes.
    pub fn to_ron(&self, questionnaire: &Questionnaire) -> Result<String> {
        let details = &self.details;
        let texts = |texts: &[String]| texts.iter().cloned().map(SourceStr::from).collect();
        let file = StoredSession {
            format: FORMAT,
            questionnaire: QuestionnaireRef {
                id: questionnaire.id().into(),
                version: questionnaire.version().into(),
                digest: questionnaire.digest().into(),
                file: self.questions.as_deref().map(SourceStr::from),
            },
            id: Some(self.id.as_str()).filter(|id| !id.is_empty()).map(SourceStr::from),
            title: details.title.as_str().into(),
            system: details.system.as_str().into(),
            deciders: texts(&details.deciders),
            consulted: texts(&details.consulted),
            informed: texts(&details.informed),
            date: details.date.map(|date| date.to_string().into()),
            accepted: details.accepted.map(|date| date.to_string().into()),
            review_by: details.review_by.map(|date| date.to_string().into()),
            answers: answer_entries(self, questionnaire),
            parts: part_entries(self, questionnaire),
            decided: decision_entries(self),
        };
        let mut lines = Lines::default();
        lines.file(&file).context("the session cannot be written as RON")?;
        Ok(lines.text)
    }

    /// Returns the text of the session file, after checking that it reads back with the same answers and
    /// details.
    pub fn to_ron_checked(&self, questionnaire: &Questionnaire) -> Result<String> {
        let text = self.to_ron(questionnaire)?;
        let source = Source::new("the session in memory", text.as_str());
        let read_back = match Self::parse(&source, questionnaire) {
            Ok(read_back) => read_back,
            // The user did not write this text, so only one line of the error is shown.
            Err(rejected) => bail!(source.headline(&rejected.diagnostics[0])),
        };
        if read_back.answers != self.answers || read_back.details != self.details {
            bail!("the saved session would not match the session in memory");
        }
        Ok(text)
    }
}

/// Returns an entry for each part to decide, decided or not, then the entries of all other decisions.
fn decision_entries(session: &Session) -> Vec<DecisionEntry<'_>> {
    let parts = session.answers.parts().iter();
    let to_decide: Vec<&str> =
        parts.filter(|part| part.plan == Plan::ToDecide).map(|part| part.name.as_str()).collect();
    let of = |name: &str| session.decided.iter().find(|decision| decision.part.as_deref() == Some(name));
    let open = |name| DecisionEntry { part: Some(SourceStr::from(name)), ..DecisionEntry::default() };
    let own = to_decide.iter().map(|name| of(name).map_or_else(|| open(*name), decision_entry));
    let is_other = |decision: &&Decision| !decision.part.as_deref().is_some_and(|it| to_decide.contains(&it));
    let mut others: Vec<&Decision> = session.decided.iter().filter(is_other).collect();
    others.sort_by_key(|decision| session.rank(decision));
    own.chain(others.into_iter().map(decision_entry)).collect()
}

fn decision_entry(decision: &Decision) -> DecisionEntry<'_> {
    let (candidate, other) = match &decision.chosen {
        Chosen::Candidate(id) => (Some(id), None),
        Chosen::Other(text) => (None, Some(text)),
    };
    DecisionEntry {
        part: decision.part.as_deref().map(SourceStr::from),
        candidate: candidate.map(|id| id.as_str().into()),
        other: other.map(|text| text.as_str().into()),
        advised: decision.advised.iter().map(|id| id.as_str().into()).collect(),
        because: decision.because.as_str().into(),
        date: Some(decision.date.to_string().into()),
        version: decision.version.as_str().into(),
        digest: decision.digest.as_str().into(),
    }
}

/// Returns an entry with neither note nor emphasis, as used in parts.
fn entry<'a>(
    questionnaire: &'a Questionnaire,
    question: QuestionId,
    answer: Option<Value<'a>>,
) -> AnswerEntry<'a> {
    let question = questionnaire[question].id.as_str().into();
    AnswerEntry { question, answer, note: SourceStr::default(), emphasis: Emphasis::Normal }
}

fn answer_entries<'a>(session: &'a Session, questionnaire: &'a Questionnaire) -> Vec<AnswerEntry<'a>> {
    let visible = session.answers.visible(questionnaire);
    let mut entries = Vec::new();
    for question in questionnaire.question_ids() {
        let given = session.answers.given(question);
        let entry = AnswerEntry {
            question: questionnaire[question].id.as_str().into(),
            answer: value(session, questionnaire, question, None, &given.answer),
            note: given.note.as_str().into(),
            emphasis: given.emphasis,
        };
        if visible[question] || !entry.is_empty() {
            entries.push(entry);
        }
    }
    entries.extend(session.orphans.iter().filter_map(|orphan| match &orphan.kept {
        Kept::Answer(entry) => Some(entry.clone()),
        _ => None,
    }));
    entries
}

fn part_entries<'a>(session: &'a Session, questionnaire: &'a Questionnaire) -> Vec<PartEntry<'a>> {
    let Some(parts) = questionnaire.parts_question() else { return orphan_parts(session).collect() };
    let own = session.answers.part_ids().map(|part| part_entry(session, questionnaire, parts, part));
    own.chain(orphan_parts(session)).collect()
}

fn part_entry<'a>(
    session: &'a Session,
    questionnaire: &'a Questionnaire,
    parts: QuestionId,
    id: PartId,
) -> PartEntry<'a> {
    let part = &session.answers[id];
    let effective = session.answers.effective(questionnaire, Subject::Part(id));
    let is_asked = |question: QuestionId| {
        let is_own = questionnaire[question].each_part && part.plan == Plan::ToDecide;
        part.overrides.contains_key(&question) || (is_own && effective.is_visible(question))
    };
    let asked = questionnaire.question_ids().filter(|question| is_asked(*question));
    let mut answers: Vec<AnswerEntry<'a>> = asked
        .map(|question| {
            let own = part.overrides.get(&question);
            let unfit = || unfit(session, question, Some(&part.name));
            let own = own.map(|answer| value(session, questionnaire, question, Some(&part.name), answer));
            entry(questionnaire, question, own.unwrap_or_else(unfit))
        })
        .collect();
    answers.extend(session.orphans.iter().filter_map(|orphan| match &orphan.kept {
        Kept::PartAnswer { part: name, entry } if *name == part.name => Some(entry.clone()),
        Kept::Value { question, part: Some(name), value } if *name == part.name && !is_asked(*question) => {
            Some(entry(questionnaire, *question, Some(value.clone())))
        }
        _ => None,
    }));
    PartEntry {
        kind: questionnaire[parts][part.kind].id.as_str().into(),
        name: part.name.as_str().into(),
        plan: match &part.plan {
            Plan::ToDecide => PlanValue::ToDecide,
            Plan::StaysIn(candidate) => PlanValue::StaysIn(questionnaire[*candidate].id.as_str().into()),
            Plan::StaysOther(text) => match lost_candidate(session, &part.name, text) {
                Some(candidate) => PlanValue::StaysIn(candidate.into()),
                None => PlanValue::StaysOther(text.as_str().into()),
            },
        },
        answers,
    }
}

/// Returns the unknown candidate that the part stays in according to the file, unless the plan has changed
/// since.
fn lost_candidate<'a>(session: &'a Session, name: &str, text: &str) -> Option<&'a str> {
    session.orphans.iter().find_map(|orphan| match &orphan.kept {
        Kept::Plan { part, candidate } if part == name && sanitize_line(candidate) == text => {
            Some(candidate.as_str())
        }
        _ => None,
    })
}

fn orphan_parts(session: &Session) -> impl Iterator<Item = PartEntry<'_>> {
    session.orphans.iter().filter_map(|orphan| match &orphan.kept {
        Kept::Part(entry) => Some(entry.clone()),
        _ => None,
    })
}

/// Returns an answer as written in the file, including the options that the question no longer has.
fn value<'a>(
    session: &'a Session,
    questionnaire: &'a Questionnaire,
    question: QuestionId,
    part: Option<&str>,
    answer: &'a Answer,
) -> Option<Value<'a>> {
    let lost = session.orphans.iter().find_map(|orphan| match &orphan.kept {
        Kept::Options { question: of, part: on, options } if *of == question && on.as_deref() == part => {
            Some(options)
        }
        _ => None,
    });
    let lost = lost.into_iter().flatten().map(|option| option.as_str().into());
    let chosen = |options: OptionSet| -> Vec<SourceStr<'a>> {
        options.iter().map(|option| questionnaire[question][option].id.as_str().into()).chain(lost).collect()
    };
    match answer {
        Answer::NotSure => Some(Value::NotSure),
        Answer::NotApplicable => Some(Value::NotApplicable),
        Answer::Text(text) => Some(Value::Text(text.as_str().into())),
        Answer::Chosen(options) => Some(Value::Chosen(chosen(*options))),
        Answer::Open => {
            let options = chosen(OptionSet::EMPTY);
            // In a part, an open answer overrides the answer for all parts, so it is written.
            let open = (part.is_some() || !options.is_empty()).then_some(Value::Chosen(options));
            open.or_else(|| unfit(session, question, part))
        }
    }
}

/// Returns the kept value that does not fit the question, if any. It stays in the file until the question is
/// answered.
fn unfit<'a>(session: &'a Session, question: QuestionId, part: Option<&str>) -> Option<Value<'a>> {
    session.orphans.iter().find_map(|orphan| match &orphan.kept {
        Kept::Value { question: of, part: on, value } if *of == question && on.as_deref() == part => {
            Some(value.clone())
        }
        _ => None,
    })
}
