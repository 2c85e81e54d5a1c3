//! Integration tests, in one binary.

mod engine;
mod frames;
mod journeys;
mod pty;
mod readme;
mod scenarios;
mod screen;
mod support;
