//! Details: the record's metadata, one line each.

use ratatui::text::Span;

use super::{Next, Page, PageId, PageKind};
use crate::action::{Action, ClickTarget};
use crate::keys::{At, Binding, ENTER, Group, letter};
use crate::screen::desk::Desk;
use crate::screen::field::TextField;
use crate::screen::scrolled::Content;
use crate::screen::{text, theme};
use crate::session::DetailField;

/// The page's id.
pub const ID: PageId = PageId("details");

/// The page for the details of the record.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(Group::Pages, "i", "edit the record's header: title, system, people, dates")
            .at(&[At::Browsing])
            .opens("i", "details")
            .keys(&[(letter('i'), Action::Open(ID))]),
    ),
    keys: &[Binding::row(Group::Pages, "Enter Space n", "header: edit the line")
        .at(&[At::Page(ID)])
        .foot(1, "enter", "edit")
        .keys(&[(ENTER, Action::GoOn), (letter(' '), Action::Choose), (letter('n'), Action::Write)])],
    is_list: true,
    undoes: true,
    ..PageKind::new(ID, "Details", |_| Ok(Box::new(DetailsPage { at: 0 })))
};

/// Width of a field's name, in columns.
const NAME: usize = 11;

/// The state of the page: the position of the cursor in [`DetailField::ALL`].
#[derive(Debug)]
struct DetailsPage {
    at: usize,
}

impl Page for DetailsPage {
    fn list(&mut self, _desk: &Desk) -> Option<(&mut usize, usize)> {
        Some((&mut self.at, DetailField::ALL.len()))
    }

    /// Opens the line under the cursor in a text field.
    fn update(&mut self, action: &Action, desk: &mut Desk) -> Next {
        if let (Action::GoOn | Action::Choose | Action::Write, Some(field)) =
            (action, DetailField::ALL.get(self.at))
        {
            let line = desk.workbook.session().details.line(*field);
            let about = format!("{}: {}", field.name(), field.hint());
            let open = if field.is_list() { TextField::list } else { TextField::line };
            desk.field = Some(open(about, &line));
        }
        Next::STAY
    }

    fn take_field(&mut self, line: TextField, accepted: bool, desk: &mut Desk) -> Next {
        let Some(field) = DetailField::ALL.get(self.at).copied() else { return Next::STAY };
        let written = line.written();
        match desk.workbook.check_detail(field, &written) {
            // The text stays open for correction.
            Err(wrong) if accepted => {
                desk.say(wrong);
                desk.field = Some(line);
            }
            // Closing the field without a change has no effect.
            _ if !line.is_changed() => {}
            Err(wrong) => desk.say(format!("{wrong}; {} is unchanged", field.name())),
            Ok(()) => {
                let done = desk.workbook.set_detail(field, &written);
                desk.say_refusal(done);
            }
        }
        Next::STAY
    }

    fn content(&self, desk: &Desk, width: u16) -> Content {
        let mut content = Content::default();
        let words = "Header of the decision record. Empty fields are left out.";
        content.paragraph(words, theme::FAINT, width);
        content.space();
        for (index, field) in DetailField::ALL.into_iter().enumerate() {
            let here = index == self.at;
            let line = desk.workbook.session().details.line(field);
            let (words, style) = match line.as_str() {
                "" => (field.hint(), theme::FAINT),
                line => (line, if here { theme::STRONG } else { theme::TEXT }),
            };
            let prefix =
                vec![theme::pointer(here), Span::styled(format!(" {:<NAME$}", field.name()), theme::STRONG)];
            content.row(here, ClickTarget::Entry(index), text::hang(prefix, words, style, width));
        }
        content
    }
}
