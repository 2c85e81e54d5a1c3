//! Turns a parsed file into a [`Questionnaire`].
//!
//! Validation must report every error it can find, not just the first.

mod counts;
mod unscored;

use xxhash_rust::xxh3::xxh3_64;

use super::checker::{Checker, POINTS};
use super::lower::Lowering;
use super::schema;
use super::{
    Adoption, AnswerOption, Candidate, CandidateNoun, Condition, Kind, Question, QuestionId, Questionnaire,
    Scope, TextPlace, Uses,
};
use crate::sanitize::sanitize_line;
use crate::source::{Diagnostic, Format, Source, TEXT, TITLE};

/// The format of questionnaire files that this program reads.
pub(super) const FORMAT: Format = Format {
    known: 2,
    older: "write `format: 2`; a rule has `when: All([…])` instead of `all: […]`, and `Not(Is(\"a/b\"))` instead of `Not(\"a/b\")`",
};

/// Validates a parsed file.
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
        subject: file.subject.as_ref().and_then(|subject| checker.candidate(subject)),
        noun: file.called.as_ref().map_or_else(CandidateNoun::default, |noun| checker.noun(noun)),
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

impl Checker<'_> {
    fn new_candidate(&mut self, candidate: &schema::Candidate<'_>, cost: i64) -> Candidate {
        let adoption = candidate.adoption.unwrap_or(cost);
        if !(0..=POINTS).contains(&adoption) {
            let what = format!("an adoption cost of {adoption} points");
            self.error(&candidate.id, what, format!("give 0 to {POINTS}"));
        }
        Candidate {
            span: self.span(&candidate.id),
            id: self.id(&candidate.id),
            aliases: candidate.aliases.iter().map(|id| self.id(id)).collect(),
            name: self.text(&candidate.name, TITLE),
            tags: candidate.tags.iter().map(|tag| self.id(tag)).collect(),
            adoption,
        }
    }

    fn question(&mut self, id: QuestionId, question: &schema::Question<'_>) -> Question {
        let of_candidates = self.of_candidates[id.0];
        Question {
            span: self.span(&question.id),
            id: self.id(&question.id),
            aliases: question.aliases.iter().map(|id| self.id(id)).collect(),
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
            when: question.when.as_ref().and_then(|when| self.condition(when, id, &question.id)),
            each_part: question.each_part || !question.concerns.is_empty(),
            concerns: match question.kind {
                schema::Kind::Parts | schema::Kind::Text => Scope::EVERYWHERE,
                _ => self.concerns(&question.concerns, id),
            },
            hard: question.hard,
            skippable: question.skippable,
            place: question.place,
            options: question.options.iter().map(|option| self.choice(option, &question.kind)).collect(),
        }
    }

    fn choice(&mut self, option: &schema::AnswerOption<'_>, kind: &schema::Kind<'_>) -> AnswerOption {
        let text = self.text(&option.text, TEXT);
        let name = option.name.as_ref().map_or_else(|| sanitize_line(&text), |name| self.text(name, TITLE));
        let length = name.chars().count();
        // The option's name becomes the initial name of a part.
        if matches!(kind, schema::Kind::Parts) && length > TITLE {
            let what = format!(
                "this kind of part has no `name`, and its text of {length} characters is too long for one"
            );
            self.error(&option.id, what, format!("give it a `name` of at most {TITLE} characters"));
        }
        AnswerOption {
            span: self.span(&option.id),
            id: self.id(&option.id),
            aliases: option.aliases.iter().map(|id| self.id(id)).collect(),
            name,
            text,
            alone: option.alone,
            technical: option.technical,
            neutral: option.neutral.iter().filter_map(|id| self.candidate(id)).collect(),
        }
    }
}

/// Validates fields that not every kind of question may have, and answers that can differ by part.
///
/// A question that depends on answers that differ by part must itself allow its answer to differ.
fn check_each_part(checker: &mut Checker<'_>, file: &schema::File<'_>, questions: &[Question]) {
    for (question, raw) in questions.iter().zip(&file.questions) {
        let literals = question.when.as_ref().map(Condition::literals).unwrap_or_default();
        let differs = literals.iter().find(|literal| questions[literal.question.0].each_part);
        if let Some(literal) = differs
            && (!question.each_part || question.kind == Kind::Text)
        {
            let what = format!(
                "`{}` depends on `{}`, whose answer can differ between parts",
                question.id, questions[literal.question.0].id
            );
            let hint = match question.kind {
                Kind::Text => "a text is the same for all parts, let `when` look at other questions",
                _ => "add `each_part: true`",
            };
            checker.error(&raw.id, what, hint);
        }
        if question.when.as_ref().is_some_and(Condition::asks_this) && !question.each_part {
            let what = format!("`{}` asks with `This` which part it is asked for", question.id);
            let hint = match question.kind {
                Kind::Text => "a text is the same for all parts, remove `This`",
                _ => "add `each_part: true` or `concerns: […]`",
            };
            checker.error(&raw.id, what, hint);
        }
        let is_one_for_all = matches!(question.kind, Kind::Parts | Kind::Text);
        if is_one_for_all && question.each_part {
            let what = "a question of this kind has the same answer for all parts";
            let field = if raw.each_part { "each_part" } else { "concerns" };
            checker.error(&raw.id, what, format!("remove `{field}`"));
        }
        if question.place != TextPlace::Ownership && question.kind != Kind::Text {
            let what = "only a text question has a `place` in the record";
            checker.error(&raw.id, what, "remove `place`, or write `kind: Text`");
        }
        if question.kind == Kind::Parts && question.when.is_some() {
            checker.error(&raw.id, "the question of kind Parts is always asked", "remove `when`");
        }
    }
}
