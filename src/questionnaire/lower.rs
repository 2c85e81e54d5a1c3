//! Lowers the evidence, exclusions and remarks of options, templates and rules to lines and remarks with
//! guards.

mod suitability;

use super::checker::Checker;
use super::schema::{self, SourceStr};
use super::{
    AnswerOption, CandidateId, CandidateSet, Exclusion, Impact, Line, LineOrigin, Literal, OptionId, PerId,
    QuestionId, Questionnaire, Rule, Say, Scope,
};
use crate::id_set::IdSet;
use crate::source::TEXT;

/// Maximum number of lines, counted once for each candidate. It bounds the length of all ledgers together.
const LINES: usize = 100_000;

/// Fills in the questionnaire's rules, lines, remarks and waiver, and the options of questions of kind
/// Candidates.
pub(super) struct Lowering<'c, 'a> {
    checker: &'c mut Checker<'a>,
    questionnaire: &'c mut Questionnaire,
    /// Number of lines so far, counted once for each candidate.
    lines: usize,
}

/// The properties shared by all lines of one option, template or rule.
struct Common {
    guard: Vec<Literal>,
    origin: LineOrigin,
    scope: Scope,
    /// Whether the lines are those of a kind of part, and so count only for parts of that kind.
    of_kind: bool,
}

impl Common {
    fn of_option(question: QuestionId, option: OptionId, is_kind: bool) -> Self {
        let options = IdSet::only(option);
        Self {
            guard: vec![Literal { question, options, holds: true }],
            origin: LineOrigin::Option(question, option),
            scope: if is_kind { Scope::parts(options) } else { Scope::EVERYWHERE },
            of_kind: is_kind,
        }
    }
}

/// The fields of a line in the file, other than points and candidates.
struct Written<'f> {
    argument: Option<&'f SourceStr<'f>>,
    because: &'f SourceStr<'f>,
    source: &'f [SourceStr<'f>],
    parts: &'f [SourceStr<'f>],
    unless: &'f [schema::Lift<'f>],
}

impl<'f> Written<'f> {
    fn of_evidence(line: &'f schema::Evidence<'f>) -> Self {
        let argument = line.argument.as_ref();
        Self { argument, because: &line.because, source: &line.source, parts: &line.parts, unless: &[] }
    }

    fn of_exclusion(line: &'f schema::Exclusion<'f>) -> Self {
        let (source, parts, unless) = (&line.source, &line.parts, &line.unless);
        Self { argument: None, because: &line.because, source, parts, unless }
    }

    /// Returns [`Exclusion::Unusual`] if an answer can lift the exclusion.
    fn exclusion(&self) -> Exclusion {
        if self.unless.is_empty() { Exclusion::Cannot } else { Exclusion::Unusual }
    }
}

/// The candidates that a line is about. If not a fixed set, each candidate gets its own line with its own
/// condition.
enum Selection {
    All(CandidateSet),
    /// Candidates chosen in another question.
    ChosenBy(QuestionId),
    /// Candidates chosen in the template's own question.
    EachChosen(QuestionId),
    /// Candidates not chosen in the template's own question, once any is chosen.
    EachNotChosen(QuestionId),
}

impl<'c, 'a> Lowering<'c, 'a> {
    pub fn new(checker: &'c mut Checker<'a>, questionnaire: &'c mut Questionnaire) -> Self {
        Self { checker, questionnaire, lines: 0 }
    }

    pub fn run(mut self, file: &schema::File<'_>) {
        for (index, question) in file.questions.iter().enumerate() {
            let id = QuestionId(index);
            self.questionnaire.line_starts.push(self.questionnaire.lines.len());
            match &question.kind {
                schema::Kind::Candidates { chosen, not_chosen, .. } => {
                    self.candidates(id, question, chosen.as_ref(), not_chosen.as_ref());
                }
                _ => self.options(id, question),
            }
            if let (true, Some(table)) = (self.checker.parts == Some(id), &file.suitability) {
                self.suitability(id, table);
            }
        }
        self.questionnaire.line_starts.push(self.questionnaire.lines.len());
        if let (None, Some(table)) = (self.checker.parts, &file.suitability) {
            self.checker.refuse_suitability(table);
        }
        for (index, rule) in file.rules.iter().enumerate() {
            let (guard, scope) = self.checker.conjunction(&rule.when, &rule.id);
            self.questionnaire.rules.push(Rule {
                span: self.checker.span(&rule.id),
                id: self.checker.id(&rule.id),
                all: guard.clone(),
                scope,
            });
            let common = Common { guard, origin: LineOrigin::Rule(index), scope, of_kind: false };
            self.lines(&common, &rule.evidence, &rule.exclusions, &rule.says);
        }
    }

    fn options(&mut self, question: QuestionId, raw: &schema::Question<'_>) {
        let is_parts = self.questionnaire.parts_question == Some(question);
        for (index, option) in raw.options.iter().enumerate() {
            let id = OptionId(index);
            let common = Common::of_option(question, id, is_parts);
            self.lines(&common, &option.evidence, &option.exclusions, &option.says);
            let waived = option.waives_adoption.iter().filter_map(|it| self.checker.candidate(it));
            let waived = waived.map(|candidate| (candidate, id)).collect();
            self.waive(question, raw, waived);
        }
    }

    fn candidates(
        &mut self,
        question: QuestionId,
        raw: &schema::Question<'_>,
        chosen: Option<&schema::Template<'_>>,
        not_chosen: Option<&schema::Template<'_>>,
    ) {
        let choices = self.questionnaire.candidates.iter();
        let span = self.questionnaire.questions[question.0].span.clone();
        let choices = choices
            .map(|it| AnswerOption {
                span: span.clone(),
                id: it.id.clone(),
                aliases: it.aliases.clone(),
                name: it.name.clone(),
                text: it.name.clone(),
                alone: false,
                technical: false,
                neutral: CandidateSet::EMPTY,
            })
            .collect();
        self.questionnaire.questions[question.0].options = choices;
        if let Some(template) = chosen {
            self.template(question, &Selection::EachChosen(question), template);
            if template.waives_adoption {
                let all = self.questionnaire.all_candidates();
                self.waive(question, raw, all.iter().map(|it| (it, OptionId(it.0))).collect());
            }
        }
        if let Some(template) = not_chosen {
            self.template(question, &Selection::EachNotChosen(question), template);
            if template.waives_adoption {
                let what = "not choosing a candidate cannot waive its adoption cost";
                self.checker.error(&raw.id, what, "move `waives_adoption` to `chosen`");
            }
        }
    }

    fn template(&mut self, question: QuestionId, selection: &Selection, template: &schema::Template<'_>) {
        // `about_one` adds the guard for each candidate, and the origin for a chosen one.
        let origin = LineOrigin::NotChosen(question);
        let common = Common { guard: Vec::new(), origin, scope: Scope::EVERYWHERE, of_kind: false };
        for evidence in &template.evidence {
            self.refuse_names(&evidence.candidates, evidence.chosen_by.as_ref(), &evidence.because);
            let points = self.checker.points(evidence.points, &evidence.because);
            self.line(&common, selection, Impact::Points(points), &Written::of_evidence(evidence));
        }
        for exclusion in &template.exclusions {
            self.refuse_names(&exclusion.candidates, exclusion.chosen_by.as_ref(), &exclusion.because);
            let written = Written::of_exclusion(exclusion);
            self.line(&common, selection, Impact::Excludes(written.exclusion()), &written);
        }
    }

    fn refuse_names(
        &mut self,
        candidates: &[SourceStr<'_>],
        chosen_by: Option<&SourceStr<'_>>,
        because: &SourceStr<'_>,
    ) {
        if let Some(name) = candidates.first().or(chosen_by) {
            let at: &str = if name.is_empty() { because } else { name };
            let what = "a template is about each candidate in turn";
            self.checker.error(at, what, "remove `candidates` and `chosen_by` here");
        }
    }

    fn lines(
        &mut self,
        common: &Common,
        evidence: &[schema::Evidence<'_>],
        exclusions: &[schema::Exclusion<'_>],
        says: &[schema::Say<'_>],
    ) {
        for evidence in evidence {
            let points = self.checker.points(evidence.points, &evidence.because);
            if let Some(selection) =
                self.selection(&evidence.candidates, evidence.chosen_by.as_ref(), &evidence.because)
            {
                self.line(common, &selection, Impact::Points(points), &Written::of_evidence(evidence));
            }
        }
        for exclusion in exclusions {
            if let Some(selection) =
                self.selection(&exclusion.candidates, exclusion.chosen_by.as_ref(), &exclusion.because)
            {
                let written = Written::of_exclusion(exclusion);
                self.line(common, &selection, Impact::Excludes(written.exclusion()), &written);
            }
        }
        for say in says {
            let text = self.checker.text(&say.text, TEXT);
            let sources = self.checker.cites(&say.source, &say.text);
            let scope = self.scope(common, &say.parts);
            let guard = common.guard.clone();
            let span = self.checker.span(&say.text);
            let candidates = say.candidates.iter().filter_map(|id| self.checker.candidate(id)).collect();
            let kind = say.kind;
            self.questionnaire.says.push(Say { span, guard, scope, candidates, kind, text, sources });
        }
    }

    fn selection(
        &mut self,
        candidates: &[SourceStr<'_>],
        chosen_by: Option<&SourceStr<'_>>,
        because: &SourceStr<'_>,
    ) -> Option<Selection> {
        match (candidates, chosen_by) {
            ([], None) => {
                let what = "no candidate is named";
                self.checker.error(because, what, "add `candidates: […]` or `chosen_by: …`");
                None
            }
            ([], Some(question)) => self.checker.candidates_question(question).map(Selection::ChosenBy),
            (named, None) => {
                let mut set = CandidateSet::EMPTY;
                for name in named {
                    let Some(candidate) = self.checker.candidate(name) else { continue };
                    if set.contains(candidate) {
                        self.checker.error(name, format!("`{}` is named twice", &**name), "name it once");
                    }
                    set.insert(candidate);
                }
                Some(Selection::All(set))
            }
            (_, Some(question)) => {
                let what = "both `candidates` and `chosen_by` are given";
                self.checker.error(question, what, "keep one of the two");
                None
            }
        }
    }

    fn line(&mut self, common: &Common, selection: &Selection, impact: Impact, written: &Written<'_>) {
        let because = written.because;
        if self.lines >= LINES {
            let what = format!("evidence and exclusions come to more than {LINES}, one for each candidate");
            return self.checker.error(because, what, "remove some, or name fewer candidates");
        }
        let (answers, chosen_by) = self.checker.unless(written.unless);
        let line = Line {
            span: self.checker.span(because),
            points_span: self.checker.number_before(because, "points"),
            guard: common.guard.iter().chain(&answers).copied().collect(),
            scope: self.scope(common, written.parts),
            candidates: CandidateSet::EMPTY,
            impact,
            argument: written.argument.map(|id| self.checker.id(id)),
            because: self.checker.text(because, TEXT),
            sources: self.checker.cites(written.source, because),
            origin: common.origin,
        };
        match selection {
            Selection::All(candidates) if chosen_by.is_empty() => {
                self.lines += candidates.len();
                self.questionnaire.lines.push(Line { candidates: *candidates, ..line });
            }
            selection => {
                let about = match selection {
                    Selection::All(candidates) => *candidates,
                    _ => self.questionnaire.all_candidates(),
                };
                self.lines += about.len();
                for candidate in about.iter() {
                    let mut line = self.about_one(selection, candidate, line.clone());
                    line.guard.extend(chosen_by.iter().map(|question| Literal {
                        question: *question,
                        options: IdSet::only(OptionId(candidate.0)),
                        holds: false,
                    }));
                    self.questionnaire.lines.push(line);
                }
            }
        }
    }

    /// Specializes a line to one candidate.
    fn about_one(&self, selection: &Selection, candidate: CandidateId, line: Line) -> Line {
        let option = OptionId(candidate.0);
        let own = |question, holds| Literal { question, options: IdSet::only(option), holds };
        let mut line = Line { candidates: IdSet::only(candidate), ..line };
        match *selection {
            Selection::All(_) => {}
            Selection::ChosenBy(question) => line.guard.push(own(question, true)),
            Selection::EachChosen(question) => {
                line.guard.push(own(question, true));
                line.origin = LineOrigin::Option(question, option);
            }
            Selection::EachNotChosen(question) => {
                let any = IdSet::first(self.questionnaire.candidates.len());
                line.guard.extend([own(question, false), Literal { question, options: any, holds: true }]);
            }
        }
        line
    }

    fn scope(&mut self, common: &Common, parts: &[SourceStr<'_>]) -> Scope {
        let Some(first) = parts.first() else { return common.scope };
        if common.of_kind {
            let what = "reasons at a kind of part apply to its own parts only";
            self.checker.error(first, what, "remove `parts` here");
        }
        common.scope.and(Scope::parts(self.checker.part_kinds("parts", parts)))
    }

    /// Records which options of a question waive the adoption cost of which candidates.
    fn waive(
        &mut self,
        question: QuestionId,
        raw: &schema::Question<'_>,
        waived: Vec<(CandidateId, OptionId)>,
    ) {
        if waived.is_empty() {
            return;
        }
        if raw.each_part || !raw.concerns.is_empty() {
            let what = "the question that waives adoption costs has one answer for all parts";
            let field = if raw.each_part { "each_part" } else { "concerns" };
            self.checker.error(&raw.id, what, format!("remove `{field}`"));
        }
        let count = self.questionnaire.candidates.len();
        let waiver = self
            .questionnaire
            .adoption
            .waiver
            .get_or_insert_with(|| (question, PerId::filled(count, IdSet::EMPTY)));
        if waiver.0 != question {
            let what = "a second question waives adoption costs";
            return self.checker.error(&raw.id, what, "let one question do it");
        }
        for (candidate, option) in waived {
            waiver.1[candidate].insert(option);
        }
    }
}
