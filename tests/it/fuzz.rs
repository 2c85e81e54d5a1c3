//! Runs the cargo-fuzz targets briefly and deterministically, on mutations of their corpus. Must not check
//! anything that the targets do not check.

use std::fs;
use std::path::Path;

use proptest::prelude::RngExt as _;
use proptest::test_runner::{TestRng, TestRunner};

#[path = "../../fuzz/bodies.rs"]
mod bodies;

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("there is a corpus")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("it can be read")).collect()
}

/// Returns the fuzzer's dictionary.
fn words() -> Vec<Vec<u8>> {
    let text = include_str!("../../fuzz/ron.dict");
    text.lines()
        .map(|line| line.trim_matches('"').replace("\\\"", "\"").replace("\\\\", "\\").into_bytes())
        .collect()
}

/// Applies one random fuzzer mutation to the data.
fn mutate(data: &mut Vec<u8>, other: &[u8], words: &[Vec<u8>], rng: &mut TestRng) {
    let at = rng.random_range(0..=data.len());
    let end = data.len().min(at + rng.random_range(1..25));
    let word = &words[rng.random_range(0..words.len())];
    match rng.random_range(0..8) {
        0 => drop(data.drain(at..end)),
        1 => drop(data.splice(at..at, word.iter().copied())),
        2 => drop(data.splice(at..end, word.iter().copied())),
        3 => {
            let piece = data[at..end].to_vec();
            data.splice(at..at, piece);
        }
        4 => {
            let from = rng.random_range(0..=other.len());
            let piece = &other[from..other.len().min(from + rng.random_range(0..80))];
            data.splice(at..end, piece.iter().copied());
        }
        5 => data.insert(at, rng.random()),
        6 => data.truncate(at.max(1)),
        _ => {
            if let Some(byte) = data.get_mut(at) {
                *byte ^= 1 << rng.random_range(0..8);
            }
        }
    }
}

fn run(target: &str, body: fn(&[u8]), times: usize) {
    let (seeds, words) = (corpus(target), words());
    assert!(seeds.len() >= 2, "{target} has a corpus");
    for seed in &seeds {
        body(seed);
    }
    let mut runner = TestRunner::deterministic();
    let rng = runner.rng();
    for _ in 0..times {
        let mut data = seeds[rng.random_range(0..seeds.len())].clone();
        for _ in 0..rng.random_range(1..6) {
            let other = &seeds[rng.random_range(0..seeds.len())];
            mutate(&mut data, other, &words, rng);
        }
        body(&data);
    }
}

#[test]
fn any_questionnaire() {
    run("questionnaire", bodies::questionnaire, 4000);
}

#[test]
fn any_session() {
    run("session", bodies::session, 2500);
}

#[test]
fn any_lines() {
    run("linear", bodies::linear, 400);
}

#[test]
fn any_keys() {
    run("keys", bodies::keys, 250);
}
