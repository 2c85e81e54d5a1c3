//! Integration tests, in one binary.

mod advice_words;
mod another;
mod bad_input;
mod balance;
mod cases;
mod check;
mod cli;
mod coverage;
mod decide;
mod decisions;
mod engine;
mod frames;
mod journeys;
mod outlook;
mod pages;
mod pty;
mod questions;
mod readme;
mod records;
mod scenarios;
mod screen;
mod session;
mod support;
mod together;
mod undo;
mod versus;
