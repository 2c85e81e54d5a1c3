//! What a change brings with it: new advice, questions that come or go, and what the option under
//! the cursor would do; must not change an answer.

use super::parts::Picking;
use super::{App, Mode, Pane, Row};
use crate::advice::{Advice, Outlook, appraise, outlook, recommend};
use crate::answers::{Answers, Subject};
use crate::questionnaire::PerQuestion;
use crate::wording::{capital, counted, shift};

/// Answers and what they recommend.
#[derive(Debug)]
pub struct State {
    /// The answers.
    pub answers: Answers,
    /// What they recommend.
    pub advice: Advice,
}

impl App {
    /// Computes the advice anew and says what changed.
    pub(super) fn recompute(&mut self, before: Answers, by: &str) {
        if !self.answers().subjects().contains(&self.focus) {
            self.focus = Subject::System;
        }
        let rows = self.rows().len();
        self.cursor.row = self.cursor.row.min(rows.saturating_sub(1));
        if before == self.session.answers {
            return;
        }
        let advice = recommend(&self.questionnaire, &self.session.answers);
        let earlier = State { answers: before, advice: std::mem::replace(&mut self.advice, advice) };
        self.outlook = None;
        self.cursor.standing = self.cursor.standing.min(self.standings().len().saturating_sub(1));
        let shift = shift(
            &self.questionnaire,
            (&earlier.answers, &earlier.advice),
            (&self.session.answers, &self.advice),
        );
        let moved = self.changed_since(&earlier.answers, by);
        self.news = [shift.map(|words| capital(&words)), moved].into_iter().flatten().collect();
        self.earlier = Some(earlier);
    }

    /// Says which questions came or went since other answers, if any did, and `by` what.
    pub fn changed_since(&self, before: &Answers, by: &str) -> Option<String> {
        let was = before.visible(&self.questionnaire);
        let is = self.answers().visible(&self.questionnaire);
        let count = |from: &PerQuestion<bool>, to: &PerQuestion<bool>| {
            to.values().zip(from.values()).filter(|(to, from)| **to && !**from).count() as i64
        };
        let (added, gone) = (count(&was, &is), count(&is, &was));
        let questions = |count| counted(count, "question");
        let kept = match self.answers().progress(&self.questionnaire).set_aside as i64 {
            0 => String::new(),
            count => format!(", {} set aside and kept", counted(count, "answer")),
        };
        match (added, gone) {
            (0, 0) => None,
            (added, 0) => Some(format!("{} added{by}", questions(added))),
            (0, gone) => Some(format!("{} no longer asked{kept}", questions(gone))),
            (added, gone) => {
                Some(format!("{} added, {} no longer asked{kept}", questions(added), questions(gone)))
            }
        }
    }

    /// Returns what could still change the advice, working it out if that was not done yet.
    pub(crate) fn find_outlook(&mut self) -> &Outlook {
        let (questionnaire, answers, advice) = (&self.questionnaire, &self.session.answers, &self.advice);
        self.outlook.get_or_insert_with(|| outlook(questionnaire, answers, advice))
    }

    /// Works out what choosing the option under the cursor would do, if a key was pressed since; for
    /// the screen, just before it is drawn.
    pub fn look_ahead(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.preview = None;
        if !matches!(self.mode, Mode::Panes) || self.pane != Pane::Question {
            return;
        }
        let Some(&row) = self.rows().get(self.cursor.row) else { return };
        let (question, subject) = (self.cursor.question, self.answered_subject());
        let mut answers = self.session.answers.clone();
        match row {
            Row::Option(kind) if self.questionnaire[question].is_parts() => match self.picking(kind) {
                Picking::Adds => {
                    answers.add_part(&self.questionnaire, kind);
                }
                Picking::Removes(part) => {
                    answers.remove_part(part);
                }
                Picking::Neither => return,
            },
            Row::Option(option) => answers.toggle(&self.questionnaire, question, subject, option),
            Row::NotSure | Row::NotApplicable | Row::Part(_) | Row::Text => return,
        }
        if answers != self.session.answers {
            // What would be settled is not shown, so it is not worked out.
            let advice = appraise(&self.questionnaire, &answers, None);
            self.preview = Some(State { answers, advice });
        }
    }
}
