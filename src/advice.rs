//! Advice: what the answers recommend, per part and as a kit; pure, exact, integers only.
//!
//! Must not do I/O, know a terminal or be stored: advice is always computed from questionnaire and
//! answers. Definitions: the *fit* of a candidate for a part is the sum of the points of all lines
//! that apply; its *score* is the fit, less its adoption cost where there is a single part.

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

/// The whole recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// One entry per part to decide, or one for the system as a whole.
    pub parts: Vec<PartAdvice>,
    /// Which candidates to use together.
    pub kits: Kits,
    /// Adoption cost of each candidate today, waivers taken into account.
    pub costs: PerCandidate<i64>,
}

/// The recommendation for one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartAdvice {
    /// What it is about.
    pub subject: Subject,
    /// Every candidate: those in the running by score, then by score those that would be unusual, then
    /// those that cannot be; equal scores in file order.
    pub ranking: Vec<Standing>,
    /// The candidates not ruled out with the highest score; empty if nobody is left.
    pub leaders: CandidateSet,
    /// What the kit chooses for this part; several on a tie, none if nobody is left.
    pub choice: CandidateSet,
    /// The best of the others that are not ruled out; several on a tie.
    pub runner_up: CandidateSet,
    /// Score of the choice less that of the runner-up; negative if the kit passes over a leader.
    pub margin: Option<i64>,
    /// Whether open questions can still change the leader.
    pub settled: Settled,
}

/// How one candidate stands for one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The candidate.
    pub candidate: CandidateId,
    /// What ranks it.
    pub score: i64,
    /// Sum of the points of all lines.
    pub fit: i64,
    /// Sum of the points that speak for it.
    pub points_for: i64,
    /// Sum of the points that speak against it, zero or negative.
    pub points_against: i64,
    /// Whether it is ruled out, and how.
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

/// Ranks, and finds the kits, without looking at what is settled; a struck source does not count.
pub fn appraise(questionnaire: &Questionnaire, answers: &Answers, struck: Option<SourceId>) -> Advice {
    let subjects = answers.subjects();
    let single = subjects.len() == 1;
    let effective_all: Vec<EffectiveAnswers> =
        subjects.iter().map(|it| answers.effective(questionnaire, *it)).collect();
    // The waiving question has one answer for all parts, so that any of them shows it.
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

/// What the questionnaire's subject is in the kit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The language of every part.
    Whole,
    /// The language of more than half of the parts.
    Most,
    /// One of the languages, all others native.
    OverNative,
    /// The language of some parts.
    Part,
    /// Not in the kit.
    None,
}

/// Returns the role of the subject; nothing while a part is tied or nobody is left for it.
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
    /// Returns the advice for a subject, if it is to be decided.
    pub fn of(&self, subject: Subject) -> Option<&PartAdvice> {
        self.parts.iter().find(|advice| advice.subject == subject)
    }

    /// Says whether there is exactly one part to decide, so that adoption cost is in the score.
    pub fn is_single(&self) -> bool {
        self.parts.len() == 1
    }

    /// Says whether adoption costs are in the score and tell candidates apart; a cost that is the same for
    /// all of them is not worth showing.
    pub fn costs_differ(&self) -> bool {
        let mut costs = self.costs.values();
        let first = costs.next();
        self.is_single() && costs.any(|cost| Some(cost) != first)
    }

    /// Returns the points to show for a candidate: its score, or its fit while all costs are the same.
    pub fn shown(&self, standing: &Standing) -> i64 {
        if self.costs_differ() { standing.score } else { standing.fit }
    }
}

impl Standing {
    /// Says whether nothing rules it out.
    pub const fn is_alive(&self) -> bool {
        self.ruled_out.is_none()
    }
}

impl PartAdvice {
    /// Returns how a candidate stands.
    pub fn standing(&self, candidate: CandidateId) -> Option<&Standing> {
        self.ranking.iter().find(|standing| standing.candidate == candidate)
    }

    /// Returns the candidates that are ruled out.
    pub fn ruled_out(&self) -> CandidateSet {
        self.ranking.iter().filter(|it| !it.is_alive()).map(|standing| standing.candidate).collect()
    }

    /// Returns how the candidates stand that are left if what is unusual is taken as well; nothing while
    /// any usual one is left.
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

/// The first of some standings, and those that follow with the same score.
fn first_tied<'a>(mut standings: impl Iterator<Item = &'a Standing>) -> CandidateSet {
    let Some(first) = standings.next() else { return CandidateSet::EMPTY };
    let tied = standings.take_while(|it| it.score == first.score);
    std::iter::once(first).chain(tied).map(|it| it.candidate).collect()
}

/// Returns the kind of a picked part.
pub(crate) fn kind_of(answers: &Answers, subject: Subject) -> Option<OptionId> {
    subject.part().map(|part| answers[part].kind)
}

/// What taking up a candidate costs while its cost is not waived; nothing if a part stays in it.
fn full_cost(questionnaire: &Questionnaire, answers: &Answers, candidate: CandidateId) -> i64 {
    let stays = answers.parts().iter().any(|part| part.plan == Plan::StaysIn(candidate));
    if stays { 0 } else { questionnaire[candidate].adoption }
}

/// Returns what taking up each candidate costs today.
///
/// Nothing, if the waiving question says the team has it, or a part that stays is written in it.
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
