//! Firmness of the whole system: open questions, the kit, the subject's role, sources, boundaries and
//! remarks.

use std::collections::HashSet;

use super::{Section, Words};
use crate::advice::{Advice, OpenQuestion, Role, SourceStruck, remarks, role};
use crate::answers::Answers;
use crate::questionnaire::{Questionnaire, Say, SayKind, join};
use crate::wording::boundaries::{Crossing, crossings};
use crate::wording::phrases::{
    ask_next_words, capital, choice_names, counted, fits_better, kit_figures, points, subject_name,
    unseen_kits,
};
use crate::wording::reasons::without_full_stop;
use crate::wording::ties::one_of_tied;

impl Words<'_> {
    pub(super) fn open(&self) -> Section {
        let mut lines = Vec::new();
        let titles = |pick: &dyn Fn(&OpenQuestion) -> bool| -> Vec<&str> {
            let picked = self.outlook.questions.iter().filter(|it| pick(it));
            picked.map(|it| self.questionnaire[it.question].title.as_str()).collect()
        };
        let whole = self.answers.parts().is_empty() && self.questionnaire.parts_question().is_some();
        if let Some(next) = self.outlook.ask_next {
            lines.push(format!("{}: {}", ask_next_words(next), self.questionnaire[next.question].ask));
        }
        let list = |lines: &mut Vec<String>, words: &str, titles: Vec<&str>| {
            lines.extend((!titles.is_empty()).then(|| format!("{words}: {}.", join(titles, "and"))));
        };
        list(&mut lines, "A single answer can change the outcome", titles(&|it| it.flips));
        list(&mut lines, "A single answer can settle a part", titles(&|it| it.settles && !it.flips));
        let matters = titles(&|it| it.tried && !it.moot && !it.flips && !it.settles);
        list(&mut lines, "May matter together with others", matters);
        let untried = self.outlook.questions.iter().filter(|it| !it.tried && !it.moot).count();
        if untried > 0 {
            let questions = counted(untried as i64, "question");
            lines.push(format!("Not checked, because it would take too long: {questions}."));
        }
        list(&mut lines, "Can no longer change anything", titles(&|it| it.moot));
        if whole {
            lines.push(
                "All of this is about the system as a whole, because no parts are picked yet.".to_owned(),
            );
        }
        Section { title: "Open questions".to_owned(), lines }
    }

    pub(super) fn kit(&self) -> Section {
        let mut lines = Vec::new();
        let (kits, noun) = (&self.advice.kits, self.questionnaire.noun());
        let mut before: Option<i64> = None;
        if self.advice.parts.len() > 1 {
            for tied in &kits.by_size {
                let Some(kit) = tied.first() else { continue };
                let count = kit.candidates.len();
                let names = self.names(kit.candidates);
                let ties = one_of_tied(tied.len());
                let step = match before {
                    None if count == 2 => format!("No single {} can cover all parts. ", noun.one),
                    None if count > 2 => "No smaller combination can cover all parts. ".to_owned(),
                    _ => String::new(),
                };
                let bought = before.map_or(String::new(), |before| match kit.net() - before {
                    0 => ", no gain".to_owned(),
                    gain @ 1.. => format!(", {} better", points(gain)),
                    loss => format!(", {} worse", points(-loss)),
                });
                lines.push(format!(
                    "{step}{}: {names}{ties}, {}{bought}.",
                    noun.counted(count),
                    kit_figures(kit)
                ));
                before = Some(kit.net());
            }
            let largest =
                kits.by_size.last().and_then(|tied| tied.first()).map_or(0, |kit| kit.candidates.len());
            if largest > 0 && largest < self.advice.parts.len() && kits.exact {
                lines.push(format!("Adding another {} would bring no gain.", noun.one));
            }
            if !kits.exact {
                lines.push(format!("{}.", capital(&unseen_kits(self.questionnaire, kits))));
            }
        }
        lines.extend(self.advice.parts.iter().filter_map(|part| {
            let fits = format!("fits {}", subject_name(self.answers, part.subject));
            fits_better(self.questionnaire, kits, part, &fits).map(|words| words + ".")
        }));
        lines.extend(self.role());
        Section { title: format!("{} together", capital(&noun.many)), lines }
    }

    pub(super) fn role(&self) -> Option<String> {
        let (subject, one) = (self.name(self.questionnaire.subject()?), &self.questionnaire.noun().one);
        Some(match role(self.questionnaire, self.answers, self.advice)? {
            Role::Whole => format!("{subject} is the {one} of the whole system."),
            Role::Most => format!("{subject} is the {one} of most of the system."),
            Role::OverNative => format!("{subject} orchestrates a native core."),
            Role::Part => format!("{subject} is the {one} of some parts."),
            Role::None => return None,
        })
    }

    pub(super) fn sources(&self) -> Section {
        let cited = |it: &&SourceStruck| it.changes;
        let carrying: Vec<&SourceStruck> = self.outlook.sources.iter().filter(cited).collect();
        let mut lines = Vec::new();
        let undecided =
            self.advice.parts.iter().any(|part| part.choice == self.questionnaire.all_candidates());
        if self.outlook.sources.is_empty() || undecided {
            return Section { title: "Sources".to_owned(), lines };
        }
        if carrying.is_empty() {
            lines.push("Leaving out any one source does not change the recommendation.".to_owned());
        }
        for struck in carrying {
            let parts = self
                .advice
                .parts
                .iter()
                .zip(&struck.choices)
                .filter(|(part, choice)| part.choice != **choice);
            let phrases: Vec<String> = parts
                .map(|(part, choice)| {
                    format!(
                        "{} for {}",
                        choice_names(self.questionnaire, *choice),
                        subject_name(self.answers, part.subject)
                    )
                })
                .collect();
            let id = &self.questionnaire[struck.source].id;
            lines.push(format!(
                "Without the source {id}, the recommendation would be {}.",
                phrases.join("; ")
            ));
        }
        Section { title: "Sources".to_owned(), lines }
    }
}

/// Returns how the picked parts communicate, including parts that stay as they are.
fn boundaries(questionnaire: &Questionnaire, answers: &Answers) -> Option<Section> {
    let crossings = crossings(questionnaire, answers);
    let line = |(from, to, boundary): &Crossing<'_>| {
        let because = without_full_stop(&boundary.because);
        let cited = questionnaire.cite(&boundary.sources);
        format!("{from} and {to}: {}, because {because} [{cited}].", boundary.by)
    };
    let more = crossings.more().map(|more| format!("{}.", capital(&more)));
    let lines: Vec<String> = crossings.pairs.iter().map(line).chain(more).collect();
    (!lines.is_empty()).then(|| Section { title: "Boundaries".to_owned(), lines })
}

/// Returns the sections that accompany the advice: boundaries, tensions and watch points.
pub fn boundaries_and_remarks(
    questionnaire: &Questionnaire,
    answers: &Answers,
    advice: &Advice,
) -> Vec<Section> {
    let of = |kind, title: &str| {
        let said = remarks_of(questionnaire, answers, advice, kind).into_iter();
        let lines: Vec<String> =
            said.map(|say| format!("{} [{}]", say.text, questionnaire.cite(&say.sources))).collect();
        (!lines.is_empty()).then(|| Section { title: title.to_owned(), lines })
    };
    let tensions = of(SayKind::Tension, "Conflicting answers");
    let watch = of(SayKind::Watch, "Watch out for");
    [boundaries(questionnaire, answers), tensions, watch].into_iter().flatten().collect()
}

/// Returns the remarks of a kind that the answers trigger for any part, each once.
pub fn remarks_of<'a>(
    questionnaire: &'a Questionnaire,
    answers: &Answers,
    advice: &Advice,
    kind: SayKind,
) -> Vec<&'a Say> {
    let mut known = HashSet::new();
    let brought = advice.parts.iter().flat_map(|part| remarks(questionnaire, answers, part));
    let of_kind = brought.filter(|say| say.kind == kind);
    of_kind.filter(|say| known.insert((say.text.as_str(), say.sources.as_slice()))).collect()
}
