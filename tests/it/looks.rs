//! Tests frames with ASCII signs, and when these are used. The content is out of scope.

use langfit::session::Session;
use langfit::tui::{Capabilities, Host, messages, speaks_utf8};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::frames::billing;
use crate::screen::{idle_shell, play_on, questionnaire};

struct Still;

impl Host for Still {
    fn show(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Returns the frame after these keys.
fn frame(session: Session, keys: &str, capabilities: Capabilities) -> String {
    let mut app = play_on(session, keys, (120, 60)).app;
    let mut terminal = Terminal::new(TestBackend::new(120, 60)).expect("the test backend cannot fail");
    let (sender, receiver) = messages();
    drop(sender);
    let shell = idle_shell(&receiver, capabilities);
    shell.run(&mut terminal, &mut app, &mut Still).expect("the test backend cannot fail");
    let buffer = terminal.backend().buffer();
    let rows = buffer.content.chunks(120);
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>() + "\n").collect()
}

const ASCII: Capabilities = Capabilities { colour: true, ascii: true };

#[test]
fn in_ascii_every_sign_of_the_program_is_ascii() {
    for keys in [
        "",
        "?",
        "w",
        "v",
        "<tab>",
        "<backtab>",
        "p<tab><enter>",
        "<go:shape>n",
        "<go:arrival>p1p<down><space>p",
        "<go:parts>nnote",
        "3<enter>",
        "M",
    ] {
        let plain = frame(billing(), keys, ASCII);
        let left: Vec<char> = plain.chars().filter(|character| !character.is_ascii()).collect();
        assert!(left.is_empty(), "after {keys}: {left:?}\n{plain}");
        let drawn = frame(billing(), keys, Capabilities::default());
        assert_eq!(plain.chars().count(), drawn.chars().count(), "nothing moves after {keys}");
        assert!(drawn.contains('│'), "after {keys}");
    }
}

/// "Answered", "open", "not sure" and "does not apply" still have different signs.
#[test]
fn in_ascii_signs_with_different_meanings_stay_different() {
    let mut session = billing();
    for assignment in ["control=?", "types=-"] {
        session.assign(&questionnaire(), assignment).expect("the question exists");
    }
    let frame = frame(session, "", ASCII);
    for line in ["x 1 What draws you", ". 5 Use of CPU", "? 3 Runtime", "- 4 What types"] {
        assert!(frame.contains(line), "{line}\n{frame}");
    }
}

#[test]
fn the_locale_says_whether_there_is_utf_8() {
    let cases = [
        (&[][..], false),
        (&[("LANG", "C.UTF-8")], true),
        (&[("LANG", "en_US.utf8")], true),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], false),
        (&[("LANG", "en_US.UTF-8"), ("LC_CTYPE", "POSIX")], false),
        (&[("LANG", "C"), ("LC_CTYPE", "UTF-8")], true),
        (&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "")], true),
        (&[("LANG", "ja_JP.eucJP")], false),
    ];
    for (variables, expected) in cases {
        let find =
            |name: &str| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(speaks_utf8(find), expected, "{variables:?}");
    }
}

#[test]
fn in_ascii_what_people_wrote_stays() {
    let mut session = billing();
    session.details.title = "Größe 语言 язык".to_owned();
    let frame = frame(session, "", ASCII);
    let title = frame.lines().next().expect("there is a header").replace(' ', "");
    assert!(title.contains("Größe语言язык"), "{title}");
}

#[test]
fn options_of_the_screen_are_refused_before_a_command() {
    let folder = crate::cli::folder();
    for arguments in [&["--mouse", "questions"][..], &["--ascii", "advise"], &["--color", "never", "check"]] {
        let run = crate::cli::langfit(folder.path(), arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.err.contains("first and its options after it"), "{arguments:?}: {}", run.err);
    }
}
