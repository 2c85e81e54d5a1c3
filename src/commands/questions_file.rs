//! Finds the questionnaire of a session: the file that the session names, or the file that the user
//! configured for all sessions.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::{is_input, questionnaire};
use crate::built_in;
use crate::questionnaire::Questionnaire;
use crate::session::{QuestionsOf, name_of};

/// The environment variable that names a questionnaire for sessions that name none.
const VARIABLE: &str = "LANGFIT_QUESTIONS";

/// Returns the file of a session's questionnaire, or `None` for the built-in questionnaire. Prefers the
/// argument of `--questions`, then the file that the session names, then [`VARIABLE`].
///
/// [`VARIABLE`] does not apply to a session of the built-in questionnaire.
pub fn questions_for(session: Option<&Path>, given: Option<&Path>) -> Result<Option<PathBuf>> {
    if let Some(given) = given {
        return Ok(Some(given.to_owned()));
    }
    let of_session = session.and_then(QuestionsOf::read);
    if let (Some(session), Some(QuestionsOf { file: Some(file), .. })) = (session, &of_session) {
        return beside(session, file).map(Some);
    }
    if of_session.is_some_and(|it| it.id == built_in::id()) {
        return Ok(None);
    }
    Ok(std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from))
}

/// Resolves the file that a session names, relative to the session's folder.
fn beside(session: &Path, file: &str) -> Result<PathBuf> {
    let is_relative =
        Path::new(file).components().all(|it| matches!(it, Component::Normal(_) | Component::ParentDir));
    if !is_relative || file.is_empty() {
        bail!(
            "{}: the path of the questionnaire `{file}` must be relative to the session's folder; correct it, or use --questions",
            name_of(session)
        );
    }
    let path = session.parent().unwrap_or(Path::new("")).join(file);
    if path.symlink_metadata().is_err() {
        bail!(
            "{}: its questionnaire {} does not exist; restore it, or name another one with --questions",
            name_of(session),
            name_of(&path)
        );
    }
    Ok(path)
}

/// Returns the path by which a new session names its questionnaire. Returns `None` if the two files share
/// only the root, or if no file can be named.
pub fn name_for(session: &Path, questions: Option<&Path>) -> Option<String> {
    let questions = questions.filter(|path| !is_input(path))?;
    let folder = session.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (folder, questions) = (folder.canonicalize().ok()?, questions.canonicalize().ok()?);
    let shared =
        folder.components().zip(questions.components()).take_while(|(one, other)| one == other).count();
    // If only the root or the drive is shared, the path would be wrong on other machines.
    let is_folder = |component| matches!(component, Component::Normal(_));
    if !folder.components().take(shared).any(is_folder) {
        return None;
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = questions.components().skip(shared).map(|it| it.as_os_str().to_str().map(str::to_owned));
    let down: Vec<String> = down.collect::<Option<_>>()?;
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// The questionnaires of many sessions, each read once.
#[derive(Default)]
pub struct Questionnaires {
    given: Option<(PathBuf, Arc<Questionnaire>)>,
    read: HashMap<Option<PathBuf>, Arc<Questionnaire>>,
}

impl Questionnaires {
    /// Starts with the questionnaire given with `--questions`, which is used only for sessions that belong to
    /// it.
    pub fn new(given: Option<&Path>) -> Result<Self> {
        let given = match given {
            Some(path) => Some((path.to_owned(), Arc::new(questionnaire(Some(path))?))),
            None => None,
        };
        Ok(Self { given, read: HashMap::new() })
    }

    /// Returns the questionnaire of a session.
    pub fn of(&mut self, session: &Path) -> Result<Arc<Questionnaire>> {
        let named = QuestionsOf::read(session);
        if let Some((_, given)) = &self.given
            && named
                .as_ref()
                .is_none_or(|it| it.id == given.id() || it.file.is_none() && it.id != built_in::id())
        {
            return Ok(Arc::clone(given));
        }
        let path = questions_for(Some(session), None)?;
        if let Some(known) = self.read.get(&path) {
            return Ok(Arc::clone(known));
        }
        let read = Arc::new(questionnaire(path.as_deref())?);
        self.read.insert(path, Arc::clone(&read));
        Ok(read)
    }
}
