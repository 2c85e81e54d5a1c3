//! Wording about answers, advice and firmness, shared by panes, pages, linear mode, messages and records.
//!
//! Each fact is worded in one place; if it has two wordings, they are next to each other. Must not depend on
//! the format that shows the sentences.

mod advice_text;
mod answers;
mod boundaries;
mod changes;
mod decisions;
mod firmness;
mod glossary;
mod phrases;
mod precedents;
mod questions;
mod reasons;
mod ties;
mod versus;

pub use advice_text::{advice_text, final_words, record_words};
pub use answers::{
    NOT_SURE, OPEN, answer_in_full, answer_names, answer_words, answered_for, column_words, differing,
    open_words, progress_words, quoted_answer, whom_it_counts_for,
};
pub use boundaries::{Crossing, Crossings, crossings};
pub use changes::advice_change;
pub use decisions::{
    DecidedView, accepted_on, accepted_too_early, all_decided, beside_advice, decided, decided_for,
    name_decided, part_words, reason_asked,
};
pub use firmness::{
    Section, boundaries_and_remarks, facts, firmness, firmness_brief, firmness_in_brief, percent, remarks_of,
    steps_words, thousands, verdict_words, way_back_words,
};
pub use glossary::glossary;
pub use phrases::{
    SETTLED, WHOLE, ask_next_words, capital, choice_alone, choice_and_lead, choice_names, counted,
    exclusion_in_record, exclusion_words, fits_better, headline, kit_figures, lead_words, none_left_for,
    nothing_chosen, number_word, points, reference, settled_brief, settled_words, stays, stays_in,
    subject_name, the_subject, title, unseen_kits,
};
pub use precedents::{
    Difference, NO_PRECEDENTS, NearWords, PRECEDENTS, near_words, none_near, precedents_near, precedents_text,
};
pub use questions::{Cause, asked_because, greeting, plan_words, questions_moved};
pub use reasons::{grouped_rulings, reason_origin, reason_origin_in_full, without_full_stop};
pub use ties::{kits_tie, or_other_kits, single_kits_tie, tie_of};
pub use versus::{Side, Sides, sides};
