//! Renders one frame of the program as SVG, for a session from the documentation.
//!
//! The picture must not contain anything that the program would not show.

use anyhow::{Context as _, Result};
use langfit::action::Action;
use langfit::screen::{App, View, draw};
use langfit::session::Session;
use langfit::source::Source;
use langfit::workbook::{Step, Workbook};
use minijinja::{Environment, context};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use serde::Serialize;

/// Size of the screen in columns and rows.
const SIZE: (u16, u16) = (120, 40);
/// Width and height of a cell in SVG units.
const CELL: (f32, f32) = (8.0, 17.0);

/// Id of the question on the screen.
const SHOWN: &str = "types";
pub const SESSION: &str = include_str!("../../docs/billing.ron");
const TEMPLATE: &str = include_str!("screen.svg.j2");

/// Adjacent cells of one row with the same style.
#[derive(Serialize)]
struct Run {
    x: f32,
    y: f32,
    width: f32,
    /// CSS class names, separated by spaces.
    class: String,
    text: String,
}

/// Returns the picture as an SVG document.
pub fn screen_picture() -> Result<String> {
    let buffer = frame()?;
    let rows = (0..SIZE.1).flat_map(|y| runs(&buffer, y));
    let mut templates = Environment::new();
    // The extension `.html` turns on HTML escaping.
    templates.add_template("screen.html", TEMPLATE)?;
    let picture = templates.get_template("screen.html")?.render(context! {
        width => f32::from(SIZE.0) * CELL.0,
        height => f32::from(SIZE.1) * CELL.1,
        runs => rows.collect::<Vec<_>>(),
    })?;
    Ok(picture.trim_end().to_owned() + "\n")
}

fn frame() -> Result<Buffer> {
    let questionnaire = langfit::built_in::questionnaire();
    let mut session = Session::parse(&Source::new("docs/billing.ron", SESSION), &questionnaire)?;
    session.at = questionnaire.find(SHOWN);
    let today = session.details.date.context("the session has a date")?;
    let file = "billing.ron".to_owned();
    let mut app = App::new(Workbook::new(questionnaire, session, file, today), String::new());
    // Move the cursor to an option to show its preview, and compute the outlook and the firmness as an idle screen would.
    app.update(Action::Move(Step::Next));
    app.desk_mut().workbook.find_outlook();
    app.desk_mut().workbook.find_firmness();
    app.refresh_preview();
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1))?;
    terminal.draw(|frame| draw(frame, &app, &mut View::default()))?;
    Ok(terminal.backend().buffer().clone())
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for x in 0..buffer.area.width {
        let cell = &buffer[(x, y)];
        let class = class(cell);
        match runs.last_mut().filter(|run| run.class == class) {
            Some(run) => {
                run.text.push_str(cell.symbol());
                run.width += CELL.0;
            }
            None => runs.push(Run {
                x: f32::from(x) * CELL.0,
                y: f32::from(y) * CELL.1 + 13.0,
                width: CELL.0,
                class,
                text: cell.symbol().to_owned(),
            }),
        }
    }
    runs.retain(|run| !run.text.trim().is_empty());
    runs
}

fn class(cell: &Cell) -> String {
    let colour = match cell.fg {
        Color::Red => Some("red"),
        Color::Green => Some("green"),
        Color::Yellow => Some("yellow"),
        Color::Cyan => Some("cyan"),
        _ => None,
    };
    let modifiers =
        [(Modifier::BOLD, "bold"), (Modifier::DIM, "dim"), (Modifier::CROSSED_OUT, "out")].into_iter();
    let modifiers = modifiers.filter(|(it, _)| cell.modifier.contains(*it)).map(|(_, name)| name);
    colour.into_iter().chain(modifiers).collect::<Vec<_>>().join(" ")
}
