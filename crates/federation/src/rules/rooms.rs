use measure::{Hours, MAGNITUDE_MAX};

use crate::rows::{Round, Unit};
use crate::{Federation, Id};

/// Hours from a sum of a few, held at the ends of the range.
fn held(seconds: i64) -> Hours {
    Hours::from_seconds(seconds.clamp(-MAGNITUDE_MAX, MAGNITUDE_MAX)).unwrap_or_default()
}

impl Unit {
    /// How far below nought its entitlement may go: base + backing received − backing given, and
    /// what of a former allowance is still in use.
    pub fn allowance(&self) -> Hours {
        held(
            self.base.seconds() + self.backing_received.seconds() - self.backing_given.seconds()
                + self.run_off.seconds(),
        )
    }

    /// What can be handed over to it this moment: entitlement + allowance − what it holds with a
    /// receipt and has not answered.
    pub fn room_now(&self) -> Hours {
        held(self.entitlement.seconds() + self.allowance().seconds() - self.unanswered.seconds())
    }

    /// What its agreed contracts hold of its room: all of what is to come under direct ones; under
    /// each round's, what is to come beyond what it gives. One round may be left out.
    fn committed(&self, without: Option<Id<Round>>) -> i64 {
        let rounds = self.planned.iter().filter(|(round, _)| Some(**round) != without);
        let net = rounds.map(|(_, open)| (open.receiving.seconds() - open.giving.seconds()).max(0));
        net.fold(self.direct.seconds(), i64::saturating_add)
    }

    /// What is left for new commitments. It lies below nought where contracts that were to pay for
    /// others have ended; deliveries then wait.
    pub fn room(&self) -> Hours {
        self.room_without(None)
    }

    /// As [`Unit::room`], without what one round's contracts hold.
    pub(crate) fn room_without(&self, round: Option<Id<Round>>) -> Hours {
        held(self.room_now().seconds().saturating_sub(self.committed(round)))
    }

    /// How much of its allowance is in use or held.
    fn in_use(&self) -> i64 {
        let owed = self.unanswered.seconds() - self.entitlement.seconds();
        owed.saturating_add(self.committed(None)).max(0)
    }

    /// How much of its allowance is in use, contracts not counted.
    pub(crate) fn drawn(&self) -> Hours {
        held((self.unanswered.seconds() - self.entitlement.seconds()).max(0))
    }

    /// How much it uses or holds beyond its allowance.
    pub(crate) fn beyond_allowance(&self) -> Hours {
        held((self.in_use() - self.allowance().seconds()).max(0))
    }

    /// How much of its allowance nothing uses or holds.
    pub(crate) fn unused(&self) -> Hours {
        held((self.allowance().seconds() - self.in_use()).max(0))
    }

    /// How much of its own base is neither lent nor in use; what others lend it counts for nothing
    /// here.
    pub fn free_base(&self) -> Hours {
        held((self.base.seconds() - self.backing_given.seconds() - self.in_use()).max(0))
    }

    /// What is still to be given under the contracts of rounds, beyond what is to come.
    pub(crate) fn giving_beyond(&self, without: Id<Round>) -> Hours {
        let rounds = self.planned.iter().filter(|(round, _)| **round != without);
        let net = rounds.map(|(_, open)| (open.giving.seconds() - open.receiving.seconds()).max(0));
        held(net.fold(0, i64::saturating_add))
    }
}

impl Federation {
    /// What is left of a unit's room for new commitments; see [`Unit::room`].
    pub fn room(&self, id: Id<Unit>) -> Hours {
        self.unit(id).map(Unit::room).unwrap_or_default()
    }

    /// The entitlement above which rounds plan only receiving for a unit.
    pub fn ceiling(&self, id: Id<Unit>) -> Hours {
        let per_member = self.pact_of(id).map(|pact| pact.ceiling_per_member).unwrap_or_default();
        let counted = self.unit(id).map_or(0, |unit| unit.counted_members);
        per_member.times(counted).unwrap_or(held(MAGNITUDE_MAX))
    }
}
