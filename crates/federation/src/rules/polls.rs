use std::collections::BTreeMap;

use crate::act::{Audience, Propose, Question, WithdrawProposal};
use crate::rows::{Course, Due, Fixed, Person, Proposal, Rule, Says, Seal, Sealed, Unit, Voting};
use crate::{Days, Effect, Federation, Id, Pact, Refusal, Time};

use super::Author;
use super::counting::{counted, says};

/// The most options of a unit's own question, the two that always stand left out.
const OPTIONS_MAX: usize = 8;

/// How many questions to the whole somebody of an enrolled unit, and of another, has open at a time.
const OPEN_MAX: (usize, usize) = (5, 1);

/// How late a notice can end before its poll closes later than was announced: a day.
const LATE_SECONDS: i64 = 86_400;

impl Federation {
    /// Anybody in a unit that is in proposes; the text stands in the record and is never taken out.
    pub(crate) fn put_question(
        &mut self,
        author: Author,
        act: &Propose,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        check_words(act)?;
        self.check_question(unit, &act.question)?;
        self.check_sending(unit, act)?;
        self.check_open_questions(author.person, unit, act.question.audience())?;
        let circle = act.circle.map(|named| self.speaks_in(author.person, named)).transpose()?;
        let (again, tries) = self.check_again(unit, act)?;
        let begins = self.begins(author.at);
        let notice = match act.question.audience() {
            Audience::Whole => {
                let notice = self.pact().map_or(0, |pact| pact.notice_days);
                // Whoever is to be expelled has 14 days to answer before the vote.
                let expels = matches!(act.question, Question::Expel { .. });
                let least = if expels { Pact::ANSWER_DAYS } else { 0 };
                Days(notice.max(least))
            }
            Audience::Unit => Days(0),
        };
        let notice_until = begins.plus_days(notice);
        let earliest = notice_until.plus_days(Pact::POLL_DAYS_MIN);
        let latest = begins.plus_days(Pact::POLL_DAYS_MAX);
        if act.closes < earliest || act.closes > latest {
            return Err(Refusal::ClosingOutOfBounds { found: act.closes, earliest, latest });
        }
        let proposal = Proposal {
            by: author.person,
            unit,
            since: begins,
            question: act.question.clone(),
            options: act.options.clone(),
            text: act.text.clone(),
            again,
            circle,
            tries,
            notice_until,
            closes: act.closes,
            rule: self.rule_of(&act.question),
            course: Course::Notice,
            fixed: None,
            electorate: BTreeMap::new(),
            late: BTreeMap::new(),
            thread: Vec::new(),
        };
        let id = self.proposals.add(author.made_by, 0, proposal);
        match act.question.audience() {
            Audience::Whole => {
                self.calendar.insert((notice_until, Due::NoticeEnds(id)));
            }
            // A unit's members vote at once; what is due comes after the entry, so those who are
            // members before it are.
            Audience::Unit => self.end_notice(id),
        }
        self.calendar.insert((act.closes, Due::PollCloses(id)));
        Ok(Effect::Proposal(id))
    }

    /// The rule that a proposal made now is decided by.
    pub(crate) fn rule_of(&self, question: &Question) -> Rule {
        let pact = self.pact();
        let threshold = match question {
            Question::Pact(_) | Question::Expel { .. } => pact.map(|pact| pact.pact_majority),
            _ => pact.map(|pact| pact.majority),
        };
        match (question.audience(), threshold) {
            (Audience::Whole, Some(threshold)) => Rule::BothMajorities { threshold },
            _ => Rule::OwnMethod,
        }
    }

    /// What is put forward again was to the same people, asked the same with the same options, and is
    /// over. What nobody voted on was not tried.
    fn check_again(
        &self,
        unit: Id<Unit>,
        act: &Propose,
    ) -> Result<(Option<Id<Proposal>>, u8), Refusal> {
        let Some(named) = act.again else { return Ok((None, 1)) };
        let id = self.find_proposal(named)?;
        let before = self.proposal(id)?;
        let audience = act.question.audience();
        let same = before.audience() == audience
            && (audience == Audience::Whole || before.unit == unit)
            && (&before.question, &before.options) == (&act.question, &act.options);
        if !same || before.is_open() {
            return Err(Refusal::NotOver { proposal: id.number() });
        }
        let tried = u8::from(before.counted().is_some_and(|counted| counted.all.cast > 0));
        Ok((Some(id), before.tries.saturating_add(tried)))
    }

    /// Its author takes a proposal back as long as nobody has voted: from then on it is in the
    /// hands of those who do.
    pub(crate) fn withdraw_proposal(
        &mut self,
        author: Author,
        act: &WithdrawProposal,
    ) -> Result<Effect, Refusal> {
        let id = self.find_proposal(act.proposal)?;
        let row = self.proposal(id)?;
        if row.by != author.person {
            return Err(Refusal::NotAuthor { proposal: id.number() });
        }
        if let Question::Use { .. } = row.question {
            return Err(Refusal::UseByConflict {});
        }
        check_open(id, row)?;
        let voted = |voting: &Voting| {
            !voting.ballots.is_empty() || voting.room.is_some() || voting.seal.is_some()
        };
        if row.electorate.values().any(voted) {
            return Err(Refusal::VotedOn { proposal: id.number() });
        }
        let dues = [(row.notice_until, Due::NoticeEnds(id)), (row.closes, Due::PollCloses(id))];
        for due in dues {
            self.calendar.remove(&due);
        }
        self.proposals.row_mut(id)?.course = Course::Withdrawn { at: author.at };
        Ok(Effect::Done)
    }

    /// Refused for somebody who has put as many questions to all as they can at a time; the first is
    /// always possible.
    fn check_open_questions(
        &self,
        person: Id<Person>,
        unit: Id<Unit>,
        audience: Audience,
    ) -> Result<(), Refusal> {
        let most = if self.unit(unit)?.is_enrolled() { OPEN_MAX.0 } else { OPEN_MAX.1 };
        let open = self.questions_open(person);
        match audience == Audience::Whole && open >= most {
            true => Err(Refusal::TooManyQuestions { open, most }),
            false => Ok(()),
        }
    }

    /// How many questions to the whole somebody has put that are open. What a conflict puts to the
    /// vote, nobody has put.
    pub fn questions_open(&self, person: Id<Person>) -> usize {
        let waiting = self.calendar().filter_map(|(_, due)| match due {
            Due::PollCloses(id) => self.proposal(id).ok(),
            _ => None,
        });
        let put = |row: &&Proposal| {
            let by_conflict = matches!(row.question, Question::Use { .. });
            row.by == person && row.audience() == Audience::Whole && !by_conflict
        };
        waiting.filter(put).count()
    }

    /// Whether a question of somebody's is open.
    pub(crate) fn has_asked(&self, person: Id<Person>) -> bool {
        self.proposals().any(|(_, row)| row.by == person && row.is_open())
    }

    /// The units that vote on what the whole decides: those enrolled and awake.
    pub(crate) fn electors(&self) -> impl Iterator<Item = (Id<Unit>, &Unit)> {
        self.units().filter(|(_, unit)| unit.is_enrolled() && !unit.is_asleep())
    }

    /// The notice is over: who votes is fixed. Where the record stood still for more than a day when
    /// that came due, the poll closes as much later: nobody can vote before it is in the record.
    pub(crate) fn end_notice(&mut self, id: Id<Proposal>) {
        let Ok(row) = self.proposal(id) else { return };
        let now = self.testified;
        let closes = row.closes.max(now.plus_seconds(row.voting_seconds_least()));
        let voting = |unit: &Unit| Voting {
            newly_enrolled: unit.is_newly_enrolled(now),
            members: u32::try_from(unit.members.len()).unwrap_or(u32::MAX),
            counted_members: unit.counted_members,
            method: unit.method,
            ballots: BTreeMap::new(),
            room: None,
            sealing: Default::default(),
            seal: None,
        };
        let affected = self.affected_by(&row.question);
        let is_asked = |unit: &Id<Unit>| affected.as_ref().is_none_or(|all| all.contains(unit));
        let electorate: BTreeMap<Id<Unit>, Voting> = match row.audience() {
            Audience::Whole => self
                .electors()
                .filter(|(id, _)| is_asked(id))
                .map(|(id, unit)| (id, voting(unit)))
                .collect(),
            Audience::Unit => {
                let unit = self.unit(row.unit);
                unit.map(|unit| (row.unit, voting(unit))).into_iter().collect()
            }
        };
        let enrolled = self.units().filter(|(id, unit)| unit.is_enrolled() && is_asked(id)).count();
        let fixed =
            Fixed { size: self.size, enrolled: u32::try_from(enrolled).unwrap_or(u32::MAX) };
        let Ok(row) = self.proposals.row_mut(id) else { return };
        row.electorate = electorate;
        let said = std::mem::replace(&mut row.closes, closes);
        row.fixed = Some(fixed);
        row.course = Course::Voting;
        if self.calendar.remove(&(said, Due::PollCloses(id))) {
            self.calendar.insert((closes, Due::PollCloses(id)));
        }
    }

    /// The poll closes: each unit that has not sealed is counted by itself, then the whole; and
    /// what passed is carried out.
    pub(crate) fn close_poll(&mut self, id: Id<Proposal>, at: Time) {
        let Ok(row) = self.proposal(id) else { return };
        let said: Vec<(Id<Unit>, Seal)> = row
            .electorate
            .iter()
            .filter(|(_, voting)| voting.seal.is_none())
            .map(|(&unit, voting)| (unit, self.seal_at_close(row, (unit, voting), at)))
            .collect();
        let Ok(row) = self.proposals.row_mut(id) else { return };
        for (unit, seal) in said {
            if let Some(voting) = row.electorate.get_mut(&unit) {
                voting.seal = Some(seal);
            }
        }
        let count = counted(row);
        let took_part: Vec<(Id<Unit>, bool)> = match row.audience() {
            Audience::Whole => row.electorate.iter().map(|(&id, v)| (id, v.took_part())).collect(),
            Audience::Unit => Vec::new(),
        };
        row.course = Course::Closed(count);
        if let Some(option) = count.passed {
            self.carry(id, option, at);
        }
        self.use_decided(id);
        for (unit, took_part) in took_part {
            self.note_turnout(unit, at, took_part);
        }
    }

    /// What a unit that has not sealed says when the poll closes: what its members do, and if nobody
    /// has voted what a mandate of it says.
    fn seal_at_close(&self, row: &Proposal, (unit, voting): (Id<Unit>, &Voting), at: Time) -> Seal {
        let mandate = match voting.is_silent() && row.audience() == Audience::Whole {
            true => self.says_yes_by_mandate(unit, row, at),
            false => None,
        };
        match mandate {
            Some(id) => Seal { says: Says::Yes { option: 0 }, at, how: Sealed::Mandate(id) },
            None => Seal { says: says(row, voting), at, how: Sealed::Close },
        }
    }

    /// In which unit of a proposal's electorate somebody votes: the one whose member they were when
    /// it was fixed. Refused for everybody else, and for a unit that has left since.
    pub(crate) fn elector(
        &self,
        id: Id<Proposal>,
        person: Id<Person>,
    ) -> Result<Id<Unit>, Refusal> {
        let (row, person) = (self.proposal(id)?, self.person(person)?);
        let unit = row.fixed.and_then(|fixed| person.unit_before(fixed.size));
        let unit = unit.filter(|unit| row.electorate.contains_key(unit));
        let unit = unit.ok_or(Refusal::NotElector { person: person.id, proposal: id.number() })?;
        self.check_in(unit)?;
        Ok(unit)
    }

    /// In which unit somebody votes on a proposal, if they do.
    pub fn votes_in(&self, id: Id<Proposal>, person: Id<Person>) -> Option<Id<Unit>> {
        self.elector(id, person).ok()
    }
}

impl Proposal {
    /// How long members can vote at least, from when the electorate is in the record: as long as was
    /// said, but for a day.
    fn voting_seconds_least(&self) -> i64 {
        let said = self.closes.seconds().saturating_sub(self.notice_until.seconds());
        said.saturating_sub(LATE_SECONDS)
    }
}

/// Refused for a proposal that is withdrawn or closed.
pub(crate) fn check_open(id: Id<Proposal>, row: &Proposal) -> Result<(), Refusal> {
    match row.is_open() {
        true => Ok(()),
        false => Err(Refusal::PollOver { proposal: id.number() }),
    }
}

/// Refused before the notice has ended, and when the poll is over.
pub(crate) fn check_voting(
    id: Id<Proposal>,
    row: &Proposal,
    testified: Time,
) -> Result<(), Refusal> {
    check_open(id, row)?;
    match row.course {
        Course::Notice => Err(Refusal::NoticeRuns { until: row.notice_until, testified }),
        _ => Ok(()),
    }
}

fn check_words(act: &Propose) -> Result<(), Refusal> {
    if act.text.as_str().is_empty() {
        return Err(Refusal::TextMissing {});
    }
    let most = match act.question {
        Question::Own {} => OPTIONS_MAX,
        _ => 0,
    };
    let mut different: Vec<_> = act.options.iter().collect();
    different.sort_unstable();
    different.dedup();
    let empty = act.options.iter().any(|option| option.as_str().is_empty());
    match act.options.len() > most || different.len() < act.options.len() || empty {
        true => Err(Refusal::OptionsOutOfBounds { found: act.options.len(), most }),
        false => Ok(()),
    }
}
