//! Lowers the table of candidates that do not suit kinds of part, as if each row were written on each kind it
//! names.

use std::collections::HashMap;

use super::{Common, Lowering, Selection, Written};
use crate::questionnaire::checker::Checker;
use crate::questionnaire::schema::{Lift, SourceStr, Suitability, Unsuited};
use crate::questionnaire::{CandidateId, CandidateSet, Exclusion, Impact, OptionId, QuestionId};

impl<'f> Written<'f> {
    fn of_row(row: &'f Unsuited<'f>, unless: &'f [Lift<'f>]) -> Self {
        Self { argument: None, because: &row.because, source: &row.source, parts: &[], unless }
    }
}

/// The exclusions read from the table so far, by kind of part and candidate.
type Known = HashMap<(OptionId, CandidateId), Exclusion>;

impl Lowering<'_, '_> {
    /// Adds the lines of the table. `question` is the parts question.
    pub(super) fn suitability(&mut self, question: QuestionId, table: &Suitability<'_>) {
        let mut known = Known::new();
        for row in &table.cannot {
            let written = Written::of_row(row, &[]);
            self.unsuited(question, row, &written, &mut known);
        }
        for row in &table.unusual {
            let unless = table.unless.as_slice();
            if unless.is_empty() {
                let hint = "name facts in `unless`, or move the line to `cannot`";
                self.checker.error(&row.because, "nothing can lift `unusual`", hint);
            }
            let written = Written::of_row(row, unless);
            self.unsuited(question, row, &written, &mut known);
        }
    }

    fn unsuited(
        &mut self,
        question: QuestionId,
        row: &Unsuited<'_>,
        written: &Written<'_>,
        known: &mut Known,
    ) {
        let exclusion = written.exclusion();
        let Some(Selection::All(candidates)) = self.selection(&row.candidates, None, &row.because) else {
            return;
        };
        if row.parts.is_empty() {
            self.checker.error(&row.because, "no kind of part is named", "name at least one in `parts`");
        }
        for name in &row.parts {
            let Some(kind) = self.checker.part_kind("parts", name) else { continue };
            self.refuse_twice(name, (kind, candidates, exclusion), known);
            let common = Common::of_option(question, kind, true);
            self.line(&common, &Selection::All(candidates), Impact::Excludes(exclusion), written);
        }
    }

    /// Reports candidates that an earlier row names for the same kind, unless both rows say `cannot`.
    fn refuse_twice(
        &mut self,
        name: &SourceStr<'_>,
        (kind, candidates, exclusion): (OptionId, CandidateSet, Exclusion),
        known: &mut Known,
    ) {
        for candidate in candidates.iter() {
            let earlier = known.insert((kind, candidate), exclusion);
            if earlier.is_some_and(|earlier| earlier.min(exclusion) == Exclusion::Unusual) {
                let id = &self.questionnaire.candidates[candidate.0].id;
                let what = format!("`{id}` is already named for `{}` in another line of the table", &**name);
                self.checker.error(name, what, "put it under `cannot` or `unusual`, and only once");
            }
        }
    }
}

impl Checker<'_> {
    /// Reports an error for each kind of part in the table, since the questionnaire has none.
    pub(super) fn refuse_suitability(&mut self, table: &Suitability<'_>) {
        for row in table.cannot.iter().chain(&table.unusual) {
            self.part_kinds("suitability", &row.parts);
        }
    }
}
