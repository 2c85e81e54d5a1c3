//! Formats the advice as plain text for a terminal or a pipe.

use std::fmt::Write as _;

use super::decisions::decided;
use super::firmness::{boundaries_and_remarks, firmness};
use super::phrases::{
    WHOLE, capital, counted, exclusion_words, headline, lead_words, settled_words, subject_name, title,
};
use super::questions::plan_words;
use super::reasons::{grouped_rulings, reason_origin};
use super::versus::sides;
use crate::advice::{self, Advice, Entry, PartAdvice, Standing, ledger, lifted, outlook, recommend};
use crate::answers::Plan;
use crate::questionnaire::{CandidateId, Questionnaire};
use crate::session::Session;

/// Maximum number of ledger lines shown for each of two compared candidates.
const REASONS: usize = 6;

/// Returns the advice as text.
pub fn advice_text(questionnaire: &Questionnaire, session: &Session) -> String {
    let advice = recommend(questionnaire, &session.answers);
    let mut out = String::new();
    let writer = AdviceWriter { questionnaire, session, advice: &advice };
    // Writing to a string cannot fail.
    let _ = writer.write(&mut out);
    out
}

struct AdviceWriter<'a> {
    questionnaire: &'a Questionnaire,
    session: &'a Session,
    advice: &'a Advice,
}

impl AdviceWriter<'_> {
    fn write(&self, out: &mut String) -> std::fmt::Result {
        let (questionnaire, answers) = (self.questionnaire, &self.session.answers);
        writeln!(out, "{}\n", title(questionnaire, self.session))?;
        writeln!(out, "Recommendation: {}.", headline(questionnaire, answers, self.advice))?;
        for decided in decided(questionnaire, self.session) {
            writeln!(out, "Decided: {}.", decided.line)?;
            for line in decided.because.lines() {
                writeln!(out, "  {line}")?;
            }
        }
        for part in &self.advice.parts {
            self.part(out, part)?;
        }
        for part in answers.parts().iter().filter(|part| part.plan != Plan::ToDecide) {
            writeln!(out, "\n{} {}.", part.name, plan_words(questionnaire, &part.plan))?;
        }
        let outlook = outlook(questionnaire, answers, self.advice);
        let counted = advice::firmness(questionnaire, answers, self.advice, &|| true).ok();
        let sections = firmness(questionnaire, answers, self.advice, &outlook, counted.as_ref());
        for section in sections.into_iter().chain(boundaries_and_remarks(questionnaire, answers, self.advice))
        {
            writeln!(out, "\n{}", capital(&section.title))?;
            for line in &section.lines {
                writeln!(out, "  {line}")?;
            }
        }
        self.open(out)
    }

    fn part(&self, out: &mut String, part: &PartAdvice) -> std::fmt::Result {
        let (questionnaire, answers) = (self.questionnaire, &self.session.answers);
        let name = subject_name(answers, part.subject);
        let title = if name == WHOLE { "The whole system" } else { name };
        writeln!(out, "\n{title} ({})", settled_words(questionnaire, part))?;
        let alive = part.ranking.iter().filter(|standing| standing.is_alive());
        for standing in alive.chain(part.unusual()) {
            writeln!(out, "{}", row(questionnaire, standing, self.advice.shown(standing)))?;
        }
        for ruling in grouped_rulings(questionnaire, answers, part.subject) {
            let names = questionnaire.names(ruling.candidates, "and");
            let place = reason_origin(questionnaire, ruling.why);
            let cited = questionnaire.cite(ruling.sources);
            let how = exclusion_words(ruling.exclusion);
            let names = if ruling.candidates.len() > 1 { format!("{names}; ") } else { String::new() };
            writeln!(out, "  {how}: {names}{} ({place}) [{cited}]", ruling.because)?;
        }
        let Some(choice) = part.choice.single() else { return Ok(()) };
        for ruling in lifted(questionnaire, answers, part.subject, choice) {
            let cited = questionnaire.cite(ruling.sources);
            writeln!(out, "  unusual here, but allowed by an answer: {} [{cited}]", ruling.because)?;
        }
        self.reasons(out, part, choice)
    }

    fn reasons(&self, out: &mut String, part: &PartAdvice, choice: CandidateId) -> std::fmt::Result {
        let (questionnaire, answers) = (self.questionnaire, &self.session.answers);
        let chosen = &questionnaire[choice].name;
        let (Some(rival), Some(margin)) = (part.runner_up.iter().next(), part.margin) else {
            writeln!(out, "  Why {chosen}:")?;
            let single = self.advice.costs_differ();
            let entries = ledger(questionnaire, answers, part.subject, single, choice);
            return entries.iter().try_for_each(|entry| self.reason(out, entry));
        };
        let (against, kits) = (&questionnaire[rival].name, &self.advice.kits);
        let names = questionnaire.names(part.runner_up, "and");
        let names = if margin > 0 { &names } else { against };
        writeln!(out, "  {}:", lead_words(questionnaire, kits, (chosen, names), margin))?;
        let sides = sides(questionnaire, answers, self.advice, part, (choice, rival), REASONS);
        for side in &sides.both {
            writeln!(out, "  {}", side.name)?;
            side.entries.iter().try_for_each(|entry| self.reason(out, entry))?;
            if let Some((points, count)) = side.rest {
                writeln!(out, "  {points:+4}  {}", counted(count as i64, "more reason"))?;
            }
            writeln!(out, "  {:>4}  total", side.sum)?;
        }
        writeln!(out, "  {}.", capital(&sides.total()))
    }

    fn reason(&self, out: &mut String, entry: &Entry<'_>) -> std::fmt::Result {
        let (place, cited) =
            (reason_origin(self.questionnaire, entry.why), self.questionnaire.cite(&entry.sources));
        writeln!(out, "  {:+4}  {} ({place}) [{cited}]", entry.points, entry.because)
    }

    fn open(&self, out: &mut String) -> std::fmt::Result {
        let (questionnaire, answers) = (self.questionnaire, &self.session.answers);
        let progress = answers.progress(questionnaire);
        writeln!(
            out,
            "\n{} of {} answered.",
            progress.answered,
            counted(progress.visible as i64, "question")
        )?;
        if progress.not_sure > 0 {
            writeln!(out, "Not sure about {}.", progress.not_sure)?;
        }
        if progress.set_aside > 0 {
            writeln!(
                out,
                "{} set aside because the question no longer applies.",
                counted(progress.set_aside as i64, "answer")
            )?;
        }
        if let Some(change) = self.session.change_of_questionnaire(self.questionnaire) {
            writeln!(out, "{change}.")?;
        }
        for orphan in &self.session.orphans {
            writeln!(out, "No longer in the questionnaire (kept, not counted): {}.", orphan.what)?;
        }
        Ok(())
    }
}

fn row(questionnaire: &Questionnaire, standing: &Standing, shown: i64) -> String {
    format!(
        "  {:<14}{:>4}   {:>3} for, {} against",
        questionnaire[standing.candidate].name, shown, standing.points_for, -standing.points_against
    )
}

/// Returns the message that the advice is final, with the keys or commands that record and export the
/// decision.
pub fn final_words(decides: &str, exports: &str, all_decided: bool) -> String {
    format!("Final: no open question can change this. {}.", record_words(decides, exports, all_decided))
}

/// Returns which keys or commands record and export the decision, without a full stop. If every part is
/// decided, names only the one that exports.
pub fn record_words(decides: &str, exports: &str, all_decided: bool) -> String {
    if all_decided {
        return format!("Every part is decided; {exports} exports the record");
    }
    format!("{decides} records the decision, {exports} exports it")
}
