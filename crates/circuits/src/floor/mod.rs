//! The floor of an essential version: level after level for those who can still get more.
//!
//! A level is the most seconds for each counted member that all active units can have at once. Those
//! who have more than that in every plan that gets the most units beyond it stay active; the others
//! are held at what they have, and the level of the rest goes on rising.

mod afresh;
mod cuts;
mod meeting;
mod onward;

use onward::Onward;

use crate::face::{Face, Gains};
use crate::gain::Gain;
use crate::maps::{Arc, Key, Map, Slot};
use crate::network::Kind;
use crate::plan::Proof;
use crate::stage::levels_max;

/// A version's floor while its levels are sought.
pub(crate) struct Levels {
    active: Vec<Active>,
    /// The last level that was found.
    level: i64,
    /// The pact's floor: the essential seconds for each counted member.
    most: i64,
    found: usize,
    /// What levels after the first are sought with.
    onward: Option<Onward>,
}

/// An arc over which a unit gets the essential part of its need.
#[derive(Debug, Clone, Copy)]
struct Active {
    arc: Arc,
    /// The capacity of the arc before any stage.
    capacity: i64,
    members: i64,
}

impl Active {
    /// What a unit has at a level.
    fn at(&self, level: i64) -> i64 {
        self.capacity.min(level.saturating_mul(self.members))
    }
}

impl Levels {
    /// Begins with all units that have an essential need of a version.
    pub(crate) fn new(face: &Face<'_>, version: u32) -> Self {
        let network = &face.network;
        let essential = |(arc, _): (Arc, &Kind)| {
            let (unit, capacity) = network.essential(arc, version)?;
            Some(Active { arc, capacity, members: network.round.members(unit) })
        };
        let active = network.kinds.iter().filter_map(essential).collect();
        let most = network.round.essential_seconds(version);
        Self { active, level: 0, most, found: 0, onward: None }
    }

    /// Whether there is another level to find, once those are out who cannot get beyond the last.
    /// What is free in the face is only cleared up where that is asked for.
    pub(crate) fn go_on(&mut self, face: &mut Face<'_>) -> bool {
        if self.level == self.most || self.found == levels_max(face.network.arcs.len()) {
            return false;
        }
        let next = self.level + 1;
        if let Some(onward) = &mut self.onward {
            onward.let_go(&self.active);
        }
        self.active
            .retain(|one| one.capacity > one.at(next) && face.flows[one.arc] >= one.at(next));
        let may_fall =
            |face: &Face<'_>, one: &Active| face.network.arcs[one.arc].lower < one.at(next);
        if self.active.iter().any(|one| may_fall(face, one)) {
            face.let_go();
            let parts = face.parts();
            self.active.retain(|one| {
                let falls = |slot| parts.on_cycle(slot).is_some();
                !may_fall(face, one) || !slot(face, one.arc).is_some_and(falls)
            });
        }
        !self.active.is_empty()
    }

    /// Finds the next level, keeps everybody active at least there, and goes to the plans that get
    /// the most seconds into the one above.
    pub(crate) fn find(&mut self, face: &mut Face<'_>) -> Option<Proof> {
        self.level = self.search(face)?;
        self.hold(face);
        let level = Some(self.level);
        if self.level == self.most {
            return Some(Proof { level, potentials: vec![0; face.network.node_count] });
        }
        let next = self.level + 1;
        let onward = self.onward.as_mut();
        if let Some(potentials) = onward.and_then(|way| way.go_beyond(face, &self.active, next)) {
            return Some(Proof { level, potentials });
        }
        face.let_go();
        let parts = face.parts();
        let gains = self.gains(face, next);
        let potentials = face.optimise(&parts, &gains)?;
        face.narrow(&parts, &gains, &potentials);
        Some(Proof { level, potentials: parts.spread(&potentials, face.network.node_count) })
    }

    /// The largest level that is feasible, with a plan in hand that reaches it.
    fn search(&mut self, face: &mut Face<'_>) -> Option<i64> {
        if self.found > 0 {
            let onward = self.onward.get_or_insert_with(|| Onward::new(face));
            let level = onward.search(face, &self.active, (self.level, self.most));
            if level.is_some() {
                return level;
            }
        }
        face.let_go();
        self.search_afresh(face)
    }

    /// Keeps everybody active at the level or above.
    fn hold(&mut self, face: &mut Face<'_>) {
        self.found += 1;
        for one in &self.active {
            let bounds = &mut face.network.arcs[one.arc];
            bounds.lower = bounds.lower.max(one.at(self.level));
        }
    }

    /// Goes through a level by a proof of it.
    pub(crate) fn follow(&mut self, face: &mut Face<'_>, proof: &Proof) {
        self.level = proof.level.unwrap_or(0);
        self.hold(face);
        face.let_go();
        if self.level < self.most {
            let parts = face.parts();
            let gains = self.gains(face, self.level + 1);
            face.narrow(&parts, &gains, &parts.gathered(&proof.potentials));
        }
    }

    /// One for each second that an active unit gets up to a level.
    fn gains(&self, face: &Face<'_>, level: i64) -> Gains {
        let mut gains = Map::filled(Gain::NONE, face.free.len());
        for one in &self.active {
            if let Some(slot) = slot(face, one.arc) {
                gains[slot] = Gain::up_to(one.at(level));
            }
        }
        gains
    }
}

/// The largest level, between two, at which the active arcs of a cut carry no more together than they
/// do now.
fn largest(face: &Face<'_>, cut: &[&Active], (least, most): (i64, i64)) -> i64 {
    let sum =
        |of: &dyn Fn(&Active) -> i64| -> i128 { cut.iter().map(|one| i128::from(of(one))).sum() };
    let has = sum(&|one| face.flows[one.arc]);
    let lower = |one: &Active| face.network.arcs[one.arc].lower;
    let allows = |level: i64| sum(&|one| one.at(level).max(lower(one))) <= has;
    if allows(most) {
        return most;
    }
    let (mut allowed, mut beyond) = (least.min(most), most);
    while allowed + 1 < beyond {
        let middle = allowed + (beyond - allowed) / 2;
        if allows(middle) {
            allowed = middle;
        } else {
            beyond = middle;
        }
    }
    allowed
}

/// The place of an arc among the free ones.
fn slot(face: &Face<'_>, arc: Arc) -> Option<Slot> {
    face.free.values().binary_search(&arc).ok().map(Slot::at)
}

#[cfg(test)]
mod tests {
    use measure::{Hours, Quantity, Value};

    use crate::{
        Label, Request, Round, Solving, StageName, Unit, UnitIndex, Version, VersionIndex, Wish,
    };

    /// One unit gives so many hours of water, two hours of it essential for each member; the others
    /// need ten. What they get, and the levels.
    fn shared(hours: i64, others: &[(u32, i32)]) -> (Vec<i64>, Vec<i64>) {
        let all = Hours::whole(99);
        let other = |(number, &(members, room)): (usize, &(u32, i32))| Unit {
            members,
            ..Unit::new(Label::from(format!("{number}").as_str()), Hours::whole(room), all)
        };
        let mut units: Vec<_> = others.iter().enumerate().map(other).collect();
        units.push(Unit::new(Label::from("well"), all, all));
        let hour = Value::from_seconds(3600).unwrap();
        let essential = Quantity::from_steps(2);
        let wish = |unit, steps| {
            Wish::new(UnitIndex(unit), VersionIndex(0), Quantity::from_steps(steps).unwrap())
        };
        let well = u32::try_from(others.len()).unwrap();
        let round = Round::try_new(Request {
            versions: vec![Version { essential, ..Version::new(Label::from("water"), hour, 0) }],
            offers: vec![wish(well, hours)],
            needs: (0..well).map(|unit| wish(unit, 10)).collect(),
            units,
            ..Request::default()
        });
        let round = round.unwrap();
        let mut solving = Solving::new(&round);
        let mut levels = 0;
        while let Some(StageName::Floor { .. }) = solving.next_stage().unwrap() {
            levels += 1;
        }
        let plan = solving.plan();
        // The essential part of each need comes before its other part.
        let gets = plan.flows.iter().skip(1).step_by(2).copied().collect();
        (gets, plan.stages.iter().take(levels).filter_map(|stage| stage.level).collect())
    }

    #[test]
    fn what_is_scarce_is_shared_by_members() {
        let (gets, levels) = shared(4, &[(1, 99), (3, 99)]);
        assert_eq!((gets, levels), (vec![3600, 3 * 3600], vec![3600]));
    }

    #[test]
    fn who_has_no_room_for_more_does_not_hold_the_others_down() {
        let (gets, levels) = shared(4, &[(2, 1), (1, 99), (1, 99)]);
        assert_eq!((gets, levels), (vec![3600, 5400, 5400], vec![1800, 5400]));
    }

    #[test]
    fn where_there_is_enough_one_level_does() {
        let (gets, levels) = shared(99, &[(1, 99), (3, 99)]);
        assert_eq!((gets, levels), (vec![2 * 3600, 6 * 3600], vec![2 * 3600]));
    }

    #[test]
    fn a_second_that_cannot_be_shared_goes_to_who_can_have_it() {
        // 4 hours among 7 members: 2057 seconds each, and one second more for one of them.
        let (gets, levels) = shared(4, &[(3, 99), (4, 99)]);
        assert_eq!(levels, [2057]);
        assert_eq!(gets.iter().sum::<i64>(), 4 * 3600);
        assert!(gets[0] >= 3 * 2057 && gets[1] >= 4 * 2057);
    }
}
