//! Applies answers given as text, such as with `--set`. Must refuse what the screen would not allow, and
//! answers to questions that do not apply.

use std::fmt;

use anyhow::Result;

use super::Session;
use crate::answers::{Answer, Answers, EffectiveAnswers, PARTS, PartId, Subject};
use crate::names::{self, are_alike};
use crate::questionnaire::{Kind, OptionId, OptionSet, Question, QuestionId, Questionnaire, Sheet, join};
use crate::sanitize::{sanitize, sanitize_line};
use crate::source::{TEXT, nearest};

/// Sanitizes text given on the command line. Fails if the result has more than `limit` characters.
pub fn limited_text(name: &str, text: &str, limit: usize) -> Result<String> {
    limited(text, limit).map_err(|(what, hint)| anyhow::anyhow!("{name}: {what}; {hint}"))
}

fn limited(text: &str, limit: usize) -> Result<String, Why> {
    let text = sanitize(text).into_owned();
    match text.chars().count() {
        count if count > limit => {
            Err((format!("the text has {count} characters"), format!("the limit is {limit}")))
        }
        _ => Ok(text),
    }
}

/// What is wrong, and a hint, which may be empty.
type Why = (String, String);

/// An assignment that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The assignment, or the id of the question whose text is too long.
    given: String,
    /// What is wrong, in lowercase and without a final period.
    pub what: String,
    /// What to do about it; empty if `what` is enough.
    pub hint: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { given, what, hint } = self;
        let stop = if hint.is_empty() { "" } else { "; " };
        write!(formatter, "--set {}: {what}{stop}{hint}", sanitize_line(given))
    }
}

impl std::error::Error for Refused {}

/// Returns the error for an assignment. `what` says what is wrong, and `hint` what to do about it, if
/// anything.
fn refuse<T>(given: &str, what: impl Into<String>, hint: impl Into<String>) -> Result<T, Refused> {
    Err(Refused { given: given.to_owned(), what: what.into(), hint: hint.into() })
}

impl Session {
    /// Applies `QUESTION[@PART]=OPTION[,OPTION]`, as given on the command line.
    ///
    /// An empty value clears the answer, `?` means not sure and `-` means not applicable. Free text is only
    /// sanitized. In the question about parts, a kind may be repeated. [`Session::assign_all`] also checks
    /// that the question applies.
    pub fn assign(&mut self, questionnaire: &Questionnaire, assignment: &str) -> Result<()> {
        let assignment = Assignment::parse(questionnaire, assignment)?;
        let subject = assignment.subject(self)?;
        Ok(assignment.apply(self, subject)?)
    }

    /// Applies several assignments, whose order does not matter. `QUESTION@PART=OPTION` answers for one part.
    ///
    /// An answer to a question that does not apply is an error, which says what would make the question
    /// apply. After an error, the session may be partly changed.
    pub fn assign_all(&mut self, questionnaire: &Questionnaire, assignments: &[&str]) -> Result<()> {
        match self.assign_each(questionnaire, assignments).into_iter().next() {
            Some((_, refused)) => Err(refused.into()),
            None => Ok(()),
        }
    }

    /// Like [`Session::assign_all`], but returns all refused assignments, each with its index. Checks whether
    /// the questions apply only if no assignment was refused, because a refused one might have made them
    /// apply.
    pub(crate) fn assign_each(
        &mut self,
        questionnaire: &Questionnaire,
        given: &[&str],
    ) -> Vec<(usize, Refused)> {
        let (mut refused, mut assignments) = (Vec::new(), Vec::with_capacity(given.len()));
        for (at, given) in given.iter().enumerate() {
            match Assignment::parse(questionnaire, given) {
                Ok(assignment) => assignments.push((at, assignment)),
                Err(error) => refused.push((at, error)),
            }
        }
        let last = assignments.last().map(|(_, last)| last.question);
        // Parts must exist before questions are answered for them. Answers for all parts come before answers
        // for one part.
        assignments.sort_by_key(|(_, it)| (!it.asked().is_parts(), it.name.is_some()));
        let mut applied: Vec<(usize, &Assignment<'_>, Subject)> = Vec::with_capacity(assignments.len());
        for (at, assignment) in &assignments {
            match assignment.apply_once(self, &applied) {
                Ok(subject) => applied.push((*at, assignment, subject)),
                Err(error) => refused.push((*at, error)),
            }
        }
        self.at = last.or(self.at);
        if refused.is_empty() {
            let sheets = self.answers.effective_all(questionnaire);
            let asked = |(at, assignment, subject): &(usize, &Assignment<'_>, Subject)| {
                Some((*at, assignment.check_asked(self, &sheets, *subject).err()?))
            };
            refused.extend(applied.iter().filter_map(asked));
        }
        refused
    }
}

/// A parsed `QUESTION[@PART]=VALUE`.
struct Assignment<'a> {
    questionnaire: &'a Questionnaire,
    /// The assignment as given.
    given: &'a str,
    question: QuestionId,
    /// The name or kind of the part; `None` means all parts.
    name: Option<&'a str>,
    value: &'a str,
}

impl<'a> Assignment<'a> {
    fn parse(questionnaire: &'a Questionnaire, given: &'a str) -> Result<Self, Refused> {
        let Some((id, name, value)) = split(given) else {
            return refuse(given, "write QUESTION=OPTION[,OPTION]", "");
        };
        let Some(question) = questionnaire.find(id) else {
            let known: Vec<&str> = questionnaire.questions().iter().map(|it| it.id.as_str()).collect();
            return refuse(given, "no question has this id", nearest(id, &known));
        };
        Ok(Self { questionnaire, given, question, name, value })
    }

    fn asked(&self) -> &'a Question {
        &self.questionnaire[self.question]
    }

    fn refuse<T>(&self, what: impl Into<String>, hint: impl Into<String>) -> Result<T, Refused> {
        refuse(self.given, what, hint)
    }

    /// Applies the assignment and returns its subject. Fails if an earlier assignment answered the question
    /// for that subject.
    fn apply_once(
        &self,
        session: &mut Session,
        applied: &[(usize, &Self, Subject)],
    ) -> Result<Subject, Refused> {
        let subject = self.subject(session)?;
        if applied.iter().any(|(_, earlier, of)| earlier.question == self.question && *of == subject) {
            let what = format!("{} is answered twice", self.asked().id);
            return self.refuse(what, "give all options in one --set");
        }
        self.apply(session, subject)?;
        Ok(subject)
    }

    /// Returns the subject: the part with the given name, or the only part of the given kind. If no part is
    /// named, the answer is for the whole system.
    fn subject(&self, session: &Session) -> Result<Subject, Refused> {
        let Some(name) = self.name else { return Ok(Subject::System) };
        if !self.asked().each_part {
            let hint = format!("remove @{}", sanitize_line(name));
            return self.refuse("this question has one answer for the whole system", hint);
        }
        find_part(self.questionnaire, session, name)
            .map_or_else(|(what, hint)| self.refuse(what, hint), |part| Ok(Subject::Part(part)))
    }

    fn apply(&self, session: &mut Session, subject: Subject) -> Result<(), Refused> {
        session.at = Some(self.question);
        let answers = &mut session.answers;
        if let (Subject::Part(part), true) = (subject, self.clears()) {
            answers.take_back(self.question, part);
            return Ok(());
        }
        if self.asked().is_parts() {
            self.pick(answers)?;
        }
        let answer = match (self.value.trim(), self.asked().kind) {
            ("?", _) => Answer::NotSure,
            ("-", _) => Answer::NotApplicable,
            // The message names the question, because the text is too long to show.
            (_, Kind::Text) => match limited(self.value, TEXT) {
                Ok(text) => Answer::Text(text),
                Err((what, hint)) => return refuse(&self.asked().id, what, hint),
            },
            (_, Kind::Parts) => Answer::Open,
            (_, Kind::One | Kind::Many) => Answer::Chosen(self.chosen()?),
        };
        answers.set(self.question, subject, answer);
        Ok(())
    }

    /// Picks one part for each kind in the value. Existing parts of these kinds are kept unchanged, and
    /// surplus parts are removed.
    fn pick(&self, answers: &mut Answers) -> Result<(), Refused> {
        let kinds = if matches!(self.value.trim(), "?" | "-") { Vec::new() } else { self.options()? };
        if kinds.len() > PARTS {
            return self.refuse(format!("more than {PARTS} parts"), "remove some");
        }
        answers.keep_kinds(&kinds);
        let mut there: Vec<OptionId> = answers.parts().iter().map(|part| part.kind).collect();
        for kind in kinds {
            if let Some(at) = there.iter().position(|it| *it == kind) {
                there.swap_remove(at);
            } else {
                answers.add_part(self.questionnaire, kind);
            }
        }
        Ok(())
    }

    /// Returns whether the assignment clears an answer.
    fn clears(&self) -> bool {
        self.value.trim().is_empty()
    }

    /// Returns the options in the value, in the same order. Fails if one is unknown.
    fn options(&self) -> Result<Vec<OptionId>, Refused> {
        let asked = self.asked();
        let ids = self.value.split(',').map(str::trim).filter(|id| !id.is_empty());
        let unknown = |id: &str| {
            let known: Vec<&str> = asked.options.iter().map(|option| option.id.as_str()).collect();
            let what = format!("`{}` is not an option of `{}`", sanitize_line(id), asked.id);
            self.refuse(what, nearest(id, &known))
        };
        ids.map(|id| asked.find(id).map_or_else(|| unknown(id), Ok)).collect()
    }

    fn chosen(&self) -> Result<OptionSet, Refused> {
        let asked = self.asked();
        let chosen: OptionSet = self.options()?.into_iter().collect();
        let with_alone = chosen.len() > 1 && !chosen.intersection(asked.alone_options()).is_empty();
        if (asked.kind == Kind::One && chosen.len() > 1) || with_alone {
            return self.refuse("these options exclude each other", "give one");
        }
        Ok(chosen)
    }

    /// Fails if the question does not apply to the subject. The error says what would make it apply. `sheets`
    /// are the effective answers of all subjects.
    fn check_asked(
        &self,
        session: &Session,
        sheets: &[(Subject, EffectiveAnswers)],
        subject: Subject,
    ) -> Result<(), Refused> {
        let own: Vec<&EffectiveAnswers> = sheets
            .iter()
            .filter(|(own, _)| subject == Subject::System || *own == subject)
            .map(|(_, sheet)| sheet)
            .collect();
        let of = subject.part().map(|part| session.answers[part].name.as_str());
        if let (Some(name), true) = (of, own.is_empty()) {
            return self.refuse(format!("{name} stays as it is, so it has no questions"), "");
        }
        if self.clears() || own.iter().any(|sheet| sheet.is_visible(self.question)) {
            return Ok(());
        }
        if let Some(kinds) = self.asked().concerned_kinds()
            && !own.iter().any(|it| it.sheet().is_of(kinds))
        {
            let (what, hint) = self.not_concerned(session, kinds, subject);
            return self.refuse(what, hint);
        }
        // A question without a condition always applies.
        let Some(when) = &self.asked().when else { return Ok(()) };
        let of_parts: Vec<Sheet> = own.iter().map(|sheet| sheet.sheet()).collect();
        let to_do = when.to_do(self.questionnaire, of, &of_parts, &|literal| {
            own.iter().all(|sheet| sheet.is_true(literal))
        });
        let of = of.map_or_else(String::new, |name| format!(" for {name}"));
        self.refuse(format!("this question applies{of} only if you {to_do}"), "")
    }

    /// Returns a message with the kinds of part that the question concerns, and a hint on how to make it
    /// apply.
    fn not_concerned(&self, session: &Session, kinds: OptionSet, subject: Subject) -> Why {
        let Some(parts) = self.questionnaire.parts_question().map(|parts| &self.questionnaire[parts]) else {
            return Why::default();
        };
        let ids: Vec<&str> = kinds.iter().map(|kind| parts[kind].id.as_str()).collect();
        let only = format!("this question applies only to parts of kind {}", join(ids, "or"));
        match subject.part().map(|part| &session.answers[part]) {
            Some(part) => {
                (format!("{only}, and {} is of kind {}", part.name, parts[part.kind].id), String::new())
            }
            None => (only, format!("add one to {}", parts.id)),
        }
    }
}

/// Finds a part by its name, or by its kind if only one part has that kind. The error says why there is no
/// such part, or that there are several.
pub fn part_called(questionnaire: &Questionnaire, session: &Session, name: &str) -> Result<PartId, String> {
    find_part(questionnaire, session, name).map_err(|(what, hint)| format!("{what}; {hint}"))
}

fn find_part(questionnaire: &Questionnaire, session: &Session, name: &str) -> Result<PartId, Why> {
    let answers = &session.answers;
    let names: Vec<&str> = answers.parts().iter().map(|part| part.name.as_str()).collect();
    let kinds = questionnaire.parts_question().map(|question| &questionnaire[question]);
    let is_of_kind = |it: &PartId| kinds.is_some_and(|kinds| kinds[answers[*it].kind].id == name);
    let of_kind: Vec<PartId> = answers.part_ids().filter(is_of_kind).collect();
    let named = names::find(&names, name).and_then(|at| answers.part_ids().nth(at));
    match (named, of_kind.as_slice()) {
        (Some(part), _) if of_kind.is_empty() || are_alike(&answers[part].name, name) => Ok(part),
        (_, [only]) => Ok(*only),
        (_, [_, _, ..]) => {
            let names: Vec<&str> = of_kind.iter().map(|it| answers[*it].name.as_str()).collect();
            let what = format!("there are {} parts of this kind", names.len());
            Err((what, format!("name one of {}", names.join(", "))))
        }
        _ => Err(match kinds {
            None => ("this questionnaire has no parts".to_owned(), "remove the part".to_owned()),
            Some(kinds) if answers.parts().is_empty() => {
                ("no parts are picked".to_owned(), format!("add --set {}=KIND", kinds.id))
            }
            Some(_) => ("no part has this name".to_owned(), nearest(name, &names)),
        }),
    }
}

/// Splits an assignment into question, part and value. Ids contain neither `@` nor `=`, so the first of these
/// characters determines the form. A part's name may contain both, but the value after it must not contain
/// `=`.
fn split(given: &str) -> Option<(&str, Option<&str>, &str)> {
    let (id, rest) = given.split_at(given.find(['@', '='])?);
    match rest.strip_prefix('=') {
        Some(value) => Some((id, None, value)),
        None => rest[1..].rsplit_once('=').map(|(name, value)| (id, Some(name), value)),
    }
}
