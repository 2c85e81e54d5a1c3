//! A quick look for a completion in which a leader does not lead alone: most leaders that are not settled
//! need no closer look. Finding nothing proves nothing.

use std::collections::BTreeMap;

use crate::advice::score::board;
use crate::advice::{Standing, costs, kind_of};
use crate::answers::{Answers, EffectiveAnswers, Subject};
use crate::id_set::IdSet;
use crate::questionnaire::{
    CandidateId, Impact, Kind, Line, Literal, OptionId, OptionSet, QuestionId, Questionnaire,
};

/// Rivals that are tried, and answers that may rule the leader out.
const TRIES: usize = 4;

/// Says whether a completion was found in which `leader` is ruled out or level with somebody.
pub(super) fn is_found(
    questionnaire: &Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    ranking: &[Standing],
    leader: CandidateId,
) -> bool {
    // A sheet with questions left open is a completion only where all may stay open.
    if !questionnaire.questions().iter().all(|question| question.skippable) {
        return false;
    }
    let today = answers.effective(questionnaire, subject);
    let search = Search { questionnaire, answers, subject, single, leader, today };
    let rivals = ranking.iter().filter(|it| it.is_alive() && it.candidate != leader).take(TRIES);
    search.exclusions().take(TRIES).any(|sheet| search.is_witness(&sheet))
        || rivals.map(|rival| search.best_for(rival.candidate)).any(|sheet| search.is_witness(&sheet))
}

/// Answers to some open questions.
type Sheet = BTreeMap<QuestionId, OptionSet>;

struct Search<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    subject: Subject,
    single: bool,
    leader: CandidateId,
    today: EffectiveAnswers,
}

impl Search<'_> {
    fn is_open(&self, question: QuestionId) -> bool {
        matches!(self.questionnaire[question].kind, Kind::One | Kind::Many)
            && self.today.is_visible(question)
            && self.answers.is_unanswered(self.questionnaire, question, self.subject)
    }

    /// Answers that each make an exclusion of the leader apply, as far as that is up to open questions.
    fn exclusions(&self) -> impl Iterator<Item = Sheet> {
        let kind = kind_of(self.answers, self.subject);
        let excludes = move |line: &&Line| {
            matches!(line.impact, Impact::Excludes(_))
                && line.candidates.contains(self.leader)
                && line.scope.covers(kind)
        };
        let lines = self.questionnaire.lines().iter().filter(excludes);
        lines.filter_map(|line| {
            let mut sheet = Sheet::new();
            for literal in line.guard.iter().filter(|literal| !self.today.is_true(**literal)) {
                let option = literal.options.iter().next().filter(|_| literal.holds)?;
                if !self.is_open(literal.question) {
                    return None;
                }
                sheet.insert(literal.question, IdSet::only(option));
            }
            (!sheet.is_empty()).then_some(sheet)
        })
    }

    /// The option of each open question that moves most from the leader to a rival, looked at alone.
    fn best_for(&self, rival: CandidateId) -> Sheet {
        let open = self.questionnaire.question_ids().filter(|question| self.is_open(*question));
        let best = |question: QuestionId| {
            let options = self.questionnaire[question].option_ids();
            let (gain, option) =
                options.map(|option| (self.gain(question, option, rival), option)).max_by_key(|it| it.0)?;
            (gain > 0).then(|| (question, IdSet::only(option)))
        };
        open.filter_map(best).collect()
    }

    fn gain(&self, question: QuestionId, option: OptionId, rival: CandidateId) -> i64 {
        let kind = kind_of(self.answers, self.subject);
        let holds = |literal: &Literal| {
            if literal.question == question {
                literal.options.contains(option) == literal.holds
            } else {
                self.today.is_true(*literal)
            }
        };
        let lines = self.questionnaire.lines_of(question).iter();
        let applying = lines.filter(|line| line.scope.covers(kind) && line.guard.iter().all(holds));
        let gain = |line: &Line| match line.impact {
            Impact::Points(points) => {
                let side = |candidate| if line.candidates.contains(candidate) { points } else { 0 };
                side(rival) - side(self.leader)
            }
            // A rival that is ruled out catches up with nobody.
            Impact::Excludes(_) if line.candidates.contains(rival) => i64::from(i32::MIN),
            Impact::Excludes(_) => 0,
        };
        applying.map(gain).sum()
    }

    fn is_witness(&self, sheet: &Sheet) -> bool {
        let chosen = |question: QuestionId| {
            let given = || self.answers.chosen(self.questionnaire, question, self.subject);
            sheet.get(&question).copied().unwrap_or_else(given)
        };
        let kind = kind_of(self.answers, self.subject);
        let effective = EffectiveAnswers::new(self.questionnaire, self.answers.sheet(self.subject), chosen);
        let board = board(self.questionnaire, self.answers, &effective, kind, None);
        let costs = self.single.then(|| costs(self.questionnaire, self.answers, &effective));
        let score = |candidate| board.fit[candidate] - costs.as_ref().map_or(0, |costs| costs[candidate]);
        let alive = board.alive();
        !alive.contains(self.leader)
            || alive.iter().any(|rival| rival != self.leader && score(rival) >= score(self.leader))
    }
}
