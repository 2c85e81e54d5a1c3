//! Builds a record from a session and its advice. Other modules build the longer sections, such as `outcome`
//! and `why`.

use super::arguments::ArgumentFinder;
use super::model::{
    BoundaryRow, DecidedRow, Ownership, PartRow, PrecedentRow, Record, Remark, ScoreRow, ScoreTable,
    ShareRow, SharesTable, StaysRow,
};
use super::options::RecordOptions;
use super::outcome::as_option;
use super::sources::{SourceTag, source_rows};
use super::why::Told;
use crate::advice::{self, Advice, Firmness, Outlook, PartAdvice, PartFirmness, outlook};
use crate::answers::{Answer, Answers, Subject};
use crate::questionnaire::{
    CandidateId, CandidateSet, QuestionId, Questionnaire, Say, SayKind, TextPlace, join,
};
use crate::session::Session;
use crate::wording::{
    Crossing, Crossings, DecidedView, SETTLED, WHOLE, accepted_on, capital, choice_alone, crossings, decided,
    exclusion_in_record, firmness_in_brief, near_words, percent, points, remarks_of, settled_brief, stays_in,
    subject_name, title,
};

/// Maximum number of candidates listed with their share.
const SHARES: usize = 5;
/// Maximum number of precedents listed for each part.
const PRECEDENTS: usize = 3;

impl Record {
    /// Builds the record of a session.
    pub fn new(
        questionnaire: &Questionnaire,
        session: &Session,
        advice: &Advice,
        options: &RecordOptions<'_>,
    ) -> Self {
        let answers = &session.answers;
        let outlook = &outlook(questionnaire, answers, advice);
        let firmness = advice::firmness(questionnaire, answers, advice, &|| true).ok();
        let mut record =
            RecordBuilder { questionnaire, session, answers, advice, outlook, firmness, options }.record();
        record.keep_cited_sources(options);
        record
    }
}

/// Everything from which the sections of a record are built.
pub(super) struct RecordBuilder<'a> {
    pub questionnaire: &'a Questionnaire,
    pub session: &'a Session,
    pub answers: &'a Answers,
    pub advice: &'a Advice,
    pub outlook: &'a Outlook,
    pub firmness: Option<Firmness>,
    options: &'a RecordOptions<'a>,
}

impl RecordBuilder<'_> {
    fn record(&self) -> Record {
        let details = &self.session.details;
        let crossings = crossings(self.questionnaire, self.answers);
        // Build these in reading order, because each reason appears only in the first section that uses it.
        let mut told = Told::default();
        let why = self.why(&mut told);
        let consequences = self.consequences(&mut told);
        let options = self.options(&mut told);
        let also_weighed = self.also_weighed();
        let accepted = accepted_on(self.questionnaire, self.session, self.advice);
        Record {
            title: title(self.questionnaire, self.session),
            candidate: capital(&self.questionnaire.noun().one),
            date: details.date.map(|date| date.to_string()),
            review_by: details.review_by.map(|date| date.to_string()),
            deciders: details.deciders.clone(),
            consulted: details.consulted.clone(),
            informed: details.informed.clone(),
            context: self.context(),
            problems: self.texts(TextPlace::Context).map(|(_, text)| text.clone()).collect(),
            outcome: self.outcome(),
            status: if accepted.is_some() { "accepted" } else { "proposed" },
            // Omit the day if it equals the date of the record.
            accepted_on: accepted.filter(|day| details.date != Some(*day)).map(|day| day.to_string()),
            decided: self.decided_apart(),
            team_reasons: self.team_reasons(),
            why,
            drivers: self.drivers(),
            options,
            also_weighed,
            consequences,
            is_all_answered: self.is_all_answered(),
            has_settled: self.advice.parts.iter().any(|part| settled_brief(part).ends_with(SETTLED)),
            differs: self.advice.parts.iter().any(|part| {
                self.decided(part).is_some_and(|it| !it.is_one_of(self.questionnaire, part.choice))
            }),
            parts: self.advice.parts.iter().map(|part| self.part_row(part)).collect(),
            stays: self.stays(),
            boundaries: boundaries(&crossings),
            more_boundaries: crossings.more(),
            scores: self.advice.parts.iter().map(|part| self.scores(part)).collect(),
            costs: self.advice.costs_differ(),
            firmness: self.firmness(),
            shares: self.shares(),
            precedents: self.precedents(),
            exclusions: self.arguer().exclusions(),
            assumptions: self.assumptions(),
            watch: self.remarks(SayKind::Watch),
            practices: self.remarks(SayKind::Practice),
            tensions: self.remarks(SayKind::Tension),
            reviews: self.remarks(SayKind::Review),
            awaited: self.awaited(),
            revisits: self.texts(TextPlace::Review).map(|(_, text)| text.clone()).collect(),
            ownership: self.ownership(),
            sources: source_rows(self.questionnaire, self.answers, self.advice, details.date),
            questionnaire: self.questionnaire.id().to_owned(),
            version: self.questionnaire.version().to_owned(),
            digest: self.questionnaire.digest().to_owned(),
        }
    }

    pub(super) fn arguer(&self) -> ArgumentFinder<'_> {
        ArgumentFinder { questionnaire: self.questionnaire, answers: self.answers, advice: self.advice }
    }

    pub(super) fn kit_candidates(&self) -> CandidateSet {
        self.advice.parts.iter().fold(CandidateSet::EMPTY, |all, part| all.union(part.choice))
    }

    pub(super) fn system(&self) -> String {
        let system = self.session.details.system.as_str();
        if system.is_empty() { "this system".to_owned() } else { system.to_owned() }
    }

    fn context(&self) -> String {
        let to_decide = self.advice.parts.iter().filter(|part| part.subject.part().is_some());
        let names: Vec<String> = to_decide.map(|part| self.the_part(part)).collect();
        let one = &self.questionnaire.noun().one;
        if names.is_empty() {
            let parts = match self.questionnaire.parts_question() {
                Some(_) if self.answers.parts().is_empty() => " Its parts have not been picked yet.",
                Some(_) => " Every part stays as it is.",
                None => "",
            };
            return format!("The question is which {one} to use for {}.{parts}", self.system());
        }
        let parts = join(names.iter().map(String::as_str), "and");
        match names.len() {
            1 => format!("The question is which {one} to use for {parts} of {}.", self.system()),
            _ => format!("The question is which {one} to use for each part of {}: {parts}.", self.system()),
        }
    }

    /// Returns the day on which every part was decided, if it is the same for all.
    fn decided_on(&self) -> Option<String> {
        let mut days = self.advice.parts.iter().map(|part| {
            self.decided(part)?;
            Some(self.session.decision(part.subject)?.date)
        });
        let first = days.next()??;
        days.all(|day| day == Some(first)).then(|| first.to_string())
    }

    /// Returns the decisions to list apart from the table of parts. If every part was decided on the same
    /// day, returns only decisions for parts outside the table.
    fn decided_apart(&self) -> Vec<DecidedRow> {
        let several_days = self.decided_on().is_none();
        let is_gone = |view: &DecidedView| {
            let mut parts = self.advice.parts.iter();
            !parts.any(|part| subject_name(self.answers, part.subject) == view.part)
        };
        let all = decided(self.questionnaire, self.session).into_iter();
        all.filter(|view| several_days || is_gone(view)).map(DecidedRow::from).collect()
    }

    fn part_row(&self, part: &PartAdvice) -> PartRow {
        let decided = self.decided(part);
        let chosen = decided.and_then(|it| it.candidate(self.questionnaire)).or(part.choice.single());
        let advised = choice_alone(self.questionnaire, part);
        PartRow {
            name: subject_name(self.answers, part.subject).to_owned(),
            choice: decided.map_or_else(|| advised.clone(), |it| as_option(it.name(self.questionnaire))),
            advised,
            best_other: self.best_other(part, chosen),
            settled: if decided.is_none_or(|it| it.is_one_of(self.questionnaire, part.choice)) {
                self.firmness_in_words(part, chosen)
            } else {
                "against the recommendation".to_owned()
            },
            is_decided: decided.is_some(),
        }
    }

    fn is_all_answered(&self) -> bool {
        self.outlook.questions.is_empty()
    }

    /// Returns how firm the choice for a part is, with the share of random runs in which it ranks first. The
    /// runs vary the answers to open questions, or the points if the choice is settled.
    fn firmness_in_words(&self, part: &PartAdvice, chosen: Option<CandidateId>) -> String {
        let settled = settled_brief(part);
        let firm = self.firmness.as_ref();
        let firm = firm.and_then(|firm| firm.parts.iter().find(|it| it.subject == part.subject));
        match firm.zip(chosen).filter(|_| settled.ends_with(SETTLED)) {
            Some((firm, chosen)) => {
                // Random answers cannot change a settled choice, so show random points.
                let shares = firm.answers.as_ref().filter(|_| settled != SETTLED).unwrap_or(&firm.points);
                // Without an open question, every choice is settled.
                let settled = if self.is_all_answered() { "all questions answered" } else { settled };
                format!("{settled}, first in {} of runs", percent(shares, chosen))
            }
            None => settled.to_owned(),
        }
    }

    /// Returns the best candidates besides the choice (or the candidates that tie for it), with their distance
    /// in points. Skips candidates that are ruled out.
    fn best_other(&self, part: &PartAdvice, chosen: Option<CandidateId>) -> String {
        let chosen = chosen.map_or(part.choice, CandidateSet::only);
        let others = || part.ranking.iter().filter(|it| it.is_alive() && !chosen.contains(it.candidate));
        let Some(best) = others().map(|it| it.score).max() else { return "none".to_owned() };
        let best_others: CandidateSet =
            others().filter(|it| it.score == best).map(|it| it.candidate).collect();
        let names = match best_others.len() {
            1..=3 => self.questionnaire.names(best_others, "and"),
            count => self.questionnaire.noun().counted(count),
        };
        let own = chosen.iter().filter_map(|it| part.standing(it)).find(|it| it.is_alive());
        match own.map(|own| own.score - best) {
            None => names,
            Some(0) => format!("{names}, tied"),
            Some(lead @ 1..) => format!("{names}, {} behind", points(lead)),
            Some(behind) => format!("{names}, {} ahead", points(-behind)),
        }
    }

    fn stays(&self) -> Vec<StaysRow> {
        let row = |part: &crate::answers::Part| {
            Some(StaysRow { name: part.name.clone(), stays_in: stays_in(self.questionnaire, &part.plan)? })
        };
        self.answers.parts().iter().filter_map(row).collect()
    }

    fn scores(&self, part: &PartAdvice) -> ScoreTable {
        let row = |standing: &crate::advice::Standing| ScoreRow {
            name: self.option_name(standing.candidate),
            score: standing.score,
            points_for: standing.points_for,
            points_against: -standing.points_against,
            cost: standing.fit - standing.score,
            ruled_out: standing.ruled_out.map(exclusion_in_record),
        };
        ScoreTable {
            name: subject_name(self.answers, part.subject).to_owned(),
            // Omit ruled-out candidates, which are listed as exclusions, unless no other is left.
            rows: part
                .ranking
                .iter()
                .filter(|it| it.is_alive() || part.leaders.is_empty())
                .map(row)
                .collect(),
        }
    }

    fn firmness(&self) -> Vec<String> {
        let counted = self.firmness.as_ref();
        let of = |part: &PartAdvice| {
            let chosen = self.decided(part).and_then(|it| it.candidate(self.questionnaire));
            let name = subject_name(self.answers, part.subject);
            let lines = firmness_in_brief(
                self.questionnaire,
                self.answers,
                (self.advice, self.outlook, counted),
                part.subject,
                chosen,
            );
            let lines = lines.join(" ");
            if name == WHOLE { lines } else { format!("{name}: {lines}") }
        };
        self.advice.parts.iter().map(of).collect()
    }

    fn shares(&self) -> Vec<SharesTable> {
        let Some(firmness) = &self.firmness else { return Vec::new() };
        let row = |part: &PartFirmness, candidate: CandidateId| ShareRow {
            name: self.option_name(candidate),
            answers: part.answers.as_ref().map(|shares| percent(shares, candidate)),
            points: percent(&part.points, candidate),
            per_mille: part.points.per_mille(candidate),
        };
        let table = |part: &PartFirmness| SharesTable {
            name: subject_name(self.answers, part.subject).to_owned(),
            rows: part.points.ranked().into_iter().take(SHARES).map(|it| row(part, it)).collect(),
        };
        firmness.parts.iter().map(table).collect()
    }

    /// Returns the published decisions nearest to any part, each once.
    fn precedents(&self) -> Vec<PrecedentRow> {
        let Some(precedents) = self.options.precedents else { return Vec::new() };
        let mut rows: Vec<PrecedentRow> = Vec::new();
        for part in &self.advice.parts {
            let near = near_words(self.questionnaire, precedents, self.answers, part.subject);
            // Skip precedents for another kind of part, which would need an explanation.
            let alike = near.into_iter().filter(|words| words.same_kind);
            for words in alike.take(PRECEDENTS) {
                let heading = words.heading();
                if rows.iter().all(|row| row.heading != heading) {
                    let agrees = words.agrees_in_short();
                    rows.push(PrecedentRow { heading, agrees, addresses: words.addresses });
                }
            }
        }
        rows
    }

    fn remarks(&self, kind: SayKind) -> Vec<Remark> {
        let remark = |say: &Say| Remark {
            text: say.text.clone(),
            cited: SourceTag::of(self.questionnaire, &say.sources),
        };
        // Remarks apply to what was decided, not to what was advised.
        let mut decided = self.advice.clone();
        for part in &mut decided.parts {
            if let Some(chosen) = self.chosen_for(part) {
                let chosen = CandidateSet::only(chosen);
                (part.choice, part.leaders, part.runner_up) = (chosen, chosen, CandidateSet::EMPTY);
            }
        }
        remarks_of(self.questionnaire, self.answers, &decided, kind).into_iter().map(remark).collect()
    }

    fn ownership(&self) -> Vec<Ownership> {
        let row = |(question, text): (QuestionId, &String)| Ownership {
            question: self.questionnaire[question].ask.clone(),
            answer: text.clone(),
        };
        self.texts(TextPlace::Ownership).map(row).collect()
    }

    /// Returns the answers to visible text questions that belong in one place of the record.
    fn texts(&self, place: TextPlace) -> impl Iterator<Item = (QuestionId, &String)> {
        let visible = self.answers.visible(self.questionnaire);
        let questions = self.questionnaire.question_ids();
        let meant =
            move |question: &QuestionId| visible[*question] && self.questionnaire[*question].place == place;
        questions.filter(meant).filter_map(|question| match self.answers.answer(question, Subject::System) {
            Answer::Text(text) => Some((question, text)),
            _ => None,
        })
    }
}

fn boundaries(crossings: &Crossings<'_>) -> Vec<BoundaryRow> {
    let row = |(from, to, boundary): &Crossing<'_>| BoundaryRow {
        from: (*from).to_owned(),
        to: (*to).to_owned(),
        by: boundary.by.clone(),
        because: boundary.because.clone(),
    };
    crossings.pairs.iter().map(row).collect()
}
