//! Sessions of several people side by side: where they agree, where they differ, and which single
//! disagreement decides; must not say who is right.

use crate::advice::{Advice, appraise};
use crate::answers::{Answer, Answers, Sheet};
use crate::names;
use crate::questionnaire::{CandidateSet, Kind, QuestionId, Questionnaire};
use crate::wording::{answer_in_full, answer_words};

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
    /// Position among the picked parts of each side, with what the kit chooses; nothing if the side
    /// does not have the part. A position of nothing is the system as a whole.
    pub sides: [Option<(Option<usize>, CandidateSet)>; 2],
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
    let sides = sides.map(|answers| Side { questionnaire, answers, sheets: answers.sheets(questionnaire) });
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

const OPEN: &str = "open";

/// Positions of parts that belong together; nothing on a side that has no such part.
type Matched = Vec<[Option<usize>; 2]>;

/// Matches parts by name, then by kind in order.
fn matched(sides: [&Answers; 2]) -> Matched {
    let [one, other] = sides.map(|answers| &answers.parts);
    let mut taken = vec![false; other.len()];
    let mut matched: Matched = (0..one.len()).map(|part| [Some(part), None]).collect();
    let names = [one, other].map(|parts| parts.iter().map(|part| names::key(&part.name)).collect::<Vec<_>>());
    let same_name = |left: usize, right: usize| names[0][left] == names[1][right];
    let same_kind = |left: usize, right: usize| one[left].kind == other[right].kind;
    let rules: [&dyn Fn(usize, usize) -> bool; 2] = [&same_name, &same_kind];
    for belongs in rules {
        for (left, pair) in matched.iter_mut().enumerate().filter(|(_, pair)| pair[1].is_none()) {
            let free = (0..other.len()).find(|right| !taken[*right] && belongs(left, *right));
            if let Some(right) = free {
                taken[right] = true;
                pair[1] = Some(right);
            }
        }
    }
    matched.extend((0..other.len()).filter(|right| !taken[*right]).map(|right| [None, Some(right)]));
    matched
}

/// What the kit chooses on both sides. Parts that stay as they are on both are no outcome.
fn outcomes(advice: [&Advice; 2], matched: &Matched) -> Vec<PartPair> {
    let choice =
        |side: usize, part: Option<usize>| advice[side].for_part(part).map(|advice| (part, advice.choice));
    let whole = [choice(0, None), choice(1, None)];
    let whole = whole.iter().any(Option::is_some).then_some(PartPair { sides: whole });
    let parts = matched.iter().map(|[one, other]| PartPair {
        sides: [one.and_then(|one| choice(0, Some(one))), other.and_then(|other| choice(1, Some(other)))],
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
        match from.parts[other].overrides.get(&question) {
            Some(answer) => copied.parts[own].overrides.insert(question, answer.clone()),
            None => copied.parts[own].overrides.remove(&question),
        };
    }
    copied
}

/// One side with the sheets of everything that its questions are asked for.
struct Side<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    sheets: Vec<(Option<usize>, Sheet)>,
}

impl Side<'_> {
    /// Says whether a question is asked for anything.
    fn asks(&self, question: QuestionId) -> bool {
        self.sheets.iter().any(|(_, sheet)| sheet.is_visible(question))
    }

    /// The answer for a part, or for the system as a whole, that counts there; what is not asked is as
    /// good as open. Nothing if no advice is given for it.
    fn counted(&self, question: QuestionId, part: Option<usize>) -> Option<&Answer> {
        let (_, sheet) = self.sheets.iter().find(|(own, _)| *own == part)?;
        Some(if sheet.is_visible(question) { self.answers.answer(question, part) } else { &Answer::Open })
    }

    /// The answers in words; one that is set aside is marked.
    fn words(&self, question: QuestionId) -> String {
        let whole = match &self.answers.given(question).answer {
            Answer::Text(text) => Some(text.clone()),
            _ => answer_words(self.questionnaire, self.answers, question, None),
        };
        let whole = whole.unwrap_or_else(|| OPEN.to_owned());
        let aside = if self.asks(question) || whole == OPEN { "" } else { " (set aside)" };
        answer_in_full(self.questionnaire, self.answers, &self.sheets, question, Some(whole + aside))
    }
}

/// Says whether both sides answer a question alike: for all parts, for each two that belong together,
/// and with the same emphasis.
fn agree([one, other]: &[Side<'_>; 2], question: QuestionId, matched: &Matched) -> bool {
    let whole = (None, None);
    let pairs = matched.iter().filter_map(|[left, right]| Some((Some((*left)?), Some((*right)?))));
    let mut counted = std::iter::once(whole)
        .chain(pairs)
        .filter_map(|(left, right)| one.counted(question, left).zip(other.counted(question, right)));
    one.answers.given(question).answer == other.answers.given(question).answer
        && one.answers.emphasis(question) == other.answers.emphasis(question)
        && counted.all(|(left, right)| left == right)
}
