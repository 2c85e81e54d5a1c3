//! The answers with their notes and emphasis, and which questions they make visible.
//!
//! This module must not depend on how answers score.

mod effective;
mod progress;
mod subject;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use effective::EffectiveAnswers;
pub use progress::Progress;
pub use subject::{PartId, Subject};

use crate::id_set::IdSet;
use crate::names::{self, are_alike};
use crate::questionnaire::{
    CandidateId, Kind, OptionId, OptionSet, PerId, PerQuestion, QuestionId, Questionnaire, Sheet,
};
use crate::source::TITLE;

/// Maximum number of picked parts.
pub const PARTS: usize = 64;

/// The answer to one question. Whether the question is visible is computed, see [`EffectiveAnswers`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Answer {
    /// Not answered yet.
    #[default]
    Open,
    /// The chosen options, at least one.
    Chosen(OptionSet),
    /// Free text, for a question of kind `Text`.
    Text(String),
    /// The team is not sure. The question counts as open.
    NotSure,
    /// The question does not apply. It counts as answered, but no option is chosen.
    NotApplicable,
}

impl Answer {
    /// Returns whether the question counts as open: unanswered or not sure.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::NotSure)
    }
}

/// How much the points of an answered question count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Emphasis {
    /// Points are ignored; exclusions still hold.
    Ignored,
    /// Points count once.
    #[default]
    Normal,
    /// Points count twice.
    Double,
}

impl Emphasis {
    /// Returns the next emphasis in the cycle normal, double, ignored.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Normal => Self::Double,
            Self::Double => Self::Ignored,
            Self::Ignored => Self::Normal,
        }
    }

    /// Returns the factor by which points are multiplied.
    pub const fn factor(self) -> i64 {
        match self {
            Self::Ignored => 0,
            Self::Normal => 1,
            Self::Double => 2,
        }
    }
}

/// The answer, note and emphasis of one question, for all parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// A comment, which never affects the advice.
    pub note: String,
    /// How much the points count.
    pub emphasis: Emphasis,
}

/// What is planned for a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Plan {
    /// A candidate must be chosen for the part.
    #[default]
    ToDecide,
    /// The part stays in this candidate.
    StaysIn(CandidateId),
    /// The part stays in something that is not a candidate. For display only.
    StaysOther(String),
}

/// A part of the system that the architect picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The kind of the part, an option of the parts question.
    pub kind: OptionId,
    /// The name, unique in the system.
    pub name: String,
    /// What is planned for the part.
    pub plan: Plan,
    /// The part's own answers, which replace those for all parts.
    pub overrides: BTreeMap<QuestionId, Answer>,
}

/// All answers of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    given: PerQuestion<Given>,
    parts_question: Option<QuestionId>,
    /// The picked parts, grouped by kind, with kinds in file order. No two names are alike.
    parts: Vec<Part>,
}

impl Part {
    /// Returns whether the part is unchanged since it was picked under the name `picked_as`.
    pub fn is_untouched(&self, picked_as: &str) -> bool {
        self.plan == Plan::ToDecide && self.overrides.is_empty() && are_alike(&self.name, picked_as)
    }
}

impl Answers {
    /// Returns a blank set of answers.
    pub fn new(questionnaire: &Questionnaire) -> Self {
        Self {
            given: PerId::filled(questionnaire.questions().len(), Given::default()),
            parts_question: questionnaire.parts_question(),
            parts: Vec::new(),
        }
    }

    /// Returns the answer, note and emphasis of a question, for all parts.
    pub fn given(&self, question: QuestionId) -> &Given {
        &self.given[question]
    }

    /// Returns the answer, note and emphasis of a question for changes to the note or emphasis. To change the
    /// answer, use [`Self::set`].
    pub fn given_mut(&mut self, question: QuestionId) -> &mut Given {
        &mut self.given[question]
    }

    /// Returns the picked parts, grouped by kind, with kinds in file order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the ids of the picked parts, in the order of [`Self::parts`].
    pub fn part_ids(&self) -> impl DoubleEndedIterator<Item = PartId> + use<> {
        (0..self.parts.len()).map(PartId)
    }

    /// Finds a part by its exact name.
    pub fn find_part(&self, name: &str) -> Option<PartId> {
        self.part_ids().find(|part| self[*part].name == name)
    }

    /// Returns the answer for a subject. A part without an override has the answer for all parts.
    pub fn answer(&self, question: QuestionId, subject: Subject) -> &Answer {
        let own = subject.part().and_then(|part| self[part].overrides.get(&question));
        own.unwrap_or(&self.given[question].answer)
    }

    /// Returns whether a part overrides the answer for all parts.
    pub fn has_own(&self, question: QuestionId, part: PartId) -> bool {
        self[part].overrides.contains_key(&question)
    }

    /// Sets the answer for all parts, or an override for one part.
    ///
    /// An empty choice is stored as an open question. An override equal to the answer for all parts is not
    /// stored. The emphasis is reset when a question gets its first answer or loses its last one.
    pub fn set(&mut self, question: QuestionId, subject: Subject, answer: Answer) {
        let answer = match answer {
            Answer::Chosen(options) if options.is_empty() => Answer::Open,
            Answer::Text(text) if text.trim().is_empty() => Answer::Open,
            answer => answer,
        };
        let had_one = self.has_answer(question);
        match subject {
            Subject::System => self.given[question].answer = answer,
            Subject::Part(part) if self.given[question].answer == answer => {
                self.parts[part.0].overrides.remove(&question);
            }
            Subject::Part(part) => {
                self.parts[part.0].overrides.insert(question, answer);
            }
        }
        if !had_one {
            self.given[question].emphasis = Emphasis::default();
        }
        self.drop_stale_emphasis(question);
    }

    /// Removes a part's override, so that the answer for all parts applies to it again.
    pub fn take_back(&mut self, question: QuestionId, part: PartId) {
        self.parts[part.0].overrides.remove(&question);
        self.drop_stale_emphasis(question);
    }

    /// Sets or removes a part's override without the adjustments of [`Self::set`].
    pub(crate) fn set_own(&mut self, question: QuestionId, part: PartId, answer: Option<Answer>) {
        let own = &mut self.parts[part.0].overrides;
        match answer {
            Some(answer) => own.insert(question, answer),
            None => own.remove(&question),
        };
    }

    /// Sets the plan for a part.
    pub fn set_plan(&mut self, part: PartId, plan: Plan) {
        self.parts[part.0].plan = plan;
    }

    /// Renames a part. A number is appended if another part has the name.
    pub fn rename(&mut self, part: PartId, name: &str) {
        let name = names::normalized(name);
        let own = are_alike(&self[part].name, &name);
        self.parts[part.0].name = if own { name } else { self.free_name(&name) };
    }

    /// Removes a part with its overrides, and returns it.
    pub fn remove_part(&mut self, part: PartId) -> Part {
        let removed = self.parts.remove(part.0);
        for question in removed.overrides.keys().copied().chain(self.parts_question) {
            self.drop_stale_emphasis(question);
        }
        removed
    }

    /// Removes parts until no kind occurs more often than in `kinds`. The first parts of each kind are kept.
    pub fn keep_kinds(&mut self, kinds: &[OptionId]) {
        let mut kinds = kinds.to_vec();
        let mut stays = |part: &Part| {
            let place = kinds.iter().position(|kind| *kind == part.kind);
            place.map(|place| kinds.swap_remove(place)).is_some()
        };
        let stay: Vec<bool> = self.parts.iter().map(&mut stays).collect();
        for part in self.part_ids().rev().filter(|part| !stay[part.0]) {
            self.remove_part(part);
        }
    }

    fn drop_stale_emphasis(&mut self, question: QuestionId) {
        if !self.has_answer(question) {
            self.given[question].emphasis = Emphasis::default();
        }
    }

    /// Returns whether a question has an answer for all parts or for any part.
    fn has_answer(&self, question: QuestionId) -> bool {
        let own = self.parts.iter().filter_map(|part| part.overrides.get(&question));
        let picked = self.parts_question == Some(question) && !self.parts.is_empty();
        picked || own.chain([&self.given[question].answer]).any(|answer| !answer.is_open())
    }

    /// Returns the emphasis of a question, which is the default as long as the question has no answer.
    pub fn emphasis(&self, question: QuestionId) -> Emphasis {
        if self.has_answer(question) { self.given[question].emphasis } else { Emphasis::default() }
    }

    /// Returns the options chosen for a subject, regardless of visibility.
    pub fn chosen(&self, questionnaire: &Questionnaire, question: QuestionId, subject: Subject) -> OptionSet {
        if questionnaire[question].kind == Kind::Parts {
            return self.parts.iter().map(|part| part.kind).collect();
        }
        match self.answer(question, subject) {
            Answer::Chosen(options) => *options,
            _ => OptionSet::EMPTY,
        }
    }

    /// Returns whether a question is open for a subject. A question marked as not applicable is not open.
    pub fn is_unanswered(
        &self,
        questionnaire: &Questionnaire,
        question: QuestionId,
        subject: Subject,
    ) -> bool {
        if questionnaire[question].kind == Kind::Parts && !self.parts.is_empty() {
            return false;
        }
        self.answer(question, subject).is_open()
    }

    /// Returns the answers that count for a subject.
    pub fn effective(&self, questionnaire: &Questionnaire, subject: Subject) -> EffectiveAnswers {
        let chosen = |question| self.chosen(questionnaire, question, subject);
        EffectiveAnswers::new(questionnaire, self.sheet(subject), chosen)
    }

    /// Returns the facts about a subject, other than answers, that conditions can test.
    pub fn sheet(&self, subject: Subject) -> Sheet {
        Sheet { kind: subject.part().map(|part| self[part].kind), several_parts: self.parts.len() > 1 }
    }

    /// Returns the subjects of the advice: the parts that need a decision, or the system if no part is
    /// picked.
    ///
    /// The result is empty if parts were picked and all of them stay as they are.
    pub fn subjects(&self) -> Vec<Subject> {
        if self.parts.is_empty() {
            return vec![Subject::System];
        }
        self.part_ids().filter(|part| self[*part].plan == Plan::ToDecide).map(Subject::Part).collect()
    }

    /// Returns every subject that questions apply to, with the answers that count for it.
    ///
    /// These are the subjects of the advice, or the system as a whole if there is nothing to decide.
    pub fn effective_all(&self, questionnaire: &Questionnaire) -> Vec<(Subject, EffectiveAnswers)> {
        let subjects = self.subjects();
        let subjects = if subjects.is_empty() { vec![Subject::System] } else { subjects };
        subjects.into_iter().map(|subject| (subject, self.effective(questionnaire, subject))).collect()
    }

    /// Returns for each question whether it is visible for at least one subject.
    pub fn visible(&self, questionnaire: &Questionnaire) -> PerQuestion<bool> {
        let effective_all = self.effective_all(questionnaire);
        let shown = |question| effective_all.iter().any(|(_, effective)| effective.is_visible(question));
        questionnaire.question_ids().map(shown).collect()
    }

    /// Returns for each question the subjects for which it is visible but unanswered.
    pub fn unanswered(&self, questionnaire: &Questionnaire) -> PerQuestion<Vec<Subject>> {
        let effective_all = self.effective_all(questionnaire);
        let unanswered = |question| {
            let asked = effective_all
                .iter()
                .filter(|(_, effective)| effective.is_visible(question))
                .map(|(subject, _)| *subject);
            asked.filter(|subject| self.is_unanswered(questionnaire, question, *subject)).collect()
        };
        questionnaire.question_ids().map(unanswered).collect()
    }

    /// Returns for each question whether it is visible but unanswered for at least one subject.
    ///
    /// A question that every part answers with an override is not open.
    pub fn open(&self, questionnaire: &Questionnaire) -> PerQuestion<bool> {
        self.unanswered(questionnaire).values().map(|subjects| !subjects.is_empty()).collect()
    }

    /// Returns whether the answer is "not sure" for every subject in a non-empty list.
    pub fn is_not_sure(&self, question: QuestionId, subjects: &[Subject]) -> bool {
        let not_sure = |subject: &Subject| *self.answer(question, *subject) == Answer::NotSure;
        !subjects.is_empty() && subjects.iter().all(not_sure)
    }

    /// Chooses an option of a single-choice question, or toggles one of a multiple-choice question.
    ///
    /// Choosing an exclusive option clears all others, and choosing any other option clears an exclusive one.
    pub fn toggle(
        &mut self,
        questionnaire: &Questionnaire,
        question: QuestionId,
        subject: Subject,
        option: OptionId,
    ) {
        let asked = &questionnaire[question];
        let before = self.chosen(questionnaire, question, subject);
        let mut after = before;
        match asked.kind {
            Kind::One => after = IdSet::only(option),
            Kind::Many if before.contains(option) => after.remove(option),
            Kind::Many if asked[option].alone => after = IdSet::only(option),
            Kind::Many => {
                after.insert(option);
                after = after.without(asked.alone_options());
            }
            Kind::Parts | Kind::Text => return,
        }
        self.set(question, subject, Answer::Chosen(after));
    }

    /// Adds a part of a kind, under a unique name.
    ///
    /// Returns `None` if there is no parts question, or if there are [`PARTS`] parts already.
    pub fn add_part(&mut self, questionnaire: &Questionnaire, kind: OptionId) -> Option<PartId> {
        let question = questionnaire.parts_question()?;
        if self.parts.len() >= PARTS {
            return None;
        }
        let base = &questionnaire[question][kind].name;
        let name = self.free_name(base);
        if self.parts.is_empty() {
            self.set(question, Subject::System, Answer::Open);
        }
        Some(self.put_part(Part { kind, name, plan: Plan::ToDecide, overrides: BTreeMap::new() }))
    }

    /// Inserts a part after the others of its kind. The name must not be taken.
    pub(crate) fn put_part(&mut self, part: Part) -> PartId {
        // Keep parts grouped by kind, with kinds in file order, so that all lists have the same order.
        let at = self.parts.iter().position(|it| it.kind > part.kind).unwrap_or(self.parts.len());
        self.parts.insert(at, part);
        PartId(at)
    }

    /// Returns the normalized name, with a number appended if a part already has it.
    ///
    /// The number replaces the last characters if the name would become too long.
    pub fn free_name(&self, base: &str) -> String {
        let base = names::normalized(base);
        let taken = |name: &str| self.parts.iter().any(|part| are_alike(&part.name, name));
        let cut = |room: usize| base.char_indices().nth(room).map_or(&*base, |(at, _)| &base[..at]);
        let numbered = (2..).map(|number: usize| {
            let number = format!(" {number}");
            cut(TITLE - number.len()).to_owned() + &number
        });
        std::iter::once(base.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
    }
}
