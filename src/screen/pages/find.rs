//! Find: searches questions and options by words.

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;

use super::{Next, Page, PageId, PageKind};
use crate::action::{Action, ClickTarget};
use crate::answers::Answer;
use crate::keys::{At, Binding, ENTER, ESC, FieldKeys, Group, key, letter};
use crate::questionnaire::QuestionId;
use crate::screen::desk::Desk;
use crate::screen::field::TextField;
use crate::screen::scrolled::{self, Content, Scrolled};
use crate::screen::{text, theme};
use crate::workbook::{Row, Step, Workbook};

const ID: PageId = PageId("find");
const FIELD: FieldKeys = FieldKeys::OfPage(ID);

/// The page that searches.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Moving, "/", "find a question or an option by keyword")
            .at(&[At::Panes])
            .foot(6, "/", "find")
            .keys(&[(letter('/'), Action::Open(ID))]),
    ),
    keys: &[
        Binding::row(Group::Writing, "↑ ↓", "search: move through the matches")
            .at(&[At::Field(FIELD)])
            .foot(4, "↑↓", "move")
            .keys(&[
                (key(KeyCode::Up), Action::Move(Step::Previous)),
                (key(KeyCode::Down), Action::Move(Step::Next)),
            ]),
        Binding::row(Group::Writing, "Enter", "search: go to the match")
            .at(&[At::Field(FIELD)])
            .foot(1, "enter", "go there")
            .keys(&[(ENTER, Action::GoOn)]),
        Binding::row(Group::Writing, "Esc", "search: close it")
            .at(&[At::Field(FIELD)])
            .foot(1, "esc", "close")
            .keys(&[(ESC, Action::Close)]),
    ],
    is_list: true,
    ..PageKind::new(ID, "Find", |desk| {
        desk.field = Some(TextField::words("Words to find".to_owned(), FIELD));
        Ok(Box::new(FindPage { typed: String::new(), at: 0 }))
    })
};

/// The state of the page: the typed words, and the position of the cursor among the hits.
#[derive(Debug)]
struct FindPage {
    typed: String,
    at: usize,
}

/// A question, option or part that contains all the words.
#[derive(Debug)]
struct Hit {
    question: QuestionId,
    /// The option or part that matches, unless the question itself does.
    row: Option<Row>,
    /// The matching text, unless it is the title or wording of the question.
    text: Option<String>,
}

impl FindPage {
    /// Returns the visible questions, options and parts that contain every typed word. Titles and part names
    /// rank first; then the wording of questions, notes and text answers; then options and why a question
    /// matters. Returns all questions if nothing is typed.
    fn hits(&self, workbook: &Workbook) -> Vec<Hit> {
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let typed = self.typed.to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let has = |texts: &[&str]| {
            let text = texts.join(" ").to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let visible = answers.visible(questionnaire);
        let mut hits = Vec::new();
        for question in questionnaire.question_ids().filter(|question| visible[*question]) {
            let asked = &questionnaire[question];
            let given = answers.given(question);
            let hit = |rank: usize, row, text: Option<&str>| {
                (rank, Hit { question, row, text: text.map(str::to_owned) })
            };
            let written = if let Answer::Text(text) = &given.answer { text.as_str() } else { "" };
            if has(&[&workbook.named(question)]) {
                hits.push(hit(0, None, None));
            } else if has(&[&asked.title, &asked.ask]) {
                hits.push(hit(1, None, None));
            } else if has(&[&given.note]) {
                hits.push(hit(1, None, Some(&given.note)));
            } else if has(&[written]) {
                hits.push(hit(1, None, Some(written)));
            } else if has(&[&asked.why]) {
                hits.push(hit(2, None, Some(&asked.why)));
            }
            if words.is_empty() {
                continue;
            }
            let parts = answers.part_ids().filter(|_| asked.is_parts());
            for part in parts.filter(|part| has(&[&answers[*part].name])) {
                hits.push(hit(0, Some(Row::Part(part)), Some(&answers[part].name)));
            }
            for option in asked.option_ids() {
                let text = &asked[option].text;
                if has(&[&asked[option].name, text]) {
                    hits.push(hit(2, Some(Row::Option(option)), Some(text)));
                }
            }
        }
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Goes to the hit under the cursor.
    fn go_there(&self, desk: &mut Desk) -> Next {
        let Some(hit) = self.hits(&desk.workbook).into_iter().nth(self.at) else {
            desk.say("No question or option has all these words");
            return Next::STAY;
        };
        desk.answer_next(hit.question, hit.row);
        Next::CLOSE
    }
}

impl Page for FindPage {
    fn list(&mut self, desk: &Desk) -> Option<(&mut usize, usize)> {
        let count = self.hits(&desk.workbook).len();
        Some((&mut self.at, count))
    }

    fn take_written(&mut self, written: &str) {
        written.clone_into(&mut self.typed);
        self.at = 0;
    }

    fn take_field(&mut self, _field: TextField, _accepted: bool, _desk: &mut Desk) -> Next {
        Next::CLOSE
    }

    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        match action {
            Action::GoOn | Action::Choose => self.go_there(desk),
            _ => Next::STAY,
        }
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let mut content = Content::default();
        let workbook = &desk.workbook;
        let hits = self.hits(workbook);
        for (index, hit) in hits.iter().enumerate() {
            let here = index == self.at;
            let named = workbook.named(hit.question);
            let words = match (&hit.text, hit.row) {
                (Some(text), Some(_)) => format!("{named}: “{text}”"),
                (Some(text), None) => format!("{named}: {}", text.replace('\n', " ")),
                (None, _) => format!("{named}: {}", workbook.questionnaire()[hit.question].ask),
            };
            let style = if here { theme::STRONG } else { theme::TEXT };
            let prefix = vec![theme::pointer(here), Span::raw(" ")];
            content.row(here, ClickTarget::Entry(index), text::hang(prefix, &words, style, width));
        }
        if hits.is_empty() {
            content.paragraph("No question or option has all these words.", theme::FAINT, width);
        }
        content
    }

    /// Draws the field above the hits.
    fn draw(&self, frame: &mut Frame<'_>, desk: &Desk, title: &str, area: Rect, scrolled: &mut Scrolled) {
        let content = self.content(desk, scrolled::text_width(area));
        let places = match content.targets.len() {
            1 => "1 match".to_owned(),
            count => format!("{count} matches"),
        };
        let [field, list] = Layout::vertical([Constraint::Length(3), Constraint::Min(1)]).areas(area);
        scrolled::draw(frame, list, &places, false, content, scrolled);
        let empty = Content::default();
        let inner = scrolled::draw(frame, field, title, true, empty, &mut Scrolled::default());
        if let Some(field) = &desk.field {
            field.draw(frame, inner);
        }
    }
}
