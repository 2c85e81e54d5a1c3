//! Export: dialect, length and destination of the record. The shell writes the file.

use ratatui::text::{Line, Span};

use super::{Next, Page, PageId, PageKind, bindings, details};
use crate::action::{Action, ClickTarget};
use crate::keys::{At, Binding, Context, ENTER, FieldKeys, Group, PaneKeys, key_for, letter};
use crate::questionnaire::join;
use crate::record::Dialect;
use crate::screen::desk::Desk;
use crate::screen::effect::{Effect, ExportOrder, Exported, Report};
use crate::screen::field::TextField;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};
use crate::wording::accepted_too_early;

/// The page's id.
pub const ID: PageId = PageId("export");
/// The action that overwrites an existing file.
const OVERWRITE: &str = "overwrite";

/// The page that exports the record.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "e", "export the decision record")
            .at(&[At::Browsing])
            .opens("e", "export")
            .keys(&[(letter('e'), Action::Open(ID))]),
    ),
    keys: &[
        Binding::row(Group::Pages, "Space", "export: choose the format, leave out details, name the file")
            .at(&[At::Page(ID)])
            .foot(1, "space", "choose")
            .keys(&[(letter(' '), Action::Choose), (letter('n'), Action::Write)]),
        Binding::row(Group::Pages, "Enter", "export: write the record")
            .at(&[At::Page(ID)])
            .foot(1, "enter", "write")
            .keys(&[(ENTER, Action::GoOn)]),
        Binding::row(Group::Pages, "o", "export: overwrite the existing file")
            .at(&[At::Page(ID)])
            .foot(1, "o", "overwrite")
            .keys(&[(letter('o'), Action::OfPage(OVERWRITE))]),
    ],
    is_list: true,
    ..PageKind::new(ID, "Export the decision record", |desk| Ok(Box::new(ExportPage::new(&desk.records))))
};

/// Width of a dialect's name, in columns.
const NAME: usize = 11;

#[derive(Debug)]
struct ExportPage {
    /// Position of the cursor among the rows.
    at: usize,
    dialect: Dialect,
    /// Whether details are omitted.
    brief: bool,
    /// A file, or a folder of records.
    path: String,
    /// The existing file that prevented the last attempt to write.
    exists: Option<String>,
}

/// One row of the page.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Dialect(Dialect),
    Brief,
    Path,
}

impl ExportPage {
    fn new(path: &str) -> Self {
        let path = path.to_owned();
        Self { at: 0, dialect: Dialect::Madr, brief: false, path, exists: None }
    }

    fn rows(&self) -> Vec<Entry> {
        let dialects = Dialect::ALL.into_iter().map(Entry::Dialect);
        // JSON always holds the complete advice.
        let brief = (self.dialect != Dialect::Json).then_some(Entry::Brief);
        dialects.chain(brief).chain([Entry::Path]).collect()
    }

    /// Selects another dialect. A path with the old dialect's extension gets the new extension.
    fn take(&mut self, dialect: Dialect) {
        let (old, new) = (self.dialect.extension(), dialect.extension());
        if let Some(stem) = self.path.strip_suffix(old).filter(|stem| stem.ends_with('.')) {
            self.path = format!("{stem}{new}");
        }
        self.dialect = dialect;
        self.brief &= dialect != Dialect::Json;
        self.exists = None;
    }

    fn choose(&mut self, desk: &mut Desk) {
        match self.rows().get(self.at) {
            Some(Entry::Dialect(dialect)) => self.take(*dialect),
            Some(Entry::Brief) => self.brief = !self.brief,
            Some(Entry::Path) => {
                let about = "File for the record, or a folder of records, where the record gets the next number; \
                             end a new folder with /";
                desk.field = Some(TextField::path(about.to_owned(), &self.path, FieldKeys::Line));
            }
            None => {}
        }
    }

    /// Asks the shell to write the record.
    fn order(&mut self, overwrite: bool, desk: &mut Desk) -> Next {
        // The file was found to exist for the dialect of the last order, so overwriting ignores the cursor.
        if !overwrite && let Some(Entry::Dialect(dialect)) = self.rows().get(self.at) {
            self.take(*dialect);
        }
        let path = self.path.trim().to_owned();
        if path.is_empty() {
            desk.say("Name a file or a folder first");
            return Next::STAY;
        }
        let (dialect, brief) = (self.dialect, self.brief);
        Next::STAY.and(Effect::Export(ExportOrder { dialect, brief, path, overwrite }))
    }
}

impl Page for ExportPage {
    fn can(&self, action: &Action) -> bool {
        match action {
            Action::GoOn => self.exists.is_none(),
            Action::OfPage(_) => self.exists.is_some(),
            _ => true,
        }
    }

    fn list(&mut self, _desk: &Desk) -> Option<(&mut usize, usize)> {
        let count = self.rows().len();
        Some((&mut self.at, count))
    }

    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        match action {
            action if !self.can(action) => {}
            Action::GoOn => return self.order(false, desk),
            Action::OfPage(OVERWRITE) => return self.order(true, desk),
            Action::Choose | Action::Write => self.choose(desk),
            _ => {}
        }
        Next::STAY
    }

    fn take_field(&mut self, field: TextField, _accepted: bool, _desk: &mut Desk) -> Next {
        field.written().trim().clone_into(&mut self.path);
        self.exists = None;
        Next::STAY
    }

    fn take_report(&mut self, report: &Report, desk: &mut Desk) -> Option<Next> {
        let Report::Exported(exported) = report else { return None };
        match exported {
            Exported::Written(name) => {
                desk.say(format!("Written: {name}"));
                return Some(Next::CLOSE);
            }
            Exported::Exists(name) => self.exists = Some(name.clone()),
            Exported::Failed(reason) => {
                self.exists = None;
                desk.say(reason);
            }
        }
        Some(Next::STAY)
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let mut content = Content::default();
        let details = &desk.workbook.session().details;
        let lacks = [("title", details.title.is_empty()), ("deciders", details.deciders.is_empty())];
        let lacks: Vec<&str> = lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(what, _)| what).collect();
        if !lacks.is_empty() {
            let key = key_for(bindings(), Context::Pane(PaneKeys::Advice), &Action::Open(details::ID));
            let words =
                format!("The record has no {} yet; {} adds them.", join(lacks, "and no"), key.unwrap_or("i"));
            content.paragraph(&words, theme::SAID, width);
            content.space();
        }
        let (questionnaire, session) = (desk.workbook.questionnaire(), desk.workbook.session());
        if let Some(words) = accepted_too_early(questionnaire, session, desk.workbook.advice()) {
            content.paragraph(&(words + "."), theme::SAID, width);
            content.space();
        }
        if desk.workbook.all_decided() && details.accepted.is_none() {
            let words = "The record will say “proposed”. After the approval, enter its day under “Accepted” in the details.";
            content.paragraph(words, theme::TEXT, width);
            content.space();
        }
        content.lines.push(Line::styled("Format", theme::FAINT));
        for (index, row) in self.rows().into_iter().enumerate() {
            let here = index == self.at;
            let style = if here { theme::STRONG } else { theme::TEXT };
            let sign = theme::pointer(here);
            let lines = match row {
                Entry::Dialect(dialect) => {
                    let round = if self.dialect == dialect { "(•)" } else { "( )" };
                    let prefix =
                        vec![sign, Span::styled(format!(" {round} {:<NAME$}", dialect.name()), style)];
                    text::hang(prefix, dialect.purpose(), theme::FAINT, width)
                }
                Entry::Brief => {
                    content.space();
                    let square = if self.brief { "[x]" } else { "[ ]" };
                    let prefix = vec![sign, Span::styled(format!(" {square} {:<NAME$}", "brief"), style)];
                    text::hang(prefix, "without the details: shorter", theme::FAINT, width)
                }
                Entry::Path => {
                    content.space();
                    content.lines.push(Line::styled("Output file or folder", theme::FAINT));
                    text::hang(vec![sign, Span::raw(" ")], &self.path, style, width)
                }
            };
            content.row(here, ClickTarget::Entry(index), lines);
        }
        if let Some(name) = &self.exists {
            content.space();
            let words =
                format!("{name} already exists, so nothing was written. Overwrite it, or name another file.");
            content.paragraph(&words, theme::SAID, width);
        }
        content
    }
}
