//! Records: the answers and the advice as documents for people and programs, and what documents of
//! that kind say that exist already.
//!
//! One model feeds every dialect. Must not read or write files, and must give the same bytes for
//! the same session: no clock.

mod address;
mod advice_view;
mod answered;
mod arguments;
mod existing;
mod form;
mod html;
mod markdown;
mod model;
mod name;
mod outcome;
mod outlook_view;
mod slug;
mod sources;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::advice::recommend;
use crate::questionnaire::Questionnaire;
use crate::session::Session;
use crate::visible::harmless_json;

pub use advice_view::AdviceView;
pub use existing::{Existing, Relation, Relative, Superseding, Target, heading, supersede};
pub use form::{Dialect, Form, Link};
pub use html::escape as escape_html;
pub use markdown::{escape as escape_markdown, escape_link as escape_markdown_link};
pub use name::{Name, Order, Pattern, number_of, without_strangers};
pub use slug::slug;

/// Returns the advice as one JSON object.
pub fn advice_json(questionnaire: &Questionnaire, session: &Session) -> Result<String> {
    let advice = recommend(questionnaire, &session.answers);
    let view = AdviceView::new(questionnaire, session, &advice);
    let text = serde_json::to_string_pretty(&view).context("the advice cannot be written as JSON")?;
    Ok(harmless_json(&text) + "\n")
}

/// Returns the record of a session in the form that is asked for.
pub fn export(questionnaire: &Questionnaire, session: &Session, form: &Form) -> Result<String> {
    let page = || Page {
        record: model::Record::new(questionnaire, session, &recommend(questionnaire, &session.answers)),
        brief: form.brief,
        number: form.number,
        session: Some(session.id.as_str()).filter(|id| !id.is_empty()),
        sign: if form.dialect == Dialect::Log4brains { "-" } else { "*" },
        supersedes: &form.supersedes,
    };
    match form.dialect {
        Dialect::Madr => markdown::render("madr", &page()),
        Dialect::Log4brains => markdown::render("log4brains", &page()),
        Dialect::Nygard => markdown::render("nygard", &page()),
        Dialect::Markdown => markdown::render("markdown", &page()),
        Dialect::Html => html::render(&page()),
        Dialect::Json => advice_json(questionnaire, session),
    }
}

/// What a template sees.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    record: model::Record,
    brief: bool,
    /// Its number, where it has one.
    number: Option<u32>,
    /// The session that it belongs to.
    session: Option<&'a str>,
    /// The sign of a list.
    sign: &'static str,
    supersedes: &'a [Link],
}
