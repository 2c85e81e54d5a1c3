//! What the answers that are still open can do, and how few given ones would have to change.
//!
//! Everything said here is proven, or says that it is not. Must not be needed for the
//! recommendation itself: this is what a reviewer asks for afterwards.

mod fewest;
mod open;
mod pairs;
mod sources;
mod win;

use super::space::{Space, Vary, space};
use super::{Advice, PartAdvice};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, CandidateSet, OptionSet, QuestionId, Questionnaire, SourceId};

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
    /// Position among the picked parts; `None` is the system as a whole.
    pub part: Option<usize>,
    /// How far the open questions can carry the nearest rival of the one leader.
    pub cover: Option<Cover>,
    /// The candidates that can fall behind least, whatever the open questions bring; none if each
    /// can be ruled out.
    pub safest: CandidateSet,
    /// For each candidate, in file order, whether it can still lead.
    pub verdicts: Vec<Verdict>,
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
pub struct OpenQuestion {
    /// The question.
    pub question: QuestionId,
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

/// Computes the outlook for advice that was computed from the same answers.
pub fn outlook(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> Outlook {
    let single = advice.is_single();
    let views: Vec<View<'_>> =
        advice.parts.iter().map(|part| View::new(questionnaire, answers, part, single)).collect();
    let parts: Vec<PartOutlook> =
        views.iter().map(|view| view.outlook(questionnaire, answers, single)).collect();
    let (questions, ask_next) = open::questions(questionnaire, answers, advice, &views, &parts);
    Outlook { ask_next, questions, parts, sources: sources::struck(questionnaire, answers, advice) }
}

/// One part as the analyses see it.
struct View<'a> {
    answers: &'a Answers,
    advice: &'a PartAdvice,
    /// Scores today, by candidate.
    scores: Vec<i64>,
    space: Space,
    pairs: Vec<pairs::Pairs>,
    /// Candidates that some completion leaves in the running.
    can_be_alive: CandidateSet,
    can_be_ruled_out: CandidateSet,
}

impl<'a> View<'a> {
    fn new(
        questionnaire: &Questionnaire,
        answers: &'a Answers,
        advice: &'a PartAdvice,
        single: bool,
    ) -> Self {
        let space = space(questionnaire, answers, advice.part, single, Vary::Open);
        let mut scores = vec![0; advice.ranking.len()];
        for standing in &advice.ranking {
            scores[standing.candidate.0] = standing.score;
        }
        Self {
            answers,
            advice,
            pairs: space.choices.iter().map(|choice| pairs::Pairs::new(choice, scores.len())).collect(),
            can_be_alive: space.can_be_alive(questionnaire.all_candidates()),
            can_be_ruled_out: space.can_be_ruled_out(),
            scores,
            space,
        }
    }

    fn outlook(&self, questionnaire: &Questionnaire, answers: &Answers, single: bool) -> PartOutlook {
        let part = self.advice.part;
        let leader = self.advice.leaders.single();
        let given = space(questionnaire, answers, part, single, Vary::Given);
        let changes = fewest::Search::new(&given, &self.scores, answers.sheet(questionnaire, part));
        let all = questionnaire.all_candidates();
        let rivals: Vec<(CandidateId, Fewest)> = leader.map_or_else(Vec::new, |leader| {
            let rivals = all.iter().filter(|rival| *rival != leader);
            rivals.map(|rival| (rival, changes.until_level(leader, rival))).collect()
        });
        PartOutlook {
            part,
            cover: leader.and_then(|leader| self.cover(leader)),
            safest: self.safest(),
            verdicts: all
                .iter()
                .map(|candidate| win::verdict(&self.space, &self.scores, candidate))
                .collect(),
            fewest: leader.map(|leader| {
                let ruled_out = changes.until_ruled_out(leader);
                fewest::least(rivals.iter().map(|(_, fewest)| fewest.clone()).chain([ruled_out]))
            }),
            rivals,
            relax: self
                .advice
                .ruled_out()
                .iter()
                .map(|candidate| (candidate, changes.until_alive(candidate)))
                .collect(),
        }
    }

    /// The largest lead of `rival` over `leader` in a completion that leaves the rival in the
    /// running; nothing if none does.
    fn catch_up(&self, leader: CandidateId, rival: CandidateId) -> Option<i64> {
        if self.space.ruled_out.contains(rival) {
            return None;
        }
        let gain: Option<i64> = self.pairs.iter().map(|pairs| pairs.rival_alive(leader, rival)).sum();
        Some(self.scores[rival.0] - self.scores[leader.0] + gain?)
    }

    fn cover(&self, leader: CandidateId) -> Option<Cover> {
        let rivals = self.can_be_alive.iter().filter(|rival| *rival != leader);
        let nearest = rivals.filter_map(|rival| Some((self.catch_up(leader, rival)?, rival)));
        let (catch_up, rival) = nearest.max_by_key(|(most, rival)| (*most, std::cmp::Reverse(*rival)))?;
        let lead = self.scores[leader.0] - self.scores[rival.0];
        Some(Cover { rival, lead, movable: catch_up + lead })
    }

    fn safest(&self) -> CandidateSet {
        let sure = self.can_be_alive.without(self.can_be_ruled_out);
        let worst = |candidate: CandidateId| {
            let rivals = self.can_be_alive.iter().filter(|rival| *rival != candidate);
            rivals.filter_map(|rival| self.catch_up(candidate, rival)).max().unwrap_or(i64::MIN)
        };
        let least = sure.iter().map(worst).min();
        sure.iter().filter(|candidate| Some(worst(*candidate)) == least).collect()
    }
}
