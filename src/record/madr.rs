//! The record in MADR 4.0; must keep to the byte rules that real readers of MADR need.
//!
//! Line 1 is `---`, no blank line before the title, plain dates, names as a flow list of quoted
//! strings, one H1, headings of level 2 only from MADR's list. The shape stands in `madr.md.j2`.

use anyhow::{Context as _, Result};
use minijinja::value::Value;
use minijinja::{Environment, ErrorKind, Output, State};

use super::model::Record;

/// Renders a record.
pub fn render(record: &Record) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_formatter(write_escaped);
    environment.add_filter("names", |names: Vec<String>| {
        let quoted: Vec<String> = names.iter().map(|name| yaml_string(name)).collect();
        Value::from_safe_string(format!("[{}]", quoted.join(", ")))
    });
    environment.add_filter("tag", |text: String| {
        let letter = |it: char| if it.is_alphanumeric() { it } else { '-' };
        Value::from_safe_string(text.to_lowercase().chars().map(letter).collect())
    });
    environment.add_filter("quoted", |text: String| {
        let lines: Vec<String> =
            text.lines().map(|line| format!("> {}", markdown(line)).trim_end().to_owned()).collect();
        Value::from_safe_string(lines.join("\n"))
    });
    environment.add_template("madr", include_str!("madr.md.j2")).context("the template of MADR is broken")?;
    let template = environment.get_template("madr").context("the template of MADR is missing")?;
    let text = template.render(record).context("the record cannot be written as MADR")?;
    Ok(text.trim_end().to_owned() + "\n")
}

fn write_escaped(
    output: &mut Output<'_>,
    _state: &State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    let text = value.to_string();
    let text = if value.is_safe() || value.is_number() { text } else { markdown(&text) };
    output
        .write_str(&text)
        .map_err(|_| minijinja::Error::new(ErrorKind::WriteFailure, "the text cannot be written"))
}

/// Escapes text so that Markdown shows the very characters, on one line.
///
/// Space around it is dropped: at the start it could make a block of code or a list.
pub fn markdown(text: &str) -> String {
    let text = crate::visible::visible_line(text);
    let text = text.trim();
    let mut out = String::with_capacity(text.len() + 8);
    let number = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    for (at, character) in text.char_indices() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => out.extend(['\\', character]),
            '-' | '+' | '=' if at == 0 => out.extend(['\\', character]),
            '.' | ')' if number > 0 && at == number => out.extend(['\\', character]),
            _ => out.push(character),
        }
    }
    out
}

/// A string as YAML and JSON both read it.
fn yaml_string(text: &str) -> String {
    // Serialising a string cannot fail.
    serde_json::to_string(&text.replace('|', "/")).unwrap_or_default()
}
