//! The outlook with ids in place of indexes, for JSON.

use serde::Serialize;

use crate::advice::{
    Advice, Certificate, Choices, Fewest, Firmness, Outlook, PartFirmness, PartOutlook, Shares, Step, Verdict,
};
use crate::answers::Answers;
use crate::questionnaire::{CandidateId, CandidateSet, Impact, OptionSet, QuestionId, Questionnaire};
use crate::wording::{Crossing, Crossings, stays_in, subject_name};

/// What can still change the advice.
#[derive(Debug, Clone, Serialize)]
pub struct OutlookView {
    parts: Vec<PartOutlookView>,
    questions: Vec<QuestionView>,
    ask_next: Option<AskNextView>,
    sources: Vec<SourceStruckView>,
}

#[derive(Debug, Clone, Serialize)]
struct PartOutlookView {
    name: String,
    /// The sole leader's lead over the rival that the open questions can bring closest. `None` without a sole
    /// leader, or if they can rule it out.
    cover: Option<CoverView>,
    /// Open questions that can rule out the sole leader.
    threats: Vec<String>,
    safest: Vec<String>,
    verdicts: Vec<VerdictView>,
    /// Fewest given answers to change for the sole leader to lose its lead.
    fewest_changes: Option<FewestView>,
    /// For each rival, the fewest changes to tie with the sole leader.
    rivals: Vec<CandidateChangesView>,
    /// For each ruled-out candidate, the fewest changes to be in the running again.
    relax: Vec<CandidateChangesView>,
    firmness: Option<FirmnessView>,
}

/// How firm the choice is: how often each candidate is chosen in `sheets` random runs, and the steps to a
/// tie.
#[derive(Debug, Clone, Serialize)]
struct FirmnessView {
    sheets: u32,
    /// Shares with the open questions answered at random; `None` if no question is open.
    random_answers: Option<Vec<ShareView>>,
    /// Shares with each reason's points raised or lowered at random by at most one step.
    random_points: Vec<ShareView>,
    /// For each rival, the fewest reasons whose points must move by one step for it to tie. `None` without a
    /// single choice.
    steps: Option<Vec<StepsView>>,
}

#[derive(Debug, Clone, Serialize)]
struct ShareView {
    candidate: String,
    per_mille: u32,
}

#[derive(Debug, Clone, Serialize)]
struct StepsView {
    rival: String,
    /// `None` if all steps together do not suffice.
    reasons: Option<Vec<StepView>>,
}

#[derive(Debug, Clone, Serialize)]
struct StepView {
    because: String,
    points: i64,
    instead_of: i64,
}

#[derive(Debug, Clone, Serialize)]
struct CoverView {
    rival: String,
    lead: i64,
    movable: i64,
}

#[derive(Debug, Clone, Serialize)]
struct VerdictView {
    candidate: String,
    #[serde(flatten)]
    verdict: CanWinView,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "can_win", rename_all = "kebab-case")]
enum CanWinView {
    /// The candidate can win; the witness is a set of answers with which it leads.
    Yes {
        witness: Vec<ChoiceView>,
    },
    /// The candidate cannot win; the certificate is the reason.
    No {
        certificate: CertificateView,
    },
    NotRuledOut,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum CertificateView {
    RuledOut,
    /// The rivals that together always stay ahead, with the weights that prove it.
    Rivals {
        #[serde(skip_serializing_if = "Vec::is_empty")]
        rivals: Vec<WeightView>,
    },
    /// A search with this many steps covered every useful way of answering.
    Exhausted {
        steps: usize,
    },
}

#[derive(Debug, Clone, Serialize)]
struct WeightView {
    candidate: String,
    weight: i64,
}

#[derive(Debug, Clone, Serialize)]
struct CandidateChangesView {
    candidate: String,
    #[serde(flatten)]
    fewest: FewestView,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
enum FewestView {
    Changes { count: usize, answers: Vec<ChoiceView> },
    None,
    AtLeast { count: usize },
}

#[derive(Debug, Clone, Serialize)]
struct ChoiceView {
    question: String,
    options: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
struct QuestionView {
    question: String,
    /// Whether the question's answers were tried. If not, `flips` and `settles` are unknown.
    tried: bool,
    flips: bool,
    settles: bool,
    moot: bool,
}

#[derive(Debug, Clone, Serialize)]
struct AskNextView {
    question: String,
    find_out: bool,
}

#[derive(Debug, Clone, Serialize)]
struct SourceStruckView {
    source: String,
    /// Whether any choice changes without the source.
    changes: bool,
    choices: Vec<PartChoiceView>,
}

#[derive(Debug, Clone, Serialize)]
struct PartChoiceView {
    part: String,
    choice: Vec<String>,
}

/// A part that stays as it is.
#[derive(Debug, Clone, Serialize)]
pub struct StaysView {
    name: String,
    stays_in: String,
}

/// How two picked parts communicate.
#[derive(Debug, Clone, Serialize)]
pub struct BoundaryView {
    between: [String; 2],
    by: String,
    because: String,
    source: Vec<String>,
}

/// Builds the view of the outlook.
pub fn outlook_view(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
    outlook: &Outlook,
    firmness: Option<&Firmness>,
) -> OutlookView {
    let question = |id: QuestionId| questionnaire[id].id.clone();
    let choice = |(part, choice): (&crate::advice::PartAdvice, &CandidateSet)| PartChoiceView {
        part: subject_name(answers, part.subject).to_owned(),
        choice: questionnaire.ids_of(*choice),
    };
    OutlookView {
        parts: outlook
            .parts
            .iter()
            .enumerate()
            .map(|(at, part)| {
                let firm = firmness.and_then(|firmness| firmness.parts.get(at));
                part_view(questionnaire, answers, part, firm)
            })
            .collect(),
        questions: outlook
            .questions
            .iter()
            .map(|it| QuestionView {
                question: question(it.question),
                tried: it.tried,
                flips: it.flips,
                settles: it.settles,
                moot: it.moot,
            })
            .collect(),
        ask_next: outlook
            .ask_next
            .map(|next| AskNextView { question: question(next.question), find_out: next.find_out }),
        sources: outlook
            .sources
            .iter()
            .map(|it| SourceStruckView {
                source: questionnaire[it.source].id.clone(),
                changes: it.changes,
                choices: advice.parts.iter().zip(&it.choices).map(choice).collect(),
            })
            .collect(),
    }
}

fn part_view(
    questionnaire: &Questionnaire,
    answers: &Answers,
    part: &PartOutlook,
    firm: Option<&PartFirmness>,
) -> PartOutlookView {
    let changes = |list: &[(CandidateId, Fewest)]| {
        let view = |(candidate, fewest): &(CandidateId, Fewest)| CandidateChangesView {
            candidate: questionnaire[*candidate].id.clone(),
            fewest: fewest_view(questionnaire, fewest),
        };
        list.iter().map(view).collect()
    };
    PartOutlookView {
        name: subject_name(answers, part.subject).to_owned(),
        cover: part.cover.map(|cover| CoverView {
            rival: questionnaire[cover.rival].id.clone(),
            lead: cover.lead,
            movable: cover.movable,
        }),
        threats: part.threats.iter().map(|it| questionnaire[*it].id.clone()).collect(),
        safest: questionnaire.ids_of(part.safest),
        verdicts: questionnaire
            .all_candidates()
            .iter()
            .zip(part.verdicts.values())
            .map(|(candidate, verdict)| verdict_view(questionnaire, candidate, verdict))
            .collect(),
        fewest_changes: part.fewest.as_ref().map(|fewest| fewest_view(questionnaire, fewest)),
        rivals: changes(&part.rivals),
        relax: changes(&part.relax),
        firmness: firm.map(|firm| firmness_view(questionnaire, firm)),
    }
}

fn verdict_view(questionnaire: &Questionnaire, candidate: CandidateId, verdict: &Verdict) -> VerdictView {
    let verdict = match verdict {
        Verdict::CanWin(choices) => CanWinView::Yes { witness: choices_view(questionnaire, choices) },
        Verdict::CannotWin(certificate) => {
            CanWinView::No { certificate: certificate_view(questionnaire, certificate) }
        }
        Verdict::NotRuledOut => CanWinView::NotRuledOut,
    };
    VerdictView { candidate: questionnaire[candidate].id.clone(), verdict }
}

fn certificate_view(questionnaire: &Questionnaire, certificate: &Certificate) -> CertificateView {
    let weight = |(candidate, weight): &(CandidateId, i64)| WeightView {
        candidate: questionnaire[*candidate].id.clone(),
        weight: *weight,
    };
    match certificate {
        Certificate::RuledOut => CertificateView::RuledOut,
        Certificate::Rivals(rivals) => {
            CertificateView::Rivals { rivals: rivals.iter().map(weight).collect() }
        }
        Certificate::Exhausted(steps) => CertificateView::Exhausted { steps: *steps },
    }
}

fn fewest_view(questionnaire: &Questionnaire, fewest: &Fewest) -> FewestView {
    match fewest {
        Fewest::Changes(changes) => {
            FewestView::Changes { count: changes.len(), answers: choices_view(questionnaire, changes) }
        }
        Fewest::None => FewestView::None,
        Fewest::AtLeast(count) => FewestView::AtLeast { count: *count },
    }
}

fn choices_view(questionnaire: &Questionnaire, choices: &Choices) -> Vec<ChoiceView> {
    let view = |(question, options): &(QuestionId, OptionSet)| ChoiceView {
        question: questionnaire[*question].id.clone(),
        options: options.iter().map(|option| questionnaire[*question][option].id.clone()).collect(),
    };
    choices.iter().map(view).collect()
}

/// Builds the view of the parts that stay as they are.
pub fn stays_view(questionnaire: &Questionnaire, answers: &Answers) -> Vec<StaysView> {
    let view = |part: &crate::answers::Part| {
        Some(StaysView { name: part.name.clone(), stays_in: stays_in(questionnaire, &part.plan)? })
    };
    answers.parts().iter().filter_map(view).collect()
}

/// Builds the view of the boundaries between the picked parts.
pub fn boundaries_view(questionnaire: &Questionnaire, crossings: &Crossings<'_>) -> Vec<BoundaryView> {
    let view = |(from, to, boundary): &Crossing<'_>| BoundaryView {
        between: [(*from).to_owned(), (*to).to_owned()],
        by: boundary.by.clone(),
        because: boundary.because.clone(),
        source: boundary.sources.iter().map(|source| questionnaire[*source].id.clone()).collect(),
    };
    crossings.pairs.iter().map(view).collect()
}

fn firmness_view(questionnaire: &Questionnaire, firm: &PartFirmness) -> FirmnessView {
    let id = |candidate: CandidateId| questionnaire[candidate].id.clone();
    let shares = |shares: &Shares| {
        let ranked = shares.ranked().into_iter();
        ranked.map(|it| ShareView { candidate: id(it), per_mille: shares.per_mille(it) }).collect()
    };
    let step = |step: &Step| {
        let line = &questionnaire.lines()[step.line];
        let about = line.candidates.iter().next();
        StepView {
            because: about
                .map_or_else(String::new, |it| questionnaire.reason(&line.because, it).into_owned()),
            points: step.points,
            instead_of: match line.impact {
                Impact::Points(points) => points,
                Impact::Excludes(_) => 0,
            },
        }
    };
    FirmnessView {
        sheets: firm.points.sheets(),
        random_answers: firm.answers.as_ref().map(shares),
        random_points: shares(&firm.points),
        steps: firm.steps.as_ref().map(|steps| {
            let of_rival = |(rival, steps): &(CandidateId, Option<Vec<Step>>)| StepsView {
                rival: id(*rival),
                reasons: steps.as_ref().map(|steps| steps.iter().map(step).collect()),
            };
            steps.rivals.iter().map(of_rival).collect()
        }),
    }
}
