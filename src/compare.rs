//! Compares two people's sessions: where they agree, where they differ, and which disagreements decide the
//! outcome on their own.

use crate::advice::{Advice, appraise};
use crate::answers::{Answer, Answers, EffectiveAnswers, PartId, Subject};
use crate::names;
use crate::questionnaire::{CandidateSet, Kind, QuestionId, Questionnaire};
use crate::wording::{OPEN, answer_in_full, quoted_answer};

/// The result of comparing two sets of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The parts that either side has to decide, matched where possible. Without picked parts, the system as
    /// a whole.
    pub parts: Vec<PartPair>,
    /// Whether both sides agree on every part, see [`PartPair::agrees`].
    pub same_outcome: bool,
    /// The applicable questions with an answer or a note on either side, except the parts question, in file order.
    pub questions: Vec<QuestionPair>,
}

/// One part, as each side has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPair {
    /// The part and the kit's choice for it on each side; `None` if a side lacks the part or keeps it as it
    /// is.
    pub sides: [Option<(Subject, CandidateSet)>; 2],
}

/// One question with the answers of both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionPair {
    /// The question.
    pub question: QuestionId,
    /// The answers in words, with the parts that have their own answer; `open` if there is no answer.
    pub answers: [String; 2],
    /// The notes; empty if there are none.
    pub notes: [String; 2],
    /// Whether both sides answer alike: for all parts, for each matched part, and with the same emphasis.
    pub agree: bool,
    /// Whether copying only this answer would make the outcomes equal: from the second side to the first, and
    /// vice versa. Both are false if the outcomes are already equal.
    pub decides: [bool; 2],
}

impl PartPair {
    /// Returns whether both sides have to decide the part and their kits choose the same candidates for it.
    pub fn agrees(&self) -> bool {
        matches!(self.sides, [Some((_, one)), Some((_, other))] if one == other)
    }
}

/// Compares two sets of answers to one questionnaire.
pub fn compare(questionnaire: &Questionnaire, sides: [&Answers; 2]) -> Comparison {
    let matched = matched(sides);
    // The comparison needs only the choices, not whether they are settled.
    let advice = sides.map(|answers| appraise(questionnaire, answers, None));
    let parts = outcomes(advice.each_ref(), &matched);
    let same_outcome = parts.iter().all(PartPair::agrees);
    let sides = sides.map(|answers| Side {
        questionnaire,
        answers,
        effective_all: answers.effective_all(questionnaire),
    });
    let asked = |question: &QuestionId| {
        !questionnaire[*question].is_parts() && sides.iter().any(|side| side.asks(*question))
    };
    let pair = |question: QuestionId| {
        let answers = sides.each_ref().map(|side| side.words(question));
        let notes = sides.each_ref().map(|side| side.answers.given(question).note.clone());
        let agree = agree(&sides, question, &matched);
        let scores = matches!(questionnaire[question].kind, Kind::One | Kind::Many);
        let decides = [(0, 1), (1, 0)].map(|(to, from)| {
            if agree || same_outcome || !scores {
                return false;
            }
            let copied = with_answer_of(sides[to].answers, sides[from].answers, question, &matched, to);
            let changed = appraise(questionnaire, &copied, None);
            let mut after = advice.each_ref();
            after[to] = &changed;
            outcomes(after, &matched).iter().all(PartPair::agrees)
        });
        QuestionPair { question, answers, notes, agree, decides }
    };
    let said = |pair: &QuestionPair| {
        pair.answers.iter().any(|answer| answer != OPEN) || pair.notes.iter().any(|note| !note.is_empty())
    };
    let questions = questionnaire.question_ids().filter(asked).map(pair).filter(said).collect();
    Comparison { parts, same_outcome, questions }
}

/// Pairs of matched parts; `None` on a side without a match.
type Matched = Vec<[Option<PartId>; 2]>;

/// Matches parts by name, then the rest by kind in order.
fn matched(sides: [&Answers; 2]) -> Matched {
    let [one, other] = sides;
    let mut free: Vec<PartId> = other.part_ids().collect();
    let mut matched: Matched = one.part_ids().map(|part| [Some(part), None]).collect();
    let names = sides.map(|side| side.parts().iter().map(|part| names::key(&part.name)).collect::<Vec<_>>());
    let same_name = |left: PartId, right: PartId| names[0][left.index()] == names[1][right.index()];
    let same_kind = |left: PartId, right: PartId| one[left].kind == other[right].kind;
    let rules: [&dyn Fn(PartId, PartId) -> bool; 2] = [&same_name, &same_kind];
    for belongs in rules {
        for [left, right] in matched.iter_mut().filter(|[_, right]| right.is_none()) {
            let found = free.iter().position(|right| left.is_some_and(|left| belongs(left, *right)));
            *right = found.map(|at| free.remove(at));
        }
    }
    matched.extend(free.into_iter().map(|right| [None, Some(right)]));
    matched
}

/// Returns the kit's choice for each part on both sides. Skips parts that neither side has to decide.
fn outcomes(advice: [&Advice; 2], matched: &Matched) -> Vec<PartPair> {
    let choice = |side: usize, subject: Subject| advice[side].of(subject).map(|it| (subject, it.choice));
    let whole = [choice(0, Subject::System), choice(1, Subject::System)];
    let whole = whole.iter().any(Option::is_some).then_some(PartPair { sides: whole });
    let parts = matched.iter().map(|[one, other]| PartPair {
        sides: [
            one.and_then(|one| choice(0, Subject::Part(one))),
            other.and_then(|other| choice(1, Subject::Part(other))),
        ],
    });
    whole.into_iter().chain(parts.filter(|pair| pair.sides.iter().any(Option::is_some))).collect()
}

/// Returns one side's answers, with the answer and emphasis for one question replaced by the other side's:
/// for all parts and for each matched part.
fn with_answer_of(
    to: &Answers,
    from: &Answers,
    question: QuestionId,
    matched: &Matched,
    side: usize,
) -> Answers {
    let mut copied = to.clone();
    let given = copied.given_mut(question);
    given.answer = from.given(question).answer.clone();
    given.emphasis = from.given(question).emphasis;
    for pair in matched {
        let (Some(own), Some(other)) = (pair[side], pair[1 - side]) else { continue };
        copied.set_own(question, own, from[other].overrides.get(&question).cloned());
    }
    copied
}

/// One side, with the answers in effect for every subject.
struct Side<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    effective_all: Vec<(Subject, EffectiveAnswers)>,
}

impl Side<'_> {
    /// Returns whether a question applies to any subject.
    fn asks(&self, question: QuestionId) -> bool {
        self.effective_all.iter().any(|(_, effective)| effective.is_visible(question))
    }

    /// Returns the answer in effect for a subject; a question that does not apply counts as open. Returns
    /// `None` if the subject is asked no questions.
    fn counted(&self, question: QuestionId, subject: Subject) -> Option<&Answer> {
        let (_, effective) = self.effective_all.iter().find(|(own, _)| *own == subject)?;
        Some(if effective.is_visible(question) {
            self.answers.answer(question, subject)
        } else {
            &Answer::Open
        })
    }

    /// Returns a question's answers in words, and marks an answer that is set aside.
    fn words(&self, question: QuestionId) -> String {
        let whole = match &self.answers.given(question).answer {
            Answer::Text(text) => Some(text.clone()),
            answer => quoted_answer(&self.questionnaire[question], answer),
        };
        let whole = whole.unwrap_or_else(|| OPEN.to_owned());
        let aside = if self.asks(question) || whole == OPEN { "" } else { " (set aside)" };
        answer_in_full(self.questionnaire, self.answers, &self.effective_all, question, Some(whole + aside))
    }
}

/// Returns whether both sides answer a question alike: for all parts, for each matched part, and with the
/// same emphasis.
fn agree([one, other]: &[Side<'_>; 2], question: QuestionId, matched: &Matched) -> bool {
    let whole = (Subject::System, Subject::System);
    let pairs =
        matched.iter().filter_map(|[left, right]| Some((Subject::Part((*left)?), Subject::Part((*right)?))));
    let mut counted = std::iter::once(whole)
        .chain(pairs)
        .filter_map(|(left, right)| one.counted(question, left).zip(other.counted(question, right)));
    one.answers.given(question).answer == other.answers.given(question).answer
        && one.answers.emphasis(question) == other.answers.emphasis(question)
        && counted.all(|(left, right)| left == right)
}
