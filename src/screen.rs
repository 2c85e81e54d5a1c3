//! The screen: the state that it adds to the workbook, how actions change it, and how it is drawn.
//!
//! [`App::update`] applies an action and returns the effect for the shell; [`App::take_report`] applies the
//! shell's report on an effect. Neither draws, reads a clock or accesses a file.

mod desk;
mod effect;
mod field;
mod footer;
mod keymap;
pub mod pages;
pub mod panes;
mod scrolled;
mod sign;
mod standings;
mod text;
mod theme;
mod view;

use ratatui::Frame;
use ratatui::layout::Rect;
use scrolled::Scrolled;

use crate::action::{Action, ClickTarget, PageId, Pane};
use crate::answers::Subject;
use crate::keys::{self, Context};
use crate::wording::Cause;
use crate::workbook::{Rescued, Saving, Step, Travel, Workbook};

pub use desk::{Desk, Questions};
pub use effect::{Draft, Edited, Effect, Errand, ExportOrder, Exported, Report};
pub use field::TextField;
pub use pages::bindings;
use pages::{Next, Page, PageKind, find_page, help, ledger, rescue};
pub use view::{View, draw};

/// The state of the screen.
#[derive(Debug)]
pub struct App {
    desk: Desk,
    page: Option<OpenPage>,
    /// Whether the preview is out of date.
    stale: bool,
    /// Whether the message about letters of other keyboard layouts was shown.
    explained_layouts: bool,
}

/// A page that is open over the panes.
#[derive(Debug)]
pub struct OpenPage {
    /// The static description of the page.
    pub kind: &'static PageKind,
    state: Box<dyn Page>,
    /// The page that help was opened over, shown again when help closes.
    below: Option<Box<Self>>,
}

impl OpenPage {
    fn new(kind: &'static PageKind, state: Box<dyn Page>) -> Self {
        Self { kind, state, below: None }
    }

    fn context(&self) -> Context {
        let PageKind { id, is_list, undoes, .. } = *self.kind;
        Context::Page { id, is_list, undoes }
    }

    fn about(&self, desk: &Desk) -> Subject {
        self.state.about(desk)
    }

    fn draw(&self, frame: &mut Frame<'_>, desk: &Desk, area: Rect, scrolled: &mut Scrolled) {
        let title = self.state.title(desk).unwrap_or_else(|| self.kind.title.to_owned());
        self.state.draw(frame, desk, &title, area, scrolled);
    }
}

impl App {
    /// Creates the screen for a workbook. `records` is the default destination of records.
    pub fn new(workbook: Workbook, records: String) -> Self {
        Self { desk: Desk::new(workbook, records), page: None, stale: true, explained_layouts: false }
    }

    /// Returns the desk: workbook, cursor and messages.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Returns the desk for changes by the shell, such as to the date and the mouse.
    pub fn desk_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// Returns the workbook of the current session.
    pub fn workbook(&self) -> &Workbook {
        &self.desk.workbook
    }

    /// Returns the page that is open over the panes.
    pub fn page(&self) -> Option<&OpenPage> {
        self.page.as_ref()
    }

    /// Returns the id of the open page, if any, and whether a text field is open.
    pub fn is_open(&self) -> (Option<PageId>, bool) {
        (self.page.as_ref().map(|page| page.kind.id), self.desk.field.is_some())
    }

    /// Returns a key that changes with the open page, the text field and the content of the page. New content
    /// is shown from its beginning.
    pub fn shown(&self) -> (Option<PageId>, bool, usize) {
        let (page, field) = self.is_open();
        (page, field, self.page.as_ref().map_or(0, |page| page.state.sheet()))
    }

    /// Offers rescued answers, with the cursor on the choice that changes nothing.
    pub fn offer(&mut self, rescued: Rescued) {
        self.page = Some(OpenPage::new(&rescue::PAGE, Box::new(rescue::RescuePage::new(rescued))));
    }

    /// Adds a message that no action caused, after the existing message.
    pub fn tell(&mut self, words: &str) {
        self.desk.message = Some(match self.desk.message.take() {
            Some(before) => format!("{before}; {words}"),
            None => words.to_owned(),
        });
    }

    /// Returns the context that determines what each key does now.
    pub fn context(&self) -> Context {
        if let Some(field) = &self.desk.field {
            return Context::Field(field.keys);
        }
        self.page.as_ref().map_or_else(|| Context::Pane(self.desk.pane_keys()), OpenPage::context)
    }

    /// Returns whether the footer should offer an action, because it can have an effect now.
    pub fn can(&self, action: &Action) -> bool {
        let workbook = &self.desk.workbook;
        match action {
            Action::Focus(_) => {
                let in_page = self.page.as_ref().is_none_or(|page| page.state.can(action));
                in_page && workbook.answers().subjects().iter().any(|it| it.part().is_some())
            }
            Action::Open(id) => find_page(*id).is_some_and(|page| (page.is_offered)(&self.desk)),
            Action::Undo => self.desk.field.is_some() || workbook.can_undo(),
            Action::AskNext => workbook.outlook().is_none_or(|outlook| outlook.ask_next.is_some()),
            action => self.page.as_ref().is_none_or(|page| page.state.can(action)),
        }
    }

    /// Applies an action and returns the effect for the shell.
    pub fn update(&mut self, action: Action) -> Option<Effect> {
        self.desk.hush();
        self.stale = true;
        let travels = self.desk.field.is_none() && matches!(action, Action::Undo | Action::Redo);
        // Answers from a rescue file were not given just now.
        let rescues = self.page.as_ref().is_some_and(|page| page.kind.id == rescue::ID);
        let effect = self.apply(action);
        self.finish_change(effect, if travels || rescues { Cause::Other } else { Cause::Answer })
    }

    /// Applies a report of the shell and returns the resulting effect for the shell.
    pub fn take_report(&mut self, report: Report) -> Option<Effect> {
        self.stale = true;
        match report {
            Report::Saved(outcome) => {
                let before = self.desk.workbook.saved(outcome.clone());
                self.take_saving(&before, &Report::Saved(outcome));
                None
            }
            Report::SavedAs(Ok(name)) => {
                self.desk.say(format!("Saved as {name}; later changes go to that file"));
                self.desk.workbook.file = name;
                self.desk.typed_name = None;
                self.desk.workbook.saving = Saving::Saved;
                self.page = None;
                None
            }
            Report::Reloaded(Ok(theirs)) => {
                let differs = self.desk.workbook.reloaded(*theirs);
                self.page = None;
                self.desk.announce_change(Cause::Other);
                let file = &self.desk.workbook.file;
                self.desk.message = Some(format!(
                    "Reloaded {file}, which differs in {differs}; undo brings your answers back"
                ));
                None
            }
            report @ (Report::SavedAs(Err(_)) | Report::Reloaded(Err(_))) => {
                self.pass_on(&report);
                None
            }
            Report::Edited(edited) => {
                self.desk.hush();
                self.take_edited(edited);
                self.finish_change(None, Cause::Answer)
            }
            report @ (Report::Exported(_) | Report::Trouble(_)) => {
                self.desk.hush();
                self.pass_on(&report);
                None
            }
        }
    }

    /// Updates the preview of choosing the option under the cursor, if it is out of date. Called just before
    /// drawing.
    pub fn refresh_preview(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        let shows = self.page.is_none() && self.desk.field.is_none() && self.desk.pane == Pane::Question;
        self.desk.preview = if shows { self.desk.workbook.preview() } else { None };
    }

    /// Announces a change, if there was one. Returns the given effect or, without one, the effect that saves
    /// the change.
    fn finish_change(&mut self, effect: Option<Effect>, cause: Cause) -> Option<Effect> {
        let changed = self.desk.announce_change(cause);
        if self.desk.field.is_none() {
            self.desk.workbook.end_writing();
        }
        let saves = changed && self.desk.workbook.saving.keeps_changes();
        effect.or_else(|| saves.then_some(Effect::Save))
    }

    fn apply(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Quit => {
                self.end_field(false);
                Some(Effect::Quit)
            }
            Action::Stop => Some(Effect::Stop),
            Action::Reopen if self.desk.questions == Questions::Changed => {
                self.end_field(false);
                self.desk.questions = Questions::Reopened;
                Some(Effect::Quit)
            }
            Action::Reopen => {
                self.desk.message = Some("The questionnaire has not changed since it was loaded".to_owned());
                None
            }
            Action::EditOutside => {
                self.desk.field.as_ref().and_then(TextField::draft).map(Effect::EditOutside)
            }
            Action::Mouse => {
                self.desk.toggle_mouse();
                None
            }
            Action::OtherLayout(letter, key) => {
                self.explain_layout(letter, key);
                None
            }
            Action::Click(target) => self.click(target),
            Action::Type(_) | Action::Cut(_) | Action::Paste(_) | Action::Undo | Action::Redo
                if self.desk.field.is_some() =>
            {
                self.write(&action);
                None
            }
            Action::Close | Action::Accept if self.desk.field.is_some() => {
                self.end_field(action == Action::Accept)
            }
            Action::Paste(_) => {
                self.refuse_paste();
                None
            }
            Action::Undo | Action::Redo => {
                let way = if action == Action::Undo { Travel::Undo } else { Travel::Redo };
                let words = self.desk.workbook.travel(way).unwrap_or_else(|refusal| refusal.to_string());
                self.desk.say(words);
                None
            }
            Action::Open(id) => {
                self.open(id);
                None
            }
            Action::GoOn if self.page.is_none() && self.desk.pane == Pane::Advice => {
                self.open(ledger::ID);
                None
            }
            Action::Move(step) if self.page.is_some() => {
                self.move_in_list(step);
                None
            }
            action => {
                let Some(page) = &mut self.page else {
                    panes::update(&mut self.desk, &action);
                    return None;
                };
                let next = match action {
                    Action::Close => page.state.close(),
                    action => page.state.update(&action, &mut self.desk),
                };
                self.follow_page(next)
            }
        }
    }

    fn open(&mut self, id: PageId) {
        if self.page.as_ref().is_some_and(|page| page.kind.id == id) {
            return self.close_page();
        }
        let Some(kind) = find_page(id) else { return };
        if id == help::ID
            && let Some(below) = self.page.take()
        {
            let state = Box::new(help::HelpPage::on(below.context()));
            self.page = Some(OpenPage { kind, state, below: Some(Box::new(below)) });
            return;
        }
        match (kind.open)(&mut self.desk) {
            Ok(state) => self.page = Some(OpenPage::new(kind, state)),
            Err(reason) => self.desk.say(reason),
        }
    }

    fn follow_page(&mut self, next: Next) -> Option<Effect> {
        if next.closes {
            self.desk.field = None;
            self.close_page();
        }
        next.effect
    }

    fn close_page(&mut self) {
        self.page = self.page.take().and_then(|page| page.below).map(|below| *below);
    }

    fn move_in_list(&mut self, step: Step) {
        let list = self.page.as_mut().and_then(|page| page.state.list(&self.desk));
        let Some((cursor, count)) = list else { return };
        *cursor = match step {
            Step::Next => (*cursor + 1).min(count.saturating_sub(1)),
            Step::Previous => cursor.saturating_sub(1),
        };
    }

    /// Handles a click. On a page it moves the cursor, or chooses the entry that already has the cursor. Over
    /// the panes, see [`panes::click`].
    fn click(&mut self, target: ClickTarget) -> Option<Effect> {
        let Some(page) = &mut self.page else {
            let action = panes::click(&mut self.desk, target);
            return action.and_then(|action| self.apply(action));
        };
        match (page.state.list(&self.desk), target) {
            (Some((cursor, _)), ClickTarget::Entry(entry)) => {
                if std::mem::replace(cursor, entry) != entry {
                    return None;
                }
                let next = page.state.update(&Action::Choose, &mut self.desk);
                self.follow_page(next)
            }
            (None, ClickTarget::Entry(_)) => None,
            // A click outside the text field closes the field and keeps the text.
            _ => self.end_field(false),
        }
    }

    fn write(&mut self, action: &Action) {
        if let Some(field) = &mut self.desk.field {
            let said = field.update(action);
            self.take_written(said);
        }
    }

    /// Replaces the field's text with the text from the user's editor, and shows the editor's message.
    fn take_edited(&mut self, edited: Edited) {
        if let Some(field) = &mut self.desk.field {
            let said = edited.text.and_then(|text| field.replace(&text));
            self.desk.message = edited.said;
            self.take_written(said);
        }
    }

    fn take_written(&mut self, said: Option<String>) {
        if said.is_some() {
            self.desk.message = said;
        }
        let written = self.desk.field.as_ref().map(TextField::written).unwrap_or_default();
        match &mut self.page {
            Some(page) => page.state.take_written(&written),
            None => panes::question::keep_text(&mut self.desk, &written),
        }
    }

    /// Closes the open text field.
    fn end_field(&mut self, accepted: bool) -> Option<Effect> {
        let field = self.desk.field.take()?;
        let Some(page) = &mut self.page else {
            panes::question::take_field(&mut self.desk, &field);
            return None;
        };
        let next = page.state.take_field(field, accepted, &mut self.desk);
        self.follow_page(next)
    }

    /// Refuses a paste outside a text field, where the text must not act as keys, and shows a message.
    fn refuse_paste(&mut self) {
        let context = self.context();
        let in_pane = matches!(context, Context::Pane(_));
        let note = keys::key_for(bindings(), context, &Action::Write).filter(|_| in_pane);
        let hint = note.map(|key| format!("; {key} writes a note")).unwrap_or_default();
        self.desk.say(format!("Pasted text ignored{hint}"));
    }

    /// Passes a report on to the open page. Errors that the page does not handle are shown as messages.
    fn pass_on(&mut self, report: &Report) {
        let next = self.page.as_mut().and_then(|page| page.state.take_report(report, &mut self.desk));
        if let Some(next) = next {
            self.follow_page(next);
        } else if let Report::SavedAs(Err(reason)) | Report::Reloaded(Err(reason)) | Report::Trouble(reason) =
            report
        {
            self.desk.say(reason);
        }
    }

    /// Announces a change of the saving state.
    fn take_saving(&mut self, before: &Saving, report: &Report) {
        let now = &self.desk.workbook.saving;
        if now.is_behind() && !before.is_behind() {
            // No message may hide the saving error.
            self.desk.message = None;
        }
        if std::mem::discriminant(before) != std::mem::discriminant(now) {
            self.pass_on(report);
        }
        if self.desk.workbook.saving == Saving::Saved && before.is_behind() {
            self.desk.say(format!("Saving works again: {}", self.desk.workbook.file));
        }
    }

    /// Explains, only once, why a letter of another keyboard layout has no effect.
    fn explain_layout(&mut self, letter: char, key: Option<char>) {
        if std::mem::replace(&mut self.explained_layouts, true) {
            return;
        }
        self.desk.say(match key {
            Some(key) => {
                format!("“{letter}” is not a key here; on a Latin keyboard layout the same key is {key}")
            }
            None => format!("“{letter}” is not a key here; keys are the letters a to z, digits and signs"),
        });
    }
}
