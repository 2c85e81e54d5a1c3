//! The export dialog: which dialect, how long, where to; must not write anything.

use super::{App, Editor, Mode, Purpose};
use crate::action::{Delivered, Effect, Order};
use crate::record::Dialect;

/// What the dialog holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Row of the cursor, see [`Export::rows`].
    pub at: usize,
    /// The dialect.
    pub dialect: Dialect,
    /// Whether details are left out.
    pub brief: bool,
    /// File, or folder of records.
    pub path: String,
    /// The file that is there already, after an attempt to write it.
    pub exists: Option<String>,
}

/// One row of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportRow {
    /// A dialect to choose.
    Dialect(Dialect),
    /// Whether details are left out.
    Brief,
    /// Where the record goes.
    Path,
}

impl Export {
    /// Opens the dialog with a place to write to.
    pub fn new(path: &str) -> Self {
        let path = path.to_owned();
        Self { at: 0, dialect: Dialect::Madr, brief: false, path, exists: None }
    }

    /// Returns its rows.
    pub fn rows(&self) -> Vec<ExportRow> {
        let dialects = Dialect::ALL.into_iter().map(ExportRow::Dialect);
        // JSON holds the whole advice.
        let brief = (self.dialect != Dialect::Json).then_some(ExportRow::Brief);
        dialects.chain(brief).chain([ExportRow::Path]).collect()
    }

    /// Takes another dialect; a path that ends as files of the old one do follows it.
    fn take(&mut self, dialect: Dialect) {
        let (old, new) = (self.dialect.extension(), dialect.extension());
        if let Some(stem) = self.path.strip_suffix(old).filter(|stem| stem.ends_with('.')) {
            self.path = format!("{stem}{new}");
        }
        self.dialect = dialect;
        self.brief &= dialect != Dialect::Json;
        self.exists = None;
    }
}

impl App {
    /// Does what Space does in the dialog.
    pub(super) fn choose_in_export(&mut self) {
        let Mode::Export(export) = &mut self.mode else { return };
        match export.rows().get(export.at) {
            Some(ExportRow::Dialect(dialect)) => export.take(*dialect),
            Some(ExportRow::Brief) => export.brief = !export.brief,
            Some(ExportRow::Path) => {
                let behind = Mode::Export(export.clone());
                let editor = Editor::new(Purpose::Path, &export.path, behind);
                self.mode = Mode::Editing(Box::new(editor));
            }
            None => {}
        }
    }

    /// Asks the shell to write the record.
    pub(super) fn order(&mut self, overwrite: bool) -> Option<Effect> {
        let Mode::Export(export) = &mut self.mode else { return None };
        if overwrite && export.exists.is_none() {
            return None;
        }
        // What is there was said of the dialect that was ordered, wherever the cursor is by now.
        if !overwrite && let Some(ExportRow::Dialect(dialect)) = export.rows().get(export.at) {
            let dialect = *dialect;
            export.take(dialect);
        }
        if export.path.trim().is_empty() {
            self.say("Name a file or a folder first");
            return None;
        }
        let Export { dialect, brief, ref path, .. } = **export;
        Some(Effect::Export(Order { dialect, brief, path: path.trim().to_owned(), overwrite }))
    }

    /// Shows how writing the record went.
    pub(super) fn delivered(&mut self, delivered: Delivered) {
        let Mode::Export(export) = &mut self.mode else { return };
        match delivered {
            Delivered::Written(name) => {
                self.mode = Mode::Panes;
                self.say(format!("Written: {name}"));
            }
            Delivered::Exists(name) => export.exists = Some(name),
            Delivered::Failed(reason) => {
                export.exists = None;
                self.say(reason);
            }
        }
    }
}
