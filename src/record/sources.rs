//! The sources of a record, with a warning where nobody has looked for long; must not look at a
//! clock.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use super::address::is_address;
use super::advice_view::sources;
use crate::advice::Advice;
use crate::answers::Answers;
use crate::questionnaire::Questionnaire;

/// One source.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRow {
    pub id: String,
    /// Title, author and date, as in a list of references.
    pub reference: String,
    /// Its address, if that can be opened in a browser.
    pub url: Option<String>,
    /// Its address, where it is something else.
    pub place: Option<String>,
    /// The day on which somebody last saw that it says so, if that was over a year before the record.
    pub stale: Option<String>,
}

/// Returns the sources of everything that applies, in file order.
pub fn source_rows(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    date: Option<Date>,
) -> Vec<SourceRow> {
    let rows = sources(questionnaire, answers, advice).into_iter().map(|source| {
        let author = source.author.map(|author| format!(", {author}")).unwrap_or_default();
        let day = source.date.unwrap_or_else(|| "date not given".to_owned());
        let (url, place) = match source.url {
            Some(url) if is_address(&url) => (Some(url), None),
            other => (None, other),
        };
        SourceRow {
            id: source.id,
            reference: format!("{}{author}, {day}", source.title),
            url,
            place,
            stale: source.verified.filter(|verified| is_stale(verified, date)),
        }
    });
    rows.collect()
}

fn is_stale(verified: &str, date: Option<Date>) -> bool {
    let verified = verified.parse::<Date>().ok();
    verified.zip(date).is_some_and(|(verified, date)| verified.saturating_add(1.year()) < date)
}
