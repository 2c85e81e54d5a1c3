//! The outlook: what can still change as open questions are answered, and the fewest given answers that
//! would have to change for the result to change.
//!
//! Every statement is either proven or marked as unproven. The recommendation must not depend on this module.

mod fewest_changes;
mod open_questions;
mod pairs;
mod sources;
mod verdict;

use std::collections::BTreeSet;

use pairs::{Pairs, Sum};

use super::prospects::{Prospects, Vary, prospects};
use super::{Advice, PartAdvice};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{
    CandidateId, CandidateSet, OptionSet, PerCandidate, PerId, QuestionId, Questionnaire, SourceId,
};

/// The complete outlook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// One entry per part of the advice, in the same order.
    pub parts: Vec<PartOutlook>,
    /// The visible open choice questions, in file order.
    pub questions: Vec<OpenQuestion>,
    /// The question to ask next, if any question still matters.
    pub ask_next: Option<AskNext>,
    /// The kit without one source, for each source that is the only source of some line.
    pub sources: Vec<SourceStruck>,
}

/// The possible changes for one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOutlook {
    /// The part, or the system as a whole.
    pub subject: Subject,
    /// How close the open questions can bring the nearest rival of the sole leader. `None` without a sole
    /// leader or rival, or if the leader can be ruled out.
    pub cover: Option<Cover>,
    /// The visible open questions, in file order, that can rule out the sole leader by their answer or by the
    /// answer to a follow-up.
    pub threats: Vec<QuestionId>,
    /// Of the candidates that cannot be ruled out, those with the smallest worst-case deficit over all
    /// completions.
    pub safest: CandidateSet,
    /// For each candidate, whether it can still lead.
    pub verdicts: PerCandidate<Verdict>,
    /// The fewest given answers that would have to change for the sole leader to stop leading alone; `None`
    /// without a sole leader.
    pub fewest: Option<Fewest>,
    /// For each rival of the sole leader, in file order, the fewest changes that let it tie with the leader.
    pub rivals: Vec<(CandidateId, Fewest)>,
    /// For each candidate that is now ruled out, the fewest changes that bring it back into the running.
    pub relax: Vec<(CandidateId, Fewest)>,
}

/// The lead over a rival, and how much of it the open questions can remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// The rival that the open questions can bring closest.
    pub rival: CandidateId,
    /// The leader's current lead over the rival, in points.
    pub lead: i64,
    /// Points that the open questions can still move from the leader to the rival.
    pub movable: i64,
}

/// Questions, each with the options chosen as its answer.
pub type Choices = Vec<(QuestionId, OptionSet)>;

/// Whether a candidate can still lead, alone or tied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The candidate leads if the open questions are answered this way; an empty choice leaves a question
    /// open.
    CanWin(Choices),
    /// The candidate leads in no completion.
    CannotWin(Certificate),
    /// Neither was established within the search limit.
    NotRuledOut,
}

/// The proof that a candidate never leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certificate {
    /// The candidate is ruled out in every completion.
    RuledOut,
    /// The weighted sum of the candidate's leads over these rivals is negative in every completion that
    /// leaves it in the running. None of the rivals is ruled out there.
    Rivals(Vec<(CandidateId, i64)>),
    /// A search with this many steps covered every useful way of answering.
    Exhausted(usize),
}

/// The fewest given answers that would have to change for some effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fewest {
    /// These changed answers are enough, and no smaller number is.
    Changes(Choices),
    /// No change of given answers has the effect.
    None,
    /// Too many answers are interdependent for an exact result; at least this many changes are needed.
    AtLeast(usize),
}

/// The possible effects of one open question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct OpenQuestion {
    /// The question.
    pub question: QuestionId,
    /// Whether the effects of its answers are known, by trying them or by proof. If trying them would take
    /// too long, this and all other flags are false.
    pub tried: bool,
    /// Whether some answer changes a part's leaders or the kit, with all other answers unchanged.
    pub flips: bool,
    /// Whether some answer settles an unsettled part.
    pub settles: bool,
    /// Whether it is proven that neither a part's leaders nor the kit can depend on the question.
    pub moot: bool,
}

/// The question that narrows the outcome the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskNext {
    /// The question.
    pub question: QuestionId,
    /// Whether the team answered that it is not sure, and therefore has to find out.
    pub find_out: bool,
}

/// The kit without one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStruck {
    /// The omitted source.
    pub source: SourceId,
    /// The choice for each part of the advice, in the same order.
    pub choices: Vec<CandidateSet>,
    /// Whether any choice differs from the choice with the source.
    pub changes: bool,
}

/// Work limit of one analysis, in lines examined: about one second. A hundredth of it is enough for a
/// questionnaire of the usual size.
const WORK: usize = 400_000_000;

/// Estimates the work of computing the advice once, in lines examined.
fn work(questionnaire: &Questionnaire, advice: &Advice) -> usize {
    /// The cost of evaluating one kit for one part, in lines examined.
    const KIT: usize = 64;
    advice.parts.len() * (questionnaire.lines().len() + KIT * advice.kits.looked_at)
}

/// Computes the outlook for advice that was computed from the same answers.
pub fn outlook(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> Outlook {
    let analysis = Analysis::new(questionnaire, answers, advice);
    let parts: Vec<PartOutlook> = analysis.parts().map(|part| analysis.part(part)).collect();
    let verdicts: Vec<&PerCandidate<Verdict>> = parts.iter().map(|part| &part.verdicts).collect();
    let (questions, ask_next) = analysis.questions(&verdicts);
    Outlook { parts, questions, ask_next, sources: analysis.sources() }
}

/// The analyses of an outlook, each computed separately.
///
/// A part is identified by its position in [`Advice::parts`].
pub struct Analysis<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    advice: &'a Advice,
    analyses: Vec<PartAnalysis<'a>>,
    /// Whether the current sheet is itself a completion, because every question may stay open.
    completed: bool,
}

/// The fewest given answers that would have to change, for each effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// See [`PartOutlook::fewest`].
    pub fewest: Option<Fewest>,
    /// See [`PartOutlook::rivals`].
    pub rivals: Vec<(CandidateId, Fewest)>,
    /// See [`PartOutlook::relax`].
    pub relax: Vec<(CandidateId, Fewest)>,
}

impl<'a> Analysis<'a> {
    /// Computes the effects of answers to the open questions, which all analyses except changes and sources
    /// use. The advice must have been computed from the same answers.
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers, advice: &'a Advice) -> Self {
        let single = advice.is_single();
        let analysis = |part: &'a PartAdvice| PartAnalysis::new(questionnaire, answers, part, single);
        let completed = questionnaire.questions().iter().all(|asked| asked.skippable);
        Self {
            questionnaire,
            answers,
            advice,
            analyses: advice.parts.iter().map(analysis).collect(),
            completed,
        }
    }

    /// Returns the positions of all parts.
    pub fn parts(&self) -> std::ops::Range<usize> {
        0..self.analyses.len()
    }

    /// Returns the complete outlook of one part.
    pub fn part(&self, part: usize) -> PartOutlook {
        let analysis = &self.analyses[part];
        let Changes { fewest, rivals, relax } = self.changes(part);
        let leader = analysis.advice.leaders.single();
        PartOutlook {
            subject: analysis.advice.subject,
            cover: leader.and_then(|leader| analysis.cover(leader)),
            threats: leader.map_or_else(Vec::new, |leader| self.threats(analysis, leader)),
            safest: analysis.safest(),
            verdicts: self.verdicts(part),
            fewest,
            rivals,
            relax,
        }
    }

    fn threats(&self, analysis: &PartAnalysis<'_>, leader: CandidateId) -> Vec<QuestionId> {
        let effective = analysis.answers.effective(self.questionnaire, analysis.advice.subject);
        let mut found: BTreeSet<QuestionId> = BTreeSet::new();
        let mut to_see: Vec<QuestionId> = analysis.prospects.threats(leader).into_iter().collect();
        while let Some(question) = to_see.pop() {
            if effective.is_visible(question) {
                found.insert(question);
            } else if let Some(when) = &self.questionnaire[question].when {
                // A hidden follow-up can appear only through the earlier questions in its condition.
                let (answers, subject) = (analysis.answers, analysis.advice.subject);
                let open = |it: &QuestionId| {
                    !effective.is_visible(*it) || answers.is_unanswered(self.questionnaire, *it, subject)
                };
                to_see.extend(when.literals().into_iter().map(|it| it.question).filter(open));
            }
        }
        found.into_iter().collect()
    }

    /// Returns, for each candidate, whether it can still lead a part.
    pub fn verdicts(&self, part: usize) -> PerCandidate<Verdict> {
        self.questionnaire.all_candidates().iter().map(|candidate| self.verdict(part, candidate)).collect()
    }

    /// Returns whether one candidate can still lead a part.
    pub fn verdict(&self, part: usize, candidate: CandidateId) -> Verdict {
        self.analyses[part].verdict(candidate, self.completed)
    }

    /// Returns the fewest given answers that would have to change in a part, for each effect.
    pub fn changes(&self, part: usize) -> Changes {
        let PartAnalysis { advice, scores, .. } = &self.analyses[part];
        let single = self.advice.is_single();
        let given = prospects(self.questionnaire, self.answers, advice.subject, single, Vary::Given);
        let search = fewest_changes::ChangeSearch::new(
            &given,
            scores,
            self.answers.effective(self.questionnaire, advice.subject),
        );
        let leader = advice.leaders.single();
        let rivals: Vec<(CandidateId, Fewest)> = leader.map_or_else(Vec::new, |leader| {
            let all = self.questionnaire.all_candidates();
            let rivals = all.iter().filter(|rival| *rival != leader);
            rivals.map(|rival| (rival, search.until_level(leader, rival))).collect()
        });
        let relaxed = advice.ruled_out();
        Changes {
            fewest: leader.map(|leader| {
                let ruled_out = search.until_ruled_out(leader);
                fewest_changes::least(rivals.iter().map(|(_, fewest)| fewest.clone()).chain([ruled_out]))
            }),
            rivals,
            relax: relaxed.iter().map(|candidate| (candidate, search.until_alive(candidate))).collect(),
        }
    }

    /// Returns the rivals that a candidate is never ahead of and that cannot be ruled out.
    pub fn never_ahead_of(&self, part: usize, candidate: CandidateId) -> CandidateSet {
        let analysis = &self.analyses[part];
        let rivals = analysis.sure().iter().filter(|rival| *rival != candidate);
        rivals.filter(|rival| analysis.catch_up(candidate, *rival).is_some_and(|lead| lead <= 0)).collect()
    }

    /// Returns one question of each group of interdependent answers that is too large for an exact result.
    pub fn too_large(&self, part: usize) -> &[QuestionId] {
        &self.analyses[part].prospects.too_large
    }

    /// Returns the effects of each open question, and the question to ask next. `verdicts` has one entry per
    /// part, in order.
    pub fn questions(&self, verdicts: &[&PerCandidate<Verdict>]) -> (Vec<OpenQuestion>, Option<AskNext>) {
        open_questions::questions(self.questionnaire, self.answers, self.advice, &self.analyses, verdicts)
    }

    /// Returns, for each source that is the only source of some line, the kit without that source.
    pub fn sources(&self) -> Vec<SourceStruck> {
        sources::struck(self.questionnaire, self.answers, self.advice)
    }
}

/// The data of one part that the analyses use.
struct PartAnalysis<'a> {
    answers: &'a Answers,
    advice: &'a PartAdvice,
    /// Current score of each candidate.
    scores: PerCandidate<i64>,
    prospects: Prospects,
    /// The combined effect of all forks.
    sum: Sum,
    /// Candidates that some completion leaves in the running.
    can_be_alive: CandidateSet,
    can_be_ruled_out: CandidateSet,
}

impl<'a> PartAnalysis<'a> {
    fn new(
        questionnaire: &Questionnaire,
        answers: &'a Answers,
        advice: &'a PartAdvice,
        single: bool,
    ) -> Self {
        let prospects = prospects(questionnaire, answers, advice.subject, single, Vary::Open);
        let mut scores = PerId::filled(advice.ranking.len(), 0);
        for standing in &advice.ranking {
            scores[standing.candidate] = standing.score;
        }
        Self {
            answers,
            advice,
            sum: Sum::of(&prospects.diagrams, scores.count()),
            can_be_alive: prospects.can_be_alive(questionnaire.all_candidates()),
            can_be_ruled_out: prospects.can_be_ruled_out(),
            scores,
            prospects,
        }
    }

    /// Returns the largest lead of one candidate over another that `pairs` allows with both in the running.
    fn most_ahead(&self, ahead: CandidateId, behind: CandidateId, pairs: &Pairs) -> Option<i64> {
        Some(self.scores[ahead] - self.scores[behind] + pairs.most(behind, ahead)?)
    }

    /// Returns the largest lead of one candidate over another in any completion that leaves both in the
    /// running.
    fn catch_up(&self, ahead: CandidateId, behind: CandidateId) -> Option<i64> {
        Some(self.scores[ahead] - self.scores[behind] + self.sum.most(behind, ahead)?)
    }

    fn cover(&self, leader: CandidateId) -> Option<Cover> {
        // A lead does not protect against being ruled out.
        if self.can_be_ruled_out.contains(leader) {
            return None;
        }
        let rivals = self.can_be_alive.iter().filter(|rival| *rival != leader);
        let lead = |rival: CandidateId| self.scores[leader] - self.scores[rival];
        let movable = rivals.filter_map(|rival| Some((self.prospects.most_gain(leader, rival)?, rival)));
        let nearest = movable.max_by_key(|(most, rival)| (most - lead(*rival), std::cmp::Reverse(*rival)));
        nearest.map(|(movable, rival)| Cover { rival, lead: lead(rival), movable })
    }

    /// Returns the candidates that cannot be ruled out.
    fn sure(&self) -> CandidateSet {
        self.can_be_alive.without(self.can_be_ruled_out)
    }

    fn safest(&self) -> CandidateSet {
        let worst = |candidate: CandidateId| {
            let rivals = self.can_be_alive.iter().filter(|rival| *rival != candidate);
            rivals.filter_map(|rival| self.catch_up(rival, candidate)).max().unwrap_or(i64::MIN)
        };
        let least = self.sure().iter().map(worst).min();
        self.sure().iter().filter(|candidate| Some(worst(*candidate)) == least).collect()
    }

    /// Decides whether a candidate can still lead. `completed` tells whether the current answers are a
    /// completion.
    fn verdict(&self, candidate: CandidateId, completed: bool) -> Verdict {
        if !self.can_be_alive.contains(candidate) {
            return Verdict::CannotWin(Certificate::RuledOut);
        }
        if completed && self.advice.leaders.contains(candidate) {
            return Verdict::CanWin(Vec::new());
        }
        // Most candidates that cannot lead are always behind one particular rival, which is quick to check.
        let rivals = self.sure().iter().filter(|rival| *rival != candidate);
        let mut ahead = rivals.filter(|rival| self.catch_up(candidate, *rival).is_some_and(|lead| lead < 0));
        match ahead.next() {
            Some(rival) => Verdict::CannotWin(Certificate::Rivals(vec![(rival, 1)])),
            None => verdict::verdict(&self.prospects, &self.scores, candidate),
        }
    }
}
