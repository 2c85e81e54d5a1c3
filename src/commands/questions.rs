//! Implements `langfit questions`: prints the built-in questionnaire, or what a questionnaire asks without its
//! points and reasons.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use serde::Serialize;

use super::{print, questionnaire};
use crate::built_in;
use crate::cli::OutputFormat;
use crate::questionnaire::{Condition, Kind, Literal, OptionSet, Question, Questionnaire, join};
use crate::sanitize::sanitize_json;

/// What a questionnaire asks.
#[derive(Serialize)]
struct PlainQuestionnaire<'a> {
    id: &'a str,
    version: &'a str,
    title: &'a str,
    questions: Vec<PlainQuestion<'a>>,
}

/// A question with everything needed to answer it.
#[derive(Serialize)]
struct PlainQuestion<'a> {
    id: &'a str,
    title: &'a str,
    ask: &'a str,
    why: &'a str,
    /// `one`, `many`, `parts` or `text`.
    answer: &'static str,
    /// Whether the answer may differ by part.
    each_part: bool,
    /// Ids of the kinds of part to which the question applies; absent if it applies to all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kinds: Vec<&'a str>,
    /// The condition under which the question applies; absent if it always applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<PlainOption<'a>>,
}

#[derive(Serialize)]
struct PlainOption<'a> {
    id: &'a str,
    text: &'a str,
    /// Whether the option excludes the others; absent if it does not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    alone: bool,
}

/// Prints the built-in questionnaire, or with `plain` what a questionnaire asks.
pub fn run(plain: bool, format: OutputFormat, path: Option<&Path>) -> Result<ExitCode> {
    if !plain {
        print(built_in::QUESTIONS)?;
        return Ok(ExitCode::SUCCESS);
    }
    let questionnaire = questionnaire(path)?;
    let plain = plain_questionnaire(&questionnaire);
    match format {
        OutputFormat::Text => print(&text(&plain))?,
        OutputFormat::Json => {
            let json =
                serde_json::to_string_pretty(&plain).context("the questions cannot be written as JSON")?;
            print(&(sanitize_json(&json) + "\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn plain_questionnaire(questionnaire: &Questionnaire) -> PlainQuestionnaire<'_> {
    PlainQuestionnaire {
        id: questionnaire.id(),
        version: questionnaire.version(),
        title: questionnaire.title(),
        questions: questionnaire
            .questions()
            .iter()
            .map(|asked| plain_question(questionnaire, asked))
            .collect(),
    }
}

fn plain_question<'a>(questionnaire: &'a Questionnaire, asked: &'a Question) -> PlainQuestion<'a> {
    let parts = questionnaire.parts_question().map(|parts| &questionnaire[parts]);
    let kinds = asked.concerned_kinds().zip(parts);
    PlainQuestion {
        id: &asked.id,
        title: &asked.title,
        ask: &asked.ask,
        why: &asked.why,
        answer: match asked.kind {
            Kind::One => "one",
            Kind::Many => "many",
            Kind::Parts => "parts",
            Kind::Text => "text",
        },
        each_part: asked.each_part,
        kinds: kinds
            .map(|(kinds, parts)| kinds.iter().map(|kind| parts[kind].id.as_str()).collect())
            .unwrap_or_default(),
        when: asked.when.as_ref().map(|when| condition(questionnaire, when)),
        options: asked
            .options
            .iter()
            .map(|option| PlainOption { id: &option.id, text: &option.text, alone: option.alone })
            .collect(),
    }
}

/// Returns a condition in words, with ids.
fn condition(questionnaire: &Questionnaire, of: &Condition) -> String {
    match of {
        Condition::Is(literal) => literal_words(questionnaire, *literal),
        Condition::This(kinds) => match questionnaire.parts_question() {
            Some(parts) => {
                let ids = kinds.iter().map(|kind| questionnaire[parts][kind].id.as_str());
                format!("the part is of kind {}", join(ids, "or"))
            }
            None => "never".to_owned(),
        },
        Condition::SeveralParts => "there are at least two parts".to_owned(),
        Condition::Not(inner) => format!("not {}", in_brackets(questionnaire, inner)),
        Condition::All(inner) => {
            let inner: Vec<String> = inner.iter().map(|it| in_brackets(questionnaire, it)).collect();
            inner.join(" and ")
        }
        Condition::Any(inner) => {
            // Merge all kinds of part into one phrase.
            let (kinds, others): (Vec<&Condition>, Vec<&Condition>) =
                inner.iter().partition(|it| matches!(it, Condition::This(_)));
            let kinds = kinds.into_iter().fold(OptionSet::EMPTY, |all, kind| match kind {
                Condition::This(more) => all.union(*more),
                _ => all,
            });
            let this = (!kinds.is_empty()).then(|| condition(questionnaire, &Condition::This(kinds)));
            let others = others.into_iter().map(|it| in_brackets(questionnaire, it));
            this.into_iter().chain(others).collect::<Vec<_>>().join(" or ")
        }
    }
}

fn in_brackets(questionnaire: &Questionnaire, inner: &Condition) -> String {
    let words = condition(questionnaire, inner);
    match inner {
        Condition::All(several) | Condition::Any(several) if several.len() > 1 => format!("({words})"),
        _ => words,
    }
}

fn literal_words(questionnaire: &Questionnaire, literal: Literal) -> String {
    let asked = &questionnaire[literal.question];
    let ids = join(literal.options.iter().map(|option| asked[option].id.as_str()), "or");
    let is = if literal.holds { "is" } else { "is not" };
    format!("{} {is} {ids}", asked.id)
}

fn text(plain: &PlainQuestionnaire<'_>) -> String {
    let mut text = format!("{}\nQuestionnaire {}, version {}\n", plain.title, plain.id, plain.version);
    for asked in &plain.questions {
        let answer = match asked.answer {
            "one" => "one option",
            "many" => "any number of options",
            "parts" => "any number of parts, each of one kind",
            _ => "text",
        };
        let each_part = if asked.each_part { ", may differ by part" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{}: {}", asked.id, asked.ask);
        let _ = writeln!(text, "  {}", asked.why);
        let _ = writeln!(text, "  Answer: {answer}{each_part}");
        if !asked.kinds.is_empty() {
            let _ = writeln!(text, "  Only for parts of kind {}", join(asked.kinds.iter().copied(), "or"));
        }
        if let Some(when) = &asked.when {
            let _ = writeln!(text, "  Applies if {when}");
        }
        for option in &asked.options {
            let alone = if option.alone { " (excludes the others)" } else { "" };
            let _ = writeln!(text, "    {}: {}{alone}", option.id, option.text);
        }
    }
    text
}
