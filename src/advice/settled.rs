//! Decides whether the leader of a part leads alone in every completion.
//!
//! A part must not be called *settled* without proof.

mod witness;

use super::Standing;
use super::prospects::{Vary, prospects};
use crate::answers::{Answers, Subject};
use crate::questionnaire::{CandidateId, Questionnaire};

/// What is known about the leader of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The sole leader leads alone in every completion.
    Proven {
        /// The rival that comes closest, if any can stay in the running.
        rival: Option<CandidateId>,
        /// The smallest number of points by which that rival stays behind.
        behind: i64,
    },
    /// Candidates are tied now, or in some completion the leader is ruled out or does not lead alone.
    Open,
    /// Too many open questions are interdependent for an exact answer, and the bound is not sufficient.
    NotProven,
    /// Every candidate is ruled out, some of them only because they are unusual.
    NoUsualChoice,
    /// Every candidate is impossible.
    NobodyLeft,
}

/// Decides whether `leader`, which leads alone now, leads alone in every completion.
///
/// It does if it cannot be ruled out and no rival that can stay in the running catches up. Each rival is
/// examined separately, with the most that the answers can give it. This is exact if the prospects are: for
/// one rival the choices are independent, and a rival that catches up is a counterexample.
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
