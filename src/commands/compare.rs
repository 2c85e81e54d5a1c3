//! Implements `langfit compare`: prints where sessions agree and differ.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::questions_file::Questionnaires;
use super::{print, tell};
use crate::cli::{CompareFormat, QuestionnaireOption};
use crate::compare::{Comparison, QuestionPair, compare};
use crate::questionnaire::{CandidateSet, Questionnaire};
use crate::record::escape_markdown as markdown;
use crate::sanitize::sanitize_json;
use crate::session::{Session, name_of};
use crate::wording::{choice_names, subject_name};

/// Prints a comparison of each pair of sessions with the same questionnaire. The exit code is 0 if every pair
/// has the same outcome, 1 if not, and 2 after an error.
pub fn run(paths: &[PathBuf], format: CompareFormat, option: &QuestionnaireOption) -> Result<ExitCode> {
    let mut questionnaires = Questionnaires::new(option.questions.as_deref())?;
    let mut sessions = Vec::with_capacity(paths.len());
    for path in paths {
        let questionnaire = questionnaires.of(path)?;
        sessions.push((name_of(path), Session::load(path, &questionnaire)?, questionnaire));
    }
    let mut pairs = Vec::new();
    let mut apart = None;
    for (index, (one, left, questionnaire)) in sessions.iter().enumerate() {
        for (other, right, theirs) in &sessions[index + 1..] {
            if questionnaire.id() != theirs.id() {
                apart = apart.or_else(|| Some([one, other].map(String::as_str)));
                continue;
            }
            let comparison = compare(questionnaire, [&left.answers, &right.answers]);
            let view = SessionPair::new(questionnaire, [one, other], [left, right], &comparison);
            pairs.push(view);
        }
    }
    if let Some([one, other]) = apart {
        let words =
            format!("{one} and {other} use different questionnaires; compare sessions of the same one");
        anyhow::ensure!(!pairs.is_empty(), "{words}");
        tell(Some(words));
    }
    let same = pairs.iter().all(|pair| pair.same_outcome);
    print(&match format {
        CompareFormat::Text => pairs.iter().map(SessionPair::text).collect::<Vec<_>>().join("\n"),
        CompareFormat::Markdown => pairs.iter().map(SessionPair::markdown).collect::<Vec<_>>().join("\n"),
        CompareFormat::Json => {
            let text = serde_json::to_string_pretty(&pairs);
            sanitize_json(&text.context("the comparison cannot be written as JSON")?) + "\n"
        }
    })?;
    Ok(ExitCode::from(u8::from(!same)))
}

/// The comparison of two sessions for output, with names instead of indices.
#[derive(Serialize)]
struct SessionPair {
    sessions: [String; 2],
    same_outcome: bool,
    parts: Vec<ComparedPart>,
    /// Titles of the questions that both sessions answer alike.
    agree: Vec<String>,
    differ: Vec<DifferingAnswer>,
    /// Questions with a note in at least one of the sessions.
    notes: Vec<ComparedNotes>,
}

#[derive(Serialize)]
struct ComparedPart {
    /// The name of the part in each session; `None` if the session has no such part.
    names: [Option<String>; 2],
    /// Ids of the candidates that the kit of each session chooses.
    choices: [Vec<String>; 2],
    same: bool,
    #[serde(skip)]
    words: [String; 2],
}

#[derive(Serialize)]
struct DifferingAnswer {
    question: String,
    title: String,
    answers: [String; 2],
    /// For each session, whether the outcomes become equal if it takes over the other session's answer to
    /// this question.
    decides: [bool; 2],
}

#[derive(Serialize)]
struct ComparedNotes {
    title: String,
    notes: [String; 2],
}

impl SessionPair {
    fn new(
        questionnaire: &Questionnaire,
        names: [&String; 2],
        sessions: [&Session; 2],
        comparison: &Comparison,
    ) -> Self {
        let title = |pair: &QuestionPair| questionnaire[pair.question].title.clone();
        let parts = comparison.parts.iter().map(|pair| {
            let side = |at: usize| pair.sides[at];
            let name = |at: usize| {
                let (subject, _) = side(at)?;
                Some(subject_name(&sessions[at].answers, subject).to_owned())
            };
            let choice = |at: usize| side(at).map_or(CandidateSet::EMPTY, |(_, choice)| choice);
            let ids = |at: usize| questionnaire.ids_of(choice(at));
            let word = |at: usize| {
                side(at)
                    .map_or("stays as it is".to_owned(), |(_, choice)| choice_names(questionnaire, choice))
            };
            ComparedPart {
                names: [name(0), name(1)],
                choices: [ids(0), ids(1)],
                same: pair.agrees(),
                words: [word(0), word(1)],
            }
        });
        let differing = comparison.questions.iter().filter(|pair| !pair.agree);
        let noted = comparison.questions.iter().filter(|pair| pair.notes.iter().any(|it| !it.is_empty()));
        Self {
            sessions: names.map(String::clone),
            same_outcome: comparison.same_outcome,
            parts: parts.collect(),
            agree: comparison.questions.iter().filter(|pair| pair.agree).map(title).collect(),
            differ: differing
                .map(|pair| DifferingAnswer {
                    question: questionnaire[pair.question].id.clone(),
                    title: title(pair),
                    answers: pair.answers.clone(),
                    decides: pair.decides,
                })
                .collect(),
            notes: noted
                .map(|pair| ComparedNotes { title: title(pair), notes: pair.notes.clone() })
                .collect(),
        }
    }

    fn verdict(&self) -> String {
        let [one, other] = &self.sessions;
        let how = if self.same_outcome { "same outcome" } else { "different outcomes" };
        format!("{one} and {other}: {how}")
    }

    /// Returns a sentence about what taking over this answer would change.
    fn decides(&self, question: &DifferingAnswer) -> Option<String> {
        let [one, other] = &self.sessions;
        let (who, whose) = match question.decides {
            [true, true] => return Some("This difference alone decides the outcome.".to_owned()),
            [true, false] => (one, other),
            [false, true] => (other, one),
            [false, false] => return None,
        };
        Some(format!("With the answer from {whose}, {who} would have the same outcome."))
    }

    fn text(&self) -> String {
        let mut out = format!("{}\n\nOutcome\n", self.verdict());
        // Writing to a string cannot fail.
        for part in &self.parts {
            let sign = if part.same { "=" } else { "≠" };
            let name = part.names.iter().flatten().next().map_or("", String::as_str);
            let _ = writeln!(out, "  {sign} {name}: {}  |  {}", part.words[0], part.words[1]);
        }
        let _ = writeln!(out, "\n{}", differing(self.differ.len()));
        for question in &self.differ {
            let _ = writeln!(out, "  {}", question.title);
            for (session, answer) in self.sessions.iter().zip(&question.answers) {
                let _ = writeln!(out, "    {session}: {answer}");
            }
            if let Some(decides) = self.decides(question) {
                let _ = writeln!(out, "    {decides}");
            }
        }
        if !self.same_outcome && !self.differ.iter().any(|question| question.decides != [false, false]) {
            let _ = writeln!(out, "  No single changed answer makes the outcomes equal.");
        }
        if !self.notes.is_empty() {
            let _ = writeln!(out, "\nNotes");
        }
        for note in &self.notes {
            let _ = writeln!(out, "  {}", note.title);
            for (session, text) in self.sessions.iter().zip(&note.notes).filter(|(_, text)| !text.is_empty())
            {
                let lines: Vec<&str> = text.lines().collect();
                let _ = writeln!(out, "    {session}: {}", lines.join("\n      "));
            }
        }
        let agree = if self.agree.is_empty() { "none".to_owned() } else { self.agree.join(", ") };
        let _ = writeln!(out, "\nSame answers: {agree}");
        out
    }

    fn markdown(&self) -> String {
        let [one, other] = self.sessions.each_ref().map(|name| markdown(name));
        let mut out = format!("## {}\n\n", markdown(&self.verdict()));
        let _ = writeln!(out, "| Part | {one} | {other} |\n| --- | --- | --- |");
        for part in &self.parts {
            let name = part.names.iter().flatten().next().map_or(String::new(), |name| markdown(name));
            let [left, right] = part.words.each_ref().map(|words| markdown(words));
            let _ = writeln!(out, "| {name} | {left} | {right} |");
        }
        if !self.differ.is_empty() {
            let _ = writeln!(out, "\n### Answers that differ\n\n| Question | {one} | {other} | Decides |");
            let _ = writeln!(out, "| --- | --- | --- | --- |");
        }
        for question in &self.differ {
            let [left, right] = question.answers.each_ref().map(|answer| markdown(answer));
            let decides = match question.decides {
                [true, true] => "yes",
                [true, false] => "if the first changes",
                [false, true] => "if the second changes",
                [false, false] => "no",
            };
            let _ = writeln!(out, "| {} | {left} | {right} | {decides} |", markdown(&question.title));
        }
        if !self.notes.is_empty() {
            let _ = writeln!(out, "\n### Notes\n\n| Question | {one} | {other} |\n| --- | --- | --- |");
        }
        for note in &self.notes {
            let [left, right] = note.notes.each_ref().map(|text| markdown(text));
            let _ = writeln!(out, "| {} | {left} | {right} |", markdown(&note.title));
        }
        let agree: Vec<String> = self.agree.iter().map(|title| markdown(title)).collect();
        let agree = if agree.is_empty() { "none".to_owned() } else { agree.join(", ") };
        let _ = writeln!(out, "\nSame answers: {agree}.");
        out
    }
}

fn differing(count: usize) -> String {
    match count {
        0 => "No answers differ".to_owned(),
        1 => "One answer differs".to_owned(),
        count => format!("{count} answers differ"),
    }
}
