//! What each open question can do, and which to ask next; must not call a question moot unproven.

use std::collections::HashMap;

use super::pairs::Pairs;
use super::{AskNext, OpenQuestion, PartOutlook, Verdict, View};
use crate::advice::space::{Case, Cluster};
use crate::advice::{Advice, PartAdvice, Settled, appraise};
use crate::answers::{Answer, Answers, Emphasis};
use crate::questionnaire::{
    CandidateId, CandidateSet, Condition, Kind, OptionSet, QuestionId, Questionnaire,
};
use crate::set::Set;

/// Looks at every open question that is visible.
pub(super) fn questions(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    views: &[View<'_>],
    parts: &[PartOutlook],
) -> Vec<OpenQuestion> {
    let visible = answers.visible(questionnaire);
    let asked = |question: &QuestionId| {
        let kind = questionnaire[*question].kind;
        visible[question.0]
            && matches!(kind, Kind::One | Kind::Many)
            && answers.is_unanswered(questionnaire, *question, None)
    };
    // If nothing has to be answered, today's sheet is a completion, and so is one with one answer more.
    let completed = questionnaire.questions.iter().all(|asked| asked.skippable);
    let look = |question: QuestionId| {
        let moot = is_moot(questionnaire, question, views, parts);
        let (flips, settles) = if moot && completed {
            (false, false)
        } else {
            tries(questionnaire, answers, advice, views, question)
        };
        OpenQuestion { question, flips, settles, moot: moot && !flips && !settles }
    };
    questionnaire.question_ids().filter(asked).map(look).collect()
}

/// The answers that are tried: each option alone, and nothing where that is an answer.
fn options_of(questionnaire: &Questionnaire, question: QuestionId) -> Vec<OptionSet> {
    let asked = &questionnaire[question];
    let nothing = (asked.kind == Kind::Many && asked.skippable).then_some(OptionSet::EMPTY);
    asked.all_options().iter().map(Set::only).chain(nothing).collect()
}

/// Gives each answer in turn, all else as today: does one flip something, does one settle a part?
fn tries(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    views: &[View<'_>],
    question: QuestionId,
) -> (bool, bool) {
    let (mut flips, mut settles) = (false, false);
    let unsettled: Vec<(usize, Pairs)> = (0..views.len())
        .filter(|part| !matches!(advice.parts[*part].settled, Settled::Proven { .. }))
        .filter(|part| views[*part].reaches(question))
        .map(|part| (part, views[part].beside(question)))
        .collect();
    for options in options_of(questionnaire, question) {
        if flips && (settles || unsettled.is_empty()) {
            break;
        }
        let mut tried = answers.clone();
        tried.set(question, None, Answer::Chosen(options));
        // Emphasis belongs to an answer: an open question counts once, whatever is stored with it,
        // unless a part has an answer of its own that the emphasis is for.
        if !answers.parts.iter().any(|part| matches!(part.overrides.get(&question), Some(Answer::Chosen(_))))
        {
            tried.given_mut(question).emphasis = Emphasis::Normal;
        }
        let then = appraise(questionnaire, &tried, None);
        let same = |(now, then): (&PartAdvice, &PartAdvice)| {
            now.leaders == then.leaders && now.choice == then.choice
        };
        let kits = |advice: &Advice| -> Vec<CandidateSet> {
            advice.kits.best.iter().map(|kit| kit.candidates).collect()
        };
        flips |= kits(advice) != kits(&then) || !advice.parts.iter().zip(&then.parts).all(same);
        settles = settles
            || unsettled.iter().any(|(part, beside)| {
                let leader = then.parts[*part].leaders.single();
                leader.is_some_and(|leader| {
                    views[*part].settles(leader, &views[*part].answered(question, options, beside))
                })
            });
    }
    (flips, settles)
}

impl View<'_> {
    /// What the answers that a question has nothing to do with can bring.
    fn beside(&self, question: QuestionId) -> Pairs {
        let others = self.space.clusters.iter().zip(&self.pairs).filter(|(own, _)| !self.asks(own, question));
        others.fold(Pairs::none(self.scores.len()), |all, (_, pairs)| all.and(pairs))
    }

    /// What can still happen when a question is answered with just these options.
    fn answered(&self, question: QuestionId, options: OptionSet, beside: &Pairs) -> Pairs {
        let clusters = self.space.clusters.iter().filter(|cluster| self.asks(cluster, question));
        clusters.fold(beside.clone(), |all, cluster| {
            all.and(&Pairs::answered(cluster, self.scores.len(), question, options))
        })
    }

    /// Says whether a leader is settled if no more than this can happen.
    fn settles(&self, leader: CandidateId, pairs: &Pairs) -> bool {
        if self.space.ruled_out.contains(leader) || pairs.may_be_out.contains(leader) {
            return false;
        }
        let rivals = self.can_be_alive.iter().filter(|rival| *rival != leader);
        let mut ahead = rivals.filter_map(|rival| {
            Some(self.scores[rival.0] - self.scores[leader.0] + pairs.rival_alive(leader, rival)?)
        });
        ahead.all(|lead| lead < 0)
    }

    /// Says whether a cluster's outcome depends on an answer for all parts.
    fn asks(&self, cluster: &Cluster, question: QuestionId) -> bool {
        self.reaches(question) && cluster.asks(question)
    }

    /// Says whether an answer for all parts counts here; a part keeps an answer of its own, even
    /// one that is open.
    fn reaches(&self, question: QuestionId) -> bool {
        let own = |part: usize| self.answers.parts[part].overrides.contains_key(&question);
        !self.advice.part.is_some_and(own)
    }

    /// The smallest worst case: by how much the best choice can fall behind, both in the running.
    fn regret(&self, pairs: &Pairs) -> i64 {
        let alive = self.can_be_alive.intersection(pairs.alive);
        let worst = |candidate: CandidateId| {
            let rivals = alive.iter().filter(|rival| *rival != candidate);
            let behind = rivals.filter_map(|rival| {
                Some(self.scores[rival.0] - self.scores[candidate.0] + pairs.both_alive(candidate, rival)?)
            });
            behind.max().unwrap_or(0)
        };
        alive.iter().map(worst).min().unwrap_or(0)
    }

    /// The largest difference that answers to a question make between two candidates.
    fn swing(&self, question: QuestionId) -> i64 {
        let asks = |(cluster, _): &(&Cluster, &Pairs)| self.asks(cluster, question);
        let clusters = self.space.clusters.iter().zip(&self.pairs).filter(asks);
        let alive = self.can_be_alive;
        let widest = |pairs: &Pairs| {
            let both = |one, other| Some(pairs.both_alive(one, other)? + pairs.both_alive(other, one)?);
            alive
                .iter()
                .flat_map(|one| alive.iter().filter_map(move |other| both(one, other)))
                .max()
                .unwrap_or(0)
        };
        clusters.map(|(_, pairs)| widest(pairs)).sum()
    }
}

/// Chooses the question whose worst answer leaves the smallest regret, summed over the parts.
///
/// Questions the team is not sure about come only when no untouched one matters. Ties go to the
/// larger swing, then to file order.
pub(super) fn ask_next(
    questionnaire: &Questionnaire,
    answers: &Answers,
    views: &[View<'_>],
    questions: &[OpenQuestion],
) -> Option<AskNext> {
    let not_sure = |question: QuestionId| answers.given(question).answer == Answer::NotSure;
    for find_out in [false, true] {
        let mattering = questions.iter().filter(|it| !it.moot && not_sure(it.question) == find_out);
        let worst = |question: QuestionId| {
            let views: Vec<_> = views.iter().map(|view| (view, view.beside(question))).collect();
            let left = |options: OptionSet| -> i64 {
                let left = |(view, beside): &(&View<'_>, Pairs)| {
                    view.regret(&view.answered(question, options, beside))
                };
                views.iter().map(left).sum()
            };
            options_of(questionnaire, question).into_iter().map(left).max().unwrap_or(0)
        };
        let swing = |question: QuestionId| -> i64 { views.iter().map(|view| view.swing(question)).sum() };
        let best = mattering.min_by_key(|it| (worst(it.question), -swing(it.question), it.question));
        if let Some(best) = best {
            return Some(AskNext { question: best.question, find_out });
        }
    }
    None
}

/// Proves that no part's leaders and no kit can depend on a question, or says no.
fn is_moot(
    questionnaire: &Questionnaire,
    question: QuestionId,
    views: &[View<'_>],
    parts: &[PartOutlook],
) -> bool {
    let revealed = revealed_by(questionnaire, question);
    let single = views.len() == 1;
    // With several parts a waiver changes the kit's cost, which no part's scores show.
    let waives = |(waiver, _): &(QuestionId, Vec<OptionSet>)| *waiver == question || revealed[waiver.0];
    if !single && questionnaire.adoption.waiver.as_ref().is_some_and(waives) {
        return false;
    }
    if views.is_empty() {
        return true;
    }
    views.iter().zip(parts).all(|(view, part)| {
        if single && matches!(view.advice.settled, Settled::Proven { .. }) {
            return true;
        }
        let can_win = |candidate: &CandidateId| !matches!(part.verdicts[candidate.0], Verdict::CannotWin(_));
        let counted =
            if single { view.can_be_alive.iter().filter(can_win).collect() } else { view.can_be_alive };
        view.space.exact && is_even(question, &revealed, view, counted)
    })
}

/// Says whether a question moves all of some candidates equally and rules none of them out.
fn is_even(question: QuestionId, revealed: &[bool], view: &View<'_>, counted: CandidateSet) -> bool {
    let Some(first) = counted.iter().next() else { return true };
    let asking = view.space.clusters.iter().filter(|cluster| cluster.asks(question));
    for cluster in asking {
        let several = cluster.cases.len() > 1;
        for table in cluster.cases.iter().flat_map(|case: &Case| &case.tables) {
            // Outcomes that differ in nothing but this question and what it reveals must be alike.
            let kept: Vec<bool> =
                table.questions.iter().map(|(id, _)| *id != question && !revealed[id.0]).collect();
            let mut groups: HashMap<Vec<Option<OptionSet>>, (Vec<i64>, CandidateSet)> = HashMap::new();
            for outcome in table.outcomes() {
                let shape: Vec<i64> =
                    counted.iter().map(|it| outcome.change[it.0] - outcome.change[first.0]).collect();
                let out = outcome.ruled_out.intersection(counted);
                if several {
                    // Over several cases only outcomes without any effect are sure to be alike.
                    if shape.iter().any(|change| *change != 0) || !out.is_empty() {
                        return false;
                    }
                    continue;
                }
                let key = outcome
                    .choices
                    .iter()
                    .zip(&kept)
                    .filter(|(_, kept)| **kept)
                    .map(|(choice, _)| *choice)
                    .collect();
                let known = groups.entry(key).or_insert_with(|| (shape.clone(), out));
                if known.0 != shape || known.1 != out {
                    return false;
                }
            }
        }
    }
    true
}

/// Returns, by question, whether its visibility depends on another, directly or not.
fn revealed_by(questionnaire: &Questionnaire, question: QuestionId) -> Vec<bool> {
    let mut revealed = vec![false; questionnaire.questions.len()];
    // A condition looks at earlier questions only, so one pass in file order is enough.
    for (index, asked) in questionnaire.questions.iter().enumerate() {
        let literals = asked.when.as_ref().map(Condition::literals).unwrap_or_default();
        revealed[index] = literals.iter().any(|it| it.question == question || revealed[it.question.0]);
    }
    revealed
}
