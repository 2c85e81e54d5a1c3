//! Finding a question or an option by words; must not change an answer.

use super::{App, Editor, Mode, Pane, Purpose, Row};
use crate::answers::Answer;
use crate::questionnaire::QuestionId;

/// The open search.
#[derive(Debug)]
pub struct Find {
    /// The field that the words are typed into.
    pub editor: Editor,
    /// Position of the cursor among the hits.
    pub at: usize,
}

/// Something that has all the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The question.
    pub question: QuestionId,
    /// The option or part that has them, if it is not the question itself.
    pub row: Option<Row>,
    /// The text that has them, unless it is the question's.
    pub text: Option<String>,
}

impl App {
    pub(super) fn open_find(&mut self) {
        let editor = Editor::new(Purpose::Find, "", Mode::Panes);
        self.mode = Mode::Find(Box::new(Find { editor, at: 0 }));
    }

    /// Returns the visible questions and options that have every word that was typed: by title before
    /// by question, note and text, before options and the reason why; all questions before something
    /// is typed.
    pub fn hits(&self) -> Vec<Hit> {
        let Mode::Find(find) = &self.mode else { return Vec::new() };
        let typed = find.editor.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let has = |texts: &[&str]| {
            let text = texts.join(" ").to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let visible = self.answers().visible(&self.questionnaire);
        let mut hits = Vec::new();
        for question in self.questionnaire.question_ids().filter(|question| visible[*question]) {
            let asked = &self.questionnaire[question];
            let given = self.answers().given(question);
            let hit = |rank: usize, row, text: Option<&str>| {
                (rank, Hit { question, row, text: text.map(str::to_owned) })
            };
            let written = if let Answer::Text(text) = &given.answer { text.as_str() } else { "" };
            if has(&[&self.named(question)]) {
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
            for part in self.answers().part_ids().filter(|_| asked.is_parts()) {
                let name = &self.answers()[part].name;
                if has(&[name]) {
                    hits.push(hit(0, Some(Row::Part(part)), Some(name)));
                }
            }
            for id in asked.option_ids() {
                let option = &asked[id];
                if has(&[&option.name, &option.text]) {
                    hits.push(hit(2, Some(Row::Option(id)), Some(&option.text)));
                }
            }
        }
        hits.sort_by_key(|(rank, _)| *rank);
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Goes to the hit under the cursor.
    pub(super) fn go_to_hit(&mut self) {
        let Mode::Find(find) = &self.mode else { return };
        let Some(hit) = self.hits().into_iter().nth(find.at) else {
            self.say("Nothing has all these words");
            return;
        };
        self.mode = Mode::Panes;
        self.pane = Pane::Question;
        self.go_to(hit.question);
        if let Some(row) = hit.row {
            self.put_cursor(row);
        }
    }
}
