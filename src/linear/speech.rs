//! Phrases what linear mode says: the opening, questions, reasons, help and the end.
//!
//! Lines are short and start with the important word. No symbol that a screen reader may skip carries
//! meaning.

use super::command::{LineCommand, on};
use super::{Conversation, emphasis_words, sentence};
use crate::advice::{Entry, PartAdvice};
use crate::answers::PartId;
use crate::questionnaire::{Kind, OptionId, QuestionId, Questionnaire};
use crate::wording::{
    answer_names, asked_because, capital, choice_alone, counted, differing, exclusion_words, facts,
    final_words, firmness_brief, grouped_rulings, headline, lead_words, points, progress_words,
    settled_words, sides, subject_name, title, whom_it_counts_for,
};

/// Maximum number of reasons listed for each of two compared candidates.
const REASONS: usize = 5;

impl Conversation {
    /// Queues the title, the progress, the first commands to type and any notices.
    pub(super) fn say_opening(&mut self) {
        let workbook = &self.workbook;
        let is_new = workbook.is_blank();
        let mut lines = vec![title(workbook.questionnaire(), workbook.session())];
        let begun = if is_new { "New session" } else { "Session" };
        lines.push(format!("{begun} {}. {}.", workbook.file, self.progress_words()));
        let saved = if workbook.saving.keeps_changes() { "Every answer is saved immediately. " } else { "" };
        lines.push(format!("{saved}Type ? or h for help, q to quit; each line ends with Enter."));
        let notices = workbook.notices.join("; ");
        lines.extend((!notices.is_empty()).then(|| sentence(&notices)));
        if !is_new {
            lines.push(format!("Recommendation: {}.", capital(&self.headline)));
        }
        self.workbook.notices.clear();
        self.said.extend(lines);
    }

    /// Queues the current question.
    pub(super) fn say_question(&mut self) {
        let workbook = &self.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let (id, focus) = (workbook.question(), workbook.focus());
        let question = &questionnaire[id];
        let mut lines = vec![String::new()];
        let section = self.section_of(id);
        if section != self.section {
            lines.extend(section.as_ref().map(|section| format!("Section: {section}")));
        }
        lines.push(match workbook.label(id) {
            "" => format!("Question: {}", question.title),
            label => format!("Question {label}: {}", question.title),
        });
        let because = asked_because(questionnaire, answers, id, focus);
        lines.extend(because.map(|reason| format!("Asked because {reason}")));
        lines.push(question.ask.clone());
        lines.extend(self.whom_it_is_for());
        let given = answers.given(id);
        lines.extend(self.answer_in_words().map(|words| format!("Answer so far: {words}")));
        lines.extend(emphasis_words(given.emphasis).map(str::to_owned));
        let differing = differing(questionnaire, answers, id, focus).into_iter();
        lines.extend(differing.map(|(part, words)| format!("Different for {part}: {words}")));
        if !given.note.is_empty() {
            lines.push(format!("Note: {}", given.note));
        }
        if self.workbook.has_parts() {
            lines.extend(self.part_lines());
        }
        let count = question.options.len();
        lines.push(match question.kind {
            Kind::One => format!("One of {count}:"),
            Kind::Many => format!("Any of {count}, with commas between them:"),
            Kind::Parts => format!("{count} kinds of part. Each number you type adds a part of that kind:"),
            Kind::Text => "Answer in your own words (optional; goes into the record).".to_owned(),
        });
        lines.extend(question.option_ids().map(|option| self.option_words(option)));
        self.section = section;
        self.said.extend(lines);
        if self.workbook.has_parts() {
            self.say_what_parts_take();
        }
    }

    /// Returns which parts an answer to the current question is for; `None` unless a part is focused.
    fn whom_it_is_for(&self) -> Option<String> {
        let workbook = &self.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let (id, focus) = (workbook.question(), workbook.focus());
        focus.part()?;
        if answers.effective(questionnaire, focus).is_visible(id) {
            return whom_it_counts_for(questionnaire, answers, id, focus).as_deref().map(sentence);
        }
        Some(format!("This question does not apply to {}.", subject_name(answers, focus)))
    }

    /// Queues a confirmation of the chosen options.
    pub(super) fn say_answer(&mut self) {
        let question = &self.workbook.questionnaire()[self.workbook.question()];
        let words = question.names(self.chosen());
        let sentence = sentence(&format!("Answer{}: {words}", self.for_part()));
        self.say(sentence);
    }

    /// Queues why the question matters and what the recommendation rests on: for one part in full, or for
    /// several parts in a line each.
    pub(super) fn say_why(&mut self) {
        self.workbook.find_outlook();
        self.workbook.find_firmness();
        let workbook = &self.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let mut lines = vec![questionnaire[workbook.question()].why.clone()];
        let because = asked_because(questionnaire, answers, workbook.question(), workbook.focus());
        lines.extend(because.map(|reason| format!("Asked because {reason}.")));
        let parts = &workbook.advice().parts;
        match workbook.ranked().and_then(|subject| workbook.advice().of(subject)) {
            Some(advice) => lines.extend(self.grounds(advice)),
            None if parts.is_empty() => {
                lines.push(format!("{}.", headline(questionnaire, answers, workbook.advice())));
            }
            None => {
                lines.push(format!("Recommendation: {}.", capital(&self.headline)));
                for advice in parts {
                    let name = capital(subject_name(answers, advice.subject));
                    lines.push(format!("{name}: {}.", settled_words(questionnaire, advice)));
                }
                let numbered = parts.iter().find_map(|advice| advice.subject.part());
                let number = numbered.map_or(1, PartId::number);
                lines.push(format!("Type for {number} and then w for the reasons of one part, or a for the whole recommendation."));
            }
        }
        self.said.extend(lines);
    }

    /// Returns what the recommendation for a part rests on, and how firm it is.
    fn grounds(&self, advice: &PartAdvice) -> Vec<String> {
        let workbook = &self.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let about = capital(subject_name(answers, advice.subject));
        let choice = choice_alone(questionnaire, advice);
        if advice.leaders == questionnaire.all_candidates() {
            return vec![format!("{about}: no answer favors any choice yet.")];
        }
        let mut lines = match advice.choice.len() {
            1..=4 => vec![format!("{about}: {choice}; {}.", settled_words(questionnaire, advice))],
            _ => vec![format!("{about}: {choice}.")],
        };
        if let Some(outlook) = workbook.outlook() {
            let facts = facts(questionnaire, answers, workbook.advice(), outlook, advice.subject);
            lines.extend(facts.iter().map(|fact| sentence(fact)));
        }
        if let Some(words) = workbook.firmness().and_then(|firmness| firmness_brief(firmness, advice)) {
            lines.push(sentence(&words));
        }
        let pair = advice.choice.single().zip(advice.runner_up.iter().next());
        if let (Some((leader, rival)), Some(margin)) = (pair, advice.margin) {
            let (name, other) = (&questionnaire[leader].name, &questionnaire[rival].name);
            lines.push(lead_words(questionnaire, &workbook.advice().kits, (name, other), margin) + ":");
            let sides = sides(questionnaire, answers, workbook.advice(), advice, (leader, rival), REASONS);
            for side in &sides.both {
                lines.extend(side.entries.iter().map(|entry| reason(questionnaire, side.name, entry)));
                if let Some((more, count)) = side.rest {
                    let reasons = counted(count as i64, "more reason");
                    lines.push(format!(
                        "{} for {}: {reasons}. Type a for the sources.",
                        points(more),
                        side.name
                    ));
                }
            }
            lines.push(capital(&sides.total()) + ".");
        }
        for ruling in grouped_rulings(questionnaire, answers, advice.subject) {
            let names = questionnaire.names(ruling.candidates, "and");
            let cited = questionnaire.cite(ruling.sources);
            let how = capital(exclusion_words(ruling.exclusion));
            lines.push(format!("{how}: {names}; {}; source {cited}", ruling.because));
        }
        lines
    }

    /// Queues the commands that are available here, from the command table.
    pub(super) fn say_help(&mut self) {
        let count = self.workbook.questionnaire()[self.workbook.question()].options.len();
        let kind = self.kind();
        self.say(match kind {
            Kind::One => format!("A number from 1 to {count} is the answer."),
            Kind::Many => {
                format!("Numbers from 1 to {count} with commas are the whole answer, such as 1,{count}.")
            }
            Kind::Parts => format!(
                "Numbers from 1 to {count} with commas add parts of these kinds, such as 1,{count}; a number \
                 given twice adds two."
            ),
            Kind::Text => {
                "The line you type is the text, unless it is one of the single characters in this list."
                    .to_owned()
            }
        });
        self.say("An empty line goes to the next question without answering.");
        let has_parts = !self.workbook.answers().parts().is_empty();
        for command in on(kind).filter(|command| command.order != LineCommand::For || has_parts) {
            self.say(format!("{}: {}", command.shown, command.does));
        }
    }

    /// Queues a notice that this was the last question, with the next steps.
    pub(super) fn say_end(&mut self) {
        self.say("That was the last question.");
        let sentence = match self.open_questions().len() {
            0 => "Every question is answered.".to_owned(),
            1 => "1 question is open; f goes to it, r lists all.".to_owned(),
            count => format!("{count} questions are open; f goes to the most useful one, r lists all."),
        };
        self.say(sentence);
        let now = self.headline_now();
        self.say(format!("Recommendation: {}.", capital(&now)));
        self.workbook.find_outlook();
        if self.workbook.is_final() {
            self.say(final_words("langfit decide", "langfit export", self.workbook.all_decided()));
        }
        self.say("a shows the whole recommendation, b goes back, q quits.");
        self.headline = now;
    }

    /// Returns the progress, such as `3 of 11 answered, 1 not sure`.
    pub(super) fn progress_words(&self) -> String {
        progress_words(self.workbook.questionnaire(), self.workbook.answers())
    }

    /// Returns the answer to the current question in words. Returns `None` if it is open, or for picked parts,
    /// which are listed separately.
    fn answer_in_words(&self) -> Option<String> {
        let workbook = &self.workbook;
        let id = workbook.question();
        let answer = workbook.answers().answer(id, workbook.answered_for());
        if workbook.has_parts() { None } else { answer_names(&workbook.questionnaire()[id], answer) }
    }

    /// Returns an option with its number, and says whether it is chosen or how many parts of the kind are
    /// picked.
    fn option_words(&self, option: OptionId) -> String {
        let text = &self.workbook.questionnaire()[self.workbook.question()][option].text;
        let mark = if self.kind() == Kind::Parts {
            match self.workbook.answers().parts().iter().filter(|part| part.kind == option).count() {
                0 => String::new(),
                count => format!(" ({count} picked)"),
            }
        } else if self.chosen().contains(option) {
            " (chosen)".to_owned()
        } else {
            String::new()
        };
        format!("{}{mark}: {text}", option.number())
    }

    /// Returns the section that contains a question.
    fn section_of(&self, id: QuestionId) -> Option<String> {
        let questionnaire = self.workbook.questionnaire();
        let mut before = questionnaire.question_ids().rev().filter(|it| *it <= id);
        before.find_map(|it| questionnaire[it].section.clone())
    }
}

/// Formats a reason for or against a candidate.
fn reason(questionnaire: &Questionnaire, name: &str, entry: &Entry<'_>) -> String {
    let side = if entry.points > 0 { "for" } else { "against" };
    let cited = questionnaire.cite(&entry.sources);
    format!("{} {side} {name}: {}; source {cited}", points(entry.points.abs()), entry.because)
}
