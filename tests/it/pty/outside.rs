//! A note in an editor of one's own.

use std::path::Path;

use rustix::process::Signal;

use super::{Pty, answered, program};

/// Opens the note in what is named as editor.
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
    let start = text.find("note: ").expect("there is a note") + 6;
    let line = text[start..].lines().next().unwrap_or_default();
    line.trim_end_matches([',', ')']).to_owned()
}

/// Writes a script that can be named as editor.
fn script(folder: &Path, text: &str) -> String {
    let path = folder.join("editor");
    std::fs::write(&path, text).expect("it can be written");
    format!("sh {} --wait", path.display())
}

#[test]
fn it_gets_the_text_the_terminal_and_the_keys_and_its_text_is_taken() {
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
    let left = std::fs::read_dir(std::env::temp_dir()).expect("it can be read");
    let named = |name: &str| output.contains(&format!("/{name}"));
    let litter = left.filter_map(Result::ok).filter(|it| named(&it.file_name().to_string_lossy()));
    assert_eq!(litter.filter(|it| it.path().extension().is_some_and(|it| it == "md")).count(), 0);
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
        (r#"echo lost >"$2"; exit 3"#, "ended with code 3"),
        (r#"rm "$2""#, "cannot be read"),
        (r#"printf '\377' >"$2""#, "is not UTF-8 text"),
        ("kill -9 $$", "was ended"),
    ];
    for (text, expected) in cases {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let session = folder.path().join("s.ron");
        let editor = script(folder.path(), text);
        let mut pty = edited(&session, &editor);
        pty.wait_for("The text is as it was");
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

/// In an editor Ctrl-C belongs to the editor; a signal that ends the program ends both.
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
