//! Rescue: answers that could not be saved when the program ended the last time.

use super::{Next, Page, PageId, PageKind};
use crate::action::Action;
use crate::screen::desk::Desk;
use crate::screen::effect::{Effect, Errand};
use crate::screen::scrolled::Content;
use crate::screen::theme;
use crate::workbook::{BesideRescue, Rescued};

/// Its name.
pub const ID: PageId = PageId("rescue");

/// Rescued answers; offered when the program starts, and not opened by a key.
pub const PAGE: PageKind = PageKind {
    is_list: true,
    ..PageKind::new(ID, "Rescued answers", |_| Err("Nothing is rescued".to_owned()))
};

/// Something that can be done with rescued answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// Go on with them.
    Take,
    /// Decide another time.
    Leave,
    /// Remove them.
    Discard,
}

const CHOICES: [Choice; 3] = [Choice::Take, Choice::Leave, Choice::Discard];

/// The page.
#[derive(Debug)]
pub struct RescuePage {
    /// Position of the cursor among the choices.
    at: usize,
    rescued: Rescued,
}

impl RescuePage {
    /// Offers rescued answers; the cursor stands where nothing happens.
    pub fn new(rescued: Rescued) -> Self {
        Self { at: 1, rescued }
    }

    fn choose(&self, desk: &mut Desk) -> Next {
        match CHOICES.get(self.at) {
            Some(Choice::Take) => {
                desk.workbook.take_rescued(self.rescued.session.clone());
                desk.say("The rescued answers are taken; undo brings back what the file held");
                // What is left of the file is nobody's.
                if self.rescued.beside == BesideRescue::Ruins {
                    return Next::CLOSE.and(Effect::Errand(Errand::Overwrite));
                }
            }
            Some(Choice::Leave) => {
                let name = &self.rescued.name;
                desk.say(format!("{name} stays where it is and is offered again the next time"));
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
                "Saving was cut off the last time, and {file} is not whole any more. All that was being saved is in \
                 {name}{written}. Until you take that, nothing is written to {file}."
            ),
            BesideRescue::Nothing => format!(
                "The last time the answers could not be saved in {file}. They are in {name}{written}. There is no \
                 such file now."
            ),
            BesideRescue::Session => format!(
                "The last time the answers could not be saved in {file}. They are in {name}{written}, which differs \
                 from it in {}.",
                desk.workbook.differs_in(session)
            ),
        };
        content.paragraph(&words, theme::SAID, width);
        content.space();
        for (index, choice) in CHOICES.into_iter().enumerate() {
            let (name, does) = match choice {
                Choice::Take => (
                    "Take them",
                    "undo brings back what the session held; the rescue file stays until they are saved",
                ),
                Choice::Leave => ("Leave them", "they are offered again the next time"),
                Choice::Discard => ("Throw them away", "the rescue file is removed"),
            };
            content.choice((index, self.at), name, does, width);
        }
        content
    }
}
