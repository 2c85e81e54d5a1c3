//! Turns a parsed file into a [`Questionnaire`]; must report every error it can find, not the first.

mod around;
mod counts;

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::lower::Lowering;
use super::schema::{self, Text};
use super::{
    Adoption, Called, Candidate, CandidateId, Choice, Condition, Kind, Literal, OptionId, Place, Question,
    QuestionId, Questionnaire, SourceId, Uses,
};
use crate::set::Set;
use crate::source::{Diagnostic, Source, TEXT, TITLE, nearest};
use crate::visible::{hidden_in, is_hidden, is_plain, visible, visible_line};

/// The format of questionnaire files that this program reads.
pub(super) const FORMAT: u32 = 1;
/// Errors that are looked for; a file made to be wrong must not keep the program busy.
const ERRORS: usize = 500;
/// Errors for which the nearest known name is looked for, which takes its time.
const HINTS: usize = 50;
/// Points beyond this could overflow a sum.
const POINTS: i64 = 1_000_000_000;

/// Checks a parsed file.
pub(super) fn validate(source: &Source, file: &schema::File<'_>) -> Result<Questionnaire, Vec<Diagnostic>> {
    let (errors, too_many) = counts::counts(source, file);
    if too_many {
        return Err(errors);
    }
    let mut checker = Checker::new(source, file);
    checker.errors.extend(errors);
    let mut questionnaire = Questionnaire {
        id: checker.id(&file.id),
        version: checker.text(&file.version, TITLE),
        digest: format!("{:016x}", xxh3_64(source.text.as_bytes())),
        title: checker.text(&file.title, TITLE),
        subject: checker.candidate(&file.subject).unwrap_or(CandidateId(0)),
        called: file.called.as_ref().map_or_else(Called::default, |called| checker.called(called)),
        sources: file.sources.iter().map(|cited| checker.cited(cited)).collect(),
        candidates: Vec::new(),
        adoption: Adoption::default(),
        questions: Vec::new(),
        parts_question: checker.parts,
        lines: Vec::new(),
        line_starts: Vec::new(),
        says: Vec::new(),
        rules: Vec::new(),
        boundaries: Vec::new(),
        dimensions: Vec::new(),
        hidden: None,
        uses: Uses::default(),
    };
    let cost = file.adoption.as_ref().map_or(0, |adoption| adoption.points);
    questionnaire.candidates =
        file.candidates.iter().map(|candidate| checker.new_candidate(candidate, cost)).collect();
    if let Some(adoption) = &file.adoption {
        questionnaire.adoption.because = checker.text(&adoption.because, TEXT);
        questionnaire.adoption.sources = checker.cites(&adoption.source, &adoption.because);
    }
    for (index, question) in file.questions.iter().enumerate() {
        let question = checker.question(QuestionId(index), question);
        questionnaire.questions.push(question);
    }
    check_each_part(&mut checker, file, &questionnaire.questions);
    Lowering::new(&mut checker, &mut questionnaire).run(file);
    questionnaire.boundaries =
        file.boundaries.iter().filter_map(|boundary| checker.boundary(boundary)).collect();
    questionnaire.dimensions = file.dimensions.iter().map(|dimension| checker.dimension(dimension)).collect();

    if checker.errors.is_empty() {
        questionnaire.hidden = checker.hidden;
        questionnaire.uses = Uses::new(&questionnaire);
        Ok(questionnaire)
    } else {
        checker.errors.sort_by_key(|diagnostic| diagnostic.span.start);
        Err(checker.errors)
    }
}

/// Resolves names and collects errors.
pub(super) struct Checker<'a> {
    source: &'a Source,
    pub errors: Vec<Diagnostic>,
    sources: HashMap<&'a str, SourceId>,
    candidates: HashMap<&'a str, CandidateId>,
    questions: HashMap<&'a str, QuestionId>,
    options: Vec<HashMap<&'a str, OptionId>>,
    /// Which questions are about candidates.
    of_candidates: Vec<bool>,
    /// The parts question, if there is one.
    pub parts: Option<QuestionId>,
    /// How many characters were hidden so far, and where the first of their texts stands.
    hidden: Option<(usize, Place)>,
}

impl<'a> Checker<'a> {
    fn new(source: &'a Source, file: &'a schema::File<'a>) -> Self {
        let mut checker = Self {
            source,
            errors: Vec::new(),
            sources: HashMap::new(),
            candidates: HashMap::new(),
            questions: HashMap::new(),
            options: Vec::new(),
            of_candidates: Vec::new(),
            parts: None,
            hidden: None,
        };
        checker.sources = checker.unique("source", file.sources.iter().map(|cited| &cited.id), SourceId);
        checker.candidates =
            checker.unique("candidate", file.candidates.iter().map(|it| &it.id), CandidateId);
        checker.questions = checker.unique("question", file.questions.iter().map(|it| &it.id), QuestionId);
        let _: HashMap<_, usize> = checker.unique("rule", file.rules.iter().map(|it| &it.id), |index| index);
        let _: HashMap<_, usize> =
            checker.unique("dimension", file.dimensions.iter().map(|it| &it.id), |index| index);
        for (index, question) in file.questions.iter().enumerate() {
            let of_candidates = matches!(question.kind, schema::Kind::Candidates { .. });
            let options = if of_candidates {
                checker.candidates.iter().map(|(id, candidate)| (*id, OptionId(candidate.0))).collect()
            } else {
                checker.unique("option", question.options.iter().map(|it| &it.id), OptionId)
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

    /// Reports an error at a piece of the file's text, unless there are far too many already.
    pub fn error(&mut self, at: &str, what: impl Into<String>, hint: impl Into<String>) {
        if self.errors.len() >= ERRORS {
            return;
        }
        self.errors.push(Diagnostic::error(self.source.span_of(at), what, hint));
    }

    fn unique<I: Copy>(
        &mut self,
        kind: &str,
        ids: impl Iterator<Item = &'a Text<'a>>,
        make: impl Fn(usize) -> I,
    ) -> HashMap<&'a str, I> {
        let mut known: HashMap<&'a str, (I, &'a str)> = HashMap::new();
        for (index, id) in ids.enumerate() {
            if let Some((_, first)) = known.get(&**id) {
                if self.errors.len() >= ERRORS {
                    continue;
                }
                let line = self.source.position(self.source.span_of(first).start).0;
                self.error(
                    id,
                    format!("the {kind} id `{}` is used twice", &**id),
                    format!("it stands in line {line} already, rename one"),
                );
            } else {
                known.insert(id, (make(index), id));
            }
        }
        known.into_iter().map(|(id, (value, _))| (id, value)).collect()
    }

    /// Returns where a text of the file stands.
    pub fn place(&self, text: &str) -> Place {
        self.source.span_of(text)
    }

    /// Checks the spelling of an id.
    pub fn id(&mut self, id: &Text<'_>) -> String {
        let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if id.is_empty() || id.len() > TITLE || !id.bytes().all(legal) {
            let what = if id.is_empty() {
                "the id is empty".to_owned()
            } else {
                format!("`{}` is not an id", &**id)
            };
            self.error(id, what, "use lower-case letters, digits and hyphens, at most 200");
        }
        visible(id).into_owned()
    }

    /// Checks a text for people: neither empty nor too long, without control characters.
    pub fn text(&mut self, text: &Text<'_>, limit: usize) -> String {
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
            self.error(
                text,
                format!("the text has the control character {}", character.escape_unicode()),
                "take it out",
            );
        }
        let hidden = hidden_in(text);
        if hidden > 0 {
            let (before, place) = self.hidden.take().unwrap_or_else(|| (0, self.place(text)));
            self.hidden = Some((before + hidden, place));
        }
        // What stands in lists and tables is one line.
        if limit == TITLE { visible_line(text) } else { visible(text).replace('\t', " ") }
    }

    fn lookup<I: Copy>(
        &mut self,
        known: Known,
        kind: &str,
        id: &str,
        at: &str,
        pick: impl Fn(&Self) -> Option<I>,
    ) -> Option<I> {
        let found = pick(self);
        if found.is_none() && self.errors.len() < ERRORS {
            if self.errors.len() >= HINTS {
                self.error(at, format!("no {kind} has the id `{id}`"), "check its spelling");
                return None;
            }
            let mut names: Vec<&str> = match known {
                Known::Sources => self.sources.keys().copied().collect(),
                Known::Candidates => self.candidates.keys().copied().collect(),
                Known::Questions => self.questions.keys().copied().collect(),
                Known::Options(question) => self.options[question.0].keys().copied().collect(),
            };
            names.sort_unstable();
            let hint = nearest(id, &names);
            self.error(at, format!("no {kind} has the id `{id}`"), hint);
        }
        found
    }

    /// Finds a candidate.
    pub fn candidate(&mut self, id: &Text<'_>) -> Option<CandidateId> {
        self.lookup(Known::Candidates, "candidate", id, id, |it| it.candidates.get(&**id).copied())
    }

    /// Finds a question that is about candidates.
    pub fn candidates_question(&mut self, id: &Text<'_>) -> Option<QuestionId> {
        let question =
            self.lookup(Known::Questions, "question", id, id, |it| it.questions.get(&**id).copied())?;
        if self.of_candidates[question.0] {
            return Some(question);
        }
        self.error(
            id,
            format!("the question `{}` is not about candidates", &**id),
            "name one of kind Candidates",
        );
        None
    }

    /// Finds a kind of part.
    pub fn part_kind(&mut self, id: &Text<'_>) -> Option<OptionId> {
        let Some(parts) = self.parts else {
            self.error(id, "there is no question of kind Parts", "leave `parts` out, or add such a question");
            return None;
        };
        self.lookup(Known::Options(parts), "kind of part", id, id, |it| {
            it.options[parts.0].get(&**id).copied()
        })
    }

    /// Finds the cited sources; none at all is an error, reported at `at`.
    pub fn cites(&mut self, ids: &[Text<'_>], at: &str) -> Vec<SourceId> {
        if ids.is_empty() {
            self.error(at, "no source is given", "name at least one in `source`");
        }
        let mut sources = Vec::with_capacity(ids.len());
        for id in ids {
            let known = |it: &Self| it.sources.get(&**id).copied();
            let Some(source) = self.lookup(Known::Sources, "source", id, id, known) else { continue };
            if sources.contains(&source) {
                self.error(id, format!("`{}` is named twice", &**id), "leave one out");
            }
            sources.push(source);
        }
        sources
    }

    /// Resolves `question/option`.
    pub fn literal(&mut self, text: &Text<'_>, holds: bool) -> Option<Literal> {
        let Some((question, option)) = text.split_once('/') else {
            self.error(
                text,
                format!("`{}` is not of the form question/option", &**text),
                "write both ids with / between",
            );
            return None;
        };
        let question = self
            .lookup(Known::Questions, "question", question, text, |it| it.questions.get(question).copied())?;
        let known = Known::Options(question);
        let option = self.lookup(known, "option of that question", option, text, |it| {
            it.options[question.0].get(option).copied()
        })?;
        Some(Literal { question, options: Set::only(option), holds })
    }

    /// Resolves a condition that may look at the questions before `before` only.
    fn condition(&mut self, condition: &schema::Condition<'_>, before: QuestionId) -> Option<Condition> {
        Some(match condition {
            schema::Condition::Is(text) => {
                let literal = self.literal(text, true)?;
                if literal.question >= before {
                    self.error(
                        text,
                        "a condition looks at a question that comes later",
                        "move one of the two questions",
                    );
                }
                Condition::Is(literal)
            }
            schema::Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner, before)?)),
            schema::Condition::All(inner) => Condition::All(self.conditions(inner, before)),
            schema::Condition::Any(inner) => Condition::Any(self.conditions(inner, before)),
        })
    }

    fn conditions(&mut self, conditions: &[schema::Condition<'_>], before: QuestionId) -> Vec<Condition> {
        conditions.iter().filter_map(|condition| self.condition(condition, before)).collect()
    }

    fn new_candidate(&mut self, candidate: &schema::Candidate<'_>, cost: i64) -> Candidate {
        let adoption = candidate.adoption.unwrap_or(cost);
        if !(0..=POINTS).contains(&adoption) {
            self.error(
                &candidate.id,
                format!("an adoption cost of {adoption} points"),
                format!("give 0 to {POINTS}"),
            );
        }
        Candidate {
            place: self.place(&candidate.id),
            id: self.id(&candidate.id),
            name: self.text(&candidate.name, TITLE),
            tags: candidate.tags.iter().map(|tag| self.id(tag)).collect(),
            adoption,
        }
    }

    /// Checks the number of points.
    pub fn points(&mut self, points: i64, at: &str) -> i64 {
        if points.abs() > POINTS {
            self.error(
                at,
                format!("evidence of {points} points"),
                format!("give at most {POINTS}; 1, 3, 6 and 9 are usual"),
            );
        }
        points.clamp(-POINTS, POINTS)
    }

    fn question(&mut self, id: QuestionId, question: &schema::Question<'_>) -> Question {
        let of_candidates = self.of_candidates[id.0];
        Question {
            place: self.place(&question.id),
            id: self.id(&question.id),
            section: question.section.as_ref().map(|section| self.text(section, TITLE)),
            title: self.text(&question.title, TITLE),
            ask: self.text(&question.ask, TEXT),
            why: self.text(&question.why, TEXT),
            kind: match question.kind {
                schema::Kind::One | schema::Kind::Candidates { many: false, .. } => Kind::One,
                schema::Kind::Many | schema::Kind::Candidates { many: true, .. } => Kind::Many,
                schema::Kind::Parts => Kind::Parts,
                schema::Kind::Text => Kind::Text,
            },
            of_candidates,
            when: question.when.as_ref().and_then(|when| self.condition(when, id)),
            each_part: question.each_part,
            skippable: question.skippable,
            options: question.options.iter().map(|option| self.choice(option, &question.kind)).collect(),
        }
    }

    fn choice(&mut self, option: &schema::Choice<'_>, kind: &schema::Kind<'_>) -> Choice {
        let text = self.text(&option.text, TEXT);
        let name = option.name.as_ref().map_or_else(|| visible_line(&text), |name| self.text(name, TITLE));
        let length = name.chars().count();
        // A part is called so, until somebody gives it another name.
        if matches!(kind, schema::Kind::Parts) && length > TITLE {
            let what = format!("without a name of its own this kind of part is called {length} characters");
            self.error(&option.id, what, format!("give it a `name` of at most {TITLE} characters"));
        }
        Choice { place: self.place(&option.id), id: self.id(&option.id), name, text, alone: option.alone }
    }
}

#[derive(Clone, Copy)]
enum Known {
    Sources,
    Candidates,
    Questions,
    Options(QuestionId),
}

/// A question that depends on answers that differ by part must be able to differ itself.
fn check_each_part(checker: &mut Checker<'_>, file: &schema::File<'_>, questions: &[Question]) {
    for (question, raw) in questions.iter().zip(&file.questions) {
        let literals = question.when.as_ref().map(Condition::literals).unwrap_or_default();
        let differs = literals.iter().find(|literal| questions[literal.question.0].each_part);
        if let Some(literal) = differs
            && (!question.each_part || question.kind == Kind::Text)
        {
            let what = format!(
                "`{}` depends on `{}`, whose answer may differ by part",
                question.id, questions[literal.question.0].id
            );
            let hint = match question.kind {
                Kind::Text => "a text is one for all parts, let `when` look at other questions",
                _ => "add `each_part: true`",
            };
            checker.error(&raw.id, what, hint);
        }
        let is_one_for_all = matches!(question.kind, Kind::Parts | Kind::Text);
        if is_one_for_all && question.each_part {
            checker.error(
                &raw.id,
                "a question of this kind has one answer for all parts",
                "leave `each_part` out",
            );
        }
        if question.kind == Kind::Parts && question.when.is_some() {
            checker.error(&raw.id, "the question of kind Parts is always asked", "leave `when` out");
        }
    }
}
