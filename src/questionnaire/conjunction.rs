//! Resolves the conjunction of a rule. Each statement in it is about one question or about the kind of part.

use super::checker::Checker;
use super::schema::Condition;
use super::{Literal, OptionSet, Scope};

/// One statement of a conjunction.
enum Statement {
    Answer(Literal),
    /// The sheets on which the statement is true.
    Part(Scope),
}

impl Checker<'_> {
    /// Resolves a conjunction. Errors without a position in the text are reported at `at`.
    pub fn conjunction(&mut self, condition: &Condition<'_>, at: &str) -> (Vec<Literal>, Scope) {
        let all = match condition {
            Condition::All(all) => all.as_slice(),
            other => std::slice::from_ref(other),
        };
        let (mut guard, mut scope) = (Vec::new(), Scope::EVERYWHERE);
        for condition in all {
            match self.statement(condition, at) {
                Some(Statement::Answer(literal)) => guard.push(literal),
                Some(Statement::Part(sheets)) => scope = scope.and(sheets),
                None => {}
            }
        }
        (guard, scope)
    }

    fn statement(&mut self, condition: &Condition<'_>, at: &str) -> Option<Statement> {
        match condition {
            Condition::Is(text) => self.literal(text, true).map(Statement::Answer),
            Condition::This(kind) => {
                let kind = self.part_kind("This", kind)?;
                Some(Statement::Part(Scope::parts(OptionSet::only(kind))))
            }
            Condition::Not(inner) => Some(match self.statement(inner, at)? {
                Statement::Answer(literal) => Statement::Answer(Literal { holds: !literal.holds, ..literal }),
                Statement::Part(sheets) => Statement::Part(sheets.outside()),
            }),
            Condition::Any(inner) => self.any(inner, at),
            Condition::All(_) | Condition::SeveralParts => {
                self.not_one_statement(at);
                None
            }
        }
    }

    /// Joins several options of one question, or several kinds of part, into one statement.
    fn any(&mut self, conditions: &[Condition<'_>], at: &str) -> Option<Statement> {
        let statements: Vec<Statement> =
            conditions.iter().map(|it| self.statement(it, at)).collect::<Option<_>>()?;
        let joined = statements.into_iter().map(Some).reduce(|one, other| match (one?, other?) {
            (Statement::Answer(one), Statement::Answer(other))
                if one.question == other.question && one.holds && other.holds =>
            {
                Some(Statement::Answer(Literal { options: one.options.union(other.options), ..one }))
            }
            (Statement::Part(one), Statement::Part(other)) => Some(Statement::Part(one.or(other))),
            _ => None,
        });
        let joined = joined.flatten();
        if joined.is_none() {
            self.not_one_statement(at);
        }
        joined
    }

    fn not_one_statement(&mut self, at: &str) {
        let what = "a rule joins statements about one question each";
        let hint =
            "write each one as Is, Not(Is), Any of one question's options, This, Not(This) or Any of This";
        self.error(at, what, hint);
    }
}
