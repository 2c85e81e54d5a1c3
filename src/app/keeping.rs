//! The session's file when saving is not a matter of course: it cannot be written, another program
//! changed it or holds it, or answers were rescued; must not touch a file, and must not write over
//! anything unless somebody chose to.

use super::{App, Editor, Mode, Purpose, Saving, Step};
use crate::action::{Effect, Errand};
use crate::questionnaire::join;
use crate::session::{Session, Unsaved};
use crate::wording::counted;

/// What is open about the session's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// Position of the cursor in [`App::choices`].
    pub at: usize,
    /// Where to save as.
    pub path: String,
    /// Why what was chosen last could not be done.
    pub refused: Option<String>,
}

/// Something that can be done about the session's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Try to save again now.
    TryAgain,
    /// Save over what another program wrote.
    KeepMine,
    /// Make the file anew that another program removed.
    WriteAgain,
    /// Go on with what another program wrote.
    TakeTheirs,
    /// Save under another name and go on there.
    SaveAs,
}

/// Answers that could not be saved when the program ended the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// The file that holds them, for people.
    pub name: String,
    /// When it was written, for people; empty if that is not known.
    pub written: String,
    /// What it holds.
    pub session: Session,
    /// What there is beside it.
    pub beside: Beside,
}

/// What the file of a session holds for which answers were rescued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The session as it was before.
    Session,
    /// There is no such file.
    Nothing,
    /// Half of something: what was rescued is all there is.
    Ruins,
}

/// What the session at hand came of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// Its file, and all that was answered since.
    #[default]
    File,
    /// What was rescued, and all that was answered since.
    Rescue,
}

/// Something that can be done with rescued answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RescueChoice {
    /// Go on with them.
    Take,
    /// Decide another time.
    Leave,
    /// Remove them.
    Discard,
}

impl RescueChoice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Take, Self::Leave, Self::Discard];
}

impl App {
    /// Says something before the first key, beside what is said already.
    pub fn tell(&mut self, words: &str) {
        self.message = Some(match self.message.take() {
            Some(before) => format!("{before}; {words}"),
            None => words.to_owned(),
        });
    }

    /// Offers rescued answers; the cursor stands where nothing happens.
    pub fn offer(&mut self, rescued: Rescued) {
        self.rescued = Some(rescued);
        self.mode = Mode::Rescue { at: 1 };
    }

    /// Says whether the session is what was rescued, with nothing but later changes: then what was rescued
    /// is safe as soon as the session is saved. Who takes it back has it in the rescue file alone.
    pub fn has_rescued(&self) -> bool {
        self.origin == Origin::Rescue
    }

    /// Returns what can be done about the session's file now.
    pub fn choices(&self) -> Vec<Choice> {
        match &self.saving {
            Saving::Conflict(_) => vec![Choice::KeepMine, Choice::TakeTheirs, Choice::SaveAs],
            Saving::Gone(_) => vec![Choice::WriteAgain, Choice::SaveAs],
            Saving::Failed(_) => vec![Choice::TryAgain, Choice::SaveAs],
            _ => vec![Choice::SaveAs],
        }
    }

    pub(super) fn open_keeping(&mut self) {
        let file = &self.around.file;
        let proposed = || match file.strip_suffix(".ron") {
            Some(stem) => format!("{stem}-mine.ron"),
            None => format!("{file}-mine"),
        };
        let path = self.typed_name.clone().unwrap_or_else(proposed);
        self.mode = Mode::Keeping(Box::new(Keeping { at: 0, path, refused: None }));
    }

    /// Does what is under the cursor.
    pub(super) fn choose_keeping(&mut self) -> Option<Effect> {
        let choices = self.choices();
        let Mode::Keeping(keeping) = &mut self.mode else { return None };
        keeping.refused = None;
        match choices.get(keeping.at)? {
            Choice::TryAgain => {
                self.mode = Mode::Panes;
                Some(Effect::Errand(Errand::TryAgain))
            }
            Choice::KeepMine | Choice::WriteAgain => {
                self.mode = Mode::Panes;
                self.saving = Saving::Waiting;
                Some(Effect::Errand(Errand::Overwrite))
            }
            Choice::TakeTheirs => Some(Effect::Errand(Errand::Reload)),
            Choice::SaveAs => {
                let behind = Mode::Keeping(keeping.clone());
                self.mode =
                    Mode::Editing(Box::new(Editor::new(Purpose::SaveAs, &keeping.path.clone(), behind)));
                None
            }
        }
    }

    /// Asks the shell to save under the name that was typed.
    pub(super) fn order_save_as(&mut self) -> Option<Effect> {
        self.close();
        let Mode::Keeping(keeping) = &mut self.mode else { return None };
        if keeping.path.is_empty() {
            keeping.refused = Some("Name a file first".to_owned());
            return None;
        }
        keeping.refused = None;
        Some(Effect::Errand(Errand::SaveAs(keeping.path.clone())))
    }

    /// Takes how saving went.
    pub(super) fn saved(&mut self, outcome: Result<(), Unsaved>) {
        let now = match outcome {
            Ok(()) => Saving::Saved,
            Err(Unsaved::Failed(reason)) => Saving::Failed(reason),
            Err(Unsaved::Conflict(words)) => Saving::Conflict(words),
            Err(Unsaved::Gone(words)) => Saving::Gone(words),
        };
        let before = std::mem::replace(&mut self.saving, now);
        if self.saving.is_behind() && !before.is_behind() {
            // Nothing that is said may hide that.
            self.message = None;
        }
        let last = self.choices().len() - 1;
        if let Mode::Keeping(keeping) = &mut self.mode
            && std::mem::discriminant(&before) != std::mem::discriminant(&self.saving)
        {
            // The rows are other ones now, and a key may be on its way: here it does no harm.
            keeping.at = last;
        }
        if self.saving == Saving::Saved && before.is_behind() {
            let words = format!("Saved again in {}", self.around.file);
            self.say(words);
        }
    }

    /// Goes on in the file that the session was saved to, or says why it was not.
    pub(super) fn saved_as(&mut self, saved: Result<String, String>) {
        match saved {
            Ok(name) => {
                self.say(format!("Saved in {name}, where the session goes on"));
                self.around.file = name;
                self.typed_name = None;
                self.saving = Saving::Saved;
                self.mode = Mode::Panes;
            }
            Err(reason) => self.refuse(reason),
        }
    }

    /// Goes on with what another program wrote; what was in memory can be brought back.
    pub(super) fn reloaded(&mut self, reloaded: Result<Box<Session>, String>) {
        let theirs = match reloaded {
            Ok(theirs) => *theirs,
            Err(reason) => return self.refuse(reason),
        };
        let before = self.exchange(theirs);
        let changed = self.apart_from(&before);
        let answers = before.answers.clone();
        let origin = std::mem::take(&mut self.origin);
        self.history.record(Step { session: before, cursor: self.cursor, origin }, false);
        self.mode = Mode::Panes;
        self.saving = Saving::Saved;
        self.recompute(answers, "");
        self.stay_visible();
        self.stale = true;
        self.say(format!(
            "{} read anew, which differs in {changed}; undo brings yours back",
            self.around.file
        ));
    }

    /// Says what another session differs in from the one at hand.
    pub fn apart_from(&self, other: &Session) -> String {
        let differing = self.session.differing(other, &self.questionnaire).len() as i64;
        let details = (self.session.details != other.details).then(|| "the details".to_owned());
        let decided = (self.session.decided != other.decided).then(|| "the decisions".to_owned());
        let answers = (differing > 0).then(|| counted(differing, "answer"));
        let all: Vec<String> = [answers, details, decided].into_iter().flatten().collect();
        if all.is_empty() { "nothing".to_owned() } else { join(all.iter().map(String::as_str), "and") }
    }

    fn refuse(&mut self, reason: String) {
        match &mut self.mode {
            Mode::Keeping(keeping) => keeping.refused = Some(reason),
            _ => self.say(reason),
        }
    }

    /// Leaves a question that is not asked any more.
    fn stay_visible(&mut self) {
        let visible = self.answers().visible(&self.questionnaire);
        let here = self.cursor.question;
        let question = if visible[here] { Some(here) } else { self.session.at.filter(|it| visible[*it]) };
        let first = self.questionnaire.question_ids().find(|it| visible[*it]);
        if let Some(question) = question.or(first) {
            self.go_to(question);
        }
    }

    /// Does with the rescued answers what is under the cursor.
    pub(super) fn choose_rescue(&mut self) -> Option<Effect> {
        let Mode::Rescue { at } = self.mode else { return None };
        self.mode = Mode::Panes;
        match RescueChoice::ALL.get(at)? {
            RescueChoice::Take => {
                let Rescued { session, beside, .. } = self.rescued.take()?;
                self.origin = Origin::Rescue;
                self.exchange(session);
                self.stay_visible();
                self.say("The rescued answers are taken; undo brings back what the file held");
                // What is left of the file is nobody's.
                (beside == Beside::Ruins).then_some(Effect::Errand(Errand::Overwrite))
            }
            RescueChoice::Leave => {
                let name = self.rescued.take()?.name;
                self.say(format!("{name} stays where it is and is offered again the next time"));
                None
            }
            RescueChoice::Discard => {
                self.rescued = None;
                Some(Effect::Errand(Errand::DropRescue))
            }
        }
    }

    /// What saving is after the session changed.
    pub(super) fn after_change(&self) -> Saving {
        match &self.saving {
            Saving::Untouched | Saving::Waiting | Saving::Saved => Saving::Waiting,
            // Still so until the saver says otherwise.
            behind => behind.clone(),
        }
    }
}
