//! What each stage wants: how much a second of flow on each arc is worth.

use crate::gain::Gain;
use crate::maps::{Arc, Key, Node};
use crate::network::{Kind, Network};
use crate::round::{Merged, Reach, Share, Span};
use crate::stage::{BANDS, Class, Stage};
use crate::tie::{Draw, Role};

impl Network<'_> {
    /// What flow on an arc is worth in a stage; at most 2¹⁶ a second either way.
    ///
    /// A floor and the last stages depend on more than the arc: see `floor` and `first`.
    pub(crate) fn gain(&self, arc: Arc, stage: Stage) -> Gain {
        match stage {
            Stage::Hours(class) => {
                let counts = self.class(arc).is_some_and(|(of, _)| of == class);
                Gain::flat(i32::from(counts))
            }
            Stage::Evenness(class, band) => match self.intake(arc) {
                Some((of, unit)) if of == class => {
                    let bound = BANDS.get(usize::from(band)).copied().unwrap_or(0);
                    Gain::up_to(bound * self.round.members(unit))
                }
                _ => Gain::NONE,
            },
            Stage::Nearness => Gain::flat(-i32::from(self.distance(arc))),
            Stage::Expiry => Gain::flat(self.urgency(arc).into()),
            Stage::Memory => Gain::flat(self.short(arc).into()),
            Stage::Changes => match self.before(arc) {
                Some(before) => Gain { first: 1, beyond: -1, mark: before },
                None => Gain::NONE,
            },
            Stage::Draw(draw) => {
                Gain::flat(self.draw(arc).map_or(0, |drawn| drawn.weight(draw)).into())
            }
            Stage::Floor(_) | Stage::First => Gain::NONE,
        }
    }

    fn give(&self, give: u32) -> Option<&Merged> {
        self.round.gives.get(Node(give).position())
    }

    fn get(&self, get: u32) -> Option<&Merged> {
        self.round.gets.get(Node(get).position())
    }

    /// How far a second of flow goes on an arc.
    fn distance(&self, arc: Arc) -> u8 {
        let round = self.round;
        let to_lot = |wish: &Merged| match wish.reach {
            Reach::Lot(lot) => round.distance(round.place(wish), round.lot_area(lot)),
            Reach::Span(_) => 0,
        };
        let of_span = |span: Option<&Span>, lot| {
            span.map_or(0, |span| round.distance(span.place, round.lot_area(lot)))
        };
        match self.kinds[arc] {
            Kind::Give(give) => self.give(give).map_or(0, to_lot),
            Kind::Get { get, .. } => self.get(get).map_or(0, to_lot),
            Kind::Hand { span, lot } => of_span(round.give_spans.get(Node(span).position()), lot),
            Kind::Take { lot, span } => of_span(round.get_spans.get(Node(span).position()), lot),
            Kind::Owe(debt) => round.debts.get(Node(debt).position()).map_or(0, |debt| {
                round.distance(round.home(debt.giver), round.home(debt.receiver))
            }),
            Kind::Floor { .. } | Kind::Intake(_) | Kind::Room(_) => 0,
        }
    }

    /// How soon what flows on an arc is over.
    fn urgency(&self, arc: Arc) -> u8 {
        let Kind::Give(give) = self.kinds[arc] else { return 0 };
        self.give(give).map_or(0, |give| self.round.urgency(give))
    }

    /// How short the receiver went in the round before.
    fn short(&self, arc: Arc) -> u8 {
        let receiver = match self.kinds[arc] {
            Kind::Get { get, .. } => self.get(get).map(|get| get.unit),
            Kind::Owe(debt) => {
                self.round.debts.get(Node(debt).position()).map(|debt| debt.receiver)
            }
            _ => None,
        };
        receiver.map_or(0, |unit| self.round.short(unit))
    }

    /// What the plan before had on an arc; none where it does not count. Of a need, the essential
    /// part comes first.
    fn before(&self, arc: Arc) -> Option<i64> {
        match self.kinds[arc] {
            Kind::Give(give) => self.give(give).map(|give| give.before),
            Kind::Owe(debt) => self.round.debts.get(Node(debt).position()).map(|debt| debt.before),
            Kind::Get { get, class } => {
                let before = self.get(get)?.before;
                let essential = match self.round.shares.get(Node(get).position())? {
                    Share::Direct { essential } => before.min(*essential),
                    Share::Floor(_) => 0,
                };
                Some(if class == Some(Class::Essential) { essential } else { before - essential })
            }
            _ => None,
        }
    }

    /// The arc's draw for the tie-break; none for intakes.
    pub(crate) fn draw(&self, arc: Arc) -> Option<Draw> {
        let round = self.round;
        let lot = |lot: u32| round.lots.get(Node(lot).position());
        Some(match self.kinds[arc] {
            Kind::Give(give) => Draw::wish(round, Role::Give, self.give(give)?),
            Kind::Hand { span, lot: to } => {
                let first = round.give_spans.get(Node(span).position())?.first;
                Draw::span(round, Role::Hand, self.give(first)?, lot(to)?)
            }
            Kind::Take { lot: from, span } => {
                let first = round.get_spans.get(Node(span).position())?.first;
                Draw::span(round, Role::Take, self.get(first)?, lot(from)?)
            }
            Kind::Get { get, class: Some(Class::Essential) } => {
                Draw::wish(round, Role::Essential, self.get(get)?)
            }
            Kind::Get { get, .. } => Draw::wish(round, Role::Get, self.get(get)?),
            Kind::Owe(debt) => {
                let debt = round.debts.get(Node(debt).position())?;
                Draw::pair(round, Role::Owe, debt.giver, round.unit_label(debt.receiver))
            }
            Kind::Floor { floor, class } => {
                let floor = round.floors.get(Node(floor).position())?;
                let role = if class == Class::Essential { Role::Floor } else { Role::Beyond };
                Draw::pair(round, role, floor.unit, round.version_label(floor.version))
            }
            Kind::Room(unit) => Draw::pair(round, Role::Room, unit, None),
            Kind::Intake(_) => return None,
        })
    }
}
