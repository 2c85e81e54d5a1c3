//! Implements `langfit check --weights`: how many points each question can add to or take from a candidate's
//! score.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::questionnaire::{
    CandidateId, CandidateSet, Impact, Kind, Line, LineOrigin, OptionId, PerCandidate, PerId, PerOption,
    QuestionId, Questionnaire,
};

/// What a question can contribute, not counting rules.
#[derive(Serialize)]
struct Weight<'a> {
    question: &'a str,
    /// The largest difference that the answers can make between two candidates.
    swing: i64,
    /// The number of candidates that the options can exclude, for any kind of part.
    rules_out: usize,
    candidates: Vec<OfCandidate<'a>>,
}

#[derive(Serialize)]
struct OfCandidate<'a> {
    candidate: &'a str,
    adds: i64,
    takes: i64,
}

/// Formats the weights as text, largest swing first.
pub fn text(questionnaire: &Questionnaire) -> String {
    let mut out =
        "\nFor each question: the largest difference it can make between two candidates, how many it can rule out, and how\nmany points it can add or take, for the kind of part where it matters most. Without rules and adoption cost.\n"
            .to_owned();
    for weight in weights(questionnaire) {
        let of = |it: &OfCandidate<'_>| match (it.adds, it.takes) {
            (adds, 0) => format!("{} {adds:+}", it.candidate),
            (0, takes) => format!("{} {takes}", it.candidate),
            (adds, takes) => format!("{} {adds:+} {takes}", it.candidate),
        };
        let out_words = if weight.rules_out == 0 { String::new() } else { format!("-{}", weight.rules_out) };
        let candidates: Vec<String> = weight.candidates.iter().map(of).collect();
        let _ = writeln!(
            out,
            "  {:<20} {:>3} {:>4}  {}",
            weight.question,
            weight.swing,
            out_words,
            candidates.join(", ")
        );
    }
    out
}

/// Formats the weights as JSON.
pub fn json(questionnaire: &Questionnaire) -> Result<String> {
    serde_json::to_string_pretty(&weights(questionnaire)).context("the weights cannot be written as JSON")
}

fn weights(questionnaire: &Questionnaire) -> Vec<Weight<'_>> {
    let mut weights: Vec<Weight<'_>> =
        questionnaire.question_ids().filter_map(|question| weight(questionnaire, question)).collect();
    weights.sort_by_key(|weight| -weight.swing);
    weights
}

fn weight(questionnaire: &Questionnaire, question: QuestionId) -> Option<Weight<'_>> {
    let asked = &questionnaire[question];
    let count = questionnaire.candidates().len();
    let none: PerCandidate<i64> = PerId::filled(count, 0);
    // The points are computed per kind of part, or for the system as a whole, then per option and candidate.
    let kinds: Vec<Option<_>> = match questionnaire.parts_question() {
        Some(parts) => questionnaire[parts].option_ids().map(Some).collect(),
        None => vec![None],
    };
    let mut range: PerCandidate<(i64, i64)> = PerId::filled(count, (0, 0));
    let mut swing = 0;
    for kind in kinds {
        let mut points: PerOption<PerCandidate<i64>> = PerId::filled(asked.options.len(), none.clone());
        for line in questionnaire.lines_of(question) {
            let (Impact::Points(line_points), LineOrigin::Option(_, option)) = (line.impact, line.origin)
            else {
                continue;
            };
            if line.scope.covers(kind) {
                line.candidates.iter().for_each(|candidate| points[option][candidate] += line_points);
            }
        }
        let combined = asked.kind == Kind::Many;
        // The most points that one answer can give: one option, or several that can be combined.
        let most = |of_option: &dyn Fn(OptionId) -> i64| -> i64 {
            let ids = || asked.option_ids();
            let single = ids().map(of_option).fold(0, i64::max);
            let together =
                ids().filter(|it| combined && !asked[*it].alone).map(|it| of_option(it).max(0)).sum();
            single.max(together)
        };
        let of = |candidate: CandidateId| {
            (most(&|option| points[option][candidate]), -most(&|option| -points[option][candidate]))
        };
        let all = || questionnaire.all_candidates().iter();
        let apart = all().flat_map(|one| all().map(move |other| (one, other)));
        let apart = apart.map(|(one, other)| most(&|option| points[option][one] - points[option][other]));
        swing = apart.fold(swing, i64::max);
        for candidate in questionnaire.all_candidates().iter() {
            let (adds, takes) = of(candidate);
            let (most, least) = range[candidate];
            range[candidate] = (most.max(adds), least.min(takes));
        }
    }
    let candidates: Vec<OfCandidate<'_>> = range
        .iter()
        .filter(|(_, of)| **of != (0, 0))
        .map(|(candidate, (adds, takes))| OfCandidate {
            candidate: &questionnaire[candidate].id,
            adds: *adds,
            takes: *takes,
        })
        .collect();
    let excludes = |line: &&Line| matches!(line.impact, Impact::Excludes(_));
    let excluded = questionnaire.lines_of(question).iter().filter(excludes);
    let rules_out = excluded.fold(CandidateSet::EMPTY, |all, line| all.union(line.candidates)).len();
    let counts = !candidates.is_empty() || rules_out > 0;
    counts.then(|| Weight { question: &asked.id, swing, rules_out, candidates })
}
