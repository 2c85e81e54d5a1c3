//! Decide: the team's decisions beside the advice, part by part.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Next, Page, PageId, PageKind};
use crate::action::{Action, ClickTarget};
use crate::advice::{PartAdvice, Standing};
use crate::answers::Subject;
use crate::keys::{At, Binding, ENTER, Group, capital as capital_letter, key, letter};
use crate::screen::desk::Desk;
use crate::screen::field::TextField;
use crate::screen::panes::then_record;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};
use crate::session::{Chosen, Decision};
use crate::wording::{
    capital, choice_names, decided, decided_for, exclusion_words, name_decided, reason_asked, settled_brief,
    subject_name,
};
use crate::workbook::Workbook;
use ratatui::crossterm::event::KeyCode;

/// The page's id.
pub const ID: PageId = PageId("decide");

/// The page on which the team decides.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "D", "record what the team decided for each part, and why")
            .at(&[At::Browsing])
            .opens("D", "decide")
            .keys(&[(capital_letter('D'), Action::Open(ID))]),
    ),
    keys: &[
        Binding::row(Group::Pages, "Enter Space", "decisions: open the list, then choose")
            .at(&[At::Page(ID)])
            .foot(1, "enter", "choose")
            .keys(&[(ENTER, Action::GoOn), (letter(' '), Action::Choose)]),
        Binding::row(Group::Pages, "n Backspace", "decisions: write the reason; withdraw the decision")
            .at(&[At::Page(ID)])
            .foot(3, "n", "reason")
            .keys(&[
                (letter('n'), Action::Write),
                (key(KeyCode::Backspace), Action::Clear),
                (key(KeyCode::Delete), Action::Clear),
            ]),
    ],
    is_list: true,
    undoes: true,
    ..PageKind::new(ID, "Decide", open)
};

#[derive(Debug)]
struct DecidePage {
    /// Position of the cursor among the parts of the advice.
    part: usize,
    /// Position of the cursor in the part's ranking while a candidate is being chosen. The entry after the
    /// ranking is for anything other than a candidate.
    candidate: Option<usize>,
    /// The purpose of the open text field, if any.
    writing: Option<Writing>,
}

/// The purpose of the open text field.
#[derive(Debug)]
enum Writing {
    /// The decision for a subject, typed as text instead of picked from the candidates.
    Other(Subject),
    /// The reason for the decision about a subject.
    Because(Subject, Chosen),
}

fn open(desk: &mut Desk) -> Result<Box<dyn Page>, String> {
    let parts = &desk.workbook.advice().parts;
    if parts.is_empty() {
        return Err("Every part stays as it is; there is nothing to decide".to_owned());
    }
    let focus = desk.workbook.focus();
    let focused = |part: &PartAdvice| focus != Subject::System && part.subject == focus;
    let part = parts.iter().position(focused).unwrap_or(0);
    Ok(Box::new(DecidePage { part, candidate: None, writing: None }))
}

impl DecidePage {
    /// Lists the candidates, with the cursor on the entry decided or typed before.
    fn list_candidates(&mut self, desk: &Desk) {
        let workbook = &desk.workbook;
        let Some(part) = workbook.advice().parts.get(self.part) else { return };
        let candidate = |chosen: &Chosen| chosen.candidate(workbook.questionnaire());
        let stands =
            |chosen: &Chosen| part.ranking.iter().position(|it| candidate(chosen) == Some(it.candidate));
        let decided = workbook.session().decision(part.subject).and_then(|decision| stands(&decision.chosen));
        let at_other = other(desk, part.subject).map(|_| part.ranking.len());
        self.candidate = Some(at_other.or(decided).unwrap_or(0));
    }

    /// Decides on the candidate at a position; for the entry after the ranking, asks for a text instead.
    fn choose(&mut self, at: usize, desk: &mut Desk) {
        let workbook = &desk.workbook;
        let Some(part) = workbook.advice().parts.get(self.part) else { return };
        let subject = part.subject;
        if let Some(standing) = part.ranking.get(at) {
            let chosen = Chosen::of(workbook.questionnaire(), standing.candidate);
            return self.decide(subject, chosen, desk);
        }
        let about = format!("What did the team decide for {}?", subject_name(workbook.answers(), subject));
        desk.field = Some(TextField::line(about, other(desk, subject).unwrap_or_default()));
        self.writing = Some(Writing::Other(subject));
    }

    /// Records a decision. If it differs from the advice, asks for the reason first.
    fn decide(&mut self, subject: Subject, chosen: Chosen, desk: &mut Desk) {
        let workbook = &desk.workbook;
        // The reason for a different decision does not apply to this one.
        let same = |decision: &&Decision| decision.chosen == chosen;
        let before = workbook.session().decision(subject).filter(same);
        let because = before.map(|decision| decision.because.clone()).unwrap_or_default();
        self.candidate = None;
        if is_advised(workbook, subject, &chosen) {
            keep(desk, subject, chosen, &because);
        } else {
            self.ask_why(desk, subject, chosen, &because);
        }
    }

    fn ask_why(&mut self, desk: &mut Desk, subject: Subject, chosen: Chosen, because: &str) {
        let workbook = &desk.workbook;
        let questionnaire = workbook.questionnaire();
        let whom = subject_name(workbook.answers(), subject);
        let advised = workbook.advice().of(subject).map(|part| part.choice).unwrap_or_default();
        let advised = choice_names(questionnaire, advised);
        let asked = reason_asked(is_advised(workbook, subject, &chosen), &advised);
        let about = format!("{} for {whom}{asked}", name_decided(questionnaire, &chosen));
        let number = subject.part().map(|part| format!("-{}", part.number() - 1)).unwrap_or_default();
        let draft = match &chosen {
            Chosen::Candidate(id) => format!("because-{id}{number}"),
            Chosen::Other(_) => format!("because{number}"),
        };
        desk.field = Some(TextField::text(about, because, draft));
        self.writing = Some(Writing::Because(subject, chosen));
    }

    /// Opens the reason for the decision under the cursor in a text field.
    fn edit_reason(&mut self, desk: &mut Desk) {
        let workbook = &desk.workbook;
        let Some(subject) = workbook.advice().parts.get(self.part).map(|part| part.subject) else { return };
        let chosen = decided_for(workbook.questionnaire(), workbook.session(), subject);
        let Some((decision, chosen)) = workbook.session().decision(subject).zip(chosen) else {
            return desk.say("Decide first, then write the reason");
        };
        self.candidate = None;
        let (because, chosen) = (decision.because.clone(), chosen.clone());
        self.ask_why(desk, subject, chosen, &because);
    }

    /// Withdraws the decision under the cursor.
    fn withdraw(&self, desk: &mut Desk) {
        let parts = &desk.workbook.advice().parts;
        let Some(subject) = parts.get(self.part).map(|part| part.subject) else { return };
        let name = subject_name(desk.workbook.answers(), subject).to_owned();
        let withdrawn = desk.workbook.withdraw(subject);
        desk.say(if withdrawn {
            format!("The decision for {name} is withdrawn")
        } else {
            format!("There is no decision for {name}")
        });
    }
}

/// Returns the text typed or recorded as the decision for a subject, if it is not a candidate.
fn other(desk: &Desk, subject: Subject) -> Option<&str> {
    let typed = desk.typed_decision.as_ref().filter(|(whom, _)| *whom == subject);
    let decided = || match &desk.workbook.session().decision(subject)?.chosen {
        Chosen::Candidate(_) => None,
        Chosen::Other(text) => Some(text.as_str()),
    };
    typed.map(|(_, text)| text.as_str()).or_else(decided)
}

fn is_advised(workbook: &Workbook, subject: Subject, chosen: &Chosen) -> bool {
    let advised = workbook.advice().of(subject).map(|part| part.choice).unwrap_or_default();
    chosen.is_one_of(workbook.questionnaire(), advised)
}

/// Stores a decision and shows a message.
fn keep(desk: &mut Desk, subject: Subject, chosen: Chosen, because: &str) {
    let decided = format!(
        "Decided: {} for {}",
        name_decided(desk.workbook.questionnaire(), &chosen),
        subject_name(desk.workbook.answers(), subject)
    );
    let done = desk.workbook.decide(subject, chosen, because);
    if desk.say_refusal(done).is_some() {
        desk.typed_decision.take_if(|(whom, _)| *whom == subject);
        desk.say(if desk.workbook.all_decided() {
            format!("{decided}. {}", then_record(&desk.workbook))
        } else {
            decided
        });
    }
}

impl Page for DecidePage {
    fn about(&self, desk: &Desk) -> Subject {
        let parts = &desk.workbook.advice().parts;
        parts.get(self.part).map_or_else(|| desk.workbook.focus(), |part| part.subject)
    }

    fn list(&mut self, desk: &Desk) -> Option<(&mut usize, usize)> {
        match &mut self.candidate {
            Some(candidate) => Some((candidate, desk.workbook.questionnaire().candidates().len() + 1)),
            None => Some((&mut self.part, desk.workbook.advice().parts.len())),
        }
    }

    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        match (action, self.candidate) {
            (Action::GoOn | Action::Choose, None) => self.list_candidates(desk),
            (Action::GoOn | Action::Choose, Some(at)) => self.choose(at, desk),
            (Action::Write, _) => self.edit_reason(desk),
            (Action::Clear, _) => self.withdraw(desk),
            _ => {}
        }
        Next::STAY
    }

    fn close(&mut self) -> Next {
        if self.candidate.take().is_some() { Next::STAY } else { Next::CLOSE }
    }

    fn take_field(&mut self, field: TextField, accepted: bool, desk: &mut Desk) -> Next {
        let written = field.written();
        match self.writing.take() {
            Some(Writing::Because(subject, chosen)) => keep(desk, subject, chosen, &written),
            Some(Writing::Other(subject)) => {
                let chosen = Chosen::called(desk.workbook.questionnaire(), &written);
                // A typed text without a decision is offered again when the entry is opened.
                desk.typed_decision = chosen.is_some().then_some((subject, written));
                match chosen {
                    Some(chosen) if accepted => self.decide(subject, chosen, desk),
                    None => desk.say("The text is empty, so nothing changes"),
                    Some(_) => {}
                }
            }
            None => {}
        }
        Next::STAY
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        Writer { page: self, desk, workbook: &desk.workbook, width }.content()
    }
}

struct Writer<'a> {
    page: &'a DecidePage,
    desk: &'a Desk,
    workbook: &'a Workbook,
    width: u16,
}

impl Writer<'_> {
    fn content(&self) -> Content {
        let workbook = self.workbook;
        let mut content = Content::default();
        let words = "The team's decisions, recorded next to the recommendation. A choice that differs from the recommendation \
                     needs a reason.";
        content.paragraph(words, theme::FAINT, self.width);
        content.space();
        for (index, part) in workbook.advice().parts.iter().enumerate() {
            self.part(&mut content, index, part);
        }
        let gone: Vec<_> = decided(workbook.questionnaire(), workbook.session())
            .into_iter()
            .filter(|it| {
                !workbook
                    .advice()
                    .parts
                    .iter()
                    .any(|part| subject_name(workbook.answers(), part.subject) == it.part)
            })
            .collect();
        if !gone.is_empty() {
            content.paragraph("Decided, but no longer open for decision", theme::FAINT, self.width);
            for decision in gone {
                content.hang(vec![Span::raw("  ")], &decision.line, theme::TEXT, self.width);
            }
        }
        content
    }

    fn part(&self, content: &mut Content, index: usize, part: &PartAdvice) {
        let workbook = self.workbook;
        let here = index == self.page.part;
        let has_cursor = here && self.page.candidate.is_none();
        let name = capital(subject_name(workbook.answers(), part.subject));
        let prefix = vec![theme::pointer(has_cursor), Span::styled(format!(" {name}  "), theme::STRONG)];
        let advised = choice_names(workbook.questionnaire(), part.choice);
        let words = format!("recommended: {advised}, {}", settled_brief(part));
        let lines = text::hang(prefix, &words, theme::FAINT, self.width);
        match self.page.candidate {
            // While a candidate is being chosen, the list entries are the candidates.
            Some(_) => content.lines.extend(lines),
            None => content.row(has_cursor, ClickTarget::Entry(index), lines),
        }
        let all = decided(workbook.questionnaire(), workbook.session());
        let own = part.subject.part().map(|part| workbook.answers()[part].name.as_str());
        let position = workbook.session().decided.iter().position(|decision| decision.part.as_deref() == own);
        match position.and_then(|position| all.get(position)) {
            Some(decision) => {
                let prefix = vec![Span::styled("    decided: ", theme::SAID)];
                content.hang(prefix, &decision.line, theme::TEXT, self.width);
                if !decision.because.is_empty() {
                    let prefix = vec![Span::styled("    because: ", theme::FAINT)];
                    content.hang(prefix, &decision.because, theme::TEXT, self.width);
                }
            }
            None => content.lines.push(Line::styled("    no decision yet", theme::FAINT)),
        }
        if let (true, Some(at)) = (here, self.page.candidate) {
            for (index, standing) in part.ranking.iter().enumerate() {
                let lines = self.candidate(part, standing, index == at);
                content.row(index == at, ClickTarget::Entry(index), lines);
            }
            let here = at == part.ranking.len();
            let words = match other(self.desk, part.subject) {
                Some(text) => format!("something else: {text}"),
                None => "something else…".to_owned(),
            };
            let lines = self.entry(here, Span::raw("   "), &words, theme::TEXT);
            content.row(here, ClickTarget::Entry(part.ranking.len()), lines);
        }
        content.space();
    }

    fn candidate(&self, part: &PartAdvice, standing: &Standing, here: bool) -> Vec<Line<'static>> {
        let name = &self.workbook.questionnaire()[standing.candidate].name;
        let is_advised = part.choice.contains(standing.candidate);
        let words = match (is_advised, standing.ruled_out) {
            (true, _) => format!("{name} {}, recommended", standing.score),
            (false, Some(exclusion)) => format!("{name}, {}", exclusion_words(exclusion)),
            (false, None) => format!("{name} {}", standing.score),
        };
        let style = if standing.is_alive() { theme::TEXT } else { theme::RULED_OUT };
        let mark = Span::raw(if is_advised { format!(" {} ", theme::CHOICE) } else { "   ".to_owned() });
        self.entry(here, mark, &words, style)
    }

    fn entry(&self, here: bool, mark: Span<'static>, words: &str, style: Style) -> Vec<Line<'static>> {
        let style = if here { theme::STRONG } else { style };
        text::hang(vec![Span::raw("   "), theme::pointer(here), mark], words, style, self.width)
    }
}
