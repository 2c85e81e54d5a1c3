//! What is wrong with a command line, as one sentence; must not show it as it was given, for a name
//! may hold anything.

use clap::error::{ContextKind, ContextValue};

use crate::visible::visible_line;

/// Returns the sentence for an error that is no request for help: what is wrong, and what to do.
pub fn usage(mut error: clap::Error) -> String {
    // First of all, so that a line break in a value does not look like one of the message.
    let given: Vec<(ContextKind, ContextValue)> =
        error.context().filter_map(|(kind, value)| Some((kind, harmless(value)?))).collect();
    for (kind, value) in given {
        error.insert(kind, value);
    }
    let text = error.render().to_string();
    // What follows is a summary of the options, which the help has in full.
    let said = text.split("\n\nUsage: ").next().unwrap_or_default();
    let said = said.split("\n\nFor more information").next().unwrap_or_default();
    let paragraphs = said.split("\n\n").map(|paragraph| {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        let words = words.join(" ");
        words.trim_start_matches("error: ").trim_start_matches("tip: ").to_owned()
    });
    // How to pass something else than an option under that name helps nobody who mistyped one.
    let useful = |paragraph: &String| !paragraph.is_empty() && !paragraph.starts_with("to pass '");
    let said: Vec<String> = paragraphs.filter(useful).collect();
    visible_line(&format!("{}; see langfit --help", said.join("; ")))
}

fn harmless(value: &ContextValue) -> Option<ContextValue> {
    match value {
        ContextValue::String(text) => Some(ContextValue::String(visible_line(text))),
        ContextValue::Strings(texts) => {
            Some(ContextValue::Strings(texts.iter().map(|text| visible_line(text)).collect()))
        }
        _ => None,
    }
}
