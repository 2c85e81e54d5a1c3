//! Records: documents of the answers, the advice and the decisions, for people and programs. Also parses
//! records that already exist.
//!
//! One model feeds every dialect except JSON. Must not read or write files or use the clock: the same session
//! must give the same bytes.

mod advice_view;
mod arguments;
mod builder;
mod consequences;
mod considered;
mod dialect;
mod drivers;
mod existing;
mod file_name;
mod html;
mod markdown;
mod model;
mod options;
mod outcome;
mod outlook_view;
mod precedents_view;
mod slug;
mod sources;
mod why;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::advice::recommend;
use crate::precedents::Precedents;
use crate::questionnaire::Questionnaire;
use crate::sanitize::sanitize_json;
use crate::session::Session;

pub use dialect::Dialect;
pub use existing::{
    ExistingRecord, RecordReference, Relation, RelationKind, Superseding, heading, supersede,
};
pub use file_name::{NamePattern, Numbering, RecordName, likely_records};
pub use html::escape as escape_html;
pub use markdown::{escape as escape_markdown, escape_link as escape_markdown_link};
pub use options::{RecordLink, RecordOptions};
pub use slug::slug;

/// Returns the advice as one JSON object, with the precedents near each part if precedents are given.
pub fn advice_json(
    questionnaire: &Questionnaire,
    session: &Session,
    precedents: Option<&Precedents>,
) -> Result<String> {
    let advice = recommend(questionnaire, &session.answers);
    let view = advice_view::AdviceView::new(questionnaire, session, &advice, precedents);
    let text = serde_json::to_string_pretty(&view).context("the advice cannot be written as JSON")?;
    Ok(sanitize_json(&text) + "\n")
}

/// Renders the record of a session with the given options.
pub fn render(
    questionnaire: &Questionnaire,
    session: &Session,
    options: &RecordOptions<'_>,
) -> Result<String> {
    let context = || TemplateContext {
        record: model::Record::new(
            questionnaire,
            session,
            &recommend(questionnaire, &session.answers),
            options,
        ),
        brief: options.brief,
        number: options.number,
        session: Some(session.id.as_str()).filter(|id| !id.is_empty()),
        sign: if options.dialect == Dialect::Log4brains { "-" } else { "*" },
        supersedes: &options.supersedes,
    };
    if let Some(template) = options.template {
        return markdown::render_own(template, &context());
    }
    match options.dialect {
        Dialect::Json => advice_json(questionnaire, session, options.precedents),
        Dialect::Html => html::render(&context()),
        dialect => markdown::render(&dialect.name(), &context()),
    }
}

/// The values that a template can use.
#[derive(Serialize)]
struct TemplateContext<'a> {
    #[serde(flatten)]
    record: model::Record,
    brief: bool,
    /// The number of the record, if it has one.
    number: Option<u32>,
    /// Id of the session that the record documents.
    session: Option<&'a str>,
    /// The bullet character of lists.
    sign: &'static str,
    supersedes: &'a [RecordLink],
}
