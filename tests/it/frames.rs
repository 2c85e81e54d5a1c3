//! Snapshots of the screen in named states, at every size with a different layout. Also checks that no size
//! panics.
//!
//! Must not test what keys do. Every snapshot was reviewed before it was accepted.

use langfit::advice::recommend;
use langfit::answers::Subject;
use langfit::questionnaire::{Kind, Questionnaire};
use langfit::screen::{View, draw};
use langfit::session::{Chosen, Session};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};

use crate::screen::{Played, idle_shell, new_session, opened, play_on, questionnaire, row, today};

/// Every size with a different layout.
const SIZES: [(u16, u16); 5] = [(200, 60), (120, 40), (80, 24), (60, 20), (40, 12)];

/// Returns a session with four parts, one of which stays, a ruled-out candidate and a note.
pub fn billing() -> Session {
    let questionnaire = questionnaire();
    let mut session = new_session();
    session.details.title.push_str("Languages of the billing platform");
    for assignment in [
        "draw=packages",
        "ecosystem=data-ml",
        "arrival=request-response",
        "parts=api,enterprise-core,pipeline,ui",
        "team-stack=python,typescript",
    ] {
        session.assign(&questionnaire, assignment).expect("the options exist");
    }
    let typescript = questionnaire.find_candidate("typescript").expect("it is a candidate");
    let part = session.answers.find_part("UI").expect("it was picked");
    session.answers.set_plan(part, langfit::answers::Plan::StaysIn(typescript));
    let draw = questionnaire.find("draw").expect("the question exists");
    session.answers.given_mut(draw).note.push_str("The reconciliation library exists in one ecosystem.");
    session
}

/// Compares the frames at all sizes with the accepted snapshots.
fn check(name: &str, session: &Session, keys: &str) {
    check_with(name, session, |_| keys);
}

fn check_with<'k>(name: &str, session: &Session, keys: impl Fn((u16, u16)) -> &'k str) {
    let frame = |size: (u16, u16)| {
        let played = play_on(session.clone(), keys(size), size);
        format!("{} x {}\n{}", size.0, size.1, played.frame())
    };
    insta::assert_snapshot!(name, SIZES.map(frame).join("\n"));
}

#[test]
fn a_new_session() {
    check("new", &new_session(), "");
}

const PREVIEW: &str = "<go:draw><to:both>";

#[test]
fn an_option_with_its_preview() {
    check("preview", &billing(), PREVIEW);
}

#[test]
fn parts_with_their_kinds() {
    check("parts", &billing(), "<go:parts><down>");
}

#[test]
fn a_focused_part() {
    check("focused", &billing(), "p");
}

#[test]
fn a_ledger() {
    check("ledger", &billing(), "p<tab><enter>");
}

#[test]
fn a_note_being_written() {
    check("note", &billing(), "<go:draw>n It was measured.");
}

#[test]
fn the_recommendation_with_keys() {
    check("advice", &billing(), "<tab><down>");
}

#[test]
fn the_outline() {
    check("outline", &billing(), "<backtab>");
}

#[test]
fn how_firm_it_is() {
    check("firm", &billing(), "w");
}

/// Checks a session with these answers and with these parts decided as advised. Narrow screens show the
/// recommendation pane.
fn check_recommendation(name: &str, assignments: &[&str], decided: &[&str]) {
    let questionnaire = questionnaire();
    let mut session = new_session();
    for assignment in assignments {
        session.assign(&questionnaire, assignment).expect("the options exist");
    }
    for part in decided {
        let subject = Subject::Part(session.answers.find_part(part).expect("it is picked"));
        let advised = recommend(&questionnaire, &session.answers).of(subject).expect("to decide").choice;
        let chosen = advised.iter().next().expect("somebody is advised");
        let chosen = Chosen::Candidate(questionnaire[chosen].id.clone());
        session.decide(&questionnaire, subject, (chosen, advised), "", today());
    }
    check_with(name, &session, |size| if size.0 < 80 { "<tab>" } else { "" });
}

#[test]
fn one_part_half_answered() {
    let answers = ["parts=api", "draw=packages", "ecosystem=data-ml", "team-stack=go,python"];
    check_recommendation("one_part", &answers, &[]);
}

#[test]
fn five_parts_half_answered_and_one_decided() {
    let answers =
        ["parts=api,ui,pipeline,cli,inference", "arrival=request-response", "team-stack=java,python"];
    check_recommendation("five_parts", &answers, &["Pipeline"]);
}

#[test]
fn parts_with_one_candidate_left() {
    check_recommendation(
        "one_left",
        &["parts=ui,api", "existing=limits", "standard=r", "shape=browser"],
        &[],
    );
}

/// Answers every open question with its first option, except text questions.
fn answer_all(questionnaire: &Questionnaire, session: &mut Session) {
    for id in questionnaire.question_ids() {
        let question = &questionnaire[id];
        if question.kind != Kind::Text && session.answers.open(questionnaire)[id] {
            let answer = format!("{}={}", question.id, question.options[0].id);
            session.assign(questionnaire, &answer).expect("the option exists");
        }
    }
}

/// Every question is answered and every part is decided, the first one against the recommendation.
#[test]
fn five_parts_final_and_decided() {
    let questionnaire = questionnaire();
    let mut session = billing();
    session.assign(&questionnaire, "parts=api,enterprise-core,pipeline,ui,cli").expect("the options exist");
    answer_all(&questionnaire, &mut session);
    let advice = recommend(&questionnaire, &session.answers);
    let others = questionnaire.all_candidates();
    for (at, part) in advice.parts.iter().enumerate() {
        let chosen = if at == 0 { others.without(part.choice) } else { part.choice };
        let chosen = chosen.iter().next().expect("there is somebody");
        let (chosen, because) = (Chosen::Candidate(questionnaire[chosen].id.clone()), "We run it already.");
        session.decide(&questionnaire, part.subject, (chosen, part.choice), because, today());
    }
    let played = play_on(session.clone(), "", (120, 40));
    assert!(played.workbook().is_final(), "{}", played.frame());
    check_with("final", &session, |size| if size.0 < 80 { "<tab>" } else { "" });
}

#[test]
fn candidates_that_tie() {
    check_recommendation("tie", &["parts=api", "team-stack=java,go"], &[]);
}

#[test]
fn every_page() {
    let pages = [
        ("versus", "v"),
        ("map", "m"),
        ("review", "r"),
        ("details", "i"),
        ("decide", "D"),
        ("export", "e"),
        ("session_file", "S"),
        ("find", "/load"),
        ("precedents", "c"),
    ];
    for (name, keys) in pages {
        check(name, &billing(), keys);
    }
}

#[test]
fn help() {
    check("help", &new_session(), "?");
}

/// Returns the runs of style (color and modifiers) in the first occurrence of a text on the screen.
#[track_caller]
fn styles(played: &Played, text: &str) -> Vec<(Color, Modifier)> {
    let buffer = played.terminal.backend().buffer();
    let find = |y: u16| {
        let line = row(buffer, y);
        line.find(text).map(|at| (line[..at].chars().count() as u16, y))
    };
    let (x, y) = (0..buffer.area.height).find_map(find).expect("it is shown");
    let cells = (x..).zip(text.chars()).map(|(x, _)| &buffer[(x, y)]);
    let mut styles: Vec<_> = cells.map(|cell| (cell.fg, cell.modifier)).collect();
    styles.dedup();
    styles
}

const PLAIN: (Color, Modifier) = (Color::Reset, Modifier::empty());
const BOLD: (Color, Modifier) = (Color::Reset, Modifier::BOLD);
const FAINT: (Color, Modifier) = (Color::Reset, Modifier::DIM);
const SIGN: (Color, Modifier) = (Color::Cyan, Modifier::BOLD);
const BAR: (Color, Modifier) = (Color::Green, Modifier::empty());
const OUT: (Color, Modifier) = (Color::Reset, Modifier::DIM.union(Modifier::CROSSED_OUT));

/// Tests styles, which snapshots do not contain. Emphasis is bold, so that it is visible without color. Only
/// signs are colored.
#[test]
fn what_has_the_cursor_and_what_is_chosen_stand_out() {
    let played = play_on(billing(), PREVIEW, (80, 24));
    assert_eq!(styles(&played, "> 3 ( ) Both count about the same"), [SIGN, FAINT, PLAIN, BOLD]);
    assert_eq!(styles(&played, "(•) Packages: the problem is"), [PLAIN], "chosen, without the cursor");
    let focused = play_on(billing(), "p", (120, 40));
    assert_eq!(styles(&focused, "•Python "), [SIGN, BOLD, PLAIN], "the kit's choice");
    assert_eq!(styles(&focused, "│██"), [FAINT, BAR]);
    assert_eq!(
        styles(&played, "┌ 1 What draws you "),
        [(Color::Cyan, Modifier::empty()), BOLD],
        "it has the keys"
    );
    assert_eq!(styles(&played, "┌ Recommendation ─"), [FAINT], "it has not");
    assert_eq!(styles(&played, "Python for all 3 parts"), [BOLD]);
    let signs = |symbol: &str| symbol.chars().all(|it| !it.is_alphanumeric());
    let coloured = played.terminal.backend().buffer().content.iter().filter(|cell| cell.fg != Color::Reset);
    assert!(coloured.into_iter().all(|cell| signs(cell.symbol())), "{}", played.frame());
}

#[test]
fn what_matters_less_is_faint() {
    let played = play_on(billing(), PREVIEW, (80, 24));
    for text in ["Not sure yet", "Does not apply", "Why it matters", "Answer next: 10 Constraints"] {
        assert_eq!(styles(&played, text), [FAINT], "{text}");
    }
    assert_eq!(styles(&played, "enter choose, next"), [BOLD, FAINT], "a key and what it does");
    assert_eq!(styles(&played, "5 of 14 answered  saved"), [PLAIN, FAINT]);
}

#[test]
fn what_is_ruled_out_is_crossed_out() {
    let played = play_on(new_session(), "<parts=ui>", (120, 90));
    let ranking = &played.advice().parts[0].ranking;
    assert!(ranking.iter().any(|standing| !standing.is_alive()) && ranking[0].is_alive());
    for standing in ranking {
        let name = &played.questionnaire()[standing.candidate].name;
        let row = styles(&played, &format!("{name:<13}"));
        assert_eq!(row.contains(&OUT), !standing.is_alive(), "{name}:\n{}", played.frame());
    }
}

#[test]
fn without_colour_nothing_is_lost() {
    use langfit::tui::{Capabilities, Message, messages};

    struct Still;
    impl langfit::tui::Host for Still {
        fn show(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let frame = |colour: bool| {
        let mut app = opened(questionnaire(), billing());
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("the test backend cannot fail");
        let (sender, receiver) = messages();
        sender.send(Message::Ended).expect("the receiver is alive");
        let shell = idle_shell(&receiver, Capabilities { colour, ascii: false });
        shell.run(&mut terminal, &mut app, &mut Still).expect("the test backend cannot fail");
        terminal.backend().buffer().clone()
    };
    let (with, without) = (frame(true), frame(false));
    assert!(without.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    let symbols = |buffer: &ratatui::buffer::Buffer| -> String {
        buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect()
    };
    assert_eq!(symbols(&with), symbols(&without), "signs carry the meaning");
    assert!(without.content.iter().any(|cell| !cell.modifier.is_empty()), "and bold stays");
}

#[test]
fn every_size_draws_every_state() {
    let states = [
        "",
        "?",
        "p<tab><enter>",
        "<tab>",
        "<backtab>",
        "<go:parts>nnote",
        "<go:parts><down><down>",
        "3<enter>",
        "<go:arrival>p<down>1",
    ];
    for keys in states {
        let played = play_on(billing(), keys, (120, 40));
        for width in (0..=24).chain([40, 75, 76, 79, 80, 111, 112]) {
            for height in (0..=10).chain([15, 16, 40]) {
                let mut terminal =
                    Terminal::new(TestBackend::new(width, height)).expect("the test backend cannot fail");
                let drawn = terminal.draw(|frame| draw(frame, &played.app, &mut View::default()));
                let frame = drawn.expect("the test backend cannot fail");
                assert_eq!((frame.area.width, frame.area.height), (width, height), "after {keys}");
            }
        }
    }
}

/// The pane of a question shows how many lines are out of view, so that no cut goes unnoticed.
#[test]
fn what_is_out_of_view_is_counted() {
    let played = play_on(billing(), "<go:parts>", (80, 24));
    played.assert_shows("↓");
    let played = play_on(billing(), "<go:parts><end>", (80, 24));
    played.assert_shows("↑");
    played.assert_shows("the same one.");
}
