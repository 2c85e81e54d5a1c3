//! Generates small, valid questionnaires and answers at random. Must not depend on what the engine does with
//! them.
//!
//! Everything is drawn from a list of random numbers in which zero means the simplest choice. Proptest
//! therefore shrinks a failing case by making numbers smaller.

use std::fmt::{self, Write as _};

use langfit::answers::{Answer, Emphasis, Plan, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, Kind, OptionId, OptionSet, Question, Questionnaire};
use langfit::session::Session;
use proptest::prelude::*;

use super::parse;

/// Enough numbers for all but the largest cases. Each number provides eight choices.
const NUMBERS: usize = 130;

/// A questionnaire and a sheet of answers to it.
pub struct Case {
    /// The text of the questionnaire.
    pub text: String,
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The answers.
    pub session: Session,
    /// The exclusions in the file, as the generator meant them.
    pub exclusions: Vec<Excluded>,
}

/// An exclusion as the generator meant it.
#[derive(Clone)]
pub struct Excluded {
    /// The reason, which is unique.
    pub because: String,
    /// Statements that must all be true.
    pub when: Vec<Stated>,
    /// The candidates that the exclusion is about.
    pub about: About,
    /// The kinds of part that the exclusion is limited to.
    pub parts: Option<Vec<&'static str>>,
    /// Answers, any one of which lifts the exclusion.
    pub unless: Vec<Stated>,
}

/// A statement about a sheet, in ids.
#[derive(Clone)]
pub enum Stated {
    /// One of these options is chosen.
    Any(&'static str, Vec<&'static str>),
    /// None of these options is chosen.
    None(&'static str, Vec<&'static str>),
    /// The part is of one of these kinds.
    This(Vec<&'static str>),
    /// The part is of none of these kinds.
    NotThis(Vec<&'static str>),
    /// The candidate is chosen in this question.
    ChosenBy(&'static str),
}

/// The candidates that an exclusion is about, in ids: these, or those chosen or not chosen in a question.
#[derive(Clone)]
pub enum About {
    These(Vec<&'static str>),
    ChosenBy(&'static str),
    NotChosenBy(&'static str),
}

impl Stated {
    /// Returns the statement in the notation of the file.
    fn text(&self) -> String {
        let any = |texts: Vec<String>| match texts.as_slice() {
            [only] => only.clone(),
            texts => format!("Any([{}])", texts.join(", ")),
        };
        let is = |question: &str, options: &[&str]| {
            any(options.iter().map(|option| format!("Is(\"{question}/{option}\")")).collect())
        };
        let this = |kinds: &[&str]| any(kinds.iter().map(|kind| format!("This({kind:?})")).collect());
        match self {
            Self::Any(question, options) => is(question, options),
            Self::None(question, options) => format!("Not({})", is(question, options)),
            Self::This(kinds) => this(kinds),
            Self::NotThis(kinds) => format!("Not({})", this(kinds)),
            Self::ChosenBy(question) => format!("ChosenBy({question:?})"),
        }
    }
}

/// Returns a strategy for cases.
pub fn cases() -> impl Strategy<Value = Case> {
    prop::collection::vec(any::<u64>(), NUMBERS).prop_map(|numbers| {
        let mut choices = Choices::new(&numbers);
        let (text, exclusions) = Writer::new(&mut choices).file();
        let questionnaire = parse(&text);
        let mut session = Session::new(&questionnaire);
        answer_all(&mut choices, &questionnaire, &mut session);
        Case { text, questionnaire, session, exclusions }
    })
}

impl fmt::Debug for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers = self.session.to_ron(&self.questionnaire).map_err(|_| fmt::Error)?;
        write!(formatter, "\n{}\n{answers}", self.text)
    }
}

/// A supply of small random decisions. After the last number, every decision is the simplest one.
struct Choices {
    bytes: std::vec::IntoIter<u8>,
}

impl Choices {
    fn new(numbers: &[u64]) -> Self {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        Self { bytes: bytes.into_iter() }
    }

    /// Returns a number below `count`.
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.bytes.next().unwrap_or(0)) % count
    }

    /// Returns `true` with a probability of about one in `count`.
    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Returns some of the items, at least one.
    fn some<T: Copy>(&mut self, from: &[T]) -> Vec<T> {
        let mask = 1 + self.below((1 << from.len()) - 1);
        from.iter().enumerate().filter(|(index, _)| mask >> index & 1 == 1).map(|(_, item)| *item).collect()
    }
}

const CANDIDATES: [&str; 5] = ["a", "b", "c", "d", "e"];
const QUESTIONS: [&str; 6] = ["q0", "q1", "q2", "q3", "q4", "q5"];
const OPTIONS: [&str; 4] = ["x", "y", "z", "w"];
const KINDS: [&str; 3] = ["k", "l", "m"];
/// Few distinct values, so that ties are common.
const POINTS: [i64; 12] = [1, 3, -1, 2, -3, 6, 1, 3, -2, 9, -6, -9];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    One,
    Many,
    Candidates { many: bool },
    Parts,
    Text,
}

/// The properties of a question that other questions need in order to refer to it.
struct Outline {
    shape: Shape,
    options: Vec<&'static str>,
    each_part: bool,
    hard: bool,
}

/// Writes the text of a questionnaire.
struct Writer<'a> {
    choices: &'a mut Choices,
    candidates: Vec<&'static str>,
    outlines: Vec<Outline>,
    kinds: Vec<&'static str>,
    /// Whether a question that waives adoption costs has been written.
    waives: bool,
    text: String,
    exclusions: Vec<Excluded>,
}

impl<'a> Writer<'a> {
    fn new(choices: &'a mut Choices) -> Self {
        let candidates = CANDIDATES[..2 + choices.below(4)].to_vec();
        let mut writer = Self {
            choices,
            candidates,
            outlines: Vec::new(),
            kinds: Vec::new(),
            waives: false,
            text: String::new(),
            exclusions: Vec::new(),
        };
        if writer.choices.one_in(2) {
            let parts = writer.outline_of(Shape::Parts);
            writer.outlines.push(parts);
        }
        for _ in writer.outlines.len()..=writer.choices.below(QUESTIONS.len()) {
            let outline = writer.outline();
            writer.outlines.push(outline);
        }
        writer
    }

    fn outline(&mut self) -> Outline {
        let shape = match self.choices.below(8) {
            3 | 4 => Shape::Many,
            5 => Shape::Candidates { many: self.choices.one_in(2) },
            6 if self.kinds.is_empty() => Shape::Parts,
            7 if self.choices.one_in(3) => Shape::Text,
            7 => Shape::Candidates { many: true },
            _ => Shape::One,
        };
        self.outline_of(shape)
    }

    fn outline_of(&mut self, shape: Shape) -> Outline {
        let options = match shape {
            Shape::One | Shape::Many => OPTIONS[..=self.choices.below(OPTIONS.len())].to_vec(),
            Shape::Candidates { .. } => self.candidates.clone(),
            Shape::Parts => {
                self.kinds = KINDS[..=self.choices.below(KINDS.len())].to_vec();
                self.kinds.clone()
            }
            Shape::Text => Vec::new(),
        };
        let may_differ = !matches!(shape, Shape::Parts | Shape::Text);
        Outline {
            shape,
            options,
            each_part: may_differ && self.choices.one_in(3),
            hard: may_differ && self.choices.one_in(2),
        }
    }

    fn file(mut self) -> (String, Vec<Excluded>) {
        self.text.push_str(
            "(format: 2, id: \"generated\", version: \"1\", title: \"t\", subject: \"a\", \
             sources: [(id: \"s\", title: \"s\")],\ncandidates: [",
        );
        for index in 0..self.candidates.len() {
            let candidate = self.candidates[index];
            self.write(format_args!("(id: {candidate:?}, name: {candidate:?}"));
            if self.choices.one_in(3) {
                let cost = self.choices.below(8);
                self.write(format_args!(", adoption: {cost}"));
            }
            self.text.push_str("), ");
        }
        self.text.push_str("],\n");
        if self.choices.below(4) > 0 {
            let cost = self.choices.below(7);
            self.write(format_args!("adoption: (points: {cost}, because: \"r\", source: [\"s\"]),\n"));
        }
        self.suitability();
        self.text.push_str("questions: [\n");
        for index in 0..self.outlines.len() {
            self.question(index);
        }
        self.text.push_str("],\nrules: [\n");
        for index in 0..self.choices.below(4) {
            self.rule(index);
        }
        self.text.push_str("])\n");
        (self.text, self.exclusions)
    }

    /// Writes which candidates do not suit which kinds of part, each pair at most once.
    fn suitability(&mut self) {
        let parts = self.outlines.iter().position(|outline| outline.shape == Shape::Parts);
        let Some(parts) = parts.filter(|_| self.choices.one_in(3)) else { return };
        let parts = QUESTIONS[parts];
        let unless = self.unless(1);
        self.write(format_args!("suitability: ({}", unless_text(&unless)));
        let unusual = if unless.is_empty() { Vec::new() } else { self.choices.some(&self.candidates) };
        let others: Vec<&'static str> =
            self.candidates.iter().filter(|it| !unusual.contains(it)).copied().collect();
        for (field, about, unless) in [("unusual", unusual, unless), ("cannot", others, Vec::new())] {
            if about.is_empty() || self.choices.one_in(3) {
                continue;
            }
            let kinds = self.choices.some(&self.kinds);
            let because = format!("e{}", self.exclusions.len());
            self.write(format_args!(
                "{field}: [(parts: {kinds:?}, candidates: {about:?}, because: {because:?}, source: [\"s\"])], "
            ));
            let when = vec![Stated::Any(parts, kinds.clone())];
            let (about, parts) = (About::These(about), Some(kinds));
            self.exclusions.push(Excluded { because, when, about, parts, unless });
        }
        self.text.push_str("),\n");
    }

    /// Picks one answer to a hard question and up to `most` more, or none if no question is hard.
    fn unless(&mut self, most: usize) -> Vec<Stated> {
        let hard: Vec<usize> = (0..self.outlines.len()).filter(|it| self.outlines[*it].hard).collect();
        if hard.is_empty() {
            return Vec::new();
        }
        let mut unless = Vec::new();
        for _ in 0..=self.choices.below(most + 1) {
            let question = self.choices.pick(&hard);
            let of_candidates = matches!(self.outlines[question].shape, Shape::Candidates { .. });
            unless.push(if of_candidates && !self.choices.one_in(3) {
                Stated::ChosenBy(QUESTIONS[question])
            } else {
                let option = self.choices.pick(&self.outlines[question].options);
                Stated::Any(QUESTIONS[question], vec![option])
            });
        }
        unless
    }

    /// Writes an exclusion and records its meaning.
    fn exclusion(&mut self, when: Vec<Stated>, about: About, scoped: bool) {
        let because = format!("e{}", self.exclusions.len());
        let parts = if scoped { self.some_parts() } else { None };
        let unless = if self.choices.one_in(2) { self.unless(2) } else { Vec::new() };
        let whom = match &about {
            About::These(candidates) => format!("candidates: {candidates:?}, "),
            // A template applies to each candidate in turn.
            About::ChosenBy(_) | About::NotChosenBy(_) if when.is_empty() => String::new(),
            About::ChosenBy(question) | About::NotChosenBy(question) => {
                format!("chosen_by: {question:?}, ")
            }
        };
        let limit = parts.as_ref().map_or_else(String::new, |parts| format!(", parts: {parts:?}"));
        self.write(format_args!(
            "exclusions: [({whom}{}because: {because:?}, source: [\"s\"]{limit})], ",
            unless_text(&unless)
        ));
        let parts = match when.first() {
            // An exclusion written at a kind of part applies only to parts of that kind.
            Some(Stated::Any(_, kinds)) if !scoped => Some(kinds.clone()),
            _ => parts,
        };
        self.exclusions.push(Excluded { because, when, about, parts, unless });
    }

    fn write(&mut self, text: fmt::Arguments<'_>) {
        self.text.write_fmt(text).expect("writing to a string cannot fail");
    }

    fn question(&mut self, index: usize) {
        let id = QUESTIONS[index];
        let shape = self.outlines[index].shape;
        let when = if matches!(shape, Shape::Parts | Shape::Text) || !self.choices.one_in(2) {
            None
        } else {
            self.condition(index, 2)
        };
        if let Some((when, differs)) = &when {
            self.write(format_args!("(id: {id:?}, title: \"t\", ask: \"a\", why: \"w\", when: {when}, "));
            // If an answer in the condition may differ by part, the question is answered by part too.
            self.outlines[index].each_part |= differs;
        } else {
            self.write(format_args!("(id: {id:?}, title: \"t\", ask: \"a\", why: \"w\", "));
        }
        let may_differ = !matches!(shape, Shape::Parts | Shape::Text);
        if may_differ && self.parts_before(index) && self.choices.one_in(3) {
            let kinds = self.choices.some(&self.kinds);
            self.write(format_args!("concerns: {kinds:?}, "));
            self.outlines[index].each_part = true;
        }
        let each_part = self.outlines[index].each_part;
        if each_part {
            self.text.push_str("each_part: true, ");
        }
        if shape != Shape::Parts && self.choices.one_in(5) {
            self.text.push_str("skippable: false, ");
        }
        if self.outlines[index].hard {
            self.text.push_str("hard: true, ");
        }
        let waives = !self.waives && !each_part && self.choices.one_in(2);
        match shape {
            Shape::Candidates { many } => self.templates(id, many, waives),
            Shape::Text => self.text.push_str("kind: Text"),
            Shape::One | Shape::Many | Shape::Parts => self.options(index, waives),
        }
        self.text.push_str("),\n");
    }

    /// Returns whether the parts question comes before the question at `index`.
    fn parts_before(&self, index: usize) -> bool {
        self.outlines[..index.min(self.outlines.len())].iter().any(|outline| outline.shape == Shape::Parts)
    }

    fn templates(&mut self, id: &'static str, many: bool, waives: bool) {
        self.write(format_args!("kind: Candidates(many: {many}"));
        if waives || self.choices.one_in(2) {
            self.text.push_str(", chosen: (");
            self.template(About::ChosenBy(id));
            if waives {
                self.waives = true;
                self.text.push_str("waives_adoption: true");
            }
            self.text.push(')');
        }
        if self.choices.one_in(2) {
            self.text.push_str(", not_chosen: (");
            self.template(About::NotChosenBy(id));
            self.text.push(')');
        }
        self.text.push(')');
    }

    fn template(&mut self, about: About) {
        let points = self.choices.pick(&POINTS);
        let parts = self.parts();
        self.write(format_args!("evidence: [(points: {points}, because: \"r\", source: [\"s\"]{parts})], "));
        if self.choices.one_in(4) {
            self.exclusion(Vec::new(), about, true);
        }
    }

    fn options(&mut self, index: usize, waives: bool) {
        let shape = self.outlines[index].shape;
        self.text.push_str(match shape {
            Shape::Many => "kind: Many, options: [",
            Shape::Parts => "kind: Parts, options: [",
            _ => "kind: One, options: [",
        });
        for option in self.outlines[index].options.clone() {
            self.write(format_args!("\n  (id: {option:?}, text: {option:?}, "));
            if shape == Shape::Many && self.choices.one_in(5) {
                self.text.push_str("alone: true, ");
            }
            if waives && shape != Shape::Parts && self.choices.one_in(2) {
                self.waives = true;
                let candidates = self.choices.some(&self.candidates);
                self.write(format_args!("waives_adoption: {candidates:?}, "));
            }
            // The evidence of a kind applies only to parts of that kind, so the file must not state a scope.
            let scoped = shape != Shape::Parts;
            let when = vec![Stated::Any(QUESTIONS[index], vec![option])];
            self.effects(3, 7, scoped, when);
            self.text.push_str("),");
        }
        self.text.push(']');
    }

    fn rule(&mut self, index: usize) {
        let mut when: Vec<Stated> = (0..2 + self.choices.below(3)).filter_map(|_| self.statement()).collect();
        if when.len() < 2 {
            return;
        }
        if !self.kinds.is_empty() && self.choices.one_in(3) {
            let kinds = self.choices.some(&self.kinds);
            when.push(if self.choices.one_in(3) { Stated::NotThis(kinds) } else { Stated::This(kinds) });
        }
        let literals = when.iter().map(Stated::text).collect::<Vec<_>>().join(", ");
        self.write(format_args!("(id: \"r{index}\", when: All([{literals}]), "));
        self.effects(2, 4, true, when);
        self.text.push_str("),\n");
    }

    /// Writes up to `most` pieces of evidence and, once in `seldom` times, an exclusion.
    fn effects(&mut self, most: usize, seldom: usize, scoped: bool, when: Vec<Stated>) {
        self.text.push_str("evidence: [");
        for _ in 0..self.choices.below(most + 1) {
            let points = self.choices.pick(&POINTS);
            let about = self.about();
            let parts = if scoped { self.parts() } else { String::new() };
            self.write(format_args!("(points: {points}, {about}, because: \"r\", source: [\"s\"]{parts}), "));
        }
        self.text.push_str("], ");
        if self.choices.one_in(seldom) {
            let about = self.about_whom();
            self.exclusion(when, about, scoped);
        }
    }

    fn about(&mut self) -> String {
        match self.about_whom() {
            About::These(candidates) => format!("candidates: {candidates:?}"),
            About::ChosenBy(question) | About::NotChosenBy(question) => format!("chosen_by: {question:?}"),
        }
    }

    fn about_whom(&mut self) -> About {
        let of_candidates: Vec<&'static str> = QUESTIONS
            .iter()
            .zip(&self.outlines)
            .filter(|(_, outline)| matches!(outline.shape, Shape::Candidates { .. }))
            .map(|(id, _)| *id)
            .collect();
        if !of_candidates.is_empty() && self.choices.one_in(4) {
            return About::ChosenBy(self.choices.pick(&of_candidates));
        }
        About::These(self.choices.some(&self.candidates))
    }

    fn parts(&mut self) -> String {
        self.some_parts().map_or_else(String::new, |parts| format!(", parts: {parts:?}"))
    }

    fn some_parts(&mut self) -> Option<Vec<&'static str>> {
        if self.kinds.is_empty() || !self.choices.one_in(3) {
            return None;
        }
        Some(self.choices.some(&self.kinds))
    }

    /// Returns a statement about one question, with one or two of its options chosen or not.
    fn statement(&mut self) -> Option<Stated> {
        let negated = self.choices.one_in(3);
        let (question, option) = self.option(QUESTIONS.len())?;
        let mut options = vec![option];
        if self.choices.one_in(3) {
            let other = self.choices.pick(&self.outlines[question].options);
            options.extend((other != option).then_some(other));
        }
        let id = QUESTIONS[question];
        Some(if negated { Stated::None(id, options) } else { Stated::Any(id, options) })
    }

    /// Returns a question before `before` and one of its options.
    fn option(&mut self, before: usize) -> Option<(usize, &'static str)> {
        let asked: Vec<usize> = (0..before.min(self.outlines.len()))
            .filter(|index| !self.outlines[*index].options.is_empty())
            .collect();
        if asked.is_empty() {
            return None;
        }
        let question = self.choices.pick(&asked);
        let option = self.choices.pick(&self.outlines[question].options);
        Some((question, option))
    }

    /// Returns a condition, and whether it depends on an answer that may differ by part.
    fn condition(&mut self, before: usize, depth: usize) -> Option<(String, bool)> {
        let form = if depth == 0 { 0 } else { self.choices.below(8) };
        if form > 5 && self.parts_before(before) {
            let kind = self.choices.pick(&self.kinds);
            let this = (format!("This({kind:?})"), true);
            return Some(if form == 6 { this } else { ("SeveralParts".to_owned(), false) });
        }
        if !(3..6).contains(&form) {
            let (question, option) = self.option(before)?;
            let literal = format!("Is(\"{}/{option}\")", QUESTIONS[question]);
            return Some((literal, self.outlines[question].each_part));
        }
        let (first, first_differs) = self.condition(before, depth - 1)?;
        if form == 3 {
            return Some((format!("Not({first})"), first_differs));
        }
        let (second, second_differs) = self.condition(before, depth - 1)?;
        let form = if form == 4 { "All" } else { "Any" };
        Some((format!("{form}([{first}, {second}])"), first_differs || second_differs))
    }
}

/// Returns the `unless` field of an exclusion, or an empty string if nothing lifts it.
fn unless_text(unless: &[Stated]) -> String {
    if unless.is_empty() {
        return String::new();
    }
    format!("unless: [{}], ", unless.iter().map(Stated::text).collect::<Vec<_>>().join(", "))
}

fn answer_all(choices: &mut Choices, questionnaire: &Questionnaire, session: &mut Session) {
    let candidates = questionnaire.candidates().len();
    if let Some(parts) = questionnaire.parts_question() {
        for _ in 0..choices.below(4) {
            let kind = OptionId::from_index(choices.below(questionnaire[parts].options.len()));
            let part = session.answers.add_part(questionnaire, kind).expect("three parts are not too many");
            let plan = match choices.below(6) {
                0..=3 => Plan::ToDecide,
                4 => Plan::StaysIn(CandidateId::from_index(choices.below(candidates))),
                _ => Plan::StaysOther("cobol".to_owned()),
            };
            session.answers.set_plan(part, plan);
        }
    }
    for id in questionnaire.question_ids() {
        let question = &questionnaire[id];
        let emphasis = match choices.below(8) {
            0..=5 => Emphasis::Normal,
            6 => Emphasis::Double,
            _ => Emphasis::Ignored,
        };
        if question.kind != Kind::Parts {
            session.answers.set(id, Subject::System, answer(choices, question));
            for part in session.answers.part_ids() {
                if question.each_part && choices.one_in(3) {
                    session.answers.set(id, Subject::Part(part), answer(choices, question));
                }
            }
        }
        // A file may contain an emphasis without an answer.
        session.answers.given_mut(id).emphasis = emphasis;
    }
}

fn answer(choices: &mut Choices, question: &Question) -> Answer {
    match choices.below(8) {
        0 | 1 => Answer::Open,
        2 => Answer::NotSure,
        3 => Answer::NotApplicable,
        _ if question.kind == Kind::Text => Answer::Text("words".to_owned()),
        _ => Answer::Chosen(choice(choices, question)),
    }
}

fn choice(choices: &mut Choices, question: &Question) -> OptionSet {
    if question.kind == Kind::Many {
        let alone: Vec<OptionId> = question.alone_options().iter().collect();
        let together: Vec<OptionId> =
            question.all_options().without(question.alone_options()).iter().collect();
        if together.is_empty() || (!alone.is_empty() && choices.one_in(3)) {
            return OptionSet::only(choices.pick(&alone));
        }
        return choices.some(&together).into_iter().collect();
    }
    OptionSet::only(OptionId::from_index(choices.below(question.options.len())))
}
