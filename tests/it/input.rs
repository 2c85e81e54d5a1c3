//! Tests the decoding of terminal input: keys, pastes, clicks and replies, whole and in pieces. Must not
//! need a terminal.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use langfit::tui::{Bytes, Decoder, join_pastes, read_batch};
use proptest::prelude::RngExt as _;
use proptest::test_runner::{TestRng, TestRunner};
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEventKind};

use crate::screen::{new_session, play_events};

/// A terminal that sends pieces of input with pauses between them.
struct Sent(VecDeque<Piece>);

#[derive(Clone, Copy)]
enum Piece {
    Bytes(&'static [u8]),
    /// No input for this long.
    Silence(Duration),
}

impl Bytes for Sent {
    fn wait(&mut self, patience: Option<Duration>) -> io::Result<bool> {
        match (self.0.front().copied(), patience) {
            (Some(Piece::Silence(silence)), Some(patience)) if patience <= silence => {
                // Time passes only while the reader waits.
                self.0[0] = Piece::Silence(silence.saturating_sub(patience));
                Ok(false)
            }
            (Some(Piece::Silence(_)), _) => {
                self.0.pop_front();
                Ok(true)
            }
            _ => Ok(true),
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(Piece::Bytes(bytes)) = self.0.pop_front() else { return Ok(0) };
        buffer[..bytes.len()].copy_from_slice(bytes);
        Ok(bytes.len())
    }
}

const fn milliseconds(count: u64) -> Piece {
    Piece::Silence(Duration::from_millis(count))
}

/// Returns all events until the input ends.
fn read(pieces: &[Piece]) -> Vec<Event> {
    let (mut source, mut decoder) = (Sent(pieces.iter().copied().collect()), Decoder::default());
    let mut events = Vec::new();
    while let Ok(more) = read_batch(&mut source, &mut decoder) {
        events.extend(more);
    }
    events
}

/// Returns the key events for these bytes, followed by a long pause.
fn keys(bytes: &'static [u8]) -> Vec<KeyEvent> {
    read(&[Piece::Bytes(bytes), milliseconds(5000)]).iter().filter_map(Event::as_key_press_event).collect()
}

fn codes(pieces: &[Piece]) -> Vec<KeyCode> {
    read(pieces).iter().filter_map(|event| event.as_key_press_event().map(|key| key.code)).collect()
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
    KeyEvent::new(code, modifiers)
}

#[test]
fn every_key_of_the_keyboard_is_known() {
    use KeyCode::{
        BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, Home, Insert, Left, PageDown, PageUp, Right,
        Tab, Up,
    };
    use KeyModifiers as With;

    let cases: &[(&'static [u8], KeyCode, KeyModifiers)] = &[
        (b"a", Char('a'), With::NONE),
        (b"A", Char('A'), With::SHIFT),
        ("é".as_bytes(), Char('é'), With::NONE),
        ("語".as_bytes(), Char('語'), With::NONE),
        ("😀".as_bytes(), Char('😀'), With::NONE),
        (b"\r", Enter, With::NONE),
        (b"\t", Tab, With::NONE),
        (b"\x7f", Backspace, With::NONE),
        (b"\x03", Char('c'), With::CONTROL),
        (b"\0", Char(' '), With::CONTROL),
        (b"\x1f", Char('7'), With::CONTROL),
        (b"\x1b", Esc, With::NONE),
        (b"\x1bb", Char('b'), With::ALT),
        (b"\x1b\x7f", Backspace, With::ALT),
        (b"\x1b\r", Enter, With::ALT),
        ("\u{1b}é".as_bytes(), Char('é'), With::ALT),
        (b"\x1b[A", Up, With::NONE),
        (b"\x1b[B", Down, With::NONE),
        (b"\x1b[C", Right, With::NONE),
        (b"\x1b[D", Left, With::NONE),
        (b"\x1bOA", Up, With::NONE),
        (b"\x1bOF", End, With::NONE),
        (b"\x1b[H", Home, With::NONE),
        (b"\x1b[4~", End, With::NONE),
        (b"\x1b[2~", Insert, With::NONE),
        (b"\x1b[3~", Delete, With::NONE),
        (b"\x1b[5~", PageUp, With::NONE),
        (b"\x1b[6~", PageDown, With::NONE),
        (b"\x1b[Z", BackTab, With::SHIFT),
        (b"\x1b[1;5D", Left, With::CONTROL),
        (b"\x1b[1;3C", Right, With::ALT),
        (b"\x1b[3;2~", Delete, With::SHIFT),
        (b"\x1b[99;5u", Char('c'), With::CONTROL),
        (b"\x1b[13;2u", Enter, With::SHIFT),
    ];
    for (bytes, code, modifiers) in cases {
        assert_eq!(keys(bytes), [key(*code, *modifiers)], "{}", bytes.escape_ascii());
    }
}

/// Terminal replies. A reply ends where its kind of sequence ends, and produces no event.
const REPLIES: [&[u8]; 22] = [
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    b"\x1b]lsx2lab: 3 requests\x1b\\",
    b"\x1b]52;c;c3gybGFi\x1b\\",
    b"\x1b[>41;354;0c",
    b"\x1b[>84;0;0c",
    b"\x1b[?62;22;52c",
    b"\x1b[=0c",
    b"\x1b[0n",
    b"\x1b[12;40R",
    b"\x1b[1;5R",
    b"\x1b[8;40;120t",
    b"\x1b[?2026;2$y",
    b"\x1b[?1u",
    b"\x1b[?997;1n",
    b"\x1bP>|tmux 3.4\x1b\\",
    b"\x1bP1$r0 q\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^private\x1b\\",
    b"\x1bXstart\x1b\\",
];

#[test]
fn a_reply_is_never_a_key_whole_or_in_pieces() {
    for reply in REPLIES {
        assert_eq!(keys(reply), [], "{}", reply.escape_ascii());
        for at in 2..reply.len() {
            let (first, second) = reply.split_at(at);
            let pieces = [Piece::Bytes(first), milliseconds(900), Piece::Bytes(second), Piece::Bytes(b"j")];
            assert_eq!(codes(&pieces), [KeyCode::Char('j')], "{} cut at {at}", reply.escape_ascii());
        }
    }
}

/// On a slow line, the Esc of a reply is taken for a key. The rest of the reply must still not produce a
/// key.
#[test]
fn a_reply_whose_first_byte_came_early_presses_no_other_key() {
    for reply in [
        &b"[>41;354;0c"[..],
        b"[?62;22;52c",
        b"]11;rgb:1e1e/1e1e/2e2e\x1b\\",
        b"P>|tmux 3.4\x1b\\",
        b"P1+r544e=78\x1b\\",
        b"P0$r\x1b\\",
        b"_Gi=31;OK\x1b\\",
    ] {
        let pieces = [Piece::Bytes(b"\x1b"), milliseconds(200), Piece::Bytes(reply), Piece::Bytes(b"j")];
        assert_eq!(codes(&pieces), [KeyCode::Esc, KeyCode::Char('j')], "{}", reply.escape_ascii());
    }
    let typed = [Piece::Bytes(b"\x1b"), milliseconds(200), Piece::Bytes(b"Pj")];
    assert_eq!(codes(&typed), [KeyCode::Esc, KeyCode::Char('P'), KeyCode::Char('j')], "keys are keys");
}

/// C1 control characters are accepted as a single byte and as UTF-8.
#[test]
fn sequences_may_begin_and_end_with_one_control_character() {
    for reply in [
        &b"\x9b>41;354;0c"[..],
        b"\xc2\x9b>41;354;0c",
        b"\x9d11;rgb:1e1e\x1b\\",
        b"\xc2\x9d11;rgb:1e1e\xc2\x9c",
        b"\x90>|x\x1b\\",
        b"\xc2\x9fGi=31;OK\xc2\x9c",
        b"\x84",
    ] {
        assert_eq!(keys(reply), [], "{}", reply.escape_ascii());
        assert_eq!(Decoder::default().take(&[reply, b"j"].concat()).len(), 1, "{}", reply.escape_ascii());
    }
    assert_eq!(read(&[Piece::Bytes(b"\xc2\x9b200~two\x1b[201~")]), [Event::Paste("two".to_owned())]);
    assert_eq!(keys(b"\x9bA"), [key(KeyCode::Up, KeyModifiers::NONE)]);
}

/// Keys and most control characters inside a reply do not end it.
#[test]
fn what_a_reply_holds_does_not_end_it() {
    for reply in [
        &b"\x1bP1+r12\x1b[A12\x1b\\"[..],
        b"\x1b]lg\xc3\x9cte\x1b\\",
        b"\x1b]l1\r2\x032\x1b\\",
        b"\x1b_1\x1b\x1b\\",
    ] {
        assert_eq!(keys(reply), [], "{}", reply.escape_ascii());
        assert_eq!(Decoder::default().patience(), None);
    }
    assert_eq!(keys(b"\x1b]11;x\x18j"), [key(KeyCode::Char('j'), KeyModifiers::NONE)], "given up");
}

#[test]
fn a_line_feed_is_a_line_and_deletes_nothing() {
    let note = |events: Vec<Event>| {
        let played = play_events(new_session(), events, (120, 40), None);
        played.note_on("draw").to_owned()
    };
    assert_eq!(note(Decoder::default().take(b"nabc def\nQ")), "abc def\nQ");
    assert_eq!(note(Decoder::default().take(b"nabc def\rQ")), "abc def\nQ");
}

#[test]
fn keys_that_are_not_bound_are_swallowed_whole() {
    for bytes in
        [&b"\x1b[[A"[..], b"\x1bOP", b"\x1bOj", b"\x1b[15~", b"\x1b[1;2P", b"\x1b[24;5~", b"\x1b[57399u"]
    {
        let mut whole = bytes.to_vec();
        whole.push(b'x');
        assert_eq!(
            Decoder::default().take(&whole),
            Decoder::default().take(b"x"),
            "{}",
            bytes.escape_ascii()
        );
    }
}

#[test]
fn an_arrow_key_in_two_pieces_is_the_arrow() {
    use KeyCode::{Char, Down, Esc, Left, Up};

    let (escape, soon, late) = (Piece::Bytes(b"\x1b"), milliseconds(20), milliseconds(30));
    assert_eq!(codes(&[escape, soon, Piece::Bytes(b"[B")]), [Down]);
    assert_eq!(codes(&[Piece::Bytes(b"\x1b["), milliseconds(900), Piece::Bytes(b"D")]), [Left]);
    assert_eq!(codes(&[escape, soon, Piece::Bytes(b"OAx")]), [Up, Char('x')]);
    assert_eq!(codes(&[escape, late, Piece::Bytes(b"j")]), [Esc, Char('j')], "Esc, and then a key");
    assert_eq!(codes(&[Piece::Bytes(b"\x1b\x1b"), late]), [Esc, Esc]);
    assert_eq!(codes(&[escape]), [Esc], "also where the terminal ends");
}

#[test]
fn an_unfinished_sequence_is_dropped_after_a_second() {
    for bytes in
        [&b"\x1b[<0;3"[..], b"\x1b[", b"\x1bO", b"\x1b]11;rgb", b"\x1bP", b"\x1b_G", b"\x1b[M ", b"\xe8\xaa"]
    {
        let pieces = [Piece::Bytes(bytes), milliseconds(1000), Piece::Bytes(b"j")];
        assert_eq!(codes(&pieces), [KeyCode::Char('j')], "{}", bytes.escape_ascii());
    }
    // A byte that cannot be part of a sequence ends the sequence immediately.
    assert_eq!(keys(b"\x1b[12\x03"), [key(KeyCode::Char('c'), KeyModifiers::CONTROL)]);
}

#[test]
fn a_paste_is_one_event_whatever_it_holds() {
    let paste = |text: &str| vec![Event::Paste(text.to_owned())];
    assert_eq!(read(&[Piece::Bytes(b"\x1b[200~- a\r- b\x1b[201~")]), paste("- a\r- b"));
    let inner = b"\x1b[200~\x1b[A \x1b[20 \x1b\x1b[201~";
    assert_eq!(read(&[Piece::Bytes(inner)]), paste("\u{1b}[A \u{1b}[20 \u{1b}"));
    for at in 1..inner.len() {
        let (first, second) = inner.split_at(at);
        let gap = if at == 1 { milliseconds(0) } else { milliseconds(900) };
        assert_eq!(
            read(&[Piece::Bytes(first), gap, Piece::Bytes(second)]),
            paste("\u{1b}[A \u{1b}[20 \u{1b}"),
            "{at}"
        );
    }
    let without_end = [Piece::Bytes(b"\x1b[200~two\nlines"), milliseconds(1000), Piece::Bytes(b"j")];
    let mut expected = paste("two\nlines");
    expected.push(Event::Key(key(KeyCode::Char('j'), KeyModifiers::NONE)));
    assert_eq!(read(&without_end), expected, "what was pasted is kept");
}

#[test]
fn an_endless_paste_takes_no_memory() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.take(b"\x1b[200~"), []);
    let piece = vec![b'x'; 1 << 16];
    for _ in 0..100 {
        assert_eq!(decoder.take(&piece), []);
    }
    let events = decoder.take(b"\x1b[201~j");
    let [Event::Paste(text), Event::Key(_)] = events.as_slice() else { panic!("it ended: {}", events.len()) };
    assert_eq!(text.len(), 1 << 20);
}

#[test]
fn clicks_and_the_wheel_are_told_in_both_forms() {
    let mouse = |bytes: &'static [u8]| match read(&[Piece::Bytes(bytes)]).as_slice() {
        [Event::Mouse(mouse)] => Some((mouse.kind, mouse.column, mouse.row)),
        [] => None,
        other => panic!("{other:?}"),
    };
    let left = MouseEventKind::Down(ratatui::crossterm::event::MouseButton::Left);
    assert_eq!(mouse(b"\x1b[<0;5;7M"), Some((left, 4, 6)));
    assert_eq!(mouse(b"\x1b[<64;300;200M"), Some((MouseEventKind::ScrollUp, 299, 199)));
    assert_eq!(mouse(b"\x1b[<65;1;1M"), Some((MouseEventKind::ScrollDown, 0, 0)));
    assert_eq!(mouse(b"\x1b[M %'"), Some((left, 4, 6)));
    assert_eq!(mouse(b"\x1b[<35;5;7M"), None, "a move");
    assert_eq!(mouse(b"\x1b[<0;0;7M"), None, "no such place");
}

/// Returns a terminated reply of random kind and length.
fn random_reply(rng: &mut TestRng) -> Vec<u8> {
    let text = |rng: &mut TestRng, from: u8, to: u8| -> Vec<u8> {
        (0..rng.random_range(0..40)).map(|_| rng.random_range(from..=to)).collect()
    };
    if rng.random() {
        // A control sequence with a private marker, which no key has.
        let mark = b"?>="[rng.random_range(0..3)];
        let last = rng.random_range(b'@'..=b'~');
        [b"\x1b[".as_slice(), &[mark], &text(rng, b'0', b';'), &[last]].concat()
    } else {
        let first = b"]PX^_"[rng.random_range(0..5)];
        let end: &[u8] = if first == b']' && rng.random() { b"\x07" } else { b"\x1b\\" };
        [&[0x1b, first], text(rng, b' ', b'~').as_slice(), end].concat()
    }
}

#[test]
fn a_million_random_replies_press_no_key() {
    let mut runner = TestRunner::deterministic();
    let rng = runner.rng();
    let mut decoder = Decoder::default();
    for round in 0..1_000_000 {
        let reply = random_reply(rng);
        let at = rng.random_range(0..=reply.len());
        let mut events = decoder.take(&reply[..at]);
        events.extend(decoder.take(&reply[at..]));
        assert_eq!(events, [], "reply {round}: {}", reply.escape_ascii());
        assert_eq!(decoder.patience(), None, "it is over: {}", reply.escape_ascii());
    }
    assert_eq!(decoder.take(b"j").len(), 1, "keys are keys all the same");
}

#[test]
fn any_bytes_at_all_leave_the_decoder_fit_for_the_next_key() {
    let mut runner = TestRunner::deterministic();
    let rng = runner.rng();
    for _ in 0..50_000 {
        let bytes: Vec<u8> = (0..rng.random_range(0..30))
            .map(|_| {
                if rng.random_range(0..4) == 0 {
                    b"\x1b[]OM<~;2"[rng.random_range(0..9)]
                } else {
                    rng.random()
                }
            })
            .collect();
        let mut decoder = Decoder::default();
        decoder.take(&bytes);
        decoder.give_way();
        assert_eq!(decoder.patience(), None, "{}", bytes.escape_ascii());
        assert_eq!(decoder.take(b"j"), Decoder::default().take(b"j"), "{}", bytes.escape_ascii());
    }
}

#[test]
fn replies_change_no_answer_and_open_no_page() {
    let events = REPLIES.iter().flat_map(|reply| Decoder::default().take(reply)).collect();
    let played = play_events(new_session(), events, (120, 40), None);
    assert_eq!(*played.session(), new_session());
    assert!(played.saves.is_empty() && !played.left);
}

#[test]
fn a_paste_outside_a_text_field_changes_nothing_and_says_so() {
    let cases = [
        ("", "- a\n- b\n- f", true),
        ("", "sx2lab: 3 requests", true),
        ("<tab>", "e\n", false),
        ("e", "q", false),
    ];
    for (before, text, writes_notes) in cases {
        let mut events: Vec<Event> = crate::screen::parse(before).into_iter().map(Event::Key).collect();
        events.push(Event::Paste(text.to_owned()));
        let played = play_events(new_session(), events, (120, 40), None);
        assert_eq!(*played.session(), new_session(), "{text} after {before}");
        played.assert_shows("Pasted text ignored");
        assert_eq!(played.shows("n writes a note"), writes_notes, "only where it does: {before}");
        assert!(played.saves.is_empty() && !played.left);
    }
}

#[test]
fn control_h_is_backspace_everywhere() {
    assert_eq!(crate::screen::play("2<c-h>").chosen("draw"), Vec::<String>::new());
    crate::screen::play("nabc<c-h>").assert_shows("ab");
    assert!(!crate::screen::play("nabc<c-h>").shows("abc"));
}

#[test]
fn a_letter_of_another_layout_is_explained_once() {
    let said = "“о” is not a key here; on a Latin keyboard layout the same key is j";
    crate::screen::play("о").assert_shows(said);
    assert!(!crate::screen::play("оо").shows("“о”"), "once");
    crate::screen::play("Φ").assert_shows("the same key is F");
    for other in ["語", "é", "１", "“"] {
        let said = format!("“{other}” is not a key here; keys are the letters a to z, digits and signs");
        crate::screen::play(other).assert_shows(&said);
    }
    assert!(!crate::screen::play("nо").shows("is not a key"), "in a text field it is a letter");
    assert!(!crate::screen::play("Y").shows("is not a key"), "a Latin letter without a binding says nothing");
}

/// What a Windows console reports for these characters: each key is pressed and released.
fn console(text: &str) -> Vec<Event> {
    let code = |character| match character {
        '\n' => KeyCode::Enter,
        '\u{1b}' => KeyCode::Esc,
        character => KeyCode::Char(character),
    };
    let press = |character| KeyEvent::new(code(character), KeyModifiers::NONE);
    let release = |key: KeyEvent| KeyEvent { kind: KeyEventKind::Release, ..key };
    text.chars().map(press).flat_map(|key| [Event::Key(key), Event::Key(release(key))]).collect()
}

#[test]
fn text_pasted_into_a_console_does_not_act_as_keys() {
    assert_eq!(join_pastes(console("2\nq\nx")), [Event::Paste("2\nq\nx".to_owned())]);
    let marked = "\u{1b}[200~2\nq\u{1b}[201~";
    assert_eq!(join_pastes(console(marked)), [Event::Paste("2\nq".to_owned())]);
    let mut around = console("j");
    around.push(Event::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE)));
    let before = around.clone();
    around.extend(console("answers"));
    let joined = join_pastes(around);
    assert_eq!(joined[..3], before);
    assert_eq!(joined[3..], [Event::Paste("answers".to_owned())]);
}

#[test]
fn keys_typed_into_a_console_stay_keys() {
    for typed in ["2", "jjk\n", "jjjjjjjjjjjj", "\u{1b}"] {
        assert_eq!(join_pastes(console(typed)), console(typed), "{typed:?}");
    }
    let mut commands = console("ab");
    let control = Event::Key(KeyEvent::new(KeyCode::Char('o'), KeyModifiers::CONTROL));
    commands.extend([control, Event::Resize(80, 24)]);
    commands.extend(console("cd"));
    assert_eq!(join_pastes(commands.clone()), commands);
}
