use std::collections::BTreeSet;

use tally::{Decided, Draw, Poll, Sheet, scottish};

use crate::act::{Election, Question, Vote};
use crate::rows::{Drawing, Elected, Lot, Mandate, Person, Proposal, Says, Unit, Voting};
use crate::{Federation, Id, Refusal, Time};

/// How many can stand.
const CANDIDATES: std::ops::RangeInclusive<usize> = 1..=20;

impl Federation {
    /// Whether a unit can elect these.
    pub(crate) fn check_election(
        &self,
        unit: Id<Unit>,
        election: &Election,
        closes: Time,
    ) -> Result<(), Refusal> {
        Self::check_terms(&election.terms, closes)?;
        let (standing, seats) = (election.candidates.len(), usize::from(election.seats));
        let different: BTreeSet<_> = election.candidates.iter().collect();
        let fits = CANDIDATES.contains(&standing) && different.len() == standing;
        if !fits || seats == 0 || seats > standing {
            return Err(Refusal::ElectionOutOfBounds {
                found: different.len(),
                seats: election.seats,
            });
        }
        for &candidate in &election.candidates {
            self.check_delegate(unit, candidate, closes)?;
        }
        Ok(())
    }

    /// The poll has closed: whoever can be is elected. Where votes are equal and turns too, a public
    /// lot is asked for, and the rest waits for it.
    pub(crate) fn elect(&mut self, id: Id<Proposal>, at: Time) {
        let Ok(row) = self.proposal(id) else { return };
        let Question::Delegates(election) = row.question.clone() else { return };
        let unit = row.unit;
        let mut withdrawn = BTreeSet::new();
        let mut turns = Vec::new();
        for (position, &candidate) in (0..).zip(&election.candidates) {
            let person = self.check_delegate(unit, candidate, at);
            let turn = person.map(|person| self.turn(unit, person));
            if turn.is_err() {
                withdrawn.insert(position);
            }
            turns.push(turn.unwrap_or_default());
        }
        // Between a person and one of the two options that always stand, the person comes first.
        let mut turns = ranked(&turns);
        turns.extend([u32::MAX - 1, u32::MAX]);
        let elected = Elected { withdrawn, turns, lot: None, mandates: Vec::new() };
        self.elections.insert(id, elected);
        match self.count_election(id, Draw::new([0; 32])) {
            Some((_, sheet)) if asks_the_lot(&sheet) => self.ask_the_lot(id, at),
            Some((_, sheet)) => self.send_elected(id, &election, &sheet, at),
            None => {}
        }
    }

    fn ask_the_lot(&mut self, id: Id<Proposal>, at: Time) {
        let Some(named) = self.proposal_ref(id) else { return };
        let lot = self.begin_lot(named.made_by, Drawing::Election(id), at);
        if let Some(elected) = self.elections.get_mut(&id) {
            elected.lot = Some(lot);
        }
    }

    /// The lot for an election is drawn.
    pub(crate) fn elect_by_lot(&mut self, id: Id<Proposal>, lot: Id<Lot>, at: Time) {
        let at = self.begins(at);
        let Ok(Question::Delegates(election)) = self.proposal(id).map(|row| row.question.clone())
        else {
            return;
        };
        let seed = self.lot(lot).ok().and_then(Lot::seed);
        if let Some((_, sheet)) = seed.and_then(|seed| self.count_election(id, seed)) {
            self.send_elected(id, &election, &sheet, at);
        }
    }

    /// Those elected are sent, in the order of election; a seat that "leave as it is" or "go on
    /// talking" has won stays empty, and so does that of somebody who has left while the lot was
    /// drawn.
    fn send_elected(&mut self, id: Id<Proposal>, election: &Election, sheet: &Sheet, at: Time) {
        let Ok(unit) = self.proposal(id).map(|row| row.unit) else { return };
        if self.check_in(unit).is_err() || at >= election.terms.until {
            return;
        }
        let mut mandates = Vec::new();
        for choice in &sheet.elected {
            let Some(&candidate) = election.candidates.get(choice.position()) else { continue };
            let Ok(person) = self.check_delegate(unit, candidate, at) else { continue };
            let row = u32::try_from(mandates.len()).unwrap_or(u32::MAX);
            mandates.extend(self.send((id, row), (person, election.terms.clone()), at));
        }
        if let Some(elected) = self.elections.get_mut(&id) {
            elected.mandates = mandates;
        }
    }

    /// How an election that has closed was counted: the poll, its options called by their places
    /// with the two that always stand as the last, and the sheet of the count. None before the
    /// close, and while its lot is not drawn.
    pub fn counted_election(&self, id: Id<Proposal>) -> Option<(Poll, Sheet)> {
        let seed = match self.elections.get(&id)?.lot {
            Some(lot) => self.lot(lot).ok()?.seed()?,
            None => Draw::new([0; 32]),
        };
        self.count_election(id, seed)
    }

    /// What an election that has closed was counted with.
    pub fn elected(&self, id: Id<Proposal>) -> Option<&Elected> {
        self.elections.get(&id)
    }

    fn count_election(&self, id: Id<Proposal>, seed: Draw) -> Option<(Poll, Sheet)> {
        let (row, elected) = (self.proposal(id).ok()?, self.elections.get(&id)?);
        let voting = row.electorate.get(&row.unit)?;
        let mut poll = election_poll(row, voting)?;
        let withdrawn: Vec<_> =
            poll.choices().filter(|choice| is_in(&elected.withdrawn, choice.0)).collect();
        for choice in withdrawn {
            poll.withdraw(choice);
        }
        poll.set_turns(&elected.turns);
        let sheet = scottish(&poll, seed);
        Some((poll, sheet))
    }

    /// How long somebody has been a delegate of a unit, and until when: who has served least comes
    /// first, and of equals whose last time is longest ago.
    fn turn(&self, unit: Id<Unit>, person: Id<Person>) -> (i64, Time) {
        let own = |row: &&Mandate| row.delegate == person;
        let served = self.mandates_by(unit).map(|(_, row)| row).filter(own);
        served.fold((0, Time::default()), |(sum, last), row| {
            (sum.saturating_add(row.seconds()), last.max(row.end()))
        })
    }
}

fn is_in(withdrawn: &BTreeSet<u8>, position: u16) -> bool {
    u8::try_from(position).is_ok_and(|position| withdrawn.contains(&position))
}

/// Each one's place among all; equals have one place.
fn ranked(turns: &[(i64, Time)]) -> Vec<u32> {
    let mut different: Vec<_> = turns.to_vec();
    different.sort_unstable();
    different.dedup();
    let place = |turn| different.partition_point(|one| one < turn);
    turns.iter().map(|turn| u32::try_from(place(turn)).unwrap_or(u32::MAX)).collect()
}

/// Whether it matters how the lot falls. It does not among those without a vote of whom nobody is
/// elected: they are excluded one after the other, and pass nothing on.
fn asks_the_lot(sheet: &Sheet) -> bool {
    sheet.stages.iter().any(|stage| {
        let mut by_lot = stage.ties.iter().filter(|tie| tie.decided == Decided::Lot);
        by_lot.any(|tie| {
            let mut others = tie.among.iter().filter(|&&choice| choice != tie.taken);
            let voteless = others.all(|&choice| stage.votes[choice] == 0);
            let elected = tie.among.iter().any(|choice| sheet.elected.contains(choice));
            !voteless || elected
        })
    })
}

/// The poll of an election; its options are called by their places.
fn election_poll(row: &Proposal, voting: &Voting) -> Option<Poll> {
    let Question::Delegates(election) = &row.question else { return None };
    let names = (0..row.option_count()).map(|option| option.to_string()).collect();
    let mut poll = Poll::try_new("", u32::from(election.seats), names).ok()?;
    let own = voting.ballots.values().map(|ballot| (&ballot.vote, 1));
    let room = voting.room.iter().filter(|room| room.stands).flat_map(|room| &room.votes);
    let room = room.map(|(vote, _, count)| (vote, u64::from(*count)));
    for (vote, count) in own.chain(room) {
        if let Vote::Rank(ranks) = vote {
            let ranks: Vec<u16> = ranks.iter().map(|&rank| u16::from(rank)).collect();
            poll.cast(count, &ranks).ok()?;
        }
    }
    Some(poll)
}

/// What an election comes to, from its ballots alone: yes if somebody who stands is elected, as far
/// as they can be when the poll closes.
pub(crate) fn election_says(row: &Proposal, voting: &Voting) -> Says {
    let Some(poll) = election_poll(row, voting) else { return Says::Undecided };
    let sheet = scottish(&poll, Draw::new([0; 32]));
    let first = sheet.elected.iter().filter_map(|choice| u8::try_from(choice.0).ok());
    let mut first = first.filter(|&option| option < row.as_it_is());
    match (first.next(), sheet.valid) {
        (Some(option), _) => Says::Yes { option },
        (None, 0) => Says::Undecided,
        (None, _) => Says::No,
    }
}
