//! Parses the text of a session file. Must not lose entries that do not fit the current questionnaire.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::format::{
    AnswerEntry, DecisionEntry, FORMAT, Kept, Orphan, PartEntry, PlanValue, StoredSession, Value,
};
use super::{Chosen, Decision, Details, QuestionsOf, Session, is_id};
use crate::answers::{Answer, Answers, Emphasis, PARTS, Part, Plan};
use crate::names;
use crate::questionnaire::{Kind, OptionSet, QuestionId, Questionnaire};
use crate::sanitize::{count_hidden, sanitize, sanitize_line};
use crate::source::{Diagnostic, Format, Source, SourceStr, TEXT, TITLE, parse_ron, peek, try_ron};

/// Maximum number of entries in one list, such as answers or names. Each is kept in memory for every undo
/// step.
const ENTRIES: usize = 2000;
/// Maximum number of errors to collect, so that a malicious file cannot keep the program busy.
const ERRORS: usize = 500;

pub(super) fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Session, Vec<Diagnostic>> {
    // There is no older session format.
    let format = Format { known: FORMAT, older: "" };
    let tried = |text: &str| try_ron::<StoredSession<'_>>(text);
    let file = parse_ron(source, format, |file: &StoredSession<'_>| file.format, tried)?;
    let mut reader =
        SessionReader { source, questionnaire, errors: Vec::new(), orphans: Vec::new(), hidden: 0 };
    let session = reader.session(&file);
    if reader.errors.is_empty() {
        return Ok(session);
    }
    reader.errors.sort_by_key(|diagnostic| diagnostic.span.start);
    Err(reader.errors)
}

/// Returns the questionnaire that the text of a session names. Ignores everything else in the text.
pub(super) fn questions_of(source: &Source) -> Option<QuestionsOf> {
    #[derive(Deserialize)]
    struct Peek {
        questionnaire: Named,
    }
    #[derive(Deserialize)]
    struct Named {
        #[serde(default)]
        id: String,
        file: Option<String>,
    }
    let Peek { questionnaire: Named { id, file } } = peek(source)?;
    Some(QuestionsOf { id, file })
}

struct SessionReader<'a> {
    source: &'a Source,
    questionnaire: &'a Questionnaire,
    errors: Vec<Diagnostic>,
    orphans: Vec<Orphan>,
    hidden: usize,
}

impl SessionReader<'_> {
    fn error(&mut self, at: &str, what: impl Into<String>, hint: impl Into<String>) {
        if self.errors.len() < ERRORS {
            self.errors.push(Diagnostic::error(self.source.span_of(at), what, hint));
        }
    }

    fn session(&mut self, file: &StoredSession<'_>) -> Session {
        let questionnaire = self.questionnaire;
        if file.questionnaire.id.is_empty() {
            let hint = format!(
                "write `id: \"{}\",` before `version` if it is \"{}\"",
                questionnaire.id(),
                questionnaire.title()
            );
            let what = "this session does not say which questionnaire it belongs to";
            self.error(&file.questionnaire.version, what, hint);
            return Session::new(questionnaire);
        }
        if &*file.questionnaire.id != questionnaire.id() {
            let what = format!("this session belongs to the questionnaire `{}`", &*file.questionnaire.id);
            let hint = format!(
                "the one in use is `{}` (\"{}\"); name the right one with --questions",
                questionnaire.id(),
                questionnaire.title()
            );
            self.error(&file.questionnaire.id, what, hint);
            return Session::new(questionnaire);
        }
        let mut session = Session::new(questionnaire);
        session.questions = file.questionnaire.file.as_ref().map(|file| self.line(file));
        session.details = Details {
            title: self.line(&file.title),
            system: self.line(&file.system),
            deciders: self.texts(&file.deciders),
            consulted: self.texts(&file.consulted),
            informed: self.texts(&file.informed),
            date: file.date.as_ref().and_then(|date| self.date(date)),
            accepted: file.accepted.as_ref().and_then(|date| self.date(date)),
            review_by: file.review_by.as_ref().and_then(|date| self.date(date)),
        };
        session.id = file.id.as_ref().map(|id| self.id(id)).unwrap_or_default();
        let digest = &*file.questionnaire.digest;
        if !digest.is_empty() && digest != questionnaire.digest() {
            session.saved_under = Some(sanitize(&file.questionnaire.version).into_owned());
        }
        if !self.counts(file) {
            return session;
        }
        self.parts(&file.parts, &mut session.answers);
        let mut seen = BTreeMap::new();
        for entry in &file.answers {
            self.unique(&mut seen, "answer", &entry.question);
            self.entry(entry, &mut session.answers);
        }
        session.orphans = std::mem::take(&mut self.orphans);
        let mut seen = BTreeMap::new();
        let mut whole = false;
        for entry in &file.decided {
            match &entry.part {
                Some(part) => self.unique(&mut seen, "decision for the part", part),
                None if whole => {
                    let at =
                        entry.candidate.as_ref().or(entry.other.as_ref()).unwrap_or(&file.questionnaire.id);
                    self.error(at, "there are two decisions for the whole system", "remove one");
                }
                None => whole = true,
            }
            let decision = self.decision(entry);
            session.decided.extend(decision);
        }
        session.sort_decided();
        session.hidden = self.hidden;
        session
    }

    /// Checks the sizes of all lists. Returns whether to read the rest, which is the case if there are no
    /// errors so far.
    fn counts(&mut self, file: &StoredSession<'_>) -> bool {
        let mut limit = |what: &str, count: usize| {
            if count > ENTRIES {
                let what = format!("the number of {what} is {count}");
                self.error(&file.questionnaire.id, what, format!("give at most {ENTRIES}"));
            }
        };
        limit("answers", file.answers.len());
        limit("parts", file.parts.len());
        limit("decisions", file.decided.len());
        for (what, names) in [
            ("deciders", &file.deciders),
            ("people consulted", &file.consulted),
            ("people informed", &file.informed),
        ] {
            limit(what, names.len());
        }
        for part in &file.parts {
            limit("answers for one part", part.answers.len());
        }
        self.errors.is_empty()
    }

    /// Reads a decision. A candidate or part that no longer exists is kept unchanged. Returns `None` if
    /// nothing is decided or after an error.
    fn decision(&mut self, entry: &DecisionEntry<'_>) -> Option<Decision> {
        let (at, chosen) = match (&entry.candidate, &entry.other) {
            (None, None) => return None,
            (Some(id), None) => (id, Chosen::Candidate(self.line(id))),
            (None, Some(text)) => (text, Chosen::Other(self.name(text).trim().to_owned())),
            (Some(_), Some(text)) => {
                let what = "this decision names a candidate and something else";
                self.error(text, what, "remove one of them");
                return None;
            }
        };
        if matches!(&chosen, Chosen::Other(text) if text.is_empty()) {
            let hint = "write the decision, or remove `other` and `date`";
            self.error(at, "this decision is empty", hint);
            return None;
        }
        let Some(date) = &entry.date else {
            self.error(at, "this decision has no date", "add it as date: \"2026-11-21\"");
            return None;
        };
        Some(Decision {
            part: entry.part.as_ref().map(|part| self.name(part)),
            chosen,
            advised: self.texts(&entry.advised),
            because: self.text(&entry.because, TEXT),
            date: self.date(date)?,
            version: self.line(&entry.version),
            digest: self.line(&entry.digest),
        })
    }

    fn unique<'t>(&mut self, seen: &mut BTreeMap<String, &'t str>, what: &str, id: &'t str) {
        if let Some(first) = seen.insert(names::key(&sanitize_line(id)), id)
            && self.errors.len() < ERRORS
        {
            let line = self.source.position(self.source.span_of(first).start).0;
            let what = format!("the {what} `{id}` is given twice");
            self.error(id, what, format!("it is already in line {line}, remove one"));
        }
    }

    fn text(&mut self, text: &SourceStr<'_>, limit: usize) -> String {
        self.hidden += count_hidden(text);
        let shown = sanitize(text).into_owned();
        // Counts the characters after sanitizing, as they will be saved. Otherwise a saved session might be
        // too long to be read again.
        let length = shown.chars().count();
        if length > limit {
            self.error(text, format!("the text has {length} characters"), format!("the limit is {limit}"));
        }
        shown
    }

    /// Reads a text and joins its lines, because it is shown in lists and tables.
    fn line(&mut self, text: &SourceStr<'_>) -> String {
        self.text(text, TITLE).replace(['\n', '\t'], " ")
    }

    /// Reads a name and normalizes it.
    fn name(&mut self, text: &SourceStr<'_>) -> String {
        names::normalized(&self.line(text))
    }

    fn texts(&mut self, texts: &[SourceStr<'_>]) -> Vec<String> {
        texts.iter().map(|text| self.line(text)).collect()
    }

    fn id(&mut self, text: &SourceStr<'_>) -> String {
        if !is_id(text) {
            let what = format!("`{}` is not a valid session id", sanitize_line(text));
            self.error(text, what, "write letters and digits, or remove it to get a new one");
        }
        text.to_string()
    }

    fn date(&mut self, text: &SourceStr<'_>) -> Option<Date> {
        let date = text.parse().ok();
        if date.is_none() {
            self.error(text, format!("`{}` is not a date", &**text), "write it as 2026-11-21");
        }
        date
    }

    fn parts(&mut self, entries: &[PartEntry<'_>], answers: &mut Answers) {
        let Some(question) = self.questionnaire.parts_question() else {
            return entries.iter().for_each(|entry| self.orphan_part(entry));
        };
        let mut seen = BTreeMap::new();
        for entry in entries {
            // A part of an unknown kind becomes an orphan. Its name need not be unique.
            let Some(kind) = self.questionnaire[question].find(&entry.kind) else {
                self.orphan_part(entry);
                continue;
            };
            self.unique(&mut seen, "part name", &entry.name);
            let name = self.name(&entry.name);
            if name.trim().is_empty() {
                self.error(&entry.name, "a part has no name", "name it");
            }
            if answers.parts().len() >= PARTS {
                self.error(&entry.name, format!("more than {PARTS} parts"), "remove some");
                return;
            }
            let plan = self.plan(&name, &entry.plan);
            // Parts of one kind keep the order of the file.
            let mut part = Part { kind, name: name.clone(), plan, overrides: BTreeMap::new() };
            let mut seen = BTreeMap::new();
            for entry in &entry.answers {
                self.unique(&mut seen, "answer", &entry.question);
                self.part_entry(entry, &mut part);
            }
            answers.put_part(part);
        }
    }

    fn orphan_part(&mut self, entry: &PartEntry<'_>) {
        let what = sanitize_line(&format!("part {} of kind {}", &*entry.name, &*entry.kind));
        self.orphans.push(Orphan { what, kept: Kept::Part(entry.to_owned()) });
    }

    fn plan(&mut self, part: &str, plan: &PlanValue<'_>) -> Plan {
        match plan {
            PlanValue::ToDecide => Plan::ToDecide,
            PlanValue::StaysOther(text) => Plan::StaysOther(self.line(text)),
            PlanValue::StaysIn(id) => {
                if let Some(candidate) = self.questionnaire.find_candidate(id) {
                    return Plan::StaysIn(candidate);
                }
                let what = format!("{part} stays in {}", sanitize_line(id));
                let kept = Kept::Plan { part: part.to_owned(), candidate: id.to_string() };
                self.orphans.push(Orphan { what, kept });
                Plan::StaysOther(self.line(id))
            }
        }
    }

    fn part_entry(&mut self, entry: &AnswerEntry<'_>, part: &mut Part) {
        let question =
            self.questionnaire.find(&entry.question).filter(|id| self.questionnaire[*id].each_part);
        let Some(question) = question else {
            let what = sanitize_line(&format!("{} for {}", &*entry.question, part.name));
            let kept = Kept::PartAnswer { part: part.name.clone(), entry: entry.to_owned() };
            self.orphans.push(Orphan { what, kept });
            return;
        };
        if !entry.note.is_empty() || entry.emphasis != Emphasis::Normal {
            let what = "a note or an emphasis applies to all parts, not to one";
            self.error(&entry.question, what, "move it to the answer for all parts");
        }
        // Without an answer, the answer for all parts applies.
        if entry.answer.is_some()
            && let Some(answer) = self.answer(question, entry, Some(&part.name))
        {
            part.overrides.insert(question, answer);
        }
    }

    fn entry(&mut self, entry: &AnswerEntry<'_>, answers: &mut Answers) {
        let Some(question) = self.questionnaire.find(&entry.question) else {
            let what = sanitize_line(&entry.question);
            self.orphans.push(Orphan { what, kept: Kept::Answer(entry.to_owned()) });
            return;
        };
        let answer = self.answer(question, entry, None).unwrap_or_default();
        let given = answers.given_mut(question);
        given.answer = answer;
        given.emphasis = entry.emphasis;
        given.note = self.text(&entry.note, TEXT);
    }

    /// Converts an entry to an answer. Keeps unknown options as an orphan. If the value does not fit the
    /// question, keeps it as an orphan and returns `None`.
    fn answer(
        &mut self,
        question: QuestionId,
        entry: &AnswerEntry<'_>,
        part: Option<&str>,
    ) -> Option<Answer> {
        let asked = &self.questionnaire[question];
        let Some(value) = &entry.answer else { return Some(Answer::Open) };
        match (value, asked.kind) {
            (Value::NotSure, _) => return Some(Answer::NotSure),
            (Value::NotApplicable, _) => return Some(Answer::NotApplicable),
            (Value::Text(text), Kind::Text) => {
                let text = self.text(text, TEXT);
                return Some(if text.trim().is_empty() { Answer::Open } else { Answer::Text(text) });
            }
            (Value::Chosen(ids), Kind::One | Kind::Many) => {
                let known: OptionSet = ids.iter().filter_map(|id| asked.find(id)).collect();
                let alone = !known.intersection(asked.alone_options()).is_empty();
                if known.len() < 2 || (asked.kind == Kind::Many && !alone) {
                    self.lost_options(question, ids, part);
                    return Some(if known.is_empty() { Answer::Open } else { Answer::Chosen(known) });
                }
            }
            (Value::Chosen(_), Kind::Parts | Kind::Text) | (Value::Text(_), _) => {}
        }
        let what = format!("{}: {}", asked.title, value.words());
        let kept = Kept::Value { question, part: part.map(str::to_owned), value: value.to_owned() };
        self.orphans.push(Orphan { what, kept });
        None
    }

    fn lost_options(&mut self, question: QuestionId, ids: &[SourceStr<'_>], part: Option<&str>) {
        let asked = &self.questionnaire[question];
        let options: Vec<String> =
            ids.iter().filter(|id| asked.find(id).is_none()).map(|id| id.to_string()).collect();
        if !options.is_empty() {
            let what = format!("{}: {}", asked.title, sanitize_line(&options.join(", ")));
            let kept = Kept::Options { question, part: part.map(str::to_owned), options };
            self.orphans.push(Orphan { what, kept });
        }
    }
}
