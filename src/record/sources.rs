//! Lists the sources of a record, with a warning for those not verified for over a year.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::address::is_address;
use crate::advice::{self, Advice};
use crate::answers::Answers;
use crate::questionnaire::{Questionnaire, SourceId};
use crate::wording::{crossings, reference};

/// A source as cited next to a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SourceTag {
    pub id: String,
    /// The address, if a browser can open it.
    pub url: Option<String>,
}

impl SourceTag {
    /// Returns the tags of sources.
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
    /// Title, author and date, as in a bibliography.
    pub reference: String,
    /// The address, if a browser can open it.
    pub url: Option<String>,
    /// The address, if a browser cannot open it.
    pub place: Option<String>,
    /// The day on which the source was last verified, if that was over a year before the record.
    pub stale: Option<String>,
}

/// Returns the sources of all reasons, remarks and boundaries that apply, in file order.
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

/// Returns the ids of the sources of all reasons, remarks and boundaries that apply, in file order, each
/// once.
pub fn cited(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> BTreeSet<SourceId> {
    let of_parts = advice.parts.iter().flat_map(|part| advice::sources(questionnaire, answers, part));
    let crossings = crossings(questionnaire, answers);
    let of_boundaries = crossings.pairs.iter().flat_map(|(.., boundary)| boundary.sources.iter().copied());
    of_parts.chain(of_boundaries).collect()
}
