//! Tests `data/coverage.ron`, which says where each claim of the five articles is used or why it is left
//! out. Whether a claim is right is out of scope.
//!
//! The tests read `questions.ron` themselves, because a parsed remark does not know its rule.

use std::collections::BTreeSet;

use langfit::built_in::QUESTIONS;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::questions::{ARTICLES, can_appear};
use super::support::shipped;

/// One claim of an article.
#[derive(Deserialize)]
struct Claim {
    article: String,
    #[serde(rename = "claim")]
    text: String,
    #[serde(default)]
    at: Option<Vec<Place>>,
    #[serde(default)]
    left_out: Option<String>,
}

/// Where a claim is used: `question/option` for an option, otherwise the id of the item.
#[derive(Deserialize, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Evidence(String),
    Exclusion(String),
    Say(String),
    Rule(String),
    Boundary(String, String),
    Dimension(String),
    Question(String),
    Ownership(String),
}

/// The parts of the questionnaire file that cite sources.
#[derive(Deserialize)]
struct File {
    questions: Vec<Question>,
    rules: Vec<Citing>,
    boundaries: Vec<Boundary>,
    dimensions: Vec<Dimension>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    kind: Kind,
    #[serde(default)]
    options: Vec<Citing>,
}

#[derive(Deserialize)]
enum Kind {
    One,
    Many,
    Parts,
    Text,
    Candidates {
        #[serde(rename = "many")]
        _many: IgnoredAny,
        #[serde(default)]
        chosen: Lines,
        #[serde(default)]
        not_chosen: Lines,
    },
}

/// An option or a rule.
#[derive(Deserialize)]
struct Citing {
    id: String,
    #[serde(default)]
    evidence: Vec<Line>,
    #[serde(default)]
    exclusions: Vec<Line>,
    #[serde(default)]
    says: Vec<Line>,
}

#[derive(Deserialize, Default)]
struct Lines {
    #[serde(default)]
    evidence: Vec<Line>,
    #[serde(default)]
    exclusions: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    source: Vec<String>,
}

#[derive(Deserialize)]
struct Boundary {
    between: (String, String),
    source: Vec<String>,
}

#[derive(Deserialize)]
struct Dimension {
    id: String,
    facts: Vec<Line>,
}

fn parse<T: DeserializeOwned>(text: &str) -> T {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text).expect("the file is valid")
}

fn claims() -> Vec<Claim> {
    parse(include_str!("data/coverage.ron"))
}

fn cites(lines: &[Line], article: &str) -> bool {
    lines.iter().any(|line| line.source.iter().any(|source| source == article))
}

impl Citing {
    fn cites(&self, article: &str) -> bool {
        [&self.evidence, &self.exclusions, &self.says].into_iter().any(|lines| cites(lines, article))
    }
}

impl Question {
    fn cites(&self, article: &str) -> bool {
        let templates = match &self.kind {
            Kind::Candidates { chosen, not_chosen, .. } => vec![chosen, not_chosen],
            _ => Vec::new(),
        };
        self.options.iter().any(|option| option.cites(article))
            || templates.iter().any(|it| cites(&it.evidence, article) || cites(&it.exclusions, article))
    }
}

impl File {
    fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    fn option(&self, place: &str) -> Option<&Citing> {
        let (question, option) = place.split_once('/')?;
        self.question(question)?.options.iter().find(|it| it.id == option)
    }

    /// Returns whether an article is cited at a place, or `None` if there is no such place.
    fn cites(&self, place: &Place, article: &str) -> Option<bool> {
        match place {
            Place::Evidence(option) => Some(cites(&self.option(option)?.evidence, article)),
            Place::Exclusion(option) => Some(cites(&self.option(option)?.exclusions, article)),
            Place::Say(option) => Some(cites(&self.option(option)?.says, article)),
            Place::Rule(id) => Some(self.rules.iter().find(|rule| rule.id == *id)?.cites(article)),
            Place::Boundary(one, other) => {
                let mut kinds = self.boundaries.iter();
                let boundary = kinds.find(|it| it.between.0 == *one && it.between.1 == *other)?;
                Some(boundary.source.iter().any(|source| source == article))
            }
            Place::Dimension(id) => {
                Some(cites(&self.dimensions.iter().find(|dimension| dimension.id == *id)?.facts, article))
            }
            Place::Question(id) => Some(self.question(id)?.cites(article)),
            // A text question cites nothing, so only its kind and its id are checked.
            Place::Ownership(id) => {
                let is_text = matches!(self.question(id)?.kind, Kind::Text);
                Some(is_text && id.starts_with("own-"))
            }
        }
    }
}

impl Place {
    /// Returns the id of the question that contains the place, if any.
    fn question(&self) -> Option<&str> {
        match self {
            Self::Evidence(option) | Self::Exclusion(option) | Self::Say(option) => option.split('/').next(),
            Self::Question(id) | Self::Ownership(id) => Some(id),
            Self::Rule(_) | Self::Boundary(..) | Self::Dimension(_) => None,
        }
    }
}

/// A claim that is neither used nor left out for a reason has been overlooked.
#[test]
fn every_claim_is_used_or_left_out_for_a_reason() {
    let mut told = BTreeSet::new();
    for claim in claims() {
        assert!(ARTICLES.contains(&claim.article.as_str()), "no such article: {}", claim.article);
        let used = claim.at.as_ref().is_some_and(|at| !at.is_empty());
        let left_out = claim.left_out.as_ref().is_some_and(|reason| !reason.is_empty());
        assert!(used != left_out, "used or left out, one of them: {}", claim.text);
        assert!(told.insert((claim.article, claim.text.clone())), "twice: {}", claim.text);
    }
    let articles: BTreeSet<&str> = told.iter().map(|(article, _)| article.as_str()).collect();
    assert_eq!(articles.len(), ARTICLES.len(), "an article without an account");
}

/// The list of places goes stale as soon as a line is moved, removed or given another source.
#[test]
fn every_claim_is_cited_where_it_is_said_to_be() {
    let file: File = parse(QUESTIONS);
    let mut wrong = Vec::new();
    for claim in claims() {
        for place in claim.at.iter().flatten() {
            match file.cites(place, &claim.article) {
                Some(true) => {}
                Some(false) => {
                    wrong.push(format!("{place:?} does not cite {}: {}", claim.article, claim.text));
                }
                None => wrong.push(format!("there is no {place:?}: {}", claim.text)),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A claim is not used if its question can never be asked.
#[test]
fn every_question_that_takes_up_a_claim_can_be_reached() {
    let questionnaire = shipped();
    let claims = claims();
    let places = claims.iter().flat_map(|claim| claim.at.iter().flatten());
    let named: BTreeSet<&str> = places.filter_map(Place::question).collect();
    for id in named {
        let question = questionnaire.find(id).unwrap_or_else(|| panic!("there is no question `{id}`"));
        assert!(can_appear(&questionnaire, question), "`{id}` never appears");
    }
}
