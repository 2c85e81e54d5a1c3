//! Lints for arguments and reasons that would count twice for a candidate on the same part.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use super::Warnings;
use super::reach::Solver;
use crate::questionnaire::{CandidateId, Impact, Line, LineOrigin, Questionnaire};

/// Maximum number of line pairs compared, which bounds the time for a malicious file.
const PAIRS: usize = 100_000;

pub(super) fn look(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    copies(questionnaire, warnings);
    let mut by_argument: HashMap<(&str, CandidateId), Vec<&Line>> = HashMap::new();
    let mut by_reason: HashMap<(u64, CandidateId), Vec<&Line>> = HashMap::new();
    let points = |line: &&Line| matches!(line.impact, Impact::Points(_));
    for line in questionnaire.lines().iter().filter(points) {
        for candidate in line.candidates.iter() {
            if let Some(argument) = &line.argument {
                by_argument.entry((argument, candidate)).or_default().push(line);
            }
            let reason = xxh3_64(questionnaire.reason(&line.because, candidate).as_bytes());
            by_reason.entry((reason, candidate)).or_default().push(line);
        }
    }
    let mut search =
        Search { questionnaire, solver: Solver::new(questionnaire), pairs: 0, told: HashSet::new() };
    let arguments = by_argument.into_iter().map(|((argument, candidate), lines)| {
        ((candidate, lines), format!("the argument `{argument}` counts twice"))
    });
    let reasons = by_reason.into_iter();
    let reasons =
        reasons.map(|((_, candidate), lines)| ((candidate, lines), "this reason counts twice".to_owned()));
    let mut groups: Vec<_> = arguments.chain(reasons).filter(|((_, lines), _)| lines.len() > 1).collect();
    // Hash maps have no stable order, and the output must be deterministic.
    groups.sort_by_key(|((candidate, lines), what)| (lines[0].span.start, *candidate, what.clone()));
    for ((candidate, lines), what) in groups {
        search.group(candidate, &lines, &what, warnings);
    }
}

/// Reports duplicate exclusions. The only effect of a duplicate is that its reason is shown twice.
fn copies(questionnaire: &Questionnaire, warnings: &mut Warnings) {
    let (mut known, mut told) = (HashSet::new(), HashSet::new());
    for line in questionnaire.lines() {
        let Impact::Excludes(exclusion) = line.impact else { continue };
        let written = (line.origin, &line.guard, line.scope, exclusion, line.candidates, &line.because);
        // A template expands to one line per candidate, but is reported only once.
        if !known.insert(written) && told.insert(line.span.start) {
            warnings.error(&line.span, "this line is here twice", "remove one of them");
        }
    }
}

struct Search<'q> {
    questionnaire: &'q Questionnaire,
    solver: Solver<'q>,
    pairs: usize,
    /// Start offsets of the lines already reported. Each is reported only once, even if it is about many
    /// candidates.
    told: HashSet<usize>,
}

impl Search<'_> {
    fn group(&mut self, candidate: CandidateId, lines: &[&Line], what: &str, warnings: &mut Warnings) {
        for (at, line) in lines.iter().enumerate() {
            for earlier in &lines[..at] {
                self.pairs += 1;
                if self.pairs > PAIRS || self.told.contains(&line.span.start) {
                    break;
                }
                if !self.solver.can_meet(earlier, line) {
                    continue;
                }
                self.told.insert(line.span.start);
                if earlier.origin == line.origin && earlier.because == line.because {
                    warnings.error(&line.span, "this line is here twice", "remove one of them");
                    continue;
                }
                let name = &self.questionnaire[candidate].id;
                let other = self.origin(earlier);
                let what = format!("{what} for `{name}` where {other} applies too");
                warnings.error(
                    &line.span,
                    what,
                    "keep one of the two lines, or make them exclude each other",
                );
            }
        }
    }

    /// Returns the ids of the option, question or rule in which a line is written.
    fn origin(&self, line: &Line) -> String {
        let questionnaire = self.questionnaire;
        match line.origin {
            LineOrigin::Option(question, option) => {
                let question = &questionnaire[question];
                format!("`{}/{}`", question.id, question[option].id)
            }
            LineOrigin::NotChosen(question) => format!("`not_chosen` of `{}`", questionnaire[question].id),
            LineOrigin::Rule(rule) => format!("the rule `{}`", questionnaire.rules()[rule].id),
        }
    }
}
