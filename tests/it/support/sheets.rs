//! Random sheets of answers to a questionnaire, the same in every run. Must not know the effect of answers.

use langfit::answers::{Answer, Answers, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{Kind, OptionId, OptionSet, QuestionId, Questionnaire};

/// A deterministic pseudorandom number generator.
pub struct Numbers(pub u64);

impl Numbers {
    /// Returns a number below `count`, which must not be 0.
    pub fn below(&mut self, count: usize) -> usize {
        // Knuth's linear congruential generator. The upper bits of its state are random enough here.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % count
    }
}

/// Which questions of a sheet may be answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// All but the hard ones.
    Soft,
    /// All of them.
    Everything,
}

/// Returns a sheet with one to four parts of any kind. Of the questions that may be answered, about one in
/// five stays open.
pub fn random_sheet(questionnaire: &Questionnaire, numbers: &mut Numbers, fill: Fill) -> Answers {
    let parts = questionnaire.parts_question().expect("the questionnaire has parts");
    let kinds = questionnaire[parts].options.len();
    let mut answers = Answers::new(questionnaire);
    for _ in 0..=numbers.below(4) {
        let kind = OptionId::from_index(numbers.below(kinds));
        answers.add_part(questionnaire, kind).expect("four parts are not too many");
    }
    for question in questionnaire.question_ids() {
        let asked = &questionnaire[question];
        let skipped = matches!(asked.kind, Kind::Parts | Kind::Text) || fill == Fill::Soft && asked.is_hard();
        if skipped {
            continue;
        }
        let subjects = if asked.each_part { answers.subjects() } else { vec![Subject::System] };
        for subject in subjects {
            let is_asked = match subject {
                Subject::System => answers.visible(questionnaire)[question],
                part @ Subject::Part(_) => answers.effective(questionnaire, part).is_visible(question),
            };
            if is_asked && numbers.below(5) > 0 {
                let chosen = random_choice(questionnaire, numbers, question);
                answers.set(question, subject, Answer::Chosen(chosen));
            }
        }
    }
    answers
}

/// Returns one option. If a question allows several, returns a random set about half the time.
pub fn random_choice(
    questionnaire: &Questionnaire,
    numbers: &mut Numbers,
    question: QuestionId,
) -> OptionSet {
    let asked = &questionnaire[question];
    let any = OptionId::from_index(numbers.below(asked.options.len()));
    let together = asked.all_options().without(asked.alone_options());
    if asked.kind != Kind::Many || asked[any].alone || numbers.below(2) == 0 {
        return OptionSet::only(any);
    }
    let mut chosen: OptionSet = together.iter().filter(|_| numbers.below(2) == 0).collect();
    chosen.insert(any);
    chosen
}
