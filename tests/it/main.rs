//! Integration tests, in one binary.

mod engine;
mod scenarios;
mod support;
