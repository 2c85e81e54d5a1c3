//! Tests properties of every screen at every size: whole words, straight borders, a correct footer, and the
//! real cursor on the focused item. Must not depend on the content of a page.

use std::sync::LazyLock;

use langfit::keys::{Context, PaneKeys, resolve};
use langfit::questionnaire::Kind;
use langfit::screen::{App, View, bindings, draw};
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

use crate::frames::billing;
use crate::screen::{Fails, opened, play, play_app, play_disk, play_on, row};

const SIZES: [(u16, u16); 5] = [(200, 60), (120, 40), (80, 24), (60, 20), (40, 12)];

/// Keys that open every pane and page, except the pages for precedents, rescued answers and the session file.
const PAGES: [&str; 19] = [
    "",
    "<tab>",
    "<backtab>",
    "p",
    "?",
    "w",
    "m",
    "r",
    "v",
    "i",
    "i<enter>",
    "D",
    "D<enter>",
    "e",
    "/",
    "/core",
    "n",
    "p<tab><enter>",
    "z",
];

fn drawn(app: &App, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("the test backend cannot fail");
    terminal.draw(|frame| draw(frame, app, &mut View::default())).expect("the test backend cannot fail");
    terminal.backend().buffer().clone()
}

/// A page or pane as drawn.
struct Shown {
    buffer: Buffer,
    context: Context,
    /// Whether a message about the last key is shown.
    says: bool,
    /// Description for failure messages.
    what: String,
}

/// Returns the pages and panes from [`PAGES`] at every size, drawn once for all tests.
fn every_page() -> &'static [Shown] {
    static ALL: LazyLock<Vec<Shown>> = LazyLock::new(|| {
        let shown = |page: &str| {
            let played = play_on(billing(), page, (120, 40));
            SIZES.map(|size| Shown {
                buffer: drawn(&played.app, size),
                context: played.app.context(),
                says: played.message().is_some(),
                what: format!("{page} at {}×{}", size.0, size.1),
            })
        };
        PAGES.into_iter().flat_map(shown).collect()
    });
    &ALL
}

#[test]
fn borders_are_straight_and_closed() {
    for Shown { buffer, what, .. } in every_page() {
        let Rect { width, height, .. } = buffer.area;
        let symbol = |x: u16, y: u16| buffer[(x, y)].symbol();
        let last = height - if height >= 16 { 3 } else { 2 };
        for (x, y, corner) in [(0, 1, "┌"), (width - 1, 1, "┐"), (0, last, "└"), (width - 1, last, "┘")]
        {
            assert_eq!(symbol(x, y), corner, "{what}");
        }
        for y in 2..last {
            for x in [0, width - 1] {
                assert!(["│", "┌", "┐", "└", "┘"].contains(&symbol(x, y)), "row {y} of {what}");
            }
        }
    }
}

#[test]
fn no_pane_is_empty() {
    for Shown { buffer, what, .. } in every_page() {
        let text: String = (2..buffer.area.height - 3).map(|y| row(buffer, y)).collect();
        assert!(text.chars().any(char::is_alphanumeric), "{what}");
    }
}

/// The footer shows whole entries of the binding table, and each of its keys works in that context.
#[test]
fn the_footer_is_whole_and_true() {
    for Shown { buffer, context, says, what } in every_page() {
        let line = row(buffer, buffer.area.height - 1);
        let mut rest = line.trim();
        let briefs: Vec<_> = bindings().filter(|it| it.works(*context)).filter_map(|it| it.brief).collect();
        // A message can take up the row of the keys, and always does on a short screen.
        if *says || rest.starts_with("With this option:") {
            continue;
        }
        while !rest.is_empty() {
            let brief = briefs.iter().find(|brief| {
                rest.strip_prefix(brief.key)
                    .and_then(|rest| rest.trim_start().strip_prefix(brief.does))
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with("  "))
            });
            let brief = brief.unwrap_or_else(|| panic!("“{rest}” is no key of {what}"));
            let after = rest[brief.key.len()..].trim_start();
            rest = after[brief.does.len()..].trim_start();
        }
    }
}

/// Returns the position of the real cursor after a frame, if it is visible.
fn cursor(app: &App, (width, height): (u16, u16)) -> Option<(u16, u16)> {
    let mut bytes = Vec::new();
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
    let mut terminal = Terminal::with_options(CrosstermBackend::new(&mut bytes), options)
        .expect("a fixed viewport asks nothing of the terminal");
    terminal.draw(|frame| draw(frame, app, &mut View::default())).expect("memory can be written");
    drop(terminal);
    let [rows, columns] = [height, width].map(|size| size.try_into().expect("it is not zero"));
    let mut screen = vt100::Parser::new(rows, columns, 0);
    // Dropping a terminal shows its cursor again, so the output before that tells whether it is visible.
    let text = String::from_utf8(bytes).expect("frames are text");
    let frame = text.rsplit_once("\u{1b}[?25h").map_or(text.as_str(), |(frame, _)| frame);
    screen.process(text.as_bytes());
    let (y, x) = screen.screen().cursor_position();
    (!frame.ends_with("\u{1b}[?25l")).then_some((x, y))
}

#[test]
fn the_real_cursor_is_on_the_focused_row() {
    for keys in ["", "<down><down>", "r<down>", "i<down>", "D", "D<enter><down>", "e<down>", "<backtab>"] {
        let played = play_on(billing(), keys, (120, 40));
        for size in SIZES {
            let (x, y) = cursor(&played.app, size).expect("it is visible");
            let symbol = drawn(&played.app, size)[(x, y)].symbol().to_owned();
            let line = row(&drawn(&played.app, size), y);
            assert!(
                symbol == ">" || line[..].contains(" > ") || line.contains("> "),
                "{keys} at {size:?}: {line}"
            );
        }
    }
    let typing = play_on(billing(), "nab", (120, 40));
    for size in SIZES {
        let (x, y) = cursor(&typing.app, size).expect("it is visible");
        assert_eq!(drawn(&typing.app, size)[(x - 1, y)].symbol(), "b", "behind what was typed, at {size:?}");
    }
    for page in ["?", "w", "m", "v"] {
        let played = play_on(billing(), page, (120, 40));
        for size in SIZES {
            assert!(cursor(&played.app, size).is_some(), "{page} at {size:?}: a page is read from its top");
        }
    }
}

/// All text of a question can be reached by scrolling, at every size.
#[test]
fn no_word_of_a_question_is_cut() {
    let questionnaire = crate::screen::questionnaire();
    for size in [(120, 40), (60, 20), (40, 12)] {
        let mut app = play_on(billing(), "z<esc>", size).app;
        for id in questionnaire.question_ids().filter(|id| questionnaire[*id].when.is_none()) {
            let question = &questionnaire[id];
            app = play_app(app, &format!("<go:{}>", question.id), size).app;
            let mut shown = String::new();
            for keys in ["<home>", "<home><pgdn>", "<home><pgdn><pgdn>", "<end><pgup>", "<end>"] {
                let played = play_app(app, keys, size);
                shown += &(played.frame() + "\n");
                app = played.app;
            }
            let texts = [&question.ask, &question.why];
            let options = question.options.iter().map(|option| &option.text);
            let words = texts.into_iter().chain(options).flat_map(|text| text.split_whitespace());
            if question.kind == Kind::Parts && size.1 < 20 {
                // The parts question has more options than the frames above show.
                continue;
            }
            for word in words {
                assert!(shown.contains(word), "“{word}” of {} at {size:?}:\n{shown}", question.id);
            }
        }
    }
}

#[test]
fn a_follow_up_says_why_it_is_asked() {
    play("2l").assert_shows("Asked because your answer to What draws");
}

/// Some terminals report Shift with a shifted character. That does not change the meaning of the key.
#[test]
fn keys_are_the_same_whatever_the_terminal_adds() {
    let question = Event::Key(KeyEvent::new(KeyCode::Char('?'), KeyModifiers::SHIFT));
    let plain = Event::Key(KeyEvent::new(KeyCode::Char('?'), KeyModifiers::NONE));
    let context = Context::Pane(PaneKeys::One);
    let resolved =
        |event: &Event| resolve(bindings(), context, event.as_key_press_event().expect("it is a key"));
    assert_eq!(resolved(&question), resolved(&plain));
    assert!(resolved(&plain).is_some());
}

/// Yellow, green and cyan are unreadable on a light background, so no word or number uses them.
#[test]
fn pale_colours_are_for_signs_alone() {
    use ratatui::style::Color::{Cyan, Green, Yellow};

    let questionnaire = crate::screen::questionnaire();
    let mut session = billing();
    for assignment in ["types=?", "latency-sensitive=yes"] {
        // Ignore a question that the questionnaire does not have.
        let _ = session.assign(&questionnaire, assignment);
    }
    for failure in [None, Some("the disk is full")] {
        for keys in PAGES.into_iter().chain([
            "2",
            "x",
            "u",
            "p2",
            "e<end><enter>",
            "M",
            "S",
            "<go:parallelism><down>",
        ]) {
            let played =
                play_disk(opened(crate::screen::questionnaire(), session.clone()), keys, &Fails(failure));
            let buffer = played.terminal.backend().buffer();
            for (index, pair) in buffer.content.windows(2).enumerate() {
                let is_word = pair.iter().all(|cell| {
                    matches!(cell.fg, Yellow | Green | Cyan)
                        && cell.symbol().chars().all(char::is_alphanumeric)
                });
                assert!(!is_word, "after {keys}: {}", row(buffer, index as u16 / buffer.area.width));
            }
        }
    }
}
