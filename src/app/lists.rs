//! What the lists that open over the panes have in common, and review, details and decide; must not
//! word what they show.

use super::history::Way;
use super::{App, Deciding, Editor, Export, Mode, Pane, Purpose, RescueChoice};
use crate::action::{Action, Effect, Step, Target};
use crate::answers::Subject;
use crate::questionnaire::{CandidateId, QuestionId};
use crate::session::{Decision, Field};
use crate::wording::{choice_names, subject_name};

impl App {
    /// Returns the questions that a review lists: the visible ones, then those whose answers are set
    /// aside.
    pub fn reviewed(&self) -> Vec<QuestionId> {
        let visible = self.answers().visible(&self.questionnaire);
        let ids = || self.questionnaire.question_ids();
        let aside = ids().filter(|id| !visible[*id] && self.has_answer(*id));
        ids().filter(|id| visible[*id]).chain(aside).collect()
    }

    /// Says whether anything was said of a question: an answer, also for one part, or a note.
    pub fn has_answer(&self, question: QuestionId) -> bool {
        let answers = self.answers();
        let own = answers.parts().iter().any(|part| part.overrides.contains_key(&question));
        own || !answers.given(question).note.is_empty()
            || answers.given(question).answer != crate::answers::Answer::Open
    }

    pub(super) fn open_review(&mut self) {
        let at = self.reviewed().iter().position(|id| *id == self.cursor.question).unwrap_or(0);
        self.mode = Mode::Review { at };
    }

    fn go_to_reviewed(&mut self, at: usize) {
        let Some(question) = self.reviewed().get(at).copied() else { return };
        if !self.answers().visible(&self.questionnaire)[question] {
            self.say("Set aside: it is not asked as long as the answers above are what they are");
            return;
        }
        self.mode = Mode::Panes;
        self.pane = Pane::Question;
        self.go_to(question);
    }

    pub(super) fn open_decide(&mut self) {
        if self.advice.parts.is_empty() {
            self.say("Every part stays as it is; nothing is to be decided");
            return;
        }
        let focused =
            |part: &crate::advice::PartAdvice| part.subject != Subject::System && part.subject == self.focus;
        let at = self.advice.parts.iter().position(focused).unwrap_or(0);
        self.mode = Mode::Decide(Deciding { at, candidate: None });
    }

    /// Applies an action while a list is open.
    pub(super) fn apply_to_list(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Move(step) => self.step_list(step),
            Action::GoOn if matches!(self.mode, Mode::Export(_)) => return self.order(false),
            Action::GoOn | Action::Choose if matches!(self.mode, Mode::Keeping(_)) => {
                return self.choose_keeping();
            }
            Action::GoOn | Action::Choose if matches!(self.mode, Mode::Rescue { .. }) => {
                return self.choose_rescue();
            }
            Action::Overwrite => return self.order(true),
            Action::Delivered(delivered) => self.delivered(delivered),
            Action::Write if matches!(self.mode, Mode::Decide(_)) => self.edit_reason(),
            Action::Choose | Action::GoOn | Action::Write => self.choose_in_list(),
            Action::Clear => self.withdraw(),
            Action::Type(input) => self.type_in(&input),
            Action::Paste(text) => self.paste(&text),
            Action::Cut(cut) => self.cut(cut),
            Action::Undo => self.travel(Way::Undo),
            Action::Redo => self.travel(Way::Redo),
            Action::Close | Action::Accept => self.close(),
            Action::Click(Target::Entry(at)) => return self.point(at),
            Action::Click(_) => {}
            // Other pages open from here as from everywhere.
            action => self.apply(action),
        }
        None
    }

    /// Moves the cursor of the list.
    fn step_list(&mut self, step: Step) {
        let count = match &self.mode {
            Mode::Find(_) => self.hits().len(),
            Mode::Review { .. } => self.reviewed().len(),
            Mode::Details { .. } => Field::ALL.len(),
            Mode::Decide(Deciding { candidate: Some(_), .. }) => self.questionnaire.candidates().len(),
            Mode::Decide(_) => self.advice.parts.len(),
            Mode::Export(export) => export.rows().len(),
            Mode::Keeping(_) => self.choices().len(),
            Mode::Rescue { .. } => RescueChoice::ALL.len(),
            _ => return,
        };
        let Some(at) = self.mode.list_cursor() else { return };
        *at = match step {
            Step::Next => (*at + 1).min(count.saturating_sub(1)),
            Step::Previous => at.saturating_sub(1),
        };
    }

    /// Puts the cursor on an entry; a click on the one that has it chooses it.
    fn point(&mut self, entry: usize) -> Option<Effect> {
        let before = std::mem::replace(self.mode.list_cursor()?, entry);
        if before == entry { self.apply_to_list(Action::Choose) } else { None }
    }

    /// Does what Space and Enter do in a list.
    fn choose_in_list(&mut self) {
        match &self.mode {
            Mode::Find(_) => self.go_to_hit(),
            Mode::Review { at } => self.go_to_reviewed(*at),
            Mode::Details { at } => self.edit_detail(*at),
            Mode::Decide(Deciding { at, candidate: None }) => self.list_candidates(*at),
            Mode::Decide(Deciding { at, candidate: Some(candidate) }) => self.decide(*at, *candidate),
            Mode::Export(_) => self.choose_in_export(),
            _ => {}
        }
    }

    fn edit_detail(&mut self, at: usize) {
        let Some(field) = Field::ALL.get(at).copied() else { return };
        let line = self.session.details.line(field);
        self.mode = Mode::Editing(Box::new(Editor::new(Purpose::Detail(field), &line, Mode::Details { at })));
    }

    fn list_candidates(&mut self, at: usize) {
        let Some(part) = self.advice.parts.get(at) else { return };
        let decided = self.session.decision(part.subject).map(|decision| decision.candidate.as_str());
        let stands = |id: &str| {
            part.ranking.iter().position(|standing| self.questionnaire[standing.candidate].id == id)
        };
        let candidate = decided.and_then(stands).unwrap_or(0);
        self.mode = Mode::Decide(Deciding { at, candidate: Some(candidate) });
    }

    /// Decides for the candidate under the cursor; asks why if it is not what is advised.
    fn decide(&mut self, at: usize, candidate: usize) {
        let Some(part) = self.advice.parts.get(at) else { return };
        let Some(chosen) = part.ranking.get(candidate).map(|standing| standing.candidate) else { return };
        // Why somebody else was chosen is no reason for this one.
        let same = |decision: &&Decision| decision.candidate == self.questionnaire[chosen].id;
        let before = self.session.decision(part.subject).filter(same);
        let because = before.map(|decision| decision.because.clone()).unwrap_or_default();
        let behind = Mode::Decide(Deciding { at, candidate: None });
        if part.choice.contains(chosen) {
            let subject = part.subject;
            self.mode = behind;
            self.set_decision(subject, chosen, &because);
        } else {
            let purpose = Purpose::Because { subject: part.subject, candidate: chosen };
            self.mode = Mode::Editing(Box::new(Editor::new(purpose, &because, behind)));
        }
    }

    /// Opens the reason of the decision under the cursor.
    fn edit_reason(&mut self) {
        let Mode::Decide(Deciding { at, .. }) = self.mode else { return };
        let Some(subject) = self.advice.parts.get(at).map(|part| part.subject) else { return };
        let decision = self.session.decision(subject);
        let chosen = decision.and_then(|decision| self.questionnaire.find_candidate(&decision.candidate));
        let (Some(decision), Some(candidate)) = (decision, chosen) else {
            self.say("Decide first; the reason belongs to a decision");
            return;
        };
        let behind = Mode::Decide(Deciding { at, candidate: None });
        let purpose = Purpose::Because { subject, candidate };
        self.mode = Mode::Editing(Box::new(Editor::new(purpose, &decision.because, behind)));
    }

    /// Keeps a decision; one that is not advised needs a reason.
    pub(super) fn set_decision(&mut self, subject: Subject, chosen: CandidateId, because: &str) {
        let advised = self.advice.of(subject).map(|part| part.choice).unwrap_or_default();
        let name = subject_name(self.answers(), subject).to_owned();
        if !advised.contains(chosen) && because.trim().is_empty() {
            let advised = choice_names(&self.questionnaire, advised);
            self.say(format!("Not decided for {name}: the advice is {advised}, so a sentence why is needed"));
            return;
        }
        let (questionnaire, today) = (&self.questionnaire, self.around.today);
        let decided = self.session.decision(subject);
        let same = decided
            .is_some_and(|it| it.candidate == questionnaire[chosen].id && it.because == because.trim());
        if !same {
            self.session.decide(questionnaire, subject, (chosen, advised), because, today);
        }
        let chosen = &self.questionnaire[chosen].name;
        self.say(format!("Decided: {chosen} for {name}"));
    }

    /// Withdraws the decision under the cursor.
    fn withdraw(&mut self) {
        let Mode::Decide(Deciding { at, .. }) = self.mode else { return };
        let Some(subject) = self.advice.parts.get(at).map(|part| part.subject) else { return };
        let name = subject_name(self.answers(), subject).to_owned();
        let withdrawn = self.session.withdraw(subject);
        self.say(if withdrawn {
            format!("The decision for {name} is withdrawn")
        } else {
            format!("Nothing is decided for {name}")
        });
    }

    pub(super) fn open_export(&mut self) {
        self.mode = Mode::Export(Box::new(Export::new(&self.around.records)));
    }
}
