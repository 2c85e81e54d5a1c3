//! Integration tests, in one binary.

mod cli;
mod engine;
mod frames;
mod journeys;
mod pty;
mod readme;
mod scenarios;
mod screen;
mod support;
