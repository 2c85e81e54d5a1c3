//! Implements `langfit check`: reports errors in a questionnaire, its precedents and its scenarios, and runs
//! the scenarios.

mod session;
mod weights;
mod winners;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use serde::Serialize;

use super::{precedents_source, print, read_beside, read_questions};
use crate::built_in;
use crate::cli::{CheckTables, OutputFormat};
use crate::lint::{lint, lint_days, lint_precedents};
use crate::precedents::{self, Precedents};
use crate::questionnaire::{Impact, Questionnaire};
use crate::sanitize::{sanitize_json, sanitize_line};
use crate::scenarios;
use crate::session::{QuestionsOf, name_of, today};
use crate::source::{Diagnostic, Rejected, Severity, Source};
use crate::wording::counted;

#[derive(Serialize)]
struct Finding<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    severity: Severity,
    what: &'a str,
    hint: &'a str,
}

/// Prints the findings, or a table. The exit code is 0 if there are no errors, 1 if there are some, and 2 if
/// a file cannot be read.
pub fn run(
    path: Option<&Path>,
    questions: Option<&Path>,
    format: OutputFormat,
    tables: CheckTables,
) -> Result<ExitCode> {
    if let Some(path) = path.filter(|path| QuestionsOf::read(path).is_some()) {
        return session::run(path, questions, format);
    }
    if let (Some(path), Some(_)) = (path, questions) {
        bail!("{}: is not a session, so --questions does not apply; drop one of the two", name_of(path));
    }
    let path = path.or(questions);
    if let Some(path) = path {
        for (ending, what) in [(precedents::ENDING, "precedents"), (scenarios::ENDING, "scenarios")] {
            if let Some(name) = path.to_string_lossy().strip_suffix(&format!(".{ending}")) {
                bail!("{}: holds {what}; check its questionnaire {name}.ron instead", name_of(path));
            }
        }
    }
    let source = match path {
        Some(path) => read_questions(path)?,
        None => built_in::source(),
    };
    let outcome =
        Questionnaire::parse(&source).map(|questionnaire| (looked_through(&questionnaire), questionnaire));
    let beside = match &outcome {
        Ok((_, questionnaire)) => files_beside(path, questionnaire)?,
        // Companion files can only be checked against a valid questionnaire.
        Err(_) => Vec::new(),
    };
    if let Ok((_, questionnaire)) = &outcome
        && (tables.winners || tables.weights)
    {
        return table(questionnaire, format, tables);
    }
    match format {
        OutputFormat::Text => {
            let beside: String = beside.iter().map(beside_text).collect();
            print(&(text(&source, &outcome) + &beside))?;
        }
        OutputFormat::Json => print(&json(&source, &outcome, &beside)?)?,
    }
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let wrong = outcome.as_ref().map_or(true, |(found, _)| found.iter().any(is_error));
    let wrong = wrong || beside.iter().any(|beside| beside.found.iter().any(is_error));
    Ok(ExitCode::from(u8::from(wrong)))
}

/// Prints the requested table instead of the findings.
fn table(questionnaire: &Questionnaire, format: OutputFormat, tables: CheckTables) -> Result<ExitCode> {
    let table = match (tables.winners, format) {
        (true, OutputFormat::Text) => winners::text(questionnaire),
        (true, OutputFormat::Json) => winners::json(questionnaire)? + "\n",
        (false, OutputFormat::Text) => weights::text(questionnaire),
        (false, OutputFormat::Json) => weights::json(questionnaire)? + "\n",
    };
    print(table.trim_start_matches('\n'))?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the lint findings, in file order.
fn looked_through(questionnaire: &Questionnaire) -> Vec<Diagnostic> {
    let mut found = lint(questionnaire);
    found.extend(lint_days(questionnaire, today()));
    found.sort_by_key(|found| found.span.start);
    found
}

/// A companion file of the questionnaire, with its findings or the errors that make it unusable.
struct Beside {
    source: Source,
    found: Vec<Diagnostic>,
    /// A summary of the content, such as `3 precedents`; `None` if the file is unusable.
    holds: Option<String>,
}

fn files_beside(path: Option<&Path>, questionnaire: &Questionnaire) -> Result<Vec<Beside>> {
    let precedents = precedents_source(path)?.map(|source| {
        let (found, holds) = match Precedents::parse(&source, questionnaire) {
            Ok(precedents) => {
                (lint_precedents(questionnaire, &precedents), Some(number(precedents.all.len(), "precedent")))
            }
            Err(rejected) => (rejected.diagnostics, None),
        };
        Beside { source, found, holds }
    });
    let source = match path {
        None => Some(built_in::scenarios()),
        Some(path) => read_beside(path, scenarios::ENDING)?,
    };
    let scenarios = source.map(|source| {
        let (found, holds) = match scenarios::parse(&source, questionnaire) {
            Ok(scenarios) => {
                let found = scenarios.iter().flat_map(|it| scenarios::deviations(questionnaire, it));
                (found.collect(), Some(number(scenarios.len(), "scenario")))
            }
            Err(rejected) => (rejected.diagnostics, None),
        };
        Beside { source, found, holds }
    });
    Ok(precedents.into_iter().chain(scenarios).collect())
}

fn beside_text(Beside { source, found, holds }: &Beside) -> String {
    let Some(holds) = holds else {
        let rejected = Rejected { source: source.clone(), diagnostics: found.clone() };
        return format!("{rejected}\n{}\n", number(found.len(), "error"));
    };
    let shown: String = found.iter().map(|warning| source.render(warning) + "\n").collect();
    let name = sanitize_line(&source.name);
    format!("{shown}{name}: {}; {holds}\n", found_words(found))
}

/// Returns the numbers of errors and warnings, such as `no errors, 2 warnings`.
fn found_words(found: &[Diagnostic]) -> String {
    let count = |severity| found.iter().filter(|found| found.severity == severity).count();
    let counted = |severity, noun| match count(severity) {
        0 => format!("no {noun}s"),
        count => number(count, noun),
    };
    format!("{}, {}", counted(Severity::Error, "error"), counted(Severity::Warning, "warning"))
}

/// A questionnaire with its lint findings, or the errors that make it unusable.
type Outcome = Result<(Vec<Diagnostic>, Questionnaire), Rejected>;

fn text(source: &Source, outcome: &Outcome) -> String {
    match outcome {
        Err(rejected) => {
            format!("{rejected}\n{}\n", number(rejected.diagnostics.len(), "error"))
        }
        Ok((warnings, questionnaire)) => {
            let shown: String = warnings.iter().map(|warning| source.render(warning) + "\n").collect();
            // A template gives one line per candidate, but is counted once.
            let written = |excludes: bool| {
                let lines = questionnaire.lines().iter();
                let places = lines.filter(|line| matches!(line.impact, Impact::Excludes(_)) == excludes);
                places.map(|line| line.span.start).collect::<BTreeSet<_>>().len()
            };
            format!(
                "{shown}{}: {}; {}, {}, {} of evidence, {}, {}, {}\n",
                sanitize_line(&source.name),
                found_words(warnings),
                number(questionnaire.questions().len(), "question"),
                number(questionnaire.candidates().len(), "candidate"),
                number(written(false), "piece"),
                number(written(true), "exclusion"),
                number(questionnaire.rules().len(), "rule"),
                number(questionnaire.says().len(), "remark"),
            )
        }
    }
}

fn number(count: usize, noun: &str) -> String {
    counted(count as i64, noun)
}

fn json(source: &Source, outcome: &Outcome, beside: &[Beside]) -> Result<String> {
    let diagnostics = match outcome {
        Ok((warnings, _)) => warnings,
        Err(rejected) => &rejected.diagnostics,
    };
    let of_questions = diagnostics.iter().map(|diagnostic| (source, diagnostic));
    let of_files = beside.iter().flat_map(|it| it.found.iter().map(|diagnostic| (&it.source, diagnostic)));
    findings(of_questions.chain(of_files))
}

/// Returns diagnostics of files as JSON.
fn findings<'a>(found: impl Iterator<Item = (&'a Source, &'a Diagnostic)>) -> Result<String> {
    let found: Vec<Finding<'_>> = found
        .map(|(source, diagnostic)| {
            let (line, column) = source.position(diagnostic.span.start);
            Finding {
                file: &source.name,
                line,
                column,
                severity: diagnostic.severity,
                what: &diagnostic.what,
                hint: &diagnostic.hint,
            }
        })
        .collect();
    let text = serde_json::to_string_pretty(&found).context("the findings cannot be written as JSON")?;
    Ok(sanitize_json(&text) + "\n")
}
