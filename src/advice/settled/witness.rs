//! A quick search for a completion in which a leader does not lead alone. It succeeds for most unsettled
//! leaders, which then need no closer examination. Finding no witness proves nothing.

use std::collections::BTreeMap;

use crate::advice::score::board;
use crate::advice::{Standing, costs, kind_of};
use crate::answers::{Answers, EffectiveAnswers, Subject};
use crate::id_set::IdSet;
use crate::questionnaire::{
    CandidateId, Impact, Kind, Line, Literal, OptionId, OptionSet, QuestionId, Questionnaire,
};

/// Maximum number of rivals to try, and of the leader's exclusions to try.
const TRIES: usize = 4;

/// Returns whether a completion was found in which `leader` is ruled out or does not lead alone.
pub(super) fn is_found(
    questionnaire: &Questionnaire,
    answers: &Answers,
    subject: Subject,
    single: bool,
    ranking: &[Standing],
    leader: CandidateId,
) -> bool {
    // A sheet with open questions is a completion only if all questions may stay open.
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
    fn takes_answer(&self, question: QuestionId) -> bool {
        matches!(self.questionnaire[question].kind, Kind::One | Kind::Many)
            && self.answers.is_unanswered(self.questionnaire, question, self.subject)
    }

    /// Returns, for each exclusion of the leader that open questions can trigger, answers that trigger it.
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
            line.guard.iter().try_for_each(|literal| self.fulfil(*literal, &line.guard, &mut sheet))?;
            (!sheet.is_empty()).then_some(sheet)
        })
    }

    /// Adds an answer that satisfies a literal, along with all other literals of its guard about the same question.
    /// Also adds the answers that make the question visible. Returns `None` if open questions cannot do that.
    fn fulfil(&self, literal: Literal, guard: &[Literal], sheet: &mut Sheet) -> Option<()> {
        let question = literal.question;
        if self.today.is_true(literal) || sheet.contains_key(&question) {
            return Some(());
        }
        let own = || guard.iter().filter(|other| other.question == question);
        let fits = |option| own().all(|other| other.options.contains(option) == other.holds);
        let option = literal.options.iter().find(|option| literal.holds && fits(*option))?;
        if !self.takes_answer(question) {
            return None;
        }
        if !self.today.is_visible(question) {
            let reveals = self.questionnaire[question].when.as_ref()?.literals();
            let mut reveals = reveals.into_iter().filter(|literal| literal.holds);
            reveals.find_map(|literal| self.fulfil(literal, &[literal], sheet))?;
        }
        sheet.insert(question, IdSet::only(option));
        Some(())
    }

    /// Answers the open questions in order, including follow-ups. Each answer moves the most points from the
    /// leader to a rival, given the answers so far.
    fn best_for(&self, rival: CandidateId) -> Sheet {
        let mut sheet = Sheet::new();
        let mut effective = self.today.clone();
        for question in self.questionnaire.question_ids() {
            if !self.takes_answer(question) || !effective.is_visible(question) {
                continue;
            }
            let gain = |options: OptionSet| (self.gain(question, options, &effective, rival), options);
            let ids = || self.questionnaire[question].option_ids();
            let singles = ids().map(|option| gain(IdSet::only(option)));
            let best = match self.questionnaire[question].kind {
                Kind::Many => {
                    let joins = |option: &OptionId| !self.questionnaire[question][*option].alone;
                    let wins = |option: &OptionId| gain(IdSet::only(*option)).0 > 0;
                    singles.chain([gain(ids().filter(joins).filter(wins).collect())]).max_by_key(|it| it.0)
                }
                _ => singles.max_by_key(|it| it.0),
            };
            if let Some((1.., options)) = best {
                sheet.insert(question, options);
                effective = self.effective(&sheet);
            }
        }
        sheet
    }

    /// Returns the points that a rival gains on the leader if a question is answered with `options`.
    fn gain(
        &self,
        question: QuestionId,
        options: OptionSet,
        sheet: &EffectiveAnswers,
        rival: CandidateId,
    ) -> i64 {
        let kind = kind_of(self.answers, self.subject);
        let holds = |literal: &Literal| {
            if literal.question == question {
                literal.options.intersection(options).is_empty() != literal.holds
            } else {
                sheet.is_true(*literal)
            }
        };
        let asks = |line: &&Line| line.guard.iter().any(|literal| literal.question == question);
        let rules = self.questionnaire.rule_lines().iter().filter(asks);
        let lines = self.questionnaire.lines_of(question).iter().chain(rules);
        let applying = lines.filter(|line| line.scope.covers(kind) && line.guard.iter().all(holds));
        let gain = |line: &Line| match line.impact {
            Impact::Points(points) => {
                let side = |candidate| if line.candidates.contains(candidate) { points } else { 0 };
                side(rival) - side(self.leader)
            }
            // A rival that is ruled out cannot catch up.
            Impact::Excludes(_) if line.candidates.contains(rival) => i64::from(i32::MIN),
            Impact::Excludes(_) => 0,
        };
        applying.map(gain).sum()
    }

    fn effective(&self, sheet: &Sheet) -> EffectiveAnswers {
        let chosen = |question: QuestionId| {
            let given = || self.answers.chosen(self.questionnaire, question, self.subject);
            sheet.get(&question).copied().unwrap_or_else(given)
        };
        EffectiveAnswers::new(self.questionnaire, self.answers.sheet(self.subject), chosen)
    }

    fn is_witness(&self, sheet: &Sheet) -> bool {
        let kind = kind_of(self.answers, self.subject);
        let effective = self.effective(sheet);
        let board = board(self.questionnaire, self.answers, &effective, kind, None);
        let costs = self.single.then(|| costs(self.questionnaire, self.answers, &effective));
        let score = |candidate| board.fit[candidate] - costs.as_ref().map_or(0, |costs| costs[candidate]);
        let alive = board.alive();
        !alive.contains(self.leader)
            || alive.iter().any(|rival| rival != self.leader && score(rival) >= score(self.leader))
    }
}
