//! Tests properties of the shipped questionnaire that any experienced architect would expect, on randomly
//! filled sheets. Which language is right is out of scope.

use std::collections::BTreeMap;

use langfit::advice::{Advice, PartAdvice, Settled, Verdict, appraise, outlook, recommend};
use langfit::answers::{Answer, Answers, Subject};
use langfit::built_in;
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{
    CandidateId, CandidateSet, Exclusion, Kind, OptionId, OptionSet, QuestionId, Questionnaire,
};

use langfit::scenarios::{Scenario, parse};

use super::support::sheets::{Fill, Numbers, random_choice, random_sheet};
use super::support::{ids, shipped};

/// Number of random sheets.
const SHEETS: u64 = 10_000;
/// Number of random sheets on which every verdict must be proven.
const PROVEN: u64 = 60;

/// Questions whose options are ordered from weakest to strictest.
const STRICTER: [&str; 4] = ["starts", "types", "lifetime", "teams"];

/// Maximum number of questions for one kind of part, before anything is answered (`AT_FIRST`) and in total
/// for a simple part (`SIMPLE`).
const AT_FIRST: usize = 8;
const SIMPLE: usize = 12;

/// Returns, by kind of part, the languages that may come first without a hard answer. The scenarios whose
/// ids start with `usual-` list them.
fn usual(questionnaire: &Questionnaire) -> BTreeMap<OptionId, CandidateSet> {
    let scenarios = parse(&built_in::scenarios(), questionnaire).expect("they can be read");
    let usual = scenarios.iter().filter(|scenario| scenario.id.starts_with("usual-"));
    let row = |scenario: &Scenario| {
        let [part] = scenario.parts.as_slice() else { panic!("{}: one part", scenario.id) };
        let all = part.may.union(part.ruled_out);
        assert_eq!(all, questionnaire.all_candidates(), "{}: somebody is missing", scenario.id);
        (scenario.answers[part.subject.part().expect("it is picked")].kind, part.may)
    };
    let usual: BTreeMap<OptionId, CandidateSet> = usual.map(row).collect();
    let parts = questionnaire.parts_question().expect("the shipped questionnaire has parts");
    assert_eq!(usual.len(), questionnaire[parts].options.len(), "a kind has no scenario");
    usual
}

/// Returns the languages that hard answers make usual for a part: those in its process, those of its
/// importers, and those that a standard allows.
fn lifted(questionnaire: &Questionnaire, answers: &Answers, subject: Subject) -> CandidateSet {
    let effective = answers.effective(questionnaire, subject);
    ["joined", "standard", "importers"]
        .iter()
        .map(|id| questionnaire.find(id).unwrap_or_else(|| panic!("no question `{id}`")))
        .flat_map(|question| effective.chosen(question).iter())
        .map(|option| CandidateId::from_index(option.index()))
        .collect()
}

fn first(part: &PartAdvice) -> CandidateSet {
    part.leaders.union(part.choice)
}

fn kind(answers: &Answers, part: &PartAdvice) -> OptionId {
    answers[part.subject.part().expect("parts are picked")].kind
}

#[test]
fn soft_answers_make_no_language_first_that_is_unusual_there() {
    let questionnaire = shipped();
    let usual = usual(&questionnaire);
    for seed in 0..SHEETS {
        let answers = random_sheet(&questionnaire, &mut Numbers(seed), Fill::Soft);
        for part in &appraise(&questionnaire, &answers, None).parts {
            let odd = first(part).without(usual[&kind(&answers, part)]);
            assert!(odd.is_empty(), "sheet {seed}: {:?} first, {:?}", ids(&questionnaire, odd), part.subject);
        }
    }
}

#[test]
fn hard_answers_lift_only_the_languages_they_name() {
    let questionnaire = shipped();
    let usual = usual(&questionnaire);
    let mut lifts = 0;
    for seed in 0..SHEETS {
        let answers = random_sheet(&questionnaire, &mut Numbers(seed), Fill::Everything);
        for part in &appraise(&questionnaire, &answers, None).parts {
            let lifted = lifted(&questionnaire, &answers, part.subject);
            let odd = first(part).without(usual[&kind(&answers, part)]);
            assert!(odd.without(lifted).is_empty(), "sheet {seed}: {:?} first", ids(&questionnaire, odd));
            lifts += usize::from(!odd.is_empty());
        }
    }
    assert!(lifts > 0, "no hard answer ever lifts a language");
}

/// Returns the part's ranking: candidate, fit and exclusion.
fn standings(advice: &Advice, subject: Subject) -> Vec<(CandidateId, i64, Option<Exclusion>)> {
    let part = advice.of(subject).expect("the part is open for decision");
    part.ranking.iter().map(|it| (it.candidate, it.fit, it.ruled_out)).collect()
}

#[test]
fn an_answer_never_reaches_a_part_that_it_does_not_concern() {
    let questionnaire = shipped();
    let mut tried = 0;
    for seed in 0..2_000 {
        let mut numbers = Numbers(seed);
        let mut answers = random_sheet(&questionnaire, &mut numbers, Fill::Everything);
        let subjects = answers.subjects();
        if subjects.len() < 2 {
            continue;
        }
        let before = appraise(&questionnaire, &answers, None);
        let question = QuestionId::from_index(numbers.below(questionnaire.questions().len()));
        let asked = &questionnaire[question];
        if matches!(asked.kind, Kind::Parts | Kind::Text) || !asked.each_part {
            continue;
        }
        // Answers the question for one part, or for all parts that it concerns.
        let subject =
            if numbers.below(2) == 0 { Subject::System } else { subjects[numbers.below(subjects.len())] };
        let chosen = random_choice(&questionnaire, &mut numbers, question);
        answers.set(question, subject, Answer::Chosen(chosen));
        let after = appraise(&questionnaire, &answers, None);
        let concerned = |other: Subject| match subject {
            Subject::System => {
                let kinds = asked.concerned_kinds();
                kinds.is_none_or(|kinds| other.part().is_some_and(|part| kinds.contains(answers[part].kind)))
            }
            part @ Subject::Part(_) => part == other,
        };
        for other in subjects.iter().filter(|other| !concerned(**other)) {
            tried += 1;
            assert_eq!(standings(&before, *other), standings(&after, *other), "sheet {seed}: `{}`", asked.id);
        }
    }
    assert!(tried > 500, "only {tried} parts were looked at");
}

/// Returns the lead of a candidate over each candidate, for the only part.
fn leads(advice: &Advice, candidate: CandidateId) -> BTreeMap<CandidateId, i64> {
    let [part] = advice.parts.as_slice() else { panic!("one part") };
    let own = part.standing(candidate).expect("everybody is ranked").score;
    part.ranking.iter().map(|it| (it.candidate, own - it.score)).collect()
}

fn one_part(questionnaire: &Questionnaire, numbers: &mut Numbers) -> Answers {
    let mut answers = random_sheet(questionnaire, numbers, Fill::Everything);
    while answers.parts().len() > 1 {
        let last = answers.part_ids().next_back().expect("there is one");
        answers.remove_part(last);
    }
    answers
}

#[test]
fn a_language_that_the_team_runs_is_never_worse_off_for_it() {
    let questionnaire = shipped();
    let stack = questionnaire.find("team-stack").expect("it is asked what the team runs");
    for seed in 0..1_000 {
        let mut numbers = Numbers(seed);
        let mut answers = one_part(&questionnaire, &mut numbers);
        let candidate = CandidateId::from_index(numbers.below(questionnaire.candidates().len()));
        let option = OptionId::from_index(candidate.index());
        let mut known = answers.chosen(&questionnaire, stack, Subject::System);
        known.remove(option);
        let mut advise = |known: OptionSet| {
            let answer = if known.is_empty() { Answer::Open } else { Answer::Chosen(known) };
            answers.set(stack, Subject::System, answer);
            leads(&appraise(&questionnaire, &answers, None), candidate)
        };
        let without = advise(known);
        known.insert(option);
        for (rival, lead) in advise(known) {
            assert!(lead >= without[&rival], "sheet {seed}: `{}`", questionnaire[candidate].id);
        }
    }
}

#[test]
fn the_only_admitted_language_is_first_unless_ruled_out() {
    let questionnaire = shipped();
    let constraints = questionnaire.find("constraints").expect("constraints are asked for");
    let gate = questionnaire[constraints].find("standard").expect("a standard is one of them");
    let standard = questionnaire.find("standard").expect("what it admits is asked");
    for seed in 0..1_000 {
        let mut numbers = Numbers(seed);
        let mut answers = one_part(&questionnaire, &mut numbers);
        let subject = answers.subjects()[0];
        let option = OptionId::from_index(numbers.below(questionnaire.candidates().len()));
        let candidate = CandidateId::from_index(option.index());
        answers.set(constraints, subject, Answer::Chosen(OptionSet::only(gate)));
        answers.set(standard, subject, Answer::Chosen(OptionSet::only(option)));
        let advice = appraise(&questionnaire, &answers, None);
        let part = &advice.parts[0];
        if let Some(choice) = part.choice.single() {
            assert_eq!(choice, candidate, "sheet {seed}");
        } else {
            assert!(part.choice.is_empty(), "sheet {seed}: several are admitted");
            let standing = part.standing(candidate).expect("everybody is ranked");
            assert!(!standing.is_alive(), "sheet {seed}: nothing rules it out");
        }
    }
}

#[test]
fn a_stricter_answer_never_helps_those_it_speaks_against() {
    let questionnaire = shipped();
    for id in STRICTER {
        let question = questionnaire.find(id).unwrap_or_else(|| panic!("no question `{id}`"));
        for seed in 0..200 {
            let mut numbers = Numbers(seed);
            let mut answers = one_part(&questionnaire, &mut numbers);
            let subject = answers.subjects()[0];
            if !answers.effective(&questionnaire, subject).is_visible(question) {
                continue;
            }
            let subject = if questionnaire[question].each_part { subject } else { Subject::System };
            let mut advise = |option: Option<OptionId>| {
                let answer = option.map_or(Answer::Open, |option| Answer::Chosen(OptionSet::only(option)));
                answers.set(question, subject, answer);
                let advice = appraise(&questionnaire, &answers, None);
                let fits: BTreeMap<CandidateId, i64> =
                    advice.parts[0].ranking.iter().map(|it| (it.candidate, it.fit)).collect();
                fits
            };
            let open = advise(None);
            let mut before = None;
            for option in questionnaire[question].option_ids() {
                let fits = advise(Some(option));
                let weaker: BTreeMap<CandidateId, i64> = before.unwrap_or_else(|| open.clone());
                for (candidate, fit) in fits.iter().filter(|(it, fit)| **fit < open[it]) {
                    assert!(
                        *fit <= weaker[candidate].max(open[candidate]),
                        "`{id}`: `{}`",
                        questionnaire[*candidate].id
                    );
                }
                before = Some(fits);
            }
        }
    }
}

#[test]
fn one_kind_of_part_asks_little() {
    let questionnaire = shipped();
    let parts = questionnaire.parts_question().expect("the shipped questionnaire has parts");
    let asked = |answers: &Answers| -> Vec<QuestionId> {
        let visible = answers.visible(&questionnaire);
        questionnaire
            .question_ids()
            .filter(|it| visible[*it] && questionnaire[*it].kind != Kind::Text)
            .collect()
    };
    for kind in questionnaire[parts].option_ids() {
        let mut answers = Answers::new(&questionnaire);
        answers.add_part(&questionnaire, kind).expect("one part is not too many");
        let at_first = asked(&answers).len();
        let name = &questionnaire[parts][kind].id;
        assert!(at_first <= AT_FIRST, "`{name}` asks {at_first} questions at first");
        // Fills in a simple part: "none of these" where there is such an option, otherwise the first
        // option.
        for question in questionnaire.question_ids().filter(|it| *it != parts) {
            if !asked(&answers).contains(&question) {
                continue;
            }
            let options = &questionnaire[question];
            let plain = options.alone_options().iter().next().unwrap_or(OptionId::from_index(0));
            answers.set(question, Subject::System, Answer::Chosen(OptionSet::only(plain)));
        }
        let all = asked(&answers).len();
        assert!(all <= SIMPLE, "`{name}` asks {all} questions of a simple part");
    }
}

/// Every verdict about the open questions is proven, whatever the answers are.
#[test]
fn what_open_questions_can_do_is_always_proven() {
    let questionnaire = shipped();
    for seed in 0..PROVEN {
        let mut numbers = Numbers(seed);
        let mut answers = random_sheet(&questionnaire, &mut numbers, Fill::Everything);
        // Keeps about `kept` quarters of the answers.
        let kept = numbers.below(5);
        for question in questionnaire.question_ids().filter(|it| !questionnaire[*it].is_parts()) {
            if numbers.below(4) >= kept {
                for subject in answers.subjects().into_iter().chain([Subject::System]) {
                    answers.set(question, subject, Answer::Open);
                }
            }
        }
        let advice = recommend(&questionnaire, &answers);
        for part in &advice.parts {
            assert_ne!(part.settled, Settled::NotProven, "sheet {seed}: {:?}", part.subject);
        }
        let outlook = outlook(&questionnaire, &answers, &advice);
        for verdicts in outlook.parts.iter().map(|part| &part.verdicts) {
            for (candidate, verdict) in verdicts.iter() {
                let proven = !matches!(verdict, Verdict::NotRuledOut);
                assert!(proven, "sheet {seed}: `{}`", questionnaire[candidate].id);
            }
        }
    }
}
