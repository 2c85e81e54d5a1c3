//! Tests `--set`: answers in any order, for all parts or for one, none of which is ignored. The advice
//! itself is out of scope.

use crate::cli::{Run, folder, langfit, read, write};
use crate::linear::program::lines_in;
use crate::support::{about_three, nth_part, of_part, question, sample, session};

use langfit::answers::Answer;
use langfit::questionnaire::Questionnaire;
use langfit::session::Session;

fn advise(assignments: &[&str]) -> Run {
    let set: Vec<&str> = assignments.iter().flat_map(|assignment| ["--set", assignment]).collect();
    langfit(folder().path(), &[&["advise"], &set[..]].concat())
}

#[track_caller]
fn check_refused(assignments: &[&str], sentence: &str) {
    let run = advise(assignments);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{assignments:?}");
    assert_eq!(run.err, format!("--set {sentence}\n"), "{assignments:?}");
}

#[track_caller]
fn check_taken(assignments: &[&str]) -> String {
    let run = advise(assignments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{assignments:?}");
    assert!(!run.out.contains("set aside"), "{}", run.out);
    run.out
}

/// Applies answers as the command line does.
fn set_all(session: &mut Session, questionnaire: &Questionnaire, assignments: &[&str]) -> anyhow::Result<()> {
    session.assign_all(questionnaire, assignments)
}

const LOAD: &str =
    "load=over-10k: this question applies only if you answer arrival=request-response or arrival=streaming";

#[test]
fn an_answer_to_a_question_that_is_not_asked_says_what_opens_it() {
    check_refused(&["parts=api,pipeline", "load=over-10k"], LOAD);
    check_refused(&["load=over-10k", "arrival=batch"], LOAD);
    check_refused(&["load=?"], &LOAD.replace("over-10k", "?"));
    check_refused(&["load=-"], &LOAD.replace("over-10k", "-"));
    check_refused(
        &["existing=replaces", "why-leave=nothing", "rewrite=anew"],
        "rewrite=anew: this question applies only if you give why-leave another answer than nothing",
    );
    check_refused(
        &["rewrite=anew"],
        "rewrite=anew: this question applies only if you answer existing=replaces",
    );
    check_refused(
        &["parts=cli", "api-center=records"],
        "api-center=records: this question applies only if you add api to parts",
    );
    check_refused(
        &["api-center=records"],
        "api-center=records: this question applies only if you answer parts=api",
    );
}

#[test]
fn the_order_of_answers_does_not_matter() {
    let one = check_taken(&["parts=api,pipeline", "arrival=request-response", "load=over-10k"]);
    let other = check_taken(&["load=over-10k", "arrival=request-response", "parts=api,pipeline"]);
    assert_eq!(one, other);
    let one = check_taken(&["parts=api,pipeline", "arrival@API=streaming", "load@API=over-10k"]);
    let other = check_taken(&["load@API=over-10k", "arrival@API=streaming", "parts=api,pipeline"]);
    assert_eq!(one, other);
}

#[test]
fn a_question_is_answered_once() {
    check_refused(
        &["arrival=batch", "arrival=streaming"],
        "arrival=streaming: arrival is answered twice; give all options in one --set",
    );
    check_refused(
        &["parts=api", "arrival@API=batch", "arrival@api=streaming"],
        "arrival@api=streaming: arrival is answered twice; give all options in one --set",
    );
    check_taken(&["parts=api,pipeline", "arrival=batch", "arrival@API=interactive"]);
}

#[test]
fn every_command_refuses_what_it_would_set_aside() {
    let folder = folder();
    let sample = sample();
    let begun = session(&sample, &["draw=both"]).to_ron(&sample).expect("it can be written");
    write(&folder, "s.ron", &begun);
    let record = folder.path().join("record.md");
    for command in [
        &["advise", "s.ron"][..],
        &["advise", "s.ron", "--save"],
        &["export", "s.ron", "-o", "record.md"],
        &["export", "s.ron", "-o", "record.md", "--save"],
        &["decide", "s.ron", "--part", "the whole system=go", "--because", "b", "--save"],
        &["--linear", "s.ron"],
    ] {
        let run = langfit(folder.path(), &[command, &["--set", "load=over-10k"]].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{command:?}");
        assert_eq!(run.err, format!("--set {LOAD}\n"), "{command:?}");
        assert_eq!(read(&folder, "s.ron"), begun, "{command:?}");
        assert!(!record.exists(), "{command:?}");
    }
    let run = lines_in(folder.path(), &["--linear", "new.ron", "--set", "load=over-10k"], &["q"]);
    assert_eq!(run.code, Some(2));
    assert!(!folder.path().join("new.ron").exists());
}

/// An answer in the file may be set aside. Only answers on the command line are checked, and they may clear
/// one that is set aside.
#[test]
fn an_answer_that_a_file_has_set_aside_is_left_alone() {
    let folder = folder();
    let sample = sample();
    let begun = session(&sample, &["arrival=streaming", "load=over-10k"]);
    write(&folder, "s.ron", &begun.to_ron(&sample).expect("it can be written"));
    let run = langfit(folder.path(), &["advise", "s.ron", "--set", "arrival=batch"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("1 answer set aside"), "{}", run.out);
    let run = langfit(folder.path(), &["advise", "s.ron", "--set", "arrival=batch", "--set", "load="]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(!run.out.contains("set aside"), "{}", run.out);
}

#[test]
fn the_example_of_the_page_of_commands_works() {
    let page = include_str!("../../docs/commands.md");
    let line = page.lines().find(|line| line.contains("# without a session")).expect("it is there");
    let command = line.split('#').next().unwrap_or_default();
    let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
    assert!(arguments.iter().any(|argument| argument.starts_with("workload")), "{line}");
    let run = super::cli::run(folder().path(), &arguments);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(!run.out.contains("set aside"), "{}", run.out);
}

#[test]
fn one_part_is_answered_by_its_name_or_its_only_kind() {
    let sample = sample();
    let load = sample.find("load").expect("it is asked");
    let over = sample[load].find("over-10k").expect("it is an option");
    let answers = |assignments: &[&str]| {
        let mut session = Session::new(&sample);
        set_all(&mut session, &sample, assignments).expect("the answers fit");
        session.answers
    };
    for part in ["API", "api", "aPi"] {
        let load_of = format!("load@{part}=over-10k");
        let answers = answers(&["parts=api,pipeline", "arrival=streaming", "load=upto-10k", &load_of]);
        let api = answers.parts().iter().position(|it| it.name == "API").expect("it is picked");
        assert_eq!(answers.parts()[api].overrides[&load], Answer::Chosen(langfit::id_set::IdSet::only(over)));
        assert!(answers.parts()[1 - api].overrides.is_empty());
    }
    let answers = answers(&["parts=api", "arrival=streaming", "load@API=?"]);
    assert_eq!(answers.parts()[0].overrides[&load], Answer::NotSure);
    // An empty value removes the override, so the part follows the answer for all parts again.
    let mut session = Session::new(&sample);
    set_all(&mut session, &sample, &["parts=api", "arrival@API=batch"]).expect("the answers fit");
    set_all(&mut session, &sample, &["arrival@API="]).expect("the answers fit");
    assert!(session.answers.parts()[0].overrides.is_empty());
}

#[test]
fn an_answer_for_one_part_needs_that_part_and_a_question_that_differs() {
    check_refused(&["load@API=over-10k"], "load@API=over-10k: no parts are picked; add --set parts=KIND");
    check_refused(
        &["parts=api,pipeline", "load@APII=over-10k"],
        "load@APII=over-10k: no part has this name; did you mean `API`?",
    );
    check_refused(
        &["parts=api,api", "load@api=over-10k"],
        "load@api=over-10k: there are 2 parts of this kind; name one of API, API 2",
    );
    check_refused(
        &["parts=api", "draw@API=both"],
        "draw@API=both: this question has one answer for the whole system; remove @API",
    );
    check_refused(
        &["parts=api", "parts@API=api"],
        "parts@API=api: this question has one answer for the whole system; remove @API",
    );
    check_refused(&["parts=api", "load@API"], "load@API: write QUESTION=OPTION[,OPTION]");
    check_refused(
        &["parts=api", "load@API=ovr-10k"],
        "load@API=ovr-10k: `ovr-10k` is not an option of `load`; did you mean `over-10k`?",
    );
}

#[test]
fn an_answer_for_a_part_that_is_not_asked_says_what_opens_it() {
    let asked = "this question applies for API only if you answer arrival@API=request-response or \
                 arrival@API=streaming";
    check_refused(
        &["parts=api,pipeline", "arrival@API=batch", "arrival=streaming", "load@API=over-10k"],
        &format!("load@API=over-10k: {asked}"),
    );
    // The pipeline is still asked this question.
    check_taken(&["parts=api,pipeline", "arrival@API=batch", "arrival=streaming", "load=over-10k"]);
    let folder = folder();
    let sample = sample();
    let mut begun = session(&sample, &["parts=api,pipeline", "arrival=streaming"]);
    begun
        .answers
        .set_plan(nth_part(&begun.answers, 0), langfit::answers::Plan::StaysOther("COBOL".to_owned()));
    let name = begun.answers.parts()[0].name.clone();
    write(&folder, "s.ron", &begun.to_ron(&sample).expect("it can be written"));
    let run = langfit(folder.path(), &["advise", "s.ron", "--set", &format!("load@{name}=over-10k")]);
    assert_eq!(
        (run.code, run.err),
        (Some(2), format!("--set load@{name}=over-10k: {name} stays as it is, so it has no questions\n"))
    );
}

/// Names may contain the separators: the first `@` and the last `=` count.
#[test]
fn a_part_may_have_signs_in_its_name() {
    let sample = sample();
    let mut session = session(&sample, &["parts=api", "arrival=streaming"]);
    session.rename_part(nth_part(&session.answers, 0), "a@b=c");
    set_all(&mut session, &sample, &["load@a@b=c=over-10k"]).expect("the answer fits");
    assert_eq!(session.answers.parts()[0].overrides.len(), 1);
    // If `=` comes before any `@`, everything after it is the answer.
    set_all(&mut session, &sample, &["own-owner=Team A = b@c.d"]).expect("the answer fits");
    let owner = sample.find("own-owner").expect("it is asked");
    assert_eq!(session.answers.given(owner).answer, Answer::Text("Team A = b@c.d".to_owned()));
}

/// Messages describe conditions of every shape in terms that the user can type.
#[test]
fn conditions_are_said_in_ids() {
    let about = |when: &str| -> Questionnaire {
        let hidden = question("q", "One", "y: 1 a").replacen("kind:", &format!("when: {when}, kind:"), 1);
        about_three(
            &format!(
                "{}{}{hidden}",
                question("one", "One", "x: 1 a; y: 1 b"),
                question("two", "Many", "u: 1 a; v: 1 b")
            ),
            "",
        )
    };
    for (when, hides, words) in [
        ("Is(\"one/x\")", "one=y", "answer one=x"),
        ("Not(Is(\"one/x\"))", "one=x", "give one another answer than x"),
        ("Is(\"two/u\")", "two=v", "add u to two"),
        ("Is(\"two/u\")", "one=x", "answer two=u"),
        ("Not(Is(\"two/u\"))", "two=u,v", "remove u from two"),
        ("All([Is(\"one/x\"), Is(\"two/u\")])", "one=x", "answer two=u"),
        ("All([Is(\"one/x\"), Is(\"two/u\")])", "one=y", "answer one=x and two=u"),
        ("All([Is(\"one/x\"), Not(Is(\"two/u\"))])", "two=u", "answer one=x and remove u from two"),
        ("Any([Is(\"one/x\"), All([Is(\"one/y\"), Is(\"two/u\")])])", "one=y", "answer one=x or two=u"),
        (
            "Any([Is(\"one/x\"), All([Is(\"one/y\"), Is(\"two/u\")])])",
            "two=v",
            "answer one=x or (answer one=y and add u to two)",
        ),
        (
            "All([Any([Is(\"one/x\"), Is(\"one/y\")]), Is(\"two/u\")])",
            "two=v",
            "(answer one=x or one=y) and add u to two",
        ),
        ("Not(Any([Is(\"one/x\"), Is(\"two/u\")]))", "two=u", "remove u from two"),
        ("All([Is(\"one/x\"), Not(All([Is(\"one/x\"), Is(\"two/u\")]))])", "one=y", "answer one=x"),
        ("Not(Not(Is(\"one/x\")))", "one=y", "answer one=x"),
    ] {
        let questionnaire = about(when);
        let mut session = Session::new(&questionnaire);
        let error = set_all(&mut session, &questionnaire, &[hides, "q=y"]).expect_err(when);
        let expected = format!("--set q=y: this question applies only if you {words}");
        assert_eq!(format!("{error:#}"), expected, "{when}");
    }
}

/// Returns a folder with a session of two APIs and a pipeline. The first API has its own name, answer and
/// decision; the second one stays as it is.
fn worked_on() -> tempfile::TempDir {
    let folder = folder();
    let sample = sample();
    let mut begun = session(&sample, &["parts=api,api,pipeline", "arrival=streaming"]);
    begun.rename_part(nth_part(&begun.answers, 0), "Café");
    set_all(&mut begun, &sample, &["load@Café=over-10k"]).expect("the answer fits");
    begun
        .answers
        .set_plan(nth_part(&begun.answers, 1), langfit::answers::Plan::StaysOther("COBOL".to_owned()));
    write(&folder, "s.ron", &begun.to_ron(&sample).expect("it can be written"));
    let run = langfit(folder.path(), &["decide", "s.ron", "--part", "Café=go", "--because", "b"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    folder
}

#[test]
fn parts_of_a_kind_that_stays_keep_what_is_their_own() {
    let folder = worked_on();
    let sample = sample();
    let load = || Session::load(&folder.path().join("s.ron"), &sample).expect("it can be read");
    let before = load();
    let run = langfit(folder.path(), &["advise", "s.ron", "--set", "parts=ui,api,pipeline,api", "--save"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let after = load();
    let names: Vec<&str> = after.answers.parts().iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["Café", "API 2", "UI", "Pipeline"]);
    let [cafe, second, _, pipeline] = after.answers.parts() else { panic!("{names:?}") };
    assert_eq!([cafe, second, pipeline], [0, 1, 2].map(|part| &before.answers.parts()[part]));
    assert_eq!(after.decision(of_part(&after.answers, 0)), before.decision(of_part(&before.answers, 0)));
    assert!(after.decision(of_part(&after.answers, 0)).is_some());
}

#[test]
fn a_removed_part_is_reported() {
    for (assignment, sentence) in [
        ("parts=api", "Removed parts: API 2 (stays as it is), Pipeline"),
        (
            "parts=pipeline,pipeline",
            "Removed parts: Café (1 own answer), API 2 (stays as it is); the decision for Café is kept",
        ),
        ("parts=api,api", "Removed part: Pipeline"),
        (
            "parts=?",
            "Removed parts: Café (1 own answer), API 2 (stays as it is), Pipeline; the decision for Café is kept",
        ),
    ] {
        let run = langfit(worked_on().path(), &["advise", "s.ron", "--set", assignment, "--save"]);
        assert_eq!((run.code, run.err), (Some(0), format!("{sentence}.\n")), "{assignment}");
    }
}

/// For a question that concerns other kinds of part, the error names those kinds and what would open the
/// question.
#[test]
fn a_question_that_does_not_concern_a_part_says_which_parts_it_concerns() {
    let asked = question("parts", "Parts", "api; ui; job")
        + &question("q", "One, concerns: [\"api\", \"job\"]", "x: 3 a; y")
        + &question("this", "One, each_part: true, when: This(\"api\")", "x: 3 a; y")
        + &question("several", "One, when: SeveralParts", "x: 3 a; y");
    let questionnaire = about_three(&asked, "");
    let refused = |assignments: &[&str]| {
        let mut session = Session::new(&questionnaire);
        let refused = set_all(&mut session, &questionnaire, assignments).expect_err("it is not asked");
        refused.to_string()
    };
    let only = "this question applies only to parts of kind api or job";
    assert_eq!(refused(&["q=x"]), format!("--set q=x: {only}; add one to parts"));
    assert_eq!(refused(&["parts=api,ui", "q@ui=x"]), format!("--set q@ui=x: {only}, and ui is of kind ui"));
    let if_you = "this question applies only if you";
    assert_eq!(refused(&["this=x"]), format!("--set this=x: {if_you} answer parts=api"));
    assert_eq!(refused(&["parts=ui", "this=x"]), format!("--set this=x: {if_you} add api to parts"));
    let own = "this question applies for ui only if you ask it for a part of kind api";
    assert_eq!(refused(&["parts=ui,api", "this@ui=x"]), format!("--set this@ui=x: {own}"));
    assert_eq!(
        refused(&["parts=ui", "several=x"]),
        format!("--set several=x: {if_you} pick at least two parts in parts")
    );
    let mut session = Session::new(&questionnaire);
    set_all(&mut session, &questionnaire, &["parts=api,ui", "q=x", "this@api=x", "several=y"])
        .expect("all are asked");
}

/// A session may contain an answer for a part that the question does not concern, or a part of an unknown
/// kind. The answer counts as set aside and the part as an orphan, and both are saved again.
#[test]
fn an_answer_for_a_part_that_is_not_concerned_is_set_aside_and_kept() {
    let asked =
        question("parts", "Parts", "api; ui") + &question("q", "One, concerns: [\"api\"]", "x: 3 a; y: 3 b");
    let questionnaire = about_three(&asked, "");
    let text = r#"(format: 1, questionnaire: (id: "three", version: "1", digest: "0"),
        answers: [(question: "q", answer: Chosen(["x"]))],
        parts: [(kind: "api", name: "Api"), (kind: "ui", name: "Web", answers: [(question: "q", answer: Chosen(["y"]))]),
            (kind: "gone", name: "Gone", answers: [(question: "q", answer: Chosen(["y"]))])])"#;
    let source = langfit::source::Source::new("s.ron", text);
    let session = Session::parse(&source, &questionnaire).expect("it can be read");
    assert_eq!(session.answers.progress(&questionnaire).set_aside, 1);
    let lost: Vec<&str> = session.orphans.iter().map(|orphan| orphan.what.as_str()).collect();
    assert_eq!(lost, ["part Gone of kind gone"]);
    let advice = langfit::wording::advice_text(&questionnaire, &session);
    assert!(advice.contains("1 answer set aside because"), "{advice}");
    let written = session.to_ron(&questionnaire).expect("it is written");
    let again =
        Session::parse(&langfit::source::Source::new("s.ron", written), &questionnaire).expect("it is right");
    assert_eq!(again.answers, session.answers);
    assert_eq!(again.orphans.len(), 1);
    let wrong = text.replace("Chosen([\"y\"]))]),", "Text(\"y\"))]),");
    let wrong =
        Session::parse(&langfit::source::Source::new("s.ron", wrong), &questionnaire).expect("it is kept");
    assert_eq!(wrong.orphans.len(), 2);
}
