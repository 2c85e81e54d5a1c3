//! What is said around the question that is shown: why it is asked, whom its answer is for, where it
//! differs; must not change anything.

use super::App;
use crate::answers::{Answer, Plan};
use crate::wording::subject_name;

impl App {
    /// Returns the answers that made a follow-up appear.
    pub fn asked_because(&self) -> Option<String> {
        let id = self.cursor.question;
        let when = self.questionnaire[id].when.as_ref()?;
        let subjects = self.answers().subjects();
        let part = self.focus.or_else(|| {
            subjects
                .into_iter()
                .flatten()
                .find(|part| self.answers().sheet(&self.questionnaire, Some(*part)).is_visible(id))
        });
        let sheet = self.answers().sheet(&self.questionnaire, part);
        let mut reasons: Vec<String> = Vec::new();
        for literal in when.literals().into_iter().filter(|literal| literal.holds && sheet.is_true(*literal))
        {
            let question = &self.questionnaire[literal.question];
            for option in literal.options.intersection(sheet.chosen(literal.question)).iter() {
                reasons.push(format!("{}: {}", question.title, question[option].name));
            }
        }
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }

    /// Says whom an answer is for, where there are several parts.
    pub fn answered_for(&self) -> Option<String> {
        let id = self.cursor.question;
        let parts = self.answers().subjects();
        let Some(part) = self.focus else {
            let several = parts.len() > 1 && self.questionnaire[id].each_part;
            return several.then(|| "Counts for every part".to_owned());
        };
        let name = subject_name(self.answers(), Some(part));
        if !self.questionnaire[id].each_part {
            return Some("This question has one answer for all parts".to_owned());
        }
        let own = self.answers().parts[part].overrides.contains_key(&id);
        Some(if own {
            format!("Answer for {name} alone")
        } else {
            format!("{name}: same answer as for all parts")
        })
    }

    /// Returns the parts, other than the focused one, that have an answer of their own, with it.
    pub fn differing(&self) -> Vec<(String, String)> {
        let id = self.cursor.question;
        let words = |answer: &Answer| match answer {
            Answer::Chosen(options) => {
                let texts = options.iter().map(|option| self.questionnaire[id][option].text.as_str());
                texts.collect::<Vec<_>>().join("; ")
            }
            Answer::NotSure => "not sure".to_owned(),
            Answer::NotApplicable => "does not apply".to_owned(),
            Answer::Open | Answer::Text(_) => "open".to_owned(),
        };
        let parts = self.answers().parts.iter().enumerate();
        let others = parts.filter(|(index, _)| self.focus != Some(*index));
        others.filter_map(|(_, part)| Some((part.name.clone(), words(part.overrides.get(&id)?)))).collect()
    }

    /// Says what is to happen with a part.
    pub fn plan_words(&self, part: usize) -> String {
        match &self.answers().parts[part].plan {
            Plan::ToDecide => "to decide".to_owned(),
            Plan::StaysIn(candidate) => format!("stays in {}", self.questionnaire[*candidate].name),
            Plan::StaysOther(other) => format!("stays in {other}"),
        }
    }
}
