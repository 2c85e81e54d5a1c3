//! Reads a scenario file and validates it against its questionnaire.

use serde::Deserialize;

use super::{Expected, Scenario};
use crate::answers::Subject;
use crate::names;
use crate::precedents::{AnswerEntry, PartEntry, Reader};
use crate::questionnaire::{CandidateSet, Questionnaire};
use crate::sanitize::sanitize_line;
use crate::session::Session;
use crate::source::{Diagnostic, Format, Source, SourceStr, TEXT, parse_ron, try_ron};

/// The format that this program reads; there is no older one.
const FORMAT: Format = Format { known: 1, older: "" };
/// Maximum number of scenarios in a file.
const SCENARIOS: usize = 2000;

/// A whole file.
#[derive(Debug, Deserialize)]
#[serde(rename = "Scenarios", deny_unknown_fields)]
struct File<'a> {
    format: u32,
    /// Id of the questionnaire that the scenarios are for.
    #[serde(borrow)]
    questionnaire: SourceStr<'a>,
    scenarios: Vec<Entry<'a>>,
}

/// One case.
#[derive(Debug, Deserialize)]
#[serde(rename = "Scenario", deny_unknown_fields)]
struct Entry<'a> {
    #[serde(borrow)]
    id: SourceStr<'a>,
    because: SourceStr<'a>,
    parts: Vec<PartEntry<'a>>,
    #[serde(default)]
    answers: Vec<AnswerEntry<'a>>,
}

pub(super) fn parse(
    source: &Source,
    questionnaire: &Questionnaire,
) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let tried = |text: &str| try_ron::<File<'_>>(text);
    let file = parse_ron(source, FORMAT, |file: &File<'_>| file.format, tried)?;
    let mut reader = Reader::new(source, questionnaire);
    let scenarios = scenarios(&mut reader, &file);
    reader.finish(scenarios)
}

fn scenarios(reader: &mut Reader<'_>, file: &File<'_>) -> Vec<Scenario> {
    if !reader.belongs(&file.questionnaire, "scenarios") {
        return Vec::new();
    }
    reader.limit("scenarios", file.scenarios.len(), SCENARIOS, &file.questionnaire);
    for entry in &file.scenarios {
        reader.limits(&entry.id, &entry.parts, &entry.answers);
    }
    if reader.has_errors() {
        return Vec::new();
    }
    reader.ids_once("scenario", file.scenarios.iter().map(|entry| &entry.id));
    file.scenarios.iter().map(|entry| scenario(reader, entry)).collect()
}

fn scenario(reader: &mut Reader<'_>, entry: &Entry<'_>) -> Scenario {
    let mut session = Session::new(reader.questionnaire());
    let because = reader.text(&entry.because, TEXT);
    reader.pick(&entry.parts, &mut session, PartEntry::has_expectation);
    reader.answer(&entry.answers, &mut session);
    let to_decide = entry.parts.iter().filter(|part| part.has_expectation());
    let parts = to_decide.filter_map(|part| expected(reader, part, &session)).collect();
    Scenario {
        span: reader.span(&entry.id),
        id: sanitize_line(&entry.id),
        because,
        parts,
        answers: session.answers,
    }
}

fn expected(reader: &mut Reader<'_>, entry: &PartEntry<'_>, session: &Session) -> Option<Expected> {
    let chosen: CandidateSet = entry.chosen.iter().filter_map(|id| reader.candidate(id)).collect();
    let acceptable: CandidateSet = entry.acceptable.iter().filter_map(|id| reader.candidate(id)).collect();
    let ruled_out = entry.ruled_out.iter().filter_map(|id| reader.candidate(id)).collect();
    let name = names::normalized(&sanitize_line(&entry.name));
    let subject = match reader.questionnaire().parts_question() {
        None => Subject::System,
        Some(_) => Subject::Part(session.answers.find_part(&name)?),
    };
    let may = chosen.union(acceptable);
    let first = if entry.tie { may } else { chosen };
    Some(Expected { span: reader.span(&entry.name), name, subject, first, may, ruled_out })
}
