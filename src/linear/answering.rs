//! Answering with numbers and letters, and what is wrong with a line that is neither; must not answer
//! anything that the screen would not let through.

use super::{Conversation, command, emphasis_words, shortened};
use crate::action::Action;
use crate::answers::Answer;
use crate::app::App;
use crate::questionnaire::{Kind, OptionId, OptionSet};
use crate::set::SmallId as _;
use crate::wording::subject_name;

impl Conversation {
    /// Reads numbers of options, and answers with them.
    pub(super) fn take_numbers(&mut self, line: &str) {
        let question = &self.app.questionnaire[self.app.cursor.question];
        let count = question.options.len();
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
        // A number that is too long for a computer is too large for an option as well.
        let numbers = words.iter().map(|word| (*word, word.parse().unwrap_or(usize::MAX)));
        let mut options = Vec::new();
        for (word, number) in numbers {
            if !(1..=count).contains(&number) {
                let sentence = format!("There is no option {}; type 1 to {count}.", shortened(word));
                return self.say(sentence);
            }
            options.push(OptionId::from_index(number - 1));
        }
        match question.kind {
            Kind::One => self.choose_one(&options),
            Kind::Many => self.choose_many(&options),
            Kind::Parts => self.add_parts(&options),
            Kind::Text => {}
        }
    }

    /// Says what is wrong with a line that begins with a command's word.
    fn misplaced(&self, line: &str) -> Option<String> {
        let command = command::begun(line)?;
        if command.is_on(self.kind()) {
            return Some(format!("{} stands alone; type nothing behind it.", command.shown));
        }
        let parts = self.app.named(self.app.questionnaire.parts_question()?);
        let number = self.app.questionnaire.parts_question().map(|id| self.app.labels[id].as_str())?;
        Some(format!("That works on question {parts}; go {number} goes there."))
    }

    fn choose_one(&mut self, options: &[OptionId]) {
        let [option] = options else {
            return self.say("This question takes one option; type one number.");
        };
        self.act(Action::Pick(option.index()));
        self.say_answer();
        self.go_on();
    }

    /// Answers with exactly these options.
    fn choose_many(&mut self, options: &[OptionId]) {
        let question = &self.app.questionnaire[self.app.cursor.question];
        let wanted: OptionSet = options.iter().copied().collect();
        let alone = wanted.intersection(question.alone_options());
        if let (Some(option), true) = (alone.iter().next(), wanted.len() > 1) {
            let sentence =
                format!("Option {} excludes the others; type it alone, or leave it out.", option.number());
            return self.say(sentence);
        }
        let chosen = self.chosen();
        for option in chosen.without(wanted).iter() {
            self.act(Action::Pick(option.index()));
        }
        // What takes another one out has been taken out itself by now.
        for option in wanted.iter() {
            if !self.chosen().contains(option) {
                self.act(Action::Pick(option.index()));
            }
        }
        self.say_answer();
        self.go_on();
    }

    /// Gives an answer that is no option.
    pub(super) fn give(&mut self, action: Action, words: &str) {
        if self.has_parts() {
            return self.say("Parts are picked already; remove and the number of a part takes it away.");
        }
        if self.has_text() {
            return self.say("There is a text already; c clears it.");
        }
        self.act(action);
        self.say(format!("Answer{}: {words}.", self.for_part()));
        self.go_on();
    }

    pub(super) fn clear(&mut self) {
        if self.has_parts() {
            return self.say("Parts are picked; remove and the number of a part takes it away.");
        }
        let part = self.app.answered_part();
        let own =
            |app: &App| part.is_some_and(|it| app.answers()[it].overrides.contains_key(&app.cursor.question));
        let had_own = own(&self.app);
        if !had_own && *self.app.answers().answer(self.app.cursor.question, part.into()) == Answer::Open {
            return self.say("There is no answer to clear.");
        }
        self.act(Action::Clear);
        let name = subject_name(self.app.answers(), part.into()).to_owned();
        let sentence = match part {
            Some(_) if had_own => format!("{name} has the answer for all parts again."),
            Some(_) => format!("The question is open for {name} alone."),
            None => "The answer is cleared.".to_owned(),
        };
        self.say(sentence);
    }

    pub(super) fn emphasise(&mut self) {
        let question = self.app.cursor.question;
        let before = self.app.answers().given(question).emphasis;
        self.act(Action::Emphasis);
        let after = self.app.answers().given(question).emphasis;
        if after != before {
            self.say(emphasis_words(after).unwrap_or("The answer's points count once again."));
        }
    }
}
