//! Turns the text of a session file into a session; must not lose what today's questionnaire does
//! not understand.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::format::{AnswerEntry, FORMAT, File, Kept, Orphan, PartEntry, PlanValue, Value};
use super::{Details, Session, TEXT, TITLE};
use crate::answers::{Answer, Answers, PARTS, Part, Plan};
use crate::questionnaire::{Kind, OptionSet, QuestionId, Questionnaire};
use crate::source::{Diagnostic, Source, Text, parse_ron};
use crate::visible::visible;

pub(super) fn parse(source: &Source, questionnaire: &Questionnaire) -> Result<Session, Vec<Diagnostic>> {
    let file: File<'_> = parse_ron(source).map_err(|diagnostic| vec![diagnostic])?;
    let mut reader = Reader { source, questionnaire, errors: Vec::new(), orphans: Vec::new() };
    let session = reader.session(&file);
    if reader.errors.is_empty() { Ok(session) } else { Err(reader.errors) }
}

struct Reader<'a> {
    source: &'a Source,
    questionnaire: &'a Questionnaire,
    errors: Vec<Diagnostic>,
    orphans: Vec<Orphan>,
}

impl Reader<'_> {
    fn error(&mut self, at: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.errors.push(Diagnostic::error(self.source.span_of(at), what, hint));
    }

    fn session(&mut self, file: &File<'_>) -> Session {
        let questionnaire = self.questionnaire;
        if file.format == 0 || file.format > FORMAT {
            let start = self.source.text.find("format").unwrap_or_default();
            let what = format!("format {} is not known to this program", file.format);
            self.errors.push(Diagnostic::error(
                start..start + 6,
                what,
                format!("it reads up to {FORMAT}; use a newer langfit"),
            ));
        }
        if *file.questionnaire.id != questionnaire.id {
            let what = format!("this session belongs to the questionnaire `{}`", &*file.questionnaire.id);
            let hint = format!(
                "the one in use is `{}` (\"{}\"); name the right one with --questions",
                questionnaire.id, questionnaire.title
            );
            self.error(&file.questionnaire.id, what, hint);
            return Session::new(questionnaire);
        }
        let mut session = Session::new(questionnaire);
        session.details = Details {
            title: self.text(&file.title, TITLE),
            system: self.text(&file.system, TITLE),
            deciders: self.texts(&file.deciders),
            consulted: self.texts(&file.consulted),
            informed: self.texts(&file.informed),
            date: file.date.as_ref().and_then(|date| self.date(date)),
            review_by: file.review_by.as_ref().and_then(|date| self.date(date)),
        };
        session.at = file.at.as_ref().and_then(|id| questionnaire.find(id));
        if *file.questionnaire.digest != questionnaire.digest {
            session.saved_under = Some(visible(&file.questionnaire.version).into_owned());
        }
        self.parts(&file.parts, &mut session.answers);
        let mut seen = BTreeMap::new();
        for entry in &file.answers {
            self.unique(&mut seen, "answer", &entry.question);
            self.entry(entry, &mut session.answers);
        }
        session.orphans = std::mem::take(&mut self.orphans);
        session
    }

    fn unique<'t>(&mut self, seen: &mut BTreeMap<String, &'t str>, what: &str, id: &'t str) {
        if let Some(first) = seen.insert(id.to_owned(), id) {
            let line = self.source.position(self.source.span_of(first).start).0;
            self.error(
                id,
                format!("the {what} `{id}` is given twice"),
                format!("it stands in line {line} already, leave one out"),
            );
        }
    }

    fn text(&mut self, text: &Text<'_>, limit: usize) -> String {
        let length = text.chars().count();
        if length > limit {
            self.error(text, format!("the text has {length} characters"), format!("the limit is {limit}"));
        }
        visible(text).into_owned()
    }

    fn texts(&mut self, texts: &[Text<'_>]) -> Vec<String> {
        texts.iter().map(|text| self.text(text, TITLE)).collect()
    }

    fn date(&mut self, text: &Text<'_>) -> Option<Date> {
        let date = text.parse().ok();
        if date.is_none() {
            self.error(text, format!("`{}` is not a date", &**text), "write it as 2026-11-21");
        }
        date
    }

    fn parts(&mut self, entries: &[PartEntry<'_>], answers: &mut Answers) {
        let Some(question) = self.questionnaire.parts_question else {
            return entries.iter().for_each(|entry| self.orphan_part(entry));
        };
        let mut seen = BTreeMap::new();
        for entry in entries {
            self.unique(&mut seen, "part name", &entry.name);
            let name = self.text(&entry.name, TITLE);
            if name.trim().is_empty() {
                self.error(&entry.name, "a part has no name", "name it");
            }
            if answers.parts.len() >= PARTS {
                self.error(&entry.name, format!("more than {PARTS} parts"), "leave some out");
                return;
            }
            let Some(kind) = self.questionnaire[question].find(&entry.kind) else {
                self.orphan_part(entry);
                continue;
            };
            let plan = self.plan(&entry.plan);
            answers.parts.push(Part { kind, name: name.clone(), plan, overrides: BTreeMap::new() });
            let part = answers.parts.len() - 1;
            let mut seen = BTreeMap::new();
            for entry in &entry.answers {
                self.unique(&mut seen, "answer", &entry.question);
                self.part_entry(entry, &name, part, answers);
            }
        }
        // Stable: parts of one kind keep the order of the file.
        answers.parts.sort_by_key(|part| part.kind);
    }

    fn orphan_part(&mut self, entry: &PartEntry<'_>) {
        let what = format!("part {} of kind {}", visible(&entry.name), visible(&entry.kind));
        self.orphans.push(Orphan { what, kept: Kept::Part(entry.to_owned()) });
    }

    fn plan(&mut self, plan: &PlanValue<'_>) -> Plan {
        match plan {
            PlanValue::ToDecide => Plan::ToDecide,
            PlanValue::StaysOther(text) => Plan::StaysOther(self.text(text, TITLE)),
            PlanValue::StaysIn(id) => match self.questionnaire.find_candidate(id) {
                Some(candidate) => Plan::StaysIn(candidate),
                None => Plan::StaysOther(self.text(id, TITLE)),
            },
        }
    }

    fn part_entry(&mut self, entry: &AnswerEntry<'_>, name: &str, part: usize, answers: &mut Answers) {
        let question =
            self.questionnaire.find(&entry.question).filter(|id| self.questionnaire[*id].each_part);
        let answer = question.and_then(|question| self.answer(question, entry, Some(name)));
        match (question, answer) {
            (Some(question), Some(answer)) => {
                answers.parts[part].overrides.insert(question, answer);
            }
            _ => {
                let what = format!("{} for {name}", visible(&entry.question));
                let kept = Kept::PartAnswer { part: name.to_owned(), entry: entry.to_owned() };
                self.orphans.push(Orphan { what, kept });
            }
        }
    }

    fn entry(&mut self, entry: &AnswerEntry<'_>, answers: &mut Answers) {
        let question = self.questionnaire.find(&entry.question);
        let answer = question.and_then(|question| self.answer(question, entry, None));
        let (Some(question), Some(answer)) = (question, answer) else {
            let what = visible(&entry.question).into_owned();
            self.orphans.push(Orphan { what, kept: Kept::Answer(entry.to_owned()) });
            return;
        };
        let given = answers.given_mut(question);
        given.answer = answer;
        given.emphasis = entry.emphasis;
        given.note = self.text(&entry.note, TEXT);
    }

    /// Returns the answer, or nothing if the question does not take such an answer.
    fn answer(
        &mut self,
        question: QuestionId,
        entry: &AnswerEntry<'_>,
        part: Option<&str>,
    ) -> Option<Answer> {
        let asked = &self.questionnaire[question];
        Some(match (&entry.answer, asked.kind) {
            (None, _) => Answer::Open,
            (Some(Value::NotSure), _) => Answer::NotSure,
            (Some(Value::NotApplicable), _) => Answer::NotApplicable,
            (Some(Value::Text(text)), Kind::Text) => match self.text(text, TEXT) {
                text if text.trim().is_empty() => Answer::Open,
                text => Answer::Text(text),
            },
            (Some(Value::Chosen(ids)), Kind::One | Kind::Many) => {
                let known: OptionSet = ids.iter().filter_map(|id| asked.find(id)).collect();
                let unknown: Vec<String> =
                    ids.iter().filter(|id| asked.find(id).is_none()).map(|id| id.to_string()).collect();
                let with_alone = known.len() > 1 && !known.intersection(asked.alone_options()).is_empty();
                if (asked.kind == Kind::One && known.len() > 1) || with_alone {
                    return None;
                }
                if !unknown.is_empty() {
                    let what = format!("{}: {}", asked.title, visible(&unknown.join(", ")));
                    let kept = Kept::Options { question, part: part.map(str::to_owned), options: unknown };
                    self.orphans.push(Orphan { what, kept });
                }
                if known.is_empty() { Answer::Open } else { Answer::Chosen(known) }
            }
            _ => return None,
        })
    }
}
