//! Rechecks sessions: which decisions the current questionnaire's advice contradicts, and which sessions are
//! due for review.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;
use serde::de::IgnoredAny;

use super::records::Problem;
use crate::advice::{PartAdvice, recommend};
use crate::commands::questions_file::Questionnaires;
use crate::commands::record_files::is_same;
use crate::questionnaire::Questionnaire;
use crate::sanitize::sanitize_line;
use crate::session::{self, Chosen, Decision, Session};
use crate::source::{self, SIZE_LIMIT};
use crate::wording::{WHOLE, choice_names, counted, name_decided, points, title};

/// The result for one file.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Rechecked {
    /// A readable session.
    Session(Box<RecheckedSession>),
    /// A file that cannot be read, and why.
    Bad { file: String, error: String },
}

#[derive(Serialize)]
pub(super) struct RecheckedSession {
    /// The id by which records refer to the session; empty if it has none.
    #[serde(skip)]
    pub id: String,
    file: String,
    title: String,
    /// One entry for each decision.
    decided: Vec<DecidedToday>,
    /// Parts to decide that have no decision yet.
    undecided: Vec<UndecidedToday>,
    /// Number of visible questions without an answer, not counting free-text questions.
    open: usize,
    /// Number of entries in the file that do not fit the questionnaire.
    orphans: usize,
    review_by: Option<String>,
    due: bool,
    /// Whether the questionnaire has changed since the session was saved.
    questionnaire_changed: bool,
}

/// The ids of the sessions found, each with its first file.
#[derive(Default)]
pub(super) struct SessionIds(HashMap<String, PathBuf>);

impl SessionIds {
    /// Adds a session. Returns a problem if another session has the same id.
    pub(super) fn add(&mut self, path: &Path, found: &Rechecked) -> Option<Problem> {
        let Rechecked::Session(session) = found else { return None };
        if session.id.is_empty() {
            return None;
        }
        let first = self.0.entry(session.id.clone()).or_insert_with(|| path.to_owned());
        if is_same(first, path) {
            return None;
        }
        let both = format!("has the same id as {}, so both claim the same record", session::name_of(first));
        Some(Problem::new(
            path,
            &format!("{both}; if it is a copy for another decision, remove its id: line"),
        ))
    }
}

#[derive(Serialize)]
struct DecidedToday {
    part: String,
    #[serde(flatten)]
    chosen: Chosen,
    /// Ids of the candidates that the kit chose on the day of the decision.
    advised_then: Vec<String>,
    /// Ids of the candidates that the kit chooses today.
    advised_today: Vec<String>,
    /// The lead of today's choice over the best other candidate, in points.
    lead_today: Option<i64>,
    /// Whether the decision contradicts today's advice, and the advice has changed since the decision. Also
    /// true if the part no longer needs a decision. A decision for something that is not a candidate cannot
    /// contradict advice.
    differs: bool,
    #[serde(skip)]
    words: String,
}

#[derive(Serialize)]
struct UndecidedToday {
    part: String,
    advised_today: Vec<String>,
    #[serde(skip)]
    words: String,
}

/// Rechecks one file. Returns `None` for a file that was found in a folder and is certainly not a session.
pub(super) fn recheck(
    path: &Path,
    named: bool,
    questionnaires: &mut Questionnaires,
    day: Date,
) -> Option<Rechecked> {
    let file = session::name_of(path);
    let loaded = questionnaires
        .of(path)
        .and_then(|questionnaire| Ok((Session::load(path, &questionnaire)?, questionnaire)));
    match loaded {
        Ok((session, questionnaire)) => {
            Some(Rechecked::Session(Box::new(RecheckedSession::new(file, &session, &questionnaire, day))))
        }
        Err(_) if !named && is_something_else(path) => None,
        Err(error) => {
            let error = format!("{error:#}");
            let first = error.lines().next().unwrap_or_default();
            Some(Rechecked::Bad { file, error: sanitize_line(first) })
        }
    }
}

/// Returns whether a file found in a folder is certainly not a session: it is too large for one, or it is
/// valid RON that names no questionnaire.
///
/// A damaged file may be a session, unless it is too large.
fn is_something_else(path: &Path) -> bool {
    if path.metadata().is_ok_and(|metadata| metadata.len() > SIZE_LIMIT) {
        return true;
    }
    let is_other = |text: &str| !text.contains("questionnaire:") && ron::from_str::<IgnoredAny>(text).is_ok();
    source::read(path).is_ok_and(|source| is_other(&source.text))
}

impl RecheckedSession {
    fn new(file: String, session: &Session, questionnaire: &Questionnaire, day: Date) -> Self {
        let advice = recommend(questionnaire, &session.answers);
        let progress = session.answers.progress(questionnaire);
        let name = |part: &PartAdvice| part.subject.part().map(|part| session.answers[part].name.clone());
        let find = |decision: &&Decision, part: &PartAdvice| decision.part == name(part);
        let decided = session.decided.iter().map(|decision| {
            let part = advice.parts.iter().find(|part| find(&decision, part));
            DecidedToday::new(questionnaire, decision, part)
        });
        let undecided = advice.parts.iter().filter(|part| !session.decided.iter().any(|it| find(&it, part)));
        Self {
            id: session.id.clone(),
            title: title(questionnaire, session),
            decided: decided.collect(),
            undecided: undecided
                .map(|part| UndecidedToday {
                    part: name(part).unwrap_or_else(|| WHOLE.to_owned()),
                    advised_today: questionnaire.ids_of(part.choice),
                    words: choice_names(questionnaire, part.choice),
                })
                .collect(),
            open: progress.visible - progress.answered,
            orphans: session.orphans.len(),
            review_by: session.details.review_by.map(|day| day.to_string()),
            due: session.details.review_by.is_some_and(|review| review < day),
            questionnaire_changed: session.saved_under.is_some(),
            file,
        }
    }
}

impl DecidedToday {
    fn new(questionnaire: &Questionnaire, decision: &Decision, part: Option<&PartAdvice>) -> Self {
        let advised_today = part.map(|part| questionnaire.ids_of(part.choice)).unwrap_or_default();
        let follows = decision.chosen.is_among(&advised_today);
        let same_advice = advised_today == decision.advised;
        let how = match part {
            None => "the part is no longer open for decision".to_owned(),
            Some(_) if follows => "still recommended".to_owned(),
            Some(_) if same_advice => "against the recommendation, which has not changed".to_owned(),
            Some(part) => {
                let lead = part.margin.map_or(String::new(), |margin| format!(", {} ahead", points(margin)));
                format!("the recommendation is now {}{lead}", choice_names(questionnaire, part.choice))
            }
        };
        let is_weighed = matches!(decision.chosen, Chosen::Candidate(_));
        let shown = decision.part.as_deref().unwrap_or(WHOLE);
        let name = name_decided(questionnaire, &decision.chosen);
        Self {
            words: format!("{shown}: decided {name} on {}; {how}", decision.date),
            part: shown.to_owned(),
            chosen: decision.chosen.clone(),
            advised_then: decision.advised.clone(),
            lead_today: part.and_then(|part| part.margin),
            differs: !(follows || part.is_some() && (same_advice || !is_weighed)),
            advised_today,
        }
    }
}

impl Rechecked {
    /// Returns the exit code for this result.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Bad { .. } => 2,
            Self::Session(it) => u8::from(it.due || it.decided.iter().any(|decided| decided.differs)),
        }
    }

    /// Formats the result as text.
    pub(super) fn text(&self) -> String {
        let it = match self {
            Self::Bad { error, .. } => return format!("{error}\n"),
            Self::Session(it) => it,
        };
        let mut facts = Vec::new();
        let differing = it.decided.iter().filter(|decided| decided.differs).count();
        facts.push(match (it.decided.len(), differing) {
            (0, _) => "no decision yet".to_owned(),
            (_, 0) => "unchanged".to_owned(),
            (count, differing) => format!("recommendation changed for {differing} of {count}"),
        });
        if let (true, Some(day)) = (it.due, &it.review_by) {
            facts.push(format!("due for review since {day}"));
        }
        if it.open > 0 {
            facts.push(format!("{} open", counted(it.open as i64, "question")));
        }
        if it.orphans > 0 {
            facts.push(format!("{} without a question", counted(it.orphans as i64, "answer")));
        }
        if it.questionnaire_changed {
            facts.push("the questionnaire has changed".to_owned());
        }
        let mut out = format!("{}: {}\n", it.file, facts.join("; "));
        for decided in &it.decided {
            let sign = if decided.differs { "≠" } else { "=" };
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  {sign} {}", sanitize_line(&decided.words));
        }
        for part in &it.undecided {
            let _ = writeln!(out, "  · {}: undecided; recommended is {}", part.part, part.words);
        }
        out
    }
}
