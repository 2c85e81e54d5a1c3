//! Tests saving on disk: other programs' changes are not overwritten, metadata is preserved, one program
//! writes at a time, and earlier versions are kept. The file format is out of scope.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use langfit::session::{Saver, SaverReport, Session, StateFolder, Store, Unsaved, name_of, save_new};

use crate::cli::{Run, folder, langfit, read, write};
use crate::linear::program::lines_in;
use crate::support::{on_one_line, sample, session, state_home};

/// Returns the names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be listed");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry.expect("the folder can be listed").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// Returns the state folder of the tests, which the library and the program share.
fn state() -> StateFolder {
    StateFolder::at(state_home().join("langfit"))
}

/// Returns the state folder of a session.
pub fn personal(session: &Path) -> PathBuf {
    state().of_session(session).expect("there is a state folder")
}

/// Returns the earlier versions of a session, oldest first.
fn versions(session: &Path) -> Vec<String> {
    let folder = personal(session);
    if !folder.exists() {
        return Vec::new();
    }
    let number = |name: &String| name.trim_matches(|it: char| !it.is_ascii_digit()).parse::<u32>().ok();
    let mut found: Vec<String> = names(&folder).into_iter().filter(|it| it.starts_with("version-")).collect();
    found.sort_by_key(number);
    found.iter().map(|name| fs::read_to_string(folder.join(name)).expect("it can be read")).collect()
}

/// Returns the text of a session with these answers.
fn text(assignments: &[&str]) -> String {
    let questionnaire = sample();
    session(&questionnaire, assignments).to_ron(&questionnaire).expect("it can be written")
}

/// Opens a session file, which need not exist.
fn open(path: &Path) -> Store {
    let mut store = Store::open(path, &state()).expect("it is the name of a file");
    store.load(&sample()).expect("it is a session");
    store
}

#[track_caller]
fn assert_conflict(saved: &Result<(), Unsaved>) {
    assert!(matches!(saved, Err(Unsaved::Conflict(_))), "{saved:?}");
}

#[track_caller]
fn assert_failed(saved: Result<(), Unsaved>, words: &str) {
    match saved {
        Err(Unsaved::Failed(reason)) => assert!(reason.contains(words), "{reason}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_another_program_wrote_is_not_written_over() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let [first, second, third] = [text(&["draw=both"]), text(&["draw=packages"]), text(&["draw=language"])];
    let mut store = open(&path);
    store.save(&first).expect("nothing is there yet");
    store.save(&second).expect("what is there is its own");
    for theirs in ["their session", "", &format!("{second}// a word\n"), &"x".repeat(3_000_000)] {
        write(&folder, "s.ron", theirs);
        assert_conflict(&store.save(&third));
        assert_conflict(&store.save(&second));
        assert!(read(&folder, "s.ron") == theirs, "untouched");
    }
    write(&folder, "s.ron", &second);
    store.save(&third).expect("it is unchanged again");
    write(&folder, "s.ron", &first);
    store.save(&first).expect("the same content is no conflict");
    drop(store);
    assert_eq!(names(folder.path()), ["s.ron"]);
}

/// A `git checkout` of a branch without the session removes the file.
#[test]
fn a_file_that_another_program_removed_is_not_made_again_unasked() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let [first, second] = [text(&["draw=both"]), text(&["draw=packages"])];
    write(&folder, "s.ron", &first);
    let mut store = open(&path);
    fs::remove_file(&path).expect("it is there");
    for _ in 0..2 {
        let saved = store.save(&second);
        assert!(
            matches!(&saved, Err(Unsaved::Gone(words)) if words == &format!("another program removed {}", store.name())),
            "{saved:?}"
        );
        assert_eq!(names(folder.path()), [""; 0]);
    }
    write(&folder, "s.ron", &first);
    store.save(&second).expect("it is there again, as it was");
    fs::remove_file(&path).expect("it is there");
    assert!(store.save(&first).is_err());
    store.allow_overwrite();
    store.save(&first).expect("somebody chose to");
    assert_eq!(read(&folder, "s.ron"), first);
    fs::remove_file(&path).expect("it is there");
    assert!(matches!(store.save(&second), Err(Unsaved::Gone(_))), "that it may be gone once is not for ever");
}

/// The folder may disappear together with its only file.
#[test]
fn a_file_that_is_made_again_gets_its_folder_again() {
    let folder = folder();
    let place = folder.path().join("of/two");
    fs::create_dir_all(&place).expect("it can be made");
    let mine = text(&["draw=both"]);
    fs::write(place.join("s.ron"), &mine).expect("it can be written");
    let mut store = open(&place.join("s.ron"));
    fs::remove_dir_all(folder.path().join("of")).expect("it is there");
    let saved = store.save(&mine);
    assert!(matches!(saved, Err(Unsaved::Gone(_))), "{saved:?}");
    assert!(!place.exists(), "nobody asked for it yet");
    store.allow_overwrite();
    store.save(&mine).expect("somebody chose to");
    assert_eq!(fs::read_to_string(place.join("s.ron")).expect("it is there"), mine);
    fs::remove_dir_all(folder.path().join("of")).expect("it is there");
    store.save(&mine).expect_err("that it may be made once is not for ever");
    assert!(!place.exists());
}

/// Names of temporary files are internal, so errors do not show them.
#[test]
fn an_error_names_the_session_and_what_is_missing_alone() {
    let folder = folder();
    let run = langfit(folder.path(), &["advise", "no/s.ron", "--save", "--set", "draw=both"]);
    assert_eq!(run.err, "not saved: no/s.ron cannot be written: no folder no\n");
    let place = folder.path().join("place");
    let saved = open(&place.join("s.ron")).save(&text(&["draw=both"]));
    let expected = format!("{}/s.ron cannot be written: no folder {0}", name_of(&place));
    assert_eq!(saved, Err(Unsaved::Failed(expected)));
}

#[test]
fn a_folder_is_no_name_to_save_as() {
    let folder = folder();
    let path = folder.path().join("place");
    fs::create_dir(&path).expect("it can be made");
    for name in [path.clone(), path.join(""), path.join("."), path.join("..")] {
        let error = Store::begin(&name, &state()).expect_err("it is a folder").to_string();
        assert!(error.ends_with(": is a folder; name a file in it"), "{error}");
    }
    let error =
        Store::begin(&folder.path().join("new/"), &state()).expect_err("it is to be a folder").to_string();
    assert!(error.ends_with(": is a folder; name a file in it"), "{error}");
    let error = Store::begin(&path.join("../place/s.ron/../.."), &state()).expect_err("no file").to_string();
    // Windows resolves `..` without looking whether what stands before it is a folder.
    let what = if cfg!(unix) { "is not the name of a file" } else { ": is a folder; name a file in it" };
    assert!(error.ends_with(what), "{error}");
    assert_eq!(names(folder.path()), ["place"]);
}

/// A `git checkout` of the branch with the session restores the file.
#[test]
fn a_file_that_is_back_as_it_was_is_saved_to_by_itself() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let before = text(&["draw=both"]);
    write(&folder, "s.ron", &before);
    let (sender, reports) = std::sync::mpsc::channel();
    let report = move |report| sender.send(report).is_ok();
    let saver = Saver::spawn(open(&path), sample(), report).expect("it starts");
    let next = || reports.recv_timeout(std::time::Duration::from_secs(20)).expect("it reports");
    for away in ["", "theirs"] {
        match away {
            "" => fs::remove_file(&path).expect("it is there"),
            theirs => write(&folder, "s.ron", theirs),
        }
        let draw = if away.is_empty() { "draw=packages" } else { "draw=language" };
        let before = if away.is_empty() { before.clone() } else { text(&["draw=packages"]) };
        saver.submit(session(&sample(), &[draw]));
        assert!(matches!(next(), SaverReport::Saved(Err(_))));
        write(&folder, "s.ron", &before);
        while !matches!(next(), SaverReport::Saved(Ok(()))) {}
        assert_eq!(read(&folder, "s.ron"), text(&[draw]));
    }
    saver.release();
}

#[test]
fn a_file_that_appears_beside_a_new_session_is_not_written_over() {
    let folder = folder();
    let mut store = open(&folder.path().join("s.ron"));
    write(&folder, "s.ron", "theirs");
    assert_conflict(&store.save(&text(&["draw=both"])));
    assert_eq!(read(&folder, "s.ron"), "theirs");
}

#[test]
fn only_what_was_seen_is_written_over_when_somebody_says_so() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let mine = text(&["draw=both"]);
    write(&folder, "s.ron", &mine);
    let mut store = open(&path);
    write(&folder, "s.ron", "theirs");
    store.allow_overwrite();
    assert_conflict(&store.save(&mine));
    write(&folder, "s.ron", "theirs again");
    store.allow_overwrite();
    assert_conflict(&store.save(&mine));
    assert_eq!(read(&folder, "s.ron"), "theirs again", "it was another one that was to be written over");
    store.allow_overwrite();
    store.save(&mine).expect("now it is the one");
    assert_eq!(read(&folder, "s.ron"), mine);
}

#[test]
fn the_file_as_it_was_opened_is_kept_once_before_it_changes() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let [first, second, third] = [text(&["draw=both"]), text(&["draw=packages"]), text(&["draw=language"])];
    let opened = format!("\u{feff}{}", first.replace('\n', "\r\n"));
    write(&folder, "s.ron", &opened);
    let mut store = open(&path);
    assert_eq!(names(&personal(&path)), ["lock"], "reading changes nothing");
    store.save(&second).expect("it can be saved");
    store.save(&third).expect("it can be saved");
    assert_eq!((read(&folder, "s.ron"), versions(&path)), (third.clone(), vec![opened.clone()]));
    // What another program wrote is reloaded but not kept, because it is not the version that was opened.
    write(&folder, "s.ron", &first);
    store.load(&sample()).expect("it is a session");
    store.save(&third).expect("it can be saved");
    assert_eq!(versions(&path), std::slice::from_ref(&opened));
    drop(store);
    // The next run keeps the version that it opened.
    let mut store = open(&path);
    store.save(&third).expect("it can be saved");
    assert_eq!(versions(&path).len(), 1, "nothing changed, nothing is to be kept");
    store.save(&first).expect("it can be saved");
    assert_eq!(versions(&path), [opened, third]);
    assert_eq!(names(folder.path()), ["s.ron"], "all of that is one person's");
}

#[test]
fn the_last_ten_versions_are_kept_each_once() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let titled = |run: usize| {
        let mut session = session(&sample(), &[]);
        session.details.title = format!("Run {run}");
        session.to_ron(&sample()).expect("it can be written")
    };
    write(&folder, "s.ron", &titled(0));
    for run in 1..=12 {
        open(&path).save(&titled(run)).expect("it can be saved");
    }
    assert_eq!(versions(&path), (2..=11).map(titled).collect::<Vec<_>>());
    // Changing a restored version makes no second copy of it.
    write(&folder, "s.ron", &titled(11));
    open(&path).save(&titled(13)).expect("it can be saved");
    assert_eq!(versions(&path), (2..=11).map(titled).collect::<Vec<_>>());
}

/// Without a copy, data that only the old file contains would be lost.
#[test]
fn where_the_copy_cannot_be_kept_nothing_is_saved() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let first = text(&["draw=both"]);
    write(&folder, "s.ron", &first);
    let last = format!("version-{}.ron/full", u64::MAX);
    fs::create_dir_all(personal(&path).join(last)).expect("it can be made");
    let mut store = open(&path);
    assert_failed(store.save(&text(&["draw=packages"])), "the earlier version cannot be stored in ");
    assert_eq!(read(&folder, "s.ron"), first);
    drop(store);
    assert_eq!(names(folder.path()), ["s.ron"]);
}

/// An unwritable state folder must not prevent saving.
#[test]
fn an_unwritable_state_folder_falls_back_beside_the_session() {
    let folder = folder();
    let questionnaire = sample();
    let path = folder.path().join("s.ron");
    write(&folder, "s.ron", &text(&["draw=both"]));
    write(&folder, "no-folder", "");
    let state = StateFolder::at(folder.path().join("no-folder"));
    let open = || {
        let mut store = Store::open(&path, &state).expect("it is the name of a file");
        store.load(&questionnaire).expect("it is a session");
        store
    };
    let mut store = open();
    let said = store.notices().join("; ");
    assert!(said.starts_with("Nothing can be stored in ") && said.contains("no-folder"), "{said}");
    assert!(
        said.ends_with(": The lock, rescue files and earlier versions of ".to_owned().as_str())
            || said.contains("s.ron are next to it"),
        "{said}"
    );
    assert!(open().holder().is_some());
    store.save(&text(&["draw=packages"])).expect("it can be saved");
    store.rescue().write(&text(&["draw=language"])).expect("it can be written");
    drop(store);
    let mut names = names(folder.path());
    // Where the lock file cannot be told from a newer one, it is kept.
    names.retain(|name| cfg!(unix) || name != ".s.ron.lock");
    assert_eq!(names, [".s.ron.rescue", ".s.ron.version-1.ron", "no-folder", "s.ron"]);
    // A rescue file beside the session is found with any state folder.
    let found = Store::open(&path, &self::state()).expect("it is the name of a file").rescue();
    let found = found.find(&questionnaire, None).expect("it was written");
    assert!(found.name().ends_with(".s.ron.rescue"), "{}", found.name());
}

#[test]
fn a_target_that_is_no_file_any_more_is_refused() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let mut store = open(&path);
    store.save(&text(&["draw=both"])).expect("it can be saved");
    fs::remove_file(&path).expect("it is there");
    fs::create_dir(&path).expect("it can be made");
    assert_failed(store.save(&text(&["draw=packages"])), "s.ron is not a regular file");
    fs::remove_dir(&path).expect("it is there");
    write(&folder, "s.ron", &text(&["draw=both"]));
    store.save(&text(&["draw=packages"])).expect("it can be saved again");
}

#[test]
fn what_could_not_be_read_again_is_not_saved() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let mut store = open(&path);
    let right = text(&["draw=both"]);
    store.save(&right).expect("it can be saved");
    let large = right.replace("format: 1", &format!("format: 1{}", " ".repeat(1024 * 1024)));
    assert_failed(store.save(&large), "bytes, the limit is 1048576");
    assert_eq!(read(&folder, "s.ron"), right);
    store.save(&text(&["draw=packages"])).expect("it can be saved again");
}

#[test]
fn a_new_file_is_whole_or_not_there() {
    let folder = folder();
    let path = folder.path().join("new.md");
    save_new(&path, "text\n").expect("it can be made");
    let error = save_new(&path, "other\n").expect_err("it exists");
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(read(&folder, "new.md"), "text\n");
}

#[test]
fn one_program_at_a_time_and_the_other_says_who_has_it() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let held = text(&["draw=both"]);
    write(&folder, "s.ron", &held);
    let store = open(&path);
    let process = std::process::id();
    let lock = fs::read_to_string(personal(&path).join("lock")).expect("it is held");
    assert!(lock.starts_with(&format!("{process} ")) && lock.ends_with('\n'), "{lock:?}");
    let host = lock.trim().split_once(' ').expect("two words").1;
    let refused: [&[&str]; 4] = [
        &["advise", "s.ron", "--save", "--set", "draw=packages"],
        &["export", "s.ron", "--save", "--title", "T"],
        &["decide", "s.ron", "--part", "the whole system=go", "--because", "b"],
        &["--linear", "s.ron"],
    ];
    for arguments in refused {
        let run = lines_in(folder.path(), arguments, &["2"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert_eq!(
            run.err,
            format!(
                "s.ron: is open in another langfit (process {process} on {host}); close it there, then try again\n"
            )
        );
    }
    for arguments in [&["advise", "s.ron"][..], &["export", "s.ron"]] {
        assert_eq!(langfit(folder.path(), arguments).code, Some(0), "reading is open to all: {arguments:?}");
    }
    let mut second = open(&path);
    assert!(second.holder().is_some());
    assert_failed(second.save(&held), "is open in another langfit");
    drop((store, second));
    assert_eq!(names(folder.path()), ["s.ron"], "the lock goes with its holder");
    let run = langfit(folder.path(), refused[0]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

/// Files left behind by a killed program do not get in the way.
#[test]
fn a_lock_that_nobody_holds_is_no_lock() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    fs::create_dir_all(personal(&path)).expect("it can be made");
    fs::write(personal(&path).join("lock"), "1 elsewhere\n").expect("it can be written");
    write(&folder, ".s.ron.AbC123.new", "half a sess");
    let mut store = open(&path);
    assert_eq!(store.holder(), None);
    store.save(&text(&["draw=both"])).expect("it can be saved");
    drop(store);
    assert_eq!(names(folder.path()), ["s.ron"]);
}

/// The next run removes the temporary files of a killed run, even if it saves nothing itself.
#[test]
fn what_a_killed_run_had_half_written_goes_at_the_next_start() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let first = open(&path);
    let others = [".s.ron..new", ".s.ron.a.b.new", "s.ron.new", ".t.ron.AbC123.new"];
    for half in others.into_iter().chain([".s.ron.AbC123.new"]) {
        write(&folder, half, "half a sess");
    }
    let second = Store::open(&path, &state()).expect("it is the name of a file");
    assert_eq!(names(folder.path()).len(), 5, "the first may be writing them");
    let half = personal(&path).join(".version-1.ron.AbC123.new");
    fs::write(&half, "half a sess").expect("it can be written");
    drop((first, second));
    drop(open(&path));
    assert!(!half.exists());
    let mut others = others.to_vec();
    others.sort_unstable();
    assert_eq!(names(folder.path()), others, "what is somebody else's stays");
}

/// Windows does not open folders as files, so there a folder in place of the lock is a folder that cannot be
/// written.
#[cfg(unix)]
#[test]
fn where_nothing_can_be_locked_it_goes_on_and_says_so() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    fs::create_dir_all(personal(&path).join("lock")).expect("it can be made");
    fs::create_dir(folder.path().join(".s.ron.lock")).expect("it can be made");
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &["2", "q"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.out.matches("No lock on s.ron is possible (").count(), 1, "{}", run.out);
    assert!(read(&folder, "s.ron").contains("packages"));
    assert_eq!(names(folder.path()), [".s.ron.lock", "s.ron"]);
}

#[test]
fn comments_are_lost_with_a_word_and_kept_in_the_earlier_version() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let opened = format!("// Ours.\n{}", text(&["draw=both"]));
    write(&folder, "s.ron", &opened);
    let kept = personal(&path).join("version-1.ron");
    let said = &format!("The first save drops the comments in s.ron; {} keeps them.", name_of(&kept));
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &["q"]);
    assert_eq!(run.out.matches(said).count(), 1, "{}", run.out);
    assert_eq!(read(&folder, "s.ron"), opened, "as long as nothing is answered");
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &["2", "q"]);
    assert_eq!(run.out.matches(said).count(), 1, "{}", run.out);
    assert_eq!(versions(&path), [opened]);
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &["q"]);
    assert!(!run.out.contains("comments"), "{}", run.out);
    // Text that looks like a comment inside a string is not a comment.
    write(&folder, "t.ron", &text(&["own-owner=see // there /* and */ here"]));
    assert!(!lines_in(folder.path(), &["--linear", "t.ron"], &["q"]).out.contains("comments"));
}

/// A session that was saved with an earlier version of the questionnaire.
const OLD: &str =
    "(format: 1, questionnaire: (id: \"language-fit\", version: \"0\", digest: \"0\"), title: \"Billing\")";

#[test]
fn a_changed_questionnaire_is_said_with_both_versions() {
    let folder = folder();
    write(&folder, "s.ron", OLD);
    let version = sample().version().to_owned();
    let said = format!("The questionnaire changed since this session was saved (version 0, now {version})");
    let check = |run: Run| assert!(run.out.contains(&said), "{}", run.out);
    check(langfit(folder.path(), &["advise", "s.ron"]));
    check(lines_in(folder.path(), &["--linear", "s.ron"], &["q"]));
    let run = langfit(folder.path(), &["advise", "s.ron", "--format", "json"]);
    assert!(run.out.contains("\"saved_under\": \"0\""), "{}", run.out);
    write(&folder, "s.ron", &OLD.replace("version: \"0\"", &format!("version: \"{version}\"")));
    let run = langfit(folder.path(), &["advise", "s.ron"]);
    assert!(run.out.contains(&format!("though both are version {version}.")), "{}", run.out);
}

#[test]
fn a_rescue_file_is_never_written_over_and_the_newest_is_found() {
    let folder = folder();
    let questionnaire = sample();
    let path = folder.path().join("s.ron");
    let store = open(&path);
    let rescue = store.rescue();
    assert!(rescue.find(&questionnaire, None).is_none());
    for answer in ["draw=both", "draw=packages"] {
        rescue.write(&text(&[answer])).expect("it can be written");
        let found = rescue.find(&questionnaire, None).expect("it was written");
        assert_eq!(found.session.expect("it is one"), session(&questionnaire, &[answer]));
        assert!(found.written.is_some());
    }
    let first = fs::read_to_string(personal(&path).join("rescue")).expect("it was written");
    assert!(first.contains("both"));
    fs::write(personal(&path).join("rescue-3"), "no session").expect("it can be written");
    let found = rescue.find(&questionnaire, None).expect("it was written");
    assert!(found.session.is_err() && found.path == personal(&path).join("rescue-3"));
    drop(store);
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &["q"]);
    assert!(
        run.out.contains("Answers that could not be saved the last time are in ")
            && run.out.contains("/rescue-3"),
        "{}",
        run.out
    );
    assert!(run.out.contains("0 of "), "nothing of it is taken: {}", run.out);
}

/// Returns the text of a session with this id.
fn identified(id: &str, assignments: &[&str]) -> String {
    let questionnaire = sample();
    let mut session = session(&questionnaire, assignments);
    id.clone_into(&mut session.id);
    session.to_ron(&questionnaire).expect("it can be written")
}

/// Two branches may each have a session with the same name.
#[test]
fn rescued_answers_of_another_session_are_not_offered() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    let questionnaire = sample();
    write(&folder, "s.ron", &identified("one", &["draw=both"]));
    let [first, second] = [("two", "draw=packages"), ("one", "draw=language")];
    let rescue = open(&path).rescue();
    rescue.write(&identified(first.0, &[first.1])).expect("it can be written");
    let saved = Session::load(&path, &questionnaire).expect("it is one");
    assert!(rescue.find(&questionnaire, Some(&saved)).is_none());
    let found = rescue.find(&questionnaire, None).expect("without a file nothing is in its way");
    assert_eq!(found.path, personal(&path).join("rescue"));
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &["q"]);
    let said = on_one_line(&run.out);
    let expected =
        format!("{} has unsaved answers from another session with the same name", name_of(&found.path));
    assert!(said.contains(&expected) && !said.contains("langfit offers them"), "{said}");
    let run = langfit(folder.path(), &["advise", "s.ron"]);
    assert_eq!(run.err, "", "that session is not this one");
    // The session's own rescue file is found among those of the other session.
    rescue.write(&identified(second.0, &[second.1])).expect("it can be written");
    rescue.write(&identified(first.0, &["draw=both"])).expect("it can be written");
    let found = rescue.find(&questionnaire, Some(&saved)).expect("it is its own");
    assert_eq!(found.path, personal(&path).join("rescue-2"));
    assert!(personal(&path).join("rescue").exists() && personal(&path).join("rescue-3").exists());
    assert_eq!(read(&folder, "s.ron"), identified("one", &["draw=both"]));
}

#[test]
fn commands_say_that_answers_wait_to_be_taken() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    write(&folder, "s.ron", &text(&["draw=both"]));
    open(&path).rescue().write(&text(&["draw=packages"])).expect("it can be written");
    let expected = format!(
        "Answers that could not be saved to s.ron are in {}; open s.ron with langfit to load them\n",
        name_of(&personal(&path).join("rescue"))
    );
    for arguments in [
        &["advise", "s.ron"][..],
        &["advise", "s.ron", "--save", "--set", "types=docs"],
        &["export", "s.ron"],
        &["export", "s.ron", "--save", "--set", "types=docs"],
        &["decide", "s.ron", "--part", "the whole system=go", "--because", "b"],
    ] {
        let run = langfit(folder.path(), arguments);
        assert_eq!((run.code, run.err.as_str()), (Some(0), expected.as_str()), "{arguments:?}");
    }
    let rescued = fs::read_to_string(personal(&path).join("rescue")).expect("it is there");
    write(&folder, "s.ron", &rescued);
    assert_eq!(langfit(folder.path(), &["advise", "s.ron"]).err, "", "the file holds them");
    assert!(personal(&path).join("rescue").exists(), "looking changes nothing");
}

/// The last message mentions rescued answers that were not loaded, because the user could miss them.
#[test]
fn what_was_not_taken_is_mentioned_at_the_end() {
    let folder = folder();
    let path = folder.path().join("s.ron");
    write(&folder, "s.ron", &text(&["draw=both"]));
    open(&path).rescue().write(&text(&["draw=packages"])).expect("it can be written");
    let run = lines_in(folder.path(), &["--linear", "s.ron"], &["q"]);
    let last = run.out.lines().last().unwrap_or_default();
    let rescue = personal(&path).join("rescue");
    assert_eq!(
        last,
        format!("Saved in s.ron. The answers in {} are still offered at the next start.", name_of(&rescue))
    );
}

/// No answer was given, so there is nothing to rescue. The program must still not claim to have saved the
/// session.
#[test]
fn a_file_that_is_not_there_any_more_is_not_said_to_be_saved() {
    let folder = folder();
    let away = |after: &str, words: &str| {
        write(&folder, "s.ron", &text(&["draw=language"]));
        let mut conversation = crate::linear::program::Talk::start(folder.path(), &["--linear", "s.ron"]);
        conversation.wait_for("or ? for help");
        if after.is_empty() {
            fs::remove_file(folder.path().join("s.ron")).expect("it is there");
        } else {
            write(&folder, "s.ron", after);
        }
        conversation.say("q\n");
        let run = conversation.end();
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(run.out.ends_with(words) && !run.out.contains("Saved in"), "{}", run.out);
    };
    away("", "Another program removed s.ron; nothing was written after that.\n");
    assert_eq!(names(folder.path()), [""; 0]);
    away(&text(&["draw=both"]), "Another program changed s.ron; nothing was written after that.\n");
    assert_eq!(read(&folder, "s.ron"), text(&["draw=both"]));
}

#[test]
fn saving_to_another_file_releases_the_first_lock() {
    let folder = folder();
    let (first, second) = (folder.path().join("s.ron"), folder.path().join("t.ron"));
    let questionnaire = sample();
    let saver = Saver::spawn(open(&first), Arc::clone(&questionnaire), |_| true).expect("it starts");
    let session = session(&questionnaire, &["draw=both"]);
    saver.save_as(&second, &session).expect("it can be saved");
    Store::open_alone(&first, &state()).expect("nobody has it any more");
    Store::open_alone(&second, &state()).expect_err("this one is in use");
}

#[test]
fn plain_lines_say_a_conflict_and_rescue_what_was_answered() {
    let folder = folder();
    write(&folder, "s.ron", &text(&["draw=language"]));
    let mut conversation = crate::linear::program::Talk::start(folder.path(), &["--linear", "s.ron"]);
    conversation.wait_for("or ? for help");
    write(&folder, "s.ron", &text(&["draw=both"]));
    conversation.say("go 2\n1\n");
    conversation.wait_for("NOT SAVED: another program changed s.ron, so nothing was overwritten");
    conversation.say("q\n");
    let run = conversation.end();
    assert_eq!(run.code, Some(2));
    let rescue = personal(&folder.path().join("s.ron")).join("rescue");
    assert_eq!(
        run.err,
        format!(
            "not saved to s.ron: another program changed s.ron; the answers are in {} and are offered at the next \
             start\n",
            name_of(&rescue)
        )
    );
    let rescued = fs::read_to_string(rescue).expect("it was written");
    assert!(
        on_one_line(&rescued).contains("(question: \"draw\", answer: Chosen([\"language\"]),"),
        "{rescued}"
    );
    assert_eq!(read(&folder, "s.ron"), text(&["draw=both"]));
    assert_eq!(names(folder.path()), ["s.ron"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
    use std::os::unix::process::CommandExt as _;

    use super::*;

    /// A user id that is not the superuser's.
    const NOBODY: u32 = 65534;

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
    }

    fn is_root() -> bool {
        rustix::process::getuid().is_root()
    }

    #[test]
    fn mode_and_owner_stay() {
        let folder = folder();
        let path = folder.path().join("s.ron");
        write(&folder, "s.ron", &text(&["draw=both"]));
        set_mode(&path, 0o640);
        if is_root() {
            chown(&path, Some(NOBODY), Some(NOBODY)).expect("the superuser may");
        }
        let before = fs::metadata(&path).expect("it is there");
        let mut store = open(&path);
        store.save(&text(&["draw=packages"])).expect("it can be saved");
        let after = fs::metadata(&path).expect("it is there");
        assert_eq!(after.mode(), before.mode());
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino(), "it was written anew");
        let private = fs::metadata(personal(&path)).expect("it is there");
        assert_eq!(private.mode() & 0o777, 0o700, "what is kept of it nobody else can read");
    }

    #[test]
    fn links_are_followed_once() {
        let folder = folder();
        let [link, first, second] =
            ["link.ron", "first.ron", "second.ron"].map(|name| folder.path().join(name));
        write(&folder, "first.ron", &text(&["draw=both"]));
        symlink("first.ron", &link).expect("links can be made");
        let mut store = open(&link);
        fs::remove_file(&link).expect("it is there");
        symlink("second.ron", &link).expect("links can be made");
        store.save(&text(&["draw=packages"])).expect("it can be saved");
        assert!(link.is_symlink() && !second.exists());
        assert!(fs::read_to_string(first).expect("it is there").contains("packages"));
        assert!(open(&folder.path().join("first.ron")).holder().is_some(), "it is one session by any name");
    }

    /// Runs the program as a user other than the superuser.
    fn as_nobody(folder: &Path, arguments: &[&str]) -> Run {
        let program = folder.join("langfit");
        fs::copy(env!("CARGO_BIN_EXE_langfit"), &program).expect("it can be copied");
        // Another user may be unable to enter the folder of the repository.
        let sample = folder.join("sample.ron");
        fs::write(&sample, crate::support::SAMPLE_TEXT).expect("it can be written");
        set_mode(&sample, 0o644);
        let mut command = std::process::Command::new(&program);
        command
            .args(arguments)
            .args([Path::new("--questions"), &sample])
            .current_dir(folder)
            .env_remove("TERM")
            .env_remove("ACCESSIBLE");
        let state = folder.join("state");
        fs::create_dir_all(&state).expect("it can be made");
        set_mode(&state, 0o777);
        command.env("XDG_STATE_HOME", state);
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        let output = loop {
            match command.output() {
                // Another test that is starting a program may hold the copy open for a moment.
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::yield_now();
                }
                output => break output.expect("the program starts"),
            }
        };
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    const SAVE: [&str; 5] = ["advise", "place/s.ron", "--save", "--set", "draw=packages"];

    /// Returns a folder that every user may enter, with a session in a subfolder of this mode.
    fn place(mode: u32, of_nobody: bool) -> (tempfile::TempDir, PathBuf) {
        let folder = folder();
        set_mode(folder.path(), 0o755);
        let place = folder.path().join("place");
        fs::create_dir(&place).expect("it can be made");
        let session = place.join("s.ron");
        fs::write(&session, text(&["draw=both"])).expect("it can be written");
        if is_root() && of_nobody {
            chown(&session, Some(NOBODY), Some(NOBODY)).expect("the superuser may");
        }
        set_mode(&place, mode);
        (folder, session)
    }

    #[test]
    fn a_folder_that_may_not_be_written_is_left_alone() {
        let (folder, session) = place(0o555, true);
        let run = as_nobody(folder.path(), &SAVE);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.starts_with("not saved: place/s.ron"), "{}", run.err);
        assert!(run.err.contains("cannot be written: Permission denied"), "{}", run.err);
        assert_eq!(fs::read_to_string(&session).expect("it is there"), text(&["draw=both"]));
        let place = folder.path().join("place");
        assert_eq!(names(&place), ["s.ron"]);
        set_mode(&place, 0o755);
    }

    /// The new file is in place, but without an fsync of the folder it may be lost in a power failure.
    #[test]
    fn a_save_without_fsync_of_the_folder_is_an_error() {
        let (folder, session) = place(0o333, true);
        let run = as_nobody(folder.path(), &SAVE);
        set_mode(&folder.path().join("place"), 0o755);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.starts_with("not saved: place/s.ron"), "{}", run.err);
        assert!(fs::read_to_string(&session).expect("it is there").contains("packages"));
    }

    /// The folder would allow replacing the file, but the user may not write to the file.
    #[test]
    fn somebody_elses_file_is_not_replaced() {
        if !is_root() {
            return;
        }
        let (folder, session) = place(0o777, false);
        let run = as_nobody(folder.path(), &SAVE);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert_eq!(run.err, "not saved: place/s.ron is read-only\n");
        assert_eq!(fs::metadata(&session).expect("it is there").uid(), 0);
        assert_eq!(names(&folder.path().join("place")), ["s.ron"]);
    }

    /// The new file cannot be given the old one's group, and no other group must gain access.
    #[test]
    fn a_lost_group_grants_no_extra_access_to_another_group() {
        if !is_root() {
            return;
        }
        let (folder, session) = place(0o777, true);
        chown(&session, Some(NOBODY), Some(0)).expect("the superuser may");
        set_mode(&session, 0o664);
        let run = as_nobody(folder.path(), &SAVE);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        let after = fs::metadata(&session).expect("it is there");
        assert_eq!((after.uid(), after.gid(), after.mode() & 0o777), (NOBODY, NOBODY, 0o644));
    }

    #[test]
    fn a_read_only_file_is_said_at_once() {
        let (folder, session) = place(0o755, true);
        set_mode(&session, 0o444);
        let run = lines_in(folder.path(), &["--linear", "place/s.ron"], &["q"]);
        assert!(
            run.out.contains("The file place/s.ron is read-only, so answers cannot be saved to it"),
            "{}",
            run.out
        );
        assert_eq!(run.code, Some(0));
        let run = lines_in(folder.path(), &["--linear", "place/s.ron"], &["2", "q"]);
        assert_eq!(run.code, Some(2));
        assert!(run.out.contains("NOT SAVED: place/s.ron is read-only"), "{}", run.out);
        assert_eq!(fs::read_to_string(&session).expect("it is there"), text(&["draw=both"]));
    }
}

/// A session that was only read is never written.
#[test]
fn looking_changes_nothing() {
    let folder = folder();
    let untidy = text(&["draw=both"]).replace("  ", "\t");
    write(&folder, "s.ron", &untidy);
    for arguments in [&["advise", "s.ron"][..], &["export", "s.ron"], &["--linear", "s.ron"]] {
        lines_in(folder.path(), arguments, &["q"]);
        assert_eq!(
            (read(&folder, "s.ron"), names(folder.path()).len()),
            (untidy.clone(), 1),
            "{arguments:?}"
        );
    }
    let questionnaire = sample();
    let mut store = open(&folder.path().join("s.ron"));
    let again: Option<Session> = store.load(&questionnaire).expect("it is a session");
    assert!(again.is_some());
}

/// Tests how the file itself is written: metadata is kept, and a file that cannot be replaced by a rename
/// is written in place.
#[cfg(target_os = "linux")]
mod in_place {
    use std::os::unix::fs::MetadataExt as _;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_hard_link_is_not_cut() {
        let folder = folder();
        let (path, other) = (folder.path().join("s.ron"), folder.path().join("other.ron"));
        write(&folder, "s.ron", &text(&["draw=both"]));
        fs::hard_link(&path, &other).expect("links can be made");
        let mut store = open(&path);
        for answer in ["draw=packages", "draw=language"] {
            store.save(&text(&[answer])).expect("it can be saved");
            assert_eq!(read(&folder, "other.ron"), text(&[answer]));
        }
        assert_eq!(fs::metadata(&path).expect("it is there").nlink(), 2);
        drop(store);
        assert_eq!(names(&personal(&path)), ["version-1.ron"], "nothing is left unfinished");
        langfit::session::save(&path, "a record\n").expect("it can be saved");
        assert_eq!(read(&folder, "other.ron"), "a record\n");
    }

    /// A container can mount a single file from outside. Without permission to mount, the test is skipped.
    #[test]
    fn a_file_that_is_mounted_can_be_saved() {
        let folder = folder();
        for name in ["s.ron", "outside.ron"] {
            write(&folder, name, &text(&["draw=both"]));
        }
        let script = r#"mount --bind outside.ron s.ron && exec "$1" advise s.ron --questions "$SAMPLE" --save --set draw=packages"#;
        let output = Command::new("unshare")
            .args(["--mount", "sh", "-c", script, "sh", env!("CARGO_BIN_EXE_langfit")])
            .env("XDG_STATE_HOME", state_home())
            .env("SAMPLE", crate::support::SAMPLE)
            .current_dir(folder.path())
            .output();
        let said =
            output.as_ref().map(|it| String::from_utf8_lossy(&it.stderr).into_owned()).unwrap_or_default();
        if output.is_err() || said.starts_with("unshare: ") || said.starts_with("mount: ") {
            return;
        }
        assert_eq!(said, "");
        assert!(read(&folder, "outside.ron").contains("packages"));
        assert_eq!(read(&folder, "s.ron"), text(&["draw=both"]), "what is below it is another file");
        assert_eq!(names(folder.path()), ["outside.ron", "s.ron"]);
    }

    /// Returns an extended attribute, or `None` if the file system does not support it.
    fn attribute(path: &Path, name: &str) -> Option<Vec<u8>> {
        xattr::get(path, name).ok().flatten()
    }

    /// The owner may write, the group may read, and another user may write. The mask limits the
    /// group and that user, and the mode shows it as the group bits.
    const LIST: [u8; 44] = [
        2, 0, 0, 0, // version
        1, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, // owner rw
        2, 0, 6, 0, 0xfe, 0xff, 0, 0, // user 65534 rw
        4, 0, 4, 0, 0xff, 0xff, 0xff, 0xff, // group r
        16, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, // mask rw
        32, 0, 4, 0, 0xff, 0xff, 0xff, 0xff, // other r
    ];
    const ACCESS_LIST: &str = "system.posix_acl_access";

    #[test]
    fn attributes_and_access_lists_stay() {
        let folder = folder();
        let path = folder.path().join("s.ron");
        write(&folder, "s.ron", &text(&["draw=both"]));
        for (name, value) in [("user.origin", &b"intranet"[..]), (ACCESS_LIST, &LIST)] {
            if xattr::set(&path, name, value).is_err() {
                // Not every file system supports attributes and access lists.
                return;
            }
        }
        let mode = fs::metadata(&path).expect("it is there").mode();
        open(&path).save(&text(&["draw=packages"])).expect("it can be saved");
        assert_eq!(attribute(&path, "user.origin").as_deref(), Some(&b"intranet"[..]));
        assert_eq!(attribute(&path, ACCESS_LIST).as_deref(), Some(&LIST[..]));
        assert_eq!(fs::metadata(&path).expect("it is there").mode(), mode);
    }

    /// A folder may pass on a default access list to new files, but the old file had none.
    #[test]
    fn nobody_gains_access_by_a_save() {
        let folder = folder();
        let path = folder.path().join("s.ron");
        write(&folder, "s.ron", &text(&["draw=both"]));
        if xattr::set(folder.path(), "system.posix_acl_default", &LIST).is_err() {
            return;
        }
        let mode = fs::metadata(&path).expect("it is there").mode();
        open(&path).save(&text(&["draw=packages"])).expect("it can be saved");
        assert_eq!(attribute(&path, ACCESS_LIST), None);
        assert_eq!(fs::metadata(&path).expect("it is there").mode(), mode);
    }

    /// Simulates a write in place that was interrupted by a power failure: the file holds half of the new
    /// text.
    fn cut_off(folder: &tempfile::TempDir) -> PathBuf {
        let path = folder.path().join("s.ron");
        let whole = text(&["draw=packages"]);
        write(folder, "s.ron", &whole[..whole.len() / 2]);
        fs::create_dir_all(personal(&path)).expect("it can be made");
        fs::write(personal(&path).join("unfinished"), whole).expect("it can be written");
        path
    }

    #[test]
    fn commands_refuse_a_session_whose_save_was_interrupted() {
        let folder = folder();
        let path = cut_off(&folder);
        let before = read(&folder, "s.ron");
        for arguments in [&["--linear", "s.ron"][..], &["advise", "s.ron", "--save", "--set", "draw=both"]] {
            let run = lines_in(folder.path(), arguments, &["q"]);
            assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
            assert!(run.err.contains("saving was interrupted the last time"), "{arguments:?}: {}", run.err);
        }
        assert_eq!(read(&folder, "s.ron"), before);
        // The leftovers of a completed save are removed without a message.
        write(&folder, "s.ron", &text(&["draw=packages"]));
        let run = lines_in(folder.path(), &["--linear", "s.ron"], &["q"]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(!run.out.contains("could not be saved"), "{}", run.out);
        assert!(!personal(&path).join("unfinished").exists());
    }

    #[test]
    fn what_was_cut_off_is_offered_at_the_next_start() {
        let folder = folder();
        let path = cut_off(&folder);
        crate::pty::take_what_was_cut_off(&path);
        assert!(read(&folder, "s.ron").contains("packages"));
        assert!(!personal(&path).join("unfinished").exists());
    }
}
