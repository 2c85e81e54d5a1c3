//! Resolves the ids in a file and collects errors.

use std::collections::HashMap;
use std::ops::Range;

use super::schema::{self, SourceStr};
use super::{CandidateId, Condition, Literal, OptionId, OptionSet, QuestionId, Scope, SourceId};
use crate::id_set::IdSet;
use crate::sanitize::{count_hidden, is_hidden, is_plain, sanitize, sanitize_line};
use crate::source::{Diagnostic, Source, TITLE, nearest};

/// Maximum number of errors reported, which bounds the time for a malicious file.
pub(super) const ERRORS: usize = 500;
/// From this number of errors on, hints no longer name the nearest known id, which is slow to find.
const HINTS: usize = 50;
/// Maximum absolute value of a line's points, which keeps sums from overflowing.
pub(super) const POINTS: i64 = 1_000_000_000;

/// Resolves ids and collects errors.
pub(super) struct Checker<'a> {
    source: &'a Source,
    pub errors: Vec<Diagnostic>,
    sources: HashMap<&'a str, SourceId>,
    candidates: HashMap<&'a str, CandidateId>,
    questions: HashMap<&'a str, QuestionId>,
    pub options: Vec<HashMap<&'a str, OptionId>>,
    /// For each question, whether it is of kind Candidates.
    pub of_candidates: Vec<bool>,
    /// For each question, whether it asks for a fact.
    hard: Vec<bool>,
    /// The parts question, if there is one.
    pub parts: Option<QuestionId>,
    /// Number of hidden characters so far, and the span of the first affected text.
    pub hidden: Option<(usize, Range<usize>)>,
}

/// Returns the current and former ids of all items, each with the position of its item.
fn ids<'a, T>(
    all: &'a [T],
    of: impl Fn(&'a T) -> (&'a SourceStr<'a>, &'a Vec<SourceStr<'a>>),
) -> impl Iterator<Item = (usize, &'a SourceStr<'a>)> {
    all.iter().enumerate().flat_map(move |(index, it)| {
        let (id, aliases) = of(it);
        std::iter::once(id).chain(aliases).map(move |id| (index, id))
    })
}

impl<'a> Checker<'a> {
    pub fn new(source: &'a Source, file: &'a schema::File<'a>) -> Self {
        let mut checker = Self {
            source,
            errors: Vec::new(),
            sources: HashMap::new(),
            candidates: HashMap::new(),
            questions: HashMap::new(),
            options: Vec::new(),
            of_candidates: Vec::new(),
            hard: file.questions.iter().map(|question| question.hard).collect(),
            parts: None,
            hidden: None,
        };
        checker.sources =
            checker.unique("source", file.sources.iter().map(|it| &it.id).enumerate(), SourceId);
        checker.candidates =
            checker.unique("candidate", ids(&file.candidates, |it| (&it.id, &it.aliases)), CandidateId);
        checker.questions =
            checker.unique("question", ids(&file.questions, |it| (&it.id, &it.aliases)), QuestionId);
        let _: HashMap<_, usize> =
            checker.unique("rule", file.rules.iter().map(|it| &it.id).enumerate(), |index| index);
        let _: HashMap<_, usize> =
            checker.unique("dimension", file.dimensions.iter().map(|it| &it.id).enumerate(), |index| index);
        for (index, question) in file.questions.iter().enumerate() {
            let of_candidates = matches!(question.kind, schema::Kind::Candidates { .. });
            let options = if of_candidates {
                checker.candidates.iter().map(|(id, candidate)| (*id, OptionId(candidate.0))).collect()
            } else {
                checker.unique("option", ids(&question.options, |it| (&it.id, &it.aliases)), OptionId)
            };
            checker.options.push(options);
            checker.of_candidates.push(of_candidates);
            if matches!(question.kind, schema::Kind::Parts) {
                match checker.parts {
                    None => checker.parts = Some(QuestionId(index)),
                    Some(_) => checker.error(&question.id, "a second question of kind Parts", "keep one"),
                }
            }
        }
        checker
    }

    /// Reports an error at a slice of the file's text, unless there are too many errors already.
    pub fn error(&mut self, at: &str, what: impl Into<String>, hint: impl Into<String>) {
        if self.errors.len() >= ERRORS {
            return;
        }
        self.errors.push(Diagnostic::error(self.source.span_of(at), what, hint));
    }

    fn unique<I: Copy>(
        &mut self,
        kind: &str,
        ids: impl Iterator<Item = (usize, &'a SourceStr<'a>)>,
        make: impl Fn(usize) -> I,
    ) -> HashMap<&'a str, I> {
        let mut known: HashMap<&'a str, (I, &'a str)> = HashMap::new();
        for (index, id) in ids {
            if let Some((_, first)) = known.get(&**id) {
                if self.errors.len() >= ERRORS {
                    continue;
                }
                let line = self.source.position(self.source.span_of(first).start).0;
                let what = format!("the {kind} id `{}` is used twice", &**id);
                self.error(id, what, format!("it is already used in line {line}, rename one, or remove it"));
            } else {
                known.insert(id, (make(index), id));
            }
        }
        known.into_iter().map(|(id, (value, _))| (id, value)).collect()
    }

    /// Returns the span of a text in the file.
    pub fn span(&self, text: &str) -> Range<usize> {
        self.source.span_of(text)
    }

    /// Returns the span of the number in `field`, which precedes a text in the same structure.
    ///
    /// Returns the span of the text if there is no such number.
    pub fn number_before(&self, text: &str, field: &str) -> Range<usize> {
        let span = self.span(text);
        let before = &self.source.text[..span.start];
        let number = || {
            let start = before.rfind(field)? + field.len();
            let between = before[start..].trim_start().strip_prefix(':')?.trim_start();
            let end = between.find(|it: char| !it.is_ascii_digit() && it != '-')?;
            let start = before.len() - between.len();
            // With a closing bracket in between, the field is in a different structure.
            (end > 0 && !between.contains(')')).then_some(start..start + end)
        };
        number().unwrap_or(span)
    }

    /// Validates the spelling of an id, and returns it sanitized.
    pub fn id(&mut self, id: &SourceStr<'_>) -> String {
        let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || id.len() > TITLE || !id.bytes().all(legal) {
            let what = if id.is_empty() {
                "the id is empty".to_owned()
            } else {
                format!("`{}` is not an id", &**id)
            };
            self.error(id, what, "use lower-case letters, digits and hyphens, at most 200");
        }
        sanitize(id).into_owned()
    }

    /// Checks that a text is not empty, not too long and free of control characters. Returns it sanitized.
    pub fn text(&mut self, text: &SourceStr<'_>, limit: usize) -> String {
        let length = if text.is_ascii() { text.len() } else { text.chars().count() };
        if text.trim().is_empty() {
            self.error(text, "the text is empty", "write at least one word");
        } else if length > limit {
            self.error(text, format!("the text has {length} characters"), format!("the limit is {limit}"));
        }
        let control = |character: &char| character.is_control() && is_hidden(*character);
        if !is_plain(text)
            && let Some(character) = text.chars().find(control)
        {
            let what = format!("the text has the control character {}", character.escape_unicode());
            self.error(text, what, "remove it");
        }
        let hidden = count_hidden(text);
        if hidden > 0 {
            let (before, span) = self.hidden.take().unwrap_or_else(|| (0, self.span(text)));
            self.hidden = Some((before + hidden, span));
        }
        // Titles are shown in lists and tables, on one line.
        if limit == TITLE { sanitize_line(text) } else { sanitize(text).replace('\t', " ") }
    }

    fn lookup<I: Copy>(
        &mut self,
        known: impl for<'s> Fn(&'s Self) -> &'s HashMap<&'a str, I>,
        kind: &str,
        id: &str,
        at: &str,
    ) -> Option<I> {
        let found = known(self).get(id).copied();
        if found.is_none() && self.errors.len() < ERRORS {
            let hint = if self.errors.len() < HINTS {
                let mut names: Vec<&str> = known(self).keys().copied().collect();
                names.sort_unstable();
                nearest(id, &names)
            } else {
                "check its spelling".to_owned()
            };
            self.error(at, format!("no {kind} has the id `{id}`"), hint);
        }
        found
    }

    /// Resolves a candidate.
    pub fn candidate(&mut self, id: &SourceStr<'_>) -> Option<CandidateId> {
        self.lookup(|it| &it.candidates, "candidate", id, id)
    }

    /// Resolves a question of kind Candidates.
    pub fn candidates_question(&mut self, id: &SourceStr<'_>) -> Option<QuestionId> {
        let question = self.lookup(|it| &it.questions, "question", id, id)?;
        if self.of_candidates[question.0] {
            return Some(question);
        }
        let what = format!("the question `{}` is not about candidates", &**id);
        self.error(id, what, "name one of kind Candidates");
        None
    }

    /// Resolves a kind of part named in `field`.
    pub fn part_kind(&mut self, field: &str, id: &SourceStr<'_>) -> Option<OptionId> {
        let parts = self.parts_before(None, field, id)?;
        self.lookup(|it| &it.options[parts.0], "kind of part", id, id)
    }

    /// Resolves kinds of part named in `field`.
    pub fn part_kinds(&mut self, field: &str, ids: &[SourceStr<'_>]) -> OptionSet {
        ids.iter().filter_map(|id| self.part_kind(field, id)).collect()
    }

    /// Finds the parts question, which must precede the question `before`, if given.
    fn parts_before(&mut self, before: Option<QuestionId>, field: &str, at: &str) -> Option<QuestionId> {
        let Some(parts) = self.parts else {
            let hint = format!("remove `{field}`, or add such a question");
            self.error(at, "there is no question of kind Parts", hint);
            return None;
        };
        if before.is_some_and(|before| parts >= before) {
            let what = format!("`{field}` looks at the question of kind Parts, which comes later");
            self.error(at, what, "move that question up");
        }
        Some(parts)
    }

    /// Returns the sheets to which a question applies.
    pub fn concerns(&mut self, kinds: &[SourceStr<'_>], question: QuestionId) -> Scope {
        let Some(first) = kinds.first() else { return Scope::EVERYWHERE };
        match self.parts_before(Some(question), "concerns", first) {
            Some(_) => Scope::parts(self.part_kinds("concerns", kinds)),
            None => Scope::EVERYWHERE,
        }
    }

    /// Resolves the cited sources. An empty list is an error, reported at `at`.
    pub fn cites(&mut self, ids: &[SourceStr<'_>], at: &str) -> Vec<SourceId> {
        if ids.is_empty() {
            self.error(at, "there is no source", "name at least one in `source`");
        }
        let mut sources = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(source) = self.lookup(|it| &it.sources, "source", id, id) else { continue };
            if sources.contains(&source) {
                self.error(id, format!("`{}` is named twice", &**id), "remove one");
            }
            sources.push(source);
        }
        sources
    }

    /// Resolves `question/option`.
    pub fn literal(&mut self, text: &SourceStr<'_>, holds: bool) -> Option<Literal> {
        let Some((question, option)) = text.split_once('/') else {
            let what = format!("`{}` is not of the form question/option", &**text);
            self.error(text, what, "write both ids with / between");
            return None;
        };
        let question = self.lookup(|it| &it.questions, "question", question, text)?;
        let option = self.lookup(|it| &it.options[question.0], "option of that question", option, text)?;
        Some(Literal { question, options: IdSet::only(option), holds })
    }

    /// Resolves a condition, which may refer only to questions before `before`.
    ///
    /// Errors without a position in the text are reported at `at`.
    pub fn condition(
        &mut self,
        condition: &schema::Condition<'_>,
        before: QuestionId,
        at: &str,
    ) -> Option<Condition> {
        Some(match condition {
            schema::Condition::Is(text) => {
                let literal = self.literal(text, true)?;
                if literal.question >= before {
                    let what = "a condition looks at a question that comes later";
                    self.error(text, what, "move one of the two questions");
                }
                Condition::Is(literal)
            }
            schema::Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner, before, at)?)),
            schema::Condition::All(inner) => Condition::All(self.conditions(inner, before, at)),
            schema::Condition::Any(inner) => Condition::Any(self.conditions(inner, before, at)),
            schema::Condition::This(kind) => {
                self.parts_before(Some(before), "This", kind)?;
                Condition::This(OptionSet::only(self.part_kind("This", kind)?))
            }
            schema::Condition::SeveralParts => {
                self.parts_before(Some(before), "SeveralParts", at)?;
                Condition::SeveralParts
            }
        })
    }

    fn conditions(
        &mut self,
        conditions: &[schema::Condition<'_>],
        before: QuestionId,
        at: &str,
    ) -> Vec<Condition> {
        conditions.iter().filter_map(|condition| self.condition(condition, before, at)).collect()
    }

    /// Resolves the answers that lift an exclusion.
    ///
    /// The exclusion holds only if all returned literals are true and the candidate is chosen in none of the
    /// returned questions.
    pub fn unless(&mut self, unless: &[schema::Lift<'_>]) -> (Vec<Literal>, Vec<QuestionId>) {
        let (mut answers, mut chosen_by) = (Vec::new(), Vec::new());
        for lift in unless {
            let (text, question) = match lift {
                schema::Lift::Is(text) => {
                    let Some(literal) = self.literal(text, false) else { continue };
                    answers.push(literal);
                    (text, literal.question)
                }
                schema::Lift::ChosenBy(text) => {
                    let Some(question) = self.candidates_question(text) else { continue };
                    chosen_by.push(question);
                    (text, question)
                }
            };
            if !self.hard[question.0] {
                let id = text.split('/').next().unwrap_or_default();
                let what = format!("only facts can lift an exclusion, and `{id}` does not ask for a fact");
                self.error(text, what, "add `hard: true` to that question, or name another one");
            }
        }
        (answers, chosen_by)
    }

    /// Validates the points and clamps them to the limit.
    pub fn points(&mut self, points: i64, at: &str) -> i64 {
        if points.abs() > POINTS {
            let what = format!("evidence of {points} points");
            self.error(at, what, format!("give at most {POINTS}; 1, 3, 6 and 9 are usual"));
        }
        points.clamp(-POINTS, POINTS)
    }
}
