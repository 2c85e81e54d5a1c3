//! The layout of a session file: which value goes on which line.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;

use super::format::{AnswerEntry, DecisionEntry, PartEntry, StoredSession};
use crate::answers::Emphasis;
use crate::source::SourceStr;

/// A text that is written line by line.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The text so far.
    pub text: String,
    depth: usize,
}

impl Lines {
    /// Writes a whole file.
    pub fn file(&mut self, file: &StoredSession<'_>) -> ron::Result<()> {
        self.open("(");
        self.field("format", &file.format)?;
        self.open("questionnaire: (");
        self.field("id", &file.questionnaire.id)?;
        self.field("version", &file.questionnaire.version)?;
        self.field("digest", &file.questionnaire.digest)?;
        self.optional("file", file.questionnaire.file.as_ref())?;
        self.close("),");
        self.optional("id", file.id.as_ref())?;
        self.detail("title", &file.title)?;
        self.detail("system", &file.system)?;
        self.names("deciders", &file.deciders)?;
        self.names("consulted", &file.consulted)?;
        self.names("informed", &file.informed)?;
        self.detail("date", &file.date)?;
        self.detail("accepted", &file.accepted)?;
        self.detail("review_by", &file.review_by)?;
        self.line("");
        self.list("answers", &file.answers, Self::answer)?;
        self.list("parts", &file.parts, Self::part)?;
        self.list("decided", &file.decided, Self::decision)?;
        self.close(")");
        Ok(())
    }

    fn answer(&mut self, entry: &AnswerEntry<'_>) -> ron::Result<()> {
        self.open(&format!("(question: {},", value(&entry.question)?));
        self.optional("answer", entry.answer.as_ref())?;
        self.text_field("note", &entry.note)?;
        let emphasis = Some(entry.emphasis).filter(|emphasis| *emphasis != Emphasis::Normal);
        self.optional("emphasis", emphasis.as_ref())?;
        self.close("),");
        Ok(())
    }

    fn part(&mut self, part: &PartEntry<'_>) -> ron::Result<()> {
        self.open(&format!("(kind: {}, name: {},", value(&part.kind)?, value(&part.name)?));
        self.optional("plan", Some(&part.plan).filter(|plan| !plan.is_to_decide()))?;
        self.list("answers", &part.answers, Self::answer)?;
        self.close("),");
        Ok(())
    }

    fn decision(&mut self, decision: &DecisionEntry<'_>) -> ron::Result<()> {
        match &decision.part {
            Some(part) => self.open(&format!("(part: {},", value(part)?)),
            None => self.open("("),
        }
        if decision.candidate.is_some() || decision.other.is_some() {
            self.optional("candidate", decision.candidate.as_ref())?;
            self.optional("other", decision.other.as_ref())?;
            self.field("advised", &decision.advised)?;
            self.text_field("because", &decision.because)?;
            self.field("date", &decision.date)?;
            self.field("version", &decision.version)?;
            self.field("digest", &decision.digest)?;
        }
        self.close("),");
        Ok(())
    }

    /// Writes an empty line and then a detail, even if it is not set.
    fn detail(&mut self, name: &str, value: &impl Serialize) -> ron::Result<()> {
        self.line("");
        self.field(name, value)
    }

    /// Writes an empty line and then a detail that lists names.
    fn names(&mut self, name: &str, names: &[SourceStr<'_>]) -> ron::Result<()> {
        self.line("");
        self.open(&format!("{name}: ["));
        for name in names {
            self.line(&format!("{},", value(name)?));
        }
        self.close("],");
        Ok(())
    }

    /// Writes a list, using `write` for each entry. An empty list is omitted.
    fn list<T>(
        &mut self,
        name: &str,
        entries: &[T],
        write: impl Fn(&mut Self, &T) -> ron::Result<()>,
    ) -> ron::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        self.open(&format!("{name}: ["));
        entries.iter().try_for_each(|entry| write(self, entry))?;
        self.close("],");
        Ok(())
    }

    fn text_field(&mut self, name: &str, text: &SourceStr<'_>) -> ron::Result<()> {
        self.optional(name, Some(text).filter(|text| !text.is_empty()))
    }

    fn optional(&mut self, name: &str, value: Option<&impl Serialize>) -> ron::Result<()> {
        value.map_or(Ok(()), |value| self.field(name, value))
    }

    fn field(&mut self, name: &str, field: &impl Serialize) -> ron::Result<()> {
        self.line(&format!("{name}: {},", value(field)?));
        Ok(())
    }

    fn open(&mut self, text: &str) {
        self.line(text);
        self.depth += 1;
    }

    fn close(&mut self, text: &str) {
        self.depth -= 1;
        self.line(text);
    }

    fn line(&mut self, text: &str) {
        let depth = if text.is_empty() { 0 } else { self.depth };
        self.text.extend(std::iter::repeat_n("    ", depth).chain([text, "\n"]));
    }
}

/// Formats a value as one line. Line breaks in texts are escaped.
fn value(value: &impl Serialize) -> ron::Result<String> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.to_string_pretty(value, PrettyConfig::new().depth_limit(0))
}
