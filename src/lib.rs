//! langfit
pub mod advice;
pub mod answers;
pub mod cli;
pub mod commands;
pub mod questionnaire;
pub mod record;
pub mod session;
pub mod set;
pub mod source;
pub mod visible;
