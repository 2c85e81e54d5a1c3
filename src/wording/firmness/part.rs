//! Firmness of one part: its lead, the answers that would have to change, and who can still lead.

use super::Words;
use crate::advice::{Cover, Fewest, PartAdvice, PartOutlook, Settled, Verdict};
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::wording::phrases::{capital, choice_names, counted, counted_word, none_left, number_word, points};
use crate::wording::ties::{all_tie, they_tie};

impl Words<'_> {
    /// Returns the lead, and how the open questions can affect it.
    pub(super) fn lead(&self, part: &PartAdvice, outlook: &PartOutlook) -> String {
        let Some(leader) = part.leaders.single() else {
            return match part.leaders.len() {
                0 if part.unusual().is_empty() => "Every choice is ruled out.".to_owned(),
                0 => format!("{}.", capital(none_left(part))),
                count if part.leaders == self.questionnaire.all_candidates() => {
                    all_tie(&self.questionnaire.noun().counted(count))
                }
                _ if part.choice != part.leaders && !part.choice.is_empty() => {
                    let choice = choice_names(self.questionnaire, part.choice);
                    format!(
                        "{} fit equally well. {choice} is best for all parts together.",
                        self.names(part.leaders)
                    )
                }
                _ => they_tie(&self.names(part.leaders)),
            };
        };
        let leader = self.name(leader);
        if self.outlook.questions.is_empty() {
            let next = part.ranking.get(1).filter(|next| next.is_alive());
            return match next.map(|next| (self.name(next.candidate), part.ranking[0].score - next.score)) {
                Some((rival, lead)) => {
                    format!("All questions are answered. {leader} leads {rival} by {}.", points(lead))
                }
                None => format!(
                    "All questions are answered. All others are ruled out, so {leader} is the only choice."
                ),
            };
        }
        let is_out = |rival: CandidateId| part.ruled_out().contains(rival);
        match (part.settled, outlook.cover) {
            (Settled::Proven { rival: Some(rival), behind }, _) => format!(
                "Settled: {leader} leads whatever the open answers are; {} stays at least {} behind.",
                self.name(rival),
                points(behind)
            ),
            (Settled::Proven { rival: None, .. }, _) => {
                format!("Settled: all others stay ruled out, so {leader} is the only choice.")
            }
            (Settled::NotProven, cover) => {
                let alive = |cover: &Cover| !is_out(cover.rival);
                let ahead = cover.filter(alive).map_or_else(String::new, |cover| {
                    format!(" {} by {}", self.name(cover.rival), points(cover.lead))
                });
                format!(
                    "{leader} leads{ahead}. Too many open questions depend on each other to prove whether this is settled."
                )
            }
            (_, Some(cover)) if is_out(cover.rival) => {
                let ahead = match cover.movable - cover.lead {
                    0 => "to a tie".to_owned(),
                    ahead => format!("to a lead of up to {}", points(ahead)),
                };
                format!(
                    "{leader} leads. {} is currently ruled out; the open questions can bring it back {ahead}.",
                    self.name(cover.rival)
                )
            }
            (_, Some(cover)) => {
                let rival = self.name(cover.rival);
                format!(
                    "{leader} leads {rival} by {1}. The open questions can still shift up to {0} to {rival}.",
                    points(cover.movable),
                    points(cover.lead)
                )
            }
            _ => {
                let next = part.ranking.get(1).filter(|next| next.is_alive());
                let lead = next.map_or(0, |next| part.ranking[0].score - next.score);
                let by = if lead > 0 { format!(" by {}", points(lead)) } else { String::new() };
                let through = outlook.threats.iter().map(|it| self.questionnaire[*it].title.as_str());
                let through = match outlook.threats.len() {
                    0 => "an open question".to_owned(),
                    _ => join(through, "or"),
                };
                format!("{leader} leads{by}. The answer to {through} can still rule out {leader}.")
            }
        }
    }

    pub(super) fn fewest(&self, part: &PartAdvice, outlook: &PartOutlook) -> Option<String> {
        Some(match outlook.fewest.as_ref()? {
            Fewest::Changes(changes) => format!(
                "{} would lose its lead if {} changed, for example if {}.",
                self.names(part.leaders),
                counted_word(changes.len(), "answer"),
                self.choices(part.subject, changes)
            ),
            Fewest::None => {
                format!("No change to the given answers would cost {} its lead.", self.names(part.leaders))
            }
            Fewest::AtLeast(count) => {
                format!("At least {} would have to change.", counted(*count as i64, "answer"))
            }
        })
    }

    /// Returns the fewest answers that would have to change for a rival to tie.
    pub(super) fn until_level(
        &self,
        part: &PartAdvice,
        outlook: &PartOutlook,
        rival: CandidateId,
    ) -> Option<String> {
        let name = self.name(rival);
        let (_, fewest) = outlook.rivals.iter().find(|(candidate, _)| *candidate == rival)?;
        Some(match fewest {
            Fewest::Changes(changes) => format!(
                "{name} would catch up with {} if {} changed, for example if {}.",
                self.names(part.choice),
                counted_word(changes.len(), "answer"),
                self.choices(part.subject, changes)
            ),
            Fewest::None => format!("No change to the given answers would let {name} catch up."),
            Fewest::AtLeast(count) => {
                format!("At least {} would have to change.", counted(*count as i64, "answer"))
            }
        })
    }

    /// Returns the rivals, grouped by how many answers would have to change for them to tie.
    pub(super) fn why_not(&self, outlook: &PartOutlook) -> Option<String> {
        let mut groups: Vec<(usize, CandidateSet)> = Vec::new();
        let mut never = CandidateSet::EMPTY;
        for (rival, fewest) in &outlook.rivals {
            let Fewest::Changes(changes) = fewest else {
                never.insert(*rival);
                continue;
            };
            match groups.iter_mut().find(|(count, _)| *count == changes.len()) {
                Some((_, rivals)) => rivals.insert(*rival),
                None => groups.push((changes.len(), CandidateSet::only(*rival))),
            }
        }
        if groups.is_empty() {
            return None;
        }
        groups.sort_by_key(|(count, _)| *count);
        let phrase = |(at, (count, rivals)): (usize, (usize, CandidateSet))| match at {
            0 => format!(
                "For {} to catch up, {} would have to change",
                self.names(rivals),
                counted_word(count, "answer")
            ),
            _ => format!("for {}, {}", self.names(rivals), number_word(count)),
        };
        let phrases: Vec<String> = groups.into_iter().enumerate().map(phrase).collect();
        let never = if never.is_empty() {
            String::new()
        } else {
            format!(
                " No change to the given answers would let {} catch up.",
                self.questionnaire.names(never, "or")
            )
        };
        Some(format!("{}.{never}", phrases.join("; ")))
    }

    pub(super) fn can_lead(&self, part: &PartAdvice, outlook: &PartOutlook) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut never, mut unknown) = (CandidateSet::EMPTY, CandidateSet::EMPTY);
        for candidate in self.questionnaire.all_candidates().iter() {
            match &outlook.verdicts[candidate] {
                Verdict::CanWin(_) => {}
                Verdict::CannotWin(_) => never.insert(candidate),
                Verdict::NotRuledOut => unknown.insert(candidate),
            }
        }
        let able = self.questionnaire.all_candidates().without(never).without(unknown).without(part.leaders);
        let settled = matches!(part.settled, Settled::Proven { .. });
        let (back, able) = (able.intersection(part.ruled_out()), able.without(part.ruled_out()));
        if !able.is_empty() {
            lines.push(format!("Can still lead: {}.", self.names(able)));
        }
        if !back.is_empty() {
            lines.push(format!(
                "Currently ruled out, but could come back depending on open questions: {}.",
                self.names(back)
            ));
        }
        if !never.is_empty() && !settled {
            lines.push(format!("Can no longer lead: {}.", self.names(never)));
        }
        if !unknown.is_empty() {
            lines.push(format!("Undecided when the search reached its limit: {}.", self.names(unknown)));
        }
        lines
    }

    pub(super) fn safest(&self, part: &PartAdvice, outlook: &PartOutlook) -> Option<String> {
        if matches!(part.settled, Settled::Proven { .. })
            || outlook.safest.is_empty()
            || outlook.safest.len() > 3
        {
            return None;
        }
        (outlook.safest != part.leaders).then(|| {
            format!(
                "Safest choice while questions are open (smallest possible loss): {}.",
                self.names(outlook.safest)
            )
        })
    }

    /// Returns the fewest changes that would bring back each candidate, if none is left.
    pub(super) fn relax(&self, part: &PartAdvice, outlook: &PartOutlook) -> Vec<String> {
        let mut lines = Vec::new();
        if !part.leaders.is_empty() {
            return lines;
        }
        for (candidate, fewest) in &outlook.relax {
            let name = self.name(*candidate);
            lines.push(match fewest {
                Fewest::Changes(changes) => {
                    format!("{name} would be possible if {}.", self.choices(part.subject, changes))
                }
                Fewest::None => format!("No change of answers would make {name} possible."),
                Fewest::AtLeast(count) => {
                    format!("{name} needs at least {}.", counted(*count as i64, "other answer"))
                }
            });
        }
        lines
    }

    /// If no candidate is left, returns the changes that would bring one back: the highest-ranked one for
    /// which changes suffice.
    pub(super) fn way_back(&self, part: &PartAdvice, outlook: &PartOutlook) -> Option<String> {
        if !part.leaders.is_empty() {
            return None;
        }
        part.ranking.iter().find_map(|standing| {
            let (candidate, fewest) =
                outlook.relax.iter().find(|(candidate, _)| *candidate == standing.candidate)?;
            let Fewest::Changes(changes) = fewest else { return None };
            Some(format!(
                "{} would be possible if {}.",
                self.name(*candidate),
                self.choices(part.subject, changes)
            ))
        })
    }
}
