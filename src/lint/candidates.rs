//! Lints for candidates without evidence for or against them, reasons that do not name their candidate, and
//! technical options that leave out a candidate.

use std::collections::HashSet;

use super::Warnings;
use crate::questionnaire::{
    CandidateId, CandidateSet, Impact, Line, LineOrigin, OptionId, PerId, PerOption, QuestionId,
    Questionnaire, names_its_candidate,
};

/// Minimum number of words in a reason; a shorter one states nothing verifiable.
const WORDS: usize = 4;

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    both_sides(questionnaire, warnings);
    reasons(questionnaire, warnings);
    for question in questionnaire.question_ids() {
        technical(questionnaire, question, warnings);
    }
}

/// Reports candidates with no evidence for them or no evidence against them.
///
/// Lines that depend on a question of kind Candidates do not count, because they apply to whichever candidate
/// is chosen.
fn both_sides(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let about = |speaks: fn(i64) -> bool| -> CandidateSet {
        let of_candidates = |question: QuestionId| questionnaire[question].of_candidates;
        let is_own = |line: &Line| match line.origin {
            LineOrigin::Option(question, _) | LineOrigin::NotChosen(question) if of_candidates(question) => {
                false
            }
            _ => !line.guard.iter().any(|literal| of_candidates(literal.question) && literal.holds),
        };
        let speaks =
            |line: &&Line| is_own(line) && matches!(line.impact, Impact::Points(points) if speaks(points));
        let lines = questionnaire.lines().iter().filter(speaks);
        lines.fold(CandidateSet::EMPTY, |all, line| all.union(line.candidates))
    };
    let sides = [(about(|points| points > 0), "for"), (about(|points| points < 0), "against")];
    for candidate in questionnaire.all_candidates().iter() {
        for (about, side) in sides {
            if !about.contains(candidate) {
                let what = format!("no evidence speaks {side} this candidate");
                let hint = "add a reason with points, or remove the candidate";
                warnings.warn(&questionnaire[candidate].span, what, hint);
            }
        }
    }
}

/// Reports reasons that do not name their candidate or are too short to verify.
fn reasons(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    // A line that expands to one line per candidate is reported once.
    let mut told = HashSet::new();
    for line in questionnaire.lines() {
        let words = line.because.split_whitespace().count();
        let nameless = |it: &CandidateId| !is_named(&questionnaire[*it].name, &line.because);
        let nameless = line.candidates.iter().find(nameless);
        if let Some(candidate) = nameless.filter(|_| !names_its_candidate(&line.because))
            && told.insert((line.span.start, "name"))
        {
            let what = format!("this reason does not name `{}`", questionnaire[candidate].id);
            warnings.warn(&line.span, what, "write `{}` where its name belongs");
        }
        if words < WORDS && told.insert((line.span.start, "words")) {
            let what = format!("this reason has fewer than {WORDS} words");
            warnings.warn(&line.span, what, "state a fact that a reader can check");
        }
    }
}

/// Returns whether a text contains a candidate's name, at least up to its first space, bracket or slash.
fn is_named(name: &str, text: &str) -> bool {
    let first = name.split([' ', '(', '/']).next().unwrap_or(name);
    let is_end = |character: Option<char>| !character.is_some_and(char::is_alphanumeric);
    let mut found = text.match_indices(first);
    found.any(|(at, _)| {
        is_end(text[..at].chars().next_back()) && is_end(text[at + first.len()..].chars().next())
    })
}

/// Reports technical options that neither affect a candidate nor list it as neutral, and options that give
/// points to a neutral candidate.
fn technical(questionnaire: &Questionnaire, question: QuestionId, warnings: &mut Warnings) {
    let asked = &questionnaire[question];
    let none = (CandidateSet::EMPTY, CandidateSet::EMPTY);
    // For each option, the candidates that it mentions and those that it gives points to.
    let mut said: PerOption<(CandidateSet, CandidateSet)> = PerId::filled(asked.options.len(), none);
    for line in questionnaire.lines_of(question) {
        if let LineOrigin::Option(_, option) = line.origin {
            let (all, scored) = &mut said[option];
            *all = all.union(line.candidates);
            if matches!(line.impact, Impact::Points(_)) {
                *scored = scored.union(line.candidates);
            }
        }
    }
    let listed = |candidates: CandidateSet| {
        let ids = questionnaire.ids_of(candidates);
        ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
    };
    for (option, (all, scored)) in said.iter() {
        let (option, all, scored): (OptionId, _, _) = (option, *all, *scored);
        let written = &asked[option];
        let both = written.neutral.intersection(scored);
        if !both.is_empty() {
            let what = format!("this option is neutral for {} and has points for the same", listed(both));
            warnings.error(&written.span, what, "remove it from `neutral`, or remove the points");
        }
        let missing = questionnaire.all_candidates().without(all).without(written.neutral);
        if written.technical && !missing.is_empty() {
            let what = format!("this technical option says nothing about {}", listed(missing));
            warnings.warn(&written.span, what, "give each points or an exclusion, or list it in `neutral`");
        }
    }
}
