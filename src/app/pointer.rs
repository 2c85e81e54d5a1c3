//! The mouse: what a click does; must not know where anything stands on the screen.

use super::{App, Mode, Pane};
use crate::action::Target;

impl App {
    pub(super) fn toggle_mouse(&mut self) {
        self.mouse = !self.mouse;
        self.say(if self.mouse {
            "The mouse is on: click chooses, the wheel scrolls"
        } else {
            "The mouse is off: the terminal selects text again"
        });
    }

    /// A click gives its pane the keys and does what the cursor and a key would do there.
    pub(super) fn click(&mut self, target: Target) {
        let pane = match target {
            Target::Pane(pane) => pane,
            Target::Question(_) => Pane::Outline,
            Target::Row(_) => Pane::Question,
            Target::Standing(_) => Pane::Advice,
            Target::Entry(_) => return,
        };
        if matches!(self.mode, Mode::Editing(_)) {
            if pane == Pane::Question {
                return;
            }
            // Elsewhere a click ends the writing; what was written is kept.
            self.close();
        }
        if !matches!(self.mode, Mode::Panes) {
            // The panes are behind a page, and keys would go to what nobody sees.
            return;
        }
        let before = std::mem::replace(&mut self.pane, pane);
        match target {
            Target::Pane(_) | Target::Entry(_) => {}
            Target::Question(question) => self.go_to(question),
            Target::Row(row) => {
                self.cursor.row = row;
                self.choose(row);
            }
            Target::Standing(standing) if before == pane && standing == self.cursor.standing => {
                self.open_ledger();
            }
            Target::Standing(standing) => self.cursor.standing = standing,
        }
    }
}
