//! Picking, naming and removing parts; must not lose a part that somebody worked on.

use super::{App, Editor, Mode, Purpose, Row};
use crate::answers::{PARTS, PartId, Plan};
use crate::names;
use crate::questionnaire::OptionId;

/// What choosing a kind of part does.
pub(super) enum Picking {
    /// Picks a first part of the kind.
    Adds,
    /// Takes back its only part, with which nothing was done.
    Removes(PartId),
    /// Nothing, for somebody worked on its parts.
    Neither,
}

impl App {
    /// Picks a kind, or takes back its only part if nothing was done with it.
    pub(super) fn pick_kind(&mut self, kind: OptionId) {
        match self.picking(kind) {
            Picking::Adds => self.add_kind(kind),
            Picking::Removes(part) => self.remove_part(part),
            Picking::Neither => self.say("It was worked on, so it is removed on its own row only"),
        }
    }

    /// Says what choosing a kind does.
    pub(super) fn picking(&self, kind: OptionId) -> Picking {
        let answers = self.answers();
        let name = &self.questionnaire[self.cursor.question][kind].name;
        let mut picked = answers.part_ids().filter(|part| answers[*part].kind == kind);
        match (picked.next(), picked.next()) {
            (None, _) => Picking::Adds,
            (Some(only), None) if answers[only].is_untouched(name) => Picking::Removes(only),
            _ => Picking::Neither,
        }
    }

    /// Picks one more part of the kind under the cursor.
    pub(super) fn add_part(&mut self) {
        match self.rows().get(self.cursor.row) {
            Some(Row::Option(kind)) => self.add_kind(*kind),
            Some(Row::Part(part)) => self.add_kind(self.answers()[*part].kind),
            _ => self.say("Move to a kind of part first"),
        }
    }

    fn add_kind(&mut self, kind: OptionId) {
        match self.session.answers.add_part(&self.questionnaire, kind) {
            Some(added) => {
                self.session.at = Some(self.cursor.question);
                // Later parts moved down by one.
                self.focus = self.focus.with_added(added);
            }
            None => self.say(format!("At most {PARTS} parts can be picked")),
        }
    }

    pub(super) fn remove_part(&mut self, part: PartId) {
        let removed = self.session.answers.remove_part(part);
        self.session.at = Some(self.cursor.question);
        self.focus = self.focus.with_removed(part);
        self.say(format!("{} removed", removed.name));
    }

    /// Asks what a part stays in, with what was said before.
    pub(super) fn ask_what_stays(&mut self, part: PartId) {
        let before = match &self.answers()[part].plan {
            Plan::ToDecide => "",
            Plan::StaysIn(candidate) => &self.questionnaire[*candidate].name,
            Plan::StaysOther(other) => other,
        };
        self.mode = Mode::Editing(Box::new(Editor::new(Purpose::StaysIn(part), before, Mode::Panes)));
    }

    /// Takes what a part stays in: a candidate's name or id, or any other words, which are only shown.
    /// Nothing puts the part up for decision.
    pub(super) fn set_stays(&mut self, part: PartId, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            self.session.answers.set_plan(part, Plan::ToDecide);
            self.session.at = Some(self.cursor.question);
            self.say(format!("{} is to be decided", self.answers()[part].name));
            return;
        }
        let same = |name: &str| name.to_lowercase() == words.to_lowercase();
        let all = self.questionnaire.all_candidates();
        let candidate =
            all.iter().find(|it| same(&self.questionnaire[*it].name) || same(&self.questionnaire[*it].id));
        if candidate.is_none() {
            let many = &self.questionnaire.called().many;
            self.say(format!("“{words}” is none of the {many} here, so it is only shown"));
        }
        let plan = candidate.map_or_else(|| Plan::StaysOther(words.to_owned()), Plan::StaysIn);
        self.session.answers.set_plan(part, plan);
        self.session.at = Some(self.cursor.question);
    }

    /// Renames a part; a name that another part has gets a number.
    pub(super) fn set_part_name(&mut self, part: PartId, name: &str) {
        let name = names::kept(name.trim());
        let before = &self.answers()[part].name;
        if name.is_empty() || *before == name {
            return;
        }
        self.session.rename_part(part, &name);
        self.session.at = Some(self.cursor.question);
        let free = self.answers()[part].name.clone();
        if free != name {
            self.say(format!("Another part is called {name}; this one is {free}"));
        }
    }
}
