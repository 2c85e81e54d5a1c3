//! What a record says was chosen, among which options, and the decision as one sentence.

use super::arguments::{Argument, neutral};
use super::builder::RecordBuilder;
use super::model::{ConsideredOption, DecisionOutcome};
use super::sources::SourceTag;
use super::why::Told;
use crate::advice::PartAdvice;
use crate::answers::Plan;
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::session::Chosen;
use crate::wording::{
    WHOLE, choice_names, decided_for, headline, is_accepted, nothing_chosen, points, subject_name,
    way_back_words, without_full_stop,
};

/// Share of random answers or points, in thousandths, from which on a candidate is worth arguing about.
const OFTEN: u32 = 100;

/// The choice for the whole record.
enum OverallChoice {
    /// One candidate for every part.
    One(CandidateId),
    /// Several, each for some parts.
    Kit(CandidateSet),
    /// Something that was not weighed for some part, candidates for the others.
    NotWeighed(CandidateSet),
    /// Some part has none yet.
    Open,
    /// There is no part to decide.
    AsItIs,
}

impl RecordBuilder<'_> {
    /// Returns what is chosen: what people decided, else what is advised.
    pub(super) fn outcome(&self) -> DecisionOutcome {
        let choice = self.choice();
        // Beside something that is used, the decision says of whom every candidate is ruled out.
        let is_told = |part: &PartAdvice| part.leaders.is_empty() && !self.uses().is_empty();
        let open = self.undecided().filter(|part| !is_told(part)).map(|part| self.nothing_chosen(part));
        let open: Vec<String> = open.collect();
        DecisionOutcome {
            chosen: self.choice_name(&choice),
            because: self.because(&choice),
            decision: self.decision(),
            otherwise: self.advice.parts.iter().filter_map(|part| self.otherwise(part)).collect(),
            next_step: self.next_step(),
            open,
        }
    }

    /// The decision in the first person plural, fit for the first line of a record.
    fn decision(&self) -> String {
        let uses = self.uses();
        let accepted = is_accepted(self.questionnaire, self.session, self.advice);
        let will = if accepted { "We will" } else { "We propose to" };
        let decision = match uses.as_slice() {
            [] if self.advice.parts.is_empty() => return "We will leave every part as it is".to_owned(),
            [] => return "We keep this open until more is known".to_owned(),
            // The name of a part that is all there is says nothing.
            [only] if self.advice.parts.len() == 1 => {
                format!("{will} use {}", only.strip_suffix(&format!(" for {WHOLE}")).unwrap_or(only))
            }
            // A comma, for each of them may be for several parts.
            uses => format!("{will} use {}", uses.join(", and ")),
        };
        let (stuck, open): (Vec<&PartAdvice>, Vec<&PartAdvice>) =
            self.undecided().partition(|part| part.leaders.is_empty());
        let named = |parts: Vec<&PartAdvice>| {
            join(parts.into_iter().map(|part| subject_name(self.answers, part.subject)), "and")
        };
        let open = (!open.is_empty()).then(|| format!("; still open: {}", named(open)));
        let stuck = (!stuck.is_empty())
            .then(|| format!("; for {} every {} is ruled out", named(stuck), self.questionnaire.noun().one));
        format!("{decision}{}{}", open.unwrap_or_default(), stuck.unwrap_or_default())
    }

    /// What to find out next while something is open, without a full stop.
    fn next_step(&self) -> Option<String> {
        // No answer to an open question brings back what given answers rule out.
        if let Some(stuck) = self.undecided().find(|part| part.leaders.is_empty()) {
            let (advice, outlook) = (self.advice, self.outlook);
            return way_back_words(self.questionnaire, self.answers, (advice, outlook), stuck.subject);
        }
        self.undecided().next()?;
        let next = self.outlook.ask_next?;
        let asked = &self.questionnaire[next.question];
        Some(format!("Next to find out: {}, \u{201c}{}\u{201d}", asked.title, asked.ask))
    }

    /// Says what was advised for a part, where people decided otherwise.
    fn otherwise(&self, part: &PartAdvice) -> Option<String> {
        let chosen = self.decided(part)?;
        if chosen.is_one_of(self.questionnaire, part.choice) || part.choice.is_empty() {
            return None;
        }
        let advised = choice_names(self.questionnaire, part.choice);
        let name = subject_name(self.answers, part.subject);
        let advised = format!("On the answers below, the advice is {advised} for {name}");
        let own = chosen.candidate(self.questionnaire).and_then(|it| part.standing(it));
        let best = part.choice.iter().filter_map(|it| part.standing(it)).map(|it| it.score).max();
        Some(match own.zip(best) {
            Some((own, _)) if !own.is_alive() => {
                format!("{advised}; by them {} is ruled out there", chosen.name(self.questionnaire))
            }
            Some((own, best)) if best > own.score => {
                let chosen = chosen.name(self.questionnaire);
                format!("{advised}, {} ahead of {chosen}", points(best - own.score))
            }
            Some(_) => advised,
            None => format!("{advised}; {} was not weighed", chosen.name(self.questionnaire)),
        })
    }

    fn because(&self, choice: &OverallChoice) -> String {
        let advice = headline(self.questionnaire, self.answers, self.advice);
        match choice {
            OverallChoice::AsItIs => "every part stays as it is and nothing is to be decided".to_owned(),
            OverallChoice::Open if self.uses().is_empty() => {
                format!("the answers do not settle it: {advice}")
            }
            OverallChoice::Open if self.undecided().all(|part| part.leaders.is_empty()) => {
                format!("the answers rule out every {} for the rest", self.questionnaire.noun().one)
            }
            OverallChoice::Open => "the answers do not settle the rest".to_owned(),
            _ => self.team_says().unwrap_or_else(|| self.lead(choice)),
        }
    }

    /// Whether the team gave its own reason, where it decided otherwise than advised.
    fn team_says(&self) -> Option<String> {
        let said = |part: &&PartAdvice| {
            let decision = self.session.decision(part.subject);
            self.otherwise(part).is_some() && decision.is_some_and(|it| !it.because.trim().is_empty())
        };
        let count = self.advice.parts.iter().filter(said).count();
        match count {
            0 => None,
            1 => Some("the team's own reason, quoted above, counts for more than the advice".to_owned()),
            _ => Some("the team's own reasons, quoted above, count for more than the advice".to_owned()),
        }
    }

    /// How what is chosen stands to the rest.
    fn lead(&self, choice: &OverallChoice) -> String {
        if let ([part], OverallChoice::One(chosen)) = (self.advice.parts.as_slice(), choice) {
            let rival = part.ranking.iter().find(|it| it.is_alive() && it.candidate != *chosen);
            let own = part.standing(*chosen).map_or(0, |it| it.score);
            return match rival.map(|rival| (own - rival.score, &self.questionnaire[rival.candidate].name)) {
                None => "no other is in the running".to_owned(),
                Some((0, name)) => format!("it is level with {name} and the team prefers it"),
                Some((lead @ 1.., name)) => format!("it is {} ahead of {name}", points(lead)),
                Some((behind, name)) => format!("the team prefers it, {} behind {name}", points(-behind)),
            };
        }
        match choice {
            OverallChoice::Kit(_) => {
                let fits = |part: &PartAdvice| {
                    self.chosen_for(part).is_some_and(|chosen| part.leaders.contains(chosen))
                };
                let words = if self.advice.parts.iter().all(fits) {
                    "each part has what fits it best"
                } else {
                    "it comes out best for all parts together, adoption cost taken off"
                };
                words.to_owned()
            }
            OverallChoice::One(_) => format!(
                "it can do every part, and a further {} would not be worth its adoption cost",
                self.questionnaire.noun().one
            ),
            _ => "the team decided so".to_owned(),
        }
    }

    pub(super) fn decided(&self, part: &PartAdvice) -> Option<&Chosen> {
        decided_for(self.questionnaire, self.session, part.subject)
    }

    /// Returns the candidate that is chosen for a part: by people, else by the advice alone.
    pub(super) fn chosen_for(&self, part: &PartAdvice) -> Option<CandidateId> {
        match self.decided(part) {
            Some(chosen) => chosen.candidate(self.questionnaire),
            None => part.choice.single(),
        }
    }

    /// Returns what people chose for a part that is no candidate.
    fn other_for(&self, part: &PartAdvice) -> Option<&str> {
        self.decided(part).and_then(|chosen| match chosen {
            Chosen::Candidate(_) => None,
            Chosen::Other(text) => Some(text.as_str()),
        })
    }

    /// Everything that people chose and that is no candidate, each once.
    fn others(&self) -> Vec<&str> {
        let mut others = Vec::new();
        for text in self.advice.parts.iter().filter_map(|part| self.other_for(part)) {
            if !others.contains(&text) {
                others.push(text);
            }
        }
        others
    }

    fn undecided(&self) -> impl Iterator<Item = &PartAdvice> {
        let is_open = |part: &&PartAdvice| self.chosen_for(part).is_none() && self.other_for(part).is_none();
        self.advice.parts.iter().filter(is_open)
    }

    fn choice(&self) -> OverallChoice {
        if self.advice.parts.is_empty() {
            return OverallChoice::AsItIs;
        }
        if self.undecided().next().is_some() {
            return OverallChoice::Open;
        }
        let kit: CandidateSet = self.advice.parts.iter().filter_map(|part| self.chosen_for(part)).collect();
        match kit.single() {
            _ if !self.others().is_empty() => OverallChoice::NotWeighed(kit),
            Some(only) => OverallChoice::One(only),
            None => OverallChoice::Kit(kit),
        }
    }

    fn choice_name(&self, choice: &OverallChoice) -> String {
        match choice {
            OverallChoice::One(candidate) => self.option_name(*candidate),
            OverallChoice::Kit(kit) | OverallChoice::NotWeighed(kit) => {
                let candidates = kit.iter().map(|it| self.option_name(it));
                let names: Vec<String> = candidates.chain(self.others().into_iter().map(as_option)).collect();
                join(names.iter().map(String::as_str), "and")
            }
            OverallChoice::Open => match self.uses().as_slice() {
                [] => "Keep it open".to_owned(),
                uses => format!("{} now, the rest later", as_option(&uses.join(", "))),
            },
            OverallChoice::AsItIs => "Leave it as it is".to_owned(),
        }
    }

    /// Who is used for which parts, such as `Go for API and Agent`, in the order of the first part.
    fn uses(&self) -> Vec<String> {
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for part in &self.advice.parts {
            let candidate = || self.chosen_for(part).map(|it| self.questionnaire[it].name.as_str());
            let Some(chosen) = self.other_for(part).or_else(candidate) else { continue };
            let name = subject_name(self.answers, part.subject);
            match groups.iter_mut().find(|(other, _)| *other == chosen) {
                Some((_, names)) => names.push(name),
                None => groups.push((chosen, vec![name])),
            }
        }
        groups.into_iter().map(|(chosen, names)| format!("{chosen} for {}", join(names, "and"))).collect()
    }

    fn nothing_chosen(&self, part: &PartAdvice) -> String {
        nothing_chosen(self.questionnaire, part, subject_name(self.answers, part.subject))
    }

    /// Candidates that are chosen, each part's runner-up and best, and those that the team runs.
    fn considered(&self) -> CandidateSet {
        let mut set = self.kit_languages();
        for part in &self.advice.parts {
            set = set.union(part.runner_up);
            if let Some(decided) = self.decided(part).and_then(|it| it.candidate(self.questionnaire)) {
                set.insert(decided);
            }
            // What comes first now and then when open questions or points turn out otherwise.
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
        // A decision record compares at least two.
        let others = self.questionnaire.all_candidates().without(set);
        let missing = 2_usize.saturating_sub(set.len());
        others.iter().take(missing).for_each(|candidate| set.insert(candidate));
        set
    }

    /// Returns the options: first the choice, if it is no single candidate.
    pub(super) fn options(&self, told: &mut Told) -> Vec<ConsideredOption> {
        let choice = self.choice();
        let arguments = match &choice {
            OverallChoice::One(_) => None,
            OverallChoice::Kit(kit) => Some(vec![self.beside_one(*kit)]),
            OverallChoice::NotWeighed(_) => Some(self.others().into_iter().map(not_weighed).collect()),
            OverallChoice::Open => Some(self.open_arguments()),
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

    /// The kit that was advised where people decided otherwise, if it is one of several candidates.
    fn advised_kit(&self) -> Option<ConsideredOption> {
        self.advice.parts.iter().find(|part| self.otherwise(part).is_some())?;
        let kit = self.advice.kits.best.first().filter(|kit| kit.candidates.len() > 1)?;
        let names: Vec<String> = kit.candidates.iter().map(|it| self.option_name(it)).collect();
        let words =
            format!("it was advised: net {}, fit {} less adoption cost {}", kit.net(), kit.fit, kit.cost);
        let name = join(names.iter().map(String::as_str), "and");
        Some(ConsideredOption { name, arguments: vec![Argument::good(words)] })
    }

    /// The kit beside the best kit of one candidate. What counts is who is chosen for which part, not
    /// the best that could be done with the same candidates.
    fn beside_one(&self, kit: CandidateSet) -> Argument {
        // A part that nobody can do is not scored.
        let served = self.advice.parts.iter().filter(|part| !part.leaders.is_empty());
        let fit = |part: &PartAdvice| Some(part.standing(self.chosen_for(part)?)?.fit);
        let fit: i64 = served.filter_map(fit).sum();
        let cost: i64 = kit.iter().map(|candidate| self.advice.costs[candidate]).sum();
        let net = fit - cost;
        let mut kits = self.advice.kits.by_size.iter().flatten();
        let Some(alone) = kits.find(|other| other.candidates.len() == 1) else {
            return Argument::good(format!("no one {} can do all parts", self.questionnaire.noun().one));
        };
        let name = self.questionnaire.names(alone.candidates, "and");
        let figures = format!("for every part (net {net} and {})", alone.net());
        match net - alone.net() {
            0 => neutral(&format!("it is level with {name} {figures}")),
            gain @ 1.. => Argument::good(format!("it is {} better than {name} {figures}", points(gain))),
            loss => Argument::bad(format!("it is {} worse than {name} {figures}", points(-loss))),
        }
    }

    /// Returns what is accepted with what is chosen.
    pub(super) fn consequences(&self, told: &mut Told) -> Vec<Argument> {
        let mut consequences: Vec<Argument> = self.others().into_iter().map(not_weighed).collect();
        consequences.extend(self.arguer().drawbacks(|part| self.chosen_for(part), told));
        let kit: CandidateSet = self.advice.parts.iter().filter_map(|part| self.chosen_for(part)).collect();
        let stay = self.answers.parts().iter().filter_map(|part| match &part.plan {
            Plan::StaysIn(candidate) => Some(*candidate),
            _ => None,
        });
        let kept = stay.fold(kit, |all, candidate| all.union(CandidateSet::only(candidate)));
        if kept.len() > 1 {
            let names = self.questionnaire.names(kept, "and");
            let words = format!("{} have to be kept side by side: {names}", self.counted_noun(kept.len()));
            consequences.push(Argument::bad(words));
        }
        // With a single part it is one of the reasons.
        let new: CandidateSet = kit.iter().filter(|candidate| self.advice.costs[*candidate] > 0).collect();
        if !new.is_empty() && !self.advice.is_single() {
            let adoption = self.questionnaire.adoption();
            let cost: i64 = new.iter().map(|candidate| self.advice.costs[candidate]).sum();
            consequences.push(Argument {
                note: format!("{}, adoption cost {cost}", self.questionnaire.names(new, "and")),
                cited: SourceTag::of(self.questionnaire, &adoption.sources),
                ..Argument::bad(without_full_stop(&adoption.because))
            });
        }
        if consequences.is_empty() {
            let words = if kit.is_empty() { "nothing is decided yet" } else { "no answer speaks against it" };
            consequences.push(neutral(words));
        }
        consequences
    }

    fn counted_noun(&self, count: usize) -> String {
        self.questionnaire.noun().counted(count)
    }

    fn open_arguments(&self) -> Vec<Argument> {
        let arguments: Vec<Argument> = self
            .undecided()
            .map(|part| neutral(&self.nothing_chosen(part).replacen("Nothing", "nothing", 1)))
            .collect();
        arguments
    }

    /// A candidate's name as options need it.
    pub(super) fn option_name(&self, candidate: CandidateId) -> String {
        as_option(&self.questionnaire[candidate].name)
    }
}

/// Returns a name as options need it: without what would end the sentence about the choice.
pub(super) fn as_option(name: &str) -> String {
    name.replace('"', "'").replace(", because", " because")
}

/// What there is to say of something that people chose and that is no candidate.
fn not_weighed(text: &str) -> Argument {
    let words = format!("the questionnaire has no reasons for or against {text}");
    neutral(&without_full_stop(&words))
}
