//! What a record says was chosen, among which options, and the decision as one sentence.

use super::arguments::{Argument, neutral};
use super::model::{ConsideredOption, DecisionOutcome, RecordBuilder};
use crate::advice::{PartAdvice, Why, ledger};
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::session::Chosen;
use crate::wording::{
    WHOLE, decided_for, headline, is_accepted, nothing_chosen, points, subject_name, without_full_stop,
};

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
        let uses = self.uses();
        let phrase = if uses.is_empty() { "nothing is chosen yet".to_owned() } else { uses.join("; ") };
        DecisionOutcome {
            chosen: self.choice_name(&choice),
            because: self.because(&choice, &phrase),
            phrase,
            uses: uses.iter().map(|words| format!("use {words}")).collect(),
            open: self.undecided().map(|part| self.nothing_chosen(part)).collect(),
        }
    }

    fn because(&self, choice: &OverallChoice, phrase: &str) -> String {
        let advice = headline(self.questionnaire, self.answers, self.advice);
        let accepted = is_accepted(self.questionnaire, self.session, self.advice);
        let mut people = self.advice.parts.iter().filter(|part| self.decided(part).is_some());
        let follows = |part: &PartAdvice| {
            self.decided(part).is_some_and(|it| it.is_one_of(self.questionnaire, part.choice))
        };
        let follow = self.advice.parts.iter().all(follows);
        match choice {
            OverallChoice::AsItIs => "every part stays as it is and nothing is to be decided".to_owned(),
            OverallChoice::Open => format!("the answers do not settle it: {advice}"),
            _ if accepted && follow => format!("the team decided so, as advised: {phrase}"),
            _ if accepted => format!("the team decided so: {phrase}"),
            _ if people.next().is_some() => {
                format!("the team decided a part of it and the answers recommend the rest: {phrase}")
            }
            _ => format!("the answers recommend it: {phrase}"),
        }
    }

    fn decided(&self, part: &PartAdvice) -> Option<&Chosen> {
        decided_for(self.questionnaire, self.session, part.subject)
    }

    /// Returns the candidate that is chosen for a part: by people, else by the advice alone.
    fn chosen_for(&self, part: &PartAdvice) -> Option<CandidateId> {
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
            OverallChoice::Open => "Keep it open".to_owned(),
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
            // What a reader expects to be weighed.
            let ranked = part.ranking.iter().filter(|it| it.is_alive()).map(|it| it.candidate);
            if part.leaders.len() <= 3 {
                ranked.take(3).for_each(|candidate| set.insert(candidate));
            }
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
    pub(super) fn options(&self) -> Vec<ConsideredOption> {
        let choice = self.choice();
        let arguments = match &choice {
            OverallChoice::One(_) => None,
            OverallChoice::Kit(kit) => Some(self.kit_arguments(*kit)),
            OverallChoice::NotWeighed(_) => Some(self.others().into_iter().map(not_weighed).collect()),
            OverallChoice::Open => Some(self.open_arguments()),
            OverallChoice::AsItIs => Some(vec![neutral("every part stays as it is")]),
        };
        let first =
            arguments.map(|arguments| ConsideredOption { name: self.choice_name(&choice), arguments });
        let chosen = self.choice_name(&choice);
        let others = self.others().into_iter().filter(|text| as_option(text) != chosen);
        let others =
            others.map(|text| ConsideredOption { name: as_option(text), arguments: vec![not_weighed(text)] });
        let rest = self.considered().iter().map(|candidate| ConsideredOption {
            name: self.option_name(candidate),
            arguments: self.arguer().arguments(candidate),
        });
        first.into_iter().chain(others).chain(rest).collect()
    }

    /// The kit beside the best kit of one candidate. What counts is who is chosen for which part, not
    /// the best that could be done with the same candidates.
    fn kit_arguments(&self, kit: CandidateSet) -> Vec<Argument> {
        let noun = self.questionnaire.noun();
        // A part that nobody can do is not scored.
        let served = self.advice.parts.iter().filter(|part| !part.leaders.is_empty());
        let fit = |part: &PartAdvice| Some(part.standing(self.chosen_for(part)?)?.fit);
        let fit: i64 = served.filter_map(fit).sum();
        let cost: i64 = kit.iter().map(|candidate| self.advice.costs[candidate]).sum();
        let net = fit - cost;
        let mut kits = self.advice.kits.by_size.iter().flatten();
        let mut arguments = vec![match kits.find(|other| other.candidates.len() == 1) {
            Some(alone) => {
                let name = self.questionnaire.names(alone.candidates, "and");
                let figures = format!("net {net} and {}", alone.net());
                match net - alone.net() {
                    0 => neutral(&format!("it is level with {name} for every part ({figures})")),
                    gain @ 1.. => Argument::good(format!(
                        "it is {} better than {name} for every part ({figures})",
                        points(gain)
                    )),
                    loss => Argument::bad(format!(
                        "it is {} worse than {name} for every part ({figures})",
                        points(-loss)
                    )),
                }
            }
            None => Argument::good(format!("no one {} can do all parts", noun.one)),
        }];
        if cost > 0 {
            arguments.push(Argument::bad(format!("adopting it costs {}", points(cost))));
        }
        arguments.push(neutral(&format!("it keeps {} side by side", noun.counted(kit.len()))));
        arguments
    }

    /// Returns what follows from what is chosen.
    pub(super) fn consequences(&self) -> Vec<Argument> {
        let mut consequences: Vec<Argument> = self.others().into_iter().map(not_weighed).collect();
        let is_weighed = self.advice.parts.iter().any(|part| self.chosen_for(part).is_some());
        let beside = !consequences.is_empty();
        if is_weighed || !beside {
            consequences.extend(self.arguer().consequences(beside, |part| self.chosen_for(part)));
        }
        consequences
    }

    fn open_arguments(&self) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = self
            .undecided()
            .map(|part| neutral(&self.nothing_chosen(part).replacen("Nothing", "nothing", 1)))
            .collect();
        if let Some(next) = self.outlook.ask_next {
            let ask = &self.questionnaire[next.question].ask;
            arguments.push(neutral(&format!("the next thing to find out is: {ask}")));
        }
        arguments
    }

    /// A candidate's name as options need it.
    pub(super) fn option_name(&self, candidate: CandidateId) -> String {
        as_option(&self.questionnaire[candidate].name)
    }

    /// Returns the decision as one sentence; the part with the widest margin speaks for it.
    pub(super) fn statement(&self) -> Option<String> {
        let decided = self.advice.parts.iter().filter(|part| part.choice.len() == 1);
        let part = decided.max_by_key(|part| part.margin)?;
        let choice = part.choice.single()?;
        let entries = ledger(self.questionnaire, self.answers, part.subject, self.advice.is_single(), choice);
        let strongest = entries.iter().find(|entry| entry.points > 0)?;
        let weakest = entries.iter().filter(|entry| entry.points < 0).min_by_key(|entry| entry.points);
        let name = subject_name(self.answers, part.subject);
        let system = self.system();
        let place_of = if name == WHOLE { system } else { format!("{name} in {system}") };
        let facing = match strongest.why {
            Why::Option(question, option) => {
                format!(", facing \u{201c}{}\u{201d}", self.questionnaire[question][option].text)
            }
            _ => String::new(),
        };
        let against = match self.questionnaire.names(part.runner_up, "and").as_str() {
            "" => String::new(),
            names if part.runner_up.len() <= 4 => format!(" and against {names}"),
            _ => String::new(),
        };
        let accepting =
            weakest.map(|entry| format!(", accepting that {}", without_full_stop(&entry.because)));
        Some(format!(
            "In the context of {place_of}{facing}, the advice is for {}{against}, because {}{}.",
            self.questionnaire[choice].name,
            without_full_stop(&strongest.because),
            accepting.unwrap_or_default(),
        ))
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
