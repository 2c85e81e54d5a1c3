//! What is said around the question that is shown: why it is asked, whom its answer is for, where it
//! differs; must not change anything.

use super::App;
use crate::answers::{Answer, PartId, Plan, Subject};
use crate::wording::subject_name;

impl App {
    /// Returns the answers that made a follow-up appear.
    pub fn asked_because(&self) -> Option<String> {
        let id = self.cursor.question;
        let when = self.questionnaire[id].when.as_ref()?;
        let subject = if self.focus == Subject::System {
            let mut subjects = self.answers().subjects().into_iter();
            let asks = |it: &Subject| self.answers().sheet(&self.questionnaire, *it).is_visible(id);
            subjects.find(asks).unwrap_or(Subject::System)
        } else {
            self.focus
        };
        let sheet = self.answers().sheet(&self.questionnaire, subject);
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
        let Subject::Part(part) = self.focus else {
            let several = parts.len() > 1 && self.questionnaire[id].each_part;
            return several.then(|| "Counts for every part".to_owned());
        };
        let name = subject_name(self.answers(), self.focus);
        if !self.questionnaire[id].each_part {
            return Some("This question has one answer for all parts".to_owned());
        }
        let own = self.answers()[part].overrides.contains_key(&id);
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
        let others = self.answers().part_ids().filter(|part| self.focus != Subject::Part(*part));
        let parts = others.map(|part| &self.answers()[part]);
        parts.filter_map(|part| Some((part.name.clone(), words(part.overrides.get(&id)?)))).collect()
    }

    /// Says what is to happen with a part.
    pub fn plan_words(&self, part: PartId) -> String {
        match &self.answers()[part].plan {
            Plan::ToDecide => "to decide".to_owned(),
            Plan::StaysIn(candidate) => format!("stays in {}", self.questionnaire[*candidate].name),
            Plan::StaysOther(other) => format!("stays in {other}"),
        }
    }
}
