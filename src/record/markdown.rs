//! Text from anybody as Markdown, and the templates of the dialects written in it; must not let a
//! text change the shape of a record.

use std::error::Error as _;

use anyhow::{Context as _, Result};
use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, Output, State, UndefinedBehavior};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::address;
use crate::source::{Diagnostic, Rejected, Source};

/// Every template by its name; the parts that several dialects share have a name of their own.
const TEMPLATES: [(&str, &str); 16] = [
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
    ("more", include_str!("dialect/more.md.j2")),
    ("session", include_str!("dialect/session.md.j2")),
    ("sources", include_str!("dialect/sources.md.j2")),
];

/// Renders one of the templates.
pub fn render(template: &str, values: &impl Serialize) -> Result<String> {
    let environment = environment()?;
    let template = environment.get_template(template).context("the template is missing")?;
    let text = template.render(values).context("the record cannot be written")?;
    Ok(single_blank_lines(&text))
}

/// Renders a template that a team wrote, which can include the parts of ours; what is wrong in it is said
/// with its line and column.
pub fn render_own(template: &Source, values: &impl Serialize) -> Result<String> {
    const OWN: &str = "the team's own";
    let mut environment = environment()?;
    // A name that is mistyped would otherwise leave a gap in a record.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    let wrong = |error: &minijinja::Error| template_error(template, OWN, error);
    environment.add_template(OWN, &template.text).map_err(|error| wrong(&error))?;
    let own = environment.get_template(OWN).map_err(|error| wrong(&error))?;
    let text = own.render(values).map_err(|error| wrong(&error))?;
    Ok(single_blank_lines(&text))
}

fn template_error(template: &Source, name: &str, error: &minijinja::Error) -> Rejected {
    // What fails in a part of ours that was included is told at the place that includes it.
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
    // What stands behind a bracket begins no line.
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

/// The ids of sources, each a link to its definition at the end of the record where it has an address.
fn tags(cited: &[Value]) -> Result<String, minijinja::Error> {
    let tag = |source: &Value| {
        let id = source.get_attr("id")?.to_string();
        Ok(if source.get_attr("url")?.is_none() { id } else { format!("[{id}]") })
    };
    Ok(cited.iter().map(tag).collect::<Result<Vec<_>, minijinja::Error>>()?.join(", "))
}

/// A reason as a sentence, its sources before the full stop.
fn told(reason: &Value) -> Result<String, minijinja::Error> {
    let text = escape(&reason.get_attr("text")?.to_string());
    let cited: Vec<Value> = reason.get_attr("cited")?.try_iter()?.collect();
    let tags = if cited.is_empty() { String::new() } else { format!(" ({})", tags(&cited)?) };
    Ok(format!("{text}{tags}."))
}

/// A note as a block of quoted lines.
fn quoted(text: &str, indent: &str) -> String {
    let line = |line: &str| format!("{indent}> {}", escape(line)).trim_end().to_owned();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A text with an end to its sentence.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '?', '!', '\u{2026}', ':']) { text.to_owned() } else { format!("{text}.") }
}

/// A relative path as the target of a link.
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

/// Escapes text so that Markdown shows the very characters, on one line of its own or in one; an
/// address of the web becomes a link.
///
/// Space around it is dropped: at the start it could make a block of code or a list.
pub fn escape(text: &str) -> String {
    let text = crate::sanitize::sanitize_line(text);
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let escaped = escaped(text, true);
    match escaped.as_bytes().get(digits) {
        // What begins a list, a quotation or a definition, or underlines a heading, at the start of a line.
        Some(b'-' | b'+' | b'=' | b':' | b'>') if digits == 0 => format!("\\{escaped}"),
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &escaped[..digits], &escaped[digits..]),
        _ => escaped,
    }
}

/// Escapes what a link says, which can hold no other link.
pub fn escape_link(text: &str) -> String {
    escaped(crate::sanitize::sanitize_line(text).trim(), false)
}

/// Backslashes, because Log4brains and adr-viewer show most entities as they are written; braces have
/// them too, because site generators read them as templates. Dollars and carets have none, for mkdocs would
/// show it.
/// What every reader knows are the entities of `<` and `&`, which some would take for more than text
/// even behind a backslash.
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
            // Readers that make links of addresses would show the backslashes in them.
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

/// Says whether something that looks like an address has a character which is escaped.
fn is_changed(text: &str) -> bool {
    let mut rest = text.split(char::is_whitespace).next().unwrap_or_default().chars();
    rest.any(|it| "\\`*_[]|~#!{}<&".contains(it))
}

/// Says whether what follows `<` could make a tag, a comment or a link of it; at the end of a text
/// anything may follow.
fn begins_tag(after: &str) -> bool {
    after.is_empty() || after.starts_with(|it: char| it.is_ascii_alphabetic() || "/!?".contains(it))
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// A string as YAML and JSON both read it.
fn yaml_string(text: &str) -> String {
    // Serialising a string cannot fail.
    serde_json::to_string(&crate::sanitize::sanitize_line(text).replace('|', "/")).unwrap_or_default()
}

/// Leaves at most one blank line in a row and one newline at the end.
///
/// What a template leaves out would otherwise have to take its blank lines along; no text from
/// outside has a blank line of its own, for it stands on one line or is quoted.
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
