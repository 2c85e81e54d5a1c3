//! Lists all questions with their answers, including open and set-aside ones, and the published decisions
//! with similar answers.

use super::{Conversation, emphasis_words, sentence};
use crate::answers::{Answer, Part, PartId, Subject};
use crate::questionnaire::QuestionId;
use crate::wording::{answer_names, counted, open_words, plan_words, precedents_text};

impl Conversation {
    /// Queues the answer to every question that applies, open or not, and then the answers that no longer
    /// count.
    pub(super) fn say_review(&mut self) {
        let (answers, questionnaire) = (self.workbook.answers(), self.workbook.questionnaire());
        let visible = answers.visible(questionnaire);
        let open = answers.open(questionnaire);
        let progress = answers.progress(questionnaire);
        let mut lines = vec![format!("{}.", self.progress_words())];
        for id in questionnaire.question_ids().filter(|id| visible[*id]) {
            lines.push(format!("{}: {}", self.workbook.named(id), self.answer_of(id, open[id])));
            lines.extend(emphasis_words(answers.given(id).emphasis).map(str::to_owned));
            if !answers.given(id).note.is_empty() {
                lines.push(format!("Note: {}", answers.given(id).note));
            }
        }
        if progress.set_aside > 0 {
            lines.push(format!(
                "{} set aside because the question no longer applies:",
                counted(progress.set_aside as i64, "answer")
            ));
            let line = |(id, subject): (QuestionId, Subject)| {
                let answer = self.words_of(id, answers.answer(id, subject));
                let part = subject.part().map_or_else(String::new, |it| format!(" for {}", answers[it].name));
                format!("{}{part}: {answer}", self.workbook.named(id))
            };
            lines.extend(answers.set_aside(questionnaire).into_iter().map(line));
        }
        lines.extend(
            self.workbook
                .session()
                .orphans
                .iter()
                .map(|it| format!("No longer in the questionnaire: {}", it.what)),
        );
        self.said.extend(lines);
    }

    /// Queues the published decisions with similar answers, for the focused part or for each part.
    pub(super) fn say_precedents(&mut self) {
        let workbook = &self.workbook;
        let (answers, focus) = (workbook.answers(), workbook.focus());
        let subjects = match focus {
            Subject::System => answers.subjects(),
            Subject::Part(_) => vec![focus],
        };
        let words = match workbook.precedents() {
            _ if subjects.is_empty() => "There is nothing to decide.".to_owned(),
            Ok(all) => precedents_text(workbook.questionnaire(), all, answers, &subjects),
            Err(error) => sentence(error),
        };
        self.say(words.trim_end());
    }

    /// Returns the answer for all parts, followed by the answers of single parts. For the parts question,
    /// returns the parts and their plans.
    fn answer_of(&self, id: QuestionId, open: bool) -> String {
        let (answers, questionnaire) = (self.workbook.answers(), self.workbook.questionnaire());
        if questionnaire[id].is_parts() && !answers.parts().is_empty() {
            let words = |part: &Part| format!("{}, {}", part.name, plan_words(questionnaire, &part.plan));
            return answers.parts().iter().map(words).collect::<Vec<_>>().join("; ");
        }
        let set_aside = answers.set_aside(questionnaire);
        let counts = |part: &PartId| !set_aside.contains(&(id, Subject::Part(*part)));
        let parts = answers.subjects().into_iter().filter_map(Subject::part).filter(counts);
        let own = parts.filter_map(|part| {
            let part = &answers[part];
            Some(format!("for {}: {}", part.name, self.words_of(id, part.overrides.get(&id)?)))
        });
        let mut words: Vec<String> = own.collect();
        let given = &answers.given(id).answer;
        // Omit an open answer for all parts if every part has its own answer.
        if *given != Answer::Open || open || words.is_empty() {
            words.insert(0, self.words_of(id, given));
        }
        words.join("; ")
    }

    fn words_of(&self, id: QuestionId, answer: &Answer) -> String {
        let question = &self.workbook.questionnaire()[id];
        answer_names(question, answer).unwrap_or_else(|| open_words(question.kind).to_owned())
    }
}
