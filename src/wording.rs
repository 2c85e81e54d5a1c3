//! What the program says about answers, advice and firmness, shared by panes, pages, lines, messages
//! and records.
//!
//! Must not compute advice, and must not know in which format its sentences are shown.

mod asked;
mod boundaries;
mod changes;
mod decisions;
mod firmness;
mod reasons;
mod terms;
mod text;

pub use asked::{Cause, asked_because, differing, greeting, plan_words, questions_moved, whom_it_counts_for};
pub use boundaries::{Crossing, Crossings, crossings};
pub use changes::shift;
pub use decisions::{DecidedView, decided, decided_for, is_accepted};
pub use firmness::{Section, beside, facts, firmness, remarks_of, verdict_words};
pub use reasons::{grouped, grouped_rulings, place, sentence_part};
pub use terms::{
    WHOLE, answer_in_full, answer_words, capital, choice_names, counted, headline, points, settled_brief,
    settled_words, stays_in, subject_name, title, unseen_kits, why_not_in_kit,
};
pub use text::advice_text;
