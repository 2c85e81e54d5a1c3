//! Sessions in git: two branches that say different things merge by themselves, and nothing but the
//! session stands in the repository; must not test what git does with other files.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use langfit::answers::{Answer, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, QuestionId, Questionnaire};
use langfit::session::{DetailField, Session};
use langfit::source::Source;
use tempfile::TempDir;

use super::cli::{folder, langfit, read, write};
use super::linear::program::lines_in;
use super::support::{answer_for, nth_part, of_part, session, shipped};

/// Runs git as nobody in particular has set it up.
fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.org");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", folder);
    command.args(arguments).current_dir(folder).output().expect("git is there")
}

#[track_caller]
fn git_does(folder: &Path, arguments: &[&str]) -> String {
    let output = git(folder, arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

fn repository() -> TempDir {
    let folder = folder();
    git_does(folder.path(), &["init", "-q", "-b", "main"]);
    folder
}

fn commit(folder: &TempDir, text: &str) {
    write(folder, "s.ron", text);
    git_does(folder.path(), &["add", "s.ron"]);
    git_does(folder.path(), &["commit", "-q", "--allow-empty", "-m", "m"]);
}

type Change<'a> = &'a dyn Fn(&Questionnaire, &mut Session);

/// Makes each change on a branch of its own, merges the branches both ways, and fails unless what comes
/// of it is the session with both changes.
#[track_caller]
fn check_merges(base: &Session, ours: Change<'_>, theirs: Change<'_>) {
    let questionnaire = shipped();
    let text = |session: &Session| session.to_ron(&questionnaire).expect("it can be written");
    let changed = |changes: &[Change<'_>]| {
        let mut session = base.clone();
        for change in changes {
            change(&questionnaire, &mut session);
        }
        session
    };
    let repository = repository();
    commit(&repository, &text(base));
    for (branch, change) in [("ours", ours), ("theirs", theirs)] {
        git_does(repository.path(), &["checkout", "-q", "-b", branch, "main"]);
        commit(&repository, &text(&changed(&[change])));
    }
    for (into, from) in [("theirs", "ours"), ("ours", "theirs")] {
        git_does(repository.path(), &["checkout", "-q", "--detach", into]);
        let merged = git(repository.path(), &["merge", "-q", "-m", "m", from]);
        let merged_text = read(&repository, "s.ron");
        assert!(merged.status.success(), "a conflict:\n{merged_text}");
        let merged = Session::parse(&Source::new("s.ron", merged_text.as_str()), &questionnaire)
            .unwrap_or_else(|rejected| panic!("{rejected}\n{merged_text}"));
        assert_eq!(text(&merged), text(&changed(&[ours, theirs])), "{merged_text}");
    }
}

fn sets(assignment: &str) -> impl Fn(&Questionnaire, &mut Session) {
    move |questionnaire, session| session.assign(questionnaire, assignment).expect("it fits")
}

/// Says of a question that nobody is sure.
fn unsure(question: QuestionId) -> impl Fn(&Questionnaire, &mut Session) {
    move |_, session| session.answers.set(question, Subject::System, Answer::NotSure)
}

fn noted(question: QuestionId, note: &'static str) -> impl Fn(&Questionnaire, &mut Session) {
    move |_, session| note.clone_into(&mut session.answers.given_mut(question).note)
}

/// The questions that are asked of this session, in order.
fn asked(session: &Session) -> Vec<QuestionId> {
    let questionnaire = shipped();
    let visible = session.answers.visible(&questionnaire);
    questionnaire.question_ids().filter(|id| visible[*id]).collect()
}

#[test]
fn answers_to_neighbouring_questions_merge() {
    let questionnaire = shipped();
    let base = session(&questionnaire, &[]);
    for pair in asked(&base).windows(2) {
        check_merges(&base, &unsure(pair[0]), &unsure(pair[1]));
    }
}

#[test]
fn a_change_and_a_first_answer_beside_it_merge() {
    let questionnaire = shipped();
    let base = session(&questionnaire, &["draw=language", "arrival=batch", "types=static"]);
    check_merges(&base, &sets("arrival=streaming"), &sets("types=docs"));
    check_merges(&base, &sets("arrival="), &sets("control=ours"));
    check_merges(&base, &sets("arrival=request-response"), &sets("control=ours"));
}

#[test]
fn notes_and_answers_beside_each_other_merge() {
    let questionnaire = shipped();
    let base = session(&questionnaire, &["draw=language"]);
    for pair in asked(&base).windows(2) {
        check_merges(&base, &noted(pair[0], "a\nnote"), &unsure(pair[1]));
        check_merges(&base, &noted(pair[0], "a note"), &noted(pair[1], "another"));
    }
}

#[test]
fn questions_that_appear_on_one_branch_do_not_disturb_the_other() {
    let questionnaire = shipped();
    let base = session(&questionnaire, &[]);
    let questions = asked(&base);
    let brings = sets("draw=packages");
    for other in &questions[1..] {
        check_merges(&base, &brings, &unsure(*other));
        check_merges(&base, &brings, &noted(*other, "a note"));
    }
    let brings_and_answers = |questionnaire: &Questionnaire, session: &mut Session| {
        sets("draw=packages")(questionnaire, session);
        sets("ecosystem=data-ml")(questionnaire, session);
    };
    check_merges(&base, &brings_and_answers, &unsure(questions[1]));
    check_merges(&base, &brings_and_answers, &sets("arrival=request-response"));
}

#[test]
fn parts_on_one_branch_and_answers_on_the_other_merge() {
    let questionnaire = shipped();
    let base = session(&questionnaire, &["draw=packages"]);
    for other in asked(&base).into_iter().filter(|id| Some(*id) != questionnaire.parts_question()) {
        check_merges(&base, &sets("parts=api,pipeline"), &unsure(other));
    }
    let base = session(&questionnaire, &["draw=packages", "parts=api,pipeline"]);
    let renames = |_: &Questionnaire, session: &mut Session| {
        session.rename_part(nth_part(&session.answers, 0), "Front door");
    };
    check_merges(&base, &renames, &sets("arrival=batch"));
}

#[test]
fn answers_for_one_part_merge() {
    let questionnaire = shipped();
    let base = session(&questionnaire, &["parts=api,pipeline"]);
    let for_part = |part: usize, assignment: &'static str| {
        move |questionnaire: &Questionnaire, session: &mut Session| {
            answer_for(questionnaire, session, part, assignment);
        }
    };
    check_merges(&base, &for_part(0, "control=ours"), &for_part(1, "control=platform"));
    check_merges(&base, &for_part(0, "arrival=batch"), &for_part(0, "control=ours"));
    check_merges(&base, &for_part(1, "parallelism=none"), &sets("arrival=batch"));
}

fn says(field: DetailField, line: &'static str) -> impl Fn(&Questionnaire, &mut Session) {
    move |_, session| session.details.set_line(field, line).expect("it fits")
}

#[test]
fn details_that_differ_merge() {
    let line = |field: DetailField| match field {
        DetailField::Date => "2026-03-02",
        DetailField::ReviewBy => "2027-03-02",
        field if field.is_list() => "Ada; Bob",
        _ => "Words",
    };
    let questionnaire = shipped();
    let mut full = session(&questionnaire, &["draw=packages"]);
    for field in DetailField::ALL {
        full.details
            .set_line(field, if line(field).starts_with("20") { "2026-01-01" } else { "Old" })
            .expect("it fits");
    }
    for base in [session(&questionnaire, &[]), full] {
        for ours in DetailField::ALL {
            for theirs in DetailField::ALL.into_iter().filter(|it| *it != ours) {
                check_merges(&base, &says(ours, line(ours)), &says(theirs, line(theirs)));
            }
            check_merges(&base, &says(ours, line(ours)), &sets("draw=language"));
        }
    }
}

fn decides(part: usize, because: &'static str) -> impl Fn(&Questionnaire, &mut Session) {
    move |questionnaire, session| {
        let chosen = CandidateId::from_index(0);
        let advised = std::iter::once(chosen).collect();
        session.decide(
            questionnaire,
            of_part(&session.answers, part),
            (chosen, advised),
            because,
            "2026-03-02".parse().expect("a day"),
        );
    }
}

#[test]
fn decisions_for_different_parts_merge() {
    let questionnaire = shipped();
    let base = session(&questionnaire, &["draw=packages", "parts=api,ui,pipeline"]);
    let withdraws =
        |_: &Questionnaire, session: &mut Session| assert!(session.withdraw(of_part(&session.answers, 0)));
    for (ours, theirs) in [(0, 1), (1, 2), (0, 2)] {
        check_merges(&base, &decides(ours, ""), &decides(theirs, "We run it."));
    }
    check_merges(&base, &decides(2, ""), &sets("draw=language"));
    let mut decided = base;
    decides(0, "")(&questionnaire, &mut decided);
    check_merges(&decided, &withdraws, &decides(1, ""));
    check_merges(&decided, &decides(0, "We run it."), &decides(1, ""));
}

/// As it is done from the command line on two branches.
#[test]
fn decisions_of_the_command_line_merge() {
    let repository = repository();
    let path = repository.path();
    let run = |arguments: &[&str]| {
        let run = langfit(path, arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{arguments:?}");
        git_does(path, &["add", "s.ron"]);
        git_does(path, &["commit", "-q", "-m", "m"]);
    };
    run(&["advise", "s.ron", "--save", "--set", "parts=api,ui", "--set", "draw=packages"]);
    for (branch, part) in [("ours", "API=go"), ("theirs", "UI=python")] {
        git_does(path, &["checkout", "-q", "-b", branch, "main"]);
        run(&["decide", "s.ron", "--part", part, "--because", "We run it."]);
    }
    git_does(path, &["merge", "-q", "-m", "m", "ours"]);
    let advice = langfit(path, &["advise", "s.ron", "--format", "json"]).out;
    let advice: serde_json::Value = serde_json::from_str(&advice).expect("it is JSON");
    let decided =
        |at: usize| (advice["decided"][at]["part"].as_str(), advice["decided"][at]["candidate"].as_str());
    assert_eq!([decided(0), decided(1)], [(Some("API"), Some("go")), (Some("UI"), Some("python"))]);
}

/// What is one person's, such as where they stopped, is not the team's business.
#[test]
fn nothing_but_the_session_is_in_the_repository() {
    let repository = repository();
    let path = repository.path();
    let status = || git_does(path, &["status", "--porcelain", "--ignored"]);
    lines_in(path, &["--linear", "s.ron"], &["2", "1", "q"]);
    assert_eq!(status(), "?? s.ron\n");
    git_does(path, &["add", "s.ron"]);
    git_does(path, &["commit", "-q", "-m", "m"]);
    lines_in(path, &["--linear", "s.ron"], &["go 3", "q"]);
    assert_eq!(status(), "", "looking around is no change");
    let run = langfit(path, &["advise", "s.ron", "--save", "--set", "types=static"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    lines_in(path, &["--linear", "s.ron"], &["go 2", "1", "q"]);
    assert_eq!(status(), " M s.ron\n");
    assert_eq!(fs::read_dir(path).expect("it can be listed").count(), 2, "the session and git's own");
}
