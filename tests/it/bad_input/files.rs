//! Tests paths that do not name a text file of valid size, and standard input. Notation is out of scope.

use std::fs;

use tempfile::TempDir;

use super::{RIGHT, changed};
use crate::cli::{folder, langfit, write};

#[test]
fn a_file_that_is_not_text_is_rejected_before_parsing() {
    let folder = folder();
    let wide =
        |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin = changed(RIGHT, "Which?", "Wé?").chars().map(|it| it as u8).collect();
    let nul = changed(RIGHT, "Which?", "W\0").into_bytes();
    let marked = format!("\u{feff}{RIGHT}");
    let utf16 = "is not UTF-8 text, it looks like UTF-16; save it as UTF-8";
    let nul_byte = "is not UTF-8 text, it has a NUL byte and may be UTF-16; save it as UTF-8";
    for (bytes, message) in [
        (wide(&marked, u16::to_le_bytes), format!(":1:1: {utf16}")),
        (wide(&marked, u16::to_be_bytes), format!(":1:1: {utf16}")),
        (wide(RIGHT, u16::to_le_bytes), format!(":1:2: {nul_byte}")),
        (latin, ":13:14: is not UTF-8 text; save it as UTF-8".to_owned()),
        (nul, format!(":13:14: {nul_byte}")),
        (
            vec![b' '; 1024 * 1024 + 1],
            ": has 1048577 bytes, the limit is 1048576; split it or shorten it".to_owned(),
        ),
    ] {
        fs::write(folder.path().join("bad.ron"), &bytes).expect("it can be written");
        check_unreadable(&folder, "bad.ron", &format!("bad.ron{message}\n"));
        assert_eq!(fs::read(folder.path().join("bad.ron")).expect("it is there"), bytes);
    }
    fs::write(folder.path().join("large.ron"), vec![b' '; 1024 * 1024]).expect("it can be written");
    let run = langfit(folder.path(), &["check", "large.ron"]);
    assert!(
        run.out.starts_with("large.ron:1:1: the file is empty; "),
        "the limit itself is allowed: {}",
        run.out
    );
}

/// Checks that every command that could read the file prints this one sentence and exits with code 2.
#[track_caller]
fn check_unreadable(folder: &TempDir, name: &str, message: &str) {
    let commands: [&[&str]; 4] = [
        &["check", name],
        &["advise", "--questions", name, "--set", "one=x"],
        &["advise", name],
        &["export", name],
    ];
    for arguments in commands {
        let run = langfit(folder.path(), arguments);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(2), "", message), "{arguments:?}");
    }
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub.ron")).expect("it can be made");
    check_unreadable(&folder, "sub.ron", "sub.ron: is a folder; name a file\n");
    for arguments in [["check", "no\u{1b}\n.ron"], ["advise", "no\u{1b}\n.ron"]] {
        let run = langfit(folder.path(), &arguments);
        assert_eq!(run.code, Some(2));
        assert!(run.err.starts_with("no␛ .ron: "), "{}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_loops_are_refused_at_once() {
    use std::os::unix::fs::symlink;

    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(path("fifo.ron")).status();
    assert!(made.is_ok_and(|status| status.success()), "a named pipe can be made");
    symlink("/dev/zero", path("zero.ron")).expect("links can be made");
    let _socket = std::os::unix::net::UnixListener::bind(path("socket.ron")).expect("a socket can be made");
    let refused = "is not a regular file; copy its content into one";
    for name in ["fifo.ron", "zero.ron", "socket.ron"] {
        check_unreadable(&folder, name, &format!("{name}: {refused}\n"));
    }
    symlink("loop.ron", path("loop.ron")).expect("links can be made");
    for arguments in [["check", "loop.ron"], ["advise", "loop.ron"]] {
        let run = langfit(folder.path(), &arguments);
        assert_eq!((run.code, run.err.lines().count()), (Some(2), 1), "{}", run.err);
        assert!(run.err.starts_with("loop.ron: cannot be read: "), "{}", run.err);
    }
    write(&folder, "right.ron", RIGHT);
    symlink("right.ron", path("link.ron")).expect("links can be made");
    assert_eq!(langfit(folder.path(), &["check", "link.ron"]).code, Some(0));
}

/// Windows says that there are no such files.
#[cfg(unix)]
#[test]
fn an_unreadable_path_is_reported_in_one_sentence() {
    let folder = folder();
    write(&folder, "right.ron", RIGHT);
    let long = format!("{}.ron", "n".repeat(300));
    for name in ["right.ron/in/it.ron", long.as_str()] {
        for arguments in [["check", name], ["advise", name], ["export", name]] {
            let run = langfit(folder.path(), &arguments);
            assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
            assert!(run.err.starts_with(&format!("{name}: cannot be read: ")), "{}", run.err);
            assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        }
    }
}

/// Runs the program with this standard input. Returns the exit code, standard output and standard error.
fn with_input(
    folder: &TempDir,
    arguments: &[&str],
    input: impl Into<Vec<u8>>,
) -> (Option<i32>, String, String) {
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("langfit"));
    command.current_dir(folder.path()).env("XDG_STATE_HOME", crate::support::state_home());
    let output = command.args(arguments).write_stdin(input).output();
    let output = output.expect("the program was built");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn standard_input_is_read_only_where_it_is_asked_for() {
    let folder = folder();
    let (code, out, err) = with_input(&folder, &["check", "-"], RIGHT);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("standard input: no errors, "), "{out}");
    let advise = ["advise", "--questions", "-", "--set", "one=x"];
    let (code, out, err) = with_input(&folder, &advise, RIGHT);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("A for the whole system"), "{out}");
    let (code, out, _) = with_input(&folder, &["check", "-"], changed(RIGHT, "kind: One", "kind: Oen"));
    assert_eq!(code, Some(1));
    assert!(out.starts_with("standard input:15:13: unknown name `Oen`; "), "{out}");
    let (code, _, err) = with_input(&folder, &["check", "-"], [b'(', 0xff]);
    assert_eq!((code, err.as_str()), (Some(2), "standard input:1:2: is not UTF-8 text; save it as UTF-8\n"));
    let (code, _, err) = with_input(&folder, &advise, vec![b' '; 1024 * 1024 + 1]);
    let limit = "standard input: has more than 1048576 bytes, which is the limit; split it or shorten it\n";
    assert_eq!((code, err.as_str()), (Some(2), limit));
    // Standard input is not read without `-`, and `-` is refused where answers come from standard input.
    let (code, out, _) = with_input(&folder, &["check"], changed(RIGHT, "kind: One", "kind: Oen"));
    assert_eq!(code, Some(0), "{out}");
    for arguments in [&["--questions", "-"][..], &["--questions", "-", "--linear"]] {
        let (code, out, err) = with_input(&folder, arguments, RIGHT);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains(": standard input is needed for the answers; "), "{err}");
    }
    // A file named `-` is read as `./-`.
    write(&folder, "-", RIGHT);
    let (code, out, _) = with_input(&folder, &["check", "./-"], "");
    assert_eq!(code, Some(0));
    assert!(out.contains("./-: no errors, "), "{out}");
}

#[cfg(unix)]
#[test]
fn a_session_behind_a_link_stays_behind_it() {
    use std::os::unix::fs::symlink;

    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("sub")).expect("it can be made");
    symlink("sub/real.ron", path("link.ron")).expect("links can be made");
    // Saves through a dangling link first, then through a link to the existing file.
    for answer in ["draw=both", "draw=packages"] {
        let run = langfit(folder.path(), &["advise", "link.ron", "--save", "--set", answer]);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(path("link.ron").is_symlink() && !path("sub/real.ron").is_symlink());
        let saved = fs::read_to_string(path("sub/real.ron")).expect("it was saved");
        assert!(saved.contains(&answer.replace("draw=", "Chosen([\"")), "{saved}");
    }
}
