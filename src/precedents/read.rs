//! Parses precedents files, and the entries that scenario files share with them. Must report every error
//! found, not only the first.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::format::{AnswerEntry, Entry, FORMAT, File, PartEntry};
use super::{Choice, DecidedPart, Ground, Precedent};
use crate::answers::{PARTS, Part, Plan, Subject};
use crate::names;
use crate::questionnaire::{CandidateId, CandidateSet, OptionId, Question, QuestionId, Questionnaire};
use crate::sanitize::{sanitize, sanitize_line};
use crate::session::Session;
use crate::source::{Diagnostic, Source, SourceStr, TEXT, TITLE, nearest, parse_ron, try_ron};

/// Maximum number of precedents in a file.
const PRECEDENTS: usize = 1000;
/// Maximum number of answers in a precedent or scenario.
const ANSWERS: usize = 500;
/// Maximum number of addresses in a precedent.
const ADDRESSES: usize = 20;
/// Maximum number of errors reported, so that a malicious file does not keep the program busy.
const ERRORS: usize = 500;
/// Years accepted for a decision.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

pub(super) fn parse(
    source: &Source,
    questionnaire: &Questionnaire,
) -> Result<Vec<Precedent>, Vec<Diagnostic>> {
    let tried = |text: &str| try_ron::<File<'_>>(text);
    let file = parse_ron(source, FORMAT, |file: &File<'_>| file.format, tried)?;
    let mut reader = Reader::new(source, questionnaire);
    let precedents = reader.file(&file);
    reader.finish(precedents)
}

/// Reads what precedents and scenario files share: parts and the answers for them.
pub struct Reader<'a> {
    source: &'a Source,
    questionnaire: &'a Questionnaire,
    errors: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub fn new(source: &'a Source, questionnaire: &'a Questionnaire) -> Self {
        Self { source, questionnaire, errors: Vec::new() }
    }

    pub fn questionnaire(&self) -> &'a Questionnaire {
        self.questionnaire
    }

    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Returns the result, or every error in file order.
    pub fn finish<T>(mut self, read: T) -> Result<T, Vec<Diagnostic>> {
        if self.errors.is_empty() {
            return Ok(read);
        }
        self.errors.sort_by_key(|diagnostic| diagnostic.span.start);
        Err(self.errors)
    }

    pub fn span(&self, text: &str) -> Range<usize> {
        self.source.span_of(text)
    }

    /// Returns whether a file names the questionnaire that it sits next to; reports an error if not.
    pub fn belongs(&mut self, questionnaire: &SourceStr<'_>, what: &str) -> bool {
        let own = self.questionnaire.id();
        let belongs = &**questionnaire == own;
        if !belongs {
            let what = format!("these {what} belong to the questionnaire `{}`", &**questionnaire);
            self.error(questionnaire, what, format!("the one they stand beside is `{own}`"));
        }
        belongs
    }

    pub fn limits(&mut self, id: &str, parts: &[PartEntry<'_>], answers: &[AnswerEntry<'_>]) {
        self.limit("parts", parts.len(), PARTS, id);
        self.limit("answers", answers.len(), ANSWERS, id);
    }

    /// Checks that every id is valid and used only once.
    pub fn ids_once<'e>(&mut self, what: &str, ids: impl Iterator<Item = &'e SourceStr<'e>>) {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for id in ids {
            if !names::is_id(id) {
                let what = format!("`{}` is not an id", &**id);
                self.error(id, what, "use lower-case letters, digits and hyphens, at most 200");
            }
            if let Some(first) = seen.insert(id, id) {
                let line = self.line(first);
                let what = format!("the {what} id `{}` is used twice", &**id);
                self.error(id, what, format!("it is already used in line {line}, rename one"));
            }
        }
    }

    pub fn error(&mut self, at: &str, what: impl Into<String>, hint: impl Into<String>) {
        if self.errors.len() < ERRORS {
            self.errors.push(Diagnostic::error(self.source.span_of(at), what, hint));
        }
    }

    fn file(&mut self, file: &File<'_>) -> Vec<Precedent> {
        if !self.belongs(&file.questionnaire, "precedents") {
            return Vec::new();
        }
        self.limit("precedents", file.precedents.len(), PRECEDENTS, &file.questionnaire);
        for entry in &file.precedents {
            self.limits(&entry.id, &entry.parts, &entry.answers);
            self.limit("addresses", entry.sources.len(), ADDRESSES, &entry.id);
        }
        if !self.errors.is_empty() {
            return Vec::new();
        }
        self.ids_once("precedent", file.precedents.iter().map(|entry| &entry.id));
        file.precedents.iter().map(|entry| self.precedent(entry)).collect()
    }

    pub fn limit(&mut self, what: &str, count: usize, most: usize, at: &str) {
        if count > most {
            self.error(at, format!("the number of {what} is {count}"), format!("give at most {most}"));
        }
    }

    fn line(&self, text: &str) -> usize {
        self.source.position(self.source.span_of(text).start).0
    }

    fn precedent(&mut self, entry: &Entry<'_>) -> Precedent {
        if let Some(year) = entry.year.filter(|year| !YEARS.contains(year)) {
            let what = format!("{year} cannot be the year of a decision");
            self.error(&entry.id, what, "write the year with four digits, or leave it out");
        }
        let mut session = Session::new(self.questionnaire);
        for id in entry.parts.iter().filter_map(|part| part.ruled_out.first()) {
            self.error(id, "a precedent says what people decided", "write `ruled_out` in scenarios");
        }
        self.pick(&entry.parts, &mut session, PartEntry::is_decided);
        let grounds = self.answer(&entry.answers, &mut session);
        let parts: Vec<DecidedPart> =
            entry.parts.iter().filter_map(|part| self.decided(part, &session)).collect();
        if !entry.parts.iter().any(PartEntry::is_decided) {
            self.error(&entry.id, "no part is decided", "give at least one part a `chosen` or an `other`");
        }
        Precedent {
            span: self.source.span_of(&entry.id),
            id: sanitize_line(&entry.id),
            title: self.text(&entry.title, TITLE),
            why: if entry.why.is_empty() { String::new() } else { self.text(&entry.why, TEXT) },
            year: entry.year,
            addresses: entry
                .sources
                .iter()
                .map(|address| (self.source.span_of(address), self.text(address, TEXT)))
                .collect(),
            parts,
            answers: session.answers,
            grounds,
        }
    }

    /// Returns a text as one line; reports an error if it is empty or too long.
    pub fn text(&mut self, text: &SourceStr<'_>, limit: usize) -> String {
        let length = text.chars().count();
        if text.trim().is_empty() {
            self.error(text, "the text is empty", "write at least one word");
        } else if length > limit {
            self.error(text, format!("the text has {length} characters"), format!("the limit is {limit}"));
        }
        sanitize_line(text)
    }

    /// Adds the parts to the session, with their names and plans.
    ///
    /// `is_to_decide` returns whether an entry states a choice or an expected result for its part.
    pub fn pick<'e>(
        &mut self,
        entries: &[PartEntry<'e>],
        session: &mut Session,
        is_to_decide: impl Fn(&PartEntry<'e>) -> bool,
    ) {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let name = names::normalized(&self.text(&entry.name, TITLE));
            if let Some(first) = seen.insert(names::key(&name), &entry.name) {
                let line = self.line(first);
                let what = format!("the part name `{}` is given twice", &*entry.name);
                self.error(&entry.name, what, format!("it is already used in line {line}, rename one"));
                continue;
            }
            let plan = self.plan(entry, is_to_decide(entry));
            let Some(kinds) = self.questionnaire.parts_question() else {
                self.whole(entry, index, &plan);
                continue;
            };
            if let Some(kind) = self.kind(entry, kinds) {
                session.answers.put_part(Part { kind, name, plan, overrides: BTreeMap::new() });
            }
        }
    }

    /// Checks an entry of a questionnaire without a parts question, where only the whole system can be
    /// decided.
    fn whole(&mut self, entry: &PartEntry<'_>, index: usize, plan: &Plan) {
        if let Some(kind) = &entry.kind {
            self.error(kind, "this questionnaire has no kinds of part", "leave `kind` out");
        }
        if index > 0 {
            let what = "this questionnaire has no parts, but a second one is given";
            self.error(&entry.name, what, "remove it");
        } else if *plan != Plan::ToDecide {
            self.error(&entry.name, "without parts, nothing can stay as it is", "say what was `chosen`");
        }
    }

    fn kind(&mut self, entry: &PartEntry<'_>, kinds: QuestionId) -> Option<OptionId> {
        let kinds = &self.questionnaire[kinds];
        let Some(id) = &entry.kind else {
            let what = format!("the part `{}` has no kind", &*entry.name);
            self.error(&entry.name, what, "add `kind: …`");
            return None;
        };
        let found = kinds.find(id);
        if found.is_none() {
            let known: Vec<&str> = kinds.options.iter().map(|it| it.id.as_str()).collect();
            self.error(id, format!("no kind of part has the id `{}`", &**id), nearest(id, &known));
        }
        found
    }

    /// Returns the plan for a part: to decide, or staying in something. Reports an error unless the entry
    /// states exactly one outcome.
    fn plan(&mut self, entry: &PartEntry<'_>, is_to_decide: bool) -> Plan {
        let stay = [&entry.stays, &entry.stays_other].into_iter().flatten().count();
        let both = entry.chosen.is_some() && entry.other.is_some();
        let count = stay + usize::from(is_to_decide) + usize::from(both);
        if count != 1 {
            let what = format!("the part `{}` has {count} outcomes", &*entry.name);
            let hint = "give one of `chosen`, `other`, `stays` and `stays_other`, or in a scenario the expected outcome";
            self.error(&entry.name, what, hint);
        }
        if let Some(text) = &entry.stays_other {
            return Plan::StaysOther(self.text(text, TITLE));
        }
        let stays = entry.stays.as_ref().and_then(|id| self.candidate(id));
        stays.map_or(Plan::ToDecide, Plan::StaysIn)
    }

    pub fn candidate(&mut self, id: &SourceStr<'_>) -> Option<CandidateId> {
        let found = self.questionnaire.find_candidate(id);
        if found.is_none() {
            let known: Vec<&str> = self.questionnaire.candidates().iter().map(|it| it.id.as_str()).collect();
            self.error(id, format!("no candidate has the id `{}`", &**id), nearest(id, &known));
        }
        found
    }

    /// Applies the answers as the command line would, and returns the facts they rest on.
    pub fn answer(&mut self, entries: &[AnswerEntry<'_>], session: &mut Session) -> Vec<Ground> {
        let given: Vec<String> = entries.iter().map(|entry| self.assignment(entry)).collect();
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        for (at, refused) in session.assign_each(self.questionnaire, &given) {
            let hint = if refused.hint.is_empty() { "change or remove this answer" } else { &refused.hint };
            self.error(&entries[at].set, refused.what, hint);
        }
        let ground = |entry: &AnswerEntry<'_>| {
            let part = entry.part.as_ref().map(|name| session.answers.find_part(&names::normalized(name)));
            Some(Ground {
                question: self.questionnaire.find(question_of(&entry.set))?,
                subject: part.map_or(Some(Subject::System), |part| part.map(Subject::Part))?,
                because: sanitize(&entry.because).into_owned(),
                inferred: entry.inferred,
            })
        };
        let grounds = entries.iter().filter_map(ground).collect();
        for entry in entries.iter().filter(|entry| !entry.because.is_empty()) {
            self.text(&entry.because, TEXT);
        }
        grounds
    }

    /// Formats an answer as on the command line. Rejects answers that pick or name parts, because other
    /// fields of the file do that.
    fn assignment(&mut self, entry: &AnswerEntry<'_>) -> String {
        let (id, rest) = entry.set.split_at(question_of(&entry.set).len());
        let asked = self.questionnaire.find(id).map(|question| &self.questionnaire[question]);
        if asked.is_some_and(Question::is_parts) {
            self.error(&entry.set, "parts are not set by an answer", "list them in `parts`");
        }
        match (&entry.part, rest.starts_with('@')) {
            (_, true) => {
                self.error(&entry.set, "this answer names a part", "name it in `part`");
                entry.set.to_string()
            }
            (Some(part), false) => format!("{id}@{}{rest}", &**part),
            (None, false) => entry.set.to_string(),
        }
    }

    /// Returns the decided part of an entry; `None` if nothing was decided for it.
    fn decided(&mut self, entry: &PartEntry<'_>, session: &Session) -> Option<DecidedPart> {
        let acceptable: CandidateSet = entry.acceptable.iter().filter_map(|id| self.candidate(id)).collect();
        let choice = match (&entry.chosen, &entry.other) {
            (Some(id), _) => {
                let chosen = CandidateSet::only(self.candidate(id)?);
                Choice::Candidates(if entry.tie { chosen.union(acceptable) } else { chosen })
            }
            (None, Some(text)) => Choice::Other(self.text(text, TITLE)),
            (None, None) => return None,
        };
        if entry.tie && !matches!(&choice, Choice::Candidates(tied) if tied.len() > 1) {
            self.error(&entry.name, "a tie needs at least two candidates", "list them in `acceptable`");
        }
        let name = names::normalized(&sanitize_line(&entry.name));
        let subject = match self.questionnaire.parts_question() {
            None => Subject::System,
            Some(_) => Subject::Part(session.answers.find_part(&name)?),
        };
        let sheet = session.answers.effective(self.questionnaire, subject);
        Some(DecidedPart { span: self.source.span_of(&entry.name), name, subject, choice, sheet })
    }
}

/// Returns the question id at the start of an assignment.
fn question_of(set: &str) -> &str {
    &set[..set.find(['@', '=']).unwrap_or(set.len())]
}
