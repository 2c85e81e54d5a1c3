//! Validates what does not score: sources, the noun for candidates, dimensions, boundaries.

use jiff::civil::Date;

use crate::questionnaire::checker::Checker;
use crate::questionnaire::schema::{self, SourceStr};
use crate::questionnaire::{
    Boundary, CandidateNoun, CandidateSet, Cited, Condition, Dimension, Fact, QuestionId,
};
use crate::source::{TEXT, TITLE};

impl Checker<'_> {
    pub(super) fn noun(&mut self, noun: &schema::Called<'_>) -> CandidateNoun {
        CandidateNoun { one: self.text(&noun.one, TITLE), many: self.text(&noun.many, TITLE) }
    }

    pub(super) fn cited(&mut self, cited: &schema::Source<'_>) -> Cited {
        Cited {
            span: self.span(&cited.id),
            id: self.id(&cited.id),
            title: self.text(&cited.title, TITLE),
            about: cited.about.iter().filter_map(|id| self.candidate(id)).collect(),
            author: cited.author.as_ref().map(|author| self.text(author, TITLE)),
            date: cited.date.as_ref().map(|date| self.text(date, TITLE)),
            url: cited.url.as_ref().map(|url| self.text(url, TEXT)),
            verified: cited.verified.as_ref().and_then(|date| self.day(date)),
        }
    }

    fn day(&mut self, text: &SourceStr<'_>) -> Option<Date> {
        let day = text.parse().ok();
        if day.is_none() {
            self.error(text, format!("`{}` is not a day", &**text), "write it as 2026-01-31");
        }
        day
    }

    pub(super) fn dimension(&mut self, dimension: &schema::Dimension<'_>) -> Dimension {
        let mut named = CandidateSet::EMPTY;
        let mut facts = Vec::new();
        for fact in &dimension.facts {
            let mut candidates = CandidateSet::EMPTY;
            for id in &fact.candidates {
                let Some(candidate) = self.candidate(id) else { continue };
                if named.contains(candidate) {
                    let what = format!("`{}` already has a fact in this dimension", &**id);
                    self.error(id, what, "keep one of the two, or merge their texts");
                }
                named.insert(candidate);
                candidates.insert(candidate);
            }
            let text = self.text(&fact.text, TEXT);
            let span = self.span(&fact.text);
            facts.push(Fact { span, candidates, text, sources: self.cites(&fact.source, &fact.text) });
        }
        let span = self.span(&dimension.id);
        Dimension { span, id: self.id(&dimension.id), title: self.text(&dimension.title, TITLE), facts }
    }

    pub(super) fn boundary(&mut self, boundary: &schema::Boundary<'_>) -> Option<Boundary> {
        let by = self.text(&boundary.by, TITLE);
        let because = self.text(&boundary.because, TEXT);
        let sources = self.cites(&boundary.source, &boundary.because);
        let end = QuestionId(self.options.len());
        let when = boundary.when.as_ref().and_then(|when| self.condition(when, end, &boundary.because));
        if when.as_ref().is_some_and(Condition::asks_this) {
            let what = "a boundary is between two parts, so `This` is ambiguous";
            self.error(&boundary.because, what, "remove `This` from its `when`");
        }
        let (one, other) = &boundary.between;
        let between = (self.part_kind("between", one)?, self.part_kind("between", other)?);
        let span = self.span(&boundary.because);
        Some(Boundary { span, between, by, because, sources, when })
    }
}
