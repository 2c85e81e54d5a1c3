//! The ledger: every line of a score with its reason.
//!
//! The ledger shows exactly the lines that count, and its sums must equal those of the score.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use super::score::factor;
use super::{PartAdvice, adoption_costs, kind_of};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{
    CandidateId, CandidateSet, Exclusion, Impact, Line, LineOrigin, Literal, OptionId, QuestionId,
    Questionnaire, Say, SourceId, names_its_candidate,
};

/// The origin of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// An option was chosen.
    Option(QuestionId, OptionId),
    /// A question whose options are candidates was answered without choosing this one.
    NotChosen(QuestionId),
    /// A rule applies, by its position in [`Questionnaire::rules`].
    Rule(usize),
    /// Adopting the candidate has a cost.
    Adoption,
}

/// One line of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Origin of the line.
    pub why: Why,
    /// Points, after emphasis.
    pub points: i64,
    /// The reason, with the candidate's name filled in.
    pub because: Cow<'a, str>,
    /// Sources of the reason.
    pub sources: Vec<SourceId>,
    /// The argument that the line makes; a line of another candidate may make the same argument.
    pub argument: Option<&'a str>,
}

/// An exclusion that applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling<'a> {
    /// The candidates that are ruled out.
    pub candidates: CandidateSet,
    /// How the candidates are ruled out.
    pub exclusion: Exclusion,
    /// Origin of the exclusion; never [`Why::Adoption`].
    pub why: Why,
    /// The reason, with the candidate's name filled in.
    pub because: Cow<'a, str>,
    /// The reason as written, which may contain a placeholder for the candidate's name.
    pub written: &'a str,
    /// Sources of the reason.
    pub sources: &'a [SourceId],
}

impl<'a> Ruling<'a> {
    /// Returns a key that is equal for rulings with the same reason, whichever candidates they rule out.
    pub fn reason(&self) -> (Exclusion, Why, &'a str, &'a [SourceId]) {
        (self.exclusion, self.why, self.written, self.sources)
    }
}

/// Returns every line of a candidate's score, largest absolute points first.
///
/// The points add up to the candidate's fit. If `single` (scores include adoption costs), a non-zero adoption
/// cost is an entry too, and the points add up to the candidate's score.
pub fn ledger<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    candidate: CandidateId,
) -> Vec<Entry<'a>> {
    let own =
        applying(questionnaire, answers, subject).filter(|(_, line, _)| line.candidates.contains(candidate));
    let entry = |(_, line, factor): (usize, &'a Line, i64)| {
        let Impact::Points(points) = line.impact else { return None };
        Some(entry(questionnaire, line, points * factor, candidate))
    };
    let mut entries: Vec<Entry<'a>> = own.filter_map(entry).collect();
    let cost = if single { adoption_costs(questionnaire, answers)[candidate] } else { 0 };
    if cost != 0 {
        entries.push(adoption(questionnaire, -cost));
    }
    sort(&mut entries);
    entries
}

/// The entries of two candidates, without those that apply equally to both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versus<'a> {
    /// Entries of the first candidate, largest absolute points first.
    pub first: Vec<Entry<'a>>,
    /// Entries of the second candidate, largest absolute points first.
    pub second: Vec<Entry<'a>>,
}

/// Returns the entries in which the scores of two candidates differ. The points of the first minus those of
/// the second are the first candidate's lead.
pub fn versus<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    (first, second): (CandidateId, CandidateId),
) -> Versus<'a> {
    let difference = |(_, line, factor): (usize, &'a Line, i64)| {
        let Impact::Points(points) = line.impact else { return None };
        let sides = [first, second].map(|it| i64::from(line.candidates.contains(it)));
        Some((line, points * factor * (sides[0] - sides[1])))
    };
    let lines = applying(questionnaire, answers, subject).filter_map(difference);
    let mut lines: Vec<(&Line, i64)> = lines.filter(|(_, points)| *points != 0).collect();
    cancel(&mut lines);
    let mut versus = Versus { first: Vec::new(), second: Vec::new() };
    for (line, points) in lines {
        if line.candidates.contains(first) {
            versus.first.push(entry(questionnaire, line, points, first));
        } else {
            versus.second.push(entry(questionnaire, line, -points, second));
        }
    }
    let costs = adoption_costs(questionnaire, answers);
    if single && costs[first] != costs[second] {
        let cost = |candidate| Some(costs[candidate]).filter(|cost| *cost != 0);
        versus.first.extend(cost(first).map(|cost| adoption(questionnaire, -cost)));
        versus.second.extend(cost(second).map(|cost| adoption(questionnaire, -cost)));
    }
    sort(&mut versus.first);
    sort(&mut versus.second);
    versus
}

/// Returns the exclusions that apply to a part, in file order. An exclusion whose reason names its candidate
/// yields one ruling per candidate.
pub fn rulings<'a>(questionnaire: &'a Questionnaire, answers: &Answers, subject: Subject) -> Vec<Ruling<'a>> {
    applying(questionnaire, answers, subject)
        .flat_map(|(_, line, _)| {
            let Impact::Excludes(exclusion) = line.impact else { return Vec::new() };
            let ruling = |candidates, because| {
                let (why, sources, written) = (why(line), line.sources.as_slice(), line.because.as_str());
                Ruling { candidates, exclusion, why, because, written, sources }
            };
            if !names_its_candidate(&line.because) {
                return vec![ruling(line.candidates, Cow::Borrowed(line.because.as_str()))];
            }
            let one = |it| ruling(CandidateSet::only(it), questionnaire.reason(&line.because, it));
            line.candidates.iter().map(one).collect()
        })
        .collect()
}

/// Returns the rulings that would make a candidate unusual for a part if no answer lifted them, in file
/// order.
pub fn lifted<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
    candidate: CandidateId,
) -> Vec<Ruling<'a>> {
    let effective = answers.effective(questionnaire, subject);
    let kind = kind_of(answers, subject);
    let about = |line: &&Line| line.candidates.contains(candidate) && line.scope.covers(kind);
    let is_lifted = |line: &&Line| {
        let (needs, lifts): (Vec<Literal>, Vec<Literal>) = line.guard.iter().partition(|it| it.holds);
        effective.all_true(&needs) && !effective.all_true(&lifts)
    };
    let ruling = |line: &'a Line| match (line.impact, line.origin) {
        // A negated condition of a rule does not necessarily lift anything.
        (Impact::Excludes(exclusion @ Exclusion::Unusual), LineOrigin::Option(..)) => Some(Ruling {
            candidates: CandidateSet::only(candidate),
            exclusion,
            why: why(line),
            because: questionnaire.reason(&line.because, candidate),
            written: &line.because,
            sources: &line.sources,
        }),
        _ => None,
    };
    questionnaire.lines().iter().filter(about).filter(is_lifted).filter_map(ruling).collect()
}

/// Returns the remarks that apply to a part, in file order. A remark about particular candidates applies only
/// if one of them is a leader, the choice or the runner-up.
pub fn remarks<'a>(questionnaire: &'a Questionnaire, answers: &Answers, advice: &PartAdvice) -> Vec<&'a Say> {
    let meant = advice.choice.union(advice.runner_up).union(advice.leaders);
    let matters = |say: &&Say| say.candidates.is_empty() || !say.candidates.intersection(meant).is_empty();
    let effective = answers.effective(questionnaire, advice.subject);
    let kind = kind_of(answers, advice.subject);
    let said =
        questionnaire.says().iter().filter(|say| say.scope.covers(kind) && effective.all_true(&say.guard));
    said.filter(matters).collect()
}

/// Returns the sources of all statements about a part: evidence, exclusions, remarks and, if any candidate
/// has one, the adoption cost.
pub fn sources(questionnaire: &Questionnaire, answers: &Answers, advice: &PartAdvice) -> Vec<SourceId> {
    let lines = applying(questionnaire, answers, advice.subject).flat_map(|(_, line, _)| &line.sources);
    let remarks = remarks(questionnaire, answers, advice);
    let remarks = remarks.iter().flat_map(|say| &say.sources);
    let costs = adoption_costs(questionnaire, answers).values().any(|cost| *cost != 0);
    let adoption = questionnaire.adoption().sources.iter().filter(|_| costs);
    let mut sources: Vec<SourceId> = lines.chain(remarks).chain(adoption).copied().collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}

/// Removes pairs of lines that give both candidates the same points for the same reason, such as lines from
/// one template.
fn cancel(lines: &mut Vec<(&Line, i64)>) {
    let mut alone = vec![true; lines.len()];
    // For each reason and point value, the lines that have no counterpart yet, earliest first.
    let mut waiting: HashMap<(&str, i64), VecDeque<usize>> = HashMap::new();
    for (index, (line, points)) in lines.iter().enumerate() {
        let because = line.because.as_str();
        match waiting.get_mut(&(because, -points)).and_then(VecDeque::pop_front) {
            Some(other) => (alone[other], alone[index]) = (false, false),
            None => waiting.entry((because, *points)).or_default().push_back(index),
        }
    }
    let mut alone = alone.into_iter();
    lines.retain(|_| alone.next().unwrap_or(true));
}

/// Returns the lines that apply to a subject, with their positions and the factors of their points.
pub(super) fn applying<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    subject: Subject,
) -> impl Iterator<Item = (usize, &'a Line, i64)> {
    let effective = answers.effective(questionnaire, subject);
    let kind = kind_of(answers, subject);
    questionnaire.lines().iter().enumerate().filter_map(move |(position, line)| {
        let applies = line.scope.covers(kind) && effective.all_true(&line.guard);
        applies.then(|| (position, line, factor(answers, &effective, line)))
    })
}

fn entry<'a>(questionnaire: &Questionnaire, line: &'a Line, points: i64, about: CandidateId) -> Entry<'a> {
    let because = questionnaire.reason(&line.because, about);
    Entry {
        why: why(line),
        points,
        because,
        sources: questionnaire.sources_about(&line.sources, about),
        argument: line.argument.as_deref(),
    }
}

fn adoption(questionnaire: &Questionnaire, points: i64) -> Entry<'_> {
    let adoption = questionnaire.adoption();
    Entry {
        why: Why::Adoption,
        points,
        because: Cow::Borrowed(&adoption.because),
        sources: adoption.sources.clone(),
        argument: None,
    }
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
