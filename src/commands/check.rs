//! `langfit check`: says what is wrong with a questionnaire.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::{print, read_questions};
use crate::built_in;
use crate::cli::OutputFormat;
use crate::lint::lint;
use crate::questionnaire::{Impact, Questionnaire};
use crate::sanitize::{sanitize_json, sanitize_line};
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

/// Exit code 0 if the questionnaire has no errors, 1 if it has some, 2 if it cannot be read.
pub fn run(path: Option<&Path>, format: OutputFormat) -> Result<ExitCode> {
    let source = match path {
        Some(path) => read_questions(path)?,
        None => built_in::source(),
    };
    let outcome = Questionnaire::parse(&source).map(|questionnaire| (lint(&questionnaire), questionnaire));
    match format {
        OutputFormat::Text => print(&text(&source, &outcome))?,
        OutputFormat::Json => print(&json(&source, &outcome)?)?,
    }
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let wrong = outcome.as_ref().map_or(true, |(found, _)| found.iter().any(is_error));
    Ok(ExitCode::from(u8::from(wrong)))
}

/// A questionnaire with what its author should mend, or what makes it unusable.
type Outcome = Result<(Vec<Diagnostic>, Questionnaire), Rejected>;

fn text(source: &Source, outcome: &Outcome) -> String {
    match outcome {
        Err(rejected) => {
            format!("{rejected}\n{}\n", number(rejected.diagnostics.len(), "error"))
        }
        Ok((warnings, questionnaire)) => {
            let shown: String = warnings.iter().map(|warning| source.render(warning) + "\n").collect();
            // What a template says of each candidate is written once.
            let written = |excludes: bool| {
                let lines = questionnaire.lines().iter();
                let places = lines.filter(|line| matches!(line.impact, Impact::Excludes(_)) == excludes);
                places.map(|line| line.span.start).collect::<BTreeSet<_>>().len()
            };
            let count = |severity| warnings.iter().filter(|found| found.severity == severity).count();
            let counted = |severity, noun| match count(severity) {
                0 => format!("no {noun}s"),
                count => number(count, noun),
            };
            let errors = counted(Severity::Error, "error");
            let found = format!("{errors}, {}", counted(Severity::Warning, "warning"));
            format!(
                "{shown}{}: {found}; {}, {}, {} of evidence, {}, {}, {}\n",
                sanitize_line(&source.name),
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

fn json(source: &Source, outcome: &Outcome) -> Result<String> {
    let diagnostics = match outcome {
        Ok((warnings, _)) => warnings,
        Err(rejected) => &rejected.diagnostics,
    };
    let found: Vec<Finding<'_>> = diagnostics
        .iter()
        .map(|diagnostic| {
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
