//! Sessions of several people side by side: where they agree, where they differ, and which single
//! disagreement decides.

use crate::advice::{Advice, appraise};
use crate::answers::{Answer, Answers, EffectiveAnswers, PartId, Subject};
use crate::names;
use crate::questionnaire::{CandidateSet, Kind, QuestionId, Questionnaire};
use crate::wording::{OPEN, answer_in_full, quoted_answer};

/// Two sets of answers beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Parts that belong together, and those that only one side has.
    pub parts: Vec<PartPair>,
    /// Whether every part is in both and the kit chooses the same for it.
    pub same_outcome: bool,
    /// The questions with an answer on either side, in file order.
    pub questions: Vec<QuestionPair>,
}

/// One part as both sides have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPair {
    /// What each side has of it, with what the kit chooses there; nothing if the side does not have the
    /// part.
    pub sides: [Option<(Subject, CandidateSet)>; 2],
}

/// One question as both sides answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionPair {
    /// The question.
    pub question: QuestionId,
    /// The answers in words, with what differs by part; `open` where nothing is answered.
    pub answers: [String; 2],
    /// The notes.
    pub notes: [String; 2],
    /// Whether both say the same.
    pub agree: bool,
    /// Whether the outcomes would be the same if the first took the answer of the second, all else as
    /// it is, and the other way round; never where the outcomes are the same anyway.
    pub decides: [bool; 2],
}

impl PartPair {
    /// Says whether both sides have the part and the kit chooses the same for it.
    pub fn agrees(&self) -> bool {
        matches!(self.sides, [Some((_, one)), Some((_, other))] if one == other)
    }
}

/// Compares two sets of answers to one questionnaire.
pub fn compare(questionnaire: &Questionnaire, sides: [&Answers; 2]) -> Comparison {
    let matched = matched(sides);
    // Only choices are compared, not how firm they are.
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

/// Parts that belong together; nothing on a side that has no such part.
type Matched = Vec<[Option<PartId>; 2]>;

/// Matches parts by name, then by kind in order.
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

/// What the kit chooses on both sides. Parts that stay as they are on both are no outcome.
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

/// Returns one side's answers with the other side's answer to a question, for all parts and for
/// those that belong together, its emphasis included.
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

/// One side with what counts for everything that its questions are asked for.
struct Side<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    effective_all: Vec<(Subject, EffectiveAnswers)>,
}

impl Side<'_> {
    /// Says whether a question is asked for anything.
    fn asks(&self, question: QuestionId) -> bool {
        self.effective_all.iter().any(|(_, effective)| effective.is_visible(question))
    }

    /// The answer for a subject that counts there; what is not asked is as good as open. Nothing
    /// if no advice is given for it.
    fn counted(&self, question: QuestionId, subject: Subject) -> Option<&Answer> {
        let (_, effective) = self.effective_all.iter().find(|(own, _)| *own == subject)?;
        Some(if effective.is_visible(question) {
            self.answers.answer(question, subject)
        } else {
            &Answer::Open
        })
    }

    /// The answers in words; one that is set aside is marked.
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

/// Says whether both sides answer a question alike: for all parts, for each two that belong together,
/// and with the same emphasis.
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
