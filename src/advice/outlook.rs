//! What the answers that are still open can do, and how few given ones would have to change.
//!
//! Everything said here is proven, or says that it is not. Must not be needed for the
//! recommendation itself: this is what a reviewer asks for afterwards.

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

/// The whole outlook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// One entry per part of the advice, in its order.
    pub parts: Vec<PartOutlook>,
    /// The open questions that are visible, in file order.
    pub questions: Vec<OpenQuestion>,
    /// The question to ask next, if any still matters.
    pub ask_next: Option<AskNext>,
    /// The kit with one source struck, for each source that some line rests on alone.
    pub sources: Vec<SourceStruck>,
}

/// What can still happen to one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOutlook {
    /// What it is about.
    pub subject: Subject,
    /// How far the open questions can carry the nearest rival of the one leader; none if they can rule
    /// the leader out.
    pub cover: Option<Cover>,
    /// Open questions that are asked now, in file order, some answer to which, or to a follow-up of
    /// which, rules the one leader out.
    pub threats: Vec<QuestionId>,
    /// The candidates that can fall behind least, whatever the open questions bring; none if each
    /// can be ruled out.
    pub safest: CandidateSet,
    /// For each candidate, whether it can still lead.
    pub verdicts: PerCandidate<Verdict>,
    /// How few given answers would have to change until the one leader no longer leads alone.
    pub fewest: Option<Fewest>,
    /// The same for each rival: how few until it is level. In file order, without the leader.
    pub rivals: Vec<(CandidateId, Fewest)>,
    /// For each candidate ruled out today: how few until it is back in the running.
    pub relax: Vec<(CandidateId, Fewest)>,
}

/// The lead over a rival, and what the open questions can take from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cover {
    /// The rival that the open questions can bring nearest.
    pub rival: CandidateId,
    /// Points of the leader over it today.
    pub lead: i64,
    /// Points that the open questions can still move to it.
    pub movable: i64,
}

/// Answers, as question and chosen options.
pub type Choices = Vec<(QuestionId, OptionSet)>;

/// Whether a candidate can still lead, alone or with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It leads if the open questions are answered so; an empty choice leaves a question open.
    CanWin(Choices),
    /// It never leads.
    CannotWin(Certificate),
    /// Neither was found within the search's limit.
    NotRuledOut,
}

/// Why a candidate never leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certificate {
    /// It is ruled out whatever the open questions bring.
    RuledOut,
    /// The weighted sum of its leads over these rivals is negative in every completion; none of
    /// them can be ruled out.
    Rivals(Vec<(CandidateId, i64)>),
    /// Every way of answering that could help was looked at, in this many steps.
    Exhausted(usize),
}

/// A least number of changed answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fewest {
    /// These answers, changed so, are enough, and fewer are not.
    Changes(Choices),
    /// No change of given answers brings it about.
    None,
    /// Too many answers hang together; at least this many are needed.
    AtLeast(usize),
}

/// What one open question can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub struct OpenQuestion {
    /// The question.
    pub question: QuestionId,
    /// Whether its answers were tried, each in turn. They are not where questionnaire and parts are so
    /// many that nobody would wait for it; then nothing but `moot` is said of the question.
    pub tried: bool,
    /// Whether some answer changes a part's leaders or the kit, all else as today.
    pub flips: bool,
    /// Whether some answer settles a part that is not settled.
    pub settles: bool,
    /// Whether it is proven that neither a part's leaders nor the kit can depend on it.
    pub moot: bool,
}

/// The question that narrows the outcome most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskNext {
    /// The question.
    pub question: QuestionId,
    /// Whether the team said it is not sure, so that it has to find out.
    pub find_out: bool,
}

/// The kit without one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceStruck {
    /// The source that is left out.
    pub source: SourceId,
    /// The choice for each part of the advice, in its order.
    pub choices: Vec<CandidateSet>,
    /// Whether a choice is another one than with the source.
    pub changes: bool,
}

/// What one of the analyses may take before it is given up, in lines that are looked at: about a
/// second; a hundredth of it is enough for a questionnaire of the usual size.
const WORK: usize = 400_000_000;

/// About how long it takes to work out the advice once, in lines that are looked at.
fn work(questionnaire: &Questionnaire, advice: &Advice) -> usize {
    /// Lines that are looked at in the time that a kit takes, for each part.
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

/// The analyses of an outlook, each for itself.
///
/// A part is meant by its position in [`Advice::parts`].
pub struct Analysis<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    advice: &'a Advice,
    analyses: Vec<PartAnalysis<'a>>,
    /// Whether today's sheet is a completion itself, as every question may stay open.
    completed: bool,
}

/// How few given answers would have to change.
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
    /// Works out what the open answers could bring, which all analyses but those of changes and
    /// sources go by. The advice must have been computed from the same answers.
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

    /// Returns everything about one part.
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
                // A follow-up comes with the questions that it depends on, which come before it.
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

    /// Returns how few given answers would have to change for a part.
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

    /// Returns the rivals that a candidate is never ahead of and that stay in the running whenever the
    /// candidate does.
    pub fn never_ahead_of(&self, part: usize, candidate: CandidateId) -> CandidateSet {
        let analysis = &self.analyses[part];
        let rivals = analysis.sure().iter().filter(|rival| *rival != candidate);
        rivals.filter(|rival| analysis.catch_up(candidate, *rival).is_some_and(|lead| lead <= 0)).collect()
    }

    /// Returns a question of each group of a part whose answers hang together too closely to be exact.
    pub fn too_large(&self, part: usize) -> &[QuestionId] {
        &self.analyses[part].prospects.too_large
    }

    /// Returns what each open question can do, and which to ask next; `verdicts` are those of the
    /// parts, in their order.
    pub fn questions(&self, verdicts: &[&PerCandidate<Verdict>]) -> (Vec<OpenQuestion>, Option<AskNext>) {
        open_questions::questions(self.questionnaire, self.answers, self.advice, &self.analyses, verdicts)
    }

    /// Returns the kit without each source that some line rests on alone.
    pub fn sources(&self) -> Vec<SourceStruck> {
        sources::struck(self.questionnaire, self.answers, self.advice)
    }
}

/// One part as the analyses see it.
struct PartAnalysis<'a> {
    answers: &'a Answers,
    advice: &'a PartAdvice,
    /// Scores today, by candidate.
    scores: PerCandidate<i64>,
    prospects: Prospects,
    /// What all forks together can move.
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

    /// The largest lead of a candidate over another one, both in the running, that is possible with
    /// what `pairs` can bring.
    fn most_ahead(&self, ahead: CandidateId, behind: CandidateId, pairs: &Pairs) -> Option<i64> {
        Some(self.scores[ahead] - self.scores[behind] + pairs.most(behind, ahead)?)
    }

    /// The largest lead of a candidate over another one in any completion that leaves both in the
    /// running.
    fn catch_up(&self, ahead: CandidateId, behind: CandidateId) -> Option<i64> {
        Some(self.scores[ahead] - self.scores[behind] + self.sum.most(behind, ahead)?)
    }

    fn cover(&self, leader: CandidateId) -> Option<Cover> {
        // No lead covers being ruled out.
        if self.can_be_ruled_out.contains(leader) {
            return None;
        }
        let rivals = self.can_be_alive.iter().filter(|rival| *rival != leader);
        let lead = |rival: CandidateId| self.scores[leader] - self.scores[rival];
        let movable = rivals.filter_map(|rival| Some((self.prospects.most_gain(leader, rival)?, rival)));
        let nearest = movable.max_by_key(|(most, rival)| (most - lead(*rival), std::cmp::Reverse(*rival)));
        nearest.map(|(movable, rival)| Cover { rival, lead: lead(rival), movable })
    }

    /// Candidates that cannot be ruled out.
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

    /// Decides whether a candidate can still lead; `completed` says that today's answers may stay as
    /// they are.
    fn verdict(&self, candidate: CandidateId, completed: bool) -> Verdict {
        if !self.can_be_alive.contains(candidate) {
            return Verdict::CannotWin(Certificate::RuledOut);
        }
        if completed && self.advice.leaders.contains(candidate) {
            return Verdict::CanWin(Vec::new());
        }
        // Most of those that cannot lead stay behind a single rival.
        let rivals = self.sure().iter().filter(|rival| *rival != candidate);
        let mut ahead = rivals.filter(|rival| self.catch_up(candidate, *rival).is_some_and(|lead| lead < 0));
        match ahead.next() {
            Some(rival) => Verdict::CannotWin(Certificate::Rivals(vec![(rival, 1)])),
            None => verdict::verdict(&self.prospects, &self.scores, candidate),
        }
    }
}
