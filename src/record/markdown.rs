//! Escapes untrusted text for Markdown, and renders the Markdown dialects. Untrusted text must not change the
//! structure of a record.

use std::error::Error as _;

use anyhow::{Context as _, Result};
use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, Output, State, UndefinedBehavior};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::address;
use crate::source::{Diagnostic, Rejected, Source};

/// All templates by name, including the partials that several dialects share.
const TEMPLATES: [(&str, &str); 17] = [
    ("madr", include_str!("dialect/madr.md.j2")),
    ("log4brains", include_str!("dialect/log4brains.md.j2")),
    ("nygard", include_str!("dialect/nygard.md.j2")),
    ("markdown", include_str!("dialect/markdown.md.j2")),
    ("context", include_str!("dialect/context.md.j2")),
    ("decision", include_str!("dialect/decision.md.j2")),
    ("drivers", include_str!("dialect/drivers.md.j2")),
    ("why", include_str!("dialect/why.md.j2")),
    ("argument", include_str!("dialect/argument.md.j2")),
    ("around", include_str!("dialect/around.md.j2")),
    ("table", include_str!("dialect/table.md.j2")),
    ("confirmation", include_str!("dialect/confirmation.md.j2")),
    ("review", include_str!("dialect/review.md.j2")),
    ("terms", include_str!("dialect/terms.md.j2")),
    ("more", include_str!("dialect/more.md.j2")),
    ("session", include_str!("dialect/session.md.j2")),
    ("sources", include_str!("dialect/sources.md.j2")),
];

/// Renders a built-in template.
pub fn render(template: &str, values: &impl Serialize) -> Result<String> {
    let environment = environment()?;
    let template = environment.get_template(template).context("the template is missing")?;
    let text = template.render(values).context("the record cannot be written")?;
    Ok(without_unused_links(&single_blank_lines(&text)))
}

/// Renders a team's own template, which can include the built-in partials. An error names the line and column
/// in that template.
pub fn render_own(template: &Source, values: &impl Serialize) -> Result<String> {
    const OWN: &str = "the team's own";
    let mut environment = environment()?;
    // By default, a mistyped name would render as nothing.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let wrong = |error: &minijinja::Error| template_error(template, OWN, error);
    environment.add_template(OWN, &template.text).map_err(|error| wrong(&error))?;
    let own = environment.get_template(OWN).map_err(|error| wrong(&error))?;
    let text = own.render(values).map_err(|error| wrong(&error))?;
    Ok(without_unused_links(&single_blank_lines(&text)))
}

/// Removes the link definitions, `[id]: <address>`, that no link in the text uses.
fn without_unused_links(text: &str) -> String {
    let defined = |line: &str| Some(line.strip_prefix('[')?.split_once("]: <")?.0.to_owned());
    let body: String = text.lines().filter(|line| defined(line).is_none()).collect();
    let is_used = |line: &&str| defined(line).is_none_or(|id| body.contains(&format!("[{id}]")));
    text.split_inclusive('\n').filter(|line| is_used(&line.trim_end())).collect()
}

fn template_error(template: &Source, name: &str, error: &minijinja::Error) -> Rejected {
    // Report a failure inside a built-in partial at the place that includes it.
    let mut own = error;
    while own.name() != Some(name)
        && let Some(cause) = own.source().and_then(|cause| cause.downcast_ref::<minijinja::Error>())
    {
        own = cause;
    }
    let whole = 0..template.text.len().min(1);
    let span = own.range().filter(|_| own.name() == Some(name)).unwrap_or(whole);
    let named = template.text.get(span.clone()).unwrap_or_default();
    let what = match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, _) => format!("`{named}` is not known to a template"),
        (_, Some(detail)) => detail.to_owned(),
        (kind, None) => kind.to_string(),
    };
    let hint = "docs/templates.md lists what a template can use";
    Rejected { source: template.clone(), diagnostics: vec![Diagnostic::error(span, what, hint)] }
}

fn environment() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_keep_trailing_newline(true);
    environment.set_formatter(write_escaped);
    environment.add_filter("names", |names: Vec<String>| {
        let quoted: Vec<String> = names.iter().map(|name| yaml_string(name)).collect();
        Value::from_safe_string(format!("[{}]", quoted.join(", ")))
    });
    environment.add_filter("yaml", |text: String| Value::from_safe_string(yaml_string(&text)));
    environment.add_filter("tag", |text: String| {
        let letter = |it: char| if it.is_alphanumeric() { it } else { '-' };
        Value::from_safe_string(text.to_lowercase().chars().map(letter).collect())
    });
    environment.add_filter("quoted", |text: String| Value::from_safe_string(quoted(&text, "")));
    environment.add_filter("nested", |text: String| Value::from_safe_string(quoted(&text, "  ")));
    environment.add_filter("bare", |text: String| text.trim_end_matches('.').to_owned());
    environment.add_filter("sentence", |text: String| sentence(&text));
    environment.add_filter("address", |url: String| Value::from_safe_string(format!("<{url}>")));
    environment.add_filter("tags", |cited: Vec<Value>| tags(&cited).map(Value::from_safe_string));
    environment.add_filter("told", |reason: Value| told(&reason).map(Value::from_safe_string));
    // This text follows a bracket, so it is not escaped for the start of a line.
    environment.add_filter("inline", |text: String| {
        Value::from_safe_string(escaped(crate::sanitize::sanitize_line(&text).trim(), true))
    });
    environment.add_filter("link", |text: String| Value::from_safe_string(escape_link(&text)));
    environment.add_filter("target", |file: String| Value::from_safe_string(target(&file)));
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).with_context(|| format!("the template {name} is broken"))?;
    }
    Ok(environment)
}

/// Returns the ids of sources, each as a link to its definition at the end of the record if it has an
/// address.
fn tags(cited: &[Value]) -> Result<String, minijinja::Error> {
    let tag = |source: &Value| {
        let id = source.get_attr("id")?.to_string();
        Ok(if source.get_attr("url")?.is_none() { id } else { format!("[{id}]") })
    };
    Ok(cited.iter().map(tag).collect::<Result<Vec<_>, minijinja::Error>>()?.join(", "))
}

/// Returns a reason as a sentence, with its sources before the full stop.
fn told(reason: &Value) -> Result<String, minijinja::Error> {
    let text = escape(&reason.get_attr("text")?.to_string());
    let cited: Vec<Value> = reason.get_attr("cited")?.try_iter()?.collect();
    let tags = if cited.is_empty() { String::new() } else { format!(" ({})", tags(&cited)?) };
    Ok(format!("{text}{tags}."))
}

/// Returns a text as a Markdown block quote with each line indented.
fn quoted(text: &str, indent: &str) -> String {
    let line = |line: &str| format!("{indent}> {}", escape(line)).trim_end().to_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns a text that ends with punctuation, adding a full stop if needed.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '\u{2026}', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// Percent-encodes a relative path for use as a link target.
pub fn target(file: &str) -> String {
    const ESCAPED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(file, ESCAPED).to_string()
}

fn write_escaped(
    output: &mut Output<'_>,
    _state: &State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    let text = value.to_string();
    let text = if value.is_safe() || value.is_number() { text } else { escape(&text) };
    output
        .write_str(&text)
        .map_err(|_| minijinja::Error::new(ErrorKind::WriteFailure, "the text cannot be written"))
}

/// Escapes text so that Markdown shows it literally, on its own line or within one. Web addresses become
/// links.
///
/// Trims the text, because leading space could start a code block or a list.
pub fn escape(text: &str) -> String {
    let text = crate::sanitize::sanitize_line(text);
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let escaped = escaped(text, true);
    match escaped.as_bytes().get(digits) {
        // At the start of a line, these characters start a list, a quotation or a definition, or underline a
        // heading.
        Some(b'-' | b'+' | b'=' | b':' | b'>') if digits == 0 => format!("\\{escaped}"),
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        _ => escaped,
    }
}

/// Escapes the text of a link, which cannot contain another link.
pub fn escape_link(text: &str) -> String {
    escaped(crate::sanitize::sanitize_line(text).trim(), false)
}

/// Escapes text within a line.
///
/// Uses backslashes, because Log4brains and adr-viewer show most entities literally. Braces are escaped
/// because site generators read them as templates. Dollars and carets are not, because mkdocs would show the
/// backslash.
///
/// Where `<` or `&` could have a meaning, it becomes an entity, which every reader decodes. Some readers
/// interpret these characters even after a backslash.
fn escaped(text: &str, linked: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let (before, rest) = (&text[..at], &text[at..]);
        at += character.len_utf8();
        let after = &text[at..];
        let is_word = before.ends_with(char::is_alphanumeric);
        if linked
            && !is_word
            && let Some(address) = address::leading(rest)
        {
            out.extend(["<", address, ">"]);
            at += address.len() - character.len_utf8();
            continue;
        }
        match character {
            '&' if address::is_reference(after) => out.push_str("&amp;"),
            '<' if begins_tag(after) => out.push_str("&lt;"),
            // Break up the address, because readers that turn addresses into links would show the backslashes
            // inside.
            ':' if linked && after.starts_with("//") && is_changed(after) => out.push_str(":\\"),
            '.' if ends_with_www(before) => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '{' | '}' => {
                out.extend(['\\', character]);
            }
            _ => out.push(character),
        }
    }
    out
}

/// Returns whether the text before the first white space contains a character to escape.
fn is_changed(text: &str) -> bool {
    let mut rest = text.split(char::is_whitespace).next().unwrap_or_default().chars();
    rest.any(|it| "\\`*_[]|~#!{}<&".contains(it))
}

/// Returns whether the text after `<` could make it a tag, a comment or a link. At the end of a text,
/// anything may follow.
fn begins_tag(after: &str) -> bool {
    after.is_empty() || after.starts_with(|it: char| it.is_ascii_alphabetic() || "/!?".contains(it))
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// Returns a string literal that is valid in both YAML and JSON.
fn yaml_string(text: &str) -> String {
    // Serializing a string cannot fail.
    serde_json::to_string(&crate::sanitize::sanitize_line(text).replace('|', "/")).unwrap_or_default()
}

/// Collapses consecutive blank lines, and ends the text with one newline.
///
/// Otherwise, an omitted section of a template would leave its blank lines behind. Text from outside has no
/// blank lines, because it is on one line or quoted.
fn single_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines() {
        if !(blank && line.is_empty()) {
            out.push_str(line);
            out.push('\n');
        }
        blank = line.is_empty();
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
