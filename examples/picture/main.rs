//! Draws the picture of the screen that the README shows: `cargo run --example picture > docs/screen.svg`.

mod svg;

fn main() -> anyhow::Result<()> {
    print!("{}", svg::picture()?);
    Ok(())
}
