//! Tests the authors' guide: its examples are valid as written, alone and together.

use langfit::lint::lint;
use langfit::precedents::Precedents;
use langfit::questionnaire::Questionnaire;
use langfit::scenarios::{deviations, parse};
use langfit::source::Source;

const GUIDE: &str = include_str!("../../docs/authors.md");

/// Returns the RON snippets of the guide, in order.
fn pieces() -> Vec<&'static str> {
    let fenced = GUIDE.split("```ron\n").skip(1);
    fenced.map(|piece| piece.split("```").next().expect("it ends")).collect()
}

/// Returns the snippet that starts with this text.
#[track_caller]
fn piece(begins: &str) -> &'static str {
    pieces()
        .into_iter()
        .find(|piece| piece.starts_with(begins))
        .unwrap_or_else(|| panic!("no piece {begins}"))
}

/// Returns the guide's complete file with all later examples of the guide added.
fn whole() -> Questionnaire {
    let (head, rest) = piece("(\n  format: 2").split_once("  questions: [\n").expect("it has questions");
    let links = rest.strip_suffix("  ],\n)\n").expect("it ends with them");
    let (team, adoption) = piece("(id: \"team\"").split_once("\n\nadoption").expect("adoption follows");
    let cost = piece("(id: \"cost\"").trim_end();
    let text = format!(
        "{head}  questions: [\n{}{links}{}{cost},\n{team},\n  ],\n{}adoption{adoption}{})",
        piece("(id: \"parts\"").trim_end().to_owned() + ",\n",
        piece("(id: \"reads\"").trim_end().to_owned() + ",\n",
        piece("suitability"),
        piece("rules"),
    );
    let parsed = Questionnaire::parse(&Source::new("guide.ron", text.as_str()));
    parsed.unwrap_or_else(|rejected| panic!("{rejected}\n{text}"))
}

#[test]
fn the_complete_file_is_complete_and_clean() {
    let source = Source::new("mine.ron", piece("(\n  format: 2"));
    let questionnaire = Questionnaire::parse(&source).unwrap_or_else(|rejected| panic!("{rejected}"));
    let found: Vec<String> = lint(&questionnaire).iter().map(|it| source.headline(it)).collect();
    // The example is too short to have evidence against every candidate.
    assert!(found.iter().all(|it| it.contains("no evidence speaks against this candidate")), "{found:#?}");
}

#[test]
fn what_the_guide_adds_belongs_together() {
    let questionnaire = whole();
    let ids: Vec<&str> = questionnaire.questions().iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["parts", "links", "reads", "cost", "team"]);
}

#[test]
fn its_precedents_and_scenarios_are_right() {
    let questionnaire = whole();
    let precedents = Source::new("mine.precedents.ron", piece("Precedents("));
    assert!(Precedents::parse(&precedents, &questionnaire).is_ok());
    let source = Source::new("mine.scenarios.ron", piece("Scenarios("));
    let scenarios = parse(&source, &questionnaire).unwrap_or_else(|rejected| panic!("{rejected}"));
    let found = scenarios.iter().flat_map(|it| deviations(&questionnaire, it));
    let said: Vec<String> = found.map(|it| source.headline(&it)).collect();
    assert!(said.is_empty(), "{said:#?}");
}
