//! Builds the outcome of a record: what is chosen and why, and what is still open.

use super::arguments::{Argument, neutral};
use super::builder::RecordBuilder;
use super::model::DecisionOutcome;
use crate::advice::{PartAdvice, Settled};
use crate::questionnaire::{CandidateId, CandidateSet, join};
use crate::session::Chosen;
use crate::wording::{
    WHOLE, accepted_on, capital, choice_names, decided_for, headline, nothing_chosen, points, the_subject,
    way_back_words, without_full_stop,
};

/// The choice for the whole record.
pub(super) enum OverallChoice {
    /// One candidate for every part.
    One(CandidateId),
    /// Several candidates, each for some parts.
    Kit,
    /// Something other than a candidate for at least one part, candidates for the others.
    NotWeighed,
    /// At least one part has no choice yet.
    Open,
    /// No part needs a decision.
    AsItIs,
}

impl RecordBuilder<'_> {
    /// Returns what is chosen: what people decided, else what is advised.
    pub(super) fn outcome(&self) -> DecisionOutcome {
        let choice = self.choice();
        DecisionOutcome {
            chosen: self.choice_name(&choice),
            because: self.because(&choice),
            decision: self.decision(),
            otherwise: self.all_otherwise(),
            unsettled: self.unsettled(),
            next_step: self.next_step(),
            open: self.open(),
        }
    }

    /// Returns the decision in the first person plural, for the first line of a record.
    fn decision(&self) -> String {
        let uses = self.uses();
        let accepted = accepted_on(self.questionnaire, self.session, self.advice);
        let will = if accepted.is_some() { "We will" } else { "We propose to" };
        let decision = match uses.as_slice() {
            [] if self.advice.parts.is_empty() => return "We will leave every part as it is".to_owned(),
            [] => return "We will decide when more is known".to_owned(),
            // If there is only one part, its name adds nothing.
            [only] if self.advice.parts.len() == 1 => {
                format!("{will} use {}", only.strip_suffix(&format!(" for {WHOLE}")).unwrap_or(only))
            }
            [only] => format!("{will} use {only}"),
            // Separate with a comma, because each phrase may name several parts.
            [first @ .., last] => format!("{will} use {}, and {last}", first.join(", ")),
        };
        let (stuck, open): (Vec<&PartAdvice>, Vec<&PartAdvice>) =
            self.undecided().partition(|part| part.leaders.is_empty());
        let named = |parts: Vec<&PartAdvice>| self.named(parts.into_iter());
        let (one, is) = (&self.questionnaire.noun().one, |count| if count == 1 { "is" } else { "are" });
        let open = (!open.is_empty())
            .then(|| format!(". {} {} open", capital(&named(open.clone())), is(open.len())));
        let stuck = (!stuck.is_empty()).then(|| format!(". Every {one} is ruled out for {}", named(stuck)));
        format!("{decision}{}{}", open.unwrap_or_default(), stuck.unwrap_or_default())
    }

    /// Returns what to find out next while a part is undecided, without a full stop.
    fn next_step(&self) -> Option<String> {
        // Answering open questions cannot bring back what given answers rule out.
        if let Some(stuck) = self.undecided().find(|part| part.leaders.is_empty()) {
            let (advice, outlook) = (self.advice, self.outlook);
            return way_back_words(self.questionnaire, self.answers, (advice, outlook), stuck.subject);
        }
        self.undecided().next()?;
        let next = self.outlook.ask_next?;
        let asked = &self.questionnaire[next.question];
        Some(format!("To answer next: \u{201c}{}\u{201d} ({})", asked.ask, asked.title))
    }

    /// Returns what is not chosen yet and why. Parts with the same explanation are grouped.
    fn open(&self) -> Vec<String> {
        // If other parts have a choice, the decision already names the parts without a candidate.
        let is_told = |part: &PartAdvice| part.leaders.is_empty() && !self.uses().is_empty();
        let mut groups: Vec<(&PartAdvice, Vec<String>)> = Vec::new();
        for part in self.undecided().filter(|part| !is_told(part)) {
            let name = self.the_part(part);
            let alike = |other: &PartAdvice| {
                (other.choice, other.leaders, other.unusual()) == (part.choice, part.leaders, part.unusual())
            };
            match groups.iter_mut().find(|(other, _)| alike(other)) {
                Some((_, names)) => names.push(name),
                None => groups.push((part, vec![name])),
            }
        }
        let words = |(part, names): (&PartAdvice, Vec<String>)| {
            nothing_chosen(self.questionnaire, part, &join(names.iter().map(String::as_str), "and"))
        };
        groups.into_iter().map(words).collect()
    }

    /// Returns a note on the parts decided as advised while open questions can still change the advice.
    fn unsettled(&self) -> Option<String> {
        let names = self.named(self.unsettled_parts());
        Some(format!(
            "Decided without the answers to {}, which can still change the recommendation for {names}",
            self.awaited()?
        ))
    }

    /// Returns the titles of the open questions that can change the advice for parts decided as advised.
    pub(super) fn awaited(&self) -> Option<String> {
        self.unsettled_parts().next()?;
        let open = self.outlook.questions.iter().filter(|it| !it.moot);
        let titles: Vec<&str> = open.map(|it| self.questionnaire[it.question].title.as_str()).collect();
        (!titles.is_empty()).then(|| join(titles, "and"))
    }

    fn unsettled_parts(&self) -> impl Iterator<Item = &PartAdvice> {
        let is_unsettled = |part: &&PartAdvice| {
            let as_advised =
                self.decided(part).is_some_and(|it| it.is_one_of(self.questionnaire, part.choice));
            as_advised && matches!(part.settled, Settled::Open | Settled::NotProven)
        };
        self.advice.parts.iter().filter(is_unsettled)
    }

    /// Returns what was advised where people decided otherwise.
    pub(super) fn all_otherwise(&self) -> Option<String> {
        let otherwise: Vec<String> =
            self.advice.parts.iter().filter_map(|part| self.otherwise(part)).collect();
        (!otherwise.is_empty()).then(|| {
            format!(
                "Based on the answers below, the langfit questionnaire recommends {}",
                otherwise.join("; and ")
            )
        })
    }

    /// Returns what was advised for a part, if people decided otherwise.
    pub(super) fn otherwise(&self, part: &PartAdvice) -> Option<String> {
        let chosen = self.decided(part)?;
        if chosen.is_one_of(self.questionnaire, part.choice) || part.choice.is_empty() {
            return None;
        }
        let advised = choice_names(self.questionnaire, part.choice);
        let advised = format!("{advised} for {}", self.the_part(part));
        let own = chosen.candidate(self.questionnaire).and_then(|it| part.standing(it));
        let best = part.choice.iter().filter_map(|it| part.standing(it)).map(|it| it.score).max();
        Some(match own.zip(best) {
            Some((own, _)) if !own.is_alive() => {
                format!("{advised}, where {} is ruled out", chosen.name(self.questionnaire))
            }
            Some((own, best)) if best > own.score => {
                let chosen = chosen.name(self.questionnaire);
                format!("{advised}, {} ahead of {chosen}", points(best - own.score))
            }
            Some(_) => advised,
            None => format!("{advised}, but has no data on {}", chosen.name(self.questionnaire)),
        })
    }

    fn because(&self, choice: &OverallChoice) -> String {
        let advice = headline(self.questionnaire, self.answers, self.advice);
        match choice {
            OverallChoice::AsItIs => "every part stays as it is and there is nothing to decide".to_owned(),
            OverallChoice::Open if self.uses().is_empty() => {
                format!("the answers do not decide it yet: {advice}")
            }
            OverallChoice::Open if self.is_stuck() => {
                let none = format!("the answers rule out every {}", self.questionnaire.noun().one);
                format!("{none} for {}", self.named(self.undecided()))
            }
            OverallChoice::Open => {
                let is = if self.undecided().count() == 1 { "is" } else { "are" };
                format!("{} {is} still open", self.named(self.undecided()))
            }
            _ => {
                let otherwise = self.advice.parts.iter().filter(|part| self.otherwise(part).is_some());
                let otherwise = self.named(otherwise);
                match self.team_reasons().len() {
                    0 => self.lead(choice),
                    count => {
                        let (reasons, weigh, speak) = match count {
                            1 => ("reason", "weighs", "supports"),
                            _ => ("reasons", "weigh", "support"),
                        };
                        let reasons = format!("the team's {reasons} (quoted above)");
                        if otherwise.is_empty() {
                            format!("{reasons} {speak} it and {}", self.lead(choice))
                        } else {
                            format!("{reasons} {weigh} more than the recommendation for {otherwise}")
                        }
                    }
                }
            }
        }
    }

    /// Returns whether no undecided part has a candidate left, so that no answer to an open question can
    /// help.
    fn is_stuck(&self) -> bool {
        self.undecided().all(|part| part.leaders.is_empty())
    }

    /// Returns the names of parts, joined for use in a sentence.
    fn named<'p>(&self, parts: impl Iterator<Item = &'p PartAdvice>) -> String {
        let names: Vec<String> = parts.map(|part| self.the_part(part)).collect();
        join(names.iter().map(String::as_str), "and")
    }

    /// Returns the part's name for use in a sentence.
    pub(super) fn the_part(&self, part: &PartAdvice) -> String {
        the_subject(self.questionnaire, self.answers, part.subject)
    }

    /// Returns how the choice compares with the rest.
    fn lead(&self, choice: &OverallChoice) -> String {
        if let ([part], OverallChoice::One(chosen)) = (self.advice.parts.as_slice(), choice) {
            let rival = part.ranking.iter().find(|it| it.is_alive() && it.candidate != *chosen);
            let own = part.standing(*chosen).map_or(0, |it| it.score);
            return match rival.map(|rival| (own - rival.score, &self.questionnaire[rival.candidate].name)) {
                None => "all others are ruled out".to_owned(),
                Some((0, name)) => format!("it is tied with {name} and the team prefers it"),
                Some((lead @ 1.., name)) => {
                    format!("it scores the most points on these answers, {lead} more than {name}")
                }
                Some((behind, name)) => {
                    format!("the team prefers it, although it is {} behind {name}", points(-behind))
                }
            };
        }
        match choice {
            OverallChoice::Kit => {
                let fits = |part: &PartAdvice| {
                    self.chosen_for(part).is_some_and(|chosen| part.leaders.contains(chosen))
                };
                if self.advice.parts.iter().all(fits) {
                    format!("each {} scores the most points for its parts", self.questionnaire.noun().one)
                } else {
                    "it scores the most points for all parts together after adoption costs".to_owned()
                }
            }
            OverallChoice::One(_) => format!(
                "it covers every part and another {} would not justify its adoption cost",
                self.questionnaire.noun().one
            ),
            _ => "the team decided this".to_owned(),
        }
    }

    pub(super) fn decided(&self, part: &PartAdvice) -> Option<&Chosen> {
        decided_for(self.questionnaire, self.session, part.subject)
    }

    /// Returns the candidate chosen for a part: by people, else by the advice if it names a single one.
    pub(super) fn chosen_for(&self, part: &PartAdvice) -> Option<CandidateId> {
        match self.decided(part) {
            Some(chosen) => chosen.candidate(self.questionnaire),
            None => part.choice.single(),
        }
    }

    /// Returns what people chose for a part if it is not a candidate.
    fn other_for(&self, part: &PartAdvice) -> Option<&str> {
        self.decided(part).and_then(|chosen| match chosen {
            Chosen::Candidate(_) => None,
            Chosen::Other(text) => Some(text.as_str()),
        })
    }

    /// Returns everything that people chose that is not a candidate, each once.
    pub(super) fn others(&self) -> Vec<&str> {
        let mut others = Vec::new();
        for text in self.advice.parts.iter().filter_map(|part| self.other_for(part)) {
            if !others.contains(&text) {
                others.push(text);
            }
        }
        others
    }

    pub(super) fn undecided(&self) -> impl Iterator<Item = &PartAdvice> {
        let is_open = |part: &&PartAdvice| self.chosen_for(part).is_none() && self.other_for(part).is_none();
        self.advice.parts.iter().filter(is_open)
    }

    pub(super) fn choice(&self) -> OverallChoice {
        if self.advice.parts.is_empty() {
            return OverallChoice::AsItIs;
        }
        if self.undecided().next().is_some() {
            return OverallChoice::Open;
        }
        let kit: CandidateSet = self.advice.parts.iter().filter_map(|part| self.chosen_for(part)).collect();
        match kit.single() {
            _ if !self.others().is_empty() => OverallChoice::NotWeighed,
            Some(only) => OverallChoice::One(only),
            None => OverallChoice::Kit,
        }
    }

    pub(super) fn choice_name(&self, choice: &OverallChoice) -> String {
        match choice {
            OverallChoice::One(candidate) => self.option_name(*candidate),
            OverallChoice::Kit | OverallChoice::NotWeighed => {
                let names: Vec<String> = self.served().into_iter().map(|(name, _)| as_option(name)).collect();
                join(names.iter().map(String::as_str), "and")
            }
            OverallChoice::Open => match self.uses().as_slice() {
                [] => "Keep it open".to_owned(),
                uses if self.is_stuck() => {
                    let nothing = format!("nothing for {}", self.named(self.undecided()));
                    format!("{}, {nothing}", as_option(&uses.join(", ")))
                }
                uses => format!("{} now, the rest later", as_option(&uses.join(", "))),
            },
            OverallChoice::AsItIs => "Leave it as it is".to_owned(),
        }
    }

    /// Returns each choice with its parts, such as `Go for API and Agent`, in the order of each choice's
    /// first part.
    fn uses(&self) -> Vec<String> {
        let words = |(chosen, names): (&str, Vec<String>)| {
            format!("{chosen} for {}", join(names.iter().map(String::as_str), "and"))
        };
        self.served().into_iter().map(words).collect()
    }

    /// Returns each choice with the names of its parts, in the order of each choice's first part.
    pub(super) fn served(&self) -> Vec<(&str, Vec<String>)> {
        let mut groups: Vec<(&str, Vec<String>)> = Vec::new();
        for part in &self.advice.parts {
            let candidate = || self.chosen_for(part).map(|it| self.questionnaire[it].name.as_str());
            let Some(chosen) = self.other_for(part).or_else(candidate) else { continue };
            let name = self.the_part(part);
            match groups.iter_mut().find(|(other, _)| *other == chosen) {
                Some((_, names)) => names.push(name),
                None => groups.push((chosen, vec![name])),
            }
        }
        groups
    }

    /// Returns a candidate's name for use in an option.
    pub(super) fn option_name(&self, candidate: CandidateId) -> String {
        as_option(&self.questionnaire[candidate].name)
    }
}

/// Returns a name for use in an option, without text that would end it early in `Chosen option: "…", because
/// …`.
pub(super) fn as_option(name: &str) -> String {
    name.replace('"', "'").replace(", because", " because")
}

/// Returns the argument for a choice that is not a candidate.
pub(super) fn not_weighed(text: &str) -> Argument {
    let words = format!("the questionnaire has no reasons for or against {text}");
    neutral(&without_full_stop(&words))
}
