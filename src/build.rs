//! Build script: validates `questions.ron` and serializes the result for `src/built_in.rs`.

// The script includes modules of the program and uses only some of their items.
#![allow(dead_code, missing_docs, unused_imports, clippy::unused_self)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context as _, Result};

mod id_set;
mod questionnaire;
mod sanitize;
mod source;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=questions.ron");
    println!("cargo::rerun-if-changed=src");
    let questionnaire = questionnaire::Questionnaire::parse(&source::read(Path::new("questions.ron"))?)?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").context("cargo names a folder for what is built")?);
    fs::write(folder.join("questions.postcard"), postcard::to_allocvec(&questionnaire)?)?;
    Ok(())
}
