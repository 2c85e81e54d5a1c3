//! Statements about answers, and the conditions composed of them.

use serde::{Deserialize, Serialize};

use super::{Kind, OptionId, OptionSet, QuestionId, Questionnaire, Scope, join};

/// A statement about one question: at least one of `options` is chosen, or none is.
///
/// An option counts as chosen only while its question is visible. Therefore a literal with `holds: false` is
/// true if its question is open or hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Literal {
    /// The question.
    pub question: QuestionId,
    /// The options tested.
    pub options: OptionSet,
    /// Whether at least one option must be chosen; otherwise none may be.
    pub holds: bool,
}

/// The facts about a sheet that a condition can test. A sheet is the answers for one part or the whole
/// system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// The kind of the part that the sheet is for; `None` for the whole system.
    pub kind: Option<OptionId>,
    /// Whether at least two parts are picked.
    pub several_parts: bool,
}

/// A condition under which something applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// The literal is true.
    Is(Literal),
    /// The sheet is for a part of one of these kinds.
    This(OptionSet),
    /// At least two parts are picked.
    SeveralParts,
    /// The condition is false.
    Not(Box<Condition>),
    /// All conditions are true.
    All(Vec<Condition>),
    /// At least one condition is true.
    Any(Vec<Condition>),
}

impl Condition {
    /// Returns every literal in the condition.
    pub fn literals(&self) -> Vec<Literal> {
        match self {
            Self::Is(literal) => vec![*literal],
            Self::This(_) | Self::SeveralParts => Vec::new(),
            Self::Not(inner) => inner.literals(),
            Self::All(inner) | Self::Any(inner) => inner.iter().flat_map(Self::literals).collect(),
        }
    }

    /// Returns whether the condition tests the kind of part that a sheet is for.
    pub fn asks_this(&self) -> bool {
        self.has(&|condition| matches!(condition, Self::This(_)))
    }

    /// Returns whether the condition tests for several parts.
    pub fn asks_several_parts(&self) -> bool {
        self.has(&|condition| *condition == Self::SeveralParts)
    }

    /// Returns whether the condition or any nested condition satisfies a predicate.
    fn has(&self, is_meant: &impl Fn(&Self) -> bool) -> bool {
        is_meant(self)
            || match self {
                Self::Is(_) | Self::This(_) | Self::SeveralParts => false,
                Self::Not(inner) => inner.has(is_meant),
                Self::All(inner) | Self::Any(inner) => inner.iter().any(|inner| inner.has(is_meant)),
            }
    }

    /// Returns how to make the condition hold, with ids that can be typed:
    /// `answer one=x and (add u to two or remove y from three)`.
    ///
    /// Of a conjunction, only the conditions that are not true yet are listed. Answers that can differ by
    /// part are addressed to the part named `part`, if given.
    pub fn to_do(
        &self,
        questionnaire: &Questionnaire,
        part: Option<&str>,
        sheets: &[Sheet],
        is_true: &impl Fn(Literal) -> bool,
    ) -> String {
        let asker = Asker { questionnaire, part, sheets, is_true };
        self.step(true, &asker).map_or_else(String::new, |step| step.text)
    }

    /// Returns how to make the condition evaluate to `holds`, or `None` if it already does.
    fn step(&self, holds: bool, asker: &Asker<'_, impl Fn(Literal) -> bool>) -> Option<Instruction> {
        match self {
            Self::Is(literal) => asker.step(Literal { holds: literal.holds == holds, ..*literal }),
            Self::This(kinds) => asker.kinds(*kinds, holds),
            Self::SeveralParts => asker.parts(holds),
            Self::Not(inner) => inner.step(!holds, asker),
            Self::All(inner) | Self::Any(inner) => {
                let steps = inner.iter().map(|condition| condition.step(holds, asker));
                if matches!(self, Self::All(_)) == holds {
                    let steps: Vec<Instruction> = steps.flatten().collect();
                    (!steps.is_empty()).then(|| Instruction::joined(steps, "and"))
                } else {
                    steps.collect::<Option<Vec<Instruction>>>().map(|steps| Instruction::joined(steps, "or"))
                }
            }
        }
    }

    /// Evaluates the condition on a sheet, given which literals are true there.
    pub fn holds(&self, sheet: Sheet, is_true: &impl Fn(Literal) -> bool) -> bool {
        match self {
            Self::Is(literal) => is_true(*literal),
            Self::This(kinds) => sheet.is_of(*kinds),
            Self::SeveralParts => sheet.several_parts,
            Self::Not(inner) => !inner.holds(sheet, is_true),
            Self::All(inner) => inner.iter().all(|condition| condition.holds(sheet, is_true)),
            Self::Any(inner) => inner.iter().any(|condition| condition.holds(sheet, is_true)),
        }
    }
}

impl Sheet {
    /// Returns whether the sheet is for a part of one of these kinds.
    pub fn is_of(self, kinds: OptionSet) -> bool {
        Scope::parts(kinds).covers(self.kind)
    }
}

/// The context for an instruction: the part it is for, and what is already true.
struct Asker<'a, T> {
    questionnaire: &'a Questionnaire,
    part: Option<&'a str>,
    sheets: &'a [Sheet],
    is_true: &'a T,
}

impl<T: Fn(Literal) -> bool> Asker<'_, T> {
    /// Returns how to get a part of one of these kinds, or of any other kind if `holds` is `false`.
    fn kinds(&self, kinds: OptionSet, holds: bool) -> Option<Instruction> {
        if self.sheets.iter().any(|sheet| sheet.is_of(kinds) == holds) {
            return None;
        }
        let question = self.questionnaire.parts_question()?;
        let parts = &self.questionnaire[question];
        let kinds = if holds { kinds } else { parts.all_options().without(kinds) };
        // Such a part may already be picked, but stay as it is or not be the part in question.
        let pick = self.part.is_none().then(|| self.step(Literal { question, options: kinds, holds: true }));
        pick.flatten().or_else(|| {
            let ids = kinds.iter().map(|kind| parts[kind].id.as_str());
            Some(Instruction::alone(format!("ask it for a part of kind {}", join(ids, "or"))))
        })
    }

    fn parts(&self, several: bool) -> Option<Instruction> {
        if self.sheets.iter().any(|sheet| sheet.several_parts == several) {
            return None;
        }
        let id = &self.questionnaire[self.questionnaire.parts_question()?].id;
        let count = if several { "at least two parts" } else { "no more than one part" };
        Some(Instruction::alone(format!("pick {count} in {id}")))
    }

    fn step(&self, literal: Literal) -> Option<Instruction> {
        if (self.is_true)(literal) {
            return None;
        }
        let asked = &self.questionnaire[literal.question];
        let part = self.part.filter(|_| asked.each_part).map_or_else(String::new, |part| format!("@{part}"));
        let id = format!("{}{part}", asked.id);
        let names: Vec<&str> = literal.options.iter().map(|option| asked[option].id.as_str()).collect();
        let any = (0..asked.options.len()).map(OptionId).collect();
        let is_answered = (self.is_true)(Literal { options: any, holds: true, ..literal });
        let text = match (literal.holds, asked.kind) {
            (true, Kind::Many | Kind::Parts) if is_answered => format!("add {} to {id}", names.join(" or ")),
            (true, _) => {
                let answers = names
                    .iter()
                    .map(|name| Instruction::alone(format!("{}{id}={name}", Instruction::ANSWER)));
                return Some(Instruction::joined(answers.collect(), "or"));
            }
            (false, Kind::Many | Kind::Parts) => format!("remove {} from {id}", names.join(" and ")),
            (false, _) => format!("give {id} another answer than {}", names.join(" or ")),
        };
        Some(Instruction::alone(text))
    }
}

/// The text of an instruction, and the word that joins its steps, which determines where brackets are needed.
struct Instruction {
    text: String,
    by: Option<&'static str>,
    /// Whether all steps are answers, so that the verb is written only once.
    answers: bool,
}

impl Instruction {
    const ANSWER: &str = "answer ";

    fn alone(text: String) -> Self {
        Self { answers: text.starts_with(Self::ANSWER), text, by: None }
    }

    fn joined(mut steps: Vec<Self>, by: &'static str) -> Self {
        if steps.len() == 1 {
            return steps.remove(0);
        }
        let answers = steps.iter().all(|step| step.answers);
        let worded = |(at, step): (usize, &Self)| match step.by {
            Some(inner) if inner != by => format!("({})", step.text),
            _ if answers && at > 0 => step.text.trim_start_matches(Self::ANSWER).to_owned(),
            _ => step.text.clone(),
        };
        let texts: Vec<String> = steps.iter().enumerate().map(worded).collect();
        Self { text: texts.join(&format!(" {by} ")), by: Some(by), answers }
    }
}
