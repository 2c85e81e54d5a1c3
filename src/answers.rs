//! What was answered, noted and emphasised, and what is visible because of it; pure data.
//!
//! Must not know what answers are worth.

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

/// Most parts that can be picked.
pub const PARTS: usize = 64;

/// The state of one question; whether it is hidden is derived, see [`EffectiveAnswers`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Answer {
    /// Nothing was said yet.
    #[default]
    Open,
    /// At least one option was chosen.
    Chosen(OptionSet),
    /// Text was written, for a question of kind `Text`.
    Text(String),
    /// The team does not know; counts as open.
    NotSure,
    /// The question does not apply; final, and nothing counts.
    NotApplicable,
}

impl Answer {
    /// Says whether it counts as open: nothing was said, or nobody knows.
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
    /// Returns the next one in turn: normal, double, ignored.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Normal => Self::Double,
            Self::Double => Self::Ignored,
            Self::Ignored => Self::Normal,
        }
    }

    /// Returns what points are multiplied by.
    pub const fn factor(self) -> i64 {
        match self {
            Self::Ignored => 0,
            Self::Normal => 1,
            Self::Double => 2,
        }
    }
}

/// What was said about one question, for all parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// A comment; not an answer.
    pub note: String,
    /// How much the points count.
    pub emphasis: Emphasis,
}

/// What is to happen with a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Plan {
    /// Its language is to be decided.
    #[default]
    ToDecide,
    /// It stays as it is, written in this candidate.
    StaysIn(CandidateId),
    /// It stays as it is, written in something that is no candidate; only shown.
    StaysOther(String),
}

/// A part of the system that the architect picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its kind, an option of the parts question.
    pub kind: OptionId,
    /// Its own name, unique in the system.
    pub name: String,
    /// Whether its language is to be decided.
    pub plan: Plan,
    /// Answers that differ for this part.
    pub overrides: BTreeMap<QuestionId, Answer>,
}

/// All answers of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    given: PerQuestion<Given>,
    parts_question: Option<QuestionId>,
    /// The picked parts: those of one kind together, kinds in file order; no two names are alike.
    parts: Vec<Part>,
}

impl Part {
    /// Says whether nothing was done with the part since it was picked under the name `picked_as`.
    pub fn is_untouched(&self, picked_as: &str) -> bool {
        self.plan == Plan::ToDecide && self.overrides.is_empty() && are_alike(&self.name, picked_as)
    }
}

impl Answers {
    /// Returns the blank sheet.
    pub fn new(questionnaire: &Questionnaire) -> Self {
        Self {
            given: PerId::filled(questionnaire.questions().len(), Given::default()),
            parts_question: questionnaire.parts_question(),
            parts: Vec::new(),
        }
    }

    /// Returns what was said about a question for all parts.
    pub fn given(&self, question: QuestionId) -> &Given {
        &self.given[question]
    }

    /// Returns what was said about a question, to change note or emphasis.
    pub fn given_mut(&mut self, question: QuestionId) -> &mut Given {
        &mut self.given[question]
    }

    /// Returns the picked parts: those of one kind stand together, kinds in file order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the ids of the picked parts, in the same order.
    pub fn part_ids(&self) -> impl DoubleEndedIterator<Item = PartId> + use<> {
        (0..self.parts.len()).map(PartId)
    }

    /// Finds a part by its exact name.
    pub fn find_part(&self, name: &str) -> Option<PartId> {
        self.part_ids().find(|part| self[*part].name == name)
    }

    /// Returns the answer for a subject; a part that has none of its own has that of all parts.
    pub fn answer(&self, question: QuestionId, subject: Subject) -> &Answer {
        let own = subject.part().and_then(|part| self[part].overrides.get(&question));
        own.unwrap_or(&self.given[question].answer)
    }

    /// Says whether a part has an answer of its own, so that it does not follow the one for all parts.
    pub fn has_own(&self, question: QuestionId, part: PartId) -> bool {
        self[part].overrides.contains_key(&question)
    }

    /// Sets the answer for all parts, or for one that differs.
    ///
    /// An empty choice is the same as an open question. An answer for one part that is the same as
    /// the one for all parts is not a difference and is not kept. Emphasis belongs to an answer: it
    /// goes with the last one, and none is left for the next.
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

    /// Takes back the answer that a part has of its own; the part follows the answer for all again.
    pub fn take_back(&mut self, question: QuestionId, part: PartId) {
        self.parts[part.0].overrides.remove(&question);
        self.drop_stale_emphasis(question);
    }

    /// Gives a part an answer of its own as it is, or takes it back; nothing else changes.
    pub(crate) fn set_own(&mut self, question: QuestionId, part: PartId, answer: Option<Answer>) {
        let own = &mut self.parts[part.0].overrides;
        match answer {
            Some(answer) => own.insert(question, answer),
            None => own.remove(&question),
        };
    }

    /// Says what is to happen with a part.
    pub fn set_plan(&mut self, part: PartId, plan: Plan) {
        self.parts[part.0].plan = plan;
    }

    /// Gives a part another name, with a number behind it if another part has that one.
    pub fn rename(&mut self, part: PartId, name: &str) {
        let name = names::normalized(name);
        let own = are_alike(&self[part].name, &name);
        self.parts[part.0].name = if own { name } else { self.free_name(&name) };
    }

    /// Takes a part out, with the answers of its own.
    pub fn remove_part(&mut self, part: PartId) -> Part {
        let removed = self.parts.remove(part.0);
        for question in removed.overrides.keys().copied().chain(self.parts_question) {
            self.drop_stale_emphasis(question);
        }
        removed
    }

    /// Takes out the parts for which a list of kinds has no place: of each kind, the first ones stay.
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

    /// Says whether a question has an answer for all parts or for any.
    fn has_answer(&self, question: QuestionId) -> bool {
        let own = self.parts.iter().filter_map(|part| part.overrides.get(&question));
        let picked = self.parts_question == Some(question) && !self.parts.is_empty();
        picked || own.chain([&self.given[question].answer]).any(|answer| !answer.is_open())
    }

    /// Returns how much the points of a question's answers count, or would count once it is answered.
    pub fn emphasis(&self, question: QuestionId) -> Emphasis {
        if self.has_answer(question) { self.given[question].emphasis } else { Emphasis::default() }
    }

    /// Returns the options chosen for a subject, were the question visible.
    pub fn chosen(&self, questionnaire: &Questionnaire, question: QuestionId, subject: Subject) -> OptionSet {
        if questionnaire[question].kind == Kind::Parts {
            return self.parts.iter().map(|part| part.kind).collect();
        }
        match self.answer(question, subject) {
            Answer::Chosen(options) => *options,
            _ => OptionSet::EMPTY,
        }
    }

    /// Says whether a question has neither an answer nor been set aside as not applying.
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

    /// Returns what counts for a subject.
    pub fn effective(&self, questionnaire: &Questionnaire, subject: Subject) -> EffectiveAnswers {
        let chosen = |question| self.chosen(questionnaire, question, subject);
        EffectiveAnswers::new(questionnaire, self.sheet(subject), chosen)
    }

    /// Returns what conditions can ask about a subject besides its answers.
    pub fn sheet(&self, subject: Subject) -> Sheet {
        Sheet { kind: subject.part().map(|part| self[part].kind), several_parts: self.parts.len() > 1 }
    }

    /// Returns what advice is given for: the parts to decide, or the system as a whole.
    ///
    /// Empty if parts were picked and all of them stay as they are.
    pub fn subjects(&self) -> Vec<Subject> {
        if self.parts.is_empty() {
            return vec![Subject::System];
        }
        self.part_ids().filter(|part| self[*part].plan == Plan::ToDecide).map(Subject::Part).collect()
    }

    /// Returns what counts for everything that questions are asked for: what advice is given
    /// for, or the system as a whole where nothing is to be decided.
    pub fn effective_all(&self, questionnaire: &Questionnaire) -> Vec<(Subject, EffectiveAnswers)> {
        let subjects = self.subjects();
        let subjects = if subjects.is_empty() { vec![Subject::System] } else { subjects };
        subjects.into_iter().map(|subject| (subject, self.effective(questionnaire, subject))).collect()
    }

    /// Returns, by question, whether it is visible for anything that advice is given for.
    pub fn visible(&self, questionnaire: &Questionnaire) -> PerQuestion<bool> {
        let effective_all = self.effective_all(questionnaire);
        let shown = |question| effective_all.iter().any(|(_, effective)| effective.is_visible(question));
        questionnaire.question_ids().map(shown).collect()
    }

    /// Returns, by question, for what it is asked and has no answer there.
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

    /// Returns, by question, whether it is asked for something that advice is given for and has no
    /// answer there. Where every part has an answer of its own, nothing is open.
    pub fn open(&self, questionnaire: &Questionnaire) -> PerQuestion<bool> {
        self.unanswered(questionnaire).values().map(|subjects| !subjects.is_empty()).collect()
    }

    /// Says whether the team looked at a question for all these subjects, at least one, and does not know.
    pub fn is_not_sure(&self, question: QuestionId, subjects: &[Subject]) -> bool {
        let not_sure = |subject: &Subject| *self.answer(question, *subject) == Answer::NotSure;
        !subjects.is_empty() && subjects.iter().all(not_sure)
    }

    /// Chooses or takes back an option: replaces the choice of one, toggles one of many.
    ///
    /// An option that stands alone takes the others out, and they take it out.
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

    /// Picks one more part of a kind, under a name no other part has.
    ///
    /// `None` if there are [`PARTS`] already.
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

    /// Puts a part behind the others of its kind; its name must be free.
    pub(crate) fn put_part(&mut self, part: Part) -> PartId {
        // Parts of one kind stand together, kinds in file order, so that lists read the same everywhere.
        let at = self.parts.iter().position(|it| it.kind > part.kind).unwrap_or(self.parts.len());
        self.parts.insert(at, part);
        PartId(at)
    }

    /// Returns the name, with a number behind it if another part has it; the number takes the place of
    /// the last characters where there is no room for more.
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
