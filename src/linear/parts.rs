//! Picks, names, keeps and removes parts, and sets which part answers are for.

use super::{Conversation, ThenSay, sentence, shortened};
use crate::answers::{PartId, Plan, Subject};
use crate::questionnaire::{OptionId, join};
use crate::source::TITLE;
use crate::wording::{answered_for, counted, plan_words, stays};
use crate::workbook::{fitted, left_out};

impl Conversation {
    /// Adds one part of each given kind.
    pub(super) fn add_parts(&mut self, kinds: &[OptionId]) {
        let before: Vec<String> = self.names();
        for kind in kinds {
            let added = self.workbook.add_part(*kind);
            // At the limit on parts, the remaining kinds would be refused as well.
            if self.say_refusal(added).is_none() {
                break;
            }
        }
        let now = self.names();
        let added: Vec<&str> = now.iter().filter(|it| !before.contains(it)).map(String::as_str).collect();
        if !added.is_empty() {
            self.say(format!("Added: {}.", join(added, "and")));
        }
        self.say_parts();
        self.next = ThenSay::Parts;
    }

    pub(super) fn name_part(&mut self, rest: &str) {
        let Some((part, name)) = self.numbered(rest, "name") else { return };
        if name.is_empty() {
            let number = part.number();
            return self.say(format!("Type the name after it: name {number} and a new name."));
        }
        let before = self.workbook.answers()[part].name.clone();
        let name = self.line(name, &before);
        let renamed = self.workbook.rename_part(part, &name);
        if let Some(taken) = renamed.taken() {
            self.say(sentence(&taken));
        }
        self.say(format!("Part {} is now called {}.", part.number(), renamed.name));
        // The headline contains the new name, but the recommendation is unchanged and must not be announced
        // again.
        self.headline = self.headline_now();
    }

    pub(super) fn keep_part(&mut self, rest: &str) {
        let Some((part, words)) = self.numbered(rest, "stays") else { return };
        let words = self.line(words, "");
        self.workbook.plan_part(part, &words);
        let questionnaire = self.workbook.questionnaire();
        let part = &self.workbook.answers()[part];
        let name = &part.name;
        self.say(match &part.plan {
            Plan::ToDecide => format!("{name} is open for decision."),
            Plan::StaysIn(_) => format!("{name} {}.", plan_words(questionnaire, &part.plan)),
            Plan::StaysOther(other) => {
                let many = &questionnaire.noun().many;
                format!("{name} {}, which is not among the {many} here, so it is only shown.", stays(other))
            }
        });
    }

    pub(super) fn remove_part(&mut self, rest: &str) {
        let Some((part, more)) = self.numbered(rest, "remove") else { return };
        if !more.is_empty() {
            return self.say("Type remove and one number.");
        }
        let removed = self.workbook.remove_part(part);
        self.say(format!("{} removed.", removed.name));
        self.say_parts();
    }

    /// Sets whether answers are for one part or for all parts.
    pub(super) fn answer_for(&mut self, rest: &str) {
        let subject = if rest.eq_ignore_ascii_case("all") {
            Subject::System
        } else {
            let Some((part, more)) = self.numbered(rest, "for") else { return };
            if !more.is_empty() {
                return self.say("Type for and one number, or for all.");
            }
            Subject::Part(part)
        };
        if !self.workbook.focus_on(subject)
            && let Some(part) = subject.part()
        {
            let part = &self.workbook.answers()[part];
            let plan = plan_words(self.workbook.questionnaire(), &part.plan);
            return self.say(format!("{} {plan}, so there are no questions about it.", part.name));
        }
        self.say(format!("{}.", answered_for(self.workbook.answers(), subject)));
        if !self.workbook.has_parts() {
            self.next = ThenSay::Question;
        }
    }

    /// Returns typed text as one line, cut to `TITLE` characters or the length of the text it replaces,
    /// whichever is larger. Queues a message if characters were cut.
    fn line(&mut self, typed: &str, before: &str) -> String {
        let limit = TITLE.max(before.chars().count());
        let (line, lost) = fitted(typed, true, limit);
        if lost > 0 {
            self.say(sentence(&left_out(limit, lost)));
        }
        line
    }

    fn names(&self) -> Vec<String> {
        self.workbook.answers().parts().iter().map(|part| part.name.clone()).collect()
    }

    /// Queues the list of picked parts.
    fn say_parts(&mut self) {
        if self.workbook.answers().parts().is_empty() {
            return self.say("No parts are picked.");
        }
        self.said.extend(self.part_lines());
    }

    /// Returns one line for each picked part, with its number.
    pub(super) fn part_lines(&self) -> Vec<String> {
        let answers = self.workbook.answers();
        let line = |id: PartId| {
            let part = &answers[id];
            let own = match part.overrides.len() {
                0 => String::new(),
                count => format!(", {} for this part only", counted(count as i64, "answer")),
            };
            let plan = plan_words(self.workbook.questionnaire(), &part.plan);
            format!("Part {}: {}, {plan}{own}", id.number(), part.name)
        };
        answers.part_ids().map(line).collect()
    }

    /// Queues the commands for parts, if the current question picks parts and some are picked.
    pub(super) fn say_what_parts_take(&mut self) {
        if self.workbook.has_parts() {
            let one = &self.workbook.questionnaire().noun().one;
            self.say(format!(
                "You can type: name 1 and a new name; stays 1 and the {one} it stays in; remove 1; for 1 to \
                 answer for that part only. An empty line goes to the next question."
            ));
        }
    }

    /// Parses the number of a part, and returns the part with the text after the number. Queues an error if
    /// there is no such part.
    fn numbered<'a>(&mut self, rest: &'a str, word: &str) -> Option<(PartId, &'a str)> {
        let count = self.workbook.answers().parts().len();
        let (number, more) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let typed = number.parse::<usize>().ok();
        let mut parts = self.workbook.answers().part_ids();
        if let Some(part) = parts.find(|part| Some(part.number()) == typed) {
            return Some((part, more.trim()));
        }
        self.say(match number {
            _ if count == 0 => "No parts are picked yet.".to_owned(),
            "" => format!("Type {word} and the number of a part."),
            _ => format!("There is no part {}; parts are numbered 1 to {count}.", shortened(number)),
        });
        if count > 0 {
            self.say_parts();
        }
        None
    }
}
