//! Answers given on the command line; must refuse what the screen would not allow, and what would be
//! set aside.

use anyhow::{Context as _, Result, bail};

use super::Session;
use crate::answers::{Answer, Answers, EffectiveAnswers, PARTS, PartId, Subject};
use crate::names::{self, are_alike};
use crate::questionnaire::{Kind, OptionId, OptionSet, Question, QuestionId, Questionnaire, Sheet, join};
use crate::sanitize::{sanitize, sanitize_line};
use crate::source::{TEXT, nearest};

/// Returns a text of the command line made visible, unless it is longer than a session may hold.
pub fn limited_text(name: &str, text: &str, limit: usize) -> Result<String> {
    let text = sanitize(text).into_owned();
    let count = text.chars().count();
    if count > limit {
        bail!("{name}: the text has {count} characters; the limit is {limit}");
    }
    Ok(text)
}

impl Session {
    /// Applies `QUESTION=OPTION[,OPTION]`, as given on the command line.
    ///
    /// Nothing after `=` clears the answer, `?` means not sure and `-` does not apply. A kind of part
    /// may be named several times; free text is taken as it is. Whether the question is asked is left
    /// to [`Session::assign_all`].
    pub fn assign(&mut self, questionnaire: &Questionnaire, assignment: &str) -> Result<()> {
        let assignment = Assignment::parse(questionnaire, assignment)?;
        let subject = assignment.subject(self)?;
        assignment.apply(self, subject)
    }

    /// Applies such assignments, and `QUESTION@PART=OPTION` for one part alone, in whatever order.
    ///
    /// An answer that would be set aside is an error that says what would make it count. An error leaves
    /// the session half changed.
    pub fn assign_all(&mut self, questionnaire: &Questionnaire, assignments: &[&str]) -> Result<()> {
        let parsed = assignments.iter().map(|given| Assignment::parse(questionnaire, given));
        let mut assignments = parsed.collect::<Result<Vec<_>>>()?;
        let last = assignments.last().map(|last| last.question);
        // Parts have to be there before something is said of one, and what is said of all comes before it.
        assignments.sort_by_key(|it| (!it.asked().is_parts(), it.name.is_some()));
        let mut applied = Vec::with_capacity(assignments.len());
        for assignment in &assignments {
            let subject = assignment.subject(self)?;
            if applied.iter().any(|(earlier, of): &(&Assignment<'_>, _)| {
                earlier.question == assignment.question && *of == subject
            }) {
                let id = &assignment.asked().id;
                return assignment
                    .refuse(&format!("{id} is answered twice; give all its options in one --set"));
            }
            assignment.apply(self, subject)?;
            applied.push((assignment, subject));
        }
        self.at = last.or(self.at);
        // Not before, for each of them may open or hide the question of another.
        applied.iter().try_for_each(|(assignment, subject)| assignment.check_asked(self, *subject))
    }
}

/// One `QUESTION[@PART]=VALUE`.
struct Assignment<'a> {
    questionnaire: &'a Questionnaire,
    /// As it was given.
    given: &'a str,
    question: QuestionId,
    /// The part it is for; `None` is all of them.
    name: Option<&'a str>,
    value: &'a str,
}

impl<'a> Assignment<'a> {
    fn parse(questionnaire: &'a Questionnaire, given: &'a str) -> Result<Self> {
        let Some((id, name, value)) = split(given) else {
            bail!("--set {}: write QUESTION=OPTION[,OPTION]", sanitize_line(given));
        };
        let Some(question) = questionnaire.find(id) else {
            let known: Vec<&str> = questionnaire.questions().iter().map(|it| it.id.as_str()).collect();
            bail!("--set {}: no question has this id; {}", sanitize_line(given), nearest(id, &known));
        };
        Ok(Self { questionnaire, given, question, name, value })
    }

    fn asked(&self) -> &'a Question {
        &self.questionnaire[self.question]
    }

    fn refuse<T>(&self, why: &str) -> Result<T> {
        bail!("--set {}: {why}", sanitize_line(self.given))
    }

    /// Finds the part by its name, or by its kind where there is one part of that kind.
    fn subject(&self, session: &Session) -> Result<Subject> {
        let Some(name) = self.name else { return Ok(Subject::System) };
        if !self.asked().each_part {
            let name = sanitize_line(name);
            return self
                .refuse(&format!("this question has one answer for the whole system; leave @{name} out"));
        }
        part_called(self.questionnaire, session, name)
            .map_or_else(|why| self.refuse(&why), |part| Ok(Subject::Part(part)))
    }

    fn apply(&self, session: &mut Session, subject: Subject) -> Result<()> {
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
            (_, Kind::Text) => {
                Answer::Text(limited_text(&format!("--set {}", self.asked().id), self.value, TEXT)?)
            }
            (_, Kind::Parts) => Answer::Open,
            (_, Kind::One | Kind::Many) => Answer::Chosen(self.chosen()?),
        };
        answers.set(self.question, subject, answer);
        Ok(())
    }

    /// Picks parts of the kinds that are named; of each kind, the parts that are there already stay as
    /// they are.
    fn pick(&self, answers: &mut Answers) -> Result<()> {
        let kinds = if matches!(self.value.trim(), "?" | "-") { Vec::new() } else { self.options()? };
        if kinds.len() > PARTS {
            return self.refuse(&format!("more than {PARTS} parts; leave some out"));
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

    /// Says whether it takes an answer back.
    fn clears(&self) -> bool {
        self.value.trim().is_empty()
    }

    /// The options that are named, in that order.
    fn options(&self) -> Result<Vec<OptionId>> {
        let asked = self.asked();
        let ids = self.value.split(',').map(str::trim).filter(|id| !id.is_empty());
        let unknown = |id: &str| {
            let known: Vec<&str> = asked.options.iter().map(|option| option.id.as_str()).collect();
            let (id, hint) = (sanitize_line(id), nearest(id, &known));
            self.refuse(&format!("`{id}` is no option of `{}`; {hint}", asked.id))
        };
        ids.map(|id| asked.find(id).map_or_else(|| unknown(id), Ok)).collect()
    }

    fn chosen(&self) -> Result<OptionSet> {
        let asked = self.asked();
        let chosen: OptionSet = self.options()?.into_iter().collect();
        let with_alone = chosen.len() > 1 && !chosen.intersection(asked.alone_options()).is_empty();
        if (asked.kind == Kind::One && chosen.len() > 1) || with_alone {
            return self.refuse("these options exclude each other; give one");
        }
        Ok(chosen)
    }

    /// Refuses an answer that would be set aside, and says what would make it count.
    fn check_asked(&self, session: &Session, subject: Subject) -> Result<()> {
        let effective_all = session.answers.effective_all(self.questionnaire);
        let mut own =
            effective_all.iter().filter(|(own, _)| subject == Subject::System || *own == subject).peekable();
        let of = subject.part().map(|part| session.answers[part].name.as_str());
        if let (Some(name), None) = (of, own.peek()) {
            return self.refuse(&format!("{name} stays as it is, so no question is asked for it"));
        }
        if self.clears() || own.any(|(_, effective)| effective.is_visible(self.question)) {
            return Ok(());
        }
        if let Some(kinds) = self.asked().concerned_kinds()
            && !effective_all
                .iter()
                .any(|(own, it)| (subject == Subject::System || *own == subject) && it.sheet().is_of(kinds))
        {
            return self.refuse(&self.not_concerned(session, kinds, subject));
        }
        let when = self.asked().when.as_ref().context("a question without a condition is always asked")?;
        let of_part = effective_all.iter().filter(|(own, _)| subject == Subject::System || *own == subject);
        let effective_all: Vec<&EffectiveAnswers> = of_part.map(|(_, effective)| effective).collect();
        let sheets: Vec<Sheet> = effective_all.iter().map(|effective| effective.sheet()).collect();
        let to_do = when.to_do(self.questionnaire, of, &sheets, &|literal| {
            effective_all.iter().all(|effective| effective.is_true(literal))
        });
        let of = of.map_or_else(String::new, |name| format!(" for {name}"));
        self.refuse(&format!("this question is asked{of} only if you {to_do}"))
    }

    /// Says for which kinds of part the question is asked, and what would open it.
    fn not_concerned(&self, session: &Session, kinds: OptionSet, subject: Subject) -> String {
        let Some(parts) = self.questionnaire.parts_question().map(|parts| &self.questionnaire[parts]) else {
            return String::new();
        };
        let ids: Vec<&str> = kinds.iter().map(|kind| parts[kind].id.as_str()).collect();
        let only = format!("this question is asked only for parts of kind {}", join(ids, "or"));
        match subject.part().map(|part| &session.answers[part]) {
            Some(part) => format!("{only}, and {} is of kind {}", part.name, parts[part.kind].id),
            None => format!("{only}; add one to {}", parts.id),
        }
    }
}

/// Finds a part by its name, or by its kind where there is one part of that kind; an error says why there
/// is none.
pub fn part_called(questionnaire: &Questionnaire, session: &Session, name: &str) -> Result<PartId, String> {
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
            Err(format!("{} parts are of this kind; name one of {}", names.len(), names.join(", ")))
        }
        _ => Err(match kinds {
            None => "this questionnaire has no parts; leave the part out".to_owned(),
            Some(kinds) if answers.parts().is_empty() => {
                format!("no parts are picked; add --set {}=KIND", kinds.id)
            }
            Some(_) => format!("no part has this name; {}", nearest(name, &names)),
        }),
    }
}

/// Takes an assignment apart. Ids have neither sign, so that the first of the two decides; a name may
/// have both, what comes behind it has none.
fn split(given: &str) -> Option<(&str, Option<&str>, &str)> {
    let (id, rest) = given.split_at(given.find(['@', '='])?);
    match rest.strip_prefix('=') {
        Some(value) => Some((id, None, value)),
        None => rest[1..].rsplit_once('=').map(|(name, value)| (id, Some(name), value)),
    }
}
