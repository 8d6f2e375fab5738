use federation::act::{CommitNumber, OpenNumber};
use federation::rows::{Lot, LotStage, Unit};
use federation::{Act, Federation, Id, LotNumber, NumberHash};

use super::Idea;
use crate::{Wild, digest, phrases};

/// How many numbers a unit has ready for a lot, one for each time that it is drawn anew.
const READY: u64 = 6;

impl Wild {
    pub(super) fn opens_lot(&mut self, federation: &Federation) -> Option<Idea> {
        let names =
            if self.chance.percent(5) { vec!["one"; 2] } else { vec!["one", "two", "three"] };
        let least = i64::from(!self.chance.percent(5));
        let draw = u16::try_from(self.chance.within(least, 3)).ok()?;
        Idea::of(self.unit(federation)?, phrases::open_lot(&names, draw))
    }

    /// A lot that waits for something; now and then any.
    fn lot(&mut self, federation: &Federation) -> Option<Id<Lot>> {
        let any = self.chance.percent(5);
        let waits =
            |lot: &Lot| any || !matches!(lot.stage, LotStage::Drawn { .. } | LotStage::Over { .. });
        let lots: Vec<_> =
            federation.lots().filter(|(_, lot)| waits(lot)).map(|(id, _)| id).collect();
        self.chance.pick(&lots)
    }

    pub(super) fn commits_number(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.lot(federation)?;
        let lot = federation.lot(id).ok()?;
        let asked: Vec<_> = federation
            .units()
            .map(|(unit, _)| unit)
            .filter(|&unit| federation.lots_waiting_for(unit).any(|(waiting, _)| waiting == id))
            .collect();
        let unit = self.chance.pick(&asked).filter(|_| !self.chance.percent(5));
        let unit = unit.or_else(|| self.unit(federation))?;
        let again = self.chance.percent(3);
        let fresh = numbers(id, unit).find(|n| again || !lot.hashes.contains(&n.hash()))?;
        let commit = CommitNumber { lot: federation.lot_ref(id)?, hash: fresh.hash() };
        Idea::of(unit, Act::CommitNumber(commit))
    }

    pub(super) fn opens_number(&mut self, federation: &Federation) -> Option<Idea> {
        let id = self.lot(federation)?;
        let lot = federation.lot(id).ok()?;
        let LotStage::Opening { bound, told, .. } = &lot.stage else { return None };
        let all = self.chance.percent(10);
        let silent = bound.iter().filter(|(unit, _)| all || !told.contains_key(unit));
        let silent: Vec<(Id<Unit>, NumberHash)> =
            silent.map(|(&unit, &hash)| (unit, hash)).collect();
        let (unit, hash) = self.chance.pick(&silent)?;
        let wrong = self.chance.percent(3);
        let number = numbers(id, unit).find(|number| wrong || number.hash() == hash)?;
        let unit = if self.chance.percent(4) { self.unit(federation)? } else { unit };
        Idea::of(unit, Act::OpenNumber(OpenNumber { lot: federation.lot_ref(id)?, number }))
    }
}

/// The numbers that a unit has ready for a lot.
fn numbers(lot: Id<Lot>, unit: Id<Unit>) -> impl Iterator<Item = LotNumber> {
    let first = u64::from(lot.number()) << 32 | u64::from(unit.number()) << 4;
    (0..READY).map(move |nth| LotNumber(digest(b'n', first + nth)))
}
