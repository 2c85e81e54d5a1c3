//! Tests terminals that lack features, report a wrong size, or send input that the user did not type.

use std::num::NonZero;

use portable_pty::PtySize;

use super::{Pty, answered, program, session_in};

/// Returns the final screen of a terminal that has no alternate screen and was full of text at the start.
fn on_one_screen(raw: &[u8]) -> vt100::Parser {
    let [rows, columns] = [40, 120].map(|size| NonZero::new(size).expect("it is not zero"));
    let mut screen = vt100::Parser::new(rows, columns, 0);
    screen.process("old ".repeat(40 * 30).as_bytes());
    let text = String::from_utf8_lossy(raw).replace("\u{1b}[?1049h", "").replace("\u{1b}[?1049l", "");
    screen.process(text.as_bytes());
    screen
}

#[test]
fn without_a_second_screen_nothing_old_shines_through() {
    let (_folder, session) = session_in();
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recommendation");
    assert!(!on_one_screen(&pty.raw).screen().contents().contains("old"));
    pty.press("q");
    let (code, output) = pty.end();
    assert_eq!(code, 0);
    let screen = on_one_screen(output.as_bytes());
    let contents = screen.screen().contents();
    let lines: Vec<&str> = contents.lines().collect();
    assert_eq!(lines.last(), Some(&"No answers, so nothing was saved."), "{contents}");
    assert_eq!(screen.screen().cursor_position().1, 0, "the shell begins a line");
}

#[test]
fn after_an_editor_nothing_of_it_shines_through() {
    let (_folder, session) = session_in();
    let mut command = program(&session, &[]);
    command.env("VISUAL", "sh -c 'yes old | head -60' --");
    let mut pty = answered(command);
    pty.press("n\u{f}");
    pty.wait_until("taken over", |pty| pty.raw.windows(8).filter(|it| it == b"\x1b[?1049h").count() == 2);
    pty.wait_for("Recommendation");
    assert!(!on_one_screen(&pty.raw).screen().contents().contains("old"));
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn control_l_draws_everything_anew() {
    let (_folder, session) = session_in();
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recommendation");
    pty.screen.process(b"\x1b[2J\x1b[HBroadcast message");
    pty.press("\u{c}");
    pty.wait_for("Recommendation");
    pty.wait_until("what was written over it is gone", |pty| {
        !pty.screen.screen().contents().contains("Broadcast")
    });
    pty.press("q");
    assert_eq!(pty.end().0, 0);
}

#[test]
fn an_impossible_terminal_size_falls_back_to_a_valid_one() {
    for (rows, cols) in [(0, 0), (0, 80), (65535, 65535)] {
        let (_folder, session) = session_in();
        let mut pty = Pty::sized(program(&session, &[]), PtySize { rows, cols, ..PtySize::default() });
        // The test's screen has another size, so only the raw output can be searched.
        pty.wait_until("it draws", |pty| pty.raw.windows(4).any(|it| it == b"quit"));
        let better = PtySize { rows: 40, cols: 120, ..PtySize::default() };
        pty.master.resize(better).expect("it has another size");
        pty.wait_for("┌ Questions");
        pty.wait_for("q quit");
        pty.press("q");
        assert_eq!(pty.end().0, 0, "{rows}×{cols}");
    }
}

#[test]
fn without_utf_8_signs_are_ascii() {
    for (name, value, ascii) in
        [("LC_ALL", "C", true), ("LC_ALL", "de_DE.ISO-8859-1", true), ("LC_ALL", "en_US.utf8", false)]
    {
        let (_folder, session) = session_in();
        let mut command = program(&session, &[]);
        command.env(name, value);
        let mut pty = Pty::run(command);
        pty.wait_for("Recommendation");
        pty.wait_for("q quit");
        assert_eq!(pty.screen.screen().contents().contains('│'), !ascii, "{name}={value}");
        pty.press("q");
        assert_eq!(pty.end().0, 0);
    }
}

#[test]
fn a_paste_and_a_reply_change_nothing_on_the_screen() {
    let (_folder, session) = session_in();
    let mut pty = Pty::start(&session, &[]);
    pty.wait_for("Recommendation");
    pty.press("\u{1b}]11;rgb:1e1e/1e1e/2e2e\u{1b}\\\u{1b}[>41;354;0c\u{1b}P>|tmux 3.4\u{1b}\\\u{1b}_Gi=1;OK\u{1b}\\");
    pty.press("\u{1b}[200~- a\r- b\rq\r\u{1b}[201~");
    pty.wait_for("Pasted text ignored; n writes a note");
    pty.press("n\u{1b}[200~two\rlines\u{1b}[201~");
    pty.wait_for("lines");
    pty.wait_for("  saved");
    pty.press("\u{3}");
    assert_eq!(pty.end().0, 0);
    let text = std::fs::read_to_string(&session).expect("the note was saved");
    assert!(text.contains(r"two\nlines") && !text.contains("Chosen"), "{text}");
}

#[test]
fn a_reply_that_an_editor_asked_for_is_no_text() {
    let (_folder, session) = session_in();
    let mut command = program(&session, &[]);
    command.env("VISUAL", r"sh -c 'printf \\033[\>c' --");
    let mut pty = answered(command);
    pty.press("nold words");
    pty.wait_for("old words");
    pty.press("\u{f}");
    pty.wait_until("it asked", |pty| pty.raw.windows(4).any(|it| it == b"\x1b[>c"));
    pty.press("\u{1b}[>84;0;0c!");
    pty.wait_for("old words!");
    pty.press("\u{3}");
    // `end` must not see the query, because the editor sent it, not the program.
    pty.raw.clear();
    assert_eq!(pty.end().0, 0);
    let text = std::fs::read_to_string(&session).expect("the note was saved");
    assert!(text.contains(r#""old words!""#), "{text}");
}
