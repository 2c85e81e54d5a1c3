//! Computes advice: what the answers recommend, for each part and as a kit.
//!
//! Advice is a pure function of questionnaire and answers, in exact integer arithmetic. It must not be
//! stored. This module must not perform I/O or know about a terminal.
//!
//! The *fit* of a candidate for a part is the sum of the points of all lines that apply. Its *score* is the
//! fit, minus its adoption cost if there is a single part.

mod firmness;
mod kit;
mod ledger;
mod outlook;
mod prospects;
mod score;
mod settled;

use serde::Serialize;

use crate::answers::{Answers, EffectiveAnswers, Plan, Subject};
use crate::questionnaire::{
    CandidateId, CandidateSet, Exclusion, OptionId, PerCandidate, Questionnaire, SourceId,
};

pub use firmness::{Firmness, NotWanted, PartFirmness, SHEETS, Shares, Step, Steps, firmness};
pub use kit::{Kit, Kits};
pub use ledger::{Entry, Ruling, Versus, Why, ledger, lifted, remarks, rulings, sources, versus};
pub use outlook::{
    Analysis, AskNext, Certificate, Changes, Choices, Cover, Fewest, OpenQuestion, Outlook, PartOutlook,
    SourceStruck, Verdict, outlook,
};
pub use settled::Settled;

/// The tag of candidates that compile to native code.
const NATIVE: &str = "native";

/// The complete recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// One entry per part to decide, or one for the system as a whole.
    pub parts: Vec<PartAdvice>,
    /// The kits: which candidates to use together.
    pub kits: Kits,
    /// Current adoption cost of each candidate, after waivers.
    pub costs: PerCandidate<i64>,
}

/// The recommendation for one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartAdvice {
    /// The part, or the system as a whole, that the advice is for.
    pub subject: Subject,
    /// Every candidate: first those in the running, then the unusual ones, then the impossible ones. Each
    /// group is sorted by score, ties in file order.
    pub ranking: Vec<Standing>,
    /// The candidates in the running with the highest score; empty if every candidate is ruled out.
    pub leaders: CandidateSet,
    /// The kit's choice for this part; several on a tie, none if every candidate is ruled out.
    pub choice: CandidateSet,
    /// The best of the other candidates in the running; several on a tie.
    pub runner_up: CandidateSet,
    /// Score of the choice minus that of the runner-up; negative if the kit passes over a leader. `None`
    /// without a runner-up.
    pub margin: Option<i64>,
    /// Whether open questions can still change the leader.
    pub settled: Settled,
}

/// The standing of one candidate for one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The candidate.
    pub candidate: CandidateId,
    /// The score, by which candidates are ranked.
    pub score: i64,
    /// Sum of the points of all lines.
    pub fit: i64,
    /// Sum of the positive points.
    pub points_for: i64,
    /// Sum of the negative points; zero or less.
    pub points_against: i64,
    /// The exclusion that rules the candidate out, if any.
    pub ruled_out: Option<Exclusion>,
}

/// Computes the recommendation.
pub fn recommend(questionnaire: &Questionnaire, answers: &Answers) -> Advice {
    let mut advice = appraise(questionnaire, answers, None);
    let single = advice.is_single();
    for part in &mut advice.parts {
        part.settled = match part.leaders.single() {
            Some(leader) => {
                settled::settled(questionnaire, answers, part.subject, single, &part.ranking, leader)
            }
            None if !part.unusual().is_empty() => Settled::NoUsualChoice,
            None if part.leaders.is_empty() => Settled::NobodyLeft,
            None => Settled::Open,
        };
    }
    advice
}

/// Computes the rankings and the kits, but not whether parts are settled. Lines supported only by the
/// `struck` source do not count.
pub fn appraise(questionnaire: &Questionnaire, answers: &Answers, struck: Option<SourceId>) -> Advice {
    let subjects = answers.subjects();
    let single = subjects.len() == 1;
    let effective_all: Vec<EffectiveAnswers> =
        subjects.iter().map(|it| answers.effective(questionnaire, *it)).collect();
    // The waiving question has one answer for all parts, so the first part is enough.
    let costs = match effective_all.first() {
        Some(effective) => costs(questionnaire, answers, effective),
        None => adoption_costs(questionnaire, answers),
    };
    let mut parts = Vec::with_capacity(subjects.len());
    let mut rows = Vec::with_capacity(subjects.len());
    for (subject, effective) in subjects.into_iter().zip(&effective_all) {
        let board = score::board(questionnaire, answers, effective, kind_of(answers, subject), struck);
        let ranking = board.ranking(single.then_some(&costs));
        parts.push(PartAdvice {
            subject,
            leaders: first_tied(ranking.iter().filter(|it| it.is_alive())),
            ranking,
            choice: CandidateSet::EMPTY,
            runner_up: CandidateSet::EMPTY,
            margin: None,
            settled: Settled::Open,
        });
        rows.push(kit::PartFits { alive: board.alive(), fit: board.fit });
    }
    let kits = kit::kits(&rows, &costs);
    for (index, part) in parts.iter_mut().enumerate() {
        part.choice = kits.choice(&rows, index);
        part.compare_choice();
    }
    Advice { parts, kits, costs }
}

/// The role in the system of the candidate that the questionnaire is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The language of every part.
    Whole,
    /// The language of more than half of the parts.
    Most,
    /// One of several languages, where all the others compile to native code.
    OverNative,
    /// The language of some parts.
    Part,
    /// The language of no part.
    None,
}

/// Returns the role of the candidate that the questionnaire is about. `None` if there is no such candidate, or
/// while a part is tied or has no candidate left.
///
/// Parts that stay as they are count as well.
pub fn role(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> Option<Role> {
    let mut languages: Vec<Option<CandidateId>> =
        advice.parts.iter().map(|part| part.choice.single().map(Some)).collect::<Option<_>>()?;
    languages.extend(answers.parts().iter().filter_map(|part| match part.plan {
        Plan::ToDecide => None,
        Plan::StaysIn(candidate) => Some(Some(candidate)),
        Plan::StaysOther(_) => Some(None),
    }));
    let subject = questionnaire.subject()?;
    let own = languages.iter().filter(|language| **language == Some(subject)).count();
    let native = |language: &Option<CandidateId>| {
        language.is_some_and(|it| it == subject || questionnaire[it].tags.iter().any(|tag| tag == NATIVE))
    };
    Some(match own {
        0 => Role::None,
        own if own == languages.len() => Role::Whole,
        _ if languages.iter().all(native) => Role::OverNative,
        own if own * 2 > languages.len() => Role::Most,
        _ => Role::Part,
    })
}

impl Advice {
    /// Returns the advice for a subject; `None` if the subject is not to be decided.
    pub fn of(&self, subject: Subject) -> Option<&PartAdvice> {
        self.parts.iter().find(|advice| advice.subject == subject)
    }

    /// Returns whether the advice is for a single part or for the system as a whole. Only then do scores
    /// include adoption costs.
    pub fn is_single(&self) -> bool {
        self.parts.len() == 1
    }

    /// Returns whether scores include adoption costs that differ between candidates. A cost that is equal for
    /// all candidates is not worth showing.
    pub fn costs_differ(&self) -> bool {
        let mut costs = self.costs.values();
        let first = costs.next();
        self.is_single() && costs.any(|cost| Some(cost) != first)
    }

    /// Returns the points to show for a candidate: its score, or its fit if all costs are equal.
    pub fn shown(&self, standing: &Standing) -> i64 {
        if self.costs_differ() { standing.score } else { standing.fit }
    }
}

impl Standing {
    /// Returns whether the candidate is in the running, that is, not ruled out.
    pub const fn is_alive(&self) -> bool {
        self.ruled_out.is_none()
    }
}

impl PartAdvice {
    /// Returns the standing of a candidate.
    pub fn standing(&self, candidate: CandidateId) -> Option<&Standing> {
        self.ranking.iter().find(|standing| standing.candidate == candidate)
    }

    /// Returns the candidates that are ruled out.
    pub fn ruled_out(&self) -> CandidateSet {
        self.ranking.iter().filter(|it| !it.is_alive()).map(|standing| standing.candidate).collect()
    }

    /// Returns the standings of the unusual candidates if no usual candidate is left; otherwise empty.
    pub fn unusual(&self) -> &[Standing] {
        let count = self.ranking.iter().take_while(|it| it.ruled_out == Some(Exclusion::Unusual)).count();
        &self.ranking[..count]
    }

    fn compare_choice(&mut self) {
        let of_choice = |it: &&Standing| self.choice.contains(it.candidate);
        let alive = self.ranking.iter().filter(|it| it.is_alive());
        let others = alive.clone().filter(|it| !of_choice(it));
        let Some(best) = others.clone().next() else { return };
        let chosen = alive.clone().find(|it| of_choice(it));
        let margin = chosen.map(|chosen| chosen.score - best.score);
        let runner_up = first_tied(others);
        (self.margin, self.runner_up) = (margin, runner_up);
    }
}

/// Returns the first candidate and those directly after it with the same score.
fn first_tied<'a>(mut standings: impl Iterator<Item = &'a Standing>) -> CandidateSet {
    let Some(first) = standings.next() else { return CandidateSet::EMPTY };
    let tied = standings.take_while(|it| it.score == first.score);
    std::iter::once(first).chain(tied).map(|it| it.candidate).collect()
}

/// Returns the kind of the subject's part; `None` for the system as a whole.
pub(crate) fn kind_of(answers: &Answers, subject: Subject) -> Option<OptionId> {
    subject.part().map(|part| answers[part].kind)
}

/// Returns the cost of adopting a candidate before any waiver; zero if a part stays in it.
fn full_cost(questionnaire: &Questionnaire, answers: &Answers, candidate: CandidateId) -> i64 {
    let stays = answers.parts().iter().any(|part| part.plan == Plan::StaysIn(candidate));
    if stays { 0 } else { questionnaire[candidate].adoption }
}

/// Returns the current adoption cost of each candidate.
///
/// The cost is zero if the answer to the waiving question waives it, or if a part stays in the candidate.
pub fn adoption_costs(questionnaire: &Questionnaire, answers: &Answers) -> PerCandidate<i64> {
    costs(questionnaire, answers, &answers.effective(questionnaire, Subject::System))
}

fn costs(
    questionnaire: &Questionnaire,
    answers: &Answers,
    effective: &EffectiveAnswers,
) -> PerCandidate<i64> {
    let cost = |candidate: CandidateId| {
        let waived = questionnaire.adoption().waiver.as_ref().is_some_and(|(question, options)| {
            !effective.chosen(*question).intersection(options[candidate]).is_empty()
        });
        if waived { 0 } else { full_cost(questionnaire, answers, candidate) }
    };
    questionnaire.all_candidates().iter().map(cost).collect()
}
