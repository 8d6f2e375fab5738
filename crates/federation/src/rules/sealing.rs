use std::collections::BTreeSet;

use crate::act::{CountRoom, SealAct};
use crate::rows::{Person, Proposal, RoomCount, Seal, Sealed, Unit};
use crate::{Effect, Federation, Id, Refusal};

use super::Author;
use super::ballots::check_form;
use super::counting::says;
use super::polls::check_voting;

/// How many members sign what was counted in a room; all, where there are fewer.
pub(crate) const TELLERS: usize = 3;

impl Federation {
    /// More than half of those who vote in a unit seal what it says, as its ballots stand. So
    /// nobody cuts the others' time short alone.
    pub(crate) fn seal(&mut self, author: Author, act: &SealAct) -> Result<Effect, Refusal> {
        let id = self.find_proposal(act.proposal)?;
        check_voting(id, self.proposal(id)?, self.testified)?;
        let unit = self.elector(id, author.person)?;
        self.check_unsealed(id, unit)?;
        let row = self.proposals.row_mut(id)?;
        let Some(voting) = row.electorate.get_mut(&unit) else { return Ok(Effect::Done) };
        let is_new = voting.sealing.insert(author.person);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (signed, needed) = (number(voting.sealing.len()), voting.members / 2 + 1);
        if !is_new {
            return Err(Refusal::SignedAlready { signed, needed });
        }
        if signed < needed {
            return Ok(Effect::Gathering { signed, needed });
        }
        let row = self.proposal(id)?;
        let said = row.electorate.get(&unit).map(|voting| says(row, voting));
        let row = self.proposals.row_mut(id)?;
        if let (Some(says), Some(voting)) = (said, row.electorate.get_mut(&unit)) {
            voting.seal = Some(Seal { says, at: author.at, how: Sealed::Members });
        }
        Ok(Effect::Done)
    }

    /// What three tellers have counted in a room. Whoever was there and later votes by themselves
    /// puts it to rest, until tellers count again without them.
    pub(crate) fn count_room(
        &mut self,
        author: Author,
        act: &CountRoom,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_proposal(act.proposal)?;
        let row = self.proposal(id)?;
        check_voting(id, row, self.testified)?;
        let Some(voting) = row.electorate.get(&unit) else {
            let person = self.person(author.person)?.id;
            return Err(Refusal::NotElector { person, proposal: id.number() });
        };
        self.check_unsealed(id, unit)?;
        let present = self.present(id, unit, act)?;
        let votes = act.votes.iter().filter(|votes| votes.count > 0);
        for votes in votes.clone() {
            check_form(&votes.vote, voting.method, row)?;
        }
        let found = votes.clone().fold(0_u64, |sum, votes| sum.saturating_add(votes.count.into()));
        if found > u64::try_from(present.len()).unwrap_or(u64::MAX) {
            return Err(Refusal::VotesBeyondPresent { found, present: present.len() });
        }
        let votes = votes.map(|v| (v.vote.clone(), v.reason.clone(), v.count)).collect();
        let room = RoomCount { present, votes, at: author.at, stands: true };
        if let Some(voting) = self.proposals.row_mut(id)?.electorate.get_mut(&unit) {
            voting.room = Some(room);
        }
        Ok(Effect::Done)
    }

    /// Tellers were in the room, and vote in this unit: nobody who came later counts for others.
    pub(crate) fn check_teller(
        &self,
        unit: Id<Unit>,
        act: &CountRoom,
        teller: Id<Person>,
    ) -> Result<(), Refusal> {
        let (id, person) = (self.find_proposal(act.proposal)?, self.person(teller)?.id);
        match self.votes_in(id, teller) == Some(unit) && act.present.contains(&person) {
            true => Ok(()),
            false => Err(Refusal::TellerElsewhere { person }),
        }
    }

    /// Those who were in a room: they vote in this unit, and have no ballot of their own.
    fn present(
        &self,
        id: Id<Proposal>,
        unit: Id<Unit>,
        act: &CountRoom,
    ) -> Result<BTreeSet<Id<Person>>, Refusal> {
        let voting = self.proposal(id)?.electorate.get(&unit);
        let mut present = BTreeSet::new();
        for &named in &act.present {
            let known = self.person_by_id(named);
            let Some(person) = known.filter(|&person| self.votes_in(id, person) == Some(unit))
            else {
                return Err(Refusal::NotElector { person: named, proposal: id.number() });
            };
            if voting.is_some_and(|voting| voting.ballots.contains_key(&person)) {
                return Err(Refusal::VotedThemselves { person: named });
            }
            present.insert(person);
        }
        Ok(present)
    }

    fn check_unsealed(&self, id: Id<Proposal>, unit: Id<Unit>) -> Result<(), Refusal> {
        let voting = self.proposal(id)?.electorate.get(&unit);
        match voting.is_some_and(|voting| voting.seal.is_some()) {
            true => Err(Refusal::UnitSealed { unit: self.unit(unit)?.name.clone() }),
            false => Ok(()),
        }
    }
}
