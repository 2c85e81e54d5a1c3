//! Tests what keys do when saving fails: conflicts, failures, a lock held by another program, and rescued
//! answers. Must not touch a file.

use std::cell::{Cell, RefCell};

use langfit::screen::{App, Errand, Report};
use langfit::session::{Session, Unsaved};
use langfit::workbook::{BesideRescue, Rescued, Saving, Workbook};

use crate::screen::{Disk, chosen, new_session, opened, play_disk, questionnaire, shown, workbook};
use crate::support;

/// A fake session file whose saves have a configurable outcome.
struct File {
    /// The outcome of each save.
    outcome: RefCell<Result<(), Unsaved>>,
    /// The session that another program wrote.
    theirs: Session,
    errands: RefCell<Vec<Errand>>,
}

impl Disk for File {
    fn save(&self, _session: &Session) -> Result<(), Unsaved> {
        self.outcome.borrow().clone()
    }

    fn errand(&self, workbook: &Workbook, errand: &Errand) -> Option<Report> {
        self.errands.borrow_mut().push(errand.clone());
        match errand {
            Errand::TryAgain => Some(Report::Saved(self.save(workbook.session()))),
            Errand::Overwrite => {
                *self.outcome.borrow_mut() = Ok(());
                Some(Report::Saved(Ok(())))
            }
            Errand::Reload => {
                *self.outcome.borrow_mut() = Ok(());
                Some(Report::Reloaded(Ok(Box::new(self.theirs.clone()))))
            }
            Errand::SaveAs(path) if path == "taken.ron" => {
                Some(Report::SavedAs(Err("taken.ron: already exists; name another file".to_owned())))
            }
            Errand::SaveAs(path) => {
                *self.outcome.borrow_mut() = Ok(());
                Some(Report::SavedAs(Ok(path.clone())))
            }
            Errand::DropRescue => None,
        }
    }
}

fn file(outcome: Result<(), Unsaved>) -> File {
    let theirs = support::session(&questionnaire(), &["draw=language", "types=static"]);
    File { outcome: RefCell::new(outcome), theirs, errands: RefCell::default() }
}

fn changed() -> File {
    file(Err(Unsaved::Conflict("another program changed test.ron".to_owned())))
}

fn broken() -> File {
    file(Err(Unsaved::Failed("test.ron cannot be written: the disk is full".to_owned())))
}

fn app() -> App {
    opened(questionnaire(), new_session())
}

#[track_caller]
fn assert_errands(file: &File, expected: &[Errand]) {
    assert_eq!(*file.errands.borrow(), expected);
}

#[test]
fn a_conflict_is_said_and_nothing_happens_unasked() {
    let file = changed();
    let played = play_disk(app(), "<draw=packages>", &file);
    played.assert_shows("NOT SAVED: another program changed test.ron; S shows what you can do");
    assert!(played.frame().lines().next().is_some_and(|header| header.trim_end().ends_with("NOT SAVED")));
    assert!(played.is_closed(), "no page comes under the fingers of somebody who is typing");
    let played = play_disk(app(), "<draw=packages>S", &file);
    for choice in ["Keep mine: overwrite the file", "Take theirs: reload the file", "Save as …"] {
        played.assert_shows(choice);
    }
    assert!(!played.shows("S shows what you can do"), "it is open already");
    play_disk(app(), "<draw=packages>r", &file).assert_shows("S shows what you can do");
    let played = play_disk(app(), "<draw=packages>S<to:Take theirs><esc><ecosystem=data-ml>", &file);
    assert!(played.is_closed());
    assert!(matches!(played.workbook().saving, Saving::Conflict(_)), "it stays not saved");
    assert_eq!(played.saves.len(), 2, "each answer tries again");
    assert_eq!(played.chosen("draw"), ["packages"]);
    assert_errands(&file, &[]);
}

#[test]
fn mine_overwrites_theirs_when_somebody_says_so() {
    let file = changed();
    let played = play_disk(app(), "<draw=packages>S<enter>", &file);
    assert_errands(&file, &[Errand::Overwrite]);
    assert_eq!(played.workbook().saving, Saving::Saved);
    assert_eq!(played.chosen("draw"), ["packages"]);
    assert!(played.is_closed());
}

#[test]
fn reload_replaces_my_answers_and_undo_restores_them() {
    let file = changed();
    let played = play_disk(app(), "<draw=packages>S<to:Take theirs><space>", &file);
    assert_errands(&file, &[Errand::Reload]);
    assert_eq!(
        (played.chosen("draw"), played.chosen("types")),
        (vec!["language".into()], vec!["static".into()])
    );
    assert_eq!(played.workbook().saving, Saving::Saved);
    assert_eq!(played.saves.len(), 1, "what was read is not written");
    played.assert_shows("Reloaded test.ron, which differs in 2 answers; undo brings your answers back");
    let played = play_disk(app(), "<draw=packages>S<to:Take theirs><space>u", &changed());
    assert_eq!((played.chosen("draw"), played.chosen("types").len()), (vec!["packages".into()], 0));
    assert_eq!(played.saves.last().map(|session| chosen(session, "draw")), Some(vec!["packages".into()]));
}

#[test]
fn what_cannot_be_read_is_not_taken() {
    struct Unreadable;
    impl Disk for Unreadable {
        fn save(&self, _session: &Session) -> Result<(), Unsaved> {
            Err(Unsaved::Conflict("another program changed test.ron".to_owned()))
        }
        fn errand(&self, _workbook: &Workbook, _errand: &Errand) -> Option<Report> {
            Some(Report::Reloaded(Err("test.ron:1:1: the file is empty".to_owned())))
        }
    }
    let played = play_disk(app(), "<draw=packages>S<to:Take theirs><enter>", &Unreadable);
    played.assert_shows("test.ron:1:1: the file is empty");
    assert_eq!(played.page(), Some("session file"), "the other choices are still there");
    assert_eq!(played.chosen("draw"), ["packages"]);
}

#[test]
fn saved_elsewhere_the_session_goes_on_there() {
    let file = changed();
    let played = play_disk(app(), "<draw=packages>S<to:Save as><enter>", &file);
    played.assert_shows("test-mine.ron");
    assert_errands(&file, &[]);
    let played =
        play_disk(app(), "<draw=packages>S<to:Save as><enter>other.ron<enter><ecosystem=data-ml>", &file);
    assert_errands(&file, &[Errand::SaveAs("other.ron".to_owned())]);
    assert_eq!(played.workbook().file, "other.ron");
    assert_eq!(played.workbook().saving, Saving::Saved);
    assert_eq!(played.saves.len(), 2);
}

#[test]
fn a_name_is_saved_to_only_by_enter_and_a_refusal_is_shown() {
    let file = broken();
    let played = play_disk(app(), "<draw=packages>S<to:Save as><enter>other.ron<esc>", &file);
    assert_errands(&file, &[]);
    assert_eq!(played.page(), Some("session file"));
    play_disk(played.app, "<enter>", &file).assert_shows("other.ron");
    let played = play_disk(app(), "<draw=packages>S<to:Save as><enter>taken.ron<enter>", &file);
    played.assert_shows("taken.ron: already exists; name another file");
    assert_eq!(played.workbook().file, "test.ron");
    let played = play_disk(app(), "<draw=packages>S<to:Save as><enter><c-u><back><enter>", &broken());
    played.assert_shows("Name a file first");
    let played = play_disk(app(), "<draw=packages>S<to:Save as><enter>other.ron<c-c>", &broken());
    assert!(played.left, "Ctrl-C quits there too");
    assert_eq!(played.workbook().file, "test.ron");
}

#[test]
fn the_file_can_be_left_for_another_while_all_is_well() {
    let file = file(Ok(()));
    let played = play_disk(app(), "<draw=packages>S", &file);
    played.assert_shows("Every answer is saved to test.ron immediately.");
    let played = play_disk(app(), "<draw=packages>S<enter>copy.ron<enter>", &file);
    played.assert_shows("Saved as copy.ron; later changes go to that file");
    assert!(play_disk(app(), "SS", &file).is_closed(), "the key that opens the page closes it");
}

/// Fails the first save and succeeds from the second one on.
struct Once(Cell<bool>);
impl Disk for Once {
    fn save(&self, _session: &Session) -> Result<(), Unsaved> {
        if self.0.replace(true) { Ok(()) } else { Err(Unsaved::Failed("the disk is full".to_owned())) }
    }
}

#[test]
fn a_failure_can_be_tried_again_and_its_end_is_said() {
    let file = broken();
    let played = play_disk(app(), "<draw=packages>S", &file);
    played.assert_shows("langfit keeps trying to save them");
    let played = play_disk(app(), "<draw=packages>S<enter>", &file);
    assert_errands(&file, &[Errand::TryAgain]);
    assert!(matches!(played.workbook().saving, Saving::Failed(_)));

    let said = play_disk(app(), "29", &file);
    said.assert_shows("There is no option 9");
    assert!(said.frame().lines().next().is_some_and(|header| header.trim_end().ends_with("NOT SAVED")));
    play_disk(app(), "29<down>", &file).assert_shows("NOT SAVED: test.ron cannot be written");

    let played = play_disk(app(), "<draw=packages><ecosystem=data-ml>", &Once(Cell::new(false)));
    played.assert_shows("Saving works again: test.ron");
    assert!(!played.shows("NOT SAVED"));
}

/// If the problem changes while its page is open, the page gets other rows. A key meant for an old row must
/// not overwrite the file.
#[test]
fn a_key_that_was_meant_for_another_row_overwrites_nothing() {
    struct Turns;
    impl Disk for Turns {
        fn save(&self, _session: &Session) -> Result<(), Unsaved> {
            Err(Unsaved::Failed("the disk is full".to_owned()))
        }
    }
    let mut app = play_disk(app(), "<draw=packages>S", &Turns).app;
    app.take_report(Report::Saved(Err(Unsaved::Conflict("another program changed test.ron".to_owned()))));
    let file = changed();
    let played = play_disk(app, "<enter>", &file);
    assert_errands(&file, &[]);
    played.assert_shows("New file for the session");
}

#[test]
fn a_session_locked_by_another_program_is_read_only() {
    let mut held = workbook(questionnaire(), new_session());
    held.saving = Saving::ReadOnly;
    let file = file(Ok(()));
    let played = play_disk(shown(held), "<draw=packages><ecosystem=data-ml>u", &file);
    assert!(played.frame().lines().next().is_some_and(|header| header.trim_end().ends_with("read-only")));
    assert_eq!(played.chosen("draw"), ["packages"], "in memory everything can be tried");
    assert_eq!(played.saves.len(), 0);
    let played = play_disk(played.app, "S", &file);
    played.assert_shows("Another langfit has test.ron open, so this one does not write to it.");
    let played = play_disk(played.app, "<enter>mine.ron<enter><ecosystem=statistics>", &file);
    assert_errands(&file, &[Errand::SaveAs("mine.ron".to_owned())]);
    assert_eq!(played.saves.len(), 1, "elsewhere it is saved as usual");
    assert_eq!(played.workbook().saving, Saving::Saved);
}

/// Returns the program as it starts with rescued answers.
fn rescued() -> App {
    let session = support::session(&questionnaire(), &["draw=packages", "types=static"]);
    offered(app(), session, "written 2026-03-01 14:05")
}

/// Offers rescued answers to the program.
fn offered(mut app: App, session: Session, written: &str) -> App {
    let (name, written) = (".test.ron.rescue".to_owned(), written.to_owned());
    app.offer(Rescued { name, written, session, beside: BesideRescue::Session });
    app
}

#[test]
fn rescued_answers_are_offered_and_left_alone() {
    let file = file(Ok(()));
    let played = play_disk(rescued(), "", &file);
    played.assert_shows(".test.ron.rescue, written 2026-03-01 14:05");
    played.assert_shows("differs in 2 answers");
    for keys in ["<enter>", "<esc>", "<space>"] {
        let played = play_disk(rescued(), keys, &file);
        assert!(played.is_closed(), "{keys}");
        assert!(played.chosen("draw").is_empty() && played.saves.is_empty(), "{keys}");
    }
    assert_errands(&file, &[]);
}

#[test]
fn rescued_answers_are_taken_and_their_file_stays_until_the_end() {
    let has_rescued = |keys: &str| {
        let file = file(Ok(()));
        let played = play_disk(rescued(), keys, &file);
        assert_errands(&file, &[]);
        assert_eq!(!played.chosen("draw").is_empty(), played.workbook().has_rescued(), "{keys}");
        played.workbook().has_rescued()
    };
    for (keys, expected) in [
        ("<esc>", false),
        ("<enter>", false),
        ("<to:Load them><enter>", true),
        ("<to:Load them><enter>u", false),
        ("<to:Load them><enter>u<c-r>", true),
        ("<to:Load them><enter><ecosystem=data-ml>", true),
        ("<to:Load them><enter><ecosystem=data-ml>uu", false),
        ("<to:Load them><enter><ecosystem=data-ml>uu<c-r>", true),
        ("<to:Load them><enter>u<c-r><ecosystem=data-ml>nword<esc>", true),
    ] {
        assert_eq!(has_rescued(keys), expected, "{keys}");
    }
    let played = play_disk(rescued(), "<to:Load them><enter>", &file(Ok(())));
    assert_eq!((played.chosen("draw"), played.saves.len()), (vec!["packages".into()], 1));
    let theirs = changed();
    let played = play_disk(rescued(), "<to:Load them><enter>S<to:Take theirs><enter>", &theirs);
    assert_errands(&theirs, &[Errand::Reload]);
    assert!(!played.workbook().has_rescued(), "what another program wrote came in its place");
    assert!(play_disk(played.app, "u", &changed()).workbook().has_rescued());
}

/// Undo restores all answers, so the message does not name a single one.
#[test]
fn undo_says_whose_answers_are_back() {
    let played = play_disk(rescued(), "<to:Load them><enter>u", &file(Ok(())));
    played.assert_shows("Undone: the answers of test.ron are back");
    let played = play_disk(rescued(), "<to:Load them><enter>u<c-r>", &file(Ok(())));
    played.assert_shows("Redone: the recovered answers are back");
    play_disk(rescued(), "<to:Load them><enter><ecosystem=data-ml>u", &file(Ok(())))
        .assert_shows("Undone: the answer to");
}

/// A message must not say that an answer led to follow-up questions, because the user has not given one.
#[test]
fn rescued_follow_ups_are_not_credited_to_an_answer() {
    let played = play_disk(rescued(), "<to:Load them><enter>", &file(Ok(())));
    played.assert_shows("The recovered answers are loaded");
    assert!(!played.shows("by this answer"), "{}", played.frame());
}

#[test]
fn rescued_answers_that_the_file_holds_need_no_saving() {
    let app = offered(app(), new_session(), "");
    let file = file(Ok(()));
    let played = play_disk(app, "<to:Load them><enter>", &file);
    assert!(played.saves.is_empty() && played.workbook().has_rescued());
}

#[test]
fn a_rescued_decision_is_a_difference() {
    let decided = play_disk(app(), "<draw=packages>D<enter><enter>", &file(Ok(()))).session().clone();
    let mut session = decided.clone();
    session.decided[0].because = "We run it.".to_owned();
    session.details.title = "Another".to_owned();
    let app = offered(opened(questionnaire(), decided), session, "");
    play_disk(app, "", &file(Ok(()))).assert_shows("differs in the details and the decisions");
}

#[test]
fn rescued_answers_are_thrown_away_by_choice() {
    let file = file(Ok(()));
    let played = play_disk(rescued(), "<to:Delete them><enter>", &file);
    assert_errands(&file, &[Errand::DropRescue]);
    assert!(played.saves.is_empty() && played.is_closed());
}

/// A rejected name is offered again, because a long path should not have to be typed twice.
#[test]
fn a_rejected_file_name_survives_reopening_the_page() {
    let file = broken();
    let played = play_disk(
        app(),
        "<draw=packages>S<to:Save as><enter>taken.ron<enter><esc>S<to:Save as><enter>",
        &file,
    );
    played.assert_shows("taken.ron");
    let played = play_disk(app(), "<draw=packages>S<to:Save as><enter>copy.ron<enter>S<enter>", &broken());
    // The session file is now the one that was saved to.
    played.assert_shows("copy-mine.ron");
}

/// A `git checkout` of a branch without the session removes the file. Whether to write it on that branch is
/// the user's choice.
#[test]
fn a_file_that_was_removed_is_made_again_only_by_choice() {
    let removed = || file(Err(Unsaved::Gone("another program removed test.ron".to_owned())));
    let played = play_disk(app(), "<draw=packages>", &removed());
    played.assert_shows("NOT SAVED: another program removed test.ron; S shows what you can do");
    let played = play_disk(app(), "<draw=packages>S", &removed());
    played.assert_shows("Another program removed test.ron while it was open, so there is nothing to reload.");
    for choice in ["Write it again here", "Save as …"] {
        played.assert_shows(choice);
    }
    assert!(!played.shows("Take theirs") && !played.shows("Keep mine"));
    let file = removed();
    let played = play_disk(app(), "<draw=packages>S<esc><ecosystem=data-ml>", &file);
    assert_errands(&file, &[]);
    assert!(matches!(played.workbook().saving, Saving::Gone(_)));
    let file = removed();
    let played = play_disk(app(), "<draw=packages>S<enter>", &file);
    assert_errands(&file, &[Errand::Overwrite]);
    assert_eq!(
        (played.workbook().saving.clone(), played.chosen("draw")),
        (Saving::Saved, vec!["packages".into()])
    );
    let file = removed();
    play_disk(app(), "<draw=packages>S<to:Save as><enter>other.ron<enter>", &file);
    assert_errands(&file, &[Errand::SaveAs("other.ron".to_owned())]);
}
