//! A session that is open for one run: how it was found, its saver and its rescued answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Error, Result, bail};

use crate::questionnaire::Questionnaire;
use crate::sanitize::sanitize_line;
use crate::screen::{Errand, Report};
use crate::session::{
    self, Bookmark, Drafts, EXAMPLE, EXAMPLE_TEXT, RescueFile, Saver, SaverReport, Session, StateFolder,
    Store, Written,
};
use crate::source::Source;
use crate::wording::capital;
use crate::workbook::{BesideRescue, Rescued, Saving, Workbook};

/// An open session.
#[derive(Debug)]
pub struct OpenSession {
    /// Whether the file did not exist.
    pub is_new: bool,
    /// Whether the file exists but does not contain an id yet.
    pub is_unnamed: bool,
    /// The session as it was found or created, with its id and dates set.
    pub before: Session,
    /// The other program that holds the session, if any. In that case, nothing is written.
    pub holder: Option<String>,
    /// Answers that an earlier run could not save, until they are offered.
    pub rescued: Option<RescueFile>,
    /// Why the file cannot be read, if an earlier run was interrupted while writing it.
    pub broken: Option<Error>,
    /// Saves the session.
    pub saver: Saver,
    /// The texts that were given to an external editor.
    pub drafts: Drafts,
    /// The rescue file, which is removed once its content is saved.
    rescue_file: Option<PathBuf>,
}

impl OpenSession {
    /// Loads or creates the session and applies `change` to it. `report` receives the outcome of each save.
    pub fn open(
        path: &Path,
        state: &StateFolder,
        questionnaire: Arc<Questionnaire>,
        change: impl FnOnce(&mut Session) -> Result<()>,
        report: impl Fn(SaverReport) -> bool + Send + 'static,
    ) -> Result<(Self, Workbook)> {
        // Locked before reading, so that no other run changes the content afterwards.
        let mut store = Store::open(path, state)?;
        let holder = store.holder().map(str::to_owned);
        let loaded = store.load(&questionnaire);
        let saved = loaded.as_ref().ok().and_then(Option::as_ref);
        // Only the program that holds the session offers rescued answers.
        let rescue = store.rescue();
        let (rescued, of_others) = if holder.is_none() {
            (rescue.find(&questionnaire, saved), rescue.of_others(&questionnaire, saved))
        } else {
            (None, Vec::new())
        };
        let (loaded, broken) = match loaded {
            Err(error) if store.was_cut_off() && rescued.as_ref().is_some_and(|it| it.session.is_ok()) => {
                (None, Some(error))
            }
            loaded => (loaded?, None),
        };
        let is_new = loaded.is_none() && broken.is_none();
        let found = loaded.unwrap_or_else(|| Session::new(&questionnaire));
        let notices = store.notices();
        let mut session = found.clone();
        change(&mut session)?;
        let changed = session != found;
        // If answers were given on the command line, the session opens at the last of them.
        let answered = session.differing(&found, &questionnaire).last().copied();
        // The bookmark of a deleted session with this name does not apply to a new session.
        let bookmark = if is_new { Bookmark::default() } else { store.bookmark().clone() };
        let stopped = bookmark.question.as_ref().and_then(|id| questionnaire.find(id));
        session.at = answered.or(stopped);
        let is_unnamed = !is_new && broken.is_none() && found.id.is_empty();
        let mut before = found;
        before.stamp(session::today());
        session.stamp(session::today());
        before.id.clone_from(&session.id);

        let name = store.name().to_owned();
        let drafts = store.drafts();
        let saver = Saver::spawn(store, Arc::clone(&questionnaire), report)?;
        let mut workbook = Workbook::new(questionnaire, session, name, session::today());
        workbook.restore(&bookmark);
        workbook.notices.extend(notices);
        workbook.notices.extend(of_others.iter().map(|other| {
            format!("{} has unsaved answers from another session with the same name", other.name())
        }));
        let mut changed = changed;
        if holder.is_none() && broken.is_none() {
            drafts.sweep();
            changed |= take_late(&mut workbook, &drafts);
        }
        if holder.is_some() {
            workbook.saving = Saving::ReadOnly;
        } else if changed && broken.is_none() {
            saver.submit(workbook.session().clone());
        }
        let rescue_file =
            rescued.as_ref().filter(|found| found.session.is_ok()).map(|found| found.path.clone());
        Ok((
            Self { is_new, is_unnamed, before, holder, rescued, broken, saver, drafts, rescue_file },
            workbook,
        ))
    }

    /// Opens the built-in example. Nothing is written until it is saved under a name.
    pub fn example(
        state: &StateFolder,
        questionnaire: Arc<Questionnaire>,
        report: impl Fn(SaverReport) -> bool + Send + 'static,
    ) -> Result<(Self, Workbook)> {
        let mut session = Session::parse(&Source::new(EXAMPLE, EXAMPLE_TEXT), &questionnaire)?;
        session.stamp(session::today());
        let before = session.clone();
        let store = Store::without_file(EXAMPLE, state);
        let drafts = store.drafts();
        let saver = Saver::spawn(store, Arc::clone(&questionnaire), report)?;
        let mut workbook = Workbook::new(questionnaire, session, EXAMPLE.to_owned(), session::today());
        workbook.saving = Saving::Example;
        workbook.notices = vec!["This is a finished example; your changes are not saved".to_owned()];
        let opened = Self {
            is_new: false,
            is_unnamed: false,
            before,
            holder: None,
            rescued: None,
            broken: None,
            saver,
            drafts,
            rescue_file: None,
        };
        Ok((opened, workbook))
    }

    /// Returns the answers that an earlier run could not save. An error says why they cannot be read.
    pub fn take_rescued(&mut self) -> Option<Result<Rescued, String>> {
        let found = self.rescued.take()?;
        let name = found.name();
        Some(match found.session {
            Ok(session) => {
                let written = found.written.map(|time| time.strftime("%Y-%m-%d %H:%M").to_string());
                let written = written.map(|time| format!("written {time}")).unwrap_or_default();
                let beside = match (&self.broken, self.is_new) {
                    (Some(_), _) => BesideRescue::Ruins,
                    (None, true) => BesideRescue::Nothing,
                    (None, false) => BesideRescue::Session,
                };
                Ok(Rescued { name, written, session, beside })
            }
            Err(error) => {
                let error = sanitize_line(&format!("{error:#}"));
                Err(format!("The recovered answers in {name} cannot be read: {error}"))
            }
        })
    }

    /// Carries out an errand on the session's file. Returns a report if there is a result to show.
    pub fn run(&self, workbook: &Workbook, errand: &Errand) -> Option<Report> {
        let words = |error: Error| sanitize_line(&format!("{error:#}"));
        match errand {
            Errand::TryAgain => self.saver.submit(workbook.session().clone()),
            Errand::Overwrite => self.saver.overwrite(workbook.session().clone()),
            Errand::Reload => {
                let reloaded = self.saver.reload(workbook.today);
                return Some(Report::Reloaded(reloaded.map(Box::new).map_err(words)));
            }
            Errand::SaveAs(path) => {
                let saved = self.saver.save_as(&session::typed_path(path), workbook.session());
                return Some(Report::SavedAs(saved.map_err(words)));
            }
            Errand::DropRescue => {
                let path = self.rescue_file.as_ref()?;
                if let Err(error) = fs::remove_file(path) {
                    let reason = format!("{} cannot be removed: {error}", session::name_of(path));
                    return Some(Report::Trouble(reason));
                }
            }
        }
        None
    }

    /// Waits until the session is on disk. An error says why it is not.
    ///
    /// Once rescued answers that the user accepted are on disk, removes the rescue file.
    pub fn finish(&self, workbook: &Workbook, patience: Duration) -> Result<()> {
        let file = &workbook.file;
        if workbook.saving == Saving::Example {
            return Ok(());
        }
        if workbook.saving == Saving::ReadOnly {
            let holder = self.holder.as_deref().unwrap_or("another program");
            if *workbook.session() != self.before {
                bail!("not saved to {file}: it is open in {holder}");
            }
            return Ok(());
        }
        if self.is_untouched(workbook) {
            return Ok(());
        }
        if *workbook.session() != self.before {
            self.saver.submit(workbook.session().clone());
        }
        self.saver
            .finish(workbook.session(), patience)
            .map_err(|error| error.context(format!("not saved to {file}")))?;
        if !(self.is_new && *workbook.session() == self.before) {
            self.saver.keep_bookmark(workbook.bookmark());
        }
        if workbook.has_rescued()
            && let Some(rescue_file) = &self.rescue_file
            && self.saver.holds(workbook.session())
        {
            // If the file cannot be removed, it is offered again, which does no harm.
            let _ = fs::remove_file(rescue_file);
        }
        Ok(())
    }

    /// Returns the closing message, which says where the answers are.
    pub fn farewell(&self, workbook: &Workbook) -> String {
        let file = &workbook.file;
        let kept = if workbook.saving == Saving::Example {
            "Nothing was saved; the example is unchanged.".to_owned()
        } else if workbook.saving == Saving::ReadOnly {
            format!("{file} is unchanged.")
        } else if self.is_new && *workbook.session() == self.before {
            "No answers, so nothing was saved.".to_owned()
        } else if let Some(done) = self.saver.done_by_others() {
            format!("{}; nothing was written after that.", capital(&done.to_string()))
        } else {
            format!("Saved in {file}.")
        };
        match self.rescue_file.as_ref().filter(|path| path.exists()) {
            Some(path) => {
                let name = session::name_of(path);
                format!("{kept} The answers in {name} are still offered at the next start.")
            }
            None => kept,
        }
    }

    /// Returns whether the file is damaged and the user did nothing about it.
    pub fn is_untouched(&self, workbook: &Workbook) -> bool {
        self.broken.is_some() && *workbook.session() == self.before && !workbook.has_rescued()
    }
}

/// Takes what an editor wrote after an earlier run had ended. Returns whether the session changed.
fn take_late(workbook: &mut Workbook, drafts: &Drafts) -> bool {
    let before = workbook.session().clone();
    let now = |name: &str| Some(workbook.text(workbook.text_called(name)?).to_owned());
    for (name, written) in drafts.take_all_late(now) {
        let words = "The text your editor saved later";
        match written {
            Written::Text(text) => {
                if let Some(into) = workbook.text_called(&name) {
                    workbook.take_late(into, &text);
                }
            }
            Written::Outdated(path) => {
                workbook.notices.push(format!("{words} is in {}", session::name_of(&path)));
            }
            Written::Nothing(path) => {
                let name = session::name_of(&path);
                workbook.notices.push(format!("{words} in {name} is empty and was ignored"));
            }
            Written::NoText(path) => {
                let name = session::name_of(&path);
                workbook.notices.push(format!("{words} in {name} is not UTF-8 text and was ignored"));
            }
        }
    }
    workbook.take_change();
    *workbook.session() != before
}

/// Returns the default destination of a record: the first conventional records folder that exists, or else a file
/// next to the session.
pub(super) fn records(path: &Path) -> String {
    const FOLDERS: [&str; 5] = [
        "docs/decisions/",
        "docs/adr/",
        "doc/adr/",
        "docs/architecture/decisions/",
        "docs/architecture-decisions/",
    ];
    let folder = FOLDERS.into_iter().find(|folder| Path::new(folder).is_dir());
    let beside = || path.with_extension("md").to_string_lossy().into_owned();
    folder.map_or_else(beside, str::to_owned)
}
