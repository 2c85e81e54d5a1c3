//! Rescue: answers that could not be saved when the program last ended.

use super::{Next, Page, PageId, PageKind};
use crate::action::Action;
use crate::screen::desk::Desk;
use crate::screen::effect::{Effect, Errand};
use crate::screen::scrolled::Content;
use crate::screen::theme;
use crate::workbook::{BesideRescue, Rescued};

/// The page's id.
pub const ID: PageId = PageId("rescue");

/// The page for rescued answers; offered at program start, not opened by a key.
pub const PAGE: PageKind = PageKind {
    is_list: true,
    ..PageKind::new(ID, "Recovered answers", |_| Err("There are no recovered answers".to_owned()))
};

/// An operation on rescued answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Continue with the rescued answers.
    Take,
    /// Decide later.
    Leave,
    /// Remove the rescued answers.
    Discard,
}

const CHOICES: [Choice; 3] = [Choice::Take, Choice::Leave, Choice::Discard];

/// The state of the page.
#[derive(Debug)]
pub struct RescuePage {
    /// Position of the cursor among the choices.
    at: usize,
    rescued: Rescued,
}

impl RescuePage {
    /// Offers rescued answers, with the cursor on the choice that changes nothing.
    pub fn new(rescued: Rescued) -> Self {
        Self { at: 1, rescued }
    }

    fn choose(&self, desk: &mut Desk) -> Next {
        match CHOICES.get(self.at) {
            Some(Choice::Take) => {
                desk.workbook.take_rescued(self.rescued.session.clone());
                desk.say("The recovered answers are loaded; undo brings back what the file had");
                // The damaged file may be overwritten, because the rescued answers are complete.
                if self.rescued.beside == BesideRescue::Ruins {
                    return Next::CLOSE.and(Effect::Errand(Errand::Overwrite));
                }
            }
            Some(Choice::Leave) => {
                let name = &self.rescued.name;
                desk.say(format!("{name} is kept and offered again at the next start"));
            }
            Some(Choice::Discard) => return Next::CLOSE.and(Effect::Errand(Errand::DropRescue)),
            None => {}
        }
        Next::CLOSE
    }
}

impl Page for RescuePage {
    fn list(&mut self, _desk: &Desk) -> Option<(&mut usize, usize)> {
        Some((&mut self.at, CHOICES.len()))
    }

    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        match action {
            Action::GoOn | Action::Choose => self.choose(desk),
            _ => Next::STAY,
        }
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let mut content = Content::default();
        let Rescued { name, written, session, beside } = &self.rescued;
        let written = if written.is_empty() { String::new() } else { format!(", {written}") };
        let file = &desk.workbook.file;
        let words = match beside {
            BesideRescue::Ruins => format!(
                "Saving was interrupted the last time, and {file} is incomplete. The full answers are in {name}{written}. \
                 Nothing is written to {file} until you load them."
            ),
            BesideRescue::Nothing => format!(
                "The last time, the answers could not be saved to {file}, which no longer exists. They are in \
                 {name}{written}."
            ),
            BesideRescue::Session => format!(
                "The last time, the answers could not be saved to {file}. They are in {name}{written}, which differs \
                 in {}.",
                desk.workbook.differs_in(session)
            ),
        };
        content.paragraph(&words, theme::SAID, width);
        content.space();
        for (index, choice) in CHOICES.into_iter().enumerate() {
            let (name, does) = match choice {
                Choice::Take => (
                    "Load them",
                    "undo brings back the session's answers; the rescue file stays until these are saved",
                ),
                Choice::Leave => ("Leave them", "they are offered again the next time"),
                Choice::Discard => ("Delete them", "the rescue file is removed"),
            };
            content.choice((index, self.at), name, does, width);
        }
        content
    }
}
