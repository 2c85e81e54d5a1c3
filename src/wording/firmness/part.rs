//! What is said of one part: its lead, the answers that would have to change, who can still lead.

use super::Words;
use crate::advice::{Cover, Fewest, PartAdvice, PartOutlook, Settled, Verdict};
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::wording::phrases::{
    capital, choice_names, counted, counted_word, exclusion_words, none_left, points,
};
use crate::wording::reasons::{grouped_rulings, reason_origin};
use crate::wording::ties::{all_level, are_level};

impl Words<'_> {
    /// The lead and what the open questions can do to it.
    pub(super) fn lead(&self, part: &PartAdvice, outlook: &PartOutlook) -> String {
        let Some(leader) = part.leaders.single() else {
            return match part.leaders.len() {
                0 if part.unusual().is_empty() => "Every candidate is ruled out.".to_owned(),
                0 => format!("{}.", capital(none_left(part))),
                count if part.leaders == self.questionnaire.all_candidates() => all_level(count),
                _ if part.choice != part.leaders && !part.choice.is_empty() => {
                    let choice = choice_names(self.questionnaire, part.choice);
                    format!("{} fit it equally well; the kit takes {choice}.", self.names(part.leaders))
                }
                _ => are_level(&self.names(part.leaders)),
            };
        };
        let leader = self.name(leader);
        if self.outlook.questions.is_empty() {
            let next = part.ranking.get(1).filter(|next| next.is_alive());
            return match next.map(|next| (self.name(next.candidate), part.ranking[0].score - next.score)) {
                Some((rival, lead)) => {
                    format!("No question is open; {leader} leads {rival} by {}.", points(lead))
                }
                None => format!("No question is open; {leader} is the only candidate in the running."),
            };
        }
        let is_out = |rival: CandidateId| part.ruled_out().contains(rival);
        match (part.settled, outlook.cover) {
            (Settled::Proven { rival: Some(rival), behind }, _) => format!(
                "Settled: whatever the open questions bring, {leader} leads; {} stays at least {} behind.",
                self.name(rival),
                points(behind)
            ),
            (Settled::Proven { rival: None, .. }, _) => {
                format!("Settled: {leader} is the only candidate that can stay in the running.")
            }
            (Settled::NotProven, cover) => {
                let alive = |cover: &Cover| !is_out(cover.rival);
                let ahead = cover.filter(alive).map_or_else(String::new, |cover| {
                    format!(" {} by {}", self.name(cover.rival), points(cover.lead))
                });
                format!(
                    "{leader} leads{ahead}; whether that is settled is not proven, for too many open questions hang together."
                )
            }
            (_, Some(cover)) if is_out(cover.rival) => {
                let ahead = match cover.movable - cover.lead {
                    0 => "level with it".to_owned(),
                    ahead => format!("up to {} ahead", points(ahead)),
                };
                format!(
                    "{leader} leads; {} is ruled out today, and the open questions can bring it back, {ahead}.",
                    self.name(cover.rival)
                )
            }
            (_, Some(cover)) => {
                let rival = self.name(cover.rival);
                format!(
                    "{leader} leads; the open questions can still move up to {} to {rival}, which is {} behind.",
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
                    0 => String::new(),
                    _ => format!(", through {}", join(through, "or")),
                };
                format!("{leader} leads{by}, and the open questions can still rule it out{through}.")
            }
        }
    }

    pub(super) fn fewest(&self, part: &PartAdvice, outlook: &PartOutlook) -> Option<String> {
        Some(match outlook.fewest.as_ref()? {
            Fewest::Changes(changes) => format!(
                "It would lose its lead if {} changed, for example with {}.",
                counted_word(changes.len(), "answer"),
                self.choices(part.subject, changes)
            ),
            Fewest::None => "No change of the given answers would take the lead from it.".to_owned(),
            Fewest::AtLeast(count) => {
                format!("At least {} would have to change.", counted(*count as i64, "answer"))
            }
        })
    }

    /// The answers that would have to change until a rival is level.
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
                "{name} would be level with {} if {} changed, for example with {}.",
                self.names(part.choice),
                counted_word(changes.len(), "answer"),
                self.choices(part.subject, changes)
            ),
            Fewest::None => format!("No change of the given answers would bring {name} level."),
            Fewest::AtLeast(count) => {
                format!("At least {} would have to change.", counted(*count as i64, "answer"))
            }
        })
    }

    /// Rivals by the number of answers they are away.
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
        let phrases: Vec<String> = groups
            .into_iter()
            .map(|(count, rivals)| format!("{} for {}", counted_word(count, "answer"), self.names(rivals)))
            .collect();
        let never = if never.is_empty() {
            String::new()
        } else {
            format!("; no change would do for {}", self.names(never))
        };
        Some(format!("To change until a rival is level: {}{never}.", phrases.join("; ")))
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
                "Out today, and can lead only where an open question brings it back: {}.",
                self.names(back)
            ));
        }
        if !never.is_empty() && !settled {
            lines.push(format!("Can no longer lead, whatever is still answered: {}.", self.names(never)));
        }
        if !unknown.is_empty() {
            lines.push(format!("Not ruled out within the search's limit: {}.", self.names(unknown)));
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
        (outlook.safest != part.leaders)
            .then(|| format!("Least to lose while questions are open: {}.", self.names(outlook.safest)))
    }

    /// Who ruled whom out, and the fewest answers that lift it.
    pub(super) fn relax(&self, part: &PartAdvice, outlook: &PartOutlook) -> Vec<String> {
        let mut lines = Vec::new();
        for ruling in grouped_rulings(self.questionnaire, self.answers, part.subject) {
            let because = ruling.because.trim_end_matches('.');
            let place = reason_origin(self.questionnaire, ruling.why);
            let how = capital(exclusion_words(ruling.exclusion));
            lines.push(format!("{how}: {}, because {because} ({place}).", self.names(ruling.candidates)));
        }
        if !part.leaders.is_empty() {
            return lines;
        }
        for (candidate, fewest) in &outlook.relax {
            let name = self.name(*candidate);
            lines.push(match fewest {
                Fewest::Changes(changes) => {
                    format!("{name} would be possible with {}.", self.choices(part.subject, changes))
                }
                Fewest::None => format!("No change of answers brings {name} back."),
                Fewest::AtLeast(count) => {
                    format!("{name} needs at least {}.", counted(*count as i64, "other answer"))
                }
            });
        }
        lines
    }

    /// Where nobody is left, what brings back the candidate with the highest score.
    pub(super) fn way_back(&self, part: &PartAdvice, outlook: &PartOutlook) -> Option<String> {
        if !part.leaders.is_empty() {
            return None;
        }
        part.ranking.iter().find_map(|standing| {
            let (candidate, fewest) =
                outlook.relax.iter().find(|(candidate, _)| *candidate == standing.candidate)?;
            let Fewest::Changes(changes) = fewest else { return None };
            Some(format!(
                "{} would be possible with {}.",
                self.name(*candidate),
                self.choices(part.subject, changes)
            ))
        })
    }
}
