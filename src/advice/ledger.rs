//! The ledger: every line of a score with its reason, so that nothing is shown that did not count
//! and nothing counts that is not shown; must not sum differently from the score.

use std::collections::{HashMap, VecDeque};

use super::score::factor;
use super::{PartAdvice, adoption_costs, kind_of};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{
    CandidateId, CandidateSet, Impact, Line, LineOrigin, OptionId, QuestionId, Questionnaire, Say, SourceId,
};

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// An option was chosen.
    Option(QuestionId, OptionId),
    /// A question of candidates was answered without this one.
    NotChosen(QuestionId),
    /// A rule fired.
    Rule(usize),
    /// Taking the candidate up costs something.
    Adoption,
}

/// One line of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Where it comes from.
    pub why: Why,
    /// Points, emphasis included.
    pub points: i64,
    /// The reason.
    pub because: &'a str,
    /// Where the reason comes from.
    pub sources: &'a [SourceId],
}

/// One exclusion that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling<'a> {
    /// The candidates that are ruled out.
    pub candidates: CandidateSet,
    /// Where it comes from; never [`Why::Adoption`].
    pub why: Why,
    /// The reason.
    pub because: &'a str,
    /// Where the reason comes from.
    pub sources: &'a [SourceId],
}

impl<'a> Ruling<'a> {
    /// Returns what makes its reason the same as another one.
    pub const fn reason(&self) -> (Why, &'a str, &'a [SourceId]) {
        (self.why, self.because, self.sources)
    }
}

/// Returns every line of a candidate's score, largest first.
///
/// The points sum to the candidate's score: with `single` the adoption cost is one of the lines.
pub fn ledger<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    candidate: CandidateId,
) -> Vec<Entry<'a>> {
    let mut entries =
        entries(questionnaire, answers, subject, |line| line.candidates.contains(candidate).then_some(1));
    let cost = if single { adoption_costs(questionnaire, answers)[candidate] } else { 0 };
    if cost != 0 {
        entries.push(adoption(questionnaire, -cost));
    }
    sort(&mut entries);
    entries
}

/// Returns the lines in which two candidates differ, as points for the first, largest first.
///
/// The points sum to the first one's lead over the second; what counts the same for both is left
/// out.
pub fn pair_ledger<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    (first, second): (CandidateId, CandidateId),
) -> Vec<Entry<'a>> {
    let mut entries = entries(questionnaire, answers, subject, |line| {
        Some(i64::from(line.candidates.contains(first)) - i64::from(line.candidates.contains(second)))
    });
    entries.retain(|entry| entry.points != 0);
    cancel(&mut entries);
    if single {
        let costs = adoption_costs(questionnaire, answers);
        let difference = costs[second] - costs[first];
        if difference != 0 {
            entries.push(adoption(questionnaire, difference));
        }
    }
    sort(&mut entries);
    entries
}

/// Returns the exclusions that hold for a part, in file order.
pub fn rulings<'a>(questionnaire: &'a Questionnaire, answers: &Answers, subject: Subject) -> Vec<Ruling<'a>> {
    applying(questionnaire, answers, subject)
        .map(|(line, _)| line)
        .filter(|line| line.impact == Impact::Excludes)
        .map(|line| Ruling {
            candidates: line.candidates,
            why: why(line),
            because: &line.because,
            sources: &line.sources,
        })
        .collect()
}

/// Returns the remarks that apply to a part, in file order. One about certain candidates is made only
/// where one of them leads, is chosen or comes next.
pub fn remarks<'a>(questionnaire: &'a Questionnaire, answers: &Answers, advice: &PartAdvice) -> Vec<&'a Say> {
    let meant = advice.choice.union(advice.runner_up).union(advice.leaders);
    let matters = |say: &&Say| say.candidates.is_empty() || !say.candidates.intersection(meant).is_empty();
    let effective = answers.effective(questionnaire, advice.subject);
    let kind = kind_of(answers, advice.subject);
    let said =
        questionnaire.says().iter().filter(|say| say.scope.covers(kind) && effective.all_true(&say.guard));
    said.filter(matters).collect()
}

/// Returns the sources of everything that is said of a part: evidence, exclusions, remarks and the
/// adoption cost, if any candidate has one.
pub fn sources(questionnaire: &Questionnaire, answers: &Answers, advice: &PartAdvice) -> Vec<SourceId> {
    let lines = applying(questionnaire, answers, advice.subject).flat_map(|(line, _)| &line.sources);
    let remarks = remarks(questionnaire, answers, advice);
    let remarks = remarks.iter().flat_map(|say| &say.sources);
    let costs = adoption_costs(questionnaire, answers).values().any(|cost| *cost != 0);
    let adoption = questionnaire.adoption().sources.iter().filter(|_| costs);
    let mut sources: Vec<SourceId> = lines.chain(remarks).chain(adoption).copied().collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

/// Takes out pairs that say the same of both candidates, such as the line a template gives to each.
fn cancel(entries: &mut Vec<Entry<'_>>) {
    let mut alone = vec![true; entries.len()];
    // By reason and points, the entries that have no opposite yet, the earliest first.
    let mut waiting: HashMap<(&str, i64), VecDeque<usize>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let opposite = waiting.get_mut(&(entry.because, -entry.points)).and_then(VecDeque::pop_front);
        match opposite {
            Some(other) => (alone[other], alone[index]) = (false, false),
            None => waiting.entry((entry.because, entry.points)).or_default().push_back(index),
        }
    }
    let mut alone = alone.into_iter();
    entries.retain(|_| alone.next().unwrap_or(true));
}

fn applying<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
) -> impl Iterator<Item = (&'a Line, i64)> {
    let effective = answers.effective(questionnaire, subject);
    let kind = kind_of(answers, subject);
    questionnaire.lines().iter().filter_map(move |line| {
        let applies = line.scope.covers(kind) && effective.all_true(&line.guard);
        applies.then(|| (line, factor(answers, &effective, line)))
    })
}

/// The evidence that applies, its points multiplied by a weight; a line without one is left out.
fn entries<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
    weight: impl Fn(&Line) -> Option<i64>,
) -> Vec<Entry<'a>> {
    let entry = |(line, factor): (&'a Line, i64)| {
        let Impact::Points(points) = line.impact else { return None };
        let points = points * factor * weight(line)?;
        Some(Entry { why: why(line), points, because: &line.because, sources: &line.sources })
    };
    applying(questionnaire, answers, subject).filter_map(entry).collect()
}

fn adoption(questionnaire: &Questionnaire, points: i64) -> Entry<'_> {
    let adoption = questionnaire.adoption();
    Entry { why: Why::Adoption, points, because: &adoption.because, sources: &adoption.sources }
}

fn why(line: &Line) -> Why {
    match line.origin {
        LineOrigin::Option(question, option) => Why::Option(question, option),
        LineOrigin::NotChosen(question) => Why::NotChosen(question),
        LineOrigin::Rule(rule) => Why::Rule(rule),
    }
}

fn sort(entries: &mut [Entry<'_>]) {
    entries.sort_by_key(|entry| (-entry.points.abs(), -entry.points));
}
