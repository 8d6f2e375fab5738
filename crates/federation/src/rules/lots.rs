use std::collections::{BTreeMap, BTreeSet};

use crate::act::{CommitNumber, OpenLot, OpenNumber};
use crate::rows::{Drawing, Due, Lot, LotName, LotStage, Unit};
use crate::{Days, Effect, Federation, Id, Line, PersonId, Ref, Refusal, StatementId, Time};

use super::Author;

/// How long units bind themselves to numbers, and how long they have to tell them.
const STAGE: Days = crate::fixed::LOT_STAGE;

/// How long a lot waits for as many units as it should have; then it takes two.
const PATIENCE: Days = crate::fixed::LOT_PATIENCE;

/// From how few numbers a lot is drawn that has waited: one alone would choose.
const FEWEST: usize = 2;

/// How many names a lot draws from.
const NAMES: std::ops::RangeInclusive<usize> = 2..=200;

impl Federation {
    pub(crate) fn open_lot(&mut self, author: Author, act: &OpenLot) -> Result<Effect, Refusal> {
        self.acting_unit(author.person)?;
        let different: BTreeSet<_> = act.names.iter().collect();
        let (found, draw) = (act.names.len(), act.draw);
        let fits = NAMES.contains(&found) && different.len() == found;
        if !fits || draw == 0 || usize::from(draw) > found {
            return Err(Refusal::LotOutOfBounds { found: different.len(), draw });
        }
        let (about, names) = (act.about.clone(), act.names.clone());
        let drawing = Drawing::Names { by: author.person, about, names, draw };
        Ok(Effect::Lot(self.begin_lot(author.made_by, drawing, author.at)))
    }

    /// Asks for a lot. What is drawn is fixed now, before any number is known.
    pub(crate) fn begin_lot(
        &mut self,
        made_by: StatementId,
        drawing: Drawing,
        at: Time,
    ) -> Id<Lot> {
        let until = self.begins(at).plus_days(STAGE);
        let stage = LotStage::Committing { until, bound: BTreeMap::new() };
        let (withheld, hashes) = (BTreeSet::new(), BTreeSet::new());
        let lot = Lot { drawing, since: at, stage, withheld, hashes };
        let id = self.lots.add(made_by, 0, lot);
        self.calendar.insert((until, Due::LotStageEnds(id)));
        id
    }

    /// Binds a unit to a number. Any enrolled unit may, also one that the lot concerns: one number
    /// that nobody else knows is enough.
    pub(crate) fn commit_number(
        &mut self,
        author: Author,
        act: &CommitNumber,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_lot(act.lot)?;
        let row = self.unit(unit)?;
        if !row.is_enrolled() {
            return Err(Refusal::NumberNotEnrolled { unit: row.name.clone() });
        }
        if self.lot(id)?.withheld.contains(&unit) {
            return Err(Refusal::NumberWithheld { lot: id.number(), unit: row.name.clone() });
        }
        let lot = self.lots.row_mut(id)?;
        let LotStage::Committing { bound, .. } = &mut lot.stage else {
            return Err(Refusal::LotOtherStage { lot: id.number() });
        };
        if bound.contains_key(&unit) {
            return Err(Refusal::NumberBound { lot: id.number() });
        }
        if !lot.hashes.insert(act.hash) {
            return Err(Refusal::NumberTaken { lot: id.number() });
        }
        bound.insert(unit, act.hash);
        Ok(Effect::Done)
    }

    /// Tells a number. With the last one the lot is drawn.
    pub(crate) fn open_number(
        &mut self,
        author: Author,
        act: &OpenNumber,
    ) -> Result<Effect, Refusal> {
        let unit = self.acting_unit(author.person)?;
        let id = self.find_lot(act.lot)?;
        let LotStage::Opening { bound, told, .. } = &mut self.lots.row_mut(id)?.stage else {
            return Err(Refusal::LotOtherStage { lot: id.number() });
        };
        match bound.get(&unit) {
            None => return Err(Refusal::NumberNotBound { lot: id.number() }),
            Some(hash) if *hash != act.number.hash() => {
                return Err(Refusal::NumberOther { lot: id.number(), bound: *hash });
            }
            Some(_) => {}
        }
        if told.insert(unit, act.number).is_some() {
            return Err(Refusal::NumberTold { lot: id.number() });
        }
        if told.len() == bound.len() {
            self.draw_lot(id, author.at);
        }
        Ok(Effect::Done)
    }

    /// All numbers are told: the lot is drawn.
    fn draw_lot(&mut self, id: Id<Lot>, at: Time) {
        let Ok(lot) = self.lots.row_mut(id) else { return };
        if let LotStage::Opening { told, .. } = &lot.stage {
            lot.stage = LotStage::Drawn { at, told: told.clone() };
        }
        if let Drawing::Election(proposal) = lot.drawing {
            self.elect_by_lot(proposal, id, at);
        }
    }

    /// Whom a name that a lot draws from stands for.
    pub fn lot_name(&self, name: &Line) -> LotName {
        let id = name.as_str().parse::<PersonId>().ok();
        if let Some(person) = id.and_then(|id| self.person_by_id(id)) {
            return LotName::Person(person);
        }
        let named = name.as_str().parse::<Ref<Unit>>().ok();
        let unit = named.and_then(|named| self.find_unit(named).ok());
        unit.map_or(LotName::Other, LotName::Unit)
    }

    /// How many units it takes for a lot: five, or all enrolled ones that can give a number.
    pub fn lot_needs(&self, lot: &Lot) -> usize {
        let can =
            self.units().filter(|(id, unit)| unit.is_enrolled() && !lot.withheld.contains(id));
        can.count().clamp(1, Lot::UNITS)
    }

    /// A stage of a lot has lasted as long as it should.
    pub(crate) fn end_lot_stage(&mut self, id: Id<Lot>, at: Time) {
        let Ok(lot) = self.lot(id) else { return };
        let waited = lot.since.plus_days(PATIENCE) <= at;
        let needed = self.lot_needs(lot);
        let needed = if waited { needed.min(FEWEST) } else { needed };
        let next = match &lot.stage {
            LotStage::Committing { bound, .. } if bound.len() < needed => match waited {
                true => LotStage::Over { at },
                false => LotStage::Committing { until: self.next_stage(at), bound: bound.clone() },
            },
            LotStage::Committing { bound, .. } => {
                let (bound, told) = (bound.clone(), BTreeMap::new());
                LotStage::Opening { until: self.next_stage(at), bound, told }
            }
            LotStage::Opening { bound, told, .. } => {
                let silent = bound.keys().filter(|unit| !told.contains_key(unit)).copied();
                let silent: BTreeSet<Id<Unit>> = silent.collect();
                return self.draw_anew(id, silent, at);
            }
            LotStage::Drawn { .. } | LotStage::Over { .. } => return,
        };
        self.set_lot_stage(id, next);
    }

    /// A number was withheld: the lot begins again without those who did that; with all, once there
    /// is nobody left, or it is over if it has waited long enough.
    fn draw_anew(&mut self, id: Id<Lot>, silent: BTreeSet<Id<Unit>>, at: Time) {
        let until = self.next_stage(at);
        let enrolled = self.units().filter(|(_, unit)| unit.is_enrolled());
        let enrolled: Vec<Id<Unit>> = enrolled.map(|(unit, _)| unit).collect();
        let Ok(lot) = self.lots.row_mut(id) else { return };
        lot.withheld.extend(silent);
        if enrolled.iter().all(|unit| lot.withheld.contains(unit)) {
            if lot.since.plus_days(PATIENCE) <= at {
                return self.set_lot_stage(id, LotStage::Over { at });
            }
            lot.withheld.clear();
        }
        self.set_lot_stage(id, LotStage::Committing { until, bound: BTreeMap::new() });
    }

    /// Nobody is rushed where the record stood still: a stage lasts from what is vouched for now.
    fn next_stage(&self, at: Time) -> Time {
        self.begins(at).plus_days(STAGE)
    }

    fn set_lot_stage(&mut self, id: Id<Lot>, stage: LotStage) {
        if let LotStage::Committing { until, .. } | LotStage::Opening { until, .. } = &stage {
            self.calendar.insert((*until, Due::LotStageEnds(id)));
        }
        if let Ok(lot) = self.lots.row_mut(id) {
            lot.stage = stage;
        }
    }

    /// The lots that wait for something of a unit: a number, or that it tells its own.
    pub fn lots_waiting_for(&self, unit: Id<Unit>) -> impl Iterator<Item = (Id<Lot>, &Lot)> {
        let enrolled = self.unit(unit).is_ok_and(Unit::is_enrolled);
        self.open_lots().filter(move |(_, lot)| match &lot.stage {
            LotStage::Committing { bound, .. } => {
                enrolled && !bound.contains_key(&unit) && !lot.withheld.contains(&unit)
            }
            LotStage::Opening { bound, told, .. } => {
                bound.contains_key(&unit) && !told.contains_key(&unit)
            }
            LotStage::Drawn { .. } | LotStage::Over { .. } => false,
        })
    }
}
