//! Whether the leader of a part stays the leader whatever the open questions bring; must not say
//! *settled* without proof.

mod witness;

use super::Standing;
use super::prospects::{Vary, prospects};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{CandidateId, Questionnaire};

/// What is known about the leader of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The one leader leads alone in every completion.
    Proven {
        /// The rival that comes nearest, if any can stay in the running.
        rival: Option<CandidateId>,
        /// By how many points it stays behind at best.
        behind: i64,
    },
    /// In some completion another candidate leads as well or instead.
    Open,
    /// Too many open questions hang together for an exact answer, and the bound does not suffice.
    NotProven,
    /// Every candidate is ruled out, some of them only as unusual here.
    NoUsualChoice,
    /// No candidate is possible.
    NobodyLeft,
}

/// Decides whether `leader`, which leads alone today, leads alone in every completion.
///
/// It does if it cannot be ruled out and no rival that can stay in the running catches up, the
/// most each choice can give a rival taken for each rival apart. That is exact: a rival that
/// catches up somewhere is a counterexample, and for one rival the choices are independent.
pub(super) fn settled(
    questionnaire: &Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    ranking: &[Standing],
    leader: CandidateId,
) -> Settled {
    if witness::is_found(questionnaire, answers, subject, single, ranking, leader) {
        return Settled::Open;
    }
    let prospects = prospects(questionnaire, answers, subject, single, Vary::Open);
    let unsettled = if prospects.exact { Settled::Open } else { Settled::NotProven };
    if prospects.can_be_ruled_out().contains(leader) {
        return unsettled;
    }
    let Some(own) = ranking.iter().find(|standing| standing.candidate == leader) else { return unsettled };
    let nearest = ranking
        .iter()
        .filter(|rival| rival.candidate != leader && !prospects.ruled_out.contains(rival.candidate))
        .filter_map(|rival| {
            let gain = prospects.most_gain(leader, rival.candidate)?;
            Some((rival.score - own.score + gain, rival.candidate))
        })
        .max_by_key(|(lead, candidate)| (*lead, std::cmp::Reverse(*candidate)));
    match nearest {
        Some((lead, _)) if lead >= 0 => unsettled,
        Some((lead, rival)) => Settled::Proven { rival: Some(rival), behind: -lead },
        None => Settled::Proven { rival: None, behind: 0 },
    }
}
