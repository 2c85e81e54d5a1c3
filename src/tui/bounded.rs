//! A backend that limits its size, so that a frame can be drawn whatever size the terminal reports.

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// The size assumed for a terminal that does not report one.
const USUAL: Size = Size::new(80, 24);
/// The maximum size, larger than any screen. A frame of 65535 × 65535 cells would exhaust the memory.
const LARGEST: Size = Size::new(1000, 500);

/// Forwards all calls to a backend, but limits the size.
#[derive(Debug)]
pub struct Bounded<B>(pub B);

fn bound(size: Size) -> Size {
    if size.width == 0 || size.height == 0 {
        return USUAL;
    }
    Size::new(size.width.min(LARGEST.width), size.height.min(LARGEST.height))
}

impl<B: Backend> Backend for Bounded<B> {
    type Error = B::Error;

    fn size(&self) -> Result<Size, Self::Error> {
        self.0.size().map(bound)
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        let size = self.0.window_size()?;
        Ok(WindowSize { columns_rows: bound(size.columns_rows), ..size })
    }

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> Result<(), Self::Error> {
        self.0.draw(content)
    }

    fn append_lines(&mut self, count: u16) -> Result<(), Self::Error> {
        self.0.append_lines(count)
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        self.0.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        self.0.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> Result<(), Self::Error> {
        self.0.clear_region(region)
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.0.flush()
    }
}
