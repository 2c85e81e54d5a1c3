//! The sources of a record, with a warning where nobody has looked for long.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::address::is_address;
use crate::advice::{self, Advice};
use crate::answers::Answers;
use crate::questionnaire::{Questionnaire, SourceId};
use crate::wording::{crossings, reference};

/// A source as it is named beside a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SourceTag {
    pub id: String,
    /// Its address, if that can be opened in a browser.
    pub url: Option<String>,
}

impl SourceTag {
    /// Names sources.
    pub fn of(questionnaire: &Questionnaire, sources: &[SourceId]) -> Vec<Self> {
        let tag = |source: &SourceId| {
            let source = &questionnaire[*source];
            Self { id: source.id.clone(), url: source.url.clone().filter(|url| is_address(url)) }
        };
        sources.iter().map(tag).collect()
    }
}

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
    let rows = cited(questionnaire, answers, advice).into_iter().map(|source| {
        let source = &questionnaire[source];
        let (url, place) = match source.url.clone() {
            Some(url) if is_address(&url) => (Some(url), None),
            other => (None, other),
        };
        let is_stale = |day: &Date| date.is_some_and(|date| day.saturating_add(1.year()) < date);
        let stale = source.verified.filter(is_stale).map(|day| day.to_string());
        SourceRow { id: source.id.clone(), reference: reference(source), url, place, stale }
    });
    rows.collect()
}

/// Returns the sources of everything that applies, in file order, each once.
pub fn cited(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> BTreeSet<SourceId> {
    let of_parts = advice.parts.iter().flat_map(|part| advice::sources(questionnaire, answers, part));
    let crossings = crossings(questionnaire, answers);
    let of_boundaries = crossings.pairs.iter().flat_map(|(.., boundary)| boundary.sources.iter().copied());
    of_parts.chain(of_boundaries).collect()
}
