//! The advice with ids and names in place of positions, as JSON and templates need it; must not
//! compute anything the engine has not said.

use serde::Serialize;

use crate::advice::{
    self, Advice, Entry, Kit, PartAdvice, Ruling, Settled, Standing, Why, ledger, outlook, rulings,
};
use crate::answers::Answers;
use crate::questionnaire::{CandidateSet, Questionnaire, SourceId};
use crate::session::Session;

use super::outlook_view::{
    BoundaryView, OutlookView, StaysView, boundaries_view, outlook_view, role_word, stays_view,
};
use crate::wording::crossings;
use crate::wording::{DecidedView, decided};
use crate::wording::{headline, settled_words, subject_name, title};

/// Number of the shape of this object; it changes when a field changes its meaning.
const FORMAT: u32 = 1;
/// Kits that tie are spelled out up to so many.
const TIED: usize = 100;
/// Lines of ledgers, and exclusions, that are spelled out over all parts and candidates.
const LINES: usize = 200_000;
/// Those that are spelled out at least, of one candidate in one part.
const LEAST: usize = 20;

/// The whole advice.
#[derive(Debug, Clone, Serialize)]
pub struct AdviceView {
    format: u32,
    questionnaire: AboutView,
    /// The id of the session; absent if it has none yet.
    session: Option<String>,
    title: String,
    system: String,
    recommendation: String,
    kit: KitsView,
    parts: Vec<PartView>,
    stays: Vec<StaysView>,
    boundaries: Vec<BoundaryView>,
    /// How many more pairs of parts talk.
    boundaries_left_out: usize,
    /// What the questionnaire's subject is in the kit; absent while a part is tied.
    role_of_subject: Option<&'static str>,
    outlook: OutlookView,
    progress: ProgressView,
    /// What people concluded.
    decided: Vec<DecidedView>,
    /// What the session file holds that the questionnaire has no place for; not counted.
    orphans: Vec<String>,
    /// The version of the questionnaire that the session was saved under, if it changed since.
    saved_under: Option<String>,
    sources: Vec<SourceView>,
}

#[derive(Debug, Clone, Serialize)]
struct AboutView {
    id: String,
    version: String,
    digest: String,
    title: String,
}

#[derive(Debug, Clone, Serialize)]
struct KitsView {
    /// The best kits; several on a tie, the first hundred of them.
    best: Vec<KitView>,
    /// How many tie for the best.
    best_count: usize,
    /// The best kits of each size, the first hundred on a tie.
    by_size: Vec<Vec<KitView>>,
    /// How many tie at each of these sizes.
    by_size_counts: Vec<usize>,
    /// Parts that nobody can do.
    unserved: Vec<String>,
    /// False if kits so large were not looked at that could be of use.
    exact: bool,
}

#[derive(Debug, Clone, Serialize)]
struct KitView {
    candidates: Vec<String>,
    fit: i64,
    adoption_cost: i64,
    net: i64,
}

/// One part with everything that is known about it.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    pub name: String,
    /// Absent for the system as a whole.
    pub kind: Option<String>,
    pub choice: Vec<String>,
    leaders: Vec<String>,
    runner_up: Vec<String>,
    margin: Option<i64>,
    settled: &'static str,
    settled_words: String,
    pub ranking: Vec<StandingView>,
}

/// One candidate's standing with its ledger.
#[derive(Debug, Clone, Serialize)]
pub struct StandingView {
    pub candidate: String,
    pub name: String,
    pub score: i64,
    fit: i64,
    points_for: i64,
    points_against: i64,
    pub ruled_out: bool,
    exclusions: Vec<ReasonView>,
    pub ledger: Vec<ReasonView>,
    /// What is not spelled out, as there is too much of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOutView>,
}

/// What is not spelled out of a candidate's standing.
#[derive(Debug, Clone, Serialize)]
pub struct LeftOutView {
    exclusions: usize,
    /// Lines of the ledger, the smallest.
    lines: usize,
    /// The sum of these lines.
    points: i64,
}

/// A line of a ledger, or an exclusion, which has no points.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonView {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// What the line comes from: `option`, `not-chosen`, `rule` or `adoption`.
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
    pub because: String,
    pub source: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ProgressView {
    visible: usize,
    answered: usize,
    not_sure: usize,
    set_aside: usize,
}

/// A source, with author and date where its text states them.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    pub id: String,
    pub title: String,
    pub author: Option<String>,
    pub date: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When somebody last saw that it says so.
    pub verified: Option<String>,
}

impl AdviceView {
    /// Spells out the advice for a session.
    pub fn new(questionnaire: &Questionnaire, session: &Session, advice: &Advice) -> Self {
        let answers = &session.answers;
        let progress = answers.progress(questionnaire);
        let kit = |kit: &Kit| KitView {
            candidates: ids(questionnaire, kit.candidates),
            fit: kit.fit,
            adoption_cost: kit.cost,
            net: kit.net(),
        };
        let spelled = |tied: &[Kit]| tied.iter().take(TIED).map(kit).collect();
        let crossings = crossings(questionnaire, answers);
        Self {
            format: FORMAT,
            questionnaire: AboutView {
                id: questionnaire.id().to_owned(),
                version: questionnaire.version().to_owned(),
                digest: questionnaire.digest().to_owned(),
                title: questionnaire.title().to_owned(),
            },
            session: Some(session.id.clone()).filter(|id| !id.is_empty()),
            title: title(questionnaire, session),
            system: session.details.system.clone(),
            recommendation: headline(questionnaire, answers, advice),
            kit: KitsView {
                best: spelled(&advice.kits.best),
                best_count: advice.kits.best.len(),
                by_size: advice.kits.by_size.iter().map(|tied| spelled(tied)).collect(),
                by_size_counts: advice.kits.by_size.iter().map(Vec::len).collect(),
                unserved: advice
                    .kits
                    .unserved
                    .iter()
                    .map(|index| subject_name(answers, advice.parts[*index].subject).to_owned())
                    .collect(),
                exact: advice.kits.exact,
            },
            parts: advice
                .parts
                .iter()
                .map(|part| PartView::new(questionnaire, session, advice, part))
                .collect(),
            stays: stays_view(questionnaire, answers),
            boundaries: boundaries_view(questionnaire, &crossings),
            boundaries_left_out: crossings.left_out,
            role_of_subject: role_word(questionnaire, answers, advice),
            outlook: outlook_view(questionnaire, answers, advice, &outlook(questionnaire, answers, advice)),
            progress: ProgressView {
                visible: progress.visible,
                answered: progress.answered,
                not_sure: progress.not_sure,
                set_aside: progress.set_aside,
            },
            decided: decided(questionnaire, session),
            orphans: session.orphans.iter().map(|orphan| orphan.what.clone()).collect(),
            saved_under: session.saved_under.clone(),
            sources: sources(questionnaire, answers, advice),
        }
    }
}

impl PartView {
    /// Spells out the advice for one part.
    pub fn new(questionnaire: &Questionnaire, session: &Session, advice: &Advice, part: &PartAdvice) -> Self {
        let answers = &session.answers;
        let exclusions = rulings(questionnaire, answers, part.subject);
        let standings = advice.parts.len() * questionnaire.candidates().len();
        let most = LINES.checked_div(standings).unwrap_or(LINES).max(LEAST);
        let standing_of = |standing: &Standing| {
            let entries =
                ledger(questionnaire, answers, part.subject, advice.is_single(), standing.candidate);
            StandingView::new(questionnaire, standing, &exclusions, &entries, most)
        };
        let kind = part.subject.part().zip(questionnaire.parts_question());
        Self {
            name: subject_name(answers, part.subject).to_owned(),
            kind: kind.map(|(part, question)| questionnaire[question][answers[part].kind].id.clone()),
            choice: ids(questionnaire, part.choice),
            leaders: ids(questionnaire, part.leaders),
            runner_up: ids(questionnaire, part.runner_up),
            margin: part.margin,
            settled: match part.settled {
                Settled::Proven { .. } => "proven",
                Settled::Open => "open",
                Settled::NotProven => "not-proven",
                Settled::NobodyLeft => "nobody-left",
            },
            settled_words: settled_words(questionnaire, part),
            ranking: part.ranking.iter().map(standing_of).collect(),
        }
    }
}

impl StandingView {
    /// Spells out where one candidate stands, with the most important of the reasons.
    fn new(
        questionnaire: &Questionnaire,
        standing: &Standing,
        exclusions: &[Ruling<'_>],
        entries: &[Entry<'_>],
        most: usize,
    ) -> Self {
        let concerns = |ruling: &&Ruling<'_>| ruling.candidates.contains(standing.candidate);
        let exclusions: Vec<&Ruling<'_>> = exclusions.iter().filter(concerns).collect();
        let (spelled, rest) = entries.split_at(entries.len().min(most));
        let left_out = LeftOutView {
            exclusions: exclusions.len().saturating_sub(most),
            lines: rest.len(),
            points: rest.iter().map(|entry| entry.points).sum(),
        };
        let excluding =
            |it: &&Ruling<'_>| ReasonView::new(questionnaire, it.why, None, it.because, it.sources);
        Self {
            candidate: questionnaire[standing.candidate].id.clone(),
            name: questionnaire[standing.candidate].name.clone(),
            score: standing.score,
            fit: standing.fit,
            points_for: standing.points_for,
            points_against: standing.points_against,
            ruled_out: standing.ruled_out,
            exclusions: exclusions.iter().take(most).map(excluding).collect(),
            ledger: spelled.iter().map(|entry| ReasonView::of_entry(questionnaire, entry)).collect(),
            left_out: Some(left_out).filter(|it| it.exclusions + it.lines > 0),
        }
    }
}

impl ReasonView {
    /// Spells out one line of a ledger.
    pub fn of_entry(questionnaire: &Questionnaire, entry: &Entry<'_>) -> Self {
        Self::new(questionnaire, entry.why, Some(entry.points), entry.because, entry.sources)
    }

    fn new(
        questionnaire: &Questionnaire,
        why: Why,
        points: Option<i64>,
        because: &str,
        sources: &[SourceId],
    ) -> Self {
        let (origin, question, option, rule) = match why {
            Why::Option(question, option) => {
                let asked = &questionnaire[question];
                ("option", Some(asked.id.clone()), Some(asked[option].id.clone()), None)
            }
            Why::NotChosen(question) => ("not-chosen", Some(questionnaire[question].id.clone()), None, None),
            Why::Rule(rule) => ("rule", None, None, Some(questionnaire.rules()[rule].id.clone())),
            Why::Adoption => ("adoption", None, None, None),
        };
        let source = sources.iter().map(|source| questionnaire[*source].id.clone()).collect();
        Self { question, option, rule, origin, points, because: because.to_owned(), source }
    }
}

/// Spells out the sources of everything that applies, in file order.
pub fn sources(questionnaire: &Questionnaire, answers: &Answers, advice: &Advice) -> Vec<SourceView> {
    let of_parts = advice.parts.iter().flat_map(|part| advice::sources(questionnaire, answers, part));
    let crossings = crossings(questionnaire, answers);
    let of_boundaries = crossings.pairs.iter().flat_map(|(.., boundary)| boundary.sources.iter().copied());
    let mut cited: Vec<SourceId> = of_parts.chain(of_boundaries).collect();
    cited.sort_unstable();
    cited.dedup();
    let view = |source: SourceId| {
        let source = &questionnaire[source];
        SourceView {
            id: source.id.clone(),
            title: source.title.clone(),
            author: source.author.clone(),
            date: source.date.clone(),
            url: source.url.clone(),
            verified: source.verified.map(|day| day.to_string()),
        }
    };
    cited.into_iter().map(view).collect()
}

fn ids(questionnaire: &Questionnaire, candidates: CandidateSet) -> Vec<String> {
    candidates.iter().map(|candidate| questionnaire[candidate].id.clone()).collect()
}
