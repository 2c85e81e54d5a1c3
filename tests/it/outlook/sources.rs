//! Checks that striking a source has the same effect as removing the lines that cite only that source. Must
//! not look at open questions.

use std::fmt::Write as _;

use langfit::advice::{Advice, recommend};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateSet, SourceId};
use langfit::session::Session;
use proptest::prelude::*;

use super::{config, looked_at};
use crate::support::generate::{Case, cases};
use crate::support::parse;

/// Gives every line one of two sources, or both.
fn with_sources((case, numbers): (Case, Vec<u8>)) -> Case {
    let both = case.text.replacen("sources: [(", "sources: [(id: \"t\", title: \"t\"), (", 1);
    let mut pieces = both.split("source: [\"s\"]");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (index, piece) in pieces.enumerate() {
        let source = ["\"s\"", "\"t\"", "\"s\", \"t\""][usize::from(numbers[index % numbers.len()]) % 3];
        let _ = write!(text, "source: [{source}]{piece}");
    }
    let (questionnaire, exclusions) = (parse(&text), case.exclusions);
    let mut session = Session::new(&questionnaire);
    session.answers = case.session.answers;
    Case { text, questionnaire, session, exclusions }
}

proptest! {
    #![proptest_config(config(2500))]

    /// Striking a source removes exactly the lines that cite no other source.
    #[test]
    fn a_struck_source_takes_its_lines(
        case in (cases(), prop::collection::vec(any::<u8>(), 7)).prop_map(with_sources)
    ) {
        let (questionnaire, answers) = (&case.questionnaire, &case.session.answers);
        let (advice, outlook) = looked_at(questionnaire, answers);
        let choices = |advice: &Advice| -> Vec<_> {
            advice.parts.iter().map(|part| part.choice).collect()
        };
        prop_assert!(outlook.sources.is_sorted_by(|one, next| one.source < next.source));
        for source in (0..questionnaire.sources().len()).map(SourceId::from_index) {
            // A line without candidates has no effect.
            let fewer = questionnaire.narrowed(|line| {
                if line.sources == [source] { CandidateSet::EMPTY } else { line.candidates }
            });
            let without = choices(&recommend(&fewer, answers));
            let changes = without != choices(&advice);
            let struck = outlook.sources.iter().find(|struck| struck.source == source);
            prop_assert_eq!(struck.is_some_and(|struck| struck.changes), changes);
            if let Some(struck) = struck {
                prop_assert_eq!(&struck.choices, &without);
            }
        }
    }
}
