//! What is worked out once when a session is opened; must not change the session.

use crate::questionnaire::Questionnaire;
use crate::session::Session;
use crate::visible::shortened;
use crate::wording::counted;

/// What there is to know about the files that were read, said once.
pub(super) fn greeting(session: &Session, questionnaire: &Questionnaire) -> Option<String> {
    /// Whoever wants all of them finds them in the review.
    const NAMED: usize = 5;
    let mut lost: Vec<String> = session.orphans.iter().take(NAMED).map(|it| it.what.clone()).collect();
    if let Some(more) = session.orphans.len().checked_sub(NAMED).filter(|more| *more > 0) {
        lost.push(format!("and {more} more"));
    }
    let kept = (!lost.is_empty()).then(|| {
        let lost = lost.join("; ");
        format!("Kept but not counted, no longer in the questionnaire: {}", shortened(&lost, 400))
    });
    let hidden = session.hidden.0 + questionnaire.hidden().as_ref().map_or(0, |(count, _)| *count);
    let spelled_out = match hidden {
        0 => None,
        count => {
            Some(format!("{} in what was read, spelled out now", counted(count as i64, "hidden character")))
        }
    };
    let changed = session.change_of_questionnaire(questionnaire);
    let said: Vec<String> = kept.into_iter().chain(changed).chain(spelled_out).collect();
    (!said.is_empty()).then(|| said.join("; "))
}
