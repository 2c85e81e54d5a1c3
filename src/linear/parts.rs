//! Picking, naming, keeping and removing parts, and answering for one part alone; must not change a
//! part except through the actions of the screen.

use super::{Conversation, Next, shortened};
use crate::action::{Action, Step};
use crate::answers::{PARTS, PartId, Plan, Subject};
use crate::app::Row;
use crate::questionnaire::{OptionId, join};
use crate::wording::{counted, headline, subject_name};

impl Conversation {
    /// Picks one more part for each kind.
    pub(super) fn add_parts(&mut self, kinds: &[OptionId]) {
        let before: Vec<String> = self.app.answers().parts().iter().map(|part| part.name.clone()).collect();
        for kind in kinds {
            // Each of them costs a recommendation; nothing more can be picked past the limit.
            if self.app.answers().parts().len() >= PARTS {
                self.act(Action::AddPart);
                break;
            }
            self.stand_on(Row::Option(*kind));
            self.act(Action::AddPart);
        }
        let names = self.app.answers().parts().iter().map(|part| part.name.as_str());
        let added: Vec<&str> = names.filter(|name| !before.iter().any(|it| it == name)).collect();
        if !added.is_empty() {
            let sentence = format!("Added: {}.", join(added, "and"));
            self.say(sentence);
        }
        self.say_parts();
        self.next = Next::Parts;
    }

    pub(super) fn name_part(&mut self, rest: &str) {
        let Some((part, name)) = self.numbered(rest, "name") else { return };
        if name.is_empty() {
            return self
                .say(format!("Type the name behind it, such as name {} and a new name.", part.number()));
        }
        self.stand_on(Row::Part(part));
        self.app.update(Action::Write);
        self.replace(name);
        self.act(Action::Close);
        let sentence = format!("Part {} is called {}.", part.number(), self.app.answers()[part].name);
        self.say(sentence);
        // It is the same recommendation under another name.
        self.headline = headline(&self.app.questionnaire, self.app.answers(), &self.app.advice);
    }

    pub(super) fn keep_part(&mut self, rest: &str) {
        let Some((part, words)) = self.numbered(rest, "stays") else { return };
        self.stand_on(Row::Part(part));
        self.app.update(Action::Choose);
        self.replace(words);
        // What is said of the part covers what the state would say.
        self.app.update(Action::Close);
        let (plan, name) = (&self.app.answers()[part].plan, &self.app.answers()[part].name);
        let sentence = match plan {
            Plan::ToDecide => format!("{name} is to be decided."),
            Plan::StaysIn(_) => format!("{name} {}.", self.app.plan_words(part)),
            Plan::StaysOther(other) => {
                let many = &self.app.questionnaire.called().many;
                format!("{name} stays in {other}, which is none of the {many} here, so it is only shown.")
            }
        };
        self.say(sentence);
    }

    pub(super) fn remove_part(&mut self, rest: &str) {
        let Some((part, more)) = self.numbered(rest, "remove") else { return };
        if !more.is_empty() {
            return self.say("Type remove and one number.");
        }
        let name = self.app.answers()[part].name.clone();
        self.stand_on(Row::Part(part));
        self.app.update(Action::Clear);
        self.say(format!("{name} is removed."));
        self.say_parts();
    }

    /// Gives answers for one part alone, or for all parts again.
    pub(super) fn answer_for(&mut self, rest: &str) {
        let subject = if rest.eq_ignore_ascii_case("all") {
            Subject::System
        } else {
            let Some((part, more)) = self.numbered(rest, "for") else { return };
            if !more.is_empty() {
                return self.say("Type for and one number, or for all.");
            }
            if !self.app.answers().subjects().contains(&Subject::Part(part)) {
                let sentence = format!(
                    "{} {}, so nothing is asked about it.",
                    self.app.answers()[part].name,
                    self.app.plan_words(part)
                );
                return self.say(sentence);
            }
            Subject::Part(part)
        };
        // The parts are gone through in turn, as on the screen.
        for _ in 0..=self.app.answers().parts().len() {
            if self.app.focus == subject {
                break;
            }
            self.app.update(Action::Focus(Step::Next));
        }
        let sentence = match subject {
            Subject::Part(_) => {
                format!("Answers and ranking are for {} now.", subject_name(self.app.answers(), subject))
            }
            Subject::System => "Answers are for all parts now.".to_owned(),
        };
        self.say(sentence);
        if !self.has_parts() {
            self.next = Next::Question;
        }
    }

    /// Lists the picked parts.
    fn say_parts(&mut self) {
        if self.app.answers().parts().is_empty() {
            return self.say("No parts are picked.");
        }
        self.said.extend(self.part_lines());
    }

    /// The picked parts with their numbers.
    pub(super) fn part_lines(&self) -> Vec<String> {
        let line = |id: PartId| {
            let part = &self.app.answers()[id];
            let own = match part.overrides.len() {
                0 => String::new(),
                count => format!(", {} of its own", counted(count as i64, "answer")),
            };
            format!("Part {}: {}, {}{own}", id.number(), part.name, self.app.plan_words(id))
        };
        self.app.answers().part_ids().map(line).collect()
    }

    /// Says what can be typed about parts, once there are some.
    pub(super) fn say_what_parts_take(&mut self) {
        if self.has_parts() {
            let one = &self.app.questionnaire.called().one;
            self.say(format!(
                "You can type: name 1 and a new name; stays 1 and the {one} it stays in; remove 1; for 1, to \
                 answer for it alone. An empty line goes on."
            ));
        }
    }

    fn stand_on(&mut self, row: Row) {
        if let Some(at) = self.app.rows().iter().position(|it| *it == row) {
            self.app.update(Action::Row(at));
        }
    }

    /// Reads the number of a part, and returns the part with what follows the number.
    fn numbered<'a>(&mut self, rest: &'a str, word: &str) -> Option<(PartId, &'a str)> {
        let count = self.app.answers().parts().len();
        let (number, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let mut parts = self.app.answers().part_ids();
        let named = number.parse::<usize>().ok().and_then(|number| parts.find(|it| it.number() == number));
        let sentence = match named {
            Some(part) => return Some((part, more.trim())),
            _ if count == 0 => "No parts are picked yet.".to_owned(),
            _ if number.is_empty() => format!("Type {word} and the number of a part."),
            _ => format!("There is no part {}; parts are numbered 1 to {count}.", shortened(number)),
        };
        self.say(sentence);
        if count > 0 {
            self.say_parts();
        }
        None
    }
}
