//! Selects the options that a record compares, with their arguments.

use super::arguments::{Argument, neutral};
use super::builder::RecordBuilder;
use super::model::ConsideredOption;
use super::outcome::{OverallChoice, as_option, not_weighed};
use super::why::Told;
use crate::advice::PartAdvice;
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::wording::points;

/// Minimum share of random runs, in thousandths, in which a candidate ranks first to be worth comparing.
const OFTEN: u32 = 100;

impl RecordBuilder<'_> {
    /// Returns the candidates to compare: those advised or decided, runners-up, those often first in random
    /// runs, and those the team already uses. Adds others if there are fewer than two.
    fn considered(&self) -> CandidateSet {
        let mut set = self.kit_candidates();
        for part in &self.advice.parts {
            set = set.union(part.runner_up);
            if let Some(decided) = self.decided(part).and_then(|it| it.candidate(self.questionnaire)) {
                set.insert(decided);
            }
            // Add candidates that often rank first when answers to open questions or points vary.
            let firm = self.firmness.as_ref();
            let firm = firm.and_then(|firm| firm.parts.iter().find(|it| it.subject == part.subject));
            let shares = firm.into_iter().flat_map(|firm| firm.answers.iter().chain([&firm.points]));
            let often = |it: &CandidateId| {
                part.leaders.len() <= 3 && shares.clone().any(|shares| shares.per_mille(*it) >= OFTEN)
            };
            let alive = part.ranking.iter().filter(|it| it.is_alive()).map(|it| it.candidate);
            alive.filter(often).for_each(|candidate| set.insert(candidate));
        }
        let has = |it: &CandidateId| self.questionnaire[*it].adoption > 0 && self.advice.costs[*it] == 0;
        self.questionnaire.all_candidates().iter().filter(has).for_each(|candidate| set.insert(candidate));
        // A decision record compares at least two options.
        let others = self.questionnaire.all_candidates().without(set);
        let missing = 2_usize.saturating_sub(set.len());
        others.iter().take(missing).for_each(|candidate| set.insert(candidate));
        set
    }

    /// Returns the options, starting with the choice if it is not a single candidate.
    pub(super) fn options(&self, told: &mut Told) -> Vec<ConsideredOption> {
        let choice = self.choice();
        let arguments = match &choice {
            OverallChoice::One(_) => None,
            OverallChoice::Kit => Some(vec![self.beside_one()]),
            OverallChoice::NotWeighed => Some(self.others().into_iter().map(not_weighed).collect()),
            OverallChoice::Open => Some(vec![neutral("nothing has been chosen for the rest")]),
            OverallChoice::AsItIs => Some(vec![neutral("every part stays as it is")]),
        };
        let first =
            arguments.map(|arguments| ConsideredOption { name: self.choice_name(&choice), arguments });
        let chosen = self.choice_name(&choice);
        let advised = self.advised_kit().filter(|it| it.name != chosen);
        let others = self.others().into_iter().filter(|text| as_option(text) != chosen);
        let others =
            others.map(|text| ConsideredOption { name: as_option(text), arguments: vec![not_weighed(text)] });
        let rest = self.considered().iter().map(|candidate| ConsideredOption {
            name: self.option_name(candidate),
            arguments: self.arguer().arguments(candidate, told),
        });
        first.into_iter().chain(advised).chain(others).chain(rest).collect()
    }

    /// Returns the candidates that are not among the options but in the running for at least one part, in
    /// file order.
    pub(super) fn also_weighed(&self) -> Vec<String> {
        let considered = self.considered();
        let alive = self.advice.parts.iter().flat_map(|part| &part.ranking).filter(|it| it.is_alive());
        let others: CandidateSet =
            alive.map(|it| it.candidate).filter(|it| !considered.contains(*it)).collect();
        others.iter().map(|it| self.option_name(it)).collect()
    }

    /// Returns the advised kit as an option, if it has several candidates and people decided otherwise.
    fn advised_kit(&self) -> Option<ConsideredOption> {
        self.advice.parts.iter().find(|part| self.otherwise(part).is_some())?;
        let kit = self.advice.kits.best.first().filter(|kit| kit.candidates.len() > 1)?;
        let names: Vec<String> = kit.candidates.iter().map(|it| self.option_name(it)).collect();
        let words = format!(
            "it was recommended, with {} for all parts and {} for what the team chose",
            points(kit.net()),
            self.net()
        );
        let name = join(names.iter().map(String::as_str), "and");
        Some(ConsideredOption { name, arguments: vec![Argument::good(words)] })
    }

    /// Returns the points of the choices for all parts, minus adoption cost.
    fn net(&self) -> i64 {
        // A part that no candidate can serve has no score.
        let served = self.advice.parts.iter().filter(|part| !part.leaders.is_empty());
        let fit = |part: &PartAdvice| Some(part.standing(self.chosen_for(part)?)?.fit);
        let kit: CandidateSet = self.advice.parts.iter().filter_map(|part| self.chosen_for(part)).collect();
        let cost: i64 = kit.iter().map(|candidate| self.advice.costs[candidate]).sum();
        served.filter_map(fit).sum::<i64>() - cost
    }

    /// Compares the kit with the best kit of one candidate. Scores the actual choice for each part, not the
    /// best assignment of the same candidates.
    fn beside_one(&self) -> Argument {
        let net = self.net();
        let mut kits = self.advice.kits.by_size.iter().flatten();
        let Some(alone) = kits.find(|other| other.candidates.len() == 1) else {
            return Argument::good(format!(
                "no single {} can cover all parts",
                self.questionnaire.noun().one
            ));
        };
        let name = self.questionnaire.names(alone.candidates, "and");
        let figures = format!("for every part ({} and {})", points(net), alone.net());
        match net - alone.net() {
            0 => neutral(&format!("it is tied with {name} {figures}")),
            gain @ 1.. => Argument::good(format!("it is {} better than {name} {figures}", points(gain))),
            loss => Argument::bad(format!("it is {} worse than {name} {figures}", points(-loss))),
        }
    }
}
