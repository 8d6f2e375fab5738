//! The floor of an essential version: level after level for those who can still get more.
//!
//! A level is the most seconds for each counted member that all active units can have at once. Those
//! who have more than that in every plan that gets the most units beyond it stay active; the others
//! are held at what they have, and the level of the rest goes on rising.

use crate::cuts::Sets;
use crate::face::{Face, Gains};
use crate::gain::Gain;
use crate::maps::{Arc, Key, Map, Node, NodeMap, Slot};
use crate::network::Kind;
use crate::parts::Parts;
use crate::plan::Proof;
use crate::stage::LEVELS_MAX;

/// A version's floor while its levels are sought.
pub(crate) struct Levels {
    active: Vec<Active>,
    /// The last level that was found.
    level: i64,
    /// The pact's floor: the essential seconds for each counted member.
    most: i64,
    found: usize,
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
        Self { active, level: 0, most, found: 0 }
    }

    /// Whether there is another level to find, once those are out who cannot get beyond the last.
    pub(crate) fn go_on(&mut self, face: &Face<'_>, parts: &Parts) -> bool {
        if self.level == self.most || self.found == LEVELS_MAX {
            return false;
        }
        let next = self.level + 1;
        self.active.retain(|one| {
            let has = one.at(next);
            let secure = || face.network.arcs[one.arc].lower >= has;
            let stays = || slot(face, one.arc).is_none_or(|slot| parts.on_cycle(slot).is_none());
            one.capacity > has && face.flows[one.arc] >= has && (secure() || stays())
        });
        !self.active.is_empty()
    }

    /// Finds the next level, keeps everybody active at least there, and goes to the plans that get
    /// the most seconds into the one above.
    pub(crate) fn find(&mut self, face: &mut Face<'_>, parts: &Parts) -> Option<Proof> {
        self.level = self.search(face, parts)?;
        self.found += 1;
        for one in &self.active {
            let bounds = &mut face.network.arcs[one.arc];
            bounds.lower = bounds.lower.max(one.at(self.level));
        }
        face.let_go();
        let level = Some(self.level);
        if self.level == self.most {
            return Some(Proof { level, potentials: vec![0; face.network.node_count] });
        }
        // Higher lower bounds may have cut components apart.
        let parts = face.parts();
        let gains = self.gains(face, self.level + 1);
        let potentials = face.optimise(&parts, &gains)?;
        face.narrow(&parts, &gains, &potentials);
        Some(Proof { level, potentials: parts.spread(&potentials, face.network.node_count) })
    }

    /// Goes through a level by a proof of it.
    pub(crate) fn follow(&mut self, face: &mut Face<'_>, proof: &Proof) {
        self.level = proof.level.unwrap_or(0);
        self.found += 1;
        for one in &self.active {
            let bounds = &mut face.network.arcs[one.arc];
            bounds.lower = bounds.lower.max(one.at(self.level));
        }
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

    /// The largest level that is feasible, with a plan in hand that reaches it.
    ///
    /// Newton's method on whole numbers: the most seconds up to a level that is too high give a cut
    /// that no plan gets beyond, and the largest level that the cut allows is the next to try. Every
    /// cut is passed by the level it was found at, so the levels fall strictly.
    fn search(&self, face: &mut Face<'_>, parts: &Parts) -> Option<i64> {
        let mut level = self.most;
        loop {
            let potentials = face.optimise(parts, &self.gains(face, level))?;
            if self.active.iter().all(|one| face.flows[one.arc] >= one.at(level)) {
                return Some(level);
            }
            level = self.allowed(face, parts, &potentials, level);
        }
    }

    /// The largest level below one that was too high that its cuts allow.
    ///
    /// Take the nodes whose potential is a number or more. Flow that goes out of them costs more
    /// than it is worth, so it is at its least, unless an active arc carries it; flow that comes in
    /// is worth more than it costs, so it is at its most. So no plan has more on the active arcs
    /// that go out than the plan in hand. The same holds of each set into which the nodes of either
    /// side fall.
    fn allowed(
        &self,
        face: &Face<'_>,
        parts: &Parts,
        potentials: &NodeMap<i64>,
        level: i64,
    ) -> i64 {
        let mut allowed = level - 1;
        let (mut crossing, mut numbers) = (Vec::new(), Vec::new());
        for one in &self.active {
            let (slot, flow) = (slot(face, one.arc), face.flows[one.arc]);
            let Some(slot) = slot.filter(|&slot| parts.on_cycle(slot).is_some()) else {
                // It cannot change at all.
                let most = flow.checked_div(one.members).unwrap_or(0);
                allowed = if flow < one.capacity { allowed.min(most) } else { allowed };
                continue;
            };
            let (from, to) = parts.ends[slot];
            if potentials[from] > potentials[to] {
                crossing.push(Crossing { from, to, active: one });
                if flow < one.at(level) {
                    numbers.push(potentials[from]);
                }
            }
        }
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        numbers.dedup();
        for &number in numbers.iter().take(CUTS_MAX) {
            let within = |node: Node| potentials[node] >= number;
            let cut = || crossing.iter().filter(|one| within(one.from) && !within(one.to));
            let mut sets = Sets::of(parts, within);
            let out_of = cut().map(|one| (sets.root(one.from), one.active)).collect();
            allowed = self.allowed_by(face, out_of, allowed);
            let mut sets = Sets::of(parts, |node| !within(node));
            let into = cut().map(|one| (sets.root(one.to), one.active)).collect();
            allowed = self.allowed_by(face, into, allowed);
        }
        allowed
    }

    /// The largest level up to one that cuts allow, given by the active arcs that cross each.
    fn allowed_by(
        &self,
        face: &Face<'_>,
        mut crossing: Vec<(Node, &Active)>,
        mut allowed: i64,
    ) -> i64 {
        crossing.sort_by_key(|(set, _)| *set);
        for cut in crossing.chunk_by(|a, b| a.0 == b.0) {
            allowed = self.within(face, cut, allowed);
        }
        allowed
    }

    /// The largest level up to one that a cut allows.
    fn within(&self, face: &Face<'_>, cut: &[(Node, &Active)], most: i64) -> i64 {
        let sum = |of: &dyn Fn(&Active) -> i64| -> i128 {
            cut.iter().map(|(_, one)| i128::from(of(one))).sum()
        };
        let has = sum(&|one| face.flows[one.arc]);
        let least = |one: &Active| face.network.arcs[one.arc].lower;
        let allows = |level: i64| sum(&|one| one.at(level).max(least(one))) <= has;
        if allows(most) {
            return most;
        }
        let (mut allowed, mut beyond) = (self.level.min(most), most);
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
}

/// An active arc that costs something to use.
struct Crossing<'a> {
    from: Node,
    to: Node,
    active: &'a Active,
}

/// How many cuts are looked at of those that one plan passes.
const CUTS_MAX: usize = 4;

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
