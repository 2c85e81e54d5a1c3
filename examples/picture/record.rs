//! Renders the first sections of an HTML record as SVG, which a README can show and a browser can draw.

use anyhow::{Context as _, Result};
use langfit::answers::Subject;
use langfit::record::{Dialect, RecordOptions, render};
use langfit::session::{Chosen, Session};
use langfit::source::Source;
use langfit::workbook::Workbook;
use minijinja::{Environment, context};

use super::screen::SESSION;

/// The decision from the README that completes the session: part, candidate and reason.
const DECIDED: (&str, &str, &str) = ("API", "typescript", "The UI team also maintains the API.");
/// The end of the table of parts, where the picture ends.
const END: &str = "</table>\n</div>";
/// Width and height in SVG units. Fonts differ, so the height leaves room for a few more lines.
const SIZE: (u16, u16) = (1040, 960);
const TEMPLATE: &str = include_str!("record.svg.j2");

/// Returns the picture as an SVG document.
pub fn record_picture() -> Result<String> {
    let page = page()?;
    let between = |start: &str, end: &str| {
        let (_, rest) = page.split_once(start).with_context(|| format!("the record has no {start}"))?;
        let (text, _) = rest.split_once(end).with_context(|| format!("the record has no {end}"))?;
        anyhow::Ok(text.to_owned())
    };
    // The page has rules for its own drawings, which would also apply to the picture.
    let style = between("<style>", "</style>")?;
    let style: Vec<&str> = style.lines().filter(|line| !line.starts_with("svg")).collect();
    let mut templates = Environment::new();
    templates.add_template("record.svg", TEMPLATE)?;
    let picture = templates.get_template("record.svg")?.render(context! {
        width => SIZE.0,
        height => SIZE.1,
        style => style.join("\n"),
        content => between("<main>", END)? + END,
    })?;
    Ok(picture.trim_end().to_owned() + "\n")
}

fn page() -> Result<String> {
    let questionnaire = langfit::built_in::questionnaire();
    let session = Session::parse(&Source::new("docs/billing.ron", SESSION), &questionnaire)?;
    let today = session.details.date.context("the session has a date")?;
    let (name, candidate, because) = DECIDED;
    let part = session.answers.part_ids().find(|part| session.answers[*part].name == name);
    let subject = Subject::Part(part.context("the session has the part")?);
    let mut workbook = Workbook::new(questionnaire, session, "billing.ron".to_owned(), today);
    let decided = workbook.decide(subject, Chosen::Candidate(candidate.to_owned()), because);
    decided.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    render(workbook.questionnaire(), workbook.session(), &RecordOptions::new(Dialect::Html))
}
