//! Reference implementation of the engine's definitions, as plain as possible. One sheet is evaluated
//! recursively, and completions are enumerated explicitly. Must use nothing from the engine except its
//! data; speed does not matter.

use langfit::answers::{Answer, Answers, Emphasis, Plan, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{
    CandidateId, CandidateSet, Condition, Exclusion, Impact, Kind, Line, Literal, OptionId, OptionSet,
    QuestionId, Questionnaire,
};

use crate::support::generate::{About, Excluded, Stated};

/// An actual or hypothetical sheet: the choice for every question, as if the question were visible.
#[derive(Clone)]
pub struct World<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    subject: Subject,
    chosen: Vec<OptionSet>,
}

/// The standing of a candidate in a world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub fit: i64,
    pub score: i64,
    pub ruled_out: bool,
    /// Whether the candidate is ruled out permanently, and not only as unusual.
    pub cannot: bool,
}

impl<'a> World<'a> {
    /// Returns the current sheet of a part, or of the system as a whole.
    pub fn today(questionnaire: &'a Questionnaire, answers: &'a Answers, subject: Subject) -> Self {
        let mut world = Self { questionnaire, answers, subject, chosen: Vec::new() };
        for question in questionnaire.question_ids() {
            let chosen = match world.said(question) {
                _ if questionnaire[question].kind == Kind::Parts => {
                    answers.parts().iter().map(|part| part.kind).collect()
                }
                Answer::Chosen(options) => *options,
                _ => OptionSet::EMPTY,
            };
            world.chosen.push(chosen);
        }
        world
    }

    fn said(&self, question: QuestionId) -> &'a Answer {
        let own = self.subject.part().and_then(|part| self.answers[part].overrides.get(&question));
        own.unwrap_or(&self.answers.given(question).answer)
    }

    /// Returns whether completions vary the question, because its answer is open or "not sure".
    pub fn is_open(&self, question: QuestionId) -> bool {
        let varied = matches!(self.questionnaire[question].kind, Kind::One | Kind::Many);
        varied && matches!(self.said(question), Answer::Open | Answer::NotSure)
    }

    /// Returns the options chosen for a question, or none while the question is hidden.
    pub fn chosen(&self, question: QuestionId) -> OptionSet {
        if self.is_visible(question) { self.chosen[question.index()] } else { OptionSet::EMPTY }
    }

    /// Returns the sheet with another choice for a question.
    pub fn with(&self, question: QuestionId, options: OptionSet) -> Self {
        let mut world = self.clone();
        world.chosen[question.index()] = options;
        world
    }

    pub fn is_visible(&self, question: QuestionId) -> bool {
        let question = &self.questionnaire[question];
        let concerned = match (question.concerned_kinds(), self.kind()) {
            (None, _) => true,
            (Some(kinds), Some(kind)) => kinds.contains(kind),
            (Some(_), None) => false,
        };
        concerned && question.when.as_ref().is_none_or(|condition| self.holds(condition))
    }

    /// Returns the kind of the part, or `None` for the system as a whole.
    fn kind(&self) -> Option<OptionId> {
        self.subject.part().map(|part| self.answers[part].kind)
    }

    fn holds(&self, condition: &Condition) -> bool {
        match condition {
            Condition::Is(literal) => self.is_true(*literal),
            Condition::This(kinds) => self.kind().is_some_and(|kind| kinds.contains(kind)),
            Condition::SeveralParts => self.answers.parts().len() >= 2,
            Condition::Not(inner) => !self.holds(inner),
            Condition::All(inner) => !inner.iter().any(|condition| !self.holds(condition)),
            Condition::Any(inner) => inner.iter().any(|condition| self.holds(condition)),
        }
    }

    fn is_true(&self, literal: Literal) -> bool {
        let chosen = self.is_visible(literal.question)
            && literal.options.iter().any(|option| self.chosen[literal.question.index()].contains(option));
        chosen == literal.holds
    }

    /// Returns whether an exclusion rules a candidate out, as the generator meant it.
    pub fn is_excluded(&self, excluded: &Excluded, candidate: CandidateId) -> bool {
        let own = self.questionnaire[candidate].id.as_str();
        let chosen = |question: &str| self.ids(question).contains(&own);
        let is_about = match &excluded.about {
            About::These(these) => these.contains(&own),
            About::ChosenBy(question) => chosen(question),
            About::NotChosenBy(question) => !self.ids(question).is_empty() && !chosen(question),
        };
        is_about
            && excluded.parts.as_ref().is_none_or(|kinds| self.is_of(kinds))
            && excluded.when.iter().all(|stated| self.is_stated(stated, own))
            && !excluded.unless.iter().any(|stated| self.is_stated(stated, own))
    }

    fn is_stated(&self, stated: &Stated, candidate: &str) -> bool {
        match stated {
            Stated::Any(question, options) => self.ids(question).iter().any(|it| options.contains(it)),
            Stated::None(question, options) => !self.ids(question).iter().any(|it| options.contains(it)),
            Stated::This(kinds) => self.is_of(kinds),
            Stated::NotThis(kinds) => !self.is_of(kinds),
            Stated::ChosenBy(question) => self.ids(question).contains(&candidate),
        }
    }

    /// Returns the ids of the options chosen for a question, or none while the question is hidden.
    fn ids(&self, question: &str) -> Vec<&str> {
        let question = self.questionnaire.find(question).expect("it is in the file");
        let asked = &self.questionnaire[question];
        self.chosen(question).iter().map(|option| asked[option].id.as_str()).collect()
    }

    fn is_of(&self, kinds: &[&str]) -> bool {
        let parts = self.questionnaire.parts_question().map(|parts| &self.questionnaire[parts]);
        parts.zip(self.kind()).is_some_and(|(parts, kind)| kinds.contains(&parts[kind].id.as_str()))
    }

    pub fn applies(&self, line: &Line) -> bool {
        let kind = self.kind();
        let meant = match kind {
            Some(kind) => line.scope.kinds.contains(kind),
            None => line.scope.system,
        };
        meant && line.guard.iter().all(|literal| self.is_true(*literal))
    }

    /// Returns whether a question has an answer, for all parts or for any one of them.
    fn is_answered(&self, question: QuestionId) -> bool {
        let own = self.answers.parts().iter().filter_map(|part| part.overrides.get(&question));
        let mut said = own.chain([&self.answers.given(question).answer]);
        let picked = self.questionnaire[question].kind == Kind::Parts && !self.answers.parts().is_empty();
        picked || said.any(|it| !matches!(it, Answer::Open | Answer::NotSure))
    }

    /// Returns the smallest emphasis among the line's questions. Hidden questions and questions without a
    /// current answer count as normal.
    pub fn times(&self, line: &Line) -> i64 {
        let emphasis = |question: QuestionId| {
            let chosen = self.is_answered(question) && !self.chosen[question.index()].is_empty();
            if !chosen || !self.is_visible(question) {
                return 1;
            }
            match self.answers.given(question).emphasis {
                Emphasis::Ignored => 0,
                Emphasis::Normal => 1,
                Emphasis::Double => 2,
            }
        };
        line.guard.iter().map(|literal| emphasis(literal.question)).min().expect("a line has a guard")
    }

    /// Returns the adoption cost of a candidate.
    pub fn cost(&self, candidate: CandidateId) -> i64 {
        let stays = self.answers.parts().iter().any(|part| part.plan == Plan::StaysIn(candidate));
        let waived = self.questionnaire.adoption().waiver.as_ref().is_some_and(|(question, options)| {
            self.is_true(Literal { question: *question, options: options[candidate], holds: true })
        });
        if stays || waived { 0 } else { self.questionnaire[candidate].adoption }
    }

    /// Returns the standing of every candidate. The adoption cost counts if there is a single part.
    pub fn places(&self, single: bool) -> Vec<Place> {
        let lines: Vec<&Line> = self.questionnaire.lines().iter().filter(|line| self.applies(line)).collect();
        let place = |candidate: CandidateId| {
            let own = || lines.iter().filter(move |line| line.candidates.contains(candidate));
            let points = own().map(|line| match line.impact {
                Impact::Points(points) => points * self.times(line),
                Impact::Excludes(_) => 0,
            });
            let fit = points.sum();
            let score = if single { fit - self.cost(candidate) } else { fit };
            let excludes = |exclusion| own().any(|line| line.impact == Impact::Excludes(exclusion));
            let (cannot, unusual) = (excludes(Exclusion::Cannot), excludes(Exclusion::Unusual));
            Place { fit, score, ruled_out: cannot || unusual, cannot }
        };
        self.questionnaire.all_candidates().iter().map(place).collect()
    }

    /// Returns an upper bound on the number of completions.
    pub fn most_completions(&self) -> usize {
        let open = self.questionnaire.question_ids().filter(|question| self.is_open(*question));
        open.map(|question| self.choices(question).len()).fold(1, usize::saturating_mul)
    }

    /// Visits every completion: every open visible question is answered, including those that become
    /// visible on the way.
    pub fn completions(&self, visit: &mut impl FnMut(&Self)) {
        self.clone().complete(0, visit);
    }

    fn complete(&mut self, from: usize, visit: &mut impl FnMut(&Self)) {
        let Some(question) =
            (from..self.chosen.len()).map(QuestionId::from_index).find(|it| self.is_open(*it))
        else {
            return visit(self);
        };
        // A condition refers only to earlier questions, which are already fixed.
        if self.is_visible(question) {
            for choice in self.choices(question) {
                self.chosen[question.index()] = choice;
                self.complete(question.index() + 1, visit);
            }
            self.chosen[question.index()] = OptionSet::EMPTY;
        } else {
            self.complete(question.index() + 1, visit);
        }
    }

    /// Returns the possible choices for a question in a completion, including the empty one where it is
    /// allowed.
    pub fn choices(&self, question: QuestionId) -> Vec<OptionSet> {
        let question = &self.questionnaire[question];
        let subsets = (0..1_u64 << question.options.len()).map(OptionSet::from_bits);
        let allowed = |options: &OptionSet| {
            let alone = options.iter().any(|option: OptionId| question[option].alone);
            match options.len() {
                0 => question.skippable,
                1 => true,
                _ => question.kind == Kind::Many && !alone,
            }
        };
        subsets.filter(allowed).collect()
    }
}

/// Returns the candidates with the highest score among those not ruled out.
pub fn leaders(places: &[Place]) -> CandidateSet {
    let alive = || (0..places.len()).filter(|index| !places[*index].ruled_out);
    alive()
        .filter(|own| alive().all(|other| places[other].score <= places[*own].score))
        .map(CandidateId::from_index)
        .collect()
}

/// A set of candidates that some assignment of candidates to parts uses exactly, with its best fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    pub candidates: CandidateSet,
    pub fit: i64,
    pub cost: i64,
}

impl Used {
    pub fn net(&self) -> i64 {
        self.fit - self.cost
    }
}

/// Enumerates all assignments of candidates to parts, and keeps the best one for each set of candidates.
pub fn assignments(parts: &[Vec<Place>], costs: &[i64]) -> Vec<Used> {
    let mut found: Vec<Used> = vec![Used { candidates: CandidateSet::EMPTY, fit: 0, cost: 0 }];
    for places in parts {
        let mut next: Vec<Used> = Vec::new();
        for (used, (index, place)) in
            found.iter().flat_map(|used| places.iter().enumerate().map(move |it| (used, it)))
        {
            if place.ruled_out {
                continue;
            }
            let candidates = used.candidates.union(CandidateSet::only(CandidateId::from_index(index)));
            let fit = used.fit + place.fit;
            let cost = candidates.iter().map(|candidate| costs[candidate.index()]).sum();
            match next.iter_mut().find(|known| known.candidates == candidates) {
                Some(known) => known.fit = known.fit.max(fit),
                None => next.push(Used { candidates, fit, cost }),
            }
        }
        found = next;
    }
    found
}
