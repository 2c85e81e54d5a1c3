//! How firm the advice is, in sentences: what is proven, what could change it, what to ask next.
//!
//! The same sentences stand on the screen, in the text and in the record. Must not compute anything
//! and never speak of probability.

use super::arguments::grouped_rulings;
use super::text::place;
use super::words::{capital, choice_names, counted, points, subject_name};
use crate::advice::{
    Advice, Certificate, Fewest, Outlook, PartAdvice, PartOutlook, Role, Settled, Verdict, role,
};
use crate::answers::Answers;
use crate::questionnaire::{Boundary, CandidateId, CandidateSet, OptionSet, QuestionId, Questionnaire, join};

/// Sentences under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The sentences, each whole, with a full stop.
    pub lines: Vec<String>,
}

/// Says how firm the advice is: parts, open questions, kit, sources.
pub fn firmness(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    outlook: &Outlook,
) -> Vec<Section> {
    let words = Words { questionnaire, answers, advice, outlook };
    let mut sections: Vec<Section> =
        advice.parts.iter().zip(&outlook.parts).map(|(part, outlook)| words.part(part, outlook)).collect();
    sections.extend(
        [words.open(), words.kit(), words.sources()].into_iter().filter(|section| !section.lines.is_empty()),
    );
    sections
}

/// Says the two or three facts about a part that matter now, without full stops.
pub fn facts(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    outlook: &Outlook,
    part: Option<usize>,
) -> Vec<String> {
    let words = Words { questionnaire, answers, advice, outlook };
    let pairs = advice.parts.iter().zip(&outlook.parts);
    let Some((advice, outlook)) = pairs.into_iter().find(|(advice, _)| advice.part == part) else {
        return Vec::new();
    };
    let facts = std::iter::once(words.lead(advice, outlook)).chain(words.fewest(outlook));
    let facts = facts.chain(words.way_back(advice, outlook));
    facts.map(|line| line.trim_end_matches('.').to_owned()).collect()
}

struct Words<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    advice: &'a Advice,
    outlook: &'a Outlook,
}

impl Words<'_> {
    fn name(&self, candidate: CandidateId) -> &str {
        &self.questionnaire[candidate].name
    }

    fn names(&self, candidates: CandidateSet) -> String {
        self.questionnaire.names(candidates, "and")
    }

    fn part(&self, part: &PartAdvice, outlook: &PartOutlook) -> Section {
        let name = subject_name(self.answers, part.part);
        let title = format!("{name}: {}", choice_names(self.questionnaire, part.choice));
        let mut lines: Vec<String> =
            std::iter::once(self.lead(part, outlook)).chain(self.fewest(outlook)).collect();
        lines.extend(self.why_not(outlook));
        lines.extend(self.can_lead(part, outlook));
        lines.extend(self.safest(part, outlook));
        lines.extend(self.relax(part, outlook));
        Section { title, lines }
    }

    /// The lead and what the open questions can do to it.
    fn lead(&self, part: &PartAdvice, outlook: &PartOutlook) -> String {
        let Some(leader) = part.leaders.single() else {
            return match part.leaders.len() {
                0 => "Every candidate is ruled out.".to_owned(),
                count if part.leaders == self.questionnaire.all_candidates() => {
                    format!("All {count} candidates are level.")
                }
                _ => format!("{} are level; a tie is a tie.", self.names(part.leaders)),
            };
        };
        let leader = self.name(leader);
        match (part.settled, outlook.cover) {
            (Settled::Proven { rival: Some(rival), behind }, _) => format!(
                "Settled: whatever the open questions bring, {leader} leads; {} stays at least {} behind.",
                self.name(rival),
                points(behind)
            ),
            (Settled::Proven { rival: None, .. }, _) => {
                format!("Settled: {leader} is the only candidate that can stay in the running.")
            }
            (Settled::NotProven, Some(cover)) => format!(
                "{leader} leads {} by {}; whether that is settled is not proven, for too many open questions hang together.",
                self.name(cover.rival),
                points(cover.lead)
            ),
            (_, Some(cover)) => {
                let rival = self.name(cover.rival);
                format!(
                    "{leader} leads {rival} by {}; the open questions can still move {} to {rival}.",
                    points(cover.lead),
                    points(cover.movable)
                )
            }
            _ => format!("{leader} leads, and the open questions can still rule it out."),
        }
    }

    fn fewest(&self, outlook: &PartOutlook) -> Option<String> {
        Some(match outlook.fewest.as_ref()? {
            Fewest::Changes(changes) => format!(
                "{} would have to change before it no longer leads alone: {}.",
                capital(&counted_word(changes.len(), "answer")),
                self.choices(changes)
            ),
            Fewest::None => "No change of the given answers would take the lead from it.".to_owned(),
            Fewest::AtLeast(count) => {
                format!("At least {} would have to change.", counted(*count as i64, "answer"))
            }
        })
    }

    /// Rivals by the number of answers they are away.
    fn why_not(&self, outlook: &PartOutlook) -> Option<String> {
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
            .map(|(count, rivals)| format!("{} {}", self.names(rivals), counted_word(count, "answer")))
            .collect();
        let never = if never.is_empty() {
            String::new()
        } else {
            format!("; {} by no change of answers", self.names(never))
        };
        Some(format!("To be level: {}{never}.", phrases.join("; ")))
    }

    fn can_lead(&self, part: &PartAdvice, outlook: &PartOutlook) -> Vec<String> {
        let mut lines = Vec::new();
        let (mut never, mut unknown) = (CandidateSet::EMPTY, CandidateSet::EMPTY);
        for candidate in self.questionnaire.all_candidates().iter() {
            match &outlook.verdicts[candidate.0] {
                Verdict::CanWin(_) => {}
                Verdict::CannotWin(_) => never.insert(candidate),
                Verdict::NotRuledOut => unknown.insert(candidate),
            }
        }
        let able = self.questionnaire.all_candidates().without(never).without(unknown).without(part.leaders);
        let settled = matches!(part.settled, Settled::Proven { .. });
        if !able.is_empty() {
            lines.push(format!("Can still lead: {}.", self.names(able)));
        }
        if !never.is_empty() && !settled {
            lines.push(format!("Can no longer lead, whatever is still answered: {}.", self.names(never)));
        }
        if !unknown.is_empty() {
            lines.push(format!("Not ruled out within the search's limit: {}.", self.names(unknown)));
        }
        lines
    }

    fn safest(&self, part: &PartAdvice, outlook: &PartOutlook) -> Option<String> {
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
    fn relax(&self, part: &PartAdvice, outlook: &PartOutlook) -> Vec<String> {
        let mut lines = Vec::new();
        for ruling in grouped_rulings(self.questionnaire, self.answers, part.part) {
            let because = ruling.because.trim_end_matches('.');
            let place = place(self.questionnaire, ruling.why);
            lines.push(format!("Ruled out: {}, because {because} ({place}).", self.names(ruling.candidates)));
        }
        if !part.leaders.is_empty() {
            return lines;
        }
        for (candidate, fewest) in &outlook.relax {
            let name = self.name(*candidate);
            lines.push(match fewest {
                Fewest::Changes(changes) => format!("{name} would be back with {}.", self.choices(changes)),
                Fewest::None => format!("No change of answers brings {name} back."),
                Fewest::AtLeast(count) => {
                    format!("{name} needs at least {}.", counted(*count as i64, "other answer"))
                }
            });
        }
        lines
    }

    /// Where nobody is left, what brings back the candidate with the highest score.
    fn way_back(&self, part: &PartAdvice, outlook: &PartOutlook) -> Option<String> {
        if !part.leaders.is_empty() {
            return None;
        }
        part.ranking.iter().find_map(|standing| {
            let (candidate, fewest) =
                outlook.relax.iter().find(|(candidate, _)| *candidate == standing.candidate)?;
            let Fewest::Changes(changes) = fewest else { return None };
            Some(format!("{} would be back with {}.", self.name(*candidate), self.choices(changes)))
        })
    }

    fn open(&self) -> Section {
        let mut lines = Vec::new();
        let titles = |pick: &dyn Fn(&crate::advice::OpenQuestion) -> bool| -> Vec<&str> {
            let picked = self.outlook.questions.iter().filter(|it| pick(it));
            picked.map(|it| self.questionnaire[it.question].title.as_str()).collect()
        };
        let whole = self.answers.parts.is_empty() && self.questionnaire.parts_question.is_some();
        if let Some(next) = self.outlook.ask_next {
            let verb = if next.find_out { "Find out" } else { "Ask next" };
            lines.push(format!("{verb}: {}", self.questionnaire[next.question].ask));
        }
        let flips = titles(&|it| it.flips);
        if !flips.is_empty() {
            lines.push(format!(
                "One answer to these can change the outcome: {}.",
                join(flips.iter().copied(), "and")
            ));
        }
        let settles = titles(&|it| it.settles && !it.flips);
        if !settles.is_empty() {
            lines.push(format!(
                "One answer to these can settle a part: {}.",
                join(settles.iter().copied(), "and")
            ));
        }
        let matters = titles(&|it| !it.moot && !it.flips && !it.settles);
        if !matters.is_empty() {
            lines.push(format!(
                "These matter only together with others: {}.",
                join(matters.iter().copied(), "and")
            ));
        }
        let moot = titles(&|it| it.moot);
        if !moot.is_empty() {
            lines
                .push(format!("These can no longer change anything: {}.", join(moot.iter().copied(), "and")));
        }
        if whole {
            lines.push(
                "All of this is said of the system as a whole; its parts are not picked yet.".to_owned(),
            );
        }
        Section { title: "Open questions".to_owned(), lines }
    }

    fn kit(&self) -> Section {
        let mut lines = Vec::new();
        let kits = &self.advice.kits;
        let mut before: Option<i64> = None;
        if self.advice.parts.len() > 1 {
            for tied in &kits.by_size {
                let Some(kit) = tied.first() else { continue };
                let count = kit.candidates.len();
                let names = self.names(kit.candidates);
                let ties =
                    if tied.len() > 1 { format!(" (one of {} that tie)", tied.len()) } else { String::new() };
                let step = match before {
                    None if count > 1 => format!(
                        "No {} can do all parts; ",
                        if count == 2 { "one language" } else { "smaller kit" }
                    ),
                    _ => String::new(),
                };
                let bought = before.map_or(String::new(), |before| match kit.net() - before {
                    0 => ", which changes nothing".to_owned(),
                    gain @ 1.. => format!(", {} better", points(gain)),
                    loss => format!(", {} worse", points(-loss)),
                });
                lines.push(format!(
                    "{step}{}: {names}{ties}, fit {} less adoption {} is {}{bought}.",
                    counted(count as i64, "language"),
                    kit.fit,
                    kit.cost,
                    kit.net()
                ));
                before = Some(kit.net());
            }
            let largest =
                kits.by_size.last().and_then(|tied| tied.first()).map_or(0, |kit| kit.candidates.len());
            if largest > 0 && largest < self.advice.parts.len() && kits.exact {
                lines.push("There is no use for a further language.".to_owned());
            }
            if !kits.exact {
                lines.push("Kits of more than four languages were not looked at.".to_owned());
            }
        }
        for part in &self.advice.parts {
            let away = part.choice.intersection(part.leaders).is_empty() && !part.leaders.is_empty();
            if let (true, Some(margin)) = (away, part.margin) {
                lines.push(format!(
                    "{} fits {} better by {}, which is not worth a further language.",
                    self.questionnaire.names(part.leaders, "or"),
                    subject_name(self.answers, part.part),
                    points(-margin)
                ));
            }
        }
        lines.extend(self.role());
        Section { title: "The kit".to_owned(), lines }
    }

    fn role(&self) -> Option<String> {
        let subject = self.name(self.questionnaire.subject);
        Some(match role(self.questionnaire, self.answers, self.advice)? {
            Role::Whole => format!("{subject} is the language of the whole system."),
            Role::Most => format!("{subject} is the language of most of the system."),
            Role::OverNative => format!("{subject} orchestrates a native core."),
            Role::Part => format!("{subject} serves some parts, behind a boundary."),
            Role::None => format!("{subject} has no part in it."),
        })
    }

    fn sources(&self) -> Section {
        let cited = |it: &&crate::advice::SourceStruck| it.changes;
        let carrying: Vec<&crate::advice::SourceStruck> = self.outlook.sources.iter().filter(cited).collect();
        let mut lines = Vec::new();
        let undecided =
            self.advice.parts.iter().any(|part| part.choice == self.questionnaire.all_candidates());
        if self.outlook.sources.is_empty() || undecided {
            return Section { title: "Sources".to_owned(), lines };
        }
        if carrying.is_empty() {
            lines.push("The choice stays the same without any one of the sources.".to_owned());
        }
        for struck in carrying {
            let parts = self
                .advice
                .parts
                .iter()
                .zip(&struck.choices)
                .filter(|(part, choice)| part.choice != **choice);
            let phrases: Vec<String> = parts
                .map(|(part, choice)| {
                    format!(
                        "{} for {}",
                        choice_names(self.questionnaire, *choice),
                        subject_name(self.answers, part.part)
                    )
                })
                .collect();
            let id = &self.questionnaire.sources[struck.source.0].id;
            lines.push(format!("Without the source {id} the choice would be {}.", phrases.join("; ")));
        }
        Section { title: "Sources".to_owned(), lines }
    }

    /// Answers as `Load: over 10,000; Control: not ours`.
    fn choices(&self, choices: &[(QuestionId, OptionSet)]) -> String {
        let phrases: Vec<String> =
            choices.iter().map(|(question, options)| self.choice(*question, *options)).collect();
        phrases.join("; ")
    }

    fn choice(&self, question: QuestionId, options: OptionSet) -> String {
        let asked = &self.questionnaire[question];
        let names: Vec<&str> = options.iter().map(|option| asked[option].name.as_str()).collect();
        let answer = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        format!("{} \u{201c}{answer}\u{201d}", asked.title)
    }
}

/// Says how the picked parts talk, those that stay as they are included.
pub fn boundaries(questionnaire: &Questionnaire, answers: &Answers) -> Option<Section> {
    let lines: Vec<String> = crossings(questionnaire, answers)
        .into_iter()
        .map(|(from, to, boundary)| {
            let because = boundary.because.trim_end_matches('.');
            let cited = questionnaire.cite(&boundary.sources);
            format!("{from} and {to}: {}, because {because} [{cited}].", boundary.by)
        })
        .collect();
    (!lines.is_empty()).then(|| Section { title: "Boundaries".to_owned(), lines })
}

/// Returns the pairs of picked parts that usually talk, with how.
pub(super) fn crossings<'a>(
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
) -> Vec<(&'a str, &'a str, &'a Boundary)> {
    let sheet = answers.sheet(questionnaire, None);
    let holds = |boundary: &&Boundary| {
        boundary.when.as_ref().is_none_or(|when| when.holds(&|literal| sheet.is_true(literal)))
    };
    let mut crossings = Vec::new();
    for boundary in questionnaire.boundaries.iter().filter(holds) {
        for from in answers.parts.iter().filter(|part| part.kind == boundary.between.0) {
            let others =
                answers.parts.iter().filter(|part| part.kind == boundary.between.1 && part.name != from.name);
            crossings.extend(others.map(|to| (from.name.as_str(), to.name.as_str(), boundary)));
        }
    }
    crossings
}

/// Says under which answers a candidate leads, or why it never does, for its ledger.
pub fn verdict_words(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    outlook: &Outlook,
    part: Option<usize>,
    candidate: CandidateId,
) -> Option<String> {
    let words = Words { questionnaire, answers, advice, outlook };
    let position = advice.parts.iter().position(|it| it.part == part)?;
    let leads = advice.parts[position].leaders.contains(candidate);
    Some(match &outlook.parts[position].verdicts[candidate.0] {
        Verdict::CanWin(_) if leads => "It leads today.".to_owned(),
        Verdict::CanWin(choices) => {
            let given: Vec<(QuestionId, OptionSet)> =
                choices.iter().filter(|(_, options)| !options.is_empty()).copied().collect();
            format!("It can still lead, for example with {}.", words.choices(&given))
        }
        Verdict::CannotWin(Certificate::RuledOut) => {
            "It stays ruled out whatever is still answered.".to_owned()
        }
        Verdict::CannotWin(Certificate::Rivals(rivals)) => {
            let rivals: CandidateSet = rivals.iter().map(|(rival, _)| *rival).collect();
            format!(
                "It can no longer lead: {} together stay ahead whatever is still answered.",
                words.names(rivals)
            )
        }
        Verdict::CannotWin(Certificate::Exhausted(_)) => {
            "It can no longer lead: every way of answering was looked at.".to_owned()
        }
        Verdict::NotRuledOut => {
            "Whether it can still lead was not found within the search's limit.".to_owned()
        }
    })
}

fn counted_word(count: usize, noun: &str) -> String {
    let number = match count {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        _ => return counted(count as i64, noun),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
