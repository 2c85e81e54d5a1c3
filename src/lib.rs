//! langfit helps architects decide which language each part of a system should be written in.
//!
//! Data flows in one direction, and the modules are listed in that order:
//!
//! 1. [`source`]: a file's text and diagnostics that point into it; [`sanitize`]: escaping of unsafe text;
//!    [`names`]: comparison of names; `address`: web addresses
//! 2. [`questionnaire`]: `questions.ron` as a validated, immutable value; [`id_set`]: its typed bitsets;
//!    [`built_in`]: the questionnaire built into the program
//! 3. [`answers`]: the answers, and the visibility that follows from them
//! 4. [`advice`]: the recommendation: rankings, kit, ledgers and which parts are settled
//! 5. [`session`]: the file that holds a team's answers
//! 6. [`precedents`]: published decisions, and which of them are most similar
//! 7. [`wording`]: the text about answers, advice, firmness and precedents
//! 8. [`lint`]: what the author of a questionnaire should fix; [`scenarios`]: cases with expected advice
//! 9. [`record`]: writing decision records, and parsing existing ones
//! 10. [`compare`]: sessions side by side
//! 11. [`workbook`]: a session being edited, and all operations on it
//! 12. [`action`], [`keys`]: the actions a user can request, and the keys bound to them
//! 13. [`screen`]: panes and pages over the workbook; [`tui`]: terminal, threads, clock
//! 14. [`linear`]: the workbook as plain lines of text
//! 15. [`cli`], [`commands`]: the command line, and the commands that it runs
//!
//! Invariants:
//!
//! - `questionnaire`, `answers`, `advice`, `wording` and `record` use neither the terminal nor files.
//!   `session` uses files but not the terminal.
//! - Only the commands and the export page write records.
//! - Drawing changes only the view, such as scroll positions and click targets. Workbook, panes and pages
//!   perform no I/O and read no clock; they return effects.
//! - Panes and pages declare their keys as data. `keys` is the only place that turns a physical key into an
//!   action. `screen::theme` is the only place that names a color.
//! - Advice is computed from the questionnaire and the answers. It is never saved or edited.
//! - The code names no candidate, question or language. They are all data.

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
