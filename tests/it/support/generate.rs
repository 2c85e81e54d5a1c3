//! Makes small random questionnaires with random answers, always valid; must not know what the
//! engine does with them.
//!
//! Everything is drawn from a list of random numbers in which zero means the plainest choice, so
//! that proptest makes a failing case plainer by making numbers smaller.

use std::fmt::{self, Write as _};

use langfit::answers::{Answer, Emphasis, Plan, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, Kind, OptionId, OptionSet, Question, Questionnaire};
use langfit::session::Session;
use proptest::prelude::*;

use super::parse;

/// Enough numbers for all but the largest cases, eight choices each.
const NUMBERS: usize = 90;

/// A questionnaire and a sheet of answers to it.
pub struct Case {
    /// The questionnaire's file.
    pub text: String,
    /// The questionnaire.
    pub questionnaire: Questionnaire,
    /// The answers.
    pub session: Session,
}

/// Returns a strategy for cases.
pub fn cases() -> impl Strategy<Value = Case> {
    prop::collection::vec(any::<u64>(), NUMBERS).prop_map(|numbers| {
        let mut choices = Choices::new(&numbers);
        let text = Writer::new(&mut choices).file();
        let questionnaire = parse(&text);
        let mut session = Session::new(&questionnaire);
        answer_all(&mut choices, &questionnaire, &mut session);
        Case { text, questionnaire, session }
    })
}

impl fmt::Debug for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answers = self.session.to_ron(&self.questionnaire).map_err(|_| fmt::Error)?;
        write!(formatter, "\n{}\n{answers}", self.text)
    }
}

/// A supply of small random decisions; when it runs dry every decision is the plainest.
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

    /// Says yes once in `count` times.
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
/// Few different values, so that ties are common.
const POINTS: [i64; 12] = [1, 3, -1, 2, -3, 6, 1, 3, -2, 9, -6, -9];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    One,
    Many,
    Candidates { many: bool },
    Parts,
    Text,
}

/// What must be known of a question before another one can refer to it.
struct Outline {
    shape: Shape,
    options: Vec<&'static str>,
    each_part: bool,
}

/// Writes a questionnaire's file.
struct Writer<'a> {
    choices: &'a mut Choices,
    candidates: Vec<&'static str>,
    outlines: Vec<Outline>,
    kinds: Vec<&'static str>,
    /// Whether a question that waives adoption costs has been written.
    waives: bool,
    text: String,
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
        };
        for _ in 0..=writer.choices.below(QUESTIONS.len()) {
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
        Outline { shape, options, each_part: may_differ && self.choices.one_in(3) }
    }

    fn file(mut self) -> String {
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
        self.text.push_str("questions: [\n");
        for index in 0..self.outlines.len() {
            self.question(index);
        }
        self.text.push_str("],\nrules: [\n");
        for index in 0..self.choices.below(4) {
            self.rule(index);
        }
        self.text.push_str("])\n");
        self.text
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
            // What depends on an answer that may differ by part may differ itself.
            self.outlines[index].each_part |= differs;
        } else {
            self.write(format_args!("(id: {id:?}, title: \"t\", ask: \"a\", why: \"w\", "));
        }
        let each_part = self.outlines[index].each_part;
        if each_part {
            self.text.push_str("each_part: true, ");
        }
        if shape != Shape::Parts && self.choices.one_in(5) {
            self.text.push_str("skippable: false, ");
        }
        let waives = !self.waives && !each_part && self.choices.one_in(2);
        match shape {
            Shape::Candidates { many } => self.templates(many, waives),
            Shape::Text => self.text.push_str("kind: Text"),
            Shape::One | Shape::Many | Shape::Parts => self.options(index, waives),
        }
        self.text.push_str("),\n");
    }

    fn templates(&mut self, many: bool, waives: bool) {
        self.write(format_args!("kind: Candidates(many: {many}"));
        if waives || self.choices.one_in(2) {
            self.text.push_str(", chosen: (");
            self.template();
            if waives {
                self.waives = true;
                self.text.push_str("waives_adoption: true");
            }
            self.text.push(')');
        }
        if self.choices.one_in(2) {
            self.text.push_str(", not_chosen: (");
            self.template();
            self.text.push(')');
        }
        self.text.push(')');
    }

    fn template(&mut self) {
        let points = self.choices.pick(&POINTS);
        let parts = self.parts();
        self.write(format_args!("evidence: [(points: {points}, because: \"r\", source: [\"s\"]{parts})], "));
        if self.choices.one_in(4) {
            let parts = self.parts();
            self.write(format_args!("exclusions: [(because: \"r\", source: [\"s\"]{parts})], "));
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
            // A kind's evidence is for its own parts; the file may not say so again.
            let scoped = shape != Shape::Parts;
            self.effects(3, 7, scoped);
            self.text.push_str("),");
        }
        self.text.push(']');
    }

    fn rule(&mut self, index: usize) {
        let literals: Vec<String> = (0..2 + self.choices.below(3))
            .filter_map(|_| {
                let negated = self.choices.one_in(3);
                let (_, literal) = self.literal(QUESTIONS.len())?;
                Some(if negated { format!("Not(Is({literal:?}))") } else { format!("Is({literal:?})") })
            })
            .collect();
        if literals.len() < 2 {
            return;
        }
        let literals = literals.join(", ");
        self.write(format_args!("(id: \"r{index}\", when: All([{literals}]), "));
        self.effects(2, 4, true);
        self.text.push_str("),\n");
    }

    /// Writes up to `most` pieces of evidence and, once in `seldom` times, an exclusion.
    fn effects(&mut self, most: usize, seldom: usize, scoped: bool) {
        self.text.push_str("evidence: [");
        for _ in 0..self.choices.below(most + 1) {
            let points = self.choices.pick(&POINTS);
            let about = self.about();
            let parts = if scoped { self.parts() } else { String::new() };
            self.write(format_args!("(points: {points}, {about}, because: \"r\", source: [\"s\"]{parts}), "));
        }
        self.text.push_str("], ");
        if self.choices.one_in(seldom) {
            let about = self.about();
            let parts = if scoped { self.parts() } else { String::new() };
            self.write(format_args!("exclusions: [({about}, because: \"r\", source: [\"s\"]{parts})], "));
        }
    }

    fn about(&mut self) -> String {
        let of_candidates: Vec<&str> = QUESTIONS
            .iter()
            .zip(&self.outlines)
            .filter(|(_, outline)| matches!(outline.shape, Shape::Candidates { .. }))
            .map(|(id, _)| *id)
            .collect();
        if !of_candidates.is_empty() && self.choices.one_in(4) {
            return format!("chosen_by: {:?}", self.choices.pick(&of_candidates));
        }
        format!("candidates: {:?}", self.choices.some(&self.candidates))
    }

    fn parts(&mut self) -> String {
        if self.kinds.is_empty() || !self.choices.one_in(3) {
            return String::new();
        }
        format!(", parts: {:?}", self.choices.some(&self.kinds))
    }

    /// Returns a question before `before` and one of its options, as `question/option`.
    fn literal(&mut self, before: usize) -> Option<(usize, String)> {
        let asked: Vec<usize> = (0..before.min(self.outlines.len()))
            .filter(|index| !self.outlines[*index].options.is_empty())
            .collect();
        if asked.is_empty() {
            return None;
        }
        let question = self.choices.pick(&asked);
        let option = self.choices.pick(&self.outlines[question].options);
        Some((question, format!("{}/{option}", QUESTIONS[question])))
    }

    /// Returns a condition and whether it depends on an answer that may differ by part.
    fn condition(&mut self, before: usize, depth: usize) -> Option<(String, bool)> {
        let form = if depth == 0 { 0 } else { self.choices.below(6) };
        if form < 3 {
            let (question, literal) = self.literal(before)?;
            return Some((format!("Is({literal:?})"), self.outlines[question].each_part));
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
        // A file can have it stored without any answer.
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
