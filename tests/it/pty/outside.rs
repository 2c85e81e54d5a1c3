//! Tests editing a note in the user's own editor.

use std::path::Path;

use rustix::process::Signal;

use super::{Pty, answered, program};

/// Writes a note on the first question and opens it in this editor.
fn edited(session: &Path, editor: &str) -> Pty {
    let mut command = program(session, &[]);
    command.env("VISUAL", "");
    command.env("EDITOR", editor);
    let mut pty = answered(command);
    pty.press("nold words");
    pty.wait_for("old words");
    pty.press("\u{f}");
    pty
}

fn note(session: &Path) -> String {
    let text = std::fs::read_to_string(session).expect("the session was saved");
    let start = text.find(" note: ").expect("there is a note") + 7;
    let line = text[start..].lines().next().unwrap_or_default();
    line.trim_end_matches(',').to_owned()
}

/// Writes a script that serves as the editor. Returns the command that runs it.
fn script(folder: &Path, text: &str) -> String {
    let path = folder.join("editor");
    std::fs::write(&path, text).expect("it can be written");
    format!("sh {} --wait", path.display())
}

#[test]
fn an_editor_gets_text_and_terminal_and_its_result_is_used() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let editor = script(
        folder.path(),
        r#"echo "asked with $1 for $(cat "$2")"; stty -a | grep -o -- "-\?icanon"
read -r words; printf 'new %s\r\nand\033more\n' "$words" >"$2.new"; mv "$2.new" "$2""#,
    );
    let mut pty = edited(&session, &editor);
    pty.wait_for("asked with --wait for old words");
    pty.wait_for("icanon");
    assert!(pty.is_whole(), "the editor finds the terminal as it was");
    pty.press("typed here\r");
    pty.wait_until("taken over", |pty| pty.screen.screen().alternate_screen());
    pty.wait_for("new typed here");
    pty.wait_for("  saved");
    pty.press("!\u{3}");
    let (code, output) = pty.end();
    assert_eq!(code, 0, "{output}");
    assert_eq!(note(&session), r#""new typed here\nand␛more!""#);
}

#[test]
fn a_text_that_is_too_long_is_cut_and_that_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let editor = script(folder.path(), r#"printf '%04100d\n' 7 >"$2""#);
    let mut pty = edited(&session, &editor);
    pty.wait_for("The limit is 4000 characters; 100 were left out");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
    assert_eq!(note(&session).len(), 4002);
}

#[test]
fn an_editor_that_fails_leaves_the_text_as_it_was() {
    let cases = [
        ("exit 3", "ended with code 3"),
        (r#"rm "$2""#, "cannot be read"),
        (r#"printf '\377' >"$2""#, "is not UTF-8 text"),
        ("kill -9 $$", "was killed"),
    ];
    for (text, expected) in cases {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let session = folder.path().join("s.ron");
        let editor = script(folder.path(), text);
        let mut pty = edited(&session, &editor);
        pty.wait_for("The text is unchanged");
        pty.wait_for(expected);
        pty.press("!\u{3}");
        assert_eq!(pty.end().0, 0);
        assert_eq!(note(&session), r#""old words!""#);
    }
}

#[test]
fn an_editor_that_does_not_exist_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = edited(&session, "no-such-editor --wait");
    pty.wait_for("the editor no-such-editor --wait was not found");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
}

/// Ctrl-C goes to the running editor. A signal that ends the program ends the editor too.
#[test]
fn signals_of_the_keyboard_are_the_editors_and_others_end_both() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let editor = script(folder.path(), r#"trap "" INT; echo listening; exec cat"#);
    let mut pty = edited(&session, &editor);
    pty.wait_for("listening");
    pty.press("\u{3}");
    pty.wait_for("^C");
    pty.press("still here\r");
    pty.wait_for("still here\nstill here");
    pty.signal(Signal::TERM);
    let (code, output) = pty.end();
    assert_eq!(code, 143, "{output}");
    assert_eq!(note(&session), r#""old words""#);
}

/// Returns the path of the file that is passed to the editor for the note on the first question.
fn kept(session: &Path) -> std::path::PathBuf {
    crate::saving::personal(session).join("draft-note-draw.md")
}

#[test]
fn what_an_editor_wrote_before_it_failed_is_taken() {
    for (text, said) in [
        (r#"echo kept >"$2"; exit 3"#, "ended with code 3"),
        (r#"echo kept >"$2"; kill -9 $$"#, "was killed"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let session = folder.path().join("s.ron");
        let editor = script(folder.path(), text);
        let mut pty = edited(&session, &editor);
        pty.wait_for(said);
        pty.wait_for("its text is used");
        pty.press("!\u{3}");
        assert_eq!(pty.end().0, 0);
        assert_eq!(note(&session), r#""kept!""#);
    }
}

/// Editors with their own window return immediately unless they are told to wait.
#[test]
fn an_editor_that_returns_at_once_may_write_later() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = edited(&session, "true");
    pty.wait_for("The editor changed nothing. If it is still open, save there and press Ctrl-O again");
    std::fs::write(kept(&session), "late words\n").expect("it is kept");
    pty.press("\u{f}");
    pty.wait_for("The text that the editor saved later is used");
    pty.press("!");
    pty.wait_for("late words!");
    // The next time, the editor is opened again with the current text.
    pty.press("\u{f}");
    pty.wait_for("The editor changed nothing");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
    assert_eq!(note(&session), r#""late words!""#);
    assert_eq!(std::fs::read_to_string(kept(&session)).expect("it is kept"), "late words!\n");
}

#[test]
fn a_late_edit_is_applied_at_the_next_start_and_undoable() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = edited(&session, "true");
    pty.wait_for("The editor changed nothing");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
    std::fs::write(kept(&session), "late words\n").expect("it is kept");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("The text your editor saved later is now the text of What draws you");
    pty.wait_for("  saved");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_eq!(note(&session), r#""late words""#);
    // An edit that was undone is not applied again at the next start.
    std::fs::write(kept(&session), "again\n").expect("it is kept");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("The text your editor saved later");
    pty.press("u");
    pty.wait_for("Undone: the note");
    pty.wait_for("  saved");
    pty.press("q");
    assert_eq!(pty.end().0, 0);
    assert_eq!(note(&session), r#""late words""#);
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("  saved");
    assert!(!pty.screen.screen().contents().contains("The text your editor saved later"));
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn the_files_of_an_editor_are_kept_for_seven_days() {
    use std::time::{Duration, SystemTime};

    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = edited(&session, "true");
    pty.wait_for("The editor changed nothing");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
    let mark = kept(&session).with_extension("seen");
    for (hours, stays) in [(7 * 24 - 1, true), (7 * 24 + 1, false)] {
        let file = std::fs::File::options().write(true).open(kept(&session)).expect("it is kept");
        file.set_modified(SystemTime::now() - Duration::from_secs(hours * 60 * 60)).expect("it is ours");
        let mut pty = Pty::start(&session, &[]);
        pty.wait_for("  saved");
        pty.press("q");
        assert_eq!(pty.end().0, 0);
        assert_eq!((kept(&session).exists(), mark.exists()), (stays, stays), "{hours} hours");
    }
}

/// Passes the note to an editor that returns immediately.
fn lent(session: &Path) -> Pty {
    let mut pty = edited(session, "true");
    pty.wait_for("The editor changed nothing");
    pty
}

fn quit(mut pty: Pty, key: &str) {
    pty.press(key);
    assert_eq!(pty.end().0, 0);
}

/// Returns the editor's text that was set aside instead of being applied.
fn aside(session: &Path) -> String {
    let path = crate::saving::personal(session).join("late-note-draw-1.md");
    std::fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn what_was_typed_since_is_not_replaced_by_a_late_editor() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = lent(&session);
    pty.press(" and newer");
    std::fs::write(kept(&session), "late words\n").expect("it is kept");
    pty.press("\u{f}");
    pty.wait_for("The text changed while the editor was open, so its version is not used");
    pty.wait_for("late-note-draw-1.md");
    // The next time, the editor is opened again with the current text, and nothing is lost.
    pty.press("\u{f}");
    pty.wait_for("The editor changed nothing");
    quit(pty, "\u{3}");
    assert_eq!(note(&session), r#""old words and newer""#);
    assert_eq!(aside(&session), "late words\n");
}

#[test]
fn what_was_typed_or_taken_back_since_is_not_replaced_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = lent(&session);
    pty.press(" and newer");
    quit(pty, "\u{3}");
    std::fs::write(kept(&session), "late words\n").expect("it is kept");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("late-note-draw-1.md");
    quit(pty, "q");
    assert_eq!(
        (note(&session), aside(&session)),
        (r#""old words and newer""#.to_owned(), "late words\n".to_owned())
    );

    let session = folder.path().join("t.ron");
    let pty = lent(&session);
    quit(pty, "\u{3}");
    std::fs::write(kept(&session), "late words\n").expect("it is kept");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("The text your editor saved later is now");
    pty.press("u");
    pty.wait_for("Undone: the note");
    quit(pty, "q");
    assert_eq!(note(&session), r#""old words""#);
    std::fs::write(kept(&session), "later words\n").expect("it is kept");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("late-note-draw-1.md");
    quit(pty, "q");
    assert_eq!((note(&session), aside(&session)), (r#""old words""#.to_owned(), "later words\n".to_owned()));
}

/// Some editors truncate a file before they write it.
#[test]
fn an_empty_late_edit_does_not_replace_the_text() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let session = folder.path().join("s.ron");
    let mut pty = lent(&session);
    std::fs::write(kept(&session), "").expect("it is kept");
    pty.press("\u{f}");
    pty.wait_for("The text from the editor is empty and was ignored");
    quit(pty, "\u{3}");
    std::fs::write(kept(&session), "\n").expect("it is kept");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("The text your editor saved later");
    pty.wait_for("is empty and was ignored");
    quit(pty, "q");
    assert_eq!(note(&session), r#""old words""#);
    // What the editor writes afterwards is applied.
    std::fs::write(kept(&session), "late words\n").expect("it is kept");
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("The text your editor saved later is now");
    quit(pty, "q");
    assert_eq!(note(&session), r#""late words""#);
}
