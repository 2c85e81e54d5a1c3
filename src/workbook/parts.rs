//! Picks, names and removes parts. A part that the user has worked on must not be lost as a side effect.

use super::{Refusal, Workbook};
use crate::answers::{Part, PartId, Plan, Subject};
use crate::names;
use crate::questionnaire::OptionId;

/// What choosing a kind of part does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Adds the first part of the kind.
    Adds,
    /// Removes the only part of the kind, which is still unchanged.
    Removes(PartId),
    /// Nothing, because there are several parts of the kind, or the user has worked on the only one.
    Nothing,
}

/// The name of a part after renaming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    wanted: String,
    /// The name that the part has now.
    pub name: String,
}

impl Renamed {
    /// Returns a message if another part already has the wanted name.
    pub fn taken(&self) -> Option<String> {
        let Self { wanted, name } = self;
        (wanted != name).then(|| format!("Another part is called {wanted}; this one is {name}"))
    }
}

impl Workbook {
    /// Adds the first part of a kind, or removes and returns the only one if it is unchanged.
    pub fn pick_kind(&mut self, kind: OptionId) -> Result<Option<Part>, Refusal> {
        match self.pick(kind) {
            Pick::Adds => self.add_part(kind).map(|_| None),
            Pick::Removes(part) => Ok(Some(self.remove_part(part))),
            Pick::Nothing => Err(Refusal::WorkedOn),
        }
    }

    /// Returns what choosing a kind does.
    pub fn pick(&self, kind: OptionId) -> Pick {
        let answers = self.answers();
        let name = &self.questionnaire[self.question()][kind].name;
        let mut picked = answers.part_ids().filter(|part| answers[*part].kind == kind);
        match (picked.next(), picked.next()) {
            (None, _) => Pick::Adds,
            (Some(only), None) if answers[only].is_untouched(name) => Pick::Removes(only),
            _ => Pick::Nothing,
        }
    }

    /// Adds a part of a kind. The focus stays on the same part.
    pub fn add_part(&mut self, kind: OptionId) -> Result<PartId, Refusal> {
        let (question, focus) = (self.question(), self.focus);
        let focused = self.name_of(focus);
        let added = self.change(|session, questionnaire| {
            let added = session.answers.add_part(questionnaire, kind);
            if added.is_some() {
                session.at = Some(question);
            }
            added
        });
        self.focus_on_called(focused.as_deref());
        added.ok_or(Refusal::TooManyParts)
    }

    /// Removes a part, together with its own answers.
    pub fn remove_part(&mut self, part: PartId) -> Part {
        let question = self.question();
        let focused = self.name_of(self.focus).filter(|_| self.focus != Subject::Part(part));
        let removed = self.change(|session, _| {
            session.at = Some(question);
            session.answers.remove_part(part)
        });
        self.focus_on_called(focused.as_deref());
        removed
    }

    /// Sets what a part stays in: a candidate's name or id, or any other text, which is only displayed. An
    /// empty text means that the part is to be decided.
    pub fn plan_part(&mut self, part: PartId, words: &str) {
        let (question, words) = (self.question(), words.trim());
        let same = |name: &str| name.to_lowercase() == words.to_lowercase();
        let candidates = self.questionnaire.all_candidates();
        let mut candidates = candidates.iter();
        let called = candidates.find(|it| {
            let candidate = &self.questionnaire[*it];
            same(&candidate.name) || same(&candidate.id)
        });
        let plan = match called {
            _ if words.is_empty() => Plan::ToDecide,
            Some(candidate) => Plan::StaysIn(candidate),
            None => Plan::StaysOther(words.to_owned()),
        };
        self.change(|session, _| {
            session.answers.set_plan(part, plan);
            session.at = Some(question);
        });
    }

    /// Renames a part. If another part already has the name, a number is appended.
    ///
    /// An empty name changes nothing.
    pub fn rename_part(&mut self, part: PartId, name: &str) -> Renamed {
        let (question, wanted) = (self.question(), names::normalized(name.trim()));
        let before = &self.answers()[part].name;
        if wanted.is_empty() || *before == wanted {
            return Renamed { wanted: before.clone(), name: before.clone() };
        }
        let is_own = names::are_alike(before, &wanted);
        let name = if is_own { wanted.clone() } else { self.answers().free_name(&wanted) };
        self.change(|session, _| {
            session.rename_part(part, &name);
            session.at = Some(question);
        });
        Renamed { wanted, name }
    }

    fn name_of(&self, subject: Subject) -> Option<String> {
        subject.part().map(|part| self.answers()[part].name.clone())
    }
}
