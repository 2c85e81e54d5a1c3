//! Renders a record as one self-contained HTML page. The page must not run scripts or load anything.
//!
//! Every value is escaped, by the template engine or by a filter here. The submodules lay out the drawings,
//! and the template writes them.

mod map;
mod ranking;

use anyhow::{Context as _, Result};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, HtmlEscape, Output, State, escape_formatter};
use serde::Serialize;

use self::map::SystemMap;
use self::ranking::Ranking;
use super::TemplateContext;
use super::markdown::{sentence, target};
use crate::sanitize::sanitize;

/// The values that the template can use.
#[derive(Serialize)]
struct HtmlContext<'a> {
    #[serde(flatten)]
    page: &'a TemplateContext<'a>,
    rankings: Vec<Ranking>,
    firm: Vec<Ranking>,
    map: Option<SystemMap>,
}

/// Renders a record.
pub fn render(page: &TemplateContext<'_>) -> Result<String> {
    let mut environment = environment();
    environment
        .add_template("page", include_str!("dialect/page.html.j2"))
        .context("the template of HTML is broken")?;
    environment
        .add_template("terms", include_str!("dialect/terms.md.j2"))
        .and_then(|()| environment.add_template("review", include_str!("dialect/review.md.j2")))
        .context("the template of the review is broken")?;
    let template = environment.get_template("page").context("the template of HTML is missing")?;
    let context = HtmlContext {
        page,
        rankings: page.record.scores.iter().map(Ranking::of_scores).collect(),
        firm: page.record.shares.iter().map(Ranking::of_shares).collect(),
        map: SystemMap::new(&page.record),
    };
    let text = template.render(&context).context("the record cannot be written as HTML")?;
    Ok(text.trim_end().to_owned() + "\n")
}

/// Escapes a text for HTML content and attributes, with hidden characters spelled out.
pub fn escape(text: &str) -> Result<String> {
    Ok(environment().render_str("{{ text }}", minijinja::context! { text })?)
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_visible);
    environment.add_filter("sentence", |text: String| sentence(&text));
    environment.add_filter("tags", |cited: Vec<Value>| tags(&cited).map(Value::from_safe_string));
    environment.add_filter("told", |reason: Value| told(&reason).map(Value::from_safe_string));
    environment.add_filter("target", |file: String| Value::from_safe_string(target(&file)));
    environment
}

/// Returns the ids of sources, each as a link if it has an address.
fn tags(cited: &[Value]) -> Result<String, minijinja::Error> {
    let tag = |source: &Value| {
        let visible =
            |name| Ok::<_, minijinja::Error>(sanitize(&source.get_attr(name)?.to_string()).into_owned());
        let id = HtmlEscape(&visible("id")?).to_string();
        Ok(if source.get_attr("url")?.is_none() {
            id
        } else {
            format!("<a href=\"{}\">{id}</a>", HtmlEscape(&visible("url")?))
        })
    };
    Ok(cited.iter().map(tag).collect::<Result<Vec<_>, minijinja::Error>>()?.join(", "))
}

/// Returns a reason as a sentence, with its sources before the full stop.
fn told(reason: &Value) -> Result<String, minijinja::Error> {
    let text = sanitize(&reason.get_attr("text")?.to_string()).into_owned();
    let text = HtmlEscape(&text).to_string();
    let cited: Vec<Value> = reason.get_attr("cited")?.try_iter()?.collect();
    let tags = if cited.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"note\">({})</span>", tags(&cited)?)
    };
    Ok(format!("{text}{tags}."))
}

fn write_visible(
    output: &mut Output<'_>,
    state: &State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            escape_formatter(output, state, &Value::from(sanitize(text).as_ref()))
        }
        _ => escape_formatter(output, state, value),
    }
}

/// Cuts a text to a number of grapheme clusters, and marks the cut with an ellipsis.
fn cut(text: &str, most: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation as _;

    let text = crate::sanitize::sanitize_line(text);
    let mut clusters = text.graphemes(true);
    let mut out: String = clusters.by_ref().take(most).collect();
    if clusters.next().is_some() {
        out.push('\u{2026}');
    }
    out
}
