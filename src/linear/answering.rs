//! Answers questions from typed numbers and commands, and explains invalid input.

use super::{Conversation, command, emphasis_words, sentence, shortened};
use crate::answers::{Answer, Subject};
use crate::questionnaire::{Kind, OptionId, OptionSet};
use crate::wording::subject_name;
use crate::workbook::Refusal;

impl Conversation {
    /// Parses option numbers, and answers the question or adds parts with them.
    pub(super) fn take_numbers(&mut self, line: &str) {
        let question = &self.workbook.questionnaire()[self.workbook.question()];
        let options = question.option_ids().collect::<Vec<_>>();
        let (kind, count) = (question.kind, options.len());
        let words: Vec<&str> =
            line.split([',', ' ', '\t']).map(str::trim).filter(|word| !word.is_empty()).collect();
        let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        if words.is_empty() || !words.iter().all(is_number) {
            let sentence = self.misplaced(line).unwrap_or_else(|| {
                format!(
                    "“{}” is neither a number nor a command; type a number from 1 to {count}, or ? for help.",
                    shortened(line)
                )
            });
            return self.say(sentence);
        }
        // A number that overflows `usize` also exceeds the number of options.
        let numbers = words.iter().map(|word| (*word, word.parse().unwrap_or(usize::MAX)));
        let mut wanted = Vec::new();
        for (word, number) in numbers {
            match number.checked_sub(1).and_then(|index| options.get(index)) {
                Some(option) => wanted.push(*option),
                None => {
                    return self.say(format!("There is no option {}; type 1 to {count}.", shortened(word)));
                }
            }
        }
        match kind {
            Kind::One => self.choose_one(&wanted),
            Kind::Many => self.choose_many(&wanted),
            Kind::Parts => self.add_parts(&wanted),
            Kind::Text => {}
        }
    }

    /// Returns an error message for a command that takes no argument, or that only the parts question
    /// accepts.
    fn misplaced(&self, line: &str) -> Option<String> {
        let command = command::begun(line)?;
        if command.is_on(self.kind()) {
            return Some(format!("{} takes nothing after it; type {0} only.", command.shown));
        }
        let question = self.workbook.questionnaire().parts_question()?;
        let (parts, number) = (self.workbook.named(question), self.workbook.label(question));
        Some(format!("That works on question {parts}; type go {number} to get there."))
    }

    fn choose_one(&mut self, options: &[OptionId]) {
        let [option] = options else {
            return self.say("This question takes one option; type one number.");
        };
        self.workbook.choose(*option);
        self.say_answer();
        self.go_on();
    }

    /// Answers with exactly these options, unless one of them excludes the others.
    fn choose_many(&mut self, options: &[OptionId]) {
        let question = &self.workbook.questionnaire()[self.workbook.question()];
        let wanted: OptionSet = options.iter().copied().collect();
        let alone = wanted.intersection(question.alone_options());
        if let (Some(option), true) = (alone.iter().next(), wanted.len() > 1) {
            let sentence =
                format!("Option {} excludes the others; type it alone, or leave it out.", option.number());
            return self.say(sentence);
        }
        self.workbook.choose_exactly(wanted);
        self.say_answer();
        self.go_on();
    }

    /// Answers that the team is not sure or that the question does not apply. `words` describe the answer.
    pub(super) fn give(&mut self, answer: Answer, words: &str) {
        match self.workbook.answer(answer) {
            Ok(()) => {
                self.say(format!("Answer{}: {words}.", self.for_part()));
                self.go_on();
            }
            Err(Refusal::PartsArePicked) => {
                self.say("Parts are already picked; type remove and the number of a part to remove it.");
            }
            Err(Refusal::TextIsWritten) => self.say("There is already a text; c clears it."),
            Err(other) => self.say(sentence(&other.to_string())),
        }
    }

    pub(super) fn clear(&mut self) {
        let (question, subject) = (self.workbook.question(), self.workbook.answered_for());
        let answers = self.workbook.answers();
        let had_own = subject.part().is_some_and(|part| answers[part].overrides.contains_key(&question));
        if self.workbook.has_parts() {
            return self.say("Parts are picked; type remove and the number of a part to remove it.");
        }
        if !had_own && *answers.answer(question, subject) == Answer::Open {
            return self.say("There is no answer to clear.");
        }
        let done = self.workbook.clear();
        self.say_refusal(done);
        let name = subject_name(self.workbook.answers(), subject);
        self.say(match subject {
            Subject::System => "The answer is cleared.".to_owned(),
            _ if had_own => format!("{name} uses the answer for all parts again."),
            Subject::Part(_) => format!("The question is open for {name} only."),
        });
    }

    pub(super) fn emphasise(&mut self) {
        let question = self.workbook.question();
        let done = self.workbook.emphasise();
        if self.say_refusal(done).is_some() {
            let now = self.workbook.answers().given(question).emphasis;
            self.say(emphasis_words(now).unwrap_or("The answer's points count normally again."));
        }
    }
}
