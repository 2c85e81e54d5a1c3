//! langfit helps architects decide which language each part of a system should be written in.
//!
//! Data flows one way, and the modules read in that order:
//!
//! 1. [`source`] a file's text and messages that point into it; [`sanitize`] text made harmless;
//!    [`names`] when two names are the same; `address` addresses of the web
//! 2. [`questionnaire`] `questions.ron` as a checked, immutable value; [`id_set`] its typed sets;
//!    [`built_in`] the one that comes with the program
//! 3. [`answers`] what was answered, and what is visible because of it
//! 4. [`advice`] what the answers recommend: ranking, kit, ledger, settled
//! 5. [`session`] the file a team keeps its answers in
//! 6. [`precedents`] published decisions, and which of them are near
//! 7. [`wording`] what is said about answers, advice, firmness and precedents
//! 8. [`lint`] what an author of a questionnaire should mend
//! 9. [`record`] decision records as documents; what existing records say
//! 10. [`compare`] sessions side by side
//! 11. [`workbook`] a session somebody works on, and all that can be done to it
//! 12. [`action`], [`keys`] what a person can ask for, and with which key
//! 13. [`screen`] panes and pages over the workbook; [`tui`] terminal, threads, clock
//! 14. [`linear`] the workbook as plain lines
//! 15. [`cli`], [`commands`] arguments in, exit code out
//!
//! Invariants:
//!
//! - `questionnaire`, `answers`, `advice`, `wording` and `record` know neither terminal nor files;
//!   `session` knows files but no terminal.
//! - `record` is used by the commands and the page that exports alone.
//! - Drawing takes `&self` and never changes the state. Workbook, panes and pages do no I/O and look at no
//!   clock: they return effects.
//! - Panes and pages declare their keys as data; `keys` is the only place that turns a physical key into
//!   an action. `screen::theme` is the only place that names a colour.
//! - Advice is derived: computed from questionnaire and answers, never saved, never edited.
//! - No candidate, question or language is named in the code: all of that is data.

pub mod action;
pub(crate) mod address;
pub mod advice;
pub mod answers;
pub mod built_in;
pub mod cli;
pub mod commands;
pub mod compare;
#[cfg(debug_assertions)]
pub(crate) mod fault;
pub mod id_set;
pub mod keys;
pub mod linear;
pub mod lint;
pub mod names;
pub mod precedents;
pub mod questionnaire;
pub mod record;
pub mod sanitize;
pub mod scenarios;
pub mod screen;
pub mod session;
pub mod source;
pub mod tui;
pub mod wording;
pub mod workbook;
