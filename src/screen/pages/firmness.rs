//! How firm the advice is: what could change it, the kit, the sources.

use ratatui::text::Span;

use super::{Page, PageId, PageKind};
use crate::action::Action;
use crate::keys::{At, Binding, Group, letter};
use crate::screen::desk::Desk;
use crate::screen::scrolled::Content;
use crate::screen::theme;
use crate::wording::{Section, boundaries_and_remarks, capital, firmness};

const ID: PageId = PageId("firmness");

/// How firm the advice is.
pub const PAGE: PageKind = PageKind {
    opens: Some(
        Binding::row(
            Group::Pages,
            "w",
            "show how firm the advice is: what could change it, the kit, the sources",
        )
        .at(&[At::Browsing])
        .opens("w", "how firm")
        .keys(&[(letter('w'), Action::Open(ID))]),
    ),
    ..PageKind::new(ID, "How firm this is", |desk| {
        desk.workbook.find_outlook();
        Ok(Box::new(FirmnessPage))
    })
};

/// The page.
#[derive(Debug)]
struct FirmnessPage;

impl Page for FirmnessPage {
    fn content(&self, desk: &Desk, width: u16) -> Content {
        let workbook = &desk.workbook;
        let (questionnaire, answers) = (workbook.questionnaire(), workbook.answers());
        let outlook = workbook.outlook().into_iter();
        let mut sections: Vec<Section> =
            outlook.flat_map(|it| firmness(questionnaire, answers, workbook.advice(), it, None)).collect();
        sections.extend(boundaries_and_remarks(questionnaire, answers, workbook.advice()));
        let mut content = Content::default();
        for section in sections {
            content.paragraph(&capital(&section.title), theme::STRONG, width);
            for line in &section.lines {
                content.hang(vec![Span::raw("  ")], line, theme::TEXT, width);
            }
            content.space();
        }
        content
    }
}
