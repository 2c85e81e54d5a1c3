//! Review: every answer and note on one page, marking those that deserve a second look.

use ratatui::text::{Line, Span};

use super::{Next, Page, PageId, PageKind};
use crate::action::{Action, ClickTarget};
use crate::answers::{Answer, PartId, Plan, Subject};
use crate::keys::{At, Binding, ENTER, Group, letter};
use crate::questionnaire::{Kind, Literal, PerQuestion, QuestionId, Say, SayKind};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::sign::sign;
use crate::screen::{text, theme};
use crate::wording::{NOT_SURE, OPEN, answer_words, counted, open_words, part_words, remarks_of};
use crate::workbook::Workbook;

const ID: PageId = PageId("review");

/// The page for the review.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "r", "review all answers and notes on one page")
            .at(&[At::Browsing])
            .opens("r", "review")
            .keys(&[(letter('r'), Action::Open(ID))]),
    ),
    keys: &[
        Binding::row(Group::Pages, "Enter", "review: go to the question, for the part of the entry")
            .at(&[At::Page(ID)])
            .foot(1, "enter", "open")
            .keys(&[(ENTER, Action::GoOn)]),
        Binding::row(
            Group::Pages,
            "Space",
            "review: mark the answer as confirmed, only for you, or take this back",
        )
        .at(&[At::Page(ID)])
        .foot(1, "space", "confirm")
        .keys(&[(letter(' '), Action::Choose)]),
    ],
    is_list: true,
    undoes: true,
    ..PageKind::new(ID, "Review", |desk| Ok(Box::new(ReviewPage::open(&desk.workbook))))
};

/// The state of the page: the position of the cursor.
#[derive(Debug)]
struct ReviewPage {
    at: usize,
}

/// A question, or the answer of one part to it.
type Entry = (QuestionId, Subject);

impl ReviewPage {
    /// Opens the page at the current question and, if it has an answer of its own, the focused part.
    fn open(workbook: &Workbook) -> Self {
        let entries = entries(workbook);
        let here = |subject| entries.iter().position(|entry| *entry == (workbook.question(), subject));
        Self { at: here(workbook.focus()).or_else(|| here(Subject::System)).unwrap_or(0) }
    }

    fn go_there(&self, desk: &mut Desk) -> Next {
        let Some((question, subject)) = entries(&desk.workbook).get(self.at).copied() else {
            return Next::STAY;
        };
        if !desk.workbook.answers().visible(desk.workbook.questionnaire())[question] {
            desk.say("Set aside: this question does not apply under the current answers");
            return Next::STAY;
        }
        // What the user answers next must count for the entry.
        if desk.workbook.questionnaire()[question].each_part {
            desk.workbook.focus_on(subject);
        }
        desk.answer_next(question, None);
        Next::CLOSE
    }

    /// Confirms the answer and moves on to the next one that is not confirmed.
    fn confirm(&mut self, desk: &mut Desk) {
        let entries = entries(&desk.workbook);
        let Some((question, subject)) = entries.get(self.at).copied() else { return };
        if !counts(&desk.workbook, (question, subject)) {
            desk.say("Nothing to confirm: this question is open or set aside");
        } else if desk.workbook.confirm(question, subject) && !desk.workbook.is_confirmed(question, subject) {
            return;
        }
        let is_next = |(id, subject): &Entry| {
            counts(&desk.workbook, (*id, *subject)) && !desk.workbook.is_confirmed(*id, *subject)
        };
        let next = entries.iter().skip(self.at + 1).position(is_next).map(|steps| self.at + 1 + steps);
        self.at = next.unwrap_or(entries.len() - 1);
    }
}

impl Page for ReviewPage {
    fn list(&mut self, desk: &Desk) -> Option<(&mut usize, usize)> {
        Some((&mut self.at, entries(&desk.workbook).len()))
    }

    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        match action {
            Action::GoOn => return self.go_there(desk),
            Action::Choose => self.confirm(desk),
            _ => {}
        }
        Next::STAY
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let workbook = &desk.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let tensions = remarks_of(questionnaire, answers, workbook.advice(), SayKind::Tension);
        Writer { workbook, width, tensions }.content(self.at)
    }
}

/// Returns the entries: the visible questions, then the hidden ones that have an answer or a note, each
/// followed by the answers of single parts. A question without an answer for all parts is left out if parts
/// have their own.
fn entries(workbook: &Workbook) -> Vec<Entry> {
    let visible = workbook.answers().visible(workbook.questionnaire());
    let ids = || workbook.questionnaire().question_ids();
    let aside = ids().filter(|id| !visible[*id] && has_answer(workbook, *id));
    let with_parts = |id| {
        let parts = answers_by_part(workbook, id);
        let is_for_all = parts.is_empty() || workbook.answers().given(id).answer != Answer::Open;
        let for_all = is_for_all.then_some(Subject::System);
        for_all.into_iter().chain(parts).map(move |subject| (id, subject))
    };
    ids().filter(|id| visible[*id]).chain(aside).flat_map(with_parts).collect()
}

/// Returns the parts that have their own answer to a question, or none although other parts have one.
fn answers_by_part(workbook: &Workbook, question: QuestionId) -> Vec<Subject> {
    let answers = workbook.answers();
    let open = workbook.open_for(question);
    let own = |part: &PartId| answers[*part].overrides.contains_key(&question);
    if !answers.part_ids().any(|part| own(&part)) {
        return Vec::new();
    }
    let listed = answers.part_ids().filter(|part| own(part) || open.contains(&Subject::Part(*part)));
    listed.map(Subject::Part).collect()
}

/// Returns whether an entry has an answer that counts.
fn counts(workbook: &Workbook, (question, subject): Entry) -> bool {
    let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
    let is_aside = answers.set_aside(questionnaire).contains(&(question, subject));
    workbook.can_confirm(question, subject) && !is_aside && answers.visible(questionnaire)[question]
}

/// Returns whether a question has an answer, possibly only for one part, or a note.
fn has_answer(workbook: &Workbook, question: QuestionId) -> bool {
    let answers = workbook.answers();
    let own = answers.parts().iter().any(|part| part.overrides.contains_key(&question));
    let given = answers.given(question);
    own || !given.note.is_empty() || given.answer != Answer::Open
}

struct Writer<'a> {
    workbook: &'a Workbook,
    width: u16,
    tensions: Vec<&'a Say>,
}

impl Writer<'_> {
    fn content(&self, at: usize) -> Content {
        let workbook = self.workbook;
        let mut content = Content::default();
        content.paragraph(&self.summary(), theme::STRONG, self.width);
        content.space();
        let visible = workbook.answers().visible(workbook.questionnaire());
        let open = workbook.answers().open(workbook.questionnaire());
        let mut is_aside = false;
        let mut told = None;
        for (index, (id, subject)) in entries(workbook).into_iter().enumerate() {
            let here = index == at;
            if told != Some(id) && !visible[id] && !is_aside {
                is_aside = true;
                content.space();
                let words = "Set aside: kept but not counted until the question applies again";
                content.paragraph(words, theme::FAINT, self.width);
            }
            if told != Some(id)
                && let Some(section) = workbook.questionnaire()[id].section.as_ref().filter(|_| visible[id])
            {
                content.lines.push(Line::styled(text::cut(section, usize::from(self.width)), theme::FAINT));
            }
            let question = self.entry(id, here && subject == Subject::System, visible[id], &open);
            let lines = match subject {
                Subject::System => question,
                Subject::Part(part) => {
                    if told != Some(id) {
                        content.lines.extend(question);
                    }
                    self.of_part(id, part, here, visible[id])
                }
            };
            content.row(here, ClickTarget::Entry(index), lines);
            told = Some(id);
        }
        self.orphans(&mut content);
        for say in &self.tensions {
            content.space();
            let prefix = vec![Span::styled("! ", theme::NOTICE)];
            let words = format!("{} [{}]", say.text, workbook.questionnaire().cite(&say.sources));
            content.hang(prefix, &words, theme::TEXT, self.width);
        }
        content
    }

    fn summary(&self) -> String {
        let workbook = self.workbook;
        let progress = workbook.answers().progress(workbook.questionnaire());
        let mut words = vec![format!("{} of {} answered", progress.answered, progress.visible)];
        let open = progress.visible - progress.answered - progress.not_sure;
        let tensions = self.tensions.len();
        for (count, what) in [(open, OPEN), (progress.not_sure, NOT_SURE), (progress.set_aside, "set aside")]
        {
            if count > 0 {
                words.push(format!("{count} {what}"));
            }
        }
        let entries = entries(workbook);
        let count = |is: &dyn Fn(&Entry) -> bool| entries.iter().filter(|entry| is(entry)).count();
        let confirmed = count(&|entry| counts(workbook, *entry) && workbook.is_confirmed(entry.0, entry.1));
        if confirmed > 0 {
            let all = count(&|entry| counts(workbook, *entry));
            words.push(format!("{confirmed} of {all} confirmed"));
        }
        if tensions > 0 {
            words.push(counted(tensions as i64, "tension"));
        }
        words.join(", ")
    }

    /// Formats one question with its answers and its note.
    fn entry(
        &self,
        id: QuestionId,
        here: bool,
        is_visible: bool,
        open: &PerQuestion<bool>,
    ) -> Vec<Line<'static>> {
        let workbook = self.workbook;
        let (sign, style) = if is_visible {
            sign(workbook, id, Subject::System, open)
        } else {
            (theme::SET_ASIDE, theme::FAINT)
        };
        let tense = |literal: &Literal| literal.question == id && literal.holds;
        let is_tense = is_visible && self.tensions.iter().any(|say| say.guard.iter().any(tense));
        let prefix = vec![
            theme::pointer(here),
            Span::styled(if is_tense { "!" } else { " " }, theme::NOTICE),
            Span::styled(sign, style),
            Span::raw(" "),
        ];
        let style = match workbook.answers().given(id).answer {
            _ if here => theme::STRONG,
            Answer::Open if !workbook.questionnaire()[id].is_parts() => theme::FAINT,
            _ => theme::TEXT,
        };
        let confirmed = self.confirmed(id, Subject::System);
        let words = format!("{}: {}{confirmed}", workbook.named(id), self.answer(id));
        let mut lines = text::hang(prefix, &words, style, self.width);
        lines.extend(self.asked(id, Subject::System, here));
        let note = &workbook.answers().given(id).note;
        if !note.is_empty() {
            let prefix = vec![Span::styled("       note: ", theme::FAINT)];
            lines.extend(text::hang(prefix, note, theme::TEXT, self.width));
        }
        lines
    }

    /// Formats the answer of one part.
    fn of_part(&self, id: QuestionId, part: PartId, here: bool, is_visible: bool) -> Vec<Line<'static>> {
        let (questionnaire, answers) = (self.workbook.questionnaire(), self.workbook.answers());
        let subject = Subject::Part(part);
        let is_aside = is_visible && answers.set_aside(questionnaire).contains(&(id, subject));
        let aside = if is_aside { ", set aside" } else { "" };
        let prefix = vec![
            theme::pointer(here),
            Span::styled(format!("      for {}{aside}: ", answers[part].name), theme::FAINT),
        ];
        let words = answer_words(questionnaire, answers, id, subject).unwrap_or_else(|| OPEN.to_owned());
        let style = if here { theme::STRONG } else { theme::TEXT };
        let mut lines = text::hang(prefix, &(words + self.confirmed(id, subject)), style, self.width);
        lines.extend(self.asked(id, subject, here));
        lines
    }

    /// Shows the question and the other options of the entry under the cursor, without which an answer cannot be
    /// judged.
    fn asked(&self, id: QuestionId, subject: Subject, here: bool) -> Vec<Line<'static>> {
        if !here {
            return Vec::new();
        }
        let question = &self.workbook.questionnaire()[id];
        let faint = |label: &str, words: &str| {
            let prefix = vec![Span::styled(format!("       {label}: "), theme::FAINT)];
            text::hang(prefix, words, theme::FAINT, self.width)
        };
        let mut lines = faint("question", &question.ask);
        if let Answer::Chosen(chosen) = self.workbook.answers().answer(id, subject) {
            let others = question.option_ids().filter(|option| !chosen.contains(*option));
            let others: Vec<&str> = others.map(|option| question[option].name.as_str()).collect();
            if !others.is_empty() {
                lines.extend(faint("not chosen", &others.join("; ")));
            }
        }
        lines
    }

    fn confirmed(&self, id: QuestionId, subject: Subject) -> &'static str {
        if self.workbook.is_confirmed(id, subject) { " (confirmed)" } else { "" }
    }

    fn answer(&self, id: QuestionId) -> String {
        let workbook = self.workbook;
        let answers = workbook.answers();
        let asked = &workbook.questionnaire()[id];
        if asked.is_parts() && !answers.parts().is_empty() {
            let words = |part: PartId| match (
                &answers[part].plan,
                workbook.session().decision(Subject::Part(part)),
            ) {
                (Plan::ToDecide, None) => answers[part].name.clone(),
                _ => part_words(workbook.questionnaire(), workbook.session(), part),
            };
            return answers.part_ids().map(words).collect::<Vec<_>>().join(", ");
        }
        match (&answers.given(id).answer, asked.kind) {
            (Answer::Text(text), _) => text.clone(),
            (_, Kind::Text) => open_words(Kind::Text).to_owned(),
            _ => {
                let has_own = answers.part_ids().any(|part| answers.has_own(id, part));
                let open = if has_own { "differs by part" } else { OPEN };
                answer_words(workbook.questionnaire(), answers, id, Subject::System)
                    .unwrap_or_else(|| open.to_owned())
            }
        }
    }

    fn orphans(&self, content: &mut Content) {
        let orphans = &self.workbook.session().orphans;
        if orphans.is_empty() {
            return;
        }
        content.space();
        let words = "No longer in the questionnaire (kept in the file, not counted)";
        content.paragraph(words, theme::FAINT, self.width);
        for orphan in orphans {
            let prefix = vec![Span::styled("  ~ ", theme::FAINT)];
            content.hang(prefix, &orphan.what, theme::TEXT, self.width);
        }
    }
}
