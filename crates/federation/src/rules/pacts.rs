use crate::act::{AcceptPact, Question};
use crate::rows::{PactVersion, Proposal, Says, Unit};
use crate::{Effect, Federation, Id, Pact, Reading, Ref, Refusal, Time};

use super::Author;

impl Federation {
    /// The versions of the pact that came into force, that of the founding first.
    pub fn pacts(&self) -> &[PactVersion] {
        &self.pacts
    }

    /// The pact in force: what calendars and polls that begin now go by. None before the founding.
    pub fn pact(&self) -> Option<&Pact> {
        self.pacts.last().map(|version| &version.pact)
    }

    /// The pact that a unit has accepted: what binds it by itself.
    pub fn pact_of(&self, unit: Id<Unit>) -> Option<&Pact> {
        let number = usize::try_from(self.unit(unit).ok()?.pact).ok()?;
        self.pacts.get(number).map(|version| &version.pact)
    }

    /// The number of the newest version, from nought.
    pub(crate) fn newest_pact(&self) -> u32 {
        u32::try_from(self.pacts.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// A pact that has passed is a version in force. It binds the units that said yes; the others
    /// stay on theirs until they accept it. One that was written before another came into force
    /// changes nothing: it would take back what has been decided since.
    pub(crate) fn put_pact(&mut self, id: Id<Proposal>, pact: Pact, at: Time) {
        let Ok(row) = self.proposal(id) else { return };
        if self.pacts.last().is_some_and(|newest| newest.since > row.since) {
            return;
        }
        let said_yes = |says: Says| matches!(says, Says::Yes { .. });
        let yes = row.electorate.iter().filter(|(_, v)| v.seal.is_some_and(|s| said_yes(s.says)));
        let yes: Vec<Id<Unit>> = yes.map(|(&unit, _)| unit).collect();
        self.pacts.push(PactVersion { pact, proposal: Some(id), since: at });
        let newest = self.newest_pact();
        for unit in yes {
            if let Ok(unit) = self.units.row_mut(unit) {
                unit.pact = newest;
            }
        }
    }

    /// The version that came into force after a pact was written which passed all the same, counted from
    /// nought: that is why it passed without effect. It can be put again.
    pub fn overtaken_by(&self, id: Id<Proposal>) -> Option<u32> {
        let row = self.proposal(id).ok()?;
        let passed = matches!(row.question, Question::Pact(_)) && row.has_passed();
        let in_force = self.pacts.iter().any(|version| version.proposal == Some(id));
        let later = self.pacts.iter().position(|version| version.since > row.since)?;
        u32::try_from(later).ok().filter(|_| passed && !in_force)
    }

    /// A unit accepts a later version of the pact than its own; nobody has to.
    pub(crate) fn accept_pact(
        &mut self,
        author: Author,
        act: &AcceptPact,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let number = self.version_from(act.proposal)?;
        if self.unit(unit)?.pact >= number {
            return Err(Refusal::NothingChanges {});
        }
        self.units.row_mut(unit)?.pact = number;
        Ok(Effect::Done)
    }

    /// A unit has decided that it accepts a version.
    pub(crate) fn accept_for(&mut self, unit: Id<Unit>, proposal: Ref<Proposal>) {
        if let Ok(number) = self.version_from(proposal)
            && let Ok(unit) = self.units.row_mut(unit)
        {
            unit.pact = unit.pact.max(number);
        }
    }

    /// Who may read the record. It is public only while the pact in force and that of every unit
    /// that is in say so: nobody's words are opened to the world by the votes of others.
    pub fn reading(&self) -> Reading {
        let own = self.units().filter(|(_, unit)| unit.is_in()).map(|(id, _)| self.pact_of(id));
        let mut all = own.chain([self.pact()]);
        match all.all(|pact| pact.is_none_or(|pact| pact.reading == Reading::Public)) {
            true => Reading::Public,
            false => Reading::Members,
        }
    }

    /// The version of the pact that came from a proposal. Refused if none did.
    pub(crate) fn version_from(&self, proposal: Ref<Proposal>) -> Result<u32, Refusal> {
        let id = self.find_proposal(proposal)?;
        let place = self.pacts.iter().position(|version| version.proposal == Some(id));
        let number = place.and_then(|place| u32::try_from(place).ok());
        number.ok_or(Refusal::NotInForce { proposal: id.number() })
    }
}
