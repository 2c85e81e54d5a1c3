//! Tests the shipped content: what `questions.ron` asks, weighs and cites. Must not test how the file is
//! read or what it recommends.

use std::collections::BTreeSet;

use langfit::answers::EffectiveAnswers;
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{
    CandidateSet, Cited, Condition, Impact, Kind, Literal, OptionSet, Question, QuestionId, Questionnaire,
    Sheet, SourceId,
};

use super::support::shipped;

/// The questions that the guide asks, in its order.
const SPINE: [&str; 7] = ["libraries", "workload", "control", "ship", "types", "cores", "boundary"];

/// The source ids of the articles that the questionnaire is based on.
pub const ARTICLES: [&str; 5] = ["guide", "default", "overuse", "versus-go", "upkeep"];

/// The dimensions for comparing candidates, in the order of the article that compares two of them.
const DIMENSIONS: [&str; 8] =
    ["runtime", "types", "memory", "concurrency", "packaging", "deployment", "ecosystem", "learning"];

/// Points that a reason may give, for or against.
const LADDER: [i64; 4] = [1, 3, 6, 9];

/// The maximum width of a title in the list of questions, in columns.
const TITLE_WIDTH: usize = 22;

#[test]
fn the_parts_come_first_and_then_the_guides_questions() {
    let questionnaire = shipped();
    assert_eq!(questionnaire.parts_question(), Some(questionnaire.first_question()));
    let asked: Vec<&str> = questionnaire
        .questions()
        .iter()
        .map(|question| question.id.as_str())
        .filter(|id| SPINE.contains(id))
        .collect();
    assert_eq!(asked, SPINE);
    for id in &SPINE[..6] {
        let question = &questionnaire[questionnaire.find(id).expect("it was found above")];
        assert!(question.concerned_kinds().is_some(), "`{id}` is asked of the parts it concerns");
    }
}

#[test]
fn there_is_enough_to_choose_from() {
    let questionnaire = shipped();
    assert!(questionnaire.candidates().len() >= 17);
    let kinds = questionnaire.parts_question().map(|parts| questionnaire[parts].options.len());
    assert!(kinds.is_some_and(|kinds| kinds >= 30), "{kinds:?} kinds of part");
    let follow_ups = questionnaire.questions().iter().filter(|question| question.when.is_some()).count();
    assert!(follow_ups >= 6, "{follow_ups} follow-ups");
    for question in questionnaire.questions() {
        let count = question.options.len();
        match question.kind {
            Kind::Text => assert_eq!(count, 0, "`{}`", question.id),
            Kind::Parts => {}
            _ if question.of_candidates => assert_eq!(count, questionnaire.candidates().len()),
            _ => assert!(count >= 2, "`{}` has {count} options", question.id),
        }
    }
    let texts = questionnaire.questions().iter().filter(|question| question.kind == Kind::Text).count();
    assert_eq!(texts, 5, "the ownership questions");
}

/// Every candidate has evidence for and against it.
#[test]
fn the_evidence_is_broad() {
    let questionnaire = shipped();
    let points = |effect| matches!(effect, Impact::Points(_));
    let evidence: Vec<_> = questionnaire.lines().iter().filter(|line| points(line.impact)).collect();
    assert!(evidence.len() >= 60, "{} lines of evidence", evidence.len());
    for (index, candidate) in questionnaire.candidates().iter().enumerate() {
        let about = |effect: fn(i64) -> bool| {
            evidence.iter().any(|line| {
                line.candidates.iter().any(|it| it.index() == index)
                    && matches!(line.impact, Impact::Points(points) if effect(points))
            })
        };
        assert!(about(|points| points > 0), "nothing speaks for {}", candidate.name);
        assert!(about(|points| points < 0), "nothing speaks against {}", candidate.name);
    }
}

fn is_article(source: &Cited) -> bool {
    ARTICLES.contains(&source.id.as_str())
}

/// Every source has a URL and is cited. An article alone suffices for a reason only if the reason names the
/// author, or depends on a question about candidates.
#[test]
fn every_source_can_be_looked_up_and_is_cited() {
    let questionnaire = shipped();
    let cited: BTreeSet<SourceId> = questionnaire
        .lines()
        .iter()
        .flat_map(|line| &line.sources)
        .chain(questionnaire.says().iter().flat_map(|say| &say.sources))
        .chain(questionnaire.boundaries().iter().flat_map(|boundary| &boundary.sources))
        .chain(questionnaire.dimensions().iter().flat_map(|it| &it.facts).flat_map(|fact| &fact.sources))
        .chain(&questionnaire.adoption().sources)
        .copied()
        .collect();
    for (index, source) in questionnaire.sources().iter().enumerate() {
        assert!(cited.contains(&SourceId::from_index(index)), "nothing cites `{}`", source.id);
        let url = source.url.as_deref().unwrap_or_default();
        assert!(url.starts_with("https://"), "`{}` cannot be looked up", source.id);
    }
    for line in questionnaire.lines() {
        let documented = line.sources.iter().any(|it| !is_article(&questionnaire[*it]));
        let by_whom =
            ["Gill", "Peak Light", "LangIndex", "Coreor"].iter().any(|it| line.because.contains(it));
        let about_people = questionnaire.question_ids().filter(|it| questionnaire[*it].of_candidates);
        let asked =
            about_people.into_iter().any(|it| line.guard.iter().any(|literal| literal.question == it));
        assert!(documented || by_whom || asked, "rests on an article alone: {}", line.because);
    }
}

/// A reason that reports what an author argues counts one point at most, and cites only articles.
#[test]
fn opinions_say_whose_they_are_and_are_weak() {
    let questionnaire = shipped();
    for line in questionnaire.lines().iter().filter(|line| line.because.contains(" argues ")) {
        assert!(matches!(line.impact, Impact::Points(-1 | 1)), "more than slight: {}", line.because);
        assert!(line.sources.iter().all(|it| is_article(&questionnaire[*it])), "{}", line.because);
    }
}

/// Each dimension has exactly one fact about every candidate, so a comparison of any two has no gaps.
#[test]
fn eight_dimensions_tell_of_every_candidate_once() {
    let questionnaire = shipped();
    let ids: Vec<&str> = questionnaire.dimensions().iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, DIMENSIONS);
    for dimension in questionnaire.dimensions() {
        let mut told = CandidateSet::EMPTY;
        for fact in &dimension.facts {
            assert!(told.intersection(fact.candidates).is_empty(), "`{}`: {}", dimension.id, fact.text);
            assert!(!fact.sources.is_empty(), "`{}`: {}", dimension.id, fact.text);
            told = told.union(fact.candidates);
        }
        assert_eq!(told, questionnaire.all_candidates(), "`{}`", dimension.id);
    }
}

#[test]
fn dates_and_authors_stand_only_where_the_articles_give_them() {
    let questionnaire = shipped();
    let about = |id: &str| {
        let source = questionnaire.sources().iter().find(|it| it.id == id).expect("the article is cited");
        (source.author.as_deref(), source.date.as_deref())
    };
    assert_eq!(about("guide"), (Some("LangIndex"), None));
    assert_eq!(about("default"), (Some("Peak Light"), Some("2026")));
    assert_eq!(about("overuse"), (Some("Jerome Gill"), Some("2025-08-31")));
    assert_eq!(about("versus-go"), (Some("LangIndex"), None));
    assert_eq!(about("upkeep"), (Some("Coreor Team"), Some("2026-04-21")));
}

#[test]
fn titles_fit_their_column() {
    for question in shipped().questions() {
        let width = unicode_width::UnicodeWidthStr::width(question.title.as_str());
        assert!(width <= TITLE_WIDTH, "`{}` takes {width} columns", question.title);
    }
}

#[test]
fn reasons_are_one_sentence_with_points_on_the_ladder() {
    let questionnaire = shipped();
    for line in questionnaire.lines() {
        check_reason(&line.because);
        if let Impact::Points(points) = line.impact {
            assert!(LADDER.contains(&points.abs()), "{points} points: {}", line.because);
        }
    }
    for boundary in questionnaire.boundaries() {
        check_reason(&boundary.because);
    }
    check_reason(&questionnaire.adoption().because);
}

/// A reason follows "because", so it is several words without a full stop or a line break.
#[track_caller]
fn check_reason(because: &str) {
    assert!(!because.contains(". ") && !because.ends_with('.'), "a full stop in: {because}");
    assert!(!because.contains('\n') && because.trim() == because, "space in: {because}");
    assert!(because.contains(' '), "too short: {because}");
}

#[test]
fn texts_for_people_are_whole_sentences_or_plain_labels() {
    for question in shipped().questions() {
        assert!(question.ask.ends_with('?'), "`{}` asks nothing: {}", question.id, question.ask);
        assert!(question.why.ends_with('.'), "`{}` does not say why: {}", question.id, question.why);
        assert!(!question.title.ends_with(['.', '?', ':']), "`{}` is no label", question.title);
        let mut texts = BTreeSet::new();
        for option in &question.options {
            assert!(!option.text.ends_with('.'), "`{}`: {}", question.id, option.text);
            assert!(texts.insert(&option.text), "`{}` offers twice: {}", question.id, option.text);
        }
    }
}

#[test]
fn ids_and_names_are_told_apart() {
    let questionnaire = shipped();
    let mut titles = BTreeSet::new();
    assert!(questionnaire.questions().iter().all(|question| titles.insert(&question.title)), "a title twice");
    let mut names = BTreeSet::new();
    assert!(questionnaire.candidates().iter().all(|candidate| names.insert(&candidate.name)), "a name twice");
}

#[test]
fn every_follow_up_can_appear_and_can_stay_away() {
    let questionnaire = shipped();
    let whole = Sheet { kind: None, several_parts: false };
    let blank = EffectiveAnswers::new(&questionnaire, whole, |_| OptionSet::EMPTY);
    for question in questionnaire.question_ids() {
        assert!(can_appear(&questionnaire, question), "`{}` never appears", questionnaire[question].id);
        let asked = &questionnaire[question];
        let always = asked.when.is_none() && asked.concerned_kinds().is_none();
        assert_eq!(blank.is_visible(question), always, "`{}`", questionnaire[question].id);
    }
}

#[test]
fn every_line_can_count() {
    let questionnaire = shipped();
    for line in questionnaire.lines() {
        assert!(can_hold(&questionnaire, &line.guard, None), "never counts: {}", line.because);
    }
    for say in questionnaire.says() {
        assert!(can_hold(&questionnaire, &say.guard, None), "is never said: {}", say.text);
    }
}

#[test]
fn every_option_is_told_from_the_others_by_something() {
    let questionnaire = shipped();
    let mut used: BTreeSet<(QuestionId, u64)> = BTreeSet::new();
    let mut add = |literals: &[Literal]| {
        for literal in literals {
            used.extend(literal.options.iter().map(|it| (literal.question, 1_u64 << it.index())));
        }
    };
    questionnaire.lines().iter().for_each(|line| add(&line.guard));
    questionnaire.says().iter().for_each(|say| add(&say.guard));
    let conditions = questionnaire.questions().iter().filter_map(|question| question.when.as_ref());
    conditions.for_each(|when| add(&when.literals()));
    for question in questionnaire.question_ids() {
        let asked = &questionnaire[question];
        if asked.kind == Kind::Text || asked.of_candidates {
            continue;
        }
        let idle = asked.all_options().iter().filter(|it| !used.contains(&(question, 1 << it.index())));
        // One option may have no effect, such as the one for users to whom nothing else applies.
        assert!(idle.count() <= 1, "`{}` has options without any effect", asked.id);
    }
}

/// Returns whether some sheet shows a question.
pub fn can_appear(questionnaire: &Questionnaire, question: QuestionId) -> bool {
    can_hold(questionnaire, &[], Some(question))
}

/// Returns whether some sheet makes all literals true and, if `question` is given, makes that question
/// visible.
fn can_hold(questionnaire: &Questionnaire, guard: &[Literal], question: Option<QuestionId>) -> bool {
    let mut looked_at: BTreeSet<QuestionId> = guard.iter().map(|literal| literal.question).collect();
    looked_at.extend(question);
    // A condition refers only to earlier questions, so a backward pass finds all its dependencies.
    for id in questionnaire.question_ids().rev() {
        if looked_at.contains(&id) {
            let when = questionnaire[id].when.as_ref();
            let literals = when.map(Condition::literals).unwrap_or_default();
            looked_at.extend(literals.iter().map(|literal| literal.question));
        }
    }
    let mut sheet = vec![OptionSet::EMPTY; questionnaire.questions().len()];
    let free: Vec<QuestionId> = looked_at.into_iter().collect();
    search(questionnaire, guard, question, &free, &mut sheet)
}

/// Returns all options that can be chosen together with others.
fn together_all(asked: &Question) -> OptionSet {
    asked.all_options().without(asked.alone_options())
}

/// Returns all that a sheet can be for: each kind of part and the whole system, with one or several parts.
fn sheets(questionnaire: &Questionnaire) -> impl Iterator<Item = Sheet> {
    let kinds = questionnaire.parts_question().map(|parts| questionnaire[parts].all_options());
    let kinds: Vec<_> = kinds.iter().flat_map(|kinds| kinds.iter()).map(Some).chain([None]).collect();
    let several = |kind| [true, false].map(|several_parts| Sheet { kind, several_parts });
    kinds.into_iter().flat_map(several)
}

fn search(
    questionnaire: &Questionnaire,
    guard: &[Literal],
    question: Option<QuestionId>,
    free: &[QuestionId],
    sheet: &mut Vec<OptionSet>,
) -> bool {
    let Some((first, rest)) = free.split_first() else {
        return sheets(questionnaire).any(|whose| {
            let sheet = EffectiveAnswers::new(questionnaire, whose, |id| sheet[id.index()]);
            sheet.all_true(guard) && question.is_none_or(|question| sheet.is_visible(question))
        });
    };
    let wanted = guard.iter().filter(|literal| literal.question == *first && literal.holds);
    let wanted = wanted.fold(OptionSet::EMPTY, |all, literal| all.union(literal.options));
    let asked = &questionnaire[*first];
    let together = (asked.kind != Kind::One).then_some(wanted);
    let single = asked.all_options().iter().map(OptionSet::only);
    // If a question allows several options, another condition may need one that the guard does not contain.
    let beside = asked.all_options().iter().map(|it| OptionSet::only(it).union(wanted));
    let beside = beside.chain([together_all(asked)]).filter(|_| asked.kind == Kind::Many);
    // Trying the options of the guard first keeps the search short.
    let mut choices: Vec<OptionSet> =
        together.into_iter().chain(beside).chain(single).chain([OptionSet::EMPTY]).collect();
    choices.sort_by_key(|choice| choice.intersection(wanted).is_empty());
    choices.into_iter().any(|choice| {
        sheet[first.index()] = choice;
        search(questionnaire, guard, question, rest, sheet)
    })
}
