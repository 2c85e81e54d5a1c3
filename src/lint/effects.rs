//! Options, questions, rules and reasons that change nothing, or far too much; must not look at what
//! they bring together.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Warnings;
use crate::questionnaire::{
    CandidateId, Condition, Effect, Kind, Line, Literal, OptionId, OptionSet, Origin, QuestionId,
    Questionnaire,
};
use crate::set::Set;

/// Share of words that two questions may have in common, in per cent.
const ALIKE: usize = 80;

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    options(questionnaire, warnings);
    rules(questionnaire, warnings);
    lines(questionnaire, warnings);
    sources(questionnaire, warnings);
    same_questions(questionnaire, warnings);
    swing(questionnaire, warnings);
}

/// Returns, by question, the options that anything at all depends on.
fn meant(questionnaire: &Questionnaire) -> Vec<OptionSet> {
    let mut meant: Vec<OptionSet> =
        questionnaire.question_ids().map(|id| questionnaire.uses.options(id)).collect();
    let mut mean = |literal: &Literal| {
        let options = &mut meant[literal.question.0];
        *options = options.union(literal.options);
    };
    questionnaire.says.iter().flat_map(|say| &say.guard).for_each(&mut mean);
    questionnaire.rules.iter().flat_map(|rule| &rule.all).for_each(&mut mean);
    let conditions = questionnaire.boundaries.iter().filter_map(|boundary| boundary.when.as_ref());
    conditions.flat_map(Condition::literals).for_each(|literal| mean(&literal));
    meant
}

fn options(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let meant = meant(questionnaire);
    for (id, meant) in questionnaire.question_ids().zip(meant) {
        let question = &questionnaire[id];
        let idle = question.all_options().without(meant);
        match question.kind {
            Kind::One | Kind::Many if meant.is_empty() => {
                let hint = "give an option evidence, an exclusion or a remark, or take the question out";
                warnings.warn(&question.place, "no answer to this question changes anything", hint);
            }
            // One option may stand for all that brings nothing.
            Kind::One if !question.of_candidates => {
                let first = idle.iter().next().map(|first| &question[first].id);
                for option in idle.iter().skip(1) {
                    let what = format!("this option changes as little as `{}`", first.map_or("", |id| id));
                    warnings.warn(&question[option].place, what, "let it bring something, or join the two");
                }
            }
            Kind::Many if !question.of_candidates => {
                for option in idle.without(question.alone_options()).iter() {
                    let hint = "give it evidence, an exclusion or a remark, or take it out";
                    warnings.warn(&question[option].place, "this option changes nothing", hint);
                }
            }
            _ => {}
        }
    }
}

fn rules(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut scores = vec![false; questionnaire.rules.len()];
    for line in questionnaire.rule_lines() {
        if let Origin::Rule(index) = line.origin {
            scores[index] = true;
        }
    }
    let said: HashSet<&[Literal]> = questionnaire.says.iter().map(|say| say.guard.as_slice()).collect();
    for (rule, scores) in questionnaire.rules.iter().zip(scores) {
        if !scores && !said.contains(rule.all.as_slice()) {
            let hint = "give it evidence, an exclusion or a remark, or take it out";
            warnings.warn(&rule.place, "this rule changes nothing", hint);
        }
    }
}

fn lines(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    for line in questionnaire.lines.iter().filter(|line| line.candidates == questionnaire.all_candidates()) {
        match line.effect {
            Effect::Points(_) => {
                let hint = "leave out those it does not set apart";
                warnings.warn(&line.place, "evidence about every candidate alike changes nothing", hint);
            }
            Effect::Excludes => {
                let hint = "leave out those that remain possible";
                warnings.warn(&line.place, "this rules out every candidate", hint);
            }
        }
    }
}

fn sources(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut cited: Vec<bool> = vec![false; questionnaire.sources.len()];
    let facts = questionnaire.dimensions.iter().flat_map(|dimension| &dimension.facts);
    let all = [&questionnaire.adoption.sources]
        .into_iter()
        .chain(questionnaire.lines.iter().map(|line| &line.sources))
        .chain(questionnaire.says.iter().map(|say| &say.sources))
        .chain(questionnaire.boundaries.iter().map(|boundary| &boundary.sources))
        .chain(facts.map(|fact| &fact.sources));
    for source in all.flatten() {
        cited[source.0] = true;
    }
    for (source, _) in questionnaire.sources.iter().zip(cited).filter(|(_, cited)| !cited) {
        warnings.warn(&source.place, "nothing cites this source", "cite it, or take it out");
    }
}

/// Questions with the same words, or whose options bring the same.
fn same_questions(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let words: Vec<BTreeSet<String>> =
        questionnaire.questions.iter().map(|question| words(&question.ask)).collect();
    let mut bringing: HashMap<Vec<Vec<(u64, Effect)>>, QuestionId> = HashMap::new();
    for id in questionnaire.question_ids() {
        let question = &questionnaire[id];
        let alike = |other: &usize| {
            let both = words[*other].intersection(&words[id.0]).count();
            let all = words[*other].union(&words[id.0]).count();
            both > 0 && both * 100 >= all * ALIKE
        };
        let mut earlier = (0..id.0).find(alike).map(|other| (QuestionId(other), "asks nearly the same as"));
        let brings = brings(questionnaire, id);
        // A template makes questions about candidates alike that ask quite different things.
        if !question.of_candidates && brings.iter().any(|option| !option.is_empty()) {
            let known = *bringing.entry(brings).or_insert(id);
            if known != id {
                earlier = earlier.or(Some((known, "brings the same points as")));
            }
        }
        if let Some((other, how)) = earlier {
            let what = format!("this question {how} `{}`", questionnaire[other].id);
            warnings.warn(&question.place, what, "a fact should count once: join the two");
        }
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
}

/// What the options of a question bring, in no particular order.
fn brings(questionnaire: &Questionnaire, question: QuestionId) -> Vec<Vec<(u64, Effect)>> {
    let mut options: Vec<Vec<(u64, Effect)>> = vec![Vec::new(); questionnaire[question].options.len()];
    for line in questionnaire.lines_of(question) {
        if let Origin::Option(_, option) = line.origin {
            options[option.0].push((line.candidates.bits(), line.effect));
        }
    }
    for lines in &mut options {
        lines.sort_unstable();
    }
    options.sort_unstable();
    options
}

/// A question whose answers move candidates far more than those of any other one.
fn swing(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut swings: Vec<(i64, QuestionId)> =
        questionnaire.question_ids().map(|id| (largest(questionnaire, id), id)).collect();
    swings.retain(|(swing, _)| *swing > 0);
    swings.sort_unstable_by_key(|(swing, id)| (-swing, *id));
    if let [(most, question), (next, other), _, ..] = swings.as_slice()
        && *most > 2 * next
    {
        let what = format!(
            "the answers to this question move {most} points, those to the next one, `{}`, {next}",
            questionnaire[*other].id
        );
        let hint = "spread the points, or make what decides alone an exclusion";
        warnings.warn(&questionnaire[*question].place, what, hint);
    }
}

/// The most that answers to a question move one candidate against another one, over all kinds of part.
fn largest(questionnaire: &Questionnaire, question: QuestionId) -> i64 {
    let asked = &questionnaire[question];
    let count = questionnaire.candidates.len();
    let mut options = vec![vec![0_i64; count]; asked.options.len()];
    for line in questionnaire.lines_of(question) {
        let (Effect::Points(points), Some(option)) = (line.effect, option_of(line)) else { continue };
        line.candidates.iter().for_each(|candidate| options[option.0][candidate.0] += points);
    }
    let ahead = |one: usize, other: usize| {
        let gains = options.iter().map(|points| points[one] - points[other]);
        if asked.kind == Kind::Many { gains.filter(|gain| *gain > 0).sum() } else { gains.max().unwrap_or(0) }
    };
    let all = Set::<CandidateId>::first(count);
    all.iter().flat_map(|one| all.iter().map(move |other| ahead(one.0, other.0))).max().unwrap_or(0)
}

fn option_of(line: &Line) -> Option<OptionId> {
    match line.origin {
        Origin::Option(_, option) => Some(option),
        Origin::NotChosen(_) | Origin::Rule(_) => None,
    }
}
