//! Writes the pictures in the README: `cargo run --example picture`.

mod record;
mod screen;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    std::fs::write(docs.join("screen.svg"), screen::screen_picture()?)?;
    std::fs::write(docs.join("record.svg"), record::record_picture()?)?;
    Ok(())
}
