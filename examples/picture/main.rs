//! Draws the screenshot in the README: `cargo run --example picture > docs/screen.svg`.

mod svg;

fn main() -> anyhow::Result<()> {
    print!("{}", svg::picture()?);
    Ok(())
}
