//! Lints for options, questions, rules and reasons that change nothing, or too much.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Warnings;
use crate::id_set::IdSet;
use crate::questionnaire::{
    CandidateId, Condition, Impact, Kind, Line, LineOrigin, Literal, OptionId, OptionSet, PerCandidate,
    PerId, PerOption, PerQuestion, QuestionId, Questionnaire, SourceId,
};

/// Percentage of shared words at which two questions are reported as nearly the same.
const ALIKE: usize = 80;

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    options(questionnaire, warnings);
    rules(questionnaire, warnings);
    lines(questionnaire, warnings);
    sources(questionnaire, warnings);
    same_questions(questionnaire, warnings);
    swing(questionnaire, warnings);
}

/// Returns for each question the options that anything depends on.
fn meant(questionnaire: &Questionnaire) -> PerQuestion<OptionSet> {
    let mut meant: PerQuestion<OptionSet> =
        questionnaire.question_ids().map(|id| questionnaire.uses().options(id)).collect();
    let mut mean = |literal: &Literal| {
        let options = &mut meant[literal.question];
        *options = options.union(literal.options);
    };
    questionnaire.says().iter().flat_map(|say| &say.guard).for_each(&mut mean);
    questionnaire.rules().iter().flat_map(|rule| &rule.all).for_each(&mut mean);
    let conditions = questionnaire.boundaries().iter().filter_map(|boundary| boundary.when.as_ref());
    conditions.flat_map(Condition::literals).for_each(|literal| mean(&literal));
    meant
}

fn options(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let meant = meant(questionnaire);
    for (id, meant) in meant.iter() {
        let question = &questionnaire[id];
        let idle = question.all_options().without(*meant);
        match question.kind {
            Kind::One | Kind::Many if meant.is_empty() => {
                let hint = "give an option evidence, an exclusion or a remark, or remove the question";
                warnings.warn(&question.span, "no answer to this question changes anything", hint);
            }
            // One option without effect is fine: it covers the remaining cases.
            Kind::One if !question.of_candidates => {
                let first = idle.iter().next().map(|first| &question[first].id);
                for option in idle.iter().skip(1) {
                    let what = format!("like `{}`, this option changes nothing", first.map_or("", |id| id));
                    warnings.warn(&question[option].span, what, "give it evidence, or merge the two");
                }
            }
            Kind::Many if !question.of_candidates => {
                for option in idle.without(question.alone_options()).iter() {
                    let hint = "give it evidence, an exclusion or a remark, or remove it";
                    warnings.warn(&question[option].span, "this option changes nothing", hint);
                }
            }
            _ => {}
        }
    }
}

fn rules(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut scores = vec![false; questionnaire.rules().len()];
    for line in questionnaire.rule_lines() {
        if let LineOrigin::Rule(index) = line.origin {
            scores[index] = true;
        }
    }
    let said: HashSet<&[Literal]> = questionnaire.says().iter().map(|say| say.guard.as_slice()).collect();
    for (rule, scores) in questionnaire.rules().iter().zip(scores) {
        if !scores && !said.contains(rule.all.as_slice()) {
            let hint = "give it evidence, an exclusion or a remark, or remove it";
            warnings.warn(&rule.span, "this rule changes nothing", hint);
        }
    }
}

fn lines(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let kinds = questionnaire.parts_question().map(|parts| questionnaire[parts].all_options());
    let kinds = kinds.unwrap_or(OptionSet::EMPTY);
    for line in questionnaire.lines() {
        if !line.scope.system && line.scope.kinds.intersection(kinds).is_empty() {
            let hint = "name kinds of part in `parts` that the rule is for as well";
            warnings.warn(&line.span, "this counts for no kind of part", hint);
        }
    }
    for line in questionnaire.lines().iter().filter(|line| line.candidates == questionnaire.all_candidates())
    {
        match line.impact {
            Impact::Points(_) => {
                let hint = "name only the candidates it is about";
                warnings.warn(&line.span, "evidence about every candidate changes nothing", hint);
            }
            Impact::Excludes(_) => {
                let hint = "name only those that are impossible";
                warnings.warn(&line.span, "this rules out every candidate", hint);
            }
        }
    }
}

fn sources(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut cited: PerId<SourceId, bool> = PerId::filled(questionnaire.sources().len(), false);
    let facts = questionnaire.dimensions().iter().flat_map(|dimension| &dimension.facts);
    let all = [&questionnaire.adoption().sources]
        .into_iter()
        .chain(questionnaire.lines().iter().map(|line| &line.sources))
        .chain(questionnaire.says().iter().map(|say| &say.sources))
        .chain(questionnaire.boundaries().iter().map(|boundary| &boundary.sources))
        .chain(facts.map(|fact| &fact.sources));
    for source in all.flatten() {
        cited[*source] = true;
    }
    for (source, cited) in questionnaire.sources().iter().zip(cited.values()) {
        if !cited {
            warnings.warn(&source.span, "nothing cites this source", "cite it, or remove it");
        }
        if source.url.is_none() {
            warnings.warn(&source.span, "this source has no address", "add the `url` where it can be read");
        }
    }
}

/// Reports questions with nearly the same words, and those whose options have the same effects.
fn same_questions(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let words: PerQuestion<BTreeSet<String>> =
        questionnaire.questions().iter().map(|question| words(&question.ask)).collect();
    let mut bringing: HashMap<Vec<Vec<(u64, Impact)>>, QuestionId> = HashMap::new();
    for id in questionnaire.question_ids() {
        let question = &questionnaire[id];
        let alike = |other: &QuestionId| {
            let both = words[*other].intersection(&words[id]).count();
            let all = words[*other].union(&words[id]).count();
            both > 0 && both * 100 >= all * ALIKE
        };
        let mut before = questionnaire.question_ids().take_while(|other| *other < id);
        let mut earlier = before.find(alike).map(|other| (other, "asks almost the same as"));
        let brings = brings(questionnaire, id);
        // Two questions of kind Candidates can have the same template, even if they ask different things.
        if !question.of_candidates && brings.iter().any(|option| !option.is_empty()) {
            let known = *bringing.entry(brings).or_insert(id);
            if known != id {
                earlier = earlier.or(Some((known, "gives the same points as")));
            }
        }
        if let Some((other, how)) = earlier {
            let what = format!("this question {how} `{}`", questionnaire[other].id);
            warnings.warn(&question.span, what, "a fact should count once: merge the two");
        }
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
}

/// Returns the effects of each option of a question, sorted for comparison.
fn brings(questionnaire: &Questionnaire, question: QuestionId) -> Vec<Vec<(u64, Impact)>> {
    let count = questionnaire[question].options.len();
    let mut options: PerOption<Vec<(u64, Impact)>> = PerId::filled(count, Vec::new());
    for line in questionnaire.lines_of(question) {
        if let LineOrigin::Option(_, option) = line.origin {
            options[option].push((line.candidates.bits(), line.impact));
        }
    }
    for lines in options.values_mut() {
        lines.sort_unstable();
    }
    let mut brought: Vec<_> = options.values().cloned().collect();
    brought.sort_unstable();
    brought
}

/// Reports a question whose answers move candidates more than twice as far as those of any other.
fn swing(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let mut swings: Vec<(i64, QuestionId)> =
        questionnaire.question_ids().map(|id| (largest(questionnaire, id), id)).collect();
    swings.retain(|(swing, _)| *swing > 0);
    swings.sort_unstable_by_key(|(swing, id)| (-swing, *id));
    if let [(most, question), (next, other), _, ..] = swings.as_slice()
        && *most > 2 * next
    {
        let what = format!(
            "the answers to this question move {most} points, and those to `{}`, the next one, {next}",
            questionnaire[*other].id
        );
        let hint = "spread the points, or turn the deciding answer into an exclusion";
        warnings.warn(&questionnaire[*question].span, what, hint);
    }
}

/// Returns the most points by which answers to a question move one candidate against another. Scopes are
/// ignored.
fn largest(questionnaire: &Questionnaire, question: QuestionId) -> i64 {
    let asked = &questionnaire[question];
    let count = questionnaire.candidates().len();
    let nothing: PerCandidate<i64> = PerId::filled(count, 0);
    let mut options: PerOption<PerCandidate<i64>> = PerId::filled(asked.options.len(), nothing);
    for line in questionnaire.lines_of(question) {
        let (Impact::Points(points), Some(option)) = (line.impact, option_of(line)) else { continue };
        line.candidates.iter().for_each(|candidate| options[option][candidate] += points);
    }
    let ahead = |one: CandidateId, other: CandidateId| {
        let gains = options.values().map(|points| points[one] - points[other]);
        if asked.kind == Kind::Many { gains.filter(|gain| *gain > 0).sum() } else { gains.max().unwrap_or(0) }
    };
    let all = IdSet::<CandidateId>::first(count);
    all.iter().flat_map(|one| all.iter().map(move |other| ahead(one, other))).max().unwrap_or(0)
}

fn option_of(line: &Line) -> Option<OptionId> {
    match line.origin {
        LineOrigin::Option(_, option) => Some(option),
        LineOrigin::NotChosen(_) | LineOrigin::Rule(_) => None,
    }
}
