//! Tests rescued answers with events in any order. At the end, they are in a session file or in a rescue
//! file, unless the user discarded them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use langfit::action::Action;
use langfit::commands::open_session::OpenSession;
use langfit::questionnaire::Questionnaire;
use langfit::screen::pages::session_file;
use langfit::screen::{App, Effect, Errand, Report};
use langfit::session::{SaverReport, Session, StateFolder};
use langfit::source;
use langfit::workbook::Step;
use proptest::prelude::*;
use tempfile::TempDir;

use super::cli::folder;
use super::support::{sample, session};

/// The title that marks a session as derived from the rescued one.
const RESCUED: &str = "Rescued";
/// Timeout longer than any save in these tests.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offered {
    Taken,
    Left,
    Closed,
    ThrownAway,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    Answer,
    Undo,
    Redo,
    /// Waits until no save is pending.
    Settle,
    /// Makes the file unwritable, or writable again.
    Break,
    Mend,
    /// Another program writes or removes the file.
    Theirs,
    Removed,
    /// Chooses the first or the second entry of the session file page.
    First,
    Second,
    SaveAs,
}

const EVENTS: [Event; 11] = [
    Event::Answer,
    Event::Undo,
    Event::Redo,
    Event::Settle,
    Event::Break,
    Event::Mend,
    Event::Theirs,
    Event::Removed,
    Event::First,
    Event::Second,
    Event::SaveAs,
];

struct Run {
    folder: TempDir,
    state: StateFolder,
    questionnaire: Arc<Questionnaire>,
    opened: OpenSession,
    app: App,
    reports: Receiver<SaverReport>,
}

fn titled(questionnaire: &Questionnaire, title: &str, assignments: &[&str]) -> Session {
    let mut session = session(questionnaire, assignments);
    title.clone_into(&mut session.details.title);
    session
}

impl Run {
    /// Opens a session that has a rescue file.
    fn open() -> Self {
        let folder = folder();
        let questionnaire = sample();
        let state = StateFolder::at(folder.path().join("state"));
        let text = |session: Session| session.to_ron(&questionnaire).expect("it can be written");
        let path = folder.path().join("s.ron");
        fs::write(&path, text(titled(&questionnaire, "Before", &["draw=language"]))).expect("there is room");
        let personal = state.of_session(&path).expect("there is a state folder");
        fs::create_dir_all(&personal).expect("there is room");
        let rescued = titled(&questionnaire, RESCUED, &["draw=packages", "types=static"]);
        fs::write(personal.join("rescue"), text(rescued)).expect("there is room");
        let (sender, reports) = channel();
        let report = move |report| sender.send(report).is_ok();
        let (mut opened, workbook) =
            OpenSession::open(&path, &state, Arc::clone(&questionnaire), |_| Ok(()), report)
                .expect("it is a session");
        let mut app = App::new(workbook, String::new());
        let rescued = opened.take_rescued().expect("something was rescued");
        app.offer(rescued.expect("it can be read"));
        Self { folder, state, questionnaire, opened, app, reports }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn update(&mut self, action: Action) {
        let effect = self.app.update(action);
        self.perform(effect);
    }

    fn report(&mut self, report: Report) {
        let effect = self.app.take_report(report);
        self.perform(effect);
    }

    fn perform(&mut self, effect: Option<Effect>) {
        match effect {
            Some(Effect::Save) => self.opened.saver.submit(self.app.workbook().session().clone()),
            Some(Effect::Errand(errand)) => self.run_errand(&errand),
            _ => {}
        }
    }

    fn run_errand(&mut self, errand: &Errand) {
        if let Some(report) = self.opened.run(self.app.workbook(), errand) {
            self.report(report);
        }
    }

    fn choose(&mut self, row: usize) {
        for _ in 0..5 {
            self.update(Action::Move(Step::Previous));
        }
        for _ in 0..row {
            self.update(Action::Move(Step::Next));
        }
        self.update(Action::Choose);
    }

    fn on_page(&mut self, row: usize) {
        self.update(Action::Open(session_file::ID));
        self.choose(row);
        for _ in 0..3 {
            self.update(Action::Close);
        }
    }

    fn settle(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while self.opened.saver.is_busy() {
            assert!(Instant::now() < deadline, "saving ends");
            // The outcome of a superseded save is not reported.
            let report = self.reports.recv_timeout(Duration::from_millis(5));
            if let Ok(SaverReport::Saved(outcome)) = report
                && !self.opened.saver.is_busy()
            {
                self.report(Report::Saved(outcome));
            }
        }
        while let Ok(SaverReport::Saved(outcome)) = self.reports.try_recv() {
            self.report(Report::Saved(outcome));
        }
    }

    fn happen(&mut self, event: Event) {
        let (file, aside) = (self.path("s.ron"), self.path("aside"));
        match event {
            Event::Answer => {
                self.update(Action::Across(Step::Next));
                self.update(Action::NotSure);
            }
            Event::Undo => self.update(Action::Undo),
            Event::Redo => self.update(Action::Redo),
            Event::Settle => self.settle(),
            Event::Break => {
                if file.is_file() && fs::rename(&file, &aside).is_ok() {
                    // A pending save may have recreated the file first.
                    let _ = fs::create_dir(&file);
                }
            }
            Event::Mend => {
                if file.is_dir() {
                    fs::remove_dir(&file).expect("it is empty");
                    fs::rename(&aside, &file).expect("it was put there");
                }
            }
            Event::Theirs if !file.is_dir() => {
                let theirs = titled(&self.questionnaire, "Theirs", &["draw=both"]);
                fs::write(&file, theirs.to_ron(&self.questionnaire).expect("it can be written"))
                    .expect("there is room");
            }
            Event::Removed if !file.is_dir() => {
                let _ = fs::remove_file(&file);
            }
            Event::Theirs | Event::Removed => {}
            Event::First => self.on_page(0),
            Event::Second => self.on_page(1),
            Event::SaveAs => {
                let path = self.path("other.ron").to_string_lossy().into_owned();
                self.run_errand(&Errand::SaveAs(path));
            }
        }
    }

    /// Ends the run as the program does. Returns whether everything was saved.
    fn end(&mut self) -> bool {
        self.app.update(Action::Quit);
        let finished = self.opened.finish(self.app.workbook(), PATIENCE);
        if finished.is_err() {
            let text = self.app.workbook().session().to_ron(&self.questionnaire).expect("it can be written");
            self.opened.saver.rescue().write(&text).expect("there is room");
        }
        self.opened.saver.release();
        finished.is_ok()
    }

    fn is_rescued(&self, path: &Path) -> bool {
        let source = source::read(path).ok();
        let session = source.and_then(|source| Session::parse(&source, &self.questionnaire).ok());
        session.is_some_and(|session| session.details.title == RESCUED)
    }

    fn personal(&self) -> PathBuf {
        self.state.of_session(&self.path("s.ron")).expect("there is a state folder")
    }

    fn is_in_a_session(&self) -> bool {
        ["s.ron", "other.ron"].iter().any(|name| self.is_rescued(&self.path(name)))
    }

    fn is_in_a_rescue_file(&self) -> bool {
        let in_folder = |folder: PathBuf| {
            let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            entries.map(|entry| entry.path()).collect::<Vec<_>>()
        };
        let other = self.state.of_session(&self.path("other.ron")).expect("there is a state folder");
        let all = in_folder(self.personal()).into_iter().chain(in_folder(other));
        all.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("rescue")))
            .any(|path| self.is_rescued(&path))
    }
}

fn check(offered: Offered, events: &[Event]) {
    let mut run = Run::open();
    match offered {
        Offered::Taken => run.choose(0),
        Offered::Left => run.choose(1),
        Offered::ThrownAway => run.choose(2),
        Offered::Closed => run.update(Action::Close),
    }
    for event in events {
        run.happen(*event);
    }
    let has_rescued = run.app.workbook().has_rescued();
    let saved = run.end();
    if offered == Offered::ThrownAway {
        // Later answers may have been rescued under the same name.
        assert!(!run.is_rescued(&run.personal().join("rescue")));
        return;
    }
    let (in_session, in_rescue) = (run.is_in_a_session(), run.is_in_a_rescue_file());
    assert!(in_session || in_rescue, "lost by {offered:?}, {events:?}");
    if !run.personal().join("rescue").exists() {
        assert!(in_session && has_rescued, "gone too early by {offered:?}, {events:?}");
    }
    if saved && has_rescued && in_session {
        assert!(!run.personal().join("rescue").exists(), "offered once more after {events:?}");
    }
}

/// Event orders that lost answers in an earlier version, and similar ones.
#[test]
fn the_rescue_file_outlives_what_was_taken_back() {
    use Event::{Answer, Break, First, Mend, Redo, SaveAs, Second, Settle, Theirs, Undo};

    for events in [
        &[][..],
        &[Settle],
        &[Undo],
        &[Settle, Undo],
        &[Settle, Undo, Settle],
        &[Settle, Undo, Redo],
        &[Settle, Undo, Answer],
        &[Answer, Settle, Undo, Undo, Settle],
        &[Break, Settle, Undo],
        &[Break, Answer, Settle, Mend],
        &[Theirs, Settle, Second, Settle],
        &[Theirs, Settle, First, Settle, Undo],
        &[SaveAs, Undo],
        &[SaveAs, Undo, Settle],
        &[Settle, SaveAs],
    ] {
        check(Offered::Taken, events);
    }
    for offered in [Offered::Left, Offered::Closed, Offered::ThrownAway] {
        check(offered, &[]);
        check(offered, &[Answer, Settle]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rescued_answers_survive_every_order_of_events(
        offered in prop::sample::select(vec![Offered::Taken, Offered::Taken, Offered::Left, Offered::ThrownAway]),
        events in prop::collection::vec(prop::sample::select(EVENTS.to_vec()), 0..9),
    ) {
        check(offered, &events);
    }
}
