//! The advice with ids and names in place of indexes, for JSON.

use jiff::civil::Date;
use serde::Serialize;

use crate::advice::{
    Advice, Entry, Kit, PartAdvice, Role, Ruling, Settled, Standing, Why, firmness, ledger, outlook, role,
    rulings,
};

use crate::answers::Progress;
use crate::questionnaire::{Cited, Exclusion, Questionnaire, SourceId};
use crate::session::Session;

use super::outlook_view::{BoundaryView, OutlookView, StaysView, boundaries_view, outlook_view, stays_view};
use super::precedents_view::{PrecedentView, precedents_view};
use super::sources::cited;
use crate::precedents::Precedents;
use crate::wording::crossings;
use crate::wording::{DecidedView, decided};
use crate::wording::{headline, settled_words, subject_name, title};

/// Version of the JSON format. Must change when a field changes its meaning.
const FORMAT: u32 = 1;
/// Maximum number of tied kits listed, overall and for each size.
const TIED: usize = 100;
/// Maximum number of ledger lines, and of exclusions, listed over all parts and candidates.
const LINES: usize = 200_000;
/// Lower bound on the share of [`LINES`] for one candidate in one part.
const LEAST: usize = 20;

/// The whole advice.
#[derive(Debug, Clone, Serialize)]
pub struct AdviceView<'a> {
    format: u32,
    questionnaire: AboutView,
    /// Id of the session; `None` if it has none yet.
    session: Option<String>,
    title: String,
    system: String,
    recommendation: String,
    kit: KitsView,
    parts: Vec<PartView>,
    stays: Vec<StaysView>,
    boundaries: Vec<BoundaryView>,
    /// Number of boundaries that are not listed.
    boundaries_left_out: usize,
    /// Role of the questionnaire's subject in the kit; `None` without a subject, or while a part has no
    /// single choice.
    role_of_subject: Option<Role>,
    outlook: OutlookView,
    progress: Progress,
    /// The decisions that people made.
    decided: Vec<DecidedView>,
    /// Entries of the session file that the questionnaire does not know; they do not count.
    orphans: Vec<String>,
    /// Version of the questionnaire when the session was saved, if the questionnaire has changed since.
    saved_under: Option<String>,
    sources: Vec<SourceView<'a>>,
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
    /// The best kit, or the first hundred of those that tie.
    best: Vec<KitView>,
    /// Number of kits that tie for the best.
    best_count: usize,
    /// The best kits of each useful size, or the first hundred of those that tie.
    by_size: Vec<Vec<KitView>>,
    /// Number of kits that tie at each of these sizes.
    by_size_counts: Vec<usize>,
    /// Parts that no candidate can serve.
    unserved: Vec<String>,
    /// Whether all kit sizes that could be useful were examined.
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
struct PartView {
    name: String,
    /// `None` for the system as a whole.
    kind: Option<String>,
    choice: Vec<String>,
    leaders: Vec<String>,
    runner_up: Vec<String>,
    margin: Option<i64>,
    settled: &'static str,
    settled_words: String,
    ranking: Vec<StandingView>,
    /// The nearest published decisions; absent if precedents were not searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    precedents: Option<Vec<PrecedentView>>,
}

/// One candidate's standing with its ledger.
#[derive(Debug, Clone, Serialize)]
struct StandingView {
    candidate: String,
    name: String,
    score: i64,
    fit: i64,
    points_for: i64,
    points_against: i64,
    ruled_out: bool,
    /// How the candidate is ruled out: `cannot` or `unusual`.
    #[serde(skip_serializing_if = "Option::is_none")]
    exclusion: Option<&'static str>,
    exclusions: Vec<ReasonView>,
    ledger: Vec<ReasonView>,
    /// Counts of what is omitted to limit the length; absent if nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOutView>,
}

/// Counts of what is omitted from a candidate's standing.
#[derive(Debug, Clone, Serialize)]
struct LeftOutView {
    exclusions: usize,
    /// Number of omitted ledger lines, which are those with the fewest points.
    lines: usize,
    /// Sum of the points of these lines.
    points: i64,
}

/// A ledger line, or an exclusion, which has no points.
#[derive(Debug, Clone, Serialize)]
struct ReasonView {
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    /// Kind of exclusion: `cannot` or `unusual`; absent for a ledger line.
    #[serde(skip_serializing_if = "Option::is_none")]
    exclusion: Option<&'static str>,
    /// Origin of the line: `option`, `not-chosen`, `rule` or `adoption`.
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<i64>,
    because: String,
    source: Vec<String>,
}

impl<'a> AdviceView<'a> {
    /// Builds the view of a session's advice.
    pub fn new(
        questionnaire: &'a Questionnaire,
        session: &Session,
        advice: &Advice,
        precedents: Option<&Precedents>,
    ) -> Self {
        let answers = &session.answers;
        let kit = |kit: &Kit| KitView {
            candidates: questionnaire.ids_of(kit.candidates),
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
                .map(|part| PartView::new(questionnaire, session, advice, part, precedents))
                .collect(),
            stays: stays_view(questionnaire, answers),
            boundaries: boundaries_view(questionnaire, &crossings),
            boundaries_left_out: crossings.left_out,
            role_of_subject: role(questionnaire, answers, advice),
            outlook: outlook_view(
                questionnaire,
                answers,
                advice,
                &outlook(questionnaire, answers, advice),
                firmness(questionnaire, answers, advice, &|| true).ok().as_ref(),
            ),
            progress: answers.progress(questionnaire),
            decided: decided(questionnaire, session),
            orphans: session.orphans.iter().map(|orphan| orphan.what.clone()).collect(),
            saved_under: session.saved_under.clone(),
            sources: cited(questionnaire, answers, advice)
                .into_iter()
                .map(|it| SourceView::new(&questionnaire[it]))
                .collect(),
        }
    }
}

impl PartView {
    fn new(
        questionnaire: &Questionnaire,
        session: &Session,
        advice: &Advice,
        part: &PartAdvice,
        precedents: Option<&Precedents>,
    ) -> Self {
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
            choice: questionnaire.ids_of(part.choice),
            leaders: questionnaire.ids_of(part.leaders),
            runner_up: questionnaire.ids_of(part.runner_up),
            margin: part.margin,
            settled: match part.settled {
                Settled::Proven { .. } => "proven",
                Settled::Open => "open",
                Settled::NotProven => "not-proven",
                Settled::NoUsualChoice => "no-usual-choice",
                Settled::NobodyLeft => "nobody-left",
            },
            settled_words: settled_words(questionnaire, part),
            ranking: part.ranking.iter().map(standing_of).collect(),
            precedents: precedents.map(|all| precedents_view(questionnaire, all, answers, part.subject)),
        }
    }
}

impl StandingView {
    /// Builds the view with at most `most` exclusions, the first ones, and `most` ledger lines, the largest
    /// ones.
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
        let excluding = |it: &&Ruling<'_>| {
            let reason = ReasonView::new(questionnaire, it.why, None, &it.because, it.sources);
            ReasonView { exclusion: Some(exclusion_id(it.exclusion)), ..reason }
        };
        Self {
            candidate: questionnaire[standing.candidate].id.clone(),
            name: questionnaire[standing.candidate].name.clone(),
            score: standing.score,
            fit: standing.fit,
            points_for: standing.points_for,
            points_against: standing.points_against,
            ruled_out: !standing.is_alive(),
            exclusion: standing.ruled_out.map(exclusion_id),
            exclusions: exclusions.iter().take(most).map(excluding).collect(),
            ledger: spelled.iter().map(|entry| ReasonView::of_entry(questionnaire, entry)).collect(),
            left_out: Some(left_out).filter(|it| it.exclusions + it.lines > 0),
        }
    }
}

impl ReasonView {
    fn of_entry(questionnaire: &Questionnaire, entry: &Entry<'_>) -> Self {
        Self::new(questionnaire, entry.why, Some(entry.points), &entry.because, &entry.sources)
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
        let because = because.to_owned();
        Self { question, option, rule, exclusion: None, origin, points, because, source }
    }
}

/// Returns the id of a kind of exclusion.
const fn exclusion_id(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Unusual => "unusual",
        Exclusion::Cannot => "cannot",
    }
}

/// A cited source.
#[derive(Debug, Clone, Serialize)]
struct SourceView<'a> {
    id: &'a str,
    title: &'a str,
    author: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    verified: Option<Date>,
}

impl<'a> SourceView<'a> {
    fn new(source: &'a Cited) -> Self {
        Self {
            id: &source.id,
            title: &source.title,
            author: source.author.as_deref(),
            date: source.date.as_deref(),
            url: source.url.as_deref(),
            verified: source.verified,
        }
    }
}
