//! Fuzzes the parser of questionnaires. The checks are in `bodies.rs`.

#![no_main]

#[path = "../bodies.rs"]
#[allow(dead_code)]
mod bodies;

libfuzzer_sys::fuzz_target!(|data: &[u8]| bodies::questionnaire(data));
