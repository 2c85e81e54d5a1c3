//! Tests sessions in git: independent changes on two branches merge without conflicts, and the repository
//! contains nothing but the session. Other files in git are out of scope.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use langfit::answers::{Answer, Subject};
use langfit::id_set::SmallId as _;
use langfit::questionnaire::{CandidateId, QuestionId, Questionnaire};
use langfit::session::{Chosen, DetailField, Session};
use langfit::source::Source;
use tempfile::TempDir;

use super::cli::{folder, langfit, read, write};
use super::linear::program::lines_in;
use super::support::{answer_for, nth_part, of_part, sample, session};

/// Returns a git command that ignores the user's configuration.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.org");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", folder);
    command.args(arguments).current_dir(folder);
    command
}

#[track_caller]
fn git_does(folder: &Path, arguments: &[&str]) -> String {
    succeeded(&mut command(folder, arguments), arguments)
}

#[track_caller]
fn succeeded(command: &mut Command, arguments: &[&str]) -> String {
    let output = command.output().expect("git is there");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

fn repository() -> TempDir {
    let folder = folder();
    git_does(folder.path(), &["init", "-q", "-b", "main"]);
    folder
}

/// Runs git with this text on standard input and returns its output.
#[track_caller]
fn git_reads(folder: &TempDir, arguments: &[&str], input: &str) -> String {
    // Uses a file instead of a pipe, because git may write output before it has read all input.
    write(folder, "input", input);
    let input = fs::File::open(folder.path().join("input")).expect("it was just written");
    succeeded(command(folder.path(), arguments).stdin(input), arguments)
}

type Change<'a> = &'a dyn Fn(&Questionnaire, &mut Session);

/// Sessions that two branches change differently. Git merges them in one batch, because thousands of
/// processes would take longer than all other tests.
#[derive(Default)]
struct Branches(Vec<Case>);

/// A session as text: the base, the version of each branch, and the version with both changes.
struct Case {
    base: String,
    branches: [String; 2],
    both: String,
}

impl Branches {
    /// Adds a session and the change that each of two branches makes to it.
    fn add(&mut self, base: &Session, ours: Change<'_>, theirs: Change<'_>) {
        let questionnaire = sample();
        let changed = |changes: &[Change<'_>]| {
            let mut session = base.clone();
            for change in changes {
                change(&questionnaire, &mut session);
            }
            session.to_ron(&questionnaire).expect("it can be written")
        };
        let branches = [changed(&[ours]), changed(&[theirs])];
        self.0.push(Case { base: changed(&[]), branches, both: changed(&[ours, theirs]) });
    }

    /// Merges the branches of each session in both orders. Fails unless the result is the session with both
    /// changes.
    #[track_caller]
    fn check(&self) {
        let questionnaire = sample();
        let repository = repository();
        let commits = self.commit(&repository);
        let both_ways =
            |[ours, theirs]: &[String; 2]| [ours, " ", theirs, "\n", theirs, " ", ours, "\n"].concat();
        let lines: String = commits.iter().map(both_ways).collect();
        let merged = git_reads(&repository, &["merge-tree", "--stdin"], &lines);
        let mut fields = merged.split('\0');
        let cases = self.0.iter().flat_map(|case| [case; 2]);
        let trees = cases.clone().map(|case| {
            let Case { base, branches: [ours, theirs], .. } = case;
            let [status, tree, end] = [(); 3].map(|()| fields.next().unwrap_or_default());
            assert_eq!((status, end), ("1", ""), "a conflict of\n{ours}\nand\n{theirs}\nfrom\n{base}");
            format!("{tree}:s.ron\n")
        });
        let trees = trees.collect::<String>();
        let files = git_reads(&repository, &["cat-file", "--batch"], &trees);
        let mut rest = files.as_str();
        for case in cases {
            let (head, after) = rest.split_once('\n').expect("each file has a head");
            let size =
                head.rsplit(' ').next().and_then(|size| size.parse().ok()).expect("the head says its size");
            let (text, after) = after.split_at(size);
            rest = after.trim_start_matches('\n');
            let session = Session::parse(&Source::new("s.ron", text), &questionnaire)
                .unwrap_or_else(|rejected| panic!("{rejected}\n{text}"));
            assert_eq!(session.to_ron(&questionnaire).expect("it can be written"), case.both, "{text}");
        }
        assert_eq!(rest, "");
    }

    /// Commits each session and its version on each branch. Returns the commit ids of the branches.
    fn commit(&self, repository: &TempDir) -> Vec<[String; 2]> {
        let mut stream = String::new();
        let mut commit = |mark: usize, parent: Option<usize>, text: &str| {
            // A commit without a parent starts a new history.
            let from = parent.map(|parent| format!("from :{parent}\n")).unwrap_or_default();
            let _ = write!(
                stream,
                "reset refs/heads/main\n\ncommit refs/heads/main\nmark :{mark}\n\
                 committer A <a@example.org> 0 +0000\ndata 1\nm\n{from}M 100644 inline s.ron\ndata {}\n{text}\n",
                text.len(),
            );
        };
        for (number, case) in self.0.iter().enumerate() {
            let mark = 1 + 3 * number;
            commit(mark, None, &case.base);
            commit(mark + 1, Some(mark), &case.branches[0]);
            commit(mark + 2, Some(mark), &case.branches[1]);
        }
        git_reads(repository, &["fast-import", "--quiet", "--force", "--export-marks=marks"], &stream);
        let marks = read(repository, "marks");
        let names: HashMap<&str, &str> = marks.lines().filter_map(|line| line.split_once(' ')).collect();
        let name = |mark: usize| names[format!(":{mark}").as_str()].to_owned();
        (0..self.0.len()).map(|number| [name(3 * number + 2), name(3 * number + 3)]).collect()
    }
}

fn sets(assignment: &str) -> impl Fn(&Questionnaire, &mut Session) {
    move |questionnaire, session| session.assign(questionnaire, assignment).expect("it fits")
}

/// Returns a change that answers a question with "not sure".
fn unsure(question: QuestionId) -> impl Fn(&Questionnaire, &mut Session) {
    move |_, session| session.answers.set(question, Subject::System, Answer::NotSure)
}

fn noted(question: QuestionId, note: &'static str) -> impl Fn(&Questionnaire, &mut Session) {
    move |_, session| note.clone_into(&mut session.answers.given_mut(question).note)
}

/// Returns the questions that are asked in this session, in order.
fn asked(session: &Session) -> Vec<QuestionId> {
    let questionnaire = sample();
    let visible = session.answers.visible(&questionnaire);
    questionnaire.question_ids().filter(|id| visible[*id]).collect()
}

#[test]
fn answers_to_neighbouring_questions_merge() {
    let questionnaire = sample();
    let mut branches = Branches::default();
    let base = session(&questionnaire, &[]);
    for pair in asked(&base).windows(2) {
        branches.add(&base, &unsure(pair[0]), &unsure(pair[1]));
    }
    branches.check();
}

#[test]
fn a_change_and_a_first_answer_beside_it_merge() {
    let questionnaire = sample();
    let mut branches = Branches::default();
    let base = session(&questionnaire, &["draw=language", "arrival=batch", "types=static"]);
    branches.add(&base, &sets("arrival=streaming"), &sets("types=docs"));
    branches.add(&base, &sets("arrival="), &sets("control=ours"));
    branches.add(&base, &sets("arrival=request-response"), &sets("control=ours"));
    branches.check();
}

#[test]
fn notes_and_answers_beside_each_other_merge() {
    let questionnaire = sample();
    let mut branches = Branches::default();
    let base = session(&questionnaire, &["draw=language"]);
    for pair in asked(&base).windows(2) {
        branches.add(&base, &noted(pair[0], "a\nnote"), &unsure(pair[1]));
        branches.add(&base, &noted(pair[0], "a note"), &noted(pair[1], "another"));
    }
    branches.check();
}

#[test]
fn questions_that_appear_on_one_branch_do_not_disturb_the_other() {
    let questionnaire = sample();
    let mut branches = Branches::default();
    let base = session(&questionnaire, &[]);
    let questions = asked(&base);
    let brings = sets("draw=packages");
    for other in &questions[1..] {
        branches.add(&base, &brings, &unsure(*other));
        branches.add(&base, &brings, &noted(*other, "a note"));
    }
    let brings_and_answers = |questionnaire: &Questionnaire, session: &mut Session| {
        sets("draw=packages")(questionnaire, session);
        sets("ecosystem=data-ml")(questionnaire, session);
    };
    branches.add(&base, &brings_and_answers, &unsure(questions[1]));
    branches.add(&base, &brings_and_answers, &sets("arrival=request-response"));
    branches.check();
}

#[test]
fn parts_on_one_branch_and_answers_on_the_other_merge() {
    let questionnaire = sample();
    let mut branches = Branches::default();
    let base = session(&questionnaire, &["draw=packages"]);
    for other in asked(&base).into_iter().filter(|id| Some(*id) != questionnaire.parts_question()) {
        branches.add(&base, &sets("parts=api,pipeline"), &unsure(other));
    }
    let base = session(&questionnaire, &["draw=packages", "parts=api,pipeline"]);
    let renames = |_: &Questionnaire, session: &mut Session| {
        session.rename_part(nth_part(&session.answers, 0), "Front door");
    };
    branches.add(&base, &renames, &sets("arrival=batch"));
    branches.check();
}

#[test]
fn answers_for_one_part_merge() {
    let questionnaire = sample();
    let mut branches = Branches::default();
    let base = session(&questionnaire, &["parts=api,pipeline"]);
    let for_part = |part: usize, assignment: &'static str| {
        move |questionnaire: &Questionnaire, session: &mut Session| {
            answer_for(questionnaire, session, part, assignment);
        }
    };
    branches.add(&base, &for_part(0, "control=ours"), &for_part(1, "control=platform"));
    branches.add(&base, &for_part(0, "arrival=batch"), &for_part(0, "control=ours"));
    branches.add(&base, &for_part(1, "parallelism=none"), &sets("arrival=batch"));
    branches.check();
}

fn says(field: DetailField, line: &'static str) -> impl Fn(&Questionnaire, &mut Session) {
    move |_, session| session.details.set_line(field, line).expect("it fits")
}

#[test]
fn details_that_differ_merge() {
    let line = |field: DetailField| match field {
        DetailField::Date | DetailField::Accepted => "2026-03-02",
        DetailField::ReviewBy => "2027-03-02",
        field if field.is_list() => "Ada; Bob",
        _ => "Words",
    };
    let questionnaire = sample();
    let mut branches = Branches::default();
    let mut full = session(&questionnaire, &["draw=packages"]);
    for field in DetailField::ALL {
        full.details
            .set_line(field, if line(field).starts_with("20") { "2026-01-01" } else { "Old" })
            .expect("it fits");
    }
    for base in [session(&questionnaire, &[]), full] {
        for ours in DetailField::ALL {
            for theirs in DetailField::ALL.into_iter().filter(|it| *it != ours) {
                branches.add(&base, &says(ours, line(ours)), &says(theirs, line(theirs)));
            }
            branches.add(&base, &says(ours, line(ours)), &sets("draw=language"));
        }
    }
    branches.check();
}

fn decides(part: usize, because: &'static str) -> impl Fn(&Questionnaire, &mut Session) {
    move |questionnaire, session| {
        let chosen = CandidateId::from_index(0);
        let advised = std::iter::once(chosen).collect();
        session.decide(
            questionnaire,
            of_part(&session.answers, part),
            (Chosen::of(questionnaire, chosen), advised),
            because,
            "2026-03-02".parse().expect("a day"),
        );
    }
}

#[test]
fn decisions_for_different_parts_merge() {
    let questionnaire = sample();
    let mut branches = Branches::default();
    let base = session(&questionnaire, &["draw=packages", "parts=api,ui,pipeline"]);
    let withdraws =
        |_: &Questionnaire, session: &mut Session| assert!(session.withdraw(of_part(&session.answers, 0)));
    for (ours, theirs) in [(0, 1), (1, 2), (0, 2)] {
        branches.add(&base, &decides(ours, ""), &decides(theirs, "We run it."));
    }
    branches.add(&base, &decides(2, ""), &sets("draw=language"));
    let mut decided = base;
    decides(0, "")(&questionnaire, &mut decided);
    branches.add(&decided, &withdraws, &decides(1, ""));
    branches.add(&decided, &decides(0, "We run it."), &decides(1, ""));
    branches.check();
}

/// Merges decisions that were made from the command line on two branches.
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
    for (branch, part) in [("ours", "API=go"), ("theirs", "UI=Scala")] {
        git_does(path, &["checkout", "-q", "-b", branch, "main"]);
        run(&["decide", "s.ron", "--part", part, "--because", "We run it."]);
    }
    git_does(path, &["merge", "-q", "-m", "m", "ours"]);
    let advice = langfit(path, &["advise", "s.ron", "--format", "json"]).out;
    let advice: serde_json::Value = serde_json::from_str(&advice).expect("it is JSON");
    let decided = |at: usize, what: &str| {
        (advice["decided"][at]["part"].as_str(), advice["decided"][at][what].as_str())
    };
    assert_eq!(
        [decided(0, "candidate"), decided(1, "other")],
        [(Some("API"), Some("go")), (Some("UI"), Some("Scala"))]
    );
}

/// Personal data, such as the place where a user stopped, does not belong in the team's repository.
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
