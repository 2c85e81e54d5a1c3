//! Reads untrusted text files.
//!
//! Reading must not block, exhaust memory or parse the text.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::Source;
use crate::sanitize::name_of;

/// Maximum size of a file, in bytes.
pub const SIZE_LIMIT: u64 = 1024 * 1024;

/// Reads a regular UTF-8 file of at most [`SIZE_LIMIT`] bytes. A byte order mark is dropped, and CRLF becomes
/// LF.
///
/// # Errors
///
/// Returns an error that names the file in one sentence. The file type is checked before opening, because
/// opening a FIFO waits for a writer and reading a device may never end.
pub fn read(path: &Path) -> Result<Source> {
    let (name, bytes) = bytes(path)?;
    decode(&name, bytes)
}

/// Reads a file as [`read`] does, and also returns its raw bytes.
pub fn read_with_bytes(path: &Path) -> Result<(Source, Vec<u8>)> {
    let (name, bytes) = bytes(path)?;
    Ok((decode(&name, bytes.clone())?, bytes))
}

fn bytes(path: &Path) -> Result<(String, Vec<u8>)> {
    let name = name_of(path);
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{name}: no such file; check the name")
        }
        metadata => metadata.with_context(|| format!("{name}: cannot be read"))?,
    };
    if metadata.is_dir() {
        bail!("{name}: is a folder; name a file");
    }
    if !metadata.is_file() {
        bail!("{name}: is not a regular file; copy its content into one");
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes))
        .with_context(|| format!("{name}: cannot be read"))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        let size = metadata.len();
        bail!("{name}: has {size} bytes, the limit is {SIZE_LIMIT}; split it or shorten it");
    }
    Ok((name, bytes))
}

/// Reads text from a reader, of at most [`SIZE_LIMIT`] bytes.
pub fn read_input(name: &str, input: impl Read) -> Result<Source> {
    let mut bytes = Vec::new();
    let read = input.take(SIZE_LIMIT + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("{name}: cannot be read"))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        bail!("{name}: has more than {SIZE_LIMIT} bytes, which is the limit; split it or shorten it");
    }
    decode(name, bytes)
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<Source> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        bail!("{name}:1:1: is not UTF-8 text, it looks like UTF-16; save it as UTF-8");
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
            let (line, column) = Source::new(name, before).position(at);
            bail!("{name}:{line}:{column}: is not UTF-8 text; save it as UTF-8");
        }
    };
    if let Some(at) = text.find('\0') {
        let (line, column) = Source::new(name, text).position(at);
        bail!(
            "{name}:{line}:{column}: is not UTF-8 text, it has a NUL byte and may be UTF-16; save it as UTF-8"
        );
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // Editors and Git may change line endings, so those must affect neither texts nor the digest.
    Ok(Source::new(name, text.replace("\r\n", "\n")))
}
