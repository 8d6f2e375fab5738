//! What two rounds have in common: nodes and arcs by who and what they stand for.

use std::cmp::Ordering;

use crate::maps::{Arc, ArcMap, Key, Node, NodeMap};
use crate::network::{Kind, Network};
use crate::round::{Merged, Round, Share, Span};
use crate::stage::Class;

/// The nodes and arcs of an earlier round that are still in a later one.
///
/// What holds: an arc draws the same and is worth the same in both, if its ends are the same nodes.
/// Nothing depends on this being complete: what is not found counts as new.
pub(super) struct Kin {
    /// For each node of the later round its node in the earlier one.
    pub(super) nodes: NodeMap<Option<Node>>,
    /// The same for arcs.
    pub(super) arcs: ArcMap<Option<Arc>>,
}

/// Two lists in the same order, laid side by side.
struct Joint {
    /// The rank of each entry of the later list in both together; equal entries share one.
    now: Vec<u32>,
    /// The same for the earlier list.
    then: Vec<u32>,
    /// The place in the earlier list of each entry of the later one.
    twins: Vec<Option<u32>>,
}

impl Joint {
    /// Merges two lists of so many entries, of which `order` compares one of the later with one of
    /// the earlier.
    fn of(
        (now, then): (usize, usize),
        mut order: impl FnMut(usize, usize) -> Option<Ordering>,
    ) -> Self {
        let mut joint = Self {
            now: Vec::with_capacity(now),
            then: Vec::with_capacity(then),
            twins: Vec::with_capacity(now),
        };
        let mut rank = 0;
        while joint.now.len() < now || joint.then.len() < then {
            let (here, there) = (joint.now.len(), joint.then.len());
            let order = match (here < now, there < then) {
                (true, true) => order(here, there).unwrap_or(Ordering::Less),
                (true, false) => Ordering::Less,
                (false, _) => Ordering::Greater,
            };
            if order.is_le() {
                joint.now.push(rank);
                joint.twins.push(order.is_eq().then(|| Node::at(there).0));
            }
            if order.is_ge() {
                joint.then.push(rank);
            }
            rank += 1;
        }
        joint
    }

    /// Merges two lists by what names each entry in both.
    fn by<'a, T, U: Ord>(now: &'a [T], then: &'a [T], name: impl Fn(Which, &'a T) -> U) -> Self {
        Self::of((now.len(), then.len()), |here, there| {
            Some(name(Which::Now, now.get(here)?).cmp(&name(Which::Then, then.get(there)?)))
        })
    }

    /// The places of the entries that are in both lists, in the later and in the earlier.
    fn both(&self) -> impl Iterator<Item = (usize, usize)> {
        let twins = self.twins.iter().enumerate();
        twins.filter_map(|(here, there)| Some((here, Node((*there)?).position())))
    }

    /// The rank, in both together, of what stands at a place of one.
    fn rank(&self, which: Which, place: u32) -> u32 {
        let ranks = match which {
            Which::Now => &self.now,
            Which::Then => &self.then,
        };
        ranks.get(Node(place).position()).copied().unwrap_or(u32::MAX)
    }
}

/// Which of the two rounds.
#[derive(Clone, Copy)]
enum Which {
    Now,
    Then,
}

/// Everything that names an arc, laid side by side.
struct Names {
    units: Joint,
    lots: Joint,
    give_spans: Joint,
    get_spans: Joint,
    gives: Joint,
    gets: Joint,
    debts: Joint,
    floors: Joint,
    intakes: Joint,
}

impl Names {
    fn of(now: &Round, then: &Round) -> Self {
        let units = Joint::by(&now.units, &then.units, |_, unit| &unit.item.label);
        let versions = Joint::by(&now.versions, &then.versions, |_, version| &version.item.label);
        let areas = Joint::by(&now.areas, &then.areas, |_, area| area.path());
        let unit = |which, unit| units.rank(which, unit);
        let version = |which, version| versions.rank(which, version);
        let area = |which, area: Option<u32>| area.map(|area| areas.rank(which, area));
        let lots = Joint::by(&now.lots, &then.lots, |which, lot| {
            let without = lot.without.iter().map(|&out| unit(which, out));
            let place = area(which, lot.area);
            (version(which, lot.version), place, lot.week, without.collect::<Vec<_>>())
        });
        let wish = |which, wish: &Merged| {
            let by = (version(which, wish.version), unit(which, wish.unit));
            (by, area(which, wish.area), wish.weeks)
        };
        let gives = Joint::by(&now.gives, &then.gives, wish);
        let gets = Joint::by(&now.gets, &then.gets, wish);
        // What the arcs of a span draw hangs on its first wish.
        let span = |of: &Joint, which, span: &Span| {
            let lots = span.lots.iter().map(|&lot| lots.rank(which, lot));
            (lots.collect::<Vec<_>>(), area(which, span.place), of.rank(which, span.first))
        };
        Self {
            give_spans: Joint::by(&now.give_spans, &then.give_spans, |which, one| {
                span(&gives, which, one)
            }),
            get_spans: Joint::by(&now.get_spans, &then.get_spans, |which, one| {
                span(&gets, which, one)
            }),
            debts: Joint::by(&now.debts, &then.debts, |which, debt| {
                (unit(which, debt.giver), unit(which, debt.receiver))
            }),
            floors: Joint::by(&now.floors, &then.floors, |which, floor| {
                (version(which, floor.version), unit(which, floor.unit))
            }),
            intakes: Joint::by(&now.intakes, &then.intakes, |which, intake| {
                (unit(which, intake.unit), intake.class)
            }),
            gives,
            gets,
            units,
            lots,
        }
    }

    /// Whether everything that is in both rounds is worth the same in both, in every stage.
    fn is_worth_the_same(&self, now: &Round, then: &Round) -> bool {
        let home = |round: &Round, place: usize| {
            let area = round.homes.get(place).copied().flatten();
            area.and_then(|area| round.areas.get(Node(area).position())).cloned()
        };
        let unit = |(here, there): (usize, usize)| {
            let both = now.units.get(here).zip(then.units.get(there));
            both.is_some_and(|(one, other)| {
                (one.item.members, one.item.short) == (other.item.members, other.item.short)
            }) && home(now, here) == home(then, there)
        };
        let share = |round: &Round, place: usize| round.shares.get(place).copied();
        let floor = |share| matches!(share, Some(Share::Floor(_)));
        let before = |list: &[Merged], place: usize| list.get(place).map_or(0, |wish| wish.before);
        let get = |(here, there): (usize, usize)| {
            let (had, has) = (before(&then.gets, there), before(&now.gets, here));
            let (was, is) = (share(then, there), share(now, here));
            // What is essential of it counts first.
            had == has && (had == 0 || was == is || (floor(was) && floor(is)))
        };
        let debt = |round: &Round, place: usize| round.debts.get(place).map(|debt| debt.before);
        self.units.both().all(unit)
            && self
                .gives
                .both()
                .all(|(here, there)| before(&now.gives, here) == before(&then.gives, there))
            && self.gets.both().all(get)
            && self.debts.both().all(|(here, there)| debt(now, here) == debt(then, there))
    }

    /// What names an arc, in the order of arcs.
    fn arc(&self, which: Which, kind: Kind) -> (u8, u32, u32) {
        let of = |joint: &Joint, place| joint.rank(which, place);
        let part = |class: Class| 1 + u32::from(class == Class::Other);
        match kind {
            Kind::Give(give) => (1, of(&self.gives, give), 0),
            Kind::Hand { span, lot } => (2, of(&self.give_spans, span), of(&self.lots, lot)),
            Kind::Take { lot, span } => (3, of(&self.get_spans, span), of(&self.lots, lot)),
            Kind::Get { get, class } => (4, of(&self.gets, get), class.map_or(0, part)),
            Kind::Owe(debt) => (5, of(&self.debts, debt), 0),
            Kind::Floor { floor, class } => (6, of(&self.floors, floor), part(class)),
            Kind::Intake(intake) => (7, of(&self.intakes, intake), 0),
            Kind::Room(unit) => (8, of(&self.units, unit), 0),
        }
    }

    /// The nodes of the later round in the earlier one, kind by kind as [`Round`] lists them.
    fn nodes(&self) -> NodeMap<Option<Node>> {
        let spans = [&self.give_spans, &self.get_spans];
        let kinds = [&self.units, &self.lots].into_iter().chain(spans);
        let mut nodes = NodeMap::with_capacity(0);
        let mut first = 0;
        for kind in kinds.chain([&self.floors, &self.intakes]) {
            for twin in &kind.twins {
                nodes.push(twin.map(|twin| Node::at(first + Node(twin).position())));
            }
            first += kind.then.len();
        }
        nodes.push(Some(Node::at(first)));
        nodes
    }
}

impl Kin {
    /// What is in both rounds, of which the earlier had arcs of these kinds; none if something in
    /// both is not worth the same in every stage.
    pub(super) fn of(now: &Network<'_>, then: &Round, kinds_then: &ArcMap<Kind>) -> Option<Self> {
        let rules = |round: &Round| (round.seed, round.terms.evenness, round.terms.week);
        if rules(now.round) != rules(then) || now.round.terms.order != then.terms.order {
            return None;
        }
        let names = Names::of(now.round, then);
        if !names.is_worth_the_same(now.round, then) {
            return None;
        }
        let (here, there) = (now.kinds.values(), kinds_then.values());
        let arcs = Joint::by(here, there, |which, &kind| names.arc(which, kind));
        let arcs = arcs.twins.into_iter().map(|twin| twin.map(Arc));
        Some(Self { nodes: names.nodes(), arcs: arcs.collect::<Vec<_>>().into() })
    }
}
