//! Computes the effects of each open question, and which question to ask next.
//!
//! A question must not be called moot without proof.

use std::rc::Rc;

use super::pairs::Pairs;
use super::{AskNext, OpenQuestion, PartAnalysis, Verdict, WORK, work};
use crate::advice::prospects::{Branch, Diagram};
use crate::advice::{Advice, PartAdvice, Settled, appraise};
use crate::answers::{Answer, Answers, Subject};
use crate::id_set::IdSet;
use crate::questionnaire::{
    CandidateId, CandidateSet, Kind, OptionSet, PerCandidate, QuestionId, Questionnaire,
};

/// Examines every visible open choice question, and finds the one to ask next.
pub(super) fn questions(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    analyses: &[PartAnalysis<'_>],
    verdicts: &[&PerCandidate<Verdict>],
) -> (Vec<OpenQuestion>, Option<AskNext>) {
    let unanswered = answers.unanswered(questionnaire);
    let asked = |question: &QuestionId| {
        let kind = questionnaire[*question].kind;
        !unanswered[*question].is_empty() && matches!(kind, Kind::One | Kind::Many)
    };
    // If no answer is required, the current sheet is a completion, and so is the sheet with one more answer.
    let completed = questionnaire.questions().iter().all(|asked| asked.skippable);
    let mut mattering: Vec<(QuestionId, Tried)> = Vec::new();
    let mut done = 0;
    let look = |question: QuestionId| {
        let moot = is_moot(questionnaire, question, analyses, verdicts);
        let proven = moot && completed;
        if proven || done > WORK {
            return OpenQuestion { question, tried: proven, flips: false, settles: false, moot: proven };
        }
        done += work_of(questionnaire, advice, question);
        let tried = tries(questionnaire, answers, advice, analyses, question);
        let Tried { flips, settles, .. } = tried;
        let moot = moot && !flips && !settles;
        if !moot {
            mattering.push((question, tried));
        }
        OpenQuestion { question, tried: true, flips, settles, moot }
    };
    let questions = questionnaire.question_ids().filter(asked).map(look).collect();
    let not_sure = |question: QuestionId| answers.is_not_sure(question, &unanswered[question]);
    (questions, ask_next(&not_sure, &mattering))
}

/// Estimates the work of trying the answers to a question, in lines examined.
fn work_of(questionnaire: &Questionnaire, advice: &Advice, question: QuestionId) -> usize {
    let pairs = questionnaire.candidates().len() * questionnaire.candidates().len();
    let once = work(questionnaire, advice) + 4 * pairs * advice.parts.len();
    (questionnaire[question].options.len() + 1) * once
}

/// Returns the answers to try: each option alone, and the empty choice where it is a valid answer.
fn options_of(questionnaire: &Questionnaire, question: QuestionId) -> Vec<OptionSet> {
    let asked = &questionnaire[question];
    let nothing = (asked.kind == Kind::Many && asked.skippable).then_some(OptionSet::EMPTY);
    asked.all_options().iter().map(IdSet::only).chain(nothing).collect()
}

/// The effects of the answers to one question, each tried with all other answers unchanged.
struct Tried {
    flips: bool,
    settles: bool,
    /// The regret that the worst answer leaves, summed over the parts.
    regret: i64,
    /// The largest difference that the answers make between two candidates, summed over the parts.
    swing: i64,
}

fn tries(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    analyses: &[PartAnalysis<'_>],
    question: QuestionId,
) -> Tried {
    let all = options_of(questionnaire, question);
    let parts: Vec<QuestionInPart<'_>> =
        analyses.iter().map(|analysis| QuestionInPart::new(analysis, question, &all)).collect();
    let swing = parts.iter().map(|part| part.swing).sum();
    let mut tried = Tried { flips: false, settles: false, regret: i64::MIN, swing };
    let may_settle = |part: &QuestionInPart<'_>| {
        part.reached && !matches!(part.analysis.advice.settled, Settled::Proven { .. })
    };
    let unsettled = parts.iter().any(may_settle);
    for (at, options) in all.into_iter().enumerate() {
        let regret = parts.iter().map(|part| part.analysis.regret(&part.left[at])).sum();
        tried.regret = tried.regret.max(regret);
        if tried.flips && (tried.settles || !unsettled) {
            continue;
        }
        let then = appraise(questionnaire, &answered(answers, question, options), None);
        let same = |(now, then): (&PartAdvice, &PartAdvice)| {
            now.leaders == then.leaders && now.choice == then.choice
        };
        let kits = |advice: &Advice| -> Vec<CandidateSet> {
            advice.kits.best.iter().map(|kit| kit.candidates).collect()
        };
        tried.flips |= kits(advice) != kits(&then) || !advice.parts.iter().zip(&then.parts).all(same);
        tried.settles |= parts.iter().zip(&then.parts).any(|(part, then)| {
            let settles = |leader| part.analysis.settles(leader, &part.left[at]);
            may_settle(part) && then.leaders.single().is_some_and(settles)
        });
    }
    tried
}

/// Returns a copy of the answers in which one question is answered wherever it was open.
fn answered(answers: &Answers, question: QuestionId, options: OptionSet) -> Answers {
    let mut then = answers.clone();
    if answers.given(question).answer.is_open() {
        then.set(question, Subject::System, Answer::Chosen(options));
    }
    for part in answers.part_ids() {
        if answers[part].overrides.get(&question).is_some_and(Answer::is_open) {
            then.set(question, Subject::Part(part), Answer::Chosen(options));
        }
    }
    then
}

/// The state of one question in one part.
struct QuestionInPart<'v> {
    analysis: &'v PartAnalysis<'v>,
    /// Whether the question is open in this part.
    reached: bool,
    /// The effects that remain possible after each of the tried answers.
    left: Vec<Pairs>,
    /// The largest difference that the answers make between two candidates.
    swing: i64,
}

impl<'v> QuestionInPart<'v> {
    fn new(analysis: &'v PartAnalysis<'v>, question: QuestionId, answers: &[OptionSet]) -> Self {
        let reached = analysis.answers.answer(question, analysis.advice.subject).is_open();
        let own = analysis.prospects.diagrams.iter().filter(|diagram| reached && diagram.asks(question));
        let count = analysis.scores.count();
        let (whole, answered): (Vec<Pairs>, Vec<Vec<Pairs>>) =
            own.map(|diagram| Pairs::answered(diagram, count, question, answers)).unzip();
        let mut left = vec![analysis.sum.without(&whole.iter()); answers.len()];
        for own in &answered {
            left.iter_mut().zip(own).for_each(|(all, own)| all.add(own));
        }
        let swing = whole.iter().map(|pairs| widest(pairs, analysis.can_be_alive)).sum();
        Self { analysis, reached, left, swing }
    }
}

/// Returns the widest range that the lead between any two of the candidates can have.
fn widest(pairs: &Pairs, candidates: CandidateSet) -> i64 {
    let both = |one, other| Some(pairs.most(one, other)? + pairs.most(other, one)?);
    let all = candidates.iter().flat_map(|one| candidates.iter().filter_map(move |other| both(one, other)));
    all.max().unwrap_or(0)
}

impl PartAnalysis<'_> {
    /// Returns whether a leader is settled if only the effects in `pairs` remain possible.
    fn settles(&self, leader: CandidateId, pairs: &Pairs) -> bool {
        if self.prospects.ruled_out.contains(leader) || pairs.may_be_out.contains(leader) {
            return false;
        }
        let rivals = self.can_be_alive.iter().filter(|rival| *rival != leader);
        let mut ahead = rivals.filter_map(|rival| self.most_ahead(rival, leader, pairs));
        ahead.all(|lead| lead < 0)
    }

    /// Returns the minimax regret: the smallest worst-case deficit among the candidates. A deficit counts
    /// only while candidate and rival are both in the running.
    fn regret(&self, pairs: &Pairs) -> i64 {
        let alive = self.can_be_alive.intersection(pairs.alive);
        let worst = |candidate: CandidateId| {
            let rivals = alive.iter().filter(|rival| *rival != candidate);
            rivals.filter_map(|rival| self.most_ahead(rival, candidate, pairs)).max().unwrap_or(0)
        };
        alive.iter().map(worst).min().unwrap_or(0)
    }
}

/// Selects, among the questions that matter, the one whose worst answer leaves the smallest regret. Ties are
/// broken by the larger swing, then by file order.
///
/// Questions that the team is not sure about are considered only if no other question matters.
fn ask_next(not_sure: &impl Fn(QuestionId) -> bool, mattering: &[(QuestionId, Tried)]) -> Option<AskNext> {
    [false, true].into_iter().find_map(|find_out| {
        let all = mattering.iter().filter(|(question, _)| not_sure(*question) == find_out);
        let best = all.min_by_key(|(question, tried)| (tried.regret, -tried.swing, *question));
        best.map(|(question, _)| AskNext { question: *question, find_out })
    })
}

/// Returns whether it is proven that no part's leaders and no kit can depend on a question.
fn is_moot(
    questionnaire: &Questionnaire,
    question: QuestionId,
    analyses: &[PartAnalysis<'_>],
    verdicts: &[&PerCandidate<Verdict>],
) -> bool {
    let revealed = &questionnaire.uses().reveals()[question];
    let single = analyses.len() == 1;
    // With several parts, a waiver changes the cost of the kit, which is not part of any score.
    let waives = |(waiver, _): &(QuestionId, PerCandidate<OptionSet>)| {
        *waiver == question || revealed.contains(waiver)
    };
    if !single && questionnaire.adoption().waiver.as_ref().is_some_and(waives) {
        return false;
    }
    if analyses.is_empty() {
        return true;
    }
    analyses.iter().zip(verdicts).all(|(analysis, verdicts)| {
        if single && matches!(analysis.advice.settled, Settled::Proven { .. }) {
            return true;
        }
        let can_win = |candidate: &CandidateId| !matches!(verdicts[*candidate], Verdict::CannotWin(_));
        let counted = if single {
            analysis.can_be_alive.iter().filter(can_win).collect()
        } else {
            analysis.can_be_alive
        };
        analysis.prospects.exact && is_even(question, revealed, analysis, counted)
    })
}

/// Returns whether every answer to a question, and to those that it reveals, leaves the counted candidates
/// with the same leads and exclusions.
fn is_even(
    question: QuestionId,
    revealed: &[QuestionId],
    analysis: &PartAnalysis<'_>,
    counted: CandidateSet,
) -> bool {
    let mut asking = analysis.prospects.diagrams.iter().filter(|diagram| diagram.asks(question));
    let even = |id: QuestionId| id == question || revealed.contains(&id);
    asking.all(|diagram| Shape::of(diagram, counted, &even).is_some())
}

/// The shape of each answer to one question.
type Shapes = Rc<[(OptionSet, Shape)]>;

/// The effect of a branch on the counted candidates, reduced to the differences between them.
#[derive(Clone, PartialEq, Eq)]
struct Shape {
    /// For each counted candidate, its score change minus that of the first one.
    leads: Vec<i64>,
    ruled_out: CandidateSet,
    /// Questions of later forks that still make a difference, each with the shapes of its answers.
    then: Vec<(QuestionId, Shapes)>,
}

impl Shape {
    fn nothing(counted: CandidateSet) -> Self {
        Self { leads: vec![0; counted.len()], ruled_out: CandidateSet::EMPTY, then: Vec::new() }
    }

    /// Returns the shape of a diagram; `None` if an unknown question, or one that must be `even`, makes a
    /// difference.
    fn of(diagram: &Diagram, counted: CandidateSet, even: &impl Fn(QuestionId) -> bool) -> Option<Self> {
        diagram.value(|fork, below: &[Option<Self>]| {
            let shape = |branch: &Branch| Some((branch.chosen, Self::of_branch(branch, counted, below)?));
            let mut branches = fork.branches.iter().map(shape).collect::<Option<Vec<_>>>()?;
            if branches.windows(2).all(|pair| pair[0].1 == pair[1].1) {
                return Some(branches.pop().map_or_else(|| Self::nothing(counted), |(_, shape)| shape));
            }
            let question = fork.question.filter(|question| !even(*question))?;
            Some(Self { then: vec![(question, branches.into())], ..Self::nothing(counted) })
        })
    }

    fn of_branch(branch: &Branch, counted: CandidateSet, below: &[Option<Self>]) -> Option<Self> {
        let first = counted.iter().next().map_or(0, |first| branch.change[first]);
        let mut shape = Self {
            leads: counted.iter().map(|candidate| branch.change[candidate] - first).collect(),
            ruled_out: branch.ruled_out.intersection(counted),
            then: Vec::new(),
        };
        for fork in &branch.then {
            let below = below[*fork].as_ref()?;
            shape.leads.iter_mut().zip(&below.leads).for_each(|(lead, more)| *lead += more);
            shape.ruled_out = shape.ruled_out.union(below.ruled_out);
            shape.then.extend(below.then.iter().cloned());
        }
        Some(shape)
    }
}
