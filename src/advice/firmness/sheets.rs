//! Counts how often each candidate is the choice on random sheets.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{NotWanted, SHEETS, Shares};
use crate::advice::score::{Board, factor};
use crate::advice::{Advice, costs, kind_of, kit, ledger};
use crate::answers::{Answers, EffectiveAnswers, Emphasis, Subject};
use crate::id_set::SmallId as _;
use crate::questionnaire::{
    Impact, Kind, Line, OptionSet, PerCandidate, QuestionId, Questionnaire, step_down, step_up,
};

/// The seed of all draws, fixed to make them the same on every machine.
const SEED: u64 = 2_026;

/// Returns a random number that depends only on the key `of`.
fn draw(of: [usize; 4]) -> u64 {
    let mut bytes = [0; 32];
    for (bytes, number) in bytes.as_chunks_mut().0.iter_mut().zip(of) {
        *bytes = (number as u64).to_le_bytes();
    }
    xxh3_64_with_seed(&bytes, SEED)
}

/// Maps a random number to the range below `count`, as evenly as 64 bits allow.
fn below(random: u64, count: u64) -> u64 {
    u64::try_from((u128::from(random) * u128::from(count)) >> 64).unwrap_or(0)
}

/// Returns, for each part, how often each candidate is the choice if the points of every line that applies
/// vary. Each line counts one step less, as written or one step more, with equal probability, and the same in
/// all parts.
pub(super) fn with_other_points(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Vec<Shares>, NotWanted> {
    let candidates = questionnaire.candidates().len();
    let mut shares = vec![Shares::new(candidates); advice.parts.len()];
    let mut lines = Vec::new();
    for part in &advice.parts {
        lines.push(ledger::applying(questionnaire, answers, part.subject).collect::<Vec<_>>());
    }
    let mut rows: Vec<kit::PartFits> = lines.iter().map(|lines| row(candidates, lines)).collect();
    for sheet in 0..SHEETS {
        if !is_wanted() {
            return Err(NotWanted);
        }
        for (row, lines) in rows.iter_mut().zip(&lines) {
            row.fit.values_mut().for_each(|fit| *fit = 0);
            for (position, line, factor) in lines {
                let Impact::Points(points) = line.impact else { continue };
                let points = match below(draw([1, sheet as usize, *position, 0]), 3) {
                    0 => step_down(points),
                    1 => points,
                    _ => step_up(points),
                };
                line.candidates.iter().for_each(|candidate| row.fit[candidate] += points * factor);
            }
        }
        count(&mut shares, &rows, &advice.costs);
    }
    Ok(shares)
}

/// Returns a part with the candidates that the lines leave in the running, all with a fit of zero.
fn row(candidates: usize, lines: &[(usize, &Line, i64)]) -> kit::PartFits {
    let mut board = Board::new(candidates);
    for (_, line, _) in lines {
        board.add(line, 0);
    }
    kit::PartFits { alive: board.alive(), fit: board.fit }
}

fn count(shares: &mut [Shares], rows: &[kit::PartFits], costs: &PerCandidate<i64>) {
    for (shares, choice) in shares.iter_mut().zip(kit::choices(rows, costs)) {
        shares.count(choice);
    }
}

/// Returns, for each part, how often each candidate is the choice if every visible open choice question is
/// answered at random. Follow-ups are answered as they appear. Returns `None` if no such question is open.
///
/// Hard questions stay open, because a team's constraints are not random.
pub(super) fn with_open_answers(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Option<Vec<Shares>>, NotWanted> {
    let parts: Vec<OpenPart<'_>> =
        advice.parts.iter().map(|part| OpenPart::new(questionnaire, answers, part.subject)).collect();
    if !parts.iter().any(OpenPart::has_open) {
        return Ok(None);
    }
    let candidates = questionnaire.candidates().len();
    let mut shares = vec![Shares::new(candidates); parts.len()];
    for sheet in 0..SHEETS {
        if !is_wanted() {
            return Err(NotWanted);
        }
        let sheets: Vec<EffectiveAnswers> = parts.iter().map(|part| part.answered(sheet)).collect();
        let rows: Vec<kit::PartFits> =
            parts.iter().zip(&sheets).map(|(part, effective)| part.row(effective)).collect();
        // The waiving question has one answer for all parts, so the first sheet is enough.
        if let Some(effective) = sheets.first() {
            count(&mut shares, &rows, &costs(questionnaire, answers, effective));
        }
    }
    Ok(Some(shares))
}

/// One part whose open questions are answered at random.
struct OpenPart<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    subject: Subject,
    /// The lines that may apply.
    lines: Vec<&'a Line>,
    /// Whether emphasis makes the points of some question count double or not at all.
    is_emphasised: bool,
}

impl<'a> OpenPart<'a> {
    fn new(questionnaire: &'a Questionnaire, answers: &'a Answers, subject: Subject) -> Self {
        let emphasised = |question| answers.emphasis(question) != Emphasis::Normal;
        let is_emphasised = questionnaire.question_ids().any(emphasised);
        let mut part = Self { questionnaire, answers, subject, lines: Vec::new(), is_emphasised };
        let kind = kind_of(answers, subject);
        // A given answer never changes, so options that it does not contain cannot become chosen.
        let may_apply = |line: &&Line| {
            let may_hold = |question: QuestionId, options: OptionSet| {
                let chosen = answers.chosen(questionnaire, question, subject);
                questionnaire[question].concerns.covers(kind)
                    && (part.is_drawn(question) || !chosen.intersection(options).is_empty())
            };
            line.scope.covers(kind)
                && line.guard.iter().all(|it| !it.holds || may_hold(it.question, it.options))
        };
        part.lines = questionnaire.lines().iter().filter(may_apply).collect();
        part
    }

    /// Returns whether a question is answered at random when it is visible.
    fn is_drawn(&self, question: QuestionId) -> bool {
        let asked = &self.questionnaire[question];
        matches!(asked.kind, Kind::One | Kind::Many)
            && !asked.is_hard()
            && self.answers.is_unanswered(self.questionnaire, question, self.subject)
    }

    fn has_open(&self) -> bool {
        let today = self.answers.effective(self.questionnaire, self.subject);
        self.questionnaire.question_ids().any(|it| today.is_visible(it) && self.is_drawn(it))
    }

    fn answered(&self, sheet: u32) -> EffectiveAnswers {
        let chosen = |question: QuestionId| {
            if !self.is_drawn(question) {
                return self.answers.chosen(self.questionnaire, question, self.subject);
            }
            // A question that is not asked for each part has one answer for all parts.
            let own = self.subject.part().filter(|_| self.questionnaire[question].each_part);
            let part = own.map_or(0, |part| part.index() + 1);
            self.random_answer(question, |draw_number| {
                draw([2 + draw_number, sheet as usize, question.index(), part])
            })
        };
        EffectiveAnswers::new(self.questionnaire, self.answers.sheet(self.subject), chosen)
    }

    /// Returns one option, each with equal probability. If several can be chosen, half of the answers are
    /// instead a random non-empty set of the options that can be combined.
    fn random_answer(&self, question: QuestionId, random: impl Fn(usize) -> u64) -> OptionSet {
        let asked = &self.questionnaire[question];
        let together = asked.all_options().without(asked.alone_options());
        let several = asked.kind == Kind::Many && !together.is_empty() && below(random(0), 2) == 1;
        if !several {
            let at = below(random(1), asked.options.len().max(1) as u64);
            return asked.option_ids().nth(usize::try_from(at).unwrap_or(0)).into_iter().collect();
        }
        // Each number from 1 to `sets` is a non-empty set: its bits are the options.
        let sets = u64::MAX >> (64 - together.len());
        let number = 1 + below(random(1), sets);
        together.iter().enumerate().filter(|(bit, _)| number & (1 << bit) != 0).map(|(_, it)| it).collect()
    }

    fn row(&self, effective: &EffectiveAnswers) -> kit::PartFits {
        let mut board = Board::new(self.questionnaire.candidates().len());
        for line in self.lines.iter().filter(|line| effective.all_true(&line.guard)) {
            let factor = if self.is_emphasised { factor(self.answers, effective, line) } else { 1 };
            board.add(line, factor);
        }
        kit::PartFits { alive: board.alive(), fit: board.fit }
    }
}
